import type { IConstruct } from 'constructs';
import { Diagnostics } from './diagnostics';
import type { Finding } from './finding';

/**
 * A check of all objects of a kind in a tree together: it runs once, however many objects ask for it.
 *
 * @param check looks at the whole tree, from its root
 * @returns what each of the objects calls when it is made
 */
export function treeCheck(check: (root: IConstruct) => Finding[]): (object: IConstruct) => void {
  const asked = new WeakSet<IConstruct>();
  return object => {
    const { root } = object.node;
    if (!asked.has(root)) {
      asked.add(root);
      Diagnostics.of(root).addCheck({ check: () => check(root) });
    }
  };
}
