import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { setTimeout as sleep } from 'timers/promises';
import { MANIFEST_FOLDER } from '../../core/files/manifest';
import { failure } from '../failure';
import * as messages from './messages';
import { isAlive } from './processes';

/** How long another command is waited for, in milliseconds. */
const PATIENCE = 30_000;
const PAUSE = 100;
/** After this time, in milliseconds, a lock that names nobody was left by a process that was killed while it wrote it. */
const UNSIGNED = 5_000;

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly since: string;
}

/** The file that one command at a time holds while it changes release states. It is no ownership manifest. */
export const LOCK_FILE = `${MANIFEST_FOLDER}/promotion.lock`;

/** Runs something that no other command may run at the same time in the same folder. */
export async function locked<T>(root: string, now: Date, run: () => Promise<T>, patience = PATIENCE): Promise<T> {
  const file = path.join(root, LOCK_FILE);
  const hadFolder = fs.existsSync(path.dirname(file));
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const me = JSON.stringify({ pid: process.pid, host: os.hostname(), since: now.toISOString() });
  await take(file, me, patience);
  try {
    return await run();
  } finally {
    fs.rmSync(file, { force: true });
    if (!hadFolder) {
      try {
        fs.rmdirSync(path.dirname(file));
      } catch {
        // Something is in it by now.
      }
    }
  }
}

async function take(file: string, me: string, patience: number): Promise<void> {
  const end = performance.now() + patience;
  for (;;) {
    if (tryTake(file, me)) {
      return;
    }
    const found = read(file);
    if (found !== undefined && isStale(file, found)) {
      clear(file, found);
    } else if (performance.now() >= end) {
      const holder = holderOf(found ?? '');
      throw failure(messages.lockHeld(LOCK_FILE, holder?.pid, holder?.host, holder?.since));
    } else {
      await sleep(PAUSE);
    }
  }
}

function tryTake(file: string, me: string): boolean {
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, me, { flag: 'wx' });
    return true;
  } catch (e) {
    const { code } = e as NodeJS.ErrnoException;
    if (code === 'EEXIST' || code === 'ENOENT') { // the folder may have been removed in between
      return false;
    }
    throw failure(messages.lockRefused(LOCK_FILE, (e as Error).message));
  }
}

function isStale(file: string, text: string): boolean {
  const holder = holderOf(text);
  if (holder === undefined) {
    const age = Date.now() - (fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    return age > UNSIGNED;
  }
  return holder.host === os.hostname() && !isAlive(holder.pid);
}

/** Takes a stale lock away. Another command may do the same: whoever moves a lock that is not the stale one puts it back. */
function clear(file: string, stale: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    fs.renameSync(file, aside);
    if (read(aside) !== stale) {
      fs.linkSync(aside, file);
    }
  } catch {
    // It is gone, or another one is there: the next look says which.
  } finally {
    fs.rmSync(aside, { force: true });
  }
}

function read(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function holderOf(text: string): Holder | undefined {
  try {
    const { pid, host, since } = JSON.parse(text);
    return Number.isInteger(pid) && pid > 0 && typeof host === 'string' ? { pid, host, since: String(since) } : undefined;
  } catch {
    return undefined;
  }
}
