/*
 * What a user gave, as JSON: the classes that stand for "one of" become what they stand for, and what was left out is left out.
 * Anything that is no JSON stays as it is, for the check of fields to find.
 */

const DEEPEST = 100;

/** The JSON of a value. A ring ends in `undefined` at a depth that nothing upstream has. */
export function toJson(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (depth > DEEPEST) {
    return () => 'a ring'; // no JSON, and so refused
  }
  if (Array.isArray(value)) {
    return value.map(each => toJson(each, depth + 1));
  }
  if (isPlain(value)) {
    return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined).map(([key, each]) => [key, toJson(each, depth + 1)]));
  }
  return ofClass(value as Record<string, unknown>, depth);
}

/** Whether something is a map as it is written in braces, and no instance of a class. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return false;
  }
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** One map over another, map by map. */
export function merged(under: Record<string, unknown>, over: Record<string, unknown>): Record<string, unknown> {
  const entries = new Map(Object.entries(under));
  for (const [key, value] of Object.entries(over)) {
    const below = entries.get(key);
    entries.set(key, isPlain(below) && isPlain(value) ? merged(below, value) : value);
  }
  return Object.fromEntries(entries);
}

function ofClass(value: Record<string, unknown>, depth: number): unknown {
  if (typeof value._toJson === 'function') {
    return toJson((value as { _toJson(): unknown })._toJson(), depth + 1);
  }
  if (typeof value.toMilliseconds === 'function' && typeof value.toSeconds === 'function') {
    const millis = (value as { toMilliseconds(): number }).toMilliseconds();
    return millis % 1000 === 0 ? `${millis / 1000}s` : `${millis}ms`; // a Duration of cdk8s
  }
  // IntOrString and Quantity of cdk8s-plus
  const wrapped = Object.keys(value).length === 1 && ['string', 'number'].includes(typeof value.value);
  return wrapped ? value.value : value;
}
