import type { Duration } from 'cdk8s';
import * as messages from './messages';

/** Throws FW402 for what is no port. */
export function checkPort(where: string, what: string, port: number): void {
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw messages.invalidPort.error(where, { what, port });
  }
}

/** Whole seconds of a duration, or undefined. Throws FW416 below a minimum or above a maximum, by default an hour. */
export function wholeSeconds(where: string, what: string, duration: Duration | undefined, minimum: number, maximum = 3600): number | undefined {
  if (duration === undefined) {
    return undefined;
  }
  if (typeof duration?.toMilliseconds !== 'function') {
    throw messages.invalidTime.error(where, { what, value: duration });
  }
  const value = duration.toMilliseconds({ integral: false }) / 1000;
  if (!Number.isInteger(value) || value < minimum || value > maximum) {
    throw messages.invalidTime.error(where, { what, value: `${value} seconds` });
  }
  return value;
}

/** Throws FW416 for a number of failures that no probe can count. */
export function checkThreshold(threshold: number | undefined): void {
  if (threshold !== undefined && !(Number.isInteger(threshold) && threshold >= 1 && threshold <= 10_000)) {
    throw messages.invalidTime.error('', { what: 'failure threshold', value: threshold });
  }
}
