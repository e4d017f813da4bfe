import { ApiObject, Chart, Duration } from 'cdk8s';
import { environment, followedPlatform, manifests, service } from '../support/model';
import {
  HeaderMatch, Metric, MetricsProvider, OwnedFields, Platform, Replicas, RolloutEngine, RolloutStrategy, Step, Steps, TrafficRouter, WebServiceProps,
} from 'cdk8s-fairway';

/* Nobody writes a drift rule: they come from the objects whose fields a controller owns. */

const steps = Steps.linear({ increment: 25, every: Duration.minutes(2) });
const analysis = [Metric.successRate({ atLeast: 0.99 })];
const own = Step.headerRoute({ name: 'own', matches: [HeaderMatch.exact('x-own', 'yes')] });

/** The rules of the Application of a workload, and whether a sync keeps what stands in ignored fields. */
function drift(props: Partial<WebServiceProps>, rollouts = RolloutEngine.argoRollouts()) {
  const platform = followedPlatform({ rollouts });
  const prod = environment(platform, 'prod', {
    gateway: { name: 'public', namespace: 'gateways' }, metrics: MetricsProvider.prometheus({ address: 'http://prometheus:9090' }),
  });
  service(platform, 'app', { host: 'app.example.com', ...props });
  platform.lower();
  return { ...application(platform), prod };
}

function application(platform: Platform) {
  const read = () => manifests(platform, 'Application').find(each => each.metadata.name === 'acme-prod-app').spec;
  return { rules: () => read().ignoreDifferences, respects: () => read().syncPolicy.syncOptions.includes('RespectIgnoreDifferences=true') };
}

test('a Deployment that a fixed number runs needs no rule', () => {
  const { rules, respects } = drift({});
  expect(rules()).toBeUndefined();
  expect(respects()).toBe(false);
});

test('a routed canary: weights alone, and syncs that do not freeze the route', () => {
  const { rules, respects } = drift({ strategy: RolloutStrategy.canary({ steps, analysis, router: TrafficRouter.gatewayApi() }) });
  expect(rules()).toEqual([
    { kind: 'Service', name: 'app', namespace: 'acme-prod', jsonPointers: ['/spec/selector/rollouts-pod-template-hash'] },
    { kind: 'Service', name: 'app-canary', namespace: 'acme-prod', jsonPointers: ['/spec/selector/rollouts-pod-template-hash'] },
    { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'app', namespace: 'acme-prod', jqPathExpressions: ['.spec.rules[].backendRefs[].weight'] },
  ]);
  expect(respects()).toBe(false);
});

test('routes that steps add belong to the controller as a whole', () => {
  const { rules } = drift({ strategy: RolloutStrategy.canary({ steps: [own, ...steps], analysis, router: TrafficRouter.gatewayApi() }) });
  expect(rules().at(-1)).toEqual({ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'app', namespace: 'acme-prod', jsonPointers: ['/spec/rules'] });
});

test('blue-green: a sync keeps the selectors', () => {
  const { rules, respects } = drift({ replicas: Replicas.between(2, 5), strategy: RolloutStrategy.blueGreen() });
  expect(rules()).toEqual([
    { kind: 'Service', name: 'app', namespace: 'acme-prod', jsonPointers: ['/spec/selector/rollouts-pod-template-hash'] },
    { kind: 'Service', name: 'app-preview', namespace: 'acme-prod', jsonPointers: ['/spec/selector/rollouts-pod-template-hash'] },
    { group: 'argoproj.io', kind: 'Rollout', name: 'app', namespace: 'acme-prod', jsonPointers: ['/spec/replicas'] },
  ]);
  expect(respects()).toBe(true);
});

test('Flagger owns the number of its target', () => {
  const watched = [Metric.successRate({ atLeast: 0.99, interval: Duration.minutes(2) })];
  const strategy = RolloutStrategy.canary({ steps, analysis: watched, router: TrafficRouter.gatewayApi() });
  const { rules, respects } = drift({ strategy }, RolloutEngine.flagger());
  expect(rules()).toEqual([{ group: 'apps', kind: 'Deployment', name: 'app', namespace: 'acme-prod', jsonPointers: ['/spec/replicas'] }]);
  expect(respects()).toBe(true);
});

test('an object that is added after lower() counts, too, and so does what a user says of one', () => {
  const { rules, prod } = drift({});
  const extra = new ApiObject(prod.node.findChild('app') as Chart, 'extra', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'extra' } });
  const fields = { jsonPointers: ['/data/ca.crt'], owner: 'trust-manager', reason: 'it renews the certificates' };
  OwnedFields.of(extra).add(fields);
  OwnedFields.of(extra).add(fields);
  expect(OwnedFields.of(extra).all).toEqual([fields]);
  expect(rules()).toEqual([{ kind: 'ConfigMap', name: 'extra', namespace: 'acme-prod', jsonPointers: ['/data/ca.crt'] }]);
});
