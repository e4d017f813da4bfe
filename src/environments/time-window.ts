import { Duration } from 'cdk8s';
import { isInstant } from './instant';
import * as messages from './messages';
import { isTimeZone, scheduleFault } from './schedule';
import { nextTime } from './wall-clock';

/** Options of a window. */
export interface TimeWindowOptions {
  /** When it opens, as five fields of cron: `0 9 * * 1-4` for nine o'clock from Monday to Thursday. */
  readonly schedule: string;

  /** How long it stays open, from one minute to a week. */
  readonly duration: Duration;

  /**
   * The time zone of the schedule, from the IANA database: `Europe/Berlin`. Windows open by its clock, also through daylight saving: a time
   * that the clock skips in spring does not open one, a time that it shows twice in autumn opens one twice. They stay open as long as ever.
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
    if (!isTimeZone(this.timeZone)) {
      throw refuse('time zone', this.timeZone, 'is not in the IANA database, written as there');
    }
    if (typeof this.schedule !== 'string' || this.schedule.length > 1000 || this.schedule.trim().split(/\s+/).length !== 5) {
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
    const opened = nextTime(this.schedule, this.timeZone, at - length);
    return opened !== undefined && opened <= at;
  }

  /**
   * When the window opens next.
   *
   * @param instant the time after which is looked, ISO 8601. Throws FW218 for what is none
   * @returns ISO 8601 in UTC; nothing when it never opens again
   */
  public nextOpening(instant: string): string | undefined {
    const next = nextTime(this.schedule, this.timeZone, instantOf(instant));
    return next === undefined ? undefined : new Date(next).toISOString();
  }

  /** @internal */
  public _toJson(): object {
    return { schedule: this.schedule, minutes: this.duration.toMinutes(), timeZone: this.timeZone };
  }
}

function instantOf(instant: string): number {
  if (!isInstant(instant)) {
    throw messages.invalidTimeWindow.error('', { what: 'time', value: instant, fault: 'is not in ISO 8601 with a zone' });
  }
  return Date.parse(instant);
}
