import * as fs from 'fs';
import * as path from 'path';
import { MANIFEST_FOLDER } from './manifest';
import type { PlannedFile } from './paths';

/**
 * A change of what runs in an environment that is being written: the release state and the files that follow from it. It is written as a
 * whole before the first of them. The change counts from the moment in which the release state is there; from then on whoever comes next
 * completes the files, a synth too, which could not make those of a pinned environment itself.
 */
export interface Journal {
  readonly version: 1;
  /** What was asked for, in words of the command line. */
  readonly command: string;
  readonly environment: string;
  /** Whose files are replaced; those of the whole environment without it. */
  readonly workloads?: string[];
  /** The release state that makes the change count, its path relative to the root. */
  readonly state: { readonly path: string; readonly text: string };
  /** Where the files lie, relative to the root. */
  readonly base: string;
  readonly files: PlannedFile[];
}

/** The file with the journal of a platform. Its name is not that of an ownership manifest. */
export function journalPath(platform: string): string {
  return `${MANIFEST_FOLDER}/${platform}.promotion`;
}

/** The journal of a change that counts and was not completed; nothing when there is none, or when the release state is another by now. */
export function readJournal(root: string, platform: string): Journal | undefined {
  try {
    const journal = JSON.parse(fs.readFileSync(path.join(root, journalPath(platform)), 'utf8')) as Journal;
    const state = fs.readFileSync(path.join(root, journal.state.path), 'utf8');
    return journal.version === 1 && state === journal.state.text && Array.isArray(journal.files) ? journal : undefined;
  } catch {
    return undefined; // none, or one that somebody else wrote
  }
}

/** Whether a file with an owner belongs to what the journal replaces. */
export function isReplaced({ environment, workloads }: Pick<Journal, 'environment' | 'workloads'>, file: { environment?: string; workload?: string }): boolean {
  return file.environment === environment && (workloads === undefined || (file.workload !== undefined && workloads.includes(file.workload)));
}

/** Takes the journal away: what it says is done. */
export function removeJournal(root: string, platform: string): void {
  const file = path.join(root, journalPath(platform));
  if (fs.existsSync(file)) {
    fs.rmSync(file, { force: true });
  }
}
