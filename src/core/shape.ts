import type { Problem } from './diagnostics/problem';
import { isMap } from './metadata';

/*
 * What fields of upstream objects may hold, as data: fields of a wrong type and fields that do not exist are refused
 * alike for every part of an object, whether TypeScript has looked at the program or not.
 */

/** How a system of building blocks says what is wrong with a field: with codes and sources of its own. */
export interface ShapeMessages {
  readonly emptyField: Problem<{ kind: string; field: string }>;
  readonly invalidField: Problem<{ kind: string; field: string; value: unknown; fault: string }>;
  readonly unknownField: Problem<{ kind: string; field: string; known: string[] }>;
  readonly invalidDuration: Problem<{ kind: string; field: string; value: unknown }>;
}

/** Says which of some fields exclude one another. */
export type ExclusiveFields = Problem<{ kind: string; field: string; fields: string[]; given: string[] }>;

/** Where a value stands, and how that is said. */
export interface At {
  /** The path of the construct. */
  readonly path: string;
  readonly kind: string;
  /** The field, empty for the object itself. */
  readonly field: string;
  readonly messages: ShapeMessages;
}

/** Throws unless a value that is given fits. */
export type Check = (at: At, value: unknown) => void;

/** The error of a value that does not fit. */
export function refuse(at: At, value: unknown, fault: string): Error {
  return at.messages.invalidField.error(at.path, { kind: at.kind, field: at.field, value, fault });
}

const inside = (at: At, field: string): At => ({ ...at, field: at.field === '' ? field : `${at.field}.${field}` });

export const text: Check = (at, value) => {
  if (typeof value !== 'string') {
    throw refuse(at, value, 'is no text');
  }
  if (value.trim() === '') {
    throw at.messages.emptyField.error(at.path, { kind: at.kind, field: at.field });
  }
};

/** A text, which may be empty. */
export const textOrEmpty: Check = (at, value) => {
  if (typeof value !== 'string') {
    throw refuse(at, value, 'is no text');
  }
};

/** A text that is so, in words. */
export function textThat(holds: (value: string) => boolean, fault: string): Check {
  return (at, value) => {
    text(at, value);
    if (!holds(value as string)) {
      throw refuse(at, value, fault);
    }
  };
}

export const flag: Check = (at, value) => {
  if (typeof value !== 'boolean') {
    throw refuse(at, value, 'is neither true nor false');
  }
};

export const real: Check = (at, value) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw refuse(at, value, 'is no number');
  }
};

export const anything: Check = () => undefined;

export function whole(least: number, most = 2 ** 31 - 1): Check {
  return (at, value) => {
    if (!(Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most)) {
      throw refuse(at, value, most === 2 ** 31 - 1 ? `is no whole number from ${least}` : `is no whole number from ${least} to ${most}`);
    }
  };
}

export function oneOf(known: Record<string, string>): Check {
  return (at, value) => {
    if (typeof value !== 'string' || !Object.values(known).includes(value)) {
      throw refuse(at, value, `is none of ${Object.values(known).join(', ')}`);
    }
  };
}

/** A duration that fits a pattern. */
export function duration(pattern: RegExp): Check {
  return (at, value) => {
    if (typeof value !== 'string' || !pattern.test(value)) {
      throw at.messages.invalidDuration.error(at.path, { kind: at.kind, field: at.field, value });
    }
  };
}

export function listOf(check: Check, least = 0, most = Infinity): Check {
  return (at, value) => {
    if (!Array.isArray(value) || value.length > most) {
      throw refuse(at, value, value instanceof Array ? `has more than ${most} entries` : 'is no list');
    }
    if (value.length < least) {
      throw at.messages.emptyField.error(at.path, { kind: at.kind, field: at.field });
    }
    Array.from(value).forEach((each, i) => check({ ...at, field: `${at.field}[${i}]` }, each));
  };
}

export function mapOf(check: Check): Check {
  return (at, value) => {
    if (!isMap(value)) {
      throw refuse(at, value, 'is no map');
    }
    if (['__proto__', 'constructor'].some(key => Object.hasOwn(value as object, key))) {
      throw refuse(at, value, 'has a key that cdk8s cannot print'); // it knows plain objects by their constructor
    }
    Object.entries(value as object).forEach(([key, each]) => check(inside(at, key), each));
  };
}

/** A value that all checks accept. */
export function all(...checks: Check[]): Check {
  return (at, value) => checks.forEach(check => check(at, value));
}

/** An object with at most one of the fields, or with exactly one. */
export function exclusive(problem: ExclusiveFields, fields: string[], least: 0 | 1): Check {
  return (at, value) => {
    const given = fields.filter(field => isGiven((value as Record<string, unknown>)[field]));
    if (given.length > 1 || given.length < least) {
      throw problem.error(at.path, { kind: at.kind, field: at.field, fields, given });
    }
  };
}

/** False switches nothing on, and excludes nothing. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== false;
}

/** A list in which no two entries have the same key. */
export function distinct(problem: Problem<{ kind: string; field: string; value: string }>, keyOf: (entry: any) => string | undefined): Check {
  return (at, value) => {
    const seen = new Set<string>();
    for (const key of (value as unknown[]).map(keyOf).filter((each): each is string => each !== undefined)) {
      if (seen.has(key)) {
        throw problem.error(at.path, { kind: at.kind, field: at.field, value: key });
      }
      seen.add(key);
    }
  };
}

/** A value of one of our classes, known by a member that no other one has. */
export function made(what: string, member: string): Check {
  return (at, value) => {
    const given = value as Record<string, unknown> | null | undefined;
    if (typeof given?._toJson !== 'function' || given[member] === undefined) {
      throw refuse(at, value, `is no ${what}`);
    }
  };
}

/** An object with these fields, some of them demanded, and no others. */
export function struct(fields: Record<string, Check>, demanded: string[] = []): Check {
  return (at, value) => {
    if (!isMap(value)) {
      throw refuse(at.field === '' ? { ...at, field: 'description' } : at, value, 'is no object with fields');
    }
    const given = value as Record<string, unknown>;
    for (const field of Object.keys(given)) {
      if (given[field] !== undefined && !Object.hasOwn(fields, field)) {
        throw at.messages.unknownField.error(at.path, { kind: at.kind, field: inside(at, field).field, known: Object.keys(fields) });
      }
    }
    for (const [field, check] of Object.entries(fields)) {
      if (given[field] !== undefined) {
        check(inside(at, field), given[field]);
      } else if (demanded.includes(field)) {
        throw at.messages.emptyField.error(at.path, { kind: at.kind, field: inside(at, field).field });
      }
    }
  };
}

const DEEPEST = 32;

/** Plain data that can be printed: no functions, no objects of classes, no rings, and no null, which cdk8s drops. */
export const json: Check = (at, value) => {
  if (!isJson(value, DEEPEST)) {
    throw refuse(at, value, 'is no plain data');
  }
};

function isJson(value: unknown, depth: number): boolean {
  if (typeof value === 'string' || typeof value === 'boolean' || value === undefined) {
    return true;
  }
  if (typeof value === 'number') {
    return Number.isFinite(value);
  }
  if (typeof value !== 'object' || value === null || depth === 0) {
    return false;
  }
  if (Array.isArray(value)) {
    return Array.from(value).every(each => each !== undefined && isJson(each, depth - 1));
  }
  const prototype = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null)
    && !['__proto__', 'constructor'].some(key => Object.hasOwn(value, key))
    && Object.values(value).every(each => isJson(each, depth - 1));
}

/** What is written for a value: without undefined fields, and with our classes rendered. */
export function plain(value: unknown): any {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  const rendered = value as { _toJson?: () => unknown };
  if (typeof rendered._toJson === 'function') {
    return plain(rendered._toJson());
  }
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined).map(([key, each]) => [key, plain(each)]));
}

/** A duration as Go reads it: `1h30m`, `90s`, `500ms`. */
export const GO_DURATION = /^(\d+(\.\d+)?(h|ms|us|ns|m|s))+$/;

const UNITS: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, ns: 1e-9 };

/** The seconds of a duration that has been checked. */
export function secondsOf(time: string): number {
  return [...time.matchAll(/(\d+(?:\.\d+)?)(h|ms|us|ns|m|s)/g)].reduce((sum, [, number, unit]) => sum + Number(number) * UNITS[unit], 0);
}

/** Whether a text is an absolute http or https URL. */
export function isHttp(value: unknown): boolean {
  return typeof value === 'string' && !/[\s\p{C}]/u.test(value) && URL.canParse(value) && ['http:', 'https:'].includes(new URL(value).protocol);
}
