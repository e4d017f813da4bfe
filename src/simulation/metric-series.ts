import type { Duration } from 'cdk8s';
import * as messages from './messages';
import { toNumber, toPlainData, toSeconds } from './values';

/** A measured value: a number, nothing, a whole result, an error, or whatever makes the condition true or false. */
export type Sample =
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'result'; readonly value: unknown }
  | { readonly kind: 'none' }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'passing' }
  | { readonly kind: 'failing' };

/** A step from one value to another. */
export interface MetricStep {
  /** The value before. */
  readonly from: number;
  /** The value from then on. */
  readonly to: number;
  /** When it changes, from the start of the update. */
  readonly at: Duration;
}

/** A value from a time on. */
export interface MetricPoint {
  /** From when on, from the start of the update. */
  readonly at: Duration;
  /** The value. */
  readonly value: number;
}

/** Values that scatter. */
export interface MetricNoise {
  /** The value in the middle. */
  readonly mean: number;
  /** How far values scatter: the standard deviation of a normal distribution. */
  readonly deviation: number;
  /**
   * Which of all the random series this is; the same seed gives the same values at the same times.
   *
   * @default 1
   */
  readonly seed?: number;
}

const PASSING: Sample = { kind: 'passing' };
const FAILING: Sample = { kind: 'failing' };
const NONE: Sample = { kind: 'none' };

/** What a provider answers for a metric over time. Times are from the start of the update. */
export class MetricSeries {
  /**
   * Always the same value.
   *
   * @param value the value; NaN and Infinity are possible answers. Throws FW810 for anything but a number
   */
  public static constant(value: number): MetricSeries {
    const sample: Sample = { kind: 'value', value: toNumber(value, 'metrics', false) };
    return new MetricSeries(() => sample, []);
  }

  /**
   * One value, and another from a time on.
   *
   * @param step the values and the time. Throws FW810 for other things than numbers and a Duration
   */
  public static step(step: MetricStep): MetricSeries {
    return MetricSeries.constant(step?.from).followedBy(step?.at, MetricSeries.constant(step?.to));
  }

  /**
   * Values that change at given times. Before the first, its value counts.
   *
   * @param points at least one value with its time, in any order. Throws FW810 otherwise
   */
  public static points(points: MetricPoint[]): MetricSeries {
    if (!Array.isArray(points) || points.length === 0) {
      throw messages.invalidScenario.error('metrics', { value: points, fault: 'is no list of points', remedy: 'Write [{ at: Duration.minutes(3), value: 0.95 }].' });
    }
    const sorted = points.map(point => ({ at: required(point?.at), sample: MetricSeries.constant(point?.value)._sample(0) })).sort((a,
      b) => a.at - b.at);
    return new MetricSeries(seconds => {
      let i = sorted.length - 1;
      while (i > 0 && sorted[i].at > seconds) {
        i--;
      }
      return sorted[i].sample;
    }, sorted.map(point => point.at));
  }

  /**
   * Values that scatter around a mean, the same in each run.
   *
   * @param noise mean, deviation and seed. Throws FW810 for other things than numbers, or a negative deviation
   */
  public static noise(noise: MetricNoise): MetricSeries {
    const mean = toNumber(noise?.mean, 'metrics.mean');
    const deviation = toNumber(noise?.deviation, 'metrics.deviation');
    const seed = noise.seed === undefined ? 1 : toNumber(noise.seed, 'metrics.seed');
    if (deviation < 0) {
      throw messages.invalidScenario.error('metrics.deviation', { value: deviation, fault: 'is negative', remedy: 'Write 0 or more.' });
    }
    return new MetricSeries(seconds => ({ kind: 'value', value: mean + deviation * normal(seed, seconds) }), []);
  }

  /** The provider answers, but has no data: `[]` for Prometheus, nothing for the others. */
  public static noData(): MetricSeries {
    return new MetricSeries(() => NONE, []);
  }

  /**
   * The provider does not answer.
   *
   * @param message what it says
   */
  public static providerError(message: string = 'the provider did not answer'): MetricSeries {
    const sample: Sample = { kind: 'error', message: String(message) };
    return new MetricSeries(() => sample, []);
  }

  /** Whatever the metric's conditions call a success. Metrics that a scenario does not name are so. */
  public static passing(): MetricSeries {
    return new MetricSeries(() => PASSING, []);
  }

  /** Whatever the metric's conditions call a failure. */
  public static failing(): MetricSeries {
    return new MetricSeries(() => FAILING, []);
  }

  /**
   * Exactly this as `result` in the conditions, for metrics of more than one number.
   *
   * @param result plain data, as the provider would give it: a list, an object, a text. Throws FW810 for anything else
   */
  public static result(result: any): MetricSeries {
    const sample: Sample = { kind: 'result', value: toPlainData(result, 'result') };
    return new MetricSeries(() => sample, []);
  }

  /** @internal */
  public readonly _sample: (seconds: number) => Sample;

  /** @internal when the values change, as far as that is known: nothing new comes after the last */
  public readonly _changes: number[];

  private constructor(sample: (seconds: number) => Sample, changes: number[]) {
    this._sample = sample;
    this._changes = changes;
  }

  /**
   * This series until a time, and another from then on.
   *
   * @param at from when on, from the start of the update
   * @param series what comes then. Throws FW810 for anything else
   */
  public followedBy(at: Duration, series: MetricSeries): MetricSeries {
    const from = required(at);
    if (!(series instanceof MetricSeries)) {
      throw messages.invalidScenario.error('metrics', { value: series, fault: 'is no series', remedy: 'Write for example MetricSeries.constant(0.99).' });
    }
    return new MetricSeries(
      seconds => (seconds < from ? this._sample(seconds) : series._sample(seconds)),
      [...this._changes.filter(change => change < from), from, ...series._changes.filter(change => change > from)],
    );
  }
}

function required(at: unknown): number {
  return toSeconds(at === undefined ? null : at, 'metrics.at', 0);
}

/** A number from a standard normal distribution, decided by the seed and the time alone (Box-Muller over hashed bits). */
function normal(seed: number, seconds: number): number {
  const u = (hash(seed, seconds, 1) + 1) / 4294967297;
  const v = hash(seed, seconds, 2) / 4294967296;
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
}

function hash(seed: number, seconds: number, salt: number): number {
  let h = Math.imul(Math.floor(seed) ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(Math.floor(seconds * 1000) | 0, 0xc2b2ae35) ^ Math.imul(salt, 0x27d4eb2f);
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}
