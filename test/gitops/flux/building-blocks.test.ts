import { Chart, Testing } from 'cdk8s';
import { chartOf, DIGEST, helm, KINDS, make, metadata, oci, specOf } from './support';
import { flux } from 'cdk8s-fairway';

/* What is written for each kind. */

const {
  ActionStrategy, Annotations, ApplyPolicy, CloudProvider, CrdsPolicy, DriftDetectionMode, EventKind, GitReference, HelmChart, HelmRelease,
  HelmRepository,
  ImagePolicyChoice, KubeConfig, Kustomization, OciReference, OCIRepository, PolicyOrder, SigningKeyType, SourceReference,
  SubstituteReference, ValuesReference,
  WaitStrategy,
} = flux;

test.each<[kind: string, apiVersion: string, spec: any]>([
  ['GitRepository', 'source.toolkit.fluxcd.io/v1', { url: 'https://github.com/acme/shop', ref: { branch: 'main' }, interval: '1m' }],
  ['OCIRepository', 'source.toolkit.fluxcd.io/v1', { url: 'oci://ghcr.io/acme/shop', ref: { tag: '1.4.2' }, interval: '1m' }],
  ['HelmRepository', 'source.toolkit.fluxcd.io/v1', { url: 'https://charts.example.com', interval: '1m' }],
  ['HelmChart', 'source.toolkit.fluxcd.io/v1', { chart: 'shop', version: '1.x', sourceRef: { kind: 'HelmRepository', name: 'shop' }, interval: '1m' }],
  ['Bucket', 'source.toolkit.fluxcd.io/v1', { bucketName: 'shop', endpoint: 'minio.storage:9000', interval: '1m' }],
  ['ExternalArtifact', 'source.toolkit.fluxcd.io/v1', { sourceRef: { kind: 'ArtifactGenerator', name: 'shop' } }],
  ['Kustomization', 'kustomize.toolkit.fluxcd.io/v1', {
    sourceRef: { kind: 'GitRepository', name: 'shop' }, interval: '60m', retryInterval: '2m', timeout: '3m', prune: true, wait: true,
  }],
  ['HelmRelease', 'helm.toolkit.fluxcd.io/v2', {
    chartRef: { kind: 'OCIRepository', name: 'shop' },
    interval: '30m',
    timeout: '5m',
    driftDetection: { mode: 'enabled' },
    install: { remediation: { retries: 3 } },
    upgrade: { remediation: { retries: 3, remediateLastFailure: true } },
  }],
  ['ImageRepository', 'image.toolkit.fluxcd.io/v1', { image: 'ghcr.io/acme/shop', interval: '1m' }],
  ['ImagePolicy', 'image.toolkit.fluxcd.io/v1', { imageRepositoryRef: { name: 'shop' }, policy: { semver: { range: '1.x' } }, digestReflectionPolicy: 'IfNotPresent' }],
  ['ImageUpdateAutomation', 'image.toolkit.fluxcd.io/v1', {
    sourceRef: { kind: 'GitRepository', name: 'shop' }, interval: '30m', git: { commit: { author: { email: 'flux@example.com' } } }, update: { strategy: 'Setters' },
  }],
  ['Alert', 'notification.toolkit.fluxcd.io/v1beta3', { providerRef: { name: 'chat' }, eventSources: [{ kind: 'Kustomization', name: '*' }] }],
  ['Provider', 'notification.toolkit.fluxcd.io/v1beta3', { type: 'slack', secretRef: { name: 'slack' }, channel: 'ops' }],
  ['Receiver', 'notification.toolkit.fluxcd.io/v1', { type: 'github', interval: '10m', secretRef: { name: 'hook' }, resources: [{ kind: 'GitRepository', name: 'shop' }] }],
])('%s, with the least that it needs', (kind, apiVersion, spec) => {
  expect(make(kind).toJson()).toEqual({ apiVersion, kind, metadata: { name: 'shop' }, spec });
});

test('every kind has a test', () => {
  expect(Object.keys(KINDS)).toHaveLength(14);
});

test('references to versions', () => {
  const refs = [
    GitReference.branch('main'), GitReference.tag('v1'), GitReference.semver('>=1.0.0 <2.0.0'), GitReference.refName('refs/pull/1/head'),
    GitReference.commit('a'.repeat(40)), GitReference.commit('b'.repeat(64), 'main'),
  ];
  expect(refs.map(ref => specOf('GitRepository', { ref }).ref)).toEqual([
    { branch: 'main' }, { tag: 'v1' }, { semver: '>=1.0.0 <2.0.0' }, { name: 'refs/pull/1/head' }, { commit: 'a'.repeat(40) }, { commit: 'b'.repeat(64), branch: 'main' },
  ]);
  expect([OciReference.tag('1'), OciReference.semver('1.x', '-rc'), OciReference.digest(DIGEST)].map(ref => specOf('OCIRepository', { ref }).ref))
    .toEqual([{ tag: '1' }, { semver: '1.x', semverFilter: '-rc' }, { digest: DIGEST }]);
});

test('sources with all that they can have', () => {
  expect(specOf('GitRepository', {
    url: 'ssh://git@github.com/acme/shop',
    secretRef: 'key',
    proxySecretRef: 'proxy',
    timeout: '30s',
    suspend: true,
    ignore: '/*\n!/deploy',
    sparseCheckout: ['deploy'],
    include: [{ repository: 'common', fromPath: 'a', toPath: 'b' }],
    verify: { secretRef: 'keys' },
    recurseSubmodules: true,
  })).toEqual({
    url: 'ssh://git@github.com/acme/shop',
    ref: { branch: 'main' },
    interval: '1m',
    secretRef: { name: 'key' },
    proxySecretRef: { name: 'proxy' },
    timeout: '30s',
    suspend: true,
    ignore: '/*\n!/deploy',
    sparseCheckout: ['deploy'],
    include: [{ repository: { name: 'common' }, fromPath: 'a', toPath: 'b' }],
    verify: { mode: 'HEAD', secretRef: { name: 'keys' } },
    recurseSubmodules: true,
  });
  expect(specOf('OCIRepository', { verify: { secretRef: 'keys', trustedRootSecretRef: 'root' }, certSecretRef: 'ca' }))
    .toMatchObject({ verify: { provider: 'cosign', secretRef: { name: 'keys' }, trustedRootSecretRef: { name: 'root' } }, certSecretRef: { name: 'ca' } });
  expect(specOf('HelmRepository', { url: 'oci://ghcr.io/acme/charts', provider: CloudProvider.GCP })).toEqual({ url: 'oci://ghcr.io/acme/charts', type: 'oci', provider: 'gcp' });
  expect(specOf('Bucket', { provider: CloudProvider.AWS, endpoint: 's3.amazonaws.com', sts: { provider: 'aws', endpoint: 'https://sts.amazonaws.com' } }))
    .toMatchObject({ provider: 'aws', sts: { provider: 'aws', endpoint: 'https://sts.amazonaws.com' } });
});

test('a Kustomization with much of what it can have', () => {
  expect(specOf('Kustomization', {
    path: './deploy/prod',
    interval: '10m',
    prune: false,
    dependsOn: [{ name: 'db', namespace: 'data', readyExpr: 'dep.status.observedGeneration == dep.metadata.generation' }],
    healthChecks: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }],
    ignore: [{ paths: ['/spec/replicas'], target: { kind: 'Deployment', name: 'web' } }],
    postBuild: { substitute: { region: 'eu' }, substituteFrom: [SubstituteReference.configMap('vars'), SubstituteReference.secret('keys', { optional: true })] },
    decryption: { secretRef: 'age' },
    kubeConfig: KubeConfig.secret('prod', 'kubeconfig'),
    images: [{ name: 'web', newTag: '1.2.3' }],
    components: ['../components/tls'],
    commonMetadata: { labels: { team: 'shop' } },
  })).toEqual({
    sourceRef: { kind: 'GitRepository', name: 'shop' },
    path: './deploy/prod',
    interval: '10m',
    retryInterval: '2m',
    timeout: '3m',
    prune: false,
    dependsOn: [{ name: 'db', namespace: 'data', readyExpr: 'dep.status.observedGeneration == dep.metadata.generation' }],
    healthChecks: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }],
    ignore: [{ paths: ['/spec/replicas'], target: { kind: 'Deployment', name: 'web' } }],
    postBuild: { substitute: { region: 'eu' }, substituteFrom: [{ kind: 'ConfigMap', name: 'vars' }, { kind: 'Secret', name: 'keys', optional: true }] },
    decryption: { provider: 'sops', secretRef: { name: 'age' } },
    kubeConfig: { secretRef: { name: 'prod', key: 'kubeconfig' } },
    images: [{ name: 'web', newTag: '1.2.3' }],
    components: ['../components/tls'],
    commonMetadata: { labels: { team: 'shop' } },
  });
});

test('a HelmRelease with much of what it can have', () => {
  expect(specOf('HelmRelease', {
    chartRef: undefined,
    chart: { chart: 'shop', version: '1.x', sourceRef: helm, interval: '5m', metadata: { labels: { a: 'b' } }, verify: { secretRef: 'keys' } },
    driftDetection: { mode: DriftDetectionMode.WARN, ignore: [{ paths: ['/spec/replicas'], target: { kind: 'Deployment' } }] },
    install: { strategy: ActionStrategy.retryOnFailure('2m'), crds: CrdsPolicy.CREATE },
    upgrade: { strategy: ActionStrategy.remediateOnFailure(), remediation: { retries: -1 } },
    test: { enable: true, filters: [{ name: 'smoke' }] },
    values: { replicas: 2, list: [1, 'a'] },
    valuesFrom: [ValuesReference.configMap('base'), ValuesReference.secret('db', { valuesKey: 'password', targetPath: 'db.password', optional: true })],
    postRenderers: [{ images: [{ name: 'web', digest: DIGEST }] }],
    waitStrategy: WaitStrategy.POLLER,
    kubeConfig: KubeConfig.configMap('prod'),
  })).toEqual({
    chart: {
      metadata: { labels: { a: 'b' } },
      spec: { chart: 'shop', version: '1.x', sourceRef: { kind: 'HelmRepository', name: 'shop' }, interval: '5m', verify: { provider: 'cosign', secretRef: { name: 'keys' } } },
    },
    interval: '30m',
    timeout: '5m',
    driftDetection: { mode: 'warn', ignore: [{ paths: ['/spec/replicas'], target: { kind: 'Deployment' } }] },
    install: { strategy: { name: 'RetryOnFailure', retryInterval: '2m' }, crds: 'Create' },
    upgrade: { strategy: { name: 'RemediateOnFailure' }, remediation: { retries: -1 } },
    test: { enable: true, filters: [{ name: 'smoke' }] },
    values: { replicas: 2, list: [1, 'a'] },
    valuesFrom: [{ kind: 'ConfigMap', name: 'base' }, { kind: 'Secret', name: 'db', valuesKey: 'password', targetPath: 'db.password', optional: true }],
    postRenderers: [{ kustomize: { images: [{ name: 'web', digest: DIGEST }] } }],
    waitStrategy: { name: 'poller' },
    kubeConfig: { configMapRef: { name: 'prod' } },
  });
});

test('image automation and notifications with much of what they can have', () => {
  expect(specOf('ImagePolicy', { policy: ImagePolicyChoice.numerical(PolicyOrder.DESC), filterTags: { pattern: '^b(?P<n>[0-9]+)$', extract: '$n' } }))
    .toMatchObject({ policy: { numerical: { order: 'desc' } }, filterTags: { pattern: '^b(?P<n>[0-9]+)$', extract: '$n' } });
  expect(specOf('ImagePolicy', { policy: ImagePolicyChoice.alphabetical() }).policy).toEqual({ alphabetical: { order: 'asc' } });
  expect(specOf('ImageUpdateAutomation', {
    updatePath: './deploy',
    git: {
      checkout: GitReference.branch('main'),
      commit: { author: { email: 'a@b.c', name: 'Flux' }, signingKey: { secretRef: 'key', type: SigningKeyType.SSH } },
      push: { branch: 'updates' },
    },
  })).toMatchObject({
    git: {
      checkout: { ref: { branch: 'main' } },
      commit: { author: { email: 'a@b.c', name: 'Flux' }, signingKey: { secretRef: { name: 'key' }, type: 'ssh' } },
      push: { branch: 'updates' },
    },
    update: { strategy: 'Setters', path: './deploy' },
  });
  expect(specOf('Receiver', { resources: [{ kind: EventKind.IMAGE_REPOSITORY, name: '*', matchLabels: { app: 'shop' } }] }).resources)
    .toEqual([{ kind: 'ImageRepository', name: '*', matchLabels: { app: 'shop' } }]);
});

test('constructs refer to each other', () => {
  const chart = chartOf('apps');
  const repository = new OCIRepository(chart, 'source', { metadata, url: 'oci://ghcr.io/acme/shop', ref: OciReference.tag('1') });
  const charts = new HelmRepository(chart, 'charts', { metadata, url: 'https://charts.example.com' });
  const helmChart = new HelmChart(chart, 'chart', { metadata, chart: 'shop', version: '1.x', sourceRef: charts.reference });
  const first = new Kustomization(chart, 'first', { metadata: { name: 'first' }, sourceRef: repository.reference });
  const second = new Kustomization(chart, 'second', { sourceRef: repository.reference, dependsOn: [first.dependency] });
  const release = new HelmRelease(chart, 'release', { metadata, chartRef: helmChart.reference });
  const later = new HelmRelease(chart, 'later', { chartRef: repository.reference, dependsOn: [release.dependency] });
  expect(second.toJson().spec).toMatchObject({ sourceRef: { kind: 'OCIRepository', name: 'shop', namespace: 'apps' }, dependsOn: [{ name: 'first', namespace: 'apps' }] });
  expect(helmChart.toJson().spec.sourceRef).toEqual({ kind: 'HelmRepository', name: 'shop' });
  expect(later.toJson().spec).toMatchObject({ chartRef: { kind: 'OCIRepository', name: 'shop', namespace: 'apps' }, dependsOn: [{ name: 'shop', namespace: 'apps' }] });
  expect(['GitRepository', 'Bucket', 'ExternalArtifact'].map(kind => (make(kind) as any).reference.kind)).toEqual(['GitRepository', 'Bucket', 'ExternalArtifact']);
  expect((make('ImageRepository') as flux.ImageRepository).reference).toEqual({ name: 'shop', namespace: undefined });
});

test('every kind of source has a reference', () => {
  const { gitRepository, ociRepository, bucket, externalArtifact, helmRepository, helmChart } = SourceReference;
  expect([gitRepository, ociRepository, bucket, externalArtifact, helmRepository, helmChart].map(of => of('a', { namespace: 'b' }).kind))
    .toEqual(['GitRepository', 'OCIRepository', 'Bucket', 'ExternalArtifact', 'HelmRepository', 'HelmChart']);
  expect(oci.namespace).toBeUndefined();
});

test('annotations of single objects', () => {
  expect([Annotations.ssa(ApplyPolicy.IF_NOT_PRESENT), Annotations.keep(), Annotations.recreate(),
    Annotations.unreconciled(), Annotations.literal()]).toEqual([
    { 'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent' },
    { 'kustomize.toolkit.fluxcd.io/prune': 'Disabled' },
    { 'kustomize.toolkit.fluxcd.io/force': 'Enabled' },
    { 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled' },
    { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' },
  ]);
});

test('names, labels and fields without a property', () => {
  const chart = new Chart(Testing.app(), 'chart');
  const it = make('Kustomization', { metadata: { name: 'web', namespace: 'apps', labels: { team: 'shop' }, annotations: Annotations.keep() } }, chart);
  expect(it.toJson().metadata).toEqual({ name: 'web', namespace: 'apps', labels: { team: 'shop' }, annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'Disabled' } });
  expect(new Kustomization(chart, 'unnamed', { sourceRef: helmless() }).name).toMatch(/^chart-unnamed-/);
});

const helmless = () => SourceReference.bucket('artifacts');
