import { expression, template } from './expressions';
import * as messages from './messages';
import { branch, gateKey } from './scm-validation';
import type { Finding } from '../../../core/diagnostics/finding';
import { labelSelector, metadata, objectName } from '../../../core/object-shape';
import { all, At, Check, distinct, GO_DURATION, listOf, oneOf, secondsOf, struct, text, textOrEmpty, textThat } from '../../../core/shape';
import { isTimeZone, scheduleFault } from '../../../workloads/schedule';

/*
 * What the definitions and the controllers of the gates would refuse, or fail at each time they look.
 */

const GATE: Record<string, Check> = { metadata, promotionStrategyRef: objectName, key: gateKey };
const DEMANDED = ['promotionStrategyRef', 'key'];

/** The fields of a kind of gate, beside those of all. */
export interface GateShape {
  readonly fields: Record<string, Check>;
  readonly demanded: string[];
  readonly rule?: (at: At, props: any) => void;
}

/** Throws FW940 to FW948. */
export function checkGate(path: string, kind: string, { fields, demanded, rule }: GateShape, props: unknown): void {
  const at: At = { path, kind, field: '', messages };
  struct({ ...GATE, ...fields }, [...DEMANDED, ...demanded])(at, props);
  rule?.(at, props);
}

/** A duration as Go reads it, longer than nothing where that is wanted. */
export function goDuration(least: 0 | 1): Check {
  return (at, value) => {
    if (typeof value !== 'string' || !GO_DURATION.test(value) || (least === 1 && secondsOf(value) <= 0)) {
      throw messages.invalidDuration.error(at.path, { kind: at.kind, field: at.field, value });
    }
  };
}

const ofBranches = distinct(messages.duplicate, environment => environment.branch);

export const ARGO_CD: GateShape = {
  fields: { applicationSelector: labelSelector, url: struct({ template, options: listOf(text) }, ['template']) },
  demanded: ['applicationSelector'],
};

export const TIMED: GateShape = {
  fields: { environments: all(listOf(struct({ branch, duration: goDuration(0) }, ['branch', 'duration']), 1), ofBranches) },
  demanded: ['environments'],
};

const cron: Check = (at, value) => {
  const fault = scheduleFault(value) ?? ((value as string).startsWith('@') ? 'is a descriptor' : (value as string).length > 256 ? 'is longer than 256 characters' : undefined);
  if (fault !== undefined) {
    throw messages.invalidSchedule.error(at.path, { kind: at.kind, field: at.field, value, fault });
  }
};

const timezone: Check = (at, value) => {
  if (!isTimeZone(value) || !/^[a-zA-Z0-9_/+-]{1,64}$/.test(value)) {
    throw messages.invalidSchedule.error(at.path, { kind: at.kind, field: at.field, value, fault: 'is no time zone' });
  }
};

const windows = listOf(struct({
  cron, duration: goDuration(1), timezone, description: textThat(value => value.length <= 256, 'is longer than 256 characters'),
}, ['cron', 'duration']), 0, 20);

export const SCHEDULED: GateShape = {
  fields: {
    environments: all(listOf(struct({ branch, allow: windows, exclude: windows }, ['branch']), 1, 1000), ofBranches),
    allow: windows,
    exclude: windows,
    timezone,
  },
  demanded: ['environments'],
  rule: (at, { environments, allow = [], exclude = [] }) => {
    const bare = environments.find((each: any) => [...allow, ...exclude, ...each.allow ?? [], ...each.exclude ?? []].length === 0);
    if (bare !== undefined) {
      throw messages.noWindow.error(at.path, { branch: bare.branch });
    }
  },
};

export const GIT: GateShape = {
  fields: { expression, target: oneOf({ a: 'active', b: 'proposed' }), description: textOrEmpty },
  demanded: ['expression'],
};

/** FW949. */
export function zeroWaits(path: string, { environments }: { environments: Array<{ duration: string }> }): Finding[] {
  return environments.flatMap(({ duration }, i) => secondsOf(duration) > 0 ? [] : [messages.zeroWait.at(path, { kind: 'TimedCommitStatus', field: `environments[${i}].duration`, value: duration })]);
}
