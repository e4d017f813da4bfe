import type { ApiObjectMetadata } from 'cdk8s';
import type { Interceptor } from './interceptor';
import type { BindingRef, TriggerTemplateProps } from './trigger-props';

/** The template of a trigger: by name, or written here. Exactly one (FW1225). */
export interface TemplateRef {
  /**
   * The name of a TriggerTemplate.
   *
   * @default - `spec`
   */
  readonly ref?: string;

  /**
   * The template itself, without metadata.
   *
   * @default - `ref`
   */
  readonly spec?: TriggerTemplateProps;
}

/** What a trigger is. */
export interface TriggerSpec {
  /**
   * A label value, unique among the triggers of a listener.
   *
   * @default - none
   */
  readonly name?: string;

  /**
   * Params from the event.
   *
   * @default - none
   */
  readonly bindings?: BindingRef[];

  /**
   * What is made. A trigger of a listener may name a Trigger instead.
   *
   * @default - `triggerRef`
   */
  readonly template?: TemplateRef;

  /**
   * What an event has to pass, in order.
   *
   * @default - everything starts something
   */
  readonly interceptors?: Interceptor[];

  /**
   * The ServiceAccount that makes the objects.
   *
   * @default - that of the listener
   */
  readonly serviceAccountName?: string;
}

/** Properties of a `Trigger`. */
export interface TriggerProps extends TriggerSpec {
  /**
   * Name, namespace, labels and annotations.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;
}

/** A trigger of a listener. */
export interface ListenerTrigger extends TriggerSpec {
  /**
   * The name of a Trigger. Then neither template, bindings nor interceptors are given (FW1225).
   *
   * @default - this one
   */
  readonly triggerRef?: string;
}

/** Which objects count, by their namespace. */
export interface NamespaceSelector {
  /** The namespaces; `*` is all. */
  readonly matchNames: string[];
}

/** Interceptors that several triggers share. */
export interface TriggerGroup {
  /** The name. */
  readonly name: string;

  /** What an event has to pass, in order. At least one. */
  readonly interceptors: Interceptor[];

  /** The Triggers that come after: `namespaceSelector`, `labelSelector` or both, as Triggers has them. */
  readonly triggerSelector: any;
}

/** Properties of an `EventListener`. */
export interface EventListenerProps {
  /**
   * Name, namespace, labels and annotations. The name has at most 60 characters: its Service is called `el-<name>`.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * The ServiceAccount that reads triggers and makes objects.
   *
   * @default - `default`
   */
  readonly serviceAccountName?: string;

  /**
   * The triggers. One of triggers, triggerGroups, namespaceSelector and labelSelector must be given.
   *
   * @default - none
   */
  readonly triggers?: ListenerTrigger[];

  /**
   * Interceptors that several triggers share.
   *
   * @default - none
   */
  readonly triggerGroups?: TriggerGroup[];

  /**
   * Triggers of these namespaces count as well.
   *
   * @default - none
   */
  readonly namespaceSelector?: NamespaceSelector;

  /**
   * Triggers with these labels count as well, as Kubernetes has it.
   *
   * @default - none
   */
  readonly labelSelector?: any;

  /**
   * The pod and the Service: `kubernetesResource` or `customResource`, as Triggers has them.
   *
   * @default - one pod, and a Service of type ClusterIP
   */
  readonly resources?: any;

  /**
   * Where CloudEvents are sent.
   *
   * @default - nowhere
   */
  readonly cloudEventURI?: string;
}
