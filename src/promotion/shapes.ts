import type { Problem } from '../core/diagnostics/problem';
import { isDnsSubdomain, isMap, unprintableKey } from '../core/metadata';
import { At, Check, listOf, mapOf, struct, text } from '../core/shape';

/*
 * Shapes that the objects of all promotion engines share.
 */

/** Says which of some fields exclude one another. */
export type ExclusiveFields = Problem<{ kind: string; field: string; fields: string[]; given: string[] }>;

/** The error of a value that does not fit. */
export function refuse(at: At, value: unknown, fault: string): Error {
  return at.messages.invalidField.error(at.path, { kind: at.kind, field: at.field, value, fault });
}

/** A value that all checks accept. */
export function all(...checks: Check[]): Check {
  return (at, value) => checks.forEach(check => check(at, value));
}

/** A text that is so, in words. */
export function textThat(holds: (value: string) => boolean, fault: string): Check {
  return (at, value) => {
    text(at, value);
    if (!holds(value as string)) {
      throw refuse(at, value, fault);
    }
  };
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

export const objectName = textThat(isDnsSubdomain, 'is no name of an object');

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

export const namespaceName = textThat(value => LABEL.test(value), 'is no name of a namespace');

const anyText: Check = (at, value) => {
  if (typeof value !== 'string') {
    throw refuse(at, value, 'is no text');
  }
};

/** A text, which may be empty. */
export const textOrEmpty = anyText;

/** What stands in `metadata`. The rest of it is for the API server to judge. */
export const metadata: Check = (at, value) => {
  if (!isMap(value) || unprintableKey(value) !== undefined) {
    throw refuse(at, value, 'is no map');
  }
  const parts: Record<string, Check> = { name: objectName, namespace: namespaceName, labels: mapOf(anyText), annotations: mapOf(anyText) };
  for (const [field, check] of Object.entries(parts)) {
    const given = (value as Record<string, unknown>)[field];
    if (given !== undefined) {
      check({ ...at, field: `${at.field}.${field}` }, given);
    }
  }
};

/** What stands in `metadata` of a kind that lives in no namespace. */
export const clusterMetadata: Check = (at, value) => {
  metadata(at, value);
  if ((value as { namespace?: unknown }).namespace !== undefined) {
    throw refuse({ ...at, field: `${at.field}.namespace` }, (value as { namespace?: unknown }).namespace, 'is for kinds that live in a namespace');
  }
};

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

const requirement: Check = (at, value) => {
  struct({ key: text, operator: text, values: listOf(anyText) }, ['key', 'operator'])(at, value);
  const { operator, values = [] } = value as { operator: string; values?: string[] };
  const operators: Record<string, boolean> = { In: true, NotIn: true, Exists: false, DoesNotExist: false };
  if (!Object.hasOwn(operators, operator)) {
    throw refuse({ ...at, field: `${at.field}.operator` }, operator, `is none of ${Object.keys(operators).join(', ')}`);
  }
  if (operators[operator] !== values.length > 0) {
    throw refuse(at, value, 'has an operator and values that do not go together');
  }
};

/** The fields of a label selector (k8s ValidateLabelSelector). */
export const LABEL_SELECTOR: Record<string, Check> = { matchLabels: mapOf(anyText), matchExpressions: listOf(requirement) };

/** A label selector that asks for something. */
export const labelSelector: Check = (at, value) => {
  struct(LABEL_SELECTOR)(at, value);
  if (isEmptySelector(value)) {
    throw at.messages.emptyField.error(at.path, { kind: at.kind, field: `${at.field}.matchLabels` });
  }
};

/** Whether a selector asks for nothing. */
export function isEmptySelector(value: unknown): boolean {
  const { matchLabels = {}, matchExpressions = [] } = value as { matchLabels?: object; matchExpressions?: unknown[] };
  return Object.keys(matchLabels).length + matchExpressions.length === 0;
}
