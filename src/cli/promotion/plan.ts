import type { FileChanges } from './apply';
import type { ObjectChange } from './changes';
import type { Gate } from './gates';
import type { Scope } from './workspace';
import type { Finding } from '../../core/diagnostics/finding';
import type { FormerRelease, ReleaseState } from '../../environments/release-state';

/** A release that moves. */
export interface Move {
  readonly workload: string;
  readonly release: FormerRelease;
  /** What runs until then, if its digest is known. */
  readonly former?: FormerRelease;
}

/** A program that moves. */
export interface PlatformMove {
  readonly revision: string;
  readonly former?: string;
}

/** Why something is not done, and what to do. */
export interface Refusal {
  /** The workload; nothing when it is about all. */
  readonly subject?: string;
  readonly message: string;
  readonly remedy: string;
}

/** What is to be done, before anything is rendered. */
export interface Plan {
  readonly environment: string;
  /** Where it comes from; nothing for a rollback, and for a release that enters the road. */
  readonly from?: string;
  readonly moves: Move[];
  readonly platform?: PlatformMove;
  /** What is so already, in sentences. */
  readonly already: string[];
  readonly notes: string[];
  readonly gates: Gate[];
  readonly refusals: Refusal[];
  readonly approvals?: { readonly teams: string[]; readonly count: number };
  /** The release state to come. */
  readonly state: ReleaseState;
  readonly scope: Scope;
  /** The commit of the program that renders it; nothing for the program as it stands. */
  readonly revision?: string;
}

/** How a command ended. */
export enum Outcome {
  DONE = 'done',
  DRY_RUN = 'dry-run',
  ALREADY = 'already-there',
  REFUSED = 'refused',
  /** The same command was interrupted before; what was missing is there now. */
  COMPLETED = 'completed',
}

/** What is said of a command that has ended. */
export interface Result {
  readonly command: 'promote' | 'rollback';
  readonly outcome: Outcome;
  readonly platform: string;
  readonly plan: Plan;
  /** The file with the release state, relative to the root. */
  readonly state: string;
  readonly files: FileChanges;
  readonly changes: ObjectChange[];
  readonly findings: Finding[];
}

/** Reasons against a plan: of its own, and of its gates. */
export function reasonsAgainst({ refusals, gates }: Plan): Refusal[] {
  return [...refusals, ...gates.filter(gate => !gate.passed).map(({ subject, message, remedy = '' }) => ({ subject, message, remedy }))];
}
