import * as fs from 'fs';
import * as path from 'path';
import * as messages from './messages';
import { emptyState, parseReleaseState, ReleaseState, ReleaseStateFault } from './release-state';

/** The file with the release state of an environment, below the folder of releases. */
export function releaseFile(folder: string, environment: string): string {
  return path.join(folder, `${environment}.json`);
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
  try {
    return parseReleaseState(text, environment);
  } catch (e) {
    if (e instanceof ReleaseStateFault) {
      throw messages.releaseStateUnreadable.error(environment, { environment, fault: e.message });
    }
    throw e;
  }
}

/** Whether a link stands there, wherever it leads. */
function isLink(file: string): boolean {
  return fs.lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}
