import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { newFolder, readTree } from '../support/folders';
import { image } from '../support/model';
import {
  Cluster, ClusterProfile, ConfigFiles, ContainerProps, Environment, KedaTrigger, Platform, Probe, Replicas, RolloutStrategy,
  ScalingMetric, ScheduledTask, SecretFiles, SidecarProps, StatefulService, Volume, WebService, Worker,
} from 'cdk8s-fairway';

/* Pods of any parts that break no rule: nothing is said that should not be, the parts fit together, and the bytes are the same twice. */

const mounts = fc.record({
  config: fc.option(fc.dictionary(fc.stringMatching(/^[a-z]{1,4}\.yaml$/), fc.string(), { minKeys: 1, maxKeys: 3 })),
  secret: fc.boolean(),
  volume: fc.nat(5),
  writable: fc.boolean(),
});
const planned = fc.record({
  version: fc.constantFrom('1.28', '1.29', '1.30', '1.34'),
  profile: fc.constantFrom(ClusterProfile.GENERIC, ClusterProfile.GKE_AUTOPILOT),
  kind: fc.constantFrom('web', 'worker', 'task', 'stateful'),
  main: mounts,
  sidecars: fc.array(mounts, { maxLength: 2 }),
  inits: fc.array(mounts, { maxLength: 2 }),
  metrics: fc.constantFrom(undefined, 0, 9090),
  replicas: fc.nat(4),
  recreated: fc.boolean(),
  hosts: fc.nat(2),
  gateway: fc.boolean(),
  cpu: fc.integer({ min: 1, max: 4000 }),
});
type Planned = typeof planned extends fc.Arbitrary<infer T> ? T : never;

const VOLUMES = [
  undefined, Volume.folder('10Mi'), Volume.memory('16Mi'), Volume.claim('data', { shared: true }), Volume.serviceAccountToken('vault'), Volume.configMap('ca-bundle'),
];
const REPLICAS = [
  undefined, Replicas.fixed(3), Replicas.between(2, 5, { memoryUtilization: 80 }), Replicas.between(2, 5, { metrics: [ScalingMetric.pods('rps', '10')] }),
  Replicas.keda({ minimum: 2, maximum: 8, triggers: [KedaTrigger.cpu(70)] }),
];

function content({ config, secret, volume, writable }: Planned['main']): Omit<ContainerProps, 'name'> {
  return {
    image: image(),
    ...(config ? { config: { '/etc/app': ConfigFiles.of(config) } } : {}),
    ...(secret ? { secrets: { '/run/secrets/db': SecretFiles.of('db') } } : {}),
    ...(VOLUMES[volume] ? { volumes: { '/mnt': VOLUMES[volume] } } : {}),
    ...(writable ? { writablePaths: { '/cache': '100Mi' } } : {}),
  };
}

function declare(root: string, plan: Planned): Platform {
  const platform = new Platform({ name: 'acme', root });
  new Environment(platform, 'prod', {
    cluster: Cluster.inCluster({ kubernetesVersion: plan.version, profile: plan.profile }),
    ...(plan.gateway ? { gateway: { name: 'public', namespace: 'gateways' } } : { ingress: { className: 'nginx', namespace: 'ingress-nginx' } }),
    quota: { cpu: '1000', memory: '4000Gi', pods: 1000 },
  });
  const isTask = plan.kind === 'task';
  const canServe = plan.kind === 'web' || plan.kind === 'stateful';
  const pod = {
    ...content(plan.main),
    resources: { cpu: `${plan.cpu}m` },
    sidecars: isTask && plan.version === '1.28' ? [] : plan.sidecars.map((each, i): SidecarProps => ({ ...content(each), name: `side-${i}`, port: 7000 + i, ...(i === 0 ? { readiness: Probe.tcp() } : {}) })),
    initContainers: plan.inits.map((each, i): ContainerProps => ({ ...content(each), name: `init-${i}` })),
    metrics: plan.metrics === undefined || (plan.metrics === 0 && !canServe) ? undefined : { port: plan.metrics || undefined },
  };
  const rollout = { replicas: REPLICAS[plan.replicas], strategy: plan.recreated ? RolloutStrategy.recreate('it may be away') : undefined };
  switch (plan.kind) {
    case 'web':
      new WebService(platform, 'app', { ...pod, ...rollout, port: 8080, readiness: Probe.http('/'), hosts: ['a.example.com', 'b.example.com'].slice(0, plan.hosts) });
      break;
    case 'worker': new Worker(platform, 'app', { ...pod, ...rollout }); break;
    case 'task': new ScheduledTask(platform, 'app', { ...pod, schedule: '@daily', timeout: Duration.minutes(10) }); break;
    default: new StatefulService(platform, 'app', { ...pod, port: 8080, readiness: Probe.grpc(), storage: { '/data': { size: '1Gi' } } });
  }
  return platform;
}

test('any pod fits together, and is written twice with the same bytes', () => {
  fc.assert(fc.property(planned, plan => {
    const [first, second] = [newFolder(), newFolder()];
    const { findings } = declare(first, plan).synthesize();
    expect(findings).toEqual([]);
    declare(second, plan).synthesize();
    const tree = readTree(first);
    expect(readTree(second)).toEqual(tree);

    const objects = Object.entries(tree).filter(([file]) => file.endsWith('.yaml')).flatMap(([, text]) => parseAllDocuments(text).map(d => d.toJS()));
    const maps = objects.filter(o => o.kind === 'ConfigMap').map(o => o.metadata.name);
    const made = objects.find(o => ['Deployment', 'StatefulSet', 'CronJob'].includes(o.kind)).spec;
    const { spec } = (made.jobTemplate?.spec ?? made).template;
    const volumes: string[] = [...spec.volumes, ...(made.volumeClaimTemplates ?? []).map((t: any) => t.metadata)].map((v: any) => v.name);
    const all: any[] = [...spec.containers, ...spec.initContainers ?? []];
    const used = all.flatMap(c => c.volumeMounts.map((m: any) => m.name));
    // Every volume is mounted, every mount has a volume, and names are unique.
    expect([...new Set(used)].sort()).toEqual([...volumes].sort());
    expect(new Set(volumes).size).toBe(volumes.length);
    expect(spec.volumes.flatMap((v: any) => v.configMap && v.configMap.name !== 'ca-bundle' ? [v.configMap.name] : []).sort()).toEqual([...maps].sort());
    for (const each of all) {
      const paths = each.volumeMounts.map((m: any) => m.mountPath);
      expect(new Set(paths).size).toBe(paths.length);
      expect(paths).toContain('/tmp');
    }
    const ports = all.flatMap(c => c.ports ?? []);
    expect(new Set(ports.map(p => p.name)).size).toBe(ports.length);
    expect(objects.filter(o => /Monitor$/.test(o.kind))).toHaveLength(plan.metrics === undefined || (plan.metrics === 0 && ['worker', 'task'].includes(plan.kind)) ? 0 : 1);
  }), { numRuns: 120 });
});
