import * as messages from './messages';
import type { IntOrPercent } from './plan';

export type Json = Record<string, unknown>;

/** What is refused, and what to write instead. */
export function refuse(where: string, value: unknown, fault: string, remedy: string): never {
  throw messages.notSimulated.error(where, { value, fault, remedy });
}

/** An object of a manifest; an empty one where there is none. */
export function object(value: unknown, where: string): Json {
  if (value === undefined || value === null) {
    return {};
  }
  return typeof value === 'object' && !Array.isArray(value) ? (value as Json) : refuse(where, value, 'is no object', 'Write it as the CRD has it.');
}

export function items(value: unknown, where: string): unknown[] {
  if (value === undefined || value === null) {
    return [];
  }
  return Array.isArray(value) ? value : refuse(where, value, 'is no list', 'Write it as the CRD has it.');
}

export function name(value: unknown, where: string): string {
  return typeof value === 'string' && value !== '' ? value : refuse(where, value, 'is no name', 'Write a text that is not empty.');
}

export function flag(value: unknown, where: string, fallback: boolean): boolean {
  if (value === undefined || value === null) {
    return fallback;
  }
  return typeof value === 'boolean' ? value : refuse(where, value, 'is neither true nor false', 'Write true or false.');
}

/** A whole number of a manifest; int32, as the API server has it. */
export function count(value: unknown, where: string, least = 0, most = 2147483647): number | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
    return refuse(where, value, `is no whole number from ${least} to ${most}`, 'Write a whole number.');
  }
  return value;
}

/** A number, or a text of one. */
export function intOrString(value: unknown, where: string): number | undefined {
  return typeof value === 'string' && /^-?\d{1,9}$/.test(value) ? Number(value) : count(value, where, -2147483648);
}

export function intOrPercent(value: unknown, where: string): IntOrPercent {
  if (typeof value === 'string') {
    const [, digits] = /^(\d{1,4})%$/.exec(value) ?? refuse(where, value, 'is no percentage', 'Write a number, or a percentage as "25%".');
    return { percent: Number(digits) };
  }
  return { count: count(value, where)! };
}

const UNITS: Record<string, number> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** A duration in Go's notation (`1h30m`, `1.5s`), in milliseconds. */
export function goDuration(value: unknown): number | undefined {
  if (typeof value !== 'string' || value.length > 60 || !/^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h))+$/.test(value)) {
    return value === '0' ? 0 : undefined;
  }
  let sum = 0;
  for (const [, digits, unit] of value.matchAll(/([\d.]+)(ns|us|µs|ms|s|m|h)/g)) {
    sum += Number(digits) * UNITS[unit];
  }
  return Math.round(sum);
}

/** Whole seconds, or a duration as a text (`pause.duration`), in milliseconds. */
export function secondsOrDuration(value: unknown, where: string): number | undefined {
  if (typeof value === 'string') {
    return /^\d{1,9}$/.test(value) ? Number(value) * 1000 : goDuration(value) ?? refuse(where, value, 'is no duration', 'Write for example 60, "90s" or "1h".');
  }
  const seconds = count(value, where);
  return seconds === undefined ? undefined : seconds * 1000;
}
