/*
 * Values of a pipeline as plain data. A value is known when the pipeline runs; it goes into environment variables, names, conditions and
 * the inputs of steps, never into the text of a script.
 */

/** Whether somebody outside of the team can choose what a value says. */
export type Trust = 'trusted' | 'untrusted' | 'secret';

/** What every system knows of a run. */
export const CONTEXTS = {
  /** `owner/name` of the repository. */
  repository: 'trusted',
  /** The commit that the run is about, 40 hex digits. */
  sha: 'trusted',
  /** The commit that it is compared with: where the pull request leaves its target, or what was pushed onto. Empty where there is none. */
  baseSha: 'trusted',
  /** The full name of the ref: `refs/heads/main`. */
  ref: 'untrusted',
  /** The name of the branch; empty for a tag. */
  branch: 'untrusted',
  /** The name of the tag; empty for a branch. */
  tag: 'untrusted',
  /** The name of the default branch. */
  defaultBranch: 'trusted',
  /** What started the run: one of `EVENTS`. */
  event: 'trusted',
  /** The number of the pull request; empty where there is none. */
  changeNumber: 'trusted',
  /** The title of the pull request. */
  changeTitle: 'untrusted',
  /** The branch that a pull request comes from. */
  sourceBranch: 'untrusted',
  /** The branch that a pull request goes to. */
  targetBranch: 'untrusted',
  /** Who started the run. */
  actor: 'untrusted',
  /** The id of the run, unique on the system. */
  runId: 'trusted',
  /** The number of the run of this pipeline. */
  runNumber: 'trusted',
  /** The address of the run for people. */
  runUrl: 'trusted',
} as const satisfies Record<string, Trust>;

export type ContextName = keyof typeof CONTEXTS;

/** What starts a run, in our own words. */
export const EVENTS = ['push', 'tag', 'pullRequest', 'mergeQueue', 'schedule', 'manual', 'call', 'release'] as const;

export type EventName = typeof EVENTS[number];

/** What a job came to. */
export type JobResult = 'success' | 'failure' | 'cancelled' | 'skipped';

/** An output of another job, which is thereby needed. */
export interface OutputValue {
  readonly kind: 'output';
  readonly job: string;
  readonly name: string;
}

/** An output of a step before, in the same job. */
export interface StepOutputValue {
  readonly kind: 'stepOutput';
  readonly step: string;
  readonly name: string;
}

/** An input of the pipeline, or of the template that the job stands in. */
export interface InputValue {
  readonly kind: 'input';
  readonly name: string;
}

/** What the matrix says for this leg. */
export interface MatrixValue {
  readonly kind: 'matrix';
  readonly axis: string;
}

export interface SecretValue {
  readonly kind: 'secret';
  readonly name: string;
}

export interface ContextValue {
  readonly kind: 'context';
  readonly name: ContextName;
}

/** What a needed job came to: a `JobResult`. */
export interface ResultValue {
  readonly kind: 'result';
  readonly job: string;
}

/** A hash over files of the workspace; only in the key of a cache. */
export interface HashValue {
  readonly kind: 'hash';
  /** Globs, relative to the root of the repository. */
  readonly files: readonly string[];
}

export type ValueNode = OutputValue | StepOutputValue | InputValue | MatrixValue | SecretValue | ContextValue | ResultValue | HashValue;

/** Text with values in it. Neighbouring strings are joined; no part is an empty string. */
export type Text = ReadonlyArray<string | ValueNode>;

/** The values of a text. */
export function valuesOf(text: Text): ValueNode[] {
  return text.filter(part => typeof part !== 'string');
}

/** The text, if no value is in it. */
export function plainText(text: Text): string | undefined {
  return text.every(part => typeof part === 'string') ? text.join('') : undefined;
}

/** The text, written out by what a system writes for a value. */
export function writeText(text: Text, write: (value: ValueNode) => string, writePlain: (plain: string) => string = plain => plain): string {
  return text.map(part => typeof part === 'string' ? writePlain(part) : write(part)).join('');
}

/** Text of parts, neighbouring strings joined and empty ones left out. */
export function textOf(parts: ReadonlyArray<string | ValueNode>): Text {
  const joined: Array<string | ValueNode> = [];
  for (const part of parts) {
    if (typeof part === 'string' && typeof joined.at(-1) === 'string') {
      joined.push(`${joined.pop() as string}${part}`);
    } else if (part !== '') {
      joined.push(part);
    }
  }
  return joined;
}
