import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { checkId, checkShape, lineOrValue, ours, timeout } from './check';
import { Concurrency } from './concurrency';
import { Condition } from './condition';
import { Grant, Identity } from './grant';
import { JobEnvironment } from './job-environment';
import { JobOwner, ownerOf } from './job-owner';
import { Matrix } from './matrix';
import * as messages from './messages';
import { JobContainer, Runner, ServiceContainer } from './runner';
import { JobStep } from './step';
import { Value } from './value';
import { checkedVariables } from './variables';
import { Check, flag, listOf, whole } from '../core/shape';

/** What all jobs have. */
export interface PipelineJobProps {
  /**
   * What people see.
   *
   * @default - the id
   */
  readonly name?: string | Value;

  /**
   * The jobs that it waits for, beside those whose outputs and artifacts it reads.
   *
   * @default - those whose outputs and artifacts it reads
   */
  readonly dependsOn?: PipelineJob[];

  /**
   * When it runs.
   *
   * @default Condition.success()
   */
  readonly condition?: Condition;
}

/** Properties of a `Job`. */
export interface JobProps extends PipelineJobProps {
  /**
   * What it does, one after the other. More can be added by `addStep`.
   *
   * @default - none yet
   */
  readonly steps?: JobStep[];

  /**
   * Runs the job once for each combination of some values.
   *
   * @default - once
   */
  readonly matrix?: Matrix;

  /**
   * What it runs on.
   *
   * @default - as the pipeline says: Linux, of the system
   */
  readonly runner?: Runner;

  /**
   * The image that its steps run in.
   *
   * @default - none: on the runner itself
   */
  readonly container?: JobContainer;

  /**
   * Containers beside it.
   *
   * @default - none
   */
  readonly services?: ServiceContainer[];

  /**
   * Environment variables of all steps.
   *
   * @default - those of the pipeline alone
   */
  readonly env?: Record<string, string | Value>;

  /**
   * The environment that it deploys to.
   *
   * @default - none, or that of a deploy step
   */
  readonly environment?: JobEnvironment;

  /**
   * Which jobs, of all runs, exclude each other.
   *
   * @default - a job with an environment waits for others of that environment; else none
   */
  readonly concurrency?: Concurrency;

  /**
   * What it may do, beside what its steps need.
   *
   * @default - what its steps need
   */
  readonly grants?: Grant[];

  /**
   * The tokens of OpenID Connect that it gets, beside those that its steps need.
   *
   * @default - what its steps need
   */
  readonly identities?: Identity[];

  /**
   * How often it is tried, from 1 to 3. For failures of machines rather than of programs.
   *
   * @default 1
   */
  readonly attempts?: number;

  /**
   * How long it may take.
   *
   * @default - as the pipeline says: half an hour
   */
  readonly timeout?: Duration;

  /**
   * Whether its failure is no failure of the pipeline.
   *
   * @default false
   */
  readonly allowFailure?: boolean;

  /**
   * Whether it pushes, publishes or deploys something. Then it has no cache.
   *
   * @default - as its steps, its environment and its grants say
   */
  readonly publishes?: boolean;
}

/** The shape of what all jobs have. */
export const JOB_SHAPE: Record<string, Check> = {
  name: lineOrValue,
  dependsOn: listOf(ours('Job', '_isPipelineJob')),
  condition: ours('Condition', '_part'),
};

/** Something of a pipeline that others can wait for: a `Job`, or a use of a template. */
export abstract class PipelineJob extends Construct {
  /** The id, unique in its pipeline. */
  public readonly id: string;

  /** @internal */
  public readonly _isPipelineJob = true;
  /** @internal */
  public readonly _owner: JobOwner;
  /** @internal */
  public readonly _stage?: object;
  /** @internal */
  public readonly _common: PipelineJobProps;

  private readonly needed: PipelineJob[];

  protected constructor(scope: Construct, id: string, common: PipelineJobProps) {
    super(scope, checkId(scope?.node?.path ?? '', 'job', id));
    this.id = id;
    const { owner, stage } = ownerOf(this);
    this._owner = owner;
    this._stage = stage;
    this._common = common;
    this.needed = [...common.dependsOn ?? []];
    owner._add(this);
  }

  /**
   * Makes it wait for another one.
   *
   * @param job a job of the same pipeline. Throws FW1001, and FW1044 when the pipeline has been built; FW1009 and FW1010 at synth
   */
  public addDependency(job: PipelineJob): void {
    ours('Job', '_isPipelineJob')({ path: this.node.path, kind: 'job', field: 'dependency', messages }, job);
    this._owner._refuseWhenBuilt(this);
    this.needed.push(job);
  }

  /** @internal */
  public get _needed(): readonly PipelineJob[] {
    return this.needed;
  }
}

/** Some steps on one runner. */
export class Job extends PipelineJob {
  /** @internal */
  public readonly _props: JobProps;

  private readonly added: JobStep[];

  /**
   * @param scope a `Pipeline`, a `Stage` or a `PipelineTemplate`. Throws FW1043 for something else
   * @param id a DNS label, unique in its pipeline. Throws FW1004 and FW1005
   * @param props the job. Throws FW1000 to FW1004, FW1031, FW1034
   */
  public constructor(scope: Construct, id: string, props: JobProps = {}) {
    const path = `${scope?.node?.path ?? ''}/${String(id)}`;
    checkShape(path, 'job', props, {
      ...JOB_SHAPE,
      steps: listOf(ours('JobStep', '_spec')),
      matrix: ours('Matrix', '_matrix'),
      runner: ours('Runner', '_runner'),
      container: ours('JobContainer', '_image'),
      services: listOf(ours('ServiceContainer', '_name')),
      env: (at, value) => void checkedVariables(at.path, 'job', value),
      environment: ours('JobEnvironment', 'name'),
      concurrency: ours('Concurrency', '_onNew'),
      grants: listOf(ours('Grant', '_grant')),
      identities: listOf(ours('Identity', '_audience')),
      attempts: whole(1, 3),
      timeout,
      allowFailure: flag,
      publishes: flag,
    });
    super(scope, id, props ?? {});
    this._props = { ...props, env: checkedVariables(path, 'job', props?.env) };
    this.added = [...props?.steps ?? []];
    const os = props?.runner?._runner.os;
    if (os !== undefined && os !== 'linux' && (props.container || (props.services ?? []).length > 0)) {
      throw messages.serviceOnRunner.error(this, { job: id, os });
    }
  }

  /**
   * Adds a step, after the others.
   *
   * @param step the step. Throws FW1001, and FW1044 when the pipeline has been built
   */
  public addStep(step: JobStep): void {
    ours('JobStep', '_spec')({ path: this.node.path, kind: 'job', field: 'step', messages }, step);
    this._owner._refuseWhenBuilt(this);
    this.added.push(step);
  }

  /** @internal */
  public get _steps(): readonly JobStep[] {
    return this.added;
  }
}
