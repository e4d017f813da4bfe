import { Lazy } from 'cdk8s';
import * as messages from './messages';
import { celFault, patternFault, rangeFault } from './syntax';
import { isMap, unprintableKey } from '../../../core/metadata';
import { objectName } from '../../../core/object-shape';
import { At, Check, listOf, mapOf, refuse, struct, text, textOrEmpty, textThat } from '../../../core/shape';

/*
 * What fields of Flux objects may hold, where several kinds have them.
 */

/** Where the fields of an object stand. */
export const at = (path: string, kind: string): At => ({ path, kind, field: '', messages });

/** What Go holds in nanoseconds, in milliseconds. */
const LONGEST = 2 ** 63 / 1e6;
const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** The milliseconds of a duration that fits one of the patterns. */
export function millisecondsOf(duration: string): number {
  return [...duration.matchAll(/([0-9]+(?:\.[0-9]+)?)(ms|s|m|h)/g)].reduce((sum, [, number, unit]) => sum + Number(number) * UNITS[unit], 0);
}

function time(form: RegExp): Check {
  return ({ path, kind, field }, value) => {
    if (typeof value !== 'string' || value.length > 100 || !form.test(value) || !(millisecondsOf(value) > 0 && millisecondsOf(value) < LONGEST)) {
      throw messages.invalidDuration.error(path, { kind, field, value });
    }
  };
}

/** An interval, or a timeout of an object that applies. */
export const interval = time(/^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/);

/** A timeout of an object that fetches or sends: it knows no hours. */
export const timeout = time(/^([0-9]+(\.[0-9]+)?(ms|s|m))+$/);

/** A text within a length and, where given, a pattern. */
export function bounded(most: number, form?: RegExp): Check {
  return (where, value) => {
    text(where, value);
    if ((value as string).length > most) {
      throw refuse(where, value, `has more than ${most} characters`);
    }
    if (form !== undefined && !form.test(value as string)) {
      throw refuse(where, value, 'has characters or a form that are refused');
    }
  };
}

export { objectName };

/** The name of a namespace. */
export const namespace = bounded(63, /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/);

/** A name of an object, or a star for all of them. */
export const nameOrStar: Check = (where, value) => value === '*' ? undefined : objectName(where, value);

export const labels = mapOf(textOrEmpty);

/** A map of plain data, without null: cdk8s would leave it out, and to Helm it means that a default is taken away. */
export const data: Check = (where, value) => {
  if (!isMap(value)) {
    throw refuse(where, value, 'is no map');
  }
  if (holdsNull(value, 0)) {
    throw refuse(where, value, 'holds null, which cdk8s leaves out and addJsonPatch can set');
  }
  if (isUnprintable(value, 0)) {
    throw refuse(where, value, 'holds something that YAML does not');
  }
  const key = unprintableKey(value);
  if (key !== undefined) {
    throw refuse(where, value, `has the key ${JSON.stringify(key)}, which cdk8s cannot print`);
  }
};

function holdsNull(value: unknown, depth: number): boolean {
  if (value === null) {
    return true;
  }
  if (typeof value !== 'object' || depth > 100) {
    return false;
  }
  const each = Array.isArray(value) ? Array.from(value, one => one ?? null) : Object.values(value);
  return each.some(one => holdsNull(one, depth + 1));
}

/** Whether something is no plain data: a function, a class, a ring. */
function isUnprintable(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) {
    return ['function', 'symbol', 'bigint'].includes(typeof value) || (typeof value === 'number' && !Number.isFinite(value));
  }
  if (value instanceof Lazy) {
    return false; // cdk8s asks it when it prints
  }
  if (depth > 100 || !(Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value)))) {
    return true;
  }
  return Object.values(value).some(each => isUnprintable(each, depth + 1));
}

export const metadata: Check = (where, value) => {
  data(where, value);
  const given = value as Record<string, unknown>;
  const known: Record<string, Check> = { name: objectName, namespace, labels, annotations: labels };
  for (const [field, check] of Object.entries(known)) {
    if (given[field] !== undefined) {
      check({ ...where, field: `metadata.${field}` }, given[field]);
    }
  }
};

export const commonMetadata = struct({ labels, annotations: labels });

/** A path below the root of a source. Flux would take one that leads out of it for the root. */
export const relativePath = textThat(value => /^(?!(.*\/)?\.\.(\/|$))[^\p{C}\\]+$/u.test(value), 'leaves the source');

/** A range of versions. */
export const range: Check = ({ path, kind, field }, value) => {
  const fault = rangeFault(value);
  if (fault !== undefined) {
    throw messages.invalidRange.error(path, { kind, field, value, fault });
  }
};

/** A CEL expression, seen from the outside. */
export const expression: Check = ({ path, kind, field }, value) => {
  const fault = celFault(value);
  if (fault !== undefined) {
    throw messages.invalidExpression.error(path, { kind, field, value, fault });
  }
};

/** A regular expression of Go. */
export const pattern: Check = ({ path, kind, field }, value) => {
  const fault = patternFault(value);
  if (fault !== undefined) {
    throw messages.invalidPattern.error(path, { kind, field, value, fault });
  }
};

const pointer: Check = ({ path, kind, field }, value) => {
  if (typeof value !== 'string' || !/^(\/([^~/]|~[01])+)+$/.test(value)) {
    throw messages.invalidPointer.error(path, { kind, field, value });
  }
};

/** A selector of objects in patches and drift rules. Group, version, kind, name and namespace are regular expressions, for the whole text. */
export const target = struct({
  group: pattern, version: pattern, kind: pattern, name: pattern, namespace: pattern, labelSelector: text, annotationSelector: text,
});

export const driftRules = listOf(struct({ paths: listOf(pointer, 1), target }, ['paths']));

export const patches = listOf(struct({ patch: text, target }, ['patch']));

const DIGEST = /^[a-z0-9]+([+._-][a-z0-9]+)*:[A-Za-z0-9=_-]{32,}$/;

export const images = listOf(struct({ name: text, newName: text, newTag: text, digest: bounded(200, DIGEST) }, ['name']));

export const healthCheckExprs = listOf(struct({
  apiVersion: text, kind: text, current: expression, inProgress: expression, failed: expression,
}, ['apiVersion', 'current']));

const LABEL_OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/** A selector by labels, as Kubernetes has it. */
export const labelSelector = struct({
  matchLabels: labels,
  matchExpressions: listOf(struct({
    key: text,
    operator: (where, value) => {
      if (!LABEL_OPERATORS.includes(value as string)) {
        throw refuse(where, value, `is none of ${LABEL_OPERATORS.join(', ')}`);
      }
    },
    values: listOf(text),
  }, ['key', 'operator'])),
});

export const accessFrom = struct({ namespaceSelectors: listOf(struct({ matchLabels: labels })) }, ['namespaceSelectors']);

/** An address with one of some schemes, and without credentials. */
export function url(schemes: string[], most = 2048): Check {
  return (where, value) => {
    bounded(most)(where, value);
    const { path, kind, field } = where;
    const given = value as string;
    if (!schemes.some(scheme => given.startsWith(`${scheme}://`)) || /[\s\p{C}]/u.test(given) || !URL.canParse(given) || new URL(given).hostname === '') {
      throw messages.invalidUrl.error(path, { kind, field, value, fault: `is no URL with ${schemes.map(scheme => `${scheme}://`).join(' or ')}` });
    }
    // The user of SSH is no secret, and is needed.
    const { username, password, protocol } = new URL(given);
    if (password !== '' || (username !== '' && protocol !== 'ssh:')) {
      throw messages.credentialsInUrl.error(path, { kind, field });
    }
  };
}

/** A reference by name, as Flux writes it. */
export const named = (name: string | undefined) => name === undefined ? undefined : { name };
