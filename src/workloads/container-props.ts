import { Image } from '../images';
import { ConfigFiles } from './config-files';
import { Probe } from './probe';
import { Resources } from './resources';
import { SecretFiles, SecretKey } from './secret-files';
import { Volume } from './volume';

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

/** What a container runs, and what it finds there: restricted, read-only, with limits. */
export interface ProcessProps {
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
   * Environment variables with values of existing Secrets. A warning (FW429): files are safer, see `secrets`.
   *
   * @default - none
   */
  readonly secretEnv?: Record<string, SecretKey>;

  /**
   * What the container asks for and what it may take.
   *
   * @default - 100m CPU, 128Mi memory and 64Mi disk; limits follow
   */
  readonly resources?: Resources;

  /**
   * Folders that the process may write to, with the size of each: `{ '/data': '256Mi' }`. The root
   * file system is read-only, and what is written is gone with the pod.
   *
   * @default - `/tmp` alone, with 64Mi
   */
  readonly writablePaths?: Record<string, string>;

  /**
   * Configuration as files, by the path of the folder that it is mounted at.
   *
   * @default - none
   */
  readonly config?: Record<string, ConfigFiles>;

  /**
   * Existing Secrets as files, by the path of the folder that they are mounted at.
   *
   * @default - none
   */
  readonly secrets?: Record<string, SecretFiles>;

  /**
   * Other volumes, by the path of the folder that they are mounted at. The same `Volume` in two
   * containers of a pod is shared by them.
   *
   * @default - none
   */
  readonly volumes?: Record<string, Volume>;

  /**
   * The user that the process runs as.
   *
   * @default - that of the workload; for the workload itself 65532, `nonroot` of distroless images
   */
  readonly runAs?: RunAs;
}

/** A container beside the main one of a workload. */
export interface ContainerProps extends ProcessProps {
  /** Its name: a DNS label of its own in the pod. */
  readonly name: string;
}

/** A container that runs for as long as the main one. */
export interface SidecarProps extends ContainerProps {
  /**
   * The port that it listens on, for its probes and for metrics. Other workloads cannot call it.
   *
   * @default - none
   */
  readonly port?: number;

  /**
   * The name of the port, at most 15 letters, digits and hyphens.
   *
   * @default - the name of the container, shortened
   */
  readonly portName?: string;

  /**
   * How to know that it is ready; the pod serves only when all of its containers are.
   *
   * @default - not asked
   */
  readonly readiness?: Probe;

  /**
   * How to know that it must be restarted.
   *
   * @default - its port can be opened, where it has one
   */
  readonly liveness?: Probe;

  /**
   * How to know that it has started. From Kubernetes 1.29 the next container waits for it.
   *
   * @default - the readiness probe, where there is one
   */
  readonly startup?: Probe;
}
