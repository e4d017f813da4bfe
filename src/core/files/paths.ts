import type { Finding } from '../diagnostics/finding';
import * as messages from '../messages';
import { MANIFEST_FOLDER } from './manifest';

/** A file that a synth wants to write, its path relative to the root, with `/`. */
export interface PlannedFile {
  readonly path: string;
  readonly content: string;
  readonly executable: boolean;
  /** The construct path that the file comes from. */
  readonly source: string;
  /** Where the file belongs, for the listing. */
  readonly environment?: string;
  readonly workload?: string;
}

/** Whether Windows keeps a name for a device, whatever its extension. */
export function isReservedName(name: string): boolean {
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name);
}

/** How temporary names end. */
export const TEMPORARY = '.fairway-tmp';

/** What is wrong with a path, or nothing. A path must stay inside its root on every operating system. */
export function pathFault(path: string): string | undefined {
  const segments = path.split('/');
  if (path === '' || segments.some(s => s === '')) {
    return 'it is absolute, or has an empty part';
  }
  if (/^[A-Za-z]:/.test(path) || path.includes('\\')) {
    return 'it has a drive or a backslash; use / between folders';
  }
  if (segments.some(s => s === '..' || s === '.')) {
    return 'it has a part . or .. and may leave its root';
  }
  if (/[\p{Cc}\p{Cs}<>:"|?*]/u.test(path)) {
    return 'it has a character that is not allowed in file names';
  }
  if (Buffer.byteLength(path) > 1000 || segments.some(s => Buffer.byteLength(s) > 240)) {
    return 'it is longer than 1000 bytes, or has a part longer than 240 bytes';
  }
  if (segments.some(s => /[. ]$/.test(s) || isReservedName(s))) {
    return 'it has a part that Windows cannot store';
  }
  // As git compares: some file systems ignore format characters, and NTFS has short names.
  if (segments.some(s => /^(\.git|git~\d+)$/i.test(s.replace(/\p{Cf}/gu, '')))) {
    return 'it lies inside .git';
  }
  if (folded(segments[0]) === MANIFEST_FOLDER) {
    return `it lies inside ${MANIFEST_FOLDER}, where the ownership manifests are kept`;
  }
  return undefined;
}

/** Findings on a set of files: paths that leave the root, and files that would overwrite each other. */
export function checkPaths(files: PlannedFile[]): Finding[] {
  const findings: Finding[] = [];
  const taken = new Map<string, PlannedFile>();
  const folders = new Map<string, PlannedFile>();
  for (const file of files) {
    const fault = pathFault(file.path);
    if (fault) {
      findings.push(messages.unsafePath.at(file.source, { path: file.path, fault }));
      continue;
    }
    // Some file systems fold case and composed letters: there two such files are one.
    const key = folded(file.path);
    const other = taken.get(key);
    if (other) {
      findings.push(messages.samePath.at(file.source, { path: file.path, other: other.source, otherPath: other.path }));
      continue;
    }
    taken.set(key, file);
    foldersAbove(key).filter(folder => !folders.has(folder)).forEach(folder => folders.set(folder, file));
  }
  for (const [key, file] of taken) {
    const inside = folders.get(key);
    if (inside) {
      findings.push(messages.fileIsFolder.at(file.source, { path: file.path, inside: inside.path }));
    }
  }
  return findings;
}

/** The folders around a file, from the inside out. */
export function foldersAbove(file: string): string[] {
  const folders: string[] = [];
  for (let end = file.lastIndexOf('/'); end > 0; end = file.lastIndexOf('/', end - 1)) {
    folders.push(file.slice(0, end));
  }
  return folders;
}

function folded(path: string): string {
  return path.normalize('NFC').toLowerCase();
}
