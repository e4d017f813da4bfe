import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { readTree } from '../support/folders';
import { environment, followedPlatform, manifest, manifests, objectsIn, REPOSITORY, service, worker } from '../support/model';
import { newPlatform, object } from '../support/platform';
import { argocd, Cluster, Diagnostics, Environment, FolderChart, FolderChartProps, GitOpsEngine, NamespaceRule, Platform, PlatformProps } from 'cdk8s-fairway';

/** dev in the cluster of Argo CD, prod elsewhere; web depends on api, which depends on db. */
function shop(props: Partial<PlatformProps> = {}): { platform: Platform; dev: Environment; prod: Environment } {
  const platform = followedPlatform({ name: 'shop', ...props });
  const dev = environment(platform, 'dev');
  const prod = environment(platform, 'prod', { cluster: Cluster.named('prod-eu'), promotedFrom: [dev] });
  service(platform, 'web', { dependsOn: ['api'] });
  service(platform, 'api', { dependsOn: ['db'] });
  service(platform, 'db', { environments: [dev, prod] });
  worker(platform, 'load', { environments: [dev] });
  return { platform, dev, prod };
}

/** The Applications and projects of a platform, by their names. */
function argo(platform: Platform): { applications: Map<string, any>; projects: Map<string, any> } {
  platform.lower();
  const byName = (kind: string) => new Map(manifests(platform.node.findChild('argocd'), kind).map(o => [o.metadata.name as string, o]));
  return { applications: byName('Application'), projects: byName('AppProject') };
}

const errors = (platform: Platform) => platform.check().filter(f => f.severity === 'error').map(f => [f.code, f.path]);

test('the files: what is bootstrapped, what is followed, and what each Application deploys', () => {
  const { platform } = shop();
  platform.synth();
  const files = Object.keys(readTree(platform.root)).filter(file => file.startsWith('dist/argocd/')).map(file => file.slice('dist/argocd/'.length));
  expect(files.sort()).toEqual([
    'apps/in-cluster/dev/AppProject.shop-dev.k8s.yaml',
    ...['api', 'db', 'load', 'namespaces', 'web'].map(name => `apps/in-cluster/dev/Application.shop-dev-${name}.k8s.yaml`),
    'apps/prod-eu/prod/AppProject.shop-prod.k8s.yaml',
    ...['api', 'db', 'namespaces', 'web'].map(name => `apps/prod-eu/prod/Application.shop-prod-${name}.k8s.yaml`),
    'bootstrap/AppProject.shop.k8s.yaml',
    'bootstrap/Application.shop-in-cluster.k8s.yaml',
    'bootstrap/Application.shop-prod-eu.k8s.yaml',
    'install/argocd-cm-patch.json',
  ]);
});

test('every folder that an Application names is written, and every folder of an environment has its Application', () => {
  const { platform } = shop();
  platform.synth();
  const folders = new Set(Object.keys(readTree(platform.root)).filter(file => file.endsWith('.yaml')).map(file => file.slice(0, file.lastIndexOf('/'))));
  const named = [...argo(platform).applications.values()].flatMap(a => a.spec.source.directory?.recurse
    ? [...folders].filter(folder => folder.startsWith(`${a.spec.source.path}/`)) // a root reads the folders below its own
    : a.spec.source.path);
  expect(new Set([...named, 'dist/argocd/bootstrap'])).toEqual(folders);
  expect(new Set(named).size).toBe(named.length);
});

test('one root for each cluster, in a project that permits Applications and projects alone', () => {
  const { applications, projects } = argo(shop().platform);
  expect(['shop-in-cluster', 'shop-prod-eu'].map(name => applications.get(name).spec)).toMatchObject([
    { project: 'shop', source: { path: 'dist/argocd/apps/in-cluster' }, destination: { server: 'https://kubernetes.default.svc', namespace: 'argocd' } },
    { project: 'shop', source: { path: 'dist/argocd/apps/prod-eu' }, destination: { server: 'https://kubernetes.default.svc', namespace: 'argocd' } },
  ]);
  expect(projects.get('shop').spec).toMatchObject({
    sourceRepos: [REPOSITORY],
    destinations: [{ server: 'https://kubernetes.default.svc', namespace: 'argocd' }],
    clusterResourceWhitelist: [],
    namespaceResourceWhitelist: [{ group: 'argoproj.io', kind: 'AppProject' }, { group: 'argoproj.io', kind: 'Application' }],
  });
  // A project outlives its Applications.
  expect([...projects.values()].map(p => p.metadata.finalizers)).toEqual(Array(3).fill(['resources-finalizer.argocd.argoproj.io']));
  // Deleting a root deletes nothing below it: there is no finalizer.
  expect(applications.get('shop-prod-eu').metadata.finalizers).toBeUndefined();
});

test('one Application for each folder and environment', () => {
  const { applications } = argo(shop().platform);
  expect(applications.get('shop-prod-api')).toMatchObject({
    metadata: {
      namespace: 'argocd',
      labels: { 'cdk8s-fairway/environment': 'prod', 'cdk8s-fairway/workload': 'api', 'app.kubernetes.io/part-of': 'shop' },
      annotations: { 'argocd.argoproj.io/manifest-generate-paths': '.' },
    },
    spec: {
      project: 'shop-prod',
      source: { repoURL: REPOSITORY, path: 'dist/prod/api', targetRevision: 'HEAD' },
      destination: { name: 'prod-eu', namespace: 'shop-prod' },
      syncPolicy: {
        automated: { prune: true, selfHeal: true, allowEmpty: false },
        retry: { limit: 5, backoff: { duration: '5s', factor: 2, maxDuration: '3m' }, refresh: true },
        syncOptions: ['ApplyOutOfSyncOnly=true', 'ServerSideApply=true', 'PruneLast=true', 'FailOnSharedResource=true'],
      },
    },
  });
  expect(applications.get('shop-dev-namespaces').metadata.labels['cdk8s-fairway/workload']).toBeUndefined();
});

test.each<[string, Partial<PlatformProps>, string]>([
  ['publishedPath', { publishedPath: 'manifests/eu' }, 'manifests/eu/'],
  ['outdir', { outdir: 'deploy' }, 'deploy/'],
  ['neither', {}, 'dist/'],
])('the paths of sources begin with %s', (_, props, prefix) => {
  const paths = [...argo(shop(props).platform).applications.values()].map(a => a.spec.source.path);
  expect(paths.filter(path => !path.startsWith(prefix))).toEqual([]);
});

test('options: namespace, revision and finalizer', () => {
  const { platform } = shop({ gitops: GitOpsEngine.argoCd({ namespace: 'gitops', revision: 'release-1', finalizer: argocd.Finalizer.BACKGROUND }) });
  const { applications, projects } = argo(platform);
  expect([...applications.values(), ...projects.values()].map(o => o.metadata.namespace)).toEqual(Array(applications.size + projects.size).fill('gitops'));
  expect([...applications.values()].map(a => a.spec.source.targetRevision)).toEqual(Array(applications.size).fill('release-1'));
  expect(applications.get('shop-dev-api').metadata.finalizers).toEqual(['resources-finalizer.argocd.argoproj.io/background']);
  expect(applications.get('shop-dev-api').spec.destination.namespace).toBe('shop-dev');
  expect(applications.get('shop-in-cluster').spec.destination.namespace).toBe('gitops');
  expect(projects.get('shop').spec.destinations[0].namespace).toBe('gitops');
});

test('a cluster by its server', () => {
  const platform = followedPlatform();
  environment(platform, 'prod', { cluster: Cluster.server('https://10.0.0.1:6443') });
  worker(platform);
  const { applications, projects } = argo(platform);
  expect([...applications.keys()]).toEqual(['acme-10-0-0-1-6443', 'acme-prod-namespaces', 'acme-prod-job']);
  expect(applications.get('acme-prod-job').spec.destination).toEqual({ server: 'https://10.0.0.1:6443', namespace: 'acme-prod' });
  expect(projects.get('acme-prod').spec.destinations).toEqual([{ server: 'https://10.0.0.1:6443', namespace: 'acme-prod' }]);
  expect(platform.check()).toEqual([]);
});

test('names of clusters that are no names of Kubernetes', () => {
  const platform = followedPlatform();
  environment(platform, 'prod', { cluster: Cluster.named('arn:aws:eks:eu-west-1:1:cluster/Prod_EU') });
  worker(platform);
  const { applications } = argo(platform);
  expect(applications.has('acme-arn-aws-eks-eu-west-1-1-cluster-prod-eu')).toBe(true);
  expect(applications.get('acme-prod-job').spec.destination).toEqual({ name: 'arn:aws:eks:eu-west-1:1:cluster/Prod_EU', namespace: 'acme-prod' });
  expect(platform.check()).toEqual([]);
});

test('without workloads there is nothing to follow', () => {
  const platform = followedPlatform();
  environment(platform);
  platform.synth();
  expect(Object.keys(readTree(platform.root)).filter(f => f.startsWith('dist/'))).toEqual([]);
});

test('without an engine there are no Applications', () => {
  const platform = newPlatform();
  environment(platform);
  worker(platform);
  platform.lower();
  expect(objectsIn(platform, 'Application')).toEqual([]);
});

describe('waves', () => {
  const wavesOf = (platform: Platform) => Object.fromEntries([...argo(platform).applications, ...argo(platform).projects]
    .map(([name, { kind, metadata }]) => [`${kind} ${name}`, Number(metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? NaN)]));

  test('projects before Applications, namespaces before workloads, dependencies before what depends on them', () => {
    expect(wavesOf(shop().platform)).toEqual({
      'AppProject shop': NaN,
      'Application shop-in-cluster': NaN,
      'Application shop-prod-eu': NaN,
      'AppProject shop-dev': -2,
      'Application shop-dev-namespaces': -1,
      'Application shop-dev-db': 0,
      'Application shop-dev-load': 0,
      'Application shop-dev-api': 1,
      'Application shop-dev-web': 2,
      'AppProject shop-prod': -2,
      'Application shop-prod-namespaces': -1,
      'Application shop-prod-db': 0,
      'Application shop-prod-api': 1,
      'Application shop-prod-web': 2,
    });
  });

  test('a dependency that runs elsewhere only does not move the wave', () => {
    const platform = followedPlatform();
    const dev = environment(platform, 'dev');
    environment(platform, 'prod');
    service(platform, 'base', { environments: [dev] });
    service(platform, 'app', { dependsOn: ['base'], environments: [dev] });
    service(platform, 'other', { callers: ['app'] });
    expect(wavesOf(platform)).toMatchObject({ 'Application acme-dev-app': 1, 'Application acme-dev-other': 0, 'Application acme-prod-other': 0 });
  });

  test('a long chain has as many waves', () => {
    const platform = followedPlatform();
    environment(platform);
    const count = 1000;
    for (let i = 0; i < count; i++) {
      worker(platform, `s-${i}`, { dependsOn: i + 1 < count ? [`s-${i + 1}`] : [] });
    }
    expect(wavesOf(platform)).toMatchObject({ 'Application acme-prod-s-0': count - 1, [`Application acme-prod-s-${count - 1}`]: 0 });
  });
});

describe('what a person must confirm', () => {
  const OPTIONS = 'argocd.argoproj.io/sync-options';

  test('the end of an Application at the end of the road; elsewhere nobody is asked', () => {
    const { applications } = argo(shop().platform);
    const children = [...applications].filter(([name]) => /^shop-(dev|prod)-(?!eu)/.test(name));
    expect(children.map(([name, a]) => [name.split('-')[1], a.metadata.annotations[OPTIONS], a.metadata.finalizers])).toEqual([
      ...Array(5).fill(['dev', undefined, ['resources-finalizer.argocd.argoproj.io']]),
      ...Array(4).fill(['prod', 'Prune=confirm,Delete=confirm', ['resources-finalizer.argocd.argoproj.io']]),
    ]);
  });

  test('the end of a namespace, a claim and a definition, everywhere', () => {
    const platform = followedPlatform();
    const dev = environment(platform, 'dev');
    environment(platform, 'prod', { promotedFrom: [dev] });
    const extras = new FolderChart(dev, 'extras', { folder: 'dev/extras', namespace: 'acme-dev' });
    const add = (kind: string, annotations?: Record<string, string>) => new ApiObject(extras, `${kind}-${extras.node.children.length}`, {
      apiVersion: 'v1', kind, metadata: { name: `o-${extras.node.children.length}`, annotations },
    });
    const made = [
      add('PersistentVolumeClaim'), add('CustomResourceDefinition'), add('ConfigMap'),
      add('PersistentVolumeClaim', { [OPTIONS]: 'Prune=false' }), add('PersistentVolumeClaim', { [OPTIONS]: 'ServerSideApply=true' }), add('PersistentVolumeClaim', { [OPTIONS]: 'Prune=false,Delete=false' }),
    ];
    worker(platform);
    platform.lower();
    expect(manifests(dev, 'Namespace')[0].metadata.annotations).toEqual({ [OPTIONS]: 'Prune=confirm,Delete=confirm' });
    expect(made.map(o => o.toJson().metadata.annotations?.[OPTIONS])).toEqual([
      'Prune=confirm,Delete=confirm', 'Prune=confirm,Delete=confirm', undefined,
      'Prune=false,Delete=confirm', 'ServerSideApply=true,Prune=confirm,Delete=confirm', 'Prune=false,Delete=false',
    ]);
  });
});

describe('names of Applications', () => {
  test.each<[string, Cluster]>([['in one cluster', Cluster.inCluster()], ['in two clusters', Cluster.named('other')]])('FW503: two that meet, %s', (_, cluster) => {
    const platform = followedPlatform();
    const a = environment(platform, 'a');
    const ab = environment(platform, 'a-b', { cluster });
    worker(platform, 'b-c', { environments: [a] });
    worker(platform, 'c', { environments: [ab] });
    expect(errors(platform)).toEqual(expect.arrayContaining([['FW503', 'a-b/c']]));
  });

  test('FW503: one that meets its own root', () => {
    const platform = followedPlatform();
    environment(platform, 'prod', { cluster: Cluster.named('prod-web') });
    service(platform, 'web');
    expect(errors(platform)).toEqual([['FW503', 'prod/web']]);
  });

  test('FW503: two charts of one id', () => {
    const platform = followedPlatform();
    const prod = environment(platform);
    ['x', 'y'].forEach(group => object(new FolderChart(new Construct(prod, group), 'extras', { folder: `prod/${group}`, namespace: 'acme-prod' }), group));
    expect(errors(platform)).toEqual(expect.arrayContaining([['FW503', 'prod/y/extras']]));
  });

  test.each<[string, (platform: Platform) => unknown, string]>([
    ['an environment and a workload', p => {
      environment(p, 'b'.repeat(20));
      worker(p, 'c'.repeat(50));
    }, `${'b'.repeat(20)}/${'c'.repeat(50)}`],
    ['a cluster', p => {
      environment(p, 'prod', { cluster: Cluster.named('c'.repeat(60)) });
      worker(p);
    }, `argocd/bootstrap/root-${'c'.repeat(60)}`],
    ['a chart in capitals', p => {
      object(new FolderChart(environment(p), 'Extras', { folder: 'prod/extras', namespace: 'acme-prod' }), 'o');
    }, 'prod/Extras'],
  ])('FW504: of %s', (_, declare, path) => {
    const platform = followedPlatform();
    declare(platform);
    expect(errors(platform)).toEqual([['FW504', path]]);
  });
});

describe('charts of the user', () => {
  function withChart(props: Partial<FolderChartProps> = {}): { platform: Platform; prod: Environment; chart: FolderChart } {
    const platform = followedPlatform();
    const prod = environment(platform);
    worker(platform);
    return { platform, prod, chart: new FolderChart(prod, 'extras', { folder: 'prod/extras', namespace: 'acme-prod', ...props }) };
  }

  test('one below an environment is deployed before its workloads', () => {
    const { platform, chart } = withChart();
    object(chart, 'o');
    const { applications } = argo(platform);
    expect(applications.get('acme-prod-extras')).toMatchObject({
      metadata: { annotations: { 'argocd.argoproj.io/sync-wave': '-1' } },
      spec: { source: { path: 'dist/prod/extras' }, destination: { namespace: 'acme-prod' }, project: 'acme-prod' },
    });
    expect(platform.check()).toEqual([]);
  });

  test('one without a namespace goes where its objects are', () => {
    const { platform, chart } = withChart({ namespace: undefined });
    new ApiObject(chart, 'o', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'o', namespace: 'shared' } });
    const { applications, projects } = argo(platform);
    expect(applications.get('acme-prod-extras').spec.destination.namespace).toBe('shared');
    expect(projects.get('acme-prod').spec.destinations.map((d: any) => d.namespace)).toEqual(['acme-prod', 'shared']);
  });

  test('FW506: two of one folder', () => {
    const { platform, chart } = withChart({ folder: 'prod/job' });
    object(chart, 'o');
    expect(errors(platform)).toEqual([['FW506', 'prod/job']]);
  });

  test('FW507: one without objects', () => {
    const { platform, chart } = withChart();
    expect(errors(platform)).toEqual([['FW507', 'prod/extras']]);
    object(chart, 'o');
    expect(errors(platform)).toEqual([]);
  });

  test('FW508: one that nothing deploys', () => {
    const { platform, prod, chart } = withChart();
    object(chart, 'o');
    const nowhere = [new Chart(platform, 'loose'), new Chart(prod, 'plain'), new Chart(chart, 'nested'), new FolderChart(platform, 'folder', { folder: 'shared' })];
    nowhere.forEach((c, i) => object(c, `o-${i}`));
    new Chart(platform, 'empty');
    expect(platform.check().map(f => `${f.code} ${f.severity} ${f.path}`).sort()).toEqual(nowhere.map(c => `FW508 warning ${c.node.path}`).sort());
    nowhere.forEach(c => Diagnostics.of(c).acknowledge('FW508', 'Applied by hand.'));
    expect(platform.check().filter(f => f.acknowledged === undefined)).toEqual([]);
  });

  test('FW508: not without an engine', () => {
    const platform = newPlatform();
    object(new Chart(platform, 'loose'), 'o');
    expect(platform.check()).toEqual([]);
  });
});

test('FW509: workloads in the namespace of Argo CD', () => {
  const namespaces = NamespaceRule.perEnvironment('argocd');
  const platform = followedPlatform();
  environment(platform, 'here', { namespaces });
  environment(platform, 'there', { namespaces, cluster: Cluster.named('other') });
  worker(platform);
  expect(errors(platform)).toEqual([['FW509', 'here/namespaces']]);
});

test('an object of Argo CD can be found and patched', () => {
  const { platform, prod } = shop();
  platform.lower();
  const root = objectsIn(platform, 'Application').find(o => o.name === 'shop-prod-eu')!;
  root.metadata.addAnnotation('notifications.argoproj.io/subscribe', 'x');
  expect(root.toJson().metadata.annotations).toEqual({ 'notifications.argoproj.io/subscribe': 'x' });
  expect(manifest(prod, 'api', 'Service').metadata.name).toBe('api');
});
