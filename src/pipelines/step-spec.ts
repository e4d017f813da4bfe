import type { Condition } from './condition';
import type { ApprovalNode, GrantNode, StepBase, StepNode, Text } from './graph';
import type { JobEnvironment } from './job-environment';
import type { Value } from './value';

/** Where a text stands, and what may not be in it. */
export interface Place {
  /** In words: `the environment of the step "build"`. */
  readonly where: string;
  /** A secret there would be seen by people. */
  readonly isShown?: boolean;
  /** What stands there decides what runs. */
  readonly decides?: boolean;
  /** The key of a cache, where hashes may stand. */
  readonly isKey?: boolean;
  /** It is read before the legs of a matrix are made. */
  readonly isBeforeLegs?: boolean;
}

/** What a step is built with. */
export interface StepScope {
  readonly step: StepBase;
  /** Text with the values of its job; what it reads of other jobs is noted. */
  text(given: string | Value, place: Place): Text;
  /** What a file of the repository says when the pipeline is built; nothing when it is not there. */
  file(path: string): string | undefined;
  /** Environment variables of the step. */
  env(given: Readonly<Record<string, string | Value>>): Readonly<Record<string, Text>>;
  /** The job that uploads an artifact; noted as a need. */
  uploaderOf(artifact: string): string;
  /** The steps of a template, for a use of it. */
  group(template: object, id: string, inputs: Readonly<Record<string, Text>>): StepNode[];
}

/** What a step is, until the graph is built. */
export interface StepSpec {
  /** What it is called without an id of the user: `checkout`. */
  readonly defaultId: string;
  readonly defaultName: string;
  readonly id?: string;
  readonly name?: string | Value;
  readonly env: Readonly<Record<string, string | Value>>;
  readonly condition?: Condition;
  readonly continueOnError: boolean;
  readonly timeoutMinutes?: number;
  readonly retry?: { readonly attempts: number; readonly delaySeconds: number };
  readonly outputs: readonly string[];
  /** Outputs that others cannot choose whatever the step reads, with the reason. */
  readonly checkedOutputs?: Readonly<Record<string, string>>;
  readonly grants: readonly GrantNode[];
  readonly identities: ReadonlyArray<{ readonly name: string; readonly audience: string }>;
  /** Whether it pushes, publishes or deploys something. */
  readonly publishes: boolean;
  readonly uploads?: string;
  readonly downloads?: string;
  /** Somebody has to agree; then it is no step, and the job waits. */
  readonly approval?: ApprovalNode;
  /** The environment that it makes the job deploy to. */
  readonly environment?: JobEnvironment;
  /** The template that it is a use of. */
  readonly template?: object;
  /** Absent for an approval. */
  readonly build?: (scope: StepScope) => StepNode;
}
