import { Artifact } from './artifact';
import { checkId, checkIdentifier, checkShape, delay, inside, insideOrHome, line, lineOrValue, ours, textOrValue, timeout } from './check';
import { ApprovalNode, Shell as ShellName, SystemName, SYSTEMS } from './graph';
import * as messages from './messages';
import { SCOPED } from './scoped-value';
import {
  ApproveOptions, CacheMode, CacheOptions, CheckoutOptions, DeployOptions, DownloadOptions, IfMissing, JobStepOptions, NativeBodies,
  RunOptions, Shell, UploadOptions,
} from './step-options';
import type { StepSpec } from './step-spec';
import { Value } from './value';
import { checkedVariables } from './variables';
import { Check, flag, listOf, mapOf, oneOf, whole } from '../core/shape';

const BASE: Record<string, Check> = {
  id: (at, value) => void checkId(at.path, 'step', value),
  name: lineOrValue,
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
  checkedOutputs: mapOf((at, value) => {
    if (typeof value !== 'string' || value.trim() === '' || /[\p{Cc}\u2028\u2029]/u.test(value) || value.length > 200) {
      throw messages.checkedWithoutReason.error(at.path, { output: at.field.replace(/^checkedOutputs\./, ''), reason: value });
    }
  }),
  retry: (at, value) => checkShape(at.path, 'retry', value, { attempts: whole(2, 10), delay }, ['attempts']),
};

/** One thing that a job does. It may stand in several jobs, as long as no other job reads its outputs. */
export class JobStep {
  /**
   * A script.
   *
   * @param script plain text; values come in as environment variables. Throws FW1000 without one, FW1019 for a value in it, FW1025 for what no shell gets as it is
   * @param options how it runs. Throws FW1000 to FW1004, FW1011, FW1031, FW1042, FW1047
   */
  public static run(script: string, options: RunOptions = {}): JobStep {
    checkShape('', 'step', options, RUN);
    return new JobStep(runSpec(script, options ?? {}));
  }

  /**
   * The files of the repository. The token of the run is not kept.
   *
   * @param options which, and where. Throws FW1000 to FW1004, FW1031, FW1042
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
   * @param artifact what they are called. Throws FW1001
   * @param options which files. Throws FW1000 to FW1004, FW1031, FW1042
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
   * @param artifact what they are called. Throws FW1001, and FW1014 at synth when no job uploads it
   * @param options where they go. Throws FW1000 to FW1004, FW1031, FW1042
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
   * @param options what tells it from others, and which files. Throws FW1000 to FW1004, FW1031, FW1042
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
   * @param message what is asked, one line. Throws FW1000 and FW1001
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
   * @param bodies the step by system. Throws FW1000 without one, FW1002
   * @param options how it runs; `env` is not given to it. Throws FW1000 to FW1004, FW1031
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
  const { shell = Shell.BASH, workingDirectory, outputs = [], checkedOutputs = {}, retry } = options;
  const unknown = Object.keys(checkedOutputs).find(name => !outputs.includes(name));
  if (unknown !== undefined) {
    throw messages.unknownOutput.error('', { step: base.id ?? base.defaultId, output: unknown, known: [...outputs] });
  }
  return {
    ...base,
    defaultName: titleOf(script),
    outputs: [...outputs],
    checkedOutputs: Object.fromEntries(Object.entries(checkedOutputs).map(([name, reason]) => [name, reason.trim()])),
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
