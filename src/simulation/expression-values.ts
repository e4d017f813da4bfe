/*
 * Values and operators of conditions, with the rules of expr-lang (antonmedv/expr 1.15.5): no value is converted silently, whatever JavaScript would do.
 */

/** A condition that cannot be evaluated for a result: the measurement is an Error, as the controller has it. */
export class EvaluationError extends Error {}

export function fail(message: string): never {
  throw new EvaluationError(message);
}

export function bool(value: unknown): boolean {
  return typeof value === 'boolean' ? value : fail(`expected bool, but got ${typeName(value)}`);
}

export function number(value: unknown, what: string): number {
  return typeof value === 'number' ? value : fail(`${what} does not take ${typeName(value)}`);
}

export function text(value: unknown, what: string): string {
  return typeof value === 'string' ? value : fail(`${what} does not take ${typeName(value)}`);
}

export function array(value: unknown, what: string): unknown[] {
  return Array.isArray(value) ? value : fail(`${what} does not take ${typeName(value)}`);
}

/** Whether the controller's evaluator knows the type of all that is in a result: a value, or a list of numbers. */
export function isTyped(result: unknown): boolean {
  return Array.isArray(result) ? result.every(element => typeof element === 'number') : typeof result !== 'object';
}

export function typeName(value: unknown): string {
  if (value === null || value === undefined) {
    return 'nil';
  }
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** A field of an object, or an element of a list. A field that is not there is nil. */
export function fetch(from: unknown, key: unknown): unknown {
  if (Array.isArray(from) || typeof from === 'string') {
    const index = number(key, 'An index');
    const element = from[index < 0 ? from.length + index : index];
    return element === undefined ? fail(`index out of range: ${index} (the length is ${from.length})`) : element;
  }
  if (typeof from === 'object' && from !== null) {
    const name = text(key, 'A field');
    return Object.prototype.hasOwnProperty.call(from, name) ? (from as Record<string, unknown>)[name] ?? null : null;
  }
  return fail(`cannot fetch ${String(key)} from ${typeName(from)}`);
}

/** Equality. Where the types are known beforehand (`strict`), different ones are a fault; those in JSON are just not equal. */
export function equal(a: unknown, b: unknown, strict = false): boolean {
  if (strict && typeof a !== typeof b && (a ?? null) !== null && (b ?? null) !== null) {
    return fail(`${typeName(a)} and ${typeName(b)} cannot be compared`);
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((element, i) => equal(element, b[i]));
  }
  if (typeof a === 'object' && a !== null && typeof b === 'object' && b !== null) {
    return fail('objects are not compared');
  }
  return (a ?? null) === (b ?? null);
}

/** Less than, for two numbers or two texts. */
export function compare(a: unknown, b: unknown, test: (a: never, b: never) => boolean): boolean {
  if ((typeof a === 'number' && typeof b === 'number') || (typeof a === 'string' && typeof b === 'string')) {
    return test(a as never, b as never);
  }
  return fail(`${typeName(a)} and ${typeName(b)} cannot be compared`);
}

export function add(a: unknown, b: unknown): unknown {
  if (typeof a === 'string' && typeof b === 'string') {
    return a + b;
  }
  return number(a, '+') + number(b, '+');
}

export function contains(set: unknown, value: unknown): boolean {
  if (set === null || set === undefined) {
    return false;
  }
  if (Array.isArray(set)) {
    return set.some(element => equal(element, value));
  }
  if (typeof set === 'object') {
    return Object.prototype.hasOwnProperty.call(set, text(value, 'in'));
  }
  return fail(`in does not take ${typeName(set)}`);
}

export function slice(value: unknown, from: unknown, to: unknown): unknown {
  if (!Array.isArray(value) && typeof value !== 'string') {
    return fail(`a slice does not take ${typeName(value)}`);
  }
  const bound = (at: unknown, fallback: number): number => {
    const index = at === undefined ? fallback : number(at, 'A slice');
    return Math.max(0, Math.min(value.length, index < 0 ? value.length + index : index));
  };
  const start = bound(from, 0);
  return value.slice(start, Math.max(start, bound(to, value.length)));
}

/** A whole number, as Go's conversion and strconv give it. */
export function asInt(value: unknown): number {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? Math.trunc(value) : -9223372036854775808;
  }
  return typeof value === 'string' && /^[+-]?\d+$/.test(value) ? Number(value) : fail(`asInt() does not take ${typeName(value)}`);
}

export function asFloat(value: unknown): number {
  if (typeof value === 'number') {
    return value;
  }
  if (typeof value === 'string' && /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(value)) {
    return Number(value);
  }
  const word = typeof value === 'string' ? /^([+-]?)(nan|inf|infinity)$/i.exec(value) : null;
  return word ? (word[2].toLowerCase() === 'nan' ? NaN : word[1] === '-' ? -Infinity : Infinity) : fail(`asFloat() does not take ${typeName(value)}`);
}

function numbers(values: unknown[], what: string): number[] {
  const all = values.length === 1 && Array.isArray(values[0]) ? (values[0] as unknown[]) : values;
  return all.map(value => number(value, what));
}

/** Functions that see only their arguments. How many they take: at least, at most. */
export const FUNCTIONS: Record<string, { readonly least: number; readonly most: number; readonly call: (...values: unknown[]) => unknown }> = {
  len: { least: 1, most: 1, call: value => (typeof value === 'string' || Array.isArray(value) ? value.length : typeof value === 'object' && value !== null ? Object.keys(value).length : fail(`len does not take ${typeName(value)}`)) },
  isNaN: { least: 1, most: 1, call: value => Number.isNaN(number(value, 'isNaN')) },
  isInf: { least: 1, most: 1, call: value => Math.abs(number(value, 'isInf')) === Infinity },
  asInt: { least: 1, most: 1, call: asInt },
  asFloat: { least: 1, most: 1, call: asFloat },
  int: { least: 1, most: 1, call: asInt },
  float: { least: 1, most: 1, call: asFloat },
  abs: { least: 1, most: 1, call: value => Math.abs(number(value, 'abs')) },
  ceil: { least: 1, most: 1, call: value => Math.ceil(number(value, 'ceil')) },
  floor: { least: 1, most: 1, call: value => Math.floor(number(value, 'floor')) },
  // Go rounds halves away from zero.
  round: { least: 1, most: 1, call: value => Math.sign(number(value, 'round')) * Math.round(Math.abs(number(value, 'round'))) },
  max: { least: 1, most: Infinity, call: (...values) => extreme(numbers(values, 'max'), 'max', (a, b) => a > b) },
  min: { least: 1, most: Infinity, call: (...values) => extreme(numbers(values, 'min'), 'min', (a, b) => a < b) },
  sum: { least: 1, most: 1, call: value => numbers(array(value, 'sum'), 'sum').reduce((a, b) => a + b, 0) },
  mean: { least: 1, most: 1, call: value => mean(numbers(array(value, 'mean'), 'mean')) },
  first: { least: 1, most: 1, call: value => array(value, 'first')[0] ?? null },
  last: { least: 1, most: 1, call: value => array(value, 'last').at(-1) ?? null },
};

function extreme(values: number[], what: string, better: (a: number, b: number) => boolean): number {
  return values.length === 0 ? fail(`${what} needs a value`) : values.reduce((best, value) => (better(value, best) ? value : best));
}

function mean(values: number[]): number {
  return values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length;
}
