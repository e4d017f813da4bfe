/*
 * Schedules in UTC. Times are moved as a set of hours and minutes, so that half hours and the change of the day come out right.
 */

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Minutes by which a zone is ahead of UTC, or undefined when that changes within a year, or there is no such zone. */
export function fixedOffset(timeZone: string): number | undefined {
  const first = offsetAt(timeZone, Date.UTC(2026, 0, 15));
  for (let month = 1; month < 24; month++) {
    if (offsetAt(timeZone, Date.UTC(2026, month, 15)) !== first) {
      return undefined;
    }
  }
  return first;
}

function offsetAt(timeZone: string, instant: number): number | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric',
    });
    const parts = Object.fromEntries(format.formatToParts(new Date(instant)).map(part => [part.type, Number(part.value)]));
    return (Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute) - instant) / 60_000;
  } catch {
    return undefined;
  }
}

/** The same times in UTC, as one or several schedules; or why there are none. */
export function inUtc(cron: string, offset: number): { readonly crons: string[] } | { readonly fault: string } {
  const fields = cron.trim().split(/\s+/);
  if (offset === 0 || fields.length !== 5) {
    return { crons: [fields.join(' ')] };
  }
  const [minute, hour, day, month, weekday] = fields;
  const minutes = values(minute, 0, 59);
  const hours = values(hour, 0, 23);
  if (minutes === undefined || hours === undefined) {
    return { fault: 'its minutes or hours are not understood' };
  }
  if (hour === '*' && offset % 60 === 0 && [day, month, weekday].every(field => field === '*')) {
    return { crons: [fields.join(' ')] };
  }
  // By the day that a time comes to, the minutes of each hour.
  const moved = new Map<number, Map<number, number[]>>();
  for (const h of hours) {
    for (const m of minutes) {
      const at = h * 60 + m - offset;
      const shift = Math.floor(at / 1440);
      const rest = at - shift * 1440;
      const byHour = moved.get(shift) ?? new Map<number, number[]>();
      moved.set(shift, byHour);
      byHour.set(Math.floor(rest / 60), [...byHour.get(Math.floor(rest / 60)) ?? [], rest % 60]);
    }
  }
  const crons: string[] = [];
  for (const [shift, byHour] of [...moved].sort(([a], [b]) => a - b)) {
    const days = shift === 0 ? weekday : movedDays(weekday, shift);
    if (shift !== 0 && (day !== '*' || month !== '*')) {
      return { fault: 'it comes to another day, and it is bound to a day of the month or a month' };
    }
    if (days === undefined) {
      return { fault: 'its days of the week are not understood' };
    }
    const byMinutes = new Map<string, number[]>();
    for (const [h, ms] of [...byHour].sort(([a], [b]) => a - b)) {
      const key = [...new Set(ms)].sort((a, b) => a - b).join(',');
      byMinutes.set(key, [...byMinutes.get(key) ?? [], h]);
    }
    byMinutes.forEach((hs, ms) => crons.push(`${ms} ${hs.length === 24 ? '*' : hs.join(',')} ${day} ${month} ${days}`));
  }
  return { crons };
}

function movedDays(field: string, shift: number): string | undefined {
  if (field === '*') {
    return field;
  }
  const days = values(field, 0, 7);
  return days && [...new Set(days.map(day => (day + shift + 14) % 7))].sort((a, b) => a - b).join(',');
}

/** What a field of cron stands for. */
function values(field: string, least: number, most: number): number[] | undefined {
  const found = new Set<number>();
  for (const part of field.toLowerCase().split(',')) {
    const match = /^(\*|[a-z0-9]+(?:-[a-z0-9]+)?)(?:\/(\d+))?$/.exec(part);
    if (match === null) {
      return undefined;
    }
    const [from, to = match[2] === undefined ? from : String(most)] = match[1] === '*' ? [String(least), String(most)] : match[1].split('-');
    const [begin, end, step] = [numberOf(from), numberOf(to), Number(match[2] ?? 1)];
    if (!(begin >= least && end <= most && begin <= end && step > 0)) {
      return undefined;
    }
    for (let value = begin; value <= end; value += step) {
      found.add(value);
    }
  }
  return [...found].sort((a, b) => a - b);
}

function numberOf(word: string): number {
  return /^\d+$/.test(word) ? Number(word) : DAYS.includes(word) ? DAYS.indexOf(word) : NaN;
}
