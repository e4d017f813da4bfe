import * as fc from 'fast-check';
import { environment, manifest, manifests, service, worker } from '../support/model';
import { Endpoint, Network, podsOf } from '../support/network';
import { newPlatform } from '../support/platform';
import { Egress, Environment, NamespaceRule, Platform, WebServiceProps } from 'cdk8s-fairway';

/* NetworkPolicies are judged by what they allow, with the rules of Kubernetes: each declared edge, and nothing else. */

const INGRESS = { className: 'nginx', namespace: 'ingress-nginx' };
const DNS: Endpoint = { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } };
const CONTROLLER: Endpoint = { namespace: 'ingress-nginx', labels: { app: 'ingress' } };

interface Seen {
  readonly network: Network;
  readonly pod: (name: string) => Endpoint;
}

function see(platform: Platform, of: Environment): Seen {
  platform.lower();
  const objects = manifests(of);
  const pods = podsOf(objects);
  return {
    network: new Network(objects, ['kube-system', 'ingress-nginx', 'monitoring', 'other']),
    pod: name => pods.get(`${of.namespaceOf(name)}/${name}`)!,
  };
}

/** web → api → db, job → api, and nobody calls lonely. */
function shop(namespaces?: NamespaceRule): Seen {
  const platform = newPlatform();
  const prod = environment(platform, 'prod', { namespaces, ingress: INGRESS });
  service(platform, 'web', { dependsOn: ['api'], host: 'shop.example.com' });
  service(platform, 'api', { port: 5050, servicePort: 80, dependsOn: ['db'] });
  service(platform, 'db', { port: 5432, egress: [Egress.cidr('10.20.0.0/16', 443), Egress.namespace('monitoring', 4317)] });
  worker(platform, 'job');
  service(platform, 'lonely', { callers: ['job'] }).allowFrom('web');
  return see(platform, prod);
}

describe.each<[string, NamespaceRule | undefined]>([
  ['in one namespace', undefined],
  ['in a namespace for each workload', NamespaceRule.perWorkload()],
])('%s', (_, namespaces) => {
  const { network, pod } = shop(namespaces);

  test.each<[string, string, number, boolean]>([
    ['web', 'api', 5050, true],
    ['api', 'db', 5432, true],
    ['job', 'lonely', 8080, true],
    ['web', 'lonely', 8080, true],
    ['web', 'api', 80, false], // the port of the Service is no port of a pod
    ['web', 'api', 8080, false],
    ['web', 'db', 5432, false],
    ['api', 'web', 8080, false],
    ['db', 'api', 5050, false],
    ['job', 'api', 5050, false],
    ['lonely', 'web', 8080, false],
    ['web', 'web', 8080, false],
  ])('%s → %s:%p', (from, to, port, expected) => {
    expect(network.allows(pod(from), pod(to), port)).toBe(expected);
  });

  test('everybody reaches DNS, by UDP and TCP, and nothing else there', () => {
    for (const name of ['web', 'api', 'db', 'job', 'lonely']) {
      expect(network.allows(pod(name), DNS, 53, 'UDP')).toBe(true);
      expect(network.allows(pod(name), DNS, 53, 'TCP')).toBe(true);
      expect(network.allows(pod(name), DNS, 443)).toBe(false);
      expect(network.allows(pod(name), { namespace: 'kube-system', labels: { 'k8s-app': 'other' } }, 53, 'UDP')).toBe(false);
      expect(network.allows(pod(name), { namespace: 'other', labels: DNS.labels }, 53, 'UDP')).toBe(false);
    }
  });

  test('the ingress controller reaches what has a host, on the port of its pods', () => {
    expect(['web', 'api', 'db', 'lonely'].map(name => network.allows(CONTROLLER, pod(name), name === 'api' ? 5050 : name === 'db' ? 5432 : 8080))).toEqual([true, false, false, false]);
    expect(network.allows({ namespace: 'other', labels: CONTROLLER.labels }, pod('web'), 8080)).toBe(false);
  });

  test('egress is open to what is declared alone', () => {
    const reached = (name: string) => [
      network.allows(pod(name), { address: '10.20.255.1' }, 443),
      network.allows(pod(name), { address: '10.20.255.1' }, 80),
      network.allows(pod(name), { address: '10.21.0.1' }, 443),
      network.allows(pod(name), { namespace: 'monitoring', labels: { any: 'pod' } }, 4317),
      network.allows(pod(name), { namespace: 'other', labels: { any: 'pod' } }, 4317),
    ];
    expect(reached('db')).toEqual([true, false, false, true, false]);
    expect(['web', 'api', 'job', 'lonely'].map(reached)).toEqual(Array(4).fill([false, false, false, false, false]));
  });

  test('nobody comes in from outside, and a stranger in the namespace reaches nobody', () => {
    const stranger = { namespace: pod('api').namespace, labels: { 'app.kubernetes.io/instance': 'stranger' } };
    expect(['web', 'api', 'db', 'lonely'].map(name => network.allows({ address: '8.8.8.8' }, pod(name), 8080))).toEqual(Array(4).fill(false));
    expect(network.allows(stranger, pod('api'), 5050)).toBe(false);
    expect(network.allows(stranger, DNS, 53, 'UDP')).toBe(false);
  });
});

test('who calls itself may, when it says so', () => {
  const platform = newPlatform();
  const prod = environment(platform);
  service(platform, 'cluster', { callers: ['cluster'] });
  const { network, pod } = see(platform, prod);
  expect(network.allows(pod('cluster'), pod('cluster'), 8080)).toBe(true);
  expect(platform.check()).toEqual([]);
});

test('an edge holds where both ends run, and there alone', () => {
  const platform = newPlatform();
  const dev = environment(platform, 'dev');
  const prod = environment(platform, 'prod', { promotedFrom: [dev] });
  service(platform, 'api', { callers: ['load', 'web'] });
  service(platform, 'web');
  worker(platform, 'load', { environments: [dev] });
  platform.lower();
  const from = (of: Environment) => manifest(of, 'api', 'NetworkPolicy').spec.ingress[0].from.map((peer: any) => Object.values(peer.podSelector.matchLabels)[0]);
  expect(from(dev)).toEqual(['load', 'web']);
  expect(from(prod)).toEqual(['web']);
});

test('a service that nobody may call has no rule, because one without peers would let everybody in', () => {
  const platform = newPlatform();
  const prod = environment(platform);
  service(platform);
  worker(platform);
  expect('ingress' in manifest(prod, 'app', 'NetworkPolicy').spec).toBe(false);
  expect('ingress' in manifest(prod, 'job', 'NetworkPolicy').spec).toBe(false);
});

test('a dependency on a worker is an order, not an edge', () => {
  const platform = newPlatform();
  const prod = environment(platform);
  service(platform, 'app', { dependsOn: ['job'] });
  worker(platform, 'job');
  const { network, pod } = see(platform, prod);
  expect(network.allows(pod('app'), pod('job'), 8080)).toBe(false);
  expect(manifest(prod, 'app', 'NetworkPolicy').spec.egress).toHaveLength(1);
});

test('any graph: each declared edge is open, and no other, whatever the order of the declarations', () => {
  const size = 6;
  const edges = fc.uniqueArray(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { selector: ([a, b]) => `${a} ${b}`, maxLength: 14 });
  fc.assert(fc.property(edges, fc.boolean(), fc.boolean(), fc.boolean(), (pairs, byDependency, isPerWorkload, isReversed) => {
    const platform = newPlatform('/nowhere');
    const prod = environment(platform, 'prod', { namespaces: isPerWorkload ? NamespaceRule.perWorkload() : undefined });
    const name = (i: number) => `s-${i}`;
    // Dependencies go one way, so that they make no ring; all other edges are callers.
    const isDependency = ([from, to]: [number, number]) => byDependency && from < to;
    const order = Array.from({ length: size }, (_, i) => isReversed ? size - 1 - i : i);
    for (const i of order) {
      const props: Partial<WebServiceProps> = {
        port: 1000 + i,
        dependsOn: pairs.filter(pair => pair[0] === i && isDependency(pair)).map(pair => name(pair[1])),
        callers: pairs.filter(pair => pair[1] === i && !isDependency(pair)).map(pair => name(pair[0])),
      };
      service(platform, name(i), props);
    }
    const { network, pod } = see(platform, prod);
    const declared = new Set(pairs.map(([from, to]) => `${from} ${to}`));
    for (const from of order) {
      for (const to of order) {
        expect([from, to, network.allows(pod(name(from)), pod(name(to)), 1000 + to)]).toEqual([from, to, declared.has(`${from} ${to}`)]);
      }
    }
  }), { numRuns: 60 });
});
