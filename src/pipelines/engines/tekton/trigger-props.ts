import type { ApiObjectMetadata } from 'cdk8s';

/** What reads events before they start something. */
export enum InterceptorKind {
  /** In the whole cluster: `github`, `gitlab`, `bitbucket`, `slack` and `cel` come with Triggers. */
  CLUSTER = 'ClusterInterceptor',
  /** In the namespace. */
  NAMESPACED = 'NamespacedInterceptor',
}

/** A key of a Secret, as interceptors name it. */
export interface SecretKeyRef {
  /** The Secret, in the namespace of the trigger. */
  readonly secretName: string;

  /** The key in it. */
  readonly secretKey: string;
}

/** A value that a CEL interceptor adds to the event: `$(extensions.<key>)`. */
export interface CelOverlay {
  /** The path in `extensions`. */
  readonly key: string;

  /** The expression in CEL. */
  readonly expression: string;
}

/** A value for a param of an interceptor. */
export interface InterceptorParam {
  /** The name: `secretRef`, `eventTypes`, `filter`. */
  readonly name: string;

  /** Plain data. */
  readonly value: any;
}

/** Options of the GitHub interceptor. */
export interface GitHubInterceptorOptions {
  /** The secret that GitHub signs with. Without it, anybody who reaches the listener starts runs. */
  readonly secretRef: SecretKeyRef;

  /** The events that are let through: `push`, `pull_request`. */
  readonly eventTypes: string[];

  /**
   * Whether `extensions.changed_files` is added. For private repositories also `personalAccessToken`.
   *
   * @default false
   */
  readonly addChangedFiles?: boolean;

  /**
   * The token that changed files are asked for with.
   *
   * @default - none
   */
  readonly personalAccessToken?: SecretKeyRef;
}

/** Options of the GitLab interceptor. */
export interface GitLabInterceptorOptions {
  /** The token that GitLab sends. Without it, anybody who reaches the listener starts runs. */
  readonly secretRef: SecretKeyRef;

  /** The events that are let through: `Push Hook`, `Tag Push Hook`, `Merge Request Hook`. */
  readonly eventTypes: string[];
}

/** A param of a trigger: of a binding, or written in the trigger. Either `ref` or `name` with `value` (FW1225). */
export interface BindingRef {
  /**
   * The name of a binding.
   *
   * @default - name and value
   */
  readonly ref?: string;

  /**
   * `TriggerBinding` or `ClusterTriggerBinding`.
   *
   * @default TriggerBinding
   */
  readonly kind?: string;

  /**
   * The name of a param.
   *
   * @default - `ref`
   */
  readonly name?: string;

  /**
   * Its value: a text with `$(body.x)`, `$(header.x)` and `$(extensions.x)`.
   *
   * @default - `ref`
   */
  readonly value?: string;
}

/** A param that a binding takes from an event. */
export interface BindingParam {
  /** The name. */
  readonly name: string;

  /** A text with `$(body.x)`, `$(header.x)`, `$(extensions.x)` and `$(context.eventID)`. */
  readonly value: string;
}

/** A param that a template takes. */
export interface TemplateParam {
  /** The name: `$(tt.params.<name>)`. */
  readonly name: string;

  /**
   * For people.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * The value when no binding gives one.
   *
   * @default - a value must be given
   */
  readonly default?: string;
}

/** Properties of a `TriggerBinding`. */
export interface TriggerBindingProps {
  /**
   * Name, namespace, labels and annotations.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /** The params, each name once. At least one. */
  readonly params: BindingParam[];
}

/** Properties of a `TriggerTemplate`. */
export interface TriggerTemplateProps {
  /**
   * Name, namespace, labels and annotations.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * What it takes.
   *
   * @default - nothing
   */
  readonly params?: TemplateParam[];

  /** What is made for an event: manifests with `$(tt.params.<name>)` in their texts. At least one. */
  readonly resourcetemplates: any[];
}
