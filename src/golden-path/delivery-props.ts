import type { ChangeRoute, CodeHost, HealthCheck, JobContainer, JobStep, PipelineSystem, Runner, ScanRules } from '../pipelines';
import type { Workload } from '../workloads';

/** An image of a workload whose source lies in the repository of the platform. */
export interface SourceImage {
  /** The workload; the repository of its image is where the image is pushed. */
  readonly workload: Workload;

  /** The folder that is built. A change of what is in it builds, scans, signs and brings in a new release. */
  readonly context: string;

  /**
   * The Dockerfile, from the root of the repository.
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
}

/** What deliveries of platforms and of services have in common. */
export interface DeliveryProps {
  /**
   * The system that runs it, from `PipelineEngine`. There are several pipelines: one that writes a single file has to be told so, as
   * `PipelineEngine.jenkins({ file: 'ci/<pipeline>.jenkinsfile' })`.
   */
  readonly engine: PipelineSystem;

  /**
   * The branch that is delivered.
   *
   * @default 'main'
   */
  readonly branch?: string;

  /**
   * How promotions get into the repository. Pushed, the system holds the approvals of an environment before its job; proposed, the review of the pull
   * request does, and its merge goes on.
   *
   * @default - pull requests where the platform has an engine of promotion, else pushes
   */
  readonly route?: ChangeRoute;

  /**
   * The login to the registry of the images, `ImageStep.login`.
   *
   * @default - to ghcr.io with the token of the run, for images there; FW1063 for images elsewhere
   */
  readonly login?: JobStep;

  /**
   * How images are scanned.
   *
   * @default - by Grype, for what is high and can be mended
   */
  readonly scan?: ScanRules;

  /**
   * A key of a key management that images are signed with, as cosign names it: `awskms:///alias/release`.
   *
   * @default - none: keyless, by the identity of the run; not every system has one for sigstore
   */
  readonly signingKey?: string;

  /**
   * The image with scanner, cosign and syft, for jobs that need them where the system does not bring them along.
   *
   * @default - none: on the runner
   */
  readonly tools?: JobContainer;

  /**
   * The image with Renovate, best with its digest: the job may push.
   *
   * @default - none. A platform has Renovate among its dependencies (`npm install --save-dev --save-exact renovate`), where the lock file says what
   * runs, and it comes with `setup`; of a service nobody knows that, and it has no pipeline for updates
   */
  readonly renovate?: JobContainer;

  /**
   * When what comes by the calendar runs, such as updates of dependencies: five fields of cron, in UTC.
   *
   * @default '23 4 * * 1-5'
   */
  readonly maintenance?: string;

  /**
   * What the jobs run on.
   *
   * @default Runner.linux()
   */
  readonly runner?: Runner;
}

/** Properties of a `DeliveryPipeline`. */
export interface DeliveryPipelineProps extends DeliveryProps {
  /**
   * Where the repository lies.
   *
   * @default - by the `repository` of the platform; FW1060 where that says neither GitHub nor GitLab
   */
  readonly host?: CodeHost;

  /**
   * Images that are built here. Others enter the road from their own repositories, by a `ServiceDelivery` or `fairway promote --image`.
   *
   * @default - none
   */
  readonly images?: SourceImage[];

  /**
   * What sets up the program, after the checkout.
   *
   * @default - Setup.node() and npm ci
   */
  readonly setup?: JobStep[];

  /**
   * Tests of the program.
   *
   * @default - none beside `fairway check`
   */
  readonly test?: JobStep[];

  /**
   * What gives a job access to the cluster, before it asks for health: a login, a kubeconfig.
   *
   * @default - nothing
   */
  readonly clusterAccess?: JobStep[];

  /**
   * Whom to ask for health, by the name of the environment.
   *
   * @default - the GitOps engine of the platform, for all that deploys the environment
   */
  readonly health?: Record<string, HealthCheck>;

  /**
   * An address that has to answer after a deployment, by the name of the environment.
   *
   * @default - none
   */
  readonly smokeTests?: Record<string, string>;

  /**
   * Further steps that a deployment has to pass, in each environment.
   *
   * @default - none
   */
  readonly verification?: JobStep[];

  /**
   * The analyses that `verification` vouches for, by name: what environments demand by `requireAnalysis`.
   *
   * @default - none
   */
  readonly passed?: string[];

  /**
   * Where deployments are recorded, as CloudEvents.
   *
   * @default - in the log alone
   */
  readonly events?: string;
}
