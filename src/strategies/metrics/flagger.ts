import { lookBackSeconds } from './look-back';
import type { ProviderQuery } from './query';
import { Support } from '../../core/capability';
import { NoData } from '../metric';
import type { MetricPlan } from '../plan';

/*
 * How Flagger 1.44 judges the one number of a MetricTemplate: a sample below `min` or above `max`
 * fails, and so does a query without values (pkg/controller/scheduler_metrics.go runMetricChecks).
 */

/** The `thresholdRange` of a metric: both ends pass. Absent where nothing is compared. */
export function thresholdRangeOf(metric: MetricPlan): { min?: number; max?: number } | undefined {
  switch (metric.threshold.kind) {
    case 'at-least': return { min: metric.threshold.value };
    case 'at-most': return { max: metric.threshold.value };
    case 'succeeds': return undefined;
  }
}

/** A PromQL query that gives `value` where it would give nothing, or NaN. */
export function withDefault(query: string, value: number): string {
  // NaN compares to nothing, not even to the least of all numbers.
  return `((${query}) >= -Inf) or on () vector(${value})`;
}

/** How Flagger keeps a policy for no data with a provider: a row of capabilities without its part. */
export function noDataSupport(metric: MetricPlan, query: ProviderQuery): { support: Support; how: string } {
  const { noData } = metric;
  if (noData === NoData.WAIT) {
    return { support: Support.UNSUPPORTED, how: 'a check passes or fails, it never waits; choose NoData.FAIL or NoData.PASS' };
  }
  if (query.kind === 'influxdb') {
    // providers/influxdb.go RunQuery: without a row the value is 0, and no error.
    const { min = -Infinity, max = Infinity } = thresholdRangeOf(metric) ?? {};
    const isPassed = min <= 0 && max >= 0;
    return isPassed === (noData === NoData.PASS)
      ? { support: Support.NATIVE, how: `no row counts as 0, which ${isPassed ? 'passes' : 'fails'}` }
      : { support: Support.UNSUPPORTED, how: `no row of InfluxDB counts as 0, which ${isPassed ? 'passes' : 'fails'}; let the query give another number where there is none` };
  }
  if (noData === NoData.FAIL) {
    return { support: Support.NATIVE, how: 'a check without values fails' };
  }
  return query.kind === 'prometheus'
    ? { support: Support.EMULATED, how: 'the query gives the threshold itself where there is no data' }
    : { support: Support.UNSUPPORTED, how: `a check without values fails, and no default can be written into a query of ${query.kind}` };
}

/** The `query` of a MetricTemplate; absent for what is no query: HTTP checks, Jobs and plug-ins. */
export function templateQueryOf(metric: MetricPlan, query: ProviderQuery): string | undefined {
  switch (query.kind) {
    case 'prometheus':
      return metric.noData === NoData.PASS && metric.threshold.kind !== 'succeeds' ? withDefault(query.query, metric.threshold.value) : query.query;
    case 'cloudwatch': return JSON.stringify(query.queries);
    case 'datadog':
    case 'newrelic':
    case 'graphite':
    case 'influxdb': return query.query;
    default: return undefined;
  }
}

/**
 * The `interval` of a metric of the Canary, in seconds: for Flagger it is only the time that the
 * query looks back over. Datadog is asked for ten of them and the oldest point counts
 * (providers/datadog.go), CloudWatch for ten of them and the newest counts (providers/cloudwatch.go).
 */
export function templateIntervalOf(metric: MetricPlan, query: ProviderQuery): number {
  switch (query.kind) {
    case 'datadog':
    case 'cloudwatch': return Math.ceil(query.lookBackSeconds / 10);
    default: return lookBackSeconds(metric);
  }
}
