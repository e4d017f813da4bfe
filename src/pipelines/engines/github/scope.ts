import type { Actions } from './actions';
import type { Conditions } from './conditions';
import type { Values } from './expressions';
import type { Grants } from './grants';
import type { GitHubActionsOptions } from './options';
import type { Report } from './report';
import type { JobNode, PipelineGraph, Text } from '../../graph';

/** A step as it stands in the file. */
export type StepBody = Record<string, unknown>;

/** What lowering one workflow needs. */
export interface WorkflowScope {
  readonly graph: PipelineGraph;
  readonly options: GitHubActionsOptions;
  readonly actions: Actions;
  readonly values: Values;
  readonly conditions: Conditions;
  readonly report: Report;
  /** Jobs by id. */
  readonly jobs: ReadonlyMap<string, JobNode>;
  /** Names of all artifacts. */
  readonly artifacts: ReadonlySet<string>;
}

/** What lowering one job needs. */
export interface JobScope extends WorkflowScope {
  readonly job: JobNode;
  readonly grants: Grants;
  /** Tools that a step before has installed, whatever happens. */
  readonly installed: Set<string>;
  /** Steps whose outputs somebody reads. */
  readonly readSteps: ReadonlySet<string>;
}

/** Variables by name, or nothing where there are none. */
export function environmentOf(env: Readonly<Record<string, Text>>, values: Values): { env?: Record<string, string> } {
  const entries = Object.entries(env);
  return entries.length > 0 ? { env: Object.fromEntries(entries.map(([name, text]) => [name, values.text(text)])) } : {};
}

/** A list as GitHub's actions read one: an entry on a line. */
export function lines(entries: readonly string[]): string {
  return entries.join('\n');
}
