import { ApiObject, Chart } from 'cdk8s';
import { Application } from './application';
import type { SourcePlan } from './application-source';
import { FolderChart } from '../core/folder-chart';
import type { Platform } from '../core/platform';
import { Cluster, Environment } from '../environments';
import type { Workload } from '../workloads';
import { WorkloadGraph } from '../workloads/graph';

/** What is deployed together, to one cluster: a folder of the output, or something that comes from elsewhere. Free of any engine. */
export interface ApplicationPlan {
  /** The construct path that it comes from. */
  readonly path: string;
  /** `<platform>-<environment>-<chart>`, with the region where there are several, or `<platform>-<cluster>-<application>`. */
  readonly name: string;
  /** The chart's or the application's own name. */
  readonly id: string;
  readonly cluster: Cluster;
  /** The environment; none for what belongs to a cluster as a whole. */
  readonly environment?: Environment;
  /** The region of the environment, where it has several. */
  readonly region?: string;
  /** The wave of the region: lower ones get a release first. */
  readonly regionWave: number;
  /** The workload, if the folder is that of one. */
  readonly workload?: string;
  /** What runs of the workload: for whoever reads of a sync, who wants to know the commit of the source and not that of the manifests. */
  readonly release?: ReleasePlan;
  readonly source: SourcePlan;
  /** The namespace of objects that name none. */
  readonly namespace: string;
  /** Lower waves are deployed first. */
  readonly wave: number;
  /** The names of those that must be there first, sorted. */
  readonly dependsOn: string[];
  readonly prune: boolean;
  readonly selfHeal: boolean;
  /** How long it may take until it is healthy, in seconds. */
  readonly timeoutSeconds: number;
  /** The chart of a folder. */
  readonly chart?: FolderChart;
  /** What comes from elsewhere. */
  readonly application?: Application;
}

/** A release of a workload in an environment. */
export interface ReleasePlan {
  /** The image with its digest, if that is known. */
  readonly image: string;
  readonly sourceCommit?: string;
  readonly sourceRepository?: string;
}

/** A plan before its place in the order is known. */
type Node = Omit<ApplicationPlan, 'wave' | 'dependsOn'> & {
  /** The wave of one that depends on nothing. */
  readonly least: number;
  /** Keys of those that must be there first. */
  readonly after: string[];
};

/** What belongs to an environment or a cluster as a whole comes before workloads. */
const BEFORE_WORKLOADS = -1;

/** Pods of a workload take a while: as long as its progress deadline at least, and then the rounds of the engine. */
const WORKLOAD_TIMEOUT = 15 * 60;

/** The applications of a platform: each folder of each environment on each of its clusters, and what each cluster needs beside. */
export function applicationsOf(platform: Platform): ApplicationPlan[] {
  const nodes = new Map([...folderNodes(platform), ...clusterNodes(platform)]);
  const waves = wavesOf(nodes);
  return [...nodes].map(([key, { least, after, ...node }]): ApplicationPlan => ({
    ...node,
    wave: waves.get(key)!,
    dependsOn: [...new Set(after)].filter(each => each !== key).flatMap(each => nodes.get(each)?.name ?? []).sort(),
  }));
}

function folderNodes(platform: Platform): Array<[string, Node]> {
  const graph = WorkloadGraph.of(platform);
  return Environment.allIn(platform).flatMap(environment => {
    const charts = environment.node.findAll().filter(c => FolderChart.isFolderChart(c));
    const pathOf = new Map(charts.flatMap(chart => chart.workload === undefined ? [] : [[chart.workload, chart.node.path] as const]));
    const shared = charts.filter(chart => chart.workload === undefined || !graph.tryFind(chart.workload)).map(chart => chart.node.path);
    const isSeveral = environment.regions.length > 1;
    const folders = charts.map(chart => {
      const workload = chart.workload === undefined ? undefined : graph.tryFind(chart.workload);
      const objects = objectsOf(chart);
      return {
        needs: workload?.dependsOn ?? [],
        groups: new Set(objects.map(object => object.apiGroup)),
        before: [...(workload ? shared : []), ...(workload?.dependsOn ?? []).flatMap(name => pathOf.get(name) ?? [])],
        plan: {
          path: chart.node.path,
          id: chart.node.id,
          environment,
          workload: workload?.name,
          release: workload && releaseOf(workload, environment),
          source: { kind: 'rendered' as const, path: `${platform.publishedPath}/${chart.folder}` },
          namespace: chart.namespace ?? namespacesOf(objects)[0] ?? environment.namespaceOf(chart.node.id),
          prune: true,
          selfHeal: true,
          timeoutSeconds: WORKLOAD_TIMEOUT,
          chart,
          least: workload ? 0 : BEFORE_WORKLOADS,
        },
      };
    });
    return environment.regions.flatMap(({ name: region, wave = 0, cluster }) => {
      const keyOf = (path: string) => `${environment.name} ${cluster._key()} ${path}`;
      return folders.map(({ needs, groups, before, plan }): [string, Node] => [keyOf(plan.path), {
        ...plan,
        name: [platform.name, environment.name, ...(isSeveral ? [region] : []), plan.id].join('-'),
        cluster,
        region: isSeveral ? region : undefined,
        regionWave: wave,
        after: [...before.map(keyOf), ...needs.map(name => clusterKey(cluster, name)), ...providersOf(platform, cluster, groups)],
      }]);
    });
  });
}

function releaseOf(workload: Workload, environment: Environment): ReleasePlan {
  const source = environment._state.workloads[workload.name]?.source;
  return { image: workload._pod(environment).image.reference, sourceCommit: source?.commit, sourceRepository: source?.repository };
}

function clusterNodes(platform: Platform): Array<[string, Node]> {
  return Application.allIn(platform).flatMap(application => application._clusters().map(({ cluster, environments }): [string, Node] => [
    clusterKey(cluster, application.name), {
      path: application.node.path,
      name: `${platform.name}-${cluster.displayName}-${application.name}`,
      id: application.name,
      cluster,
      // What one environment alone asks for is rendered and promoted with it.
      environment: Environment.allIn(platform).filter(e => e.regions.some(region => region.cluster._key() === cluster._key())).length === 1
        ? environments[0] : undefined,
      regionWave: 0,
      source: application._sourceIn(environments[0])._plan,
      namespace: application.namespace,
      prune: application.prune,
      selfHeal: application.selfHeal,
      timeoutSeconds: application.timeout.toSeconds(),
      application,
      least: BEFORE_WORKLOADS,
      after: application.dependsOn.map(name => clusterKey(cluster, name)),
    },
  ]));
}

function clusterKey(cluster: Cluster, application: string): string {
  return `${cluster._key()} ${application}`;
}

/** The applications on a cluster that bring the kinds of API groups. */
function providersOf(platform: Platform, cluster: Cluster, groups: Set<string>): string[] {
  return Application.allIn(platform)
    .filter(({ provides }) => provides.some(group => groups.has(group)))
    .map(({ name }) => clusterKey(cluster, name));
}

/** The wave of each: after all that it depends on. What stands in a ring comes as early as it may; the ring is found elsewhere. */
function wavesOf(nodes: Map<string, Node>): Map<string, number> {
  const waves = new Map<string, number>();
  const open = new Set<string>();
  const waveOf = (key: string): number => {
    const known = waves.get(key);
    const node = nodes.get(key);
    if (known !== undefined || node === undefined || open.has(key)) {
      return known ?? BEFORE_WORKLOADS - 1;
    }
    open.add(key);
    const wave = Math.max(node.least, ...node.after.map(each => waveOf(each) + 1));
    open.delete(key);
    waves.set(key, wave);
    return wave;
  };
  [...nodes.keys()].forEach(waveOf);
  return waves;
}

/** A resource as far as a project restricts it. */
export interface Resource {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly isClusterWide: boolean;
}

/** The objects of a chart itself. */
export function objectsOf(chart: Chart): ApiObject[] {
  return chart.node.findAll().filter((c): c is ApiObject => ApiObject.isApiObject(c) && c.chart === chart);
}

/** The objects of a plan, as far as this synth makes them. */
export function objectsIn({ chart }: ApplicationPlan): ApiObject[] {
  return chart ? objectsOf(chart) : [];
}

/** The resources that objects are. */
export function resourcesOf(objects: ApiObject[]): Resource[] {
  return objects.map(object => ({
    group: object.apiGroup === 'core' ? '' : object.apiGroup,
    kind: object.kind,
    name: object.name,
    isClusterWide: CLUSTER_WIDE.has(object.kind) || /^Cluster[A-Z]/.test(object.kind),
  }));
}

/** The namespaces that objects live in or are, sorted. */
export function namespacesOf(objects: ApiObject[]): string[] {
  const names = objects.flatMap(object => object.kind === 'Namespace' ? object.name : object.metadata.namespace ?? []);
  return [...new Set(names)].sort();
}

/**
 * The kinds of Kubernetes that live in no namespace (`kubectl api-resources --namespaced=false`). Of others, those
 * that begin with `Cluster` are taken for it, as their name says: ClusterIssuer, ClusterPolicy, ClusterSecretStore.
 */
const CLUSTER_WIDE = new Set([
  'APIService', 'CSIDriver', 'CSINode', 'CertificateSigningRequest', 'CustomResourceDefinition', 'DeviceClass', 'FlowSchema', 'GatewayClass',
  'IPAddress', 'IngressClass', 'MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding', 'MutatingWebhookConfiguration', 'Namespace', 'Node',
  'PersistentVolume', 'PriorityClass', 'PriorityLevelConfiguration', 'ResourceSlice', 'RuntimeClass', 'ServiceCIDR', 'StorageClass',
  'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding', 'ValidatingWebhookConfiguration', 'VolumeAttachment', 'VolumeAttributesClass',
  'VolumeSnapshotClass', 'VolumeSnapshotContent',
]);
