import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { buildGraph } from './build/graph-builder';
import { checkId, checkShape, line, lineOrValue, ours, timeout } from './check';
import { Concurrency } from './concurrency';
import type { PipelineGraph } from './graph';
import type { PipelineJob } from './job';
import { JobOwner } from './job-owner';
import { LoweredPipeline } from './lowered';
import * as messages from './messages';
import { PipelinePatch } from './patch';
import { PipelineRepository, pipelineRepository } from './pipeline-repository';
import { PipelineSystem } from './pipeline-system';
import { Runner } from './runner';
import type { Stage } from './stage';
import { Trigger } from './trigger';
import { Value } from './value';
import { checkedVariables } from './variables';
import { Diagnostics } from '../core/diagnostics/diagnostics';
import type { Finding } from '../core/diagnostics/finding';
import { Phase, Platform } from '../core/platform';
import { listOf } from '../core/shape';

/** Properties of a `Pipeline`. */
export interface PipelineProps {
  /** The system that runs it, from `PipelineEngine`. */
  readonly engine: PipelineSystem;

  /**
   * What people see.
   *
   * @default - the id
   */
  readonly name?: string;

  /**
   * What starts it. More can be added by `addTrigger`; at least one is needed (FW1008).
   *
   * @default - none yet
   */
  readonly triggers?: Trigger[];

  /**
   * What a run is called. Contexts can stand in it.
   *
   * @default - as the system does
   */
  readonly runName?: string | Value;

  /**
   * Environment variables of all jobs. Contexts can stand in them, no secrets.
   *
   * @default - none
   */
  readonly env?: Record<string, string | Value>;

  /**
   * Which runs exclude each other.
   *
   * @default Concurrency.perRef()
   */
  readonly concurrency?: Concurrency;

  /**
   * What its jobs run on, where they don't say otherwise.
   *
   * @default Runner.linux()
   */
  readonly runner?: Runner;

  /**
   * How long a job may take, where it doesn't say otherwise.
   *
   * @default Duration.minutes(30)
   */
  readonly timeout?: Duration;

  /**
   * The repository that it stands in, where that is not the repository of the platform.
   *
   * @default - that of the platform
   */
  readonly repository?: PipelineRepository;
}

/**
 * A pipeline: jobs, what they hand to each other, and what starts them. Written once; the engine makes of it what its system runs, with the same
 * meaning on each. What a system cannot do is an error where something would get less safe or behave differently (FW1090), else a warning (FW1091).
 *
 * Jobs run as soon as what they read is there. Nothing that is known only when the pipeline runs gets into the text of a script.
 */
export class Pipeline extends JobOwner {
  /** Whether a construct is a pipeline. */
  public static isPipeline(x: any): x is Pipeline {
    return x !== null && typeof x === 'object' && PIPELINE in x;
  }

  /** What people see. */
  public readonly name: string;

  /** The system that runs it. */
  public readonly engine: PipelineSystem;

  /** The repository that it stands in, where that is not the repository of the platform. */
  public readonly repository?: PipelineRepository;

  /** @internal */
  public readonly _isTemplate = false;
  /** @internal */
  public readonly _runName?: string | Value;
  /** @internal */
  public readonly _env: Readonly<Record<string, string | Value>>;
  /** @internal */
  public readonly _concurrency: Concurrency;
  /** @internal */
  public readonly _defaults: { readonly timeoutMinutes: number; readonly runner: Runner['_runner'] };

  private readonly started: Trigger[];
  private readonly staged: Stage[] = [];
  private readonly changed: PipelinePatch[] = [];
  private graph?: PipelineGraph;
  private readonly output: LoweredPipeline;

  /**
   * @param scope a construct in a `Platform`. Throws FW110 outside of one
   * @param id a DNS label, of which the file is named. Throws FW1004
   * @param props the pipeline. Throws FW1000 to FW1004, FW1031; FW1042 and FW1056 for the repository
   */
  public constructor(scope: Construct, id: string, props: PipelineProps) {
    super(scope, checkId(scope?.node?.path ?? '', 'pipeline', id));
    Object.defineProperty(this, PIPELINE, { value: true });
    const platform = Platform.ofConstruct(this);
    platform._refuseWhenLowered(this, `pipeline ${JSON.stringify(id)}`);
    checkShape(this.node.path, 'pipeline', props, {
      engine: ours('PipelineEngine', '_backend'),
      name: line,
      triggers: listOf(ours('Trigger', '_trigger')),
      runName: lineOrValue,
      env: (at, value) => void checkedVariables(at.path, 'pipeline', value),
      concurrency: ours('Concurrency', '_onNew'),
      runner: ours('Runner', '_runner'),
      timeout,
      repository: pipelineRepository,
    }, ['engine']);
    this.engine = props.engine;
    this.name = props.name ?? id;
    this.repository = props.repository && { ...props.repository };
    this._runName = props.runName;
    this._env = checkedVariables(this.node.path, 'pipeline', props.env);
    this._concurrency = props.concurrency ?? Concurrency.perRef();
    this._defaults = { timeoutMinutes: props.timeout?.toMinutes() ?? 30, runner: props.runner?._runner ?? { os: 'linux', arch: 'x64', labels: [] } };
    this.started = [...props.triggers ?? []];
    this.output = new LoweredPipeline(this);
    platform._onLower(Phase.PIPELINES, () => this.output.write());
    platform._describe('explanations', this.node.path, () => ({ engine: this.engine.title, text: this.explain() }));
    Diagnostics.of(this).addCheck({ check: () => this.output.findings });
  }

  /**
   * Adds what starts it.
   *
   * @param trigger a trigger; of each kind but schedules there is one (FW1027). Throws FW1001, and FW1044 when the pipeline has been built
   */
  public addTrigger(trigger: Trigger): void {
    ours('Trigger', '_trigger')({ path: this.node.path, kind: 'pipeline', field: 'trigger', messages }, trigger);
    this._refuseWhenBuilt(this);
    this.started.push(trigger);
  }

  /**
   * Changes what is made for a system, at the end.
   *
   * @param patch the change. Throws FW1001, FW1009 for a job of another pipeline, and FW1044 when the pipeline has been built
   */
  public addPatch(patch: PipelinePatch): void {
    ours('PipelinePatch', '_operations')({ path: this.node.path, kind: 'pipeline', field: 'patch', messages }, patch);
    this._refuseWhenBuilt(this);
    const job: PipelineJob | undefined = patch._options.job;
    if (job && job._owner !== this) {
      throw messages.foreignJob.error(this, { job: this.node.id, other: job.id, where: job._owner.node.path, how: 'changes' });
    }
    this.changed.push(patch);
  }

  /**
   * What is wrong or unwise: with the pipeline, and with what its system makes of it. The pipeline is built for it: what is declared afterwards is
   * refused (FW1044).
   */
  public findings(): Finding[] {
    return this.output.findings;
  }

  /**
   * What the system does with each part of this pipeline: native, emulated (how), approximated or unsupported; changes of the output; and
   * what remains to be set up beside the files. The pipeline is built for it: what is declared afterwards is refused (FW1044).
   */
  public explain(): string {
    return this.output.explain();
  }

  /** The jobs and what they wait for, in the language of Graphviz. The pipeline is built for it. Throws what is wrong with it. */
  public renderDot(): string {
    const { id, jobs } = this._graph();
    const edges = jobs.flatMap(job => job.needs.map(({ job: needed, reasons }) =>
      `  ${JSON.stringify(needed)} -> ${JSON.stringify(job.id)}${reasons.includes('order') && reasons.length === 1 ? '' : ` [label=${JSON.stringify(reasons.join(', '))}]`};`));
    return [`digraph ${JSON.stringify(id)} {`, '  rankdir=LR;', ...jobs.map(job => `  ${JSON.stringify(job.id)};`), ...edges, '}', ''].join('\n');
  }

  /** @internal */
  public _graph(): PipelineGraph {
    if (this.graph === undefined) {
      this.graph = buildGraph(this);
      this._markBuilt();
    }
    return this.graph;
  }

  /** @internal */
  public _addStage(stage: Stage): void {
    this._refuseWhenBuilt(stage);
    this.staged.push(stage);
  }

  /** @internal */
  public get _stages(): readonly Stage[] {
    return this.staged;
  }

  /** @internal */
  public get _triggers(): readonly Trigger[] {
    return this.started;
  }

  /** @internal */
  public get _patches(): readonly PipelinePatch[] {
    return this.changed;
  }
}

const PIPELINE = Symbol.for('cdk8s-fairway.Pipeline');
