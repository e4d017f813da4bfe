import { chartOf, ANALYSIS, VALID, WEIGHTS, found } from './support';
import { expectFinding, expectWellSaid, NO_TEXT, titled } from '../../support/misuse';
import { flagger } from 'cdk8s-fairway';

/* What Flagger would refuse, ignore or wait for in vain, is said by the constructor. */

const {
  AlertProvider, AlertProviderType, Analysis, AutoscalerReference, Canary, CanaryMetric, CanaryTarget, FlaggerVersion, MeshProvider,
  MetricProvider, MetricTemplate, SameSite, StringMatch, TrafficDistribution, WebhookType,
} = flagger;

const refused = (code: string, props: any) => expectFinding(() => new Canary(chartOf(), 'canary', { ...VALID, ...props }), code, 'chart/canary');
const service = (fields: any) => ({ service: { port: 80, ...fields } });
const canary = (fields: any) => ({ analysis: Analysis.canary({ ...WEIGHTS, ...fields }) });
const steps = (stepWeights: any, fields: any = {}) => ({ analysis: Analysis.canarySteps({ ...ANALYSIS, stepWeights, ...fields }) });
const blueGreen = (fields: any = {}) => ({ analysis: Analysis.blueGreen({ ...ANALYSIS, iterations: 3, ...fields }) });
const abTesting = (match: any, fields: any = {}) => ({ analysis: Analysis.abTesting({ ...ANALYSIS, iterations: 3, match, ...fields }) });
const metrics = (...list: any[]) => canary({ metrics: list });
const hook = (fields: any) => ({ webhooks: [{ name: 'hook', type: WebhookType.ROLLOUT, url: 'http://a', ...fields }] });
const gateway = { provider: MeshProvider.GATEWAYAPI_V1 };
const gatewayService = (fields: any = {}) => service({ gatewayRefs: [{ name: 'g' }], ...fields });
const nginx = { provider: MeshProvider.NGINX, ingressRef: 'shop' };
const HEADER = [{ headers: { 'x-a': StringMatch.exact('b') } }];

test.each<[code: string, title: string, props: any]>([
  ['FW650', 'no target', { targetRef: undefined }],
  ['FW650', 'no analysis', { analysis: undefined }],
  ['FW650', 'no service for a Deployment', { service: undefined }],
  ['FW650', 'no port', { service: {} }],
  ['FW650', 'no interval', { analysis: Analysis.canary({ threshold: 1, stepWeight: 5 } as any) }],
  ['FW650', 'no threshold', { analysis: Analysis.canary({ interval: '1m', stepWeight: 5 } as any) }],
  ['FW650', 'no weights', { analysis: Analysis.canary(ANALYSIS as any) }],
  ['FW650', 'no iterations', { analysis: Analysis.blueGreen(ANALYSIS as any) }],
  ['FW650', 'no match', { analysis: Analysis.abTesting({ ...ANALYSIS, iterations: 1 } as any) }],
  ['FW650', 'an empty match', { provider: MeshProvider.ISTIO, ...abTesting([]) }],
  ['FW650', 'no properties of the analysis', { analysis: Analysis.canary(undefined as any) }],
  ['FW650', 'a webhook without URL', canary({ webhooks: [{ name: 'a', type: WebhookType.EVENT }] })],
  ['FW650', 'an alert without provider', canary({ alerts: [{ name: 'a' }] })],
  ['FW650', 'an empty host', service({ hosts: [''] })],
  ['FW650', 'a mirror without port', { ...gateway, ...gatewayService({ mirror: [{ backendRef: { name: 'a' } }] }) }],
  ['FW651', 'a target as text', { targetRef: 'shop' }],
  ['FW651', 'an analysis as map', { analysis: { ...WEIGHTS } }],
  ['FW651', 'an autoscaler as text', { autoscalerRef: 'shop' }],
  ['FW651', 'an unknown provider', { provider: 'gatewayapi' }],
  ['FW651', 'an unknown version', { flaggerVersion: '2.0' }],
  ['FW651', 'a fraction of a deadline', { progressDeadlineSeconds: 1.5 }],
  ['FW651', 'a deadline of zero', { progressDeadlineSeconds: 0 }],
  ['FW651', 'a text for a flag', { skipAnalysis: 'true' }],
  ['FW651', 'a metrics server without scheme', { metricsServer: 'prometheus:9090' }],
  ['FW651', 'a hostile name of an Ingress', { provider: MeshProvider.NGINX, ingressRef: 'a\nb' }],
  ['FW651', 'a readiness above 100', canary({ primaryReadyThreshold: 101 })],
  ['FW651', 'a promotion step of zero', canary({ stepWeightPromotion: 0 })],
  ['FW651', 'an unknown type of webhook', canary(hook({ type: 'confirm' }))],
  ['FW651', 'retries below zero', canary(hook({ retries: -1 }))],
  ['FW651', 'numbers as metadata', canary(hook({ metadata: { a: 1 } }))],
  ['FW651', 'metadata that cannot be copied', canary(hook({ metadata: JSON.parse('{"__proto__": "a"}') }))],
  ['FW651', 'metadata that cannot be printed', canary(hook({ metadata: { constructor: 'a' } }))],
  ['FW651', 'an unknown severity', canary({ alerts: [{ name: 'a', severity: 'fatal', providerRef: { name: 'a' } }] })],
  ['FW651', 'metrics that are none', canary({ metrics: [{ name: 'a' }] })],
  ['FW651', 'a header as text', { provider: MeshProvider.ISTIO, ...abTesting([{ headers: { a: 'b' } }]) }],
  ['FW651', 'too many gateways', { ...gateway, ...service({ gatewayRefs: Array.from({ length: 33 }, () => ({ name: 'a' })) }) }],
  ['FW651', 'more replicas at least than at most', { autoscalerRef: AutoscalerReference.horizontalPodAutoscaler('a', { primaryScalerReplicas: { minReplicas: 3, maxReplicas: 2 } }) }],
  ['FW651', 'no replicas', { autoscalerRef: AutoscalerReference.horizontalPodAutoscaler('a', { primaryScalerReplicas: { minReplicas: 0 } }) }],
  ['FW651', 'queries for an autoscaler without', { autoscalerRef: AutoscalerReference.horizontalPodAutoscaler('a', { primaryScalerQueries: { a: 'b' } }) }],
  ['FW651', 'an unknown distribution', service({ trafficDistribution: 'Near' })],
  ['FW652', 'a misspelt field', { progressDeadlineSecond: 5 }],
  ['FW652', 'a misspelt field of the service', service({ targetport: 80 })],
  ['FW652', 'weights and iterations', canary({ iterations: 3 })],
  ['FW652', 'a maximum beside a list', steps([10, 20], { maxWeight: 50 })],
  ['FW652', 'mirroring in A/B testing', { provider: MeshProvider.ISTIO, ...abTesting(HEADER, { mirror: true }) }],
  ['FW652', 'affinity in A/B testing', { provider: MeshProvider.ISTIO, ...abTesting(HEADER, { sessionAffinity: { cookieName: 'a' } }) }],
  ['FW652', 'paths in an A/B match', { provider: MeshProvider.ISTIO, ...abTesting([{ uri: StringMatch.exact('/') }]) }],
  ['FW652', 'an unknown part of a traffic policy', service({ trafficPolicy: { portLevelSettings: {} } })],
  ['FW654', 'an interval in hours', canary({ interval: '1h' })],
  ['FW654', 'an interval with a fraction', canary({ interval: '1.5m' })],
  ['FW654', 'an interval in seconds as words', canary({ interval: '90sec' })],
  ['FW654', 'an interval as number', canary({ interval: 60 })],
  ['FW654', 'an interval of a metric', metrics(CanaryMetric.requestDuration({ thresholdRange: { max: 5 }, interval: '1d' }))],
  ['FW654', 'a timeout of a webhook', canary(hook({ timeout: '500ms' }))],
  ['FW654', 'a timeout of the service', service({ timeout: '1.5s' })],
  ['FW654', 'a timeout with a sign', service({ timeout: '-1s' })],
  ['FW656', 'a step of zero', canary({ stepWeight: 0 })],
  ['FW656', 'a step beyond all', canary({ stepWeight: 101 })],
  ['FW656', 'a fraction of a step', canary({ stepWeight: 0.5 })],
  ['FW656', 'a step as text', canary({ stepWeight: '10' })],
  ['FW656', 'a first step beyond the maximum', canary({ stepWeight: 60, maxWeight: 50 })],
  ['FW656', 'no steps', steps([])],
  ['FW656', 'no list', steps(10)],
  ['FW656', 'a step twice', steps([10, 10, 50])],
  ['FW656', 'steps that fall', steps([50, 10])],
  ['FW656', 'a step of zero in a list', steps([0, 10])],
  ['FW656', 'a step above 100', steps([50, 110])],
  ['FW656', 'holes in a list', steps(new Array(3))],
  ['FW658', 'a threshold of zero', canary({ threshold: 0 })],
  ['FW658', 'a fraction of a threshold', canary({ threshold: 1.5 })],
  ['FW658', 'iterations of zero', blueGreen({ iterations: 0 })],
  ['FW658', 'iterations as text', { provider: MeshProvider.ISTIO, ...abTesting(HEADER, { iterations: '3' }) }],
  ['FW659', 'weights without a router', { provider: MeshProvider.KUBERNETES }],
  ['FW659', 'A/B testing without a router', { provider: MeshProvider.KUBERNETES, ...abTesting(HEADER) }],
  ['FW659', 'A/B testing with Traefik', { provider: MeshProvider.TRAEFIK, ...abTesting(HEADER) }],
  ['FW659', 'A/B testing with APISIX', { provider: MeshProvider.APISIX, routeRef: 'a', ...abTesting(HEADER) }],
  ['FW659', 'A/B testing with Linkerd', { provider: MeshProvider.LINKERD, ...abTesting(HEADER) }],
  ['FW660', 'mirroring with NGINX', { ...nginx, ...canary({ mirror: true }) }],
  ['FW660', 'mirroring with weights and the Gateway API', { ...gateway, ...gatewayService(), ...canary({ mirror: true }) }],
  ['FW660', 'mirroring without a router', { provider: MeshProvider.KUBERNETES, ...blueGreen({ mirror: true }) }],
  ['FW660', 'a share of nothing', { provider: MeshProvider.ISTIO, ...canary({ mirrorWeight: 5 }) }],
  ['FW660', 'a share with the Gateway API', { ...gateway, ...gatewayService(), ...blueGreen({ mirror: true, mirrorWeight: 5 }) }],
  ['FW661', 'one name for both cookies', { provider: MeshProvider.ISTIO, ...canary({ sessionAffinity: { cookieName: 'a', primaryCookieName: 'a' } }) }],
  ['FW661', 'a hostile cookie name', canary({ sessionAffinity: { cookieName: 'a=b; Domain=evil' } })],
  ['FW661', 'a cookie name that is an expression', canary({ sessionAffinity: { cookieName: '.*' } })],
  ['FW661', 'an attribute within an attribute', canary({ sessionAffinity: { cookieName: 'a', domain: 'a; Secure' } })],
  ['FW661', 'cookies with NGINX', { ...nginx, ...canary({ sessionAffinity: { cookieName: 'a' } }) }],
  ['FW661', 'a cookie of the primary with v1beta1', { provider: MeshProvider.GATEWAYAPI_V1BETA1, ...gatewayService(), ...canary({ sessionAffinity: { cookieName: 'a', primaryCookieName: 'b' } }) }],
  ['FW661', 'a cookie for all sites by http', canary({ sessionAffinity: { cookieName: 'a', sameSite: SameSite.NONE } })],
  ['FW662', 'a prefix with the Gateway API', { ...gateway, ...gatewayService(), ...abTesting([{ headers: { a: StringMatch.prefix('b') } }]) }],
  ['FW662', 'labels with the Gateway API', { ...gateway, ...gatewayService(), ...abTesting([{ sourceLabels: { app: 'b' } }]) }],
  ['FW662', 'no condition', { provider: MeshProvider.ISTIO, ...abTesting([{}]) }],
  ['FW662', 'a suffix with Istio', { provider: MeshProvider.ISTIO, ...abTesting([{ headers: { a: StringMatch.suffix('b') } }]) }],
  ['FW662', 'parameters beside service.match with Istio', {
    provider: MeshProvider.ISTIO, ...service({ match: [{ uri: StringMatch.prefix('/') }] }), ...abTesting([{ queryParams: { a: StringMatch.exact('b') } }]),
  }],
  ['FW662', 'an expression with Contour', { provider: MeshProvider.CONTOUR, ...abTesting([{ headers: { a: StringMatch.regex('b') } }]) }],
  ['FW662', 'parameters with NGINX', { ...nginx, ...abTesting([{ queryParams: { a: StringMatch.exact('b') } }]) }],
  ['FW662', 'two headers with NGINX', { ...nginx, ...abTesting([{ headers: { a: StringMatch.exact('b') } }, { headers: { c: StringMatch.exact('d') } }]) }],
  ['FW662', 'an expression of a cookie with NGINX', { ...nginx, ...abTesting([{ headers: { cookie: StringMatch.regex('b') } }]) }],
  ['FW662', 'a method by expression with the Gateway API', { ...gateway, ...gatewayService({ match: [{ method: StringMatch.regex('GET|PUT') }] }) }],
  ['FW662', 'a suffix of a path', service({ match: [{ uri: StringMatch.suffix('.js') }] })],
  ['FW663', 'a query with a built-in name', metrics(CanaryMetric.query({ name: 'request-duration', query: 'x', thresholdRange: { max: 1 } }))],
  ['FW663', 'a metric twice', metrics(CanaryMetric.query({ name: 'a', query: 'x', thresholdRange: { max: 1 } }), CanaryMetric.query({ name: 'a', query: 'y', thresholdRange: { max: 1 } }))],
  ['FW664', 'a range without limits', metrics(CanaryMetric.query({ name: 'a', query: 'x', thresholdRange: {} }))],
  ['FW664', 'a range upside down', metrics(CanaryMetric.query({ name: 'a', query: 'x', thresholdRange: { min: 2, max: 1 } }))],
  ['FW664', 'a fraction of a millisecond', metrics(CanaryMetric.requestDuration({ thresholdRange: { max: 0.5 } }))],
  ['FW664', 'a success rate above 100', metrics(CanaryMetric.requestSuccessRate({ thresholdRange: { min: 101 } }))],
  ['FW666', 'a webhook without scheme', canary(hook({ url: 'loadtester.test' }))],
  ['FW666', 'a webhook with another scheme', canary(hook({ url: 'file:///etc/passwd' }))],
  ['FW666', 'a webhook with credentials', canary(hook({ url: 'https://user:secret@example.com' }))],
  ['FW666', 'a webhook with a line break', canary(hook({ url: 'https://example.com/\nx' }))],
  ['FW667', 'an approval of traffic in blue/green', blueGreen(hook({ type: WebhookType.CONFIRM_TRAFFIC_INCREASE }))],
  ['FW667', 'an approval of traffic in A/B testing', { provider: MeshProvider.ISTIO, ...abTesting(HEADER, hook({ type: WebhookType.CONFIRM_TRAFFIC_INCREASE })) }],
  ['FW669', 'NGINX without Ingress', { provider: MeshProvider.NGINX }],
  ['FW669', 'Skipper without Ingress', { provider: MeshProvider.SKIPPER }],
  ['FW669', 'APISIX without route', { provider: MeshProvider.APISIX }],
  ['FW669', 'the Gateway API without Gateway', gateway],
  ['FW669', 'the Gateway API with no Gateways', { ...gateway, ...service({ gatewayRefs: [] }) }],
  ['FW669', 'App Mesh without mesh', { provider: MeshProvider.APPMESH }],
  ['FW670', 'an Ingress for Istio', { provider: MeshProvider.ISTIO, ingressRef: 'shop' }],
  ['FW670', 'a Gateway for NGINX', { ...nginx, ...gatewayService() }],
  ['FW670', 'retries with the Gateway API', { ...gateway, ...gatewayService({ retries: { attempts: 3 } }) }],
  ['FW670', 'a backend timeout with Istio', { provider: MeshProvider.ISTIO, ...service({ backendTimeout: '1s' }) }],
  ['FW670', 'delegation with the Gateway API', { ...gateway, ...gatewayService({ delegation: true }) }],
  ['FW670', 'origins by condition with the Gateway API', { ...gateway, ...gatewayService({ corsPolicy: { allowOrigins: [StringMatch.exact('a')] } }) }],
  ['FW670', 'a scheme with the Gateway API', { ...gateway, ...gatewayService({ match: [{ scheme: StringMatch.exact('http') }] }) }],
  ['FW671', 'a delegate with hosts', { provider: MeshProvider.ISTIO, ...service({ delegation: true, hosts: ['a'] }) }],
  ['FW671', 'a delegate with gateways', service({ delegation: true, gateways: ['a'] })],
  ['FW672', 'a Knative target without the provider', { targetRef: CanaryTarget.knativeService('shop') }],
  ['FW672', 'the provider without a Knative target', { provider: MeshProvider.KNATIVE }],
  ['FW673', 'an autoscaler of a DaemonSet', { targetRef: CanaryTarget.daemonSet('shop'), autoscalerRef: AutoscalerReference.horizontalPodAutoscaler('a') }],
  ['FW673', 'an autoscaler of a Knative Service', {
    targetRef: CanaryTarget.knativeService('shop'), provider: MeshProvider.KNATIVE, autoscalerRef: AutoscalerReference.horizontalPodAutoscaler('a'),
  }],
  ['FW674', 'a long target', { targetRef: CanaryTarget.deployment('a'.repeat(56)) }],
  ['FW674', 'a target with dots', { targetRef: CanaryTarget.deployment('a.b') }],
  ['FW674', 'no name of a target', { targetRef: CanaryTarget.deployment(undefined as any) }],
  ['FW674', 'a long service name', service({ name: 'a'.repeat(56) })],
  ['FW674', 'a hostile service name', service({ name: '../a' })],
  ['FW675', 'a port of zero', service({ port: 0 })],
  ['FW675', 'a port as text', service({ port: '80' })],
  ['FW675', 'a port beyond', service({ port: 65536 })],
  ['FW675', 'a target port that is no name', service({ targetPort: 'HTTP' })],
  ['FW675', 'a port name that is none', service({ portName: 'http port' })],
  ['FW676', 'a backend that takes longer', { ...gateway, ...gatewayService({ timeout: '10s', backendTimeout: '1m' }) }],
  ['FW678', 'a query that is not closed', metrics(CanaryMetric.query({ name: 'a', query: 'x{{ target', thresholdRange: { max: 1 } }))],
  ['FW678', 'a query with a variable that is not given', metrics(CanaryMetric.query({ name: 'a', query: '{{ variables.b }}', templateVariables: { c: 'd' }, thresholdRange: { max: 1 } }))],
])('%s: %s', (code, _, props) => {
  refused(code, props);
});

describe('FW653: versions', () => {
  const affinity = (fields: any) => canary({ sessionAffinity: { cookieName: 'a', ...fields } });
  test.each<[string, any, any]>([
    ['1.40', FlaggerVersion.V1_40, service({ headless: true })],
    ['1.40', FlaggerVersion.V1_40, { targetRef: CanaryTarget.knativeService('a'), provider: MeshProvider.KNATIVE }],
    ['1.40', FlaggerVersion.V1_40, { ...gateway, ...gatewayService(), ...affinity({ primaryCookieName: 'b' }) }],
    ['1.41', FlaggerVersion.V1_41, service({ trafficDistribution: TrafficDistribution.PREFER_CLOSE })],
    ['1.41', FlaggerVersion.V1_41, service({ unmanagedMetadata: {} })],
    ['1.41', FlaggerVersion.V1_41, { ...gateway, ...gatewayService({ corsPolicy: {} }) }],
    ['1.41', FlaggerVersion.V1_41, affinity({ secure: true })],
    ['1.42', FlaggerVersion.V1_42, { provider: MeshProvider.ISTIO, ...affinity({ primaryCookieName: 'b' }) }],
    ['1.43', FlaggerVersion.V1_43, { ...gateway, ...gatewayService({ backendTimeout: '1s' }) }],
    ['1.43', FlaggerVersion.V1_43, service({ trafficPolicy: { outlierDetection: { consecutiveLocalOriginFailures: 1 } } })],
  ])('%s: %#', (version, flaggerVersion, props) => {
    expect(refused('FW653', { flaggerVersion, ...props }).message).toContain(version);
    const next = Object.values(FlaggerVersion)[Object.values(FlaggerVersion).indexOf(flaggerVersion) + 1];
    expect(() => new Canary(chartOf(), 'canary', { ...VALID, ...props, flaggerVersion: next })).not.toThrow();
  });

  test('of templates', () => {
    const template = (flaggerVersion: any, provider: any) => () => new MetricTemplate(chartOf(), 't', { provider, query: 'a', flaggerVersion });
    expectFinding(template(FlaggerVersion.V1_42, MetricProvider.externalMetrics()), 'FW653');
    expectFinding(template(FlaggerVersion.V1_40, MetricProvider.prometheus({ address: 'http://a', headers: { a: ['b'] } })), 'FW653');
  });
});

describe('warnings', () => {
  test.each<[string, string, any]>([
    ['FW655', 'a short interval', canary({ interval: '5s' })],
    ['FW657', 'a maximum that is passed', canary({ stepWeight: 20, maxWeight: 50 })],
    ['FW665', 'a fraction as success rate', metrics(CanaryMetric.requestSuccessRate({ thresholdRange: { min: 0.99 } }))],
    ['FW668', 'no TLS', canary(hook({ disableTLS: true }))],
    ['FW697', 'a webhook of a skipped analysis', { skipAnalysis: true, ...canary(hook({})) }],
  ])('%s: %s', (code, _, props) => {
    const findings = found(c => new Canary(c, 'canary', { ...VALID, ...props }));
    expect(findings.map(f => [f.code, f.severity])).toEqual([[code, 'warning']]);
    expectWellSaid(findings[0]);
  });

  test.each<[string, any]>([
    ['ten seconds', canary({ interval: '10s' })],
    ['steps that reach the maximum', canary({ stepWeight: 25, maxWeight: 50 })],
    ['a last step that is cut at 100', canary({ stepWeight: 30, maxWeight: 100 })],
    ['a percentage', metrics(CanaryMetric.requestSuccessRate({ thresholdRange: { min: 99 } }))],
    ['an approval of a skipped analysis', { skipAnalysis: true, ...canary(hook({ type: WebhookType.CONFIRM_ROLLOUT })) }],
  ])('none for %s', (_, props) => expect(found(c => new Canary(c, 'canary', { ...VALID, ...props }))).toEqual([]));

  test('FW668 of a template, FW681 of an alert provider', () => {
    expect(found(c => new MetricTemplate(c, 't', { provider: MetricProvider.graphite({ address: 'https://a', insecureSkipVerify: true }), query: 'target=a' })).map(f => f.code)).toEqual(['FW668']);
    expect(found(c => new AlertProvider(c, 'a', { type: AlertProviderType.SLACK, address: 'https://hooks.example.com/x' })).map(f => f.code)).toEqual(['FW681']);
  });
});

describe('templates', () => {
  const prometheus = MetricProvider.prometheus({ address: 'http://a' });
  test.each<[string, string, any]>([
    ['FW650', 'nothing', {}],
    ['FW650', 'no query', { provider: prometheus }],
    ['FW650', 'an empty query', { provider: prometheus, query: ' ' }],
    ['FW651', 'a provider as text', { provider: 'prometheus', query: 'a' }],
    ['FW651', 'headers without lists', { provider: MetricProvider.prometheus({ address: 'http://a', headers: { a: 'b' } as any }), query: 'a' }],
    ['FW652', 'a field of another provider', { provider: MetricProvider.prometheus({ address: 'http://a', region: 'b' } as any), query: 'a' }],
    ['FW677', 'Prometheus without address', { provider: MetricProvider.prometheus({} as any), query: 'a' }],
    ['FW677', 'Prometheus with nothing', { provider: MetricProvider.prometheus(undefined as any), query: 'a' }],
    ['FW677', 'an address that is no URL', { provider: MetricProvider.prometheus({ address: 'prometheus:9090' }), query: 'a' }],
    ['FW677', 'Datadog without Secret', { provider: MetricProvider.datadog({} as any), query: 'a' }],
    ['FW677', 'CloudWatch without region', { provider: MetricProvider.cloudWatch(''), query: '[{}]' }],
    ['FW677', 'Stackdriver without Secret', { provider: MetricProvider.stackdriver(undefined as any), query: 'a' }],
    ['FW677', 'Splunk without address', { provider: MetricProvider.splunk({ secretRef: 'a' } as any), query: 'a' }],
    ['FW678', 'an unknown function', { provider: prometheus, query: '{{ deployment }}' }],
    ['FW678', 'a field with a dot', { provider: prometheus, query: '{{ .Target }}' }],
    ['FW678', 'a variable with a hyphen', { provider: prometheus, query: '{{ variables.a-b }}' }],
    ['FW678', 'an action that is not closed', { provider: prometheus, query: 'a{b="{{ target }"}' }],
    ['FW678', 'an empty action', { provider: prometheus, query: 'a {{ }}' }],
    ['FW679', 'CloudWatch without JSON', { provider: MetricProvider.cloudWatch('eu'), query: 'SELECT 1' }],
    ['FW679', 'CloudWatch with one query', { provider: MetricProvider.cloudWatch('eu'), query: '{"Id": "a"}' }],
    ['FW679', 'Keptn with two parts', { provider: MetricProvider.keptn(), query: 'keptnmetric/a' }],
    ['FW679', 'Keptn with another kind', { provider: MetricProvider.keptn(), query: 'metric/a/b' }],
    ['FW679', 'External Metrics with too many slashes', { provider: MetricProvider.externalMetrics(), query: 'a/b/c' }],
  ])('%s: %s', (code, _, props) => {
    expectFinding(() => new MetricTemplate(chartOf(), 'template', props), code, 'chart/template');
  });
});

describe('alert providers', () => {
  const type = AlertProviderType.SLACK;
  test.each<[string, string, any]>([
    ['FW650', 'nothing', {}],
    ['FW651', 'an unknown type', { type: 'mail', secretRef: 'a' }],
    ['FW651', 'an address that is no URL', { type, address: 'hooks' }],
    ['FW651', 'a proxy that is no URL', { type, secretRef: 'a', proxy: 'proxy' }],
    ['FW652', 'a misspelt field', { type, secretref: 'a' }],
    ['FW670', 'a channel for Teams', { type: AlertProviderType.MSTEAMS, secretRef: 'a', channel: 'b' }],
    ['FW680', 'no address', { type }],
    ['FW680', 'two addresses', { type, secretRef: 'a', address: 'https://a' }],
  ])('%s: %s', (code, _, props) => {
    expectFinding(() => new AlertProvider(chartOf(), 'alerts', props), code, 'chart/alerts');
  });

  test('an address that is refused is not shown', () => {
    const { message } = expectFinding(() => new AlertProvider(chartOf(), 'a', { type, address: 'ftp://secret' }), 'FW651');
    expect(message).not.toContain('secret');
  });
});

describe('any value of JavaScript is refused by a finding, or works', () => {
  const VALUES: any[] = [...NO_TEXT, undefined, '', 'text', -1, 2 ** 60, [null], [undefined], { a: null }, { a: {} }, new Map(), new Date(0), '__proto__', StringMatch.exact('a')];
  const use = (make: () => unknown) => {
    try {
      make();
    } catch (e: any) {
      if (!e.findings) {
        throw e;
      }
      expect(e.findings.map((f: any) => f.code)).toEqual([expect.stringMatching(/^FW6[5-9]\d$/)]);
      expectWellSaid(e.findings[0]);
    }
  };
  const canaryWith = (props: any) => use(() => expect(found(c => new Canary(c, 'canary', props)).map(f => f.code)).not.toContain('FW104'));
  const each = (fields: string[], run: (props: any) => void) => fields.forEach(field => VALUES.forEach(value => run({ [field]: value })));

  test('a Canary', () => {
    VALUES.forEach(canaryWith);
    each([
      'targetRef', 'analysis', 'service', 'provider', 'metricsServer', 'autoscalerRef', 'ingressRef', 'routeRef', 'upstreamRef', 'progressDeadlineSeconds', 'skipAnalysis', 'suspend', 'flaggerVersion',
    ], props => canaryWith({ ...VALID, ...props }));
  });

  test('a service', () => each([
    'name', 'port', 'portName', 'targetPort', 'appProtocol', 'trafficDistribution', 'portDiscovery', 'timeout', 'backendTimeout', 'gatewayRefs', 'gateways', 'hosts', 'delegation', 'trafficPolicy', 'match',
    'rewrite', 'retries', 'headers', 'mirror', 'corsPolicy', 'apex', 'unmanagedMetadata',
  ], fields => canaryWith({ ...VALID, ...service(fields) })));

  test('an analysis', () => {
    for (const make of [Analysis.canary, Analysis.canarySteps, Analysis.blueGreen, Analysis.abTesting] as any[]) {
      VALUES.forEach(value => use(() => new Canary(chartOf(), 'canary', { ...VALID, analysis: make.call(Analysis, value) })));
    }
    each(['interval', 'threshold', 'stepWeight', 'maxWeight', 'metrics', 'webhooks', 'alerts', 'mirror', 'sessionAffinity', 'primaryReadyThreshold'], fields => canaryWith({ ...VALID, ...canary(fields) }));
    each(['match', 'iterations'], fields => canaryWith({ ...VALID, provider: MeshProvider.ISTIO, ...abTesting(HEADER, fields) }));
  });

  test('metrics, webhooks and references', () => {
    each(['name', 'query', 'thresholdRange', 'interval', 'templateVariables'], fields => canaryWith({
      ...VALID, ...metrics(CanaryMetric.query({ name: 'a', query: '{{ variables.b }}', thresholdRange: { max: 1 }, ...fields })),
    }));
    each(['name', 'templateRef', 'thresholdRange'], fields => canaryWith({ ...VALID, ...metrics(CanaryMetric.template({ name: 'a', templateRef: { name: 'b' }, thresholdRange: { max: 1 }, ...fields })) }));
    each(['name', 'type', 'url', 'timeout', 'metadata', 'retries', 'disableTLS'], fields => canaryWith({ ...VALID, ...canary(hook(fields)) }));
    VALUES.forEach(value => {
      canaryWith({ ...VALID, targetRef: CanaryTarget.deployment(value) });
      canaryWith({ ...VALID, autoscalerRef: AutoscalerReference.scaledObject(value) });
      canaryWith({ ...VALID, autoscalerRef: AutoscalerReference.scaledObject('a', value) });
      canaryWith({ ...VALID, provider: MeshProvider.ISTIO, ...abTesting([{ headers: { a: StringMatch.exact(value) } }]) });
      canaryWith({ ...VALID, ...metrics(CanaryMetric.requestDuration(value)) });
    });
  });

  test('templates and alert providers', () => {
    const template = (props: any) => use(() => new MetricTemplate(chartOf(), 't', props));
    const alerts = (props: any) => use(() => new AlertProvider(chartOf(), 'a', props));
    VALUES.forEach(value => {
      template(value);
      alerts(value);
      template({ provider: MetricProvider.prometheus(value), query: 'a' });
      template({ provider: MetricProvider.cloudWatch(value), query: '[{}]' });
      template({ provider: MetricProvider.externalMetrics(value), query: 'a' });
    });
    each(['address', 'secretRef', 'headers', 'insecureSkipVerify'], fields => template({ provider: MetricProvider.prometheus({ address: 'http://a', ...fields }), query: 'a' }));
    each(['provider', 'query', 'metadata', 'flaggerVersion'], fields => template({ provider: MetricProvider.keptn(), query: 'keptnmetric/a/b', ...fields }));
    each(['type', 'secretRef', 'address', 'channel', 'proxy', 'metadata'], fields => alerts({ type: AlertProviderType.SLACK, secretRef: 'a', ...fields }));
  });
});

test('any name of a target is refused, or leaves room for what Flagger appends', () => {
  for (const [, name] of titled(['a', 'a'.repeat(55), 'a-1'])) {
    expect(() => new Canary(chartOf(), 'canary', { ...VALID, targetRef: CanaryTarget.deployment(name) })).not.toThrow();
  }
  for (const name of ['', 'A', 'a_b', 'a-', '1a', 'a\u0000', '${a}', 'con', '💥', 'a'.repeat(100_000)]) {
    refused('FW674', { targetRef: CanaryTarget.deployment(name) });
  }
});
