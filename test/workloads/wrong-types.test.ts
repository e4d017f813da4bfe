import { Duration } from 'cdk8s';
import { expectNoTypeError, titled, withEach } from '../support/misuse';
import { environment, image } from '../support/model';
import { newPlatform } from '../support/platform';
import {
  Cluster, ConfigFiles, Egress, Environment, KedaTrigger, Platform, Probe, Replicas, ScalingMetric, ScalingPolicy,
  ScheduledTask, SecretFiles, StatefulService, Volume, WebService, Worker,
} from 'cdk8s-fairway';

/*
 * Whatever a program in JavaScript passes for a property: it is refused by a finding, or it works. Nobody sees a TypeError
 * of this library.
 */

const VALUES: any[] = [
  null, undefined, '', 'text', 0, 1, -1, 1.5, NaN, 2 ** 60, true, false, 10n, Symbol('s'), () => 'x', [], ['text'], [null], [undefined], [5], [{}], {}, { a: 'b' }, { a: 5 }, { a: null }, { a: {} },
  { '/a': null }, { '/a': {} }, { '/a': { size: '1Gi' } }, { A: {} }, { A: { name: 'x' } },
  Object.create(null), new Map(), new Date(0), /x/, image(), Probe.tcp(), Replicas.fixed(2), Cluster.inCluster(), Duration.seconds(1), Volume.folder('1Mi'), '__proto__', { __proto__: null, a: 1 },
];

function declared(declare: (scope: Platform) => unknown): void {
  const platform = newPlatform('/nowhere');
  environment(platform, 'prod', { gateway: { name: 'public', namespace: 'gateways' }, quota: { cpu: '100', pods: 100 } });
  declare(platform);
  const findings = platform.check();
  // What was declared without an error can be printed.
  expect(findings.filter(f => ['FW104', 'FW109'].includes(f.code))).toEqual([]);
}

const POD = ['secretEnv', 'config', 'secrets', 'volumes', 'sidecars', 'initContainers', 'metrics', 'imagePullSecrets', 'serviceAccountAnnotations'];
const OVERRIDE = ['image', 'command', 'args', 'resources', 'env', 'secretEnv', 'config', 'secrets', 'volumes', 'egress', 'shutdown', 'podAnnotations', 'serviceAccountAnnotations', 'sidecars', 'metrics'];
const CONTAINER = ['name', 'image', 'command', 'args', 'env', 'secretEnv', 'resources', 'writablePaths', 'config', 'secrets', 'volumes', 'runAs'];
const TASK = { image: image(), schedule: '@daily' };
const SERVICE = { image: image(), port: 80, readiness: Probe.tcp() };

test('WebService', () => {
  withEach(VALUES, [...POD, 'strategy', 'hosts', 'host', 'tlsSecret'], SERVICE, props => declared(p => new WebService(p, 'app', props)));
  withEach(VALUES, [...OVERRIDE, 'strategy', 'replicas', 'hosts', 'tlsSecret'], {}, override => declared(p => new WebService(p, 'app', { ...SERVICE, overrides: { prod: override } })));
});

test('Worker', () => {
  withEach(VALUES, [...POD, 'strategy'], { image: image() }, props => declared(p => new Worker(p, 'job', props)));
  withEach(VALUES, CONTAINER, { name: 'init', image: image() }, each => declared(p => new Worker(p, 'job', { image: image(), initContainers: [each] })));
  withEach(VALUES, [...CONTAINER, 'port', 'portName', 'readiness', 'liveness', 'startup'], { name: 'side', image: image(), port: 90 }, each => declared(p => new Worker(p, 'job', { image: image(), sidecars: [each] })));
  withEach(VALUES, ['port', 'path', 'interval', 'labels'], { port: 9090 }, metrics => declared(p => new Worker(p, 'job', { image: image(), metrics })));
  withEach(VALUES, ['name', 'key', 'optional'], { name: 'db', key: 'password' }, reference => declared(p => new Worker(p, 'job', { image: image(), secretEnv: { A: reference } })));
});

test('ScheduledTask', () => {
  withEach(VALUES, [
    ...POD, 'schedule', 'timeZone', 'concurrency', 'startingDeadline', 'timeout', 'retries', 'fatalExitCodes', 'keepSucceeded', 'keepFailed', 'suspend', 'overrides',
  ], TASK, props => declared(p => new ScheduledTask(p, 'job', props)));
  withEach(VALUES, [...OVERRIDE, 'schedule', 'timeZone', 'suspend'], {}, override => declared(p => new ScheduledTask(p, 'job', { ...TASK, overrides: { prod: override } })));
});

test('StatefulService', () => {
  const valid = { ...SERVICE, storage: { '/data': { size: '1Gi' } } };
  withEach(VALUES, [...POD, 'storage', 'pods', 'order', 'partition', 'deleteStorageWhenScaled', 'callers', 'overrides'], valid, props => declared(p => new StatefulService(p, 'db', props)));
  withEach(VALUES, ['size', 'storageClass', 'singlePod'], { size: '1Gi' }, storage => declared(p => new StatefulService(p, 'db', { ...valid, storage: { '/data': storage } })));
  withEach(VALUES, ['pods', 'partition'], {}, override => declared(p => new StatefulService(p, 'db', { ...valid, overrides: { prod: override } })));
  VALUES.forEach(value => expectNoTypeError(() => declared(p => new StatefulService(p, 'db', valid).allowFrom(value))));
});

test('Environment', () => {
  withEach(VALUES, ['quota', 'monitoringNamespace', 'gateway'], { cluster: Cluster.inCluster() }, props => declared(p => {
    new Environment(p, 'dev', props);
    new Worker(p, 'job', { image: image() });
  }));
  withEach(VALUES, ['cpu', 'memory', 'pods'], {}, quota => declared(p => {
    new Environment(p, 'dev', { cluster: Cluster.inCluster(), quota });
    new Worker(p, 'job', { image: image() });
  }));
});

test.each<[string, (value: any) => unknown]>([
  ['a profile', profile => Cluster.inCluster({ profile })],
  ['config', ConfigFiles.of],
  ['the text of config', value => ConfigFiles.of({ a: value })],
  ['a folder of config', ConfigFiles.fromFolder],
  ['a file of config', ConfigFiles.fromFile],
  ['a Secret', SecretFiles.of],
  ['options of a Secret', value => SecretFiles.of('a', value)],
  ['files of a Secret', files => SecretFiles.of('a', { files })],
  ['a folder', Volume.folder],
  ['a folder in memory', Volume.memory],
  ['a claim', Volume.claim],
  ['options of a claim', value => Volume.claim('a', value)],
  ['a ConfigMap', Volume.configMap],
  ['an ephemeral volume', Volume.ephemeral],
  ['the storage class of an ephemeral volume', storageClass => Volume.ephemeral({ size: '1Gi', storageClass })],
  ['an audience', Volume.serviceAccountToken],
  ['a native volume', Volume.native],
  ['the target of replicas', value => Replicas.between(1, 5, value)],
  ['metrics of replicas', metrics => Replicas.between(1, 5, { metrics })],
  ['behaviour of replicas', behavior => Replicas.between(1, 5, { behavior })],
  ['scaling rules', scaleUp => Replicas.between(1, 5, { behavior: { scaleUp } })],
  ['scaling policies', policies => Replicas.between(1, 5, { behavior: { scaleDown: { policies } } })],
  ['stabilization', stabilization => Replicas.between(1, 5, { behavior: { scaleDown: { stabilization } } })],
  ['a metric of pods', value => [ScalingMetric.pods('a', value), ScalingMetric.pods(value, '1')]],
  ['a metric of an object', value => [ScalingMetric.object('a', value, '1'), ScalingMetric.object(value, { apiVersion: 'v1', kind: 'Service', name: 'a' }, '1')]],
  ['an external metric', value => [ScalingMetric.external('a', value), ScalingMetric.external('a', '1', value)]],
  ['a scaling policy', value => [ScalingPolicy.pods(value, Duration.seconds(1)), ScalingPolicy.percent(1, value)]],
  ['KEDA', Replicas.keda],
  ['triggers of KEDA', triggers => Replicas.keda({ minimum: 1, maximum: 2, triggers })],
  ['bounds of KEDA', value => Replicas.keda({ minimum: value, maximum: value, triggers: [KedaTrigger.cpu(1)] })],
  ['times of KEDA', value => Replicas.keda({ minimum: 0, maximum: 2, triggers: [KedaTrigger.of('x', {})], cooldown: value, pollingInterval: value })],
  ['a trigger', value => [KedaTrigger.of(value, {}), KedaTrigger.of('a', value), KedaTrigger.of('a', {}, value)]],
  ['a trigger by Prometheus', value => [KedaTrigger.prometheus(value, 'q', 1), KedaTrigger.prometheus('http://a', value, 1), KedaTrigger.prometheus('http://a', 'q', value)]],
  ['a trigger by Kafka', value => [KedaTrigger.kafka(value, value, value, 1), KedaTrigger.kafka('a', 'b', 'c', value)]],
  ['a trigger by time', value => [KedaTrigger.cron(value, value, value, 1), KedaTrigger.cron('a', 'b', 'c', value)]],
  ['a trigger by use', value => [KedaTrigger.cpu(value), KedaTrigger.memory(value)]],
  ['an Egress', value => Egress.cidr('10.0.0.0/8', value)],
])('%s', (_, use) => {
  titled(VALUES).forEach(([, value]) => expectNoTypeError(() => use(value)));
});
