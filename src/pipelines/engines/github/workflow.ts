import type { Actions } from './actions';
import { RUNNERS } from './actions';
import { CalledWorkflow, lowerCall } from './calls';
import { lowerRunConcurrency, runningFor } from './concurrency';
import { Conditions } from './conditions';
import { crowdedJobs } from './crowding';
import { Events } from './events';
import { Values } from './expressions';
import { gateJob, startsByItself } from './gate';
import { Grants, Level } from './grants';
import { lowerJob } from './jobs';
import { checkKeys, checkLimits } from './limits';
import type { GitHubActionsOptions } from './options';
import { patched } from './patches';
import type { Report } from './report';
import { environmentOf } from './scope';
import { DEFAULT_SHELL } from './scripts';
import { inputRows, lowerTriggers } from './triggers';
import { FileContent } from '../../../core/file-content';
import type { LoweredFile } from '../../engine';
import { native } from '../../gaps';
import type { PipelineGraph } from '../../graph';

type Data = Record<string, unknown>;

export interface WorkflowParts {
  readonly graph: PipelineGraph;
  readonly file: string;
  readonly options: GitHubActionsOptions;
  readonly actions: Actions;
  readonly report: Report;
  readonly gate: boolean;
  /** Workflows that jobs call, by the template that they are made of. */
  readonly called: ReadonlyMap<string, CalledWorkflow>;
  /** What starts it, when it is one of those. */
  readonly on?: Data;
}

export interface LoweredWorkflow {
  readonly file: LoweredFile;
  /** All that its jobs may do. */
  readonly permissions: Grants;
}

/** The file of a workflow, from a graph in which nothing is left that GitHub has no word for. */
export function lowerWorkflow(parts: WorkflowParts): LoweredWorkflow {
  const { graph, file, options, actions, report, gate, called } = parts;
  const events = new Events(graph.triggers, graph.inputs, parts.on !== undefined);
  const values = new Values(events, graph.inputs);
  const conditions = new Conditions(events, values, report);
  const jobs = new Map(graph.jobs.map(job => [job.id, job]));
  const artifacts = new Set(graph.jobs.flatMap(job => job.uploads));
  const scope = { graph, options, actions, values, conditions, report, jobs, artifacts, events, crowded: crowdedJobs(graph, options, report) };
  const before: Record<string, string> = {};
  const behind: Record<string, string> = {};
  const guard = parts.on === undefined ? draftGuard(graph) : undefined;
  const guarded = guard === undefined ? new Set<string>() : runningFor('pullRequest', graph.jobs);
  const lowered = new Map<string, Data>();
  for (const job of graph.jobs) {
    const held = guarded.has(job.id) && startsByItself(job) ? guard : undefined;
    const made = job.call ? lowerCall(job, called.get(job.call.template)!, scope, held) : lowerJob(job, scope, held);
    const { body, before: above, behind: beside } = made;
    lowered.set(job.id, body);
    Object.entries(above).forEach(([key, comment]) => before[`jobs/${job.id}/${key}`] = comment);
    Object.entries(beside).forEach(([key, comment]) => behind[`jobs/${job.id}/${key}`] = comment);
  }
  if (gate) {
    const { id, body } = gateJob(graph.jobs, events, options.runners?.['linux-x64'] ?? RUNNERS.get('linux-x64'), report);
    lowered.set(id, body);
    before[`jobs/${id}`] = 'The one check that a ruleset has to require.';
  }
  const concurrency = lowerRunConcurrency(graph, scope);
  const runName = graph.runName && values.text(graph.runName);
  // Last, because conditions say which of the inputs of a call they need.
  const on = parts.on ?? lowerTriggers(graph, events, report);
  if (parts.on === undefined) {
    inputRows(graph, report);
  }
  const workflow = patched({
    name: graph.name,
    ...runName !== undefined && { 'run-name': runName },
    on,
    permissions: {},
    ...concurrency && { concurrency },
    ...environmentOf(graph.env, values),
    defaults: { run: { shell: DEFAULT_SHELL } },
    jobs: Object.fromEntries(lowered),
  }, graph, report);
  report.row(native('pipeline', file));
  checkLimits(graph, file, workflow, report);
  checkKeys(graph, workflow, report);
  return { file: { path: file, content: written(workflow, before, behind, actions) }, permissions: permissionsOf(lowered.values(), graph.name) };
}

function permissionsOf(jobs: Iterable<Data>, name: string): Grants {
  const grants = new Grants();
  for (const { permissions } of jobs) {
    grants.addAll(permissions as Record<string, Level>, `needed by ${name}`);
  }
  return grants;
}

/** Jobs are skipped for drafts; a draft has no other mark in the filters of a workflow. */
function draftGuard({ triggers }: PipelineGraph): string | undefined {
  const changes = triggers.filter(trigger => trigger.kind === 'pullRequest');
  return changes.length > 0 && changes.every(trigger => !trigger.drafts) ? 'github.event.pull_request.draft != true' : undefined;
}

/** The data as a file, with the comments whose keys are still there after changes. */
export function written(data: Data, before: Record<string, string>, behind: Record<string, string>, actions: Actions): FileContent {
  const isThere = ([key]: [string, string]) => at(data, key.split('/')) !== undefined;
  const isShort = ([key]: [string, string]) => typeof at(data, key.split('/')) === 'string';
  const jobs = isMap(data.jobs) ? Object.keys(data.jobs) : [];
  return FileContent.yaml(data, {
    comments: Object.fromEntries(Object.entries(before).filter(isThere)),
    trailingComments: { ...Object.fromEntries(Object.entries(behind).filter(isShort)), ...pinComments(data, actions) },
    blankLines: [
      ...Object.keys(data).filter(key => ['on', 'permissions', 'concurrency', 'env', 'defaults', 'jobs', 'runs'].includes(key)),
      ...jobs.slice(1).map(job => `jobs/${job}`),
    ],
  });
}

/** The version behind each commit. */
function pinComments(data: unknown, actions: Actions, path = ''): Record<string, string> {
  const comments: Record<string, string> = {};
  if (typeof data === 'object' && data !== null) {
    for (const [key, value] of Object.entries(data)) {
      const inner = path === '' ? key : `${path}/${key}`;
      const version = key === 'uses' && typeof value === 'string' ? actions.versionOf(value) : undefined;
      Object.assign(comments, version === undefined ? pinComments(value, actions, inner) : { [inner]: version });
    }
  }
  return comments;
}

function at(data: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key) ? (inner as Data)[key] : undefined, data);
}

function isMap(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

