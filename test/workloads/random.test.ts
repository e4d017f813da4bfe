import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { newFolder, readTree } from '../support/folders';
import { image, REPOSITORY } from '../support/model';
import {
  Cluster, Egress, Environment, GitOpsEngine, Image, NamespaceRule, Platform, Probe, Replicas, WebService, WebServiceOverride, Worker, WorkloadProps,
} from 'cdk8s-fairway';

/* Any platform that breaks no rule synthesizes, says nothing that it should not say, and says it twice with the same bytes. */

interface PlannedWorkload {
  readonly isService: boolean;
  readonly isSingle: boolean;
  readonly hasDigest: boolean;
  readonly isScaled: boolean;
  readonly probe: number;
  readonly labels: Record<string, string>;
  readonly env: Record<string, string>;
  readonly cpu: number;
  readonly dependsOn: number[];
  readonly callers: number[];
  readonly hasHost: boolean;
  readonly isInAll: boolean;
  readonly overrides: number[];
}

interface Planned {
  readonly stages: Array<{ readonly version: string; readonly isLocal: boolean; readonly isPerWorkload: boolean }>;
  readonly workloads: PlannedWorkload[];
  readonly isReversed: boolean;
}

const indices = fc.uniqueArray(fc.nat(6), { maxLength: 3 });
const planned: fc.Arbitrary<Planned> = fc.record({
  stages: fc.array(fc.record({ version: fc.constantFrom('1.28', '1.30', '1.34'), isLocal: fc.boolean(), isPerWorkload: fc.boolean() }), { minLength: 1, maxLength: 3 }),
  workloads: fc.array(fc.record({
    isService: fc.boolean(),
    isSingle: fc.boolean(),
    hasDigest: fc.boolean(),
    isScaled: fc.boolean(),
    probe: fc.nat(2),
    labels: fc.dictionary(fc.stringMatching(/^[a-z]{1,5}(\/[a-z]{1,5})?$/), fc.stringMatching(/^[a-zA-Z0-9]{0,8}$/), { maxKeys: 2 }),
    env: fc.dictionary(fc.stringMatching(/^[A-Z][A-Z_]{0,3}$/), fc.string(), { maxKeys: 3 }),
    cpu: fc.integer({ min: 1, max: 4000 }),
    dependsOn: indices,
    callers: indices,
    hasHost: fc.boolean(),
    isInAll: fc.boolean(),
    overrides: indices,
  }), { maxLength: 7 }),
  isReversed: fc.boolean(),
});

/** Declares a platform; dependencies point to lower numbers, so that they make no ring. */
function declare(root: string, { stages, workloads, isReversed }: Planned): Platform {
  const platform = new Platform({ name: 'acme', root, repository: REPOSITORY, gitops: GitOpsEngine.argoCd() });
  const environments: Environment[] = [];
  stages.forEach(({ version, isLocal, isPerWorkload }, i) => {
    const options = { kubernetesVersion: version };
    environments.push(new Environment(platform, `env-${i}`, {
      cluster: isLocal ? Cluster.inCluster(options) : Cluster.named(`cluster-${i}`, options),
      namespaces: isPerWorkload ? NamespaceRule.perWorkload() : NamespaceRule.perEnvironment(),
      promotedFrom: environments.slice(-1),
      ingress: { className: 'nginx', namespace: 'ingress-nginx' },
    }));
  });
  const name = (i: number) => `w-${i}`;
  const order = workloads.map((workload, i) => ({ workload, i }));
  for (const { workload: w, i } of isReversed ? order.reverse() : order) {
    const isEverywhere = (other: number) => workloads[other].isInAll || !w.isInAll;
    const where = w.isInAll ? environments : environments.slice(-1);
    const props: WorkloadProps = {
      image: w.hasDigest ? image() : Image.of('app', { tag: '1' }),
      replicas: w.isSingle ? Replicas.fixed(1) : w.isScaled ? Replicas.between(2, 5) : undefined,
      labels: w.labels,
      env: w.env,
      resources: { cpu: `${w.cpu}m` },
      dependsOn: w.dependsOn.filter(other => other < i && isEverywhere(other)).map(name),
      egress: w.isScaled ? [Egress.cidr('0.0.0.0/0', 443)] : [],
      environments: w.isInAll ? undefined : where,
    };
    const overridden = where.filter((_, e) => w.overrides.includes(e));
    const overrides: Record<string, WebServiceOverride> = Object.fromEntries(overridden.map(e => [e.name, { env: { ONLY: e.name } }]));
    const hosts = Object.fromEntries(where.map(e => [e.name, { ...overrides[e.name], host: `w-${i}.${e.name}.example.com` }]));
    if (w.isService) {
      new WebService(platform, name(i), {
        ...props,
        port: 8000 + i,
        readiness: [Probe.http('/'), Probe.grpc(), Probe.tcp({ period: Duration.seconds(1 + i) })][w.probe],
        callers: w.callers.filter(other => other < workloads.length).map(name),
        overrides: w.hasHost ? hosts : overrides,
      });
    } else {
      new Worker(platform, name(i), { ...props, overrides });
    }
  }
  return platform;
}

test('300 platforms', () => {
  const root = newFolder();
  let run = 0;
  fc.assert(fc.property(planned, plan => {
    const folder = `${root}/${run++}`;
    const first = declare(folder, plan);
    const { findings } = quietly(() => first.synthesize());
    expect(new Set(findings.map(f => f.severity))).toEqual(new Set(findings.length > 0 ? ['warning'] : []));
    expect(findings.map(f => `${f.code} ${f.path}`).sort()).toEqual(plan.workloads.flatMap((w, i) => [
      ...(w.hasDigest ? [] : [`FW303 w-${i}`]),
      ...(w.isInAll || plan.stages.length === 1 ? [] : [`FW222 w-${i}`]),
      ...(w.isSingle ? [`FW409 w-${i}`] : []),
    ]).sort());
    const tree = readTree(folder);

    const again = quietly(() => declare(folder, { ...plan, isReversed: !plan.isReversed }).synthesize());
    expect(again.written).toEqual([]);
    expect(again.removed).toEqual([]);
    expect(readTree(folder)).toEqual(tree);
  }), { numRuns: 300 });
});

/** Warnings are expected here; nobody needs to read them. */
function quietly<T>(run: () => T): T {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    return run();
  } finally {
    write.mockRestore();
  }
}
