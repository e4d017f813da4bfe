import type { RunFacts } from './interpreter';
import type { EventName, PipelineGraph } from '../../src/pipelines/graph';

/*
 * A pipeline that is carried out on several systems, each of which has to do what the interpreter does. Its scripts write down what they do,
 * a line each, into the file that FAIRWAY_TRACE names:
 *
 *     start <leg>        `build`; for a leg of a matrix `test/linux/20`, with the values in the order of the axes
 *     end <leg>          when the last step is through
 *     say <leg> <text>   anything that has to be the same everywhere: an output, what is in an artifact
 */

/** What sets a pipeline off, in no system's words. */
export interface EventFacts {
  readonly event: Exclude<EventName, 'call' | 'release'>;
  /** The branch that was pushed, or that a pull request comes from. @default - main */
  readonly branch?: string;
  /** The branch that a pull request or a merge queue leads to. @default - main */
  readonly target?: string;
  readonly tag?: string;
  /** The title of the pull request. @default - A change */
  readonly title?: string;
  /** The number of the pull request. @default - 7 */
  readonly number?: number;
  /** The files that the last commit changed. @default - nothing to compare with */
  readonly changed?: readonly string[];
  /** What whoever started the pipeline filled in. */
  readonly inputs?: Record<string, string>;
}

/** What carries pipelines out. */
export type RunnerName = 'act' | 'gitlab-ci-local' | 'jenkins';

export interface Scenario {
  /** A sentence: what holds. */
  readonly name: string;
  readonly graph: PipelineGraph | (() => PipelineGraph);
  readonly event: EventFacts;
  /** What is in the repository beside the pipeline, by path. */
  readonly files?: Record<string, string>;
  readonly secrets?: Record<string, string>;
  /** Whether who is asked to approve does. @default true */
  readonly approve?: boolean;
  /** How long a minute of a timeout is, for those that can be told. @default 60000 */
  readonly minuteMillis?: number;
  /** What a runner cannot show, and why: `{ act: 'has no fail-fast' }`. */
  readonly cannot?: Partial<Record<RunnerName, string>>;
}

/** What the interpreter has to know. */
export function factsOf({ event: facts, secrets, approve }: Scenario): RunFacts {
  const { event, branch = 'main', target = 'main', tag = '', title = 'A change', number = 7, inputs, changed } = facts;
  const change = event === 'pullRequest' ? { changeNumber: String(number), changeTitle: title, sourceBranch: branch, targetBranch: target } : {};
  const ref = event === 'tag' ? { tag, ref: `refs/tags/${tag}` } : event === 'pullRequest' ? { branch } : { branch, ref: `refs/heads/${branch}` };
  return { event, inputs, secrets, approve, changedFiles: changed, contexts: { repository: 'acme/shop', defaultBranch: 'main', ...ref, ...change } };
}

export function graphOfScenario({ graph }: Scenario): PipelineGraph {
  return typeof graph === 'function' ? graph() : graph;
}

/** A script that writes down its beginning and its end, with what is between; the leg is `id`, and variables of the axes. */
export function traced(id: string, between: readonly string[] = [], axes: readonly string[] = []): string {
  const leg = [id, ...axes.map(axis => `$${axis}`)].join('/');
  const write = (line: string) => `tee -a "$FAIRWAY_TRACE" <<< "${line} ${leg}"`;
  return [write('start'), ...between, write('end')].join('\n');
}
