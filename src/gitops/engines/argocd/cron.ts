/*
 * Schedules of five fields, as the parser that Argo CD uses reads them (robfig/cron parser.go): Sunday is 0 and not 7,
 * and neither seconds nor `@daily` nor `TZ=` are for sync windows.
 */

interface Bounds {
  readonly field: string;
  readonly least: number;
  readonly most: number;
  readonly names: string[];
}

const FIELDS: Bounds[] = [
  { field: 'minute', least: 0, most: 59, names: [] },
  { field: 'hour', least: 0, most: 23, names: [] },
  { field: 'day of the month', least: 1, most: 31, names: [] },
  { field: 'month', least: 1, most: 12, names: ['', 'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] },
  { field: 'day of the week', least: 0, most: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];

/** The most days that each month has, from January. */
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What is wrong with a schedule, or nothing. */
export function scheduleFault(schedule: string): string | undefined {
  if (/^(CRON_)?TZ=/.test(schedule)) {
    return 'has a time zone in its schedule, for which there is a field';
  }
  const parts = schedule.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) {
    return `has not the five fields ${FIELDS.map(({ field }) => field).join(', ')}`;
  }
  const values: number[][] = [];
  for (const [i, bounds] of FIELDS.entries()) {
    const read = valuesOf(parts[i], bounds);
    if (read === undefined) {
      return `has a ${bounds.field} that is none: ${bounds.least} to ${bounds.most}`;
    }
    values.push(read);
  }
  const [, , days, months] = values;
  // With a day of the week, either of the two is enough (spec.go, dayMatches).
  const isAnyWeekday = /^[*?]/.test(parts[4]);
  const comes = !isAnyWeekday || months.some(month => days.some(day => day <= DAYS[month - 1]));
  return comes ? undefined : 'has a day that never comes';
}

/** The values of a field, or nothing when it is refused. */
function valuesOf(text: string, bounds: Bounds): number[] | undefined {
  const parts = text.split(',').filter(part => part !== '');
  const ranges = parts.map(part => rangeOf(part, bounds));
  return parts.length === 0 || ranges.includes(undefined) ? undefined : ranges.flatMap(range => range!);
}

function rangeOf(text: string, { least, most, names }: Bounds): number[] | undefined {
  const [range, stepText, ...more] = text.split('/');
  const [lowText, highText, ...others] = range.split('-');
  const isStar = lowText === '*' || lowText === '?';
  if (more.length > 0 || (others.length > 0 && !isStar)) {
    return undefined;
  }
  const step = stepText === undefined ? 1 : whole(stepText);
  const low = isStar ? least : valueOf(lowText, names);
  const high = isStar || (stepText !== undefined && highText === undefined) ? most : valueOf(highText ?? lowText, names);
  if (!step || low === undefined || high === undefined || low < least || high > most || low > high) {
    return undefined;
  }
  return Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, i) => low + i * step);
}

function valueOf(text: string, names: string[]): number | undefined {
  const named = text === '' ? -1 : names.indexOf(text.toLowerCase());
  return named >= 0 ? named : whole(text);
}

function whole(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
