import { PodOverride, PodProps } from './pod-props';
import { Replicas } from './replicas';
import { RolloutStrategy } from '../strategies/strategy';

/** What an environment changes about a service or worker. */
export interface WorkloadOverride extends PodOverride {
  /**
   * How many pods run.
   *
   * @default - as the workload says
   */
  readonly replicas?: Replicas;

  /**
   * How a new version takes over.
   *
   * @default - as the workload says
   */
  readonly strategy?: RolloutStrategy;
}

/** What services and workers have in common: pods that are all alike and always there. */
export interface WorkloadProps extends PodProps {
  /**
   * How many pods run.
   *
   * @default Replicas.fixed(2)
   */
  readonly replicas?: Replicas;

  /**
   * How a new version takes over.
   *
   * @default RolloutStrategy.rollingUpdate()
   */
  readonly strategy?: RolloutStrategy;
}

/** Properties of a `Worker`. */
export interface WorkerProps extends WorkloadProps {
  /**
   * What environments change, by their names. An unknown name is an error (FW207).
   *
   * @default - all environments get the same
   */
  readonly overrides?: Record<string, WorkloadOverride>;
}
