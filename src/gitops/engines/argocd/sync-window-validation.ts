import { scheduleFault } from './cron';
import * as own from './messages';
import { at } from './shapes';
import { SyncWindow, SyncWindowKind } from './sync-window';
import { duration, flag, GO_DURATION, listOf, oneOf, secondsOf, struct, text } from '../../../core/shape';

const WINDOW = struct({
  kind: oneOf(SyncWindowKind),
  schedule: text,
  duration: duration(GO_DURATION),
  timeZone: text,
  applications: listOf(text),
  namespaces: listOf(text),
  clusters: listOf(text),
  manualSync: flag,
  andOperator: flag,
  syncOverrun: flag,
  description: text,
}, ['kind', 'schedule', 'duration']);

/** Throws FW512, FW517, FW518, FW519 and FW526 for windows that Argo CD refuses, or reads otherwise. */
export function checkSyncWindows(path: string, windows: SyncWindow[]): void {
  listOf(WINDOW)({ ...at(path, 'sync window'), field: 'syncWindows' }, windows);
  const refuse = (field: string, value: unknown, fault: string) => own.invalidSyncWindow.error(path, { field, value, fault });
  const seen = new Set<string>();
  for (const window of windows) {
    const fault = scheduleFault(window.schedule);
    if (fault) {
      throw refuse('schedule', window.schedule, fault);
    }
    if (secondsOf(window.duration) <= 0) {
      throw refuse('duration', window.duration, 'is over at once');
    }
    if (window.timeZone !== undefined && !isTimeZone(window.timeZone)) {
      throw refuse('timeZone', window.timeZone, 'is unknown, and would be taken for UTC');
    }
    if ([...window.applications ?? [], ...window.namespaces ?? [], ...window.clusters ?? []].length === 0) {
      throw refuse('schedule', window.schedule, 'is for no application, namespace or cluster');
    }
    if ((window.description ?? '').length > 255) {
      throw refuse('description', window.description, 'has more than 255 characters');
    }
    const { manualSync, description, syncOverrun, ...identity } = window; // types.go, SyncWindow.HashIdentity
    const key = JSON.stringify(Object.entries(identity).filter(([, value]) => value !== undefined).sort(([a], [b]) => a < b ? -1 : 1));
    if (seen.has(key)) {
      throw refuse('schedule', window.schedule, 'is there twice');
    }
    seen.add(key);
  }
}

/** Whether Go knows the name, too: it looks for a file of that very name. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+){0,2}$/.test(name)) {
    return false;
  }
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
