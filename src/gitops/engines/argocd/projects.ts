import { ApiObjectMetadata } from 'cdk8s';
import { AppProject } from './app-project';
import type { ClusterResource } from './app-project-props';
import { Finalizer } from './application-props';
import { Destination } from './destination';
import { ArgoCdVersion, isBefore } from './versions';
import { FolderChart } from '../../../core/folder-chart';
import type { Platform } from '../../../core/platform';
import type { Cluster } from '../../../environments';
import { ApplicationPlan, namespacesOf, objectsIn, resourcesOf } from '../../application-graph';
import type { SourcePlan } from '../../application-source';
import { OWN_KINDS } from '../../own-kinds';

/** Projects before Applications: an Application of a project that does not exist fails. */
const PROJECT_WAVE = -2;

/** What the engine's own objects have in common. */
export interface Setting {
  readonly platform: Platform;
  /** The repository that is followed. */
  readonly repository: string;
  /** The namespace of Argo CD. */
  readonly namespace: string;
  /** The version of Argo CD that runs. */
  readonly version: ArgoCdVersion;
}

/** What the roots may do: make Applications, sets of them and projects, and nothing else. */
export function rootProject({ platform, repository, namespace }: Setting, chart: FolderChart, kinds: string[]): void {
  new AppProject(chart, 'project', {
    metadata: projectMetadata(platform.name),
    description: `The Applications of ${platform.name}; only its root Applications belong here.`,
    sourceRepos: [repository],
    destinations: [Destination.inCluster(namespace)],
    namespaceResourceWhitelist: kinds.map(kind => ({ group: 'argoproj.io', kind })),
  });
}

/** The project of the folders of an environment; one for each region where each has a root of its own. */
export function environmentProjectName(platform: Platform, { environment, region }: ApplicationPlan, isShared = false): string {
  return [platform.name, environment!.name, ...(region === undefined || isShared ? [] : [region])].join('-');
}

/**
 * What the Applications of an environment may do: change the kinds that they hold or once held, in their namespaces.
 *
 * @param isShared whether all regions share the project
 */
export function environmentProject(setting: Setting, chart: FolderChart, applications: ApplicationPlan[], isShared = false): void {
  const { platform, repository, version } = setting;
  const environment = applications[0].environment!;
  const name = environmentProjectName(platform, applications[0], isShared);
  const clusters = new Map(applications.map(({ cluster }) => [cluster._key(), cluster]));
  const charts = [...new Map(applications.map(plan => [plan.chart, plan])).values()];
  // Getters, so that objects which are added to a chart after lowering count, too.
  const objects = () => charts.flatMap(objectsIn);
  const resources = (isClusterWide: boolean) => resourcesOf(objects()).filter(resource => resource.isClusterWide === isClusterWide);
  new AppProject(chart, `project-${name}`, {
    metadata: projectMetadata(name),
    description: `The workloads of ${platform.name} in ${environment.name}.`,
    sourceRepos: [repository],
    get destinations() {
      const namespaces = [...new Set([...namespacesOf(objects()), ...applications.map(application => application.namespace)])].sort();
      return [...clusters.values()].flatMap(cluster => namespaces.map(namespace => destinationOf(cluster, namespace)));
    },
    get clusterResourceWhitelist() {
      // A PriorityClass has its value in its name: with another value comes another name, and the old one is to go.
      const prefix = `${platform.name}-${environment.name}-`;
      const others = resources(true).filter(each => each.kind !== 'PriorityClass' || !each.name.startsWith(prefix));
      return named(version, [
        { group: 'scheduling.k8s.io', kind: 'PriorityClass', name: `${prefix}*` },
        ...others.map(({ group, kind, name: own }) => ({ group, kind, name: own })),
      ]);
    },
    get namespaceResourceWhitelist() {
      return unique([...OWN_KINDS, ...resources(false).map(({ group, kind }) => ({ group, kind }))]);
    },
    syncWave: PROJECT_WAVE,
  });
}

/** The project of what a cluster needs beside the workloads. */
export function clusterProjectName(platform: Platform, cluster: Cluster): string {
  return `${platform.name}-${cluster.displayName}-applications`;
}

/** What the applications of a cluster may do: what charts usually bring, in their own namespaces. */
export function clusterProject({ platform, repository, version }: Setting, chart: FolderChart, applications: ApplicationPlan[]): void {
  const { cluster } = applications[0];
  const models = applications.map(({ application }) => application!);
  const namespaces = [...new Set(models.flatMap(({ namespace, namespaces: further }) => [namespace, ...further]))].sort();
  new AppProject(chart, `project-${cluster.displayName}`, {
    metadata: projectMetadata(clusterProjectName(platform, cluster)),
    description: `What ${platform.name} needs on ${cluster.displayName} beside its workloads.`,
    sourceRepos: [...new Set(applications.map(({ source }) => repoUrl(source, repository)))].sort(),
    destinations: namespaces.map(namespace => destinationOf(cluster, namespace)),
    clusterResourceWhitelist: named(version, [
      ...models.map(({ namespace }) => ({ group: '', kind: 'Namespace', name: namespace })),
      ...USUAL,
      ...models.flatMap(({ clusterKinds }) => clusterKinds).map(kind => ({ group: kind.split('.').slice(1).join('.'), kind: kind.split('.')[0] })),
    ]),
    namespaceResourceWhitelist: [{ group: '*', kind: '*' }],
    syncWave: PROJECT_WAVE,
  });
}

/** The cluster-wide kinds that controllers are installed with. */
const USUAL: ClusterResource[] = [
  ...['MutatingWebhookConfiguration', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding', 'ValidatingWebhookConfiguration']
    .map(kind => ({ group: 'admissionregistration.k8s.io', kind })),
  { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' },
  { group: 'apiregistration.k8s.io', kind: 'APIService' },
  { group: 'gateway.networking.k8s.io', kind: 'GatewayClass' },
  { group: 'networking.k8s.io', kind: 'IngressClass' },
  ...['ClusterRole', 'ClusterRoleBinding'].map(kind => ({ group: 'rbac.authorization.k8s.io', kind })),
  { group: 'scheduling.k8s.io', kind: 'PriorityClass' },
  ...['CSIDriver', 'StorageClass'].map(kind => ({ group: 'storage.k8s.io', kind })),
];

/** The repository of a source, as Argo CD is told it: in Applications, and in the projects that permit them. */
export function repoUrl(source: SourcePlan, repository: string): string {
  if (source.kind === 'rendered') {
    return repository;
  }
  // It knows a registry with charts by its host alone: util/helm/client.go, IsHelmOciRepo.
  return source.kind === 'helm' ? source.repository.replace(/^oci:\/\//, '') : source.repository ?? repository;
}

/** Where a plan is deployed to. */
export function destinationOf(cluster: Cluster, namespace: string): Destination {
  if (cluster.name !== undefined) {
    return Destination.cluster(cluster.name, namespace);
  }
  return cluster.url === undefined ? Destination.inCluster(namespace) : Destination.server(cluster.url, namespace);
}

/** A project outlives the Applications that refer to it: without it, they could not delete their resources (argo-cd docs/operator-manual/project-specification.md). */
function projectMetadata(name: string): ApiObjectMetadata {
  return { name, finalizers: [Finalizer.FOREGROUND] };
}

/** Cluster-wide resources; older releases do not know the name, and permit all of a kind. */
function named(version: ArgoCdVersion, resources: ClusterResource[]): ClusterResource[] {
  return unique(isBefore(version, ArgoCdVersion.V3_3) ? resources.map(({ group, kind }) => ({ group, kind })) : resources);
}

function unique<T>(values: T[]): T[] {
  const byText = new Map(values.map(value => [JSON.stringify(value), value]));
  return [...byText].sort(([a], [b]) => a < b ? -1 : 1).map(([, value]) => value);
}
