import { analysisTemplate, canary, ISTIO, METRIC, newChart, PLUGIN, rollout, ROUTED } from './fixtures';
import { codes, findingsOf } from '../../support/findings';
import { rollouts } from 'cdk8s-fairway';

/* Fields that the declared version does not have (the types of 1.8.4, 1.9.1 and 1.10 compared). */

const { CanaryScale, CanaryStep, MetricProvider, ProgressType, ReplicaSetSpecRef, RolloutsVersion, StringMatch, TrafficRouting } = rollouts;
const { V1_8, V1_9, V1_10 } = RolloutsVersion;

const SCOPE = { scope: 's', region: 'r', step: 60 };
const DATED = { ...SCOPE, start: 'a', end: 'b' };
const metric = (provider: any) => ({ metrics: [{ ...METRIC, provider }] });
const kayenta = (scope: any, more: any = {}) => metric(MetricProvider.kayenta({
  address: 'a',
  application: 'b',
  canaryConfigName: 'c',
  metricsAccountName: 'd',
  configurationAccountName: 'e',
  storageAccountName: 'f',
  threshold: { pass: 90, marginal: 75 },
  scopes: [{ name: 'default', controlScope: scope, experimentScope: scope }],
  ...more,
}));
const subsets = TrafficRouting.istio({ virtualService: { name: 'web' }, destinationRule: { name: 'web', canarySubsetName: 'a', stableSubsetName: 'b', additionalSubsetNames: ['c'] } });

/** What is made, for a version, with the first version that takes it and the code of those before. */
test.each<[string, string, rollouts.RolloutsVersion, (version: any) => unknown]>([
  ['replicaProgressThreshold', 'FW704', V1_9, version => canary(newChart(), { replicaProgressThreshold: { type: ProgressType.PODS, value: 1 } }, { version })],
  ['additionalSubsetNames', 'FW704', V1_9, version => canary(newChart(), { trafficRouting: subsets }, { version })],
  ['scaleDownDelaySeconds of an experiment', 'FW704', V1_9, version => canary(newChart(), {
    steps: [CanaryStep.experiment({ templates: [{ name: 'a', specRef: ReplicaSetSpecRef.CANARY }], scaleDownDelaySeconds: 5 })],
  }, { version })],
  ['lookback of Kayenta', 'FW704', V1_9, version => analysisTemplate(newChart(), { ...kayenta(DATED, { lookback: true }), version })],
  ['scopes of Kayenta without dates', 'FW703', V1_9, version => analysisTemplate(newChart(), { ...kayenta(SCOPE), version })],
  ['requestTimeout of Datadog', 'FW704', V1_10, version => analysisTemplate(newChart(), { ...metric(MetricProvider.datadog({ query: 'a', requestTimeout: '30s' })), version })],
  ['basicAuth of Prometheus', 'FW704', V1_10, version => analysisTemplate(newChart(), { ...metric(MetricProvider.prometheus({ query: 'a', authentication: { basicAuth: { username: 'a' } } })), version })],
  ['basicAuth of a request', 'FW704', V1_10, version => analysisTemplate(newChart(), { ...metric(MetricProvider.web({ url: 'a', authentication: { basicAuth: { username: 'a' } } })), version })],
  ['mirrors of plug-ins', 'FW729', V1_10, version => canary(newChart(), { ...ROUTED, trafficRouting: PLUGIN, steps: [CanaryStep.mirrorRoute({ name: 'vip', match: [{ path: StringMatch.exact('/') }] })] }, { version })],
  ['turns of plug-ins', 'FW720', V1_10, version => canary(newChart(), { trafficRouting: PLUGIN, pingPong: { pingService: 'a', pongService: 'b' } }, { version })],
  ['more pods at least than there are', 'FW738', V1_10, version => canary(newChart(), { ...ROUTED, trafficRouting: ISTIO, minPodsPerReplicaSet: 9 }, { version })],
  ['dynamicStableScale with abortScaleDownDelaySeconds', 'FW737', V1_10, version => canary(newChart(), { ...ROUTED, trafficRouting: ISTIO, dynamicStableScale: true, abortScaleDownDelaySeconds: 5 }, { version })],
])('%s', (_, code, first, make) => {
  const versions = [V1_8, V1_9, V1_10];
  versions.forEach((version, i) => {
    if (i < versions.indexOf(first)) {
      expect(new Set(codes(findingsOf(() => make(version))))).toEqual(new Set([code]));
    } else {
      expect(() => make(version)).not.toThrow();
    }
  });
});

test('1.9 is the default', () => {
  expect(() => canary(newChart(), { replicaProgressThreshold: { type: ProgressType.PODS, value: 1 } })).not.toThrow();
  expect(codes(findingsOf(() => analysisTemplate(newChart(), metric(MetricProvider.datadog({ query: 'a', requestTimeout: '30s' })))))).toEqual(['FW704']);
});

test.each<any>(['1.7', '1.10.0', 1.9, null, '', {}, []])('the version %p is none', version => {
  expect(codes(findingsOf(() => rollout(newChart(), { version })))).toEqual(['FW705']);
});

test('native does not get round a version that is known', () => {
  const native = { strategy: { canary: { replicaProgressThreshold: { type: 'Pods', value: 1 } } } };
  expect(codes(findingsOf(() => rollout(newChart(), { version: V1_8, native })))).toEqual(['FW704']);
});

test('steps of all versions', () => {
  for (const version of [V1_8, V1_9, V1_10]) {
    const steps = [CanaryStep.canaryScale(CanaryScale.weight(10)), CanaryStep.weight(10), CanaryStep.pause(), CanaryStep.plugin({ name: 'a' })];
    expect(() => canary(newChart(), { ...ROUTED, trafficRouting: ISTIO, steps }, { version })).not.toThrow();
  }
});
