import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { expectFinding, NO_TEXT, titled, withEach } from '../support/misuse';
import { TimeWindow, TimeWindowOptions } from 'cdk8s-fairway';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const iso = (instant: number) => new Date(instant).toISOString();

function window(schedule: string, minutes: number, timeZone?: string): TimeWindow {
  return TimeWindow.of({ schedule, duration: Duration.minutes(minutes), timeZone });
}

describe('FW218', () => {
  const valid = { schedule: '0 9 * * 1-4', duration: Duration.hours(7), timeZone: 'Europe/Berlin' };
  const of = (options: unknown) => TimeWindow.of(options as TimeWindowOptions);

  test.each(titled<unknown>([
    ...NO_TEXT, '', ' ', '@daily', '0 9 * *', '0 0 9 * * *', '60 9 * * *', '0 24 * * *', '0 9 0 * *', '0 9 * 13 *', '0 9 * * 8', '0 9 * * 1-', '*/0 * * * *',
    'a b c d e', '0 0 30 2 *', '0 0 31 4,6,9,11 *', '0 9 L * *', '0 9 15W * *', '0 9 * * 5#2', '0 9 ? * *', 'H 9 * * *', '0 9 * * MONDAY', '-1 9 * * *', '0 9 * * 4-1',
    '0,'.repeat(100_000) + '0 9 * * *', `0 9 * * *${' '.repeat(100_000)}`,
  ]))('a schedule %s', (_, schedule) => {
    expectFinding(() => of({ ...valid, schedule }), 'FW218', '');
  });

  test.each(titled<unknown>([undefined, ...NO_TEXT, '7h', 420, Duration.minutes(0), Duration.seconds(90), Duration.millis(1), Duration.minutes(7 * 24 * 60 + 1), Duration.days(365)]))(
    'a duration %s', (_, duration) => {
      expectFinding(() => of({ ...valid, duration }), 'FW218', '');
    });

  test.each(titled<unknown>([...NO_TEXT.filter(zone => zone !== null), '', 'Berlin', 'Europe/berlin', 'europe/berlin', 'utc', '+02:00', '../UTC', 'Europe/Berlin\n', 'a'.repeat(100_000)]))(
    'a time zone %s', (_, timeZone) => {
      expectFinding(() => of({ ...valid, timeZone }), 'FW218', '');
    });

  test.each(titled<unknown>([
    undefined, ...NO_TEXT, '', 'now', '2026-11-27', '2026-11-27T10:00:00', '2026-11-27 10:00:00Z', '2026-02-30T10:00:00Z', '2026-11-27T25:00:00Z', '2026-11-27T10:00:00+99:99',
  ]))('a time %s', (_, instant) => {
    expectFinding(() => of(valid).isOpen(instant as string), 'FW218', '');
    expectFinding(() => of(valid).nextOpening(instant as string), 'FW218', '');
  });

  test('whatever JavaScript passes is a finding', () => {
    withEach([...NO_TEXT, undefined, new Map(), new Date(0)], Object.keys(valid), valid, of);
  });
});

test.each(['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Asia/Kathmandu', 'US/Eastern', 'Etc/GMT+5'])('the time zone %s', timeZone => {
  expect(window('0 9 * * *', 60, timeZone).timeZone).toBe(timeZone);
});

describe('to the minute', () => {
  test.each<[string, string, number, string, string[], string[]]>([
    ['a working day', '0 9 * * 1-4', 7 * 60, 'UTC', ['2026-11-26T09:00:00Z', '2026-11-26T15:59:59.999Z'], ['2026-11-26T08:59:59.999Z', '2026-11-26T16:00:00Z', '2026-11-27T12:00:00Z']],
    ['one minute', '30 12 * * *', 1, 'UTC', ['2026-11-26T12:30:00Z', '2026-11-26T12:30:59.999Z'], ['2026-11-26T12:29:59Z', '2026-11-26T12:31:00Z']],
    ['across midnight', '0 22 * * *', 4 * 60, 'Europe/Berlin', ['2026-11-26T21:00:00Z', '2026-11-27T00:59:59Z'], ['2026-11-26T20:59:59Z', '2026-11-27T01:00:00Z']],
    ['seven days, all of them', '0 0 * * 1', 7 * 24 * 60, 'UTC', ['2026-11-22T23:59:59Z', '2026-11-23T00:00:00Z', '2026-11-29T23:59:59Z'], []],
    ['seven days of a month', '0 0 1 * *', 7 * 24 * 60, 'UTC', ['2026-11-01T00:00:00Z', '2026-11-07T23:59:59Z'], ['2026-10-31T23:59:59Z', '2026-11-08T00:00:00Z']],
    ['with a zone in the time', '0 9 * * *', 60, 'UTC', ['2026-11-26T10:00:00+01:00', '2026-11-26T14:59+05:00'], ['2026-11-26T09:00:00+01:00']],
    ['the 29th of February', '0 0 29 2 *', 60, 'UTC', ['2028-02-29T00:00:00Z'], ['2027-03-01T00:00:00Z', '2028-02-29T01:00:00Z']],
    // Berlin: the clock goes from 02:00 to 03:00 on 2026-03-29 at 01:00Z, from 03:00 to 02:00 on 2026-10-25 at 01:00Z.
    ['Berlin, the day before spring', '0 9 * * *', 60, 'Europe/Berlin', ['2026-03-28T08:00:00Z', '2026-03-28T08:59:59Z'], ['2026-03-28T07:59:59Z', '2026-03-28T09:00:00Z']],
    ['Berlin, the day of spring', '0 9 * * *', 60, 'Europe/Berlin', ['2026-03-29T07:00:00Z', '2026-03-29T07:59:59Z'], ['2026-03-29T06:59:59Z', '2026-03-29T08:00:00Z']],
    ['Berlin, a time that is skipped', '30 2 * * *', 60, 'Europe/Berlin', ['2026-03-28T01:30:00Z', '2026-03-30T00:30:00Z'], ['2026-03-29T00:30:00Z', '2026-03-29T01:00:00Z', '2026-03-29T01:30:00Z']],
    ['Berlin, open while the hour is skipped', '30 1 * * *', 60, 'Europe/Berlin', ['2026-03-29T00:30:00Z', '2026-03-29T01:29:59Z'], ['2026-03-29T00:29:59Z', '2026-03-29T01:30:00Z']],
    ['Berlin, a time that comes twice', '30 2 * * *', 15, 'Europe/Berlin', ['2026-10-25T00:30:00Z', '2026-10-25T00:44:59Z', '2026-10-25T01:30:00Z', '2026-10-25T01:44:59Z'],
      ['2026-10-25T00:29:59Z', '2026-10-25T00:45:00Z', '2026-10-25T01:29:59Z', '2026-10-25T01:45:00Z']],
    ['Berlin, every hour, through autumn', '0 * * * *', 60, 'Europe/Berlin', ['2026-10-25T00:00:00Z', '2026-10-25T01:00:00Z', '2026-10-25T01:59:59Z', '2026-10-25T02:00:00Z'], []],
    ['Berlin, the second the clock goes on', '0 3 * * *', 1, 'Europe/Berlin', ['2026-03-29T01:00:00Z', '2026-03-29T01:00:59Z'], ['2026-03-29T00:59:59Z', '2026-03-29T01:01:00Z']],
    // New York: 2026-03-08 at 07:00Z, 2026-11-01 at 06:00Z.
    ['New York, the day of spring', '0 9 * * *', 60, 'America/New_York', ['2026-03-07T14:00:00Z', '2026-03-08T13:00:00Z'], ['2026-03-08T12:59:59Z', '2026-03-08T14:00:00Z']],
    ['New York, a time that is skipped', '30 2 * * *', 60, 'America/New_York', ['2026-03-07T07:30:00Z', '2026-03-09T06:30:00Z'], ['2026-03-08T07:00:00Z', '2026-03-08T07:30:00Z']],
    ['New York, a time that comes twice', '30 1 * * *', 15, 'America/New_York', ['2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z', '2026-11-01T06:44:59Z'], ['2026-11-01T05:45:00Z', '2026-11-01T06:45:00Z']],
    ['New York, seven days over autumn', '0 12 31 10 *', 7 * 24 * 60, 'America/New_York', ['2026-10-31T16:00:00Z', '2026-11-07T15:59:59Z'], ['2026-10-31T15:59:59Z', '2026-11-07T16:00:00Z']],
  ])('%s', (_, schedule, minutes, timeZone, open, shut) => {
    const made = window(schedule, minutes, timeZone);
    expect(open.filter(instant => !made.isOpen(instant))).toEqual([]);
    expect(shut.filter(instant => made.isOpen(instant))).toEqual([]);
  });
});

test.each<[string, string, string, string]>([
  ['0 9 * * 1-4', 'UTC', '2026-11-26T09:00:00Z', '2026-11-30T09:00:00.000Z'],
  ['0 9 * * 1-4', 'UTC', '2026-11-26T08:59:59.999Z', '2026-11-26T09:00:00.000Z'],
  ['0 9 * * *', 'Europe/Berlin', '2026-03-28T08:00:00Z', '2026-03-29T07:00:00.000Z'],
  ['30 2 * * *', 'Europe/Berlin', '2026-03-28T01:30:00Z', '2026-03-30T00:30:00.000Z'],
  ['30 2 * * *', 'Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00.000Z'],
  ['30 2 * * *', 'Europe/Berlin', '2026-10-25T01:10:00Z', '2026-10-25T01:30:00.000Z'],
  ['0 9 * * *', 'America/New_York', '2026-10-31T13:00:00Z', '2026-11-01T14:00:00.000Z'],
  ['0 0 29 2 *', 'America/New_York', '2026-01-01T00:00:00Z', '2028-02-29T05:00:00.000Z'],
])('%s in %s opens after %s at %s', (schedule, timeZone, after, expected) => {
  expect(window(schedule, 60, timeZone).nextOpening(after)).toBe(expected);
});

/** Whether a window opens at a minute, by what the clock of the zone shows then. */
function opensAt(instant: number, { minute, hours, days }: Drawn, format: Intl.DateTimeFormat): boolean {
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return Number(parts.minute) % 60 === minute && hours.includes(Number(parts.hour)) && days.includes(['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].indexOf(parts.weekday));
}

interface Drawn {
  readonly minute: number;
  readonly hours: number[];
  readonly days: number[];
}

const NIGHTS: Record<string, string[]> = {
  'Europe/Berlin': ['2026-03-29T01:00:00Z', '2026-10-25T01:00:00Z', '2026-07-01T00:00:00Z'],
  'America/New_York': ['2026-03-08T07:00:00Z', '2026-11-01T06:00:00Z', '2026-12-31T20:00:00Z'],
  'Australia/Lord_Howe': ['2026-04-04T15:00:00Z', '2026-10-03T15:30:00Z'], // half an hour
  'Africa/Casablanca': ['2026-02-15T02:00:00Z', '2026-03-22T02:00:00Z'], // Ramadan
  'Asia/Kathmandu': ['2026-03-29T01:00:00Z'], // 05:45
  'UTC': ['2026-12-31T20:00:00Z'],
};

const drawn = fc.record({
  minute: fc.nat(59),
  hours: fc.uniqueArray(fc.oneof(fc.integer({ min: 0, max: 4 }), fc.nat(23)), { minLength: 1, maxLength: 6 }),
  days: fc.uniqueArray(fc.oneof(fc.constant(0), fc.nat(6)), { minLength: 1, maxLength: 7 }),
  duration: fc.oneof(fc.integer({ min: 1, max: 180 }), fc.constantFrom(60, 24 * 60, 7 * 24 * 60)),
  night: fc.constantFrom(...Object.entries(NIGHTS).flatMap(([zone, nights]) => nights.map(night => [zone, night] as const))),
});

test('as the clock says, minute by minute', () => {
  fc.assert(fc.property(drawn, ({ night: [zone, night], duration, ...plan }) => {
    const made = window(`${plan.minute} ${plan.hours.join(',')} * * ${plan.days.join(',')}`, duration, zone);
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', weekday: 'short', hour: 'numeric', minute: 'numeric' });
    const from = Date.parse(night) - DAY / 4;
    const to = Date.parse(night) + DAY / 4;
    let opened = -Infinity;
    const openings: number[] = [];
    const expected: number[] = [];
    for (let at = from - duration * MINUTE; at < to; at += MINUTE) {
      if (opensAt(at, plan, format)) {
        opened = at;
        openings.push(at);
      }
      if (at >= from && at < opened + duration * MINUTE) {
        expected.push(at);
      }
    }
    const found: number[] = [];
    for (let at = from; at < to; at += MINUTE) {
      if (made.isOpen(iso(at))) {
        found.push(at);
      }
    }
    expect(found.map(iso)).toEqual(expected.map(iso));
    const next = openings.find(at => at > from);
    if (next !== undefined) {
      expect(made.nextOpening(iso(from))).toBe(iso(next));
    }
  }), { numRuns: 15 });
});
