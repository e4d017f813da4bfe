import { isAlways, print } from './expression';
import type { Triggers } from './triggers';
import { expandable } from './values';
import type { PipelineRow, Remaining } from '../../engine';
import { approximated, dropped, emulated, native } from '../../gaps';
import { describeText, InputNode, PipelineGraph, Text } from '../../graph';

export interface Workflow {
  readonly workflow: Record<string, unknown>;
  /** Whether jobs can be stopped when a newer run comes, and by which runs. */
  readonly interruptible: boolean;
  readonly cancels: 'all' | 'pullRequests' | 'none';
  /** The resource group of jobs that change something outside, where runs exclude each other. */
  readonly exclusive?: string;
  readonly rows: readonly PipelineRow[];
  readonly remains: readonly Remaining[];
}

/** When there is a pipeline at all, what it is called, and what a newer one does to it. */
export function workflowOf(graph: PipelineGraph, triggers: Triggers): Workflow {
  const rows: PipelineRow[] = [];
  const remains: Remaining[] = [];
  const concurrency = graph.concurrency;
  const cancelsAll = concurrency?.onNew === 'cancelRunning';
  const cancelsSome = cancelsAll || concurrency?.cancelPullRequests === true;
  const rules = triggers.rules.map(({ kind, expression, changes }) => ({
    ...!isAlways(expression) && { if: print(expression) },
    ...changes && { changes },
    ...cancelsSome && !cancelsAll && kind === 'pullRequest' && { auto_cancel: { on_new_commit: 'conservative' } },
  }));
  const name = graph.runName === undefined ? undefined : expandable(graph.runName);
  if (graph.runName !== undefined && name === undefined) {
    rows.push(dropped('name of a run', 'it holds what no variable of GitLab knows'));
  }
  return {
    workflow: {
      name: name ?? expandable([graph.name]),
      ...concurrency && { auto_cancel: { on_new_commit: cancelsAll ? 'conservative' : 'none' } },
      rules: rules.length > 0 ? rules : [{ when: 'never' }],
    },
    interruptible: cancelsSome,
    cancels: cancelsAll ? 'all' : cancelsSome ? 'pullRequests' : 'none',
    ...exclusionOf(graph, rows),
    rows,
    remains,
  };
}

/** GitLab has no lock of whole pipelines: jobs that publish or deploy take one, the others do no harm side by side. */
function exclusionOf(graph: PipelineGraph, rows: PipelineRow[]): Pick<Workflow, 'exclusive'> {
  const concurrency = graph.concurrency;
  if (concurrency === undefined) {
    return {};
  }
  const group = groupText(concurrency.group);
  const perRef = concurrency.group.some(part => typeof part !== 'string' && part.kind === 'context' && ['ref', 'branch', 'tag', 'sourceBranch', 'changeNumber'].includes(part.name));
  if (concurrency.cancelPullRequests || concurrency.onNew === 'cancelRunning') {
    const how = 'workflow:auto_cancel and interruptible, for newer runs of the same branch or merge request';
    rows.push(perRef ? native('runs stop older ones', how) : approximated('runs stop older ones', how));
  }
  if (concurrency.onNew === 'cancelRunning') {
    return {};
  }
  const part = `runs of ${describeText(concurrency.group)} exclude each other`;
  if (group === undefined) {
    rows.push(dropped(part, 'the name of the group holds what no variable of GitLab knows'));
    return {};
  }
  const how = 'resource_group of the jobs that publish or deploy; other jobs may run side by side';
  rows.push(perRef ? emulated(part, how) : approximated(part, how));
  return { exclusive: `${graph.id}-${group}` };
}

/** Refs become their slugs: names of resource groups take few characters. Slugs that meet only make runs wait. */
export function groupText(group: Text): string | undefined {
  return expandable(group.map(part => typeof part === 'string' ? part.replace(/[^A-Za-z0-9_./ -]/g, '-') : part), value => {
    if (value.kind !== 'context') {
      return value.kind === 'input' || value.kind === 'matrix' ? (value.kind === 'input' ? value.name : value.axis) : undefined;
    }
    switch (value.name) {
      case 'ref':
      case 'branch':
      case 'tag':
      case 'sourceBranch': return 'CI_COMMIT_REF_SLUG';
      case 'changeNumber': return 'CI_MERGE_REQUEST_IID';
      case 'sha': return 'CI_COMMIT_SHA';
      case 'runId': return 'CI_PIPELINE_ID';
      case 'repository': return 'CI_PROJECT_PATH_SLUG';
      case 'event': return 'CI_PIPELINE_SOURCE';
      default: return undefined;
    }
  });
}

/** The inputs, as variables that GitLab asks for in its form. */
export function inputVariables(inputs: readonly InputNode[]): Record<string, unknown> {
  return Object.fromEntries(inputs.map(input => {
    const options = input.type === 'choice' ? input.options : input.type === 'boolean' ? ['false', 'true'] : undefined;
    // GitLab demands that the value is one of the options.
    const value = input.default ?? options?.[0] ?? '';
    return [input.name, { value, ...value.includes('$') && { expand: false }, ...input.description !== '' && { description: input.description }, ...options && { options } }];
  }));
}

export function inputRows(inputs: readonly InputNode[]): PipelineRow[] {
  return inputs.map(input => {
    const how = 'a variable of the pipeline with a description, asked for in the form';
    switch (input.type) {
      case 'string': return approximated(`input ${input.name}`, `${how}; GitLab expands variables that somebody writes into it`);
      case 'number': return approximated(`input ${input.name}`, `${how}; that it is a number is not checked`);
      default: return native(`input ${input.name}`, how);
    }
  });
}

