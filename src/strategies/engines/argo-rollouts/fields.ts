import { Lazy } from 'cdk8s';
import { isPlain } from './json';
import * as messages from './messages';
import { RolloutsVersion } from './version';
import { isBefore } from './version-order';
import { Finding } from '../../../core/diagnostics/finding';
import { didYouMean } from '../../../core/diagnostics/problem';
import { isDnsSubdomain } from '../../../core/metadata';

/*
 * What the types of the upstream fields are, as data: from one table come the type check of programs in JavaScript, the misspelt
 * names, the missing fields, and those that a version does not know.
 */

/** A look at one object. */
export interface Look {
  /** The path of the construct. */
  readonly where: string;
  readonly version: RolloutsVersion;
  /** Whether a field that is not in the table is an error. */
  readonly strict: boolean;
  readonly findings: Finding[];
}

/** The type of a field. */
export interface Field {
  readonly required?: boolean;
  readonly since?: RolloutsVersion;
  /** Up to this version the field was required. */
  readonly requiredBefore?: RolloutsVersion;
  /** The fields of a map, or the type of what a list or a map holds. */
  readonly fields?: Record<string, Field>;
  readonly item?: Field;
  check(look: Look, path: string, value: unknown): void;
}

/** The fields of a map; all those of an interface. */
export type Fields<P> = { readonly [K in keyof Required<P>]: Field };

export const required = (field: Field): Field => ({ ...field, required: true });

export const since = (version: RolloutsVersion, field: Field): Field => ({ ...field, since: version });

export const requiredBefore = (version: RolloutsVersion, field: Field): Field => ({ ...field, requiredBefore: version });

function wrongType(look: Look, path: string, value: unknown, fault: string): void {
  look.findings.push(messages.wrongType.at(look.where, { field: path, value, fault }));
}

export const text: Field = {
  check: (look, path, value) => {
    if (typeof value !== 'string') {
      wrongType(look, path, value, 'is no text');
    }
  },
};

export const bool: Field = {
  check: (look, path, value) => {
    if (typeof value !== 'boolean') {
      wrongType(look, path, value, 'is neither true nor false');
    }
  },
};

/** The name of an object. */
export const name = named(isDnsSubdomain);

/** The name of a Service: one DNS label. */
export const service = named(value => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(value));

function named(isFine: (value: string) => boolean): Field {
  return {
    check: (look, path, value) => {
      if (value === '') {
        return; // a missing field, if it is required
      }
      if (typeof value !== 'string') {
        wrongType(look, path, value, 'is no text');
      } else if (!isFine(value)) {
        look.findings.push(messages.invalidName.at(look.where, { field: path, value, fault: 'is no name of an object' }));
      }
    },
  };
}

/** A whole number within bounds. */
export function int(least = 0, most = 2 ** 31 - 1): Field {
  return {
    check: (look, path, value) => {
      if (typeof value !== 'number') {
        wrongType(look, path, value, 'is no number');
      } else if (!Number.isInteger(value) || value < least || value > most) {
        look.findings.push(messages.invalidNumber.at(look.where, { field: path, value, fault: `is no whole number from ${least} to ${most}` }));
      }
    },
  };
}

/** A whole number within bounds, or text in which an argument stands for it. */
export function countOrArgument(least: number): Field {
  return {
    check: (look, path, value) => {
      if (typeof value === 'string' && (/\{\{[^]*\}\}/.test(value) || /^-?\d+$/.test(value))) {
        return value.includes('{{') ? undefined : int(least).check(look, path, Number(value));
      }
      return typeof value === 'string' ? wrongType(look, path, value, 'is neither a number nor an argument') : int(least).check(look, path, value);
    },
  };
}

/** A number of pods, or a share of all. */
export const intOrPercent: Field = {
  check: (look, path, value) => {
    if (!(typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 31) && !(typeof value === 'string' && /^\d{1,9}%$/.test(value))) {
      look.findings.push(messages.invalidIntOrPercent.at(look.where, { field: path, value, fault: 'is neither a whole number nor a percentage' }));
    }
  },
};

const DURATION = /^((\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h))+$/;

/** A duration as in Go. */
export function duration({ arguments: withArguments = false, seconds = false } = {}): Field {
  return {
    check: (look, path, value) => {
      if (seconds && typeof value === 'number') {
        return int(0).check(look, path, value);
      }
      if (typeof value !== 'string') {
        return wrongType(look, path, value, 'is no duration');
      }
      const fine = DURATION.test(value) || (withArguments && /\{\{[^]*\}\}/.test(value)) || (seconds && /^\d{1,9}$/.test(value));
      if (!fine) {
        look.findings.push(messages.invalidDuration.at(look.where, { field: path, value, fault: 'is no duration' }));
      }
    },
  };
}

/** One of a closed set. */
export function oneOf(known: string[]): Field {
  return {
    check: (look, path, value) => {
      if (!known.includes(value as string)) {
        look.findings.push(messages.notOneOf.at(look.where, { field: path, value, fault: `is none of ${known.join(', ')}` }));
      }
    },
  };
}

/** A list. */
export function list(item: Field, { nonEmpty = false } = {}): Field {
  return {
    item,
    check: (look, path, value) => {
      if (!Array.isArray(value)) {
        return wrongType(look, path, value, 'is no list');
      }
      if (nonEmpty && value.length === 0) {
        look.findings.push(messages.missingField.at(look.where, { field: path, value, fault: 'is empty' }));
      }
      return Array.from(value).forEach((each, i) => item.check(look, `${path}[${i}]`, each));
    },
  };
}

/** A map with any keys. */
export function mapOf(item: Field, { nonEmpty = false } = {}): Field {
  return {
    item,
    check: (look, path, value) => {
      if (!isPlain(value)) {
        return wrongType(look, path, value, 'is no map');
      }
      if (nonEmpty && Object.keys(value).length === 0) {
        look.findings.push(messages.missingField.at(look.where, { field: path, value, fault: 'is empty' }));
      }
      return Object.entries(value).forEach(([key, each]) => item.check(look, `${path}[${key}]`, each));
    },
  };
}

/** A map with fields of its own each. */
export function struct(fields: Record<string, Field>): Field {
  const known = new Map(Object.entries(fields));
  return {
    fields,
    check: (look, path, value) => {
      if (!isPlain(value)) {
        return wrongType(look, path, value, 'is no map');
      }
      const given = new Map(Object.entries(value));
      known.forEach((field, key) => checkField(look, `${path}.${key}`, field, given.get(key)));
      return [...given.keys()].filter(key => look.strict && !known.has(key)).forEach(key => {
        look.findings.push(messages.unknownField.at(look.where, { field: `${path}.${key}`, fault: `is known to no Argo Rollouts.${didYouMean(key, known.keys())}` }));
      });
    },
  };
}

function checkField(look: Look, path: string, field: Field, value: unknown): void {
  if (value === undefined || value === '') {
    const isRequired = field.required || (field.requiredBefore && isBefore(look.version, field.requiredBefore));
    if (isRequired) {
      look.findings.push(messages.missingField.at(look.where, { field: path, fault: value === '' ? 'is empty' : 'is missing' }));
    }
    if (value === undefined || isRequired) {
      return;
    }
  }
  if (field.since && isBefore(look.version, field.since)) {
    look.findings.push(messages.wrongVersion.at(look.where, {
      field: path, fault: `is there from Argo Rollouts ${field.since} on, and the cluster has ${look.version}`,
    }));
  }
  field.check(look, path, value);
}

/** Any JSON: what other APIs define. */
export const json: Field = {
  check: (look, path, value) => {
    if (!isJson(value)) {
      wrongType(look, path, value, 'is no JSON');
    }
  },
};

/** A map of any JSON. */
export const jsonMap: Field = {
  check: (look, path, value) => isPlain(value) ? json.check(look, path, value) : wrongType(look, path, value, 'is no map'),
};

function isJson(value: unknown): boolean {
  if (typeof value === 'number') {
    return Number.isFinite(value);
  }
  if (Array.isArray(value)) {
    return Array.from(value).every(isJson);
  }
  return value === null || ['string', 'boolean', 'undefined'].includes(typeof value) || (isPlain(value) ? Object.values(value).every(isJson) : value instanceof Lazy);
}
