import { ZERO_DOWNTIME } from './defaults';
import { KedaOptions, KedaTrigger } from './keda';
import * as messages from './messages';
import { wholeSeconds } from './numbers';
import { behaviorOf, ScalingBehavior, ScalingMetric } from './scaling';
import { isMap } from '../core/metadata';

/** What an autoscaler aims at. */
export interface AutoscalingTarget {
  /**
   * Mean CPU use, in percent of the request.
   *
   * @default 70 - not measured where further metrics are given
   */
  readonly cpuUtilization?: number;

  /**
   * Mean memory use, in percent of the request. Few programs give memory back: such a workload grows and stays.
   *
   * @default - not measured
   */
  readonly memoryUtilization?: number;

  /**
   * Further metrics; the one that asks for most pods counts.
   *
   * @default - none
   */
  readonly metrics?: ScalingMetric[];

  /**
   * How fast it goes up and down.
   *
   * @default - as Kubernetes does it
   */
  readonly behavior?: ScalingBehavior;
}

/**
 * What decides how many pods run.
 *
 * @internal
 */
export type ScalingPlan =
  | { readonly kind: 'fixed' }
  | { readonly kind: 'hpa'; readonly metrics: ScalingMetric[]; readonly behavior?: any }
  | { readonly kind: 'keda'; readonly triggers: KedaTrigger[]; readonly pollingSeconds: number; readonly cooldownSeconds: number };

/** How many pods of a workload run. */
export class Replicas {
  /**
   * Always the same number.
   *
   * @param count from 1. Throws FW403 otherwise
   */
  public static fixed(count: number): Replicas {
    return new Replicas(count, count, undefined, undefined, { kind: 'fixed' });
  }

  /**
   * As many as the load needs, by a HorizontalPodAutoscaler.
   *
   * @param minimum from 1. Throws FW403 otherwise
   * @param maximum above the minimum. Throws FW403 otherwise
   * @param target what it aims at. Throws FW431 for metrics and behaviour that Kubernetes refuses
   */
  public static between(minimum: number, maximum: number, target: AutoscalingTarget = {}): Replicas {
    checkBounds(minimum, maximum);
    const metrics = target?.metrics ?? [];
    if (!Array.isArray(metrics) || metrics.some(metric => typeof metric?._render !== 'function')) {
      throw messages.invalidScaling.error('', { what: 'list of metrics', value: target?.metrics, fault: 'is no list of ScalingMetric' });
    }
    const keys = metrics.map(metric => metric._key);
    const repeated = keys.find((key, i) => keys.indexOf(key) !== i);
    if (repeated !== undefined) {
      throw messages.invalidScaling.error('', { what: 'metric', value: repeated, fault: 'is given twice' });
    }
    const cpu = target?.cpuUtilization ?? (metrics.length > 0 ? undefined : ZERO_DOWNTIME.autoscalingCpuUtilization);
    return new Replicas(minimum, maximum, cpu, target?.memoryUtilization, {
      kind: 'hpa',
      metrics: [...metrics],
      behavior: target?.behavior === undefined ? undefined : behaviorOf(target.behavior),
    });
  }

  /**
   * As many as the triggers ask for, by KEDA, which must be installed in the cluster.
   *
   * @param options bounds and triggers. Throws FW403 for bounds and FW432 for triggers that cannot be
   */
  public static keda(options: KedaOptions): Replicas {
    if (!isMap(options)) {
      throw messages.invalidKeda.error('', { what: 'options', value: options, fault: 'are none' });
    }
    const { minimum, maximum, triggers, pollingInterval, cooldown } = options;
    if (minimum === maximum || !(minimum === 0 && maximum > 0)) {
      checkBounds(minimum, maximum);
    }
    if (!Array.isArray(triggers) || triggers.length === 0 || triggers.some(trigger => typeof trigger?._spec !== 'object')) {
      throw messages.invalidKeda.error('', { what: 'list of triggers', value: triggers, fault: 'is no list of KedaTrigger, or empty' });
    }
    if (minimum === 0 && !triggers.some(trigger => trigger._canSleep())) {
      throw messages.invalidKeda.error('', { what: 'minimum', value: 0, fault: 'needs a trigger other than cpu and memory, which no sleeping workload has' });
    }
    const pollingSeconds = wholeSeconds('', 'polling interval of KEDA', pollingInterval, 1) ?? 30;
    const cooldownSeconds = wholeSeconds('', 'cooldown of KEDA', cooldown, 0) ?? 300;
    if (cooldown !== undefined && minimum !== 0) {
      throw messages.invalidKeda.error('', { what: 'cooldown', value: cooldownSeconds, fault: 'does nothing: it is for the way to zero, and the minimum is above it' });
    }
    return new Replicas(minimum, maximum, undefined, undefined, { kind: 'keda', triggers: [...triggers], pollingSeconds, cooldownSeconds });
  }

  /** @internal */
  public readonly _scaling: ScalingPlan;

  private constructor(
    /** The smallest number of pods. */
    public readonly minimum: number,
    /** The largest number of pods. */
    public readonly maximum: number,
    /** The mean CPU use that the autoscaler aims at, in percent of the request, if there is one. */
    public readonly cpuUtilization: number | undefined,
    /** The mean memory use that the autoscaler aims at, in percent of the request, if it measures it. */
    public readonly memoryUtilization: number | undefined,
    scaling: ScalingPlan,
  ) {
    const lowest = scaling.kind === 'keda' ? 0 : 1;
    for (const count of [minimum, maximum]) {
      if (!Number.isInteger(count) || count < lowest || count > 10_000) {
        throw messages.invalidReplicas.error('', { value: count, fault: `is not a whole number from ${lowest} to 10000` });
      }
    }
    for (const target of [cpuUtilization, memoryUtilization]) {
      if (target !== undefined && !(Number.isInteger(target) && target >= 1 && target <= 1000)) {
        throw messages.invalidReplicas.error('', { value: target, fault: 'cannot be aimed at: a mean use is a whole number of percent, from 1 to 1000' });
      }
    }
    this._scaling = scaling;
  }

  /** Whether an autoscaler decides. */
  public get isAutoscaled(): boolean {
    return this.maximum > this.minimum;
  }
}

function checkBounds(minimum: number, maximum: number): void {
  if (Number.isInteger(minimum) && Number.isInteger(maximum) && maximum <= minimum) {
    throw messages.invalidReplicas.error('', { value: maximum, fault: `is not above the minimum of ${minimum}` });
  }
}
