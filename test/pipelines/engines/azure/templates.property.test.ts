import * as fc from 'fast-check';
import { checkout, graph, job, matrix, run, step } from './graphs';
import { asks, call, HOSTILE, input, of, producer, stepTemplate, template, use } from './template-graphs';
import { reused } from './templates';
import type { ConditionNode, PipelineGraph, StepNode, Text } from '../../../../src/pipelines/graph';

const word = fc.constantFrom('x', 'Yes', 'yes', 'it\'s', '', ' two  words ', HOSTILE, '24', 'true', 'a\nb', '1.10', 'É');

const INPUTS = [
  input('text'), input('flag', { type: 'boolean', default: 'false' }), input('count', { type: 'number', default: '2' }), input('kind', { type: 'choice', options: ['a', 'B'], default: 'a' }),
];

const plainly = (text: string): Text => text === '' ? [] : [text];

/** What a use gives. */
const inputs = (more: Text[]) => fc.record({
  text: fc.oneof(word.map(plainly), word.map((each): Text => [...plainly(each), of('text')]), fc.constantFrom<Text>([{ kind: 'context', name: 'ref' }], ...more)),
  flag: fc.oneof(fc.constantFrom<Text>(['true'], ['false'], [of('flag')], ...more)),
  count: fc.constantFrom<Text>(['0'], ['-7'], ['1.50'], [of('count')]),
  kind: fc.constantFrom<Text>(['a'], ['B'], ...more),
});

const leaf: fc.Arbitrary<ConditionNode> = fc.oneof(
  fc.constantFrom<ConditionNode>({ kind: 'status', status: 'always' }, { kind: 'status', status: 'failure' }, { kind: 'event', is: ['push'] }, { kind: 'literal', value: true }),
  word.map(each => asks('text', each)),
  fc.constantFrom(asks('flag', 'true'), asks('kind', 'b', 'a')),
  fc.constantFrom<ConditionNode>({ kind: 'matches', value: of('text'), globs: ['y*'] }, { kind: 'matches', value: { kind: 'context', name: 'branch' }, globs: ['release/*'] }),
);

const condition: fc.Arbitrary<ConditionNode | undefined> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  leaf,
  fc.tuple(fc.constantFrom('and' as const, 'or' as const), leaf, leaf).map(([kind, ...all]): ConditionNode => ({ kind, of: all })),
);

const parts = fc.record({ name: word, condition, kind: fc.nat({ max: 8 }), goesOn: fc.boolean() });

const inner = (id: string) => parts.map(({ name, condition: when, kind, goesOn }): StepNode => {
  const more = { id, name: ['Step ', of('text'), ...plainly(name)], continueOnError: goesOn && kind === 0, ...when && { condition: when } };
  switch (kind) {
    case 1: return step('tool', id, { ...more, language: 'node', version: [of('count')] });
    case 2: return step('cache', id, { ...more, key: ['k-', of('kind'), { kind: 'hash', files: ['*.lock'] }], restoreKeys: [['k-']], paths: ['p'], mode: 'both' });
    case 3: return checkout({ ...more, ref: [of('text')] });
    case 4: return run(`echo \${{ x }} $(date) '${id}'`, { ...more, shell: 'sh' });
    case 5: return run('Write-Output "$(Get-Date)"', { ...more, shell: 'pwsh', outputs: ['o'] });
    default: return run(`echo ${id}`, { ...more, outputs: ['o'], env: { TEXT: [of('text')], FLAG: ['is ', of('flag')], Count: [of('count')], KIND: [of('kind')] } });
  }
});

const pipelines: fc.Arbitrary<PipelineGraph> = fc.tuple(fc.tuple(inner('one'), inner('two')), condition, condition, fc.nat({ max: 5 })).chain(([[one, two], when, then, kind]) => {
  const reading = run('true', { id: 'three', env: { ONE: one.outputs.length > 0 ? [{ kind: 'stepOutput', step: 'one', name: 'o' }] : ['none'] } });
  const some = stepTemplate('some', INPUTS, [one, two, reading]);
  const within = { text: [of('text'), '!'], flag: [of('flag')], count: [of('count')], kind: ['a'] };
  const all = template('all', INPUTS, [
    job('first', {
      steps: [run('echo', { id: 'o', outputs: ['o'], env: { TEXT: [of('text')] } }), ...kind === 1 ? [use('some', some, within)] : [{ ...one, outputs: [] }]],
      outputs: [{ name: 'o', step: 'o', output: 'o' }],
      ...when && { condition: when },
      ...kind === 2 && { approval: { message: 'Go?', approvers: [], count: 1 } },
    }),
    job('second', {
      needs: [{ job: 'first', reasons: ['output'] }],
      name: ['Second of ', of('text')],
      env: { FLAG: [of('flag')], odd: ['odd'] },
      steps: [run('true', { env: { O: [{ kind: 'output', job: 'first', name: 'o' }] } })],
      ...then && { condition: then },
      ...kind === 3 && { environment: { name: 'prod' } },
      ...kind === 4 && { matrix: matrix({ os: ['a', 'b'] }) },
    }),
  ], { outputs: [{ name: 'o', job: 'first', output: 'o' }] });
  const outer = condition.map(each => each);
  const output: Text = [{ kind: 'output', job: 'make', name: 'image' }];
  return fc.record({
    calls: fc.array(fc.tuple(inputs([output]), outer, fc.boolean()), { maxLength: 3 }),
    uses: fc.array(fc.tuple(inputs([]), fc.nat({ max: 9 })), { maxLength: 3 }),
    env: fc.boolean(),
  }).map(({ calls, uses, env }) => graph([
    producer,
    ...calls.map(([given, cond, waits], i) => call(`call-${i}`, all, given, {
      name: ['Call ', { kind: 'context', name: 'sha' }],
      needs: [{ job: 'make', reasons: ['output'] }, ...waits && i > 0 ? [{ job: `call-${i - 1}`, reasons: ['order' as const] }] : []],
      ...cond && { condition: cond },
    })),
    job('user', {
      steps: [checkout(), ...uses.map(([given, odd], i) => use(`use-${i}`, some, given, odd === 0 ? { continueOnError: true } : {}))],
      ...env && { env: { Of: ['job'] } },
    }),
    job('other', { steps: uses.slice(0, 1).map(([given]) => use('u', some, given)).concat(run('true')) }),
  ], {
    inputs: [input('text'), input('flag', { type: 'boolean' }), input('count', { type: 'number' })],
    templates: [all],
    stepTemplates: [some],
  }));
});

test('a pipeline with templates is the same as without, whatever is used where', () => {
  const seen = { native: 0, emulated: 0 };
  fc.assert(fc.property(pipelines, given => {
    reused(given, {}, { text: HOSTILE, flag: true, count: 3 }).reasons
      .forEach(reason => / native: /.test(reason) ? seen.native++ : seen.emulated++);
  }), { numRuns: 150 });
  expect(Math.min(seen.native, seen.emulated)).toBeGreaterThan(50);
});
