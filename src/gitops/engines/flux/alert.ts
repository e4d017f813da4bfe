import { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { eventSource, linksTo } from './event-checks';
import type { EventSource } from './event-source';
import { at, labels, metadata, named, objectName, pattern } from './fields';
import { registerForTree } from './tree-check';
import { flag, listOf, oneOf, plain, struct } from '../../../core/shape';

/** Which events are told. */
export enum EventSeverity {
  /** All. */
  INFO = 'info',
  /** Failures. */
  ERROR = 'error',
}

/** Properties of an `Alert`. */
export interface AlertProps {
  /**
   * Name, namespace, labels and annotations.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /** The name of the Provider, in the same namespace. */
  readonly provider: string;

  /** Whose events are told. */
  readonly eventSources: EventSource[];

  /**
   * Which events are told.
   *
   * @default EventSeverity.INFO
   */
  readonly eventSeverity?: EventSeverity;

  /**
   * What goes along with each event: `{ env: 'prod' }`.
   *
   * @default - nothing
   */
  readonly eventMetadata?: Record<string, string>;

  /**
   * Regular expressions of Go: a message must match one of them.
   *
   * @default - all messages
   */
  readonly inclusionList?: string[];

  /**
   * Regular expressions of Go: a message that matches one of them is left out.
   *
   * @default - none
   */
  readonly exclusionList?: string[];

  /**
   * Whether nothing is done for now.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/** A Flux `Alert` (notification.toolkit.fluxcd.io/v1beta3), in any cdk8s chart. Fields that have no property here are set with `addJsonPatch`. */
export class Alert extends ApiObject {
  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the alert. Throws FW550 to FW552 and FW576. Checks over the tree give FW571 and FW572
   */
  public constructor(scope: Construct, id: string, props: AlertProps) {
    const path = `${scope.node.path}/${id}`;
    SHAPE(at(path, 'Alert'), props ?? {});
    const { metadata: _, provider, ...rest } = props;
    super(scope, id, {
      apiVersion: 'notification.toolkit.fluxcd.io/v1beta3', kind: 'Alert', metadata: { ...props.metadata }, spec: plain({ ...rest, providerRef: named(provider) }),
    });
    registerForTree(this, { references: [{ field: 'provider', kind: 'Provider', name: provider }, ...linksTo('eventSources', props.eventSources)] });
  }
}

const SHAPE = struct({
  metadata,
  provider: objectName,
  eventSources: listOf(eventSource, 1),
  eventSeverity: oneOf(EventSeverity),
  eventMetadata: labels,
  inclusionList: listOf(pattern),
  exclusionList: listOf(pattern),
  suspend: flag,
}, ['provider', 'eventSources']);
