import * as messages from './messages';
import { isMap } from '../core/metadata';
import * as environmentMessages from '../environments/messages';

/** Throws FW423 for a value outside of its set. */
export function checkOneOf(where: string, what: string, value: string | undefined, known: string[]): void {
  if (value !== undefined && !known.includes(value)) {
    throw messages.notOneOf.error(where, { what, value, known });
  }
}

/** Throws FW207 for what is no map of changes by environment, and looks at each of them. */
export function checkOverrides<T>(where: string, name: string, overrides: Record<string, T>, check: (override: T) => void): void {
  const refuse = (environment: unknown) => environmentMessages.unknownEnvironment.error(where, {
    environment, known: [], where: `An override of ${JSON.stringify(name)}`, fault: 'but is no map of changes',
  });
  if (!isMap(overrides)) {
    throw refuse(overrides);
  }
  for (const [environment, override] of Object.entries(overrides)) {
    if (override !== undefined && !isMap(override)) {
      throw refuse(environment);
    }
    check(override ?? {} as T);
  }
}

/** Throws FW415 for what is no absolute folder. */
export function checkMountPath(where: string, what: string, path: string): void {
  const parts = path.split('/').slice(1);
  if (!/^\/[^\s:\p{C}]+$/u.test(path) || path.length > 4000 || parts.some(part => ['', '.', '..'].includes(part))) {
    throw messages.invalidPath.error(where, { what, path, fault: 'is not an absolute folder' });
  }
}

/** Throws FW405 for what is no list of names. */
export function checkNames(where: string, what: string, names: string[]): void {
  if (!Array.isArray(names) || names.some(name => typeof name !== 'string')) {
    throw messages.unknownWorkload.error(where, { what, workload: names, known: [], fault: 'is no list of names' });
  }
}
