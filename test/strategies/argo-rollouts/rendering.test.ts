import { ApiObject, App, Duration, JsonPatch, Lazy, Testing, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { analysisTemplate, blueGreen, canary, codes, found, GATEWAY, LABELS, METRIC, newChart, rollout, ROUTED, SELECTOR, SERVICES, SOUND, STEPS, TEMPLATE } from './fixtures';
import { OwnedFields } from '../../../src/core/owned-fields';
import { rollouts } from 'cdk8s-fairway';

/* What is written is what upstream reads, field by field. */

const {
  AnalysisRunArgument, AntiAffinity, Argument, CanaryScale, CanaryStep, DatadogAggregator, DatadogApiVersion, MetricProvider,
  ProgressType, ReplicaSetSpecRef, Rollout,
  RolloutsVersion, ScaleDown, Strategy, StringMatch, TrafficRouting, ValueFromPodTemplateHash, WebMetricMethod,
} = rollouts;

const canaryOf = (props: any, rest: any = {}) => canary(newChart(), props, rest).toJson().spec.strategy.canary;

test('a Rollout, whole', () => {
  const object = rollout(newChart(), {
    metadata: { name: 'web', labels: { team: 'shop' } },
    replicas: 3,
    revisionHistoryLimit: 5,
    progressDeadlineSeconds: 300,
    rollbackWindow: { revisions: 2 },
    restartAt: '2030-01-01T00:00:00Z',
    paused: false,
    analysis: { successfulRunHistoryLimit: 1, unsuccessfulRunHistoryLimit: 3 },
    strategy: Strategy.canary({}),
  });
  expect(object.toJson()).toEqual({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name: 'web', namespace: 'shop', labels: { team: 'shop' } },
    spec: {
      replicas: 3,
      selector: SELECTOR,
      template: TEMPLATE,
      minReadySeconds: 10,
      revisionHistoryLimit: 5,
      progressDeadlineSeconds: 300,
      progressDeadlineAbort: true,
      rollbackWindow: { revisions: 2 },
      restartAt: '2030-01-01T00:00:00Z',
      paused: false,
      analysis: { successfulRunHistoryLimit: 1, unsuccessfulRunHistoryLimit: 3 },
      strategy: { canary: {} },
    },
  });
});

test('a Rollout of another workload', () => {
  const workloadRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', scaleDown: ScaleDown.PROGRESSIVELY };
  expect(new Rollout(newChart(), 'web', { workloadRef, strategy: Strategy.canary() }).toJson().spec).toEqual({
    workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', scaleDown: 'progressively' }, strategy: { canary: {} },
  });
});

test('a canary, whole', () => {
  const metadata = { labels: { role: 'x' }, annotations: { a: 'b' } };
  const props = {
    ...SERVICES,
    maxUnavailable: 0,
    maxSurge: '50%',
    canaryMetadata: metadata,
    stableMetadata: metadata,
    scaleDownDelaySeconds: 60,
    scaleDownDelayRevisionLimit: 1,
    abortScaleDownDelaySeconds: 60,
    dynamicStableScale: false,
    pingPong: { pingService: 'a', pongService: 'b' },
    minPodsPerReplicaSet: 2,
    replicaProgressThreshold: { type: ProgressType.PERCENT, value: 90 },
  };
  expect(canaryOf({
    ...props,
    trafficRouting: TrafficRouting.istio({ virtualService: { name: 'web' } }),
    antiAffinity: AntiAffinity.preferred(50),
    steps: STEPS,
    analysis: {
      templates: [{ templateName: 'errors', clusterScope: true }],
      startingStep: 1,
      args: [AnalysisRunArgument.value('a', '1'), AnalysisRunArgument.podTemplateHash('b', ValueFromPodTemplateHash.STABLE), AnalysisRunArgument.fieldRef('c', 'metadata.name')],
      dryRun: [{ metricName: '.*' }],
      measurementRetention: [{ metricName: '.*', limit: 3 }],
      analysisRunMetadata: metadata,
    },
  })).toEqual({
    ...props,
    trafficRouting: { istio: { virtualService: { name: 'web' } } },
    antiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: { weight: 50 } },
    steps: [{ setWeight: 20 }, { analysis: { templates: [{ templateName: 'errors' }] } }, { pause: { duration: '5m' } }],
    analysis: {
      templates: [{ templateName: 'errors', clusterScope: true }],
      startingStep: 1,
      args: [{ name: 'a', value: '1' }, { name: 'b', valueFrom: { podTemplateHashValue: 'Stable' } }, { name: 'c', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
      dryRun: [{ metricName: '.*' }],
      measurementRetention: [{ metricName: '.*', limit: 3 }],
      analysisRunMetadata: metadata,
    },
  });
});

test('blue-green, whole', () => {
  const analysis = { templates: [{ templateName: 'errors' }] };
  const props = {
    activeService: 'web',
    previewService: 'web-preview',
    previewReplicaCount: 1,
    autoPromotionEnabled: false,
    autoPromotionSeconds: 60,
    maxUnavailable: '10%',
    scaleDownDelaySeconds: 600,
    scaleDownDelayRevisionLimit: 1,
    prePromotionAnalysis: analysis,
    postPromotionAnalysis: analysis,
    previewMetadata: { labels: { a: 'b' } },
    activeMetadata: { annotations: { a: 'b' } },
    abortScaleDownDelaySeconds: 10,
  };
  expect(blueGreen(newChart(), { ...props, antiAffinity: AntiAffinity.required() }).toJson().spec.strategy).toEqual({
    blueGreen: { ...props, antiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: {} } },
  });
});

test.each<[string, rollouts.CanaryStep, any]>([
  ['setWeight', CanaryStep.weight(0), { setWeight: 0 }],
  ['pause until a person promotes', CanaryStep.pause(), { pause: {} }],
  ['pause in seconds', CanaryStep.pause({ duration: 90 }), { pause: { duration: 90 } }],
  ['pause as text', CanaryStep.pause({ duration: '1h30m' }), { pause: { duration: '1h30m' } }],
  ['pause as a Duration', CanaryStep.pause({ duration: Duration.minutes(2) }), { pause: { duration: '120s' } }],
  ['pause as a short Duration', CanaryStep.pause({ duration: Duration.millis(1500) }), { pause: { duration: '1500ms' } }],
  ['setCanaryScale by weight', CanaryStep.canaryScale(CanaryScale.weight(25)), { setCanaryScale: { weight: 25 } }],
  ['setCanaryScale by replicas', CanaryStep.canaryScale(CanaryScale.replicas(3)), { setCanaryScale: { replicas: 3 } }],
  ['setCanaryScale back', CanaryStep.canaryScale(CanaryScale.matchTrafficWeight()), { setCanaryScale: { matchTrafficWeight: true } }],
  ['plugin', CanaryStep.plugin({ name: 'argoproj-labs/step-exec', config: { command: ['a'], n: 1 } }), { plugin: { name: 'argoproj-labs/step-exec', config: { command: ['a'], n: 1 } } }],
  [
    'setHeaderRoute',
    CanaryStep.headerRoute({ name: 'vip', match: [{ headerName: 'a', headerValue: StringMatch.prefix('x') }, { headerName: 'b', headerValue: StringMatch.exact('y') }] }),
    { setHeaderRoute: { name: 'vip', match: [{ headerName: 'a', headerValue: { prefix: 'x' } }, { headerName: 'b', headerValue: { exact: 'y' } }] } },
  ],
  [
    'setMirrorRoute',
    CanaryStep.mirrorRoute({ name: 'vip', percentage: 50, match: [{ method: StringMatch.exact('GET'), path: StringMatch.regex('/a.*'), headers: { 'x-a': StringMatch.prefix('b') } }] }),
    { setMirrorRoute: { name: 'vip', percentage: 50, match: [{ method: { exact: 'GET' }, path: { regex: '/a.*' }, headers: { 'x-a': { prefix: 'b' } } }] } },
  ],
  [
    'experiment',
    CanaryStep.experiment({
      duration: '10m',
      templates: [{
        name: 'baseline', specRef: ReplicaSetSpecRef.STABLE, replicas: 1, weight: 5, selector: SELECTOR, service: { name: 'baseline' }, metadata: { labels: LABELS },
      }],
      analyses: [{ name: 'a', templateName: 'errors', clusterScope: false, requiredForCompletion: true, args: [AnalysisRunArgument.podTemplateHash('h', ValueFromPodTemplateHash.LATEST)] }],
      dryRun: [{ metricName: 'x' }],
      analysisRunMetadata: { annotations: { a: 'b' } },
      scaleDownDelaySeconds: 5,
    }),
    {
      experiment: {
        duration: '10m',
        templates: [{ name: 'baseline', specRef: 'stable', replicas: 1, weight: 5, selector: SELECTOR, service: { name: 'baseline' }, metadata: { labels: LABELS } }],
        analyses: [{ name: 'a', templateName: 'errors', clusterScope: false, requiredForCompletion: true, args: [{ name: 'h', valueFrom: { podTemplateHashValue: 'Latest' } }] }],
        dryRun: [{ metricName: 'x' }],
        analysisRunMetadata: { annotations: { a: 'b' } },
        scaleDownDelaySeconds: 5,
      },
    },
  ],
])('the step %s', (_, step, json) => {
  const trafficRouting = TrafficRouting.istio({ virtualService: { name: 'web' } }, { managedRoutes: [{ name: 'vip' }] });
  expect(canaryOf({ ...ROUTED, trafficRouting, steps: [step] }).steps).toEqual([json]);
});

const VIRTUAL_SERVICE = { name: 'web', routes: ['primary'], tlsRoutes: [{ port: 443, sniHosts: ['a'] }], tcpRoutes: [{ port: 5000 }] };

test.each<[string, rollouts.TrafficRouting, any]>([
  [
    'Istio',
    TrafficRouting.istio({
      virtualService: VIRTUAL_SERVICE, destinationRule: { name: 'web', canarySubsetName: 'canary', stableSubsetName: 'stable', additionalSubsetNames: ['other'] },
    }, { managedRoutes: [{ name: 'vip' }] }),
    {
      istio: { virtualService: VIRTUAL_SERVICE, destinationRule: { name: 'web', canarySubsetName: 'canary', stableSubsetName: 'stable', additionalSubsetNames: ['other'] } },
      managedRoutes: [{ name: 'vip' }],
    },
  ],
  ['several VirtualServices', TrafficRouting.istio({ virtualServices: [VIRTUAL_SERVICE, { name: 'api.other' }] }), { istio: { virtualServices: [VIRTUAL_SERVICE, { name: 'api.other' }] } }],
  [
    'NGINX',
    TrafficRouting.nginx({ stableIngress: 'web', annotationPrefix: 'a.io', additionalIngressAnnotations: { 'canary-by-header': 'x' }, canaryIngressAnnotations: { 'b.io/c': 'd' } }, { maxTrafficWeight: 1000 }),
    { nginx: { stableIngress: 'web', annotationPrefix: 'a.io', additionalIngressAnnotations: { 'canary-by-header': 'x' }, canaryIngressAnnotations: { 'b.io/c': 'd' } }, maxTrafficWeight: 1000 },
  ],
  ['several Ingresses', TrafficRouting.nginx({ stableIngresses: ['a', 'b'] }), { nginx: { stableIngresses: ['a', 'b'] } }],
  [
    'ALB',
    TrafficRouting.alb({ ingress: 'web', servicePort: 80, rootService: 'root', annotationPrefix: 'a.io', stickinessConfig: { enabled: true, durationSeconds: 60 } }),
    { alb: { ingress: 'web', servicePort: 80, rootService: 'root', annotationPrefix: 'a.io', stickinessConfig: { enabled: true, durationSeconds: 60 } } },
  ],
  ['several Ingresses of ALB', TrafficRouting.alb({ ingresses: ['a', 'b'], servicePort: 443 }), { alb: { ingresses: ['a', 'b'], servicePort: 443 } }],
  ['Traefik', TrafficRouting.traefik({ weightedTraefikServiceName: 'web' }), { traefik: { weightedTraefikServiceName: 'web' } }],
  ['APISIX', TrafficRouting.apisix({ route: { name: 'web', rules: ['a'] } }), { apisix: { route: { name: 'web', rules: ['a'] } } }],
  ['Ambassador', TrafficRouting.ambassador({ mappings: ['web'] }), { ambassador: { mappings: ['web'] } }],
  ['SMI', TrafficRouting.smi({ rootService: 'root', trafficSplitName: 'split' }), { smi: { rootService: 'root', trafficSplitName: 'split' } }],
  ['SMI with nothing', TrafficRouting.smi(), { smi: {} }],
  [
    'App Mesh',
    TrafficRouting.appMesh({ virtualService: { name: 'web', routes: ['a'] }, virtualNodeGroup: { canaryVirtualNodeRef: { name: 'c' }, stableVirtualNodeRef: { name: 's' } } }),
    { appMesh: { virtualService: { name: 'web', routes: ['a'] }, virtualNodeGroup: { canaryVirtualNodeRef: { name: 'c' }, stableVirtualNodeRef: { name: 's' } } } },
  ],
  ['plug-ins', TrafficRouting.plugins({ 'acme/router': { deep: [{ a: '' }] } }), { plugins: { 'acme/router': { deep: [{ a: '' }] } } }],
  ['the Gateway API', GATEWAY, { plugins: { 'argoproj-labs/gatewayAPI': { namespace: 'shop', httpRoute: 'web' } } }],
  [
    'the Gateway API, whole',
    TrafficRouting.gatewayApi({
      namespace: 'shop', httpRoutes: [{ name: 'a', useHeaderRoutes: true }], grpcRoutes: [{ name: 'b' }], grpcRouteSelector: SELECTOR, configMap: 'c', disableInProgressLabel: true, inProgressLabelKey: 'k', inProgressLabelValue: 'v',
    }),
    {
      plugins: {
        'argoproj-labs/gatewayAPI': {
          namespace: 'shop', httpRoutes: [{ name: 'a', useHeaderRoutes: true }], grpcRoutes: [{ name: 'b' }], grpcRouteSelector: SELECTOR, configMap: 'c', disableInProgressLabel: true, inProgressLabelKey: 'k', inProgressLabelValue: 'v',
        },
      },
    },
  ],
  [
    'two, of which the first has the say',
    TrafficRouting.nginx({ stableIngress: 'web' }, { maxTrafficWeight: 50 }).and(GATEWAY).and(TrafficRouting.plugins({ 'acme/router': {} }, { maxTrafficWeight: 10 })),
    { nginx: { stableIngress: 'web' }, plugins: { 'argoproj-labs/gatewayAPI': { namespace: 'shop', httpRoute: 'web' }, 'acme/router': {} }, maxTrafficWeight: 50 },
  ],
])('the router %s', (_, trafficRouting, json) => expect(canaryOf({ ...ROUTED, trafficRouting }).trafficRouting).toEqual(json));

const AUTHENTICATION = {
  sigv4: { region: 'eu-west-1', profile: 'p', roleArn: 'arn:aws:iam::1:role/r' },
  oauth2: { tokenUrl: 'https://a', clientId: 'b', clientSecret: '{{args.secret}}', scopes: ['c'] },
};
const SCOPE = { scope: 's', region: 'r', step: 60, start: 'a', end: 'b' };

test.each<[string, (config: any) => rollouts.MetricProvider, any]>([
  ['prometheus', MetricProvider.prometheus, { query: 'a', address: 'http://b', authentication: AUTHENTICATION, timeout: 5, insecure: true, headers: [{ key: 'a', value: 'b' }], rangeQuery: { start: 'now()', end: 'now()', step: '1m' } }],
  ['datadog', MetricProvider.datadog, {
    queries: { a: 'b', c: 'd' }, formula: 'a/c', interval: '5m', apiVersion: DatadogApiVersion.V2, aggregator: DatadogAggregator.L2NORM, secretRef: { name: 'a', namespaced: true },
  }],
  ['newRelic', MetricProvider.newRelic, { query: 'SELECT 1', profile: 'a', timeout: 9 }],
  ['web', MetricProvider.web, { url: 'https://a', method: WebMetricMethod.PUT, headers: [{ key: 'a', value: 'b' }], jsonBody: { a: [1] }, timeoutSeconds: 3, jsonPath: '{$.a}', insecure: false, authentication: AUTHENTICATION }],
  ['job', MetricProvider.job, { metadata: { labels: { a: 'b' } }, spec: { template: { spec: { restartPolicy: 'Never' } } } }],
  ['cloudWatch', MetricProvider.cloudWatch, {
    interval: '30m',
    metricDataQueries: [
      { id: 'rate', expression: 'errors / requests', label: 'r', period: 60, returnData: true },
      { id: 'errors', returnData: false, metricStat: { metric: { namespace: 'app', metricName: 'errors', dimensions: [{ name: 'a', value: 'b' }] }, period: '{{args.period}}', stat: 'Sum', unit: 'Count' } },
    ],
  }],
  ['wavefront', MetricProvider.wavefront, { query: 'a', address: 'b' }],
  ['graphite', MetricProvider.graphite, { query: 'a', address: 'b' }],
  ['influxdb', MetricProvider.influxdb, { query: 'a', profile: 'b' }],
  ['skywalking', MetricProvider.skywalking, { query: 'a', address: 'b', interval: '3m' }],
  ['kayenta', MetricProvider.kayenta, {
    address: 'a',
    application: 'b',
    canaryConfigName: 'c',
    metricsAccountName: 'd',
    configurationAccountName: 'e',
    storageAccountName: 'f',
    threshold: { pass: 90, marginal: 75 },
    scopes: [{ name: 'default', controlScope: SCOPE, experimentScope: SCOPE }],
    lookback: true,
  }],
])('the provider %s', (name, provider, config) => {
  expect(analysisTemplate(newChart(), { metrics: [{ name: 'm', provider: provider(config) }] }).toJson().spec.metrics).toEqual([{ name: 'm', provider: { [name]: config } }]);
});

test('a provider that is a plug-in', () => {
  expect(analysisTemplate(newChart(), { metrics: [{ name: 'm', provider: MetricProvider.plugin('acme/metrics', { a: 1 }) }] }).toJson().spec.metrics[0].provider).toEqual({ plugin: { 'acme/metrics': { a: 1 } } });
});

test('templates, whole', () => {
  const metric = {
    ...METRIC, interval: '1m', initialDelay: '30s', count: 10, failureCondition: 'false', failureLimit: 2, inconclusiveLimit: '1', consecutiveErrorLimit: 3, consecutiveSuccessLimit: '{{args.n}}',
  };
  const props: rollouts.AnalysisTemplateProps = {
    metadata: { name: 'errors' },
    metrics: [metric],
    args: [Argument.required('n'), Argument.value('v', '1'), Argument.secretKeyRef('s', 'secret', 'key'), Argument.fieldRef('f', 'metadata.namespace')],
    dryRun: [{ metricName: 'err.*' }],
    measurementRetention: [{ metricName: 'errors', limit: 1 }],
    templates: [{ templateName: 'other', clusterScope: true }],
    version: RolloutsVersion.V1_8,
  };
  const spec = {
    metrics: [{ ...metric, provider: { prometheus: { query: 'errors' } } }],
    args: [
      { name: 'n' }, { name: 'v', value: '1' }, { name: 's', valueFrom: { secretKeyRef: { name: 'secret', key: 'key' } } }, { name: 'f', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
    ],
    dryRun: props.dryRun,
    measurementRetention: props.measurementRetention,
    templates: props.templates,
  };
  expect(new rollouts.AnalysisTemplate(newChart(), 'a', props).toJson()).toEqual({ apiVersion: 'argoproj.io/v1alpha1', kind: 'AnalysisTemplate', metadata: { name: 'errors', namespace: 'shop' }, spec });
  expect(new rollouts.ClusterAnalysisTemplate(new Chart(new App({ outdir: '/nowhere' }), 'c'), 'a', props).toJson()).toEqual({
    apiVersion: 'argoproj.io/v1alpha1', kind: 'ClusterAnalysisTemplate', metadata: { name: 'errors' }, spec,
  });
});

test('pods of cdk8s-plus, and values that are known later', () => {
  const pod: k8s.PodTemplateSpec = {
    metadata: { labels: LABELS },
    spec: {
      containers: [{
        name: 'web',
        image: Lazy.any({ produce: () => 'web:2' }) as any,
        ports: [{ containerPort: 80 }],
        resources: { limits: { memory: k8s.Quantity.fromString('1Gi') } },
        readinessProbe: { httpGet: { port: k8s.IntOrString.fromNumber(80) } },
      }],
    },
  };
  const { containers } = rollout(newChart(), { template: pod }).toJson().spec.template.spec;
  expect(containers).toEqual([{ name: 'web', image: 'web:2', ports: [{ containerPort: 80 }], resources: { limits: { memory: '1Gi' } }, readinessProbe: { httpGet: { port: 80 } } }]);
});

test('props are not changed, and may be frozen', () => {
  const freeze = (x: any): any => (Object.values(x).forEach(each => typeof each === 'object' && each !== null && freeze(each)), Object.freeze(x));
  const strategy = { canary: { ...SERVICES, steps: [{ setWeight: 5 }] } };
  const props = freeze({ ...SOUND, strategy, native: { strategy: { canary: { maxSurge: 1 } } } });
  expect(rollout(newChart(), props).toJson().spec.strategy.canary).toEqual({ ...SERVICES, steps: [{ setWeight: 5 }], maxSurge: 1 });
});

test('in a plain chart: patches work, and what they break is found', () => {
  const chart = newChart();
  const object = canary(chart, { steps: STEPS, maxUnavailable: 0 });
  object.addJsonPatch(JsonPatch.add('/spec/strategy/canary/unknown', 1));
  expect(object.node.validate()).toEqual([]);
  object.addJsonPatch(JsonPatch.replace('/spec/strategy/canary/steps/0/setWeight', 101));
  expect(object.node.validate()).toEqual([expect.stringContaining('FW722')]); // as cdk8s does, which collects nothing
  expect(codes(chart)).toEqual(['FW722']);
  object.addJsonPatch(JsonPatch.replace('/spec/strategy/canary/steps', 'none'));
  expect(codes(chart)).toEqual(['FW701']);
  expect(Testing.synth(chart)).toHaveLength(1);
});

describe('what the controller owns', () => {
  const owned = (object: ApiObject) => OwnedFields.of(object).all.flatMap(({ jsonPointers }) => jsonPointers);

  test('replicas of a Rollout that says none', () => {
    expect(owned(rollout(newChart(), { replicas: undefined }))).toEqual(['/spec/replicas']);
    expect(owned(rollout(newChart(), { replicas: 2 }))).toEqual([]);
  });

  const beside = (trafficRouting: rollouts.TrafficRouting, kind: string, name = 'web') => {
    const chart = newChart();
    rollout(chart, { strategy: Strategy.canary({ ...ROUTED, trafficRouting }) }, 'rollout');
    return OwnedFields.of(new ApiObject(chart, 'beside', { apiVersion: 'example.com/v1', kind, metadata: { name } })).all;
  };
  const istio = TrafficRouting.istio({ virtualService: { name: 'web', routes: ['primary'] } });
  const gateway = TrafficRouting.gatewayApi({ namespace: 'shop', httpRoute: 'web' });

  test.each<[string, rollouts.TrafficRouting, string, string]>([
    ['VirtualService', istio, '/spec/http', '.spec.http[].route[].weight'],
    ['HTTPRoute', gateway, '/spec/rules', '.spec.rules[].backendRefs[].weight'],
    ['TraefikService', TrafficRouting.traefik({ weightedTraefikServiceName: 'web' }), '/spec/weighted', '.spec.weighted.services[].weight'],
    ['ApisixRoute', TrafficRouting.apisix({ route: { name: 'web' } }), '/spec/http', '.spec.http[].backends[].weight'],
  ])('weights of the %s that the Rollout names', (kind, routing, pointer, weights) => {
    expect(beside(routing, kind)).toMatchObject([{ jsonPointers: [pointer], jqPathExpressions: [weights] }]);
    expect(beside(routing, kind, 'other')).toEqual([]);
    expect(beside(routing, 'ConfigMap')).toEqual([]);
  });

  test('the whole route where steps add routes of their own', () => {
    const routing = TrafficRouting.istio({ virtualService: { name: 'web', routes: ['primary'] } }, { managedRoutes: [{ name: 'own' }] });
    expect(beside(routing, 'VirtualService')).toEqual([{ jsonPointers: ['/spec/http'], owner: 'Argo Rollouts', reason: 'it splits the traffic, and adds routes for a while' }]);
  });

  test('the selector of its Services, of no others, and of none in another namespace', () => {
    const chart = newChart();
    rollout(chart, { strategy: Strategy.blueGreen({ activeService: 'web', previewService: 'web-preview' }) }, 'rollout');
    const service = (name: string, namespace?: string) => owned(new ApiObject(chart, `${namespace}-${name}`, { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace } }));
    expect(service('web')).toEqual(['/spec/selector/rollouts-pod-template-hash']);
    expect(service('web-preview')).toEqual(['/spec/selector/rollouts-pod-template-hash']);
    expect(service('db')).toEqual([]);
    expect(service('web', 'elsewhere')).toEqual([]);
  });

  test('the action of an Ingress for ALB', () => {
    expect(beside(TrafficRouting.alb({ ingress: 'web', servicePort: 80, rootService: 'root' }), 'Ingress'))
      .toMatchObject([{ jsonPointers: ['/metadata/annotations/alb.ingress.kubernetes.io~1actions.root'] }]);
    expect(beside(TrafficRouting.nginx({ stableIngress: 'web' }), 'Ingress')).toEqual([]);
  });
});

test('a sound Rollout of each strategy has no findings', () => {
  const chart = newChart();
  rollout(chart, { strategy: Strategy.canary({ ...ROUTED, trafficRouting: GATEWAY, steps: STEPS }) }, 'a');
  rollout(chart, { strategy: Strategy.canary({ maxUnavailable: 0, maxSurge: 1, steps: STEPS }) }, 'b');
  rollout(chart, { strategy: Strategy.blueGreen({ activeService: 'web', previewService: 'web-preview' }) }, 'c');
  analysisTemplate(chart);
  expect(found(chart)).toEqual([]);
});
