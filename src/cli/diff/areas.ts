import type { ObjectPair } from './objects';
import { kindOf } from './objects';
import type { Change } from './structure';

/** What a difference is about, in the order in which areas are shown. */
export const AREAS = ['release', 'security', 'hosts', 'network', 'strategy', 'scaling', 'resources', 'configuration', 'storage', 'other'] as const;

export type Area = typeof AREAS[number];

/** Where the specification of pods begins, in a controller and in a CronJob. */
const POD = /^spec\.(jobTemplate\.spec\.)?template\.spec(?=\.|$)/;
const POD_LABELS = /^spec\.(jobTemplate\.spec\.)?template\.metadata\.(labels|annotations)(?=\.|$)/;

/** Kinds of which every field is about one thing. */
const KINDS: Record<string, Area> = {
  AlertProvider: 'strategy',
  AnalysisTemplate: 'strategy',
  AuthorizationPolicy: 'security',
  Canary: 'strategy',
  Certificate: 'hosts',
  CiliumClusterwideNetworkPolicy: 'network',
  CiliumNetworkPolicy: 'network',
  ClusterAnalysisTemplate: 'strategy',
  ClusterRole: 'security',
  ClusterRoleBinding: 'security',
  ConfigMap: 'configuration',
  ExternalSecret: 'configuration',
  Gateway: 'hosts',
  GRPCRoute: 'hosts',
  HorizontalPodAutoscaler: 'scaling',
  HTTPRoute: 'hosts',
  Ingress: 'hosts',
  IngressRoute: 'hosts',
  LimitRange: 'resources',
  MetricTemplate: 'strategy',
  NetworkPolicy: 'network',
  PeerAuthentication: 'security',
  PersistentVolumeClaim: 'storage',
  PodDisruptionBudget: 'scaling',
  PriorityClass: 'resources',
  ResourceQuota: 'resources',
  Role: 'security',
  RoleBinding: 'security',
  ScaledObject: 'scaling',
  SealedSecret: 'configuration',
  Secret: 'configuration',
  Service: 'network',
  ServiceAccount: 'security',
  VerticalPodAutoscaler: 'resources',
  VirtualService: 'hosts',
};

/** Fields, by the keys on the way to them. The first one that fits counts. */
const FIELDS: Array<[RegExp, Area]> = [
  [/(^|\.)(labels|matchLabels)\.app\.kubernetes\.io\/version$/, 'release'],
  [/^pod\.(initContainers|containers|ephemeralContainers)\.image$/, 'release'],
  [/(^|\.)labels\.pod-security\.kubernetes\.io\//, 'security'],
  [/\.backendRefs\.weight$/, 'strategy'],
  [/^pod\.(.*\.)?securityContext(\.|$)/, 'security'],
  [/^pod\.(serviceAccount(Name)?|automountServiceAccountToken|host(Network|PID|IPC|Users)|shareProcessNamespace|runtimeClassName|imagePullSecrets)(\.|$)/, 'security'],
  [/^pod\.volumes\.hostPath(\.|$)/, 'security'],
  [/^pod\.(initContainers|containers)\.(env|envFrom|args|command|workingDir)(\.|$)/, 'configuration'],
  [/^pod\.volumes\.(configMap|secret|projected|csi|downwardAPI)(\.|$)/, 'configuration'],
  [/^pod\.(initContainers|containers)\.resources(\.|$)|^pod\.resources(\.|$)/, 'resources'],
  [/^pod\.(priorityClassName|priority|nodeSelector|nodeName|affinity|tolerations|topologySpreadConstraints|schedulerName)(\.|$)/, 'resources'],
  [/^pod\.(initContainers|containers)\.ports(\.|$)|^pod\.(dnsPolicy|dnsConfig|hostAliases|hostname|subdomain)(\.|$)/, 'network'],
  [/^pod\.volumes(\.|$)|^pod\.(initContainers|containers)\.volume(Mounts|Devices)(\.|$)/, 'storage'],
  [/^spec\.(volumeClaimTemplates|persistentVolumeClaimRetentionPolicy)(\.|$)/, 'storage'],
  [/^spec\.replicas$/, 'scaling'],
  [/^(kind|apiVersion)$/, 'strategy'],
  [/^spec\.(strategy|updateStrategy|analysis|rollbackWindow|workloadRef|minReadySeconds|progressDeadline\w*|podManagementPolicy|revisionHistoryLimit)(\.|$)/, 'strategy'],
];

/** The keys on the way to a change, with dots between them; `pod` for the specification of pods. */
export function fieldOf(change: Change): string {
  return change.path.flatMap(segment => 'key' in segment ? [segment.key] : []).join('.').replace(POD, 'pod').replace(POD_LABELS, 'podMetadata.$2');
}

/** What a change of an object is about. */
export function areaOf(pair: ObjectPair, change: Change): Area {
  const field = fieldOf(change);
  const kind = kindOf((pair.after ?? pair.before)!);
  const byField = FIELDS.find(([pattern]) => pattern.test(field))?.[1];
  const byKind = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  const isCommon = byField === 'release' || byField === 'security' || /\.backendRefs\.weight$/.test(field);
  return (isCommon ? byField : byKind ?? byField) ?? 'other';
}
