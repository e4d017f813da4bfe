import { Duration } from 'cdk8s';
import { Environment } from '../environments';
import { Image } from '../images';
import { Egress } from './egress';
import { PortProtocol } from './port-protocol';
import { Probe } from './probe';
import { Replicas } from './replicas';
import { Resources } from './resources';

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
   * @default - 15 seconds for a service, none for a worker
   */
  readonly preStopWait?: Duration;

  /**
   * How long the process may take after SIGTERM to finish what it has begun.
   *
   * @default Duration.seconds(20)
   */
  readonly drain?: Duration;
}

/** The user and group that a process runs as. */
export interface RunAs {
  /** The user id; scanners ask for more than 10000, so that it is no user of the host. */
  readonly user: number;

  /**
   * The group id.
   *
   * @default - the user id
   */
  readonly group?: number;
}

/** What an environment changes about a workload. */
export interface WorkloadOverride {
  /**
   * The image.
   *
   * @default - that of the workload
   */
  readonly image?: Image;

  /**
   * How many pods run.
   *
   * @default - as the workload says
   */
  readonly replicas?: Replicas;

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
}

/** What an environment changes about a service. */
export interface WebServiceOverride extends WorkloadOverride {
  /**
   * The host name under which the service is reached from outside.
   *
   * @default - that of the service
   */
  readonly host?: string;
}

/** What all workloads have in common. */
export interface WorkloadProps {
  /** The image. */
  readonly image: Image;

  /**
   * The entry point, instead of that of the image.
   *
   * @default - that of the image
   */
  readonly command?: string[];

  /**
   * The arguments, instead of those of the image.
   *
   * @default - those of the image
   */
  readonly args?: string[];

  /**
   * Environment variables.
   *
   * @default - none
   */
  readonly env?: Record<string, string>;

  /**
   * What the container asks for and what it may take.
   *
   * @default - 100m CPU, 128Mi memory and 64Mi disk; limits follow
   */
  readonly resources?: Resources;

  /**
   * How many pods run.
   *
   * @default Replicas.fixed(2)
   */
  readonly replicas?: Replicas;

  /**
   * Folders that the process may write to, with the size of each: `{ '/data': '256Mi' }`. The root
   * file system is read-only, and what is written is gone with the pod.
   *
   * @default - `/tmp` alone, with 64Mi
   */
  readonly writablePaths?: Record<string, string>;

  /**
   * The user that the process runs as.
   *
   * @default - 65532, `nonroot` of distroless images
   */
  readonly runAs?: RunAs;

  /**
   * How a pod stops.
   *
   * @default - see each field
   */
  readonly shutdown?: Shutdown;

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

/** Properties of a `Worker`. */
export interface WorkerProps extends WorkloadProps {
  /**
   * What environments change, by their names. An unknown name is an error (FW207).
   *
   * @default - all environments get the same
   */
  readonly overrides?: Record<string, WorkloadOverride>;
}

/** Properties of a `WebService`. */
export interface WebServiceProps extends WorkloadProps {
  /** The port that the container listens on. */
  readonly port: number;

  /**
   * The port under which others reach the service.
   *
   * @default - the port of the container
   */
  readonly servicePort?: number;

  /** How to know that a pod can serve. Without one, FW401 is thrown. */
  readonly readiness: Probe;

  /**
   * How to know that a pod must be restarted.
   *
   * @default - the port can be opened: a dependency that is down is no reason to restart
   */
  readonly liveness?: Probe;

  /**
   * How to know that a pod has started; until then no other probe runs.
   *
   * @default - the readiness probe, for up to five minutes
   */
  readonly startup?: Probe;

  /**
   * What the port speaks: it names the port, which service meshes and load balancers go by.
   *
   * @default - `grpc` or `tcp` where the readiness probe speaks it, else `http`
   */
  readonly protocol?: PortProtocol;

  /**
   * The workloads that may call this service.
   *
   * @default - those that depend on it
   */
  readonly callers?: string[];

  /**
   * The host name under which the service is reached from outside, through the ingress controller
   * of the environment.
   *
   * @default - not reached from outside
   */
  readonly host?: string;

  /**
   * The Secret with the certificate of the host, in the namespace of the service.
   *
   * @default - none: TLS ends before the controller, or the controller has a default certificate
   */
  readonly tlsSecret?: string;

  /**
   * What environments change, by their names. An unknown name is an error (FW207).
   *
   * @default - all environments get the same
   */
  readonly overrides?: Record<string, WebServiceOverride>;
}
