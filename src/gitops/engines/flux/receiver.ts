import { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { checkNames, linksTo, receiverResource } from './event-checks';
import type { EventSource } from './event-source';
import { at, expression, interval, metadata, named, objectName, url } from './fields';
import * as messages from './messages';
import { transportWarnings, warn } from './source-checks';
import { registerForTree } from './tree-check';
import { flag, listOf, oneOf, plain, struct, text } from '../../../core/shape';

/** What calls a Receiver. */
export enum ReceiverType {
  /** Anything, without a proof of who calls: the path alone is secret. */
  GENERIC = 'generic',
  /** Anything that signs with the token of the Secret. */
  GENERIC_HMAC = 'generic-hmac',
  /** Anything with a token of OIDC; needs `oidcProviders`. */
  GENERIC_OIDC = 'generic-oidc',
  /** GitHub. */
  GITHUB = 'github',
  /** GitLab. */
  GITLAB = 'gitlab',
  /** Bitbucket Server. */
  BITBUCKET = 'bitbucket',
  /** Harbor. */
  HARBOR = 'harbor',
  /** Docker Hub. */
  DOCKERHUB = 'dockerhub',
  /** Quay. */
  QUAY = 'quay',
  /** Google Container Registry. */
  GCR = 'gcr',
  /** Nexus. */
  NEXUS = 'nexus',
  /** Azure Container Registry. */
  ACR = 'acr',
  /** CDEvents. */
  CDEVENTS = 'cdevents',
}

/** Objects that are reconciled when the Receiver is called. */
export interface ReceiverResource extends EventSource {
  /**
   * A CEL expression over `res` and `req` that says whether the object is meant.
   *
   * @default - it is
   */
  readonly filter?: string;
}

/** What must hold of a token. */
export interface OidcValidation {
  /** A CEL expression over `claims` and `vars` that must be true. */
  readonly expression: string;

  /** What is said when it is not. */
  readonly message: string;
}

/** A name for a part of a token. */
export interface OidcVariable {
  /** The name. */
  readonly name: string;

  /** A CEL expression over `claims`. */
  readonly expression: string;
}

/** Whose tokens are taken. */
export interface OidcProvider {
  /** The issuer: an https URL. */
  readonly issuerURL: string;

  /**
   * The audience that a token must have.
   *
   * @default notification-controller
   */
  readonly audience?: string;

  /** What must hold of a token, at least one thing. */
  readonly validations: OidcValidation[];

  /**
   * Names for parts of a token.
   *
   * @default - none
   */
  readonly variables?: OidcVariable[];
}

/** Properties of a `Receiver`. */
export interface ReceiverProps {
  /**
   * Name, namespace, labels and annotations.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /** What calls. */
  readonly type: ReceiverType;

  /** What is reconciled. The name `*` needs `matchLabels` (FW562). */
  readonly resources: ReceiverResource[];

  /**
   * The events that count, for GITHUB, GITLAB, BITBUCKET and CDEVENTS; for others nobody reads them (FW563).
   *
   * @default - all
   */
  readonly events?: string[];

  /**
   * The Secret with `token`. Needed by every type but GENERIC_OIDC, which must not have it (FW562).
   *
   * @default - none
   */
  readonly secretRef?: string;

  /**
   * Whose tokens are taken, for GENERIC_OIDC only (FW562).
   *
   * @default - none
   */
  readonly oidcProviders?: OidcProvider[];

  /**
   * A CEL expression over `res` and `req` that says whether an object is meant, for all resources.
   *
   * @default - it is
   */
  readonly resourceFilter?: string;

  /**
   * How often the address of the Receiver is made anew from the Secret.
   *
   * @default 10m
   */
  readonly interval?: string;

  /**
   * Whether nothing is done for now.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/** A Flux `Receiver` (notification.toolkit.fluxcd.io/v1), in any cdk8s chart: a webhook that starts a reconciliation. Fields that have no property here are set with `addJsonPatch`. */
export class Receiver extends ApiObject {
  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the receiver. Throws FW550 to FW553, FW560 to FW563 and FW567; warns FW559. Checks over the tree give FW571 and FW572
   */
  public constructor(scope: Construct, id: string, props: ReceiverProps) {
    checkReceiver(`${scope.node.path}/${id}`, props ?? {});
    const { metadata: _, secretRef, ...rest } = props;
    super(scope, id, {
      apiVersion: 'notification.toolkit.fluxcd.io/v1', kind: 'Receiver', metadata: { ...props.metadata }, spec: plain({ ...rest, interval: rest.interval ?? '10m', secretRef: named(secretRef) }),
    });
    warn(this, path => (props.oidcProviders ?? []).flatMap(({ issuerURL }) => transportWarnings(path, 'Receiver', 'issuerURL', issuerURL)));
    registerForTree(this, { references: linksTo('resources', props.resources) });
  }
}

const SHAPE = struct({
  metadata,
  type: oneOf(ReceiverType),
  resources: listOf(receiverResource, 1),
  events: listOf(text),
  secretRef: objectName,
  oidcProviders: listOf(struct({
    issuerURL: url(['https', 'http']),
    audience: text,
    validations: listOf(struct({ expression, message: text }, ['expression', 'message']), 1),
    variables: listOf(struct({ name: text, expression }, ['name', 'expression'])),
  }, ['issuerURL', 'validations'])),
  resourceFilter: expression,
  interval,
  suspend: flag,
}, ['type', 'resources']);

/** The types that read `events` (notification-controller internal/server/receiver_handlers.go). */
const FILTERING = [ReceiverType.GITHUB, ReceiverType.GITLAB, ReceiverType.BITBUCKET, ReceiverType.CDEVENTS];

function checkReceiver(path: string, props: Partial<ReceiverProps>): void {
  const kind = 'Receiver';
  SHAPE(at(path, kind), props);
  const isOidc = props.type === ReceiverType.GENERIC_OIDC;
  const refuse = (field: string, fault: string) => messages.refusedTogether.error(path, { kind, field, fault });
  if (isOidc !== Boolean(props.oidcProviders?.length)) {
    throw refuse('oidcProviders', isOidc ? 'are needed by the type generic-oidc' : 'are for the type generic-oidc only');
  }
  if (isOidc === (props.secretRef !== undefined)) {
    throw refuse('secretRef', isOidc ? 'is not for the type generic-oidc' : `is needed by the type ${props.type}`);
  }
  if (props.events?.length && !FILTERING.includes(props.type!)) {
    throw messages.idleField.error(path, { kind, field: 'events', fault: `are read for ${FILTERING.join(', ')} only` });
  }
  checkNames(path, kind, 'resources', props.resources!);
}
