import type { k8s } from 'cdk8s-plus-28';
import type { Environment } from '../environments';
import type { Egress } from './egress';
import type { Probe } from './probe';
import type { Replicas } from './replicas';
import type { PreStop } from './workload-props';

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
  readonly image: string;
  readonly version?: string;
  readonly command?: string[];
  readonly args?: string[];
  /** In an order in which each variable comes after those that it refers to. */
  readonly env: Array<[name: string, value: string]>;
  readonly resources: k8s.ResourceRequirements;
  readonly replicas: Replicas;
  readonly folders: WritableFolder[];
  readonly user: number;
  readonly group: number;
  readonly shutdown: ShutdownPlan;
  readonly priority: Priority;
  readonly labels: Record<string, string>;
  readonly podAnnotations: Record<string, string>;
  readonly egress: Egress[];
  /** The services of this environment that the workload calls. */
  readonly calls: ServicePeer[];
  readonly service?: ServicePlan;
}

/** A folder that the process may write to. */
export interface WritableFolder {
  readonly path: string;
  readonly size: string;
  /** The name of the volume. */
  readonly volume: string;
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
  readonly host?: string;
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
