import { App, Chart, Duration } from 'cdk8s';
import { expectNoTypeError, titled, withEach } from '../support/misuse';
import { environment, followedPlatform, image } from '../support/model';
import {
  argocd, Cluster, Egress, Environment, GitOpsEngine, Image, NamespaceRule, Probe, Replicas, WebService, Worker,
} from 'cdk8s-fairway';

/*
 * Whatever a program in JavaScript passes for a property: it is refused by a finding, or it works. Nobody sees a TypeError
 * of this library.
 */

const VALUES: any[] = [
  null, undefined, '', 'text', 0, 1, -1, 1.5, NaN, 2 ** 60, true, false, 10n, Symbol('s'), () => 'x', [], ['text'], [null], [undefined], [5], [{}], {}, { a: 'b' }, { a: 5 }, { a: null }, { a: {} },
  Object.create(null), new Map(), new Date(0), /x/, image(), Probe.tcp(), Replicas.fixed(2), Cluster.inCluster(), Duration.seconds(1), NamespaceRule.perEnvironment(), '__proto__', { __proto__: null, a: 1 },
];

/** A platform with an environment, into which something is declared and which is checked then. */
function declared(declare: (scope: ReturnType<typeof followedPlatform>) => unknown): void {
  const platform = followedPlatform({ root: '/nowhere' });
  environment(platform, 'prod', { ingress: { className: 'nginx', namespace: 'ingress-nginx' } });
  declare(platform);
  const findings = platform.check();
  // What was declared without an error can be printed.
  expect(findings.filter(f => ['FW104', 'FW109'].includes(f.code))).toEqual([]);
}

const WORKLOAD = [
  'image', 'command', 'args', 'env', 'resources', 'replicas', 'writablePaths', 'runAs', 'shutdown', 'dependsOn', 'egress', 'environments', 'labels', 'podAnnotations', 'overrides',
];
const OVERRIDE = ['image', 'replicas', 'resources', 'env', 'host'];

test('WebService', () => {
  const valid = { image: image(), port: 8080, readiness: Probe.http('/') };
  withEach(VALUES, [...WORKLOAD, 'port', 'servicePort', 'readiness', 'liveness', 'startup', 'protocol', 'callers', 'host', 'tlsSecret'], valid, props => declared(p => new WebService(p, 'app', props)));
  withEach(VALUES, OVERRIDE, {}, override => declared(p => new WebService(p, 'app', { ...valid, overrides: { prod: override } })));
  VALUES.forEach(value => expectNoTypeError(() => declared(p => new WebService(p, 'app', valid).allowFrom(value))));
});

test('Worker', () => {
  withEach(VALUES, WORKLOAD, { image: image() }, props => declared(p => new Worker(p, 'job', props)));
  withEach(VALUES, ['user', 'group'], { user: 10001 }, runAs => declared(p => new Worker(p, 'job', { image: image(), runAs })));
  withEach(VALUES, ['drain', 'preStop', 'preStopWait'], {}, shutdown => declared(p => new Worker(p, 'job', { image: image(), shutdown })));
  withEach(VALUES, ['cpu', 'cpuLimit', 'memory', 'memoryLimit', 'ephemeralStorage', 'ephemeralStorageLimit'], {}, resources => declared(p => new Worker(p, 'job', { image: image(), resources })));
  VALUES.forEach(value => expectNoTypeError(() => declared(p => new Worker(p, value, { image: image() }))));
});

test('Environment', () => {
  const valid = { cluster: Cluster.inCluster() };
  withEach(VALUES, ['cluster', 'namespaces', 'promotedFrom', 'ingress', 'labels'], valid, props => declared(p => {
    new Environment(p, 'dev', props);
    new Worker(p, 'job', { image: image() });
  }));
  withEach(VALUES, ['className', 'namespace', 'annotations'], { className: 'nginx', namespace: 'ingress-nginx' }, ingress => declared(p => {
    new Environment(p, 'dev', { ...valid, ingress });
    new WebService(p, 'app', { image: image(), port: 80, readiness: Probe.tcp(), overrides: { dev: { host: 'a.example.com' } } });
  }));
  VALUES.forEach(value => expectNoTypeError(() => declared(p => new Environment(p, value, valid))));
});

test.each<[string, (value: any) => unknown]>([
  ['Cluster.named', Cluster.named],
  ['Cluster.server', Cluster.server],
  ['Cluster options', Cluster.inCluster],
  ['kubernetesVersion', kubernetesVersion => Cluster.inCluster({ kubernetesVersion })],
  ['Cluster.isAtLeast', value => Cluster.inCluster().isAtLeast(value)],
  ['Image.parse', Image.parse],
  ['the repository of an image', value => Image.of(value, { tag: '1' })],
  ['the version of an image', value => Image.of('app', value)],
  ['the tag of an image', tag => Image.of('app', { tag })],
  ['the digest of an image', digest => Image.of('app', { tag: '1', digest })],
  ['Replicas.fixed', Replicas.fixed],
  ['the minimum of replicas', value => Replicas.between(value, 5)],
  ['the maximum of replicas', value => Replicas.between(1, value)],
  ['the target of replicas', value => Replicas.between(1, 5, value)],
  ['Probe.http', value => Probe.http(value)],
  ['Probe options', value => [Probe.http('/', value), Probe.grpc(value), Probe.tcp(value)]],
  ['headers', headers => Probe.http('/', { headers })],
  ['a gRPC service', service => Probe.grpc({ service })],
  ['Egress.cidr', value => Egress.cidr(value, 80)],
  ['Egress.namespace', value => Egress.namespace(value, 80)],
  ['the port of an Egress', value => [Egress.cidr('10.0.0.0/8', value), Egress.namespace('a', value)]],
  ['Argo CD options', GitOpsEngine.argoCd],
  ['a destination', value => [argocd.Destination.inCluster(value), argocd.Destination.cluster(value, value), argocd.Destination.server(value, value)]],
  ['a sync option', argocd.SyncOption.of],
  ['the repository of a platform', repository => followedPlatform({ repository })],
  ['a namespace', value => declared(p => {
    new Environment(p, 'a', { cluster: Cluster.inCluster(), namespaces: NamespaceRule.perEnvironment(value) });
    new Environment(p, 'b', { cluster: Cluster.inCluster(), namespaces: NamespaceRule.perWorkload(value) });
    new Worker(p, 'job', { image: image() });
  })],
])('%s', (_, use) => {
  VALUES.forEach(value => expectNoTypeError(() => use(value)));
});

test('argocd.Application', () => {
  const source = { repoURL: 'https://a', path: 'b' };
  const valid = { project: 'default', destination: argocd.Destination.inCluster('a'), source };
  const synth = (props: any) => {
    const app = new App({ outdir: '/nowhere' });
    new argocd.Application(new Chart(app, 'chart'), 'app', props);
  };
  withEach(VALUES, ['project', 'destination', 'source', 'sources', 'syncPolicy', 'ignoreDifferences', 'info', 'revisionHistoryLimit', 'finalizer', 'syncWave', 'syncOptions', 'metadata'], valid, synth);
  withEach(VALUES, ['repoURL', 'path', 'chart', 'targetRevision', 'ref', 'helm', 'directory', 'kustomize', 'plugin'], source, each => synth({ ...valid, source: each }));
  withEach(VALUES, ['repoURL', 'path'], source, each => synth({ ...valid, source: undefined, sources: [source, each] }));
  withEach(VALUES, ['automated', 'syncOptions', 'retry'], {}, syncPolicy => synth({ ...valid, syncPolicy }));
  withEach(VALUES, ['limit', 'backoff', 'refresh'], {}, retry => synth({ ...valid, syncPolicy: { retry } }));
  withEach(VALUES, ['duration', 'factor', 'maxDuration'], {}, backoff => synth({ ...valid, syncPolicy: { retry: { backoff } } }));
  withEach(VALUES, ['kind', 'group', 'jsonPointers', 'jqPathExpressions', 'managedFieldsManagers'], { kind: 'A', jsonPointers: ['/a'] }, rule => synth({ ...valid, ignoreDifferences: [rule] }));
});

test('argocd.AppProject', () => {
  const valid = { sourceRepos: ['https://a'], destinations: [argocd.Destination.inCluster('a')] };
  const synth = (props: any) => new argocd.AppProject(new Chart(new App({ outdir: '/nowhere' }), 'chart'), 'project', props);
  withEach(VALUES, ['sourceRepos', 'destinations', 'clusterResourceWhitelist', 'namespaceResourceWhitelist', 'syncWave', 'description', 'metadata'], valid, synth);
});

test('titles of tables are readable', () => {
  expect(titled(VALUES).map(([title]) => title).filter(title => !/^[ -~]+$/.test(title))).toEqual([]);
});
