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

/** Reads the manifest; an absent one is empty. Throws on a file that is not one. */
export function readManifest(root: string, platform: string): OwnershipManifest {
  let text: string;
  try {
    text = fs.readFileSync(path.join(root, manifestPath(platform)), 'utf8');
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'ENOENT') {
      return { platform, files: new Map(), pending: new Map() };
    }
    throw e;
  }
  return parseManifest(text, platform);
}

/** Parses a manifest. Throws an Error with a sentence that says what is wrong. */
export function parseManifest(text: string, platform: string): OwnershipManifest {
  let data: any;
  try {
    data = JSON.parse(text);
  } catch {
    throw new Error(/^(<{7}|={7}|>{7})/m.test(text) ? 'it has merge conflict marks' : 'it is not JSON');
  }
  if (data?.version !== VERSION) {
    throw new Error(`its version is ${JSON.stringify(data?.version)}, this library reads version ${VERSION}`);
  }
  const files = new Map<string, OwnedFile>();
  for (const [file, owned] of Object.entries<any>(data.files ?? {})) {
    if (typeof owned?.sha256 !== 'string') {
      throw new Error(`the entry of ${JSON.stringify(file)} has no sha256`);
    }
    files.set(file, { sha256: owned.sha256, environment: owned.environment, workload: owned.workload });
  }
  return { platform: data.platform ?? platform, files, pending: new Map(Object.entries<string>(data.pending ?? {})) };
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
  return crypto.createHash('sha256').update(content).digest('hex');
}
