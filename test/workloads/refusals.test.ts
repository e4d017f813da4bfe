import { Duration } from 'cdk8s';
import { newFolder } from '../support/folders';
import { expectFinding, expectWellSaid } from '../support/misuse';
import { environment, image, service, worker } from '../support/model';
import { newPlatform } from '../support/platform';
import {
  ConfigFiles, Egress, EnvironmentProps, KedaTrigger, Platform, PortProtocol, PreStop, Probe, Replicas,
  RolloutStrategy, ScalingMetric, ScalingPolicy, ScheduledTask, ScheduledTaskProps, SecretFiles, StatefulService, StatefulServiceProps, Step, Volume,
} from 'cdk8s-fairway';

/* What is wrong with pods, schedules, scaling and storage, each with its code. */

const task = (scope: Platform, props: Partial<ScheduledTaskProps>) => new ScheduledTask(scope, 'task', { image: image(), schedule: '@daily', ...props });
const stateful = (scope: Platform, props: Partial<StatefulServiceProps>) =>
  new StatefulService(scope, 'db', { image: image(), port: 5432, readiness: Probe.tcp(), storage: { '/data': { size: '1Gi' } }, ...props });
const many = Object.fromEntries(Array.from({ length: 3 }, (_, i) => [`f${i}`, 'x'.repeat(400_000)]));

describe('values', () => {
  test.each<[string, string, () => unknown]>([
    ['FW427', 'config that is no map', () => ConfigFiles.of('a' as any)],
    ['FW427', 'no files', () => ConfigFiles.of({})],
    ['FW427', 'a file without a name', () => ConfigFiles.of({ '': 'a' })],
    ['FW427', 'a file in a folder', () => ConfigFiles.of({ 'a/b': 'a' })],
    ['FW427', 'a file with a blank', () => ConfigFiles.of({ 'a b': 'a' })],
    ['FW427', 'the parent folder', () => ConfigFiles.of({ '..': 'a' })],
    ['FW427', 'a name that begins like the parent folder', () => ConfigFiles.of({ '..data': 'a' })],
    ['FW427', 'a name that is too long', () => ConfigFiles.of({ ['a'.repeat(254)]: 'a' })],
    ['FW427', 'content that is no text', () => ConfigFiles.of({ a: 5 as any })],
    ['FW427', 'one file of more than 1 MiB', () => ConfigFiles.of({ a: 'x'.repeat(1024 * 1024 + 1) })],
    ['FW427', 'files of more than 1 MiB together', () => ConfigFiles.of(many)],
    ['FW427', 'text that is larger in bytes than in characters', () => ConfigFiles.of({ a: 'ä'.repeat(600_000) })],
    ['FW427', 'a folder that does not exist', () => ConfigFiles.fromFolder('/nowhere/at/all')],
    ['FW427', 'an empty folder', () => ConfigFiles.fromFolder(newFolder())],
    ['FW427', 'a folder instead of a file', () => ConfigFiles.fromFile('/')],
    ['FW428', 'files of a Secret that are none', () => SecretFiles.of('db', { files: {} })],
    ['FW428', 'a key with a slash', () => SecretFiles.of('db', { files: { a: 'a/b' } })],
    ['FW428', 'a file that leaves its folder', () => SecretFiles.of('db', { files: { '../a': 'a' } })],
    ['FW428', 'a file of a Secret in a folder', () => SecretFiles.of('db', { files: { 'a/b': 'a' } })],
    ['FW430', 'a Secret without a name', () => SecretFiles.of('')],
    ['FW430', 'a Secret in capitals', () => SecretFiles.of('DB')],
    ['FW430', 'a claim without a name', () => Volume.claim('')],
    ['FW430', 'a ConfigMap with a slash', () => Volume.configMap('a/b')],
    ['FW430', 'a path of the host', () => Volume.native({ hostPath: { path: '/' } })],
    ['FW430', 'two sources', () => Volume.native({ emptyDir: {}, nfs: {} })],
    ['FW430', 'no source', () => Volume.native({})],
    ['FW430', 'a source that is a text', () => Volume.native({ csi: 'driver' })],
    ['FW430', 'a token for nobody', () => Volume.serviceAccountToken('')],
    ['FW430', 'a storage class with a blank', () => Volume.ephemeral({ size: '1Gi', storageClass: 'a b' })],
    ['FW404', 'a folder without a size', () => Volume.folder('')],
    ['FW404', 'a folder in memory of no bytes', () => Volume.memory('0')],
    ['FW404', 'an ephemeral volume without a unit', () => Volume.ephemeral({ size: 'big' })],
    ['FW431', 'a metric without a name', () => ScalingMetric.pods('', '1')],
    ['FW431', 'a metric with a blank', () => ScalingMetric.external('a b', '1')],
    ['FW431', 'an object without a kind', () => ScalingMetric.object('a', { apiVersion: 'v1', kind: '', name: 'a' }, '1')],
    ['FW431', 'labels that are no texts', () => ScalingMetric.external('a', '1', { a: 5 as any })],
    ['FW404', 'an average of zero', () => ScalingMetric.pods('a', '0')],
    ['FW431', 'a metric given twice', () => Replicas.between(1, 2, { metrics: [ScalingMetric.pods('a', '1'), ScalingMetric.pods('a', '2')] })],
    ['FW431', 'a policy of no pods', () => ScalingPolicy.pods(0, Duration.minutes(1))],
    ['FW416', 'a policy of an hour', () => ScalingPolicy.percent(10, Duration.hours(1))],
    ['FW416', 'a policy without a period', () => ScalingPolicy.percent(10, undefined as any)],
    ['FW416', 'a stabilization of two hours', () => Replicas.between(1, 2, { behavior: { scaleDown: { stabilization: Duration.hours(2) } } })],
    ['FW431', 'policies that are none', () => Replicas.between(1, 2, { behavior: { scaleUp: { policies: [{} as any] } } })],
    ['FW403', 'KEDA with a maximum below its minimum', () => Replicas.keda({ minimum: 3, maximum: 2, triggers: [KedaTrigger.cpu(70)] })],
    ['FW403', 'KEDA with no pods at all', () => Replicas.keda({ minimum: 0, maximum: 0, triggers: [KedaTrigger.cron('Etc/UTC', '0 8 * * *', '0 9 * * *', 1)] })],
    ['FW432', 'KEDA without triggers', () => Replicas.keda({ minimum: 1, maximum: 2, triggers: [] })],
    ['FW432', 'KEDA that sleeps by CPU alone', () => Replicas.keda({ minimum: 0, maximum: 2, triggers: [KedaTrigger.cpu(70), KedaTrigger.memory(70)] })],
    ['FW432', 'a cooldown without sleep', () => Replicas.keda({ minimum: 1, maximum: 2, triggers: [KedaTrigger.cpu(70)], cooldown: Duration.minutes(1) })],
    ['FW432', 'a trigger without a type', () => KedaTrigger.of('', {})],
    ['FW432', 'a setting that is a number', () => KedaTrigger.of('kafka', { lagThreshold: 5 as any })],
    ['FW432', 'a threshold of zero', () => KedaTrigger.prometheus('http://prometheus:9090', 'up', 0)],
    ['FW432', 'a server that is no URL', () => KedaTrigger.prometheus('prometheus:9090', 'up', 1)],
    ['FW432', 'an authentication in capitals', () => KedaTrigger.of('kafka', {}, 'Auth')],
    ['FW423', 'an egress by HTTP', () => Egress.cidr('10.0.0.0/8', 80, 'HTTP' as any)],
    ['FW423', 'an egress by nothing', () => Egress.namespace('dns', 53, null as any)],
  ])('%s: %s', (code, _, make) => {
    expectFinding(make, code);
  });
});

describe('properties', () => {
  const side = (props: any) => (p: Platform) => worker(p, 'job', { sidecars: [{ name: 'side', image: image(), ...props }] });
  test.each<[string, string, (platform: Platform) => unknown]>([
    ['FW424', 'no schedule', p => task(p, { schedule: undefined as any })],
    ['FW425', 'a time zone of nowhere', p => task(p, { timeZone: 'Europe/Atlantis' })],
    ['FW425', 'the time zone of the controller', p => task(p, { timeZone: 'Local' })],
    ['FW425', 'an offset', p => task(p, { timeZone: '+02:00' })],
    ['FW425', 'a time zone in the wrong case', p => task(p, { timeZone: 'europe/berlin' })],
    ['FW423', 'an unknown concurrency policy', p => task(p, { concurrency: 'forbid' as any })],
    ['FW426', 'a starting deadline below ten seconds', p => task(p, { startingDeadline: Duration.seconds(9) })],
    ['FW416', 'a timeout of a month', p => task(p, { timeout: Duration.days(30) })],
    ['FW426', 'retries without end', p => task(p, { retries: Infinity })],
    ['FW426', 'a negative number of kept runs', p => task(p, { keepFailed: -1 })],
    ['FW426', 'success as a fatal exit code', p => task(p, { fatalExitCodes: [0] })],
    ['FW426', 'suspend by a text', p => task(p, { suspend: 'no' as any })],
    ['FW424', 'a schedule of an environment', p => task(p, { overrides: { prod: { schedule: 'daily' } } })],
    ['FW425', 'a time zone of an environment', p => task(p, { overrides: { prod: { timeZone: '' } } })],
    ['FW443', 'no storage', p => stateful(p, { storage: {} })],
    ['FW404', 'storage without a size', p => stateful(p, { storage: { '/data': {} as any } })],
    ['FW415', 'storage at a relative path', p => stateful(p, { storage: { data: { size: '1Gi' } } })],
    ['FW443', 'storage that gets one name', p => stateful(p, { storage: { '/a/b': { size: '1Gi' }, '/a-b': { size: '1Gi' } } })],
    ['FW443', 'a storage class with a slash', p => stateful(p, { storage: { '/data': { size: '1Gi', storageClass: 'a/b' } } })],
    ['FW443', 'a negative partition', p => stateful(p, { partition: -1 })],
    ['FW403', 'no pods', p => stateful(p, { pods: 0 })],
    ['FW423', 'an unknown order', p => stateful(p, { order: 'random' as any })],
    ['FW401', 'a stateful service without readiness', p => stateful(p, { readiness: undefined as any })],
    ['FW440', 'a strategy by name', p => worker(p, 'job', { strategy: 'canary' as any })],
    ['FW440', 'a strategy of an environment by name', p => worker(p, 'job', { overrides: { prod: { strategy: {} as any } } })],
    ['FW434', 'a sidecar without a name', side({ name: undefined })],
    ['FW434', 'a sidecar in capitals', side({ name: 'Side' })],
    ['FW434', 'a sidecar with the name of the workload', side({ name: 'job' })],
    ['FW434', 'an init container with the name of a sidecar', p => worker(p, 'job', { sidecars: [{ name: 'a', image: image() }], initContainers: [{ name: 'a', image: image() }] })],
    ['FW434', 'a probe without a port', side({ readiness: Probe.tcp() })],
    ['FW434', 'a port name that is too long', side({ port: 90, portName: 'a'.repeat(16) })],
    ['FW434', 'a port name of digits', side({ port: 90, portName: '90' })],
    ['FW402', 'a sidecar at port 0', side({ port: 0 })],
    ['FW421', 'a sidecar whose probe is a path', side({ port: 90, readiness: '/ready' })],
    ['FW301', 'a sidecar without an image', side({ image: undefined })],
    ['FW404', 'a sidecar with a limit below its request', side({ resources: { cpu: '1', cpuLimit: '100m' } })],
    ['FW418', 'a sidecar that is root', side({ runAs: { user: 0 } })],
    ['FW434', 'sidecars that are none', p => worker(p, 'job', { sidecars: {} as any })],
    ['FW434', 'init containers that are none', p => worker(p, 'job', { initContainers: ['migrate'] as any })],
    ['FW415', 'config at a relative path', p => worker(p, 'job', { config: { etc: ConfigFiles.of({ a: 'b' }) } })],
    ['FW430', 'config by a name', p => worker(p, 'job', { config: { '/etc/app': 'app' as any } })],
    ['FW430', 'a Secret as config', p => worker(p, 'job', { config: { '/etc/app': SecretFiles.of('a') as any } })],
    ['FW430', 'config as a Secret', p => worker(p, 'job', { secrets: { '/etc/app': ConfigFiles.of({ a: 'b' }) as any } })],
    ['FW430', 'a volume by a name', p => worker(p, 'job', { volumes: { '/data': 'data' as any } })],
    ['FW430', 'a pull secret in capitals', p => worker(p, 'job', { imagePullSecrets: ['Registry'] })],
    ['FW428', 'a variable of a Secret by a text', p => worker(p, 'job', { secretEnv: { A: 'db' as any } })],
    ['FW430', 'a variable of a Secret without a name', p => worker(p, 'job', { secretEnv: { A: { name: '', key: 'a' } } })],
    ['FW428', 'a variable of a Secret without a key', p => worker(p, 'job', { secretEnv: { A: { name: 'db', key: '' } } })],
    ['FW411', 'a variable with a value and a Secret', p => worker(p, 'job', { env: { A: 'x' }, secretEnv: { A: { name: 'db', key: 'a' } } })],
    ['FW411', 'a variable of a Secret that begins with a digit', p => worker(p, 'job', { secretEnv: { '1A': { name: 'db', key: 'a' } } })],
    ['FW208', 'an annotation of the account that is refused', p => worker(p, 'job', { serviceAccountAnnotations: { 'a b': 'c' } })],
    ['FW441', 'metrics of a worker without a port', p => worker(p, 'job', { metrics: {} })],
    ['FW441', 'metrics at a relative path', p => worker(p, 'job', { metrics: { port: 9090, path: 'metrics' } })],
    ['FW402', 'metrics at no port', p => worker(p, 'job', { metrics: { port: 70_000 } })],
    ['FW416', 'metrics without a pause', p => worker(p, 'job', { metrics: { port: 9090, interval: Duration.seconds(0) } })],
    ['FW441', 'metrics by a text', p => worker(p, 'job', { metrics: '/metrics' as any })],
    ['FW412', 'hosts by a text', p => service(p, 'app', { hosts: 'shop.example.com' as any })],
    ['FW412', 'a wrong host among others', p => service(p, 'app', { hosts: ['shop.example.com', 'shop'] })],
    ['FW412', 'a host that is nothing', p => service(p, 'app', { hosts: [null as any] })],
    ['FW412', 'a wrong host of an environment', p => service(p, 'app', { overrides: { prod: { hosts: ['-'] } } })],
    ['FW422', 'a certificate of an environment without a host', p => service(p, 'app', { overrides: { prod: { tlsSecret: 'tls' } } })],
    ['FW419', 'a command of an environment that is a text', p => worker(p, 'job', { overrides: { prod: { command: 'sh -c x' as any } } })],
    ['FW423', 'a shutdown of an environment', p => worker(p, 'job', { overrides: { prod: { shutdown: { preStop: 'wait' as any } } } })],
    ['FW417', 'an egress of an environment', p => worker(p, 'job', { overrides: { prod: { egress: ['10.0.0.0/8'] as any } } })],
  ])('%s: %s', (code, _, declare) => {
    const platform = newPlatform();
    environment(platform, 'prod');
    expectFinding(() => declare(platform), code);
    expect(platform.check()).toEqual([]);
  });
});

describe('what is seen only in an environment', () => {
  const gateway = { name: 'public', namespace: 'gateways' };
  const ingress = { className: 'nginx', namespace: 'ingress-nginx' };
  const sleeping = Replicas.keda({ minimum: 0, maximum: 5, triggers: [KedaTrigger.kafka('kafka:9092', 'a', 'b', 1)] });
  const canary = RolloutStrategy.canary({ steps: [Step.weight(20)] });
  const token = Volume.claim('data');

  test.each<[string, string, string, (platform: Platform) => unknown, Partial<EnvironmentProps> & { kubernetesVersion?: string }]>([
    ['FW601', 'error', 'a canary on Kubernetes alone', p => worker(p, 'job', { strategy: canary }), {}],
    ['FW601', 'error', 'blue-green in one environment', p => worker(p, 'job', { overrides: { prod: { strategy: RolloutStrategy.blueGreen() } } }), {}],
    ['FW413', 'error', 'a host without Gateway and controller', p => service(p, 'app', { hosts: ['shop.example.com'] }), {}],
    ['FW437', 'error', 'a host for TCP by a Gateway', p => service(p, 'app', { host: 'shop.example.com', readiness: Probe.tcp() }), { gateway }],
    ['FW437', 'error', 'a host for TCP by a Gateway, although there is a controller', p => service(p, 'app', { host: 'shop.example.com', protocol: PortProtocol.TCP }), { gateway, ingress }],
    ['FW466', 'warning', 'a certificate beside a Gateway', p => service(p, 'app', { host: 'shop.example.com', tlsSecret: 'tls' }), { gateway }],
    ['FW414', 'error', 'one host, once alone and once among others', p => [service(p, 'a', { host: 'shop.example.com' }), service(p, 'b', { hosts: ['www.example.com', 'shop.example.com'] })], { gateway }],
    ['FW429', 'warning', 'a Secret in a variable', p => worker(p, 'job', { secretEnv: { PASSWORD: { name: 'db', key: 'password' } } }), {}],
    ['FW429', 'warning', 'a Secret in a variable of a sidecar', p => worker(p, 'job', { sidecars: [{ name: 'a', image: image(), secretEnv: { PASSWORD: { name: 'db', key: 'password' } } }] }), {}],
    ['FW410', 'warning', 'a literal secret of an init container', p => worker(p, 'job', { initContainers: [{ name: 'a', image: image(), env: { API_TOKEN: 'x' } }] }), {}],
    ['FW436', 'warning', 'a password in config', p => worker(p, 'job', { config: { '/etc/app': ConfigFiles.of({ 'password.txt': 'x' }) } }), {}],
    ['FW436', 'warning', 'a key in config', p => worker(p, 'job', { config: { '/etc/app': ConfigFiles.of({ 'tls.key': 'x' }) } }), {}],
    ['FW435', 'error', 'two volumes at one path', p => worker(p, 'job', { config: { '/etc/app': ConfigFiles.of({ a: 'b' }) }, secrets: { '/etc/app': SecretFiles.of('a') } }), {}],
    ['FW435', 'error', 'a writable path where a volume is', p => worker(p, 'job', { writablePaths: { '/data': '1Gi' }, volumes: { '/data': Volume.folder('1Gi') } }), {}],
    ['FW435', 'error', 'storage where a writable path is', p => stateful(p, { writablePaths: { '/data': '1Gi' } }), {}],
    ['FW435', 'error', 'two volumes at one path by an override', p => worker(p, 'job', { config: { '/a': ConfigFiles.of({ a: 'b' }) }, overrides: { prod: { volumes: { '/a': Volume.folder('1Mi') } } } }), {}],
    ['FW434', 'error', 'a sidecar at the port of the service', p => service(p, 'app', { sidecars: [{ name: 'a', image: image(), port: 8080 }] }), {}],
    ['FW463', 'error', 'a sidecar with the port name of the service', p => service(p, 'app', { sidecars: [{ name: 'a', image: image(), port: 9090, portName: 'http' }] }), {}],
    ['FW463', 'error', 'a sidecar called metrics, beside metrics', p => service(p, 'app', { metrics: { port: 9091 }, sidecars: [{ name: 'metrics', image: image(), port: 9090 }] }), {}],
    ['FW433', 'warning', 'a claim of one node for two pods', p => worker(p, 'job', { volumes: { '/data': token } }), {}],
    ['FW433', 'warning', 'a claim of one node in a rolling update of one pod', p => worker(p, 'job', { replicas: Replicas.fixed(1), volumes: { '/data': token }, overrides: { prod: { replicas: Replicas.fixed(2) } } }), {}],
    ['FW444', 'warning', 'a folder in memory as large as the memory', p => worker(p, 'job', { volumes: { '/cache': Volume.memory('128Mi') } }), {}],
    ['FW438', 'error', 'a service that sleeps', p => service(p, 'app', { replicas: sleeping }), {}],
    ['FW439', 'warning', 'a canary that is scaled by memory', p => worker(p, 'job', { replicas: Replicas.between(2, 5, { memoryUtilization: 70 }), strategy: canary }), {}],
    ['FW442', 'error', 'a sidecar of a task before 1.29', p => task(p, { sidecars: [{ name: 'a', image: image() }] }), { kubernetesVersion: '1.28' }],
    ['FW420', 'error', 'the sleep action of an environment before 1.30', p => worker(p, 'job', { overrides: { prod: { shutdown: { preStop: PreStop.SLEEP_ACTION, preStopWait: Duration.seconds(5) } } } }), { kubernetesVersion: '1.29' }],
    ['FW460', 'error', 'more CPU than the quota', p => worker(p, 'job', { replicas: Replicas.between(2, 40) }), { quota: { cpu: '4' } }],
    ['FW460', 'error', 'more pods than the quota, by surge alone', p => worker(p, 'job', { replicas: Replicas.fixed(4) }), { quota: { pods: 4 } }],
    ['FW409', 'warning', 'a stateful service of one pod', p => stateful(p, { pods: 1 }), {}],
  ])('%s, %s: %s', (code, severity, _, declare, props) => {
    const expected = `${code} ${severity}`;
    const platform = newPlatform();
    environment(platform, 'prod', props);
    declare(platform);
    const findings = platform.check();
    findings.forEach(expectWellSaid);
    const codes = findings.map(f => `${f.code} ${f.severity}`);
    expect(codes).toContain(expected);
    // A strategy that Kubernetes cannot carry out is an error of its own.
    expect(codes.filter(each => each !== expected && each !== 'FW601 error')).toEqual([]);
  });

  test('FW438: a release that is judged step by step needs pods to judge', () => {
    const platform = newPlatform();
    environment(platform, 'prod');
    worker(platform, 'job', { replicas: sleeping, strategy: canary });
    expect(platform.check().map(f => f.code).sort()).toEqual(['FW438', 'FW601']);
  });
});
