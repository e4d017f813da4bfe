import * as path from 'path';
import { Finding } from '../../core/diagnostics/finding';
import { isReplaced, Journal, journalPath, readJournal, removeJournal } from '../../core/files/journal';
import { ManifestFault, manifestPath, MANIFEST_FOLDER, readManifest } from '../../core/files/manifest';
import { OwnershipPlanner } from '../../core/files/ownership';
import type { PlannedFile } from '../../core/files/paths';
import { FileWriter } from '../../core/files/writer';
import { relativePath } from '../../core/host';
import { printReleaseState } from '../../environments/release-state';
import { failure } from '../failure';
import * as messages from './messages';
import type { Plan } from './plan';
import { clearTemporaries, writeWhole } from './state-files';
import type { Scope, Workspace } from './workspace';

/** What becomes of the files of a scope. */
export interface FileChanges {
  readonly written: string[];
  readonly removed: string[];
  readonly unchanged: number;
  /** Why nothing is written: files that were edited, or that belong to others. */
  readonly findings: Finding[];
}

/** A change that can be looked at, and then carried out. */
export interface Prepared {
  readonly changes: FileChanges;
  carryOut(): void;
}

/** Compares the files of a scope with what stands on disk. All other files of the platform stay as they are. */
export function prepare(workspace: Pick<Workspace, 'base' | 'platform'>, scope: Scope, files: PlannedFile[]): Prepared {
  const { base, platform } = workspace;
  const owned = asFailure(() => readManifest(base, platform), platform);
  const isKept = (file: string) => !isReplaced(scope, owned.files.get(file) ?? {});
  const plan = new OwnershipPlanner(base, owned, []).plan(files, isKept);
  return {
    changes: {
      written: plan.write.map(change => change.file.path).sort(),
      removed: [...plan.remove].sort(),
      unchanged: plan.unchanged.length,
      findings: plan.findings,
    },
    carryOut: () => asFailure(() => new FileWriter(base, owned).apply(plan), platform),
  };
}

/**
 * Writes a release state and the files that follow from it. First a journal says all that will be; with the release state the change
 * counts; then come the files. After a kill in between, the next command or synth completes what is missing.
 */
export function carryOut(workspace: Workspace, command: string, { scope, state }: Pick<Plan, 'scope' | 'state'>, files: PlannedFile[], prepared: Prepared): void {
  const { root, base, platform, releases } = workspace;
  const file = path.join(releases, `${state.environment}.json`);
  const text = printReleaseState(state);
  const journal: Journal = { version: 1, command, ...scope, state: { path: relativePath(root, file), text }, base: relativePath(root, base), files };
  writeWhole(path.join(root, journalPath(platform)), `${JSON.stringify(journal)}\n`);
  writeWhole(file, text);
  prepared.carryOut();
  removeJournal(root, platform);
}

/**
 * Completes a change that was interrupted. Returns what was asked for then; nothing when there is nothing to complete. Fails when files
 * are in the way that somebody has edited since.
 */
export function completeInterrupted(workspace: Workspace): { journal: Journal; changes: FileChanges } | undefined {
  const { root, platform, releases } = workspace;
  [releases, path.join(root, MANIFEST_FOLDER)].forEach(clearTemporaries);
  const journal = readJournal(root, platform);
  if (journal === undefined) {
    return undefined;
  }
  const prepared = prepare({ base: path.resolve(root, journal.base), platform }, journal, journal.files);
  if (prepared.changes.findings.length === 0) {
    prepared.carryOut();
    removeJournal(root, platform);
  }
  return { journal, changes: prepared.changes };
}

function asFailure<T>(run: () => T, platform: string): T {
  try {
    return run();
  } catch (e) {
    if (e instanceof ManifestFault) {
      throw failure(messages.manifestUnreadable(manifestPath(platform), e.message));
    }
    const { code, message } = e as NodeJS.ErrnoException;
    throw code === undefined ? e : failure(messages.filesNotWritten(message));
  }
}
