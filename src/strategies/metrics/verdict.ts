import type { ProviderQuery, QueryContext } from './query';
import type { Finding } from '../../core/diagnostics/finding';
import * as messages from '../messages';
import { NoData } from '../metric';
import type { MetricPlan } from '../plan';

/*
 * How Argo Rollouts judges the result of a query. With a condition of success alone, whatever does
 * not meet it has failed; with both conditions, what meets neither is inconclusive
 * (argo-rollouts v1.9.1 utils/evaluate/evaluate.go EvaluateResult).
 */

/** The part of a metric of an AnalysisTemplate that judges. */
export interface Verdict {
  readonly successCondition?: string;
  readonly failureCondition?: string;
  readonly failureLimit: number;
  readonly inconclusiveLimit?: number;
  readonly consecutiveErrorLimit: number;
}

/** How a provider's result looks in a condition. */
interface Shape {
  /** Holds when there is a number; absent where no data is an error of the measurement, which no condition sees. */
  readonly given?: string;
  /** Holds when there is none: written out, as `!(…)` would be evaluated too late. */
  readonly missing?: string;
  readonly value: string;
  /** What must hold too before the value is looked at, where no data is an error otherwise. */
  readonly guard?: string;
}

/** An error is retried after 10 seconds, whatever the interval (analysis/analysis.go DefaultErrorRetryInterval). */
const ERROR_RETRY_SECONDS = 10;
/** What the controller tolerates by itself (pkg/apis/rollouts/v1alpha1 DefaultConsecutiveErrorLimit). */
const DEFAULT_ERRORS = 4;

/**
 * The conditions and limits of a metric. FW611 for a policy for no data that cannot be kept:
 * InfluxDB and Graphite report no data as an error, of which too many undo the rollout.
 */
export function verdictOf(metric: MetricPlan, query: ProviderQuery, context: Pick<QueryContext, 'path' | 'environment'>): Verdict | Finding {
  const { threshold, noData, toleratedFailures, intervalSeconds } = metric;
  const refuse = (fault: string) => messages.unansweredMetric.at(context.path, { metric: metric.name, environment: context.environment.name, fault });
  if (query.kind === 'job') {
    return { failureLimit: toleratedFailures, consecutiveErrorLimit: DEFAULT_ERRORS };
  }
  const shape = shapeOf(query);
  if (noData !== NoData.FAIL && shape.missing === undefined) {
    return refuse(`${query.kind} reports no data as an error, which ends the analysis, so that only NoData.FAIL can be kept`);
  }
  // Where no data is an error, an error is a failed sample; elsewhere the provider may be away for as long as failures are tolerated.
  const consecutiveErrorLimit = shape.missing === undefined
    ? toleratedFailures
    : Math.max(DEFAULT_ERRORS, toleratedFailures * Math.ceil(intervalSeconds / ERROR_RETRY_SECONDS));
  const limits = { failureLimit: toleratedFailures, consecutiveErrorLimit };
  if (threshold.kind === 'succeeds') {
    return limits;
  }
  const [passes, fails] = threshold.kind === 'at-least' ? ['>=', '<'] : ['<=', '>'];
  const compared = (operator: string) => `${shape.value} ${operator} ${decimal(threshold.value)}`;
  const guarded = (operator: string) => [shape.given ?? shape.guard, compared(operator)].filter(Boolean).join(' && ');
  switch (noData) {
    case NoData.FAIL: return { successCondition: guarded(passes), ...limits };
    case NoData.PASS: return { successCondition: `${shape.missing} || ${compared(passes)}`, ...limits };
    case NoData.WAIT: return { successCondition: guarded(passes), failureCondition: guarded(fails), inconclusiveLimit: toleratedFailures, ...limits };
  }
}

/** What each provider of v1.9.1 hands to the conditions (metricproviders/). */
function shapeOf(query: ProviderQuery): Shape {
  switch (query.kind) {
    // A list of floats, empty without data. Plug-ins mostly follow it.
    case 'prometheus':
    case 'plugin':
      return { given: 'len(result) > 0 && !isNaN(result[0])', missing: 'len(result) == 0 || isNaN(result[0])', value: 'result[0]' };
    // A float, or nil. The type of `result` is checked before anything runs: nil must go through default().
    case 'datadog':
      return { given: '!isNil(result)', missing: 'isNil(result)', value: 'default(result, 0)' };
    // A list of results as the AWS SDK has them, the newest value first.
    case 'cloudwatch':
      return {
        given: 'len(result) > 0 && len(result[0].Values) > 0',
        missing: 'len(result) == 0 || len(result[0].Values) == 0',
        value: 'result[0].Values[0]',
      };
    // One row as a map of names to values, null without data.
    case 'newrelic':
      return { given: 'result.result != nil', missing: 'result.result == nil', value: 'asFloat(result.result)' };
    // A list of floats from the oldest, empty when all points are null, but an error when there is no series.
    case 'graphite':
      return { guard: 'len(result) > 0', value: 'result[len(result) - 1]' };
    // A list of anything, never empty: no row is an error.
    case 'influxdb':
      return { guard: 'result[0] != nil', value: 'asFloat(result[0])' };
    // Whatever the JSON path finds; nothing there, and any answer but 2xx, is an error.
    case 'http':
    case 'job':
      return { value: 'asFloat(result)' };
  }
}

/** A number without an exponent; beyond the whole numbers that the language knows with a fraction. */
export function decimal(value: number): string {
  if (Number.isInteger(value)) {
    return Number.isSafeInteger(value) ? String(value) : `${BigInt(value)}.0`;
  }
  const text = String(value);
  if (!text.includes('e')) {
    return text;
  }
  const [mantissa, exponent] = text.replace(/^-/, '').split('e-');
  const digits = mantissa.replace('.', '');
  return `${value < 0 ? '-' : ''}0.${'0'.repeat(Number(exponent) - 1)}${digits}`;
}
