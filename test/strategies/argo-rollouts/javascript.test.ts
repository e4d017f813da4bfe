import { ApiObject, Duration, Lazy } from 'cdk8s';
import * as fc from 'fast-check';
import { ANALYSIS, analysisTemplate, canary, found, ISTIO, METRIC, newChart, rollout, ROUTED, SELECTOR, TEMPLATE } from './fixtures';
import { findingsOf } from '../../support/findings';
import { expectWellSaid, NO_NAME, titled } from '../../support/misuse';
import { Diagnostics, rollouts } from 'cdk8s-fairway';

/* Whatever a program in JavaScript passes is refused by findings, or works. Nobody sees a TypeError. */

const { CanaryStep, Experiment, MetricProvider, Strategy, TrafficRouting } = rollouts;

const ring: any = {};
ring.ring = ring;

const VALUES: any[] = [
  null, '', 'text', 0, 1, -1, 1.5, NaN, Infinity, 2 ** 60, true, false, 10n, Symbol('s'), () => 'x', [], ['text'], [null], [undefined], [5], [{}], {}, { a: 'b' }, { a: 5 }, { a: null },
  Object.create(null), new Map(), new Date(0), /x/, Lazy.any({ produce: () => 1 }), Duration.seconds(1), Strategy.canary(), CanaryStep.weight(5), '__proto__', JSON.parse('{"__proto__": 1}'), ring, [ring],
];

function expectFindingsOrNothing(run: () => unknown): void {
  try {
    run();
  } catch (e) {
    const findings = Diagnostics.findingsOf(e);
    if (findings.length === 0) {
      throw e;
    }
    findings.forEach(expectWellSaid);
  }
}

/** Makes the object, and writes and checks it if it can be made. */
function expectNoTypeError(make: () => ApiObject): void {
  expectFindingsOrNothing(() => {
    const object = make();
    object.toJson();
    expect(found(object.node.root).filter(finding => !finding.code.startsWith('FW7'))).toEqual([]);
  });
}

const FIELDS = [
  'strategy', 'template', 'workloadRef', 'selector', 'replicas', 'minReadySeconds', 'revisionHistoryLimit', 'progressDeadlineSeconds', 'progressDeadlineAbort', 'rollbackWindow', 'restartAt', 'paused',
  'analysis', 'version', 'native',
];
const CANARY = [
  'canaryService', 'stableService', 'steps', 'trafficRouting', 'maxUnavailable', 'maxSurge', 'analysis', 'antiAffinity', 'canaryMetadata', 'scaleDownDelaySeconds', 'abortScaleDownDelaySeconds',
  'dynamicStableScale', 'pingPong', 'minPodsPerReplicaSet', 'replicaProgressThreshold',
];

describe.each(titled(VALUES))('%s', (_, value) => {
  test.each(FIELDS)('as %s of a Rollout', field => expectNoTypeError(() => rollout(newChart(), { [field]: value })));
  test.each(CANARY)('as %s of a canary', field => expectNoTypeError(() => canary(newChart(), { ...ROUTED, trafficRouting: ISTIO, [field]: value })));

  test.each<[string, () => any]>([
    ['props', () => new rollouts.Rollout(newChart(), 'web', value)],
    ['props of a template', () => new rollouts.AnalysisTemplate(newChart(), 'web', value)],
    ['props of an experiment', () => new Experiment(newChart(), 'web', value)],
    ['blue-green', () => rollout(newChart(), { strategy: Strategy.blueGreen(value) })],
    ['a canary', () => rollout(newChart(), { strategy: Strategy.canary(value) })],
    ['an analysis', () => canary(newChart(), { steps: [CanaryStep.analysis(value)] })],
    ['arguments', () => canary(newChart(), { steps: [CanaryStep.analysis({ ...ANALYSIS, args: value })] })],
    ['a pause', () => canary(newChart(), { steps: [CanaryStep.pause(value)] })],
    ['a duration', () => canary(newChart(), { steps: [CanaryStep.pause({ duration: value })] })],
    ['a scale', () => canary(newChart(), { steps: [CanaryStep.canaryScale(value)] })],
    ['a header route', () => canary(newChart(), { steps: [CanaryStep.headerRoute(value)] })],
    ['headers', () => canary(newChart(), { steps: [CanaryStep.headerRoute({ name: 'a', match: value })] })],
    ['a header value', () => canary(newChart(), { steps: [CanaryStep.headerRoute({ name: 'a', match: [{ headerName: 'a', headerValue: value }] })] })],
    ['a mirror route', () => canary(newChart(), { steps: [CanaryStep.mirrorRoute(value)] })],
    ['mirrored headers', () => canary(newChart(), { steps: [CanaryStep.mirrorRoute({ name: 'a', match: [{ headers: value }] })] })],
    ['an experiment', () => canary(newChart(), { steps: [CanaryStep.experiment(value)] })],
    ['a plug-in', () => canary(newChart(), { steps: [CanaryStep.plugin(value)] })],
    ['Istio', () => canary(newChart(), { trafficRouting: TrafficRouting.istio(value) })],
    ['options of a router', () => canary(newChart(), { trafficRouting: TrafficRouting.smi({}, value) })],
    ['plug-ins', () => canary(newChart(), { trafficRouting: TrafficRouting.plugins(value) })],
    ['the Gateway API', () => canary(newChart(), { trafficRouting: TrafficRouting.gatewayApi(value) })],
    ['another router', () => canary(newChart(), { trafficRouting: ISTIO.and(value) })],
    ['labels', () => rollout(newChart(), { template: { metadata: { labels: value } } })],
    ['a pod', () => rollout(newChart(), { template: { ...TEMPLATE, spec: value } })],
    ['containers', () => rollout(newChart(), { template: { ...TEMPLATE, spec: { containers: value, topologySpreadConstraints: value, volumes: value } } })],
    ['metrics', () => analysisTemplate(newChart(), { metrics: value })],
    ['a metric', () => analysisTemplate(newChart(), { metrics: [value] })],
    ['a provider', () => analysisTemplate(newChart(), { metrics: [{ ...METRIC, provider: value }] })],
    ['Datadog', () => analysisTemplate(newChart(), { metrics: [{ ...METRIC, provider: MetricProvider.datadog(value) }] })],
    ['CloudWatch', () => analysisTemplate(newChart(), { metrics: [{ ...METRIC, provider: MetricProvider.cloudWatch(value) }] })],
    ['a count', () => analysisTemplate(newChart(), { metrics: [{ ...METRIC, count: value }] })],
    ['a condition', () => analysisTemplate(newChart(), { metrics: [{ ...METRIC, successCondition: value }] })],
    ['rules', () => analysisTemplate(newChart(), { dryRun: value, measurementRetention: value })],
    ['templates', () => analysisTemplate(newChart(), { templates: value })],
    ['pods of an experiment', () => new Experiment(newChart(), 'web', { templates: [{ name: 'a', selector: SELECTOR, template: value }] })],
    ['analyses of an experiment', () => new Experiment(newChart(), 'web', { templates: [{ name: 'a', selector: SELECTOR, template: TEMPLATE }], analyses: value })],
  ])('as %s', (__, make) => expectNoTypeError(make));
});

describe('fields', () => {
  test.each<[string, string, any]>([
    ['a misspelt field', 'FW702', { replica: 3 }],
    ['a field of Deployments', 'FW702', { progressDeadline: 5 }],
    ['a field that only looks inherited', 'FW702', JSON.parse('{"__proto__": 1}')],
    ['a number as text', 'FW701', { replicas: '3' }],
    ['no true or false', 'FW701', { paused: 'yes' }],
    ['no map', 'FW701', { template: [] }],
    ['no JSON', 'FW701', { template: { ...TEMPLATE, spec: { at: new Date(0) } } }],
    ['a ring', 'FW701', { template: { ...TEMPLATE, spec: ring } }],
    ['metadata of text', 'FW701', { metadata: 'web' }],
    ['native of text', 'FW701', { native: 'web' }],
    ['a fraction', 'FW706', { replicas: 1.5 }],
    ['a negative number', 'FW706', { minReadySeconds: -1 }],
    ['a number of more than 32 bits', 'FW706', { revisionHistoryLimit: 2 ** 31 }],
    ['a window of nothing', 'FW706', { rollbackWindow: { revisions: 0 } }],
    ['a workload without a name', 'FW703', { selector: undefined, template: undefined, workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: '' } }],
    ['a way to scale down', 'FW705', { selector: undefined, template: undefined, workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', scaleDown: 'never ever' } }],
    ['an operator', 'FW705', { selector: { matchExpressions: [{ key: 'app', operator: 'Is' }] } }],
  ])('%s', (_, code, props) => expect(new Set(findingsOf(() => rollout(newChart(), props)).map(f => f.code))).toEqual(new Set([code])));

  test.each<[string, string, any]>([
    ['a misspelt field', 'FW702', { canarService: 'web' }],
    ['a percentage in words', 'FW709', { maxSurge: 'all' }],
    ['a number as text', 'FW709', { maxSurge: '25' }],
    ['a negative number', 'FW709', { maxUnavailable: -1 }],
    ['a fraction', 'FW709', { maxUnavailable: '2.5%' }],
    ['a Service that is none', 'FW708', { stableService: 'Web Service' }],
    ['a pause in words', 'FW707', { steps: [CanaryStep.pause({ duration: 'a while' })] }],
    ['a negative pause', 'FW706', { steps: [CanaryStep.pause({ duration: -5 })] }],
    ['a negative pause as text', 'FW707', { steps: [CanaryStep.pause({ duration: '-5m' })] }],
    ['an unknown step', 'FW702', { steps: [{ setWeights: 5 }] }],
    ['a step of text', 'FW701', { steps: ['setWeight'] }],
    ['steps that are none', 'FW701', { steps: { setWeight: 5 } }],
    ['a hole among the steps', 'FW701', { steps: Array(2) }],
    ['a share of mirrored requests', 'FW706', { trafficRouting: ISTIO, steps: [CanaryStep.mirrorRoute({ name: 'vip', percentage: 101 })] }],
    ['a scale beyond all', 'FW706', { trafficRouting: ISTIO, steps: [{ setCanaryScale: { weight: 101 } }] }],
    ['a threshold of 0', 'FW706', { replicaProgressThreshold: { type: 'Pods', value: 0 } }],
    ['a kind of threshold', 'FW705', { replicaProgressThreshold: { type: 'Percentage', value: 1 } }],
    ['a hash of no version', 'FW705', { analysis: { ...ANALYSIS, args: [{ name: 'a', valueFrom: { podTemplateHashValue: 'Newest' } }] } }],
    ['a port', 'FW706', { trafficRouting: TrafficRouting.alb({ ingress: 'web', servicePort: 0 }) }],
    ['no port', 'FW703', { trafficRouting: TrafficRouting.alb({ ingress: 'web' } as any) }],
    ['a route without a name', 'FW703', { trafficRouting: TrafficRouting.istio({ virtualService: { name: '' } }) }],
    ['an unknown router', 'FW702', { trafficRouting: { linkerd: {} } }],
    ['no mappings', 'FW703', { trafficRouting: TrafficRouting.ambassador({ mappings: [] }) }],
    ['an analysis without templates', 'FW703', { steps: [CanaryStep.analysis({} as any)] }],
    ['a rule without a metric', 'FW703', { analysis: { ...ANALYSIS, dryRun: [{ metricName: '' }] } }],
  ])('of a canary: %s', (_, code, props) => expect(new Set(findingsOf(() => canary(newChart(), { ...ROUTED, ...props })).map(f => f.code))).toEqual(new Set([code])));

  test('the nearest name is shown', () => {
    expect(findingsOf(() => rollout(newChart(), { replica: 3 }))[0].message).toContain('Did you mean "replicas"?');
  });
});

test.each(titled(NO_NAME.filter(name => !['a.b', '1a', 'con'].includes(name))))('the hostile name %s is no Service', (_, name) => {
  const findings = findingsOf(() => rollout(newChart(), { strategy: Strategy.blueGreen({ activeService: name }) }));
  expect(findings.map(finding => finding.code)).toEqual([name === '' ? 'FW703' : 'FW708']);
  findings.forEach(expectWellSaid);
});

test('hostile keys and texts are written as they are', () => {
  const hostile = 'a"\n\u0000${b}: {{c}}\u202e';
  const trafficRouting = TrafficRouting.plugins({ [hostile]: { [hostile]: hostile } });
  const { canary: written } = canary(newChart(), { ...ROUTED, trafficRouting }).toJson().spec.strategy;
  expect(written.trafficRouting.plugins).toEqual({ [hostile]: { [hostile]: hostile } });
});

test('whatever stands for a strategy: findings or an object, never another error', () => {
  const json = fc.jsonValue({ maxDepth: 3 });
  const keys = fc.constantFrom(...CANARY);
  fc.assert(fc.property(fc.dictionary(keys, json), props => expectNoTypeError(() => rollout(newChart(), { strategy: { canary: props } }))));
});
