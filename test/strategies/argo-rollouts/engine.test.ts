import { Duration } from 'cdk8s';
import { environment, manifest, manifests, service } from '../../support/model';
import { newPlatform } from '../../support/platform';
import { platformOf } from '../scenarios';
import {
  CanaryScale, Cluster, ClusterProfile, HeaderMatch, Metric, MetricsProvider, NoData, Promotion, Replicas, RolloutEngine, rollouts,
  RolloutStrategy, SaturatedResource, Severity, Step, TrafficRouter, WebServiceProps,
} from 'cdk8s-fairway';

/* What Argo Rollouts makes of each part of a strategy, word by word. */

const one = Duration.minutes(1);
const success = Metric.successRate({ atLeast: 0.99, interval: one, samples: 4, toleratedFailures: 1 });
const own = Step.headerRoute({ name: 'own', matches: [HeaderMatch.exact('x-own', 'yes'), HeaderMatch.prefix('x-team', 'shop'), HeaderMatch.regex('x-user', '^a')] });

function lowered(props: Partial<WebServiceProps>, options: { version?: rollouts.RolloutsVersion } = {}) {
  const platform = newPlatform(undefined, { rollouts: RolloutEngine.argoRollouts(options) });
  const prod = environment(platform, 'prod', {
    gateway: { name: 'public', namespace: 'gateways' },
    ingress: { className: 'alb', namespace: 'kube-system-ingress' },
    metrics: MetricsProvider.prometheus({ address: 'http://prometheus:9090' }),
  });
  service(platform, 'app', { host: 'app.example.com', replicas: Replicas.fixed(4), ...props });
  expect(platform.check().filter(finding => finding.severity === Severity.ERROR)).toEqual([]);
  return { platform, objects: manifests(prod.node.findChild('app') as any), rollout: manifest(prod, 'app', 'Rollout') };
}

const canary = (props: object) => RolloutStrategy.canary({ steps: [Step.weight(10), Step.pause(one)], analysis: [success], ...props });
const named = (objects: any[], kind: string, name: string) => objects.find(object => object.kind === kind && object.metadata.name === name);

test('each step is one step, in the order of the program', () => {
  const { rollout } = lowered({
    strategy: canary({
      router: TrafficRouter.istio({ gateways: ['istio-ingress/public'] }),
      steps: [
        Step.scale(CanaryScale.replicas(2)), own, Step.mirror({ name: 'copy', percent: 20 }), Step.pause(one), Step.scale(CanaryScale.percent(25)), Step.scale(CanaryScale.matchTraffic()),
        Step.weight(10), Step.analysis([success]), Step.approval(),
      ],
      promotion: Promotion.after(Duration.minutes(5)),
    }),
  });
  expect(rollout.spec.strategy.canary.steps).toEqual([
    { setCanaryScale: { replicas: 2 } },
    {
      setHeaderRoute: {
        name: 'own',
        match: [
          { headerName: 'x-own', headerValue: { exact: 'yes' } },
          { headerName: 'x-team', headerValue: { prefix: 'shop' } },
          { headerName: 'x-user', headerValue: { regex: '^a' } },
        ],
      },
    },
    { setMirrorRoute: { name: 'copy', match: [{ path: { prefix: '/' } }], percentage: 20 } },
    { pause: { duration: '60s' } },
    { setCanaryScale: { weight: 25 } },
    { setCanaryScale: { matchTrafficWeight: true } },
    { setWeight: 10 },
    { analysis: { templates: [{ templateName: 'app-step-7' }], args: [{ name: 'new-version', valueFrom: { podTemplateHashValue: 'Latest' } }] } },
    { pause: {} },
    { pause: { duration: '300s' } },
  ]);
  expect(rollout.spec.strategy.canary.trafficRouting).toEqual({
    istio: { virtualService: { name: 'app', routes: ['primary'] } },
    managedRoutes: [{ name: 'own' }, { name: 'copy' }],
  });
  // People of one's own send requests from the second step on.
  expect(rollout.spec.strategy.canary.analysis.startingStep).toBe(2);
});

test('an analysis in a step ends after its samples, one in the background with the rollout', () => {
  const { objects } = lowered({ strategy: canary({ steps: [Step.weight(10), Step.analysis([success])] }) });
  const [background, step] = ['app-background', 'app-step-1'].map(name => named(objects, 'AnalysisTemplate', name).spec.metrics[0]);
  expect(step).toMatchObject({ interval: '60s', initialDelay: '60s', count: 4, failureLimit: 1 });
  expect(background).toMatchObject({ interval: '60s', initialDelay: '60s', failureLimit: 1 });
  expect(background).not.toHaveProperty('count');
});

test('an experiment judges the candidate, beside a fresh set of the old version', () => {
  const saturation = Metric.saturation({ resource: SaturatedResource.MEMORY, atMost: 0.8 });
  const experiment = Step.experiment({ duration: Duration.minutes(10), metrics: [saturation], weight: 5 });
  const { rollout, objects } = lowered({ strategy: canary({ router: TrafficRouter.gatewayApi(), steps: [experiment, Step.weight(10)] }) });
  expect(rollout.spec.strategy.canary.steps[0]).toEqual({
    experiment: {
      // It ends with its analysis: after a duration the pods would go, judged or not.
      templates: [{ name: 'baseline', specRef: 'stable', replicas: 1, weight: 5 }, { name: 'candidate', specRef: 'canary', replicas: 1, weight: 5 }],
      analyses: [{ name: 'candidate', templateName: 'app-experiment-0', requiredForCompletion: true }],
    },
  });
  const { spec } = named(objects, 'AnalysisTemplate', 'app-experiment-0');
  expect(spec.metrics[0]).toMatchObject({ interval: '60s', initialDelay: '60s', count: 10 }); // the whole ten minutes, not five samples
  expect(spec.metrics[0].provider.prometheus.query).toContain('pod=~"app-[0-9a-z]+-[0-9]+-[0-9]+-candidate-.*"');
  expect(spec).not.toHaveProperty('args');
});

test('without data: fail, wait for a person, or pass', () => {
  const metric = (noData: NoData) => Metric.query(noData, { query: 'up{pod=~"{{pods}}"}', atLeast: 1, noData });
  const { objects } = lowered({ strategy: canary({ analysis: Object.values(NoData).map(metric) }) });
  const { metrics } = named(objects, 'AnalysisTemplate', 'app-background').spec;
  const given = 'len(result) > 0 && !isNaN(result[0])';
  const judged = metrics.map(({ name, successCondition, failureCondition, inconclusiveLimit }: any) => [
    name, [successCondition, failureCondition, inconclusiveLimit],
  ]);
  expect(Object.fromEntries(judged)).toEqual({
    fail: [`${given} && result[0] >= 1`, undefined, undefined],
    wait: [`${given} && result[0] >= 1`, `${given} && result[0] < 1`, 2],
    pass: ['len(result) == 0 || isNaN(result[0]) || result[0] >= 1', undefined, undefined],
  });
});

test('an ALB: two Services that take turns behind the one that others call', () => {
  const analysis = [Metric.saturation({ resource: SaturatedResource.CPU, atMost: 0.9 })];
  const { rollout, objects } = lowered({ strategy: canary({ router: TrafficRouter.alb(), analysis }) });
  expect(rollout.spec.strategy.canary).toMatchObject({
    pingPong: { pingService: 'app-ping', pongService: 'app-pong' },
    trafficRouting: { alb: { ingress: 'app', rootService: 'app', servicePort: 8080 } },
  });
  expect(rollout.spec.strategy.canary).not.toHaveProperty('stableService');
  expect(objects.filter(object => object.kind === 'Service').map(object => object.metadata.name).sort()).toEqual(['app', 'app-ping', 'app-pong']);
  expect(named(objects, 'Ingress', 'app').spec.rules[0].http.paths[0].backend).toEqual({ service: { name: 'app', port: { name: 'use-annotation' } } });
});

test('no more pods of each side than are wanted at all', () => {
  const strategy = canary({ router: TrafficRouter.gatewayApi() });
  const minimum = (replicas: Replicas) => lowered({ replicas, strategy }).rollout.spec.strategy.canary.minPodsPerReplicaSet;
  expect([Replicas.fixed(1), Replicas.fixed(5), Replicas.between(2, 9)].map(minimum)).toEqual([1, 2, 2]);
});

test('the deadline of a blue-green rollout is longer than what judges it, on which it runs on', () => {
  const strategy = (samples: number) => RolloutStrategy.blueGreen({
    prePromotion: [Metric.saturation({ resource: SaturatedResource.CPU, atMost: 0.9, interval: one, samples })], postPromotion: [success],
  });
  const [short, long] = [3, 30].map(samples => lowered({ strategy: strategy(samples) }).rollout.spec.progressDeadlineSeconds);
  // 60 s of delay and an interval between each two samples, before and after the promotion.
  expect(long - short).toBe(27 * 60);
  expect(short).toBeGreaterThanOrEqual(600 + 3 * 60 + 4 * 60);
});

test('blue-green: Services, promotion and delays', () => {
  const { rollout, objects } = lowered({
    strategy: RolloutStrategy.blueGreen({
      promotion: Promotion.after(Duration.minutes(10)),
      previewReplicas: 1,
      scaleDownDelay: Duration.minutes(15),
      rollbackWindow: 3,
    }),
  });
  expect(rollout.spec.strategy.blueGreen).toEqual({
    activeService: 'app',
    previewService: 'app-preview',
    previewReplicaCount: 1,
    autoPromotionEnabled: true,
    autoPromotionSeconds: 600,
    scaleDownDelaySeconds: 900,
    abortScaleDownDelaySeconds: 60,
    maxUnavailable: 0,
  });
  expect(rollout.spec.rollbackWindow).toEqual({ revisions: 3 });
  expect(named(objects, 'HTTPRoute', 'app').spec.rules[0].backendRefs).toEqual([{ group: '', kind: 'Service', name: 'app', port: 8080, weight: 1 }]);
  const waiting = lowered({ strategy: RolloutStrategy.blueGreen({ promotion: Promotion.approval() }) });
  expect(waiting.rollout.spec.strategy.blueGreen.autoPromotionEnabled).toBe(false);
});

test('a test as Job runs as the workload does, and may reach it, and nothing else', () => {
  const { rollout, objects } = lowered({
    strategy: RolloutStrategy.blueGreen({ prePromotion: [Metric.job('smoke', { image: 'ghcr.io/acme/smoke:1', args: ['http://{{service}}:8080'], samples: 1, toleratedFailures: 0 })] }),
  });
  const { spec } = named(objects, 'AnalysisTemplate', 'app-pre-promotion').spec.metrics[0].provider.job;
  const pod = rollout.spec.template.spec;
  expect(spec).toMatchObject({ backoffLimit: 0, activeDeadlineSeconds: 300, template: { spec: { restartPolicy: 'Never', serviceAccountName: 'app', securityContext: pod.securityContext } } });
  expect(spec.template.spec.containers[0]).toMatchObject({ args: ['http://app-preview:8080'], securityContext: pod.containers[0].securityContext, resources: pod.containers[0].resources });
  const labels = spec.template.metadata.labels;
  expect(labels).not.toMatchObject(rollout.spec.selector.matchLabels); // no Service takes it for a pod of the workload
  expect(named(objects, 'NetworkPolicy', 'app-test').spec.podSelector.matchLabels).toEqual(labels);
  expect(named(objects, 'NetworkPolicy', 'app-tested').spec).toMatchObject({ podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'app' } }, ingress: [{ from: [{ podSelector: { matchLabels: labels } }] }] });
});

test.each(Object.values(ClusterProfile))('a test looks names up where the workload does, on a cluster of the profile %s', profile => {
  const { platform, prod } = platformOf('argo-rollouts', {}, { cluster: Cluster.inCluster({ kubernetesVersion: '1.34', profile }) });
  const smoke = Metric.job('smoke', { image: 'ghcr.io/acme/smoke:1', samples: 1, toleratedFailures: 0 });
  service(platform, 'app', { strategy: RolloutStrategy.blueGreen({ prePromotion: [smoke] }) });
  platform.lower();
  const policies = manifests(prod.node.findChild('app') as any, 'NetworkPolicy');
  const [workload, test] = ['app', 'app-test'].map(name => policies.find(policy => policy.metadata.name === name).spec.egress[0]);
  expect(test).toEqual(workload);
  expect(JSON.stringify(workload)).toContain('kube-dns');
});

test('each metric is asked for where it stands: what an experiment cannot answer is found', () => {
  const platform = newPlatform(undefined, { rollouts: RolloutEngine.argoRollouts() });
  environment(platform, 'prod', { metrics: MetricsProvider.datadog({ secret: 'datadog' }) });
  const saturation = Metric.saturation({ resource: SaturatedResource.MEMORY, atMost: 0.8 });
  service(platform, 'app', { strategy: RolloutStrategy.canary({ steps: [Step.experiment({ duration: one, metrics: [saturation] }), Step.weight(10)] }) });
  expect(platform.check().map(finding => finding.code)).toContain('FW611');
});

test('a mirror is a gap of the plug-in up to 1.9', () => {
  const codes = (version: rollouts.RolloutsVersion) => {
    const platform = newPlatform(undefined, { rollouts: RolloutEngine.argoRollouts({ version }) });
    environment(platform, 'prod', { gateway: { name: 'public', namespace: 'gateways' }, metrics: MetricsProvider.prometheus({ address: 'http://prometheus:9090' }) });
    service(platform, 'app', { host: 'app.example.com', strategy: canary({ router: TrafficRouter.gatewayApi(), steps: [Step.mirror({ name: 'copy' }), Step.weight(10)] }) });
    return platform.check().filter(finding => finding.severity === Severity.ERROR).map(finding => finding.code);
  };
  const { V1_8, V1_9, V1_10 } = rollouts.RolloutsVersion;
  expect([V1_8, V1_9, V1_10].map(codes)).toEqual([['FW601'], ['FW601'], []]);
});
