import { Duration } from 'cdk8s';
import * as messages from './messages';
import type { Value } from './value';
import { pathFault } from '../core/files/paths';
import { nameFault } from '../core/names';
import { At, Check, struct, text } from '../core/shape';

/*
 * How what users write is checked: the shapes that all parts of the model share.
 */

/** Throws unless a value has these fields, and no others. */
export function checkShape(path: string, kind: string, value: unknown, fields: Record<string, Check>, demanded: string[] = []): void {
  struct(fields, demanded)({ path, kind, field: '', messages }, value ?? {});
}

export function refuse(at: At, value: unknown, fault: string): Error {
  return messages.invalidField.error(at.path, { kind: at.kind, field: at.field, value, fault });
}

/** A value of one of our classes, known by a member that no other one has. */
export function ours(what: string, member: string): Check {
  return (at, value) => {
    const given = value as Record<string, unknown> | null | undefined;
    if (typeof given !== 'object' || given?.[member] === undefined) {
      throw refuse(at, value, `is no ${what}`);
    }
  };
}

/** Text or a value that is known when the pipeline runs. */
export const textOrValue: Check = (at, value) => {
  if (typeof value !== 'string') {
    ours('text or Value', '_parts')(at, value);
  }
};

/** One line for people. */
export const line: Check = (at, value) => {
  text(at, value);
  if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(value as string) || (value as string).length > 250) {
    throw refuse(at, value, 'is not one line of at most 250 characters');
  }
};

/** A name for people, with values in it. What is said of it now is one line. */
export const lineOrValue: Check = (at, value) => {
  textOrValue(at, value);
  const said = typeof value === 'string' ? value : (value as Value)._parts.filter(part => typeof part === 'string').join('');
  if (typeof value === 'string' || said.trim() !== '') {
    line(at, said);
  }
};

/** Plain text for a name of an image, a host or a folder: no blanks, no control characters, no leading hyphen. */
export const word: Check = (at, value) => {
  text(at, value);
  if (!/^[A-Za-z0-9_.~@/][^\s\p{C}'"`$\\]*$/u.test(value as string)) {
    throw refuse(at, value, 'is no plain word');
  }
};

/** A path in the workspace. */
export const inside: Check = (at, value) => {
  text(at, value);
  if (!isInside(value as string)) {
    throw messages.idleUpload.error(at.path, { artifact: value as string, job: at.kind });
  }
};

/** A folder of the workspace that is not the workspace itself, and none of git: plain names, one in the other, on every operating system. */
export const folderOfOwn: Check = (at, value) => {
  inside(at, value);
  const isPlain = (value as string).split('/').every(part => /^[A-Za-z0-9_.][\w.-]*$/.test(part));
  const fault = isPlain ? pathFault(value as string) : 'it is not made of plain names with / between them';
  if (fault) {
    throw refuse(at, value, `is no folder of its own: ${fault}`);
  }
};

/** A path in the workspace, or in the home folder. */
export const insideOrHome: Check = (at, value) => {
  text(at, value);
  if (!isInside((value as string).replace(/^~\//, ''))) {
    throw messages.idleUpload.error(at.path, { artifact: value as string, job: at.kind });
  }
};

function isInside(path: string): boolean {
  return path.length <= 500 && !/^[/~-]|\\|[\p{C}"'`$:]/u.test(path) && path.trim() === path && !path.split('/').includes('..') && !path.includes('//');
}

export const timeout: Check = (at, value) => {
  const minutes = value instanceof Duration || isDuration(value) ? (value as Duration).toMinutes({ integral: false }) : NaN;
  if (!(Number.isInteger(minutes) && minutes >= 1 && minutes <= 24 * 60)) {
    throw messages.invalidDuration.error(at.path, { kind: at.kind, field: at.field, value: shown(value) });
  }
};

export const delay: Check = (at, value) => {
  const seconds = isDuration(value) ? (value as Duration).toSeconds({ integral: false }) : NaN;
  if (!(Number.isInteger(seconds) && seconds >= 0 && seconds <= 3600)) {
    throw messages.invalidDuration.error(at.path, { kind: at.kind, field: at.field, value: shown(value) });
  }
};

function isDuration(value: unknown): value is Duration {
  const given = value as Partial<Duration> | null | undefined;
  return typeof given?.toSeconds === 'function' && typeof given.toMinutes === 'function';
}

function shown(value: unknown): unknown {
  return isDuration(value) ? value.toHumanString() : value;
}

/** Throws FW1004 unless an id is a DNS label. */
export function checkId(path: string, what: string, id: unknown, maxLength = 50): string {
  const fault = nameFault(id as string, maxLength);
  if (fault) {
    throw messages.invalidId.error(path, { what, id, fault });
  }
  return id as string;
}

export const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Throws FW1004 unless a name is an identifier of shells. */
export function checkIdentifier(path: string, what: string, name: unknown, pattern = IDENTIFIER): string {
  if (typeof name !== 'string' || !pattern.test(name) || name.length > 100 || ['__proto__', 'constructor'].includes(name)) {
    throw messages.invalidId.error(path, { what, id: name, fault: `is not of the form ${pattern.source.slice(1, -1)}` });
  }
  return name;
}

/** Patterns over branches, tags or paths. */
export function globs(what: string): Check {
  return (at, value) => {
    if (!Array.isArray(value)) {
      throw refuse(at, value, 'is no list');
    }
    value.forEach(glob => {
      const fault = globFault(glob);
      if (fault) {
        throw messages.invalidGlob.error(at.path, { what, glob, fault });
      }
    });
    if (value.length > 50) {
      throw refuse(at, value.length, 'are more than 50 patterns'); // GitLab compares no more (doc/ci/yaml, rules:changes)
    }
  };
}

function globFault(glob: unknown): string | undefined {
  if (typeof glob !== 'string' || glob === '') {
    return 'is empty';
  }
  if (/[[\]{}!\\:"'`$#~^]|\s|\p{C}/u.test(glob) || glob.length > 250) {
    return 'has characters that patterns cannot have';
  }
  if (/^[./-]|\/\/|\*\*\*|\.\.|\/$|@\{/.test(glob) && !/^\.[A-Za-z]/.test(glob)) {
    return 'does not begin or end as a path or name from the root does';
  }
  return /(?:^|[^/*])\*\*|\*\*(?:[^/*]|$)/.test(glob.replace(/(^|\/)\*\*(?=\/|$)/g, '$1')) ? 'has ** within a segment' : undefined;
}
