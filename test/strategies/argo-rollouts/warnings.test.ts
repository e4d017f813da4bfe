import { Chart } from 'cdk8s';
import { ALB, ANALYSIS, analysisTemplate, blueGreen, canary, codes, found, ISTIO, METRIC, newChart, PROMETHEUS, rollout, ROUTED, SELECTOR, SERVICES, STEPS, TEMPLATE } from './fixtures';
import { Diagnostics, rollouts, Severity } from 'cdk8s-fairway';

/* What is legal and unwise: warnings, which a person can accept with a reason. */

const { CanaryScale, CanaryStep, MetricProvider, ReplicaSetSpecRef, ScaleDown, Strategy, TrafficRouting } = rollouts;

const pods = (spec: any, more: any = {}) => (chart: Chart) => {
  canary(chart, { ...SERVICES, maxUnavailable: 0 }, { template: { ...TEMPLATE, spec: { ...TEMPLATE.spec, ...spec } }, ...more });
};
const unrouted = (props: any, rest: any = {}) => (chart: Chart) => canary(chart, { maxUnavailable: 0, ...props }, rest);
const routed = (props: any, rest: any = {}) => (chart: Chart) => canary(chart, { ...ROUTED, trafficRouting: ISTIO, ...props }, rest);
const condition = (more: any, provider: any = PROMETHEUS) => (chart: Chart) => analysisTemplate(chart, { metrics: [{ name: 'errors', provider, ...more }] });
const [container] = TEMPLATE.spec.containers;
const spread = (...matchLabelKeys: string[]) => ({
  topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: SELECTOR, matchLabelKeys }],
});
const workload = (scaleDown?: rollouts.ScaleDown) => (chart: Chart) => rollout(chart, {
  template: undefined, selector: undefined, workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'old', scaleDown }, strategy: Strategy.canary({ maxUnavailable: 0 }),
});
const judged = CanaryStep.experiment({ templates: [{ name: 'a', specRef: ReplicaSetSpecRef.CANARY }], analyses: [{ name: 'a', templateName: 'errors' }] });

test.each<[code: string, what: string, make: (chart: Chart) => unknown]>([
  ['FW785', 'no progressDeadlineAbort', unrouted({}, { progressDeadlineAbort: undefined })],
  ['FW785', 'progressDeadlineAbort off', chart => blueGreen(chart, {}, { progressDeadlineAbort: false })],
  ['FW786', 'a pause that nothing watches', unrouted({ steps: [CanaryStep.weight(20), CanaryStep.pause(), CanaryStep.analysis(ANALYSIS)] })],
  ['FW786', 'a pause before the background analysis', unrouted({ steps: [CanaryStep.pause({ duration: 60 }), CanaryStep.weight(20)], analysis: { ...ANALYSIS, startingStep: 1 } })],
  ['FW787', 'abortScaleDownDelaySeconds 0', routed({ abortScaleDownDelaySeconds: 0 })],
  ['FW787', 'the same for blue-green', chart => blueGreen(chart, { abortScaleDownDelaySeconds: 0 })],
  ['FW788', 'dynamicStableScale', routed({ dynamicStableScale: true })],
  ['FW789', 'one pod with a router', routed({ minPodsPerReplicaSet: undefined })],
  ['FW789', 'one pod, as said', routed({ minPodsPerReplicaSet: 1 }, { replicas: undefined })],
  ['FW790', 'ALB without pingPong', routed({ trafficRouting: ALB })],
  ['FW791', 'the default maxUnavailable', unrouted({ maxUnavailable: undefined })],
  ['FW791', 'maxUnavailable 1', unrouted({ maxUnavailable: 1 }, { replicas: undefined })],
  ['FW792', 'no readiness probe', pods({ containers: [{ ...container, readinessProbe: undefined }] })],
  ['FW793', 'no preStop', pods({ containers: [{ ...container, lifecycle: undefined }] })],
  ['FW795', 'a spread over all pods', pods(spread())],
  ['FW795', 'a spread by the label of Deployments', pods(spread('pod-template-hash'))],
  ['FW796', 'no minReadySeconds', pods({}, { minReadySeconds: undefined })],
  ['FW796', 'a minReadySeconds of 9', chart => blueGreen(chart, {}, { minReadySeconds: 9 })],
  ['FW797', 'an analysis that starts after the end', unrouted({ steps: STEPS, analysis: { ...ANALYSIS, startingStep: 3 } })],
  ['FW798', 'TCP routes', routed({ trafficRouting: TrafficRouting.gatewayApi({ namespace: 'shop', tcpRoute: 'web' }) })],
  ['FW798', 'TLS routes', routed({ trafficRouting: TrafficRouting.gatewayApi({ namespace: 'shop', tlsRoutes: [{ name: 'web' }] }) })],
  ['FW799', 'scaleDown', workload(ScaleDown.ON_SUCCESS)],
  ['FW741', 'a weight for some pods of who knows how many', routed({ steps: [CanaryStep.canaryScale(CanaryScale.replicas(1)), CanaryStep.weight(5)] }, { replicas: undefined })],
  ['FW752', 'an argument that is not declared', chart => analysisTemplate(chart, { metrics: [{ ...METRIC, provider: MetricProvider.prometheus({ query: 'errors{app="{{args.app}}"}' }) }] })],
  ['FW753', 'no guard at all', condition({ successCondition: 'result[0] < 0.05' })],
  ['FW753', 'a guard against no data alone', condition({ successCondition: 'len(result) > 0 && result[0] < 0.05' })],
  ['FW753', 'a guard against NaN alone', condition({ failureCondition: '!isNaN(result[0]) && result[0] > 0.05' })],
])('%s: %s', (code, _, make) => {
  const chart = newChart();
  make(chart);
  expect(found(chart).map(finding => [finding.code, finding.severity])).toEqual([[code, Severity.WARNING]]);
  Diagnostics.of(chart).acknowledge(code, 'known');
  expect(found(chart).map(finding => finding.acknowledged)).toEqual(['known']);
});

test.each<[what: string, make: (chart: Chart) => unknown]>([
  ['a pause after an analysis', unrouted({ steps: STEPS })],
  ['a pause after an experiment', unrouted({ steps: [judged, CanaryStep.pause()] })],
  ['a pause beside the background analysis', unrouted({ steps: [CanaryStep.weight(5), CanaryStep.pause()], analysis: { ...ANALYSIS, startingStep: 1 } })],
  ['one pod of one', routed({ minPodsPerReplicaSet: undefined }, { replicas: 1 })],
  ['ALB with turns', routed({ trafficRouting: TrafficRouting.alb({ ingress: 'web', servicePort: 80, rootService: 'root' }), pingPong: { pingService: 'a', pongService: 'b' } })],
  ['a maxUnavailable that rounds to 0', unrouted({ maxUnavailable: '20%', maxSurge: 1 })],
  ['one container that is ready', pods({ containers: [container, { name: 'sidecar', image: 'proxy:1' }] })],
  ['a readiness gate', pods({ containers: [{ ...container, readinessProbe: undefined }], readinessGates: [{ conditionType: 'a' }] })],
  ['pods that nobody calls', unrouted({}, { minReadySeconds: 0, template: { ...TEMPLATE, spec: { containers: [{ name: 'job', image: 'job:1' }] } } })],
  ['a spread over one version', pods(spread('rollouts-pod-template-hash'))],
  ['scaleDown never', workload(ScaleDown.NEVER)],
  ['a workload', workload()],
  ['a guard', condition({ successCondition: 'len(result) == 0 || isNaN(result[0]) || result[0] < 0.05' })],
  ['a condition on the whole result', condition({ successCondition: 'all(result, {# < 5})' })],
  ['a range query', condition({ successCondition: 'result[0][0] < 5' }, MetricProvider.prometheus({ query: 'a', rangeQuery: { start: 'now()' } }))],
  ['another provider', condition({ successCondition: 'result[0] < 5' }, MetricProvider.graphite({ query: 'a' }))],
])('nothing: %s', (_, make) => {
  const chart = newChart();
  make(chart);
  expect(codes(chart)).toEqual([]);
});
