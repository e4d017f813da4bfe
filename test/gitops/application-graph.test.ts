import { ApiObject, Chart } from 'cdk8s';
import * as fc from 'fast-check';
import '../support/properties';
import { applicationsOf, resourcesOf } from '../../src/gitops/application-graph';
import { environment, followedPlatform, manifests, service, worker } from '../support/model';
import { newPlatform } from '../support/platform';
import { Application, ApplicationSource, Cluster, GitOpsEngine, Platform } from 'cdk8s-fairway';

/* The applications of a platform and their order, as plain data, free of any engine. */

const source = ApplicationSource.helm({ repository: 'https://charts.example.com', chart: 'podinfo', version: '6.9.2' });

/** The plans of a platform, as far as a table can show them. */
function plansOf(platform: Platform) {
  platform.lower();
  return applicationsOf(platform).map(({ name, cluster, environment: of, region, wave, dependsOn }) => ({
    name, cluster: cluster.displayName, of: of?.name, ...(region === undefined ? {} : { region }), wave, dependsOn,
  }));
}

test('folders first, each with its cluster; then what clusters need', () => {
  const platform = newPlatform('/nowhere');
  const dev = environment(platform, 'dev');
  environment(platform, 'prod', { cluster: undefined, regions: [{ name: 'eu', cluster: Cluster.named('prod-eu') }, { name: 'us', cluster: Cluster.named('prod-us'), wave: 2 }], promotedFrom: [dev] });
  worker(platform, 'job');
  new Application(platform, 'chart', { source });
  expect(plansOf(platform)).toEqual([
    { name: 'acme-dev-namespaces', cluster: 'in-cluster', of: 'dev', wave: -1, dependsOn: [] },
    { name: 'acme-dev-job', cluster: 'in-cluster', of: 'dev', wave: 0, dependsOn: ['acme-dev-namespaces'] },
    { name: 'acme-prod-eu-namespaces', cluster: 'prod-eu', of: 'prod', region: 'eu', wave: -1, dependsOn: [] },
    { name: 'acme-prod-eu-job', cluster: 'prod-eu', of: 'prod', region: 'eu', wave: 0, dependsOn: ['acme-prod-eu-namespaces'] },
    { name: 'acme-prod-us-namespaces', cluster: 'prod-us', of: 'prod', region: 'us', wave: -1, dependsOn: [] },
    { name: 'acme-prod-us-job', cluster: 'prod-us', of: 'prod', region: 'us', wave: 0, dependsOn: ['acme-prod-us-namespaces'] },
    { name: 'acme-in-cluster-chart', cluster: 'in-cluster', of: 'dev', wave: -1, dependsOn: [] },
    { name: 'acme-prod-eu-chart', cluster: 'prod-eu', of: 'prod', wave: -1, dependsOn: [] },
    { name: 'acme-prod-us-chart', cluster: 'prod-us', of: 'prod', wave: -1, dependsOn: [] },
  ]);
  expect(applicationsOf(platform).map(plan => plan.regionWave)).toEqual([0, 0, 0, 0, 2, 2, 0, 0, 0]);
});

test('what several environments share belongs to none of them', () => {
  const platform = newPlatform('/nowhere');
  const dev = environment(platform, 'dev');
  environment(platform, 'staging');
  new Application(platform, 'chart', { source, environments: [dev] });
  expect(plansOf(platform).map(({ name, of }) => [name, of])).toEqual([['acme-in-cluster-chart', undefined]]);
});

test('an application alone comes early; who depends on it later, also by what it brings', () => {
  const platform = followedPlatform();
  const prod = environment(platform);
  new Application(platform, 'last', { source, dependsOn: ['first', 'first'] });
  new Application(platform, 'first', { source, provides: ['example.com'] });
  service(platform, 'web', { dependsOn: ['last'] });
  const job = worker(platform, 'job');
  expect(job.name).toBe('job');
  const waves = () => Object.fromEntries(plansOf(platform).map(({ name, wave, dependsOn }) => [name, [wave, dependsOn]]));
  expect(waves()).toMatchObject({
    'acme-in-cluster-first': [-1, []],
    'acme-in-cluster-last': [0, ['acme-in-cluster-first']],
    'acme-prod-web': [1, ['acme-in-cluster-last', 'acme-prod-namespaces']],
    'acme-prod-job': [0, ['acme-prod-namespaces']],
  });
  new ApiObject(prod.node.findChild('job') as Chart, 'thing', { apiVersion: 'example.com/v1', kind: 'Thing' });
  expect(waves()).toMatchObject({ 'acme-prod-job': [0, ['acme-in-cluster-first', 'acme-prod-namespaces']] });
});

test('of what stands in a ring each has a wave', () => {
  const platform = newPlatform('/nowhere');
  environment(platform);
  new Application(platform, 'a', { source, dependsOn: ['b'] });
  new Application(platform, 'b', { source, dependsOn: ['a'] });
  new Application(platform, 'self', { source, dependsOn: ['self'] });
  expect(plansOf(platform).map(({ name, wave, dependsOn }) => [name, Number.isSafeInteger(wave), dependsOn])).toEqual([
    ['acme-in-cluster-a', true, ['acme-in-cluster-b']], ['acme-in-cluster-b', true, ['acme-in-cluster-a']], ['acme-in-cluster-self', true, []],
  ]);
});

test('kinds that live in no namespace', () => {
  const chart = new Chart(newPlatform('/nowhere'), 'chart');
  const kinds = ['Namespace', 'ClusterIssuer', 'Cluster', 'ConfigMap', 'ValidatingAdmissionPolicyBinding'];
  const objects = kinds.map(kind => new ApiObject(chart, kind, { apiVersion: 'v1', kind, metadata: { name: 'a' } }));
  expect(resourcesOf(objects).map(({ group, kind, isClusterWide }) => [group, kind, isClusterWide])).toEqual([
    ['', 'Namespace', true], ['', 'ClusterIssuer', true], ['', 'Cluster', false], ['', 'ConfigMap', false], ['', 'ValidatingAdmissionPolicyBinding', true],
  ]);
});

interface Model {
  /** What each application depends on, among those before it. */
  readonly applications: number[][];
  /** What each workload depends on: workloads before it, and applications. */
  readonly workloads: Array<{ workloads: number[]; applications: number[] }>;
  readonly clusters: number;
}

const some = (most: number) => fc.array(fc.nat(Math.max(0, most - 1)), { maxLength: most === 0 ? 0 : 3 });
const sizes = fc.tuple(fc.nat(5), fc.nat(5), fc.integer({ min: 1, max: 3 }));
const model = sizes.chain(([applications, workloads, clusters]) => fc.record({
  applications: fc.tuple(...Array.from({ length: applications }, (_, i) => some(i))),
  workloads: fc.tuple(...Array.from({ length: workloads }, (_, i) => fc.record({ workloads: some(i), applications: some(applications) }))),
  clusters: fc.constant(clusters),
})) as fc.Arbitrary<Model>;

function declare({ applications, workloads, clusters }: Model, gitops = GitOpsEngine.flux()): Platform {
  const platform = followedPlatform({ root: '/nowhere', gitops });
  environment(platform, 'prod', { cluster: undefined, regions: Array.from({ length: clusters }, (_, i) => ({ cluster: Cluster.named(`c${i}`), name: `r${i}` })) });
  // Backwards, so that the order of declarations says nothing.
  [...applications.entries()].reverse().forEach(([i, on]) => new Application(platform, `a${i}`, { source, dependsOn: on.map(j => `a${j}`) }));
  [...workloads.entries()].reverse().forEach(([i, on]) => worker(platform, `w${i}`, {
    dependsOn: [...new Set([...on.workloads.map(j => `w${j}`), ...on.applications.map(j => `a${j}`)])],
  }));
  platform.lower();
  return platform;
}

test('waves respect every dependency, and dependencies never leave a cluster', () => {
  fc.assert(fc.property(model, given => {
    const plans = applicationsOf(declare(given));
    const byName = new Map(plans.map(plan => [plan.name, plan]));
    expect(byName.size).toBe(plans.length);
    for (const plan of plans) {
      for (const name of plan.dependsOn) {
        expect(byName.get(name)!.wave).toBeLessThan(plan.wave);
        expect(byName.get(name)!.cluster).toBe(plan.cluster);
      }
    }
  }), { numRuns: 40 });
});

test('Flux waits for exactly what is declared, and for what draws the borders', () => {
  fc.assert(fc.property(model, given => {
    const platform = declare(given);
    const kustomizations = new Map(manifests(platform.node.findChild('flux'), 'Kustomization').map(o => [o.metadata.name as string, o]));
    const on = (name: string) => (kustomizations.get(name).spec.dependsOn ?? []).map((each: any) => each.name as string);
    for (let c = 0; c < given.clusters; c++) {
      const prefix = given.clusters > 1 ? `acme-prod-r${c}` : 'acme-prod';
      given.applications.forEach((needs, i) => {
        expect(on(`acme-c${c}-a${i}`)).toEqual([...new Set([...needs.map(j => `acme-c${c}-a${j}`), `acme-c${c}-cluster-base`])].sort());
      });
      given.workloads.forEach(({ workloads, applications }, i) => {
        expect(on(`${prefix}-w${i}`)).toEqual([...new Set([
          ...workloads.map(j => `${prefix}-w${j}`), ...applications.map(j => `acme-c${c}-a${j}`), `${prefix}-access`, `${prefix}-namespaces`,
        ])].sort());
      });
    }
    const depth = (name: string): number => 1 + Math.max(0, ...on(name).map(depth)); // would not end in a ring
    expect([...kustomizations.keys()].map(depth).every(Number.isFinite)).toBe(true);
  }), { numRuns: 40 });
});

test('the same model gives the same plans, in whatever order it was declared', () => {
  const names = (platform: Platform) => plansOf(platform).map(plan => JSON.stringify(plan)).sort();
  const build = (order: string[]) => {
    const platform = followedPlatform({ root: '/nowhere' });
    environment(platform);
    order.forEach(name => new Application(platform, name, { source, dependsOn: name === 'a' ? ['b', 'c'] : [] }));
    return platform;
  };
  expect(names(build(['a', 'b', 'c']))).toEqual(names(build(['c', 'b', 'a'])));
});
