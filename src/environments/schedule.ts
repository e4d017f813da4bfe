import { nextTime } from './wall-clock';

/** A value, a list, a range or a step: what every reader of cron knows. */
const FIELD = /^(\*|(\d{1,2}|[A-Za-z]{3})(-(\d{1,2}|[A-Za-z]{3}))?)(\/\d{1,2})?$/;

/** What is wrong with five fields of cron, or nothing. */
export function scheduleFault(schedule: string, timeZone: string): string | undefined {
  if (!schedule.trim().split(/\s+/).every(field => field.split(',').every(part => FIELD.test(part)))) {
    return 'is no cron schedule';
  }
  try {
    return nextTime(schedule, timeZone, Date.parse('2026-01-01T00:00:00Z')) === undefined ? 'never comes' : undefined;
  } catch {
    return 'is no cron schedule';
  }
}

/** Names are taken in the case of the database: what reads them from files, as Go does, knows no other. */
export function isTimeZone(name: unknown): boolean {
  try {
    const known = typeof name === 'string' && /^[A-Za-z]/.test(name) ? new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone : undefined;
    return known !== undefined && (known === name || known.toLowerCase() !== (name as string).toLowerCase());
  } catch {
    return false;
  }
}
