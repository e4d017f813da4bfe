import { checkOneOf, checkOverrides } from './check-values';
import * as messages from './messages';
import { wholeSeconds } from './numbers';
import { isTimeZone, scheduleFault } from './schedule';
import { ConcurrencyPolicy, ScheduledTaskProps } from './scheduled-task-props';

/** The defaults of tasks: the value, and what it prevents. */
export const TASK = {
  /** What the controller of most clusters has anyway, but not of all. */
  timeZone: 'Etc/UTC',
  /** Without one, more than 100 missed runs stop the task for good (k8s pkg/controller/cronjob). */
  startingDeadlineSeconds: 300,
  /** The controller looks every ten seconds (k8s docs, CronJob limitations). */
  leastStartingDeadlineSeconds: 10,
  /** A run that hangs keeps all later ones from starting, as they may not overlap. */
  timeoutSeconds: 3600,
  mostTimeoutSeconds: 7 * 24 * 3600,
  /** The default of Kubernetes, 6, ends in waits of minutes between tries. */
  retries: 2,
  keepSucceeded: 3,
  keepFailed: 3,
} as const;

/** Throws for props that no task can have. */
export function checkTask(where: string, props: Partial<ScheduledTaskProps>): void {
  checkSchedule(where, props.schedule);
  checkTimeZone(where, props.timeZone);
  checkOneOf(where, 'concurrency policy', props.concurrency, Object.values(ConcurrencyPolicy));
  const starting = wholeSeconds(where, 'starting deadline', props.startingDeadline, 0, TASK.mostTimeoutSeconds);
  if (starting !== undefined && starting < TASK.leastStartingDeadlineSeconds) {
    throw messages.invalidTask.error(where, { what: 'starting deadline of seconds', value: starting, fault: 'is shorter than the ten seconds in which the controller looks' });
  }
  wholeSeconds(where, 'timeout of a run', props.timeout, 1, TASK.mostTimeoutSeconds);
  for (const [what, value] of Object.entries({ 'number of retries': props.retries, 'number of runs kept': props.keepSucceeded, 'number of failed runs kept': props.keepFailed })) {
    if (value !== undefined && !(Number.isInteger(value) && value >= 0 && value <= 100)) {
      throw messages.invalidTask.error(where, { what, value, fault: 'is no whole number from 0 to 100' });
    }
  }
  const codes = props.fatalExitCodes;
  if (codes !== undefined && !(Array.isArray(codes) && codes.every(code => Number.isInteger(code) && code >= 1 && code <= 255))) {
    throw messages.invalidTask.error(where, { what: 'list of fatal exit codes', value: codes, fault: 'is no list of numbers from 1 to 255' });
  }
  checkFlag(where, props.suspend);
  checkOverrides(where, 'task', props.overrides ?? {}, override => {
    if (override.schedule !== undefined) {
      checkSchedule(where, override.schedule);
    }
    checkTimeZone(where, override.timeZone);
    checkFlag(where, override.suspend);
  });
}

function checkSchedule(where: string, schedule: unknown): void {
  const fault = scheduleFault(schedule);
  if (fault) {
    throw messages.invalidSchedule.error(where, { schedule, fault });
  }
}

function checkTimeZone(where: string, timeZone: unknown): void {
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    throw messages.invalidTimeZone.error(where, { timeZone });
  }
}

function checkFlag(where: string, suspend: unknown): void {
  if (suspend !== undefined && typeof suspend !== 'boolean') {
    throw messages.invalidTask.error(where, { what: 'value of suspend', value: suspend, fault: 'is neither true nor false' });
  }
}
