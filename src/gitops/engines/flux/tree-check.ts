import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { namespace, objectName } from './fields';
import * as messages from './messages';
import type { Dependency, SourceReference } from './references';
import { treeCheck } from '../../../core/diagnostics/tree-check';
import { At } from '../../../core/shape';

/*
 * What an object of Flux says of others is noted when it is made, and looked at when the tree is whole.
 */

/** That an object names another one. */
export interface Link {
  readonly field: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** What an object says of others. */
export interface Links {
  /** What it names, that must be there. */
  readonly references?: Link[];
  /** What it waits for, of its own kind. */
  readonly dependsOn?: Dependency[];
  /** The GitRepository whose branch it pushes to, if nothing else says one. */
  readonly pushesTo?: Link;
  /** The branch that a GitRepository checks out. */
  readonly branch?: string;
}

const LINKS = new WeakMap<IConstruct, Links>();
// What does is loaded when something is checked: a program that only declares needs none of it.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const checkOnce = treeCheck(root => (require('./tree') as typeof import('./tree')).checkTree(root));

/** Notes what an object says of others. All objects of a tree are looked at together, once. */
export function registerForTree(object: ApiObject, links: Links): void {
  LINKS.set(object, links);
  checkOnce(object);
}

/** What an object said of others; nothing for an object that is not of Flux. */
export function linksOf(construct: IConstruct): Links | undefined {
  return LINKS.get(construct);
}

/** Throws for a reference that is to a kind of source which the object does not know: FW551. */
export function checkKind(where: At, reference: SourceReference, kinds: string[]): void {
  if (!kinds.includes(reference.kind)) {
    throw messages.invalidField.error(where.path, { kind: where.kind, field: where.field, value: reference.kind, fault: `is to none of ${kinds.join(', ')}` });
  }
  objectName({ ...where, field: `${where.field}.name` }, reference.name);
  if (reference.namespace !== undefined) {
    namespace({ ...where, field: `${where.field}.namespace` }, reference.namespace);
  }
}
