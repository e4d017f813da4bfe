import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { BashExecutor, ScriptedExecutor, type Script } from './executors';
import { checkoutOf, downloadOf, graphOf, jobOf, matrixOf, output, runOf, status, uploadOf } from './graphs';
import { interpret, type RunFacts, type RunReport, type StepCall } from './interpreter';
import type { ConditionNode, JobNode, JobResult, StepNode, ValueNode } from '../../src/pipelines/graph';

const PUSH: RunFacts = { event: 'push' };

/** A run in which the named legs or steps fail. */
async function run(jobs: JobNode[], failing: string[] = [], facts: RunFacts = PUSH): Promise<RunReport> {
  const fails = ({ leg, step }: StepCall) => failing.includes(leg) || failing.includes(`${leg}/${step.id}`);
  return interpret(graphOf(jobs), facts, new ScriptedExecutor(call => ({ ok: !fails(call) })));
}

function results(report: RunReport): Record<string, JobResult> {
  return Object.fromEntries([...report.jobs.values()].map(job => [job.id, job.result]));
}

function legs(report: RunReport, job: string): Record<string, JobResult> {
  return Object.fromEntries(report.jobs.get(job)!.legs.map(leg => [leg.leg, leg.result]));
}

describe('jobs after jobs', () => {
  test('begin when all that they need is through', async () => {
    const report = await run([jobOf('a'), jobOf('b'), jobOf('c', ['a', 'b']), jobOf('d', ['c'])]);
    expect(report.conclusion).toBe('success');
    expect(report.order).toEqual(['a', 'b', 'c', 'd']);
  });

  test('run at once when they need nothing of each other', async () => {
    const executor = new ScriptedExecutor(() => ({ seconds: 10 }));
    await interpret(graphOf([jobOf('a'), jobOf('b'), jobOf('c', ['a'])]), PUSH, executor);
    expect(executor.calls.map(({ step, at }) => `${step} ${at}`)).toEqual(['a/main 0', 'b/main 0', 'c/main 10']);
  });

  test('are skipped after a failure, down to the last', async () => {
    const report = await run([jobOf('a'), jobOf('b', ['a']), jobOf('c', ['b'])], ['a']);
    expect(results(report)).toEqual({ a: 'failure', b: 'skipped', c: 'skipped' });
    expect(report.conclusion).toBe('failure');
  });

  test('are skipped after a skipped one, and the run succeeds', async () => {
    const report = await run([jobOf('a', [], { condition: { kind: 'literal', value: false } }), jobOf('b', ['a'])]);
    expect(results(report)).toEqual({ a: 'skipped', b: 'skipped' });
    expect(report.conclusion).toBe('success');
  });

  test('look beyond a job that runs always', async () => {
    const jobs = (condition?: ConditionNode) => [jobOf('a'), jobOf('b', ['a'], { condition: status('always') }), jobOf('c', ['b'], { condition })];
    expect(results(await run(jobs(), ['a']))).toEqual({ a: 'failure', b: 'success', c: 'skipped' });
    expect(results(await run(jobs(status('failure')), ['a']))).toEqual({ a: 'failure', b: 'success', c: 'success' });
  });

  test.each<[ConditionNode['kind'] | string, ConditionNode, JobResult, JobResult]>([
    ['success()', status('success'), 'success', 'skipped'],
    ['failure()', status('failure'), 'skipped', 'success'],
    ['always()', status('always'), 'success', 'success'],
    ['cancelled()', status('cancelled'), 'skipped', 'skipped'],
    ['not cancelled()', { kind: 'not', of: status('cancelled') }, 'success', 'success'],
    ['success() or failure()', { kind: 'or', of: [status('success'), status('failure')] }, 'success', 'success'],
    ['the result of the other', { kind: 'result', job: 'a', is: ['failure'] }, 'skipped', 'skipped'],
    ['always() and the result', { kind: 'and', of: [status('always'), { kind: 'result', job: 'a', is: ['failure'] }] }, 'skipped', 'success'],
    ['a literal alone', { kind: 'literal', value: true }, 'success', 'skipped'],
  ])('run on %s', async (_, condition, good, bad) => {
    const jobs = [jobOf('a'), jobOf('b', ['a'], { condition })];
    expect(results(await run(jobs)).b).toBe(good);
    expect(results(await run(jobs, ['a'])).b).toBe(bad);
  });

  test('count as success when they may fail', async () => {
    const report = await run([jobOf('a', [], { allowFailure: true }), jobOf('b', ['a'])], ['a']);
    expect(results(report)).toEqual({ a: 'success', b: 'success' });
    expect(report.jobs.get('a')!.outcome).toBe('failure');
    expect(report.conclusion).toBe('success');
  });

  test('are tried again as a whole, no more than told', async () => {
    const attempts = async (job: Partial<JobNode>, goodFrom: number) => {
      const script = ({ attempt }: StepCall): Script => ({ ok: attempt >= goodFrom });
      return (await interpret(graphOf([jobOf('a', [], job)]), PUSH, new ScriptedExecutor(script))).jobs.get('a')!;
    };
    expect(await attempts({ attempts: 3 }, 2)).toMatchObject({ result: 'success', legs: [{ attempts: 2 }] });
    expect(await attempts({ attempts: 3 }, 4)).toMatchObject({ result: 'failure', legs: [{ attempts: 3 }] });
    expect(await attempts({}, 2)).toMatchObject({ result: 'failure', legs: [{ attempts: 1 }] });
  });

  test('end when their time is over, and what runs always still does', async () => {
    const steps = [runOf('long'), runOf('after'), runOf('clean', 'true', { condition: status('always') })];
    const executor = new ScriptedExecutor(({ step }) => ({ seconds: step.id === 'long' ? 3600 : 1 }));
    const report = await interpret(graphOf([jobOf('a', [], { steps, timeoutMinutes: 5 })]), PUSH, executor);
    expect(report.jobs.get('a')!.legs[0].steps).toEqual([
      { id: 'long', outcome: 'cancelled' }, { id: 'after', outcome: 'skipped' }, { id: 'clean', outcome: 'success' },
    ]);
    expect(results(report)).toEqual({ a: 'cancelled' });
    expect(executor.calls.at(-1)).toMatchObject({ step: 'a/clean', at: 300 });
  });

  test('wait for an approval, and fail without it', async () => {
    const jobs = [jobOf('a', [], { approval: { message: 'Go?', approvers: [], count: 1 } }), jobOf('b', ['a'])];
    expect(results(await run(jobs))).toEqual({ a: 'success', b: 'success' });
    expect(results(await run(jobs, [], { ...PUSH, approve: false }))).toEqual({ a: 'failure', b: 'skipped' });
  });
});

describe('a run that is cancelled', () => {
  const at = (seconds: number): RunFacts => ({ ...PUSH, cancelAfterSeconds: seconds });

  test('ends what runs and what waits, but not what runs always', async () => {
    const executor = new ScriptedExecutor(() => ({ seconds: 10 }));
    const jobs = [jobOf('a'), jobOf('b', ['a']), jobOf('c', ['b'], { condition: status('cancelled') }), jobOf('d', ['a'], { condition: status('always') })];
    const report = await interpret(graphOf(jobs), at(15), executor);
    expect(results(report)).toEqual({ a: 'success', b: 'cancelled', c: 'success', d: 'success' });
    expect(report.conclusion).toBe('cancelled');
    expect(executor.calls.map(({ step, at: when }) => `${step} ${when}`)).toEqual(['a/main 0', 'b/main 10', 'd/main 10', 'c/main 15']);
  });

  test('does not begin jobs without a condition', async () => {
    const report = await interpret(graphOf([jobOf('a'), jobOf('b', ['a'])]), at(5), new ScriptedExecutor(() => ({ seconds: 10 })));
    expect(results(report)).toEqual({ a: 'cancelled', b: 'cancelled' });
  });
});

describe('steps', () => {
  const steps = (...more: StepNode[]) => [jobOf('a', [], { steps: more, outputs: [] })];
  const outcomes = (report: RunReport) => report.jobs.get('a')!.legs[0].steps.map(step => `${step.id} ${step.outcome}`);

  test('stop at a failure; conditions look at the steps before', async () => {
    const report = await run(steps(
      runOf('one'), runOf('two'), runOf('three'), runOf('mend', 'true', { condition: status('failure') }), runOf('clean', 'true', { condition: status('always') }),
    ), ['a/two']);
    expect(outcomes(report)).toEqual(['one success', 'two failure', 'three skipped', 'mend success', 'clean success']);
    expect(results(report)).toEqual({ a: 'failure' });
  });

  test('that may fail do not fail the job', async () => {
    const report = await run(steps(runOf('one', 'true', { continueOnError: true }), runOf('two')), ['a/one']);
    expect(outcomes(report)).toEqual(['one failure', 'two success']);
    expect(results(report)).toEqual({ a: 'success' });
  });

  test('are tried again after a while', async () => {
    const executor = new ScriptedExecutor(({ round }) => ({ ok: round === 3 }));
    const report = await interpret(graphOf(steps(runOf('one', 'true', { retry: { attempts: 3, delaySeconds: 10 } }))), PUSH, executor);
    expect(outcomes(report)).toEqual(['one success']);
    expect(executor.calls.map(call => call.at)).toEqual([0, 11, 22]);
  });

  test('fail when their time is over, with all their attempts', async () => {
    const executor = new ScriptedExecutor(() => ({ ok: false, seconds: 40 }));
    const one = runOf('one', 'true', { timeoutMinutes: 1, retry: { attempts: 5, delaySeconds: 0 } });
    const report = await interpret(graphOf(steps(one, runOf('two'))), PUSH, executor);
    expect(outcomes(report)).toEqual(['one failure', 'two skipped']);
    expect(executor.calls.map(call => call.at)).toEqual([0, 40]);
  });

  test('read outputs of steps before', async () => {
    const executor = new ScriptedExecutor(({ step }) => step.id === 'one' ? { outputs: { version: '1.2.3' } } : {});
    await interpret(graphOf(steps(
      runOf('one', 'true', { outputs: ['version'] }),
      runOf('two', 'true', { env: { VERSION: ['v', { kind: 'stepOutput', step: 'one', name: 'version' }] } }),
    )), PUSH, executor);
    expect(executor.calls[1].env).toEqual({ VERSION: 'v1.2.3' });
  });
});

describe('values', () => {
  test('outputs go from job to job, empty where a step did not run', async () => {
    const a = jobOf('a', [], {
      steps: [runOf('main', 'true', { outputs: ['version'] }), runOf('other', 'true', { condition: { kind: 'literal', value: false }, outputs: ['x'] })],
      outputs: [{ name: 'version', step: 'main', output: 'version' }, { name: 'x', step: 'other', output: 'x' }],
    });
    const b = jobOf('b', ['output:a'], { env: { VERSION: [output('a', 'version')], X: ['[', output('a', 'x'), ']'] } });
    const executor = new ScriptedExecutor(({ leg }) => leg === 'a' ? { outputs: { version: '1.2.3' } } : {});
    await interpret(graphOf([a, b]), PUSH, executor);
    expect(executor.calls.at(-1)!.env).toEqual({ VERSION: '1.2.3', X: '[]' });
  });

  test('inputs, secrets, contexts and results', async () => {
    const read: ValueNode[] = [
      { kind: 'input', name: 'level' }, { kind: 'input', name: 'target' }, { kind: 'secret', name: 'TOKEN' }, { kind: 'context', name: 'branch' },
      { kind: 'context', name: 'event' }, { kind: 'result', job: 'a' },
    ];
    const graph = graphOf([jobOf('a'), jobOf('b', ['a'], { env: { ALL: read.flatMap(value => [value, ' ']) } })], {
      inputs: ['level', 'target'].map(name => ({ name, type: 'string', description: '', required: false, default: `default ${name}`, options: [] })),
    });
    const executor = new ScriptedExecutor();
    await interpret(graph, { event: 'manual', inputs: { level: 'debug' }, secrets: { TOKEN: 's' }, contexts: { branch: 'main' } }, executor);
    expect(executor.calls.at(-1)!.env).toEqual({ ALL: 'debug default target s main manual success ' });
  });

  test('the nearest environment counts', async () => {
    const executor = new ScriptedExecutor();
    const job = jobOf('a', [], { env: { B: ['job'], C: ['job'] }, steps: [runOf('main', 'true', { env: { C: ['step'] } })] });
    await interpret(graphOf([job], { env: { A: ['all'], B: ['all'], C: ['all'] } }), PUSH, executor);
    expect(executor.calls[0].env).toEqual({ A: 'all', B: 'job', C: 'step' });
  });

  test.each<[ConditionNode, RunFacts, JobResult]>([
    [{ kind: 'event', is: ['push', 'tag'] }, PUSH, 'success'],
    [{ kind: 'event', is: ['schedule'] }, PUSH, 'skipped'],
    [{ kind: 'compare', value: { kind: 'context', name: 'branch' }, in: ['main', 'next'] }, { ...PUSH, contexts: { branch: 'next' } }, 'success'],
    [{ kind: 'compare', value: { kind: 'context', name: 'branch' }, in: ['main'] }, { ...PUSH, contexts: { branch: 'next' } }, 'skipped'],
    [{ kind: 'matches', value: { kind: 'context', name: 'branch' }, globs: ['release/*'] }, { ...PUSH, contexts: { branch: 'release/1' } }, 'success'],
    [{ kind: 'matches', value: { kind: 'context', name: 'branch' }, globs: ['release/*'] }, { ...PUSH, contexts: { branch: 'release/1/2' } }, 'skipped'],
    [{ kind: 'changed', filter: 'docs' }, { ...PUSH, changedFiles: ['docs/a.md'] }, 'success'],
    [{ kind: 'changed', filter: 'docs' }, { ...PUSH, changedFiles: ['docs/gen/a.md', 'src/a.ts'] }, 'skipped'],
    [{ kind: 'changed', filter: 'docs' }, PUSH, 'success'],
  ])('decide on %j', async (condition, facts, expected) => {
    const graph = graphOf([jobOf('a', [], { condition })], { filters: [{ id: 'docs', paths: { include: ['docs/**'], exclude: ['docs/gen/**'] } }] });
    expect(results(await interpret(graph, facts, new ScriptedExecutor()))).toEqual({ a: expected });
  });
});

describe('a matrix', () => {
  test('runs a leg for each combination, and fails when one does', async () => {
    const report = await run([jobOf('a', [], { matrix: matrixOf({ AXIS: ['1', '2', '3'] }) }), jobOf('b', ['a'])], ['a/2']);
    expect(legs(report, 'a')).toEqual({ 'a/1': 'success', 'a/2': 'failure', 'a/3': 'success' });
    expect(results(report)).toEqual({ a: 'failure', b: 'skipped' });
  });

  test('ends the others with fail-fast, those that run and those that wait', async () => {
    const executor = new ScriptedExecutor(({ leg }) => leg === 'a/2' ? { ok: false, seconds: 5 } : { seconds: 10 });
    const report = await interpret(graphOf([jobOf('a', [], { matrix: matrixOf({ AXIS: ['1', '2', '3'] }, { failFast: true, maxParallel: 2 }) })]), PUSH, executor);
    expect(legs(report, 'a')).toEqual({ 'a/1': 'cancelled', 'a/2': 'failure', 'a/3': 'cancelled' });
    expect(results(report)).toEqual({ a: 'failure' });
    expect(report.order).toEqual(['a/1', 'a/2']);
  });

  test('does not end the others when the job may fail', async () => {
    const report = await run([jobOf('a', [], { allowFailure: true, matrix: matrixOf({ AXIS: ['1', '2'] }, { failFast: true, maxParallel: 1 }) })], ['a/1']);
    expect(legs(report, 'a')).toEqual({ 'a/1': 'failure', 'a/2': 'success' });
    expect(results(report)).toEqual({ a: 'success' });
  });

  test('runs no more at once than may be', async () => {
    const executor = new ScriptedExecutor(() => ({ seconds: 10 }));
    await interpret(graphOf([jobOf('a', [], { matrix: matrixOf({ AXIS: ['1', '2', '3'] }, { maxParallel: 2 }) })]), PUSH, executor);
    expect(executor.calls.map(call => call.at)).toEqual([0, 0, 10]);
  });

  test('that a job computes', async () => {
    const first = jobOf('list', [], { outputs: [{ name: 'legs', step: 'main', output: 'legs' }] });
    const jobs = [first, jobOf('a', ['output:list'], {
      matrix: { kind: 'dynamic', from: { kind: 'output', job: 'list', name: 'legs' }, axes: ['OS'], failFast: false },
      env: { OS: [{ kind: 'matrix', axis: 'OS' }] },
    })];
    const computed = async (text: string) => {
      const executor = new ScriptedExecutor(({ leg }) => leg === 'list' ? { outputs: { legs: text } } : {});
      return legs(await interpret(graphOf(jobs), PUSH, executor), 'a');
    };
    expect(await computed('[{"OS":"linux"},{"OS":"mac"}]')).toEqual({ 'a/linux': 'success', 'a/mac': 'success' });
    expect(await computed('no list')).toEqual({});
  });
});

describe('with bash', () => {
  let root: string;

  beforeEach(() => { root = fs.mkdtempSync(path.join(os.tmpdir(), 'fairway-interpreter-')); });
  afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

  test('scripts, outputs and artifacts', async () => {
    const trace = path.join(root, 'trace');
    const executor = new BashExecutor({ root, files: { 'seed.txt': 'seed' }, env: { FAIRWAY_TRACE: trace } });
    const build = jobOf('build', [], {
      steps: [
        checkoutOf(),
        runOf('main', 'mkdir dist; cp seed.txt dist/a.txt; echo "version=1=2" >> "$FAIRWAY_OUTPUT"', { outputs: ['version'] }),
        uploadOf('app', 'dist'),
      ],
      outputs: [{ name: 'version', step: 'main', output: 'version' }],
    });
    const test = jobOf('test', ['output:build'], {
      env: { VERSION: [output('build', 'version')] },
      steps: [downloadOf('app', 'build', 'got'), runOf('main', 'echo "say test $VERSION $(cat got/dist/a.txt) $(ls)" >> "$FAIRWAY_TRACE"')],
    });
    const broken = jobOf('broken', ['test'], { steps: [runOf('main', 'false | true\necho "say broken" >> "$FAIRWAY_TRACE"')] });
    const report = await interpret(graphOf([build, test, broken]), PUSH, executor);
    expect(results(report)).toEqual({ build: 'success', test: 'success', broken: 'failure' });
    expect(fs.readFileSync(trace, 'utf8')).toBe('say test 1=2 seed got\n');
    expect(executor.artifacts).toEqual(['a.txt']);
  });

  test('what takes too long is ended with all that it has started', async () => {
    const executor = new BashExecutor({ root, files: {}, env: {}, minuteMillis: 200 });
    const begin = Date.now();
    const report = await interpret(graphOf([jobOf('a', [], { timeoutMinutes: 1, steps: [runOf('main', 'sleep 30 & sleep 30')] })]), PUSH, executor);
    expect(results(report)).toEqual({ a: 'cancelled' });
    expect(Date.now() - begin).toBeLessThan(10_000);
  });
});
