import { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { at, bounded, expression, metadata, named, objectName, timeout } from './fields';
import * as messages from './messages';
import { COMMIT_STATUS, IDENTITIES, OTHER_ADDRESSES, PROVIDER_TRAITS } from './provider-traits';
import { ProviderType } from './provider-type';
import { transportWarnings, warn } from './source-checks';
import { registerForTree } from './tree-check';
import type { Finding } from '../../../core/diagnostics/finding';
import { flag, isHttp, oneOf, plain, struct } from '../../../core/shape';

/** Properties of a `Provider`. What each type needs is checked (FW568). */
export interface ProviderProps {
  /**
   * Name, namespace, labels and annotations.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /** What is sent to. */
  readonly type: ProviderType;

  /**
   * The address: of the webhook, of the server, of the repository. FW570 warns of one that is a secret itself; it then stands in the Secret, in the key `address`.
   *
   * @default - the key `address` of the Secret
   */
  readonly address?: string;

  /**
   * The Secret with `token`, `username` and `password`, `address` or `headers`.
   *
   * @default - none
   */
  readonly secretRef?: string;

  /**
   * The channel, the room, the topic, the subject or the routing key.
   *
   * @default - that of the webhook
   */
  readonly channel?: string;

  /**
   * The name of the sender.
   *
   * @default - that of Flux
   */
  readonly username?: string;

  /**
   * The service account whose identity is used, for Azure and Google Cloud.
   *
   * @default - that of the controller
   */
  readonly serviceAccountName?: string;

  /**
   * The Secret with certificates.
   *
   * @default - those of the system
   */
  readonly certSecretRef?: string;

  /**
   * The Secret with the address of a proxy.
   *
   * @default - none
   */
  readonly proxySecretRef?: string;

  /**
   * A CEL expression that gives the name of a commit status, for types that set one.
   *
   * @default - the kind and the name of the object, and a part of the id of the Provider
   */
  readonly commitStatusExpr?: string;

  /**
   * How long it may take to send an event. Without hours: `15s`, `1m`.
   *
   * @default 15s
   */
  readonly timeout?: string;

  /**
   * Whether nothing is done for now.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/** A Flux `Provider` (notification.toolkit.fluxcd.io/v1beta3), in any cdk8s chart: where Alerts are sent. Fields that have no property here are set with `addJsonPatch`. */
export class Provider extends ApiObject {
  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the provider. Throws FW550 to FW553, FW560 to FW563, FW567 and FW568; warns FW559 and FW570
   */
  public constructor(scope: Construct, id: string, props: ProviderProps) {
    checkProvider(`${scope.node.path}/${id}`, props ?? {});
    const { metadata: _, secretRef, certSecretRef, proxySecretRef, ...rest } = props;
    super(scope, id, {
      apiVersion: 'notification.toolkit.fluxcd.io/v1beta3',
      kind: 'Provider',
      metadata: { ...props.metadata },
      spec: plain({ ...rest, secretRef: named(secretRef), certSecretRef: named(certSecretRef), proxySecretRef: named(proxySecretRef) }),
    });
    warn(this, path => warningsOf(path, props));
    registerForTree(this, {});
  }
}

const SHAPE = struct({
  metadata,
  type: oneOf(ProviderType),
  address: bounded(2048, /^[^\s\p{C}]+$/u),
  secretRef: objectName,
  channel: bounded(2048),
  username: bounded(2048),
  serviceAccountName: objectName,
  certSecretRef: objectName,
  proxySecretRef: objectName,
  commitStatusExpr: expression,
  timeout,
  suspend: flag,
}, ['type']);

function checkProvider(path: string, props: Partial<ProviderProps>): void {
  const kind = 'Provider';
  SHAPE(at(path, kind), props);
  const type = props.type!;
  const traits = PROVIDER_TRAITS[type];
  const missing = (field: string, why: string) => messages.missingForType.error(path, { kind, type, field, why });
  if (props.commitStatusExpr !== undefined && !COMMIT_STATUS.includes(type)) {
    throw messages.refusedTogether.error(path, { kind, field: 'commitStatusExpr', fault: `is for ${COMMIT_STATUS.join(', ')} only` });
  }
  if (props.serviceAccountName !== undefined && !IDENTITIES.includes(type)) {
    throw messages.idleField.error(path, { kind, field: 'serviceAccountName', fault: `is read by ${IDENTITIES.join(', ')} only` });
  }
  if (traits.address && props.address === undefined && props.secretRef === undefined) {
    throw missing('address', 'there is none in a Secret either');
  }
  if (traits.channel !== undefined && props.channel === undefined) {
    throw missing('channel', `it is ${traits.channel}`);
  }
  if (traits.secret !== undefined && props.secretRef === undefined && !traits.identity) {
    throw missing('secretRef', traits.secret);
  }
  if (type === ProviderType.ZULIP && !/^[^/]+\/[^/]+$/.test(props.channel!)) {
    throw messages.invalidField.error(path, { kind, field: 'channel', value: props.channel, fault: 'is not of the form <channel>/<topic>' });
  }
  checkAddress(path, type, props.address);
}

function checkAddress(path: string, type: ProviderType, address: string | undefined): void {
  const kind = 'Provider';
  if (address === undefined) {
    return;
  }
  if (!OTHER_ADDRESSES.includes(type) && !isHttp(address)) {
    throw messages.invalidUrl.error(path, { kind, field: 'address', value: address, fault: 'is no URL with https:// or http://' });
  }
  if (type !== ProviderType.SENTRY && /^[a-z]+:\/\/[^/]*@/.test(address) && !/^ssh:\/\/[^/:]*@/.test(address)) {
    throw messages.credentialsInUrl.error(path, { kind, field: 'address' });
  }
}

/** Types whose address is a secret: whoever has it may send. */
const SECRET_ADDRESSES = [
  ProviderType.DISCORD, ProviderType.MSTEAMS, ProviderType.ROCKET, ProviderType.GOOGLE_CHAT, ProviderType.SENTRY, ProviderType.LARK,
];

function warningsOf(path: string, { type, address, channel }: ProviderProps): Finding[] {
  const kind = 'Provider';
  const isSecret = address !== undefined && (SECRET_ADDRESSES.includes(type) || /hooks\.slack\.com|SharedAccessKey=/.test(address));
  return [
    ...transportWarnings(path, kind, 'address', address),
    ...(isSecret ? [messages.inlineSecret.at(path, { kind, field: 'address' })] : []),
    ...(type === ProviderType.PAGERDUTY && channel !== undefined ? [messages.inlineSecret.at(path, { kind, field: 'channel' })] : []),
  ];
}
