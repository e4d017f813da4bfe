import { globs } from './check';
import { EVENTS, StatusName } from './graph';
import * as messages from './messages';
import { PathFilter } from './path-filter';
import type { Value } from './value';

/** What starts a run. */
export enum PipelineEvent {
  /** Commits on a branch. */
  PUSH = 'push',
  /** A tag. */
  TAG = 'tag',
  /** A pull request (GitLab: a merge request) was opened or changed. */
  PULL_REQUEST = 'pullRequest',
  /** A merge queue (GitLab: a merge train) tries a change. */
  MERGE_QUEUE = 'mergeQueue',
  /** A time has come. */
  SCHEDULE = 'schedule',
  /** Somebody started it. */
  MANUAL = 'manual',
  /** Another pipeline started it. */
  CALL = 'call',
  /** A release was published. */
  RELEASE = 'release',
}

/** What a job came to. */
export enum JobOutcome {
  SUCCESS = 'success',
  FAILURE = 'failure',
  CANCELLED = 'cancelled',
  SKIPPED = 'skipped',
}

/** A condition until the graph is built. */
export type ConditionPart =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'literal'; readonly value: boolean }
  | { readonly kind: 'status'; readonly status: StatusName }
  | { readonly kind: 'result'; readonly job: object; readonly is: readonly JobOutcome[] }
  | { readonly kind: 'event'; readonly is: readonly PipelineEvent[] }
  | { readonly kind: 'compare'; readonly value: Value; readonly in: readonly string[] }
  | { readonly kind: 'matches'; readonly value: Value; readonly globs: readonly string[] }
  | { readonly kind: 'changed'; readonly filter: PathFilter };

/**
 * When a job or a step runs.
 *
 * One rule on every system, GitHub's: without a status in it, `success()` is meant as well; a job whose condition does not hold is skipped,
 * and so is each job that needs it, unless its own condition asks for another status.
 */
export class Condition {
  /** Everything before has succeeded. This is what holds without a condition. */
  public static success(): Condition {
    return new Condition({ kind: 'status', status: 'success' });
  }

  /** Something before has failed. */
  public static failure(): Condition {
    return new Condition({ kind: 'status', status: 'failure' });
  }

  /** Whatever has happened before, also when the run is cancelled. For cleaning up. */
  public static always(): Condition {
    return new Condition({ kind: 'status', status: 'always' });
  }

  /** The run is cancelled. */
  public static cancelled(): Condition {
    return new Condition({ kind: 'status', status: 'cancelled' });
  }

  /**
   * All of them hold.
   *
   * @param conditions at least one. Throws FW1000 and FW1001
   */
  public static and(...conditions: Condition[]): Condition {
    return new Condition({ kind: 'and', of: checkedConditions(conditions) });
  }

  /**
   * One of them holds.
   *
   * @param conditions at least one. Throws FW1000 and FW1001
   */
  public static or(...conditions: Condition[]): Condition {
    return new Condition({ kind: 'or', of: checkedConditions(conditions) });
  }

  /**
   * It does not hold.
   *
   * @param condition the condition. Throws FW1001
   */
  public static not(condition: Condition): Condition {
    const [of] = checkedConditions([condition]);
    return of._part.kind === 'not' ? of._part.of : new Condition({ kind: 'not', of });
  }

  /**
   * The run was started by one of these.
   *
   * @param events at least one. Throws FW1000 and FW1001
   */
  public static event(...events: PipelineEvent[]): Condition {
    checkList('event', events, event => EVENTS.includes(event as PipelineEvent), `is none of ${EVENTS.join(', ')}`);
    return new Condition({ kind: 'event', is: [...events] });
  }

  /**
   * A job that was waited for came to one of these.
   *
   * @param job a `Job` or a use of a template
   * @param outcomes at least one. Throws FW1000 and FW1001
   */
  public static outcomeOf(job: any, ...outcomes: JobOutcome[]): Condition {
    if (typeof job !== 'object' || job?._isPipelineJob !== true) {
      throw messages.invalidField.error('', { kind: 'condition', field: 'job', value: typeof job === 'object' ? String(job?.constructor?.name) : job, fault: 'is no job' });
    }
    checkList('outcome', outcomes, outcome => Object.values(JobOutcome).includes(outcome as JobOutcome), `is none of ${Object.values(JobOutcome).join(', ')}`);
    return new Condition({ kind: 'result', job, is: [...outcomes] });
  }

  /**
   * Files have changed, against what the run is compared with: the target of a pull request, what was pushed onto. Where there is nothing to
   * compare with, as for a schedule, everything counts as changed.
   *
   * @param filter which files. Throws FW1001
   */
  public static changed(filter: PathFilter): Condition {
    if (!PathFilter._isPathFilter(filter)) {
      throw messages.invalidField.error('', { kind: 'condition', field: 'filter', value: filter, fault: 'is no PathFilter' });
    }
    return new Condition({ kind: 'changed', filter });
  }

  /** @internal */
  public static _compare(value: Value, values: string[]): Condition {
    checkList('value', values, each => typeof each === 'string' && !/[\p{Cc}\u2028\u2029]/u.test(each) && each.length <= 1000, 'is no line of text');
    return new Condition({ kind: 'compare', value, in: [...values] });
  }

  /** @internal */
  public static _matches(value: Value, patterns: string[]): Condition {
    checkList('pattern', patterns, each => typeof each === 'string', 'is no text');
    globs('pattern')({ path: '', kind: 'condition', field: 'patterns', messages }, patterns);
    return new Condition({ kind: 'matches', value, globs: [...patterns] });
  }

  /** @internal */
  public readonly _depth: number;
  /** @internal */
  public readonly _size: number;

  private constructor(/** @internal */ public readonly _part: ConditionPart) {
    const inner = _part.kind === 'and' || _part.kind === 'or' ? _part.of : _part.kind === 'not' ? [_part.of] : [];
    this._depth = 1 + inner.reduce((most, each) => Math.max(most, each._depth), 0);
    this._size = 1 + inner.reduce((sum, each) => sum + each._size, 0);
    if (this._depth > DEEPEST || this._size > MOST) {
      const fault = this._depth > DEEPEST ? `has conditions in conditions, more than ${DEEPEST} deep` : `holds more than ${MOST} conditions`;
      throw messages.invalidField.error('', { kind: 'condition', field: '', value: _part.kind, fault });
    }
  }
}

/** Far more than any system reads, and what all of them can be written in. A list goes into one `and` or `or`. */
const DEEPEST = 500;
const MOST = 10_000;

function checkList(field: string, given: unknown[], fits: (value: unknown) => boolean, fault: string): void {
  if (given.length === 0) {
    throw messages.emptyField.error('', { kind: 'condition', field });
  }
  const wrong = given.find(value => !fits(value));
  if (given.some(value => !fits(value))) {
    throw messages.invalidField.error('', { kind: 'condition', field, value: wrong, fault });
  }
}

function checkedConditions(conditions: unknown[]): Condition[] {
  checkList('condition', conditions, each => (each as Condition | null)?._part !== undefined, 'is no Condition');
  return [...conditions as Condition[]];
}
