import type { CronWindow } from './gates';
import type { Freeze, TimeWindow } from '../../../environments';

/** The longest freeze that a window which comes again each year can be. */
const LONGEST = 366 * 86_400_000;

/** A freeze as a window that is shut; nothing for one that no window can say. */
export function windowOf({ from, until, reason }: Freeze): CronWindow | undefined {
  const description = [...reason.trim()].slice(0, 250).join('');
  if (from === undefined && until === undefined) {
    return { cron: '0 0 * * *', duration: '24h', timezone: 'UTC', description };
  }
  if (from === undefined || until === undefined) {
    return undefined;
  }
  // Rounded outwards to whole minutes: cron has no seconds.
  const start = new Date(Math.floor(Date.parse(from) / 60_000) * 60_000);
  const minutes = Math.ceil((Date.parse(until) - start.getTime()) / 60_000);
  if (minutes * 60_000 > LONGEST) {
    return undefined;
  }
  const cron = [start.getUTCMinutes(), start.getUTCHours(), start.getUTCDate(), start.getUTCMonth() + 1, '*'].join(' ');
  return { cron, duration: `${minutes}m`, timezone: 'UTC', description };
}

/** A time in which something is allowed, as a window that is open. */
export function openWindow({ schedule, duration, timeZone }: TimeWindow): CronWindow {
  return { cron: schedule.trim().split(/\s+/).join(' '), duration: `${duration.toMinutes()}m`, timezone: timeZone };
}
