import type { Duration } from 'cdk8s';
import * as messages from './messages';
import { wholeSeconds } from './numbers';
import { quantityValue } from './resources';
import { copied } from '../core/copied';
import { isDnsSubdomain, isMap } from '../core/metadata';

/** A further metric that an autoscaler aims at. */
export class ScalingMetric {
  /**
   * A metric that each pod reports, averaged over the pods.
   *
   * @param name its name in the custom metrics API: `http_requests_per_second`. Throws FW431 otherwise
   * @param average the value per pod, a quantity: `100`, `500m`. Throws FW431 otherwise
   */
  public static pods(name: string, average: string): ScalingMetric {
    return new ScalingMetric('Pods', name, { pods: { metric: { name }, target: { type: 'AverageValue', averageValue: amount(average) } } });
  }

  /**
   * A metric of another object of the namespace, such as the Ingress.
   *
   * @param name its name in the custom metrics API. Throws FW431 otherwise
   * @param object the object, as `{ apiVersion, kind, name }`. Throws FW431 otherwise
   * @param average the value divided by the number of pods, a quantity. Throws FW431 otherwise
   */
  public static object(name: string, object: ScalingObject, average: string): ScalingMetric {
    const { apiVersion, kind, name: objectName } = object ?? {};
    if (!isText(apiVersion) || !isText(kind) || !isDnsSubdomain(objectName)) {
      throw messages.invalidScaling.error('', { what: 'object of a metric', value: object, fault: 'is no { apiVersion, kind, name }' });
    }
    return new ScalingMetric('Object', name, {
      object: { describedObject: { apiVersion, kind, name: objectName }, metric: { name }, target: { type: 'AverageValue', averageValue: amount(average) } },
    });
  }

  /**
   * A metric from outside of the cluster, such as the length of a queue.
   *
   * @param name its name in the external metrics API. Throws FW431 otherwise
   * @param average the value divided by the number of pods, a quantity. Throws FW431 otherwise
   * @param labels which series is meant; the only one by default
   */
  public static external(name: string, average: string, labels: Record<string, string> = {}): ScalingMetric {
    if (!isMap(labels) || !Object.values(labels).every(isText)) {
      throw messages.invalidScaling.error('', { what: 'labels of a metric', value: labels, fault: 'is no map of texts' });
    }
    const selector = Object.keys(labels).length > 0 ? { selector: { matchLabels: { ...labels } } } : {};
    return new ScalingMetric('External', name, { external: { metric: { name, ...selector }, target: { type: 'AverageValue', averageValue: amount(average) } } });
  }

  /**
   * By what metrics are ordered: the type, then the name.
   *
   * @internal
   */
  public readonly _key: string;
  private readonly spec: any;

  private constructor(type: string, name: string, spec: any) {
    if (!isText(name) || !/^[A-Za-z0-9._|/:-]+$/.test(name)) {
      throw messages.invalidScaling.error('', { what: 'name of a metric', value: name, fault: 'is none' });
    }
    this._key = `${type} ${name}`;
    this.spec = copied({ type, ...spec }, 8);
  }

  /** @internal */
  public _render(): any {
    return this.spec;
  }
}

/** The object that a metric is of. */
export interface ScalingObject {
  /** Its group and version: `networking.k8s.io/v1`. */
  readonly apiVersion: string;

  /** Its kind: `Ingress`. */
  readonly kind: string;

  /** Its name. */
  readonly name: string;
}

/** How fast an autoscaler may go in one direction. */
export class ScalingPolicy {
  /**
   * So many pods in a period.
   *
   * @param count from 1. Throws FW431 otherwise
   * @param period whole seconds, at most 30 minutes. Throws FW416 otherwise
   */
  public static pods(count: number, period: Duration): ScalingPolicy {
    return new ScalingPolicy('Pods', count, period);
  }

  /**
   * So many percent of the pods in a period.
   *
   * @param percent from 1. Throws FW431 otherwise
   * @param period whole seconds, at most 30 minutes. Throws FW416 otherwise
   */
  public static percent(percent: number, period: Duration): ScalingPolicy {
    return new ScalingPolicy('Percent', percent, period);
  }

  /** @internal */
  public readonly _spec: { readonly type: string; readonly value: number; readonly periodSeconds: number };

  private constructor(type: string, value: number, period: Duration) {
    if (!Number.isInteger(value) || value < 1 || value > 10_000) {
      throw messages.invalidScaling.error('', { what: 'number of a scaling policy', value, fault: 'is not a whole number from 1' });
    }
    const periodSeconds = wholeSeconds('', 'period of a scaling policy', period, 1);
    if (periodSeconds === undefined || periodSeconds > 1800) { // k8s validateScalingPolicy
      throw messages.invalidTime.error('', { what: 'period of a scaling policy', value: periodSeconds });
    }
    this._spec = { type, value, periodSeconds };
  }
}

/** How an autoscaler goes in one direction. */
export interface ScalingRules {
  /**
   * How long it looks back, and takes the most careful number of that time; at most an hour.
   *
   * @default - none for more pods, five minutes for fewer
   */
  readonly stabilization?: Duration;

  /**
   * How fast it may go.
   *
   * @default - the policies of Kubernetes: up by 4 pods or 100% in 15 seconds, down by 100%
   */
  readonly policies?: ScalingPolicy[];

  /**
   * Whether the policy that changes least counts, instead of the one that changes most.
   *
   * @default false
   */
  readonly slowest?: boolean;

  /**
   * Whether it never goes in this direction.
   *
   * @default false
   */
  readonly disabled?: boolean;
}

/** How an autoscaler goes up and down. */
export interface ScalingBehavior {
  /**
   * More pods.
   *
   * @default - as Kubernetes does it
   */
  readonly scaleUp?: ScalingRules;

  /**
   * Fewer pods.
   *
   * @default - as Kubernetes does it
   */
  readonly scaleDown?: ScalingRules;
}

/**
 * The behaviour in the words of Kubernetes (autoscaling/v2). Throws FW431 for what it refuses.
 *
 * @internal
 */
export function behaviorOf(behavior: ScalingBehavior): any {
  if (!isMap(behavior)) {
    throw messages.invalidScaling.error('', { what: 'behaviour', value: behavior, fault: 'is no map' });
  }
  return {
    ...(behavior.scaleUp === undefined ? {} : { scaleUp: rules(behavior.scaleUp) }),
    ...(behavior.scaleDown === undefined ? {} : { scaleDown: rules(behavior.scaleDown) }),
  };
}

function rules(given: ScalingRules): any {
  if (!isMap(given)) {
    throw messages.invalidScaling.error('', { what: 'scaling rules', value: given, fault: 'is no map' });
  }
  const policies = given.policies ?? [];
  if (!Array.isArray(policies) || policies.some(policy => typeof policy?._spec !== 'object')) {
    throw messages.invalidScaling.error('', { what: 'list of scaling policies', value: given.policies, fault: 'is no list of ScalingPolicy' });
  }
  const window = wholeSeconds('', 'stabilization of an autoscaler', given.stabilization, 0);
  return {
    ...(window === undefined ? {} : { stabilizationWindowSeconds: window }),
    ...(given.disabled === true ? { selectPolicy: 'Disabled' } : given.slowest === true ? { selectPolicy: 'Min' } : {}),
    ...(policies.length === 0 ? {} : { policies: policies.map(policy => ({ ...policy._spec })) }),
  };
}

function amount(quantity: string): string {
  quantityValue('', 'value of a metric', quantity, 0.001);
  return quantity;
}

function isText(x: unknown): x is string {
  return typeof x === 'string' && x !== '';
}
