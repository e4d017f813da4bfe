import type { Duration } from 'cdk8s';
import type { Condition } from './condition';
import type { JobEnvironment } from './job-environment';
import type { Value } from './value';

/** What a script is written for. */
export enum Shell {
  /** Bash, with `-euo pipefail`: a command that fails, an unset variable and a failure within a pipe end the step. */
  BASH = 'bash',
  /** POSIX shell, with `-eu`; for images without bash. */
  SH = 'sh',
  /** PowerShell. */
  PWSH = 'pwsh',
}

/** How often something is tried. */
export interface Retry {
  /** How many times at most, from 2 to 10. */
  readonly attempts: number;

  /**
   * How long to wait between.
   *
   * @default - not at all
   */
  readonly delay?: Duration;
}

/** Options of every step. */
export interface JobStepOptions {
  /**
   * The id, unique in its job: a DNS label.
   *
   * @default - made of what it does, with a number where there are several
   */
  readonly id?: string;

  /**
   * What people see.
   *
   * @default - what it does
   */
  readonly name?: string | Value;

  /**
   * Environment variables: text, or values that are known when the pipeline runs.
   *
   * @default - those of the job alone
   */
  readonly env?: Record<string, string | Value>;

  /**
   * When it runs. The statuses look at the steps before.
   *
   * @default Condition.success()
   */
  readonly condition?: Condition;

  /**
   * Whether the job goes on, and succeeds, when the step has failed.
   *
   * @default false
   */
  readonly continueOnError?: boolean;

  /**
   * How long it may take.
   *
   * @default - as long as the job
   */
  readonly timeout?: Duration;
}

/** Options of a step with a script. */
export interface RunOptions extends JobStepOptions {
  /**
   * What the script is written for.
   *
   * @default Shell.BASH
   */
  readonly shell?: Shell;

  /**
   * The folder that it runs in, from the root of the repository.
   *
   * @default - the root
   */
  readonly workingDirectory?: string;

  /**
   * What the script says to others: it writes lines `name=value` to the file `$FAIRWAY_OUTPUT`. A value is one line; all outputs of a job together
   * fit in 4096 bytes on Tekton.
   *
   * @default - nothing
   */
  readonly outputs?: string[];

  /**
   * Outputs that are safe to decide what runs, though the script reads a value that others choose: what it checks, one line for each, by output. Say it only of a script that
   * fails, or gives a text of your own, for everything but the texts that it expects. `explain()` lists it.
   *
   * @default - an output of a script that reads what others choose is itself chosen by others (FW1017)
   */
  readonly checkedOutputs?: Record<string, string>;

  /**
   * How often the script is tried.
   *
   * @default - once
   */
  readonly retry?: Retry;
}

/** Options of a step that deploys. */
export interface DeployOptions extends RunOptions {
  /** What it deploys to. */
  readonly environment: JobEnvironment;
}

/** Options of a checkout. */
export interface CheckoutOptions extends JobStepOptions {
  /**
   * How many commits of the history; 0 is all.
   *
   * @default 1
   */
  readonly depth?: number;

  /**
   * The folder that it goes to.
   *
   * @default - the workspace
   */
  readonly folder?: string;

  /**
   * Another commit, branch or tag than that of the run. Not one that others choose (FW1017).
   *
   * @default - what the run is about
   */
  readonly ref?: string | Value;

  /**
   * Whether submodules come along.
   *
   * @default false
   */
  readonly submodules?: boolean;

  /**
   * Whether files of Git LFS come along.
   *
   * @default false
   */
  readonly lfs?: boolean;

  /**
   * Whether later steps may push: the token stays in the folder, where every step of the job can read it. Needs `Grant.writeCode()`.
   *
   * @default false
   */
  readonly persistCredentials?: boolean;
}

/** What to do about files that are not there. */
export enum IfMissing {
  ERROR = 'error',
  WARN = 'warn',
  IGNORE = 'ignore',
}

/** Options of an upload. */
export interface UploadOptions extends JobStepOptions {
  /** Files, folders or patterns, from the root of the repository. At least one. */
  readonly paths: string[];

  /**
   * How long it is kept, from 1 to 90 days.
   *
   * @default - as the system is set up
   */
  readonly retentionDays?: number;

  /**
   * What to do when there is none of them.
   *
   * @default IfMissing.ERROR
   */
  readonly ifMissing?: IfMissing;
}

/** Options of a download. */
export interface DownloadOptions extends JobStepOptions {
  /**
   * The folder that the files go to. Paths within are as they were uploaded.
   *
   * @default - the root of the repository
   */
  readonly folder?: string;
}

/** Which way a cache goes. */
export enum CacheMode {
  /** Read before, written when the job has succeeded. */
  BOTH = 'both',
  RESTORE = 'restore',
  SAVE = 'save',
}

/** Options of a cache. */
export interface CacheOptions extends JobStepOptions {
  /** What tells it from others: `Value.join('npm-', Value.hashOf('package-lock.json'))`. */
  readonly key: string | Value;

  /**
   * Beginnings of keys that will do where there is none of that key.
   *
   * @default - none
   */
  readonly restoreKeys?: Array<string | Value>;

  /** Folders, in the workspace or the home folder (`~/.npm`). At least one. */
  readonly paths: string[];

  /**
   * Which way it goes.
   *
   * @default CacheMode.BOTH
   */
  readonly mode?: CacheMode;
}

/** Options of an approval. */
export interface ApproveOptions {
  /**
   * Who may: teams as the host of the repository names them, `acme/sre`, or people, `@jane`.
   *
   * @default - whoever may start the job
   */
  readonly approvers?: string[];

  /**
   * How many have to agree, from 1 to 6.
   *
   * @default 1
   */
  readonly count?: number;

  /**
   * How long it waits.
   *
   * @default - as long as the system does
   */
  readonly timeout?: Duration;
}

/** What a step is on some systems. */
export interface NativeBodies {
  /**
   * A step of GitHub Actions: `{ uses: 'owner/action@<40 hex digits>', with: { … } }`.
   *
   * @default - none
   */
  readonly github?: any;

  /**
   * Lines of a GitLab job's script, a list of text.
   *
   * @default - none
   */
  readonly gitlab?: any;

  /**
   * A step of Azure Pipelines: `{ task: 'Name@1', inputs: { … } }`.
   *
   * @default - none
   */
  readonly azure?: any;

  /**
   * A step of a Jenkinsfile, as Groovy text.
   *
   * @default - none
   */
  readonly jenkins?: any;

  /**
   * A step of a Tekton Task: `{ image: '…', script: '…' }`.
   *
   * @default - none
   */
  readonly tekton?: any;
}
