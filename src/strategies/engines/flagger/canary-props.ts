import type { ApiObjectMetadata } from 'cdk8s';
import type { Analysis } from './analysis';
import type { MeshProvider } from './mesh-provider';
import type { AutoscalerReference, CanaryTarget, ObjectReference } from './reference';
import type { CanaryService } from './service-props';
import type { FlaggerVersion } from './version';

/** Properties of a `Canary`. */
export interface CanaryProps {
  /**
   * Name, namespace, labels and annotations. A Canary lives in the namespace of its target.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /** What is released. */
  readonly targetRef: CanaryTarget;

  /** How a release proceeds and is judged. */
  readonly analysis: Analysis;

  /**
   * The Services and the route that Flagger makes. Deployments and DaemonSets need it.
   *
   * @default - none, for a Service as target
   */
  readonly service?: CanaryService;

  /**
   * What routes the traffic.
   *
   * @default - as the controller was started
   */
  readonly provider?: MeshProvider;

  /**
   * The Prometheus of the built-in metrics, as a URL.
   *
   * @default - as the controller was started
   */
  readonly metricsServer?: string;

  /**
   * The autoscaler of the target. A Deployment that has one must name it here (FW685).
   *
   * @default - none
   */
  readonly autoscalerRef?: AutoscalerReference;

  /**
   * The name of the Ingress that is copied, for NGINX and Skipper.
   *
   * @default - none
   */
  readonly ingressRef?: string;

  /**
   * The name of the ApisixRoute that is copied.
   *
   * @default - none
   */
  readonly routeRef?: string;

  /**
   * The Gloo Upstream whose configuration is copied.
   *
   * @default - none
   */
  readonly upstreamRef?: ObjectReference;

  /**
   * How many seconds a release may make no progress before it fails.
   *
   * @default 600
   */
  readonly progressDeadlineSeconds?: number;

  /**
   * Promote without an analysis.
   *
   * @default false
   */
  readonly skipAnalysis?: boolean;

  /**
   * Give the target its replicas back when the Canary is deleted.
   *
   * @default false
   */
  readonly revertOnDeletion?: boolean;

  /**
   * Start no release, and halt one that runs.
   *
   * @default false
   */
  readonly suspend?: boolean;

  /**
   * The version of Flagger that runs. A field that is newer is an error (FW653).
   *
   * @default FlaggerVersion.V1_44
   */
  readonly flaggerVersion?: FlaggerVersion;
}
