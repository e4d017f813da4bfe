import { App, Chart, JsonPatch, Testing } from 'cdk8s';
import { newPlatform } from '../support/platform';
import { argocd, Diagnostics } from 'cdk8s-fairway';

/* The building blocks need a plain cdk8s app, and nothing else of this library. */

const { Application, AppProject, Destination, Finalizer, SyncOption } = argocd;

function synth(declare: (chart: Chart) => unknown): any {
  const chart = new Chart(new App({ outdir: '/nowhere' }), 'chart', { namespace: 'argocd' });
  declare(chart);
  return Testing.synth(chart)[0];
}

const SOURCE = { repoURL: 'https://github.com/acme/platform', path: 'dist/prod' };

test('an Application with no more than it needs', () => {
  expect(synth(c => new Application(c, 'app', { metadata: { name: 'app' }, project: 'default', source: SOURCE, destination: Destination.inCluster('shop') }))).toEqual({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'app', namespace: 'argocd' },
    spec: { project: 'default', source: SOURCE, destination: { server: 'https://kubernetes.default.svc', namespace: 'shop' } },
  });
});

test('an Application with everything', () => {
  expect(synth(c => new Application(c, 'app', {
    metadata: { name: 'app', labels: { team: 'a' }, annotations: { note: 'x' }, finalizers: ['example.com/own'] },
    project: 'shop',
    sources: [
      { repoURL: 'https://charts.example.com', chart: 'redis', targetRevision: '1.2.3', helm: { releaseName: 'r', valueFiles: ['$values/a.yaml'], valuesObject: { a: { b: 1 } }, skipCrds: true, skipTests: true, ignoreMissingValueFiles: true } },
      { repoURL: 'https://github.com/acme/values', ref: 'values', targetRevision: 'main', name: 'values' },
      { repoURL: 'https://github.com/acme/more', path: '.', directory: { recurse: true, include: '*.yaml', exclude: 'x' } },
      { repoURL: 'https://github.com/acme/k', path: 'k', kustomize: { namePrefix: 'x-' } },
      { repoURL: 'https://github.com/acme/p', path: 'a/..b/c..', plugin: { name: 'p' } },
    ],
    destination: Destination.cluster('prod', 'shop'),
    syncPolicy: {
      automated: { prune: true, selfHeal: true, allowEmpty: false },
      syncOptions: [SyncOption.CREATE_NAMESPACE, SyncOption.of('PrunePropagationPolicy=foreground')],
      retry: { limit: -1, refresh: true, backoff: { duration: '1m30s', factor: 2, maxDuration: '1.5h' } },
    },
    ignoreDifferences: [{ group: 'apps', kind: 'Deployment', name: 'a', namespace: 'b', jsonPointers: ['/spec/replicas', '/metadata/annotations/a~1b'], jqPathExpressions: ['.x'], managedFieldsManagers: ['m'] }],
    info: [{ name: 'docs', value: 'https://example.com' }],
    revisionHistoryLimit: 0,
    finalizer: Finalizer.BACKGROUND,
    syncWave: -3,
    syncOptions: [SyncOption.PRUNE_CONFIRM, SyncOption.DELETE_FALSE],
  }))).toMatchObject({
    metadata: {
      labels: { team: 'a' },
      annotations: { 'note': 'x', 'argocd.argoproj.io/sync-wave': '-3', 'argocd.argoproj.io/sync-options': 'Prune=confirm,Delete=false' },
      finalizers: ['example.com/own', 'resources-finalizer.argocd.argoproj.io/background'],
    },
    spec: {
      project: 'shop',
      destination: { name: 'prod', namespace: 'shop' },
      sources: [{ chart: 'redis', helm: { valuesObject: { a: { b: 1 } } } }, { ref: 'values' }, { directory: { recurse: true } }, { kustomize: { namePrefix: 'x-' } }, { plugin: { name: 'p' } }],
      syncPolicy: {
        automated: { prune: true, selfHeal: true, allowEmpty: false },
        syncOptions: ['CreateNamespace=true', 'PrunePropagationPolicy=foreground'],
        retry: { limit: -1, refresh: true, backoff: { duration: '1m30s', factor: 2, maxDuration: '1.5h' } },
      },
      ignoreDifferences: [{ jsonPointers: ['/spec/replicas', '/metadata/annotations/a~1b'] }],
      info: [{ name: 'docs', value: 'https://example.com' }],
      revisionHistoryLimit: 0,
    },
  });
});

test('what has no property is patched', () => {
  const printed = synth(c => {
    const app = new Application(c, 'app', { project: 'default', source: SOURCE, destination: Destination.inCluster('shop') });
    app.addJsonPatch(JsonPatch.add('/spec/syncPolicy', { later: { labels: { a: 'b' } } }));
  });
  expect(printed.spec.syncPolicy.later.labels).toEqual({ a: 'b' });
  expect(printed.metadata.name).toMatch(/^chart-app-\w+$/);
});

test.each<[string, argocd.Destination, object]>([
  ['in the cluster', Destination.inCluster('a'), { server: 'https://kubernetes.default.svc', namespace: 'a' }],
  ['by server', Destination.server('https://10.0.0.1', 'a'), { server: 'https://10.0.0.1', namespace: 'a' }],
  ['by name', Destination.cluster('prod', 'a'), { name: 'prod', namespace: 'a' }],
])('a destination %s: never both', (_, destination, expected) => {
  expect(synth(c => new Application(c, 'app', { project: 'default', source: SOURCE, destination })).spec.destination).toEqual(expected);
});

test('every sync option has the form that Argo CD reads', () => {
  const options = Object.values(SyncOption).filter(o => o instanceof SyncOption);
  expect(options.map(o => o.value).sort()).toEqual([
    'ApplyOutOfSyncOnly=true', 'ClientSideApplyMigration=false', 'CreateNamespace=true', 'Delete=confirm', 'Delete=false', 'FailOnSharedResource=true', 'Force=true',
    'Prune=confirm', 'Prune=false', 'PruneLast=true', 'PrunePropagationPolicy=background', 'PrunePropagationPolicy=foreground', 'PrunePropagationPolicy=orphan',
    'Replace=true', 'RespectIgnoreDifferences=true', 'ServerSideApply=false', 'ServerSideApply=true', 'SkipDryRunOnMissingResource=true', 'Validate=false',
  ]);
});

describe('an AppProject', () => {
  const destinations = [Destination.inCluster('shop')];

  test('allows nothing that it does not name', () => {
    expect(synth(c => new AppProject(c, 'project', { metadata: { name: 'shop' }, sourceRepos: [SOURCE.repoURL], destinations })).spec).toEqual({
      sourceRepos: [SOURCE.repoURL],
      destinations: [{ server: 'https://kubernetes.default.svc', namespace: 'shop' }],
      clusterResourceWhitelist: [],
      namespaceResourceWhitelist: [],
    });
  });

  test('with everything', () => {
    expect(synth(c => new AppProject(c, 'project', {
      metadata: { name: 'shop' },
      description: 'The shop.',
      sourceRepos: [SOURCE.repoURL],
      destinations,
      clusterResourceWhitelist: [{ group: '', kind: 'Namespace', name: 'shop' }, { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' }],
      namespaceResourceWhitelist: [{ group: 'apps', kind: '*' }],
      syncWave: -1,
    }))).toMatchObject({
      metadata: { annotations: { 'argocd.argoproj.io/sync-wave': '-1' } },
      spec: { description: 'The shop.', clusterResourceWhitelist: [{ group: '', kind: 'Namespace', name: 'shop' }, { kind: 'ClusterRole' }], namespaceResourceWhitelist: [{ group: 'apps', kind: '*' }] },
    });
  });

  test('reads its lists when it is printed', () => {
    const namespaceResourceWhitelist: argocd.GroupKind[] = [];
    const printed = synth(c => {
      new AppProject(c, 'project', { sourceRepos: [SOURCE.repoURL], destinations, namespaceResourceWhitelist });
      namespaceResourceWhitelist.push({ group: '', kind: 'ConfigMap' });
    });
    expect(printed.spec.namespaceResourceWhitelist).toEqual([{ group: '', kind: 'ConfigMap' }]);
  });

  describe('FW514: one that allows everything', () => {
    const all = Destination.server('*', '*');

    test.each<[string, Partial<argocd.AppProjectProps>, string[]]>([
      ['all repositories', { sourceRepos: ['https://a', '*'] }, ['sourceRepos']],
      ['all destinations', { destinations: [all] }, ['destinations']],
      ['all clusters by name', { destinations: [Destination.cluster('*', '*')] }, ['destinations']],
      ['all cluster-wide resources', { clusterResourceWhitelist: [{ group: '*', kind: '*' }] }, ['clusterResourceWhitelist']],
      ['all of all', { sourceRepos: ['*'], destinations: [all] }, ['sourceRepos', 'destinations']],
      ['all repositories of somebody', { sourceRepos: ['https://github.com/acme/*'] }, []],
      ['all namespaces of a cluster', { destinations: [Destination.inCluster('*')] }, []],
      ['all kinds in namespaces', { namespaceResourceWhitelist: [{ group: '*', kind: '*' }] }, []],
      ['all kinds of a group', { clusterResourceWhitelist: [{ group: 'a', kind: '*' }] }, []],
      ['one name of all', { clusterResourceWhitelist: [{ group: '*', kind: '*', name: 'shop' }] }, []],
    ])('%s', (_, props, fields) => {
      const platform = newPlatform();
      const chart = new Chart(platform, 'chart');
      new AppProject(chart, 'project', { metadata: { name: 'shop' }, sourceRepos: ['https://a'], destinations, ...props });
      expect(platform.check()).toMatchObject(fields.map(field => ({ code: 'FW514', severity: 'warning', path: 'chart/project', message: `The project "shop" allows everything in "${field}".` })));
      if (fields.length > 0) {
        Diagnostics.of(chart).acknowledge('FW514', 'A sandbox.');
        expect(platform.check().map(f => f.acknowledged)).toEqual(fields.map(() => 'A sandbox.'));
      }
    });

    test('is no error in a plain app', () => {
      const app = Testing.app();
      const chart = new Chart(app, 'chart');
      new AppProject(chart, 'project', { sourceRepos: ['*'], destinations: [all] });
      expect(() => app.synth()).not.toThrow();
    });
  });
});
