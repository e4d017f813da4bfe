import { ApiObject, App, Chart } from 'cdk8s';
import { found, make } from './support';
import { expectWellSaid } from '../../support/misuse';
import { newPlatform } from '../../support/platform';
import { Cluster, Diagnostics, Environment, flux } from 'cdk8s-fairway';

/* What no object of Flux can see alone: what it names, and what waits for what. */

const { GitReference, MultiTenancy, SourceReference } = flux;

const named = (name: string, namespace?: string) => ({ metadata: { name, namespace } });
const after = (...names: string[]) => ({ dependsOn: names.map(name => ({ name })) });
const add = (chart: Chart, kind: string, name: string, props: any = {}, namespace?: string) => make(kind, { ...named(name, namespace), ...props }, chart, `${kind}-${name}-${namespace ?? ''}`);

function codesOf(declare: (chart: Chart, app: App) => unknown, namespace?: string): string[] {
  const findings = found(declare, namespace);
  findings.forEach(expectWellSaid);
  return findings.map(finding => `${finding.code} ${finding.path}`);
}

test.each<[title: string, declare: (chart: Chart) => unknown, expected: string[]]>([
  ['a source of another kind', c => [add(c, 'OCIRepository', 'shop'), add(c, 'Kustomization', 'web')], ['FW572 chart/Kustomization-web-']],
  ['a source in another namespace', c => [add(c, 'GitRepository', 'shop', {}, 'flux-system'), add(c, 'Kustomization', 'web', {}, 'apps')], ['FW572 chart/Kustomization-web-apps']],
  ['a source that is there', c => [add(c, 'GitRepository', 'shop'), add(c, 'OCIRepository', 'shop'), add(c, 'Kustomization', 'web')], []],
  ['a source that is nowhere', c => add(c, 'Kustomization', 'web'), []],
  ['a chart of another kind', c => [add(c, 'GitRepository', 'shop'), add(c, 'HelmRelease', 'web')], ['FW572 chart/HelmRelease-web-']],
  ['a dependency in another namespace', c => [add(c, 'Kustomization', 'db', {}, 'a'), add(c, 'Kustomization', 'web', after('db'), 'b')], ['FW572 chart/Kustomization-web-b']],
  ['an image in another namespace', c => [add(c, 'ImageRepository', 'shop', {}, 'a'), add(c, 'ImagePolicy', 'web', {}, 'b')], ['FW572 chart/ImagePolicy-web-b']],
  ['a Provider in another namespace', c => [add(c, 'Provider', 'chat', {}, 'a'), add(c, 'Alert', 'web', {}, 'b')], ['FW572 chart/Alert-web-b']],
  ['a HelmRelease that depends on a Kustomization', c => [add(c, 'Kustomization', 'db'), add(c, 'HelmRelease', 'web', after('db'))], ['FW574 chart/HelmRelease-web-']],
  ['a Kustomization that depends on a HelmRelease', c => [add(c, 'HelmRelease', 'db'), add(c, 'Kustomization', 'web', after('db'))], ['FW574 chart/Kustomization-web-']],
  ['a dependency of its own kind beside another kind', c => [add(c, 'HelmRelease', 'db'), add(c, 'Kustomization', 'db'), add(c, 'Kustomization', 'web', after('db'))], []],
  ['two that wait for each other', c => [add(c, 'Kustomization', 'a', after('b')), add(c, 'Kustomization', 'b', after('a'))], ['FW573 chart/Kustomization-b-']],
  ['three HelmReleases in a circle', c => [add(c, 'HelmRelease', 'a', after('b')), add(c, 'HelmRelease', 'b', after('c')), add(c, 'HelmRelease', 'c', after('a'))], ['FW573 chart/HelmRelease-c-']],
  ['two circles', c => [add(c, 'Kustomization', 'a', after('b', 'c')), add(c, 'Kustomization', 'b', after('a')), add(c, 'Kustomization', 'c', after('a'))],
    ['FW573 chart/Kustomization-b-', 'FW573 chart/Kustomization-c-']],
  ['a diamond', c => [add(c, 'Kustomization', 'a', after('b', 'c')), add(c, 'Kustomization', 'b', after('d')), add(c, 'Kustomization', 'c', after('d')), add(c, 'Kustomization', 'd')], []],
  ['circles of different namespaces, which are none', c => [
    add(c, 'Kustomization', 'a', { dependsOn: [{ name: 'b', namespace: 'x' }] }, 'x'), add(c, 'Kustomization', 'b', { dependsOn: [{ name: 'a', namespace: 'y' }] }, 'x'), add(c, 'Kustomization', 'a', {}, 'y'),
  ], []],
  ['an automation that pushes to a tag', c => [add(c, 'GitRepository', 'shop', { ref: GitReference.tag('v1') }), add(c, 'ImageUpdateAutomation', 'bump')], ['FW575 chart/ImageUpdateAutomation-bump-']],
  ['an automation that pushes to a branch', c => [add(c, 'GitRepository', 'shop'), add(c, 'ImageUpdateAutomation', 'bump')], []],
  ['an automation that says its branch', c => [
    add(c, 'GitRepository', 'shop', { ref: GitReference.tag('v1') }),
    add(c, 'ImageUpdateAutomation', 'bump', { git: { commit: { author: { email: 'a@b.c' } }, push: { branch: 'main' } } }),
  ], []],
])('%s', (_, declare, expected) => {
  expect(codesOf(declare)).toEqual(expected);
});

test('a circle names both ends', () => {
  const [{ message }] = found(c => [add(c, 'Kustomization', 'a', after('b')), add(c, 'Kustomization', 'b', after('a'))]);
  expect(message).toContain('"b" depends on "a"');
});

test('a dependency on another kind says what to do', () => {
  const [release, kustomization] = [['HelmRelease', 'Kustomization'], ['Kustomization', 'HelmRelease']].map(([kind, other]) =>
    found(c => [add(c, other, 'db'), add(c, kind, 'web', after('db'))])[0]);
  expect(release.remedy).toContain('path of a Kustomization');
  expect(kustomization.remedy).toContain('the Kustomization that applies "db"');
});

test('a long chain is no circle, and costs no stack', () => {
  const chain = (c: Chart) => Array.from({ length: 5000 }, (_, i) => add(c, 'Kustomization', `k${i}`, after(`k${i + 1}`)));
  expect(codesOf(chain)).toEqual([]);
});

describe('multi-tenancy', () => {
  const foreign = { sourceRef: SourceReference.gitRepository('shop', { namespace: 'flux-system' }) };

  test.each<[string, string, any]>([
    ['a source', 'Kustomization', foreign],
    ['a dependency', 'Kustomization', { dependsOn: [{ name: 'db', namespace: 'data' }] }],
    ['a chart', 'HelmRelease', { chartRef: SourceReference.ociRepository('a', { namespace: 'charts' }) }],
    ['an image', 'ImagePolicy', { imageRepositoryRef: { name: 'a', namespace: 'images' } }],
    ['a source of events', 'Alert', { eventSources: [{ kind: 'Kustomization', name: '*', namespace: 'other' }] }],
    ['a resource', 'Receiver', { resources: [{ kind: 'GitRepository', name: 'a', namespace: 'other' }] }],
    ['a repository to push to', 'ImageUpdateAutomation', foreign],
  ])('denies %s', (_, kind, props) => {
    const declare = (lock: boolean) => (c: Chart) => {
      add(c, kind, 'web', props, 'apps');
      if (lock) {
        MultiTenancy.lockDown(c);
      }
    };
    expect(codesOf(declare(true))).toEqual([`FW571 chart/${kind}-web-apps`]);
    expect(codesOf(declare(false))).toEqual([]);
  });

  test('permits what is in the same namespace, and what is elsewhere in the tree', () => {
    expect(codesOf((c, app) => {
      MultiTenancy.lockDown(c);
      add(c, 'Kustomization', 'web', { sourceRef: SourceReference.gitRepository('a', { namespace: 'apps' }) }, 'apps');
      add(new Chart(app, 'admin'), 'Kustomization', 'web', foreign, 'admin');
    })).toEqual([]);
  });
});

test('the reference of a construct is where it is', () => {
  expect(codesOf((c, app) => {
    const repository = add(c, 'GitRepository', 'shop') as flux.GitRepository;
    expect(repository.reference).toMatchObject({ kind: 'GitRepository', name: 'shop', namespace: 'flux-system' });
    const web = add(new Chart(app, 'apps', { namespace: 'apps' }), 'Kustomization', 'web', { sourceRef: repository.reference });
    expect(web.toJson().spec.sourceRef).toEqual({ kind: 'GitRepository', name: 'shop', namespace: 'flux-system' });
  }, 'flux-system')).toEqual([]);
});

test('charts for several clusters with the same names are told apart', () => {
  expect(codesOf((_, app) => ['east', 'west'].forEach(cluster => {
    const chart = new Chart(app, cluster);
    add(chart, 'Kustomization', 'a', cluster === 'east' ? after('b') : {});
    add(chart, 'Kustomization', 'b', cluster === 'east' ? {} : after('a'));
  }))).toEqual([]);
});

test('environments never meet', () => {
  const platform = newPlatform();
  const [dev, prod] = ['dev', 'prod'].map(id => new Environment(platform, id, { cluster: Cluster.inCluster() }));
  add(new Chart(dev, 'flux'), 'OCIRepository', 'shop');
  add(new Chart(prod, 'flux'), 'Kustomization', 'web');
  expect(platform.check().map(finding => finding.code)).not.toContain('FW572');
});

test('objects of others are passed over', () => {
  expect(codesOf(c => {
    new ApiObject(c, 'own', { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'OCIRepository', metadata: { name: 'shop' } });
    add(c, 'Kustomization', 'web');
  })).toEqual([]);
});

test('a plain cdk8s app refuses to synthesize a circle', () => {
  const app = new App({ outdir: '/nowhere' });
  const chart = new Chart(app, 'chart');
  add(chart, 'Kustomization', 'a', after('b'));
  add(chart, 'Kustomization', 'b', after('a'));
  expect(() => app.synth()).toThrow(/FW573/);
  expect(Diagnostics._collect(app).map(finding => finding.code)).toContain('FW573');
});
