import { blueGreen, canary, ALB, ANALYSIS, GATEWAY, ISTIO, newChart, NGINX, PLUGIN, rollout, ROUTED, SELECTOR, SERVICES, TEMPLATE } from './fixtures';
import { findingsOf } from '../../support/findings';
import { expectWellSaid } from '../../support/misuse';
import { rollouts } from 'cdk8s-fairway';

/* What the controller refuses, or what would cause an outage, is said by the constructor. The sources are in the explanations of the codes. */

const {
  AnalysisRunArgument, AntiAffinity, CanaryScale, CanaryStep, ReplicaSetSpecRef, RolloutsVersion, Strategy, StringMatch, TrafficRouting,
  ValueFromPodTemplateHash,
} = rollouts;

const step = (...steps: any[]) => ({ ...ROUTED, trafficRouting: ISTIO, steps });
const routed = (trafficRouting: any, more: any = {}) => ({ ...ROUTED, trafficRouting, ...more });
const header = (headerValue: any, name = 'vip') => CanaryStep.headerRoute({ name, match: [{ headerName: 'x-vip', headerValue }] });
const mirror = (match: any, name = 'vip') => CanaryStep.mirrorRoute({ name, match: [match] });
const raw = (json: any): any => json; // as a program in JavaScript may write it
const experiment = (template: any) => CanaryStep.experiment({ templates: [{ name: 'a', specRef: ReplicaSetSpecRef.CANARY, ...template }], duration: '5m' });
const prometheusArgs = (...args: any[]) => step(CanaryStep.analysis({ ...ANALYSIS, args }));

function expectRefused(code: string, field: string, make: () => unknown): void {
  const findings = findingsOf(make);
  findings.forEach(expectWellSaid);
  expect(findings.map(finding => finding.code)).toContain(code);
  expect(new Set(findings.map(finding => finding.code)).size).toBe(1);
  expect(findings.map(finding => finding.message).join(' ')).toContain(field);
  expect(findings[0].path).toBe('chart/web');
}

describe('a Rollout', () => {
  test.each<[string, string, string, any]>([
    ['neither template nor workloadRef', 'FW710', 'spec', { template: undefined, selector: undefined }],
    ['both', 'FW710', 'spec', { workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } }],
    ['no selector', 'FW711', 'spec.selector', { selector: undefined }],
    ['an empty selector', 'FW711', 'spec.selector', { selector: {} }],
    ['a selector of nothing', 'FW711', 'spec.selector', { selector: { matchLabels: {}, matchExpressions: [] } }],
    ['a selector of other pods', 'FW711', 'spec.selector', { selector: { matchLabels: { app: 'api' } } }],
    ['a selector of a label that is not there', 'FW711', 'spec.selector', { selector: { matchExpressions: [{ key: 'tier', operator: 'Exists' }] } }],
    ['a selector that excludes its pods', 'FW711', 'spec.selector', { selector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] } }],
    ['a condition without values', 'FW711', 'spec.selector', { selector: { matchExpressions: [{ key: 'app', operator: 'In' }] } }],
    ['a condition with values too many', 'FW711', 'spec.selector', { selector: { matchExpressions: [{ key: 'app', operator: 'Exists', values: ['web'] }] } }],
    ['a template without labels', 'FW711', 'spec.selector', { template: { spec: TEMPLATE.spec } }],
    ['a selector by an inherited name', 'FW711', 'spec.selector', { selector: { matchExpressions: [{ key: 'constructor', operator: 'Exists' }] } }],
    ['both strategies', 'FW712', 'spec.strategy', { strategy: raw({ canary: {}, blueGreen: { activeService: 'web' } }) }],
    ['no strategy of two', 'FW712', 'spec.strategy', { strategy: raw({}) }],
    ['no strategy', 'FW703', 'spec.strategy', { strategy: undefined }],
    ['a deadline at the time of readiness', 'FW713', 'spec.progressDeadlineSeconds', { progressDeadlineSeconds: 30, minReadySeconds: 30 }],
    ['readiness after the default deadline', 'FW713', 'spec.progressDeadlineSeconds', { minReadySeconds: 600 }],
    ['a grace of preStop alone', 'FW794', 'terminationGracePeriodSeconds', { template: { ...TEMPLATE, spec: { ...TEMPLATE.spec, terminationGracePeriodSeconds: 15 } } }],
    ['a default grace of a command', 'FW794', 'terminationGracePeriodSeconds', {
      template: { ...TEMPLATE, spec: { containers: [{ name: 'web', lifecycle: { preStop: { exec: { command: ['sh', '-c', 'sleep 30'] } } } }] } },
    }],
  ])('%s', (_, code, field, props) => expectRefused(code, field, () => rollout(newChart(), props)));
});

describe('a canary', () => {
  test.each<[string, string, string, any]>([
    ['no room', 'FW714', 'maxSurge', { maxSurge: 0, maxUnavailable: 0 }],
    ['no room in percent', 'FW714', 'maxSurge', { maxSurge: '0%', maxUnavailable: 0 }],
    ['no room behind a router', 'FW714', 'maxSurge', routed(ISTIO, { maxSurge: 0, maxUnavailable: '0%' })],
    ['no room after rounding', 'FW714', 'maxUnavailable', { maxSurge: 0, maxUnavailable: '20%' }],
    ['one Service', 'FW718', 'canaryService', { canaryService: 'web', stableService: 'web' }],
    ['no Services for NGINX', 'FW719', 'canaryService', { trafficRouting: NGINX }],
    ['no canary Service for NGINX', 'FW719', 'canaryService', { trafficRouting: NGINX, stableService: 'web' }],
    ['no stable Service for Traefik', 'FW719', 'stableService', { trafficRouting: TrafficRouting.traefik({ weightedTraefikServiceName: 'web' }), canaryService: 'web-canary' }],
    ['no Services for SMI', 'FW719', 'smi', { trafficRouting: TrafficRouting.smi() }],
    ['no Services for APISIX', 'FW719', 'apisix', { trafficRouting: TrafficRouting.apisix({ route: { name: 'web' } }) }],
    ['no Services for Ambassador', 'FW719', 'ambassador', { trafficRouting: TrafficRouting.ambassador({ mappings: ['web'] }) }],
    ['no Services for App Mesh', 'FW719', 'appMesh', { trafficRouting: TrafficRouting.appMesh({ virtualService: { name: 'web' } }) }],
    ['no Services for ALB', 'FW719', 'alb', { trafficRouting: ALB }],
    ['no Services for Istio', 'FW719', 'istio', { trafficRouting: ISTIO }],
    ['no Services for the Gateway API', 'FW719', 'gatewayAPI', { trafficRouting: GATEWAY }],
    ['turns of one Service', 'FW720', 'pongService', { pingPong: { pingService: 'a', pongService: 'a' }, trafficRouting: TrafficRouting.alb({ ingress: 'web', servicePort: 80, rootService: 'root' }) }],
    ['turns without a Service', 'FW720', 'pingService', { pingPong: { pongService: 'a' }, trafficRouting: ISTIO }],
    ['turns with NGINX', 'FW720', 'pingPong', routed(NGINX, { pingPong: { pingService: 'a', pongService: 'b' } })],
    ['turns with ALB without a root', 'FW720', 'rootService', routed(ALB, { pingPong: { pingService: 'a', pongService: 'b' } })],
    ['turns with a plug-in before 1.10', 'FW720', 'pingPong', routed(PLUGIN, { pingPong: { pingService: 'a', pongService: 'b' } })],
    ['maxTrafficWeight with Istio', 'FW723', 'maxTrafficWeight', routed(TrafficRouting.istio({ virtualService: { name: 'web' } }, { maxTrafficWeight: 1000 }))],
    ['dynamicStableScale without a router', 'FW725', 'dynamicStableScale', { dynamicStableScale: true }],
    ['scaleDownDelaySeconds without a router', 'FW726', 'scaleDownDelaySeconds', { scaleDownDelaySeconds: 30 }],
    ['a delay of 0 without a router', 'FW726', 'scaleDownDelaySeconds', { scaleDownDelaySeconds: 0 }],
    ['dynamicStableScale with a delay', 'FW727', 'scaleDownDelaySeconds', routed(ISTIO, { dynamicStableScale: true, scaleDownDelaySeconds: 30 })],
    ['more waiting versions than are kept', 'FW716', 'scaleDownDelayRevisionLimit', routed(ISTIO, { scaleDownDelayRevisionLimit: 11 })],
    ['an anti-affinity that is none', 'FW715', 'antiAffinity', { antiAffinity: raw({}) }],
    ['an anti-affinity that is both', 'FW715', 'antiAffinity', { antiAffinity: raw({ preferredDuringSchedulingIgnoredDuringExecution: { weight: 1 }, requiredDuringSchedulingIgnoredDuringExecution: {} }) }],
    ['a preference of 0', 'FW715', 'weight', { antiAffinity: AntiAffinity.preferred(0) }],
    ['a preference of 101', 'FW715', 'weight', { antiAffinity: AntiAffinity.preferred(101) }],
    ['both virtualService and virtualServices', 'FW735', 'istio', routed(TrafficRouting.istio({ virtualService: { name: 'a' }, virtualServices: [{ name: 'b' }] }))],
    ['no VirtualService', 'FW735', 'istio', routed(TrafficRouting.istio({}))],
    ['an empty list of VirtualServices', 'FW735', 'istio', routed(TrafficRouting.istio({ virtualServices: [] }))],
    ['both stableIngress and stableIngresses', 'FW735', 'nginx', routed(TrafficRouting.nginx({ stableIngress: 'a', stableIngresses: ['b'] }))],
    ['no Ingress of NGINX', 'FW735', 'nginx', routed(TrafficRouting.nginx({ stableIngresses: [] }))],
    ['both ingress and ingresses', 'FW735', 'alb', routed(TrafficRouting.alb({ servicePort: 80, ingress: 'a', ingresses: ['b'] }))],
    ['no Ingress of ALB', 'FW735', 'alb', routed(TrafficRouting.alb({ servicePort: 80 }))],
    ['no router', 'FW736', 'trafficRouting', routed(raw({ managedRoutes: [] }))],
    ['no plug-in', 'FW736', 'trafficRouting', routed(TrafficRouting.plugins({}))],
    ['no route of the Gateway API', 'FW736', 'gatewayAPI', routed(TrafficRouting.gatewayApi({ namespace: 'shop', httpRoutes: [] }))],
    ['no namespace of the Gateway API', 'FW703', 'namespace', routed(TrafficRouting.gatewayApi({ httpRoute: 'web' } as any))],
    ['a misspelt route of the Gateway API', 'FW702', 'httpRout', routed(TrafficRouting.gatewayApi({ namespace: 'shop', httpRoute: 'web', httpRout: 'web' } as any))],
    ['dynamicStableScale with a delay after aborts', 'FW737', 'abortScaleDownDelaySeconds', routed(ISTIO, { dynamicStableScale: true, abortScaleDownDelaySeconds: 60 })],
    ['more pods at least than there are', 'FW738', 'minPodsPerReplicaSet', routed(ISTIO, { minPodsPerReplicaSet: 5 })],
    ['a bad argument of the background analysis', 'FW734', 'analysis.args[0]', { analysis: { ...ANALYSIS, args: [AnalysisRunArgument.fieldRef('a', 'metadata.generation')] } }],
  ])('%s', (_, code, field, props) => expectRefused(code, field, () => canary(newChart(), props)));
});

describe('steps', () => {
  test.each<[string, string, string, any]>([
    ['an empty step', 'FW721', 'steps[0]', step(raw({}))],
    ['a weight and a pause', 'FW721', 'steps[1]', step(CanaryStep.weight(5), raw({ setWeight: 10, pause: {} }))],
    ['a weight and a scale, which the controller lets pass', 'FW721', 'steps[0]', step(raw({ setWeight: 10, setCanaryScale: { matchTrafficWeight: true } }))],
    ['an empty scale', 'FW721', 'setCanaryScale', step(CanaryStep.canaryScale(raw({})))],
    ['two scales', 'FW721', 'setCanaryScale', step(CanaryStep.canaryScale(raw({ weight: 5, replicas: 1 })))],
    ['a weight of 101', 'FW722', 'steps[0].setWeight', step(CanaryStep.weight(101))],
    ['a weight of -1', 'FW722', 'steps[0].setWeight', step(CanaryStep.weight(-1))],
    ['a weight beyond maxTrafficWeight', 'FW722', 'setWeight', routed(TrafficRouting.nginx({ stableIngress: 'web' }, { maxTrafficWeight: 50 }), { steps: [CanaryStep.weight(51)] })],
    ['setCanaryScale without a router', 'FW724', 'setCanaryScale', { steps: [CanaryStep.canaryScale(CanaryScale.replicas(1))] }],
    ['setHeaderRoute without a router', 'FW728', 'setHeaderRoute', { steps: [header(StringMatch.exact('1'))] }],
    ['setHeaderRoute with NGINX', 'FW728', 'setHeaderRoute', routed(TrafficRouting.nginx({ stableIngress: 'web' }, { managedRoutes: [{ name: 'vip' }] }), { steps: [header(StringMatch.exact('1'))] })],
    ['setMirrorRoute without a router', 'FW729', 'setMirrorRoute', { steps: [mirror({ path: StringMatch.prefix('/') })] }],
    ['setMirrorRoute with ALB', 'FW729', 'setMirrorRoute', routed(ALB, { steps: [mirror({ path: StringMatch.prefix('/') })] })],
    ['setMirrorRoute with a plug-in before 1.10', 'FW729', 'setMirrorRoute', routed(PLUGIN, { steps: [mirror({ path: StringMatch.prefix('/') })] })],
    ['a header route that is not managed', 'FW730', 'other', step(header(StringMatch.exact('1'), 'other'))],
    ['a mirror route that is not managed', 'FW730', 'other', step(mirror({}, 'other'))],
    ['no managed routes', 'FW730', 'vip', routed(TrafficRouting.istio({ virtualService: { name: 'web' } }), { steps: [header(StringMatch.exact('1'))] })],
    ['a prefix with ALB', 'FW731', 'headerValue', routed(ALB, { steps: [header(StringMatch.prefix('1'))] })],
    ['a regex with ALB', 'FW731', 'headerValue', routed(ALB, { steps: [header(StringMatch.regex('1'))] })],
    ['a value of nothing with ALB', 'FW731', 'headerValue', routed(ALB, { steps: [header(raw({}))] })],
    ['a value of nothing', 'FW732', 'headerValue', step(header(raw({})))],
    ['a value in two ways', 'FW732', 'headerValue', step(header(raw({ exact: 'a', regex: 'a' })))],
    ['a path in two ways', 'FW732', 'match[0].path', step(mirror({ path: raw({ exact: 'a', prefix: 'a' }) }))],
    ['a method of nothing', 'FW732', 'match[0].method', step(mirror({ method: raw({ exact: '' }) }))],
    ['a mirrored header of nothing', 'FW732', 'headers[x]', step(mirror({ headers: { x: raw({}) } }))],
    ['an experiment with a weight and no router', 'FW733', 'templates[0].weight', { steps: [experiment({ weight: 5 })] }],
    ['an experiment with a weight and NGINX', 'FW733', 'templates[0].weight', routed(NGINX, { steps: [experiment({ weight: 5 })] })],
    ['two templates of one name', 'FW754', 'templates[1].name', step(CanaryStep.experiment({ templates: Array(2).fill({ name: 'a', specRef: ReplicaSetSpecRef.STABLE }) }))],
    ['a field of the metadata that is none', 'FW734', 'fieldPath', prometheusArgs(AnalysisRunArgument.fieldRef('a', 'metadata.annotation'))],
    ['a label without brackets', 'FW734', 'fieldPath', prometheusArgs(AnalysisRunArgument.fieldRef('a', 'metadata.labels.region'))],
    ['an argument given twice', 'FW749', 'args[1]', prometheusArgs(AnalysisRunArgument.value('a', '1'), AnalysisRunArgument.podTemplateHash('a', ValueFromPodTemplateHash.LATEST))],
    ['an argument in two ways', 'FW749', 'args[0]', prometheusArgs(raw({ name: 'a', value: '1', valueFrom: { fieldRef: { fieldPath: 'spec.replicas' } } }))],
    ['an argument of nothing', 'FW749', 'args[0]', prometheusArgs(raw({ name: 'a' }))],
    ['an argument from nowhere', 'FW749', 'args[0]', prometheusArgs(raw({ name: 'a', valueFrom: {} }))],
    ['an argument of an experiment', 'FW749', 'analyses[0].args[0]', step(CanaryStep.experiment({
      templates: [{ name: 'a', specRef: ReplicaSetSpecRef.STABLE }], analyses: [{ name: 'a', templateName: 'errors', args: [raw({ name: 'a' })] }],
    }))],
    ['more canary pods than all, with dynamicStableScale', 'FW739', 'setCanaryScale.replicas', routed(ISTIO, { dynamicStableScale: true, steps: [CanaryStep.canaryScale(CanaryScale.replicas(5))] })],
    ['90% of the traffic for 10% of the pods', 'FW740', 'steps[1].setWeight', step(CanaryStep.canaryScale(CanaryScale.weight(10)), CanaryStep.weight(90))],
    ['a weight for too few replicas', 'FW740', 'steps[2].setWeight', step(CanaryStep.canaryScale(CanaryScale.replicas(1)), CanaryStep.weight(25), CanaryStep.weight(26))],
    ['a weight on another scale', 'FW740', 'setWeight', routed(TrafficRouting.nginx({ stableIngress: 'web' }, { maxTrafficWeight: 10 }), { steps: [CanaryStep.canaryScale(CanaryScale.weight(40)), CanaryStep.weight(5)] })],
  ])('%s', (_, code, field, props) => expectRefused(code, field, () => canary(newChart(), props)));

  test.each<[string, any]>([
    ['a scale that is enough', step(CanaryStep.canaryScale(CanaryScale.weight(50)), CanaryStep.weight(50))],
    ['a scale that is given back', step(CanaryStep.canaryScale(CanaryScale.weight(10)), CanaryStep.canaryScale(CanaryScale.matchTrafficWeight()), CanaryStep.weight(90))],
    ['a weight of 0', step(CanaryStep.canaryScale(CanaryScale.replicas(1)), CanaryStep.weight(0))],
    ['a route that is removed', step(CanaryStep.headerRoute({ name: 'vip' }), CanaryStep.mirrorRoute({ name: 'vip' }))],
    ['an exact value with ALB', routed(ALB, { steps: [header(StringMatch.exact('1'))] })],
    ['a weight up to maxTrafficWeight', routed(TrafficRouting.nginx({ stableIngress: 'web' }, { maxTrafficWeight: 1000 }), { steps: [CanaryStep.weight(1000)] })],
    ['an annotation by its key', prometheusArgs(AnalysisRunArgument.fieldRef('a', "metadata.annotations['acme.com/team']"))],
    ['a field of spec', prometheusArgs(AnalysisRunArgument.fieldRef('a', 'spec.replicas'))],
    ['subsets without Services', { trafficRouting: TrafficRouting.istio({ virtualService: { name: 'web' }, destinationRule: { name: 'web', canarySubsetName: 'canary', stableSubsetName: 'stable' } }) }],
    ['two routers', routed(ALB.and(NGINX))],
  ])('fine: %s', (_, props) => expect(() => canary(newChart(), props)).not.toThrow());
});

describe('blue-green', () => {
  test.each<[string, string, string, any]>([
    ['one Service', 'FW717', 'previewService', { previewService: 'web' }],
    ['more waiting versions than are kept', 'FW716', 'scaleDownDelayRevisionLimit', { scaleDownDelayRevisionLimit: 11 }],
    ['no Service', 'FW703', 'activeService', { activeService: undefined }],
    ['an anti-affinity that is none', 'FW715', 'antiAffinity', { antiAffinity: raw({}) }],
    ['a bad argument before', 'FW734', 'prePromotionAnalysis.args[0]', { prePromotionAnalysis: { ...ANALYSIS, args: [AnalysisRunArgument.fieldRef('a', 'metadata')] } }],
    ['a bad argument after', 'FW749', 'postPromotionAnalysis.args[0]', { postPromotionAnalysis: { ...ANALYSIS, args: [raw({ name: 'a' })] } }],
    ['an analysis of nothing', 'FW703', 'templates', { prePromotionAnalysis: { templates: [] } }],
  ])('%s', (_, code, field, props) => expectRefused(code, field, () => blueGreen(newChart(), props)));

  test('revisionHistoryLimit counts', () => {
    expect(() => blueGreen(newChart(), { scaleDownDelayRevisionLimit: 11 }, { revisionHistoryLimit: 11 })).not.toThrow();
    expectRefused('FW716', 'scaleDownDelayRevisionLimit', () => blueGreen(newChart(), { scaleDownDelayRevisionLimit: 1 }, { revisionHistoryLimit: 0 }));
  });
});

test('everything that is wrong is said at once', () => {
  const steps = [CanaryStep.weight(-1), CanaryStep.canaryScale(CanaryScale.weight(5))];
  const findings = findingsOf(() => canary(newChart(), { steps, dynamicStableScale: true }));
  expect(findings.map(finding => finding.code).sort()).toEqual(['FW722', 'FW724', 'FW725']);
});

test('a selector by conditions', () => {
  const matchExpressions = [{ key: 'app', operator: 'In', values: ['web', 'api'] }, { key: 'tier', operator: 'DoesNotExist' }, { key: 'tier', operator: 'NotIn', values: ['x'] }];
  expect(rollout(newChart(), { selector: { matchExpressions } }).toJson().spec.selector).toEqual({ matchExpressions });
});

test('native is merged over the rest, may have what nobody knows, and is checked as far as it is known', () => {
  const native = { strategy: { canary: { futureField: 5, maxSurge: 1 } }, other: { a: null } };
  const { spec } = rollout(newChart(), { strategy: Strategy.canary({ ...SERVICES, maxSurge: 2 }), native }).toJson();
  expect(spec.strategy.canary).toEqual({ ...SERVICES, maxSurge: 1, futureField: 5 });
  expect(spec).toMatchObject({ selector: SELECTOR, replicas: 4 });
  expectRefused('FW714', 'maxSurge', () => rollout(newChart(), { strategy: Strategy.canary({ maxUnavailable: 0 }), native: { strategy: { canary: { maxSurge: 0 } } } }));
  expectRefused('FW701', 'spec.replicas', () => rollout(newChart(), { native: { replicas: 'many' } }));
});

test('versions', () => {
  const turns = { pingPong: { pingService: 'a', pongService: 'b' }, trafficRouting: PLUGIN, steps: [mirror({})] };
  expect(() => canary(newChart(), turns, { version: RolloutsVersion.V1_10 })).not.toThrow();
});
