import { Duration } from 'cdk8s';
import { container, environment, manifest, service, worker } from '../support/model';
import { newPlatform } from '../support/platform';
import { PortProtocol, Probe, WebServiceProps } from 'cdk8s-fairway';

const seconds = Duration.seconds;

function probesOf(props: Partial<WebServiceProps>): any {
  const platform = newPlatform();
  const prod = environment(platform);
  service(platform, 'app', props);
  const { readinessProbe, livenessProbe, startupProbe } = container(prod);
  return { readinessProbe, livenessProbe, startupProbe };
}

const readiness = { periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 3 };
const liveness = { periodSeconds: 10, timeoutSeconds: 3, failureThreshold: 6 };
const startup = { periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 60 };

test.each<[string, Partial<WebServiceProps>, object]>([
  ['HTTP, with liveness by the port', { readiness: Probe.http('/readyz') }, {
    readinessProbe: { httpGet: { path: '/readyz', port: 'http' }, ...readiness },
    livenessProbe: { tcpSocket: { port: 'http' }, ...liveness },
    startupProbe: { httpGet: { path: '/readyz', port: 'http' }, ...startup },
  }],
  ['HTTP with headers, in the order of their names', { readiness: Probe.http('/?a=b&c=%20', { headers: { 'X-B': 'ä', 'X-A': '' } }) }, {
    readinessProbe: { httpGet: { path: '/?a=b&c=%20', port: 'http', httpHeaders: [{ name: 'X-A', value: '' }, { name: 'X-B', value: 'ä' }] }, ...readiness },
    livenessProbe: { tcpSocket: { port: 'http' }, ...liveness },
    startupProbe: { httpGet: { path: '/?a=b&c=%20', port: 'http', httpHeaders: [{ name: 'X-A', value: '' }, { name: 'X-B', value: 'ä' }] }, ...startup },
  }],
  ['gRPC by number, which is all it takes', { port: 5050, readiness: Probe.grpc(), liveness: Probe.grpc({ service: 'live' }) }, {
    readinessProbe: { grpc: { port: 5050 }, ...readiness },
    livenessProbe: { grpc: { port: 5050, service: 'live' }, ...liveness },
    startupProbe: { grpc: { port: 5050 }, ...startup },
  }],
  ['the gRPC server as a whole, by its empty name', { port: 5050, readiness: Probe.grpc({ service: '' }) }, {
    readinessProbe: { grpc: { port: 5050, service: '' }, ...readiness },
    livenessProbe: { tcpSocket: { port: 'grpc' }, ...liveness },
    startupProbe: { grpc: { port: 5050, service: '' }, ...startup },
  }],
  ['TCP', { readiness: Probe.tcp() }, {
    readinessProbe: { tcpSocket: { port: 'tcp' }, ...readiness },
    livenessProbe: { tcpSocket: { port: 'tcp' }, ...liveness },
    startupProbe: { tcpSocket: { port: 'tcp' }, ...startup },
  }],
  ['timing: a readiness probe keeps its question for the start, not its impatience', {
    readiness: Probe.http('/', { initialDelay: seconds(3), period: seconds(1), timeout: seconds(4), failureThreshold: 1 }),
  }, {
    readinessProbe: { httpGet: { path: '/', port: 'http' }, initialDelaySeconds: 3, periodSeconds: 1, timeoutSeconds: 4, failureThreshold: 1 },
    livenessProbe: { tcpSocket: { port: 'http' }, ...liveness },
    startupProbe: { httpGet: { path: '/', port: 'http' }, initialDelaySeconds: 3, periodSeconds: 5, timeoutSeconds: 4, failureThreshold: 60 },
  }],
  ['timing of each', {
    readiness: Probe.tcp({ period: seconds(7) }),
    liveness: Probe.tcp({ failureThreshold: 9 }),
    startup: Probe.tcp({ initialDelay: seconds(0), timeout: Duration.minutes(1) }),
  }, {
    readinessProbe: { tcpSocket: { port: 'tcp' }, ...readiness, periodSeconds: 7 },
    livenessProbe: { tcpSocket: { port: 'tcp' }, ...liveness, failureThreshold: 9 },
    startupProbe: { tcpSocket: { port: 'tcp' }, ...startup, initialDelaySeconds: 0, timeoutSeconds: 60 },
  }],
])('%s', (_, props, expected) => {
  expect(probesOf(props)).toEqual(expected);
});

test('a probe that is given for the start is taken as it is, also when it is the readiness probe', () => {
  const probe = Probe.tcp({ failureThreshold: 100 });
  const { readinessProbe, startupProbe } = probesOf({ readiness: probe, startup: probe });
  expect([readinessProbe.failureThreshold, startupProbe.failureThreshold]).toEqual([100, 100]);
});

test.each<any>([undefined, null, {}])('options %p mean the defaults', options => {
  expect(probesOf({ readiness: Probe.http('/', options), liveness: Probe.tcp(options), startup: Probe.grpc(options) })).toMatchObject({
    readinessProbe: readiness, livenessProbe: liveness, startupProbe: startup,
  });
});

test('a worker has no probes and no port', () => {
  const platform = newPlatform();
  const prod = environment(platform);
  worker(platform);
  expect(Object.keys(container(prod, 'job')).filter(key => /Probe|ports/.test(key))).toEqual([]);
});

describe('the name of the port says what it speaks, at the pod, the Service and the Ingress', () => {
  test.each<[string, Partial<WebServiceProps>, string]>([
    ['HTTP', { readiness: Probe.http('/') }, 'http'],
    ['gRPC', { readiness: Probe.grpc() }, 'grpc'],
    ['TCP', { readiness: Probe.tcp() }, 'tcp'],
    ['by choice', { readiness: Probe.tcp(), protocol: PortProtocol.HTTP }, 'http'],
  ])('%s', (_, props, name) => {
    const platform = newPlatform();
    const prod = environment(platform, 'prod', { ingress: { className: 'nginx', namespace: 'ingress-nginx' } });
    service(platform, 'app', { port: 8080, servicePort: 80, host: 'shop.example.com', ...props });
    expect(container(prod).ports).toEqual([{ name, containerPort: 8080, protocol: 'TCP' }]);
    expect(manifest(prod, 'app', 'Service').spec.ports).toEqual([{ name, port: 80, targetPort: name, protocol: 'TCP' }]);
    expect(manifest(prod, 'app', 'Ingress').spec.rules[0].http.paths[0].backend).toEqual({ service: { name: 'app', port: { name } } });
  });
});
