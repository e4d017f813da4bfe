import * as fs from 'fs';
import * as path from 'path';
import { failure } from './failure';
import * as messages from './messages';
import { MANIFEST_FOLDER, OwnershipManifest, parseManifest } from '../core/files/manifest';

/** The ownership manifests of a folder, by their paths below it, such as `.fairway/acme.json`. Throws on one that cannot be read. */
export function readManifests(folder: string): Map<string, OwnershipManifest> {
  const manifests = new Map<string, OwnershipManifest>();
  for (const file of manifestFiles(folder)) {
    try {
      manifests.set(file, readManifest(folder, file));
    } catch (e) {
      throw failure(messages.manifestUnreadable(file, (e as Error).message));
    }
  }
  return manifests;
}

/** What a manifest lists, and a fingerprint of each of its files that changes when the file is written. */
export interface OwnedState {
  readonly platform: string;
  /** The folder that the paths are relative to, absolute. */
  readonly base: string;
  readonly files: Map<string, string>;
}

/** What a synth did to the files of one platform. */
export interface OwnedChange {
  readonly platform: string;
  readonly base: string;
  readonly written: number;
  readonly removed: number;
  readonly unchanged: number;
}

/** The state of all platforms that keep their manifests in the folders. Manifests that cannot be read are the program's to report. */
export function observe(folders: string[]): Map<string, OwnedState> {
  const states = new Map<string, OwnedState>();
  for (const base of folders) {
    for (const file of manifestFiles(base)) {
      try {
        const { platform, files } = readManifest(base, file);
        states.set(path.join(base, file), {
          platform,
          base,
          files: new Map([...files].map(([name, { sha256 }]) => [name, `${sha256} ${fingerprint(path.join(base, name))}`])),
        });
      } catch {
        continue;
      }
    }
  }
  return states;
}

/** The difference that a synth made, in the order of the manifests. */
export function compare(before: Map<string, OwnedState>, after: Map<string, OwnedState>): OwnedChange[] {
  return [...after].map(([manifest, { platform, base, files }]) => {
    const old = before.get(manifest)?.files ?? new Map<string, string>();
    const unchanged = [...files].filter(([name, state]) => old.get(name) === state).length;
    return {
      platform,
      base,
      written: files.size - unchanged,
      removed: [...old.keys()].filter(name => !files.has(name)).length,
      unchanged,
    };
  });
}

/** Every file of every platform. */
export function ownedFiles(states: Map<string, OwnedState>): string[] {
  return [...states.values()].flatMap(({ files }) => [...files.keys()]);
}

function manifestFiles(folder: string): string[] {
  try {
    return fs.readdirSync(path.join(folder, MANIFEST_FOLDER))
      .filter(name => name.endsWith('.json'))
      .sort()
      .map(name => `${MANIFEST_FOLDER}/${name}`);
  } catch {
    return []; // no such folder
  }
}

function readManifest(folder: string, file: string): OwnershipManifest {
  return parseManifest(fs.readFileSync(path.join(folder, file), 'utf8'), path.basename(file, '.json'));
}

/** A file is written under another name and renamed, so that each writing gives it another inode. */
function fingerprint(file: string): string {
  const stat = fs.lstatSync(file, { throwIfNoEntry: false });
  return stat ? `${stat.ino} ${stat.mtimeMs} ${stat.size}` : 'absent';
}
