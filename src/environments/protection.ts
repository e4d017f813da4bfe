import { Duration } from 'cdk8s';
import { isInstant } from './instant';
import * as messages from './messages';
import type { TimeWindow } from './time-window';
import { copied } from '../core/copied';
import { isDnsSubdomain, isMap } from '../core/metadata';

/** Who has to agree before a release comes into an environment. */
export interface Approvals {
  /** Teams as the host of the repository names them, `acme/sre`, or people, `@jane`. At least one. */
  readonly teams: string[];

  /**
   * How many people of them, from 1 to 6.
   *
   * @default 1
   */
  readonly count?: number;
}

/** A time in which nothing is promoted. */
export interface Freeze {
  /** Why; shown to whoever tries. */
  readonly reason: string;

  /**
   * When it begins, ISO 8601: `2026-11-26T00:00:00Z`.
   *
   * @default - it has begun
   */
  readonly from?: string;

  /**
   * When it ends, ISO 8601.
   *
   * @default - when the freeze is taken out of the program
   */
  readonly until?: string;
}

/** What a release must fulfil before it comes into an environment. Each gate is held against the release where it runs now. */
export interface Protection {
  /**
   * Who has to agree.
   *
   * @default - nobody: whoever may merge
   */
  readonly approvals?: Approvals;

  /**
   * How long a release has to run in the environments before.
   *
   * @default - no time
   */
  readonly soakTime?: Duration;

  /**
   * When promotions are allowed; outside of all windows they are not. At least one.
   *
   * @default - at all times
   */
  readonly allowedTimes?: TimeWindow[];

  /**
   * When nothing is promoted, whatever else holds. Rollbacks are not stopped by it.
   *
   * @default - never
   */
  readonly freezes?: Freeze[];

  /**
   * Whether the release has to be healthy in the environments before. What runs in a cluster sees this for itself
   * (Kargo, GitOps Promoter); `fairway promote` is told by its caller: `--passed health`.
   *
   * @default false
   */
  readonly requireHealth?: boolean;

  /**
   * AnalysisTemplates that have to succeed in the environments before, by name. `fairway promote` is told by its caller: `--passed <name>`.
   *
   * @default - none
   */
  readonly requireAnalysis?: string[];
}

/** A copy of a protection. Throws FW217 for gates that could not hold. */
export function checkedProtection(path: string, protection: Protection): Protection {
  const refuse = (what: string, value: unknown, fault: string) => messages.invalidProtection.error(path, { what, value, fault });
  if (!isMap(protection)) {
    throw refuse('protection', protection, 'is no map of gates');
  }
  const unknown = unknownField(protection, GATES);
  if (unknown !== undefined) {
    throw refuse('gate', unknown, `is none of ${GATES.join(', ')}`);
  }
  const { approvals, soakTime, allowedTimes = [], freezes = [], requireHealth, requireAnalysis = [] } = protection;
  if (approvals !== undefined) {
    checkApprovals(approvals, refuse);
  }
  if (soakTime !== undefined && !(typeof soakTime?.toSeconds === 'function' && Number.isInteger(secondsOf(soakTime)) && secondsOf(soakTime) > 0)) {
    throw refuse('soak time', soakTime instanceof Duration ? soakTime.toHumanString() : soakTime, 'is no duration of whole seconds above zero');
  }
  if (!Array.isArray(allowedTimes) || allowedTimes.some(window => !isWindow(window))) {
    throw refuse('allowed times', allowedTimes, 'are no list of TimeWindow');
  }
  if (protection.allowedTimes?.length === 0) {
    throw refuse('allowed times', allowedTimes, 'are empty: nothing could ever be promoted');
  }
  if (!Array.isArray(freezes)) {
    throw refuse('freezes', freezes, 'are no list');
  }
  freezes.forEach(freeze => checkFreeze(freeze, refuse));
  if (requireHealth !== undefined && typeof requireHealth !== 'boolean') {
    throw refuse('requireHealth', requireHealth, 'is neither true nor false');
  }
  if (!Array.isArray(requireAnalysis) || requireAnalysis.some(name => !isDnsSubdomain(name) || name === 'health')) {
    throw refuse('required analysis', requireAnalysis, 'is no list of names of AnalysisTemplates');
  }
  return copied(protection);
}

const GATES = ['approvals', 'soakTime', 'allowedTimes', 'freezes', 'requireHealth', 'requireAnalysis'];

type Refuse = (what: string, value: unknown, fault: string) => Error;

function checkApprovals(approvals: Approvals, refuse: Refuse): void {
  if (!isMap(approvals)) {
    throw refuse('approvals', approvals, 'are no map of teams and count');
  }
  const unknown = unknownField(approvals, ['teams', 'count']);
  if (unknown !== undefined) {
    throw refuse('field of approvals', unknown, 'is none of teams, count');
  }
  const { teams, count } = approvals;
  // What GitHub, GitLab and CODEOWNERS files take for an owner.
  if (!Array.isArray(teams) || teams.length === 0 || teams.some(team => typeof team !== 'string' || !/^@?[A-Za-z0-9][\w.-]*(\/[A-Za-z0-9][\w.-]*)*$/.test(team))) {
    throw refuse('list of teams', teams, 'is no list of names such as acme/sre');
  }
  if (count !== undefined && !(Number.isInteger(count) && count >= 1 && count <= 6)) {
    throw refuse('number of approvals', count, 'is no whole number from 1 to 6');
  }
}

function checkFreeze(freeze: Freeze, refuse: Refuse): void {
  if (typeof freeze?.reason !== 'string' || freeze.reason.trim() === '') {
    throw refuse('freeze', freeze, 'has no reason');
  }
  const unknown = unknownField(freeze, ['reason', 'from', 'until']);
  if (unknown !== undefined) {
    throw refuse('field of a freeze', unknown, 'is none of reason, from, until');
  }
  for (const [what, instant] of Object.entries({ beginning: freeze.from, end: freeze.until })) {
    if (instant !== undefined && !isInstant(instant)) {
      throw refuse(`${what} of a freeze`, instant, 'is no time in ISO 8601 with a zone');
    }
  }
  if (freeze.from !== undefined && freeze.until !== undefined && Date.parse(freeze.from) >= Date.parse(freeze.until)) {
    throw refuse('freeze', freeze, 'ends before it begins');
  }
}

function unknownField(given: object, known: string[]): string | undefined {
  return Object.keys(given).find(key => !known.includes(key));
}

function isWindow(window: TimeWindow | undefined): boolean {
  return typeof window?.isOpen === 'function' && typeof window._toJson === 'function';
}

function secondsOf(duration: Duration): number {
  return duration.toSeconds({ integral: false });
}
