import * as fs from 'fs';
import * as path from 'path';
import { hashOf, OwnedFile, OwnershipManifest, MANIFEST_FOLDER, manifestPath, printManifest } from './manifest';
import type { FileChange, FilePlan } from './ownership';
import { pathFault } from './paths';

/** What was done to the disk. */
export interface WriteResult {
  readonly written: string[];
  readonly unchanged: number;
  readonly removed: string[];
}

const TEMPORARY = '.fairway-tmp';

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
    const isChanged = plan.write.length > 0 || plan.remove.length > 0;
    if (isChanged) {
      this.record(this.owned.files, new Map([...this.owned.pending, ...plan.write.map(c => [c.file.path, c.sha256] as const)]));
    }
    plan.write.forEach((change, i) => {
      this.write(change.file.path, change.file.content, change.file.executable);
      this.progress(i + 1, plan.write.length);
    });
    plan.remove.forEach(file => this.remove(file));
    const files = new Map<string, OwnedFile>([...plan.write, ...plan.unchanged].map(c => [c.file.path, entryOf(c)]));
    this.record(files, new Map());
    return { written: plan.write.map(c => c.file.path), unchanged: plan.unchanged.length, removed: plan.remove };
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
    if (!this.made.has(folder)) {
      fs.mkdirSync(folder, { recursive: true });
      this.made.add(folder);
    }
    const temporary = path.join(folder, `.${hashOf(path.basename(file)).slice(0, 12)}.${process.pid}${TEMPORARY}`);
    try {
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
      fs.rmSync(temporary, { force: true });
      throw e;
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
      } catch {
        return; // not empty
      }
    }
  }

  /** After a kill: temporary files stand beside the files that were being written, and beside the manifest. */
  private clearLeftovers(): void {
    const folders = new Set([...this.owned.pending.keys()].filter(file => !pathFault(file)).map(file => path.posix.dirname(file)));
    for (const folder of [MANIFEST_FOLDER, ...folders]) {
      const absolute = path.join(this.root, folder);
      const names = fs.existsSync(absolute) ? fs.readdirSync(absolute) : [];
      names.filter(name => name.endsWith(TEMPORARY)).forEach(name => fs.rmSync(path.join(absolute, name), { force: true }));
      this.removeEmpty(folder);
    }
  }
}

function entryOf({ file, sha256 }: FileChange): OwnedFile {
  return {
    sha256,
    ...(file.environment === undefined ? {} : { environment: file.environment }),
    ...(file.workload === undefined ? {} : { workload: file.workload }),
  };
}
