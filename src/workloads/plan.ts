import type { k8s } from 'cdk8s-plus-28';
import type { Environment } from '../environments';
import type { Egress } from './egress';
import type { PreStop } from './pod-props';
import type { Probe } from './probe';
import type { Replicas } from './replicas';
import type { SecretKey } from './secret-files';
import type { StrategyPlan } from '../strategies/plan';

/**
 * A workload in one environment, with every default and override settled: plain data, from which
 * the objects are made.
 */
export interface WorkloadPlan {
  readonly path: string;
  readonly name: string;
  readonly platform: string;
  readonly environment: Environment;
  readonly namespace: string;
  readonly version?: string;
  /** The main container first. */
  readonly containers: ContainerPlan[];
  /** In the order in which they start, sidecars among them where the cluster knows such. */
  readonly initContainers: ContainerPlan[];
  readonly volumes: VolumePlan[];
  readonly configMaps: ConfigMapPlan[];
  readonly user: number;
  readonly group: number;
  readonly shutdown: ShutdownPlan;
  readonly priority: Priority;
  readonly labels: Record<string, string>;
  readonly podAnnotations: Record<string, string>;
  readonly serviceAccountAnnotations: Record<string, string>;
  readonly imagePullSecrets: string[];
  readonly egress: Egress[];
  /** The services of this environment that the workload calls. */
  readonly calls: ServicePeer[];
  readonly service?: ServicePlan;
  readonly metrics?: MetricsPlan;
  readonly shape: ShapePlan;
}

/** What makes the pods: a rollout, a schedule, or a set with storage. */
export type ShapePlan = RolloutShape | TaskShape | StatefulShape;

export interface RolloutShape {
  readonly kind: 'rollout';
  readonly replicas: Replicas;
  readonly strategy: StrategyPlan;
}

export interface TaskShape {
  readonly kind: 'task';
  readonly schedule: string;
  readonly timeZone: string;
  readonly concurrency: string;
  readonly startingDeadlineSeconds: number;
  readonly timeoutSeconds: number;
  readonly retries: number;
  readonly fatalExitCodes: number[];
  readonly keepSucceeded: number;
  readonly keepFailed: number;
  readonly suspend: boolean;
}

export interface StatefulShape {
  readonly kind: 'stateful';
  readonly pods: number;
  readonly order: string;
  readonly partition: number;
  readonly deleteStorageWhenScaled: boolean;
  readonly claims: ClaimPlan[];
}

/** A volume that each pod of a set has to itself. */
export interface ClaimPlan {
  /** The name of the template, and of the volume. */
  readonly name: string;
  readonly size: string;
  readonly storageClass?: string;
  readonly accessMode: string;
}

export interface ContainerPlan {
  readonly name: string;
  readonly image: string;
  readonly command?: string[];
  readonly args?: string[];
  /** In an order in which each variable comes after those that it refers to. */
  readonly env: Array<[name: string, value: string | SecretKey]>;
  readonly resources: k8s.ResourceRequirements;
  readonly user: number;
  readonly group: number;
  readonly ports: PortPlan[];
  readonly probes: Pick<k8s.Container, 'readinessProbe' | 'livenessProbe' | 'startupProbe'>;
  readonly mounts: MountPlan[];
  /** Whether it is an init container that goes on running. */
  readonly isSidecar: boolean;
}

export interface PortPlan {
  readonly name: string;
  readonly port: number;
}

export interface MountPlan {
  readonly path: string;
  readonly volume: string;
  readonly readOnly: boolean;
}

export interface VolumePlan {
  readonly name: string;
  /** The source, in the words of Kubernetes. */
  readonly source: any;
}

/** An immutable ConfigMap of the workload. */
export interface ConfigMapPlan {
  readonly name: string;
  readonly data?: Record<string, string>;
  readonly binaryData?: Record<string, string>;
}

/** Where metrics are scraped. */
export interface MetricsPlan {
  /** The name of the port, at the container. */
  readonly portName: string;
  readonly port: number;
  /** Whether it is the port that others call. */
  readonly isServicePort: boolean;
  readonly path: string;
  readonly intervalSeconds: number;
  readonly labels: Record<string, string>;
}

/** The rank of an environment where several share a cluster. */
export interface Priority {
  /** The name of the PriorityClass. */
  readonly name: string;
  readonly value: number;
}

/** How a pod stops. */
export interface ShutdownPlan {
  readonly preStop: PreStop;
  readonly preStopWaitSeconds: number;
  readonly gracePeriodSeconds: number;
}

/** What only a service has. */
export interface ServicePlan {
  readonly port: number;
  readonly servicePort: number;
  readonly portName: string;
  readonly readiness: Probe;
  readonly liveness: Probe;
  /** When there is none of its own, the readiness probe tells when a pod has started. */
  readonly startup?: Probe;
  /** The workloads of this environment that may call it. */
  readonly callers: Peer[];
  readonly hosts: string[];
  readonly tlsSecret?: string;
}

/** A workload as its neighbours see it. */
export interface Peer {
  readonly name: string;
  readonly namespace: string;
}

/** A service as its callers see it. */
export interface ServicePeer extends Peer {
  readonly port: number;
}
