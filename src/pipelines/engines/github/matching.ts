import { globExpression } from './globs';
import { freeName } from '../../../core/free-name';
import type { ConditionNode, JobNode, PipelineGraph, RunStepNode, StepNode, ValueNode } from '../../graph';
import { leavesOf, mapLeaves, ownJob, reduced } from '../../graph';
import { shellCondition } from '../../shell';

type Matches = Extract<ConditionNode, { kind: 'matches' }>;

/** Whether expressions cannot say it. */
function needsShell(leaf: ConditionNode): leaf is Matches {
  return leaf.kind === 'matches' && leaf.globs.some(glob => globExpression('x', glob) === undefined);
}

/** What is matched in one place, with the variable and the output of each. */
class Matching {
  public readonly all: Matches[] = [];
  private readonly seen = new Map<string, number>();

  public outputOf(leaf: Matches): string {
    const key = JSON.stringify([leaf.value, leaf.globs]);
    let at = this.seen.get(key);
    if (at === undefined) {
      at = this.all.push(leaf);
      this.seen.set(key, at);
    }
    return `match_${at}`;
  }

  public step(id: string, path: string): RunStepNode {
    const unknown = () => {
      throw new Error('a match asks for nothing but its value');
    };
    const script = this.all.map((leaf, i) => {
      const word = () => `"$VALUE_${i + 1}"`;
      const test = shellCondition(leaf, { word, event: unknown, status: unknown, result: unknown, changed: unknown });
      return [`if ${test}; then`, `  echo match_${i + 1}=true`, 'else', `  echo match_${i + 1}=false`, 'fi >> "$FAIRWAY_OUTPUT"'].join('\n');
    }).join('\n');
    return {
      kind: 'run',
      id,
      path,
      name: ['Match'],
      continueOnError: false,
      shell: 'bash',
      script,
      env: Object.fromEntries(this.all.map((leaf, i) => [`VALUE_${i + 1}`, [leaf.value]])),
      outputs: this.all.map((_, i) => `match_${i + 1}`),
    };
  }
}

/**
 * The graph with globs that expressions cannot say computed by bash: for jobs by a job before all others, for steps by a step right before.
 * A job cannot know the outputs of others beforehand; such globs stay, and are found.
 */
export function withMatches(graph: PipelineGraph): PipelineGraph {
  const known = (leaf: Matches) => leaf.value.kind === 'context' || leaf.value.kind === 'input';
  const asksShell = (condition: ConditionNode | undefined) => condition !== undefined && leavesOf(condition).some(needsShell);
  if (!graph.jobs.some(job => asksShell(job.condition) || job.steps.some(step => asksShell(step.condition)))) {
    return graph;
  }
  const matching = new Matching();
  const id = freeName('conditions', new Set(graph.jobs.map(job => job.id)));
  const jobs = graph.jobs.map((job): JobNode => {
    const steps = withMatchSteps(job.steps);
    if (!job.condition || !leavesOf(job.condition).some(leaf => needsShell(leaf) && known(leaf))) {
      return { ...job, steps };
    }
    const condition = mapLeaves(job.condition, leaf => needsShell(leaf) && known(leaf)
      ? holds({ kind: 'output', job: id, name: matching.outputOf(leaf) })
      : leaf);
    return { ...job, steps, condition, needs: [{ job: id, reasons: ['output'] }, ...job.needs] };
  });
  return matching.all.length === 0 ? { ...graph, jobs } : { ...graph, jobs: reduced([matchJob(graph, id, matching), ...jobs]) };
}

function holds(value: ValueNode): ConditionNode {
  return { kind: 'compare', value, in: ['true'] };
}

function withMatchSteps(steps: readonly StepNode[]): StepNode[] {
  const ids = new Set(steps.map(step => step.id));
  return steps.flatMap(step => {
    if (!step.condition || !leavesOf(step.condition).some(needsShell)) {
      return [step];
    }
    const matching = new Matching();
    const id = freeName(`match-${step.id}`, ids);
    const condition = mapLeaves(step.condition, leaf => needsShell(leaf) ? holds({ kind: 'stepOutput', step: id, name: matching.outputOf(leaf) }) : leaf);
    // Whatever went before: the step may be one for failures.
    return [{ ...matching.step(id, step.path), condition: { kind: 'status', status: 'always' } }, { ...step, condition }];
  });
}

function matchJob(graph: PipelineGraph, id: string, matching: Matching): JobNode {
  const step = matching.step('match', graph.path);
  return ownJob({
    id,
    path: graph.path,
    name: ['Conditions'],
    stage: graph.stages[0]?.id,
    steps: [step],
    outputs: step.outputs.map(name => ({ name, step: step.id, output: name })),
  });
}
