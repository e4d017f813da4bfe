import { Duration } from 'cdk8s';
import { PodOverride, PodProps } from './pod-props';

/** What happens when a run is due and the one before is not done. */
export enum ConcurrencyPolicy {
  /** The new run is skipped. */
  FORBID = 'Forbid',
  /** Both run. */
  ALLOW = 'Allow',
  /** The old run is stopped. */
  REPLACE = 'Replace',
}

/** What an environment changes about a task. */
export interface ScheduledTaskOverride extends PodOverride {
  /**
   * When it runs.
   *
   * @default - as the task says
   */
  readonly schedule?: string;

  /**
   * The time zone of the schedule.
   *
   * @default - as the task says
   */
  readonly timeZone?: string;

  /**
   * Whether it does not run at all.
   *
   * @default - as the task says
   */
  readonly suspend?: boolean;
}

/** Properties of a `ScheduledTask`. */
export interface ScheduledTaskProps extends PodProps {
  /** When it runs, in the five fields of cron: `30 3 * * *`; or `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly`. */
  readonly schedule: string;

  /**
   * The time zone of the schedule, a name of the IANA database: `Europe/Berlin`.
   *
   * @default 'Etc/UTC'
   */
  readonly timeZone?: string;

  /**
   * What happens when a run is due and the one before is not done.
   *
   * @default ConcurrencyPolicy.FORBID
   */
  readonly concurrency?: ConcurrencyPolicy;

  /**
   * How late a run may start, from 10 seconds. Without a limit, a controller that was away for long
   * gives up on the task (more than 100 missed runs).
   *
   * @default Duration.minutes(5)
   */
  readonly startingDeadline?: Duration;

  /**
   * How long a run may take in all, its retries included, at most a week.
   *
   * @default Duration.hours(1)
   */
  readonly timeout?: Duration;

  /**
   * How often a run that fails is tried again, 0 to 100.
   *
   * @default 2
   */
  readonly retries?: number;

  /**
   * Exit codes of the main container after which another try is of no use, 1 to 255.
   *
   * @default - every failure is tried again
   */
  readonly fatalExitCodes?: number[];

  /**
   * How many runs that went well are kept, 0 to 100.
   *
   * @default 3
   */
  readonly keepSucceeded?: number;

  /**
   * How many runs that failed are kept, 0 to 100.
   *
   * @default 3
   */
  readonly keepFailed?: number;

  /**
   * Whether it does not run at all.
   *
   * @default false
   */
  readonly suspend?: boolean;

  /**
   * What environments change, by their names. An unknown name is an error (FW207).
   *
   * @default - all environments get the same
   */
  readonly overrides?: Record<string, ScheduledTaskOverride>;
}
