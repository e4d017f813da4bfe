import { patternFault } from './constraints';
import { faultOf } from './expressions';
import * as messages from './messages';
import type { PromotionPolicy, StageSelector } from './policies';
import type { WebhookReceiver } from './webhook-receiver';
import { clusterMetadata, labelSelector, metadata, objectName } from '../../../core/object-shape';
import { all, At, Check, distinct, flag, listOf, made, mapOf, oneOf, struct, text, textOrEmpty, textThat } from '../../../core/shape';

/*
 * What the webhooks would refuse of a ProjectConfig and the ClusterConfig (pkg/webhook/kubernetes: projectconfig, clusterconfig, external).
 */

const expression: Check = (at, value) => {
  text(at, value);
  const bare = (value as string).replace(/^\s*\$\{\{([^]*)\}\}\s*$/, '$1');
  const fault = faultOf(bare);
  if (fault !== undefined) {
    throw messages.invalidExpression.error(at.path, { kind: at.kind, field: at.field, value, fault });
  }
};

const links = listOf(struct({ title: text, url: text, description: text, if: expression }, ['title', 'url']));

const target: Check = (at, value) => {
  struct({
    name: text,
    labelSelector,
    matchIndices: listOf(struct({
      key: oneOf({ a: 'subscribedURLs', b: 'receiverPaths' }), operator: oneOf({ a: 'Equals', b: 'NotEquals' }), value: text,
    }, ['key', 'operator', 'value']), 1),
  })(at, value);
  if (Object.values(value as object).every(each => each === undefined)) {
    throw messages.emptyField.error(at.path, { kind: at.kind, field: `${at.field}.name` });
  }
};

const OPTIONS: Record<string, Check> = {
  artifactory: struct({ virtualRepoName: text }),
  generic: struct({
    actions: listOf(struct({ targetSelectionCriteria: listOf(target, 1), whenExpression: expression, parameters: mapOf(textOrEmpty) }, ['targetSelectionCriteria']), 1),
  }, ['actions']),
};

const receiver: Check = (at, value) => {
  made('WebhookReceiver', '_options')(at, value);
  const { _name, _type, _secret, _options } = value as WebhookReceiver;
  objectName({ ...at, field: `${at.field}.name` }, _name);
  objectName({ ...at, field: `${at.field}.${_type}.secretRef` }, _secret);
  OPTIONS[_type]?.({ ...at, field: `${at.field}.${_type}` }, _options);
};

const receivers = all(listOf(receiver), distinct(messages.duplicate, ({ _name }: WebhookReceiver) => _name));

const SELECTORS: Record<StageSelector['_by'], Check> = {
  name: objectName,
  glob: textThat(value => !/\s/.test(value) && (value.match(/\[/g) ?? []).length === (value.match(/\]/g) ?? []).length, 'is no glob pattern'),
  regex: (at, value) => {
    text(at, value);
    const fault = patternFault(value as string);
    if (fault !== undefined) {
      throw messages.invalidSelection.error(at.path, { kind: at.kind, field: at.field, value, fault });
    }
  },
  labels: labelSelector,
};

const stageSelector: Check = (at, value) => {
  made('StageSelector', '_by')(at, value);
  const { _by, _value } = value as StageSelector;
  SELECTORS[_by](at, _value);
};

const policies = all(
  listOf(struct({ stageSelector, autoPromotionEnabled: flag }, ['stageSelector'])),
  distinct(messages.duplicate, ({ stageSelector: { _by, _value } }: PromotionPolicy) => _by === 'name' ? _value : undefined),
);

const COMMON = { webhookReceivers: receivers, freightLinks: links, stageLinks: links };

/** Throws FW920 to FW922, FW924, FW925 and FW927. */
export function checkProjectConfig(path: string, kind: string, props: unknown): void {
  struct({ ...COMMON, metadata, promotionPolicies: policies })({ path, kind, field: '', messages }, props);
}

const email = textThat(value => /^[^\s@]+@[^\s@]+$/.test(value), 'is no address');

/** Throws FW920 to FW922, FW925, FW927 and FW929. */
export function checkClusterConfig(path: string, props: unknown): void {
  const at: At = { path, kind: 'ClusterConfig', field: '', messages };
  struct({ ...COMMON, metadata: clusterMetadata, gitClient: struct({ name: text, email, signingKeySecret: objectName }, ['name', 'email']) })(at, props);
  const name: unknown = (props as { metadata?: { name?: unknown } }).metadata?.name;
  if (name !== undefined && name !== 'cluster') {
    throw messages.wrongName.error(path, { kind: 'ClusterConfig', what: 'name', value: name, fault: 'is not "cluster"' });
  }
}
