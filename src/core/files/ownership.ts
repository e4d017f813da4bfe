import * as fs from 'fs';
import * as path from 'path';
import type { Finding } from '../diagnostics/finding';
import { isInside } from '../host';
import * as messages from '../messages';
import { hashOf, MANIFEST_FOLDER, OwnershipManifest, parseManifest } from './manifest';
import { pathFault, PlannedFile } from './paths';

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
  readonly findings: Finding[];
}

/** Compares what a synth makes with what stands on disk. Reads only. */
export class OwnershipPlanner {
  private readonly realRoot: string;
  private readonly folders = new Map<string, FolderState>();

  public constructor(
    private readonly root: string,
    private readonly owned: OwnershipManifest,
    private readonly adopt: string[],
  ) {
    this.realRoot = fs.existsSync(root) ? fs.realpathSync(root) : path.resolve(root);
  }

  public plan(files: PlannedFile[]): FilePlan {
    const write: FileChange[] = [];
    const unchanged: FileChange[] = [];
    const findings: Finding[] = [];
    for (const file of files) {
      const change = { file, sha256: hashOf(file.content) };
      const state = this.compare(file, change.sha256);
      if (state === 'same') {
        unchanged.push(change);
      } else if (state === 'write') {
        write.push(change);
      } else {
        findings.push(state);
      }
    }
    const made = new Set(files.map(f => f.path));
    const remove: string[] = [];
    for (const old of new Set([...this.owned.files.keys(), ...this.owned.pending.keys()])) {
      if (!made.has(old)) {
        const state = this.removable(old);
        if (state === 'remove') {
          remove.push(old);
        } else if (state !== 'gone') {
          findings.push(state);
        }
      }
    }
    return { write, unchanged, remove, findings };
  }

  private compare(file: PlannedFile, sha256: string): 'same' | 'write' | Finding {
    const state = this.stateOfFolder(path.posix.dirname(file.path));
    if (state === 'absent') {
      return 'write';
    }
    if (state !== 'present') {
      return messages.linkedPath.at(file.source, { path: file.path, link: state.link });
    }
    const current = this.read(file.path);
    if (current === undefined) {
      return 'write';
    }
    if (current === 'link') {
      return messages.linkedPath.at(file.source, { path: file.path, link: file.path });
    }
    if (current === 'folder') {
      return messages.folderInTheWay.at(file.source, { path: file.path });
    }
    const found = hashOf(current.content);
    if (found === sha256) {
      return current.executable === file.executable ? 'same' : 'write';
    }
    if (this.isOurs(file.path, current.content, found) || this.mayAdopt(file.path)) {
      return 'write';
    }
    return this.owned.files.has(file.path)
      ? messages.editedByHand.at(file.source, { path: file.path })
      : messages.notOurs.at(file.source, { path: file.path, owner: this.otherOwner(file.path) });
  }

  private removable(file: string): 'remove' | 'gone' | Finding {
    if (pathFault(file)) {
      return messages.unsafePath.at('', { path: file, fault: `${pathFault(file)}; it stands in the ownership manifest` });
    }
    const state = this.stateOfFolder(path.posix.dirname(file));
    if (state === 'absent') {
      return 'gone';
    }
    if (state !== 'present') {
      return messages.linkedPath.at('', { path: file, link: state.link });
    }
    const current = this.read(file);
    if (current === undefined || current === 'folder' || current === 'link') {
      return 'gone'; // somebody put something else there; it is not ours to remove
    }
    return this.isOurs(file, current.content, hashOf(current.content)) || this.mayAdopt(file)
      ? 'remove'
      : messages.staleAndEdited.at('', { path: file });
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

  private read(file: string): { content: Buffer; executable: boolean } | 'link' | 'folder' | undefined {
    const absolute = path.join(this.root, file);
    let stat: fs.Stats | undefined;
    try {
      stat = fs.lstatSync(absolute, { throwIfNoEntry: false });
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'ENOTDIR') {
        throw e;
      }
    }
    if (!stat) {
      return undefined;
    }
    if (stat.isSymbolicLink()) {
      return 'link';
    }
    if (!stat.isFile()) {
      return 'folder';
    }
    return { content: fs.readFileSync(absolute), executable: (stat.mode & 0o100) !== 0 };
  }

  /** Whether a folder exists, and that no link on the way leads out of the root. */
  private stateOfFolder(folder: string): FolderState {
    const known = this.folders.get(folder);
    if (known) {
      return known;
    }
    const absolute = path.join(this.root, folder);
    let state: FolderState;
    try {
      state = isInside(this.realRoot, fs.realpathSync(absolute)) ? 'present' : { link: folder };
    } catch (e) {
      const code = (e as NodeJS.ErrnoException).code;
      if (code !== 'ENOENT' && code !== 'ENOTDIR') {
        throw e;
      }
      const isDangling = fs.lstatSync(absolute, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
      const parent = folder === '.' ? 'absent' : this.stateOfFolder(path.posix.dirname(folder));
      state = isDangling ? { link: folder } : typeof parent === 'object' ? parent : 'absent';
    }
    this.folders.set(folder, state);
    return state;
  }

  /** The other platform of this root whose manifest lists the file, if any. */
  private otherOwner(file: string): string | undefined {
    const folder = path.join(this.root, MANIFEST_FOLDER);
    const others = fs.existsSync(folder) ? fs.readdirSync(folder).filter(f => f.endsWith('.json')).sort() : [];
    for (const other of others) {
      try {
        const manifest = parseManifest(fs.readFileSync(path.join(folder, other), 'utf8'), other);
        if (manifest.platform !== this.owned.platform && manifest.files.has(file)) {
          return manifest.platform;
        }
      } catch {
        // Not a manifest: then it owns nothing.
      }
    }
    return undefined;
  }
}

type FolderState = 'present' | 'absent' | { readonly link: string };
