import { boutique } from '../../examples/online-boutique/boutique';
import { serviceDelivered } from '../../examples/online-boutique/service';
import { permitsApplication, permitsObject } from '../support/argocd';
import { newFolder, readTree } from '../support/folders';
import { manifests } from '../support/model';
import { Endpoint, Network, podsOf } from '../support/network';
import { Diagnostics, Environment, GitOpsEngine, PipelineEngine, PipelineSystem, Platform, RolloutEngine, Workload } from 'cdk8s-fairway';

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
  expect({ charts, objects }).toEqual({ charts: 42, objects: 237 });
  const kinds = Object.keys(tree).filter(file => file.endsWith('.yaml')).map(file => file.split('/').at(-1)!.split('.')[0]);
  expect(Object.fromEntries([...new Set(kinds)].sort().map(kind => [kind, kinds.filter(k => k === kind).length]))).toEqual({
    AnalysisTemplate: 4,
    AppProject: 4,
    Application: 40,
    Deployment: 31,
    HTTPRoute: 3,
    HorizontalPodAutoscaler: 3,
    Namespace: 3,
    NetworkPolicy: 38,
    PodDisruptionBudget: 32,
    PriorityClass: 3,
    Rollout: 4,
    Service: 37,
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
  const network = new Network(all, ['kube-system', 'gateways']);
  const pods = podsOf(all);
  const pod = (name: string): Endpoint => pods.get(`boutique-${environment.name}/${name}`)!;
  const of = (kind: string, name: string) => all.find(o => o.kind === kind && o.metadata.name === name);
  const carrier = (name: string) => of('Deployment', name) ?? of('Rollout', name);
  const portOf = (name: string): number | undefined => carrier(name).spec.template.spec.containers[0].ports?.[0].containerPort;

  test('every call of the system is let through, and no other', () => {
    const open = names.flatMap(from => names.filter(to => network.allows(pod(from), pod(to), portOf(to) ?? 1)).map(to => `${from} → ${to}`));
    expect(open.sort()).toEqual(Object.entries(CALLS).filter(([from]) => names.includes(from)).flatMap(([from, to]) => to.map(t => `${from} → ${t}`)).sort());
  });

  test('every address in an environment variable is a Service with that port, whose pods can be reached', () => {
    const addresses = names.flatMap(name => (carrier(name).spec.template.spec.containers[0].env ?? [])
      .filter((e: any) => e.name.endsWith('_ADDR')).map((e: any) => [name, ...e.value.split(':')] as [string, string, string]));
    expect(addresses.length).toBeGreaterThan(15);
    for (const [from, host, port] of addresses.filter(([, h]) => h !== 'shoppingassistantservice')) {
      const [servicePort] = of('Service', host).spec.ports;
      expect([host, servicePort.port]).toEqual([host, Number(port)]);
      const [containerPort] = carrier(host).spec.template.spec.containers[0].ports;
      expect(servicePort.targetPort).toBe(containerPort.name);
      expect([from, host, network.allows(pod(from), pod(host), containerPort.containerPort)]).toEqual([from, host, true]);
    }
  });

  test('only the frontend is reached from outside', () => {
    const gateway: Endpoint = { namespace: 'gateways', labels: {} };
    expect(names.filter(name => network.allows(gateway, pod(name), portOf(name) ?? 1))).toEqual(['frontend']);
    expect(all.filter(o => o.kind === 'HTTPRoute').flatMap(o => o.spec.hostnames)).toEqual([
      environment.name === 'prod' ? 'boutique.example.com' : `boutique.${environment.name}.example.com`,
    ]);
  });

  test('selectors select pods that exist, and nothing refers to what is not there', () => {
    const labels = names.map(name => pod(name).labels!);
    const selects = (matchLabels: Record<string, string>) => labels.filter(l => Object.entries(matchLabels).every(([k, v]) => l[k] === v)).length;
    expect(all.filter(o => o.kind === 'Service').filter(o => selects(o.spec.selector) !== 1)).toEqual([]);
    expect(all.filter(o => o.kind === 'PodDisruptionBudget').map(o => selects(o.spec.selector.matchLabels))).toEqual(Array(all.filter(o => o.kind === 'PodDisruptionBudget').length).fill(1));
    for (const { spec } of all.filter(o => o.kind === 'HorizontalPodAutoscaler')) {
      expect(of(spec.scaleTargetRef.kind, spec.scaleTargetRef.name).spec.replicas).toBeUndefined();
    }
    for (const name of names) {
      const { spec } = carrier(name).spec.template;
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

  test('a release of the frontend and of checkout is judged, but for development', () => {
    const strategies = ['frontend', 'checkoutservice'].map(name => Object.keys(of('Rollout', name)?.spec.strategy ?? {}));
    expect(strategies).toEqual(environment.name === 'dev' ? [[], []] : [['canary'], ['blueGreen']]);
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

test('by one line Flagger carries out the same rollouts', () => {
  const other = boutique('1.34', { root: newFolder(), rollouts: RolloutEngine.flagger() });
  expect(other.check().filter(f => f.acknowledged === undefined).map(f => [f.code, f.path])).toEqual([['FW603', 'checkoutservice'], ['FW603', 'checkoutservice']]);
  expect(manifests(other, 'Rollout')).toEqual([]);
  expect(manifests(other, 'Canary').map(o => `${o.metadata.namespace}/${o.metadata.name}`).sort()).toEqual([
    'boutique-prod/checkoutservice', 'boutique-prod/frontend', 'boutique-staging/checkoutservice', 'boutique-staging/frontend',
  ]);
});

test('by one line Flux deploys the same, in the same order', () => {
  const names = (of: Platform, engine: string) => manifests(of.node.findChild(engine))
    .filter(o => ['Application', 'Kustomization'].includes(o.kind) && o.metadata.labels['cdk8s-fairway/workload'] !== undefined)
    .map(o => o.metadata.name as string).sort();
  const platforms = [boutique('1.34', { root: newFolder() }), boutique('1.34', { root: newFolder(), gitops: GitOpsEngine.flux() })];
  expect(platforms[1].check().filter(f => f.acknowledged === undefined)).toEqual([]);
  platforms[0].lower();
  expect(names(platforms[1], 'flux')).toEqual(names(platforms[0], 'argocd'));
  const kustomizations = new Map(manifests(platforms[1].node.findChild('flux'), 'Kustomization').map(o => [o.metadata.name, o]));
  for (const [from, all] of Object.entries(CALLS)) {
    const on = (kustomizations.get(`boutique-dev-${from}`).spec.dependsOn ?? []).map((each: any) => each.name);
    expect([from, on]).toEqual([from, expect.arrayContaining(all.map(to => `boutique-dev-${to}`))]);
  }
});

test('the program with Flux has nothing to accept', () => {
  expectQuiet('../../examples/online-boutique/flux', 'dist/flux/apps/prod-eu/prod/Kustomization.boutique-prod-frontend.k8s.yaml');
});

test('the program with Flagger accepts what is different there', () => {
  expectQuiet('../../examples/online-boutique/flagger', 'dist/prod/frontend/Canary.frontend.k8s.yaml');
});

test.each<[string, () => PipelineSystem, string]>([
  ['GitHub Actions', () => PipelineEngine.githubActions(), '.github/workflows/checkout-delivery.yml'],
  ['GitLab CI', () => PipelineEngine.gitlabCi(), '.gitlab-ci.yml'],
  ['Jenkins', () => PipelineEngine.jenkins({ file: 'ci/<pipeline>.jenkinsfile' }), 'ci/checkout-delivery.jenkinsfile'],
])('the files of a service for %s lie in its folder, and lead to where its releases enter', (_, engine, file) => {
  const root = newFolder();
  const { delivery } = serviceDelivered(engine(), boutique('1.34', { root, outdir: `${root}/dist` }));
  expect(delivery.findings().filter(finding => finding.severity === 'error')).toEqual([]);
  expect(delivery.renderDot()).toContain('"sign" -> "deploy-dev"');
  new Set(delivery.findings().map(finding => finding.code)).forEach(code => Diagnostics.of(delivery).acknowledge(code, 'Seen.'));
  Platform.ofConstruct(delivery).synth();
  expect(Object.keys(readTree(root)).filter(each => each.startsWith('services/')).sort()).toEqual([`services/checkoutservice/${file}`]);
});

/** Runs a program in a new folder: without warnings, it writes a file. */
function expectQuiet(program: string, file: string): void {
  const folder = newFolder();
  const before = process.cwd();
  const written = jest.spyOn(process.stderr, 'write');
  process.chdir(folder);
  try {
    jest.isolateModules(() => jest.requireActual(program));
    expect(written.mock.calls).toEqual([]); // no warnings
  } finally {
    process.chdir(before);
    written.mockRestore();
  }
  expect(Object.keys(readTree(folder))).toContain(file);
}
