import type { Duration } from 'cdk8s';
import * as messages from './messages';
import { isMap } from '../core/metadata';

/** Whole seconds of a duration. Throws FW605 for anything else, and for what is outside of the bounds. */
export function seconds(what: string, duration: Duration, minimum = 0, maximum = 7 * 24 * 3600): number {
  if (typeof duration?.toMilliseconds !== 'function') {
    throw messages.invalidDuration.error('', { what, value: duration, fault: 'is no Duration' });
  }
  const value = duration.toMilliseconds({ integral: false }) / 1000;
  if (!Number.isInteger(value)) {
    throw messages.invalidDuration.error('', { what, value: `${value} seconds`, fault: 'is no whole number of seconds' });
  }
  if (value < minimum || value > maximum) {
    throw messages.invalidDuration.error('', { what, value: `${value} seconds`, fault: `is not between ${minimum} and ${maximum} seconds` });
  }
  return value;
}

/** A whole percentage. Throws FW604 for anything else. */
export function percent(what: string, value: number, minimum = 0, maximum = 100): number {
  if (!Number.isInteger(value) || value < minimum || value > maximum) {
    throw messages.invalidWeight.error('', { what, value });
  }
  return value;
}

/** A whole number in bounds. Throws FW606 for anything else. */
export function whole(what: string, value: number, minimum: number, maximum = 10_000): number {
  if (!Number.isInteger(value) || value < minimum || value > maximum) {
    throw messages.invalidStrategy.error('', { what, value, fault: `is no whole number from ${minimum} to ${maximum}` });
  }
  return value;
}

/** A number of pods, or a percentage of the wanted number. Throws FW606 for anything else. */
export function podsOrPercent(what: string, value: number | string): number | string {
  const fits = typeof value === 'number' ? Number.isInteger(value) && value >= 0 && value <= 10_000 : typeof value === 'string' && /^(100|\d{1,2})%$/.test(value);
  if (!fits) {
    throw messages.invalidStrategy.error('', { what, value, fault: 'is neither a whole number of pods nor a percentage such as 25%' });
  }
  return value;
}

/** A map, even from JavaScript. Throws FW606 for anything else. */
export function options<T>(what: string, value: T): T {
  if (!isMap(value)) {
    throw messages.invalidStrategy.error('', { what, value, fault: 'is no map of options' });
  }
  return value;
}
