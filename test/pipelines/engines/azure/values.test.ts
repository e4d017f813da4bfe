import { spawnSync } from 'child_process';
import * as fc from 'fast-check';
import { expand, handed } from './azure';
import { value } from './expression';
import { codes, graph, job, lower, matrix, needs, run, step } from './graphs';
import '../../../support/properties';
import { globExpression, joined } from '../../../../src/pipelines/engines/azure/conditions';
import { AzureRepository } from '../../../../src/pipelines/engines/azure/options';
import { ConditionNode, ContextName, globMatches, InputNode, ValueNode } from '../../../../src/pipelines/graph';

const context = (name: ContextName): ValueNode => ({ kind: 'context', name });

/** The job of a graph with one step, whose environment reads a value. */
function reading(given: ValueNode, more: Parameters<typeof graph>[1] = {}, before = [job('first', {
  steps: [run('true', { id: 'meta', outputs: ['version'] })], outputs: [{ name: 'version', step: 'meta', output: 'version' }],
})]) {
  const reader = job('reader', { needs: needs(...before.map(each => each.id)), steps: [run('true', { env: { X: [given] } })] });
  const lowered = lower(graph([...before, reader], more));
  return { ...lowered, x: lowered.job('reader').steps.at(-1).env.X as string, variables: lowered.job('reader').variables, shared: lowered.file.variables };
}

function input(more: Partial<InputNode>): InputNode {
  return { name: 'level', type: 'string', description: 'Level', required: false, options: [], ...more };
}

describe('values', () => {
  test('of jobs before are variables of the job', () => {
    const { x, variables } = reading({ kind: 'output', job: 'first', name: 'version' });
    expect(x).toBe('$(needs.first.version)');
    expect(variables).toEqual({ 'needs.first.version': '$[ replace(dependencies.first.outputs[\'meta.version\'], \'$(\', \'$(fairway.dollar)(\') ]' });
  });

  test('of a result are words of the graph', () => {
    const { x, variables } = reading({ kind: 'result', job: 'first' });
    expect(x).toBe('$(needs.first.result)');
    const expression = variables['needs.first.result'].slice(3, -2);
    const words = ['Succeeded', 'SucceededWithIssues', 'Failed', 'Canceled', 'Skipped'].map(result => value(expression, { results: { first: result } }));
    expect(words).toEqual(['success', 'success', 'failure', 'cancelled', 'skipped']);
  });

  test.each<[ContextName, string]>([
    ['sha', '$(Build.SourceVersion)'],
    ['repository', '$(Build.Repository.Name)'],
    ['runId', '$(Build.BuildId)'],
    ['defaultBranch', 'main'],
    ['branch', '$(fairway.branch)'],
  ])('of the run: %s', (name, written) => {
    expect(reading(context(name)).x).toBe(written);
  });

  test.each<[ContextName, string, string]>([
    ['branch', 'refs/heads/a/b', 'a/b'],
    ['branch', 'refs/tags/v1', ''],
    ['branch', 'refs/heads/refs/heads/main', 'refs/heads/main'],
    ['tag', 'refs/tags/v1', 'v1'],
    ['tag', 'refs/heads/v1', ''],
    ['ref', 'refs/heads/x', 'refs/heads/x'],
  ])('%s of %s is %j', (name, ref, result) => {
    const { shared } = reading(context(name));
    const expression = shared[`fairway.${name}`].slice(3, -2);
    expect(value(expression, { variables: { 'Build.SourceBranch': ref } })).toBe(result);
  });

  test.each([
    ['IndividualCI', 'refs/heads/main', 'push'],
    ['BatchedCI', 'refs/tags/v1', 'tag'],
    ['PullRequest', 'refs/pull/1/merge', 'pullRequest'],
    ['Schedule', 'refs/heads/main', 'schedule'],
    ['Manual', 'refs/tags/v1', 'manual'],
  ])('the event of %s on %s is %s', (reason, ref, result) => {
    const expression = reading(context('event')).shared['fairway.event'].slice(3, -2);
    expect(value(expression, { variables: { 'Build.Reason': reason, 'Build.SourceBranch': ref } })).toBe(result);
  });

  test('that Azure Pipelines does not know are an error', () => {
    expect(codes(reading(context('changeTitle')).findings)).toEqual(['FW1090']);
  });

  test('that others choose never become another variable', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('$(', 'SECRET', ')', '$', '(', 'x', 'fairway.dollar')), parts => {
      const said = parts.join('');
      const secret = (name: string) => name === 'fairway.dollar' ? '$' : 'LEAKED';
      const { variables, shared } = reading({ kind: 'output', job: 'first', name: 'version' });
      expect(shared['fairway.dollar']).toBe('$');
      const put = value(variables['needs.first.version'].slice(3, -2), { outputs: { 'first/meta.version': said } }) as string;
      expect(expand(put, secret)).toBe(said);
    }), { numRuns: 60 });
  });

  test('of steps before are empty until they are there', () => {
    const steps = [run('true', { id: 'my-step', outputs: ['n'] }), run('true', { id: 'b', env: { N: [{ kind: 'stepOutput', step: 'my-step', name: 'n' }] } })];
    const made = lower(graph([job('a', { steps })])).job('a');
    expect(made.variables).toEqual({ 'my_step.n': '' });
    expect(made.steps[2].env).toEqual({ N: '$(my_step.n)' });
  });

  test('of secrets are given by env, and told of', () => {
    const lowered = reading({ kind: 'secret', name: 'TOKEN' }, { secrets: [{ name: 'TOKEN' }] });
    expect(lowered.x).toBe('$(TOKEN)');
    expect(lowered.remains.map(each => each.what)).toContain('Add the secret variables TOKEN.');
  });

  test('of legs that are known later have no outputs', () => {
    const from = job('first', { outputs: [{ name: 'legs', step: 'run', output: 'legs' }], steps: [run('true', { outputs: ['legs'] })] });
    const many = job('many', {
      needs: needs('first'),
      matrix: { kind: 'dynamic', from: { kind: 'output', job: 'first', name: 'legs' }, axes: ['a'], failFast: false },
      outputs: [{ name: 'o', step: 'run', output: 'o' }],
    });
    expect(codes(reading({ kind: 'output', job: 'many', name: 'o' }, {}, [from, many]).findings)).toEqual(['FW1090']);
  });
});

describe('inputs', () => {
  test.each<[Partial<InputNode>, string]>([
    [{ type: 'boolean' }, '${{ lower(parameters.level) }}'],
    [{ type: 'number' }, '${{ parameters.level }}'],
    [{ type: 'choice', options: ['a', 'b'] }, '${{ parameters.level }}'],
    [{ type: 'string' }, '${{ replace(parameters.level, \'$(\', \'$(fairway.dollar)(\') }}'],
    [{ type: 'choice', options: ['$(a)', 'b'] }, '${{ replace(parameters.level, \'$(\', \'$(fairway.dollar)(\') }}'],
  ])('%j in the environment are %s', (more, written) => {
    expect(reading({ kind: 'input', name: 'level' }, { inputs: [input(more)] }).x).toBe(written);
  });

  test.each<[Partial<InputNode>, object]>([
    [{ type: 'string', default: 'a' }, { type: 'string', default: 'a' }],
    [{ type: 'boolean' }, { type: 'boolean', default: false }],
    [{ type: 'number', default: '3' }, { type: 'number', default: 3 }],
    [{ type: 'choice', options: ['a', 'b'] }, { type: 'string', default: 'a', values: ['a', 'b'] }],
  ])('%j are parameters', (more, parameter) => {
    expect(lower(graph([job('a')], { inputs: [input(more)] })).file.parameters).toEqual([{ name: 'level', displayName: 'Level', ...parameter }]);
  });

  test('have no default when somebody has to give them', () => {
    const lowered = lower(graph([job('a')], { inputs: [input({ required: true })], triggers: [{ kind: 'manual' }] }));
    expect(lowered.file.parameters[0]).not.toHaveProperty('default');
  });

  test('never end the text that they stand in within a condition', () => {
    const condition: ConditionNode = { kind: 'compare', value: { kind: 'input', name: 'level' }, in: ['it\'s'] };
    const written = lower(graph([job('a', { condition })], { inputs: [input({})] })).job('a').condition;
    fc.assert(fc.property(fc.string(), said => {
      expect(value(written, { parameters: { level: said }, status: () => true })).toBe(said.toLowerCase() === 'it\'s');
    }));
    expect(value(written, { parameters: { level: 'x\') , eq(1, 1), eq(\'' }, status: () => true })).toBe(false);
    expect(value(written, { parameters: { level: 'it\'s' }, status: () => true })).toBe(true);
  });
});

describe('conditions', () => {
  const conditionOf = (condition: ConditionNode, repository = AzureRepository.AZURE_REPOS) =>
    lower(graph([job('a', { condition })]), { repository }).job('a').condition as string;

  test.each<[ConditionNode, string]>([
    [{ kind: 'status', status: 'cancelled' }, 'canceled()'],
    [{ kind: 'not', of: { kind: 'status', status: 'cancelled' } }, 'not(canceled())'],
    [{ kind: 'event', is: ['pullRequest'] }, 'and(succeeded(), eq(variables[\'Build.Reason\'], \'PullRequest\'))'],
    [{ kind: 'literal', value: false }, 'false'],
    [{ kind: 'compare', value: context('branch'), in: ['main', 'it\'s'] }, 'and(succeeded(), in(variables[\'Build.SourceBranch\'], \'refs/heads/main\', \'refs/heads/it\'\'s\'))'],
    [{ kind: 'compare', value: context('tag'), in: [''] }, 'and(succeeded(), not(startsWith(variables[\'Build.SourceBranch\'], \'refs/tags/\')))'],
    [{ kind: 'compare', value: context('targetBranch'), in: ['main'] }, 'and(succeeded(), eq(variables[\'System.PullRequest.TargetBranch\'], \'refs/heads/main\'))'],
    [{ kind: 'matches', value: context('branch'), globs: ['release/**'] }, 'and(succeeded(), startsWith(variables[\'Build.SourceBranch\'], \'refs/heads/release/\'))'],
  ])('%j', (condition, written) => {
    expect(conditionOf(condition)).toBe(written);
  });

  test('name branches of pull requests as the repository does', () => {
    expect(conditionOf({ kind: 'compare', value: context('targetBranch'), in: ['main'] }, AzureRepository.GITHUB))
      .toBe('and(succeeded(), eq(variables[\'System.PullRequest.TargetBranch\'], \'main\'))');
  });

  test('hold for what a glob matches, and nothing else', () => {
    const words = fc.array(fc.constantFrom('a', 'b', '/', 'ab'), { maxLength: 6 }).map(parts => parts.join(''));
    const globs = fc.tuple(words, fc.constantFrom('', '*', '**', '**/'), words).map(([a, star, b]) => star === '**/' ? `${star}${b}` : `${a}${star}${b}`);
    fc.assert(fc.property(globs, words, fc.constantFrom('', 'refs/heads/'), (glob, said, prefix) => {
      const expression = globExpression('variables[\'x\']', prefix, glob);
      if (expression !== undefined) {
        expect(value(expression, { variables: { x: `${prefix}${said}` } })).toBe(globMatches(said, glob));
      }
    }), { numRuns: 500 });
  });

  test('that nothing can say are an error', () => {
    const lowered = lower(graph([job('a', { condition: { kind: 'matches', value: context('branch'), globs: ['a?b*c*'] } })]));
    expect(codes(lowered.findings)).toEqual(['FW1090']);
    expect(lowered.job('a').condition).toBe('and(succeeded(), false)');
  });

  test('of steps read variables, and what the agent cannot work out is worked out before', () => {
    const conditions: ConditionNode[] = [
      { kind: 'status', status: 'failure' },
      { kind: 'result', job: 'first', is: ['failure'] },
      { kind: 'matches', value: context('branch'), globs: ['release/*'] },
      { kind: 'compare', value: { kind: 'output', job: 'first', name: 'o' }, in: ['x'] },
    ];
    const first = job('first', { steps: [run('true', { outputs: ['o'] })], outputs: [{ name: 'o', step: 'run', output: 'o' }] });
    const made = lower(graph([first, job('a', { needs: needs('first'), steps: conditions.map((condition, i) => run('true', { id: `s${i}`, condition })) })])).job('a');
    expect(made.steps.slice(1).map((each: any) => each.condition)).toEqual([
      'failed()',
      'and(succeeded(), eq(variables[\'needs.first.result\'], \'failure\'))',
      'and(succeeded(), eq(variables[\'fairway.when1\'], \'True\'))',
      'and(succeeded(), eq(variables[\'needs.first.o\'], \'x\'))',
    ]);
    expect(value(made.variables['fairway.when1'].slice(3, -2), { variables: { 'Build.SourceBranch': 'refs/heads/release/1' } })).toBe(true);
    expect(value(made.variables['fairway.when1'].slice(3, -2), { variables: { 'Build.SourceBranch': 'refs/heads/release/1/2' } })).toBe(false);
  });

  test('joined by the same word are laid open', () => {
    expect(joined('and', ['and(a(), eq(\'x, (\', b))', 'or(c, d)', 'a()'])).toBe('and(a(), eq(\'x, (\', b), or(c, d))');
  });
});

describe('names that differ in case alone', () => {
  const asked = (name: string): InputNode => ({ name, type: 'string', description: '', required: false, options: [] });

  test.each<[string, Parameters<typeof graph>]>([
    ['variables of a step', [[job('a', { steps: [run('true', { env: { http_proxy: ['a'], HTTP_PROXY: ['b'] } })] })]]],
    ['variables of a job and a step', [[job('a', { env: { Mode: ['a'] }, steps: [run('true', { env: { MODE: ['b'] } })] })]]],
    ['outputs', [[job('a', { steps: [run('true', { outputs: ['v', 'V'] })] })]]],
    ['inputs', [[job('a')], { inputs: [asked('why'), asked('Why')] }]],
  ])('cannot be: %s', (_, [jobs, more]) => {
    expect(codes(lower(graph(jobs, more)).findings)).toEqual(['FW1090']);
  });

  test('are well where one is a variable of the pipeline, and the other of a step', () => {
    expect(codes(lower(graph([job('a', { steps: [run('true', { env: { http_proxy: ['a'] } })] })], { env: { HTTP_PROXY: ['b'] } })).findings)).toEqual([]);
  });
});

describe('the environment', () => {
  test('is variables where those say the same, and given to steps otherwise', () => {
    const steps = [run('true', { env: { OWN: ['step'] } })];
    const made = lower(graph([job('a', {
      steps, env: { JOB: ['j'], OWN: ['job'], lower: ['l'], PATH_EXTRA: ['p'], REF: [context('sha')], MACRO: ['a ${{ b }}'] },
    })], { env: { ALL: ['x'], JOB: ['g'] } }));
    expect(made.file.variables).toEqual({ ALL: 'x' });
    expect(made.job('a').variables).toEqual({ JOB: 'j' });
    expect(made.job('a').steps[1].env).toEqual({ OWN: 'step', lower: 'l', PATH_EXTRA: 'p', REF: '$(Build.SourceVersion)', MACRO: 'a ${{ \'$\' }}{{ b }}' });
  });

  test('with blanks at its ends is a warning, as the agent cuts them off', () => {
    expect(codes(lower(graph([job('a', { steps: [run('true', { env: { X: [' x'], Y: ['y y'] } })] })])).findings)).toEqual(['FW1091']);
  });

  test('with text that the agent may replace is an error', () => {
    expect(codes(lower(graph([job('a', { steps: [run('true', { env: { X: ['$(HOME)'] } })] })])).findings)).toEqual(['FW1090']);
    expect(codes(lower(graph([job('a', { steps: [run('true', { env: { X: ['$(a b)'] } })] })])).findings)).toEqual([]);
  });
});

describe('a matrix', () => {
  test('is legs with names and values, empty where a leg has none', () => {
    const given = matrix({ os: ['a', 'b'] }, { include: [{ os: 'b', node: '24' }, { os: '9' }], maxParallel: 2 });
    const made = lower(graph([job('a', { name: ['Test on ', { kind: 'matrix', axis: 'os' }], matrix: given, steps: [run('true', { env: { OS: [{ kind: 'matrix', axis: 'os' }] } })] })])).job('a');
    expect(made.displayName).toBe('Test on');
    expect(made.strategy).toEqual({
      maxParallel: 2,
      matrix: { a: { 'matrix.os': 'a', 'matrix.node': '' }, b_24: { 'matrix.os': 'b', 'matrix.node': '24' }, leg_9: { 'matrix.os': '9', 'matrix.node': '' } },
    });
    expect(made.steps[1].env).toEqual({ OS: '$(matrix.os)' });
  });

  test('gives outputs by its legs, the last one that has it', () => {
    const given = job('first', { matrix: matrix({ os: ['a', 'b'] }), steps: [run('true', { id: 'meta', outputs: ['v'] })], outputs: [{ name: 'v', step: 'meta', output: 'v' }] });
    expect(reading({ kind: 'output', job: 'first', name: 'v' }, {}, [given]).variables['needs.first.v'])
      .toContain('coalesce(dependencies.first.outputs[\'b.meta.v\'], dependencies.first.outputs[\'a.meta.v\'])');
  });

  test('does not stop the other legs, and says so', () => {
    expect(codes(lower(graph([job('a', { matrix: matrix({ os: ['a'] }, { failFast: true }) })])).findings)).toEqual(['FW1091']);
  });

  test('that another job computes is handed over as a map, and nothing runs without legs', () => {
    const first = job('first', { steps: [run('true', { id: 'list', outputs: ['legs'] })], outputs: [{ name: 'legs', step: 'list', output: 'legs' }] });
    const many = job('many', {
      needs: [{ job: 'first', reasons: ['output'] }],
      matrix: { kind: 'dynamic', from: { kind: 'output', job: 'first', name: 'legs' }, axes: ['os'], failFast: false, maxParallel: 3 },
    });
    const lowered = lower(graph([first, many]));
    expect(lowered.job('first').steps.at(-1)).toMatchObject({ name: 'fairway_legs', env: { LEGS_1: '$(list.legs)' } });
    expect(lowered.job('many')).toMatchObject({
      strategy: { maxParallel: 3, matrix: '$[ dependencies.first.outputs[\'fairway_legs.legs_legs\'] ]' },
      condition: 'and(succeeded(), ne(coalesce(dependencies.first.outputs[\'fairway_legs.legs_legs\'], \'{}\'), \'{}\'))',
    });
    expect(codes(lowered.findings)).toEqual([]);
  });

  test('that another job computes has values in which nothing is live', () => {
    const first = job('first', { steps: [run('true', { id: 'list', outputs: ['legs'] })], outputs: [{ name: 'legs', step: 'list', output: 'legs' }] });
    const many = job('many', { needs: needs('first'), matrix: { kind: 'dynamic', from: { kind: 'output', job: 'first', name: 'legs' }, axes: ['os'], failFast: false } });
    const lowered = lower(graph([first, many]));
    const { bash } = lowered.job('first').steps.at(-1);
    expect(handed(bash)).toBe(bash);
    const legs = JSON.stringify([{ os: '$(TOKEN) $[x] \\(.) "', n: 1 }]);
    const { stdout, status } = spawnSync('bash', ['-c', bash], { encoding: 'utf8', env: { PATH: process.env.PATH, LEGS_1: legs } });
    if (status === 127) {
      return; // no jq here
    }
    expect(JSON.parse(stdout.slice(stdout.indexOf(']') + 1))).toEqual({
      leg_1: { 'matrix.os': '$(fairway.dollar)(TOKEN) $(fairway.dollar)[x] \\(.) "', 'matrix.n': 1, 'fairway.leg': 'leg_1' },
    });
    expect(lowered.file.variables).toEqual({ 'fairway.dollar': '$' });
  });

  test.each(['$(TOKEN)', 'a $(b.c) d', '$[ variables.x ]'])('with the value %j is refused', os => {
    expect(codes(lower(graph([job('a', { matrix: matrix({ os: [os] }) })])).findings)).toEqual(['FW1090']);
  });

  test('with axes that differ in case alone cannot be', () => {
    expect(lower(graph([job('a', { matrix: matrix({ os: ['x'], OS: ['y'] }) })])).findings.map(finding => finding.message)).toEqual([
      'Azure Pipelines does not do "axes of the matrix": os and OS differ in upper and lower case alone.',
    ]);
  });

  test('of another matrix cannot be', () => {
    const first = job('first', { matrix: matrix({ a: ['1', '2'] }), steps: [run('true', { outputs: ['legs'] })], outputs: [{ name: 'legs', step: 'run', output: 'legs' }] });
    const many = job('many', { needs: needs('first'), matrix: { kind: 'dynamic', from: { kind: 'output', job: 'first', name: 'legs' }, axes: ['os'], failFast: false } });
    expect(codes(lower(graph([first, many])).findings)).toContain('FW1090');
  });

  test('of a deployment is a job for each leg', () => {
    const given = job('ship', {
      name: ['Ship ', { kind: 'matrix', axis: 'region' }],
      matrix: matrix({ region: ['eu', 'us'] }, { maxParallel: 1 }),
      environment: { name: 'prod' },
      steps: [run('true', { env: { REGION: [{ kind: 'matrix', axis: 'region' }] } })],
    });
    const lowered = lower(graph([given, job('after', { needs: needs('ship'), condition: { kind: 'result', job: 'ship', is: ['failure'] } })]));
    const jobs = lowered.file.jobs;
    expect(jobs.map((each: any) => each.deployment ?? each.job)).toEqual(['ship_eu', 'ship_us', 'after']);
    expect(jobs[0].strategy.runOnce.deploy.steps.at(-1).env).toEqual({ REGION: 'eu' });
    expect(jobs[0].displayName).toBe('Ship eu');
    expect(jobs[2]).toMatchObject({
      dependsOn: ['ship_eu', 'ship_us'],
      condition: 'and(succeeded(), or(in(dependencies.ship_eu.result, \'Failed\'), in(dependencies.ship_us.result, \'Failed\')))',
    });
    expect(codes(lowered.findings)).toEqual(['FW1091']);
  });
});

test('a checkout that compares commits finds the one to compare with', () => {
  const checkout = step('checkout', 'checkout', { depth: 0, submodules: false, lfs: false, persistCredentials: false });
  const made = lower(graph([job('a', { steps: [checkout, run('true', { env: { BASE: [context('baseSha')] } })] })])).job('a');
  expect(made.variables).toEqual({ 'fairway.baseSha': '' });
  expect(made.steps[1]).toMatchObject({ target: { settableVariables: ['fairway.baseSha'] } });
  expect(made.steps[2].env).toEqual({ BASE: '$(fairway.baseSha)' });
});
