import * as fc from 'fast-check';
import { container, image, manifest, manifests, worker } from '../support/model';
import { newPlatform } from '../support/platform';
import {
  Cluster, ClusterProfile, Environment, EnvironmentProps, Platform, Probe, Replicas, Resources, RolloutStrategy, StatefulService, Volume, WorkerProps,
} from 'cdk8s-fairway';

interface Placed {
  readonly platform: Platform;
  readonly prod: Environment;
  readonly codes: () => string[];
}

function on(profile: ClusterProfile, props: Partial<WorkerProps> = {}, more: Partial<EnvironmentProps> = {}): Placed {
  const platform = newPlatform();
  const prod = new Environment(platform, 'prod', { cluster: Cluster.inCluster({ kubernetesVersion: '1.34', profile }), ...more });
  worker(platform, 'app', props);
  return { platform, prod, codes: () => platform.check().map(f => f.code) };
}

const amounts = (cpu: string, memory: string, disk: string) => ({ 'cpu': cpu, 'memory': memory, 'ephemeral-storage': disk });

describe('GKE Autopilot', () => {
  test.each<[string, Resources | undefined, object, object]>([
    ['the defaults fit', undefined, amounts('100m', '128Mi', '256Mi'), amounts('500m', '128Mi', '256Mi')],
    ['too little is raised', { cpu: '10m', memory: '16Mi', ephemeralStorage: '1Mi' }, amounts('50m', '52Mi', '10Mi'), amounts('250m', '52Mi', '10Mi')],
    ['memory follows CPU', { cpu: '2', memory: '1Gi' }, amounts('2', '2048Mi', '256Mi'), amounts('10', '2048Mi', '256Mi')],
    ['CPU follows memory', { cpu: '100m', memory: '13Gi' }, amounts('2000m', '13Gi', '256Mi'), amounts('10000m', '13Gi', '256Mi')],
    ['limits follow what is raised', { cpu: '10m', cpuLimit: '20m', memory: '16Mi', memoryLimit: '32Mi' }, amounts('50m', '52Mi', '256Mi'), amounts('50m', '52Mi', '256Mi')],
    ['what fits stays as it is written', { cpu: '1', memory: '4Gi', cpuLimit: '2', memoryLimit: '6Gi', ephemeralStorage: '1Gi' }, amounts('1', '4Gi', '1Gi'), amounts('2', '6Gi', '1Gi')],
  ])('%s', (_, resources, requests, limits) => {
    const { prod, codes } = on(ClusterProfile.GKE_AUTOPILOT, { resources });
    expect(container(prod).resources).toEqual({ requests, limits });
    expect(codes()).toEqual([]);
  });

  test('nothing is asked for that the platform would change: never below its least, always in proportion', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 60_000 }), (cpu, memory) => {
      const { requests } = container(on(ClusterProfile.GKE_AUTOPILOT, { resources: { cpu: `${cpu}m`, memory: `${memory}Mi` } }).prod).resources;
      const cores = parseFloat(requests.cpu) / 1000;
      const gib = parseFloat(requests.memory) / 1024;
      expect(cores).toBeGreaterThanOrEqual(Math.max(0.05, cpu / 1000));
      expect(gib).toBeGreaterThanOrEqual(Math.max(52 / 1024, memory / 1024));
      expect(gib / cores).toBeGreaterThanOrEqual(1 - 1e-9);
      expect(gib / cores).toBeLessThanOrEqual(6.5 + 0.02); // whole MiB and thousandths of a CPU
    }), { numRuns: 60 });
  });

  test('names are asked for at the cache of the node', () => {
    const [dns] = manifest(on(ClusterProfile.GKE_AUTOPILOT).prod, 'app', 'NetworkPolicy').spec.egress;
    expect(dns.to.map((peer: any) => peer.ipBlock?.cidr ?? peer.podSelector.matchLabels['k8s-app'])).toEqual(['kube-dns', 'node-local-dns', '169.254.20.10/32', '169.254.169.254/32']);
  });

  test.each<[string, Partial<WorkerProps>]>([
    ['CPU', { resources: { cpu: '31', memory: '31Gi' } }],
    ['memory', { resources: { cpu: '20', memory: '111Gi' } }],
    ['disk', { writablePaths: { '/data': '10Gi' } }],
    ['CPU of all containers together', { resources: { cpu: '20', memory: '20Gi' }, sidecars: [{ name: 'side', image: image(), resources: { cpu: '11', memory: '11Gi' } }] }],
  ])('FW461: more %s than a node has', (_, props) => {
    expect(on(ClusterProfile.GKE_AUTOPILOT, props).codes()).toEqual(['FW461']);
    expect(on(ClusterProfile.GENERIC, props).codes()).toEqual([]);
  });

  test('init containers count where they are largest, not in addition', () => {
    const props: Partial<WorkerProps> = { resources: { cpu: '20', memory: '20Gi' }, initContainers: ['a', 'b'].map(name => ({ name, image: image(), resources: { cpu: '25', memory: '25Gi' } })) };
    expect(on(ClusterProfile.GKE_AUTOPILOT, props).codes()).toEqual([]);
  });
});

describe('EKS Fargate', () => {
  // Once for each environment, where it stands: network policies are not enforced.
  const POLICIES = 'FW462';

  test('limits are the requests', () => {
    const { prod, codes } = on(ClusterProfile.EKS_FARGATE, { resources: { cpu: '300m' }, initContainers: [{ name: 'init', image: image() }] });
    expect(container(prod).resources).toMatchObject({ requests: { cpu: '300m', memory: '128Mi' }, limits: { cpu: '300m', memory: '128Mi' } });
    expect(codes()).toEqual([POLICIES]);
  });

  test.each<[string, string, Partial<WorkerProps>]>([
    ['FW462', 'a limit of CPU of its own', { resources: { cpuLimit: '1' } }],
    ['FW462', 'a limit of memory of its own', { resources: { memoryLimit: '1Gi' } }],
    ['FW461', 'more CPU than there is', { resources: { cpu: '17' } }],
    ['FW461', 'all of the memory: the node takes a part', { resources: { memory: '120Gi' } }],
    ['FW461', 'a volume from a storage class', { volumes: { '/data': Volume.ephemeral({ size: '1Gi' }) } }],
  ])('%s: %s', (code, _, props) => {
    expect(on(ClusterProfile.EKS_FARGATE, props).codes().sort()).toEqual([POLICIES, code].sort());
  });

  test('FW461: storage of a stateful service', () => {
    const platform = newPlatform();
    new Environment(platform, 'prod', { cluster: Cluster.inCluster({ profile: ClusterProfile.EKS_FARGATE }) });
    new StatefulService(platform, 'db', { image: image(), port: 80, readiness: Probe.tcp(), storage: { '/data': { size: '1Gi' } } });
    expect(platform.check().map(f => [f.code, f.path])).toEqual([['FW462', 'prod'], ['FW461', 'db']]);
  });
});

describe('quotas', () => {
  test('become a ResourceQuota of each namespace', () => {
    const { prod, platform } = on(ClusterProfile.GENERIC, {}, { quota: { cpu: '1500m', pods: 10 } });
    platform.lower();
    expect(manifests(prod, 'ResourceQuota').map(o => [o.metadata.name, o.metadata.namespace, o.spec.hard])).toEqual([['quota-acme-prod', 'acme-prod', { 'requests.cpu': '1500m', 'limits.cpu': '7500m', 'pods': '10' }]]);
    expect(manifests(on(ClusterProfile.GENERIC).prod, 'ResourceQuota')).toEqual([]);
  });

  const canary = (replicas: Replicas) => ({ replicas, strategy: RolloutStrategy.blueGreen() });
  test.each<[string, Partial<WorkerProps>, number]>([
    ['two pods and one more', {}, 3],
    ['the largest number and a quarter', { replicas: Replicas.between(2, 10) }, 13],
    ['the surge of the strategy', { replicas: Replicas.fixed(10), strategy: RolloutStrategy.rollingUpdate({ maxSurge: 5 }) }, 15],
    ['none more where all old pods go first', { replicas: Replicas.fixed(10), strategy: RolloutStrategy.recreate('it is small') }, 10],
    ['a whole second set', canary(Replicas.fixed(10)), 20],
  ])('FW460: what is needed at the most: %s', (_, props, pods) => {
    const codes = (quota: number) => on(ClusterProfile.GENERIC, props, { quota: { pods: quota } }).codes().filter(code => code === 'FW460');
    expect(codes(pods)).toEqual([]);
    expect(codes(pods - 1)).toEqual(['FW460']);
  });

  test('FW460: requests add up exactly, also in thousandths', () => {
    const codes = (quota: object) => on(ClusterProfile.GENERIC, { replicas: Replicas.fixed(2) }, { quota }).codes();
    expect([codes({ cpu: '300m' }), codes({ cpu: '0.3' }), codes({ cpu: '299m', cpuLimit: '2' })]).toEqual([[], [], ['FW460']]);
    expect([codes({ memory: '384Mi' }), codes({ memory: '383Mi', memoryLimit: '1Gi' })]).toEqual([[], ['FW460']]);
    // Limits follow as those of pods do, and count for themselves.
    expect([codes({ cpu: '299m' }), codes({ cpuLimit: '1500m' }), codes({ cpuLimit: '1499m' }), codes({ memoryLimit: '383Mi' })]).toEqual([['FW460', 'FW460'], [], ['FW460'], ['FW460']]);
    expect(on(ClusterProfile.GENERIC, {}, { quota: { cpu: '299m', cpuLimit: '9' } }).platform.check()[0].message)
      .toBe('At their largest, the workloads need CPU of 0.3; the quota is 0.299. The largest are "app (0.3)".');
  });
});
