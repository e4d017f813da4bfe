import { ApiObject, Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { OWN_KINDS } from '../../src/gitops/own-kinds';
import { declare, ENGINES, platformOf, SCENARIOS } from '../strategies/scenarios';
import { isClusterWide, permitsApplication, permitsObject } from '../support/argocd';
import { environment, followedPlatform, manifests, objectsIn, service, worker } from '../support/model';
import { Cluster, Environment, FolderChart, NamespaceRule, Platform, Replicas } from 'cdk8s-fairway';

/*
 * A project permits what its Applications hold, and what the platform may have made for them before: no other repository, namespace or kind.
 */

/** Those of an environment, also of former values. */
const PRIORITIES = (project: any) => ({ group: 'scheduling.k8s.io', kind: 'PriorityClass', name: `${project.metadata.name}-*` });

interface Seen {
  readonly project: any;
  readonly applications: any[];
  /** The objects of each Application, by its name. */
  readonly objects: Map<string, any[]>;
}

function see(platform: Platform, of: Environment): Seen {
  platform.lower();
  const argo = manifests(platform.node.findChild('argocd'));
  const project = argo.find(o => o.kind === 'AppProject' && o.metadata.name === `acme-${of.name}`);
  const applications = argo.filter(o => o.kind === 'Application' && o.spec.project === project.metadata.name);
  const charts = new Map(of.node.findAll().filter(c => FolderChart.isFolderChart(c)).map(c => [`dist/${c.folder}`, c]));
  return { project, applications, objects: new Map(applications.map(a => [a.metadata.name, manifests(charts.get(a.spec.source.path)!)])) };
}

/** Each Application is permitted with everything that it holds; whatever is permitted occurs. */
function expectExact({ project, applications, objects }: Seen): void {
  for (const application of applications) {
    expect([application.metadata.name, permitsApplication(project, application)]).toEqual([application.metadata.name, true]);
    for (const object of objects.get(application.metadata.name)!) {
      expect([object.kind, object.metadata.name, permitsObject(project, application, object)]).toEqual([object.kind, object.metadata.name, true]);
    }
  }
  const all = [...objects.values()].flat();
  const group = (o: any) => o.apiVersion.includes('/') ? o.apiVersion.split('/')[0] : '';
  const kinds = (isWide: boolean) => all.filter(o => isClusterWide(o) === isWide);
  const namespaces = [...all.map(o => o.kind === 'Namespace' ? o.metadata.name : o.metadata.namespace), ...applications.map(a => a.spec.destination.namespace)];
  const distinct = (values: unknown[]) => [...new Set(values.map(v => JSON.stringify(v)))].sort();
  const { sourceRepos, destinations, clusterResourceWhitelist, namespaceResourceWhitelist } = project.spec;
  expect(sourceRepos).toEqual([...new Set(applications.map(a => a.spec.source.repoURL))]);
  expect(destinations.map((d: any) => d.namespace)).toEqual([...new Set(namespaces.filter(n => n !== undefined))].sort());
  const others = kinds(true).filter(o => o.kind !== 'PriorityClass').map(o => ({ group: group(o), kind: o.kind, name: o.metadata.name }));
  const wide = [PRIORITIES(project), ...others];
  expect(clusterResourceWhitelist.map((i: any) => JSON.stringify(i))).toEqual(distinct(wide));
  const narrow = [...OWN_KINDS, ...kinds(false).map(o => ({ group: group(o), kind: o.kind }))];
  expect(namespaceResourceWhitelist.map((i: any) => JSON.stringify(i))).toEqual(distinct(narrow));
}

const KINDS: Array<[apiVersion: string, kind: string]> = [
  ['v1', 'ConfigMap'], ['v1', 'PersistentVolumeClaim'], ['batch/v1', 'CronJob'], ['postgresql.cnpg.io/v1', 'Cluster'], ['monitoring.coreos.com/v1', 'ServiceMonitor'],
  ['rbac.authorization.k8s.io/v1', 'Role'], ['rbac.authorization.k8s.io/v1', 'ClusterRole'], ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding'], ['cert-manager.io/v1', 'ClusterIssuer'],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'], ['storage.k8s.io/v1', 'StorageClass'], ['gateway.networking.k8s.io/v1', 'GatewayClass'],
];

function add(chart: Chart, [apiVersion, kind]: [string, string], namespace?: string): ApiObject {
  const name = `o-${chart.node.children.length}`;
  return new ApiObject(chart, name, { apiVersion, kind, metadata: { name, ...(namespace ? { namespace } : {}) } });
}

test('what is taken away is still permitted, and so is removed: the last autoscaler of an environment', () => {
  const platform = followedPlatform();
  const prod = environment(platform);
  service(platform);
  const { project, applications } = see(platform, prod);
  const former = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'app', namespace: 'acme-prod' } };
  expect(permitsObject(project, applications[0], former)).toBe(true);
  expect(permitsObject(project, applications[0], { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'app', namespace: 'acme-prod' } })).toBe(false);
  expect(permitsObject(project, applications[0], { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'acme-prod-300' } })).toBe(true);
  expect(permitsObject(project, applications[0], { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'acme-dev-100' } })).toBe(false);
});

test('every kind that the engines of rollouts make is one of the platform', () => {
  for (const engine of Object.keys(ENGINES)) {
    const { platform, prod } = platformOf(engine);
    SCENARIOS.filter(({ codes }) => !codes?.[engine]?.length).forEach((scenario, i) => declare(platform, scenario, `app-${i}`));
    platform.lower();
    for (const object of manifests(prod).filter(o => !isClusterWide(o))) {
      const group = object.apiVersion.includes('/') ? object.apiVersion.split('/')[0] : '';
      expect(OWN_KINDS).toContainEqual({ group, kind: object.kind });
    }
  }
});

test('a platform of every kind of object', () => {
  const platform = followedPlatform();
  const dev = environment(platform, 'dev', { ingress: { className: 'nginx', namespace: 'ingress-nginx' } });
  const prod = environment(platform, 'prod', { cluster: Cluster.named('prod'), namespaces: NamespaceRule.perWorkload(), promotedFrom: [dev] });
  service(platform, 'web', { overrides: { dev: { host: 'shop.example.com' } } });
  worker(platform, 'job', { replicas: Replicas.between(2, 3) });
  [dev, prod].forEach(of => expectExact(see(platform, of)));
  expect(see(platform, prod).project.spec.destinations).toEqual(['acme-prod-job', 'acme-prod-web'].map(namespace => ({ name: 'prod', namespace })));
  expect(see(platform, dev).project.spec.namespaceResourceWhitelist).toContainEqual({ group: 'networking.k8s.io', kind: 'Ingress' });
  expect(see(platform, prod).project.spec.namespaceResourceWhitelist).not.toContainEqual({ group: 'postgresql.cnpg.io', kind: 'Cluster' });
});

test('what is added after lower() counts, too: its kind, its name and its namespace', () => {
  const platform = followedPlatform();
  const prod = environment(platform);
  worker(platform);
  platform.lower();
  const chart = prod.node.findChild('job') as FolderChart;
  add(chart, ['batch/v1', 'CronJob']);
  add(chart, ['rbac.authorization.k8s.io/v1', 'ClusterRole']);
  add(chart, ['v1', 'ConfigMap'], 'elsewhere');
  const seen = see(platform, prod);
  expectExact(seen);
  expect(seen.project.spec.destinations.map((d: any) => d.namespace)).toEqual(['acme-prod', 'elsewhere']);
  expect(platform.check()).toEqual([]);
});

test('a project of cluster-wide objects alone', () => {
  const platform = followedPlatform();
  const prod = environment(platform);
  add(new FolderChart(prod, 'crds', { folder: 'prod/crds' }), ['apiextensions.k8s.io/v1', 'CustomResourceDefinition']);
  const seen = see(platform, prod);
  expectExact(seen);
  expect(platform.check()).toEqual([]);
});

test('any objects, in any chart, before and after lower()', () => {
  const added = fc.array(fc.record({ kind: fc.constantFrom(...KINDS), chart: fc.nat(3), namespace: fc.option(fc.constantFrom('acme-prod', 'shared')), isLate: fc.boolean() }), { maxLength: 8 });
  fc.assert(fc.property(added, fc.boolean(), fc.array(fc.boolean(), { maxLength: 3 }), (objects, isPerWorkload, workloads) => {
    const platform = followedPlatform({ root: '/nowhere' });
    const prod = environment(platform, 'prod', { namespaces: isPerWorkload ? NamespaceRule.perWorkload() : undefined });
    workloads.forEach((isService, i) => isService ? service(platform, `w-${i}`) : worker(platform, `w-${i}`));
    const extras = ['acme-prod', undefined].map((namespace, i) => new FolderChart(prod, `extras-${i}`, { folder: `prod/extras-${i}`, namespace }));
    extras.forEach(chart => add(chart, ['v1', 'ConfigMap'], 'acme-prod'));
    const addAll = (isLate: boolean) => {
      const charts = [...extras, ...prod.node.children.filter(c => FolderChart.isFolderChart(c))] as FolderChart[];
      objects.filter(o => o.isLate === isLate).forEach(o => add(charts[o.chart % charts.length], o.kind, o.namespace ?? undefined));
    };
    addAll(false);
    platform.lower();
    addAll(true);
    expectExact(see(platform, prod));
    expect(objectsIn(platform, 'AppProject').map(o => o.name).sort()).toEqual(['acme', 'acme-prod']);
  }), { numRuns: 100 });
});
