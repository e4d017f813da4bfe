import { Construct } from 'constructs';
import { expectFinding, NO_NAME, NO_TEXT, titled } from '../support/misuse';
import { environment, service } from '../support/model';
import { newPlatform } from '../support/platform';
import { Cluster, Environment, EnvironmentProps } from 'cdk8s-fairway';

const cluster = Cluster.inCluster();

/** An environment with whatever JavaScript lets through. */
function declare(props: any): () => Environment {
  const platform = newPlatform();
  return () => new Environment(platform, 'prod', props);
}

test.each(titled<any>([...NO_NAME, ...NO_TEXT, undefined, 'a'.repeat(31)]))('FW105: the name %s', (_, name) => {
  expectFinding(() => new Environment(newPlatform(), name as any, { cluster }), 'FW105');
});

test('FW110: outside of a platform', () => {
  expectFinding(() => new Environment(new Construct(undefined as any, ''), 'prod', { cluster }), 'FW110');
  expectFinding(() => new Environment(undefined as any, 'prod', { cluster }), 'FW110');
});

test('FW106: after lower()', () => {
  const platform = newPlatform();
  platform.lower();
  expectFinding(() => environment(platform), 'FW106', 'prod');
});

test.each<[string, any]>([
  ['no props', undefined], ['null', null], ['no cluster', {}], ['a name', { cluster: 'prod-eu' }], ['null as cluster', { cluster: null }], ['options', { cluster: { kubernetesVersion: '1.34' } }],
])('FW203: %s instead of a Cluster', (_, props) => {
  expectFinding(declare(props), 'FW203', 'prod');
});

test.each(titled<any>(['shop', null, 5, {}, () => 'shop']))('FW205: %s instead of a NamespaceRule', (_, namespaces) => {
  expectFinding(declare({ cluster, namespaces }), 'FW205', 'prod');
});

describe('promotedFrom', () => {
  const foreign = environment(newPlatform(), 'dev');

  test.each<[string, any]>([
    ['of another platform', [foreign]],
    ['of no platform', [{ name: 'dev' }]],
    ['by name', ['dev']],
    ['undefined', [undefined]],
    ['null', [null]],
    ['not a list', foreign],
    ['a name instead of a list', 'dev'],
    ['a map', {}],
  ])('FW201: an environment %s', (_, promotedFrom) => {
    expectFinding(declare({ cluster, promotedFrom }), 'FW201', 'prod');
  });

  test('FW202: one named twice', () => {
    const platform = newPlatform();
    const dev = environment(platform, 'dev');
    expectFinding(() => environment(platform, 'prod', { promotedFrom: [dev, dev] }), 'FW202', 'prod');
  });
});

describe('FW208: labels', () => {
  test.each<[string, any]>([
    ['a key with spaces', { 'a b': 'c' }],
    ['an empty key', { '': 'c' }],
    ['a key with two slashes', { 'a/b/c': 'd' }],
    ['a prefix in capitals', { 'Example.com/a': 'd' }],
    ['a key that is too long', { ['a'.repeat(64)]: 'd' }],
    ['a prefix that is too long', { [`${'a.'.repeat(127)}a/b`]: 'd' }],
    ['a value that is too long', { a: 'b'.repeat(64) }],
    ['a value with a line break', { a: 'b\nc' }],
    ['a value that ends with a dot', { a: 'b.' }],
    ['a number', { a: 5 }],
    ['null', { a: null }],
    ['undefined', { a: undefined }],
    ['a label of the platform', { 'app.kubernetes.io/part-of': 'other' }],
    ['the label that pods are selected by', { 'app.kubernetes.io/instance': 'other' }],
    ['a list', ['a']],
    ['a text', 'a=b'],
  ])('%s', (_, labels) => {
    expectFinding(declare({ cluster, labels }), 'FW208', 'prod');
  });

  test.each(titled<any>([{ a: '' }, { 'example.com/a_B.c-1': '1.0_x-Y' }, { 'app.kubernetes.io/component': 'web' }, { 1: '2' }]))('%s is fine', (_, labels) => {
    expect(declare({ cluster, labels })().labels).toEqual(labels);
  });
});

test('FW213: an unknown profile', () => {
  expectFinding(() => Cluster.inCluster({ profile: 'openstack' as any }), 'FW213');
});

test.each<[string, string, Partial<EnvironmentProps>]>([
  ['FW214', 'a quota that is a text', { quota: '10' as any }],
  ['FW214', 'CPU of a quota without a number', { quota: { cpu: 'many' } }],
  ['FW214', 'no memory', { quota: { memory: '0' } }],
  ['FW214', 'a limit that is a number', { quota: { cpuLimit: 5 as any } }],
  ['FW214', 'half a pod', { quota: { pods: 0.5 } }],
  ['FW215', 'a monitoring namespace in capitals', { monitoringNamespace: 'Monitoring' }],
  ['FW215', 'no monitoring namespace', { monitoringNamespace: '' }],
])('%s: %s', (code, _, props) => {
  expectFinding(declare({ cluster, ...props }), code, 'prod');
});

describe('FW212: the Gateway', () => {
  test.each<[string, any]>([
    ['no namespace', { name: 'public' }],
    ['an empty namespace', { name: 'public', namespace: '' }],
    ['no name', { namespace: 'gateways' }],
    ['a name in capitals', { name: 'Public', namespace: 'gateways' }],
    ['pods in a namespace that is none', { name: 'public', namespace: 'gateways', podNamespace: 'a_b' }],
    ['a listener that is none', { name: 'public', namespace: 'gateways', sectionName: 'a b' }],
    ['a text', 'public'],
    ['null', null],
    ['an empty map', {}],
  ])('%s', (_, gateway) => {
    expectFinding(declare({ cluster, gateway }), 'FW212', 'prod');
  });

  test('a copy is kept', () => {
    const gateway = { name: 'public', namespace: 'gateways' };
    const made = declare({ cluster, gateway })();
    gateway.namespace = 'elsewhere';
    expect(made.gateway).toEqual({ name: 'public', namespace: 'gateways' });
  });

  test('FW211: a provider of metrics as text', () => {
    expectFinding(declare({ cluster, metrics: 'http://prometheus' as any }), 'FW211', 'prod');
  });
});

describe('FW209: the ingress controller', () => {
  test.each<[string, any]>([
    ['no namespace', { className: 'nginx' }],
    ['an empty namespace', { className: 'nginx', namespace: '' }],
    ['no class', { namespace: 'ingress-nginx' }],
    ['a class in capitals', { className: 'NGINX', namespace: 'ingress-nginx' }],
    ['a name', 'nginx'],
    ['null', null],
    ['true', true],
    ['an empty map', {}],
  ])('%s', (_, ingress) => {
    expectFinding(declare({ cluster, ingress }), 'FW209', 'prod');
  });

  test.each(titled<any>([{ 'a b': 'c' }, { a: 5 }, { a: true }, 'a', { 'a/b/c': '' }]))('FW208: annotations %s', (_, annotations) => {
    expectFinding(declare({ cluster, ingress: { className: 'nginx', namespace: 'ingress-nginx', annotations } }), 'FW208', 'prod');
  });
});

describe('FW210: a name that is taken', () => {
  test('by every construct', () => {
    expectFinding(() => environment(newPlatform(), 'constructor'), 'FW210', 'constructor');
  });

  test('by an environment elsewhere in the tree', () => {
    const platform = newPlatform();
    environment(platform, 'prod');
    expectFinding(() => new Environment(new Construct(platform, 'eu'), 'prod', { cluster }), 'FW210', 'eu/prod');
    expect(Environment.allIn(platform)).toHaveLength(1);
  });

  test('by an environment or a workload in the same place', () => {
    const platform = newPlatform();
    environment(platform, 'prod');
    service(platform, 'shop');
    expectFinding(() => environment(platform, 'prod'), 'FW210', 'prod');
    expectFinding(() => environment(platform, 'shop'), 'FW210', 'shop');
  });
});

test.each([[''], ['a..b'], ['/a'], ['a/'], ['a b'], ['a.lock'], ['-a'], ['HEAD'], ['a@{1}'], [7 as unknown as string], [null as unknown as string]])('the branch %j', branch => {
  expect(() => new Environment(newPlatform(), 'prod', { cluster: Cluster.inCluster(), branch })).toThrow(expect.objectContaining({
    findings: [expect.objectContaining({ code: 'FW223', path: 'prod' })],
  }));
});

test.each([['main'], ['environment/prod'], ['release-1.2'], ['a@b']])('the branch %j is one', branch => {
  expect(new Environment(newPlatform(), 'prod', { cluster: Cluster.inCluster(), branch }).branch).toBe(branch);
});
