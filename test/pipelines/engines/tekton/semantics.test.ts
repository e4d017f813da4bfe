import { spawnSync } from 'child_process';
import * as fc from 'fast-check';
import { lower } from './lowered';
import type { ConditionNode, EventName, JobNode, JobResult, PipelineGraph } from '../../../../src/pipelines/graph';
import { evaluate, globMatches, JobOrder, leavesOf, meant } from '../../../../src/pipelines/graph';
import { context, graphOf, jobOf, output } from '../../graphs';
import '../../../support/properties';

/*
 * Which jobs run: as GitHub decides it, and as Tekton does with what is written (docs/pipelines.md of tektoncd/pipeline: order dependents of a skipped task
 * run, resource dependents are skipped, nothing starts after a failure, finally tasks run all the same).
 */

interface World { readonly event: EventName; readonly branch: string; readonly failing: ReadonlySet<string>; readonly cancelled?: string }

/** What GitHub makes of it. */
function onGitHub({ jobs }: PipelineGraph, { event, branch, failing }: World): Map<string, JobResult> {
  const order = new JobOrder(jobs);
  const results = new Map<string, JobResult>();
  for (const each of jobs) {
    const before = order.ancestorsOf(each.id).map(id => results.get(id));
    const runs = evaluate(meant(each.condition), {
      status: status => ({ success: before.every(result => result === 'success'), failure: before.includes('failure'), always: true, cancelled: false })[status],
      result: id => results.get(id),
      event: () => event,
      value: value => value.kind === 'context' && value.name === 'branch' ? branch : 'yes',
      changed: () => true,
      matches: globMatches,
    });
    results.set(each.id, !runs ? 'skipped' : failing.has(each.id) && !each.allowFailure ? 'failure' : 'success');
  }
  return results;
}

/** What scripts have printed, which costs a process each. */
const PRINTED = new Map<string, string>();

/** What Tekton makes of the objects: the jobs that do something. */
function onTekton(lowering: ReturnType<typeof lower>, { event, branch, failing, cancelled }: World): Set<string> {
  const statuses = new Map<string, string>();
  const results = new Map<string, string>();
  const ran = new Set<string>();
  let isStopped = false;
  // pipelinerunresolution.go, getReason: nothing for a task that did not run.
  const reasonOf = (name: string) => ({ None: '', Failed: name === cancelled ? 'TaskRunCancelled' : 'Failed', Succeeded: 'Succeeded' })[statuses.get(name)!];
  const resolve = (text: string): string | undefined => {
    let isMissing = false;
    const resolved = text.replace(/\$\(([^)]+)\)/g, (_, inner: string) => {
      const [head, name, kind] = inner.split('.');
      const value = head === 'params'
        ? ({ 'ctx-event': event, 'ctx-branch': branch } as Record<string, string>)[name]
        : inner === 'tasks.status'
          ? [...statuses.values()].includes('Failed') ? 'Failed' : [...statuses.values()].includes('None') ? 'Completed' : 'Succeeded'
          : kind === 'status' ? statuses.get(name) : kind === 'reason' ? reasonOf(name) : results.get(inner);
      isMissing ||= value === undefined;
      return value ?? '';
    });
    return isMissing ? undefined : resolved;
  };
  const attempt = (task: any): boolean => {
    const texts = [...(task.params ?? []).map((param: any) => param.value), ...(task.when ?? []).map((when: any) => when.input)].flat();
    if (texts.some((text: string) => resolve(text) === undefined)) {
      return false; // skipped with what it reads of
    }
    return (task.when ?? []).every(({ input, operator, values }: any) => values.includes(resolve(input)) === (operator === 'in'));
  };
  const script = (name: string, stepName: string, task: any) => {
    const found = lowering.objects.find(object => object.kind === 'Task' && object.metadata.name === task.taskRef.name);
    const step = found.spec.steps.find((each: any) => each.name === stepName);
    const params = Object.fromEntries((task.params ?? []).map((param: any) => [param.name, resolve(param.value)]));
    const env = Object.fromEntries(step.env.map((each: any) => [each.name, each.value.replace(/\$\(params\.([^)]+)\)/g, (_: string, param: string) => params[param])]));
    const shared = step.script.replace('touch /fairway/skip', 'echo SKIP').replaceAll(' > "$FAIRWAY_RESULT"', '');
    const key = JSON.stringify([shared, env]);
    if (!PRINTED.has(key)) {
      const { stdout, status } = spawnSync('bash', ['-c', shared], { env: { PATH: process.env.PATH, ...env }, encoding: 'utf8' });
      expect([name, status]).toEqual([name, 0]);
      PRINTED.set(key, stdout);
    }
    return PRINTED.get(key)!;
  };
  const run = (task: any) => {
    const isRun: boolean = attempt(task);
    const isFailing: boolean = isRun && (failing.has(task.name) || task.name === cancelled);
    statuses.set(task.name, !isRun ? 'None' : isFailing ? 'Failed' : 'Succeeded');
    if (isRun && task.name.endsWith('-when')) {
      results.set(`tasks.${task.name}.results.run`, script(task.name, 'run', task));
    } else if (isRun) {
      ran.add(task.name);
      results.set(`tasks.${task.name}.results.ok`, 'yes');
    }
    return isFailing && (task.onError !== 'continue' || task.name === cancelled);
  };
  // Wave by wave: what is ready starts at once, and what failed is known afterwards.
  let waiting: any[] = lowering.pipeline.spec.tasks;
  while (waiting.length > 0) {
    const isReady = (task: any) => [...task.runAfter ?? [], ...[...JSON.stringify([task.params, task.when]).matchAll(/\$\(tasks\.([^.]+)\.results/g)].map(match => match[1])].every(name => statuses.has(name));
    const ready = waiting.filter(isReady);
    expect(ready.length).toBeGreaterThan(0);
    waiting = waiting.filter(task => !ready.includes(task));
    if (isStopped) {
      ready.forEach(task => statuses.set(task.name, 'None'));
    } else {
      isStopped = ready.map(run).includes(true);
    }
  }
  for (const task of lowering.pipeline.spec.finally ?? []) {
    const hasGate = lowering.objects.find(object => object.kind === 'Task' && object.metadata.name === task.taskRef.name).spec.steps.some((step: any) => step.name === 'gate');
    if (attempt(task) && !(hasGate && script(task.name, 'gate', task).includes('SKIP'))) {
      ran.add(task.name);
    }
  }
  return ran;
}

const leaf = (needs: string[]): fc.Arbitrary<ConditionNode> => fc.oneof(
  fc.constantFrom<ConditionNode>(
    { kind: 'event', is: ['push'] }, { kind: 'event', is: ['push', 'manual'] }, { kind: 'compare', value: context('branch'), in: ['main'] }, { kind: 'compare', value: context('branch'), in: ['main', 'next'] },
    { kind: 'matches', value: context('branch'), globs: ['release/*', 'main'] }, { kind: 'matches', value: context('branch'), globs: ['main'] }, { kind: 'literal', value: true },
  ),
  fc.constantFrom<ConditionNode>(...(['success', 'failure', 'always'] as const).map(status => ({ kind: 'status', status }) as ConditionNode)),
  ...needs.length === 0 ? [] : [fc.record({ kind: fc.constant('result' as const), job: fc.constantFrom(...needs), is: fc.constantFrom<JobResult[]>(['success'], ['failure'], ['skipped', 'failure']) })],
);

const condition = (needs: string[]): fc.Arbitrary<ConditionNode | undefined> => fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 2, arbitrary: leaf(needs) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('and' as const, 'or' as const), of: fc.array(fc.oneof(leaf(needs), leaf(needs).map(of => ({ kind: 'not', of }) as ConditionNode)), { minLength: 2, maxLength: 3 }) }) },
);

const graphs: fc.Arbitrary<PipelineGraph> = fc.integer({ min: 1, max: 6 }).chain(count => fc.tuple(...Array.from({ length: count }, (_, i) => {
  const before = Array.from({ length: i }, (__, j) => `j${j}`);
  return fc.subarray(before, { maxLength: Math.min(3, i) }).chain(needs => fc.tuple(condition(needs), fc.integer({ min: 0, max: 5 }), fc.boolean()).map(([cond, dice, reads]): JobNode => jobOf(`j${i}`, needs, {
    ...cond && { condition: cond },
    allowFailure: dice === 0,
    outputs: [{ name: 'ok', step: 'main', output: 'ok' }],
    ...reads && cond === undefined && needs.length > 0 && { env: { OK: [output(needs[0], 'ok')] } },
  })));
}))).map(jobs => graphOf(jobs));

const worlds: fc.Arbitrary<World> = fc.record({
  event: fc.constantFrom<EventName>('push', 'manual', 'tag'),
  branch: fc.constantFrom('main', 'next', 'release/1', 'x'),
  failing: fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { maxLength: 2 }).map(list => new Set(list.map(i => `j${i}`))),
});

/** Whether Tekton can do it at all. */
const isFine = (given: ReturnType<typeof lower>) => given.gaps.length === 0;

(process.platform === 'win32' ? test.skip : test)('without failures, the same jobs run', () => {
  let compared = 0;
  fc.assert(fc.property(graphs, worlds, (given, world) => {
    const lowering = lower(given);
    if (isFine(lowering)) {
      compared++;
      const calm = { ...world, failing: new Set<string>() };
      const expected = [...onGitHub(given, calm)].filter(([, result]) => result !== 'skipped').map(([id]) => id);
      expect([...onTekton(lowering, calm)].sort()).toEqual(expected.sort());
    }
  }), { numRuns: 200 });
  expect(compared).toBeGreaterThan(100);
});

(process.platform === 'win32' ? test.skip : test)('after a failure, no job runs that GitHub would not run, and those at the end run where they may', () => {
  fc.assert(fc.property(graphs, worlds, (given, world) => {
    const lowering = lower(given);
    const results = onGitHub(given, world);
    const failed = given.jobs.filter(each => results.get(each.id) === 'failure');
    const last = (lowering.pipeline.spec.finally ?? []).map((task: any) => task.name);
    // A finally task that fails stops nobody; what other branches would have done is lost, and said.
    if (!isFine(lowering) || failed.some(each => last.includes(each.id))) {
      return;
    }
    const ran = onTekton(lowering, world);
    const lost = given.jobs.filter(each => results.get(each.id) !== 'skipped' && !ran.has(each.id) && !last.includes(each.id)).map(each => each.id);
    const expected = new Set([...results].filter(([, result]) => result !== 'skipped').map(([id]) => id));
    if (lost.length > 0) {
      expect(failed.length).toBeGreaterThan(0);
      expect(lowering.rows.map(row => row.part)).toContain('independent jobs');
      return;
    }
    expect([...ran].sort()).toEqual([...expected].sort());
  }), { numRuns: 200 });
});

const OUTCOMES: readonly JobResult[] = ['success', 'failure', 'cancelled', 'skipped'];
const SETS = Array.from({ length: 15 }, (_, i) => OUTCOMES.filter((__, bit) => ((i + 1) >> bit) % 2 === 1));

(process.platform === 'win32' ? test.skip : test).each([false, true])('a condition asks exactly what a job came to, when failing is allowed: %s', allowFailure => {
  const always: ConditionNode = { kind: 'status', status: 'always' };
  for (const is of SETS) {
    for (const asked of [{ kind: 'result', job: 'a', is }, { kind: 'not', of: { kind: 'result', job: 'a', is } }] as ConditionNode[]) {
      const lowering = lower(graphOf([
        jobOf('a', [], { allowFailure, condition: { kind: 'event', is: ['push'] } }), jobOf('z', ['a'], { condition: { kind: 'and', of: [always, asked] } }),
      ]));
      expect(lowering.gaps).toEqual([]);
      for (const outcome of OUTCOMES) {
        const world = { event: outcome === 'skipped' ? 'manual' as const : 'push' as const, branch: 'main', failing: new Set(outcome === 'failure' ? ['a'] : []), ...outcome === 'cancelled' && { cancelled: 'a' } };
        const holds = is.includes(outcome === 'failure' && allowFailure ? 'success' : outcome) === (asked.kind === 'result');
        expect([asked, outcome, onTekton(lowering, world).has('z')]).toEqual([asked, outcome, holds]);
      }
    }
  }
});

test('a condition on several jobs, one of which may be cancelled, is worked out by the job', () => {
  const either: ConditionNode = { kind: 'or', of: [{ kind: 'result', job: 'a', is: ['cancelled'] }, { kind: 'result', job: 'b', is: ['failure'] }] };
  const { pipeline } = lower(graphOf([jobOf('a'), jobOf('b'), jobOf('z', ['a', 'b'], { condition: { kind: 'and', of: [{ kind: 'status', status: 'always' }, either] } })]));
  expect(pipeline.spec.finally).toEqual([expect.objectContaining({
    name: 'z', params: [{ name: 'status-a', value: '$(tasks.a.status) $(tasks.a.reason)' }, { name: 'status-b', value: '$(tasks.b.status) $(tasks.b.reason)' }],
  })]);
  expect(pipeline.spec.finally[0].when).toBeUndefined();
});

test('every leaf of a condition is asked for somewhere, or refused', () => {
  fc.assert(fc.property(graphs, given => {
    const lowering = lower(given);
    for (const each of given.jobs.filter(({ condition: own }) => own !== undefined && leavesOf(own).some(({ kind }) => kind === 'event'))) {
      expect(lowering.rows.filter(row => row.job === each.id).map(row => row.part).join()).toMatch(/if /);
    }
  }));
});
