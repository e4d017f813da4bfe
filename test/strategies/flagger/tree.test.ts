import { App, Chart } from 'cdk8s';
import { ANALYSIS, deployment, found, object, VALID } from './support';
import { expectWellSaid } from '../../support/misuse';
import { newPlatform } from '../../support/platform';
import { Cluster, Diagnostics, Environment, flagger } from 'cdk8s-fairway';

/* What no object can see alone: a target with its neighbours, and what Flagger makes beside them. */

const {
  AlertProvider, AlertProviderType, Analysis, AutoscalerReference, Canary, CanaryMetric, CanaryTarget, MeshProvider, MetricProvider, MetricTemplate,
} = flagger;

const HPA = AutoscalerReference.horizontalPodAutoscaler('shop');
const NGINX = { provider: MeshProvider.NGINX, ingressRef: 'shop' };
const GATEWAY = { provider: MeshProvider.GATEWAYAPI_V1, service: { port: 80, gatewayRefs: [{ name: 'g' }] } };
const ISTIO = { provider: MeshProvider.ISTIO };
const scale = (kind: string, name: string) => ({ scaleTargetRef: { apiVersion: 'apps/v1', kind, name } });
const byName = (value: string, label = 'app.kubernetes.io/name') => ({ matchLabels: { [label]: value } });
const container = (fields: any) => ({ containers: [{ name: 'shop', image: 'x', ...fields }] });

/** A Canary beside its target and what else is declared. */
function codesOf(props: any, declare: (chart: Chart) => unknown, target: any = deployment()): string[] {
  const findings = found(chart => {
    object(chart, 'Deployment', 'shop', target);
    new Canary(chart, 'canary', { metadata: { name: 'shop' }, ...VALID, ...props });
    declare(chart);
  });
  findings.forEach(finding => {
    expectWellSaid(finding);
    expect(finding.path).toMatch(/^chart\/(canary|other)$/);
  });
  return findings.map(finding => finding.code);
}

const nothing = () => undefined;

test.each<[code: string, title: string, props: any, declare: (chart: Chart) => unknown, target?: any]>([
  ['FW682', 'a target that selects by another label', {}, nothing, deployment({ selector: { matchLabels: { 'cdk8s.io/metadata.addr': 'x' } } })],
  ['FW682', 'a target that selects by nothing', {}, nothing, deployment({ selector: {} })],
  ['FW683', 'replicas beside an autoscaler', { autoscalerRef: HPA }, nothing, deployment({ replicas: 3 })],
  ['FW684', 'an autoscaler of another Deployment', { autoscalerRef: HPA }, c => object(c, 'HorizontalPodAutoscaler', 'shop', scale('Deployment', 'other'))],
  ['FW684', 'an autoscaler of the primary', { autoscalerRef: HPA }, c => object(c, 'HorizontalPodAutoscaler', 'shop', scale('Deployment', 'shop-primary'))],
  ['FW684', 'an autoscaler of a StatefulSet', { autoscalerRef: HPA }, c => object(c, 'HorizontalPodAutoscaler', 'shop', scale('StatefulSet', 'shop'))],
  ['FW685', 'an autoscaler that is not named', {}, c => object(c, 'HorizontalPodAutoscaler', 'any', scale('Deployment', 'shop'))],
  ['FW685', 'a ScaledObject that is not named', {}, c => object(c, 'ScaledObject', 'any', { scaleTargetRef: { name: 'shop' } })],
  ['FW686', 'the Service', {}, c => object(c, 'Service', 'shop')],
  ['FW686', 'the Service of the primary', {}, c => object(c, 'Service', 'shop-primary')],
  ['FW686', 'the Service of the canary', {}, c => object(c, 'Service', 'shop-canary')],
  ['FW686', 'a Service under its other name', { service: { name: 'store', port: 80 } }, c => object(c, 'Service', 'store-canary')],
  ['FW686', 'the primary', {}, c => object(c, 'Deployment', 'shop-primary', deployment())],
  ['FW686', 'the autoscaler of the primary', { autoscalerRef: HPA }, c => object(c, 'HorizontalPodAutoscaler', 'shop-primary', scale('Deployment', 'x'))],
  ['FW686', 'the HTTPRoute', GATEWAY, c => object(c, 'HTTPRoute', 'shop')],
  ['FW686', 'the VirtualService', ISTIO, c => object(c, 'VirtualService', 'shop')],
  ['FW686', 'a DestinationRule', ISTIO, c => object(c, 'DestinationRule', 'shop-primary')],
  ['FW686', 'the Ingress of the canary', NGINX, c => object(c, 'Ingress', 'shop-canary')],
  ['FW686', 'the TraefikService', { provider: MeshProvider.TRAEFIK }, c => object(c, 'TraefikService', 'shop')],
  ['FW686', 'the ApisixRoute of the canary', { provider: MeshProvider.APISIX, routeRef: 'r' }, c => object(c, 'ApisixRoute', 'r-shop-canary')],
  ['FW686', 'the copy of a ConfigMap', {}, c => object(c, 'ConfigMap', 'settings-primary'), deployment({}, container({ envFrom: [{ configMapRef: { name: 'settings' } }] }))],
  ['FW686', 'the copy of a Secret', {}, c => object(c, 'Secret', 'keys-primary'), deployment({}, { volumes: [{ name: 'v', secret: { secretName: 'keys' } }] })],
  ['FW687', 'two Canaries of one target', {}, c => new Canary(c, 'other', { metadata: { name: 'other' }, ...VALID })],
  ['FW687', 'two Canaries of one service name', {}, c => new Canary(c, 'other', { metadata: { name: 'other' }, ...VALID, targetRef: CanaryTarget.deployment('b'), service: { name: 'shop', port: 80 } })],
  ['FW692', 'an Ingress to another Service', NGINX, c => object(c, 'Ingress', 'shop', { rules: [{ http: { paths: [{ backend: { service: { name: 'other' } } }] } }] })],
  ['FW692', 'an Ingress without rules', NGINX, c => object(c, 'Ingress', 'shop')],
  ['FW692', 'an ApisixRoute to another Service', { provider: MeshProvider.APISIX, routeRef: 'r' }, c => object(c, 'ApisixRoute', 'r', { http: [{ backends: [{ serviceName: 'x' }] }] })],
  ['FW692', 'an ApisixRoute to two Services', { provider: MeshProvider.APISIX, routeRef: 'r' }, c => object(c, 'ApisixRoute', 'r', { http: [{ backends: [{ serviceName: 'x' }, { serviceName: 'shop' }] }] })],
  ['FW693', 'a budget of the target alone', {}, c => object(c, 'PodDisruptionBudget', 'shop', { selector: byName('shop') })],
  ['FW693', 'a policy of the target alone', {}, c => object(c, 'NetworkPolicy', 'shop', { podSelector: byName('shop') })],
  ['FW693', 'a caller that becomes another', {}, c => object(c, 'NetworkPolicy', 'backend', { podSelector: byName('backend'), ingress: [{ from: [{ podSelector: byName('shop') }] }] })],
  ['FW693', 'a callee that becomes another', {}, c => object(c, 'NetworkPolicy', 'client', { podSelector: byName('client'), egress: [{ to: [{ podSelector: byName('shop') }] }] })],
  ['FW693', 'a caller in another namespace', {}, c => object(c, 'NetworkPolicy', 'far', {
    podSelector: byName('far'), ingress: [{ from: [{ podSelector: byName('shop'), namespaceSelector: byName('shop', 'kubernetes.io/metadata.name') }] }],
  }, undefined, 'elsewhere')],
  ['FW694', 'a target port that no container has', { service: { port: 80, targetPort: 'web' } }, nothing],
  ['FW695', 'two discovered ports of one name', { service: { port: 80, targetPort: 9000, portDiscovery: true } }, nothing],
  ['FW695', 'two discovered ports of one number', { service: { port: 80, targetPort: 9000, portDiscovery: true } }, nothing, deployment({}, container({ ports: [{ name: 'a', containerPort: 80 }] }))],
  ['FW696', 'a spread by a label that is not the name', {}, nothing, deployment({ selector: byName('other') }, { topologySpreadConstraints: [{ labelSelector: byName('other') }] })],
  ['FW696', 'an anti-affinity by a label that is not the name', {}, nothing, deployment({ selector: byName('other') }, {
    affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: { labelSelector: byName('other') } }] } },
  })],
])('%s: %s', (...[code, , props, declare, target]) => {
  expect(codesOf(props, declare, target)).toEqual([code]);
});

test.each<[title: string, props: any, declare: (chart: Chart) => unknown, target?: any]>([
  ['a Deployment with replicas and no autoscaler', {}, nothing, deployment({ replicas: 3 })],
  ['an autoscaler that is named', { autoscalerRef: HPA }, c => object(c, 'HorizontalPodAutoscaler', 'shop', scale('Deployment', 'shop'))],
  ['an autoscaler of another namespace', {}, c => object(c, 'HorizontalPodAutoscaler', 'any', scale('Deployment', 'shop'), undefined, 'elsewhere')],
  ['a Service of another namespace', {}, c => object(c, 'Service', 'shop', {}, undefined, 'elsewhere')],
  ['a Knative Service of the name', {}, c => object(c, 'Service', 'shop', {}, 'serving.knative.dev/v1')],
  ['the HTTPRoute of another provider', NGINX, c => object(c, 'HTTPRoute', 'shop')],
  ['an Ingress to the Service', NGINX, c => object(c, 'Ingress', 'shop', { rules: [{}, { http: { paths: [{ backend: { service: { name: 'shop' } } }] } }] })],
  ['an ApisixRoute to the Service', { provider: MeshProvider.APISIX, routeRef: 'r' }, c => object(c, 'ApisixRoute', 'r', { http: [{ backends: [{ serviceName: 'shop' }] }] })],
  ['budgets of both', {}, c => ['shop', 'shop-primary'].forEach(name => object(c, 'PodDisruptionBudget', `budget-${name}`, { selector: byName(name) }))],
  ['a budget by another label', {}, c => object(c, 'PodDisruptionBudget', 'shop', { selector: byName('shop', 'example.com/workload') })],
  ['a policy that lets both in', {}, c => object(c, 'NetworkPolicy', 'backend', { podSelector: byName('backend'), ingress: [{ from: [{ podSelector: byName('shop') }, { podSelector: byName('shop-primary') }] }] })],
  ['a caller of the same name in another namespace', {}, c => object(c, 'NetworkPolicy', 'far', { podSelector: {}, ingress: [{ from: [{ podSelector: byName('shop') }] }] }, undefined, 'elsewhere')],
  ['a policy without rules', {}, c => object(c, 'NetworkPolicy', 'all', { podSelector: {}, ingress: [{}] })],
  ['a target port by its name', { service: { port: 80, targetPort: 'http' } }, nothing],
  ['discovered ports that differ', { service: { port: 80, targetPort: 8080, portDiscovery: true } }, nothing, deployment({}, container({ ports: [{ name: 'http', containerPort: 8080 }, { containerPort: 9090 }] }))],
  ['a port of a mesh', { service: { port: 80, targetPort: 8080, portDiscovery: true } }, nothing, deployment({}, {
    containers: [{ name: 'shop', image: 'x', ports: [{ name: 'web', containerPort: 8080 }] }, { name: 'istio-proxy', ports: [{ name: 'http', containerPort: 15090 }] }],
  })],
  ['a spread by the name', {}, nothing, deployment({}, { topologySpreadConstraints: [{ labelSelector: byName('shop') }] })],
  ['a target that selects by app first', {}, nothing, deployment({ selector: { matchLabels: { 'app': 'shop', 'app.kubernetes.io/name': 'x' } } })],
])('nothing is found for %s', (...[, props, declare, target]) => {
  expect(codesOf(props, declare, target)).toEqual([]);
});

test('a target that is not in the tree is nobody\'s fault', () => {
  expect(found(c => new Canary(c, 'canary', { ...VALID, autoscalerRef: HPA, ...NGINX }))).toEqual([]);
});

test('a Service as target is the Service itself', () => {
  expect(found(c => {
    object(c, 'Service', 'shop');
    new Canary(c, 'canary', { ...VALID, targetRef: CanaryTarget.service('shop') });
  })).toEqual([]);
});

describe('metrics', () => {
  const template = (c: Chart, query: string, provider = MetricProvider.prometheus({ address: 'http://p' }), namespace?: string) =>
    new MetricTemplate(c, `template-${namespace}`, { metadata: { name: 'errors', namespace }, provider, query });
  const metric = (fields: any = {}) => ({
    analysis: Analysis.canary({ ...ANALYSIS, stepWeight: 10, metrics: [CanaryMetric.template({ name: 'm', templateRef: { name: 'errors' }, thresholdRange: { max: 1 }, ...fields })] }),
  });

  test.each<[code: string, title: string, fields: any, declare: (chart: Chart) => unknown]>([
    ['FW688', 'a variable without a value', { interval: '1m' }, c => template(c, '{{ variables.team }}')],
    ['FW688', 'an indexed variable without a value', { interval: '1m' }, c => template(c, '{{ index variables "the team" }}')],
    ['FW689', 'a variable that is not used', { interval: '1m', templateVariables: { team: 'a' } }, c => template(c, 'x')],
    ['FW690', 'a query with an interval that is not given', {}, c => template(c, 'rate(x[{{ interval }}])')],
    ['FW690', 'Datadog without an interval', {}, c => template(c, 'x', MetricProvider.datadog({ secretRef: 's' }))],
    ['FW690', 'CloudWatch without an interval', {}, c => template(c, '[{}]', MetricProvider.cloudWatch('eu'))],
    ['FW690', 'New Relic without an interval', {}, c => template(c, 'x', MetricProvider.newRelic({ secretRef: 's' }))],
    ['FW690', 'Dynatrace without an interval', {}, c => template(c, 'x', MetricProvider.dynatrace({ address: 'https://d', secretRef: 's' }))],
    ['FW690', 'Splunk without an interval', {}, c => template(c, 'x', MetricProvider.splunk({ address: 'https://d', secretRef: 's' }))],
    ['FW691', 'a template elsewhere', {}, c => template(c, 'x', undefined, 'flagger')],
  ])('%s: %s', (code, _, fields, declare) => {
    expect(codesOf(metric(fields), declare)).toEqual([code]);
  });

  test.each<[string, any, (chart: Chart) => unknown]>([
    ['all that it needs', { interval: '1m', templateVariables: { 'team': 'a', 'the one': 'b' } }, c => template(c, '{{ variables.team }} {{ index variables "the one" }} {{ interval }}')],
    ['no interval where none is used', {}, c => template(c, 'x')],
    ['variables that are taken as a whole', { templateVariables: { team: 'a' } }, c => template(c, '{{ range variables }}{{ . }}{{ end }}')],
    ['a template elsewhere that is named', { templateRef: { name: 'errors', namespace: 'flagger' } }, c => template(c, 'x', undefined, 'flagger')],
    ['a template that is not in the tree', { templateRef: { name: 'unknown' } }, c => template(c, 'x')],
  ])('nothing for %s', (_, fields, declare) => {
    expect(codesOf(metric(fields), declare)).toEqual([]);
  });

  test('FW691 for an alert provider elsewhere', () => {
    const alerts = { analysis: Analysis.canary({ ...ANALYSIS, stepWeight: 10, alerts: [{ name: 'a', providerRef: { name: 'slack' } }] }) };
    const provider = (c: Chart, namespace?: string) => new AlertProvider(c, 'slack', { metadata: { name: 'slack', namespace }, type: AlertProviderType.SLACK, secretRef: 's' });
    expect(codesOf(alerts, c => provider(c, 'flagger'))).toEqual(['FW691']);
    expect(codesOf(alerts, c => provider(c))).toEqual([]);
  });
});

test('objects of different environments never meet', () => {
  const platform = newPlatform();
  for (const name of ['dev', 'prod']) {
    const environment = new Environment(platform, name, { cluster: Cluster.named(name) });
    const chart = new Chart(environment, 'shop', { namespace: 'shop' });
    new Canary(chart, 'canary', VALID);
    if (name === 'dev') {
      object(new Chart(environment, 'more', { namespace: 'shop' }), 'Service', 'shop');
    }
  }
  expect(platform.check().filter(f => /^FW6[89]/.test(f.code)).map(f => [f.code, f.path])).toEqual([['FW686', 'dev/shop/canary']]);
});

test('a tree is walked as often for fifty Canaries as for one', () => {
  const walksOf = (count: number) => {
    const app = new App({ outdir: '/nowhere' });
    const chart = new Chart(app, 'chart', { namespace: 'shop' });
    const walks = jest.spyOn(app.node, 'findAll');
    for (let i = 0; i < count; i++) {
      new Canary(chart, `canary-${i}`, { ...VALID, targetRef: CanaryTarget.deployment(`shop-${i}`) });
    }
    expect((Diagnostics as any)._collect(app)).toEqual([]);
    return walks.mock.calls.length;
  };
  expect(walksOf(50)).toBe(walksOf(1));
});
