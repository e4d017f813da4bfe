import { expectFinding, NO_TEXT, titled } from '../support/misuse';
import { Cluster } from 'cdk8s-fairway';

test.each<[string, Cluster, { name?: string; url?: string }, string]>([
  ['the one of the engine', Cluster.inCluster(), {}, 'in-cluster'],
  ['by name', Cluster.named('prod-eu'), { name: 'prod-eu' }, 'prod-eu'],
  ['by a name with capitals', Cluster.named('Prod_EU'), { name: 'Prod_EU' }, 'prod-eu'],
  ['by the name of a context of GKE', Cluster.named('gke_acme_europe-west1_prod'), { name: 'gke_acme_europe-west1_prod' }, 'gke-acme-europe-west1-prod'],
  ['by the name of a context of EKS', Cluster.named('arn:aws:eks:eu-west-1:123456789012:cluster/prod'),
    { name: 'arn:aws:eks:eu-west-1:123456789012:cluster/prod' }, 'arn-aws-eks-eu-west-1-123456789012-cluster-prod'],
  ['by server', Cluster.server('https://10.0.0.1:6443'), { url: 'https://10.0.0.1:6443' }, '10-0-0-1-6443'],
  ['by server with a slash', Cluster.server('https://api.example.com/'), { url: 'https://api.example.com' }, 'api-example-com'],
  ['by server behind a proxy', Cluster.server('https://rancher.example.com/k8s/clusters/c-1'),
    { url: 'https://rancher.example.com/k8s/clusters/c-1' }, 'rancher-example-com-k8s-clusters-c-1'],
])('a cluster %s', (_, cluster, address, displayName) => {
  expect({ name: cluster.name, url: cluster.url }).toEqual({ name: undefined, url: undefined, ...address });
  expect(cluster.displayName).toBe(displayName);
});

test.each<[string, Cluster, Cluster, boolean]>([
  ['two servers behind one proxy', Cluster.server('https://rancher/k8s/clusters/a'), Cluster.server('https://rancher/k8s/clusters/b'), false],
  ['a name and a server with the same display name', Cluster.named('api-example-com'), Cluster.server('https://api.example.com'), false],
  ['names that differ in case', Cluster.named('prod'), Cluster.named('Prod'), false],
  ['a server written in two ways', Cluster.server('https://API.example.com:443/'), Cluster.server('https://api.example.com'), true],
  ['the local one by its two names', Cluster.inCluster(), Cluster.named('in-cluster'), true],
  ['the local one by its server', Cluster.inCluster(), Cluster.server('https://kubernetes.default.svc'), true],
])('%s', (_, a, b, isSame) => {
  expect(a._key() === b._key()).toBe(isSame);
});

describe('FW203: what addresses no cluster', () => {
  test.each(titled<any>(['', ' ', '-', 'a b', 'a\n', '*', 'prod-*', '!prod', 'a'.repeat(254), 'a\u0000', '${x}', 'ä', ...NO_TEXT]))('name %s', (_, name) => {
    expectFinding(() => Cluster.named(name as any), 'FW203');
  });

  test.each(titled<any>([
    '', 'prod', 'http://10.0.0.1', 'https://', 'ftp://x', 'https://user@host', 'https://user:secret@host', 'https://:secret@host', 'https://host?x=1', 'https://host#x', 'https://a b',
    'https://ho\nst', ' https://host', 'https://*', 'https://*.example.com', 'https://[::1]:6443', 'https://{a,b}', 'javascript:alert(1)', ...NO_TEXT,
  ]))('server %s', (_, url) => {
    expectFinding(() => Cluster.server(url as any), 'FW203');
  });
});

describe('FW204: Kubernetes versions', () => {
  test.each(titled<any>(['1.27', '1.0', '1', '1.280', '2.0', 'v1.34', '1.34.1', '1.34 ', '', 'latest', '१.३४', ...NO_TEXT.filter(x => x !== null)]))('%s is refused', (_, version) => {
    for (const make of [Cluster.inCluster, (o: any) => Cluster.named('a', o), (o: any) => Cluster.server('https://a', o)]) {
      expectFinding(() => make({ kubernetesVersion: version as any }), 'FW204');
    }
  });

  test.each(['1.28', '1.29', '1.30', '1.34', '1.99'])('%s is supported', version => {
    expect(Cluster.inCluster({ kubernetesVersion: version }).kubernetesVersion).toBe(version);
  });

  test.each(titled<any>([undefined, null, {}, { kubernetesVersion: undefined }]))('options %s mean 1.30', (_, options) => {
    expect([Cluster.inCluster(options), Cluster.named('a', options), Cluster.server('https://a', options)].map(c => c.kubernetesVersion)).toEqual(['1.30', '1.30', '1.30']);
  });

  test('are compared as numbers', () => {
    const cluster = Cluster.inCluster({ kubernetesVersion: '1.30' });
    expect(['1.28', '1.29', '1.30', '1.31', '1.99'].map(v => cluster.isAtLeast(v))).toEqual([true, true, true, false, false]);
    expectFinding(() => cluster.isAtLeast('v1.30'), 'FW204');
    expectFinding(() => cluster.isAtLeast(1.3 as any), 'FW204');
  });
});
