import type { Duration } from 'cdk8s';
import * as messages from './messages';

/** The most seconds that anything in a scenario may last: a hundred years. */
const LONGEST = 3_153_600_000;

/** As deep as results are nested at most, and series of series. */
export const DEEPEST = 30;

/** A Duration in seconds. Throws FW810 for anything else, JavaScript callers included. */
export function toSeconds(value: unknown, where: string, fallback: number, least = 0): number {
  if (value === undefined) {
    return fallback;
  }
  const remedy = 'Write for example Duration.seconds(30).';
  const duration = value as Duration | null;
  if (typeof duration !== 'object' || duration === null || typeof duration.toMilliseconds !== 'function') {
    throw messages.invalidScenario.error(where, { value, fault: 'is no Duration', remedy });
  }
  const seconds = duration.toMilliseconds() / 1000;
  if (!(seconds >= least && seconds <= LONGEST)) {
    const fault = seconds > LONGEST ? 'is more than a hundred years' : `is not at least ${least} seconds`;
    throw messages.invalidScenario.error(where, { value: `${seconds}s`, fault, remedy });
  }
  return seconds;
}

/** A whole number. Throws FW810 otherwise. */
export function toCount(value: unknown, where: string, least = 0): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > 1_000_000_000) {
    throw messages.invalidScenario.error(where, { value, fault: `is no whole number from ${least} on`, remedy: `Write a whole number, for example ${least + 3}.` });
  }
  return value;
}

/** Any number; NaN and Infinity only where they may be. Throws FW810 otherwise. */
export function toNumber(value: unknown, where: string, finite = true): number {
  if (typeof value !== 'number' || (finite && !Number.isFinite(value))) {
    throw messages.invalidScenario.error(where, { value, fault: 'is no number', remedy: 'Write a number, for example 0.99.' });
  }
  return value;
}

/** A text that is not empty. Throws FW810 otherwise. */
export function toName(value: unknown, where: string): string {
  if (typeof value !== 'string' || value === '') {
    throw messages.invalidScenario.error(where, { value, fault: 'is no name', remedy: 'Write a text that is not empty.' });
  }
  return value;
}

/** Plain data, copied. Throws FW810 for what no provider could answer: rings, functions, values nested without end. */
export function toPlainData(value: unknown, where: string, depth = 0): unknown {
  if (value === null || ['string', 'number', 'boolean', 'undefined'].includes(typeof value)) {
    return value;
  }
  const isData = typeof value === 'object';
  if (!isData || depth > DEEPEST) {
    throw messages.invalidScenario.error(where, {
      value: isData ? 'result' : value, fault: isData ? 'is nested without end' : 'is no plain data', remedy: 'Write lists, objects, texts and numbers.',
    });
  }
  return Array.isArray(value) ? value.map(one => toPlainData(one, where, depth + 1))
    : Object.fromEntries(Object.entries(value as object).map(([key, one]) => [key, toPlainData(one, where, depth + 1)]));
}
