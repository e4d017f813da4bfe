import type { Finding } from '../diagnostics/finding';
import * as messages from '../messages';

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
  if (/[\u0000-\u001f\u007f<>:"|?*]/.test(path)) {
    return 'it has a character that is not allowed in file names';
  }
  if (segments.some(s => Buffer.byteLength(s) > 240)) {
    return 'it has a part longer than 240 bytes';
  }
  if (segments.some(s => /[. ]$/.test(s) || /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(s))) {
    return 'it has a part that Windows cannot store';
  }
  if (segments[0].toLowerCase() === '.git') {
    return 'it lies inside .git';
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
    for (let end = key.lastIndexOf('/'); end > 0 && !folders.has(key.slice(0, end)); end = key.lastIndexOf('/', end - 1)) {
      folders.set(key.slice(0, end), file);
    }
  }
  for (const [key, file] of taken) {
    const inside = folders.get(key);
    if (inside) {
      findings.push(messages.fileIsFolder.at(file.source, { path: file.path, inside: inside.path }));
    }
  }
  return findings;
}

function folded(path: string): string {
  return path.normalize('NFC').toLowerCase();
}
