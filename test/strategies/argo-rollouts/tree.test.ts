import { ApiObject, App, Chart } from 'cdk8s';
import {
  ALB, ANALYSIS, analysisTemplate, blueGreen, canary, codes, found, GATEWAY, LABELS, METRIC, newChart, NGINX, object, rollout,
  ROUTED, SELECTOR, service, STEPS, TEMPLATE,
} from './fixtures';
import { Diagnostics, rollouts, Severity } from 'cdk8s-fairway';

/* What does not go together with the objects around: each row builds them beside a Rollout. */

const { AnalysisRunArgument, Argument, CanaryStep, Experiment, MetricProvider, ReplicaSetSpecRef, Strategy, TrafficRouting } = rollouts;

const METADATA = { namespace: 'shop' };
const backend = (name: string) => ({ path: '/', pathType: 'Prefix', backend: { service: { name, port: { number: 80 } } } });
const ingress = (chart: Chart, name: string, spec: any, metadata: any = {}) => object(chart, 'networking.k8s.io/v1', 'Ingress', name, { spec }, metadata);
const rules = (...services: string[]) => ({ rules: services.map(name => ({ http: { paths: [backend(name)] } })) });
const hpa = (chart: Chart, spec: any = {}) => object(chart, 'autoscaling/v2', 'HorizontalPodAutoscaler', 'web', {
  spec: { scaleTargetRef: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'web' }, minReplicas: 4, maxReplicas: 9, ...spec },
});
const memory = { metrics: [{ type: 'Resource', resource: { name: 'memory' } }] };
const scaledObject = (chart: Chart, spec: any) => object(chart, 'keda.sh/v1alpha1', 'ScaledObject', 'web', { spec: { scaleTargetRef: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'web' }, minReplicaCount: 4, ...spec } });
const budget = (chart: Chart, spec: any) => object(chart, 'policy/v1', 'PodDisruptionBudget', 'web', { spec: { selector: SELECTOR, ...spec } });
const httpRoute = (chart: Chart, ...backends: string[][]) => object(chart, 'gateway.networking.k8s.io/v1', 'HTTPRoute', 'web', {
  spec: { rules: backends.map(names => ({ backendRefs: names.map(name => ({ name, port: 80 })) })) },
});
const virtualService = (chart: Chart, spec: any, metadata: any = {}) => object(chart, 'networking.istio.io/v1', 'VirtualService', 'web', { spec }, metadata);
const to = (...hosts: string[]) => hosts.map(host => ({ destination: { host }, weight: 50 }));
const subsets = (...names: string[]) => names.map(subset => ({ destination: { host: 'web', subset } }));
const istio = (config: any, more: any = {}) => (chart: Chart) => canary(chart, { ...ROUTED, trafficRouting: TrafficRouting.istio({ virtualService: { name: 'web', ...config } }), ...more });
const ruled = (chart: Chart) => canary(chart, {
  trafficRouting: TrafficRouting.istio({ virtualService: { name: 'web' }, destinationRule: { name: 'web', canarySubsetName: 'canary', stableSubsetName: 'stable' } }), minPodsPerReplicaSet: 2,
});
const sound = (chart: Chart) => canary(chart, { maxUnavailable: 0 });
const routed = (trafficRouting: any, more: any = {}) => (chart: Chart) => canary(chart, { ...ROUTED, trafficRouting, ...more });
const analysed = (analysis: any = ANALYSIS) => (chart: Chart) => {
  canary(chart, { maxUnavailable: 0, steps: [CanaryStep.weight(5), CanaryStep.analysis(analysis)] });
};
const background = (analysis: any = ANALYSIS) => (chart: Chart) => canary(chart, { maxUnavailable: 0, analysis });
const endless = { metrics: [{ ...METRIC, interval: '1m' }] };
const cluster = (chart: Chart, props: any = {}, name = 'errors') => new rollouts.ClusterAnalysisTemplate(chart, `cluster-${name}`, { metadata: { name }, metrics: [METRIC], ...props });
const deployment = (chart: Chart, replicas?: number) => object(chart, 'apps/v1', 'Deployment', 'old', { spec: { replicas, selector: SELECTOR, template: TEMPLATE } });
const referring = (chart: Chart, props: any = {}) => rollout(chart, {
  template: undefined, selector: undefined, workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'old' }, strategy: Strategy.canary({ maxUnavailable: 0 }), ...props,
});
const configured = (spec: any) => (chart: Chart) => {
  canary(chart, { maxUnavailable: 0 }, { template: { ...TEMPLATE, spec: { ...TEMPLATE.spec, ...spec } } });
};
const config = (chart: Chart, more: any = {}) => object(chart, 'v1', 'ConfigMap', 'settings', { data: { a: 'b' }, ...more });
const [container] = TEMPLATE.spec.containers;
const mapping = (chart: Chart, spec: any) => object(chart, 'getambassador.io/v2', 'Mapping', 'web', { spec });
const appMesh = (chart: Chart, spec: any) => {
  object(chart, 'appmesh.k8s.aws/v1beta2', 'VirtualService', 'mesh', { spec: { provider: { virtualRouter: { virtualRouterRef: { name: 'router' } } } } });
  object(chart, 'appmesh.k8s.aws/v1beta2', 'VirtualRouter', 'router', { spec });
  canary(chart, { ...ROUTED, trafficRouting: TrafficRouting.appMesh({ virtualService: { name: 'mesh' } }) });
};
const targets = (n: number) => ({ name: 'r', httpRoute: { action: { weightedTargets: Array(n).fill({ weight: 1 }) } } });
const all = (...make: Array<(chart: Chart) => unknown>) => (chart: Chart) => make.forEach(each => each(chart));

test.each<[code: string, what: string, make: (chart: Chart) => unknown]>([
  ['FW760', 'a canary Service of other pods', all(c => service(c, 'web-canary', { app: 'api' }), routed(GATEWAY))],
  ['FW760', 'an active Service with a label too many', all(c => service(c, 'web', { ...LABELS, tier: 'front' }), blueGreen)],
  ['FW760', 'a Service that does not select the pods of the other workload', all(c => service(c, 'web', { app: 'api' }), c => deployment(c, 0), c => referring(c, { strategy: Strategy.blueGreen({ activeService: 'web' }) }))],
  ['FW761', 'one Service of two Rollouts', all(c => service(c, 'web'), blueGreen, c => rollout(c, { strategy: Strategy.blueGreen({ activeService: 'web' }) }, 'other'))],
  ['FW762', 'NGINX without a rule', all(c => ingress(c, 'web', rules('api')), routed(NGINX))],
  ['FW762', 'NGINX with a default alone', all(c => ingress(c, 'web', { defaultBackend: { service: { name: 'web' } } }), routed(NGINX))],
  ['FW762', 'one of several Ingresses', all(c => ingress(c, 'a', rules('web')), c => ingress(c, 'b', rules('api')), routed(TrafficRouting.nginx({ stableIngresses: ['a', 'b'] })))],
  ['FW762', 'ALB without a rule for the root', all(c => ingress(c, 'web', rules('web')), routed(TrafficRouting.alb({ ingress: 'web', servicePort: 80, rootService: 'root' }), { pingPong: { pingService: 'a', pongService: 'b' } }))],
  ['FW762', 'one of several Ingresses of ALB', all(c => ingress(c, 'a', rules('api')), routed(TrafficRouting.alb({ ingresses: ['a'], servicePort: 80, rootService: 'root' }), { pingPong: { pingService: 'a', pongService: 'b' } }))],
  ['FW763', 'a VirtualService without routes', all(c => virtualService(c, {}), istio({}))],
  ['FW763', 'a route without the canary', all(c => virtualService(c, { http: [{ route: to('web') }] }), istio({}))],
  ['FW763', 'a route that is not there', all(c => virtualService(c, { http: [{ name: 'a', route: to('web', 'web-canary') }] }), istio({ routes: ['b'] }))],
  ['FW763', 'several routes without names', all(c => virtualService(c, { http: [{ route: to('web', 'web-canary') }, { name: 'b', route: to('web') }] }), istio({}))],
  ['FW763', 'a subset that is not there', all(c => virtualService(c, { http: [{ route: subsets('stable') }] }), ruled)],
  ['FW763', 'a TLS route that is not there', all(c => virtualService(c, { tls: [{ match: [{ port: 443, sniHosts: ['a'] }], route: to('web', 'web-canary') }] }), istio({ tlsRoutes: [{ port: 443, sniHosts: ['b'] }] }))],
  ['FW763', 'a TCP route of two ports', all(c => virtualService(c, { tcp: [{ match: [{ port: 1 }, { port: 2 }], route: to('web', 'web-canary') }] }), istio({ tcpRoutes: [{ port: 1 }] }))],
  ['FW763', 'a VirtualService of another namespace', all(c => virtualService(c, {}, { namespace: 'mesh' }), istio({ name: 'web.mesh' }))],
  ['FW764', 'a route with one backend', all(c => httpRoute(c, ['web']), routed(GATEWAY))],
  ['FW764', 'backends in two rules', all(c => httpRoute(c, ['web'], ['web-canary']), routed(GATEWAY))],
  ['FW764', 'one of several routes', all(c => httpRoute(c, ['web']), routed(TrafficRouting.gatewayApi({ namespace: 'shop', httpRoutes: [{ name: 'web' }, { name: 'elsewhere' }] })))],
  ['FW765', 'a Mapping with a weight', all(c => mapping(c, { weight: 10 }), routed(TrafficRouting.ambassador({ mappings: ['web'] })))],
  ['FW766', 'a VirtualRouter without routes', c => appMesh(c, {})],
  ['FW766', 'a VirtualRouter with one target', c => appMesh(c, { routes: [targets(2), targets(1)] })],
  ['FW767', 'a template of the cluster', all(cluster, analysed())],
  ['FW767', 'no template of the cluster', all(analysisTemplate, analysed({ templates: [{ templateName: 'errors', clusterScope: true }] }))],
  ['FW767', 'a template of another namespace', all(c => new rollouts.AnalysisTemplate(c, 'x', { metadata: { name: 'errors', namespace: 'other' }, metrics: [METRIC] }), background())],
  ['FW768', 'an argument that nobody gives', all(c => analysisTemplate(c, { args: [Argument.required('app')] }), analysed())],
  ['FW768', 'an argument of the background analysis', all(c => analysisTemplate(c, { args: [Argument.required('app')] }), background({ ...ANALYSIS, args: [AnalysisRunArgument.value('ap', '1')] }))],
  ['FW768', 'an argument of a nested template', all(
    c => analysisTemplate(c, { templates: [{ templateName: 'nested' }] }), c => analysisTemplate(c, { metrics: [{ ...METRIC, name: 'other' }], args: [Argument.required('app')] }, 'nested'), analysed(),
  )],
  ['FW768', 'an argument of the analysis of an experiment', all(c => analysisTemplate(c, { args: [Argument.required('app')] }), c => canary(c, {
    maxUnavailable: 0, steps: [CanaryStep.experiment({ templates: [{ name: 'a', specRef: ReplicaSetSpecRef.CANARY }], analyses: [{ name: 'a', templateName: 'errors' }] })],
  }))],
  ['FW768', 'an argument of an Experiment', all(c => analysisTemplate(c, { args: [Argument.required('app')] }), c => new Experiment(c, 'e', { templates: [{ name: 'a', selector: SELECTOR, template: TEMPLATE }], analyses: [{ name: 'a', templateName: 'errors' }] }))],
  ['FW769', 'an endless step', all(c => analysisTemplate(c, endless), analysed())],
  ['FW769', 'an endless analysis before the promotion', all(c => analysisTemplate(c, endless), c => blueGreen(c, { prePromotionAnalysis: ANALYSIS }))],
  ['FW769', 'an endless analysis after the promotion', all(c => analysisTemplate(c, { metrics: [{ ...METRIC, interval: '1m', count: 0 }] }), c => blueGreen(c, { postPromotionAnalysis: ANALYSIS }))],
  ['FW770', 'two metrics of one name', all(analysisTemplate, c => analysisTemplate(c, {}, 'other'), analysed({ templates: [{ templateName: 'errors' }, { templateName: 'other' }] }))],
  ['FW770', 'one argument of two values', all(
    c => analysisTemplate(c, { args: [Argument.value('a', '1')] }), c => analysisTemplate(c, { metrics: [{ ...METRIC, name: 'other' }], args: [Argument.value('a', '2')] }, 'other'),
    background({ templates: [{ templateName: 'errors' }, { templateName: 'other' }] }),
  )],
  ['FW750', 'a dry run of no metric', all(analysisTemplate, analysed({ ...ANALYSIS, dryRun: [{ metricName: 'latency' }] }))],
  ['FW775', 'minAvailable of all', all(sound, c => budget(c, { minAvailable: 4 }))],
  ['FW775', 'minAvailable of nearly all, in percent', all(sound, c => budget(c, { minAvailable: '80%' }))],
  ['FW775', 'maxUnavailable 0', all(sound, c => budget(c, { maxUnavailable: 0 }))],
  ['FW775', 'minAvailable of the lowest of an autoscaler', all(c => canary(c, { maxUnavailable: 0 }, { replicas: 2 }), c => hpa(c, { minReplicas: 2 }), c => budget(c, { minAvailable: 2 }))],
  ['FW779', 'blue-green behind ALB', all(blueGreen, c => ingress(c, 'web', { ingressClassName: 'alb', ...rules('web') }))],
  ['FW779', 'blue-green behind ALB by annotation', all(blueGreen, c => ingress(c, 'web', rules('web'), { annotations: { 'kubernetes.io/ingress.class': 'alb' } }))],
])('%s: %s', (code, _, make) => {
  const chart = newChart();
  make(chart);
  expect(found(chart).map(finding => [finding.code, finding.severity])).toEqual([[code, Severity.ERROR]]);
});

test.each<[codes: string[], what: string, make: (chart: Chart) => unknown]>([
  [['FW771'], 'an autoscaler by memory', all(sound, c => hpa(c, memory))],
  [['FW771'], 'an autoscaler by the memory of a container', all(sound, c => hpa(c, { metrics: [{ containerResource: { name: 'memory' } }] }))],
  [['FW771'], 'KEDA by memory', all(sound, c => scaledObject(c, { triggers: [{ type: 'memory' }] }))],
  [['FW772'], 'an autoscaler on both colours', all(blueGreen, hpa)],
  [['FW772', 'FW773'], 'previewReplicaCount', all(c => blueGreen(c, { previewReplicaCount: 1 }), hpa)],
  [['FW774'], 'no replicas', all(c => canary(c, { maxUnavailable: 0 }, { replicas: undefined }), hpa)],
  [['FW774'], 'other replicas', all(sound, c => hpa(c, { minReplicas: 2 }))],
  [['FW776'], 'a budget of one', all(c => canary(c, { maxUnavailable: 0 }, { replicas: 1 }), c => budget(c, { minAvailable: 1 }))],
  [['FW777'], 'a workload with replicas', all(c => deployment(c, 3), referring)],
  [['FW778'], 'a mutable ConfigMap as a volume', all(config, configured({ volumes: [{ name: 'a', configMap: { name: 'settings' } }] }))],
  [['FW778'], 'a mutable ConfigMap among others', all(config, configured({ volumes: [{ name: 'a', projected: { sources: [{ configMap: { name: 'settings' } }] } }] }))],
  [['FW778'], 'a mutable ConfigMap as variables', all(config, configured({ containers: [{ ...container, envFrom: [{ configMapRef: { name: 'settings' } }] }] }))],
  [['FW778'], 'a mutable ConfigMap as a variable', all(config, configured({ initContainers: [{ name: 'i', image: 'init:1', env: [{ name: 'a', valueFrom: { configMapKeyRef: { name: 'settings', key: 'a' } } }] }] }))],
  [['FW780'], 'an analysis that is cancelled', all(c => analysisTemplate(c, { metrics: [{ ...METRIC, initialDelay: '30s', interval: '1m', count: 5 }] }), c => blueGreen(c, { scaleDownDelaySeconds: 269, postPromotionAnalysis: ANALYSIS }))],
])('%p: %s', (expected, _, make) => {
  const chart = newChart();
  make(chart);
  expect(codes(chart)).toEqual(expected);
  expect(found(chart).every(finding => finding.severity === Severity.WARNING)).toBe(true);
});

test.each<[what: string, make: (chart: Chart) => unknown]>([
  ['nothing around', all(routed(GATEWAY, { steps: STEPS }))],
  ['Services that select the pods', all(c => service(c, 'web', { ...LABELS, 'rollouts-pod-template-hash': 'abc' }), c => service(c, 'web-canary'), routed(GATEWAY))],
  ['Services of other names', all(c => service(c, 'other', { app: 'api' }), routed(GATEWAY))],
  ['an Ingress with a rule', all(c => ingress(c, 'web', rules('api', 'web')), routed(NGINX))],
  ['a route with both', all(c => virtualService(c, { http: [{ route: to('web.shop.svc.cluster.local', 'web-canary') }] }), istio({}))],
  ['a managed route beside the only one', all(c => virtualService(c, { http: [{ name: 'vip', route: to('web-canary') }, { route: to('web', 'web-canary') }] }), routed(TrafficRouting.istio({ virtualService: { name: 'web' } }, { managedRoutes: [{ name: 'vip' }] })))],
  ['a named route with both', all(c => virtualService(c, { http: [{ name: 'a', route: to('web', 'web-canary') }, { name: 'b', route: to('api') }] }), istio({ routes: ['a'] }))],
  ['both subsets', all(c => virtualService(c, { http: [{ route: subsets('stable', 'canary') }] }), ruled)],
  ['a TLS and a TCP route', all(
    c => virtualService(c, { tls: [{ match: [{ port: 443, sniHosts: ['b', 'a'] }], route: to('web', 'web-canary') }], tcp: [{ match: [{ port: 1 }], route: to('web', 'web-canary') }] }),
    istio({ tlsRoutes: [{ port: 443, sniHosts: ['a', 'b'] }], tcpRoutes: [{ port: 1 }] }),
  )],
  ['Services that take turns', all(c => virtualService(c, { http: [{ route: to('ping', 'pong') }] }), c => canary(c, {
    minPodsPerReplicaSet: 2, trafficRouting: TrafficRouting.istio({ virtualService: { name: 'web' } }), pingPong: { pingService: 'ping', pongService: 'pong' },
  }))],
  ['a VirtualService of a name in another namespace', all(c => virtualService(c, {}, { namespace: 'mesh' }), istio({}))],
  ['a route with both backends', all(c => httpRoute(c, ['api'], ['web-canary', 'web']), routed(GATEWAY))],
  ['a Mapping without a weight', all(c => mapping(c, { service: 'web' }), routed(TrafficRouting.ambassador({ mappings: ['web'] })))],
  ['a VirtualRouter with two targets', c => appMesh(c, { routes: [targets(2)] })],
  ['templates with arguments', all(c => analysisTemplate(c, { args: [Argument.required('app'), Argument.value('b', '1'), Argument.secretKeyRef('s', 'a', 'b')] }), analysed({ ...ANALYSIS, args: [AnalysisRunArgument.value('app', 'x')] }))],
  ['a template of the cluster', all(cluster, analysed({ templates: [{ templateName: 'errors', clusterScope: true }] }))],
  ['an endless background analysis', all(c => analysisTemplate(c, endless), background())],
  ['templates that name each other', all(
    c => analysisTemplate(c, { templates: [{ templateName: 'other' }] }), c => analysisTemplate(c, { metrics: [{ ...METRIC, name: 'other' }], templates: [{ templateName: 'errors' }] }, 'other'), analysed(),
  )],
  ['rules for a template that is not in the tree', all(analysisTemplate, analysed({ templates: [{ templateName: 'errors' }, { templateName: 'elsewhere' }], dryRun: [{ metricName: 'latency' }] }))],
  ['an autoscaler of something else', all(sound, c => hpa(c, { ...memory, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } }))],
  ['an autoscaler by CPU', all(sound, c => hpa(c, { metrics: [{ resource: { name: 'cpu' } }] }))],
  ['KEDA that scales to 0', all(c => canary(c, { maxUnavailable: 0 }, { replicas: 1 }), c => scaledObject(c, { minReplicaCount: 0 }))],
  ['a budget', all(sound, c => budget(c, { maxUnavailable: 1 }))],
  ['a budget of others', all(sound, c => budget(c, { maxUnavailable: 0, selector: { matchLabels: { app: 'api' } } }))],
  ['a budget with room', all(sound, c => budget(c, { minAvailable: '75%' }))],
  ['a workload without replicas', all(deployment, referring)],
  ['a workload that is scaled down', all(c => deployment(c, 0), referring)],
  ['an immutable ConfigMap', all(c => config(c, { immutable: true }), configured({ volumes: [{ name: 'a', configMap: { name: 'settings' } }] }))],
  ['ALB in front of the preview', all(c => blueGreen(c, { previewService: 'preview' }), c => ingress(c, 'web', { ingressClassName: 'alb', ...rules('preview') }))],
  ['an analysis that has time', all(c => analysisTemplate(c, { metrics: [{ ...METRIC, interval: '1m', count: 5 }] }), c => blueGreen(c, { scaleDownDelaySeconds: 240, postPromotionAnalysis: ANALYSIS }))],
  ['an analysis without scaleDownDelaySeconds', all(c => analysisTemplate(c, { metrics: [{ ...METRIC, interval: '1h', count: 5 }] }), c => blueGreen(c, { postPromotionAnalysis: ANALYSIS }))],
])('nothing: %s', (_, make) => {
  const chart = newChart();
  make(chart);
  expect(found(chart)).toEqual([]);
});

test('of several namespaces and clusters, the nearest is meant', () => {
  const app = new App({ outdir: '/nowhere' });
  const [eu, us, other] = ['eu', 'us', 'other'].map((id, i) => new Chart(app, id, { namespace: i < 2 ? 'shop' : 'other' }));
  [eu, us, other].forEach(chart => service(chart, 'web'));
  [eu, us, other].forEach(chart => blueGreen(chart));
  expect(codes(app)).toEqual([]);
  analysisTemplate(us, { args: [Argument.required('a')] });
  analysisTemplate(eu);
  [eu, us].forEach(chart => rollout(chart, { strategy: Strategy.canary({ maxUnavailable: 0, steps: STEPS }) }, 'other'));
  expect(found(app).map(({ code, path }) => [code, path])).toEqual([['FW768', 'us/other']]);
});

test('the second of two Rollouts of one Service is found, also when both are in different charts', () => {
  const app = new App({ outdir: '/nowhere' });
  const [a, b] = ['a', 'b'].map(id => new Chart(app, id, { namespace: 'shop' }));
  service(a, 'web');
  blueGreen(a);
  blueGreen(b);
  expect(found(app).map(({ code, path }) => [code, path])).toEqual([['FW761', 'b/web']]);
});

test('objects that come later are seen, and each look sees the tree as it is', () => {
  const chart = newChart();
  sound(chart);
  expect(codes(chart)).toEqual([]);
  budget(chart, { maxUnavailable: 0 });
  expect(codes(chart)).toEqual(['FW775']);
  rollout(chart, { strategy: Strategy.canary({ maxUnavailable: 0 }) }, 'second');
  expect(found(chart).map(finding => finding.path)).toEqual(['chart/web', 'chart/second']);
});

test('in a plain app, errors of the tree stop the synth', () => {
  const chart = newChart();
  blueGreen(chart);
  service(chart, 'web', { app: 'api' });
  expect(() => (chart.node.root as App).synthYaml()).toThrow(/FW760/);
});

test('objects that are malformed are left alone', () => {
  const chart = newChart();
  [undefined, null, 5, 'text', [], { rules: 5, http: [5], selector: 5, metrics: 'x', scaleTargetRef: 7 }, { rules: [{ http: { paths: [null] } }], http: [{ route: [{}] }] }].forEach((spec, i) => {
    const around = new Chart(chart, `c${i}`, METADATA);
    for (const [apiVersion, kind] of [
      ['v1', 'Service'], ['networking.k8s.io/v1', 'Ingress'], ['networking.istio.io/v1', 'VirtualService'], ['gateway.networking.k8s.io/v1', 'HTTPRoute'], ['autoscaling/v2', 'HorizontalPodAutoscaler'],
      ['policy/v1', 'PodDisruptionBudget'], ['argoproj.io/v1alpha1', 'AnalysisTemplate'], ['getambassador.io/v2', 'Mapping'], ['appmesh.k8s.aws/v1beta2', 'VirtualService'], ['argoproj.io/v1alpha1', 'Rollout'],
    ]) {
      const name = kind === 'AnalysisTemplate' ? 'errors' : 'web';
      new ApiObject(around, `${apiVersion}-${kind}`, { apiVersion, kind, metadata: { name }, spec });
    }
    const everything = TrafficRouting.istio({ virtualService: { name: 'web' } }).and(NGINX).and(GATEWAY).and(TrafficRouting.ambassador({ mappings: ['web'] }))
      .and(TrafficRouting.appMesh({ virtualService: { name: 'web' } }));
    canary(around, { ...ROUTED, trafficRouting: everything, steps: STEPS }, { metadata: { name: 'mine' } });
  });
  expect(found(chart).filter(finding => !finding.code.startsWith('FW7'))).toEqual([]);
});

test('a provider of arguments that are declared by nobody is no problem of the Rollout', () => {
  const chart = newChart();
  analysisTemplate(chart, { metrics: [{ ...METRIC, provider: MetricProvider.graphite({ query: '{{ args.app }}' }) }], args: [Argument.required('app')] });
  analysed({ ...ANALYSIS, args: [AnalysisRunArgument.value('app', 'x')] })(chart);
  expect(codes(chart)).toEqual([]);
});

test('ALB: warned of without turns, together with what is wrong', () => {
  const chart = newChart();
  ingress(chart, 'web', rules('api'));
  canary(chart, { ...ROUTED, trafficRouting: ALB });
  expect(codes(chart)).toEqual(['FW762', 'FW790']);
  Diagnostics.of(chart).acknowledge('FW790', 'moving next month');
});
