import { Duration } from 'cdk8s';
import { environment, manifest, manifests, service, worker } from '../support/model';
import { Network, podsOf } from '../support/network';
import { newPlatform } from '../support/platform';
import { Egress, Environment, EnvironmentProps, PortProtocol, Probe, RolloutStrategy, TransportProtocol, WebServiceProps } from 'cdk8s-fairway';

const GATEWAY = { name: 'public', namespace: 'gateways', podNamespace: 'envoy-gateway-system' };
const INGRESS = { className: 'nginx', namespace: 'ingress-nginx' };
const HOSTS = { host: 'shop.example.com', hosts: ['www.example.com', 'shop.example.com'] };

function routed(props: Partial<WebServiceProps>, environmentProps: Partial<EnvironmentProps>): Environment {
  const platform = newPlatform();
  const prod = environment(platform, 'prod', environmentProps);
  service(platform, 'app', { servicePort: 80, ...props });
  expect(platform.check()).toEqual([]);
  return prod;
}

describe('host names', () => {
  test('become a route of the Gateway API, written in full', () => {
    const prod = routed(HOSTS, { gateway: GATEWAY });
    expect(manifest(prod, 'app', 'HTTPRoute')).toMatchObject({
      apiVersion: 'gateway.networking.k8s.io/v1',
      spec: {
        parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'gateways', name: 'public' }],
        hostnames: ['shop.example.com', 'www.example.com'],
        rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }], backendRefs: [{ group: '', kind: 'Service', name: 'app', port: 80, weight: 1 }] }],
      },
    });
  });

  test('become a route of gRPC', () => {
    const prod = routed({ ...HOSTS, readiness: Probe.grpc() }, { gateway: { ...GATEWAY, sectionName: 'https' } });
    const { spec } = manifest(prod, 'app', 'GRPCRoute');
    expect(spec.rules).toEqual([{ backendRefs: [{ group: '', kind: 'Service', name: 'app', port: 80, weight: 1 }] }]);
    expect(spec.parentRefs[0].sectionName).toBe('https');
    expect(manifests(prod, 'HTTPRoute')).toEqual([]);
  });

  test('go to the Gateway where there is a controller, too', () => {
    expect(manifests(routed(HOSTS, { gateway: GATEWAY, ingress: INGRESS }), 'Ingress')).toEqual([]);
  });

  test('become one Ingress, with one certificate', () => {
    const { spec } = manifest(routed({ ...HOSTS, tlsSecret: 'shop-tls' }, { ingress: INGRESS }), 'app', 'Ingress');
    expect(spec.rules.map((rule: any) => [rule.host, rule.http.paths[0].backend.service])).toEqual([
      ['shop.example.com', { name: 'app', port: { name: 'http' } }], ['www.example.com', { name: 'app', port: { name: 'http' } }],
    ]);
    expect(spec.tls).toEqual([{ hosts: ['shop.example.com', 'www.example.com'], secretName: 'shop-tls' }]);
  });

  test('belong to environments', () => {
    const platform = newPlatform();
    const dev = environment(platform, 'dev', { ingress: INGRESS });
    const prod = environment(platform, 'prod', { ingress: INGRESS, promotedFrom: [dev] });
    service(platform, 'app', { hosts: ['shop.example.com'], tlsSecret: 'tls', overrides: { dev: { hosts: [] }, prod: { host: 'a.example.com', tlsSecret: 'other' } } });
    expect(platform.check()).toEqual([]);
    expect(manifests(dev, 'Ingress')).toEqual([]);
    expect(manifest(prod, 'app', 'Ingress').spec.tls).toEqual([{ hosts: ['a.example.com', 'shop.example.com'], secretName: 'other' }]);
  });

  test.each<[string, Partial<EnvironmentProps>, string]>([
    ['the pods of the Gateway', { gateway: GATEWAY }, 'envoy-gateway-system'],
    ['the Gateway', { gateway: { name: 'public', namespace: 'gateways' } }, 'gateways'],
    ['the controller', { ingress: INGRESS }, 'ingress-nginx'],
  ])('let %s in, and nobody else', (_, props, from) => {
    const prod = routed(HOSTS, props);
    const objects = manifests(prod);
    const network = new Network(objects, [from, 'elsewhere']);
    const pod = podsOf(objects).get('acme-prod/app')!;
    expect(network.allows({ namespace: from }, pod, 8080)).toBe(true);
    expect(network.allows({ namespace: from }, pod, 9090)).toBe(false);
    expect(network.allows({ namespace: 'elsewhere' }, pod, 8080)).toBe(false);
  });

  test('without any, nobody is let in from the Gateway', () => {
    expect(manifest(routed({}, { gateway: GATEWAY }), 'app', 'NetworkPolicy').spec).not.toHaveProperty('ingress');
  });
});

test('destinations are reached by the protocol that they speak', () => {
  const egress = [Egress.cidr('10.0.0.0/8', 514, TransportProtocol.UDP), Egress.namespace('voip', 5060, TransportProtocol.SCTP), Egress.cidr('10.0.0.0/8', 443)];
  const rules = manifest(routed({ egress }, {}), 'app', 'NetworkPolicy').spec.egress.slice(1);
  expect(rules.map((rule: any) => rule.ports)).toEqual([[{ port: 514, protocol: 'UDP' }], [{ port: 5060, protocol: 'SCTP' }], [{ port: 443, protocol: 'TCP' }]]);
});

describe('metrics', () => {
  const monitors = (prod: Environment) => manifests(prod).filter(o => o.kind.endsWith('Monitor')).map(({ kind, spec }) => [kind, spec.endpoints ?? spec.podMetricsEndpoints]);
  const endpoint = { path: '/metrics', interval: '30s', scheme: 'http' };

  test.each<[string, Partial<WebServiceProps>, any[]]>([
    ['at the port of the service', { metrics: {} }, ['ServiceMonitor', [{ ...endpoint, port: 'http' }]]],
    ['at the port of the service by number', { metrics: { port: 8080, path: '/stats', interval: Duration.minutes(1) } }, ['ServiceMonitor', [{ port: 'http', path: '/stats', interval: '60s', scheme: 'http' }]]],
    ['at a port of their own', { metrics: { port: 9090 } }, ['PodMonitor', [{ ...endpoint, port: 'metrics' }]]],
    ['at the port of gRPC', { readiness: Probe.grpc(), metrics: {} }, ['ServiceMonitor', [{ ...endpoint, port: 'grpc' }]]],
    ['of a recreated service', { metrics: {}, strategy: RolloutStrategy.recreate('it is small') }, ['ServiceMonitor', [{ ...endpoint, port: 'http' }]]],
  ])('%s', (_, props, expected) => {
    const prod = routed(props, {});
    expect(monitors(prod)).toEqual([expected]);
  });

  test('the monitor finds Services and pods by their label, and is found by its own', () => {
    const prod = routed({ metrics: { labels: { release: 'stack' } } }, {});
    const monitor = manifest(prod, 'app', 'ServiceMonitor');
    expect(monitor.metadata.labels.release).toBe('stack');
    expect(manifest(prod, 'app', 'Service').metadata.labels).toMatchObject(monitor.spec.selector.matchLabels);
    expect(manifest(prod, 'app', 'Service').metadata.labels.release).toBeUndefined();
  });

  test('Prometheus is let in at that port alone, from the namespace that the environment names', () => {
    const platform = newPlatform();
    const prod = environment(platform, 'prod', { monitoringNamespace: 'observability' });
    worker(platform, 'job', { metrics: { port: 9090 } });
    service(platform, 'app', { metrics: {}, protocol: PortProtocol.HTTP });
    platform.lower();
    const objects = manifests(prod);
    const network = new Network(objects, ['observability', 'monitoring']);
    const [job, app] = ['job', 'app'].map(name => podsOf(objects).get(`acme-prod/${name}`)!);
    expect([[job, 9090], [job, 8080], [app, 8080]].map(([to, port]: any) => network.allows({ namespace: 'observability' }, to, port))).toEqual([true, false, true]);
    expect(network.allows({ namespace: 'monitoring' }, job, 9090)).toBe(false);
    expect(manifest(prod, 'job', 'Deployment').spec.template.spec.containers[0].ports).toEqual([{ name: 'metrics', containerPort: 9090, protocol: 'TCP' }]);
  });

  test('of a sidecar are asked at its port', () => {
    const prod = routed({ metrics: { port: 15020 }, sidecars: [{ name: 'proxy', image: service(newPlatform()).image, port: 15020, portName: 'stats' }] }, {});
    expect(monitors(prod)).toEqual([['PodMonitor', [{ ...endpoint, port: 'stats' }]]]);
  });
});
