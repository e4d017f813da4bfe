import { ConditionNode, leavesOf, mapLeaves } from './conditions';
import type { EdgeNode, Environment, FilterNode, JobNode, PipelineGraph, RunStepNode, StepNode } from './nodes';
import { reduced } from './order';
import { ownJob } from './own-job';
import { inlined } from './reuse';
import { freeName } from '../../core/free-name';

/** What the job that looks for changes is called; a number follows where the user has a job of that name. */
const NAME = 'changes';

/**
 * The graph with a job that finds out which filters have changed files, for systems that cannot ask so for a job, or ask with another meaning.
 * Conditions read its outputs. Where there is nothing to compare with (a schedule, a first push), everything counts as changed.
 */
export function withChangesJob(given: PipelineGraph): PipelineGraph {
  const graph = inlined(given);
  if (graph.filters.length === 0) {
    return graph;
  }
  const id = freeName(NAME, new Set(graph.jobs.map(job => job.id)));
  const first = graph.stages[0];
  const jobs = [changesJob(graph, id, first?.id), ...graph.jobs.map(job => reading(job, id))];
  const stages = graph.stages.map(stage => stage === first ? { ...stage, jobs: [id, ...stage.jobs] } : stage);
  return { ...graph, jobs: reduced(jobs), stages, filters: [] };
}

function changesJob(graph: PipelineGraph, id: string, stage: string | undefined): JobNode {
  const path = graph.path;
  const base = { path, env: {}, continueOnError: false, outputs: [] };
  const checkout: StepNode = {
    ...base, kind: 'checkout', id: 'checkout', name: ['Check out'], depth: 0, submodules: false, lfs: false, persistCredentials: false,
  };
  return ownJob({
    id,
    path,
    name: ['Changes'],
    stage,
    steps: [checkout, comparison(graph.filters, path)],
    outputs: graph.filters.map(filter => ({ name: filter.id, step: 'compare', output: filter.id })),
    grants: [{ capability: 'readCode', reason: 'compares the commit with the one before' }],
  });
}

function comparison(filters: readonly FilterNode[], path: string): RunStepNode {
  const variable = (filter: FilterNode) => `FILTER_${filter.id.toUpperCase()}`;
  const env: Environment = {
    BASE_SHA: [{ kind: 'context', name: 'baseSha' }],
    ...Object.fromEntries(filters.map(filter => [variable(filter), [pathspecs(filter)]])),
  };
  const script = [
    'changed() {',
    '  local specs',
    '  mapfile -t specs <<< "$1"',
    '  if [ -z "$BASE_SHA" ] || ! git cat-file -e "$BASE_SHA^{commit}" 2> /dev/null; then',
    '    echo true',
    '  elif git diff --quiet "$BASE_SHA" HEAD -- "${specs[@]}"; then',
    '    echo false',
    '  else',
    '    echo true',
    '  fi',
    '}',
    ...filters.map(filter => `echo "${filter.id}=$(changed "$${variable(filter)}")" >> "$FAIRWAY_OUTPUT"`),
  ].join('\n');
  return {
    kind: 'run', id: 'compare', path, name: ['Compare'], env, continueOnError: false, outputs: filters.map(filter => filter.id), script, shell: 'bash',
  };
}

/** What git reads a filter as, one on a line (gitglossary, pathspec). */
function pathspecs({ paths }: FilterNode): string {
  return [...paths.include.map(glob => `:(glob)${glob}`), ...paths.exclude.map(glob => `:(exclude,glob)${glob}`)].join('\n');
}

function reading(job: JobNode, changes: string): JobNode {
  const asks = (condition?: ConditionNode) => condition !== undefined && leavesOf(condition).some(leaf => leaf.kind === 'changed');
  if (!asks(job.condition) && !job.steps.some(step => asks(step.condition))) {
    return job;
  }
  const read = <T extends { readonly condition?: ConditionNode }>(node: T): T => node.condition === undefined ? node : {
    ...node,
    condition: mapLeaves(node.condition, leaf => leaf.kind !== 'changed' ? leaf : {
      kind: 'compare', value: { kind: 'output', job: changes, name: leaf.filter }, in: ['true'],
    }),
  };
  const edge: EdgeNode = { job: changes, reasons: ['output'] };
  return { ...read(job), steps: job.steps.map(read), needs: [edge, ...job.needs] };
}
