import { identifier, Identifiers } from './ids';
import type { Settings } from './options';
import { stagesFor } from './staging';
import type { Step, StepScope } from './step';
import type { PipelineRow, Remaining } from '../../engine';
import { emulated } from '../../gaps';
import {
  globMatches, GroupStepNode, InputNode, JobNode, JobOrder, JobResult, legNames, PipelineGraph, rewriteJob, StageNode, Text,
} from '../../graph';

/** What a job of the graph is in the file: one job, or one for each leg of its matrix when it is a deployment. */
export interface JobPlan {
  readonly job: JobNode;
  readonly stage?: string;
  /** A deployment job, because it has an environment. */
  readonly deployment: boolean;
  /** The jobs in the file, at least one. */
  readonly parts: readonly PartPlan[];
  /** The legs of `strategy.matrix`; none without a matrix, when the legs are jobs, or when they are known later. */
  readonly legs: readonly string[];
  /** The agentless job that waits for an approval. */
  readonly approval?: string;
  /** The job is an approval and nothing else. */
  readonly approvalOnly: boolean;
}

export interface PartPlan {
  readonly id: string;
  /** The job, with the values of the leg in it. */
  readonly job: JobNode;
  /** The name of the leg, when legs are jobs. */
  readonly leg?: string;
}

/** A use of a template of steps, and the steps in the file that stand for it. */
export interface StepUse {
  readonly group: GroupStepNode;
  readonly steps: readonly Step[];
  readonly scope: StepScope;
}

/** Words that are nowhere in the pipeline. They stand in a template for what is not known there, until parameters do. */
export interface Words {
  /** For the use of a template of jobs, in names of its jobs. */
  readonly use: string;
  /** For what it is called. */
  readonly title: string;
  /** For what it waits for. */
  readonly before: string;
  /** For the use of a template of steps, in ids of its steps. */
  readonly step: string;
}

/** Names by which Azure Pipelines means something else: a deployment job cannot be called `deploy`. */
const RESERVED = ['deploy', 'self', 'none'];

/** Everything that is known of the pipeline before a job is written. */
export class PipelinePlan {
  public readonly order: JobOrder;
  public readonly rows: PipelineRow[] = [];
  public readonly remains = new Map<string, Remaining>();
  /** Variables of the whole pipeline that something reads. */
  public readonly shared = new Set<string>();
  /** Outputs that are legs of a matrix for another job: `<job>\n<output>`. */
  public readonly legSources: ReadonlySet<string>;
  /** The stages of the file. Without any, it has one list of jobs. */
  public readonly stages: readonly StageNode[];
  private readonly plans = new Map<string, JobPlan>();
  private readonly stageOf = new Map<string, StageNode>();
  private readonly stageIds = new Map<string, string>();
  /** Uses of templates of steps, as they were written. */
  public readonly uses: StepUse[] = [];

  /**
   * @param graph inlined
   * @param isTemplate whether inputs are those of a template
   */
  public constructor(public readonly graph: PipelineGraph, public readonly settings: Settings, public readonly isTemplate = false) {
    this.order = new JobOrder(graph.jobs);
    this.legSources = new Set(graph.jobs.flatMap(({ matrix }) => matrix?.kind === 'dynamic' ? [`${matrix.from.job}\n${matrix.from.name}`] : []));
    const inOrder = this.stagesInOrder();
    const given = inOrder ? graph.stages : [];
    // A template of jobs stands in a stage.
    this.stages = isTemplate ? [] : stagesFor(graph, given, this.order, isDeployment);
    const stages = new Identifiers();
    for (const stage of this.stages) {
      this.stageIds.set(stage.id, stages.take(stage.id));
      stage.jobs.forEach(job => this.stageOf.set(job, stage));
    }
    const ids = new Identifiers(RESERVED);
    const own = new Map(graph.jobs.map(job => [job.id, ids.take(job.id)]));
    for (const job of graph.jobs) {
      const stage = this.stageOf.get(job.id);
      this.plans.set(job.id, planned(job, own.get(job.id)!, ids, stage && this.stageIds.get(stage.id)));
    }
    if (!inOrder) {
      this.rows.push(emulated('stages', `${this.staged ? 'stages of their own' : 'one list of jobs'}: a stage would need one that needs it`));
    }
    if (this.stages.length > given.length) {
      this.rows.push(emulated('order of approvals', 'a job with an environment begins a stage: checks are asked for before a stage starts'));
    }
  }

  public of(job: string): JobPlan {
    return this.plans.get(job)!;
  }

  public get staged(): boolean {
    return this.stages.length > 0;
  }

  /** The identifier of a stage. */
  public stageId(stage: StageNode): string {
    return this.stageIds.get(stage.id)!;
  }

  /** The stage that a job stands in, where there are stages. */
  public stageWith(job: string): StageNode | undefined {
    return this.stageOf.get(job);
  }

  /**
   * The same pipeline, for a look at what would be written: what is noted there is not noted here.
   *
   * @param inputs of a template, in place of those of the pipeline
   */
  public aside(inputs?: readonly InputNode[]): PipelinePlan {
    const own = { rows: [], remains: new Map(), shared: new Set(), uses: [], ...inputs && { graph: { ...this.graph, inputs }, isTemplate: true } };
    return Object.assign(Object.create(PipelinePlan.prototype), this, own) as PipelinePlan;
  }

  public remain(what: string, where: string): void {
    this.remains.set(`${where}\n${what}`, { what, where });
  }

  /** An output of a job, as an expression read in another one. Undefined when no expression says it. */
  public output(reader: JobPlan, from: string, name: string): string | undefined {
    const plan = this.of(from);
    const output = plan.job.outputs.find(each => each.name === name);
    if (output === undefined || (plan.job.matrix?.kind === 'dynamic')) {
      return undefined;
    }
    const key = `${identifier(output.step)}.${output.output}`;
    const sources = plan.parts.flatMap(part => {
      const outputs = `${context(reader, plan)}.${part.id}.outputs`;
      return plan.deployment ? [`${outputs}['${part.id}.${key}']`]
        : plan.legs.length > 0 ? plan.legs.map(leg => `${outputs}['${leg}.${key}']`) : [`${outputs}['${key}']`];
    });
    // GitHub keeps the output of the leg that ends last; here it is the last one that has it.
    return sources.length === 1 ? sources[0] : `coalesce(${sources.reverse().join(', ')})`;
  }

  /** An output of a job, as an expression read by a stage that starts after the one of the job. Undefined when no expression says it. */
  public outputOfStage(from: string, name: string): string | undefined {
    const plan = this.of(from);
    const output = plan.job.outputs.find(each => each.name === name);
    return output === undefined || plan.stage === undefined || plan.deployment || plan.job.matrix !== undefined
      ? undefined
      : `dependencies.${plan.stage}.outputs['${plan.parts[0].id}.${identifier(output.step)}.${output.output}']`;
  }

  /** Whether a job came to one of these results, as an expression read in another one. */
  public resultIs(reader: JobPlan, of: string, results: readonly JobResult[]): string {
    const plan = this.of(of);
    const names = results.flatMap(result => RESULTS[result]).map(result => `'${result}'`).join(', ');
    // In a stage that was skipped, no job has come to anything.
    const elsewhere = plan.stage !== reader.stage && results.includes('skipped');
    const parts = plan.parts.map(part => {
      const came = `${context(reader, plan)}.${part.id}.result`;
      return `in(${elsewhere ? `coalesce(${came}, 'Skipped')` : came}, ${names})`;
    });
    // Of several jobs, all have to succeed; one is enough to fail.
    const every = results.every(result => result === 'success' || result === 'skipped');
    return parts.length === 1 ? parts[0] : `${every ? 'and' : 'or'}(${parts.join(', ')})`;
  }

  /** What the graph calls the result of a job, as an expression. */
  public result(reader: JobPlan, of: string): string {
    const is = (result: JobResult) => this.resultIs(reader, of, [result]);
    return `iif(${is('failure')}, 'failure', iif(${is('cancelled')}, 'cancelled', iif(${is('success')}, 'success', 'skipped')))`;
  }

  /** Whether stages can need each other as their jobs do. */
  private stagesInOrder(): boolean {
    const needs = new Map<string, Set<string>>(this.graph.stages.map(stage => [stage.id, new Set<string>()]));
    const stageOf = new Map(this.graph.jobs.map(job => [job.id, job.stage]));
    for (const job of this.graph.jobs) {
      for (const edge of job.needs) {
        const other = stageOf.get(edge.job);
        if (job.stage !== undefined && other !== undefined && other !== job.stage) {
          needs.get(job.stage)?.add(other);
        }
      }
    }
    const done = new Set<string>();
    for (let before = -1; before < done.size;) {
      before = done.size;
      needs.forEach((of, stage) => [...of].every(each => done.has(each)) && done.add(stage));
    }
    return done.size === needs.size;
  }
}

/** The results of Azure Pipelines (learn.microsoft.com, Expressions, dependencies). */
const RESULTS: Record<JobResult, string[]> = {
  success: ['Succeeded', 'SucceededWithIssues'],
  failure: ['Failed'],
  cancelled: ['Canceled'],
  skipped: ['Skipped'],
};

function context(reader: JobPlan, plan: JobPlan): string {
  return plan.stage === undefined || plan.stage === reader.stage ? 'dependencies' : `stageDependencies.${plan.stage}`;
}

function isDeployment(job: JobNode): boolean {
  return job.environment !== undefined && job.steps.length > 0;
}

function planned(job: JobNode, id: string, ids: Identifiers, stage: string | undefined): JobPlan {
  const deployment = isDeployment(job);
  const base = { job, stage, deployment, approvalOnly: job.approval !== undefined && job.steps.length === 0 };
  const approval = job.approval !== undefined && job.steps.length > 0 ? ids.take(`approve-${job.id}`) : undefined;
  if (job.matrix?.kind !== 'static') {
    return { ...base, approval, parts: [{ id, job }], legs: [] };
  }
  const { combinations } = job.matrix;
  const names = new Identifiers();
  const legs = legNames(combinations).map(name => names.take(/^[A-Za-z]/.test(name) ? name : `leg_${name}`));
  if (!deployment) {
    return { ...base, approval, parts: [{ id, job }], legs };
  }
  const parts = combinations.map((combination, i) => {
    const known = (axis: string): Text => combination[axis] ? [combination[axis]] : [];
    const own = rewriteJob(job, { rewrite: value => value.kind === 'matrix' ? known(value.axis) : value, matches: globMatches });
    return { id: ids.take(`${id}_${legs[i]}`), job: own, leg: legs[i] };
  });
  return { ...base, approval, parts, legs: [] };
}
