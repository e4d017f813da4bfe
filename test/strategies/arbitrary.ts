import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { caller, platformOf } from './scenarios';
import { service, worker } from '../support/model';
import {
  CanaryScale, Environment, EnvironmentProps, HeaderMatch, KedaTrigger, Metric, MetricsProvider, NoData, Platform, Promotion, Replicas,
  RolloutStrategy,
  SaturatedResource, Step, TrafficRouter, Workload,
} from 'cdk8s-fairway';

/*
 * Any strategy for any workload, drawn as plain data: what the model refuses is refused when it is built, within a property.
 */

type Drawn<T> = T extends fc.Arbitrary<infer V> ? V : never;

/** Mostly one of the good values; now and then one that cannot be. */
const oneOf = <T>(good: fc.Arbitrary<T>, ...bad: unknown[]) => fc.oneof(
  { weight: 400, arbitrary: good },
  { weight: bad.length > 0 ? 1 : 0, arbitrary: fc.constantFrom(...bad as T[]) },
);
const maybe = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: undefined });
const secondsUpTo = (most: number, least = 1) => {
  const usual = [30, 60, 120, 300, 600].filter(n => n >= least && n <= most);
  return oneOf(fc.oneof(fc.integer({ min: least, max: most }), fc.constantFrom(...usual)), 0.5, 1e9);
};

const metric = fc.record({
  kind: fc.constantFrom('success', 'error', 'latency', 'cpu', 'memory', 'query', 'http', 'job'),
  interval: maybe(secondsUpTo(900, 5)),
  samples: maybe(oneOf(fc.integer({ min: 1, max: 8 }), 0, 1001, NaN)),
  initialDelay: maybe(secondsUpTo(900, 0)),
  toleratedFailures: maybe(oneOf(fc.nat(4), -1, 1.5)),
  noData: maybe(oneOf(fc.constantFrom(NoData.FAIL, NoData.FAIL, NoData.WAIT, NoData.PASS), 'never')),
  minimumTraffic: maybe(oneOf(fc.constantFrom(0.1, 5, 1000), 0, Infinity)),
  isStrict: fc.boolean(),
});
const metrics = oneOf(fc.array(metric, { minLength: 1, maxLength: 2 }), []);

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('weight' as const), by: oneOf(fc.integer({ min: 1, max: 40 }), 0, -50) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('pause' as const), seconds: secondsUpTo(1800) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('approval' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('analysis' as const), metrics }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('experiment' as const), seconds: secondsUpTo(1800), metrics, baseline: fc.boolean(), weight: maybe(fc.integer({ min: 1, max: 50 })) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('header' as const), how: fc.constantFrom('exact' as const, 'prefix' as const, 'regex' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('mirror' as const), percent: maybe(fc.integer({ min: 1, max: 100 })) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('scale' as const), scale: fc.constantFrom('replicas' as const, 'percent' as const, 'match' as const), amount: fc.integer({ min: 1, max: 100 }) }) },
);
const batches = { maxSurge: maybe(oneOf(fc.constantFrom<any>(0, 1, 2, '10%', '25%', '100%'), '25', -1)), maxUnavailable: maybe(oneOf(fc.constantFrom<any>(0, 1, '10%', '25%'), 1.5)) };
const promotion = maybe(fc.oneof(fc.constantFrom('automatic' as const, 'approval' as const), secondsUpTo(1800)));

const strategy = fc.oneof(
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rolling' as const), ...batches }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('recreate' as const), reason: oneOf(fc.constant('It holds a lock.'), '') }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('canary' as const),
      steps: fc.array(step, { minLength: 1, maxLength: 9 }),
      router: fc.constantFrom('none', 'none', 'gateway-api', 'gateway-api', 'istio', 'nginx', 'alb', 'traefik', 'apisix', 'plugin'),
      analysis: maybe(metrics),
      analysisFromStep: maybe(fc.nat(9)),
      promotion,
      dynamicStableScale: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constant(true) }),
      minPodsPerSide: maybe(fc.integer({ min: 1, max: 6 })),
      scaleDownDelay: maybe(secondsUpTo(600)),
      abortScaleDownDelay: maybe(secondsUpTo(600)),
      rollbackWindow: maybe(fc.integer({ min: 1, max: 3 })),
      ...batches,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('blue-green' as const),
      prePromotion: maybe(metrics),
      postPromotion: maybe(metrics),
      promotion,
      previewReplicas: maybe(oneOf(fc.integer({ min: 1, max: 8 }), 0)),
      scaleDownDelay: maybe(secondsUpTo(7200)),
      abortScaleDownDelay: maybe(secondsUpTo(600)),
      rollbackWindow: maybe(fc.integer({ min: 1, max: 3 })),
    }),
  },
);

const environment = fc.record({
  gateway: fc.constantFrom(true, true, true, false),
  ingress: fc.constantFrom(true, true, true, false),
  metrics: fc.constantFrom('prometheus', 'prometheus', 'prometheus', 'prometheus', 'prometheus', 'datadog', 'graphite', 'none'),
});

/** A service or worker with a strategy. */
export const delivered = fc.record({
  strategy,
  isWorker: fc.integer({ min: 0, max: 9 }).map(n => n === 0),
  replicas: fc.oneof(
    fc.record({ kind: fc.constant('fixed' as const), count: oneOf(fc.integer({ min: 1, max: 30 }), 0) }),
    fc.record({ kind: fc.constant('hpa' as const), minimum: fc.integer({ min: 1, max: 10 }), more: fc.integer({ min: 1, max: 20 }) }),
    fc.record({ kind: fc.constant('keda' as const), minimum: fc.nat(10), more: fc.integer({ min: 1, max: 20 }) }),
  ),
  hasHost: fc.integer({ min: 0, max: 7 }).map(n => n > 0),
  protocol: fc.constantFrom('http', 'http', 'http', 'http', 'http', 'http', 'grpc', 'tcp'),
  environment,
});
export type Delivered = Drawn<typeof delivered>;
type DrawnMetric = Drawn<typeof metric>;
type DrawnStep = Drawn<typeof step>;

const time = (seconds: number | undefined) => seconds === undefined ? undefined : Duration.seconds(seconds);

function metricOf(drawn: DrawnMetric, i: number): Metric {
  const { kind, interval, initialDelay, minimumTraffic, noData, samples, toleratedFailures, isStrict } = drawn;
  const shared = {
    name: `m-${i}`,
    interval: time(interval),
    initialDelay: time(initialDelay),
    noData: isStrict ? undefined : noData,
    samples,
    toleratedFailures: toleratedFailures === undefined ? (samples === undefined || samples > 2 ? undefined : 0) : toleratedFailures % (samples ?? 5),
  };
  switch (kind) {
    case 'success': return Metric.successRate({ ...shared, minimumTraffic, atLeast: 0.99 });
    case 'error': return Metric.errorRate({ ...shared, minimumTraffic, atMost: 0.01 });
    case 'latency': return Metric.latency({ ...shared, minimumTraffic, percentile: 99, below: Duration.millis(300) });
    case 'cpu': return Metric.saturation({ ...shared, resource: SaturatedResource.CPU, atMost: 0.9 });
    case 'memory': return Metric.saturation({ ...shared, resource: SaturatedResource.MEMORY, atMost: 0.9 });
    case 'query': return Metric.query(shared.name, { ...shared, query: 'sum(up{pod=~"{{pods}}"})', atLeast: 1 });
    case 'http': return Metric.httpCheck(shared.name, { ...shared, url: 'http://smoke.testing/{{service}}' });
    default: return Metric.job(shared.name, { ...shared, image: 'ghcr.io/acme/smoke:1' });
  }
}

const metricsOf = (drawn: DrawnMetric[] | undefined) => drawn?.map(metricOf);

function stepOf(drawn: DrawnStep, i: number, weight: number): Step {
  switch (drawn.kind) {
    case 'weight': return Step.weight(weight);
    case 'pause': return Step.pause(Duration.seconds(drawn.seconds));
    case 'approval': return Step.approval();
    case 'analysis': return Step.analysis(metricsOf(drawn.metrics)!);
    case 'experiment': return Step.experiment({ duration: Duration.seconds(drawn.seconds), metrics: metricsOf(drawn.metrics)!, baseline: drawn.baseline, weight: drawn.weight });
    case 'header': return Step.headerRoute({ name: `route-${i}`, matches: [HeaderMatch[drawn.how]('x-own', 'yes')] });
    case 'mirror': return Step.mirror({ name: `route-${i}`, percent: drawn.percent });
    case 'scale': return Step.scale(drawn.scale === 'match' ? CanaryScale.matchTraffic() : CanaryScale[drawn.scale](drawn.amount));
  }
}

/** With weights that grow, for the most part. */
function stepsOf(drawn: DrawnStep[]): Step[] {
  let weight = 0;
  return drawn.flatMap((one, i) => {
    const former = weight;
    weight = one.kind === 'weight' ? Math.min(100, weight + one.by) : weight;
    return one.kind === 'weight' && former === 100 ? [] : [stepOf(one, i, weight)];
  });
}

function routerOf(kind: string): TrafficRouter | undefined {
  switch (kind) {
    case 'gateway-api': return TrafficRouter.gatewayApi();
    case 'istio': return TrafficRouter.istio({ gateways: ['istio-ingress/public'] });
    case 'nginx': return TrafficRouter.nginx();
    case 'alb': return TrafficRouter.alb();
    case 'traefik': return TrafficRouter.traefik();
    case 'apisix': return TrafficRouter.apisix();
    case 'plugin': return TrafficRouter.plugin('acme/mesh');
    default: return undefined;
  }
}

const promotionOf = (drawn: 'automatic' | 'approval' | number | undefined) => drawn === undefined ? undefined
  : typeof drawn === 'number' ? Promotion.after(Duration.seconds(drawn)) : Promotion[drawn]();

/** Throws what the model throws. */
export function strategyOf({ strategy: drawn }: Delivered): RolloutStrategy {
  switch (drawn.kind) {
    case 'rolling': return RolloutStrategy.rollingUpdate(drawn);
    case 'recreate': return RolloutStrategy.recreate(drawn.reason);
    case 'canary': {
      const {
        kind, steps: all, router, analysis, analysisFromStep, promotion: promoted, scaleDownDelay, abortScaleDownDelay, minPodsPerSide,
        dynamicStableScale, ...rest
      } = drawn;
      const isRouted = router !== 'none';
      const steps = stepsOf(all.filter(one => isRouted || !(['scale', 'header', 'mirror'].includes(one.kind) || (one.kind === 'experiment' && one.weight))));
      return RolloutStrategy.canary({
        ...rest,
        steps,
        analysisFromStep: analysisFromStep === undefined ? undefined : analysisFromStep % steps.length,
        router: routerOf(router),
        analysis: metricsOf(analysis),
        promotion: promotionOf(promoted),
        ...(isRouted ? { minPodsPerSide, dynamicStableScale } : {}),
        ...(isRouted && !dynamicStableScale ? { scaleDownDelay: time(scaleDownDelay), abortScaleDownDelay: time(abortScaleDownDelay) } : {}),
      });
    }
    case 'blue-green': {
      const { kind, prePromotion, postPromotion, promotion: promoted, scaleDownDelay, abortScaleDownDelay, ...rest } = drawn;
      return RolloutStrategy.blueGreen({
        ...rest,
        prePromotion: metricsOf(prePromotion),
        postPromotion: metricsOf(postPromotion),
        promotion: promotionOf(promoted),
        scaleDownDelay: time(scaleDownDelay),
        abortScaleDownDelay: time(abortScaleDownDelay),
      });
    }
  }
}

function replicasOf({ replicas }: Delivered): Replicas {
  switch (replicas.kind) {
    case 'fixed': return Replicas.fixed(replicas.count);
    case 'hpa': return Replicas.between(replicas.minimum, replicas.minimum + replicas.more);
    case 'keda': return Replicas.keda({ minimum: replicas.minimum, maximum: replicas.minimum + replicas.more, triggers: [KedaTrigger.cron('Europe/Berlin', '0 8 * * *', '0 18 * * *', 2)] });
  }
}

function environmentOf({ gateway, ingress, metrics: provider }: Drawn<typeof environment>): Partial<EnvironmentProps> {
  const providers: Record<string, () => MetricsProvider | undefined> = {
    prometheus: () => MetricsProvider.prometheus({ address: 'http://prometheus.monitoring:9090' }),
    datadog: () => MetricsProvider.datadog({ secret: 'datadog' }),
    graphite: () => MetricsProvider.graphite('http://graphite.monitoring'),
    none: () => undefined,
  };
  return { ...(gateway ? {} : { gateway: undefined }), ...(ingress ? {} : { ingress: undefined }), metrics: providers[provider]() };
}

/** The workload `app` of a drawn delivery, and one that calls it; declared in one or in the other order. */
export function deliver(
  engine: string, drawn: Delivered, isReversed = false,
): { platform: Platform; prod: Environment; workload: Workload; strategy: RolloutStrategy } {
  const { platform, prod } = platformOf(engine, {}, environmentOf(drawn.environment));
  const rolled = strategyOf(drawn);
  const shared = { replicas: replicasOf(drawn), strategy: rolled };
  const declared: Workload[] = [];
  const declareApp = () => declared.push(drawn.isWorker ? worker(platform, 'app', shared)
    : service(platform, 'app', { ...shared, host: drawn.hasHost ? 'app.example.com' : undefined, protocol: drawn.protocol as any }));
  const others = [declareApp, () => caller(platform, 'app')];
  (isReversed ? others.reverse() : others).forEach(declare => declare());
  return { platform, prod, workload: declared[0], strategy: rolled };
}
