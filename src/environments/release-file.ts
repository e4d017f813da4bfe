import * as fs from 'fs';
import * as path from 'path';
import type { ImageFile } from './image-file';
import * as messages from './messages';
import type { ReleaseState } from './release-state';

/* eslint-disable @typescript-eslint/no-require-imports -- what reads the files is loaded when there are some: most tests and editors have none */

/** The file with the release state of an environment, below the folder of releases. */
export function releaseFile(folder: string, environment: string): string {
  return path.join(folder, `${environment}.json`);
}

/** The state of an environment of which nothing is known. */
export function emptyState(environment: string): ReleaseState {
  return { version: 1, environment, workloads: {} };
}

/** What runs in an environment; nothing is known where there is no file. Throws FW219 for one that cannot be read. */
export function readReleaseState(folder: string, environment: string): ReleaseState {
  const file = releaseFile(folder, environment);
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (e) {
    const { code } = e as NodeJS.ErrnoException;
    if (code === 'ENOTDIR' || (code === 'ENOENT' && ![folder, file].some(isLink))) {
      return emptyState(environment);
    }
    throw messages.releaseStateUnreadable.error(environment, { environment, fault: code === 'ENOENT' ? 'it lies behind a link that leads nowhere' : `it cannot be read (${code ?? (e as Error).message})` });
  }
  const { parseReleaseState, ReleaseStateFault } = require('./release-state') as typeof import('./release-state');
  try {
    return parseReleaseState(text, environment);
  } catch (e) {
    if (e instanceof ReleaseStateFault) {
      throw messages.releaseStateUnreadable.error(environment, { environment, fault: e.message });
    }
    throw e;
  }
}

/** The images that an automation has found for an environment; nothing where there is no file. Throws FW224 and FW225. */
export function readImages(folder: string, environment: string, isEntry: boolean): ImageFile | undefined {
  if (!fs.existsSync(path.join(folder, imageFileName(environment)))) {
    return undefined;
  }
  const { readImageFile } = require('./image-file') as typeof import('./image-file');
  return readImageFile(folder, environment, isEntry);
}

/** The name of the file with the images of an environment. */
export function imageFileName(environment: string): string {
  return `${environment}.images.yaml`;
}

/** Whether a link stands there, wherever it leads. */
function isLink(file: string): boolean {
  return fs.lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}
