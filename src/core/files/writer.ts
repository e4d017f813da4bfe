import * as fs from 'fs';
import * as path from 'path';
import { hashOf, manifestPath, OwnedFile, OwnershipManifest, printManifest } from './manifest';
import type { FileChange, FilePlan } from './ownership';
import { foldersAbove, pathFault, TEMPORARY } from './paths';

/** What was done to the disk. */
export interface WriteResult {
  readonly written: string[];
  readonly unchanged: number;
  readonly removed: string[];
}

/**
 * Carries out a plan. At any moment each file is old or new, never torn: a file is written under a
 * temporary name beside its place and renamed. The manifest first records the hashes to come, then
 * the files change, then it records that they have; whatever happens between, the next synth knows
 * every file again, finishes the work and clears temporary files away.
 */
export class FileWriter {
  private readonly made = new Set<string>();

  public constructor(
    private readonly root: string,
    private readonly owned: OwnershipManifest,
    private readonly progress: (done: number, total: number) => void = () => undefined,
  ) {}

  public apply(plan: FilePlan): WriteResult {
    this.clearLeftovers();
    const { write, unchanged, remove, standing, keep } = plan;
    const keptPending = only(this.owned.pending, keep);
    if (write.length > 0 || remove.length > 0) {
      // What stands there now may be of a synth that did not finish: it must stay known while it is replaced.
      const known = new Map([...this.owned.files, ...unchanged.map(c => [c.file.path, entryOf(c)] as const)]);
      standing.forEach((sha256, file) => known.set(file, { ...known.get(file), sha256 }));
      this.record(known, new Map([...keptPending, ...write.map(c => [c.file.path, c.sha256] as const)]));
    }
    const files = new Map<string, OwnedFile>([...write, ...unchanged].map(c => [c.file.path, entryOf(c)]));
    only(this.owned.files, keep).forEach((entry, file) => files.set(file, entry));
    const [inTheWay, stale] = divide(remove, blocking(write));
    inTheWay.forEach(file => this.remove(file));
    this.removeEmptied(files);
    write.forEach((change, i) => {
      this.write(change.file.path, change.file.content, change.file.executable);
      this.progress(i + 1, write.length);
    });
    stale.forEach(file => this.remove(file));
    this.record(files, keptPending);
    return { written: write.map(c => c.file.path), unchanged: unchanged.length, removed: remove };
  }

  private record(files: Map<string, OwnedFile>, pending: Map<string, string>): void {
    const file = manifestPath(this.owned.platform);
    const content = printManifest({ platform: this.owned.platform, files, pending });
    const absolute = path.join(this.root, file);
    const isSame = fs.existsSync(absolute) && hashOf(fs.readFileSync(absolute)) === hashOf(content);
    if (!isSame && (files.size > 0 || pending.size > 0 || fs.existsSync(absolute))) {
      this.write(file, content, false);
    }
  }

  private write(file: string, content: string, executable: boolean): void {
    const absolute = path.join(this.root, file);
    const folder = path.dirname(absolute);
    const temporary = path.join(folder, `${temporaryPrefix(file)}.${process.pid}${TEMPORARY}`);
    try {
      if (!this.made.has(folder)) {
        fs.mkdirSync(folder, { recursive: true });
        this.made.add(folder);
      }
      // The mode is set by hand: what is made must not depend on the umask.
      const descriptor = fs.openSync(temporary, 'w', 0o600);
      try {
        fs.writeFileSync(descriptor, content);
        fs.fchmodSync(descriptor, executable ? 0o755 : 0o644);
      } finally {
        fs.closeSync(descriptor);
      }
      fs.renameSync(temporary, absolute);
    } catch (e) {
      discard(temporary);
      throw Object.assign(e as Error, { path: absolute }); // not the temporary name, which nobody knows
    }
  }

  /** Removes a file, and the folders above it that this leaves empty. */
  private remove(file: string): void {
    fs.rmSync(path.join(this.root, file), { force: true });
    this.removeEmpty(path.posix.dirname(file));
  }

  private removeEmpty(from: string): void {
    for (let folder = from; folder !== '.'; folder = path.posix.dirname(folder)) {
      try {
        fs.rmdirSync(path.join(this.root, folder));
      } catch (e) {
        if ((e as NodeJS.ErrnoException).code !== 'ENOENT') {
          return; // not empty
        }
      }
    }
  }

  /** Folders of files that are gone already: a synth may have been killed between the last file and its folder. */
  private removeEmptied(files: Map<string, OwnedFile>): void {
    const gone = [...this.owned.files.keys()].filter(file => !files.has(file) && !pathFault(file));
    new Set(gone.map(file => path.posix.dirname(file))).forEach(folder => this.removeEmpty(folder));
  }

  /**
   * After a kill: temporary files stand beside the files that were being written, and beside the
   * manifest. Those of another platform, which may be at work, are left alone.
   */
  private clearLeftovers(): void {
    const known = [manifestPath(this.owned.platform), ...[...this.owned.pending.keys()].filter(file => !pathFault(file))];
    const prefixes = new Set(known.map(temporaryPrefix));
    for (const folder of new Set(known.map(file => path.posix.dirname(file)))) {
      const absolute = path.join(this.root, folder);
      namesIn(absolute)
        .filter(name => name.endsWith(TEMPORARY) && prefixes.has(name.slice(0, PREFIX_LENGTH)))
        .forEach(name => fs.rmSync(path.join(absolute, name), { force: true }));
      this.removeEmpty(folder);
    }
  }
}

const PREFIX_LENGTH = 13;

/** How the temporary name of a file begins. */
function temporaryPrefix(file: string): string {
  return `.${hashOf(path.posix.basename(file))}`.slice(0, PREFIX_LENGTH);
}

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return []; // no such folder, or not yet one
  }
}

function discard(temporary: string): void {
  try {
    fs.rmSync(temporary, { force: true });
  } catch {
    // The disk refuses everything; the next synth clears it away.
  }
}

/** Whether a file must be removed before others are written: it stands where they need a folder, or below one of them. */
function blocking(write: FileChange[]): (file: string) => boolean {
  const written = new Set(write.map(c => c.file.path));
  const folders = new Set(write.flatMap(c => foldersAbove(c.file.path)));
  return file => folders.has(file) || foldersAbove(file).some(folder => written.has(folder));
}

function divide<T>(items: T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isFirst), items.filter(item => !isFirst(item))];
}

function only<T>(entries: Map<string, T>, keys: string[]): Map<string, T> {
  return new Map(keys.flatMap(key => {
    const value = entries.get(key);
    return value === undefined ? [] : [[key, value] as const];
  }));
}

function entryOf({ file, sha256 }: FileChange): OwnedFile {
  return {
    sha256,
    ...(file.environment === undefined ? {} : { environment: file.environment }),
    ...(file.workload === undefined ? {} : { workload: file.workload }),
  };
}
