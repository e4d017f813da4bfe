import { codes } from '../support/findings';
import { expectFinding, NO_NAME, NO_TEXT, titled } from '../support/misuse';
import { environment, manifests, service, worker } from '../support/model';
import { newPlatform } from '../support/platform';
import { Cluster, ClusterProfile, Environment, NamespaceRule, Platform, Region } from 'cdk8s-fairway';

const eu = Cluster.named('prod-eu', { kubernetesVersion: '1.34' });
const us = Cluster.named('prod-us', { kubernetesVersion: '1.33' });
const ingress = { className: 'nginx', namespace: 'ingress-nginx' };

function prod(platform: Platform, regions: unknown, more: object = {}): Environment {
  return new Environment(platform, 'prod', { regions: regions as Region[], ...more });
}

describe('FW216', () => {
  test.each(titled<unknown>([null, [], {}, 'eu', 7, new Set([{ cluster: eu }])]))('no list of regions %s', (_, regions) => {
    expectFinding(() => prod(newPlatform(), regions), 'FW216', 'prod');
  });

  test.each(titled<unknown>([...NO_NAME, ...NO_TEXT.filter(name => name !== null), 'a'.repeat(21)]))('a name %s', (_, name) => {
    expectFinding(() => prod(newPlatform(), [{ cluster: eu, name }]), 'FW216', 'prod');
  });

  test.each(titled<unknown>([-1, 0.5, 1001, NaN, Infinity, '1', null, true, {}, 10n]))('a wave %s', (_, wave) => {
    expectFinding(() => prod(newPlatform(), [{ cluster: eu, wave }]), 'FW216', 'prod');
  });

  test.each<[string, Region[]]>([
    ['one name', [{ cluster: eu, name: 'a' }, { cluster: us, name: 'a' }]],
    ['one cluster', [{ cluster: eu, name: 'a' }, { cluster: Cluster.named('prod-eu'), name: 'b' }]],
    ['one cluster by two spellings', [{ cluster: Cluster.inCluster(), name: 'a' }, { cluster: Cluster.named('in-cluster'), name: 'b' }]],
    ['one cluster by two spellings of a URL', [{ cluster: Cluster.server('https://a.example.com/'), name: 'a' }, { cluster: Cluster.server('https://a.example.com'), name: 'b' }]],
    ['two profiles', [{ cluster: eu }, { cluster: Cluster.named('us', { profile: ClusterProfile.GKE_AUTOPILOT }) }]],
    ['a URL as a name', [{ cluster: Cluster.server('https://10.0.0.1:6443') }]],
  ])('%s', (_, regions) => {
    expectFinding(() => prod(newPlatform(), regions), 'FW216', 'prod');
  });

  test.each(titled<unknown>([eu, null, 'eu', {}]))('a cluster beside regions %s', (_, cluster) => {
    expectFinding(() => prod(newPlatform(), [{ cluster: eu }], { cluster }), 'FW216', 'prod');
  });
});

test.each(titled<unknown>([undefined, null, 7, 'eu', {}, { cluster: null }, { cluster: 'eu' }]))('a region without a cluster %s', (_, region) => {
  expectFinding(() => prod(newPlatform(), [region]), 'FW203', 'prod');
});

test('a hole in the list is a region without a cluster', () => {
  expectFinding(() => prod(newPlatform(), [{ cluster: eu }, , { cluster: us }]), 'FW203', 'prod'); // eslint-disable-line no-sparse-arrays
});

test('neither cluster nor regions', () => {
  expectFinding(() => new Environment(newPlatform(), 'prod', {}), 'FW203', 'prod');
});

test('regions have names and waves, whatever becomes of the list', () => {
  const given: any[] = [{ cluster: eu, wave: 2 }, { cluster: us, name: 'us' }, { cluster: Cluster.named('a-cluster-with-a-long-name') }];
  const made = prod(newPlatform(), given);
  given[0].wave = 7;
  given.pop();
  made.regions.pop();
  expect(made.regions.map(({ name, wave, cluster }) => [name, wave, cluster.displayName])).toEqual([
    ['prod-eu', 2, 'prod-eu'], ['us', 0, 'prod-us'], ['a-cluster-with-a-lon', 0, 'a-cluster-with-a-long-name'],
  ]);
});

test('a name that is cut does not end with a hyphen', () => {
  expect(prod(newPlatform(), [{ cluster: Cluster.named('a23456789-123456789-b') }]).regions[0].name).toBe('a23456789-123456789');
});

test('a cluster is a single region', () => {
  expect(new Environment(newPlatform(), 'prod', { cluster: eu }).regions).toEqual([{ cluster: eu, name: 'prod-eu', wave: 0 }]);
});

describe('the lowest version', () => {
  test.each([
    [['1.34', '1.33'], '1.33'], [['1.28', '1.34'], '1.28'], [['1.34', '1.30', '1.32'], '1.30'], [['1.31', '1.31'], '1.31'], [['1.34', undefined], '1.30'],
  ])('of %j', (versions, expected) => {
    const clusters = versions.map((kubernetesVersion, i) => Cluster.named(`c-${i}`, { kubernetesVersion }));
    expect(prod(newPlatform(), clusters.map(cluster => ({ cluster }))).cluster.kubernetesVersion).toBe(expected);
  });

  test('is what objects are made for', () => {
    const made = (version: string) => {
      const platform = newPlatform();
      prod(platform, [{ cluster: eu }, { cluster: Cluster.named('old', { kubernetesVersion: version }) }]);
      service(platform);
      platform.lower();
      return manifests(platform, 'Namespace')[0].metadata.labels['pod-security.kubernetes.io/enforce-version'];
    };
    expect([made('1.31'), made('1.34')]).toEqual(['v1.31', 'v1.34']);
  });
});

describe('environments that share one of their clusters', () => {
  /** prod in eu and us, and canary in asia and one more. */
  function findings(other: Cluster, canaryNamespace: string, canaryHost: string): [string, string][] {
    const platform = newPlatform();
    prod(platform, [{ cluster: eu }, { cluster: us }], { namespaces: NamespaceRule.perEnvironment('shop'), ingress });
    environment(platform, 'canary', {
      cluster: undefined, regions: [{ cluster: Cluster.named('asia') }, { cluster: other }], namespaces: NamespaceRule.perEnvironment(canaryNamespace), ingress,
    });
    service(platform, 'app', { overrides: { prod: { host: 'shop.example.com' }, canary: { host: canaryHost } } });
    return platform.check().map(f => [f.code, f.path]);
  }

  test('cannot share a namespace there', () => {
    expect(findings(us, 'shop', 'canary.example.com')).toEqual([['FW206', 'canary']]);
    expect(findings(eu, 'shop', 'canary.example.com')).toEqual([['FW206', 'canary']]);
    expect(findings(Cluster.named('africa'), 'shop', 'canary.example.com')).toEqual([]);
  });

  test('cannot share a host there', () => {
    expect(findings(us, 'canary', 'shop.example.com')).toEqual([['FW414', 'app']]);
    expect(findings(Cluster.named('africa'), 'canary', 'shop.example.com')).toEqual([]);
  });

  test('the finding names the cluster', () => {
    const platform = newPlatform();
    prod(platform, [{ cluster: eu }, { cluster: us }], { namespaces: NamespaceRule.perEnvironment('shop') });
    environment(platform, 'other', { cluster: us, namespaces: NamespaceRule.perEnvironment('shop') });
    worker(platform);
    expect(platform.check()).toEqual([expect.objectContaining({ code: 'FW206', message: expect.stringContaining('prod-us') })]);
  });
});

test('two workloads with one host are found once, on however many clusters', () => {
  const platform = newPlatform();
  prod(platform, [{ cluster: eu }, { cluster: us }], { ingress });
  service(platform, 'a', { host: 'shop.example.com' });
  service(platform, 'b', { host: 'shop.example.com' });
  expect(codes(platform.check())).toEqual(['FW414']);
});
