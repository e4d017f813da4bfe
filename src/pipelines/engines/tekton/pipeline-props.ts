import type { ApiObjectMetadata } from 'cdk8s';
import type { OnError, WhenExpression } from './flow-props';
import type { Param, ParamSpec, ParamType } from './param-props';
import type { TaskSpec } from './task-props';
import type { PipelineTaskWorkspace, WorkspaceDeclaration } from './workspace-props';

/** A Task, a Pipeline or a custom task that stands elsewhere. */
export interface TaskRef {
  /**
   * The name of a Task in the namespace.
   *
   * @default - the resolver finds it
   */
  readonly name?: string;

  /**
   * The kind, for a custom task: `ApprovalTask`.
   *
   * @default Task
   */
  readonly kind?: string;

  /**
   * The API version, for a custom task: `openshift-pipelines.org/v1alpha1`.
   *
   * @default - that of Tekton
   */
  readonly apiVersion?: string;

  /**
   * What finds it: `git`, `bundles`, `hub`, `http`, `cluster`.
   *
   * @default - the namespace
   */
  readonly resolver?: string;

  /**
   * What the resolver is told.
   *
   * @default - nothing
   */
  readonly params?: Param[];
}

/** Combinations that are added to a matrix, or values that are added to some of its combinations. */
export interface MatrixInclude {
  /**
   * For people.
   *
   * @default - none
   */
  readonly name?: string;

  /**
   * Values, each a text.
   *
   * @default - none
   */
  readonly params?: Param[];
}

/** Runs of a task for every combination of values. At most 256 (FW1231). */
export interface Matrix {
  /**
   * The axes; each value is a list of texts, or a reference to one.
   *
   * @default - `include` says all
   */
  readonly params?: Param[];

  /**
   * Combinations that are added.
   *
   * @default - none
   */
  readonly include?: MatrixInclude[];
}

/** One task of a Pipeline. */
export interface PipelineTask {
  /** A DNS label, unique in the Pipeline. */
  readonly name: string;

  /**
   * For people.
   *
   * @default - none
   */
  readonly displayName?: string;

  /**
   * For people, in a sentence.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * The Task. Either this or `taskSpec`.
   *
   * @default - `taskSpec`
   */
  readonly taskRef?: TaskRef;

  /**
   * The Task, written here.
   *
   * @default - `taskRef`
   */
  readonly taskSpec?: TaskSpec;

  /**
   * When it runs; all must hold. A task that is skipped skips those that read its results, not those that only run after it.
   *
   * @default - always
   */
  readonly when?: WhenExpression[];

  /**
   * How many times it is tried again. Not with `onError: continue` (FW1230).
   *
   * @default 0
   */
  readonly retries?: number;

  /**
   * Tasks that come before. Not in `finally` (FW1228).
   *
   * @default - those whose results it reads
   */
  readonly runAfter?: string[];

  /**
   * Values for the params of the Task.
   *
   * @default - none
   */
  readonly params?: Param[];

  /**
   * Runs of the task for every combination of values.
   *
   * @default - one run
   */
  readonly matrix?: Matrix;

  /**
   * What the workspaces of the Task are.
   *
   * @default - none
   */
  readonly workspaces?: PipelineTaskWorkspace[];

  /**
   * How long it may take, with all its tries: `30m`.
   *
   * @default - one hour
   */
  readonly timeout?: string;

  /**
   * What happens when it fails.
   *
   * @default OnError.STOP_AND_FAIL
   */
  readonly onError?: OnError;
}

/** A result of a Pipeline. */
export interface PipelineResult {
  /** The name. */
  readonly name: string;

  /**
   * What it is.
   *
   * @default ParamType.STRING
   */
  readonly type?: ParamType;

  /**
   * For people.
   *
   * @default - none
   */
  readonly description?: string;

  /** The results of tasks that it is made of: `$(tasks.<task>.results.<result>)`. */
  readonly value: any;
}

/** What a Pipeline is. */
export interface PipelineSpec {
  /**
   * For people.
   *
   * @default - none
   */
  readonly displayName?: string;

  /**
   * For people, in a sentence.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * What it takes.
   *
   * @default - nothing
   */
  readonly params?: ParamSpec[];

  /**
   * Folders that it needs. Without mountPath and readOnly, which are of Tasks.
   *
   * @default - none
   */
  readonly workspaces?: WorkspaceDeclaration[];

  /** The tasks. At least one. */
  readonly tasks: PipelineTask[];

  /**
   * Tasks that run at the end, whatever became of the others, all at once.
   *
   * @default - none
   */
  readonly finally?: PipelineTask[];

  /**
   * What it gives.
   *
   * @default - nothing
   */
  readonly results?: PipelineResult[];
}

/** Properties of a `Pipeline`. */
export interface PipelineProps extends PipelineSpec {
  /**
   * Name, namespace, labels and annotations. The name has at most 63 characters.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;
}
