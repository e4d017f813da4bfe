import { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import * as messages from './messages';
import { Diagnostics } from '../../../core/diagnostics/diagnostics';
import { anything, isHttp, mapOf, oneOf, struct, text } from '../../../core/shape';

/** Where alerts go. */
export enum AlertProviderType {
  /** Slack. */
  SLACK = 'slack',
  /** Microsoft Teams. */
  MSTEAMS = 'msteams',
  /** Discord. */
  DISCORD = 'discord',
  /** Rocket.Chat. */
  ROCKET = 'rocket',
  /** Google Chat. */
  GCHAT = 'gchat',
}

/** Properties of an `AlertProvider`. Exactly one of `secretRef` and `address` is needed, else FW680 is thrown. */
export interface AlertProviderProps {
  /**
   * Name, namespace, labels and annotations.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /** Where alerts go. */
  readonly type: AlertProviderType;

  /**
   * The name of the Secret with the key `address`, in the same namespace. Slack also reads `token`.
   *
   * @default - `address`
   */
  readonly secretRef?: string;

  /**
   * The webhook address, in clear text. Warned of by FW681.
   *
   * @default - `secretRef`
   */
  readonly address?: string;

  /**
   * The channel, for Slack, Discord and Rocket.Chat.
   *
   * @default general
   */
  readonly channel?: string;

  /**
   * The name of the sender, for Slack, Discord and Rocket.Chat.
   *
   * @default flagger
   */
  readonly username?: string;

  /**
   * The URL of a proxy.
   *
   * @default - none
   */
  readonly proxy?: string;
}

/** A Flagger `AlertProvider` (flagger.app/v1beta1), in any cdk8s chart: a chat that Canaries report to. */
export class AlertProvider extends ApiObject {
  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the provider. Throws FW650 to FW652, FW670 and FW680; warns FW681 for an address in clear text
   */
  public constructor(scope: Construct, id: string, props: AlertProviderProps) {
    checkProvider(`${scope.node.path}/${id}`, props ?? {});
    const { metadata, secretRef, ...spec } = props;
    super(scope, id, {
      apiVersion: 'flagger.app/v1beta1',
      kind: 'AlertProvider',
      metadata: { ...metadata },
      spec: { ...spec, ...(secretRef === undefined ? {} : { secretRef: { name: secretRef } }) },
    });
    if (props.address !== undefined) {
      Diagnostics.of(this).addCheck({ check: () => [messages.clearAddress.at(this, { type: props.type })] });
    }
  }
}

const SHAPE = struct({
  metadata: mapOf(anything), type: oneOf(AlertProviderType), secretRef: text, address: text, channel: text, username: text, proxy: text,
}, ['type']);

/** Those that read a channel and a name (pkg/notifier/factory.go). */
const NAMED = [AlertProviderType.SLACK, AlertProviderType.DISCORD, AlertProviderType.ROCKET];

function checkProvider(path: string, props: Partial<AlertProviderProps>): void {
  SHAPE({ path, kind: 'AlertProvider', field: '', messages }, props);
  const given = (['address', 'secretRef'] as const).filter(field => props[field] !== undefined);
  if (given.length !== 1) {
    throw messages.alertAddress.error(path, { given });
  }
  for (const field of ['address', 'proxy'] as const) {
    if (props[field] !== undefined && !isHttp(props[field])) {
      throw messages.invalidField.error(path, { kind: 'AlertProvider', field, value: field === 'proxy' ? props[field] : '…', fault: 'is no http or https URL' });
    }
  }
  const idle = (['channel', 'username'] as const).find(field => props[field] !== undefined && !NAMED.includes(props.type!));
  if (idle) {
    throw messages.idleField.error(path, { field: idle, provider: props.type!, readBy: NAMED });
  }
}
