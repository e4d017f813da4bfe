import { Duration } from 'cdk8s';
import * as messages from './messages';
import type { EnvironmentModel, ProtectionModel } from './model';
import type { ReleaseState } from '../../environments/release-state';
import { TimeWindow } from '../../environments/time-window';

/** What a gate says of a promotion. */
export interface Gate {
  readonly gate: 'sources' | 'soakTime' | 'allowedTimes' | 'freeze' | 'health' | 'analysis';
  /** What it says it of: a workload, or the platform; nothing for all. */
  readonly subject?: string;
  readonly passed: boolean;
  /** What is so, in a sentence. */
  readonly message: string;
  /** What to do, when it did not pass. */
  readonly remedy?: string;
}

/** What runs in one of the environments that the target is promoted from. */
export interface SourceRelease {
  readonly environment: string;
  /** Its digest, or the revision of a platform. */
  readonly version?: string;
  /** Since when, if that is known. */
  readonly since?: string;
}

/** Something that is to be promoted: a workload, or the platform. */
export interface Subject {
  readonly name: string;
  readonly version: string;
  /** What runs in the environments before; those where it does not run are left out. */
  readonly sources: SourceRelease[];
}

/** What gates are held against. */
export interface GateRequest {
  readonly target: EnvironmentModel;
  readonly state: ReleaseState;
  readonly subjects: Subject[];
  /** What the caller vouches for. */
  readonly passed: string[];
  readonly now: Date;
}

/** Everything that the gates of an environment say. Approvals are not among them: no command line can see them. */
export function gatesOf({ target, state, subjects, passed, now }: GateRequest): Gate[] {
  const { protection } = target;
  const entersHere = target.promotedFrom.length === 0;
  return [
    ...subjects.flatMap(subject => [...sameElsewhere(subject), ...soaked(subject, protection.soakSeconds, now)]),
    ...freezesOf(target.name, protection, state, now),
    ...allowedTimes(protection, now),
    ...(entersHere ? [] : vouched(protection, passed)),
  ];
}

function sameElsewhere({ name, version, sources }: Subject): Gate[] {
  if (sources.length < 2) {
    return [];
  }
  const others = sources.filter(source => source.version !== version);
  if (others.length === 0) {
    return [{ gate: 'sources', subject: name, passed: true, message: messages.runsInAll(sources.map(source => source.environment)) }];
  }
  return others.map(({ environment, version: other }) => ({
    gate: 'sources', subject: name, passed: false, message: messages.otherVersion(environment, other, version), remedy: messages.promoteThereFirst(environment),
  }));
}

function soaked({ name, version, sources }: Subject, soakSeconds: number | undefined, now: Date): Gate[] {
  if (soakSeconds === undefined) {
    return [];
  }
  return sources.filter(source => source.version === version).map(({ environment, since }): Gate => {
    if (since === undefined) {
      return { gate: 'soakTime', subject: name, passed: false, message: messages.sinceUnknown(environment), remedy: messages.enterFirst(environment) };
    }
    const over = new Date(Date.parse(since) + soakSeconds * 1000);
    const passed = over <= now;
    return {
      gate: 'soakTime',
      subject: name,
      passed,
      message: messages.soakedSince(environment, since, soakSeconds),
      ...(passed ? {} : { remedy: messages.tryAgainAfter(instantText(over)) }),
    };
  });
}

function freezesOf(environment: string, { freezes = [] }: ProtectionModel, { frozen }: ReleaseState, now: Date): Gate[] {
  const holds = ({ from, until }: { from?: string; until?: string }) =>
    (from === undefined || Date.parse(from) <= now.getTime()) && (until === undefined || Date.parse(until) > now.getTime());
  const inProgram = freezes.filter(holds).map(({ reason, until }): Gate =>
    ({ gate: 'freeze', passed: false, message: messages.frozenByProgram(environment, reason, until), remedy: messages.thaw(until, 'the program') }));
  const inState = frozen !== undefined && holds(frozen)
    ? [{ gate: 'freeze' as const, passed: false, message: messages.frozenByState(environment, frozen.reason, frozen.until), remedy: messages.thaw(frozen.until, 'its release state') }]
    : [];
  return [...inProgram, ...inState];
}

function allowedTimes({ allowedTimes: times = [] }: ProtectionModel, now: Date): Gate[] {
  if (times.length === 0) {
    return [];
  }
  const windows = times.map(({ schedule, minutes, timeZone }) => TimeWindow.of({ schedule, duration: Duration.minutes(minutes), timeZone }));
  const at = now.toISOString();
  if (windows.some(window => window.isOpen(at))) {
    return [{ gate: 'allowedTimes', passed: true, message: messages.withinTimes() }];
  }
  const next = windows.flatMap(window => window.nextOpening(at) ?? []).sort()[0];
  return [{ gate: 'allowedTimes', passed: false, message: messages.outsideTimes(), remedy: messages.nextOpening(next && instantText(new Date(next))) }];
}

function vouched({ requireHealth, requireAnalysis = [] }: ProtectionModel, passed: string[]): Gate[] {
  const gate = (kind: 'health' | 'analysis', name: string): Gate => passed.includes(name)
    ? { gate: kind, passed: true, message: messages.isVouchedFor(name) }
    : { gate: kind, passed: false, message: messages.notVouchedFor(name), remedy: messages.vouch(name) };
  return [...requireHealth ? [gate('health', 'health')] : [], ...requireAnalysis.map(name => gate('analysis', name))];
}

/** A time to the second, in UTC. */
export function instantText(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
