import * as fc from 'fast-check';
import { changeShop, contents, digest, shopFolder, stateOf, writeState } from './promotion-support';
import { fairway } from './support';

/*
 * After any promotion a synth changes no file: what is made of some workloads alone is what is made of them among all. Over programs with
 * several environments, strategies, dependencies and configuration.
 */

interface Planned {
  readonly engine: string;
  readonly gitops: boolean;
  readonly namespaces: string;
  readonly stages: number;
  readonly workloads: Array<{
    readonly isService: boolean;
    readonly strategy: string;
    readonly replicas: string;
    readonly more: string;
    readonly dependsOn: boolean;
    readonly isEverywhere: boolean;
    readonly moves: boolean;
  }>;
}

const ROLLING = 'RolloutStrategy.rollingUpdate()';
const STRATEGIES = [ROLLING, 'RolloutStrategy.recreate()', 'RolloutStrategy.canary({ steps: Steps.cautious() })', 'RolloutStrategy.blueGreen({})'];

const planned: fc.Arbitrary<Planned> = fc.record({
  engine: fc.constantFrom('kubernetes', 'argoRollouts'),
  gitops: fc.boolean(),
  namespaces: fc.constantFrom('perEnvironment', 'perWorkload'),
  stages: fc.integer({ min: 2, max: 3 }),
  workloads: fc.array(fc.record({
    isService: fc.boolean(),
    strategy: fc.constantFrom(...STRATEGIES),
    replicas: fc.constantFrom('fixed(2)', 'fixed(5)', 'between(2, 6)'),
    more: fc.constantFrom('', 'overrides: { [last.name]: { env: { A: \'b\' } } }', 'labels: { team: \'x\' }', 'metrics: {}'),
    dependsOn: fc.boolean(),
    isEverywhere: fc.boolean(),
    moves: fc.boolean(),
  }), { minLength: 2, maxLength: 4 }),
});

const environment = (i: number) => `env-${i}`;
const name = (i: number) => `w-${i}`;

/** A program of it. What cannot go together is left out. */
function options({ engine, gitops, namespaces, stages, workloads }: Planned) {
  const argoCd = 'repository: \'https://github.com/acme/platform\', gitops: fairway.GitOpsEngine.argoCd(), ';
  return {
    platform: `{ name: 'shop', ${gitops ? argoCd : ''}rollouts: RolloutEngine.${engine}() }`,
    environments: `const all = []; for (let i = 0; i < ${stages}; i++) {
      all.push(environment('env-' + i, { promotedFrom: all.slice(-1), namespaces: fairway.NamespaceRule.${namespaces}() }));
    } const last = all.at(-1);`,
    workloads: workloads.map((w, i) => {
      const strategy = w.isService && engine === 'argoRollouts' ? w.strategy : ROLLING;
      const before = workloads.flatMap((other, j) => j < i && other.isService && other.isEverywhere ? [`'${name(j)}'`] : []).slice(0, 1);
      const props = [
        `replicas: Replicas.${strategy.includes('recreate') ? 'fixed(1)' : w.replicas}`, `strategy: ${strategy}`, w.more, `dependsOn: [${w.dependsOn ? before.join() : ''}]`,
        `environments: ${w.isEverywhere ? 'all' : 'all.slice(-2)'}`,
      ];
      return `${w.isService ? 'service' : 'worker'}('${name(i)}', { ${props.filter(Boolean).join(', ')} });`;
    }).join('\n'),
  };
}

test('partial rendering is full rendering', async () => {
  const folder = shopFolder();
  let promoted = 0;
  await fc.assert(fc.asyncProperty(planned, async plan => {
    const shop = options(plan);
    changeShop(folder, shop);
    const [from, to] = [environment(plan.stages - 2), environment(plan.stages - 1)];
    for (let i = 0; i < plan.stages; i++) {
      writeState(folder, environment(i), {});
    }
    writeState(folder, from, Object.fromEntries(plan.workloads.map((_, i) => [name(i), String(i + 1)])));
    const first = await fairway(folder, ['synth', '--quiet']);
    fc.pre(first.code === 0);
    const chosen = plan.workloads.flatMap((w, i) => w.moves || i === 0 ? [name(i)] : []);
    const run = await fairway(folder, ['promote', ...chosen, '--to', to]);
    expect(run).toMatchObject({ code: 0, err: '' });
    const { workloads } = stateOf(folder, to);
    expect(chosen.map(workload => workloads[workload].digest)).toEqual(chosen.map(workload => digest(Number(workload.slice(2)) + 1)));
    const before = contents(folder);
    await fairway(folder, ['synth', '--quiet']);
    expect(contents(folder)).toEqual(before);
    promoted++;
  }), { numRuns: 12, maxSkipsPerRun: 5 });
  expect(promoted).toBeGreaterThan(8);
}, 600_000);
