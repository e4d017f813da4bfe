import type { OnError, WhenExpression } from './flow-props';
import type { Param, ResultSpec } from './param-props';
import type { WorkspaceUsage } from './workspace-props';

/** What containers of a Task have in common. */
export interface ContainerFields {
  /**
   * The image. A step needs one, unless it has `ref` or the template of the steps has one.
   *
   * @default - that of the template of the steps
   */
  readonly image?: string;

  /**
   * The entrypoint. Not with `script`.
   *
   * @default - that of the image
   */
  readonly command?: string[];

  /**
   * The arguments.
   *
   * @default - those of the image
   */
  readonly args?: string[];

  /**
   * The folder that it starts in.
   *
   * @default - that of the image
   */
  readonly workingDir?: string;

  /**
   * Environment variables as Kubernetes has them: `name` with `value` or `valueFrom`.
   *
   * @default - none
   */
  readonly env?: any[];

  /**
   * Sources of environment variables as Kubernetes has them.
   *
   * @default - none
   */
  readonly envFrom?: any[];

  /**
   * What it needs and may use: `requests` and `limits` as Kubernetes has them.
   *
   * @default - nothing is said
   */
  readonly computeResources?: any;

  /**
   * Volumes that are mounted, as Kubernetes has them. Nothing below `/tekton/` but `/tekton/home`, and no name that begins with `tekton-internal-` (FW1221).
   *
   * @default - none
   */
  readonly volumeMounts?: any[];

  /**
   * Block devices that are mounted, as Kubernetes has them.
   *
   * @default - none
   */
  readonly volumeDevices?: any[];

  /**
   * When the image is pulled: `Always`, `IfNotPresent` or `Never`.
   *
   * @default - as Kubernetes does by the tag
   */
  readonly imagePullPolicy?: string;

  /**
   * The security context of the container, as Kubernetes has it.
   *
   * @default - nothing is said
   */
  readonly securityContext?: any;
}

/** A step that stands elsewhere: a StepAction in the namespace, or what a resolver finds. */
export interface StepRef {
  /**
   * The name of a StepAction.
   *
   * @default - the resolver finds it
   */
  readonly name?: string;

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

/** A file that gets what a step prints. */
export interface StepOutputConfig {
  /** The path of the file. */
  readonly path: string;
}

/** One step of a Task: a container. */
export interface Step extends ContainerFields {
  /**
   * A DNS label, unique in the Task.
   *
   * @default - `unnamed-<number>`
   */
  readonly name?: string;

  /**
   * For people.
   *
   * @default - none
   */
  readonly displayName?: string;

  /**
   * What is run, by `sh -e` unless it begins with `#!`. Tekton puts values in place of `$(params.x)`: prefer `env`, which no shell reads as code.
   *
   * @default - the command
   */
  readonly script?: string;

  /**
   * How long it may take: `5m`.
   *
   * @default - as long as the Task
   */
  readonly timeout?: string;

  /**
   * Workspaces that this step sees, and those without such a field do not.
   *
   * @default - all of the Task
   */
  readonly workspaces?: WorkspaceUsage[];

  /**
   * What happens when it fails.
   *
   * @default OnError.STOP_AND_FAIL
   */
  readonly onError?: OnError;

  /**
   * Where what it prints goes as well. Needs alpha features (FW1234).
   *
   * @default - the log alone
   */
  readonly stdoutConfig?: StepOutputConfig;

  /**
   * Where what it prints as errors goes as well. Needs alpha features (FW1234).
   *
   * @default - the log alone
   */
  readonly stderrConfig?: StepOutputConfig;

  /**
   * A step that stands elsewhere. Then image, command, args, script, workingDir, env, volumeMounts and results are not given (FW1225).
   *
   * @default - this one
   */
  readonly ref?: StepRef;

  /**
   * Values for the params of `ref` (FW1230 without it).
   *
   * @default - none
   */
  readonly params?: Param[];

  /**
   * Results of the step.
   *
   * @default - none
   */
  readonly results?: ResultSpec[];

  /**
   * When it runs; all must hold.
   *
   * @default - always
   */
  readonly when?: WhenExpression[];
}

/** A container that runs beside the steps, and is stopped after them. */
export interface Sidecar extends ContainerFields {
  /** A DNS label. `tekton-log-results` is kept (FW1226). */
  readonly name: string;

  /**
   * What is run. Not with `command`.
   *
   * @default - the command
   */
  readonly script?: string;

  /**
   * Ports, as Kubernetes has them.
   *
   * @default - none
   */
  readonly ports?: any[];

  /**
   * When it is ready; the steps wait for it. As Kubernetes has it.
   *
   * @default - when it runs
   */
  readonly readinessProbe?: any;

  /**
   * When it is alive, as Kubernetes has it.
   *
   * @default - while it runs
   */
  readonly livenessProbe?: any;

  /**
   * When it has started, as Kubernetes has it.
   *
   * @default - when it runs
   */
  readonly startupProbe?: any;

  /**
   * What is done after its start and before its end, as Kubernetes has it.
   *
   * @default - nothing
   */
  readonly lifecycle?: any;

  /**
   * Workspaces that it sees.
   *
   * @default - all of the Task
   */
  readonly workspaces?: WorkspaceUsage[];
}
