import { Duration } from 'cdk8s';
import type { CodeHost } from './code-host';
import type { HealthCheck } from './health-check';
import type { ScanRules } from './image-options';
import type { JobStepOptions } from '../step-options';
import type { Value } from '../value';

/** Options of a check. */
export interface CheckOptions extends JobStepOptions {
  /**
   * Whether warnings fail it too, unless they are acknowledged.
   *
   * @default false
   */
  readonly strict?: boolean;

  /**
   * Where the findings go, as SARIF, for `Report.findings`.
   *
   * @default 'fairway.sarif'
   */
  readonly report?: string;
}

/** Options of a checkout of another repository. */
export interface CheckoutPlatformOptions extends JobStepOptions {
  /** Where the repository lies, and which one: `CodeHost.github({ repository: 'acme/platform', token })`. */
  readonly host: CodeHost;

  /** Where it goes: a folder of the workspace, which is not there yet. */
  readonly folder: string;

  /**
   * A branch, a tag or a commit.
   *
   * @default - the default branch
   */
  readonly ref?: string | Value;

  /**
   * How many commits; 0 is all of them.
   *
   * @default 1
   */
  readonly depth?: number;
}

/** Options of a comment. */
export interface CommentDiffOptions extends JobStepOptions {
  /** Where the pull request lies. */
  readonly host: CodeHost;

  /**
   * The environment that the other one is compared with. The step then runs the program of the pull request, with a token that may comment: where
   * that is not wanted, let another job write the file.
   *
   * @default - the file is there already
   */
  readonly from?: string;

  /**
   * The other environment.
   *
   * @default - the file is there already
   */
  readonly to?: string;

  /**
   * The file with the text, Markdown.
   *
   * @default 'fairway-diff.md'
   */
  readonly file?: string;

  /**
   * What tells the comment from others: one of each is kept, and updated in place.
   *
   * @default 'diff'
   */
  readonly comment?: string;
}

/** How a change of what runs gets into the repository. */
export enum ChangeRoute {
  /** It is pushed onto the branch; the job holds the approvals, by its environment. */
  PUSH = 'push',
  /** A pull request is opened, or updated; its review holds the approvals. */
  PULL_REQUEST = 'pull-request',
}

/**
 * Options of what changes the release states. The job checks out all of the history, by `JobStep.checkout({ depth: 0 })`, or by
 * `PlatformStep.checkout` where the platform lies in another repository.
 */
export interface ChangeOptions extends JobStepOptions {
  /** Where the repository lies. */
  readonly host: CodeHost;

  /**
   * How the change gets into the repository.
   *
   * @default ChangeRoute.PULL_REQUEST
   */
  readonly route?: ChangeRoute;

  /**
   * The branch that it goes to.
   *
   * @default 'main'
   */
  readonly branch?: string;

  /**
   * The files and folders that are committed: release states, manifests and the ownership manifest. In the folder.
   *
   * @default ['releases', 'dist', '.fairway']
   */
  readonly paths?: string[];

  /**
   * The folder of the workspace that the repository of the platform was checked out into. The step runs there.
   *
   * @default - the workspace
   */
  readonly folder?: string;
}

/** A release that enters the road. */
export interface EnteringRelease {
  /** The repository of its image. */
  readonly image: string | Value;

  /** Its digest: `build.output('digest')`. */
  readonly digest: string | Value;

  /**
   * Its tag.
   *
   * @default - none
   */
  readonly tag?: string | Value;

  /**
   * The commit that it was built from.
   *
   * @default Context.SHA
   */
  readonly commit?: string | Value;

  /**
   * The address of the repository of that commit.
   *
   * @default - none
   */
  readonly sourceRepository?: string;
}

/** Options of a promotion, as those of `fairway promote`. */
export interface PromoteOptions extends ChangeOptions {
  /** The environment that releases come into. */
  readonly environment: string | Value;

  /**
   * The names of the workloads.
   *
   * @default - `all` or `platform`
   */
  readonly workloads?: string[];

  /**
   * Whether every workload is promoted, and the program.
   *
   * @default false
   */
  readonly all?: boolean;

  /**
   * Whether the program alone is promoted.
   *
   * @default false
   */
  readonly platform?: boolean;

  /**
   * The environment that they come from.
   *
   * @default - the one before
   */
  readonly from?: string;

  /**
   * A release that enters here, of the one workload.
   *
   * @default - what runs in the environment before
   */
  readonly release?: EnteringRelease;

  /**
   * What the steps before vouch for: `health`, and analyses by name.
   *
   * @default - nothing
   */
  readonly passed?: string[];
}

/** Options of a rollback, as those of `fairway rollback`. */
export interface RollbackOptions extends ChangeOptions {
  /** The environment. */
  readonly environment: string | Value;

  /**
   * The workload.
   *
   * @default - the program
   */
  readonly workload?: string | Value;

  /**
   * The release that comes back: a tag, or the beginning of a digest or commit.
   *
   * @default - the one before
   */
  readonly to?: string | Value;

  /** Why, one line. */
  readonly reason: string | Value;
}

/** Options of a wait. */
export interface WaitForHealthOptions extends JobStepOptions {
  /** Whom to ask. */
  readonly check: HealthCheck;

  /**
   * How long each of them may take, whole minutes.
   *
   * @default Duration.minutes(10)
   */
  readonly within?: Duration;
}

/** Options of a smoke test. */
export interface SmokeTestOptions extends JobStepOptions {
  /** What is asked: `https://shop.example.com/healthz`. */
  readonly url: string | Value;

  /**
   * The status that is expected.
   *
   * @default 200
   */
  readonly status?: number;

  /**
   * What the answer has in it.
   *
   * @default - anything
   */
  readonly contains?: string;

  /**
   * How often it is tried, from 1 to 100.
   *
   * @default 10
   */
  readonly attempts?: number;

  /**
   * How long to wait between.
   *
   * @default Duration.seconds(6)
   */
  readonly delay?: Duration;
}

/** How a deployment ended. */
export enum DeploymentOutcome {
  SUCCESS = 'success',
  FAILURE = 'failure',
  ROLLBACK = 'rollback',
}

/** Options of a record. */
export interface RecordDeploymentOptions extends JobStepOptions {
  /** Where it was deployed. */
  readonly environment: string | Value;

  /**
   * What was deployed.
   *
   * @default - all of the environment
   */
  readonly workload?: string | Value;

  /**
   * How it ended.
   *
   * @default DeploymentOutcome.SUCCESS
   */
  readonly outcome?: DeploymentOutcome;

  /**
   * The commit that was deployed; its time gives the lead time, where the job has it.
   *
   * @default Context.SHA
   */
  readonly commit?: string | Value;

  /**
   * The digest that was deployed.
   *
   * @default - not told
   */
  readonly digest?: string | Value;

  /**
   * Where the event goes, as a CloudEvent over HTTP.
   *
   * @default - into the file alone
   */
  readonly endpoint?: string;

  /**
   * What it lets us in with, a `PipelineSecret`.
   *
   * @default - nothing
   */
  readonly token?: Value;

  /**
   * Where the event is written.
   *
   * @default 'deployment.json'
   */
  readonly file?: string;
}

/** Options of updates of dependencies. */
export interface UpdateDependenciesOptions extends JobStepOptions {
  /** Where the repository lies. */
  readonly host: CodeHost;

  /**
   * The configuration of Renovate.
   *
   * @default - that of the repository, else config:best-practices
   */
  readonly configuration?: string;
}

/** Options of a scan of what runs. */
export interface RescanOptions extends JobStepOptions {
  /** The environments whose releases are scanned. At least one. */
  readonly environments: string[];

  /**
   * The folder of the release states.
   *
   * @default 'releases'
   */
  readonly releases?: string;

  /**
   * How they are scanned.
   *
   * @default - by Grype, for what is high and can be mended
   */
  readonly rules?: ScanRules;
}
