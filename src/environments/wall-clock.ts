import { Cron } from 'croner';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/*
 * When a schedule comes next by the clock of a time zone: at each minute in which that clock shows a time of the schedule. A time that the
 * clock skips in spring does not come, one that it shows twice in autumn comes twice. This is how Argo CD reads its sync windows
 * (robfig/cron spec.go, `SpecSchedule.Next`). The schedule is looked up in UTC, where no hour is missing, and moved by the offset of the zone.
 */

/** The first time of a schedule after an instant, in milliseconds; nothing when there is none. */
export function nextTime(schedule: string, timeZone: string, after: number): number | undefined {
  const cron = new Cron(schedule, { timezone: 'UTC', mode: '5-part' });
  const clock = clockOf(timeZone);
  let from = Math.floor(after / MINUTE) * MINUTE;
  let offset = clock.offsetAt(from);
  for (;;) {
    const next = cron.nextRun(new Date(from + offset));
    if (next === null) {
      return undefined;
    }
    const candidate = next.getTime() - offset;
    const change = clock.changeWithin(from, candidate, offset);
    if (change === undefined) {
      return candidate;
    }
    offset = clock.offsetAt(change);
    from = change - MINUTE; // what is sought comes after it, so the minute of the change itself counts
  }
}

/** What a time zone adds to UTC. */
class Clock {
  private readonly format: Intl.DateTimeFormat;

  public constructor(timeZone: string) {
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone, hourCycle: 'h23', era: 'short', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    });
  }

  public offsetAt(instant: number): number {
    const parts = Object.fromEntries(this.format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second) - instant;
  }

  /** The first minute after `from`, up to `to`, at which the offset is another one. */
  public changeWithin(from: number, to: number, offset: number): number | undefined {
    let before = from;
    while (before < to) {
      const after = Math.min(before + DAY, to);
      if (this.offsetAt(after) !== offset) {
        return this.narrowed(before, after, offset);
      }
      before = after;
    }
    return undefined;
  }

  private narrowed(before: number, after: number, offset: number): number {
    let [low, high] = [before, after];
    while (high - low > MINUTE) {
      const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE;
      if (this.offsetAt(middle) === offset) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}

/** Formats are slow to make. */
const CLOCKS = new Map<string, Clock>();

function clockOf(timeZone: string): Clock {
  const clock = CLOCKS.get(timeZone) ?? new Clock(timeZone);
  CLOCKS.set(timeZone, clock);
  return clock;
}
