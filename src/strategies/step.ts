import { Duration } from 'cdk8s';
import * as messages from './messages';
import type { Metric } from './metric';
import { percent, seconds, whole } from './numbers';
import type { CanaryScalePlan, HeaderMatchPlan, MetricPlan, StepPlan } from './plan';
import { nameFault } from '../core/names';

/** More metrics than this are a mistake of a program. */
const MOST_METRICS = 200;

/** Which requests of a header route go to the new version. */
export class HeaderMatch {
  /** Requests whose header has exactly this value. */
  public static exact(header: string, value: string): HeaderMatch {
    return new HeaderMatch(header, 'exact', value);
  }

  /** Requests whose header begins with a text. */
  public static prefix(header: string, value: string): HeaderMatch {
    return new HeaderMatch(header, 'prefix', value);
  }

  /** Requests whose header matches a regular expression of the router (RE2). */
  public static regex(header: string, value: string): HeaderMatch {
    return new HeaderMatch(header, 'regex', value);
  }

  /** @internal */
  public readonly _plan: HeaderMatchPlan;

  private constructor(header: string, how: HeaderMatchPlan['how'], value: string) {
    if (typeof header !== 'string' || !/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}$/.test(header)) {
      throw messages.invalidStrategy.error('', { what: 'name of a header', value: header, fault: 'is no name of an HTTP header' });
    }
    if (typeof value !== 'string' || value === '' || /[\r\n\0]/.test(value)) {
      throw messages.invalidStrategy.error('', { what: `value of the header ${JSON.stringify(header)}`, value, fault: 'is empty or has a line break' });
    }
    this._plan = { header, how, value };
  }
}

/** How many pods a canary has, apart from its share of the traffic. */
export class CanaryScale {
  /** A number of pods. Throws FW606 for what is none. */
  public static replicas(count: number): CanaryScale {
    return new CanaryScale({ kind: 'replicas', replicas: whole('number of canary pods', count, 0) });
  }

  /** Percent of the wanted pods. Throws FW604 for what is none. */
  public static percent(share: number): CanaryScale {
    return new CanaryScale({ kind: 'percent', percent: percent('size of the canary', share) });
  }

  /** As many as its share of the traffic needs: what holds without any scale. */
  public static matchTraffic(): CanaryScale {
    return new CanaryScale({ kind: 'match-traffic' });
  }

  /** @internal */
  public readonly _plan: CanaryScalePlan;

  private constructor(plan: CanaryScalePlan) {
    this._plan = plan;
  }
}

/** A trial of the new version beside the old one, without users. */
export interface ExperimentOptions {
  /** How long the trial runs at least. Each metric takes samples as long, and never fewer than its `samples`. */
  readonly duration: Duration;

  /** What it is judged by. */
  readonly metrics: Metric[];

  /**
   * Whether a fresh set of the old version runs beside it, to compare under the same conditions.
   *
   * @default true
   */
  readonly baseline?: boolean;

  /**
   * Percent of the traffic that each side of the trial gets; needs a router.
   *
   * @default - none: only what the metrics themselves send
   */
  readonly weight?: number;
}

/** Requests that go to the new version by what their headers say. */
export interface HeaderRouteOptions {
  /** The name of the route: a DNS label. */
  readonly name: string;

  /** The headers, all of which must match. */
  readonly matches: HeaderMatch[];
}

/** Requests that are copied to the new version; its answers are thrown away. */
export interface MirrorOptions {
  /** The name of the route: a DNS label. */
  readonly name: string;

  /**
   * Percent of the requests that are copied.
   *
   * @default 100
   */
  readonly percent?: number;
}

/** One step of a canary. Each begins when the one before it has succeeded. */
export class Step {
  /**
   * Gives the new version a share of the traffic, or of the pods where no router splits it.
   *
   * @param share whole percent. Throws FW604 for anything else
   */
  public static weight(share: number): Step {
    return new Step({ kind: 'weight', weight: percent('weight', share) });
  }

  /**
   * Waits.
   *
   * @param duration from one second to a week. Throws FW605 otherwise
   */
  public static pause(duration: Duration): Step {
    return new Step({ kind: 'pause', seconds: seconds('pause', duration, 1) });
  }

  /** Waits until a person says to go on. */
  public static approval(): Step {
    return new Step({ kind: 'approval' });
  }

  /**
   * Judges the new version and goes on when it has passed. Each metric takes its `samples`.
   *
   * @param metrics what it is judged by. Throws FW606 without one
   */
  public static analysis(metrics: Metric[]): Step {
    return new Step({ kind: 'analysis', metrics: metricPlans('analysis step', metrics) });
  }

  /**
   * Tries the new version beside the old one, without users.
   *
   * @param options how long, and what it is judged by. Throws FW606 without a metric
   */
  public static experiment(options: ExperimentOptions): Step {
    return new Step({
      kind: 'experiment',
      seconds: seconds('duration of an experiment', options?.duration, 1),
      metrics: metricPlans('experiment', options.metrics),
      baseline: options.baseline ?? true,
      weight: options.weight === undefined ? undefined : percent('weight of an experiment', options.weight, 1, 50),
    });
  }

  /**
   * Sends requests with certain headers to the new version: one's own people first.
   *
   * @param options name and headers. Throws FW606 without a header
   */
  public static headerRoute(options: HeaderRouteOptions): Step {
    const matches = options?.matches;
    if (!Array.isArray(matches) || matches.length === 0 || [...matches].some(match => typeof match?._plan?.header !== 'string')) {
      throw messages.invalidStrategy.error('', { what: 'list of headers', value: matches, fault: 'holds no HeaderMatch' });
    }
    return new Step({ kind: 'header-route', name: routeName(options.name), matches: matches.map(match => match._plan) });
  }

  /**
   * Copies requests to the new version, and throws its answers away. Only for what may happen
   * twice: a copied payment is a second payment.
   *
   * @param options name and share. Throws FW604 for what is no percentage
   */
  public static mirror(options: MirrorOptions): Step {
    return new Step({ kind: 'mirror', name: routeName(options?.name), percent: percent('mirrored share', options.percent ?? 100, 1) });
  }

  /**
   * Sets how many pods the new version has, apart from its share of the traffic. A later weight
   * needs `Step.scale(CanaryScale.matchTraffic())` before it.
   *
   * @param scale how many
   */
  public static scale(scale: CanaryScale): Step {
    if (typeof scale?._plan?.kind !== 'string') {
      throw messages.invalidStrategy.error('', { what: 'scale', value: scale, fault: 'is no CanaryScale' });
    }
    return new Step({ kind: 'scale', scale: scale._plan });
  }

  /** @internal */
  public readonly _plan: StepPlan;

  private constructor(plan: StepPlan) {
    this._plan = plan;
  }
}

/**
 * The metrics of an analysis as plain data. Throws FW606 for an empty list, FW609 for two of one name.
 *
 * @internal
 */
export function metricPlans(what: string, metrics: Metric[], minimum = 1): MetricPlan[] {
  if (!Array.isArray(metrics) || metrics.length < minimum || [...metrics].some(metric => typeof metric?._plan?.name !== 'string')) {
    throw messages.invalidStrategy.error('', { what: `list of metrics of the ${what}`, value: metrics, fault: 'holds no Metric' });
  }
  if (metrics.length > MOST_METRICS) {
    throw messages.invalidStrategy.error('', { what: `number of metrics of the ${what}`, value: metrics.length, fault: `is more than ${MOST_METRICS}` });
  }
  const names = metrics.map(metric => metric.name);
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  if (repeated !== undefined) {
    throw messages.repeatedMetric.error('', { name: repeated });
  }
  return metrics.map(metric => metric._plan);
}

function routeName(name: string): string {
  const fault = nameFault(name);
  if (fault) {
    throw messages.invalidStrategy.error('', { what: 'name of a route', value: name, fault });
  }
  if (name === 'primary') {
    // Routes of steps are taken away after the rollout by their name (rollout/trafficrouting/istio/istio.go, RemoveManagedRoutes).
    throw messages.invalidStrategy.error('', { what: 'name of a route', value: name, fault: 'is that of the route that carries all the traffic' });
  }
  return name;
}
