import { Duration } from 'cdk8s';
import { Environment } from '../environments';
import { Image } from '../images';
import { ConfigFiles } from './config-files';
import { ContainerProps, ProcessProps, SidecarProps } from './container-props';
import { Egress } from './egress';
import { MetricsEndpoint } from './metrics-endpoint';
import { Resources } from './resources';
import { SecretFiles, SecretKey } from './secret-files';
import { Volume } from './volume';

/** How the wait before a stop is made, so that load balancers notice before the process ends. */
export enum PreStop {
  /** The `sleep` action of Kubernetes, from 1.30: works in any image. */
  SLEEP_ACTION = 'sleep-action',
  /** The command `sleep`, which the image must have. */
  SLEEP_COMMAND = 'sleep-command',
  /** No wait: the process itself goes on serving for a while after SIGTERM. */
  NONE = 'none',
}

/** How a pod stops. */
export interface Shutdown {
  /**
   * How the wait is made.
   *
   * @default - the `sleep` action where the cluster knows it (1.30), else the command
   */
  readonly preStop?: PreStop;

  /**
   * How long the pod goes on serving after it was told to stop.
   *
   * @default - 15 seconds for a service, none for a worker or a task
   */
  readonly preStopWait?: Duration;

  /**
   * How long the process may take after SIGTERM to finish what it has begun.
   *
   * @default Duration.seconds(20)
   */
  readonly drain?: Duration;
}

/** What an environment changes about the pods of any workload. */
export interface PodOverride {
  /**
   * The image.
   *
   * @default - that of the workload
   */
  readonly image?: Image;

  /**
   * The entry point.
   *
   * @default - that of the workload
   */
  readonly command?: string[];

  /**
   * The arguments.
   *
   * @default - those of the workload
   */
  readonly args?: string[];

  /**
   * Resources; only those that are given change.
   *
   * @default - those of the workload
   */
  readonly resources?: Resources;

  /**
   * Environment variables, in addition to or instead of those of the workload.
   *
   * @default - those of the workload
   */
  readonly env?: Record<string, string>;

  /**
   * Environment variables from Secrets, in addition to or instead of those of the workload.
   *
   * @default - those of the workload
   */
  readonly secretEnv?: Record<string, SecretKey>;

  /**
   * Configuration by mount path, in addition to or instead of that of the workload.
   *
   * @default - that of the workload
   */
  readonly config?: Record<string, ConfigFiles>;

  /**
   * Secrets by mount path, in addition to or instead of those of the workload.
   *
   * @default - those of the workload
   */
  readonly secrets?: Record<string, SecretFiles>;

  /**
   * Volumes by mount path, in addition to or instead of those of the workload.
   *
   * @default - those of the workload
   */
  readonly volumes?: Record<string, Volume>;

  /**
   * Destinations outside the platform, in addition to those of the workload.
   *
   * @default - those of the workload
   */
  readonly egress?: Egress[];

  /**
   * How a pod stops, instead of what the workload says.
   *
   * @default - as the workload says
   */
  readonly shutdown?: Shutdown;

  /**
   * Annotations of the pods, in addition to or instead of those of the workload.
   *
   * @default - those of the workload
   */
  readonly podAnnotations?: Record<string, string>;

  /**
   * Annotations of the ServiceAccount, in addition to or instead of those of the workload.
   *
   * @default - those of the workload
   */
  readonly serviceAccountAnnotations?: Record<string, string>;
}

/** What all workloads have in common: what their pods are made of, and whom they may talk to. */
export interface PodProps extends ProcessProps {
  /**
   * Containers that run beside the main one for as long as it does. From Kubernetes 1.29 they start
   * before it and before `initContainers`, and end after it.
   *
   * @default - none
   */
  readonly sidecars?: SidecarProps[];

  /**
   * Containers that run one after the other, each to its end, before the main one starts.
   *
   * @default - none
   */
  readonly initContainers?: ContainerProps[];

  /**
   * Metrics that Prometheus scrapes, by a ServiceMonitor or PodMonitor of the Prometheus operator.
   *
   * @default - none
   */
  readonly metrics?: MetricsEndpoint;

  /**
   * How a pod stops.
   *
   * @default - see each field
   */
  readonly shutdown?: Shutdown;

  /**
   * Existing Secrets with the credentials of registries.
   *
   * @default - none: the nodes may pull
   */
  readonly imagePullSecrets?: string[];

  /**
   * Annotations of the ServiceAccount, such as the cloud identity that it stands for:
   * `{ 'eks.amazonaws.com/role-arn': 'arn:aws:iam::…' }`.
   *
   * @default - none
   */
  readonly serviceAccountAnnotations?: Record<string, string>;

  /**
   * The workloads that this one needs before it can work: they are deployed first, and it may call them.
   *
   * @default - none
   */
  readonly dependsOn?: string[];

  /**
   * Destinations outside the platform.
   *
   * @default - none: only what is declared can be reached
   */
  readonly egress?: Egress[];

  /**
   * The environments that the workload runs in.
   *
   * @default - all environments of the platform
   */
  readonly environments?: Environment[];

  /**
   * Labels of every object, beyond the standard ones.
   *
   * @default - none
   */
  readonly labels?: Record<string, string>;

  /**
   * Annotations of the pods.
   *
   * @default - none
   */
  readonly podAnnotations?: Record<string, string>;
}
