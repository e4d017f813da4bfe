import { GroupKind } from './app-project-props';
import * as own from './messages';
import { ArgoCdSettings } from './settings';
import { at, texts, word } from './shapes';
import { yaml } from './yaml';
import { flag, listOf, mapOf, struct, text } from '../../../core/shape';

/** How the health of resources of a kind is judged. */
export interface HealthCustomization {
  /** The kind; `*` for both group and kind stands for all. */
  readonly resource: GroupKind;

  /** A script in Lua, that returns a table with `status` and `message` for the global `obj`. */
  readonly lua: string;

  /**
   * Whether the script may use the standard libraries of Lua.
   *
   * @default false
   */
  readonly useOpenLibs?: boolean;
}

/** Fields of resources of a kind that do not count. */
export interface FieldCustomization {
  /**
   * The kinds.
   *
   * @default - all kinds
   */
  readonly resource?: GroupKind;

  /**
   * Fields by JSON pointer.
   *
   * @default - none
   */
  readonly jsonPointers?: string[];

  /**
   * Fields by jq expression.
   *
   * @default - none
   */
  readonly jqPathExpressions?: string[];

  /**
   * Fields that these managers own. Only for `ignoreDifferences`.
   *
   * @default - none
   */
  readonly managedFieldsManagers?: string[];
}

/** Resources that Argo CD looks at, or does not. */
export interface ResourceFilter {
  /**
   * Their API groups, as globs; empty for the core group.
   *
   * @default - all
   */
  readonly apiGroups?: string[];

  /**
   * Their kinds; `*` stands for all.
   *
   * @default - all
   */
  readonly kinds?: string[];

  /**
   * The clusters, by the URLs of their API servers, as globs.
   *
   * @default - all
   */
  readonly clusters?: string[];
}

/** Properties of an `ArgoCdConfig`. */
export interface ArgoCdConfigProps {
  /**
   * How the health of resources is judged.
   *
   * @default - as Argo CD does
   */
  readonly health?: HealthCustomization[];

  /**
   * Fields whose drift does not count, for all Applications.
   *
   * @default - all drift counts
   */
  readonly ignoreDifferences?: FieldCustomization[];

  /**
   * Fields whose change does not make an Application be looked at again.
   *
   * @default - as Argo CD does
   */
  readonly ignoreResourceUpdates?: FieldCustomization[];

  /**
   * Resources that Argo CD does not look at. As a merge patch it takes the place of the list that the installation has.
   *
   * @default - those of the installation
   */
  readonly resourceExclusions?: ResourceFilter[];

  /**
   * Resources that alone Argo CD looks at.
   *
   * @default - all
   */
  readonly resourceInclusions?: ResourceFilter[];

  /**
   * Other keys, with their texts. Those that stand for a property above throw FW544, those with credentials FW540.
   *
   * @default - none
   */
  readonly others?: Record<string, string>;
}

const RESOURCE = struct({ group: word, kind: text }, ['group', 'kind']);
const FIELDS = { resource: RESOURCE, jsonPointers: texts, jqPathExpressions: texts };
const FILTERS = listOf(struct({ apiGroups: listOf(word), kinds: texts, clusters: texts }));

const CONFIG = struct({
  health: listOf(struct({ resource: RESOURCE, lua: text, useOpenLibs: flag }, ['resource', 'lua'])),
  ignoreDifferences: listOf(struct({ ...FIELDS, managedFieldsManagers: texts })),
  ignoreResourceUpdates: listOf(struct(FIELDS)),
  resourceExclusions: FILTERS,
  resourceInclusions: FILTERS,
  others: mapOf(word),
});

/** Settings of `argocd-cm`: health, drift, and what Argo CD looks at. */
export class ArgoCdConfig extends ArgoCdSettings {
  /**
   * @param props the settings. Throws FW544 for what Argo CD cannot read, FW540 for credentials
   */
  public constructor(props: ArgoCdConfigProps) {
    CONFIG(at('', 'ArgoCdConfig'), props);
    super('argocd-cm', dataOf(props));
  }
}

function dataOf(props: ArgoCdConfigProps): Record<string, string> {
  const { health = [], ignoreDifferences = [], ignoreResourceUpdates = [], resourceExclusions, resourceInclusions, others = {} } = props;
  const data: Record<string, string> = {};
  const put = (key: string, value: string) => {
    if (Object.hasOwn(data, key)) {
      throw own.invalidSetting.error('', { setting: key, value: key, fault: 'is given twice' });
    }
    data[key] = value;
  };
  for (const { resource, lua, useOpenLibs } of health) {
    if (!/\breturn\b/.test(lua)) {
      throw own.invalidSetting.error('', { setting: 'health', value: lua, fault: 'has a script that returns nothing' });
    }
    put(`resource.customizations.health.${groupKind(resource)}`, lua);
    if (useOpenLibs !== undefined) {
      put(`resource.customizations.useOpenLibs.${groupKind(resource)}`, String(useOpenLibs));
    }
  }
  for (const [type, list] of Object.entries({ ignoreDifferences, ignoreResourceUpdates })) {
    for (const { resource, ...fields } of list as FieldCustomization[]) {
      if (Object.values(fields).flat().length === 0) {
        throw own.invalidSetting.error('', { setting: type, value: resource, fault: 'says nothing about fields' });
      }
      put(`resource.customizations.${type}.${resource === undefined ? 'all' : groupKind(resource)}`, yaml(fields));
    }
  }
  for (const [key, filters] of Object.entries({ 'resource.exclusions': resourceExclusions, 'resource.inclusions': resourceInclusions })) {
    if (filters !== undefined) {
      checkFilters(key, filters);
      put(key, yaml(filters));
    }
  }
  Object.entries(others).forEach(([key, value]) => putOther(put, key, value));
  return data;
}

/** A filter that names nothing matches every resource of every cluster (util/settings/filtered_resource.go). */
function checkFilters(setting: string, filters: ResourceFilter[]): void {
  const all = filters.find(filter => [filter.apiGroups ?? [], filter.kinds ?? []].every(list => list.length === 0 || list.includes('*')) && (filter.clusters ?? []).length === 0);
  if (all && setting === 'resource.exclusions') {
    throw own.invalidSetting.error('', { setting, value: all, fault: 'excludes everything' });
  }
}

const OWNED = /^resource\.(exclusions|inclusions)$|^resource\.customizations\.(health|useOpenLibs|ignoreDifferences|ignoreResourceUpdates)\./;

function putOther(put: (key: string, value: string) => void, key: string, value: string): void {
  const refuse = (fault: string) => own.invalidSetting.error('', { setting: key, value, fault });
  if (!/^[-._a-zA-Z0-9]{1,253}$/.test(key)) {
    throw refuse('has a key that no ConfigMap can have');
  }
  if (OWNED.test(key)) {
    throw refuse('has a property of its own');
  }
  const type = /^resource\.customizations\.([^.]*)\./.exec(key)?.[1];
  if (type !== undefined && !['actions', 'knownTypeFields'].includes(type)) {
    throw refuse('is a customization that is unknown, at which Argo CD stops');
  }
  // argocd-secret is where these belong (util/settings/settings.go); a $name refers to it
  if (/(secret|password|token|privateKey)$/i.test(key) && !value.startsWith('$')) {
    throw own.secretInRepository.error('', { kind: 'argocd-cm', field: key });
  }
  if (/clientSecret"?\s*:\s*["']?[^\s"'$]/.test(value)) {
    throw own.secretInRepository.error('', { kind: 'argocd-cm', field: `clientSecret in ${key}` });
  }
  put(key, value);
}

/** The end of the key of a customization (util/settings/settings.go, convertToOverrideKey); a ConfigMap's key has no `*`. */
function groupKind({ group, kind }: GroupKind): string {
  const refuse = (fault: string) => own.invalidSetting.error('', { setting: 'resource', value: { group, kind }, fault });
  if (group === '*' && kind === '*') {
    return 'all';
  }
  if (/[*]/.test(group + kind)) {
    throw refuse('has a glob, which the key of a ConfigMap cannot have; a single * for both is "all"');
  }
  if (!/^[a-z0-9.-]*$/.test(group) || !/^[A-Za-z0-9]+$/.test(kind)) {
    throw refuse('is no group and kind');
  }
  return group === '' ? kind : `${group}_${kind}`;
}
