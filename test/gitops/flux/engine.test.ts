import { ApiObject, Chart } from 'cdk8s';
import { readTree } from '../../support/folders';
import { expectFinding, expectNoTypeError, NO_TEXT, titled, withEach } from '../../support/misuse';
import { environment, followedPlatform, image, manifests, REPOSITORY, worker } from '../../support/model';
import { newPlatform } from '../../support/platform';
import {
  Application, ApplicationSource, Cluster, Environment, flux, FluxOptions, FluxSource, FluxTopology, GitOpsEngine, Platform, PlatformProps,
} from 'cdk8s-fairway';

/* What the engine for Flux has of its own. What it shares with others stands in ../contract. */

const chart = ApplicationSource.helm({ repository: 'https://charts.example.com', chart: 'podinfo', version: '6.9.2' });

/** dev in the cluster of Flux, prod elsewhere, each with a job. */
function shop(options: FluxOptions = {}, props: Partial<PlatformProps> = {}): { platform: Platform; dev: Environment; prod: Environment } {
  const platform = followedPlatform({ name: 'shop', gitops: GitOpsEngine.flux(options), ...props });
  const dev = environment(platform, 'dev');
  const prod = environment(platform, 'prod', { cluster: Cluster.named('prod-eu', { kubernetesVersion: '1.34' }), promotedFrom: [dev] });
  worker(platform, 'job');
  return { platform, dev, prod };
}

/** The objects of the engine, by kind and name. Of several with one name, the last. */
function objects(platform: Platform): Map<string, any> {
  platform.lower();
  return new Map(manifests(platform.node.findChild('flux')).map(o => [`${o.kind} ${o.metadata.name}`, o]));
}

const codes = (platform: Platform) => platform.check().map(({ code, path }) => [code, path]);

test('the files: what is applied by hand, what is followed, and what that leads to', () => {
  const { platform } = shop();
  new Application(platform, 'podinfo', { source: chart });
  platform.synth();
  const files = Object.keys(readTree(platform.root)).filter(file => file.startsWith('dist/flux/')).map(file => file.slice('dist/flux/'.length));
  const access = (account: string) => [
    `ClusterRole.${account}-cluster-wide`, `ClusterRole.${account}-namespaced`, `ClusterRoleBinding.${account}-cluster-wide`, `RoleBinding.${account}`, `ServiceAccount.${account}`,
  ];
  expect(files.sort()).toEqual([
    ...access('shop-dev').map(file => `access/in-cluster/dev/${file}.k8s.yaml`),
    ...access('shop-prod').map(file => `access/prod-eu/prod/${file}.k8s.yaml`),
    ...['cluster-base', 'podinfo'].map(name => `apps/in-cluster/_cluster/Kustomization.shop-in-cluster-${name}.k8s.yaml`),
    ...['access', 'job', 'namespaces'].map(name => `apps/in-cluster/dev/Kustomization.shop-dev-${name}.k8s.yaml`),
    ...['cluster-base', 'podinfo'].map(name => `apps/prod-eu/_cluster/Kustomization.shop-prod-eu-${name}.k8s.yaml`),
    ...['access', 'job', 'namespaces'].map(name => `apps/prod-eu/prod/Kustomization.shop-prod-${name}.k8s.yaml`),
    'base/in-cluster/Namespace.podinfo.k8s.yaml',
    'base/prod-eu/Namespace.podinfo.k8s.yaml',
    ...['GitRepository.shop', 'Kustomization.shop-in-cluster'].map(file => `clusters/in-cluster/${file}.k8s.yaml`),
    ...['GitRepository.shop', 'Kustomization.shop-prod-eu'].map(file => `clusters/prod-eu/${file}.k8s.yaml`),
    ...['HelmRelease', 'HelmRepository'].map(kind => `releases/in-cluster/podinfo/${kind}.shop-in-cluster-podinfo.k8s.yaml`),
    ...['HelmRelease', 'HelmRepository'].map(kind => `releases/prod-eu/podinfo/${kind}.shop-prod-eu-podinfo.k8s.yaml`),
  ].sort());
});

test('every path of a Kustomization is a folder that is written, and no folder has two', () => {
  const { platform } = shop();
  new Application(platform, 'podinfo', { source: chart });
  platform.synth();
  const folders = new Set(Object.keys(readTree(platform.root)).filter(file => file.endsWith('.yaml')).map(file => `./${file.slice(0, file.lastIndexOf('/'))}`));
  const kustomizations = manifests(platform.node.findChild('flux'), 'Kustomization');
  const paths: string[] = kustomizations.map(o => o.spec.path);
  // A root reads the folders below its own.
  expect(paths.filter(path => !folders.has(path) && ![...folders].some(folder => folder.startsWith(`${path}/`)))).toEqual([]);
  expect(new Set(paths).size).toBe(paths.length);
  const applied = (folder: string) => paths.some(path => folder === path || folder.startsWith(`${path}/`)) || folder.startsWith('./dist/flux/clusters/');
  expect([...folders].filter(folder => !applied(folder))).toEqual([]);
});

test('the root follows, prunes, and deletes nothing when it is deleted', () => {
  const { platform } = shop();
  expect(objects(platform).get('Kustomization shop-prod-eu').spec).toEqual({
    sourceRef: { kind: 'GitRepository', name: 'shop' },
    path: './dist/flux/apps/prod-eu',
    interval: '60m',
    retryInterval: '2m',
    timeout: '3m',
    prune: true,
    wait: false,
    deletionPolicy: 'Orphan',
    serviceAccountName: 'kustomize-controller',
  });
  expect(objects(platform).get('GitRepository shop').spec).toEqual({ url: REPOSITORY, interval: '1m', ref: { branch: 'main' } });
});

test('a folder: by the account of its environment, until it is healthy', () => {
  const { platform } = shop();
  expect(objects(platform).get('Kustomization shop-prod-job')).toMatchObject({
    metadata: {
      namespace: 'flux-system',
      labels: { 'app.kubernetes.io/part-of': 'shop', 'cdk8s-fairway/environment': 'prod', 'cdk8s-fairway/workload': 'job' },
      annotations: { 'event.toolkit.fluxcd.io/image': image().reference },
    },
    spec: {
      path: './dist/prod/job',
      prune: true,
      wait: true,
      timeout: '900s',
      serviceAccountName: 'shop-prod',
      dependsOn: [{ name: 'shop-prod-access' }, { name: 'shop-prod-namespaces' }],
    },
  });
  expect(objects(platform).get('Kustomization shop-prod-namespaces').spec.serviceAccountName).toBe('kustomize-controller');
  expect(objects(platform).get('Kustomization shop-prod-job').spec.kubeConfig).toBeUndefined(); // each cluster has a Flux of its own
});

test('a chart: a release in a Kustomization, which waits for it a little longer', () => {
  const { platform, prod } = shop();
  new Application(platform, 'podinfo', { source: chart, environments: [prod], dependsOn: ['other'] });
  new Application(platform, 'other', { source: chart, environments: [prod] });
  expect(objects(platform).get('HelmRelease shop-prod-eu-podinfo').spec).toMatchObject({
    targetNamespace: 'podinfo',
    storageNamespace: 'podinfo',
    timeout: '600s',
    serviceAccountName: 'helm-controller',
    install: { crds: 'Create', remediation: { retries: 3 } },
    upgrade: { crds: 'CreateReplace', remediation: { retries: 3, remediateLastFailure: true } },
    driftDetection: { mode: 'enabled' },
  });
  expect(objects(platform).get('HelmRelease shop-prod-eu-podinfo').spec.dependsOn).toBeUndefined(); // it would see other releases alone
  expect(objects(platform).get('Kustomization shop-prod-eu-podinfo').spec).toMatchObject({
    path: './dist/flux/releases/prod-eu/podinfo', timeout: '720s', wait: true, dependsOn: [{ name: 'shop-prod-eu-cluster-base' }, { name: 'shop-prod-eu-other' }],
  });
  expect(codes(platform)).toEqual([]);
});

test('objects that live in no namespace get none', () => {
  const { platform } = shop();
  new Application(platform, 'podinfo', { source: chart });
  const wide = [...objects(platform).values()].filter(({ kind }) => ['Namespace', 'ClusterRole', 'ClusterRoleBinding'].includes(kind));
  expect(wide.length).toBeGreaterThan(0);
  expect(wide.filter(({ metadata }) => metadata.namespace !== undefined)).toEqual([]);
});

test('health of kinds that have no condition Ready; of the rest Flux knows by itself', () => {
  const { platform, prod } = shop();
  platform.lower();
  const read = () => objects(platform).get('Kustomization shop-prod-job').spec.healthCheckExprs?.map((each: any) => each.kind);
  expect(read()).toBeUndefined();
  const job = prod.node.findChild('job') as Chart;
  for (const [apiVersion, kind] of [['argoproj.io/v1alpha1', 'Rollout'], ['flagger.app/v1beta1', 'Canary'], ['gateway.networking.k8s.io/v1', 'HTTPRoute'], ['example.com/v1', 'Rollout']]) {
    new ApiObject(job, `${apiVersion}-${kind}`, { apiVersion, kind });
  }
  expect(read()).toEqual(['Rollout', 'Canary', 'HTTPRoute']);
});

test('drift rules: each for one object, also for those that come late', () => {
  const { platform, prod } = shop();
  platform.lower();
  const read = () => objects(platform).get('Kustomization shop-prod-job').spec.ignore;
  expect(read()).toBeUndefined();
  const hpa = (prod.node.findChild('job') as Chart).node.findAll().find((c): c is ApiObject => ApiObject.isApiObject(c) && c.kind === 'Deployment')!;
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { OwnedFields } = require('cdk8s-fairway') as typeof import('cdk8s-fairway');
  OwnedFields.of(hpa).add({ jsonPointers: ['/spec/replicas'], owner: 'a script', reason: 'nights' });
  OwnedFields.of(hpa).add({ jsonPointers: ['/spec/template'], jqPathExpressions: ['.spec.template.spec.containers[].image'], owner: 'a bot', reason: 'images' });
  OwnedFields.of(hpa).add({ jsonPointers: ['/spec/strategy'], jqPathExpressions: ['.spec.strategy | select(.type == "Recreate")'], owner: 'a bot', reason: 'odd' });
  expect(read()).toEqual([{
    paths: ['/spec/replicas', '/spec/template/spec/containers/0/image', '/spec/strategy'],
    target: { group: 'apps', kind: 'Deployment', name: 'job', namespace: 'shop-prod' },
  }]);
});

describe('a hub', () => {
  const hub = (options: FluxOptions = {}) => shop({ topology: FluxTopology.HUB, ...options });

  test('one folder to apply; other clusters are reached by a Secret', () => {
    const { platform } = hub();
    new Application(platform, 'podinfo', { source: chart });
    const all = objects(platform);
    expect(platform.node.findAll().filter(c => c instanceof Chart && 'folder' in c).map(c => (c as unknown as { folder: string }).folder).filter(f => f.startsWith('flux/clusters'))).toEqual(['flux/clusters/hub']);
    const connections = Object.fromEntries([...all].flatMap(([name, { spec }]) => spec?.kubeConfig ? [[name, spec.kubeConfig]] : []));
    const secret = { secretRef: { name: 'prod-eu-kubeconfig' } };
    expect(connections).toEqual({
      'Kustomization shop-prod-access': secret,
      'Kustomization shop-prod-job': secret,
      'Kustomization shop-prod-namespaces': secret,
      'Kustomization shop-prod-eu-cluster-base': secret,
      'HelmRelease shop-prod-eu-podinfo': secret, // the release itself stands in the hub
    });
    const accounts = (name: string) => all.get(name).spec.serviceAccountName;
    expect(['Kustomization shop-prod-eu', 'Kustomization shop-prod-eu-podinfo', 'Kustomization shop-prod-job', 'Kustomization shop-prod-namespaces', 'HelmRelease shop-prod-eu-podinfo', 'HelmRelease shop-in-cluster-podinfo'].map(accounts))
      .toEqual(['kustomize-controller', 'kustomize-controller', 'shop-prod', undefined, undefined, 'helm-controller']);
    expect(all.has('Namespace flux-system')).toBe(true); // of the accounts, on the other cluster
    expect(codes(platform)).toEqual([]);
  });

  test('connections by name, and those that nobody needs', () => {
    const { platform } = hub({ kubeConfigs: { 'prod-eu': flux.KubeConfig.configMap('prod-eu') } });
    expect(objects(platform).get('Kustomization shop-prod-job').spec.kubeConfig).toEqual({ configMapRef: { name: 'prod-eu' } });
    expect(codes(platform)).toEqual([]);
    expect(codes(hub({ kubeConfigs: { 'prod-e': flux.KubeConfig.secret('a') } }).platform)).toEqual([['FW596', 'flux']]);
    expect(codes(shop({ kubeConfigs: { 'prod-eu': flux.KubeConfig.secret('a') } }).platform)).toEqual([['FW596', 'flux']]);
  });
});

describe('what is followed', () => {
  test('an artifact of the output', () => {
    const source = FluxSource.oci({ url: 'oci://ghcr.io/acme/manifests', ref: flux.OciReference.tag('main'), secretRef: 'registry' });
    const { platform } = shop({ source }, { outdir: 'deploy/eu' });
    new Application(platform, 'podinfo', { source: chart });
    const all = objects(platform);
    expect(all.get('OCIRepository shop').spec).toEqual({ url: 'oci://ghcr.io/acme/manifests', interval: '1m', ref: { tag: 'main' }, secretRef: { name: 'registry' } });
    const own = [...all.values()].filter(o => o.kind === 'Kustomization');
    expect(own.map(o => o.spec.sourceRef)).toEqual(own.map(() => expect.objectContaining({ kind: 'OCIRepository', name: 'shop' })));
    expect(['shop-prod-job', 'shop-prod-eu', 'shop-prod-eu-podinfo'].map(name => all.get(`Kustomization ${name}`).spec.path)).toEqual(['./prod/job', './flux/apps/prod-eu', './flux/releases/prod-eu/podinfo']);
    expect(codes(platform)).toEqual([]);
  });

  test('FW593: nothing of Git beside an artifact', () => {
    const source = FluxSource.oci({ url: 'oci://ghcr.io/acme/manifests', ref: flux.OciReference.tag('main') });
    const platform = followedPlatform({ gitops: GitOpsEngine.flux({ source }) });
    environment(platform, 'prod', { branch: 'env/prod' });
    worker(platform, 'job');
    expect(codes(platform)).toEqual([['FW593', 'prod']]);
    const other = shop({ source }).platform;
    new Application(other, 'folder', { source: ApplicationSource.directory({ path: 'a', revision: 'v1.0.0' }) });
    expect(codes(other)).toEqual([['FW593', 'folder']]);
  });

  test.each<[string, FluxSource, object]>([
    ['a tag', FluxSource.git({ ref: flux.GitReference.tag('v1.0.0') }), { tag: 'v1.0.0' }],
    ['a range', FluxSource.git({ ref: flux.GitReference.semver('1.x') }), { semver: '1.x' }],
    ['a commit', FluxSource.git({ ref: flux.GitReference.commit('a'.repeat(40)) }), { commit: 'a'.repeat(40) }],
  ])('%s', (_, source, ref) => {
    expect(objects(shop({ source }).platform).get('GitRepository shop').spec.ref).toEqual(ref);
  });

  test('by ssh, with a Secret, in either form', () => {
    const source = FluxSource.git({ secretRef: 'flux-system' });
    for (const repository of ['git@github.com:acme/platform.git', 'ssh://git@github.com/acme/platform.git']) {
      expect(objects(shop({ source }, { repository }).platform).get('GitRepository shop').spec).toMatchObject({ url: 'ssh://git@github.com/acme/platform.git', secretRef: { name: 'flux-system' } });
      expectFinding(() => shop({}, { repository }), 'FW592', '');
    }
  });

  test.each<[string, FluxSource | undefined, string]>([
    ['oci://ghcr.io/acme/manifests', undefined, 'FW592'],
    ['https://github.com/acme/platform', FluxSource.oci({ ref: flux.OciReference.tag('a') }), 'FW592'],
    ['http://github.com/acme/platform', undefined, 'FW502'],
    ['https://user:secret@github.com/acme/platform', undefined, 'FW502'],
    ['', undefined, 'FW501'],
    ['', FluxSource.oci({ ref: flux.OciReference.tag('a') }), 'FW501'],
    ['https://github.com/acme/platform', FluxSource.oci({ url: 'ghcr.io/a', ref: flux.OciReference.tag('a') }), 'FW502'],
  ])('%s is refused', (repository, source, code) => {
    expectFinding(() => newPlatform('/nowhere', { repository, gitops: GitOpsEngine.flux({ source }) }), code, '');
  });

  test('a folder of a repository: a commit, a tag that is a version, a full name, else a branch', () => {
    const platform = shop({ secretRefs: { 'git@github.com:a/b': 'deploy-key' } }).platform;
    const revisions = { commit: 'b'.repeat(40), tag: 'release-1.2', name: 'refs/tags/stable', branch: 'stable' };
    for (const [id, revision] of Object.entries(revisions)) {
      new Application(platform, id, { source: ApplicationSource.kustomize({ repository: 'git@github.com:a/b', path: './x', revision }) });
    }
    for (const [form, revision] of Object.entries(revisions)) {
      expect(objects(platform).get(`GitRepository shop-prod-eu-${form}`).spec).toMatchObject({ url: 'ssh://git@github.com/a/b', secretRef: { name: 'deploy-key' }, ref: { [form]: revision } });
      expect(objects(platform).get(`Kustomization shop-prod-eu-${form}`).spec).toMatchObject({ path: './x', targetNamespace: form });
    }
  });

  test('FW596: a Secret for a repository that nobody has', () => {
    expect(codes(shop({ secretRefs: { 'https://charts.example.com': 'a' } }).platform)).toEqual([['FW596', 'flux']]);
  });
});

test('without lockdown there are no accounts', () => {
  const all = objects(shop({ lockdown: false }).platform);
  expect([...all.values()].filter(o => o.spec?.serviceAccountName !== undefined || o.kind === 'ServiceAccount')).toEqual([]);
  expect(all.get('Kustomization shop-prod-job').spec.dependsOn).toEqual([{ name: 'shop-prod-namespaces' }]);
});

test('times, namespace and keys', () => {
  const all = objects(shop({ namespace: 'gitops', interval: '10m', retryInterval: '1m', decryption: { secretRef: 'sops' } }).platform);
  expect([...all.values()].filter(o => o.kind === 'Kustomization').map(o => [o.metadata.namespace, o.spec.interval, o.spec.retryInterval])).toEqual(
    [...all.values()].filter(o => o.kind === 'Kustomization').map(() => ['gitops', '10m', '1m']),
  );
  expect(all.get('Kustomization shop-prod-job').spec.decryption).toEqual({ provider: 'sops', secretRef: { name: 'sops' } });
});

test('the namespace of Flux is never that of an application which shares it', () => {
  const { platform } = shop();
  new Application(platform, 'notifier', { source: chart, namespace: 'flux-system' });
  const all = objects(platform);
  expect(all.has('Namespace flux-system')).toBe(false);
  expect(all.get('Kustomization shop-prod-eu-notifier').spec.dependsOn).toBeUndefined();
});

describe('rights', () => {
  const add = (of: Environment, apiVersion: string, kind: string, namespace?: string) =>
    new ApiObject(of.node.findChild('job') as Chart, 'late', { apiVersion, kind, metadata: { name: 'late', namespace } });
  const late = (apiVersion: string, kind: string, namespace?: string, options: FluxOptions = {}) => {
    const { platform, prod } = shop(options);
    platform.lower();
    add(prod, apiVersion, kind, namespace);
    return codes(platform);
  };

  test('FW594: an object that comes late, in a namespace that nobody knew', () => {
    expect(late('v1', 'ConfigMap', 'elsewhere')).toEqual([['FW594', 'prod/job/late']]);
    expect(late('v1', 'ConfigMap')).toEqual([]);
    expect(late('v1', 'ConfigMap', 'elsewhere', { lockdown: false })).toEqual([]);
  });

  test('FW595: an object that gives rights', () => {
    expect(late('rbac.authorization.k8s.io/v1', 'Role')).toEqual([['FW595', 'prod/job/late']]);
  });

  test('of a kind of others only the group is known', () => {
    const { platform, prod } = shop();
    platform.lower();
    add(prod, 'postgresql.cnpg.io/v1', 'Cluster');
    const { rules } = objects(platform).get('ClusterRole shop-prod-namespaced');
    expect(rules.filter((rule: any) => rule.apiGroups.includes('postgresql.cnpg.io')).map((rule: any) => rule.resources)).toEqual([['*']]);
    expect(rules.filter((rule: any) => rule.resources.includes('*') && ['', 'apps', '*'].includes(rule.apiGroups[0]))).toEqual([]);
    expect(rules.flatMap((rule: any) => [...rule.verbs, ...rule.apiGroups]).filter((each: string) => each === '*')).toEqual([]);
  });

  test('regions have accounts of their own', () => {
    const platform = followedPlatform({ gitops: GitOpsEngine.flux() });
    environment(platform, 'prod', { cluster: undefined, regions: [{ cluster: Cluster.named('eu') }, { cluster: Cluster.named('us') }] });
    worker(platform, 'job');
    expect([...objects(platform).values()].filter(o => o.kind === 'ServiceAccount').map(o => o.metadata.name)).toEqual(['acme-prod-eu', 'acme-prod-us']);
  });
});

describe('options that cannot be', () => {
  test.each(titled<any>(['2.8', '2', '1.9', '3.0', '2.x', 'latest', '', '2.9\n', ...NO_TEXT]))('FW591: the version %s', (_, version) => {
    expectFinding(() => GitOpsEngine.flux({ version }), 'FW591', '');
  });
  test.each(['2.9', '2.9.4', 'v2.10.0', '2.15'])('the version %s is fine', version => expect(() => GitOpsEngine.flux({ version })).not.toThrow());

  test.each<[string, any]>([
    ['FW505', { namespace: '' }], ['FW505', { namespace: 'Flux' }], ['FW505', { namespace: 5 }],
    ['FW551', { topology: 'star' }], ['FW551', { topology: null }], ['FW551', { lockdown: 'yes' }], ['FW551', { source: 'main' }], ['FW551', { source: {} }],
    ['FW551', { secretRefs: ['a'] }], ['FW551', { secretRefs: { 'https://a': 5 } }], ['FW551', { secretRefs: { 'https://a': 'A_B' } }],
    ['FW551', { kubeConfigs: { a: 'secret' } }], ['FW551', { kubeConfigs: { a: flux.KubeConfig.secret('A b') } }],
    ['FW553', { interval: '10' }], ['FW553', { interval: 10 }], ['FW553', { retryInterval: '1d' }],
    ['FW551', { decryption: 'sops' }], ['FW551', { decryption: { secretRef: 'A b' } }], ['FW552', { decryption: { provider: 'sops' } }],
    ['FW552', { revision: 'main' }], ['FW552', { roots: 'per-cluster' }],
    ['FW551', { source: FluxSource.git({ ref: 'main' as any }) }], ['FW557', { source: FluxSource.git({ ref: flux.GitReference.branch('a b') }) }],
    ['FW558', { source: FluxSource.git({ ref: flux.GitReference.semver('newest') }) }], ['FW552', { source: FluxSource.git({ branch: 'main' } as any) }],
    ['FW550', { source: FluxSource.oci({} as any) }], ['FW576', { source: FluxSource.oci({ ref: flux.OciReference.semver('1.x', '(?=a)') }) }],
    ['FW551', 'text'], ['FW551', 5], ['FW551', []],
  ])('%s: %p', (code, options) => {
    expectFinding(() => GitOpsEngine.flux(options), code, '');
  });

  test.each<any>([undefined, null, {}])('options %p are the default', options => {
    expect(() => GitOpsEngine.flux(options)).not.toThrow();
  });

  test('whatever a program in JavaScript passes is refused, or works', () => {
    const values: any[] = [
      null, '', 'text', 0, NaN, true, 10n, Symbol('s'), () => 'x', [], ['text'], [null], {}, { a: 'b' }, { a: null }, Object.create(null), new Map(), /x/, FluxSource.git(), flux.KubeConfig.secret('a'),
      flux.GitReference.branch('main'), Cluster.inCluster(), JSON.parse('{"__proto__": "a", "constructor": "b"}'),
    ];
    const use = (options: any) => {
      const { platform } = shop(options, { root: '/nowhere' });
      platform.check();
    };
    withEach(values, ['version', 'namespace', 'topology', 'source', 'secretRefs', 'kubeConfigs', 'interval', 'retryInterval', 'lockdown', 'decryption'], {}, use);
    withEach(values, ['ref', 'secretRef', 'provider', 'verify', 'interval'], {}, options => use({ source: FluxSource.git(options) }));
    withEach(values, ['url', 'ref', 'secretRef', 'provider', 'verify', 'interval'], { ref: flux.OciReference.tag('a') }, options => use({ source: FluxSource.oci(options) }));
    values.forEach(value => expectNoTypeError(() => use({ source: FluxSource.git({ ref: flux.GitReference.branch(value) }) })));
  });
});

test('without workloads there is nothing to follow', () => {
  const platform = followedPlatform({ gitops: GitOpsEngine.flux() });
  environment(platform);
  platform.synth();
  expect(Object.keys(readTree(platform.root)).filter(f => f.startsWith('dist/'))).toEqual([]);
});

test('of some workloads alone, their Kustomizations are as they are among all', () => {
  const declare = () => {
    const platform = followedPlatform({ name: 'shop', gitops: GitOpsEngine.flux() });
    environment(platform, 'dev', { branch: 'env/dev' });
    environment(platform, 'prod', { cluster: Cluster.named('prod-eu') });
    worker(platform, 'other');
    worker(platform, 'base');
    worker(platform, 'job', { dependsOn: ['base', 'podinfo'] });
    new Application(platform, 'podinfo', { source: chart });
    return objects(platform);
  };
  const all = declare();
  process.env.FAIRWAY_ONLY = JSON.stringify(['dev', 'prod'].map(name => ({ environment: name, workload: 'job' })));
  try {
    const some = declare();
    expect([...some.keys()].sort()).toEqual(['Kustomization shop-dev-job', 'Kustomization shop-prod-job']);
    for (const [name, object] of some) {
      expect(object).toEqual(all.get(name));
    }
  } finally {
    delete process.env.FAIRWAY_ONLY;
  }
});
