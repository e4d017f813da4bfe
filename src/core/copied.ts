/**
 * A copy of what is written in braces and brackets; objects of classes are shared, because they do not change. What a
 * program does to its maps and lists afterwards would not be checked any more.
 */
export function copied<T>(value: T, depth = 4): T {
  if (depth === 0 || typeof value !== 'object' || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(each => copied(each, depth - 1)) as T;
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, copied(each, depth - 1)])) as T;
}
