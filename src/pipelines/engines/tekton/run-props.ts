import type { ApiObjectMetadata } from 'cdk8s';
import type { Param } from './param-props';
import type { PipelineSpec, TaskRef } from './pipeline-props';
import type { WorkspaceBinding } from './workspace-props';

/** How long a run may take. */
export interface Timeouts {
  /**
   * All of it. `0` is for ever.
   *
   * @default 1h
   */
  readonly pipeline?: string;

  /**
   * The tasks.
   *
   * @default - what is left of `pipeline`
   */
  readonly tasks?: string;

  /**
   * The `finally` tasks.
   *
   * @default - what is left of `pipeline`
   */
  readonly finally?: string;
}

/** What pods of a run have. */
export interface TaskRunTemplate {
  /**
   * The ServiceAccount of the pods.
   *
   * @default - that of Tekton's settings, `default`
   */
  readonly serviceAccountName?: string;

  /**
   * Parts of the pods, as Tekton has them (pkg/apis/pipeline/pod/template.go): securityContext, nodeSelector, tolerations, volumes.
   *
   * @default - nothing
   */
  readonly podTemplate?: any;
}

/** What one task of a run has. */
export interface TaskRunSpec extends TaskRunTemplate {
  /** The name of the task in the Pipeline. */
  readonly pipelineTaskName: string;

  /**
   * What the task needs and may use, as Kubernetes has it.
   *
   * @default - nothing is said
   */
  readonly computeResources?: any;

  /**
   * How long it may take.
   *
   * @default - what the Pipeline says
   */
  readonly timeout?: string;

  /**
   * Labels and annotations of its TaskRun.
   *
   * @default - none
   */
  readonly metadata?: any;
}

/** What a PipelineRun is. */
export interface PipelineRunSpec {
  /**
   * The Pipeline. Either this or `pipelineSpec`.
   *
   * @default - `pipelineSpec`
   */
  readonly pipelineRef?: TaskRef;

  /**
   * The Pipeline, written here.
   *
   * @default - `pipelineRef`
   */
  readonly pipelineSpec?: PipelineSpec;

  /**
   * Values for the params of the Pipeline.
   *
   * @default - none
   */
  readonly params?: Param[];

  /**
   * What the workspaces of the Pipeline are.
   *
   * @default - none
   */
  readonly workspaces?: WorkspaceBinding[];

  /**
   * How long it may take.
   *
   * @default - one hour
   */
  readonly timeouts?: Timeouts;

  /**
   * What all its pods have.
   *
   * @default - nothing
   */
  readonly taskRunTemplate?: TaskRunTemplate;

  /**
   * What the pods of some tasks have.
   *
   * @default - nothing
   */
  readonly taskRunSpecs?: TaskRunSpec[];

  /**
   * `PipelineRunPending` starts nothing until it is taken out.
   *
   * @default - it starts at once
   */
  readonly status?: string;
}

/** Properties of a `PipelineRun`. */
export interface PipelineRunProps extends PipelineRunSpec {
  /**
   * Name, namespace, labels and annotations. The name has at most 63 characters.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;
}
