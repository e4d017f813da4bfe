import * as own from './messages';
import { at, jsonMap, words, word, wordMap } from './shapes';
import type { ApplicationSource, RenderedSource } from './source-props';
import { flag, listOf, mapOf, struct, text, textThat, whole } from '../../../core/shape';

/*
 * The fields of sources (pkg/apis/application/v1alpha1/types.go), and what contradicts itself in them.
 */

const parameter = struct({ name: text, value: word, forceString: flag }, ['name', 'value']);

const helm = struct({
  releaseName: word,
  valuesObject: jsonMap,
  values: word,
  valueFiles: words,
  ignoreMissingValueFiles: flag,
  skipCrds: flag,
  skipTests: flag,
  skipSchemaValidation: flag,
  passCredentials: flag,
  namespace: word,
  kubeVersion: word,
  apiVersions: words,
  version: word,
  parameters: listOf(parameter),
  fileParameters: listOf(struct({ name: text, path: text }, ['name', 'path'])),
});

/** An image that takes the place of another (types.go, KustomizeImage): without a tag, a digest or another name it changes nothing. */
const image = textThat(value => /^[^\s=]+(=[^\s=]+|[:@][^\s=]+)$/.test(value), 'does not have the form name=other:tag');

const kustomize = struct({
  namePrefix: word,
  nameSuffix: word,
  images: listOf(image),
  replicas: listOf(struct({ name: text, count: whole(0) }, ['name', 'count'])),
  patches: listOf(struct({
    patch: text,
    path: text,
    target: struct({ group: word, version: word, kind: word, name: word, namespace: word, labelSelector: word, annotationSelector: word }),
    options: mapOf(flag),
  })),
  components: listOf(text),
  ignoreMissingComponents: flag,
  commonLabels: wordMap,
  forceCommonLabels: flag,
  labelWithoutSelector: flag,
  labelIncludeTemplates: flag,
  commonAnnotations: wordMap,
  forceCommonAnnotations: flag,
  commonAnnotationsEnvsubst: flag,
  namespace: word,
  version: word,
  kubeVersion: word,
  apiVersions: words,
});

const variables = listOf(struct({ name: text, value: word, code: flag }, ['name', 'value']));

const directory = struct({
  recurse: flag, include: word, exclude: word, jsonnet: struct({ extVars: variables, tlas: variables, libs: words }),
});

const plugin = struct({
  name: word,
  env: listOf(struct({ name: text, value: word }, ['name', 'value'])),
  parameters: listOf(struct({ name: text, string: word, array: words, map: wordMap }, ['name'])),
});

const RENDERED = { helm, kustomize, directory, plugin };

const SOURCE = struct({
  repoURL: text, path: word, chart: word, targetRevision: word, ref: word, name: word, tagPrefix: word, ...RENDERED,
}, ['repoURL']);

const HYDRATOR = struct({
  drySource: struct({ repoURL: text, targetRevision: text, path: text, ...RENDERED }, ['repoURL', 'targetRevision', 'path']),
  syncSource: struct({ targetBranch: text, path: text, repoURL: text }, ['targetBranch', 'path']),
  hydrateTo: struct({ targetBranch: text }, ['targetBranch']),
}, ['drySource', 'syncSource']);

/** Throws FW512, FW517 and FW518 for a source that has other fields. */
export function checkSourceShape(path: string, source: unknown): void {
  SOURCE(at(path, 'source'), source);
}

/** Throws FW512, FW517 and FW518 for a source hydrator that has other fields. */
export function checkHydratorShape(path: string, hydrator: unknown): void {
  HYDRATOR(at(path, 'source hydrator'), hydrator);
}

/** Throws FW520 for fields of which Argo CD takes one, and is silent about the other. */
export function checkContradictions(path: string, source: RenderedSource): void {
  const refuse = (what: string, value: unknown, fault: string) => own.contradictorySource.error(path, { what, value, fault });
  const { helm: chart, kustomize: folder, plugin: program } = source;
  if (chart?.valuesObject !== undefined && (chart.values ?? '') !== '') {
    throw refuse('values', chart.values, 'stand beside valuesObject');
  }
  for (const [what, values] of Object.entries({ 'parameter': chart?.parameters, 'file parameter': chart?.fileParameters })) {
    const twice = duplicate((values ?? []).map(each => each.name));
    if (twice !== undefined) {
      throw refuse(what, twice, 'stands there twice');
    }
  }
  for (const patch of folder?.patches ?? []) {
    if ((patch.patch === undefined) === (patch.path === undefined)) {
      throw refuse('patch', patch, patch.patch === undefined ? 'has neither a text nor a file' : 'has both a text and a file');
    }
  }
  if (folder?.labelIncludeTemplates && !folder.labelWithoutSelector) {
    throw refuse('labelIncludeTemplates', true, 'stands without labelWithoutSelector'); // kustomize refuses it (util/kustomize/kustomize.go)
  }
  for (const each of program?.parameters ?? []) {
    if ([each.string, each.array, each.map].filter(value => value !== undefined).length !== 1) {
      throw refuse('parameter of the plug-in', each.name, 'has not exactly one of string, array and map');
    }
  }
}

/** Throws FW520 for names among several sources that meet, or that nobody has. */
export function checkReferences(path: string, sources: ApplicationSource[]): void {
  const refuse = (what: string, value: unknown, fault: string) => own.contradictorySource.error(path, { what, value, fault });
  const refs = sources.map(source => source.ref ?? '').filter(ref => ref !== '');
  const strange = refs.find(ref => !/^[a-zA-Z0-9_-]+$/.test(ref));
  if (strange !== undefined) {
    throw refuse('ref', strange, 'has other characters than letters, digits, - and _');
  }
  for (const [what, values] of Object.entries({ ref: refs, name: sources.map(source => source.name ?? '').filter(name => name !== '') })) {
    const twice = duplicate(values);
    if (twice !== undefined) {
      throw refuse(what, twice, 'is that of two sources');
    }
  }
  const files = sources.flatMap(({ helm: chart }) => [...chart?.valueFiles ?? [], ...(chart?.fileParameters ?? []).map(each => each.path)]);
  for (const file of files) {
    const ref = /^\$([^/]+)\//.exec(file)?.[1];
    if (ref !== undefined && !ref.startsWith('ARGOCD_') && !refs.includes(ref)) {
      throw refuse('file', file, 'is one of a source that is not there');
    }
  }
}

/** The first value that stands in a list twice. */
export function duplicate(values: string[]): string | undefined {
  return values.find((value, i) => values.indexOf(value) !== i);
}
