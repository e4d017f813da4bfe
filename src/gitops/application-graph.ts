import { ApiObject, Chart } from 'cdk8s';
import { FolderChart } from '../core/folder-chart';
import type { Platform } from '../core/platform';
import { Environment } from '../environments';
import { WorkloadGraph } from '../workloads/graph';

/** What is deployed together: a folder of the output, in one namespace of one environment. */
export interface ApplicationPlan {
  /** The construct path that it comes from. */
  readonly path: string;
  /** `<platform>-<environment>-<chart>`. */
  readonly name: string;
  readonly environment: Environment;
  /** The workload, if the folder is that of one. */
  readonly workload?: string;
  /** The folder, seen from the root of the repository. */
  readonly folder: string;
  /** The namespace of objects that name none. */
  readonly namespace: string;
  /** Lower waves are deployed first. */
  readonly wave: number;
  readonly chart: FolderChart;
}

/** Folders that belong to the environment as a whole come before its workloads. */
const BEFORE_WORKLOADS = -1;

/** The applications of a platform: one for each folder of each environment. Free of any engine. */
export function applicationsOf(platform: Platform): ApplicationPlan[] {
  const graph = WorkloadGraph.of(platform);
  return Environment.allIn(platform).flatMap(environment => {
    const waves = graph.waves(workload => workload.runsIn(environment));
    const charts = environment.node.findAll().filter(c => FolderChart.isFolderChart(c));
    return charts.map((chart): ApplicationPlan => {
      const workload = chart.workload === undefined ? undefined : graph.tryFind(chart.workload);
      return {
        path: chart.node.path,
        name: `${platform.name}-${environment.name}-${chart.node.id}`,
        environment,
        workload: workload?.name,
        folder: `${platform.publishedPath}/${chart.folder}`,
        namespace: chart.namespace ?? namespacesOf(objectsOf(chart))[0] ?? environment.namespaceOf(chart.node.id),
        wave: workload ? waves.get(workload) ?? 0 : BEFORE_WORKLOADS,
        chart,
      };
    });
  });
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
