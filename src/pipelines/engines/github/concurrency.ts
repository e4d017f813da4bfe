import { legOf } from './artifacts';
import type { Events } from './events';
import type { Values } from './expressions';
import * as messages from './messages';
import type { GitHubActionsOptions } from './options';
import type { Report } from './report';
import type { PipelineRow } from '../../engine';
import { approximated, native, unsupported } from '../../gaps';
import { asksStatus, evaluate, meant, valuesOf } from '../../graph';
import type { ConcurrencyNode, ConditionNode, EventName, JobNode, MatrixNode, PipelineGraph } from '../../graph';

export interface ConcurrencyScope {
  readonly values: Values;
  readonly events: Events;
  readonly options: GitHubActionsOptions;
  readonly report: Report;
  /** Jobs that would push each other out of their group. */
  readonly crowded: ReadonlySet<string>;
}

type Cancelling = 'never' | 'pullRequests' | 'always';

interface Place {
  readonly pipeline: string;
  /** Undefined for the run. */
  readonly job?: string;
  readonly matrix?: MatrixNode;
  /** Whether others of the run would push it out of its group. */
  readonly crowded?: boolean;
  /** What must not be stopped half way, if something may be stopped. */
  readonly deploys: string | undefined;
  /** The same, in runs for pull requests. */
  readonly deploysForPullRequests: string | undefined;
}

export function lowerRunConcurrency(graph: PipelineGraph, scope: ConcurrencyScope): Record<string, unknown> | undefined {
  const { concurrency } = graph;
  if (concurrency === undefined) {
    return undefined;
  }
  for (const job of graph.jobs) {
    if (job.concurrency && !isRefAlone(concurrency) && groupOf(job.concurrency) === groupOf(concurrency)) {
      scope.report.find(messages.deadlock.at(job.path, { job: job.id, group: scope.values.text(job.concurrency.group) }));
    }
  }
  const deploying = graph.jobs.filter(deploys);
  const mayRun = runningFor('pullRequest', graph.jobs);
  return written(concurrency, {
    pipeline: graph.id,
    deploys: deploying[0]?.id,
    deploysForPullRequests: deploying.find(job => job.environment && mayRun.has(job.id))?.id,
  }, scope);
}

export function lowerJobConcurrency(job: JobNode, pipeline: string, scope: ConcurrencyScope): Record<string, unknown> | undefined {
  const id = deploys(job) ? job.id : undefined;
  const crowded = scope.crowded.has(job.id);
  const place = { pipeline, job: job.id, matrix: job.matrix, crowded, deploys: id, deploysForPullRequests: job.environment ? id : undefined };
  return job.concurrency && written(job.concurrency, place, scope);
}

function written(concurrency: ConcurrencyNode, place: Place, scope: ConcurrencyScope): Record<string, unknown> {
  const { values, options, report, events } = scope;
  const row = (made: (part: string, how: string, job?: string) => PipelineRow, how: string) => report.row(made('concurrency', how, place.job));
  // A ref alone is the group of all workflows of the repository.
  const own = isRefAlone(concurrency) ? `${[place.pipeline, ...place.job === undefined ? [] : [place.job]].join('-')}-` : '';
  const shared = `${own}${values.text(concurrency.group)}`;
  const isCrowded = place.crowded === true || hasLegsInOneGroup(place.matrix, concurrency);
  if (isCrowded && concurrency.onNew === 'replacePending' && options.concurrencyQueue) {
    row(native, 'queue: max, with which each of the run gets its turn');
    return { group: shared, queue: 'max' };
  }
  const isSplit = concurrency.onNew !== 'queue' && hasLegsInOneGroup(place.matrix, concurrency);
  const group = isSplit ? `${shared}-${legOf(place.matrix!)}` : shared;
  if (isSplit) {
    const inTurn = concurrency.onNew === 'replacePending' && place.matrix!.maxParallel === undefined;
    row(approximated, `each leg has a group of its own, or they would cancel each other${inTurn ? '; they run one after the other' : ''}`);
  }
  if (concurrency.onNew === 'queue') {
    if (!options.concurrencyQueue) {
      row(unsupported, 'GitHub keeps one waiting run of a group and drops the others, unless the option concurrencyQueue writes queue: max');
      return { group };
    }
    row(native, concurrency.cancelPullRequests ? 'queue: max, with which GitHub cancels nothing, runs for pull requests among it' : 'queue: max');
    return { group, queue: 'max' };
  }
  const { cancelling, because } = cancels(concurrency, place, events);
  if (because !== undefined) {
    row(concurrency.onNew === 'cancelRunning' ? approximated : native, because);
  } else if (cancelling === 'never') {
    row(native, 'group; the newest waits, nothing is cancelled');
  }
  if (cancelling === 'never') {
    return { group, 'cancel-in-progress': false };
  }
  const isPullRequest = events.isPullRequest;
  if (cancelling === 'pullRequests') {
    if (because === undefined) {
      row(native, 'group; a new run for a pull request cancels the one before, others wait');
    }
    return { group, 'cancel-in-progress': typeof isPullRequest === 'string' ? `\${{ ${isPullRequest} }}` : isPullRequest };
  }
  const queue = events.is('mergeQueue') !== false || events.has('call');
  row(native, `group; a new run cancels the one before${queue ? ', but none of a merge queue' : ''}`);
  return { group, 'cancel-in-progress': queue ? '${{ github.event_name != \'merge_group\' }}' : true };
}

/** Whether all legs of a matrix would be in one group. GitHub keeps one that waits, and cancels the others. */
export function hasLegsInOneGroup(matrix: MatrixNode | undefined, { group }: ConcurrencyNode): boolean {
  const isAlone = matrix?.kind === 'static' && matrix.combinations.length === 1;
  return matrix !== undefined && !isAlone && !valuesOf(group).some(value => value.kind === 'matrix');
}

/** What may be cancelled: never a deployment. */
function cancels(concurrency: ConcurrencyNode, place: Place, events: Events): { readonly cancelling: Cancelling; readonly because?: string } {
  const asked: Cancelling = concurrency.onNew === 'cancelRunning' ? 'always'
    : concurrency.cancelPullRequests && events.isPullRequest !== false ? 'pullRequests' : 'never';
  if (asked !== 'never' && place.deploysForPullRequests !== undefined) {
    return { cancelling: 'never', because: `group; nothing is cancelled, because ${place.deploysForPullRequests} deploys` };
  }
  if (asked === 'always' && place.deploys !== undefined) {
    const because = `group; runs for pull requests alone are cancelled, because ${place.deploys} publishes or deploys`;
    return { cancelling: events.isPullRequest === false ? 'never' : 'pullRequests', because };
  }
  return { cancelling: asked };
}

function deploys(job: JobNode): boolean {
  return job.publishes || job.environment !== undefined;
}

/** The jobs that could run in a run that an event started: a job is skipped with what it needs, unless it asks for another status. */
export function runningFor(event: EventName, jobs: readonly JobNode[]): Set<string> {
  const running = new Set<string>();
  for (const { id, condition, needs } of jobs) {
    const follows = condition === undefined || !asksStatus(condition);
    if (mayRunFor(event, condition) && (!follows || needs.every(edge => running.has(edge.job)))) {
      running.add(id);
    }
  }
  return running;
}

function mayRunFor(event: EventName, condition: ConditionNode | undefined): boolean {
  return evaluate(meant(condition), {
    status: () => undefined,
    result: () => undefined,
    event: () => event,
    value: value => value.kind === 'context' && value.name === 'event' ? event : undefined,
    changed: () => undefined,
    matches: () => false,
  }) !== false;
}

function isRefAlone({ group }: ConcurrencyNode): boolean {
  const [part] = group;
  return group.length === 1 && typeof part !== 'string' && part.kind === 'context' && part.name === 'ref';
}

/** Groups are told apart without case (docs.github.com, Concurrency). */
export function groupOf({ group }: ConcurrencyNode): string {
  return JSON.stringify(group).toLowerCase();
}
