import { isSemverConstraint, patternFault, PLATFORM } from './constraints';
import { faultOf } from './expressions';
import * as messages from './messages';
import { CommitSelectionStrategy, ImageSelectionStrategy } from './subscription';
import type { Subscription } from './subscription';
import { FreightCreationPolicy, type WarehouseProps } from './warehouse-props';
import type { Finding } from '../../../core/diagnostics/finding';
import { metadata, namespaceName } from '../../../core/object-shape';
import { all, At, Check, distinct, duration, flag, listOf, made, oneOf, struct, text, textThat, whole } from '../../../core/shape';

/*
 * What the webhook and the discovery of a Warehouse would refuse (pkg/webhook/kubernetes/warehouse, pkg/subscription).
 */

/** Durations in the custom resource definitions. */
export const DURATION = /^([0-9]+(\.[0-9]+)?(s|m|h))+$/;

const selection = (faultOfText: (value: string) => string | undefined): Check => (at, value) => {
  text(at, value);
  const fault = faultOfText(value as string);
  if (fault !== undefined) {
    throw messages.invalidSelection.error(at.path, { kind: at.kind, field: at.field, value, fault });
  }
};

const constraint = selection(value => isSemverConstraint(value) ? undefined : 'is no constraint on semantic versions');
const patterns = listOf(selection(patternFault));

/** An expr-lang expression that stands alone. */
const expression: Check = (at, value) => {
  text(at, value);
  const fault = /\$\{[{%]/.test(value as string) ? 'stands alone, without ${{ }}' : faultOf(value as string);
  if (fault !== undefined) {
    throw messages.invalidExpression.error(at.path, { kind: at.kind, field: at.field, value, fault });
  }
};

const GIT_URL = /^(ssh|https?):\/\/(?:([\w-]+)(:(.+))?@)?([\w-]+(?:\.[\w-]+)*)(?::(\d{1,5}))?(\/.*)$|^([\w-]+)@([\w+]+(?:\.[\w-]+)*):(\/?.*)/;
const IMAGE = /^(\w+([.-]\w+)*(:\d+)?\/)?\w+([.-]\w+)*(\/\w+([.-]\w+)*)*$/;
const CHART_URL = /^(https?|oci):\/\/[\w.-]+(:\d+)?(\/.*)?$/;
const BRANCH = /^[a-zA-Z0-9]([a-zA-Z0-9._/-]*[a-zA-Z0-9_-])?$/;

const LONGEST = 2048;
const url = (form: RegExp, fault: string) => textThat(value => value.length <= LONGEST && form.test(value) && !/[\s\p{C}]/u.test(value), fault);

const COMMON: Record<string, Check> = { discoveryLimit: whole(1, 100), insecureSkipTLSVerify: flag };
const TAGS: Record<string, Check> = { ...COMMON, allowTagsRegexes: patterns, ignoreTagsRegexes: patterns, strictSemvers: flag };

const FIELDS: Record<Subscription['_type'], Check> = {
  git: struct({
    ...TAGS,
    repoURL: url(GIT_URL, 'is no URL of a Git repository'),
    commitSelectionStrategy: oneOf(CommitSelectionStrategy),
    branch: textThat(value => value.length <= 255 && BRANCH.test(value), 'is no name of a branch'),
    semverConstraint: constraint,
    expressionFilter: expression,
    includePaths: listOf(text),
    excludePaths: listOf(text),
    blobless: flag,
    since: textThat(value => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value) && !Number.isNaN(Date.parse(value)), 'is no time of RFC 3339'),
  }, ['repoURL']),
  image: struct({
    ...TAGS,
    repoURL: url(IMAGE, 'is no image repository without a tag'),
    imageSelectionStrategy: oneOf(ImageSelectionStrategy),
    constraint: text,
    platform: textThat(value => PLATFORM.test(value), 'is no platform such as linux/amd64'),
    cacheByTag: flag,
  }, ['repoURL']),
  chart: struct({ ...COMMON, repoURL: url(CHART_URL, 'is no URL of a Helm repository'), name: text, semverConstraint: constraint }, ['repoURL']),
};

const subscription: Check = (at, value) => {
  made('Subscription', '_type')(at, value);
  const { _type, _props } = value as Subscription;
  const inner = { ...at, field: `${at.field}.${_type}` };
  FIELDS[_type](inner, _props ?? {});
  const rules: Record<Subscription['_type'], (at: At, props: any) => void> = { git: () => undefined, image: checkImage, chart: checkChart };
  rules[_type](inner, _props);
};

function checkImage(at: At, { imageSelectionStrategy: strategy = ImageSelectionStrategy.SEM_VER, constraint: given }: any): void {
  const inner = { ...at, field: `${at.field}.constraint` };
  if (strategy === ImageSelectionStrategy.DIGEST && !/^\w[\w.-]{0,127}$/.test(given ?? '')) {
    throw messages.invalidSelection.error(at.path, { kind: at.kind, field: inner.field, value: given, fault: 'is no name of a tag, which Digest follows' });
  }
  if (strategy === ImageSelectionStrategy.SEM_VER && given !== undefined) {
    constraint(inner, given);
  }
}

function checkChart(at: At, { repoURL, name }: any): void {
  if (repoURL.startsWith('oci://') === (name !== undefined)) {
    const fault = name === undefined ? 'is needed for a repository with http or https' : 'is refused for a chart with oci, whose URL holds it';
    throw messages.invalidField.error(at.path, { kind: at.kind, field: `${at.field}.name`, value: name, fault });
  }
}

/** What a subscription is known by (pkg/webhook/kubernetes/warehouse/webhook.go, addSub). */
function keyOf({ _type, _props: { repoURL, name } }: Subscription): string {
  const bare = String(repoURL).toLowerCase().replace(/\/+$/, '');
  switch (_type) {
    case 'git': return `git ${bare.replace(/\.git$/, '')}`;
    case 'image': return `image ${bare.replace(/^(docker\.io\/)?(library\/)?/, '')}`;
    default: return `chart ${bare}${name === undefined ? '' : ` ${name}`}`;
  }
}

const SHAPE = struct({
  metadata,
  subscriptions: all(listOf(subscription, 1), distinct(messages.duplicate, keyOf)),
  freightCreationPolicy: oneOf(FreightCreationPolicy),
  freightCreationCriteria: struct({ expression }, ['expression']),
  interval: duration(DURATION),
  shard: namespaceName,
}, ['subscriptions']);

/** Throws FW920 to FW925 and FW927. */
export function checkWarehouse(path: string, props: Partial<WarehouseProps>): void {
  SHAPE({ path, kind: 'Warehouse', field: '', messages }, props);
}

/** What has no effect: FW926. */
export function warehouseWarnings(path: string, { subscriptions, freightCreationPolicy, freightCreationCriteria }: WarehouseProps): Finding[] {
  const idle = (field: string, reason: string) => messages.idleField.at(path, { kind: 'Warehouse', field, reason });
  return [
    ...subscriptions.flatMap(({ _type, _props }, i) => idleIn(_type, _props).map(([field, reason]) => idle(`subscriptions[${i}].${_type}.${field}`, reason))),
    ...(freightCreationCriteria !== undefined && freightCreationPolicy === FreightCreationPolicy.MANUAL
      ? [idle('freightCreationCriteria', 'the Freight is made by hand')] : []),
  ];
}

const BY_TAG = ['allowTagsRegexes', 'ignoreTagsRegexes', 'semverConstraint', 'strictSemvers'];

function idleIn(type: Subscription['_type'], props: any): Array<[field: string, reason: string]> {
  const strategy: string = props.commitSelectionStrategy ?? props.imageSelectionStrategy ?? (type === 'git' ? CommitSelectionStrategy.NEWEST_FROM_BRANCH : ImageSelectionStrategy.SEM_VER);
  const only: Record<string, string[]> = type === 'chart' ? {} : type === 'git' ? {
    NewestFromBranch: BY_TAG,
    SemVer: ['branch'],
    Lexical: ['branch', 'semverConstraint', 'strictSemvers'],
    NewestTag: ['branch', 'semverConstraint', 'strictSemvers'],
  } : {
    Digest: [...BY_TAG, 'cacheByTag'],
    SemVer: [],
    Lexical: ['constraint', 'strictSemvers'],
    NewestBuild: ['constraint', 'strictSemvers'],
  };
  return (only[strategy] ?? []).filter(field => props[field] !== undefined).map(field => [field, `the selection is by ${strategy}`]);
}
