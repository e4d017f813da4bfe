import type { Generator } from './generator';
import type { ListOptions } from './generator-props';
import * as own from './messages';
import { at, jsonMap, labelSelector, texts, wordMap } from './shapes';
import { anything, flag, listOf, oneOf, struct, text, whole } from '../../../core/shape';
import * as messages from '../../messages';

const BASE = { selector: labelSelector, template: anything };
const VALUES = { ...BASE, values: wordMap };
const POLLING = { ...VALUES, requeueAfterSeconds: whole(0) };

export const OPTIONS = struct(BASE);
export const LIST = struct({ ...BASE, elementsYaml: text });
export const CLUSTERS = struct({ ...VALUES, clusters: labelSelector, flatList: flag });
export const GIT = struct({
  ...POLLING, repoURL: text, revision: text, paths: listOf(struct({ path: text, exclude: flag }, ['path']), 1), pathParamPrefix: text,
}, ['repoURL', 'revision', 'paths']);
export const DECISION = struct({ ...POLLING, configMapRef: text, name: text, labelSelector }, ['configMapRef']);
export const PLUGIN = struct({ ...POLLING, configMapRef: text, parameters: jsonMap }, ['configMapRef']);
export const SCM = struct({
  ...POLLING,
  cloneProtocol: oneOf({ ssh: 'ssh', https: 'https' }),
  filters: listOf(struct({ repositoryMatch: text, pathsExist: texts, pathsDoNotExist: texts, labelMatch: text, branchMatch: text })),
});
export const PULL_REQUEST = struct({
  ...POLLING,
  continueOnRepoNotFoundError: flag,
  filters: listOf(struct({ branchMatch: text, targetBranchMatch: text, titleMatch: text })),
});

/** Throws FW517 for something else than a provider. */
export function checkProvider(kind: string, isOne: boolean, value: unknown): void {
  if (!isOne) {
    throw messages.invalidField.error('', { kind: 'generator', field: 'provider', value, fault: `is no ${kind}` });
  }
}

/** Throws FW517 and FW530 for a list without parameters. */
export function checkElements(elements: any[], options: ListOptions): void {
  listOf(jsonMap)({ ...at('', 'list generator'), field: 'elements' }, elements);
  if (elements.length === 0 && !options?.elementsYaml) {
    throw own.invalidGenerator.error('', { generator: 'list', fault: 'has no elements', value: elements });
  }
}

/** Throws FW512, FW517 and FW531 for a merge without keys. */
export function checkMerge(mergeKeys: string[], generators: Generator[]): void {
  texts({ ...at('', 'merge generator'), field: 'mergeKeys' }, mergeKeys);
  if (mergeKeys.length === 0) {
    throw own.invalidNesting.error('', { generator: 'merge', fault: 'has no keys to merge by' });
  }
  if (!Array.isArray(generators)) {
    throw messages.invalidField.error('', { kind: 'merge generator', field: 'generators', value: generators, fault: 'is no list' });
  }
  if (generators.length < 2) {
    throw own.invalidNesting.error('', { generator: 'merge', fault: 'has fewer than two generators' });
  }
}

/** Throws FW517 and FW531 for generators that do not go into another one. */
export function checkChildren(kind: string, children: Array<Generator | undefined>): void {
  const refuse = (fault: string) => own.invalidNesting.error('', { generator: kind, fault });
  for (const child of Array.from(children)) {
    if (child === undefined) {
      throw messages.invalidField.error('', { kind: `${kind} generator`, field: 'generators', value: child, fault: 'holds something else than a Generator' });
    }
    if (child._options().template !== undefined) {
      throw refuse(`has a ${child.kind} generator with a template, which is dropped`);
    }
    if (child._children().some(each => each._children().length > 0)) {
      throw refuse('is the third of generators in each other');
    }
  }
  const paths = (children as Generator[]).filter(child => child.kind === 'git').map(child => child._fields().pathParamPrefix ?? '');
  if (kind === 'matrix' && new Set(paths).size < paths.length) {
    throw refuse('has two Git generators, whose parameters of the path meet: give one of them a pathParamPrefix');
  }
}
