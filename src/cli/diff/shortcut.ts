import type { Names } from './names';

/** Texts in which a line is not always one value, or whose values are never expected to differ. */
const MANY = /[|>][-+0-9]*$|^---|^\s*kind: "?Secret\b/m;

/** A line of a block in YAML: what leads to the value, and the value. */
const LINE = /^(\s*(?:- )*(?:"?[\w./-]+"?: )?)(?!"?[\w./-]+"?: )([^{[&*!].*)$/;

/**
 * The number of values in which two manifests differ, when they differ in nothing but names. They are not parsed for that, which is
 * what takes the time in comparing environments, where most objects are the same.
 *
 * @returns nothing when only the whole comparison can tell
 */
export function sameButForNames(before: string, after: string, names: Names): number | undefined {
  if (before === after) {
    return 0;
  }
  if (MANY.test(before) || MANY.test(after)) {
    return undefined;
  }
  const old = before.split('\n');
  const now = after.split('\n');
  if (old.length !== now.length) {
    return undefined;
  }
  let count = 0;
  for (let i = 0; i < old.length; i++) {
    if (old[i] !== now[i]) {
      const [, key, value] = LINE.exec(old[i]) ?? [];
      const [, otherKey, otherValue] = LINE.exec(now[i]) ?? [];
      // An image is never just a name, and neither is a folder of the host.
      if (key === undefined || key !== otherKey || /(image|path|hostPath): $/.test(key) || !names.follows(value, otherValue)) {
        return undefined;
      }
      count++;
    }
  }
  return count;
}
