import { isInstant } from './instant';
import { repeatedKey } from './repeated-key';
import { show } from '../core/diagnostics/problem';
import { isMap } from '../core/metadata';
import { nameFault } from '../core/names';

/*
 * What runs in an environment, as data in the repository: `releases/<environment>.json`. Written by `fairway promote` and
 * `fairway rollback`, by hand in an emergency, and read when an environment is declared. Its schema: schema/release-state.json.
 */

/** Where a release comes from. */
export interface ReleaseSource {
  /** The commit of the source code, 7 to 64 hexadecimal digits. */
  readonly commit: string;
  /** The repository of the source code. */
  readonly repository?: string;
}

/** A release of a workload in an environment. */
export interface Release {
  /** The image, without tag and digest. */
  readonly image: string;
  /** The digest: what runs. */
  readonly digest: string;
  /** The tag, for people; it moves with the digest. */
  readonly tag?: string;
  readonly source?: ReleaseSource;
  /** When it came into the environment, ISO 8601. */
  readonly since: string;
  /** The environment that it came from; none for one that entered the road here. */
  readonly from?: string;
  /** What was vouched for when it came. */
  readonly passed?: string[];
}

/** Why a release no longer runs: it was taken back. */
export interface RolledBack {
  /** When, ISO 8601. */
  readonly at: string;
  readonly reason?: string;
}

/** A release that ran before. */
export interface FormerRelease extends Omit<Release, 'since'> {
  /** Not known for a release that the program named. */
  readonly since?: string;
  /** Set for one that was left by a rollback; no later rollback comes back to it by itself. */
  readonly rolledBack?: RolledBack;
}

/**
 * The release of a workload, and those before it, the latest first. A digest stands in it once: what comes back, by a rollback or
 * another promotion, is taken out of the history.
 */
export interface ReleaseRecord extends Release {
  readonly history?: FormerRelease[];
}

/** Which program renders an environment. */
export interface PlatformRelease {
  /** The commit of this repository, 40 or 64 hexadecimal digits. */
  readonly revision: string;
  readonly since: string;
  readonly from?: string;
  readonly history?: FormerPlatform[];
}

/** A program that rendered an environment before. */
export interface FormerPlatform {
  readonly revision: string;
  readonly since: string;
  readonly from?: string;
  readonly rolledBack?: RolledBack;
}

/** What runs in an environment. */
export interface ReleaseState {
  /** Where the schema is, for editors. */
  readonly $schema?: string;
  readonly version: 1;
  readonly environment: string;
  /** The program is pinned; without it the environment follows every synth. */
  readonly platform?: PlatformRelease;
  readonly workloads: Record<string, ReleaseRecord>;
  /** Nothing is promoted here for now. */
  readonly frozen?: { readonly reason: string; readonly until?: string };
}

/** A release state that is none. Its message is a sentence without a subject: "it is not JSON". */
export class ReleaseStateFault extends Error {}

/** How many earlier releases are remembered. */
export const HISTORY = 10;

/** Reads a release state. Throws a `ReleaseStateFault` for what is none: a half-understood one would run the wrong thing. */
export function parseReleaseState(text: string, environment: string): ReleaseState {
  let data: unknown;
  try {
    data = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new ReleaseStateFault(/^(<{7}|={7}|>{7})/m.test(text) ? 'it has merge conflict marks' : 'it is not JSON');
  }
  const repeated = repeatedKey(text);
  check(repeated === undefined, `it has ${show(repeated)} twice in one place`);
  const state = fields(data, 'it', ['$schema', 'version', 'environment', 'platform', 'workloads', 'frozen']);
  if (state.version !== 1) {
    throw new ReleaseStateFault(`its version is ${show(state.version)}, this library reads version 1`);
  }
  if (state.environment !== environment) {
    throw new ReleaseStateFault(`it is about the environment ${show(state.environment)}`);
  }
  const { workloads = {} } = state;
  check(isMap(workloads), 'its "workloads" are no map');
  for (const [name, record] of Object.entries(workloads as object)) {
    if (nameFault(name) || name === 'constructor') {
      throw new ReleaseStateFault(`its workload ${show(name)} has no name that a workload can have`);
    }
    checkRelease(record, `the workload ${show(name)}`, true);
  }
  if (state.platform !== undefined) {
    checkPlatform(state.platform, 'its "platform"', true);
  }
  if (state.frozen !== undefined) {
    const frozen = fields(state.frozen, 'its "frozen"', ['reason', 'until']);
    check(typeof frozen.reason === 'string' && frozen.reason.trim() !== '', 'its "frozen" has no reason');
    check(frozen.until === undefined || isInstant(frozen.until), 'the end of its "frozen" is no time in ISO 8601');
  }
  check(state.$schema === undefined || typeof state.$schema === 'string', 'its "$schema" is no address');
  return { ...state, workloads } as unknown as ReleaseState;
}

/** A release state as text: sorted, so that two promotions at once meet in a merge only where they should. */
export function printReleaseState(state: ReleaseState): string {
  const sorted = Object.entries(state.workloads).sort(([a], [b]) => a < b ? -1 : 1);
  const workloads = Object.fromEntries(sorted.map(([name, record]) => [name, ordered(record)]));
  const { $schema, version, environment, frozen, platform } = state;
  return `${JSON.stringify({ $schema, version, environment, frozen, platform, workloads }, undefined, 2)}\n`;
}

function ordered({ history, ...release }: ReleaseRecord): ReleaseRecord {
  const one = <T extends FormerRelease>({ image, tag, digest, source, since, from, passed, rolledBack }: T) =>
    ({ image, tag, digest, source, since, from, passed, rolledBack } as T);
  return { ...one(release as Release), ...(history?.length ? { history: history.map(one) } : {}) };
}

function checkRelease(value: unknown, what: string, isCurrent: boolean): void {
  const release = fields(value, what, ['image', 'tag', 'digest', 'source', 'since', 'from', 'passed', isCurrent ? 'history' : 'rolledBack']);
  check(typeof release.image === 'string' && release.image !== '', `${what} has no image`);
  check(typeof release.digest === 'string' && /^sha256:[a-f0-9]{64}$/.test(release.digest), `the digest of ${what} is not sha256: and 64 hexadecimal digits`);
  const { tag } = release;
  check(tag === undefined || (typeof tag === 'string' && /^\w[\w.-]{0,127}$/.test(tag)), `the tag of ${what} is no tag`);
  check(isInstant(release.since) || (!isCurrent && release.since === undefined), `the "since" of ${what} is no time in ISO 8601`);
  check(release.from === undefined || typeof release.from === 'string', `the "from" of ${what} is no name`);
  check(release.passed === undefined || isListOfTexts(release.passed), `the "passed" of ${what} is no list of names`);
  if (release.source !== undefined) {
    const source = fields(release.source, `the source of ${what}`, ['commit', 'repository']);
    check(typeof source.commit === 'string' && /^[a-f0-9]{7,64}$/.test(source.commit), `the source of ${what} has no commit`);
    check(source.repository === undefined || typeof source.repository === 'string', `the source of ${what} has no repository that is a text`);
  }
  checkRolledBack(release.rolledBack, what);
  checkHistory(release.history, what, checkRelease);
}

function checkPlatform(value: unknown, what: string, isCurrent: boolean): void {
  const platform = fields(value, what, ['revision', 'since', 'from', isCurrent ? 'history' : 'rolledBack']);
  check(typeof platform.revision === 'string' && /^([a-f0-9]{40}|[a-f0-9]{64})$/.test(platform.revision), `${what} has a revision that is no full commit`);
  check(isInstant(platform.since), `the "since" of ${what} is no time in ISO 8601`);
  check(platform.from === undefined || typeof platform.from === 'string', `the "from" of ${what} is no name`);
  checkRolledBack(platform.rolledBack, what);
  checkHistory(platform.history, what, checkPlatform);
}

function checkRolledBack(value: unknown, what: string): void {
  if (value !== undefined) {
    const { at, reason } = fields(value, `the "rolledBack" of ${what}`, ['at', 'reason']);
    check(isInstant(at), `the "rolledBack" of ${what} has no time in ISO 8601`);
    check(reason === undefined || typeof reason === 'string', `the reason of the "rolledBack" of ${what} is no text`);
  }
}

function checkHistory(history: unknown, what: string, each: typeof checkRelease): void {
  check(history === undefined || Array.isArray(history), `the history of ${what} is no list`);
  (history as unknown[] | undefined)?.forEach((release, i) => each(release, `the history[${i}] of ${what}`, false));
}

function fields(value: unknown, what: string, known: string[]): Record<string, unknown> {
  check(isMap(value), `${what} is no object`);
  const unknown = Object.keys(value as object).find(key => !known.includes(key));
  check(unknown === undefined, `${what} has an unknown field ${show(unknown)}`);
  return value as Record<string, unknown>;
}

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(each => typeof each === 'string');
}

function check(holds: boolean, fault: string): void {
  if (!holds) {
    throw new ReleaseStateFault(fault);
  }
}
