import type { ApiObjectMetadata } from 'cdk8s';

/** The type of a param. */
export enum ParamType {
  /** A text. */
  STRING = 'string',
  /** A list of texts. */
  ARRAY = 'array',
  /** A map of texts; its keys are declared as `properties`. */
  OBJECT = 'object',
}

/** What happens when a step or a task fails. */
export enum OnError {
  /** Go on with the next one. */
  CONTINUE = 'continue',
  /** Stop, and fail. */
  STOP_AND_FAIL = 'stopAndFail',
}

/** How a condition compares. */
export enum WhenOperator {
  /** The input is one of the values. */
  IN = 'in',
  /** The input is none of the values. */
  NOT_IN = 'notin',
}

/** The type of one key of a param or result that is an object. */
export interface PropertySpec {
  /** Tekton knows `string` alone. */
  readonly type: ParamType;
}

/** A param that a Task or Pipeline takes. */
export interface ParamSpec {
  /** Letters, digits, `_`, `-` and `.`, beginning with a letter or `_`. No dots for an object. */
  readonly name: string;

  /**
   * What it is.
   *
   * @default ParamType.STRING, or what the default and the properties tell
   */
  readonly type?: ParamType;

  /**
   * For people.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * The keys of an object.
   *
   * @default - none
   */
  readonly properties?: { [key: string]: PropertySpec };

  /**
   * The value when none is given: a text, a list of texts, or a map of texts. Another type than `type` throws FW1233.
   *
   * @default - a value must be given
   */
  readonly default?: any;

  /**
   * The texts that are allowed. Needs the feature flag `enable-param-enum` (FW1234).
   *
   * @default - every text
   */
  readonly enum?: string[];
}

/** A value for a param. */
export interface Param {
  /** The name of the param. */
  readonly name: string;

  /** A text, a list of texts, or a map of texts. */
  readonly value: any;
}

/** A result that a Task or a step gives. */
export interface ResultSpec {
  /** Letters, digits, `_`, `-` and `.`; begins and ends with a letter or digit. The step writes to `$(results.<name>.path)`, or to `$(step.results.<name>.path)`. */
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

  /**
   * The keys of an object.
   *
   * @default - none
   */
  readonly properties?: { [key: string]: PropertySpec };

  /**
   * Of a Task only: the result of a step that it takes, `$(steps.<step>.results.<result>)`.
   *
   * @default - what the steps write to the path of the result
   */
  readonly value?: string;
}

/** A folder that a Task or Pipeline needs. */
export interface WorkspaceDeclaration {
  /** The name. */
  readonly name: string;

  /**
   * For people.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Where it is mounted. Of a Task only.
   *
   * @default /workspace/<name>
   */
  readonly mountPath?: string;

  /**
   * Whether it may not be written. Of a Task only.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * Whether it may be left unbound; `$(workspaces.<name>.bound)` tells.
   *
   * @default false
   */
  readonly optional?: boolean;
}

/** A workspace that one step sees. The others do not, then. */
export interface WorkspaceUsage {
  /** The name of a workspace of the Task. */
  readonly name: string;

  /** Where it is mounted in this container. */
  readonly mountPath: string;
}

/** A condition: of a text, or with a feature flag of an expression. */
export interface WhenExpression {
  /**
   * What is compared: a text with references.
   *
   * @default - `cel` says all
   */
  readonly input?: string;

  /**
   * How it is compared.
   *
   * @default - `cel` says all
   */
  readonly operator?: WhenOperator;

  /**
   * What it is compared with. At least one.
   *
   * @default - `cel` says all
   */
  readonly values?: string[];

  /**
   * An expression in CEL. Needs the feature flag `enable-cel-in-whenexpression` (FW1234).
   *
   * @default - input, operator and values
   */
  readonly cel?: string;
}

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
