import type { ApiObjectMetadata } from 'cdk8s';
import type { ParamSpec, ResultSpec } from './param-props';
import type { ContainerFields, Sidecar, Step } from './step-props';
import type { WorkspaceDeclaration } from './workspace-props';

/** What a Task is. */
export interface TaskSpec {
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
   * What it gives. All results of a Task together have at most 4,096 bytes, less what Tekton needs.
   *
   * @default - nothing
   */
  readonly results?: ResultSpec[];

  /**
   * Folders that it needs.
   *
   * @default - none
   */
  readonly workspaces?: WorkspaceDeclaration[];

  /** The steps, one after the other, in one pod. At least one. */
  readonly steps: Step[];

  /**
   * What all steps have unless they say otherwise.
   *
   * @default - nothing
   */
  readonly stepTemplate?: ContainerFields;

  /**
   * Containers beside the steps.
   *
   * @default - none
   */
  readonly sidecars?: Sidecar[];

  /**
   * Volumes as Kubernetes has them.
   *
   * @default - none
   */
  readonly volumes?: any[];
}

/** Properties of a `Task`. */
export interface TaskProps extends TaskSpec {
  /**
   * Name, namespace, labels and annotations. The name has at most 63 characters.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;
}
