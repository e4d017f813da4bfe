/*
 * How artifacts are selected: constraints of Masterminds/semver v3 (constraints.go) and patterns of Go.
 */

const OPERATOR = '(?:=|!=|>|<|>=|=>|<=|=<|~|~>|\\^)?';
const PART = '(?:[0-9]+|[xX*])';
const LABELS = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*';
const VERSION = `v?${PART}(?:\\.${PART})?(?:\\.${PART})?(?:-${LABELS})?(?:\\+${LABELS})?`;
const RANGE = new RegExp(`^\\s*${VERSION}\\s+-\\s+${VERSION}\\s*$`);
const CONDITIONS = new RegExp(`^\\s*${OPERATOR}\\s*${VERSION}\\s*(?:(?:\\s+|,\\s*)${OPERATOR}\\s*${VERSION}\\s*)*$`);

/** Whether a text is a constraint on semantic versions: conditions with `||` between them. */
export function isSemverConstraint(value: string): boolean {
  return value.replace(/\s+/g, ' ').split('||').every(part => RANGE.test(part) || CONDITIONS.test(part));
}

/** What is wrong with a regular expression, or nothing. */
export function patternFault(pattern: string): string | undefined {
  if (/\(\?<?[=!]/.test(pattern)) {
    return 'looks around, which patterns of Go cannot';
  }
  if (/(^|[^\\])(\\\\)*\\[1-9]/.test(pattern)) {
    return 'refers back, which patterns of Go cannot';
  }
  try {
    // Names of groups and flags are written differently in Go.
    new RegExp(pattern.replace(/\(\?P</g, '(?<').replace(/\(\?[imsU-]+:/g, '(?:').replace(/\(\?[imsU-]+\)/g, ''));
    return undefined;
  } catch {
    return 'is no regular expression';
  }
}

/** `linux/amd64`, as pkg/image/platform_constraint.go reads it. */
export const PLATFORM = /^\w+\/\w+(\/\w+)?$/;
