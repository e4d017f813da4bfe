import { ApiObject } from 'cdk8s';
import type { Setting } from './place';
import type { FolderChart } from '../../../core/folder-chart';
import { ApplicationPlan, namespacesOf, objectsIn, Resource, resourcesOf } from '../../application-graph';
import { groupBy } from '../../group-by';
import { OWN_KINDS } from '../../own-kinds';

/** A rule of a ClusterRole. */
interface Rule {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly resourceNames?: string[];
  readonly verbs: string[];
}

const RBAC = 'rbac.authorization.k8s.io';
const ALL = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];

/** To see whether pods run, Flux looks at what Deployments and StatefulSets make (cli-utils pkg/kstatus/polling/statusreaders). */
const SEEN: Rule[] = [
  { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: ['apps'], resources: ['replicasets'], verbs: ['get', 'list', 'watch'] },
];

/** Whether a folder makes namespaces: what draws the borders stands outside of them. */
export function isBorder(plan: ApplicationPlan): boolean {
  return objectsIn(plan).some(object => object.kind === 'Namespace');
}

/** The namespaces in which the account of an environment has rights. */
export function openNamespaces(plans: ApplicationPlan[]): string[] {
  const objects = plans.flatMap(objectsIn);
  return [...new Set([...namespacesOf(objects), ...plans.map(plan => plan.namespace)])].sort();
}

/**
 * The account by which an environment is applied, and its rights: every kind that a workload can become and those that occur, in the
 * namespaces of the environment. Rights by name alone for what lives in no namespace.
 */
export function makeAccess({ options }: Setting, chart: FolderChart, account: string, plans: ApplicationPlan[]): void {
  const subjects = [{ kind: 'ServiceAccount', name: account, namespace: options.namespace }];
  const resources = () => resourcesOf(plans.filter(plan => !isBorder(plan)).flatMap(objectsIn));
  new ApiObject(chart, 'account', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: account, namespace: options.namespace } });
  // Getters, so that objects which are added to a chart after lowering count, too.
  new ApiObject(chart, 'role', {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRole',
    metadata: { name: `${account}-namespaced` },
    get rules() {
      return [...namespaced(resources().filter(each => !each.isClusterWide)), ...SEEN];
    },
  });
  for (const namespace of openNamespaces(plans)) {
    new ApiObject(chart, `binding-${namespace}`, {
      apiVersion: `${RBAC}/v1`,
      kind: 'RoleBinding',
      metadata: { name: account, namespace },
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: `${account}-namespaced` },
      subjects,
    });
  }
  new ApiObject(chart, 'cluster-role', {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRole',
    metadata: { name: `${account}-cluster-wide` },
    get rules() {
      return clusterWide(resources().filter(each => each.isClusterWide));
    },
  });
  new ApiObject(chart, 'cluster-binding', {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name: `${account}-cluster-wide` },
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: `${account}-cluster-wide` },
    subjects,
  });
}

function namespaced(resources: Resource[]): Rule[] {
  const groups = new Map<string, Set<string>>();
  const own = new Set(OWN_KINDS.map(({ group, kind }) => `${kind}.${group}`));
  for (const { group, kind } of [...OWN_KINDS, ...resources]) {
    // Of a kind of others only the singular is known.
    const isKnown = own.has(`${kind}.${group}`) || !group.includes('.') || group.endsWith('.k8s.io');
    groups.set(group, (groups.get(group) ?? new Set<string>()).add(isKnown ? pluralOf(kind) : '*'));
  }
  return sorted(groups).map(([group, names]) => ({ apiGroups: [group], resources: names.has('*') ? ['*'] : [...names].sort(), verbs: ALL }));
}

/** By name where Kubernetes can tell it: not when something is made, or listed. */
function clusterWide(resources: Resource[]): Rule[] {
  return sorted(groupBy(resources, ({ group, kind }) => `${group}/${kind}`)).flatMap(([, same]) => {
    const rule = { apiGroups: [same[0].group], resources: [pluralOf(same[0].kind)] };
    return [
      { ...rule, verbs: ['create', 'list', 'watch'] },
      { ...rule, resourceNames: [...new Set(same.map(each => each.name))].sort(), verbs: ['delete', 'get', 'patch', 'update'] },
    ];
  });
}

const sorted = <T>(map: Map<string, T>) => [...map].sort(([a], [b]) => a < b ? -1 : 1);

/** The plural under which the API serves a kind (apimachinery pkg/api/meta/restmapper.go, UnsafeGuessKindToResource, and gateways). */
export function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  if (name === 'endpoints') {
    return name;
  }
  if (/(s|x|z|ch|sh)$/.test(name)) {
    return `${name}es`;
  }
  return /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}
