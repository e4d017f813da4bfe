import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Diagnostics } from '../../../core/diagnostics/diagnostics';

const CHECKED = new WeakSet<IConstruct>();

/** Looks at all objects of Kargo in a tree together, once. */
export function register(object: ApiObject): void {
  const root = object.node.root;
  if (!CHECKED.has(root)) {
    CHECKED.add(root);
    // Loaded when something is checked: a program that only declares needs none of it.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    Diagnostics.of(root).addCheck({ check: () => (require('./tree') as typeof import('./tree')).checkTree(root) });
  }
}
