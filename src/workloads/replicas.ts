import { ZERO_DOWNTIME } from './defaults';
import * as messages from './messages';

/** What an autoscaler aims at. */
export interface AutoscalingTarget {
  /**
   * Mean CPU use, in percent of the request.
   *
   * @default 70
   */
  readonly cpuUtilization?: number;

  /**
   * Mean memory use, in percent of the request.
   *
   * @default - not measured
   */
  readonly memoryUtilization?: number;
}

/** How many pods of a workload run. */
export class Replicas {
  /**
   * Always the same number.
   *
   * @param count from 1. Throws FW403 otherwise
   */
  public static fixed(count: number): Replicas {
    return new Replicas(count, count, undefined, undefined);
  }

  /**
   * As many as the load needs, by a HorizontalPodAutoscaler.
   *
   * @param minimum from 1. Throws FW403 otherwise
   * @param maximum above the minimum. Throws FW403 otherwise
   * @param target what it aims at
   */
  public static between(minimum: number, maximum: number, target: AutoscalingTarget = {}): Replicas {
    if (Number.isInteger(minimum) && Number.isInteger(maximum) && maximum <= minimum) {
      throw messages.invalidReplicas.error('', { value: maximum, fault: `is not above the minimum of ${minimum}` });
    }
    return new Replicas(minimum, maximum, target?.cpuUtilization ?? ZERO_DOWNTIME.autoscalingCpuUtilization, target?.memoryUtilization);
  }

  private constructor(
    /** The smallest number of pods. */
    public readonly minimum: number,
    /** The largest number of pods. */
    public readonly maximum: number,
    /** The mean CPU use that the autoscaler aims at, in percent of the request, if there is one. */
    public readonly cpuUtilization: number | undefined,
    /** The mean memory use that the autoscaler aims at, in percent of the request, if it measures it. */
    public readonly memoryUtilization: number | undefined,
  ) {
    for (const count of [minimum, maximum]) {
      if (!Number.isInteger(count) || count < 1 || count > 10_000) {
        throw messages.invalidReplicas.error('', { value: count, fault: 'is not a whole number from 1 to 10000' });
      }
    }
    for (const target of [cpuUtilization, memoryUtilization]) {
      if (target !== undefined && !(Number.isInteger(target) && target >= 1 && target <= 1000)) {
        throw messages.invalidReplicas.error('', { value: target, fault: 'cannot be aimed at: a mean use is a whole number of percent, from 1 to 1000' });
      }
    }
  }

  /** Whether an autoscaler decides. */
  public get isAutoscaled(): boolean {
    return this.maximum > this.minimum;
  }
}
