import * as fs from 'fs';
import * as path from 'path';
import type { Finding } from '../diagnostics/finding';
import { isInside, relativePath } from '../host';
import * as messages from '../messages';
import { hashOf, MANIFEST_FOLDER, manifestPath, OwnershipManifest, readManifest } from './manifest';
import { foldersAbove, pathFault, PlannedFile, TEMPORARY } from './paths';

/** A file to write, with the hash that it will have. */
export interface FileChange {
  readonly file: PlannedFile;
  readonly sha256: string;
}

/** What a synth has to do to the disk. */
export interface FilePlan {
  readonly write: FileChange[];
  readonly unchanged: FileChange[];
  /** Files that were owned and are no longer made, relative to the root. */
  readonly remove: string[];
  /** What stands on disk, and is ours, where something is to be written or removed: hashes by path. */
  readonly standing: Map<string, string>;
  /** Files that were owned, are not made this time, and stay. */
  readonly keep: string[];
  readonly findings: Finding[];
}

/** What leads to a folder: nothing yet, a folder (`real` is where links lead), a link that leads out, or a file. */
type FolderState =
  | { readonly kind: 'absent' | 'present'; readonly real: string }
  | { readonly kind: 'link'; readonly at: string }
  | { readonly kind: 'file'; readonly at: string };

/** Compares what a synth makes with what stands on disk. Reads only. */
export class OwnershipPlanner {
  private readonly realRoot: string;
  private readonly folders = new Map<string, FolderState>();
  private readonly standing = new Map<string, string>();
  private made = new Set<string>();
  private others?: Map<string, string>;
  private staleFolders?: Set<string>;

  public constructor(
    private readonly root: string,
    private readonly owned: OwnershipManifest,
    private readonly adopt: string[],
  ) {
    this.realRoot = fs.existsSync(root) ? fs.realpathSync(root) : path.resolve(root);
  }

  /**
   * @param files what is made
   * @param isKept which files stay although they are not made
   */
  public plan(files: PlannedFile[], isKept: (file: string) => boolean = () => false): FilePlan {
    const { standing } = this;
    const plan: FilePlan = { write: [], unchanged: [], remove: [], standing, keep: [], findings: [...this.checkManifestFolder()] };
    this.made = new Set(files.map(f => f.path));
    const taken = new Set<string>();
    for (const file of files) {
      const change = { file, sha256: hashOf(file.content) };
      const state = this.compare(file, change.sha256, taken);
      if (state === 'same') {
        plan.unchanged.push(change);
      } else if (state === 'write') {
        plan.write.push(change);
      } else {
        plan.findings.push(state);
      }
    }
    for (const old of new Set([...this.owned.files.keys(), ...this.owned.pending.keys()])) {
      if (this.made.has(old)) {
        continue;
      }
      const state = pathFault(old) === undefined && isKept(old) ? 'keep' : this.removable(old);
      if (state === 'keep') {
        plan.keep.push(old);
      } else if (state === 'remove') {
        plan.remove.push(old);
      } else if (state !== 'gone') {
        plan.findings.push(state);
      }
    }
    return plan;
  }

  private checkManifestFolder(): Finding[] {
    const state = this.stateOfFolder(MANIFEST_FOLDER);
    return state.kind === 'link' ? [messages.linkedPath.at('', { path: manifestPath(this.owned.platform), link: state.at })] : [];
  }

  /** @param taken the places on disk that other files of this synth have: two paths may lead to one through a link */
  private compare(file: PlannedFile, sha256: string, taken: Set<string>): 'same' | 'write' | Finding {
    const folder = this.stateOfFolder(path.posix.dirname(file.path));
    if (folder.kind === 'link') {
      return messages.linkedPath.at(file.source, { path: file.path, link: folder.at });
    }
    if (folder.kind === 'file') {
      return this.isStale(folder.at) ? 'write' : messages.fileIsFolder.at(file.source, { path: folder.at, inside: file.path });
    }
    const place = path.join(folder.real, path.posix.basename(file.path));
    if (taken.has(place)) {
      return messages.linkedPath.at(file.source, { path: file.path, link: path.posix.dirname(file.path) });
    }
    taken.add(place);
    const current = this.read(file.path);
    if (current === undefined) {
      return 'write';
    }
    if (current === 'link') {
      return messages.linkedPath.at(file.source, { path: file.path, link: file.path });
    }
    if (current === 'folder') {
      return this.holdsOnlyStale(file.path) ? 'write' : messages.folderInTheWay.at(file.source, { path: file.path });
    }
    const found = hashOf(current.content);
    const mayWrite = this.isOurs(file.path, current.content, found) || this.mayAdopt(file.path);
    const owner = mayWrite ? undefined : this.otherOwner(file.path);
    if (found === sha256 && owner === undefined) {
      return current.executable === undefined || current.executable === file.executable ? 'same' : 'write';
    }
    if (mayWrite) {
      this.standing.set(file.path, found);
      return 'write';
    }
    return this.owned.files.has(file.path)
      ? messages.editedByHand.at(file.source, { path: file.path })
      : messages.notOurs.at(file.source, { path: file.path, owner });
  }

  private removable(file: string): 'remove' | 'gone' | Finding {
    const fault = pathFault(file);
    if (fault) {
      return messages.unsafePath.at('', { path: file, fault: `${fault}; it stands in the ownership manifest` });
    }
    const folder = this.stateOfFolder(path.posix.dirname(file));
    if (folder.kind === 'link') {
      return messages.linkedPath.at('', { path: file, link: folder.at });
    }
    const current = folder.kind === 'present' ? this.read(file) : undefined;
    if (current === undefined || current === 'folder' || current === 'link') {
      return 'gone'; // somebody put something else there; it is not ours to remove
    }
    const found = hashOf(current.content);
    if (!this.isOurs(file, current.content, found) && !this.mayAdopt(file)) {
      return messages.staleAndEdited.at('', { path: file });
    }
    this.standing.set(file, found);
    return 'remove';
  }

  private isStale(file: string): boolean {
    return !this.made.has(file) && (this.owned.files.has(file) || this.owned.pending.has(file));
  }

  /** Whether a folder was ours and goes away by itself, because everything in it is to be removed. */
  private holdsOnlyStale(folder: string): boolean {
    const absolute = path.join(this.root, folder);
    if (!fs.lstatSync(absolute).isDirectory()) {
      return false;
    }
    this.staleFolders ??= new Set([...this.owned.files.keys(), ...this.owned.pending.keys()].filter(f => this.isStale(f)).flatMap(foldersAbove));
    const isOurs = (name: string) => this.isStale(name) || name.endsWith(TEMPORARY)
      || (this.staleFolders!.has(name) && fs.lstatSync(path.join(this.root, name)).isDirectory());
    return this.staleFolders.has(folder)
      && fs.readdirSync(absolute, { recursive: true }).every(name => isOurs(relativePath(this.root, path.join(absolute, String(name)))));
  }

  private isOurs(file: string, content: Buffer, found: string): boolean {
    const hashes = [this.owned.files.get(file)?.sha256, this.owned.pending.get(file)];
    if (hashes.includes(found)) {
      return true;
    }
    // A checkout may have turned the line ends.
    return content.includes('\r\n') && hashes.includes(hashOf(content.toString('utf8').replace(/\r\n/g, '\n')));
  }

  private mayAdopt(file: string): boolean {
    return this.adopt.some(a => a === '*' || a === file || file.startsWith(`${a.replace(/\/$/, '')}/`));
  }

  private read(file: string): { content: Buffer; executable?: boolean } | 'link' | 'folder' | undefined {
    const absolute = path.join(this.root, file);
    const stat = fs.lstatSync(absolute, { throwIfNoEntry: false });
    if (!stat) {
      return undefined;
    }
    if (stat.isSymbolicLink()) {
      return 'link';
    }
    if (!stat.isFile()) {
      return 'folder';
    }
    // Windows has no such bit.
    return { content: fs.readFileSync(absolute), executable: process.platform === 'win32' ? undefined : (stat.mode & 0o100) !== 0 };
  }

  private stateOfFolder(folder: string): FolderState {
    let state = this.folders.get(folder);
    if (!state) {
      state = this.lookUp(folder);
      this.folders.set(folder, state);
    }
    return state;
  }

  private lookUp(folder: string): FolderState {
    if (folder === '.') {
      return { kind: 'present', real: this.realRoot };
    }
    const around = this.stateOfFolder(path.posix.dirname(folder));
    if (around.kind === 'link' || around.kind === 'file') {
      return around;
    }
    const absolute = path.join(this.root, folder);
    const stat = around.kind === 'present' ? fs.lstatSync(absolute, { throwIfNoEntry: false }) : undefined;
    if (!stat) {
      return { kind: 'absent', real: path.join(around.real, path.posix.basename(folder)) };
    }
    if (stat.isSymbolicLink()) {
      const real = realFolder(absolute);
      return real !== undefined && isInside(this.realRoot, real) && pathFault(relativePath(this.realRoot, real)) === undefined
        ? { kind: 'present', real }
        : { kind: 'link', at: folder };
    }
    return stat.isDirectory() ? { kind: 'present', real: path.join(around.real, path.posix.basename(folder)) } : { kind: 'file', at: folder };
  }

  /** The other platform of this root whose manifest lists the file, if any. */
  private otherOwner(file: string): string | undefined {
    this.others ??= this.readOthers();
    return this.others.get(file);
  }

  private readOthers(): Map<string, string> {
    const owners = new Map<string, string>();
    const folder = path.join(this.root, MANIFEST_FOLDER);
    const manifests = fs.existsSync(folder) ? fs.readdirSync(folder).filter(f => f.endsWith('.json')).sort() : [];
    for (const platform of manifests.map(f => path.basename(f, '.json')).filter(p => p !== this.owned.platform)) {
      try {
        const { files, pending } = readManifest(this.root, platform);
        [...files.keys(), ...pending.keys()].forEach(file => owners.set(file, platform));
      } catch {
        // Not a manifest: then it owns nothing.
      }
    }
    return owners;
  }
}

/** Where a link to a folder leads; nothing for one that leads nowhere, or to a file. */
function realFolder(link: string): string | undefined {
  try {
    const real = fs.realpathSync(link);
    return fs.statSync(real).isDirectory() ? real : undefined;
  } catch {
    return undefined;
  }
}
