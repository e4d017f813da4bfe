import { Duration } from 'cdk8s';
import { Cron } from 'croner';
import * as messages from './messages';

/** Options of a window. */
export interface TimeWindowOptions {
  /** When it opens, as five fields of cron: `0 9 * * 1-4` for nine o'clock from Monday to Thursday. */
  readonly schedule: string;

  /** How long it stays open, from one minute to a week. */
  readonly duration: Duration;

  /**
   * The time zone of the schedule, from the IANA database: `Europe/Berlin`. Windows keep to it through daylight saving.
   *
   * @default 'UTC'
   */
  readonly timeZone?: string;
}

const MINUTE = 60_000;

/** A time in which something is allowed, again and again. */
export class TimeWindow {
  /**
   * A window that opens by a schedule.
   *
   * @param options when and how long. Throws FW218 for a schedule that never comes, a duration that is none, or an unknown time zone
   */
  public static of(options: TimeWindowOptions): TimeWindow {
    return new TimeWindow(options);
  }

  /** When it opens. */
  public readonly schedule: string;

  /** How long it stays open. */
  public readonly duration: Duration;

  /** The time zone of the schedule. */
  public readonly timeZone: string;

  private constructor(options: TimeWindowOptions) {
    this.schedule = options?.schedule;
    this.duration = options?.duration;
    this.timeZone = options?.timeZone ?? 'UTC';
    const refuse = (what: string, value: unknown, fault: string) => messages.invalidTimeWindow.error('', { what, value, fault });
    if (typeof this.timeZone !== 'string' || !isTimeZone(this.timeZone)) {
      throw refuse('time zone', this.timeZone, 'is not in the IANA database');
    }
    if (typeof this.schedule !== 'string' || this.schedule.trim().split(/\s+/).length !== 5) {
      throw refuse('schedule', this.schedule, 'has not five fields');
    }
    const minutes = typeof this.duration?.toMinutes === 'function' ? this.duration.toMinutes({ integral: false }) : NaN;
    if (!(Number.isInteger(minutes) && minutes >= 1 && minutes <= 7 * 24 * 60)) {
      throw refuse('duration', this.duration instanceof Duration ? this.duration.toHumanString() : this.duration, 'is not whole minutes up to seven days');
    }
    const fault = scheduleFault(this.schedule, this.timeZone);
    if (fault) {
      throw refuse('schedule', this.schedule, fault);
    }
  }

  /**
   * Whether the window is open.
   *
   * @param instant the time, ISO 8601: `2026-11-27T10:00:00Z`. Throws FW218 for what is none
   */
  public isOpen(instant: string): boolean {
    const at = instantOf(instant);
    const length = this.duration.toMinutes() * MINUTE;
    // A window is open if it opened less than its length ago: the next opening after that moment must not lie ahead.
    const opened = this.cron().nextRun(new Date(at - length));
    return opened !== null && opened.getTime() <= at;
  }

  /**
   * When the window opens next.
   *
   * @param instant the time after which is looked, ISO 8601
   * @returns ISO 8601 in UTC; nothing when it never opens again
   */
  public nextOpening(instant: string): string | undefined {
    return this.cron().nextRun(new Date(instantOf(instant)))?.toISOString();
  }

  /** @internal */
  public _toJson(): object {
    return { schedule: this.schedule, minutes: this.duration.toMinutes(), timeZone: this.timeZone };
  }

  private cron(): Cron {
    return new Cron(this.schedule, { timezone: this.timeZone, mode: '5-part' });
  }
}

function scheduleFault(schedule: string, timezone: string): string | undefined {
  try {
    return new Cron(schedule, { timezone, mode: '5-part' }).nextRun(new Date('2026-01-01T00:00:00Z')) === null ? 'never comes' : undefined;
  } catch {
    return 'is no cron schedule';
  }
}

function isTimeZone(name: string): boolean {
  try {
    return name !== '' && new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

function instantOf(instant: string): number {
  const at = typeof instant === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(instant) ? Date.parse(instant) : NaN;
  if (Number.isNaN(at)) {
    throw messages.invalidTimeWindow.error('', { what: 'time', value: instant, fault: 'is not in ISO 8601' });
  }
  return at;
}
