import * as crypto from 'crypto';
import * as fs from 'fs';
import * as path from 'path';

/** What is known of a file that a platform owns. */
export interface OwnedFile {
  readonly sha256: string;
  readonly environment?: string;
  readonly workload?: string;
}

/**
 * The record of what a platform owns: `.fairway/<platform>.json`, kept in version control.
 *
 * It lives outside the output folder, which cdk8s-cli deletes before each synth. While files are
 * being written it also holds the hashes that they will have: after a kill in the middle, both the
 * old and the new content of a file are known to be ours.
 */
export interface OwnershipManifest {
  readonly platform: string;
  readonly files: Map<string, OwnedFile>;
  /** Hashes of a synth that has not finished. */
  readonly pending: Map<string, string>;
}

export const MANIFEST_FOLDER = '.fairway';
const VERSION = 1;
const NOTE = 'The files that this platform owns, written by cdk8s-fairway. Keep it in version control; do not edit.';

export function manifestPath(platform: string): string {
  return `${MANIFEST_FOLDER}/${platform}.json`;
}

/** A manifest that is none. */
export class ManifestFault extends Error {}

/** Reads the manifest; an absent one is empty. Throws on a file that is not one. */
export function readManifest(root: string, platform: string): OwnershipManifest {
  const file = path.join(root, manifestPath(platform));
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'ENOENT') {
      return { platform, files: new Map(), pending: new Map() };
    }
    throw Object.assign(e as Error, { path: file });
  }
  return parseManifest(text, platform);
}

/**
 * Parses the manifest of a platform. Throws a `ManifestFault` with a sentence that says what is wrong. Whose
 * it is, its file name says: the name in the text is for readers, and is the old one after a rename.
 */
export function parseManifest(text: string, platform: string): OwnershipManifest {
  let data: any;
  try {
    data = JSON.parse(text);
  } catch {
    throw new ManifestFault(/^(<{7}|={7}|>{7})/m.test(text) ? 'it has merge conflict marks' : 'it is not JSON');
  }
  if (data?.version !== VERSION) {
    throw new ManifestFault(`its version is ${JSON.stringify(data?.version)}, this library reads version ${VERSION}`);
  }
  const files = new Map<string, OwnedFile>();
  for (const [file, owned] of entriesOf(data, 'files')) {
    if (typeof owned?.sha256 !== 'string') {
      throw new ManifestFault(`the entry of ${JSON.stringify(file)} has no sha256`);
    }
    files.set(file, { sha256: owned.sha256, environment: owned.environment, workload: owned.workload });
  }
  const pending = new Map<string, string>();
  for (const [file, sha256] of entriesOf(data, 'pending')) {
    if (typeof sha256 !== 'string') {
      throw new ManifestFault(`the pending entry of ${JSON.stringify(file)} is no sha256`);
    }
    pending.set(file, sha256);
  }
  return { platform, files, pending };
}

function entriesOf(data: any, key: string): Array<[string, any]> {
  const entries = data[key] ?? {};
  if (typeof entries !== 'object' || Array.isArray(entries)) {
    throw new ManifestFault(`its ${JSON.stringify(key)} are no list of files`);
  }
  return Object.entries(entries);
}

/** The manifest as text: sorted, a line for each file, so that a diff reads like a list of files. */
export function printManifest(manifest: OwnershipManifest): string {
  const lines = (entries: Array<[string, unknown]>) => entries
    .sort(([a], [b]) => a < b ? -1 : 1)
    .map(([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`)
    .join(',\n');
  const block = (key: string, entries: Array<[string, unknown]>) => entries.length === 0
    ? `  ${JSON.stringify(key)}: {}`
    : `  ${JSON.stringify(key)}: {\n${lines(entries)}\n  }`;
  const parts = [
    `  "//": ${JSON.stringify(NOTE)}`,
    `  "version": ${VERSION}`,
    `  "platform": ${JSON.stringify(manifest.platform)}`,
    block('files', [...manifest.files]),
    ...(manifest.pending.size > 0 ? [block('pending', [...manifest.pending])] : []),
  ];
  return `{\n${parts.join(',\n')}\n}\n`;
}

/** The hash by which a file is known again. */
export function hashOf(content: string | Buffer): string {
  // One call without an object, where Node has it (20.12): a synth hashes every file.
  return crypto.hash ? crypto.hash('sha256', content, 'hex') : crypto.createHash('sha256').update(content).digest('hex');
}
