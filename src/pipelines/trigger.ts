import { checkShape, globs, line } from './check';
import type { TriggerNode } from './graph';
import * as messages from './messages';
import { flag, text } from '../core/shape';
import { scheduleFault, isTimeZone } from '../environments/schedule';

/** Options of a push. */
export interface PushOptions {
  /**
   * Patterns over names of branches.
   *
   * @default ['main']
   */
  readonly branches?: string[];

  /**
   * Branches that do not count, though they match.
   *
   * @default - none
   */
  readonly branchesExcept?: string[];

  /**
   * Patterns over paths: a push that changes none of them starts nothing.
   *
   * @default - any path
   */
  readonly paths?: string[];

  /**
   * Paths that do not count.
   *
   * @default - none
   */
  readonly pathsExcept?: string[];
}

/** Options of a pull request. */
export interface PullRequestOptions {
  /**
   * Patterns over the branches that pull requests go to.
   *
   * @default - any branch
   */
  readonly branches?: string[];

  /**
   * Patterns over paths: a pull request that changes none of them runs nothing, and its required check passes.
   *
   * @default - any path
   */
  readonly paths?: string[];

  /**
   * Paths that do not count.
   *
   * @default - none
   */
  readonly pathsExcept?: string[];

  /**
   * Whether drafts count.
   *
   * @default true
   */
  readonly drafts?: boolean;
}

/** Options of a tag. */
export interface TagOptions {
  /**
   * Patterns over names of tags.
   *
   * @default ['v*']
   */
  readonly tags?: string[];

  /**
   * Tags that do not count, though they match.
   *
   * @default - none
   */
  readonly tagsExcept?: string[];
}

/** Options of a merge queue. */
export interface MergeQueueOptions {
  /**
   * Patterns over the branches that changes go to.
   *
   * @default - any branch
   */
  readonly branches?: string[];
}

/** Options of a schedule. */
export interface ScheduleOptions {
  /** Five fields of cron: `17 3 * * 1-5`. */
  readonly cron: string;

  /**
   * The time zone of the schedule, from the IANA database. Not every system knows zones; one that does not says so.
   *
   * @default 'UTC'
   */
  readonly timeZone?: string;
}

/** What starts a pipeline. */
export class Trigger {
  /**
   * Commits on a branch.
   *
   * @param options which. Throws FW1000 to FW1002 and FW1038
   */
  public static push(options: PushOptions = {}): Trigger {
    checkShape('', 'push', options, { branches: globs('branch'), branchesExcept: globs('branch'), paths: globs('path'), pathsExcept: globs('path') });
    const { branches = ['main'], branchesExcept = [], paths, pathsExcept } = options ?? {};
    return new Trigger({ kind: 'push', branches: some('push', 'branches', branches, branchesExcept), ...pathsNode('push', paths, pathsExcept) });
  }

  /**
   * A pull request (GitLab: merge request) was opened, changed or reopened. It runs with few rights and without secrets where the pull request
   * comes from a fork; there is no trigger that gives it more.
   *
   * @param options which. Throws FW1000 to FW1002 and FW1038
   */
  public static pullRequest(options: PullRequestOptions = {}): Trigger {
    checkShape('', 'pull request', options, { branches: globs('branch'), paths: globs('path'), pathsExcept: globs('path'), drafts: flag });
    const { branches = ['**'], paths, pathsExcept, drafts = true } = options ?? {};
    return new Trigger({
      kind: 'pullRequest', branches: some('pull request', 'branches', branches), ...pathsNode('pull request', paths, pathsExcept), drafts,
    });
  }

  /**
   * A tag was pushed.
   *
   * @param options which. Throws FW1000 to FW1002 and FW1038
   */
  public static tag(options: TagOptions = {}): Trigger {
    checkShape('', 'tag', options, { tags: globs('tag'), tagsExcept: globs('tag') });
    return new Trigger({ kind: 'tag', tags: some('tag', 'tags', options?.tags ?? ['v*'], options?.tagsExcept) });
  }

  /**
   * A merge queue (GitLab: merge train) tries a change before it comes in.
   *
   * @param options which. Throws FW1000 to FW1002 and FW1038
   */
  public static mergeQueue(options: MergeQueueOptions = {}): Trigger {
    checkShape('', 'merge queue', options, { branches: globs('branch') });
    return new Trigger({ kind: 'mergeQueue', branches: some('merge queue', 'branches', options?.branches ?? ['**']) });
  }

  /**
   * A time has come. It runs on the default branch.
   *
   * @param options when. Throws FW1000 to FW1002, and FW1026 for a schedule that never comes, comes more often than every five minutes, or is in an unknown time zone
   */
  public static schedule(options: ScheduleOptions): Trigger {
    checkShape('', 'schedule', options, { cron: text, timeZone: line }, ['cron']);
    const { cron, timeZone = 'UTC' } = options;
    const fault = cronFault(cron, timeZone);
    if (fault) {
      throw messages.invalidSchedule.error('', { cron: timeZone === 'UTC' ? cron : `${cron} ${timeZone}`, fault });
    }
    return new Trigger({ kind: 'schedule', id: '', cron: cron.trim().split(/\s+/).join(' '), timeZone });
  }

  /** Somebody starts it, and is asked for its inputs. */
  public static manual(): Trigger {
    return new Trigger({ kind: 'manual' });
  }

  /** Another pipeline starts it, and gives its inputs. */
  public static call(): Trigger {
    return new Trigger({ kind: 'call' });
  }

  /** A release was published. */
  public static release(): Trigger {
    return new Trigger({ kind: 'release' });
  }

  private constructor(/** @internal */ public readonly _trigger: TriggerNode) {}
}

function some(kind: string, field: string, include: string[], exclude: string[] = []): { readonly include: string[]; readonly exclude: string[] } {
  if (include.length === 0) {
    throw messages.emptyField.error('', { kind, field });
  }
  return { include: [...include], exclude: [...exclude] };
}

function pathsNode(kind: string, paths?: string[], except?: string[]) {
  return paths === undefined && except === undefined ? {} : { paths: some(kind, 'paths', paths ?? ['**'], except) };
}

function cronFault(cron: string, timeZone: string): string | undefined {
  if (!isTimeZone(timeZone)) {
    return 'is in no time zone of the IANA database';
  }
  const fields = cron.trim().split(/\s+/);
  if (fields.length !== 5 || cron.length > 200) {
    return 'has not five fields';
  }
  if (fields.some(field => !/^[0-9*,/-]+$/.test(field))) {
    return 'has something other than numbers, *, commas, hyphens and slashes'; // names of days are not read alike everywhere
  }
  return scheduleFault(cron.trim(), timeZone) ?? (isTooOften(fields[0]) ? 'comes more often than every five minutes' : undefined);
}

/** The minutes of an hour that a field names, by the common ground of all readers of cron. */
function isTooOften(field: string): boolean {
  const minutes = new Set<number>();
  for (const part of field.split(',')) {
    const [range, step] = part.split('/');
    const [from, to = step === undefined ? from : '59'] = range === '*' ? ['0', '59'] : range.split('-');
    for (let minute = Number(from); minute <= Number(to); minute += Number(step ?? 1) || 60) {
      minutes.add(minute);
    }
  }
  const sorted = [...minutes].sort((a, b) => a - b);
  return sorted.some((minute, i) => i > 0 && minute - sorted[i - 1] < 5) || sorted.length > 1 && sorted[0] + 60 - sorted.at(-1)! < 5;
}
