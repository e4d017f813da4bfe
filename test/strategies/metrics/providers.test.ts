import { Duration } from 'cdk8s';
import { ADDRESS, ARGO_PODS, asked, context, FLAGGER_PODS, refused } from './support';
import { MetricsProvider } from '../../../src/environments';
import { Metric, SaturatedResource } from '../../../src/strategies/metric';

const own = (query: string, interval?: Duration) => Metric.query('orders', { query, atLeast: 1, interval });
const PROVIDERS = {
  datadog: MetricsProvider.datadog({ secret: 'datadog' }),
  cloudwatch: MetricsProvider.cloudWatch('eu-west-1'),
  newrelic: MetricsProvider.newRelic({ secret: 'newrelic', region: 'eu' }),
  graphite: MetricsProvider.graphite('http://graphite:8080'),
  influxdb: MetricsProvider.influxDb({ secret: 'influx', address: 'http://influx:8086', org: 'acme' }),
  plugin: MetricsProvider.plugin('acme/metrics', { tenant: 'shop' }),
};

test('without a provider nobody can be asked', () => {
  const finding = refused(Metric.successRate({ atLeast: 0.99 }), context());
  expect(finding).toMatchObject({ code: 'FW610', path: 'prod/checkout', message: expect.stringContaining('"success-rate"') });
});

test('the provider of the metric comes before that of the environment', () => {
  const metric = Metric.query('orders', { query: 'up', atLeast: 1, provider: MetricsProvider.prometheus({ address: 'http://other:9090', timeoutSeconds: 7 }) });
  expect(asked(metric, context(MetricsProvider.prometheus({ address: ADDRESS })))).toMatchObject({ address: 'http://other:9090', timeoutSeconds: 7 });
});

test.each(Object.entries(PROVIDERS))('%s has no built-in query of requests, and says what to write', (_, provider) => {
  for (const metric of [
    Metric.successRate({ atLeast: 0.99 }),
    Metric.errorRate({ atMost: 0.01, minimumTraffic: 1 }),
    Metric.latency({ percentile: 99, below: Duration.seconds(1) }),
  ]) {
    const finding = refused(metric, context(provider));
    expect([finding.code, finding.remedy]).toEqual(['FW611', expect.stringContaining(`Write Metric.query('${metric.name}'`)]);
    expect(finding.message).toContain(`no built-in query of ${metric._plan.measure.kind}`);
  }
});

test('a minimum of traffic is no matter of a query of one\'s own', () => {
  const metric = Metric.query('orders', { query: 'up', atLeast: 1, minimumTraffic: 1 } as any);
  expect(refused(metric, context(MetricsProvider.prometheus({ address: ADDRESS }))).message).toContain('a minimum of traffic belongs to');
});

describe('Datadog', () => {
  const where = (pods = ARGO_PODS) => context(PROVIDERS.datadog, { pods });

  test('saturation, as one text and taken apart', () => {
    const tags = '{kube_namespace:shop,pod_name:checkout-{{args.new-version}}-*}';
    expect(asked(Metric.saturation({ resource: SaturatedResource.CPU, atMost: 0.9 }), where())).toEqual({
      kind: 'datadog',
      query: `sum:kubernetes.cpu.usage.total${tags} / (sum:kubernetes.cpu.limits${tags} * 1000000000)`,
      formula: {
        queries: { q1: `sum:kubernetes.cpu.usage.total${tags}`, q2: `sum:kubernetes.cpu.limits${tags}` },
        formula: 'q1 / (q2 * 1000000000)',
      },
      lookBackSeconds: 60,
      address: 'https://api.datadoghq.com',
      secret: 'datadog',
    });
    expect(asked(Metric.saturation({ resource: SaturatedResource.MEMORY, atMost: 0.9 }), where())).toMatchObject({
      query: `sum:kubernetes.memory.working_set${tags} / sum:kubernetes.memory.limits${tags}`,
    });
  });

  test('pods that only a regular expression tells apart', () => {
    expect(refused(Metric.saturation({ resource: SaturatedResource.CPU, atMost: 0.9 }), where(FLAGGER_PODS)).message).toContain('by a regular expression only');
  });

  test.each([
    ['sum:orders{env:prod}.as_count()', { q1: 'sum:orders{env:prod}.as_count()' }, 'q1'],
    ['sum:a{*} by {x}.as_rate() / sum:a{*} by {x}.as_rate()', { q1: 'sum:a{*} by {x}.as_rate()' }, 'q1 / q1'],
    ['default_zero(sum:a.b{kube_namespace:{{namespace}}}) + avg:c{pod_name:{{pods}}}', {
      q1: 'sum:a.b{kube_namespace:shop}', q2: 'avg:c{pod_name:checkout-{{args.new-version}}-*}',
    }, 'default_zero(q1) + q2'],
  ])('%s', (query, queries, formula) => {
    expect(asked(own(query), where())).toMatchObject({ formula: { queries, formula } });
  });

  test('a text in which no metric is seen stays a text', () => {
    expect(asked(own('anything'), where())).toMatchObject({ query: 'anything', formula: undefined });
  });
});

describe('New Relic', () => {
  test('saturation, of the limits', () => {
    const query = asked(Metric.saturation({ resource: SaturatedResource.MEMORY, atMost: 0.9 }), context(PROVIDERS.newrelic));
    expect(query).toEqual({
      kind: 'newrelic',
      query: "SELECT average(memoryWorkingSetUtilization) / 100 AS 'result' FROM K8sContainerSample "
        + "WHERE namespaceName = 'shop' AND podName RLIKE r'checkout-{{args.new-version}}-.*'",
      lookBackSeconds: 60,
      secret: 'newrelic',
      region: 'eu',
    });
  });

  test.each(["SELECT count(*) AS 'result' FROM X", 'select count(*) as result from X', 'SELECT count(*) AS `result` FROM X'])('%s', query => {
    expect(asked(own(query), context(PROVIDERS.newrelic))).toMatchObject({ query });
  });

  test.each([
    ['SELECT count(*) FROM X', "AS 'result'"],
    ['SELECT count(*) AS results FROM X', "AS 'result'"],
    ["SELECT count(*) AS 'result' FROM X since 5 minutes ago", 'SINCE'],
  ])('refused: %s', (query, fault) => {
    expect(refused(own(query), context(PROVIDERS.newrelic))).toMatchObject({ code: 'FW611', message: expect.stringContaining(fault) });
  });
});

describe('Graphite', () => {
  test.each([
    ['averageSeries(shop.{{workload}}.*)', 'target=averageSeries(shop.checkout.*)&from=-90s'],
    ['a.{{pods}}.b#1', 'target=a.checkout-{{args.new-version}}-*.b%231&from=-90s'],
    ['target=a.b&from=-5min', 'target=a.b&from=-5min'],
  ])('%s', (query, expected) => {
    expect(asked(own(query, Duration.seconds(90)), context(PROVIDERS.graphite))).toEqual({ kind: 'graphite', query: expected, address: 'http://graphite:8080' });
  });
});

describe('CloudWatch', () => {
  test('an expression', () => {
    expect(asked(own('SUM(METRICS())', Duration.seconds(90)), context(PROVIDERS.cloudwatch))).toEqual({
      kind: 'cloudwatch',
      queries: [{ id: 'result', expression: 'SUM(METRICS())', period: 120, returnData: true }],
      lookBackSeconds: 300,
      region: 'eu-west-1',
    });
  });

  test('queries as the API has them', () => {
    const list = [
      { Id: 'a', ReturnData: false, MetricStat: { Period: 60, Stat: 'Sum', Metric: { Namespace: 'AWS/ApplicationELB', MetricName: 'RequestCount', Dimensions: [{ Name: 'TargetGroup', Value: '{{service}}' }] } } },
      { Id: 'b', Expression: 'a * 2' },
    ];
    expect(asked(own(JSON.stringify(list)), context(PROVIDERS.cloudwatch))).toMatchObject({
      queries: [
        {
          id: 'a',
          returnData: false,
          metricStat: { period: 60, stat: 'Sum', metric: { namespace: 'AWS/ApplicationELB', metricName: 'RequestCount', dimensions: [{ name: 'TargetGroup', value: 'checkout-canary' }] } },
        },
        { id: 'b', expression: 'a * 2' },
      ],
    });
  });

  test.each([
    ['[{]', 'is none'],
    ['[1]', 'has an Id'],
    ['[null]', 'has an Id'],
    ['[{"": 1}]', 'has an Id'],
    ['[{"Id": "a"}]', 'either an Expression or a MetricStat'],
    ['[{"Id": "a", "Expression": "1"}, {"Id": "b", "Expression": "2"}]', 'not exactly one is returned'],
    ['[]', 'not exactly one is returned'],
  ])('refused: %s', (query, fault) => {
    expect(refused(own(query), context(PROVIDERS.cloudwatch))).toMatchObject({ code: 'FW611', message: expect.stringContaining(fault) });
  });
});

test('InfluxDB and plug-ins get the text', () => {
  expect(asked(own('from(bucket: "{{namespace}}") |> range(start: -{{interval}})'), context(PROVIDERS.influxdb))).toEqual({
    kind: 'influxdb', query: 'from(bucket: "shop") |> range(start: -60s)', secret: 'influx', address: 'http://influx:8086', org: 'acme',
  });
  expect(asked(own('{{workload}}'), context(PROVIDERS.plugin))).toEqual({ kind: 'plugin', plugin: 'acme/metrics', config: { tenant: 'shop' }, query: 'checkout' });
});

test('a language without escapes takes no backslash', () => {
  expect(refused(own('x {{pods}}'), context(PROVIDERS.influxdb, { pods: 'a\\.b' })).message).toContain('a backslash');
});
