import type { IConstruct } from 'constructs';
import { isReservedName } from './files/paths';
import * as messages from './messages';

/**
 * Throws FW105 unless a name is a DNS label that begins with a letter (RFC 1035 label: what a
 * Kubernetes Service demands until 1.34, and what every other kind accepts).
 */
export function checkName(where: IConstruct | string, what: string, name: string, maxLength = 63): string {
  const fault = nameFault(name, maxLength);
  if (fault) {
    throw messages.invalidName.error(where, { what, name, fault });
  }
  return name;
}

/** What is wrong with a DNS label, or nothing. */
export function nameFault(name: string, maxLength = 63): string | undefined {
  if (typeof name !== 'string' || name === '') {
    return 'is empty';
  }
  if (name.length > maxLength) {
    return `has ${name.length} characters, ${maxLength} are allowed`;
  }
  if (!/^[a-z]/.test(name)) {
    return 'does not begin with a lower-case letter';
  }
  if (!/^[a-z0-9-]+$/.test(name)) {
    return 'has characters other than lower-case letters, digits and hyphens';
  }
  if (name.endsWith('-')) {
    return 'ends with a hyphen';
  }
  return isReservedName(name) ? 'is reserved on Windows' : undefined;
}
