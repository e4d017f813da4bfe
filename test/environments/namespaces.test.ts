import { expectFinding } from '../support/misuse';
import { environment, manifests, service, worker } from '../support/model';
import { newPlatform } from '../support/platform';
import { Cluster, Finding, NamespaceRule, Platform } from 'cdk8s-fairway';

function errors(platform: Platform): Finding[] {
  return platform.check().filter(f => f.severity === 'error');
}

test.each<[string, NamespaceRule | undefined, string]>([
  ['by default', undefined, 'acme-prod'],
  ['one for the environment', NamespaceRule.perEnvironment(), 'acme-prod'],
  ['one with a name', NamespaceRule.perEnvironment('shop'), 'shop'],
  ['one for each workload', NamespaceRule.perWorkload(), 'acme-prod-app'],
  ['one for each workload with a prefix', NamespaceRule.perWorkload('shop'), 'shop-app'],
])('namespaces %s', (_, namespaces, expected) => {
  const platform = newPlatform();
  const prod = environment(platform, 'prod', { namespaces });
  service(platform);
  expect(prod.namespaceOf('app')).toBe(expected);
  platform.lower();
  expect(manifests(prod.node.findChild('app')).map(o => o.metadata.namespace)).toEqual(expect.arrayContaining([expected]));
  expect(manifests(prod, 'Namespace').map(o => o.metadata.name)).toEqual([expected]);
});

test('with a namespace for each workload, each has its default policy and its Pod Security level', () => {
  const platform = newPlatform();
  const prod = environment(platform, 'prod', { namespaces: NamespaceRule.perWorkload(), kubernetesVersion: '1.30' });
  service(platform, 'a');
  worker(platform, 'b');
  platform.lower();
  expect(manifests(prod, 'Namespace').map(o => o.metadata.name)).toEqual(['acme-prod-a', 'acme-prod-b']);
  expect(manifests(prod, 'Namespace').map(o => o.metadata.namespace)).toEqual([undefined, undefined]);
  expect(manifests(prod, 'Namespace')[0].metadata.labels).toMatchObject({
    'pod-security.kubernetes.io/enforce': 'restricted',
    'pod-security.kubernetes.io/enforce-version': 'v1.30',
    'pod-security.kubernetes.io/audit': 'restricted',
    'pod-security.kubernetes.io/warn': 'restricted',
  });
  const denials = manifests(prod, 'NetworkPolicy').filter(o => o.metadata.name.startsWith('default-deny-'));
  expect(denials.map(o => o.metadata.namespace)).toEqual(['acme-prod-a', 'acme-prod-b']);
  expect(denials.map(o => o.spec)).toEqual(denials.map(() => ({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] })));
});

describe('FW205: namespaces that Kubernetes refuses', () => {
  test.each<[string, NamespaceRule]>([
    ['empty', NamespaceRule.perEnvironment('')],
    ['in capitals', NamespaceRule.perEnvironment('Shop')],
    ['too long', NamespaceRule.perEnvironment('a'.repeat(64))],
    ['too long when joined', NamespaceRule.perWorkload('a'.repeat(61))],
    ['of Kubernetes', NamespaceRule.perEnvironment('kube-system')],
    ['the default one', NamespaceRule.perEnvironment('default')],
    ['of the ingress controller', NamespaceRule.perEnvironment('ingress-nginx')],
    ['of the Gateway', NamespaceRule.perEnvironment('gateways')],
    ['of the pods of the Gateway', NamespaceRule.perEnvironment('envoy')],
    ['with a control character', NamespaceRule.perEnvironment('a\u0000')],
    ['a number', NamespaceRule.perEnvironment(5 as any)],
    ['a map', NamespaceRule.perEnvironment({} as any)],
  ])('%s', (_, namespaces) => {
    const platform = newPlatform();
    const prod = environment(platform, 'prod', {
      namespaces,
      ingress: { className: 'nginx', namespace: 'ingress-nginx' },
      gateway: { name: 'public', namespace: 'gateways', podNamespace: 'envoy' },
    });
    worker(platform, 'job');
    expectFinding(() => prod.namespaceOf('job'), 'FW205', 'prod');
    expect(new Set(errors(platform).map(f => `${f.code} ${f.path}`))).toEqual(new Set(['FW205 prod']));
  });

  test('long names that do not fit when they are joined', () => {
    const platform = newPlatform(undefined, { name: 'a'.repeat(40) });
    environment(platform, 'b'.repeat(30));
    worker(platform);
    expect(errors(platform)[0]).toMatchObject({ code: 'FW205', message: expect.stringContaining('71 characters') });
  });
});

describe('FW206: two environments in one namespace of one cluster', () => {
  const shop = NamespaceRule.perEnvironment('shop');

  test.each<[string, Cluster, Cluster, boolean]>([
    ['one cluster', Cluster.inCluster(), Cluster.inCluster(), true],
    ['one cluster by its two names', Cluster.inCluster(), Cluster.named('in-cluster'), true],
    ['one server', Cluster.server('https://a'), Cluster.server('https://a/'), true],
    ['two clusters', Cluster.inCluster(), Cluster.named('prod'), false],
    ['two clusters behind one proxy', Cluster.server('https://proxy/a'), Cluster.server('https://proxy/b'), false],
    ['two clusters with one display name', Cluster.named('proxy-a'), Cluster.server('https://proxy/a'), false],
  ])('%s', (_, a, b, isShared) => {
    const platform = newPlatform();
    environment(platform, 'dev', { namespaces: shop, cluster: a });
    environment(platform, 'prod', { namespaces: shop, cluster: b });
    worker(platform, 'a');
    worker(platform, 'b');
    expect(errors(platform).map(f => [f.code, f.path])).toEqual(isShared ? [['FW206', 'prod']] : []);
  });

  test('names that meet when they are joined', () => {
    const platform = newPlatform();
    environment(platform, 'dev', { namespaces: NamespaceRule.perEnvironment('shop-job') });
    environment(platform, 'prod', { namespaces: NamespaceRule.perWorkload('shop') });
    worker(platform);
    expect(errors(platform)).toMatchObject([{ code: 'FW206', path: 'prod', message: expect.stringContaining('"shop-job"') }]);
  });
});
