import { Duration } from 'cdk8s';
import { Artifact } from './artifact';
import { checkId, checkIdentifier, checkShape, delay, inside, insideOrHome, line, ours, textOrValue, timeout } from './check';
import { Condition } from './condition';
import { ApprovalNode, Shell as ShellName, SystemName, SYSTEMS } from './graph';
import { JobEnvironment } from './job-environment';
import * as messages from './messages';
import { SCOPED } from './scoped-value';
import type { StepSpec } from './step-spec';
import { Value } from './value';
import { checkedVariables } from './variables';
import { Check, flag, listOf, oneOf, whole } from '../core/shape';

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

const BASE: Record<string, Check> = {
  id: (at, value) => void checkId(at.path, 'step', value),
  name: textOrValue,
  env: (at, value) => void checkedVariables(at.path, 'step', value),
  condition: ours('Condition', '_part'),
  continueOnError: flag,
  timeout,
};

const RUN: Record<string, Check> = {
  ...BASE,
  shell: oneOf(Shell),
  workingDirectory: inside,
  outputs: listOf((at, value) => void checkIdentifier(at.path, 'output', value)),
  retry: (at, value) => checkShape(at.path, 'retry', value, { attempts: whole(2, 10), delay }, ['attempts']),
};

/** One thing that a job does. It may stand in several jobs, as long as no other job reads its outputs. */
export class JobStep {
  /**
   * A script.
   *
   * @param script plain text; values come in as environment variables. Throws FW1019 for a value in it, FW1025 for what no shell gets as it is
   * @param options how it runs. Throws FW1000 to FW1004, FW1031
   */
  public static run(script: string, options: RunOptions = {}): JobStep {
    checkShape('', 'step', options, RUN);
    return new JobStep(runSpec(script, options ?? {}));
  }

  /**
   * The files of the repository. The token of the run is not kept.
   *
   * @param options which, and where. Throws FW1000 to FW1004, FW1031
   */
  public static checkout(options: CheckoutOptions = {}): JobStep {
    checkShape('', 'checkout', options, {
      ...BASE, depth: whole(0), folder: inside, ref: textOrValue, submodules: flag, lfs: flag, persistCredentials: flag,
    });
    const { depth = 1, folder, ref, submodules = false, lfs = false, persistCredentials = false } = options ?? {};
    return new JobStep({
      ...baseOf(options, 'checkout', 'Check out'),
      grants: [{ capability: 'readCode', reason: 'checks out the repository' }],
      build: ({ step, text }) => ({
        ...step,
        kind: 'checkout',
        depth,
        submodules,
        lfs,
        persistCredentials,
        ...folder !== undefined && { folder },
        ...ref !== undefined && { ref: text(ref, { where: 'the ref of a checkout', isShown: true, decides: true }) },
      }),
    });
  }

  /**
   * Keeps files for other jobs and for people.
   *
   * @param artifact what they are called
   * @param options which files. Throws FW1000 to FW1004, FW1042
   */
  public static upload(artifact: Artifact, options: UploadOptions): JobStep {
    const name = nameOf(artifact);
    checkShape('', 'upload', options, { ...BASE, paths: listOf(inside, 1, 100), retentionDays: whole(1, 90), ifMissing: oneOf(IfMissing) }, ['paths']);
    const { paths, retentionDays, ifMissing = IfMissing.ERROR } = options;
    return new JobStep({
      ...baseOf(options, 'upload', `Upload ${name}`),
      uploads: name,
      build: ({ step }) => ({ ...step, kind: 'upload', artifact: name, paths: [...paths], ifMissing, ...retentionDays !== undefined && { retentionDays } }),
    });
  }

  /**
   * Gets files that another job keeps; the job waits for it.
   *
   * @param artifact what they are called. Throws FW1014 at synth when no job uploads it
   * @param options where they go. Throws FW1000 to FW1004, FW1042
   */
  public static download(artifact: Artifact, options: DownloadOptions = {}): JobStep {
    const name = nameOf(artifact);
    checkShape('', 'download', options, { ...BASE, folder: inside });
    const folder = options?.folder ?? '.';
    return new JobStep({
      ...baseOf(options, 'download', `Download ${name}`),
      downloads: name,
      build: ({ step, uploaderOf }) => ({ ...step, kind: 'download', artifact: name, from: uploaderOf(name), folder }),
    });
  }

  /**
   * Files that make later runs faster, and that can be lost at any time. Jobs that publish have none: what a pull request has put there must not
   * get into a release.
   *
   * @param options what tells it from others, and which files. Throws FW1000 to FW1004, FW1042
   */
  public static cache(options: CacheOptions): JobStep {
    checkShape('', 'cache', options, {
      ...BASE, key: textOrValue, restoreKeys: listOf(textOrValue), paths: listOf(insideOrHome, 1, 20), mode: oneOf(CacheMode),
    }, ['key', 'paths']);
    const { key, restoreKeys = [], paths, mode = CacheMode.BOTH } = options;
    const place = { where: 'the key of a cache', isShown: true, isKey: true };
    return new JobStep({
      ...baseOf(options, 'cache', 'Cache'),
      build: ({ step, text }) => ({
        ...step, kind: 'cache', mode, paths: [...paths], key: text(key, place), restoreKeys: restoreKeys.map(each => text(each, place)),
      }),
    });
  }

  /**
   * Somebody has to agree before the job starts. The first step of a job (FW1024), or the only one.
   *
   * @param message what is asked, one line
   * @param options who, and for how long. Throws FW1000 to FW1003
   */
  public static approve(message: string, options: ApproveOptions = {}): JobStep {
    line({ path: '', kind: 'approval', field: 'message', messages }, message);
    checkShape('', 'approval', options, { approvers: listOf(line, 1, 50), count: whole(1, 6), timeout });
    const approval: ApprovalNode = {
      message,
      approvers: [...options?.approvers ?? []],
      count: options?.count ?? 1,
      ...options?.timeout && { timeoutMinutes: options.timeout.toMinutes() },
    };
    return new JobStep({ ...baseOf({}, 'approve', message), approval });
  }

  /**
   * A script that brings a release into an environment: its job deploys to it, and waits for its gates.
   *
   * @param script plain text
   * @param options the environment, and how it runs. Throws as `run` does
   */
  public static deploy(script: string, options: DeployOptions): JobStep {
    checkShape('', 'deploy', options, { ...RUN, environment: ours('JobEnvironment', 'name') }, ['environment']);
    const { environment, ...run } = options;
    return new JobStep({ ...runSpec(script, run), defaultId: 'deploy', environment, publishes: true });
  }

  /**
   * What only some systems have. The pipeline's system must be among them (FW1036). It stands in the output as it is: values don't come into it,
   * and nothing of it is checked.
   *
   * @param bodies the step by system
   * @param options how it runs; `env` is not given to it
   */
  public static native(bodies: NativeBodies, options: JobStepOptions = {}): JobStep {
    checkShape('', 'native step', bodies, Object.fromEntries(SYSTEMS.map(system => [system, () => undefined])));
    checkShape('', 'native step', options, BASE);
    const known = Object.entries(bodies ?? {}).filter(([, body]) => body !== undefined);
    if (known.length === 0) {
      throw messages.emptyField.error('', { kind: 'native step', field: 'bodies' });
    }
    const copy = Object.fromEntries(known.map(([system, body]) => [system, structuredClone(body)])) as Partial<Record<SystemName, unknown>>;
    return new JobStep({ ...baseOf(options, 'native', 'Native step'), build: ({ step }) => ({ ...step, kind: 'native', bodies: copy }) });
  }

  /** @internal */
  public static _of(spec: StepSpec): JobStep {
    return new JobStep(spec);
  }

  private constructor(/** @internal */ public readonly _spec: StepSpec) {}

  /**
   * What the step says to others. Later steps of the job read it, and steps of other jobs, which wait for it.
   *
   * @param name an output of the step. Throws FW1011 for one that it does not declare
   */
  public output(name: string): Value {
    if (!this._spec.outputs.includes(name)) {
      throw messages.unknownOutput.error('', { step: this._spec.id ?? this._spec.defaultId, output: name, known: this._spec.outputs });
    }
    return new StepOutputOf(this, name);
  }
}

class StepOutputOf extends Value {
  public constructor(step: JobStep, name: string) {
    super([{ [SCOPED]: 'stepOutput', step, name }]);
  }
}

/**
 * What all steps have, by their options. Steps of the library are built on it.
 *
 * @param options of the user, checked
 * @param defaultId a DNS label
 * @param defaultName one line
 */
export function baseOf(options: JobStepOptions | undefined, defaultId: string, defaultName: string): StepSpec {
  const { id, name, env, condition, continueOnError = false, timeout: limit } = options ?? {};
  return {
    defaultId,
    defaultName,
    ...id !== undefined && { id },
    ...name !== undefined && { name },
    env: checkedVariables('', id ?? defaultId, env),
    ...condition && { condition },
    continueOnError,
    ...limit && { timeoutMinutes: limit.toMinutes() },
    outputs: [],
    grants: [],
    identities: [],
    publishes: false,
  };
}

/** The shape of what all steps have. */
export const STEP_SHAPE = BASE;

/** The shape of what all steps with a script have. */
export const RUN_SHAPE = RUN;

function runSpec(given: string, options: RunOptions): StepSpec {
  const base = baseOf(options, 'run', '');
  const script = checkedScript(base.id ?? base.defaultId, given);
  const { shell = Shell.BASH, workingDirectory, outputs = [], retry } = options;
  return {
    ...base,
    defaultName: titleOf(script),
    outputs: [...outputs],
    ...retry && { retry: { attempts: retry.attempts, delaySeconds: retry.delay?.toSeconds() ?? 0 } },
    build: ({ step }) => ({
      ...step, kind: 'run', script, shell: shell as ShellName, ...workingDirectory !== undefined && { workingDirectory },
    }),
  };
}

const LONGEST = 128 * 1024;

/** The script without blanks at its end. Throws FW1000, FW1019 and FW1025. */
export function checkedScript(step: string, script: unknown): string {
  if (script instanceof Value) {
    throw messages.valueInScript.error('', { step });
  }
  if (typeof script !== 'string' || script.trim() === '') {
    throw messages.emptyField.error('', { kind: `step ${step}`, field: 'script' });
  }
  const text = script.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
  const fault = /[^\P{Cc}\n\t]|[\u2028\u2029\ufeff\ufffe\uffff]/u.test(text) ? 'has control characters, or carriage returns'
    : /\p{Cs}/u.test(text) ? 'is no well-formed Unicode'
      : Buffer.byteLength(text) >= LONGEST ? `has ${Buffer.byteLength(text)} bytes` : undefined;
  if (fault) {
    throw messages.unsafeScript.error('', { step, fault });
  }
  return text;
}

/** What a script does, by its first line. */
function titleOf(script: string): string {
  const first = script.split('\n').find(each => each.trim() !== '' && !each.startsWith('#')) ?? script.split('\n')[0];
  const title = first.trim().replace(/\s+/g, ' ');
  return `Run ${title.length > 60 ? `${title.slice(0, 59)}…` : title}`;
}

function nameOf(artifact: unknown): string {
  ours('Artifact', '_artifact')({ path: '', kind: 'step', field: 'artifact', messages }, artifact);
  return (artifact as Artifact)._artifact;
}
