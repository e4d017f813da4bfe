import { Construct } from 'constructs';
import { Environment } from '../environments';
import type { TaskShape } from './plan';
import { ConcurrencyPolicy, ScheduledTaskOverride, ScheduledTaskProps } from './scheduled-task-props';
import { checkTask, TASK } from './task-validation';
import { Workload } from './workload';
import { copied } from '../core/copied';

/**
 * A process that runs to its end at certain times: a report, a clean-up.
 *
 * In each environment it becomes a CronJob, a ServiceAccount without rights and a NetworkPolicy. A
 * run that fails is tried again by a new pod; a pod that the cluster takes away does not count as failure.
 */
export class ScheduledTask extends Workload {
  private readonly task: ScheduledTaskProps;

  /**
   * @param scope a construct in a `Platform`
   * @param id the name of the task: a DNS label, else FW105 is thrown
   * @param props the task. Throws FW424 for a schedule and FW425 for a time zone that Kubernetes refuses
   */
  public constructor(scope: Construct, id: string, props: ScheduledTaskProps) {
    super(scope, id, props, props?.overrides ?? {});
    this.task = copied(props);
  }

  /** @internal */
  public _servicePort(): undefined {
    return undefined;
  }

  /** @internal */
  public _shape(environment: Environment): TaskShape {
    const { task } = this;
    const override = this._override(environment) as ScheduledTaskOverride;
    return {
      kind: 'task',
      schedule: override.schedule ?? task.schedule,
      timeZone: override.timeZone ?? task.timeZone ?? TASK.timeZone,
      concurrency: task.concurrency ?? ConcurrencyPolicy.FORBID,
      startingDeadlineSeconds: task.startingDeadline?.toSeconds() ?? TASK.startingDeadlineSeconds,
      timeoutSeconds: task.timeout?.toSeconds() ?? TASK.timeoutSeconds,
      retries: task.retries ?? TASK.retries,
      // Kubernetes wants them in order, each once (k8s pkg/apis/batch/validation).
      fatalExitCodes: [...new Set(task.fatalExitCodes ?? [])].sort((a, b) => a - b),
      keepSucceeded: task.keepSucceeded ?? TASK.keepSucceeded,
      keepFailed: task.keepFailed ?? TASK.keepFailed,
      suspend: override.suspend ?? task.suspend ?? false,
    };
  }

  /** @internal */
  protected _check(where: string, props: Partial<ScheduledTaskProps>): void {
    checkTask(where, props);
  }
}
