/*
 * Schedules as the CronJob controller reads them: robfig/cron v3 `ParseStandard` (parser.go), without the
 * time zone prefix, which Kubernetes refuses since 1.29 (k8s pkg/apis/batch/validation).
 */

interface Field {
  readonly title: string;
  readonly least: number;
  readonly most: number;
  readonly names: string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const FIELDS: Field[] = [
  { title: 'minute', least: 0, most: 59, names: [] },
  { title: 'hour', least: 0, most: 23, names: [] },
  { title: 'day of the month', least: 1, most: 31, names: [] },
  { title: 'month', least: 1, most: 12, names: MONTHS },
  { title: 'day of the week', least: 0, most: 6, names: DAYS },
];

const DESCRIPTORS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];

/** Days that each month has at most. */
const LONGEST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What is wrong with a schedule, or nothing. */
export function scheduleFault(schedule: unknown): string | undefined {
  if (typeof schedule !== 'string' || schedule.trim() === '') {
    return 'is empty';
  }
  if (schedule.includes('TZ')) {
    return 'has a time zone in it';
  }
  if (schedule.startsWith('@')) {
    return DESCRIPTORS.includes(schedule) ? undefined : `is none of ${DESCRIPTORS.join(', ')}`;
  }
  const fields = schedule.trim().split(/\s+/);
  if (fields.length !== FIELDS.length) {
    return `has ${fields.length} ${fields.length === 1 ? 'field' : 'fields'} instead of five`;
  }
  const days = FIELDS.map((field, i) => valuesOf(fields[i], field));
  const fault = days.find((values): values is string => typeof values === 'string');
  return fault ?? (neverComes(days[2] as Set<number>, days[3] as Set<number>, fields[4]) ? 'names days that do not exist in its months' : undefined);
}

/** A day of the month that its months do not have; a restricted day of the week would be another way to be due. */
function neverComes(days: Set<number>, months: Set<number>, weekday: string): boolean {
  return /^[*?]/.test(weekday) && ![...months].some(month => [...days].some(day => day <= LONGEST[month - 1]));
}

/** The values that a field stands for, or what is wrong with it. */
function valuesOf(text: string, field: Field): Set<number> | string {
  const values = new Set<number>();
  for (const part of text.split(',').filter(each => each !== '')) {
    const range = rangeOf(part, field);
    if (typeof range === 'string') {
      return `has ${range} in the field for the ${field.title}`;
    }
    for (let value = range.from; value <= range.to; value += range.step) {
      values.add(value);
    }
  }
  return values.size === 0 ? `has nothing in the field for the ${field.title}` : values;
}

function rangeOf(part: string, { least, most, names }: Field): { from: number; to: number; step: number } | string {
  const quoted = JSON.stringify(part);
  const [bounds, step, ...tooMany] = part.split('/');
  const [low, high, ...more] = bounds.split('-');
  if (tooMany.length > 0 || more.length > 0) {
    return quoted;
  }
  const numberOf = (text: string) => names.includes(text.toLowerCase()) ? names.indexOf(text.toLowerCase()) + least : /^\d{1,4}$/.test(text) ? Number(text) : NaN;
  const isStar = low === '*' || low === '?';
  // A star swallows what would be the end of a range; a single number with a step goes on to the end.
  const from = isStar ? least : numberOf(low);
  const to = isStar ? most : high !== undefined ? numberOf(high) : step !== undefined ? most : from;
  const width = step === undefined ? 1 : /^\d{1,4}$/.test(step) ? Number(step) : 0;
  return from >= least && to <= most && from <= to && width >= 1 ? { from, to, step: width } : quoted;
}

/** Whether the IANA database has a time zone, in the letters that Kubernetes takes. */
export function isTimeZone(timeZone: unknown): timeZone is string {
  if (typeof timeZone !== 'string' || !timeZone.split('/').every(part => /^[A-Za-z._0-9+][A-Za-z._0-9+-]{0,13}$/.test(part) && part !== '.' && part !== '..')) {
    return false;
  }
  if (timeZone.toLowerCase() === 'local' || /^[+-]?\d/.test(timeZone)) {
    return false; // offsets are time zones to JavaScript, not to Go
  }
  try {
    // The database of Go is looked up by the letter.
    const { timeZone: resolved } = new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions();
    return resolved.toLowerCase() !== timeZone.toLowerCase() || resolved === timeZone || /^(UTC|GMT)$/i.test(resolved);
  } catch {
    return false;
  }
}
