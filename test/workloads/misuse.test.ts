import { Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { expectFinding, expectWellSaid, NO_NAME, NO_TEXT, titled } from '../support/misuse';
import { environment, image, service, worker } from '../support/model';
import { newPlatform } from '../support/platform';
import { Egress, Platform, Probe, Replicas, WebService, Worker, Workload } from 'cdk8s-fairway';

/* What is wrong on its own is said at once, by both kinds of workload, also to programs in JavaScript. */

const NOTHING: any[] = [undefined, null, {}];

/** Refused as property of a service and of a worker, with the path of the workload; nothing stays behind. */
function expectRefused(code: string, props: any): void {
  const platform = newPlatform();
  environment(platform, 'prod');
  expectFinding(() => service(platform, 'app', props), code, 'app');
  expectFinding(() => worker(platform, 'job', props), code, 'job');
  expect(Workload.allIn(platform)).toEqual([]);
  expect(platform.check()).toEqual([]);
}

/** Refused as property of a service. */
function expectServiceRefused(code: string, props: any): void {
  const platform = newPlatform();
  environment(platform, 'prod');
  expectFinding(() => service(platform, 'app', props), code, 'app');
  expect(Workload.allIn(platform)).toEqual([]);
  expect(platform.check()).toEqual([]);
}

function errors(platform: Platform): Array<[string, string]> {
  const findings = platform.check().filter(f => f.severity === 'error');
  findings.forEach(expectWellSaid);
  return findings.map(f => [f.code, f.path]);
}

describe('names', () => {
  test.each(titled<any>([...NO_NAME, ...NO_TEXT, undefined, 'a'.repeat(51)]))('FW105: %s', (_, name) => {
    expectFinding(() => new WebService(newPlatform(), name, { image: image(), port: 80, readiness: Probe.tcp() }), 'FW105');
    expectFinding(() => new Worker(newPlatform(), name, { image: image() }), 'FW105');
  });

  test.each(['tostring', 'a', 'a'.repeat(50), 'x--y'])('%s is fine', name => {
    const platform = newPlatform();
    environment(platform);
    service(platform, name);
    expect(platform.check()).toEqual([]);
  });

  test('FW110: outside of a platform', () => {
    expectFinding(() => service(new Construct(undefined as any, '')), 'FW110');
    expectFinding(() => worker(undefined as any), 'FW110');
  });

  test('FW106: after lower()', () => {
    const platform = newPlatform();
    const app = service(platform);
    platform.lower();
    expectFinding(() => worker(platform), 'FW106', 'job');
    expectFinding(() => app.allowFrom('job'), 'FW106', 'app');
  });
});

describe('FW408: a name that is taken', () => {
  test.each(['namespaces', 'constructor'])('by %s, which is below every environment', name => {
    expectFinding(() => service(newPlatform(), name), 'FW408', name);
  });

  test.each<[string, (platform: Platform) => unknown]>([
    ['a workload', p => service(p, 'app')],
    ['an environment', p => environment(p, 'app')],
    ['a chart', p => new Chart(p, 'app')],
  ])('by %s beside it', (_, declare) => {
    const platform = newPlatform();
    declare(platform);
    expectFinding(() => worker(platform, 'app'), 'FW408', 'app');
  });

  test('by a workload elsewhere in the tree', () => {
    const platform = newPlatform();
    service(new Construct(platform, 'team-a'), 'app');
    expectFinding(() => service(new Construct(platform, 'team-b'), 'app'), 'FW408', 'team-b/app');
  });

  test.each(['app', 'namespaces'])('by a chart %s that the user put below an environment', id => {
    const platform = newPlatform();
    new Chart(environment(platform), id);
    service(platform);
    expectFinding(() => platform.lower(), 'FW408', `prod/${id}`);
    expect(errors(platform)).toEqual([['FW408', `prod/${id}`]]);
  });
});

describe('missing properties', () => {
  test.each(titled<any>(NOTHING))('%s instead of the props of a service', (_, props) => {
    expectFinding(() => new WebService(newPlatform(), 'app', props), 'FW402', 'app');
  });

  test.each(titled<any>(NOTHING))('%s instead of the props of a worker', (_, props) => {
    expectFinding(() => new Worker(newPlatform(), 'job', props), 'FW301', 'job');
  });

  test('FW401: no readiness probe', () => {
    [undefined, null, ''].forEach(readiness => expectServiceRefused('FW401', { readiness }));
  });
});

describe('FW402: ports', () => {
  const wrong: unknown[] = [0, -1, 65536, 80.5, NaN, Infinity, '8080', '', null, {}, [80], true, 80n, Symbol('s')];

  test.each(titled<any>(wrong))('%s', (_, port) => {
    expectServiceRefused('FW402', { port });
    expectFinding(() => Egress.cidr('10.0.0.0/8', port as any), 'FW402');
    expectFinding(() => Egress.namespace('monitoring', port as any), 'FW402');
  });

  test.each(titled<any>(wrong.filter(x => x !== null)))('service port %s', (_, servicePort) => {
    expectServiceRefused('FW402', { servicePort });
  });

  test('no port', () => {
    expectServiceRefused('FW402', { port: undefined });
  });
});

describe('FW403: replicas', () => {
  test.each(titled<any>([0, -1, 1.5, NaN, Infinity, 10_001, '3', null, undefined, {}, [], 3n]))('fixed(%s)', (_, count) => {
    expectFinding(() => Replicas.fixed(count as any), 'FW403');
  });

  test.each<[any, any]>([
    [3, 3], [5, 2], [0, 2], [-1, 2], [1.5, 3], [1, 2.5], ['3', '12'], ['3', 12], [3, '12'], [undefined, 3], [3, undefined], [null, 3], [3, null], [NaN, 3], [1, 10_001], [{}, {}], [Symbol('a'), Symbol('b')],
  ])('between(%p, %p)', (minimum, maximum) => {
    expectFinding(() => Replicas.between(minimum, maximum), 'FW403');
  });

  test.each(titled<any>([{ cpuUtilization: 0 }, { cpuUtilization: 1001 }, { cpuUtilization: 70.5 }, { cpuUtilization: '70' }, { memoryUtilization: -1 }, { memoryUtilization: '80%' }, { memoryUtilization: NaN }]))('a target %s', (_, target) => {
    expectFinding(() => Replicas.between(1, 3, target), 'FW403');
  });

  test.each(titled<any>([3, '3', {}, [], { minimum: 3, maximum: 3 }, true]))('%s instead of Replicas', (_, replicas) => {
    expectRefused('FW403', { replicas });
    expectRefused('FW403', { overrides: { prod: { replicas } } });
  });
});

describe('FW404: resources', () => {
  test.each(titled<any>([
    { cpu: '' }, { cpu: '0' }, { cpu: '0m' }, { cpu: '-1' }, { cpu: '1e3' }, { cpu: '100 m' }, { cpu: '100M\n' }, { cpu: 'one' }, { cpu: '1,5' }, { cpu: '0.0001' }, { cpu: '1Ei' }, { cpu: 1 }, { cpu: {} },
    { cpu: '9'.repeat(400) }, { memory: '128' }, { memory: '128m' }, { memory: '128MiB' }, { memory: '128 Mi' }, { memory: '0Mi' }, { memory: '100P' }, { memory: 128 }, { ephemeralStorage: '1' }, { ephemeralStorage: '0.5' },
    { cpu: '200m', cpuLimit: '100m' }, { cpuLimit: '99m' }, { memoryLimit: '127Mi' }, { memory: '1Gi', memoryLimit: '1G' }, { ephemeralStorageLimit: '63Mi' }, { memoryLimit: 'lots' }, { memoryLimit: 0 },
    '100m', 5, [], ['100m'], true,
  ]))('%s', (_, resources) => {
    expectRefused('FW404', { resources });
  });

  test.each(titled<any>([{ cpu: '1', cpuLimit: '500m' }, { memory: '256Mi' }, { cpu: 1 }, 'small', 5]))('%s in an override, with what the workload says', (_, resources) => {
    expectRefused('FW404', { resources: { memory: '64Mi', memoryLimit: '128Mi' }, overrides: { prod: { resources } } });
  });

  test.each(titled<any>(['', '0', 'big', 64, null, '64MiB', '-1Mi', '1']))('the size %s of a writable path', (_, size) => {
    expectRefused('FW404', { writablePaths: { '/data': size } });
  });
});

describe('FW405: names of other workloads', () => {
  test.each(titled<any>(['frontend', 5, {}, [5], [null], [undefined], [['frontend']], true]))('dependsOn: %s', (_, dependsOn) => {
    expectRefused('FW405', { dependsOn });
  });

  test.each(titled<any>(['frontend', 5, {}, [5], [null]]))('callers: %s', (_, callers) => {
    expectServiceRefused('FW405', { callers });
  });

  test.each(titled<any>([undefined, null, 5, {}]))('allowFrom(%s)', (_, caller) => {
    expectFinding(() => service(newPlatform()).allowFrom(caller), 'FW405', 'app');
  });

  test.each<[string, (platform: Platform) => unknown, string]>([
    ['a dependency', p => worker(p, 'job', { dependsOn: ['checkot'] }), 'job'],
    ['a caller', p => service(p, 'app', { callers: ['checkot'] }), 'app'],
    ['a later caller', p => service(p, 'app').allowFrom('checkot'), 'app'],
    ['an empty name', p => worker(p, 'job', { dependsOn: [''] }), 'job'],
    ['a name of prototypes', p => worker(p, 'job', { dependsOn: ['__proto__'] }), 'job'],
    ['a name with control characters', p => worker(p, 'job', { dependsOn: ['\u001b[31mred'] }), 'job'],
  ])('%s that does not exist', (_, declare, path) => {
    const platform = newPlatform();
    environment(platform);
    service(platform, 'checkout');
    declare(platform);
    expect(errors(platform)).toEqual([['FW405', path]]);
  });

  test('a close name is suggested, and all are listed', () => {
    const platform = newPlatform();
    service(platform, 'checkout', { callers: ['chekout'] });
    expect(platform.check()[0]).toMatchObject({ message: expect.stringContaining('Did you mean "checkout"?'), remedy: 'The workloads are "checkout".' });
  });
});

describe('FW406: rings of dependencies', () => {
  const ring = (edges: Record<string, string[]>) => {
    const platform = newPlatform();
    environment(platform);
    Object.entries(edges).forEach(([name, dependsOn]) => service(platform, name, { dependsOn }));
    return platform.check().filter(f => f.code === 'FW406').map(f => `${f.path}: ${/ring: (.*)\./.exec(f.message)?.[1]}`);
  };

  test.each<[string, Record<string, string[]>, string[]]>([
    ['with itself', { a: ['a'] }, ['a: a → a']],
    ['of two', { a: ['b'], b: ['a'] }, ['a: a → b → a']],
    ['of three, reported at the one that was declared first', { c: ['b'], a: ['c'], b: ['a'] }, ['c: c → b → a → c']],
    ['two that share a workload', { a: ['b'], b: ['a', 'c'], c: ['b'] }, ['a: a → b → a', 'b: b → c → b']],
    ['two apart', { a: ['b'], b: ['a'], x: ['y'], y: ['x'] }, ['a: a → b → a', 'x: x → y → x']],
    ['with others before and behind', { front: ['a'], a: ['b'], b: ['a', 'back'], back: [] }, ['a: a → b → a']],
    ['none: a diamond', { a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }, []],
    ['none: callers are no order', { a: [], b: [] }, []],
  ])('%s', (_, edges, expected) => {
    expect(ring(edges)).toEqual(expected);
  });

  test('a long chain is none, whatever the order of its declaration', () => {
    const chain = (names: string[]) => Object.fromEntries(names.map((name, i) => [name, names.slice(i + 1, i + 2)]));
    expect(ring(chain(Array.from({ length: 1000 }, (_, i) => `s-${i}`)))).toEqual([]);
  });
});

test('FW407: a dependency that is not deployed to an environment', () => {
  const platform = newPlatform();
  const dev = environment(platform, 'dev');
  environment(platform, 'prod', { promotedFrom: [dev] });
  service(platform, 'db', { environments: [dev] });
  service(platform, 'app', { dependsOn: ['db'] });
  worker(platform, 'job', { dependsOn: ['db'], environments: [dev] });
  expect(platform.check()).toMatchObject([{ code: 'FW407', path: 'app', message: expect.stringContaining('"prod"') }]);
});

describe('FW411: environment variables', () => {
  test.each(titled<any>([
    { '': 'a' }, { '1A': 'a' }, { 'A B': 'a' }, { 'A=B': 'a' }, { ä: 'a' }, { '.': 'a' }, { '..': 'a' }, { '..A': 'a' }, { 'A\n': 'a' }, { 'A\u0000': 'a' },
    { A: 5 }, { A: true }, { A: null }, { A: undefined }, { A: {} }, { A: ['a'] }, { A: 5n },
    ['A=1'], 'A=1', 5, true,
  ]))('%s', (_, env) => {
    expectRefused('FW411', { env });
    expectRefused('FW411', { overrides: { prod: { env } } });
  });

  test.each(titled<any>([{ 'a.b-c_D1': '' }, { _: 'x' }, { A: '\n"\'`$(B)💥\u0000' }, { A: 'x'.repeat(100_000) }, JSON.parse('{"__proto__":"x","constructor":"y"}')]))('%s is fine', (_, env) => {
    const platform = newPlatform();
    environment(platform);
    service(platform, 'app', { env });
    expect(platform.check()).toEqual([]);
  });
});

describe('FW412: host names', () => {
  test.each(titled<any>([
    '', 'localhost', 'Shop.example.com', 'https://shop.example.com', 'shop.example.com:443', 'shop.example.com/', 'shop_1.example.com', '-shop.example.com', 'shop-.example.com', 'shop..example.com', '.example.com',
    'example.com.', '*', '*.', '*.*.example.com', 'a*.example.com', 'ä.example.com', 'shop.example.com\n', `${'a'.repeat(64)}.example.com`, `${'a.'.repeat(127)}com`, 5, null, {}, ['shop.example.com'],
  ]))('%s', (_, host) => {
    expectServiceRefused('FW412', { host });
    expectServiceRefused('FW412', { overrides: { prod: { host } } });
  });
});

describe('FW413 and FW414: hosts', () => {
  const ingress = { className: 'nginx', namespace: 'ingress-nginx' };

  test('FW413: in an environment without an ingress controller', () => {
    const platform = newPlatform();
    environment(platform, 'dev');
    environment(platform, 'prod', { ingress });
    service(platform, 'app', { host: 'shop.example.com', overrides: { prod: { host: 'www.example.com' } } });
    expect(errors(platform)).toEqual([['FW413', 'app']]);
  });

  test('FW414: served by two workloads, or by one in two environments of a cluster', () => {
    const platform = newPlatform();
    environment(platform, 'dev', { ingress });
    environment(platform, 'prod', { ingress });
    service(platform, 'a', { host: 'a.example.com', overrides: { prod: { host: 'shop.example.com' } } });
    service(platform, 'b', { host: 'b.example.com', overrides: { dev: { host: 'shop.example.com' } } });
    service(platform, 'c', { host: 'c.example.com' });
    const findings = platform.check().filter(f => f.severity === 'error');
    expect(findings.map(f => [f.code, f.path])).toEqual([['FW414', 'b'], ['FW414', 'c']]);
    expect(findings[0].message).toBe('The host "shop.example.com" is also served by "a" in "prod".');
  });
});

describe('FW415: paths', () => {
  test.each(titled<any>([
    '', '/', 'data', './data', '../data', '/data/', '/a//b', '/a/../b', '/a/./b', '/..', '/a b', '/a:b', '/a\n', '/a\u0000', '/\u202ea', `/${'a'.repeat(5000)}`,
  ]))('the writable path %s', (_, path) => {
    expectRefused('FW415', { writablePaths: { [path]: '64Mi' } });
  });

  test.each(titled<any>(['/data', ['/data'], 5]))('%s instead of writable paths', (_, writablePaths) => {
    expectRefused('FW415', { writablePaths });
  });

  test.each(titled<any>(['', 'healthz', 'http://x/y', '/a b', '/a\n', '/a#b', '/a\u0000', ...NO_TEXT, undefined]))('the probe path %s', (_, path) => {
    expectFinding(() => Probe.http(path), 'FW415');
  });
});

describe('FW416: times', () => {
  const durations: any[] = [5, '5s', null, {}, Duration.millis(1500), Duration.minutes(61), Duration.days(1)];

  test.each(titled<any>(durations))('a shutdown with %s', (_, duration) => {
    expectRefused('FW416', { shutdown: { drain: duration } });
    expectRefused('FW416', { shutdown: { preStopWait: duration } });
  });

  test.each(titled<any>([5, '30s', [], true]))('%s instead of a shutdown', (_, shutdown) => {
    expectRefused('FW416', { shutdown });
  });

  test.each(titled<any>([...durations, Duration.seconds(0)]))('a probe with %s', (_, duration) => {
    for (const make of [Probe.grpc, Probe.tcp, (options: any) => Probe.http('/', options)]) {
      expectFinding(() => make({ period: duration }), 'FW416');
      expectFinding(() => make({ timeout: duration }), 'FW416');
    }
  });

  test.each(titled<any>(durations))('an initial delay of %s', (_, initialDelay) => {
    expectFinding(() => Probe.tcp({ initialDelay }), 'FW416');
  });

  test.each(titled<any>([0, -1, 1.5, NaN, Infinity, 10_001, '3', null, {}]))('a failure threshold of %s', (_, failureThreshold) => {
    expectFinding(() => Probe.tcp({ failureThreshold }), 'FW416');
  });
});

describe('FW417: destinations', () => {
  test.each(titled<any>([
    '', '10.0.0.0', '10.0.0.0/', '10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/08', '10.0.0/8', '010.0.0.0/8', '10.0.0.0/8/8', '::/129', '::1', 'fe80::1%eth0/64', 'example.com/8', '10.0.0.0/8\n', ' 10.0.0.0/8', '*', ...NO_TEXT, undefined,
  ]))('the range %s', (_, cidr) => {
    expectFinding(() => Egress.cidr(cidr, 443), 'FW417');
  });

  test.each(titled<any>([...NO_NAME, ...NO_TEXT, undefined]))('the namespace %s', (_, namespace) => {
    expectFinding(() => Egress.namespace(namespace, 443), 'FW417');
  });

  test.each(titled<any>(['10.0.0.0/8', ['10.0.0.0/8'], [undefined], [null], [{}], 5, {}, Egress.cidr('10.0.0.0/8', 1)]))('%s instead of a list of Egress', (_, egress) => {
    expectRefused('FW417', { egress });
  });
});

describe('FW418 and FW419: users and commands', () => {
  test.each(titled<any>([{ user: 0 }, { user: -1 }, { user: 1.5 }, { user: '10001' }, { user: 2 ** 31 }, { user: NaN }, {}, null, 10001, { group: 10001 }, { user: 10001, group: -1 }, { user: 10001, group: 'staff' }, { user: 10001, group: null }]))('FW418: runAs %s', (_, runAs) => {
    expectRefused('FW418', { runAs });
  });

  test.each(titled<any>(['/bin/server --port 80', [80], [null], [undefined], [['a']], null, {}, 5]))('FW419: %s', (_, words) => {
    expectRefused('FW419', { command: words });
    expectRefused('FW419', { args: words });
  });
});

describe('FW421: probes', () => {
  test.each(titled<any>(['/healthz', {}, { path: '/healthz' }, true, 8080]))('%s instead of a Probe', (_, probe) => {
    expectServiceRefused('FW421', { readiness: probe });
    expectServiceRefused('FW421', { liveness: probe });
    expectServiceRefused('FW421', { startup: probe });
  });

  test.each(titled<any>([{ 'A B': 'x' }, { '': 'x' }, { 'A:': 'x' }, { 'A\n': 'x' }, { Ä: 'x' }, { A: 'x\r\nB: y' }, { A: '\u0000' }, { A: 5 }, { A: null }, { A: ['x'] }]))('headers %s', (_, headers) => {
    expectFinding(() => Probe.http('/', { headers }), 'FW421');
  });

  test.each(titled<any>([5, null, {}, ['a']]))('the gRPC service %s', (_, name) => {
    expectFinding(() => Probe.grpc({ service: name }), 'FW421');
  });
});

describe('FW422: certificates', () => {
  test.each(titled<any>(['', 'Shop', 'a b', 'a\n', '../a', 5, null, {}, 'a'.repeat(254)]))('the Secret %s', (_, tlsSecret) => {
    expectServiceRefused('FW422', { host: 'shop.example.com', tlsSecret });
  });

  test('for no host', () => {
    expectServiceRefused('FW422', { tlsSecret: 'shop-tls' });
    expectServiceRefused('FW422', { tlsSecret: 'shop-tls', overrides: { prod: {} } });
  });
});

describe('FW423: enumerations', () => {
  test.each(titled<any>(['', 'HTTP', 'http2', 'udp', 5, null, {}]))('the protocol %s', (_, protocol) => {
    expectServiceRefused('FW423', { protocol });
  });

  test.each(titled<any>(['', 'sleep', 'SLEEP_ACTION', 15, null, true]))('the pre-stop %s', (_, preStop) => {
    expectRefused('FW423', { shutdown: { preStop } });
  });
});

describe('labels, annotations and environments', () => {
  test.each(titled<any>([{ 'a b': 'c' }, { a: 5 }, { 'app.kubernetes.io/instance': 'x' }, { a: 'b\n' }, ['a'], 'a', 5]))('FW208: labels %s', (_, labels) => {
    expectRefused('FW208', { labels });
  });

  test.each(titled<any>([{ 'a b': 'c' }, { a: 5 }, { '': 'x' }, { 'a/b/c': 'x' }, ['a'], 'a', 5]))('FW208: annotations %s', (_, podAnnotations) => {
    expectRefused('FW208', { podAnnotations });
  });

  test.each<[string, () => any]>([
    ['by name', () => ['prod']],
    ['of another platform', () => [environment(newPlatform(), 'prod')]],
    ['undefined', () => [undefined]],
    ['not a list', () => environment(newPlatform(), 'prod')],
    ['a name', () => 'prod'],
    ['true', () => true],
  ])('FW201: environments %s', (_, environments) => {
    expectRefused('FW201', { environments: environments() });
  });

  test('FW202: an environment named twice', () => {
    const platform = newPlatform();
    const prod = environment(platform);
    expectFinding(() => service(platform, 'app', { environments: [prod, prod] }), 'FW202', 'app');
  });
});
