import * as fc from 'fast-check';
import '../../../support/properties';
import { lower } from './lowered';
import { globExpression } from '../../../../src/pipelines/engines/github/globs';
import type { ConditionNode, TriggerNode, ValueNode } from '../../../../src/pipelines/graph';
import { globMatches } from '../../../../src/pipelines/graph';
import { context, EVERYTHING, graphOf, jobOf, output, PULL_REQUEST, PUSH, runOf } from '../../graphs';

const all: TriggerNode[] = [PUSH, { kind: 'tag', tags: EVERYTHING }, PULL_REQUEST, { kind: 'mergeQueue', branches: EVERYTHING }, { kind: 'manual' }];
const inputs = [
  { name: 'on', type: 'boolean' as const, description: '', required: false, default: 'true', options: [] },
  { name: 'off', type: 'boolean' as const, description: '', required: false, default: 'false', options: [] },
  { name: 'to', type: 'string' as const, description: '', required: false, default: 'eu', options: [] },
];

const ifOf = (condition: ConditionNode, triggers = all) =>
  lower(graphOf([jobOf('a'), jobOf('b', ['status:a'], { condition })], { triggers, inputs })).data.jobs.b.if;

const compare = (value: ValueNode, ...texts: string[]): ConditionNode => ({ kind: 'compare', value, in: texts });
const matches = (value: ValueNode, ...globs: string[]): ConditionNode => ({ kind: 'matches', value, globs });
const input = (name: string): ValueNode => ({ kind: 'input', name });
const always: ConditionNode = { kind: 'status', status: 'always' };

describe('a condition', () => {
  it.each<[string, ConditionNode, string | undefined]>([
    ['what GitHub adds by itself', { kind: 'status', status: 'success' }, undefined],
    ['a status', { kind: 'status', status: 'failure' }, 'failure()'],
    ['a status that is not', { kind: 'not', of: { kind: 'status', status: 'cancelled' } }, '!cancelled()'],
    ['what comes with success', { kind: 'and', of: [{ kind: 'status', status: 'success' }, compare(context('branch'), 'main')] }, 'github.ref == \'refs/heads/main\''],
    ['success among other statuses', { kind: 'or', of: [{ kind: 'status', status: 'success' }, { kind: 'status', status: 'failure' }] }, 'success() || failure()'],
    ['success beside a part that asks for it as well', { kind: 'and', of: [{ kind: 'status', status: 'success' }, { kind: 'not', of: { kind: 'and', of: [{ kind: 'status', status: 'success' }, compare(context('branch'), 'main')] } }] },
      'success() && !(success() && github.ref == \'refs/heads/main\')'],
    ['a result', { kind: 'result', job: 'a', is: ['success', 'skipped'] }, 'needs.a.result == \'success\' || needs.a.result == \'skipped\''],
    ['or within and', { kind: 'and', of: [always, { kind: 'result', job: 'a', is: ['failure', 'cancelled'] }] },
      'always() && (needs.a.result == \'failure\' || needs.a.result == \'cancelled\')'],
    ['an event', { kind: 'event', is: ['push'] }, 'github.event_name == \'push\' && github.ref_type == \'branch\''],
    ['another event', { kind: 'not', of: { kind: 'event', is: ['pullRequest', 'mergeQueue'] } }, 'github.event_name != \'pull_request\' && github.event_name != \'merge_group\''],
    ['an event among others', { kind: 'event', is: ['pullRequest', 'release'] }, 'github.event_name == \'pull_request\''],
    ['an event by value', compare(context('event'), 'manual'), 'github.event_name == \'workflow_dispatch\''],
    ['a tag', compare(context('tag'), 'v1'), 'github.ref == \'refs/tags/v1\''],
    ['no branch', compare(context('branch'), ''), '!startsWith(github.ref, \'refs/heads/\')'],
    ['text with a quote', compare(context('actor'), 'it\'s'), 'github.actor == \'it\'\'s\''],
    ['text that looks like an expression', compare(input('to'), 'a${{ secrets.X }}b'),
      '(inputs.to || \'eu\') == format(\'{0}{2}{3}{1}\', \'a\', \' secrets.X }}b\', \'$\', \'{{\')'],
    ['one of many', compare(context('targetBranch'), 'a', 'b', 'c', 'd'), 'contains(fromJSON(\'["a","b","c","d"]\'), github.base_ref)'],
    ['a boolean that is true by default', compare(input('on'), 'true'), 'toJSON(inputs.on) != \'false\''],
    ['its opposite', compare(input('on'), 'false'), 'toJSON(inputs.on) == \'false\''],
    ['a boolean that is false by default', compare(input('off'), 'false'), 'inputs.off != true'],
    ['an input with a default', compare(input('to'), 'us'), '(inputs.to || \'eu\') == \'us\''],
    ['the beginning of a branch', matches(context('branch'), 'release/**'), 'startsWith(github.ref, \'refs/heads/release/\')'],
    ['the beginning of a tag', matches(context('tag'), 'v*'), 'startsWith(github.ref, \'refs/tags/v\') && !contains(github.ref_name, \'/\')'],
    ['the end of a branch', matches(context('branch'), '**/x'), 'startsWith(github.ref, \'refs/heads/\') && endsWith(github.ref, \'/x\')'],
    ['several globs', { kind: 'and', of: [always, matches(context('sourceBranch'), 'a**', '**b')] }, 'always() && (startsWith(github.head_ref, \'a\') || endsWith(github.head_ref, \'b\'))'],
  ])('says %s', (_, condition, expected) => {
    expect(ifOf(condition)).toBe(expected);
  });

  it('never holds an expression of its own, whatever it compares with', () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: fc.constantFrom('$', '{', '}', '\'', ' ', 'x', '0') }), { minLength: 1, maxLength: 5 }), texts => {
      expect(ifOf(compare(input('to'), ...texts))).not.toContain('${{');
      expect(ifOf(compare(context('branch'), ...texts))).not.toContain('${{');
    }));
  });

  it('needs no event where one alone starts the pipeline', () => {
    expect(ifOf({ kind: 'event', is: ['push'] }, [PUSH])).toBeUndefined();
    expect(ifOf(compare(input('off'), 'true'), [{ kind: 'manual' }])).toBe('inputs.off');
  });

  it('has what expressions cannot say computed before', () => {
    const { data, codes } = lower(graphOf([
      jobOf('a', [], { condition: matches(context('branch'), 'release/*'), steps: [runOf('s', 'x', { condition: matches(context('changeTitle'), 'fix?*') })] }),
    ]));
    expect(codes).toEqual([]);
    expect(data.jobs.a.needs).toEqual(['conditions']);
    expect(data.jobs.a.if).toBe('needs.conditions.outputs.match_1 == \'true\'');
    expect(data.jobs.a.steps.map((each: any) => each.if)).toEqual(['always()', 'steps.match-s.outputs.match_1 == \'true\'']);
    expect(data.jobs.conditions.steps[0].run).toContain('^(release/[^/]*)$');
  });

  it('is found where GitHub cannot ask', () => {
    const inner = (condition: ConditionNode) => lower(graphOf([jobOf('a'), jobOf('b', ['output:a'], { condition })])).codes;
    expect(inner(matches(output('a', 'x'), 'a/*'))).toEqual(['FW1113']);
    expect(inner(compare({ kind: 'secret', name: 'X' }, ''))).toEqual(['FW1102']);
    expect(inner(compare({ kind: 'matrix', axis: 'os' }, 'a'))).toEqual(['FW1102']);
    expect(inner({ kind: 'event', is: ['release'] })).toEqual(['FW1108']);
  });

  it('matches as globs do, wherever expressions say it', () => {
    const glob = fc.array(fc.constantFrom('*', '**', '/', 'a', 'ab', '?'), { minLength: 1, maxLength: 4 }).map(parts => parts.join(''));
    const value = fc.array(fc.constantFrom('/', 'a', 'b'), { maxLength: 5 }).map(parts => parts.join(''));
    fc.assert(fc.property(glob, value, (pattern, text) => {
      const expression = globExpression('x', pattern);
      fc.pre(expression !== undefined);
      const js = expression!.replaceAll('==', '===').replace(/startsWith\(x, ('[^']*')\)/g, 'x.startsWith($1)').replace(/endsWith\(x, ('[^']*')\)/g, 'x.endsWith($1)')
        .replace(/contains\(x, ('[^']*')\)/g, 'x.includes($1)');
      // eslint-disable-next-line @typescript-eslint/no-implied-eval
      expect(new Function('x', `return ${js}`)(text)).toBe(globMatches(text, pattern));
    }), { numRuns: 2000 });
  });
});

describe('values', () => {
  it('are expressions for every context', () => {
    const names = ['repository', 'sha', 'baseSha', 'ref', 'branch', 'tag', 'defaultBranch', 'event', 'changeNumber', 'changeTitle', 'sourceBranch',
      'targetBranch', 'actor', 'runId', 'runNumber', 'runUrl'] as const;
    const env = Object.fromEntries(names.map(name => [name, [context(name)]]));
    const made = lower(graphOf([jobOf('a', [], { env })], { triggers: [...all, { kind: 'schedule', id: 's', cron: '0 0 * * *', timeZone: 'UTC' }, { kind: 'release' }] })).data.jobs.a.env;
    expect(Object.values<string>(made).filter(text => !/^\$\{\{ .+ \}\}$/.test(text))).toEqual([]);
    expect(made.branch).toContain('github.event_name != \'pull_request\'');
    const plain = lower(graphOf([jobOf('a', [], { env })])).data.jobs.a.env;
    expect([plain.branch, plain.event, plain.baseSha]).toEqual(['${{ github.ref_name }}', '${{ \'push\' }}', '${{ !github.event.created && github.event.before || \'\' }}']);
  });

  it('never enter a script', () => {
    const part = fc.oneof(fc.string(), fc.constantFrom('${{ github.token }}', '$(x)', '}}', '\n', 'FAIRWAY_SCRIPT'));
    fc.assert(fc.property(fc.array(part, { minLength: 1 }).map(parts => parts.join('')), fc.boolean(), (script, retry) => {
      const given = runOf('s', script, { ...retry && { retry: { attempts: 2, delaySeconds: 1 } }, env: { A: [context('changeTitle')] } });
      const [step] = lower(graphOf([jobOf('a', [], { steps: [given] })])).data.jobs.a.steps;
      expect(step.run).not.toContain('${{');
      const whole = step.env.FAIRWAY_SCRIPT?.replaceAll('${{ \'${{\' }}', '${{') ?? step.run;
      expect(whole).toContain(script);
    }));
  });
});
