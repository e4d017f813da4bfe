import { FairwayError } from '../../core/diagnostics/fairway-error';
import type { Finding } from '../../core/diagnostics/finding';
import { CONTEXTS, describeValue, flattened, inlined, JobNode, PipelineGraph, StepNode, Text, ValueNode, valuesOf } from '../graph';
import * as messages from '../messages';

/*
 * What others choose, and where it gets to. A script that reads it can write it into its outputs, from where it goes on: into variables of other steps, outputs of
 * those, inputs of templates and combinations of a matrix.
 */

/** Where a value decides what runs, in a job of a pipeline or of a template. */
export interface Decision {
  /** The template that the job stands in; absent for the pipeline itself. */
  readonly template?: string;
  readonly job: string;
  readonly path: string;
  readonly where: string;
  readonly value: ValueNode;
}

/** Whether others choose what a value says, by itself. */
export function isUntrusted(value: ValueNode): boolean {
  return value.kind === 'input' || value.kind === 'context' && CONTEXTS[value.name] === 'untrusted';
}

/** Throws FW1017 for values that decide what runs and come from outside, by way of outputs. */
export function checkDecisions(graph: PipelineGraph, decisions: readonly Decision[]): void {
  if (decisions.length === 0) {
    return;
  }
  const origins = new Origins(graph);
  const found = decisions.flatMap(({ template, job, path, where, value }): Finding[] => {
    const jobs = template === undefined ? [job] : graph.jobs.filter(each => each.call?.template === template).map(use => `${use.id}-${job}`);
    const origin = jobs.map(id => origins.of(id, inScope(value, template, id, job))).find(each => each !== undefined);
    return origin === undefined ? [] : [messages.untrustedValue.at(path, { where, value: describeValue(value), origin: describeValue(origin) })];
  });
  if (found.length > 0) {
    throw new FairwayError(found);
  }
}

/** A value of a template, as it is called where a use of the template stands. */
function inScope(value: ValueNode, template: string | undefined, id: string, job: string): ValueNode {
  return template !== undefined && value.kind === 'output' ? { ...value, job: `${id.slice(0, -job.length)}${value.job}` } : value;
}

/** Which value from outside a value comes from. */
class Origins {
  private readonly jobs: ReadonlyMap<string, JobNode>;
  private readonly steps = new Map<string, ReadonlyMap<string, StepNode>>();
  /** By job, step and output. */
  private readonly known = new Map<string, ValueNode | undefined>();
  private readonly uses = new Map<string, ReadonlyMap<string, ValueNode>>();

  public constructor(private readonly graph: PipelineGraph) {
    this.jobs = new Map(inlined(graph).jobs.map(job => [job.id, job]));
    for (const use of graph.jobs) {
      const template = graph.templates.find(each => each.id === use.call?.template);
      if (template !== undefined) {
        this.uses.set(use.id, new Map(template.outputs.map(({ name, job, output }) => [name, { kind: 'output', job: `${use.id}-${job}`, name: output }])));
      }
    }
  }

  public of(job: string, value: ValueNode): ValueNode | undefined {
    switch (value.kind) {
      case 'output': {
        const inner = this.uses.get(value.job)?.get(value.name);
        if (inner !== undefined) {
          return this.of(job, inner);
        }
        const output = this.jobs.get(value.job)?.outputs.find(each => each.name === value.name);
        return output && this.ofStep(value.job, output.step, output.output);
      }
      case 'stepOutput': return this.ofStep(job, value.step, value.name);
      case 'matrix': {
        const matrix = this.jobs.get(job)?.matrix;
        return matrix?.kind === 'dynamic' ? this.of(job, matrix.from) : undefined;
      }
      default: return isUntrusted(value) ? value : undefined;
    }
  }

  private ofStep(job: string, id: string, output: string): ValueNode | undefined {
    const key = JSON.stringify([job, id]);
    const step = this.stepsOf(job).get(id);
    if (step === undefined || Object.hasOwn(step.checkedOutputs ?? {}, output)) {
      return undefined;
    }
    if (!this.known.has(key)) {
      const environments = [this.graph.env, this.jobs.get(job)!.env, step.env];
      this.known.set(key, this.first(job, environments.flatMap(env => Object.values(env))));
    }
    return this.known.get(key);
  }

  private first(job: string, texts: readonly Text[]): ValueNode | undefined {
    for (const value of texts.flatMap(valuesOf)) {
      const origin = this.of(job, value);
      if (origin !== undefined) {
        return origin;
      }
    }
    return undefined;
  }

  private stepsOf(job: string): ReadonlyMap<string, StepNode> {
    let steps = this.steps.get(job);
    if (steps === undefined) {
      steps = new Map(flattened(this.jobs.get(job)?.steps ?? []).map(step => [step.id, step]));
      this.steps.set(job, steps);
    }
    return steps;
  }
}
