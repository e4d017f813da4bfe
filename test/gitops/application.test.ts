import { Duration } from 'cdk8s';
import { expectFinding, NO_NAME, NO_TEXT, titled, withEach } from '../support/misuse';
import { environment, followedPlatform, worker } from '../support/model';
import { newPlatform } from '../support/platform';
import { Application, ApplicationOverride, ApplicationProps, ApplicationSource, Cluster, Environment, PodSecurity } from 'cdk8s-fairway';

/* What a cluster needs beside the workloads, as it is declared. */

const source = ApplicationSource.helm({ repository: 'https://charts.example.com', chart: 'podinfo', version: '6.9.2' });

const declare = (props: any, id: any = 'podinfo') => new Application(newPlatform('/nowhere'), id, props);

test('defaults', () => {
  const application = declare({ source });
  expect(application).toMatchObject({
    name: 'podinfo',
    namespace: 'podinfo',
    podSecurity: PodSecurity.BASELINE,
    dependsOn: [],
    provides: [],
    clusterKinds: [],
    namespaces: [],
    prune: true,
    selfHeal: true,
  });
  expect(application.timeout.toSeconds()).toBe(600);
  expect(application.environments).toEqual([]);
});

test('all environments, also those that are declared later, unless some are chosen', () => {
  const platform = newPlatform('/nowhere');
  const all = new Application(platform, 'all', { source });
  const dev = environment(platform, 'dev');
  const chosen = new Application(platform, 'chosen', { source, environments: [dev] });
  environment(platform, 'prod');
  expect([all, chosen].map(each => each.environments.map(({ name }) => name))).toEqual([['dev', 'prod'], ['dev']]);
});

test('each cluster once, with the environments that share it', () => {
  const platform = newPlatform('/nowhere');
  environment(platform, 'dev');
  environment(platform, 'staging');
  environment(platform, 'prod', { cluster: undefined, regions: [{ cluster: Cluster.named('eu') }, { cluster: Cluster.named('us') }] });
  const application = new Application(platform, 'a', { source });
  expect(application._clusters().map(({ cluster, environments }) => [cluster.displayName, environments.map(({ name }) => name)])).toEqual([
    ['in-cluster', ['dev', 'staging']], ['eu', ['prod']], ['us', ['prod']],
  ]);
});

test('what was given is copied', () => {
  const props = { source, dependsOn: ['a'], overrides: { prod: { values: { a: 1 } } } };
  const application = declare(props);
  props.dependsOn.push('b');
  props.overrides.prod.values.a = 2;
  application.environments.push(undefined as unknown as Environment);
  const prod = environment(application.node.root as any);
  expect(application.dependsOn).toEqual(['a']);
  expect(application._sourceIn(prod)._plan).toMatchObject({ values: { a: 1 } });
  expect(application.environments).toEqual([prod]);
});

test('an override by the name of something that every object has is none', () => {
  const platform = newPlatform('/nowhere');
  const prod = environment(platform, 'to-string');
  const application = new Application(platform, 'a', { source, overrides: JSON.parse('{"__proto__": {"revision": "1.0.0"}}') });
  expect(application._sourceIn(prod)._plan).toMatchObject({ version: '6.9.2' });
});

test.each(titled<any>([...NO_NAME, 'a'.repeat(41), ...NO_TEXT].filter(name => name !== 'con')))('FW105: the name %s', (_, id) => {
  expect(() => declare({ source }, id)).toThrow(/FW105|FW585/);
});

describe('FW580', () => {
  const refuse = (props: any): void => void expectFinding(() => declare({ source, ...props }), 'FW580', 'podinfo');
  test.each(titled<any>([undefined, null, 'https://charts.example.com', {}, []]))('the source %s', (_, value) => refuse({ source: value }));
  test.each(titled<any>(['', 'A', 'a_b', 'default', null, 5, {}]))('the namespace %s', (_, namespace) => refuse({ namespace }));
  test.each(titled<any>(['A', ['A'], [null], ['default'], {}, 5]))('further namespaces %s', (_, namespaces) => refuse({ namespaces }));
  test.each(titled<any>(['none', '', null, 5, {}]))('podSecurity %s', (_, podSecurity) => refuse({ podSecurity }));
  test.each(titled<any>(['a', [5], [null], {}, 5]))('dependsOn %s', (_, dependsOn) => refuse({ dependsOn }));
  test.each(titled<any>(['argoproj.io', ['apps'], [''], ['Argo.io'], ['*.io'], [null], {}]))('provides %s', (_, provides) => refuse({ provides }));
  test.each(titled<any>([['clusterissuer'], [''], ['Kind.'.repeat(2) + '*'], [null], 'Namespace', {}]))('clusterKinds %s', (_, clusterKinds) => refuse({ clusterKinds }));
  test.each(titled<any>(['yes', 1, null, {}]))('flags %s', (_, value) => {
    refuse({ prune: value });
    refuse({ selfHeal: value });
  });
  test.each(titled<any>([5, '10m', null, {}, Duration.millis(5)]))('timeout %s', (_, timeout) => refuse({ timeout }));
  test.each(titled<any>([5, 'prod', [], null, { prod: 5 }, { prod: null }, { prod: [] }]))('overrides %s', (_, overrides) => refuse({ overrides }));

  test.each<[string, ApplicationOverride, string]>([
    ['values that are none', { values: 5 }, 'FW580'],
    ['a range', { revision: '^6.0.0' }, 'FW581'],
  ])('an override with %s', (_, override, code) => {
    expectFinding(() => declare({ source, overrides: { prod: override } }), code);
  });

  test('values for what is no chart', () => {
    expectFinding(() => declare({ source: ApplicationSource.directory({ path: 'a' }), overrides: { prod: { values: {} } } }), 'FW580');
  });
});

test('FW585: names that are taken', () => {
  const platform = newPlatform('/nowhere');
  environment(platform);
  worker(platform, 'job');
  new Application(platform, 'a', { source });
  expectFinding(() => new Application(platform, 'a', { source }), 'FW585', 'a');
  expectFinding(() => new Application(platform, 'job', { source }), 'FW585', 'job');
  expectFinding(() => new Application(platform, 'prod', { source }), 'FW585', 'prod');
});

test('FW106: not after lower()', () => {
  const platform = newPlatform('/nowhere');
  platform.lower();
  expectFinding(() => new Application(platform, 'a', { source }), 'FW106');
});

const VALUES: any[] = [
  null, '', 'text', 0, -1, 1.5, NaN, true, 10n, Symbol('s'), () => 'x', [], ['text'], [null], [5], [{}], {}, { a: 'b' }, { a: { revision: 5 } }, { a: { values: [] } }, { a: { values: { __proto__: null } } },
  Object.create(null), new Map(), new Date(0), /x/, source, Cluster.inCluster(), Duration.seconds(1), JSON.parse('{"__proto__": 1, "constructor": 2}'),
];

test('whatever a program in JavaScript passes is refused, or works', () => {
  const names: Array<keyof ApplicationProps> = [
    'source', 'namespace', 'podSecurity', 'environments', 'dependsOn', 'provides', 'clusterKinds', 'namespaces', 'prune', 'selfHeal', 'timeout', 'overrides',
  ];
  withEach(VALUES, names, { source }, props => {
    const platform = followedPlatform({ root: '/nowhere' });
    environment(platform, 'a');
    worker(platform, 'job');
    new Application(platform, 'podinfo', props);
    expect(platform.check().filter(f => ['FW104', 'FW109'].includes(f.code))).toEqual([]);
  });
});
