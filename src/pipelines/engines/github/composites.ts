import type { Report } from './report';
import type { StepBody, WorkflowScope } from './scope';
import { emulated, native } from '../../gaps';
import { flattened, globMatches, leavesOf, rewriteJob, rewriteStep, someCondition } from '../../graph';
import type { ConditionNode, GroupStepNode, JobNode, PipelineGraph, Rewrite, StepNode, StepOutputValue, StepTemplateNode, ValueNode } from '../../graph';

/*
 * Templates of steps as composite actions, and which uses of them can be one. Such an action knows nothing of secrets and needs, and has no time limits
 * for its steps (docs.github.com, Metadata syntax for GitHub Actions, `runs.steps`). In it, `success()` and `failure()` look at its own steps alone, and
 * `cancelled()` at the job: the runner starts each action with a status of its own, `action_status` (actions/runner, CompositeActionHandler.cs, RunStepsAsync;
 * SuccessFunction.cs, FailureFunction.cs, CancelledFunction.cs). That comes to the same as long as the action runs after success alone, and no step of it asks for
 * more. Where it would make a difference, the steps are written out.
 */

/** The folder of the action that a template becomes. */
export function actionFolder(pipeline: string, template: string): string {
  return `.github/actions/${pipeline}-${template}`;
}

/** A template that is an action, with one of the jobs that use it. */
export interface Composite {
  readonly template: StepTemplateNode;
  readonly job: JobNode;
}

/** Which uses of templates are actions. The others are written out, and the reason is reported. */
export class Composites {
  private readonly actions = new Map<string, Composite>();
  private readonly templates: ReadonlyMap<string, StepTemplateNode>;

  /** @param jobs all jobs that stand in a file */
  public constructor(private readonly graph: PipelineGraph, jobs: readonly JobNode[], isOn: boolean, private readonly report: Report) {
    const possible = new Map<string, StepTemplateNode>();
    for (const template of graph.stepTemplates) {
      const reason = isOn ? whyWrittenOut(template, graph, jobs) : undefined;
      if (isOn && reason === undefined) {
        possible.set(template.id, template);
      } else {
        report.row(emulated(`template ${template.id}`, reason === undefined ? 'its steps are written out in each place' : `written out: ${reason}`));
      }
    }
    this.templates = possible;
  }

  /** The actions that jobs use which were asked for. */
  public get used(): Composite[] {
    return [...this.actions.values()];
  }

  /** The job with steps in place of the uses that are no actions. */
  public of(job: JobNode): JobNode {
    if (!job.steps.some(step => step.kind === 'group')) {
      return job;
    }
    const reads = readsOf(job);
    const outputs = new Map<string, StepOutputValue>();
    let isCheckedOut = false;
    const steps = job.steps.flatMap((step): StepNode[] => {
      const template = step.kind === 'group' ? this.templates.get(step.template) : undefined;
      const written = flattened([step]);
      const before = isCheckedOut;
      isCheckedOut = written.reduce((is, each) => checkedOut(each) ?? is, isCheckedOut);
      if (step.kind !== 'group' || template === undefined) {
        return written;
      }
      const declared = outputsOf(step, template);
      const reason = before ? whyUseWrittenOut(step, job, reads, declared) : 'no checkout of the commit stands before it, with which the action comes';
      if (reason !== undefined) {
        this.report.row(emulated(`template ${template.id}`, `written out as ${step.id}: ${reason}`, job.id));
        return written;
      }
      declared.forEach((value, key) => outputs.set(key, value));
      this.actions.set(template.id, this.actions.get(template.id) ?? { template, job });
      this.report.row(native(`template ${template.id}`, `${actionFolder(this.graph.id, template.id)}, as ${step.id}`, job.id));
      return [step];
    });
    const rewrite: Rewrite = value => value.kind === 'stepOutput' ? outputs.get(keyOf(value)) ?? value : value;
    return {
      ...rewriteJob({ ...job, steps }, { rewrite, matches: globMatches }),
      outputs: job.outputs.map(output => {
        const value = outputs.get(keyOf({ step: output.step, name: output.output }));
        return value === undefined ? output : { ...output, step: value.step, output: value.name };
      }),
    };
  }
}

/** The use of an action, which the checkout has put there. */
export function lowerUse({ template, inputs }: GroupStepNode, { graph, values }: WorkflowScope): StepBody {
  const given = Object.entries(inputs).map(([name, text]) => [name, values.text(text)]);
  return { uses: `./${actionFolder(graph.id, template)}`, ...given.length > 0 && { with: Object.fromEntries(given) } };
}

function keyOf({ step, name }: Pick<StepOutputValue, 'step' | 'name'>): string {
  return `${step}\n${name}`;
}

/** What steps of a use give, by what the use gives. */
function outputsOf(use: GroupStepNode, template: StepTemplateNode): Map<string, StepOutputValue> {
  return new Map(template.outputs.flatMap(({ name, step, output }) => {
    const inner = use.steps[template.steps.findIndex(each => each.id === step)];
    return inner === undefined ? [] : [[keyOf({ step: inner.id, name: output }), { kind: 'stepOutput', step: use.id, name }]];
  }));
}

/** Whether the repository is there after a step, at the commit of the run; undefined where the step says nothing of it. */
function checkedOut(step: StepNode): boolean | undefined {
  if (step.kind !== 'checkout' || step.folder !== undefined && step.folder !== '.') {
    return undefined;
  }
  return step.ref === undefined && step.condition === undefined && !step.continueOnError;
}

interface Read {
  /** The step that reads; none for the job itself. */
  readonly by?: StepNode;
  readonly value: Pick<StepOutputValue, 'step' | 'name'>;
}

/** What is read of outputs of steps in a job. */
function readsOf(job: JobNode): Read[] {
  const reads: Read[] = job.outputs.map(({ step, output }) => ({ value: { step, name: output } }));
  const noting = (by?: StepNode) => ({
    rewrite: (value: ValueNode) => {
      value.kind === 'stepOutput' && reads.push({ by, value });
      return value;
    },
    matches: globMatches,
  });
  rewriteJob({ ...job, steps: [] }, noting());
  job.steps.forEach(step => rewriteStep(step, noting(step)));
  return reads;
}

function whyUseWrittenOut(use: GroupStepNode, job: JobNode, reads: readonly Read[], declared: ReadonlyMap<string, unknown>): string | undefined {
  const inner = new Set(use.steps.map(step => step.id));
  const secretly = reads.find(({ by, value }) => by !== use && inner.has(value.step) && !declared.has(keyOf(value)));
  switch (true) {
    case secretly !== undefined: return `${secretly!.value.name} of ${secretly!.value.step} is read, which is no output of the template`;
    case asksStatus(use.condition): return 'its condition asks how steps before came out, each of its steps by itself';
    case use.continueOnError: return 'its steps go on after each of them';
    case job.identities.length > 0: return 'tokens are fetched right before the steps that read them';
    default: return undefined;
  }
}

function whyWrittenOut(template: StepTemplateNode, graph: PipelineGraph, jobs: readonly JobNode[]): string | undefined {
  const { steps } = template;
  const values: ValueNode[] = [];
  steps.forEach(step => rewriteStep(step, { rewrite: value => (values.push(value), value), matches: globMatches }));
  const conditions = steps.flatMap(step => step.condition ?? []);
  const leaves = conditions.flatMap(condition => leavesOf(condition));
  const asksEvent = leaves.some(leaf => leaf.kind === 'event') || values.some(value => value.kind === 'context' && value.name === 'event');
  const users = jobs.filter(job => job.steps.some(step => step.kind === 'group' && step.template === template.id));
  const caches = steps.some(step => step.kind === 'cache' || step.kind === 'tool' && step.cache !== undefined);
  switch (true) {
    case steps.some(step => step.timeoutMinutes !== undefined): return 'steps of an action have no time limit of their own';
    case values.some(value => value.kind === 'secret'): return 'an action knows no secrets; give it one by an input';
    case values.some(value => !['input', 'stepOutput', 'context', 'hash'].includes(value.kind)): return 'it reads what only a job knows';
    case steps.some(step => ['upload', 'download', 'delivery', 'group'].includes(step.kind)): return 'what a step of it becomes is the business of the job';
    case steps.some(step => step.kind === 'native' && JSON.stringify(step.bodies.github ?? '').includes('${{')): return 'a native step of it has an expression';
    case conditions.some(asksStatus): return 'a step of it asks how steps before came out, of which an action knows its own alone';
    case leaves.some(leaf => leaf.kind === 'changed' || leaf.kind === 'matches' || leaf.kind === 'result'): return 'a condition of it is worked out by a job';
    case asksEvent && graph.triggers.some(trigger => trigger.kind === 'call'): return 'an action does not know whether the pipeline was called';
    case caches && new Set(users.map(job => job.publishes)).size > 1: return 'jobs that publish read no caches, and others do';
    default: return undefined;
  }
}

/** Whether a condition may hold where something before has not succeeded. `success()` for itself, or beside others that ask for none, is what is meant anyway. */
function asksStatus(condition: ConditionNode | undefined): boolean {
  const parts = condition?.kind === 'and' ? condition.of : condition === undefined ? [] : [condition];
  return parts.some(part => !(part.kind === 'status' && part.status === 'success') && someCondition(part, leaf => leaf.kind === 'status'));
}
