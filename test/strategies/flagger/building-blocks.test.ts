import { Chart, JsonPatch } from 'cdk8s';
import { ANALYSIS, chartOf, deployment, found, object, synth, VALID, WEIGHTS } from './support';
import { newPlatform } from '../../support/platform';
import { flagger, OwnedFields } from 'cdk8s-fairway';

/* The building blocks need a plain cdk8s app, and nothing else of this library. */

const {
  AlertProvider, AlertProviderType, AlertSeverity, Analysis, AutoscalerReference, Canary, CanaryMetric, CanaryTarget, FlaggerVersion, MeshProvider,
  MetricProvider, MetricTemplate, RewriteType, SameSite, StringMatch, TrafficDistribution, WebhookType,
} = flagger;

test('a Canary with no more than it needs', () => {
  expect(synth(c => new Canary(c, 'canary', { metadata: { name: 'shop' }, ...VALID }))).toEqual([{
    apiVersion: 'flagger.app/v1beta1',
    kind: 'Canary',
    metadata: { name: 'shop', namespace: 'shop' },
    spec: {
      targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
      service: { port: 80 },
      analysis: { interval: '1m', threshold: 5, stepWeight: 10, maxWeight: 50 },
    },
  }]);
});

test('a Canary with everything that Istio reads', () => {
  const outlierDetection = { consecutive5xxErrors: 5, splitExternalLocalOriginErrors: true };
  const [{ metadata, spec }] = synth(c => new Canary(c, 'canary', {
    metadata: { name: 'shop', labels: { team: 'a' }, annotations: { note: 'x' } },
    provider: MeshProvider.ISTIO,
    metricsServer: 'http://prometheus.monitoring:9090',
    targetRef: CanaryTarget.deployment('shop'),
    autoscalerRef: AutoscalerReference.scaledObject('shop', { primaryScalerReplicas: { minReplicas: 2, maxReplicas: 9 }, primaryScalerQueries: { rps: 'sum(x)' } }),
    service: {
      name: 'store',
      port: 80,
      portName: 'http',
      targetPort: 'web',
      appProtocol: 'http',
      trafficDistribution: TrafficDistribution.PREFER_CLOSE,
      portDiscovery: true,
      headless: false,
      timeout: '15s',
      gateways: ['istio-system/public', 'mesh'],
      hosts: ['shop.example.com'],
      trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' }, outlierDetection },
      match: [{ uri: StringMatch.prefix('/api'), headers: { 'x-a': StringMatch.regex('.+') }, port: 80 }],
      rewrite: { uri: '/', authority: 'x' },
      retries: { attempts: 3, perTryTimeout: '2s', retryOn: 'gateway-error' },
      headers: { request: { add: { a: 'b' }, remove: ['c'] }, response: { set: { d: '' } } },
      corsPolicy: { allowOrigins: [StringMatch.exact('https://example.com')], allowMethods: ['GET'], maxAge: '24h', allowCredentials: true },
      apex: { annotations: { a: 'b' } },
      primary: { labels: { c: 'd' } },
      canary: { labels: {} },
      unmanagedMetadata: { annotations: ['x'], labels: ['y'] },
    },
    progressDeadlineSeconds: 120,
    skipAnalysis: false,
    revertOnDeletion: true,
    suspend: false,
    analysis: Analysis.canarySteps({
      interval: '1m30s',
      threshold: 3,
      stepWeights: [1, 5, 100],
      stepWeightPromotion: 20,
      mirror: true,
      mirrorWeight: 50,
      primaryReadyThreshold: 90,
      canaryReadyThreshold: 0,
      metrics: [
        CanaryMetric.requestSuccessRate({ thresholdRange: { min: 99.5 }, interval: '2m' }),
        CanaryMetric.requestDuration({ thresholdRange: { max: 500 } }),
        CanaryMetric.template({ name: 'errors', templateRef: { name: 'errors', namespace: 'flagger' }, thresholdRange: { min: 0, max: 1 }, interval: '1m', templateVariables: { team: 'a' } }),
        CanaryMetric.query({ name: 'own', query: 'sum(x{app="{{ target }}"}[{{ interval }}])', thresholdRange: { max: -1 } }),
      ],
      webhooks: [{ name: 'load', type: WebhookType.ROLLOUT, url: 'http://loadtester.test/', timeout: '5s', metadata: { cmd: 'hey' }, retries: 2, muteAlert: true, disableTLS: false }],
      alerts: [{ name: 'all', providerRef: { name: 'slack' } }, { name: 'bad', severity: AlertSeverity.ERROR, providerRef: { name: 'slack', namespace: 'flagger' } }],
      sessionAffinity: { cookieName: 'v', primaryCookieName: 'p', maxAge: 60, domain: 'example.com', path: '/', httpOnly: true, secure: true, partitioned: true, sameSite: SameSite.NONE },
    }),
  }));
  expect(metadata).toMatchObject({ labels: { team: 'a' }, annotations: { note: 'x' } });
  expect(spec).toEqual({
    provider: 'istio',
    metricsServer: 'http://prometheus.monitoring:9090',
    targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
    autoscalerRef: {
      apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', name: 'shop', primaryScalerReplicas: { minReplicas: 2, maxReplicas: 9 }, primaryScalerQueries: { rps: 'sum(x)' },
    },
    service: {
      name: 'store',
      port: 80,
      portName: 'http',
      targetPort: 'web',
      appProtocol: 'http',
      trafficDistribution: 'PreferClose',
      portDiscovery: true,
      headless: false,
      timeout: '15s',
      gateways: ['istio-system/public', 'mesh'],
      hosts: ['shop.example.com'],
      trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' }, outlierDetection },
      match: [{ uri: { prefix: '/api' }, headers: { 'x-a': { regex: '.+' } }, port: 80 }],
      rewrite: { uri: '/', authority: 'x' },
      retries: { attempts: 3, perTryTimeout: '2s', retryOn: 'gateway-error' },
      headers: { request: { add: { a: 'b' }, remove: ['c'] }, response: { set: { d: '' } } },
      corsPolicy: { allowOrigins: [{ exact: 'https://example.com' }], allowMethods: ['GET'], maxAge: '24h', allowCredentials: true },
      apex: { annotations: { a: 'b' } },
      primary: { labels: { c: 'd' } },
      canary: { labels: {} },
      unmanagedMetadata: { annotations: ['x'], labels: ['y'] },
    },
    progressDeadlineSeconds: 120,
    skipAnalysis: false,
    revertOnDeletion: true,
    suspend: false,
    analysis: {
      interval: '1m30s',
      threshold: 3,
      stepWeights: [1, 5, 100],
      stepWeightPromotion: 20,
      mirror: true,
      mirrorWeight: 50,
      primaryReadyThreshold: 90,
      canaryReadyThreshold: 0,
      metrics: [
        { name: 'request-success-rate', thresholdRange: { min: 99.5 }, interval: '2m' },
        { name: 'request-duration', thresholdRange: { max: 500 } },
        { name: 'errors', templateRef: { name: 'errors', namespace: 'flagger' }, thresholdRange: { min: 0, max: 1 }, interval: '1m', templateVariables: { team: 'a' } },
        { name: 'own', query: 'sum(x{app="{{ target }}"}[{{ interval }}])', thresholdRange: { max: -1 } },
      ],
      webhooks: [{ name: 'load', type: 'rollout', url: 'http://loadtester.test/', timeout: '5s', metadata: { cmd: 'hey' }, retries: 2, muteAlert: true, disableTLS: false }],
      alerts: [{ name: 'all', severity: 'info', providerRef: { name: 'slack' } }, { name: 'bad', severity: 'error', providerRef: { name: 'slack', namespace: 'flagger' } }],
      sessionAffinity: { cookieName: 'v', primaryCookieName: 'p', maxAge: 60, domain: 'example.com', path: '/', httpOnly: true, secure: true, partitioned: true, sameSite: 'None' },
    },
  });
});

test('blue/green with the Gateway API', () => {
  const [{ spec }] = synth(c => new Canary(c, 'canary', {
    ...VALID,
    provider: MeshProvider.GATEWAYAPI_V1,
    service: {
      port: 80,
      timeout: '10s',
      backendTimeout: '2s',
      gatewayRefs: [{ name: 'public', namespace: 'gateways', sectionName: 'https', port: 443, group: 'gateway.networking.k8s.io', kind: 'Gateway' }],
      hosts: ['*.example.com'],
      rewrite: { uri: '/v2', type: RewriteType.REPLACE_PREFIX_MATCH },
      mirror: [{ backendRef: { name: 'audit', port: 80 } }],
      corsPolicy: { allowOrigin: ['https://example.com'] },
    },
    analysis: Analysis.blueGreen({ ...ANALYSIS, iterations: 4, mirror: true }),
  }));
  expect(spec).toMatchObject({
    provider: 'gatewayapi:v1',
    service: { gatewayRefs: [{ name: 'public', namespace: 'gateways', port: 443 }], rewrite: { uri: '/v2', type: 'ReplacePrefixMatch' }, mirror: [{ backendRef: { name: 'audit', port: 80 } }] },
    analysis: { interval: '1m', threshold: 5, iterations: 4, mirror: true },
  });
});

test.each<[string, any, any]>([
  ['NGINX', { provider: MeshProvider.NGINX, ingressRef: 'shop' }, { ingressRef: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'shop' } }],
  ['APISIX', { provider: MeshProvider.APISIX, routeRef: 'shop' }, { routeRef: { apiVersion: 'apisix.apache.org/v2', kind: 'ApisixRoute', name: 'shop' } }],
  ['Gloo', { provider: MeshProvider.GLOO, upstreamRef: { name: 'shop', namespace: 'gloo' } }, { upstreamRef: { apiVersion: 'gloo.solo.io/v1', kind: 'Upstream', name: 'shop', namespace: 'gloo' } }],
  ['App Mesh', { provider: MeshProvider.APPMESH, service: { port: 80, meshName: 'global', backends: ['backend.shop'] } }, { service: { meshName: 'global' } }],
  ['Knative', { provider: MeshProvider.KNATIVE, targetRef: CanaryTarget.knativeService('shop'), service: undefined }, { targetRef: { apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'shop' } }],
  ['a Service', { targetRef: CanaryTarget.service('shop') }, { targetRef: { apiVersion: 'v1', kind: 'Service', name: 'shop' } }],
  ['a DaemonSet', { targetRef: CanaryTarget.daemonSet('shop') }, { targetRef: { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'shop' } }],
  ['an autoscaler', { autoscalerRef: AutoscalerReference.horizontalPodAutoscaler('shop') }, { autoscalerRef: { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', name: 'shop' } }],
  ['A/B testing', {
    provider: MeshProvider.NGINX, ingressRef: 'shop', analysis: Analysis.abTesting({ ...ANALYSIS, iterations: 3, match: [{ headers: { 'x-canary': StringMatch.exact('yes') } }, { headers: { cookie: StringMatch.exact('canary') } }] }),
  }, { analysis: { iterations: 3, match: [{ headers: { 'x-canary': { exact: 'yes' } } }, { headers: { cookie: { exact: 'canary' } } }] } }],
])('a Canary with %s', (_, props, expected) => {
  const [{ spec }] = synth(c => new Canary(c, 'canary', { ...VALID, ...props }));
  expect(spec).toMatchObject(expected);
});

test.each<[string, any, any]>([
  ['prometheus', MetricProvider.prometheus({ address: 'https://p', secretRef: 's', headers: { 'X-Scope-OrgID': ['a'] }, insecureSkipVerify: false }),
    { type: 'prometheus', address: 'https://p', secretRef: { name: 's' }, headers: { 'X-Scope-OrgID': ['a'] }, insecureSkipVerify: false }],
  ['datadog', MetricProvider.datadog({ secretRef: 's', address: 'https://api.datadoghq.eu' }), { type: 'datadog', address: 'https://api.datadoghq.eu', secretRef: { name: 's' } }],
  ['new relic', MetricProvider.newRelic({ secretRef: 's' }), { type: 'newrelic', secretRef: { name: 's' } }],
  ['graphite', MetricProvider.graphite({ address: 'http://g' }), { type: 'graphite', address: 'http://g' }],
  ['influxdb', MetricProvider.influxDb({ address: 'http://i', secretRef: 's' }), { type: 'influxdb', address: 'http://i', secretRef: { name: 's' } }],
  ['stackdriver', MetricProvider.stackdriver('s'), { type: 'stackdriver', secretRef: { name: 's' } }],
  ['dynatrace', MetricProvider.dynatrace({ address: 'https://d', secretRef: 's' }), { type: 'dynatrace', address: 'https://d', secretRef: { name: 's' } }],
  ['splunk', MetricProvider.splunk({ address: 'wss://stream.eu0.signalfx.com', secretRef: 's' }), { type: 'splunk', address: 'wss://stream.eu0.signalfx.com', secretRef: { name: 's' } }],
])('a MetricTemplate of %s', (_, provider, expected) => {
  const query = 'x{a="{{ target }}", b=`{{ index variables "b-c" }}`}[{{- interval -}}]{{/* note */}} {{ printf "%s" namespace }} {{ if eq name "x" }}{{ variables.d }}{{ end }}';
  expect(synth(c => new MetricTemplate(c, 'template', { metadata: { name: 'errors' }, provider, query }))).toEqual([{
    apiVersion: 'flagger.app/v1beta1', kind: 'MetricTemplate', metadata: { name: 'errors', namespace: 'shop' }, spec: { provider: expected, query },
  }]);
});

test.each<[any, string]>([
  [MetricProvider.cloudWatch('eu-central-1'), '[{"Id": "e1", "Expression": "m1 / {{ variables.total }}"}]'],
  [MetricProvider.keptn(), 'keptnmetric/{{ namespace }}/response-time'],
  [MetricProvider.externalMetrics(), '{{ namespace }}/rps?labelSelector=app%3Dx'],
  [MetricProvider.externalMetrics({ address: 'https://api', secretRef: 's' }), 'rps'],
])('a MetricTemplate with a query of its own form: %#', (provider, query) => {
  expect(synth(c => new MetricTemplate(c, 'template', { provider, query }))[0].spec.query).toBe(query);
});

test('AlertProviders', () => {
  expect(synth(c => new AlertProvider(c, 'a', { metadata: { name: 'slack' }, type: AlertProviderType.SLACK, secretRef: 's', channel: 'releases', username: 'bot', proxy: 'http://proxy:3128' }))).toEqual([{
    apiVersion: 'flagger.app/v1beta1',
    kind: 'AlertProvider',
    metadata: { name: 'slack', namespace: 'shop' },
    spec: { type: 'slack', secretRef: { name: 's' }, channel: 'releases', username: 'bot', proxy: 'http://proxy:3128' },
  }]);
  expect(synth(c => new AlertProvider(c, 'a', { type: AlertProviderType.GCHAT, address: 'https://chat.example.com/x' }))[0].spec).toEqual({ type: 'gchat', address: 'https://chat.example.com/x' });
});

test('what has no property is patched in', () => {
  const [{ spec }] = synth(c => new Canary(c, 'canary', VALID).addJsonPatch(JsonPatch.add('/spec/analysis/future', 1)));
  expect(spec.analysis.future).toBe(1);
});

test('what the program does to its values afterwards changes nothing', () => {
  const weights = [10, 20];
  const hosts = ['a.example.com'];
  const props = { ...VALID, service: { port: 80, hosts }, analysis: Analysis.canarySteps({ ...ANALYSIS, stepWeights: weights }) };
  const [{ spec }] = synth(c => {
    new Canary(c, 'canary', props);
    weights.push(5);
    hosts.push('b');
  });
  expect(spec).toMatchObject({ service: { hosts: ['a.example.com'] }, analysis: { stepWeights: [10, 20] } });
});

test('hostile texts stay data', () => {
  const hostile = '{{ "x" }}: \'&*!%@`\n---\n# "]';
  const metadata = { [hostile]: hostile };
  const [{ spec }] = synth(c => new Canary(c, 'canary', {
    ...VALID, analysis: Analysis.canary({ ...WEIGHTS, webhooks: [{ name: hostile, type: WebhookType.EVENT, url: 'https://a/?q=%22', metadata }] }),
  }));
  expect(spec.analysis.webhooks[0].name).toBe(hostile);
  expect(spec.analysis.webhooks[0].metadata).toEqual(metadata);
});

describe('fields that Flagger owns', () => {
  const pointersOf = (o: any) => OwnedFields.of(o).all.flatMap(each => each.jsonPointers);

  test('are marked on a target that stands in the chart already', () => {
    const chart = chartOf();
    const target = object(chart, 'Deployment', 'shop', deployment());
    const other = object(chart, 'Deployment', 'other', deployment());
    const namesake = object(chart, 'Deployment', 'shop', deployment(), 'apps/v1', 'elsewhere');
    new Canary(chart, 'canary', VALID);
    expect(OwnedFields.of(target).all).toEqual([{ jsonPointers: ['/spec/replicas'], owner: 'Flagger', reason: 'the target has no pods between releases' }]);
    expect([...pointersOf(other), ...pointersOf(namesake)]).toEqual([]);
  });

  test('are marked on a target that comes later', () => {
    const chart = chartOf();
    new Canary(chart, 'canary', { ...VALID, targetRef: CanaryTarget.daemonSet('shop') });
    const target = object(chart, 'DaemonSet', 'shop', deployment());
    expect(pointersOf(target)).toEqual(['/spec/template/spec/nodeSelector/flagger.app~1scale-to-zero']);
  });

  test('are marked on a ScaledObject and a Knative Service', () => {
    const chart = chartOf();
    const scaled = object(chart, 'ScaledObject', 'scaler', { scaleTargetRef: { name: 'shop' } });
    new Canary(chart, 'canary', { ...VALID, autoscalerRef: AutoscalerReference.scaledObject('scaler') });
    const service = object(chart, 'Service', 'fn', {}, 'serving.knative.dev/v1');
    new Canary(chart, 'fn', { targetRef: CanaryTarget.knativeService('fn'), provider: MeshProvider.KNATIVE, analysis: VALID.analysis });
    expect(pointersOf(scaled)).toEqual(['/metadata/annotations/autoscaling.keda.sh~1paused-replicas']);
    expect(pointersOf(service)).toEqual(['/spec/traffic', '/metadata/annotations/flagger.app~1primary-revision']);
  });
});

test('in a platform, findings of the tree are found by its check', () => {
  const platform = newPlatform();
  const chart = new Chart(platform, 'chart', { namespace: 'shop' });
  new Canary(chart, 'canary', VALID);
  object(chart, 'Service', 'shop');
  expect(platform.check().filter(f => f.code === 'FW686')).toMatchObject([{ path: 'chart/canary' }]);
});

test('a plain cdk8s app fails for what is found in the tree', () => {
  const chart = chartOf();
  new Canary(chart, 'canary', VALID);
  object(chart, 'Service', 'shop');
  expect(chart.node.root.node.validate()).toEqual([expect.stringContaining('FW686')]);
});

test('every version takes what it has', () => {
  for (const flaggerVersion of Object.values(FlaggerVersion)) {
    expect(found(c => new Canary(c, 'canary', { ...VALID, flaggerVersion }))).toEqual([]);
  }
});
