import { Duration } from 'cdk8s';
import { expectFinding } from '../../support/misuse';
import { environment, manifests, service } from '../../support/model';
import { newPlatform } from '../../support/platform';
import {
  CanaryScale, EnvironmentProps, flagger, HeaderMatch, KedaTrigger, Metric, MetricsProvider, NoData, OwnedFields, Probe, Promotion, Replicas,
  RequestMetrics, RolloutEngine, RolloutStrategy, Step, Steps, TrafficRouter, WebServiceProps,
} from 'cdk8s-fairway';

/* The same strategies as on the other engines, in the words of Flagger. */

const GATE = 'http://flagger-loadtester.test/gate/check';
const PROMETHEUS = MetricsProvider.prometheus({ address: 'http://prometheus.monitoring:9090', requests: RequestMetrics.ISTIO });
const GATEWAY = { gateway: { name: 'public', namespace: 'gateways', sectionName: 'https' } };
const INGRESS = { ingress: { className: 'nginx', namespace: 'ingress-nginx' } };
const MINUTE = Duration.minutes(1);
const success = (options: any = {}) => Metric.successRate({ atLeast: 0.99, initialDelay: MINUTE, ...options });

interface Given {
  readonly environment?: Partial<EnvironmentProps>;
  readonly props?: Partial<WebServiceProps>;
  readonly engine?: any;
}

function lowered(strategy: RolloutStrategy, { environment: env = GATEWAY, props, engine = { gate: GATE } }: Given = {}) {
  const platform = newPlatform(undefined, { rollouts: RolloutEngine.flagger(engine) });
  const prod = environment(platform, 'prod', { metrics: PROMETHEUS, ...env });
  const workload = service(platform, 'shop', { replicas: Replicas.between(3, 9), host: 'shop.example.com', strategy, ...props });
  return { platform, prod, workload };
}

/** The objects of the workload, by kind. */
function objects(strategy: RolloutStrategy, given?: Given): Record<string, any[]> {
  const { platform, prod } = lowered(strategy, given);
  platform.lower();
  const all: Record<string, any[]> = {};
  manifests(prod.node.findChild('shop') as any).forEach(object => (all[object.kind] ??= []).push(object));
  return all;
}

const codesOf = (strategy: RolloutStrategy, given?: Given) => lowered(strategy, given).platform.check()
  .filter(f => /^FW6/.test(f.code) && f.code !== 'FW616').map(f => f.code);
const explained = (strategy: RolloutStrategy, given?: Given) => {
  const { workload, prod } = lowered(strategy, given);
  return workload.explain(prod);
};

const EVEN = [Step.weight(10), Step.pause(MINUTE), Step.weight(50), Step.pause(MINUTE)];
const canary = (options: any = {}) => RolloutStrategy.canary({ router: TrafficRouter.gatewayApi(), steps: EVEN, ...options });

describe('a canary with the Gateway API', () => {
  const watched = canary({ analysis: [success(), Metric.latency({ percentile: 99, below: Duration.millis(300), initialDelay: MINUTE })] });

  test('is a Deployment, a Canary and templates, and no Service or route of ours', () => {
    const all = objects(watched);
    expect(Object.keys(all).sort()).toEqual([
      'Canary', 'Deployment', 'HorizontalPodAutoscaler', 'MetricTemplate', 'NetworkPolicy', 'PodDisruptionBudget', 'ServiceAccount',
    ]);
    expect(all.Canary[0]).toMatchObject({ apiVersion: 'flagger.app/v1beta1', metadata: { name: 'shop' } });
    expect(all.Canary[0].spec).toEqual({
      provider: 'gatewayapi:v1',
      targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
      autoscalerRef: { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', name: 'shop' },
      progressDeadlineSeconds: all.Deployment[0].spec.progressDeadlineSeconds,
      service: {
        port: 8080,
        portName: 'http',
        targetPort: 'http',
        gatewayRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'public', namespace: 'gateways', sectionName: 'https' }],
        hosts: ['shop.example.com'],
      },
      analysis: {
        interval: '60s',
        threshold: 3,
        stepWeights: [10, 50],
        metrics: [
          { name: 'success-rate', templateRef: { name: 'shop-success-rate' }, thresholdRange: { min: 0.99 }, interval: '60s' },
          { name: 'latency-p99', templateRef: { name: 'shop-latency-p99' }, thresholdRange: { max: 0.3 }, interval: '60s' },
        ],
      },
    });
  });

  test('asks for the new version alone', () => {
    const [template] = objects(watched).MetricTemplate;
    expect(template.metadata.name).toBe('shop-success-rate');
    expect(template.spec.provider).toEqual({ type: 'prometheus', address: 'http://prometheus.monitoring:9090' });
    expect(template.spec.query).toContain('[{{ interval }}]');
    const pods = new RegExp(`^(${/pod=~"([^"]+)"/.exec(template.spec.query)![1]})$`);
    expect('shop-6d4b9c7f5-x2x7k').toMatch(pods);
    expect('shop-primary-6d4b9c7f5-x2x7k').not.toMatch(pods);
  });

  test('has a Deployment that Flagger can select by, and no fixed number', () => {
    const [{ spec }] = objects(watched).Deployment;
    expect(spec.selector.matchLabels['app.kubernetes.io/name']).toBe('shop');
    expect(spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels);
    expect(spec).not.toHaveProperty('replicas');
    expect(spec.strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } });
  });

  test('gives no finding: budget and policy hold for the primary, too', () => expect(codesOf(watched)).toEqual([]));

  test('marks what Flagger writes', () => {
    const { platform, prod } = lowered(watched);
    platform.lower();
    const target = prod.node.findChild('shop').node.findChild('deployment') as any;
    expect(OwnedFields.of(target).all.flatMap(each => each.jsonPointers)).toContain('/spec/replicas');
  });
});

test('a fixed number of replicas stands in the Deployment, and no autoscaler is named', () => {
  const all = objects(canary(), { props: { replicas: Replicas.fixed(3) } });
  expect(all.Deployment[0].spec.replicas).toBe(3);
  expect(all.Canary[0].spec).not.toHaveProperty('autoscalerRef');
});

test('an autoscaler of KEDA is named as what it is', () => {
  const replicas = Replicas.keda({ minimum: 2, maximum: 9, triggers: [KedaTrigger.prometheus('http://p', 'x', 1)] });
  const all = objects(canary(), { props: { replicas } });
  expect(all.Canary[0].spec.autoscalerRef).toEqual({ apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', name: 'shop' });
});

test.each<[string, TrafficRouter, Given, any, string[]]>([
  ['Istio', TrafficRouter.istio({ gateways: ['istio/public'], hosts: ['other.example.com'] }), { environment: {} },
    { provider: 'istio', service: { gateways: ['istio/public', 'mesh'], hosts: ['shop.example.com', 'other.example.com'] } }, []],
  ['NGINX', TrafficRouter.nginx(), { environment: INGRESS }, { provider: 'nginx', ingressRef: { kind: 'Ingress', name: 'shop' } }, ['Ingress']],
  ['Traefik', TrafficRouter.traefik(), { environment: {} }, { provider: 'traefik' }, ['IngressRoute']],
  ['APISIX', TrafficRouter.apisix(), { environment: {} }, { provider: 'apisix', routeRef: { kind: 'ApisixRoute', name: 'shop' } }, ['ApisixRoute']],
])('%s: its provider, and the route that leads to it', (_, router, given, spec, kinds) => {
  const all = objects(canary({ router }), given);
  expect(all.Canary[0].spec).toMatchObject(spec);
  expect(Object.keys(all).filter(kind => /Ingress|Route|VirtualService|^Service$/.test(kind))).toEqual(kinds);
  expect(codesOf(canary({ router }), given)).toEqual([]);
});

test('gRPC goes through an HTTPRoute as HTTP/2', () => {
  const given = { props: { portName: 'grpc', readiness: Probe.grpc() } as any };
  expect(objects(canary(), given).Canary[0].spec.service).toMatchObject({ portName: 'grpc', appProtocol: 'kubernetes.io/h2c' });
  expect(explained(canary(), given)).toMatch(/router: gateway-api +emulated/);
});

describe('steps', () => {
  test.each<[string, any, any]>([
    ['pauses of one length', EVEN, { interval: '60s', stepWeights: [10, 50] }],
    ['a last weight without a pause', [Step.weight(10), Step.pause(MINUTE), Step.weight(100)], { interval: '60s', stepWeights: [10, 100] }],
    ['weights without pauses', [Step.weight(10), Step.weight(50)], { interval: '60s', stepWeights: [10, 50] }],
    ['pauses that differ', Steps.cautious(), { interval: '900s', stepWeights: [1, 5, 10, 25, 50] }],
    ['a pause below ten seconds', [Step.weight(10), Step.pause(Duration.seconds(5))], { interval: '10s', stepWeights: [10] }],
    ['a weight of zero first', [Step.weight(0), Step.pause(MINUTE), ...EVEN], { interval: '60s', stepWeights: [10, 50] }],
    ['an approval first', [Step.approval(), ...EVEN], { webhooks: [{ name: 'confirm-rollout', type: 'confirm-rollout', url: GATE }] }],
    ['an approval last', [...EVEN, Step.approval()], { webhooks: [{ name: 'confirm-promotion', type: 'confirm-promotion', url: GATE }] }],
  ])('%s', (_, steps, analysis) => {
    expect(objects(canary({ steps })).Canary[0].spec.analysis).toMatchObject(analysis);
  });

  test('mirrored traffic with Istio comes before the first weight', () => {
    const router = TrafficRouter.istio({ gateways: ['istio/public'] });
    const steps = [Step.mirror({ name: 'copy', percent: 30 }), Step.pause(MINUTE), ...EVEN];
    expect(objects(canary({ router, steps }), { environment: {} }).Canary[0].spec.analysis).toMatchObject({ mirror: true, mirrorWeight: 30 });
  });

  test('an analysis step is checked at every beat', () => {
    const { metrics } = objects(canary({ steps: [Step.weight(10), Step.analysis([success()]), Step.weight(50)] })).Canary[0].spec.analysis;
    expect(metrics).toMatchObject([{ name: 'success-rate' }]);
  });
});

describe('patience', () => {
  const threshold = (seconds: number, ...metrics: Metric[]) =>
    objects(canary({ steps: [Step.weight(10), Step.pause(Duration.seconds(seconds))], analysis: metrics })).Canary[0].spec.analysis.threshold;

  test.each<[number, number, number, number]>([
    // pause, interval of the metric, tolerated failures, failed checks that undo the release
    [60, 60, 0, 1],
    [60, 60, 2, 3],
    [30, 60, 2, 6],
    [90, 60, 2, 2],
    [300, 60, 2, 1],
    [600, 60, 0, 1],
  ])('pauses of %d s, samples every %d s, %d tolerated: the failed check number %d', (pause, interval, toleratedFailures, expected) => {
    expect(threshold(pause, success({ interval: Duration.seconds(interval), toleratedFailures }))).toBe(expected);
  });

  test('of several metrics the least counts', () => {
    expect(threshold(60, success({ toleratedFailures: 4 }), success({ name: 'strict', toleratedFailures: 1 }))).toBe(2);
  });
});

describe('blue-green delivery', () => {
  test('checks as often as samples are wanted, and routes to the Service that Flagger makes', () => {
    const all = objects(RolloutStrategy.blueGreen({ prePromotion: [success({ samples: 4 })] }));
    expect(all.Canary[0].spec).toMatchObject({ provider: 'kubernetes', analysis: { interval: '60s', iterations: 4, threshold: 3 } });
    expect(all.HTTPRoute[0].spec.rules[0].backendRefs).toEqual([{ group: '', kind: 'Service', name: 'shop', port: 8080, weight: 1 }]);
    expect(all).not.toHaveProperty('Service');
  });

  test.each<[string, any, any]>([
    ['nothing to check', {}, { interval: '10s', iterations: 1 }],
    ['a wait', { promotion: Promotion.after(Duration.minutes(2)) }, { interval: '10s', iterations: 13 }],
    ['a wait after checks', { prePromotion: [success({ samples: 2, toleratedFailures: 1 })], promotion: Promotion.after(Duration.minutes(2)) }, { interval: '60s', iterations: 4 }],
    ['an approval', { promotion: Promotion.approval() }, { webhooks: [{ type: 'confirm-promotion', url: GATE }] }],
  ])('%s', (_, options, analysis) => {
    expect(objects(RolloutStrategy.blueGreen(options)).Canary[0].spec.analysis).toMatchObject(analysis);
  });
});

describe('gaps', () => {
  const istio = TrafficRouter.istio({ gateways: ['istio/public'] });
  const withMetric = (metric: Metric) => canary({ analysis: [metric] });
  const exact = { interval: MINUTE, initialDelay: MINUTE };

  test.each<[code: string, title: string, strategy: () => RolloutStrategy, given?: Given]>([
    ['FW601', 'a canary without a router', () => RolloutStrategy.canary({ steps: EVEN })],
    ['FW601', 'an ALB', () => canary({ router: TrafficRouter.alb() }), { environment: INGRESS }],
    ['FW601', 'a plug-in', () => canary({ router: TrafficRouter.plugin('acme/router') })],
    ['FW601', 'a canary without weights', () => canary({ steps: [Step.pause(MINUTE)] })],
    ['FW601', 'an approval between weights', () => canary({ steps: [Step.weight(10), Step.pause(MINUTE), Step.approval(), Step.weight(50), Step.pause(MINUTE)] })],
    ['FW601', 'an approval without a gate', () => canary({ steps: [...EVEN, Step.approval()] }), { engine: {} }],
    ['FW601', 'an experiment', () => canary({ steps: [Step.experiment({ duration: MINUTE, metrics: [success()] }), ...EVEN] })],
    ['FW601', 'a header route', () => canary({ router: istio, steps: [Step.headerRoute({ name: 'people', matches: [HeaderMatch.exact('x-a', 'b')] }), ...EVEN] }), { environment: {} }],
    ['FW601', 'mirroring with the Gateway API', () => canary({ steps: [Step.mirror({ name: 'copy' }), ...EVEN] })],
    ['FW601', 'mirroring after the first weight', () => canary({ router: istio, steps: [...EVEN, Step.mirror({ name: 'copy' })] }), { environment: {} }],
    ['FW601', 'an analysis before the first weight', () => canary({ steps: [Step.analysis([success({ samples: 1, toleratedFailures: 0 })]), ...EVEN] })],
    ['FW601', 'an analysis after the promotion', () => RolloutStrategy.blueGreen({ postPromotion: [success()] })],
    ['FW601', 'an HTTP check', () => withMetric(Metric.httpCheck('smoke', { url: 'http://smoke', ...exact }))],
    ['FW601', 'a Job', () => withMetric(Metric.job('smoke', { image: 'smoke:1', ...exact }))],
    ['FW601', 'waiting without data', () => withMetric(success({ noData: NoData.WAIT }))],
    ['FW601', 'an approval of a promotion without a gate', () => RolloutStrategy.blueGreen({ promotion: Promotion.approval() }), { engine: {} }],
    ['FW602', 'a long wait before the first weight', () => canary({ steps: [Step.pause(Duration.minutes(5)), ...EVEN] })],
    ['FW602', 'rollbacks without steps', () => canary({ rollbackWindow: 2 })],
    ['FW603', 'pauses that differ', () => canary({ steps: Steps.cautious() })],
    ['FW603', 'samples at another interval', () => withMetric(success({ interval: Duration.seconds(30), initialDelay: Duration.seconds(30) }))],
    ['FW603', 'a canary of another size', () => canary({ steps: [Step.scale(CanaryScale.replicas(1)), Step.scale(CanaryScale.matchTraffic()), ...EVEN] })],
    ['FW603', 'stable pods that shrink', () => canary({ dynamicStableScale: true })],
    ['FW603', 'the switch of blue-green delivery', () => RolloutStrategy.blueGreen()],
    ['FW610', 'no provider of metrics', () => withMetric(success()), { environment: { ...GATEWAY, metrics: undefined } }],
    ['FW611', 'InfluxDB without an address', () => withMetric(Metric.query('own', { query: 'from(bucket: "b")', atLeast: 1, ...exact })), { environment: { ...GATEWAY, metrics: MetricsProvider.influxDb({ secret: 's' }) } }],
    ['FW612', 'a Gateway that is not there', () => canary(), { environment: {} }],
  ])('%s: %s', (...[code, , strategy, given]) => {
    expect(codesOf(strategy(), given)).toContain(code);
  });

  test('what is an error leaves a tree that can be checked', () => {
    const all = objects(RolloutStrategy.canary({ steps: EVEN }));
    expect(Object.keys(all)).not.toContain('Canary');
    expect(Object.keys(all)).toContain('Deployment');
  });

  test('what Flagger does as it is meant is no finding', () => {
    expect(codesOf(canary())).toEqual([]);
    expect(codesOf(canary({ steps: [...EVEN, Step.approval()], analysis: [success()] }))).toEqual([]);
    expect(codesOf(RolloutStrategy.rollingUpdate())).toEqual([]);
  });
});

test.each<[string, MetricsProvider, any, any]>([
  ['Datadog', MetricsProvider.datadog({ secret: 'keys' }), 'avg:x{a:b}', { type: 'datadog', address: 'https://api.datadoghq.com', secretRef: { name: 'keys' } }],
  ['CloudWatch', MetricsProvider.cloudWatch('eu-west-1'), 'SELECT 1', { type: 'cloudwatch', region: 'eu-west-1' }],
  ['New Relic', MetricsProvider.newRelic({ secret: 'keys', region: 'eu' }), "SELECT 1 AS 'result'", { type: 'newrelic', address: 'https://insights-api.eu.newrelic.com', secretRef: { name: 'keys' } }],
  ['Graphite', MetricsProvider.graphite('http://graphite:8080'), 'a.b', { type: 'graphite', address: 'http://graphite:8080' }],
  ['InfluxDB', MetricsProvider.influxDb({ secret: 'keys', address: 'http://influx:8086' }), 'from(bucket: "b")', { type: 'influxdb', address: 'http://influx:8086', secretRef: { name: 'keys' } }],
  ['Prometheus', MetricsProvider.prometheus({ address: 'http://p', headers: { 'X-Scope-OrgID': 'a' } }), 'x{a="{{pods}}"}', { type: 'prometheus', address: 'http://p', headers: { 'X-Scope-OrgID': ['a'] } }],
])('%s is asked by a template', (_, metrics, query, provider) => {
  const strategy = canary({ analysis: [Metric.query('own', { query, atLeast: 1, interval: MINUTE, initialDelay: MINUTE })] });
  const given = { environment: { ...GATEWAY, metrics } };
  const [template] = objects(strategy, given).MetricTemplate;
  expect(template.spec.provider).toEqual(provider);
  expect(codesOf(strategy, given).filter(code => code !== 'FW603')).toEqual([]);
});

test('rolling and recreate are plain Deployments with a Service', () => {
  for (const strategy of [RolloutStrategy.rollingUpdate(), RolloutStrategy.recreate('one writer')]) {
    const all = objects(strategy);
    expect(Object.keys(all)).toEqual(expect.arrayContaining(['Deployment', 'Service', 'HTTPRoute']));
    expect(all).not.toHaveProperty('Canary');
    expect(all.Deployment[0].spec.selector.matchLabels).toEqual({ 'app.kubernetes.io/name': 'shop', 'app.kubernetes.io/instance': 'shop' });
  }
});

test('explain() says how each part is carried out', () => {
  const text = explained(canary({ steps: [...EVEN, Step.approval()], analysis: [success()] }));
  expect(text).toContain('by Flagger');
  expect(text).toMatch(/router: gateway-api +native +provider gatewayapi:v1/);
  expect(text).toMatch(/weights 10%, 50%, each for 60 s +native/);
  expect(text).toMatch(/approval after the last weight +emulated/);
  expect(text).toMatch(/metric success-rate +native .* the 3rd failed check/);
});

test('FW619: options that are none', () => {
  expectFinding(() => RolloutEngine.flagger({ version: '2.0' as any }), 'FW619');
  expectFinding(() => RolloutEngine.flagger({ gate: 'gate' }), 'FW619');
});

test('FW601: a version that is older than what the strategy needs', () => {
  const environmentWithHeaders = { ...GATEWAY, metrics: MetricsProvider.prometheus({ address: 'http://p', headers: { a: 'b' }, requests: RequestMetrics.ISTIO }) };
  const strategy = canary({ analysis: [success()] });
  expect(codesOf(strategy, { environment: environmentWithHeaders, engine: { version: flagger.FlaggerVersion.V1_40 } })).toEqual(['FW601']);
  expect(codesOf(strategy, { environment: environmentWithHeaders, engine: { version: flagger.FlaggerVersion.V1_41 } })).toEqual([]);
});

test('the same tree twice gives the same bytes', () => {
  const strategy = () => canary({ analysis: [success()], steps: [...EVEN, Step.approval()] });
  expect(JSON.stringify(objects(strategy()))).toBe(JSON.stringify(objects(strategy())));
});
