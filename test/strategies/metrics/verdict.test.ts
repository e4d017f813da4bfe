import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { ADDRESS, asked, context, refused } from './support';
import { MetricsProvider } from '../../../src/environments';
import { compileCondition, EvaluationError } from '../../../src/simulation/expression';
import { Metric, NoData } from '../../../src/strategies/metric';
import { noDataSupport, templateIntervalOf, templateQueryOf, thresholdRangeOf, withDefault } from '../../../src/strategies/metrics/flagger';
import { isFinding } from '../../../src/strategies/metrics/query';
import { decimal, Verdict, verdictOf } from '../../../src/strategies/metrics/verdict';

/* The conditions are evaluated as the controller would, with what each provider hands to them. */

const PROVIDERS: Record<string, MetricsProvider> = {
  prometheus: MetricsProvider.prometheus({ address: ADDRESS }),
  plugin: MetricsProvider.plugin('acme/metrics'),
  datadog: MetricsProvider.datadog({ secret: 'datadog' }),
  cloudwatch: MetricsProvider.cloudWatch('eu-west-1'),
  newrelic: MetricsProvider.newRelic({ secret: 'newrelic' }),
  graphite: MetricsProvider.graphite('http://graphite:8080'),
  influxdb: MetricsProvider.influxDb({ secret: 'influx' }),
};

/** How a provider hands over a value. */
const GIVEN: Record<string, (value: number) => unknown> = {
  prometheus: value => [value],
  plugin: value => [value],
  datadog: value => value,
  cloudwatch: value => [{ Id: 'result', Values: [value, -1000, 1000] }],
  newrelic: value => ({ result: value }),
  graphite: value => [-1000, 1000, value],
  influxdb: value => [value, -1000],
};

/** How a provider says that there is nothing, where it is no error before any condition. */
const MISSING: Record<string, unknown[]> = {
  prometheus: [[], [NaN]],
  plugin: [[], [NaN]],
  datadog: [null],
  cloudwatch: [[], [{ Id: 'result', Values: [] }]],
  newrelic: [{ result: null }, { other: 1 }],
  graphite: [[]],
  influxdb: [[null]],
};

const metric = (provider: string, bound: { atLeast?: number; atMost?: number }, noData?: NoData, interval?: Duration) =>
  Metric.query('orders', { query: "SELECT 1 AS 'result'", ...bound, noData, interval, provider: PROVIDERS[provider] });

function verdict(of: Metric): Verdict {
  const result = verdictOf(of._plan, asked(of, context()), context());
  if (isFinding(result)) {
    throw new Error(result.message);
  }
  return result;
}

/** What the controller makes of a result (utils/evaluate/evaluate.go EvaluateResult). */
function phase({ successCondition, failureCondition }: Verdict, result: unknown): string {
  try {
    const passed = compileCondition(successCondition, '').holds(result);
    const failed = failureCondition === undefined ? !passed : compileCondition(failureCondition, '').holds(result);
    return failed ? 'Failed' : passed ? 'Successful' : 'Inconclusive';
  } catch (e) {
    if (e instanceof EvaluationError) {
      return 'Error';
    }
    throw e;
  }
}

const POLICIES = [[NoData.FAIL, 'Failed'], [NoData.WAIT, 'Inconclusive'], [NoData.PASS, 'Successful']] as const;
const kept = (provider: string, noData: NoData) => noData === NoData.FAIL || !['graphite', 'influxdb'].includes(provider);
const CASES = Object.keys(PROVIDERS).flatMap(provider => POLICIES
  .filter(([noData]) => kept(provider, noData))
  .map(policy => [provider, ...policy] as const));

describe.each(CASES)('%s, no data: %s', (provider, noData, meaning) => {
  test.each([
    [{ atLeast: 0.99 }, 0.99, 'Successful'], [{ atLeast: 0.99 }, 1, 'Successful'], [{ atLeast: 0.99 }, 0.98999, 'Failed'],
    [{ atMost: 0.3 }, 0.3, 'Successful'], [{ atMost: 0.3 }, 0, 'Successful'], [{ atMost: 0.3 }, 0.30001, 'Failed'],
    [{ atMost: 1e-7 }, 2e-7, 'Failed'], [{ atLeast: -5 }, -5, 'Successful'], [{ atLeast: -5 }, -6, 'Failed'],
  ])('%j: %d is %s', (bound, value, expected) => {
    expect(phase(verdict(metric(provider, bound, noData)), GIVEN[provider](value))).toBe(expected);
  });

  test(`nothing is ${meaning}, whatever the bound`, () => {
    for (const nothing of MISSING[provider]) {
      for (const bound of [{ atLeast: 0 }, { atLeast: -1 }, { atMost: 0 }, { atMost: 1 }]) {
        expect([nothing, phase(verdict(metric(provider, bound, noData)), nothing)]).toEqual([nothing, meaning]);
      }
    }
  });

  test('only who waits can be inconclusive, and only as often as failures are tolerated', () => {
    const { failureCondition, inconclusiveLimit, failureLimit } = verdict(metric(provider, { atLeast: 1 }, noData));
    expect([failureCondition !== undefined, inconclusiveLimit, failureLimit]).toEqual(noData === NoData.WAIT ? [true, 2, 2] : [false, undefined, 2]);
  });
});

test.each(['graphite', 'influxdb'])('%s reports no data as an error: only NoData.FAIL can be kept', provider => {
  for (const noData of [NoData.PASS, NoData.WAIT]) {
    const of = metric(provider, { atMost: 1 }, noData);
    expect(verdictOf(of._plan, asked(of, context()), context())).toMatchObject({ code: 'FW611', path: 'prod/checkout' });
  }
  expect(verdict(metric(provider, { atMost: 1 })).consecutiveErrorLimit).toBe(2);
});

test.each([[5, 4], [60, 12], [90, 18]])('a provider may be away as long as failures are tolerated: every %i seconds, %i errors', (seconds, errors) => {
  expect(verdict(metric('prometheus', { atMost: 1 }, undefined, Duration.seconds(seconds))).consecutiveErrorLimit).toBe(errors);
});

test('an HTTP check: an answer that is no 2xx is an error, and counts as a failed sample', () => {
  expect(verdict(Metric.httpCheck('smoke', { url: 'http://a' }))).toEqual({ failureLimit: 2, consecutiveErrorLimit: 2 });
  const rate = verdict(Metric.httpCheck('smoke', { url: 'http://a', jsonPath: '{$.rate}', atMost: 0.1 }));
  expect([0.1, '0.05', 0.2].map(value => phase(rate, value))).toEqual(['Successful', 'Successful', 'Failed']);
  expect(phase(rate, null)).toBe('Error');
  const waits = Metric.httpCheck('smoke', { url: 'http://a', noData: NoData.WAIT });
  expect(verdictOf(waits._plan, asked(waits, context()), context())).toMatchObject({ code: 'FW611' });
});

test('a Job succeeds or fails by itself', () => {
  expect(verdict(Metric.job('e2e', { image: 'a:1', toleratedFailures: 0 }))).toEqual({ failureLimit: 0, consecutiveErrorLimit: 4 });
});

test.each([[0, '0'], [1, '1'], [-3, '-3'], [0.995, '0.995'], [1e-7, '0.0000001'], [-1.25e-9, '-0.00000000125'], [1e21, '1000000000000000000000.0'], [2 ** 53, '9007199254740992.0']])(
  'the number %d is written as %s', (value, expected) => {
    expect(decimal(value)).toBe(expected);
  });

test('numbers are written without exponents, and are the same when read', () => {
  fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), value => {
    expect(decimal(value)).toMatch(/^-?\d+(\.\d+)?$/);
    expect(Number(decimal(value)) === value).toBe(true);
  }));
});

describe('Flagger', () => {
  const samples = (of: Metric) => [of._plan, asked(of, context())] as const;

  test('both ends of a range pass', () => {
    expect(thresholdRangeOf(metric('prometheus', { atLeast: 0.99 })._plan)).toEqual({ min: 0.99 });
    expect(thresholdRangeOf(metric('prometheus', { atMost: 0.3 })._plan)).toEqual({ max: 0.3 });
    expect(thresholdRangeOf(Metric.httpCheck('smoke', { url: 'http://a' })._plan)).toBeUndefined();
  });

  test('a default takes the place of nothing and of NaN', () => {
    expect(withDefault('a or b', 0.99)).toBe('((a or b) >= -Inf) or on () vector(0.99)');
    const passes = Metric.query('orders', { query: 'up', atMost: 3, noData: NoData.PASS, provider: PROVIDERS.prometheus });
    expect(templateQueryOf(...samples(passes))).toBe('((up) >= -Inf) or on () vector(3)');
    expect(noDataSupport(...samples(passes)).support).toBe('emulated');
  });

  test.each([
    ['prometheus', NoData.FAIL, { atMost: 1 }, 'native'],
    ['prometheus', NoData.WAIT, { atMost: 1 }, 'unsupported'],
    ['datadog', NoData.FAIL, { atMost: 1 }, 'native'],
    ['datadog', NoData.PASS, { atMost: 1 }, 'unsupported'],
    ['graphite', NoData.PASS, { atLeast: 1 }, 'unsupported'],
    // No row of InfluxDB is the number 0, and no error.
    ['influxdb', NoData.FAIL, { atMost: 1 }, 'unsupported'],
    ['influxdb', NoData.PASS, { atMost: 1 }, 'native'],
    ['influxdb', NoData.FAIL, { atLeast: 1 }, 'native'],
    ['influxdb', NoData.PASS, { atLeast: 1 }, 'unsupported'],
    ['influxdb', NoData.WAIT, { atLeast: 1 }, 'unsupported'],
  ])('%s, no data: %s, %j: %s', (provider, noData, bound, support) => {
    expect(noDataSupport(...samples(metric(provider, bound, noData))).support).toBe(support);
  });

  test('queries as templates, and the time that they look back over', () => {
    const of = (provider: string) => samples(metric(provider, { atMost: 1 }, undefined, Duration.seconds(90)));
    expect(templateQueryOf(...of('prometheus'))).toBe("SELECT 1 AS 'result'");
    expect(JSON.parse(templateQueryOf(...of('cloudwatch'))!)).toEqual([{ id: 'result', expression: "SELECT 1 AS 'result'", period: 120, returnData: true }]);
    expect(templateQueryOf(...of('plugin'))).toBeUndefined();
    // Ten intervals are what Datadog and CloudWatch are asked for.
    expect(['prometheus', 'datadog', 'cloudwatch', 'newrelic'].map(provider => templateIntervalOf(...of(provider)))).toEqual([90, 9, 30, 90]);
  });
});

test('a metric that cannot be asked for has no verdict', () => {
  expect(refused(Metric.successRate({ atLeast: 0.9 }), context()).code).toBe('FW610');
});
