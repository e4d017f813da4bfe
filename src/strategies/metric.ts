import { Duration } from 'cdk8s';
import * as messages from './messages';
import { seconds } from './numbers';
import type { MeasurePlan, MetricPlan, ThresholdPlan } from './plan';
import { copied } from '../core/copied';
import { isMap } from '../core/metadata';
import { nameFault } from '../core/names';
import { MetricsProvider, RequestMetrics } from '../environments';

/** What a sample without data means: no requests in the interval, or a query that finds no series. */
export enum NoData {
  /** The sample has failed: who cannot be seen is not trusted. */
  FAIL = 'fail',
  /** The sample says nothing; when more than the tolerated failures say nothing, the rollout waits for a person. */
  WAIT = 'wait',
  /** The sample has passed: for what is seldom called. */
  PASS = 'pass',
}

/** What all metrics have in common. */
export interface MetricOptions {
  /**
   * The name: a DNS label, by which measurements are found.
   *
   * @default - what is measured: `success-rate`, `latency-p99`
   */
  readonly name?: string;

  /**
   * The time between two samples, which each sample also looks back over.
   *
   * @default Duration.minutes(1)
   */
  readonly interval?: Duration;

  /**
   * How many samples are taken where the analysis has an end: in a step, and before or after a
   * promotion. In the background of a canary samples are taken as long as it lasts.
   *
   * @default 5
   */
  readonly samples?: number;

  /**
   * How long to wait before the first sample, so that there is something to see.
   *
   * @default - one interval
   */
  readonly initialDelay?: Duration;

  /**
   * How many samples may fail in all. With 0 the first failure undoes the rollout, with 2 the third.
   *
   * @default 2
   */
  readonly toleratedFailures?: number;

  /**
   * What a sample without data means.
   *
   * @default NoData.FAIL
   */
  readonly noData?: NoData;

  /**
   * Another provider than that of the environment.
   *
   * @default - that of the environment
   */
  readonly provider?: MetricsProvider;
}

/** What metrics of requests have in common. */
export interface RequestMetricOptions extends MetricOptions {
  /**
   * Requests per second to the new version below which a sample counts as one without data: one
   * failure among three requests is no error rate.
   *
   * @default - any traffic will do
   */
  readonly minimumTraffic?: number;

  /**
   * Who counts the requests.
   *
   * @default - as the provider says
   */
  readonly requests?: RequestMetrics;
}

/** The success rate of requests. */
export interface SuccessRateOptions extends RequestMetricOptions {
  /** The smallest ratio of responses without a server error that passes: 0.995 for 99.5%. */
  readonly atLeast: number;
}

/** The error rate of requests. */
export interface ErrorRateOptions extends RequestMetricOptions {
  /** The greatest ratio of responses with a server error that passes: 0.01 for 1%. */
  readonly atMost: number;
}

/** The latency of requests. */
export interface LatencyOptions extends RequestMetricOptions {
  /** The percent of requests that are looked at, from the fastest: 99. */
  readonly percentile: number;

  /** The time that they may take at most. */
  readonly below: Duration;
}

/** What pods may run short of. */
export enum SaturatedResource {
  /** CPU, of the limit. */
  CPU = 'cpu',
  /** Memory, of the limit. */
  MEMORY = 'memory',
}

/** The saturation of pods. */
export interface SaturationOptions extends MetricOptions {
  /** What may run short. */
  readonly resource: SaturatedResource;

  /** The greatest ratio of its limit that passes: 0.9 for 90%. */
  readonly atMost: number;
}

/** A query of one's own. */
export interface QueryOptions extends MetricOptions {
  /**
   * The query, in the language of the provider, giving one number. Placeholders: `{{namespace}}`,
   * `{{workload}}`, `{{service}}` (the Service of the new version), `{{pods}}` (a regular expression
   * of its pods' names) and `{{interval}}`. An unknown placeholder is an error (FW611).
   */
  readonly query: string;

  /**
   * The smallest value that passes.
   *
   * @default - none; one of both bounds is given
   */
  readonly atLeast?: number;

  /**
   * The greatest value that passes.
   *
   * @default - none; one of both bounds is given
   */
  readonly atMost?: number;
}

/** A check over HTTP. */
export interface HttpCheckOptions extends MetricOptions {
  /**
   * What is asked: `http://smoke-tests.testing/checkout`. The placeholders `{{namespace}}`, `{{workload}}` and `{{service}}` may stand
   * in it, and in headers.
   */
  readonly url: string;

  /**
   * Headers of the request; never a secret.
   *
   * @default - none
   */
  readonly headers?: Record<string, string>;

  /**
   * Where the number stands in the JSON of the answer: `{$.data.errorRate}`.
   *
   * @default - an answer of 2xx passes
   */
  readonly jsonPath?: string;

  /**
   * The smallest value that passes, with a `jsonPath`.
   *
   * @default - none
   */
  readonly atLeast?: number;

  /**
   * The greatest value that passes, with a `jsonPath`.
   *
   * @default - none
   */
  readonly atMost?: number;

  /**
   * How long the answer may take.
   *
   * @default Duration.seconds(10)
   */
  readonly timeout?: Duration;
}

/** A test that runs as a Kubernetes Job. */
export interface JobOptions extends MetricOptions {
  /** The image: `ghcr.io/acme/smoke:1.2@sha256:…`. */
  readonly image: string;

  /**
   * The entry point.
   *
   * @default - that of the image
   */
  readonly command?: string[];

  /**
   * The arguments.
   *
   * @default - those of the image
   */
  readonly args?: string[];

  /**
   * How long the Job may run.
   *
   * @default Duration.minutes(5)
   */
  readonly timeout?: Duration;
}

/** What a rollout is judged by: what is measured, and what passes. Who is asked belongs to the environment. */
export class Metric {
  /**
   * The ratio of responses without a server error (no 5xx, no gRPC code of the server).
   *
   * @param options the threshold. Throws FW608 for what is no ratio
   */
  public static successRate(options: SuccessRateOptions): Metric {
    return new Metric('success-rate', { kind: 'success-rate' }, { kind: 'at-least', value: ratio('success-rate', 'atLeast', options?.atLeast) }, options);
  }

  /**
   * The ratio of responses with a server error.
   *
   * @param options the threshold. Throws FW608 for what is no ratio
   */
  public static errorRate(options: ErrorRateOptions): Metric {
    return new Metric('error-rate', { kind: 'error-rate' }, { kind: 'at-most', value: ratio('error-rate', 'atMost', options?.atMost) }, options);
  }

  /**
   * The time that a percentile of requests takes.
   *
   * @param options percentile and threshold. Throws FW608 for what is none
   */
  public static latency(options: LatencyOptions): Metric {
    const { percentile, below } = options ?? {};
    const name = `latency-p${String(percentile).replace(/[^0-9]+/g, '-')}`;
    if (!(typeof percentile === 'number' && percentile > 0 && percentile < 100)) {
      throw messages.invalidMetric.error('', { name: 'latency', what: 'percentile', value: percentile, fault: 'does not lie between 0 and 100' });
    }
    if (typeof below?.toMilliseconds !== 'function' || !(below.toMilliseconds({ integral: false }) > 0)) {
      throw messages.invalidMetric.error('', { name, what: 'threshold `below`', value: below, fault: 'is no Duration above zero' });
    }
    const value = below.toMilliseconds({ integral: false }) / 1000;
    return new Metric(name, { kind: 'latency', percentile }, { kind: 'at-most', value }, options);
  }

  /**
   * How much of their limit the pods of the new version use.
   *
   * @param options resource and threshold. Throws FW608 for what is no ratio
   */
  public static saturation(options: SaturationOptions): Metric {
    const { resource, atMost } = options ?? {};
    if (!Object.values(SaturatedResource).includes(resource)) {
      throw messages.invalidMetric.error('', { name: 'saturation', what: 'resource', value: resource, fault: 'is neither cpu nor memory' });
    }
    return new Metric(`saturation-${resource}`, { kind: 'saturation', resource }, { kind: 'at-most', value: ratio('saturation', 'atMost', atMost) }, options);
  }

  /**
   * A query of one's own.
   *
   * @param metricName the name of the metric: a DNS label
   * @param options query and threshold. Throws FW608 without exactly one bound
   */
  public static query(metricName: string, options: QueryOptions): Metric {
    if (typeof options?.query !== 'string' || options.query.trim() === '') {
      throw messages.invalidMetric.error('', { name: metricName, what: 'query', value: options?.query, fault: 'is empty' });
    }
    return new Metric(metricName, { kind: 'query', query: options.query }, bound(metricName, options), options);
  }

  /**
   * A GET over HTTP, made by the controller in the cluster.
   *
   * @param metricName the name of the metric: a DNS label
   * @param options what is asked, and what passes. Throws FW608 for what is no URL, and for a bound without a path
   */
  public static httpCheck(metricName: string, options: HttpCheckOptions): Metric {
    const { url, headers = {}, jsonPath, timeout } = options ?? {};
    const parsed = typeof url === 'string' && URL.canParse(url) ? new URL(url) : undefined;
    if (!parsed || !['http:', 'https:'].includes(parsed.protocol) || parsed.username || parsed.password) {
      throw messages.invalidMetric.error('', { name: metricName, what: 'URL', value: url, fault: 'is no http or https URL without user and password' });
    }
    if (!isMap(headers) || !Object.values(headers).every(value => typeof value === 'string')) {
      throw messages.invalidMetric.error('', { name: metricName, what: 'map of headers', value: headers, fault: 'is no map of names to texts' });
    }
    if (jsonPath !== undefined && !(typeof jsonPath === 'string' && /^\{.+\}$/.test(jsonPath))) {
      throw messages.invalidMetric.error('', { name: metricName, what: 'JSON path', value: jsonPath, fault: 'does not stand in braces' });
    }
    if (jsonPath === undefined && (options.atLeast ?? options.atMost) !== undefined) {
      throw messages.invalidMetric.error('', { name: metricName, what: 'bound', value: options.atLeast ?? options.atMost, fault: 'has no jsonPath to be compared with' });
    }
    const threshold: ThresholdPlan = jsonPath === undefined ? { kind: 'succeeds' } : bound(metricName, options);
    const timeoutSeconds = seconds('timeout of an HTTP check', timeout ?? Duration.seconds(10), 1, 300);
    return new Metric(metricName, { kind: 'http', url, headers: { ...headers }, jsonPath, timeoutSeconds }, threshold, options);
  }

  /**
   * A test that runs as a Kubernetes Job and passes when it succeeds.
   *
   * @param metricName the name of the metric: a DNS label
   * @param options image and command. Throws FW608 for an image that nothing pins
   */
  public static job(metricName: string, options: JobOptions): Metric {
    const { image, command, args, timeout } = options ?? {};
    if (typeof image !== 'string' || !/^[^\s@]+:[^\s@]+(@sha256:[0-9a-f]{64})?$/.test(image)) {
      throw messages.invalidMetric.error('', { name: metricName, what: 'image', value: image, fault: 'has no tag' });
    }
    for (const words of [command, args]) {
      if (words !== undefined && !(Array.isArray(words) && words.every(word => typeof word === 'string'))) {
        throw messages.invalidMetric.error('', { name: metricName, what: 'command', value: words, fault: 'is no list of words' });
      }
    }
    const timeoutSeconds = seconds('timeout of a job', timeout ?? Duration.minutes(5), 1, 24 * 3600);
    return new Metric(metricName, { kind: 'job', image, command: copied(command), args: copied(args), timeoutSeconds }, { kind: 'succeeds' }, options);
  }

  /** The name, by which measurements are found. */
  public readonly name: string;

  /** @internal */
  public readonly _plan: MetricPlan;

  private constructor(defaultName: string, measure: MeasurePlan, threshold: ThresholdPlan, options: RequestMetricOptions) {
    this.name = options?.name ?? defaultName;
    const refuse = (what: string, value: unknown, fault: string) => messages.invalidMetric.error('', { name: this.name, what, value, fault });
    const fault = nameFault(this.name);
    if (fault) {
      throw refuse('name', this.name, fault);
    }
    const { samples = 5, toleratedFailures = 2, noData = NoData.FAIL, minimumTraffic, provider, requests } = options;
    const count = (what: string, value: number, minimum: number) => {
      if (!Number.isInteger(value) || value < minimum || value > 1000) {
        throw refuse(what, value, `is no whole number from ${minimum} to 1000`);
      }
    };
    count('number of samples', samples, 1);
    count('number of tolerated failures', toleratedFailures, 0);
    // Where the analysis ends, so many failures could never come together: it would always succeed.
    if (toleratedFailures >= samples) {
      throw refuse('number of tolerated failures', toleratedFailures, `is not below the number of samples, ${samples}`);
    }
    if (!Object.values(NoData).includes(noData)) {
      throw refuse('policy for no data', noData, 'is none of fail, wait, pass');
    }
    if (minimumTraffic !== undefined && !(Number.isFinite(minimumTraffic) && minimumTraffic > 0)) {
      throw refuse('minimum traffic', minimumTraffic, 'is no number of requests per second above zero');
    }
    if (provider !== undefined && typeof provider?._connection !== 'object') {
      throw refuse('provider', provider, 'is no MetricsProvider');
    }
    if (requests !== undefined && !Object.values(RequestMetrics).includes(requests)) {
      throw refuse('source of request metrics', requests, 'is unknown');
    }
    const intervalSeconds = seconds('interval of a metric', options.interval ?? Duration.minutes(1), 5, 24 * 3600);
    const { initialDelay } = options;
    const initialDelaySeconds = initialDelay === undefined ? intervalSeconds : seconds('initial delay of a metric', initialDelay);
    this._plan = {
      name: this.name,
      measure,
      threshold,
      intervalSeconds,
      samples,
      initialDelaySeconds,
      toleratedFailures,
      noData,
      minimumTraffic,
      provider,
      requests,
    };
  }
}

function ratio(name: string, what: string, value: number): number {
  if (!(typeof value === 'number' && value >= 0 && value <= 1)) {
    const fault = typeof value === 'number' && value > 1 && value <= 100 ? 'looks like a percentage: ratios lie between 0 and 1' : 'is no ratio between 0 and 1';
    throw messages.invalidMetric.error('', { name, what: `threshold ${JSON.stringify(what)}`, value, fault });
  }
  return value;
}

function bound(name: string, { atLeast, atMost }: { atLeast?: number; atMost?: number }): ThresholdPlan {
  if ((atLeast === undefined) === (atMost === undefined)) {
    throw messages.invalidMetric.error('', { name, what: 'pair of bounds', value: { atLeast, atMost }, fault: 'is not exactly one' });
  }
  const value = (atLeast ?? atMost)!;
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw messages.invalidMetric.error('', { name, what: 'bound', value, fault: 'is no number' });
  }
  return atLeast === undefined ? { kind: 'at-most', value } : { kind: 'at-least', value };
}
