import type { k8s } from 'cdk8s-plus-28';
import type { Environment } from '../environments';
import type { StrategyPlan } from './plan';

/**
 * A workload in one environment as an engine of rollouts gets it: what runs, how many, who reaches
 * it, and how it is rolled out. Plain data, settled by the workload.
 */
export interface RolloutTarget {
  /** The construct path of the workload, for findings. */
  readonly path: string;
  readonly name: string;
  readonly namespace: string;
  readonly environment: Environment;
  /** Labels of the workload's own object, beyond those of its chart. */
  readonly labels: Record<string, string>;
  readonly replicas: ReplicasPlan;
  /** The one label by which pods are selected. */
  readonly selector: Record<string, string>;
  /** The pods. Made for the controller that the engine named: `matchLabelKeys` of the spread follow it. */
  readonly template: k8s.PodTemplateSpec;
  readonly minReadySeconds: number;
  readonly progressDeadlineSeconds: number;
  readonly revisionHistoryLimit?: number;
  /** The rule of a NetworkPolicy that lets names be looked up, for what an engine runs beside the pods. */
  readonly dns: k8s.NetworkPolicyEgressRule;
  readonly service?: ServiceTarget;
  readonly strategy: StrategyPlan;
}

export interface ReplicasPlan {
  readonly minimum: number;
  readonly maximum: number;
  /** Whether an autoscaler decides; then no number is written. */
  readonly isAutoscaled: boolean;
  /** The kind of the autoscaler, where there is one; a HorizontalPodAutoscaler when nothing is said. */
  readonly scaler?: 'HorizontalPodAutoscaler' | 'ScaledObject';
}

/** How others reach a workload. */
export interface ServiceTarget {
  /** The port that others use. */
  readonly port: number;
  /** The name of the port, of the Service and of the container: `http`, `grpc`, `tcp`. */
  readonly portName: string;
  /** The port that the container listens on. */
  readonly containerPort: number;
  /** Further labels of the Services, as monitors select by them. */
  readonly labels: Record<string, string>;
  /** The host names under which it is reached from outside; empty for none. */
  readonly hosts: string[];
  /** The Secret with the certificate of the hosts, for an Ingress. */
  readonly tlsSecret?: string;
}

/** The object that a workload becomes, as its neighbours refer to it: autoscalers, budgets, spread. */
export interface PodController {
  readonly apiVersion: string;
  readonly kind: string;
  /** The label by which the pods of one revision are told from those of another. */
  readonly podHashLabel: string;
}
