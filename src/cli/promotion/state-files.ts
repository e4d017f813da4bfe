import * as fs from 'fs';
import * as path from 'path';
import { TEMPORARY } from '../../core/files/paths';
import { releaseFile, emptyState } from '../../environments/release-file';
import { parseReleaseState, ReleaseState } from '../../environments/release-state';
import { failure } from '../failure';
import * as messages from './messages';

/** The release states of the environments, by name. */
export type States = Map<string, ReleaseState>;

/** Reads the release states. Fails on one that cannot be read. */
export function readStates(folder: string, environments: string[]): States {
  return new Map(environments.map(environment => {
    const file = releaseFile(folder, environment);
    try {
      return [environment, fs.existsSync(file) ? parseReleaseState(fs.readFileSync(file, 'utf8'), environment) : emptyState(environment)];
    } catch (e) {
      throw failure(messages.stateUnreadable(file, (e as Error).message));
    }
  }));
}

/** Takes temporary files away that a command has left which was killed. */
export function clearTemporaries(folder: string): void {
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  names.filter(name => /^\..*\.(json|promotion)\.fairway-tmp$/.test(name)).forEach(name => fs.rmSync(path.join(folder, name), { force: true }));
}

/** Writes a file as a whole: at any moment the old or the new one is there. */
export function writeWhole(file: string, content: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}${TEMPORARY}`);
  try {
    fs.writeFileSync(temporary, content);
    fs.renameSync(temporary, file);
  } catch (e) {
    fs.rmSync(temporary, { force: true });
    throw failure(messages.stateNotWritten(file, (e as Error).message));
  }
}
