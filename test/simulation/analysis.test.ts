import { AnalysisRun, assessMetric, countMeasurement, MetricCounters, passedLimit } from '../../src/simulation/analysis-run';
import { judgeOf } from '../../src/simulation/metric';
import type { Sample } from '../../src/simulation/metric-series';
import type { MetricPlan } from '../../src/simulation/plan';
import { AnalysisVerdict as Verdict } from '../../src/simulation/timeline';

/*
 * The rules of analysis/analysis.go and utils/evaluate/evaluate.go of Argo Rollouts v1.9.1 (Apache-2.0), with the figures of their own tests.
 */

const { SUCCESSFUL, FAILED, INCONCLUSIVE, ERROR, RUNNING } = Verdict;

function metricPlan(more: Partial<MetricPlan> = {}): MetricPlan {
  return {
    name: 'success-rate',
    dryRun: false,
    interval: 60_000,
    initialDelay: 0,
    count: Infinity,
    failureLimit: 0,
    inconclusiveLimit: 0,
    consecutiveErrorLimit: 4,
    consecutiveSuccessLimit: 0,
    judge: sample => ({ verdict: (sample as { value: Verdict }).value, result: '' }),
    ...more,
  };
}

function counters(more: Partial<MetricCounters> = {}): MetricCounters {
  return { successful: 0, failed: 0, inconclusive: 0, errors: 0, consecutiveErrors: 0, consecutiveSuccesses: 0, count: 0, ...more };
}

// analysis_test.go, TestAssessMetricStatus*: limits, counters, verdict, verdict when terminating
test.each<[Partial<MetricPlan>, Partial<MetricCounters>, Verdict, Verdict]>([
  // FailureLimit
  [{ failureLimit: 2 }, { failed: 3, count: 3 }, FAILED, FAILED],
  [{ failureLimit: 3 }, { failed: 3, count: 3 }, RUNNING, SUCCESSFUL],
  // ConsecutiveSuccessLimit, without and with a count
  [{ failureLimit: -1, consecutiveSuccessLimit: 3 }, { failed: 3, successful: 4, consecutiveSuccesses: 3, count: 7 }, SUCCESSFUL, SUCCESSFUL],
  [{ failureLimit: -1, consecutiveSuccessLimit: 5 }, { failed: 3, successful: 4, consecutiveSuccesses: 3, count: 7 }, RUNNING, SUCCESSFUL],
  [{ failureLimit: -1, consecutiveSuccessLimit: 5, count: 7 }, { failed: 3, successful: 4, consecutiveSuccesses: 3, count: 7 }, FAILED, FAILED],
  [{ failureLimit: -1, consecutiveSuccessLimit: 3, count: 7 }, { failed: 3, successful: 4, consecutiveSuccesses: 3, count: 7 }, SUCCESSFUL,
    SUCCESSFUL],
  [{ failureLimit: -1, consecutiveSuccessLimit: 3, count: 9 }, { failed: 3, successful: 4, consecutiveSuccesses: 3, count: 7 }, SUCCESSFUL,
    SUCCESSFUL],
  [{ failureLimit: -1, consecutiveSuccessLimit: 5, count: 9 }, { failed: 3, successful: 4, consecutiveSuccesses: 3, count: 7 }, RUNNING, SUCCESSFUL],
  // FailureLimit and ConsecutiveSuccessLimit, without a count
  [{ failureLimit: 4, consecutiveSuccessLimit: 4 }, { failed: 3, successful: 4, consecutiveSuccesses: 3, count: 7 }, RUNNING, SUCCESSFUL],
  [{ failureLimit: 4, consecutiveSuccessLimit: 4 }, { failed: 5, successful: 9, consecutiveSuccesses: 0, count: 9 }, FAILED, FAILED],
  [{ failureLimit: 4, consecutiveSuccessLimit: 4 }, { failed: 3, successful: 5, consecutiveSuccesses: 4, count: 8 }, SUCCESSFUL, SUCCESSFUL],
  [{ failureLimit: 4, consecutiveSuccessLimit: 4 }, { failed: 5, successful: 5, consecutiveSuccesses: 4, count: 10 }, FAILED, FAILED],
  // the same with a count that is reached
  [{ failureLimit: 4, consecutiveSuccessLimit: 4, count: 10 }, { failed: 4, successful: 6, consecutiveSuccesses: 3, count: 10 }, INCONCLUSIVE,
    INCONCLUSIVE],
  [{ failureLimit: 4, consecutiveSuccessLimit: 4, count: 10 }, { failed: 5, successful: 5, consecutiveSuccesses: 3, count: 10 }, FAILED, FAILED],
  [{ failureLimit: 4, consecutiveSuccessLimit: 4, count: 10 }, { failed: 4, successful: 6, consecutiveSuccesses: 4, count: 10 }, SUCCESSFUL,
    SUCCESSFUL],
  [{ failureLimit: 4, consecutiveSuccessLimit: 4, count: 10 }, { failed: 5, successful: 5, consecutiveSuccesses: 4, count: 10 }, FAILED, FAILED],
  // and with one that is not
  [{ failureLimit: 4, consecutiveSuccessLimit: 4, count: 10 }, { failed: 3, successful: 5, consecutiveSuccesses: 3, count: 8 }, RUNNING, SUCCESSFUL],
  [{ failureLimit: 4, consecutiveSuccessLimit: 4, count: 10 }, { failed: 5, successful: 3, consecutiveSuccesses: 3, count: 8 }, FAILED, FAILED],
  [{ failureLimit: 4, consecutiveSuccessLimit: 4, count: 10 }, { failed: 3, successful: 5, consecutiveSuccesses: 4, count: 8 }, SUCCESSFUL,
    SUCCESSFUL],
  [{ failureLimit: 4, consecutiveSuccessLimit: 4, count: 10 }, { failed: 5, successful: 4, consecutiveSuccesses: 4, count: 9 }, FAILED, FAILED],
  // InconclusiveLimit
  [{ inconclusiveLimit: 2 }, { inconclusive: 3, count: 3 }, INCONCLUSIVE, INCONCLUSIVE],
  [{ inconclusiveLimit: 3 }, { inconclusive: 3, count: 3 }, RUNNING, SUCCESSFUL],
  // ConsecutiveErrors: the fifth by default
  [{}, { consecutiveErrors: 5, count: 5 }, ERROR, ERROR],
  [{}, { consecutiveErrors: 4, count: 5 }, RUNNING, SUCCESSFUL],
  // Count
  [{ count: 10 }, { successful: 10, count: 10 }, SUCCESSFUL, SUCCESSFUL],
  [{ count: 10 }, { successful: 5, inconclusive: 5, count: 10 }, INCONCLUSIVE, INCONCLUSIVE],
  [{ count: 10 }, { successful: 5, count: 5 }, RUNNING, SUCCESSFUL],
  // which limit wins
  [{}, { failed: 1, inconclusive: 1, count: 2 }, INCONCLUSIVE, INCONCLUSIVE],
  [{}, { failed: 1, inconclusive: 1, consecutiveErrors: 5, count: 2 }, ERROR, ERROR],
])('%j with %j is %s, when terminating %s', (plan, count, verdict, terminating) => {
  expect(assessMetric(metricPlan(plan), counters(count), false)).toBe(verdict);
  expect(assessMetric(metricPlan(plan), counters(count), true)).toBe(terminating);
});

test('errors do not count; any other verdict ends a row of errors, anything but a success a row of successes', () => {
  const found = counters();
  for (const verdict of [SUCCESSFUL, SUCCESSFUL, ERROR, ERROR, INCONCLUSIVE, SUCCESSFUL, FAILED, ERROR]) {
    countMeasurement(found, verdict);
  }
  expect(found).toEqual({ successful: 3, failed: 1, inconclusive: 1, errors: 3, consecutiveErrors: 1, consecutiveSuccesses: 0, count: 5 });
});

test('a limit says which figure passed it', () => {
  expect(passedLimit(metricPlan({ failureLimit: 1 }), counters({ failed: 2 }))?.message).toBe('2 failed, failureLimit 1');
  expect(passedLimit(metricPlan({ failureLimit: -1 }), counters({ failed: 99 }))).toBeUndefined();
});

/** Runs an analysis to its end; verdicts by metric and time. Gives the times of measurements, the end and the verdict. */
function run(metrics: MetricPlan[], verdict: (metric: string, seconds: number) => Verdict, most = 1000): {
  times: Record<string,
    number[]>;
  end: number;
  phase: Verdict;
} {
  const analysis = new AnalysisRun({ metrics }, 'test', 0);
  const times: Record<string, number[]> = {};
  let now = 0;
  let clock = 0;
  while (!analysis.completed && clock++ < most) {
    now = Math.max(now, analysis.next());
    analysis.step(now, (metric, at) => ({ kind: 'result', value: verdict(metric, at / 1000) } as Sample), metric => (times[metric.name] ??= []).push(now / 1000));
  }
  return { times, end: now / 1000, phase: analysis.phase };
}

test('the first measurement is at the start, the next an interval later, until the count', () => {
  expect(run([metricPlan({ count: 3 })], () => SUCCESSFUL)).toEqual({ times: { 'success-rate': [0, 60, 120] }, end: 120, phase: SUCCESSFUL });
});

test('an initial delay counts from the start of the run', () => {
  expect(run([metricPlan({ count: 2, initialDelay: 90_000 })], () => SUCCESSFUL).times).toEqual({ 'success-rate': [90, 150] });
});

test('without an interval there is one measurement', () => {
  expect(run([metricPlan({ count: 1, interval: undefined })], () => FAILED)).toEqual({ times: { 'success-rate': [0] }, end: 0, phase: FAILED });
});

test('after an error the next measurement is ten seconds later, and the fifth error in a row ends it', () => {
  expect(run([metricPlan({ count: 3 })], () => ERROR)).toEqual({ times: { 'success-rate': [0, 10, 20, 30, 40] }, end: 40, phase: ERROR });
  expect(run([metricPlan({ count: 2, interval: undefined })], (_, at) => (at < 40 ? ERROR : SUCCESSFUL)).times['success-rate'].slice(0, 5)).toEqual([0, 10, 20, 30, 40]);
});

test('failureLimit 0 fails at the first failure, failureLimit 3 at the fourth', () => {
  expect(run([metricPlan()], () => FAILED).end).toBe(0);
  expect(run([metricPlan({ failureLimit: 3 })], () => FAILED)).toMatchObject({ end: 180, phase: FAILED });
});

test('one metric that fails ends the others; those that have not failed are successful', () => {
  const found = run([metricPlan({ name: 'good' }), metricPlan({ name: 'bad' })], (metric, at) => (metric === 'bad' && at >= 120 ? FAILED : SUCCESSFUL));
  expect(found).toEqual({ times: { good: [0, 60, 120], bad: [0, 60, 120] }, end: 120, phase: FAILED });
});

test.each<[Verdict, Verdict, Verdict]>([
  [SUCCESSFUL, INCONCLUSIVE, INCONCLUSIVE], [INCONCLUSIVE, FAILED, FAILED], [SUCCESSFUL, FAILED, FAILED],
])('%s and %s together are %s', (one, other, expected) => {
  expect(run([metricPlan({ name: 'one', count: 1 }), metricPlan({ name: 'other', count: 1 })], metric => (metric === 'one' ? one : other)).phase).toBe(expected);
});

test('a dry run decides nothing, and does not end the others', () => {
  const metrics = [metricPlan({ name: 'dry', dryRun: true, count: 3 }), metricPlan({ name: 'wet', count: 3 })];
  expect(run(metrics, metric => (metric === 'dry' ? FAILED : SUCCESSFUL))).toEqual({ times: { dry: [0], wet: [0, 60, 120] }, end: 120, phase: SUCCESSFUL });
});

test('a run that is cancelled is successful, unless something failed', () => {
  const endless = new AnalysisRun({ metrics: [metricPlan()] }, 'test', 0);
  endless.step(0, () => ({ kind: 'result', value: SUCCESSFUL }), () => undefined);
  expect(endless.completed).toBe(false);
  expect(endless.cancel()).toBe(true);
  expect(endless.cancel()).toBe(false);
  endless.step(1, () => ({ kind: 'result', value: FAILED }), () => undefined);
  expect(endless.phase).toBe(SUCCESSFUL);
});

// evaluate_test.go, TestEvaluateResult*: success condition, failure condition, verdict
test.each<[string | undefined, string | undefined, Verdict]>([
  ['true', 'false', SUCCESSFUL], ['true', 'true', FAILED], ['false', 'false', INCONCLUSIVE], [undefined, 'false', SUCCESSFUL], ['false', undefined, FAILED],
  [undefined, undefined, SUCCESSFUL], [undefined, 'true', FAILED], ['true', undefined, SUCCESSFUL], ['', '', SUCCESSFUL],
  ['result[1] > 0', undefined, ERROR], ['true', 'result > 0', ERROR],
])('success %j and failure %j are %s', (successCondition, failureCondition, verdict) => {
  const judge = judgeOf({ successCondition, failureCondition, provider: { prometheus: {} } }, 'test');
  expect(judge({ kind: 'value', value: 1 }).verdict).toBe(verdict);
});

test.each<[object, string | undefined, Sample, Verdict, string]>([
  [{ prometheus: {} }, 'result[0] > 0.9', { kind: 'value', value: 0.95 }, SUCCESSFUL, '[0.95]'],
  [{ prometheus: {} }, 'result[0] > 0.9', { kind: 'value', value: NaN }, FAILED, '[NaN]'],
  [{ prometheus: {} }, 'result[0] > 0.9', { kind: 'none' }, ERROR, '[]'],
  [{ prometheus: {} }, 'len(result) == 0 || result[0] > 0.9', { kind: 'none' }, SUCCESSFUL, '[]'],
  [{ prometheus: {} }, 'result > 0.9', { kind: 'value', value: 1 }, ERROR, '[1]'],
  [{ prometheus: { query: 'scalar(up)' } }, 'result > 0.9', { kind: 'value', value: 1 }, SUCCESSFUL, '1'],
  [{ prometheus: {} }, 'result[0] > 0.9', { kind: 'error', message: 'timeout' }, ERROR, 'timeout'],
  [{ datadog: {} }, 'default(result, 1) > 0.9', { kind: 'none' }, SUCCESSFUL, 'null'],
  [{ datadog: {} }, 'result > 0.9', { kind: 'none' }, ERROR, 'null'],
  [{ datadog: {} }, 'result > 0.9', { kind: 'value', value: 1 }, SUCCESSFUL, '1'],
  [{ web: {} }, 'result.ok > 0', { kind: 'value', value: 1 }, SUCCESSFUL, '{"ok":1}'],
  [{ web: {} }, 'result > 0', { kind: 'value', value: 1 }, SUCCESSFUL, '1'],
  [{ web: {} }, 'result.a && result.b == "x"', { kind: 'result', value: { a: true, b: 'x' } }, SUCCESSFUL, '{"a":true,"b":"x"}'],
  [{ wavefront: {} }, 'result > 0', { kind: 'none' }, ERROR, 'no data'],
  [{ newRelic: {} }, 'result.errorRate < 0.05', { kind: 'value', value: 0.01 }, SUCCESSFUL, '{"errorRate":0.01}'],
  [{ cloudWatch: {} }, 'result[0].Values[0] < 5', { kind: 'value', value: 3 }, SUCCESSFUL, '[{"Id":"simulated","Values":[3]}]'],
  [{ cloudWatch: {} }, 'all(result[0].Values, {# < 5})', { kind: 'none' }, SUCCESSFUL, '[{"Id":"simulated","Values":[]}]'],
  [{ graphite: {} }, 'result[0] < 5', { kind: 'value', value: 3 }, SUCCESSFUL, '[3]'],
  [{ influxdb: {} }, 'result[0] < 5', { kind: 'none' }, ERROR, 'no data'],
  [{ job: {} }, undefined, { kind: 'value', value: 0 }, FAILED, 'job failed'],
  [{ job: {} }, undefined, { kind: 'passing' }, SUCCESSFUL, 'job succeeded'],
  [{ job: {} }, undefined, { kind: 'failing' }, FAILED, 'job failed'],
  [{ prometheus: {} }, 'result[0] < 0.05', { kind: 'passing' }, SUCCESSFUL, '[0]'],
  [{ prometheus: {} }, 'result[0] < 0.05', { kind: 'failing' }, FAILED, '[1]'],
  [{ prometheus: {} }, 'result[0] >= 7 && result[0] <= 8', { kind: 'passing' }, SUCCESSFUL, '[7]'],
])('%j with %j and %j is %s: %s', (provider, successCondition, sample, verdict, result) => {
  const judge = judgeOf({ successCondition, provider }, 'test');
  expect(judge(sample)).toMatchObject({ verdict, result });
  expect(judge(sample)).toMatchObject({ verdict, result });
});
