import { Duration } from 'cdk8s';

/** Where the metrics of a workload are scraped. */
export interface MetricsEndpoint {
  /**
   * The port of the container.
   *
   * @default - the port of the service; a worker or task needs one of its own
   */
  readonly port?: number;

  /**
   * The path.
   *
   * @default '/metrics'
   */
  readonly path?: string;

  /**
   * The time between two scrapes, whole seconds.
   *
   * @default Duration.seconds(30)
   */
  readonly interval?: Duration;

  /**
   * Labels of the monitor, by which a Prometheus finds it: `{ release: 'kube-prometheus-stack' }`.
   *
   * @default - none beyond those of the workload
   */
  readonly labels?: Record<string, string>;
}
