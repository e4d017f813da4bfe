import { celWhen } from './cel';
import { distinctWhen, LeafReader, When, whenOf } from './conditions';
import { PipelineValues } from './values';
import { freeName } from '../../../../core/free-name';
import type { PipelineRow } from '../../../engine';
import { emulated, native, unsupported } from '../../../gaps';
import type { ApprovalNode, ConditionNode, JobNode, JobResult, PipelineGraph } from '../../../graph';
import { describe, JobOrder, leavesOf, mapLeaves, meant, simplified, someCondition } from '../../../graph';
import type { Settings } from '../settings';

/*
 * Which task of the Pipeline each job becomes, what comes before it, and under which conditions it runs.
 */

/** A `when`, or one in CEL. */
export type WhenEntry = When | { readonly cel: string };

/** A job with its place. */
export interface PlannedJob {
  readonly job: JobNode;
  /** Whether it is a `finally` task. */
  readonly isLast: boolean;
  /** All that must hold, of the job and of those before it. */
  readonly when: readonly WhenEntry[];
  /** Tasks that come before, by name. */
  readonly runAfter: readonly string[];
  /** A task before it that works out its condition. */
  readonly guard?: {
    readonly name: string;
    readonly condition: ConditionNode;
    readonly when: readonly WhenEntry[];
    readonly runAfter: readonly string[];
  };
  /** A condition that the task works out itself, before its steps. */
  readonly gate?: ConditionNode;
  /** Jobs that the status of is read for `failure()` in the gate. */
  readonly ancestors: readonly string[];
  /** Tasks before it in which somebody agrees. */
  readonly approvals: ReadonlyArray<{ readonly name: string; readonly approval: ApprovalNode }>;
}

const SUCCESS: ConditionNode = { kind: 'status', status: 'success' };

/** Makes the plan, job by job: needs come first. */
export class Planner {
  public readonly rows: PipelineRow[] = [];
  public readonly planned = new Map<string, PlannedJob>();
  private readonly order: JobOrder;
  private readonly taken: Set<string>;
  private readonly jobs: Map<string, JobNode>;
  private readonly lasts = new Set<string>();

  public constructor(
    private readonly graph: PipelineGraph, private readonly settings: Settings, private readonly values: PipelineValues, reserved: readonly string[],
  ) {
    this.order = new JobOrder(graph.jobs);
    this.jobs = new Map(graph.jobs.map(job => [job.id, job]));
    this.taken = new Set([...this.jobs.keys(), ...reserved]);
    for (const job of graph.jobs) {
      if (demandedBesideSuccess(this.condition(job)) === undefined || job.needs.some(edge => this.lasts.has(edge.job))) {
        this.lasts.add(job.id);
      }
    }
    graph.jobs.forEach(job => this.planned.set(job.id, this.plan(job)));
  }

  private plan(job: JobNode): PlannedJob {
    const condition = this.condition(job);
    const strict = demandedBesideSuccess(condition);
    const late = job.needs.map(edge => edge.job).filter(id => this.lasts.has(id));
    if (late.length > 0) {
      this.rows.push(unsupported('needs', `the job needs ${late.join(', ')}, which runs in finally whatever became of the others, and nothing comes after finally`, job.id));
    }
    return strict === undefined || this.lasts.has(job.id) ? this.last(job, condition) : this.ordinary(job, strict);
  }

  /** The condition as it is meant. A job without needs has nothing before it that could fail. */
  private condition(job: JobNode): ConditionNode {
    const condition = meant(job.condition);
    return job.needs.length > 0 ? condition : simplified({
      kind: 'and',
      of: [SUCCESS, mapLeaves(condition, leaf => leaf.kind === 'status' ? { kind: 'literal', value: leaf.status === 'success' || leaf.status === 'always' } : leaf)],
    });
  }

  /** A job that runs only when everything before it has succeeded. */
  private ordinary(job: JobNode, own: ConditionNode): PlannedJob {
    const needs = job.needs.map(edge => edge.job);
    // All jobs before have succeeded where this one runs; one that was skipped skips this one as well.
    const condition = simplified(mapLeaves(own, leaf => leaf.kind === 'result' ? { kind: 'literal', value: leaf.is.includes('success') } : leaf));
    const cascade = distinctWhen(needs.flatMap(id => this.planned.get(id)!.when as When[]));
    const found = this.entries(condition);
    const guard = found === undefined ? { name: this.free(`${job.id}-when`), condition, when: cascade, runAfter: needs } : undefined;
    const when = distinctWhen([...cascade, ...(found ?? [{ input: `$(tasks.${guard!.name}.results.run)`, operator: 'in', values: ['true'] }]) as When[]]);
    if (needs.length > 0) {
      this.rows.push(native('needs', `runAfter: ${needs.join(', ')}`, job.id));
    }
    if (cascade.length > 0) {
      this.rows.push(emulated('skipping', 'the conditions of the jobs before are repeated: Tekton runs what only comes after a skipped task', job.id));
    }
    if (job.condition !== undefined) {
      this.rows.push(guard === undefined ? native(`if ${describe(job.condition)}`, 'when', job.id) : emulated(`if ${describe(job.condition)}`, `the task ${guard.name} works it out`, job.id));
    }
    const approvals = this.approvals(job);
    const runAfter = [...needs, ...guard ? [guard.name] : [], ...approvals.map(each => each.name)];
    return { job, isLast: false, when, runAfter, guard, ancestors: [], approvals };
  }

  /** A job that runs at the end, whatever became of the others. */
  private last(job: JobNode, given: ConditionNode): PlannedJob {
    const needs = job.needs.map(edge => edge.job).filter(id => !this.lasts.has(id));
    const ancestors = this.order.ancestorsOf(job.id).filter(id => !this.lasts.has(id));
    const condition = simplified(mapLeaves(given, leaf => {
      switch (leaf.kind) {
        case 'result': return this.lasts.has(leaf.job) ? { kind: 'literal', value: true } : leaf;
        case 'status': switch (leaf.status) {
          case 'always': return { kind: 'literal', value: true };
          case 'cancelled': return { kind: 'literal', value: false };
          // A task that succeeded ran, and so did those before it: they are ordinary ones.
          case 'success': return { kind: 'and', of: needs.map(id => ({ kind: 'result', job: id, is: ['success'] })) };
          default: return leaf;
        }
        default: return leaf;
      }
    }));
    if (someCondition(given, leaf => leaf.kind === 'result' && this.lasts.has(leaf.job))) {
      this.rows.push(unsupported('condition', 'the result of a finally task is known to nobody', job.id));
    }
    const strict = ancestors.filter(id => !this.jobs.get(id)!.allowFailure);
    // The status of all tasks says what failure() asks for, when all of them come before, and none may fail.
    const isAll = strict.length === this.graph.jobs.length - this.lasts.size;
    const found = this.entries(condition, isAll);
    this.rows.push(emulated('needs', 'finally: the job starts when all others are done, also those that it does not need', job.id));
    if (job.condition !== undefined) {
      // A status does not tell them apart, and only a few jobs can be asked for their reasons as well.
      const asWell = leavesOf(condition).some(leaf => leaf.kind === 'status') ? '; a task that somebody cancels by itself counts as failed in failure()' : '';
      this.rows.push(found === undefined
        ? emulated(`if ${describe(job.condition)}`, `the job works it out itself, and does nothing where it does not hold${asWell}`, job.id)
        : native(`if ${describe(job.condition)}`, `finally, when${asWell}`, job.id));
    }
    if (leavesOf(given).some(leaf => leaf.kind === 'status' && leaf.status === 'cancelled')) {
      this.rows.push(unsupported('cancelled()', 'a run that is cancelled runs nothing more, unless it is cancelled as CancelledRunFinally', job.id));
    }
    if (this.approvals(job).length > 0) {
      this.rows.push(unsupported('approval', 'finally tasks all start at once, so nobody can agree before', job.id));
    }
    const gate = found === undefined ? condition : undefined;
    return { job, isLast: true, when: found ?? [], runAfter: [], gate, ancestors: strict, approvals: [] };
  }

  private entries(condition: ConditionNode, isAggregate = false): WhenEntry[] | undefined {
    const reader: LeafReader = {
      value: value => value.kind === 'matrix' || value.kind === 'secret' ? undefined : this.values.text(value),
      event: () => this.values.text({ kind: 'context', name: 'event' }),
      result: (job, is) => resultWhen(job, is, this.jobs.get(job)?.allowFailure === true),
      failure: () => isAggregate ? { input: '$(tasks.status)', values: ['Failed'] } : undefined,
    };
    const when = whenOf(condition, reader);
    if (when === undefined && this.settings.celInWhen) {
      const cel = celWhen(condition, value => this.values.text(value));
      return cel === undefined ? undefined : [{ cel }];
    }
    return when;
  }

  private approvals(job: JobNode): PlannedJob['approvals'] {
    const asked: Array<[string, ApprovalNode]> = [];
    if (job.approval !== undefined) {
      asked.push(['approval', job.approval]);
    }
    const needed = job.environment?.protection?.approvals;
    if (needed !== undefined) {
      asked.push(['environment', { message: `Release to ${job.environment!.name}`, approvers: needed.teams, count: needed.count }]);
    }
    const isAlone = job.steps.length === 0 && job.approval !== undefined;
    return asked.map(([suffix, approval]) => {
      this.rows.push(!this.settings.approvals
        ? unsupported('approval', 'Tekton asks nobody: install openshift-pipelines/manual-approval-gate, and say TektonOptions.approvals', job.id)
        : approval.approvers.length === 0
          ? unsupported('approval', 'an ApprovalTask names those who may approve, and here nobody is named', job.id)
          : native('approval', 'ApprovalTask, a custom task', job.id));
      return { name: isAlone && suffix === 'approval' ? job.id : this.free(`${job.id}-${suffix}`), approval };
    }).filter(each => each.name !== job.id);
  }

  private free(wanted: string): string {
    const name = freeName(wanted.slice(0, 58).replace(/-+$/, ''), this.taken);
    this.taken.add(name);
    return name;
  }
}

/** What is asked beside `success()`, if the condition holds only then; nothing, if it may hold after a failure. */
function demandedBesideSuccess(condition: ConditionNode): ConditionNode | undefined {
  const parts = condition.kind === 'and' ? condition.of : [condition];
  const rest = parts.filter(part => !(part.kind === 'status' && part.status === 'success'));
  const isStrict = rest.length < parts.length || (condition.kind === 'literal' && !condition.value);
  return isStrict && !rest.some(part => someCondition(part, leaf => leaf.kind === 'status')) ? simplified({ kind: 'and', of: rest }) : undefined;
}

/** What the reason of a task says when somebody cancelled it (taskrun_types.go, TaskRunReasonCancelled; customrun_types.go, CustomRunReasonCancelled). */
const CANCELLED: readonly string[] = ['TaskRunCancelled', 'CustomRunCancelled'];

/**
 * What a job came to, in the words of Tekton. Its status is `None` for a task that did not run, and `Failed` for one that failed and for one that was cancelled, which
 * the reason tells apart (pipelinerunstate.go, GetPipelineTaskStatus). A failure that is allowed counts as success, as GitHub has it for `continue-on-error`.
 */
function resultWhen(job: string, is: readonly JobResult[], isAllowedToFail: boolean): When[] | undefined {
  const status = `$(tasks.${job}.status)`;
  const reason = `$(tasks.${job}.reason)`;
  const isFailed = is.includes(isAllowedToFail ? 'success' : 'failure');
  const isCancelled = is.includes('cancelled');
  const words = [...is.includes('success') ? ['Succeeded'] : [], ...isFailed || isCancelled ? ['Failed'] : [], ...is.includes('skipped') ? ['None'] : []];
  if (words.length === 0) {
    return [{ input: status, operator: 'in', values: ['Never'] }]; // what may fail never counts as failed
  }
  if (isFailed === isCancelled) {
    return [{ input: status, operator: 'in', values: words }];
  }
  if (isFailed) {
    return [{ input: status, operator: 'in', values: words }, { input: reason, operator: 'notin', values: CANCELLED }];
  }
  return words.length === 1 ? [{ input: reason, operator: 'in', values: CANCELLED }] : undefined;
}
