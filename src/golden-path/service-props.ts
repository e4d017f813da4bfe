import type { DeliveryProps } from './delivery-props';
import type { CodeHost, JobStep } from '../pipelines';
import type { Workload } from '../workloads';

/** Properties of a `ServiceDelivery`. */
export interface ServiceDeliveryProps extends DeliveryProps {
  /** The workload; the repository of its image is where the image is pushed. */
  readonly workload: Workload;

  /** The address of the repository of the service, http or https: `https://github.com/acme/checkout`. */
  readonly repository: string;

  /**
   * The folder that is built, from the root of the repository of the service.
   *
   * @default '.'
   */
  readonly context?: string;

  /**
   * The Dockerfile, from the root of the repository of the service.
   *
   * @default - Dockerfile in the context
   */
  readonly dockerfile?: string;

  /**
   * Platforms, such as `linux/amd64`.
   *
   * @default - that of the runner
   */
  readonly platforms?: string[];

  /**
   * Tests of the service, after a checkout of it: tools, and what runs them.
   *
   * @default - none
   */
  readonly test?: JobStep[];

  /**
   * The folder of the repository of the platform that the files are written into. From there they are taken over into that of the service.
   *
   * @default - services/ and the name of the workload
   */
  readonly folder?: string;

  /**
   * The repository of the platform, with a token that may write there. The token of the run may not (FW1065).
   *
   * @default - by the `repository` of the platform, with the secret PLATFORM_TOKEN of the environment; FW1060 where that says neither GitHub nor GitLab
   */
  readonly host?: CodeHost;

  /**
   * The branch of the platform that releases are handed over to.
   *
   * @default 'main'
   */
  readonly platformBranch?: string;

  /**
   * What sets up the program of the platform. It lies in the folder `platform`, which steps name: `workingDirectory: 'platform'`,
   * `lockFiles: ['platform/yarn.lock']`.
   *
   * @default - Setup.node() and npm ci in that folder
   */
  readonly setup?: JobStep[];

  /**
   * Where the repository of the service lies, for updates of its dependencies.
   *
   * @default - by `repository`; FW1060 where that says neither GitHub nor GitLab
   */
  readonly serviceHost?: CodeHost;
}
