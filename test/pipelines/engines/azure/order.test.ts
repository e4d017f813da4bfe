import * as fc from 'fast-check';
import { value } from './expression';
import { codes, graph, job, lower, Lowered, needs, run } from './graphs';
import '../../../support/properties';
import { ConditionNode, evaluate, JobNode, JobOrder, JobResult, meant, PipelineGraph } from '../../../../src/pipelines/graph';

/** What jobs come to by the rules of the graph, when these would fail if they ran. */
function expected(given: PipelineGraph, failing: ReadonlySet<string>, ref: string): Record<string, JobResult> {
  const order = new JobOrder(given.jobs);
  const results: Record<string, JobResult> = {};
  for (const each of given.jobs) {
    const before = order.ancestorsOf(each.id).map(id => results[id]);
    const runs = evaluate(meant(each.condition), {
      status: status => ({ always: true, cancelled: false, success: before.every(result => result === 'success'), failure: before.includes('failure') })[status],
      result: id => results[id],
      event: () => 'push',
      value: () => ref.replace('refs/heads/', ''),
      changed: () => undefined,
      matches: () => false,
    });
    results[each.id] = !runs ? 'skipped' : failing.has(each.id) && !each.allowFailure ? 'failure' : 'success';
  }
  return results;
}

/** What Azure Pipelines makes of the file; `succeeded()` and `failed()` look at the direct jobs, or at all before. */
function carriedOut(lowered: Lowered, failing: ReadonlySet<string>, ref: string, recursive: boolean): Record<string, string> {
  const all: Record<string, string> = {};
  const stages: Record<string, string> = {};
  const variables = { 'Build.SourceBranch': ref, 'Build.Reason': 'IndividualCI' };
  const listed = (x: unknown): string[] => x === undefined ? [] : typeof x === 'string' ? [x] : x as string[];
  for (const stage of lowered.file.stages ?? [lowered.file]) {
    const stagesBefore = listed(stage.dependsOn).map(id => stages[id]);
    const starts = value(stage.condition ?? 'succeeded()', {
      variables,
      status: name => name === 'succeeded' && stagesBefore.every(result => result === 'Succeeded'),
    });
    const results: Record<string, string> = {};
    const waits: Record<string, string[]> = {};
    for (const each of stage.jobs) {
      const id = each.job ?? each.deployment;
      const direct = listed(each.dependsOn);
      waits[id] = [...new Set(direct.flatMap(other => [other, ...waits[other]]))];
      const seen = (recursive ? waits[id] : direct).map(other => results[other]);
      const visible = Object.fromEntries([
        ...direct.map(other => [other, results[other]]),
        // Whether a skipped stage tells of its jobs is not documented.
        ...Object.entries(all).map(([name, result]) => [name, name.split('.')[0], result])
          .filter(([, of]) => listed(stage.dependsOn).includes(of)).map(([name, of, result]) => [name, stages[of] === 'Skipped' ? null : result]),
      ]);
      const runs = starts && value(each.condition ?? 'succeeded()', {
        variables,
        results: visible,
        status: name => name === 'succeeded' ? seen.every(result => /^Succeeded/.test(result)) : name === 'failed' && seen.includes('Failed'),
      });
      results[id] = !runs ? 'Skipped' : !failing.has(id) ? 'Succeeded' : each.continueOnError ? 'SucceededWithIssues' : 'Failed';
      all[stage.stage === undefined ? id : `${stage.stage}.${id}`] = results[id];
    }
    stages[stage.stage] = !starts ? 'Skipped' : Object.values(results).includes('Failed') ? 'Failed' : 'Succeeded';
  }
  return Object.fromEntries(Object.entries(all).map(([name, result]) => [name.replace(/^.*\./, ''), result]));
}

const NAMES: Record<string, JobResult> = { Succeeded: 'success', SucceededWithIssues: 'success', Failed: 'failure', Skipped: 'skipped' };

const success: ConditionNode = { kind: 'status', status: 'success' };
const failure: ConditionNode = { kind: 'status', status: 'failure' };
const always: ConditionNode = { kind: 'status', status: 'always' };
const onMain: ConditionNode = { kind: 'compare', value: { kind: 'context', name: 'branch' }, in: ['main'] };

const someGraph = fc.record({
  size: fc.integer({ min: 3, max: 8 }),
  // Which of the three jobs before it a job waits for.
  edges: fc.array(fc.constantFrom(0, 1, 1, 1, 2, 3, 4, 5), { minLength: 8, maxLength: 8 }),
  conditions: fc.array(fc.nat(7), { minLength: 8, maxLength: 8 }),
  allowed: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
  cuts: fc.option(fc.array(fc.nat(8), { minLength: 1, maxLength: 2 })),
  deploys: fc.array(fc.constantFrom(false, false, true), { minLength: 8, maxLength: 8 }),
}).map(({ size, edges, conditions, allowed, cuts, deploys }) => {
  const ids = Array.from({ length: size }, (_, i) => `j-${i}`);
  const jobs: JobNode[] = ids.map((id, i) => {
    const before = [3, 2, 1].filter(back => (edges[i] & (1 << (back - 1))) !== 0 && back <= i).map(back => i - back);
    const last = before.at(-1);
    const condition = [
      undefined, undefined, undefined, always, failure, onMain, { kind: 'or', of: [failure, success] } as ConditionNode,
      last === undefined ? undefined : { kind: 'and', of: [always, { kind: 'result', job: ids[last], is: ['failure', 'skipped'] }] } as ConditionNode,
    ][conditions[i]];
    const stage = cuts === null ? undefined : `s${cuts.filter(cut => cut <= i).length}`;
    return job(id, {
      needs: needs(...before.map(at => ids[at])), condition, stage, allowFailure: allowed[i] && i % 3 === 0, environment: deploys[i] ? { name: 'prod' } : undefined,
    });
  });
  const stages = [...new Set(jobs.map(each => each.stage))].filter(id => id !== undefined)
    .map(id => ({ id, name: id, jobs: jobs.filter(each => each.stage === id).map(each => each.id) }));
  return graph(jobs, { stages });
});

test('each job runs when it would on GitHub, however succeeded() is read', () => {
  fc.assert(fc.property(someGraph, fc.array(fc.nat(7)), fc.boolean(), fc.boolean(), (given, fails, isMain, recursive) => {
    const failing = new Set(fails.map(i => `j-${i}`));
    const ref = isMain ? 'refs/heads/main' : 'refs/heads/other';
    const found = carriedOut(lower(given), new Set([...failing].map(id => id.replace('-', '_'))), ref, recursive);
    const results = Object.fromEntries(Object.entries(found).map(([id, result]) => [id.replace('_', '-'), NAMES[result]]));
    expect(results).toEqual(expected(given, failing, ref));
  }), { numRuns: 150 });
});

test('a job with an environment begins its stage, which needs only stages before it', () => {
  fc.assert(fc.property(someGraph, given => {
    const order = new JobOrder(given.jobs);
    const { file } = lower(given);
    const before = new Set<string>();
    const jobs: string[] = [];
    for (const stage of file.stages ?? [file]) {
      const ids: string[] = stage.jobs.map((each: any) => (each.job ?? each.deployment).replace('_', '-'));
      const [first, ...others] = ids;
      const deployments = ids.filter(id => given.jobs.find(each => each.id === id)!.environment);
      const isFirst = deployments.length === 1 && deployments[0] === first && others.every(id => order.isAncestor(first, id));
      expect(deployments.length === 0 || isFirst).toBe(true);
      expect((stage.dependsOn ?? []).filter((id: string) => !before.has(id))).toEqual([]);
      before.add(stage.stage);
      jobs.push(...ids);
    }
    expect(jobs.sort()).toEqual(given.jobs.map(each => each.id).sort());
  }), { numRuns: 150 });
});

test('a job waits for all ancestors whose failure another one hides', () => {
  const jobs = [job('a'), job('b', { needs: needs('a'), condition: always }), job('c', { needs: needs('b') })];
  const lowered = lower(graph(jobs));
  expect(lowered.job('b')).toMatchObject({ dependsOn: 'a', condition: 'always()' });
  expect(lowered.job('c').dependsOn).toEqual(['b', 'a']);
  expect(lowered.job('c').condition).toBeUndefined();
});

describe('stages', () => {
  const staged = (first: JobNode[], second: JobNode[]) => graph([
    ...first.map(each => ({ ...each, stage: 'one' })), ...second.map(each => ({ ...each, stage: 'two-b' })),
  ], {
    stages: [{ id: 'one', name: 'One', jobs: first.map(each => each.id) }, { id: 'two-b', name: 'Two', jobs: second.map(each => each.id) }],
  });

  test('depend on each other as their jobs do, and start as usual when nothing else is in the way', () => {
    const [one, two] = lower(staged([job('a')], [job('b', { needs: needs('a') })])).file.stages;
    expect(one).toMatchObject({ stage: 'one', displayName: 'One', dependsOn: [] });
    expect(one.condition).toBeUndefined();
    expect(two).toMatchObject({ stage: 'two_b', dependsOn: ['one'] });
    expect(two.condition).toBeUndefined();
    expect(two.jobs[0].dependsOn).toBeUndefined();
    expect(two.jobs[0].condition).toBe('and(succeeded(), in(stageDependencies.one.a.result, \'Succeeded\', \'SucceededWithIssues\'))');
  });

  test('start also after a failure of a job that they do not wait for', () => {
    const [, two] = lower(staged([job('a'), job('x')], [job('b', { needs: needs('a') })])).file.stages;
    expect(two.condition).toBe('not(canceled())');
  });

  test('start when the run is cancelled, if one of their jobs does', () => {
    const [, two] = lower(staged([job('a')], [job('b', { needs: needs('a'), condition: always })])).file.stages;
    expect(two.condition).toBe('always()');
  });

  test('that would wait for each other are one list of jobs', () => {
    const a = job('a', { stage: 'one' });
    const b = job('b', { stage: 'two', needs: needs('a') });
    const c = job('c', { stage: 'one', needs: needs('b') });
    const lowered = lower(graph([a, b, c], { stages: [{ id: 'one', name: 'One', jobs: ['a', 'c'] }, { id: 'two', name: 'Two', jobs: ['b'] }] }));
    expect(lowered.file.stages).toBeUndefined();
    expect(lowered.file.jobs.map((each: any) => each.job)).toEqual(['a', 'b', 'c']);
    expect(lowered.rows.find(row => row.part === 'stages')?.how).toContain('one list of jobs');
    expect(codes(lowered.findings)).toEqual([]);
  });
});

describe('a job with an environment', () => {
  const environment = { name: 'prod' };
  const onPush: ConditionNode = { kind: 'event', is: ['push'] };
  const push = 'in(variables[\'Build.Reason\'], \'IndividualCI\', \'BatchedCI\'), not(startsWith(variables[\'Build.SourceBranch\'], \'refs/tags/\'))';

  test('stands in a stage of its own, so that nobody is asked to agree before there is something to agree to', () => {
    const jobs = [
      job('lint'), job('test', { needs: needs('lint') }), job('docs'),
      job('staging', { needs: needs('test'), condition: onPush, environment }), job('smoke', { needs: needs('staging') }),
      job('prod', { needs: needs('smoke'), condition: onPush, environment }), job('report', { needs: needs('docs') }),
    ];
    const lowered = lower(graph(jobs));
    expect(lowered.file.jobs).toBeUndefined();
    const idOf = (one: any) => one.job ?? one.deployment;
    expect(lowered.file.stages.map((each: any) => [each.stage, each.displayName, each.dependsOn, each.jobs.map(idOf)])).toEqual([
      ['lint', 'lint, test', [], ['lint', 'test']],
      ['docs', 'docs, report', [], ['docs', 'report']],
      ['staging', 'staging', ['lint'], ['staging']],
      ['smoke', 'smoke', ['staging'], ['smoke']],
      ['prod', 'prod', ['smoke'], ['prod']],
    ]);
    expect(lowered.rows.find(row => row.part === 'order of approvals')?.how).toContain('begins a stage');
  });

  test('is not asked for when it will be skipped', () => {
    const changes = job('changes', { steps: [run('true', { id: 'compare', outputs: ['app'] })], outputs: [{ name: 'app', step: 'compare', output: 'app' }] });
    const isChanged: ConditionNode = { kind: 'compare', value: { kind: 'output', job: 'changes', name: 'app' }, in: ['true'] };
    const prodJob = job('prod', { needs: needs('changes', 'test'), condition: isChanged, environment });
    const jobs = [changes, job('test', { needs: needs('changes'), condition: onPush }), prodJob];
    const [, prod] = lower(graph(jobs)).file.stages;
    expect(prod.condition).toBe(`and(succeeded(), ${push}, eq(dependencies.changes.outputs['changes.compare.app'], 'true'))`);
    expect(prod.jobs[0].condition).toContain('eq(stageDependencies.changes.changes.outputs[\'compare.app\'], \'true\')');
  });

  test('leaves a stage whole that begins with it, and the file without stages when it is the first', () => {
    const prod = job('prod', { environment });
    const smoke = job('smoke', { needs: needs('prod') });
    expect(lower(graph([prod, smoke])).file.stages).toBeUndefined();
    const staged = graph([job('test', { stage: 'one' }), { ...prod, needs: needs('test'), stage: 'two' }, { ...smoke, stage: 'two' }], {
      stages: [{ id: 'one', name: 'One', jobs: ['test'] }, { id: 'two', name: 'Two', jobs: ['prod', 'smoke'] }],
    });
    expect(lower(staged).file.stages.map((each: any) => each.displayName)).toEqual(['One', 'Two']);
  });

  test('does not keep a job of its stage from running when it is skipped', () => {
    const jobs = [job('prod', { condition: onPush, environment }), job('tidy', { needs: needs('prod'), condition: always })];
    expect(lower(graph(jobs)).file.stages.map((each: any) => each.condition)).toEqual([`and(succeeded(), ${push})`, 'always()']);
  });

  test('divides a stage that does not begin with it', () => {
    const all = graph([job('test', { stage: 'one' }), job('prod', { needs: needs('test'), stage: 'one', environment })], { stages: [{ id: 'one', name: 'One', jobs: ['test', 'prod'] }] });
    expect(lower(all).file.stages.map((each: any) => [each.stage, each.displayName])).toEqual([['one_test', 'One: test'], ['one_prod', 'One: prod']]);
  });
});

test('identifiers are made of ids, once each, and none that is reserved', () => {
  const ids = ['a-b', '1x', 'deploy'].map(id => job(id));
  expect(lower(graph(ids)).file.jobs.map((each: any) => each.job)).toEqual(['a_b', '_1x', 'deploy_job']);
});

test('a thousand jobs are lowered in no time', () => {
  const jobs = Array.from({ length: 1000 }, (_, i) => job(`j${i}`, { needs: needs(...[i - 1, i - 2].filter(at => at >= 0).map(at => `j${at}`)) }));
  expect(lower(graph(jobs)).file.jobs).toHaveLength(1000);
});
