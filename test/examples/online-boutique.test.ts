import { boutique } from '../../examples/online-boutique/boutique';
import { permitsApplication, permitsObject } from '../support/argocd';
import { newFolder, readTree } from '../support/folders';
import { manifests } from '../support/model';
import { Endpoint, Network, podsOf } from '../support/network';
import { Environment, Platform, Workload } from 'cdk8s-fairway';

/* Google's Online Boutique, as the example describes it, is a whole system: what one object says, the others confirm. */

/** Who calls whom, as the documentation of the system draws it; with the port that the callee listens on. */
const CALLS: Record<string, string[]> = {
  loadgenerator: ['frontend'],
  frontend: ['adservice', 'cartservice', 'checkoutservice', 'currencyservice', 'productcatalogservice', 'recommendationservice', 'shippingservice'],
  checkoutservice: ['cartservice', 'currencyservice', 'emailservice', 'paymentservice', 'productcatalogservice', 'shippingservice'],
  recommendationservice: ['productcatalogservice'],
  cartservice: ['redis-cart'],
};

const platform = boutique('1.34', { root: newFolder() });
const { findings, charts, objects } = platform.synthesize();
const tree = readTree(platform.root);

test('there is nothing to complain about that was not accepted with a reason', () => {
  expect(findings.map(f => [f.code, f.path, f.acknowledged !== undefined])).toEqual([['FW409', 'redis-cart', true]]);
});

test('its size', () => {
  expect(Environment.allIn(platform).map(e => e.name)).toEqual(['dev', 'staging', 'prod']);
  expect(Workload.allIn(platform)).toHaveLength(12);
  expect({ charts, objects }).toEqual({ charts: 41, objects: 230 });
  const kinds = Object.keys(tree).filter(file => file.endsWith('.yaml')).map(file => file.split('/').at(-1)!.split('.')[0]);
  expect(Object.fromEntries([...new Set(kinds)].sort().map(kind => [kind, kinds.filter(k => k === kind).length]))).toEqual({
    AppProject: 4,
    Application: 40,
    Deployment: 35,
    HorizontalPodAutoscaler: 4,
    Ingress: 3,
    Namespace: 3,
    NetworkPolicy: 38,
    PodDisruptionBudget: 32,
    PriorityClass: 3,
    Service: 33,
    ServiceAccount: 35,
  });
});

test('a second time, and from the program itself, it writes the same bytes', () => {
  const folder = newFolder();
  const before = process.cwd();
  process.chdir(folder);
  try {
    jest.isolateModules(() => jest.requireActual('../../examples/online-boutique/main'));
  } finally {
    process.chdir(before);
  }
  expect(readTree(folder)).toEqual(tree);
});

test.each(['1.28', '1.34'])('on Kubernetes %s every environment has its objects', version => {
  const other = boutique(version, { root: newFolder() });
  expect(other.check().filter(f => f.acknowledged === undefined)).toEqual([]);
  const lifecycles = manifests(other, 'Deployment').map(d => JSON.stringify(d.spec.template.spec.containers[0].lifecycle));
  expect([...new Set(lifecycles)]).toEqual(expect.arrayContaining([version === '1.28' ? '{"preStop":{"exec":{"command":["sleep","15"]}}}' : '{"preStop":{"sleep":{"seconds":15}}}']));
});

describe.each(Environment.allIn(platform).map(e => [e.name, e] as const))('in %s', (_, environment) => {
  const all = manifests(environment);
  const names = Workload.allIn(platform).filter(w => w.runsIn(environment)).map(w => w.name);
  const network = new Network(all, ['kube-system', 'ingress-nginx']);
  const pods = podsOf(all);
  const pod = (name: string): Endpoint => pods.get(`boutique-${environment.name}/${name}`)!;
  const of = (kind: string, name: string) => all.find(o => o.kind === kind && o.metadata.name === name);
  const portOf = (name: string): number | undefined => of('Deployment', name).spec.template.spec.containers[0].ports?.[0].containerPort;

  test('every call of the system is let through, and no other', () => {
    const open = names.flatMap(from => names.filter(to => network.allows(pod(from), pod(to), portOf(to) ?? 1)).map(to => `${from} → ${to}`));
    expect(open.sort()).toEqual(Object.entries(CALLS).filter(([from]) => names.includes(from)).flatMap(([from, to]) => to.map(t => `${from} → ${t}`)).sort());
  });

  test('every address in an environment variable is a Service with that port, whose pods can be reached', () => {
    const addresses = names.flatMap(name => (of('Deployment', name).spec.template.spec.containers[0].env ?? [])
      .filter((e: any) => e.name.endsWith('_ADDR')).map((e: any) => [name, ...e.value.split(':')] as [string, string, string]));
    expect(addresses.length).toBeGreaterThan(15);
    for (const [from, host, port] of addresses.filter(([, h]) => h !== 'shoppingassistantservice')) {
      const [servicePort] = of('Service', host).spec.ports;
      expect([host, servicePort.port]).toEqual([host, Number(port)]);
      const [containerPort] = of('Deployment', host).spec.template.spec.containers[0].ports;
      expect(servicePort.targetPort).toBe(containerPort.name);
      expect([from, host, network.allows(pod(from), pod(host), containerPort.containerPort)]).toEqual([from, host, true]);
    }
  });

  test('only the frontend is reached from outside', () => {
    const controller: Endpoint = { namespace: 'ingress-nginx', labels: {} };
    expect(names.filter(name => network.allows(controller, pod(name), portOf(name) ?? 1))).toEqual(['frontend']);
    expect(all.filter(o => o.kind === 'Ingress').map(o => o.spec.rules[0].host)).toEqual([
      environment.name === 'prod' ? 'boutique.example.com' : `boutique.${environment.name}.example.com`,
    ]);
  });

  test('selectors select pods that exist, and nothing refers to what is not there', () => {
    const labels = names.map(name => pod(name).labels!);
    const selects = (matchLabels: Record<string, string>) => labels.filter(l => Object.entries(matchLabels).every(([k, v]) => l[k] === v)).length;
    expect(all.filter(o => o.kind === 'Service').map(o => selects(o.spec.selector))).toEqual(Array(names.length - (names.includes('loadgenerator') ? 1 : 0)).fill(1));
    expect(all.filter(o => o.kind === 'PodDisruptionBudget').map(o => selects(o.spec.selector.matchLabels))).toEqual(Array(all.filter(o => o.kind === 'PodDisruptionBudget').length).fill(1));
    for (const { spec } of all.filter(o => o.kind === 'HorizontalPodAutoscaler')) {
      expect(of('Deployment', spec.scaleTargetRef.name).spec.replicas).toBeUndefined();
    }
    for (const name of names) {
      const { spec } = of('Deployment', name).spec.template;
      expect(of('ServiceAccount', spec.serviceAccountName)).toBeDefined();
      expect(of('PriorityClass', spec.priorityClassName)).toBeDefined();
    }
  });

  test('each Application is permitted by its project, with everything in its folder', () => {
    const argo = manifests(platform.node.findChild('argocd'));
    const project = argo.find(o => o.kind === 'AppProject' && o.metadata.name === `boutique-${environment.name}`);
    const applications = argo.filter(o => o.kind === 'Application' && o.spec.project === project.metadata.name);
    expect(applications).toHaveLength(names.length + 1);
    for (const application of applications) {
      expect(permitsApplication(project, application)).toBe(true);
      const id = application.spec.source.path.split('/').at(-1);
      const own = manifests(environment.node.findChild(id));
      expect(own.length).toBeGreaterThan(0);
      expect(own.filter(o => !permitsObject(project, application, o))).toEqual([]);
    }
  });

  test('who is called is deployed before who calls', () => {
    const waves = new Map(manifests((platform as Platform).node.findChild('argocd'), 'Application')
      .map(a => [a.metadata.name, Number(a.metadata.annotations?.['argocd.argoproj.io/sync-wave'])]));
    const wave = (name: string) => waves.get(`boutique-${environment.name}-${name}`)!;
    for (const from of names) {
      expect((CALLS[from] ?? []).filter(to => wave(to) >= wave(from))).toEqual([]);
      expect(wave(from)).toBeGreaterThan(wave('namespaces'));
    }
  });
});
