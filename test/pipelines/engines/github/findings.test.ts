import { lower } from './lowered';
import { reusing } from './rich';
import { GitHubActionsBackend } from '../../../../src/pipelines/engines/github/engine';
import type { PatchNode, PipelineGraph } from '../../../../src/pipelines/graph';
import { codes, findingsOf } from '../../../support/findings';
import { checkoutOf, context, deliveryOf, graphOf, jobOf, matrixOf, PUSH, runOf, stepOf } from '../../graphs';

const native = (body: unknown) => graphOf([jobOf('a', [], { steps: [stepOf('native', 'n', { bodies: { github: body } })] })]);
const patch = (operations: PatchNode['operations'], of?: string): Partial<PipelineGraph> => ({ patches: [{ system: 'github', operations, reason: 'why', ...of && { job: of } }] });
const cron = (text: string) => graphOf([jobOf('a')], { triggers: [{ kind: 'schedule', id: 's', cron: text, timeZone: 'UTC' }] });

describe('what GitHub refuses', () => {
  it.each<[string, PipelineGraph, string[]]>([
    ['26 inputs', graphOf([jobOf('a')], {
      triggers: [{ kind: 'manual' }], inputs: Array.from({ length: 26 }, (_, i) => ({ name: `i${i}`, type: 'string', description: '', required: false, options: [] })),
    }), ['FW1103']],
    ['every minute', cron('* * * * *'), ['FW1104']],
    ['every third minute', cron('*/3 * * * *'), ['FW1104']],
    ['minutes in a row', cron('1,2 * * * *'), ['FW1104']],
    ['a range', cron('0-10 3 * * *'), ['FW1104']],
    ['every five minutes', cron('*/5 * * * *'), []],
    ['once a day', cron('7 3 * * *'), []],
    ['a job that waits for its own run', graphOf([jobOf('a', [], { concurrency: { group: ['Prod'], onNew: 'replacePending', cancelPullRequests: false } })],
      { concurrency: { group: ['prod'], onNew: 'replacePending', cancelPullRequests: false } }), ['FW1105']],
    ['a file that is too large', graphOf([jobOf('a', [], { steps: [runOf('s', 'echo x\n'.repeat(80_000))] })]), ['FW1106']],
    ['a long expression', graphOf([jobOf('a', [], { env: { A: ['x'.repeat(21_000), context('sha')] } })]), ['FW1106']],
    ['many needs', graphOf([...Array.from({ length: 100 }, (_, i) => jobOf(`a${i}`)), ...Array.from({ length: 41 }, (_, i) => jobOf(`b${i}`, Array.from({ length: 100 }, (__, n) => `a${n}`)))]), ['FW1111']],
    ['a patch of nothing', graphOf([jobOf('a')], patch([{ op: 'replace', path: '/nope/x', value: 1 }])), ['FW1107']],
    ['a patch of a prototype', graphOf([jobOf('a')], patch([{ op: 'add', path: '/__proto__/x', value: 1 }])), ['FW1107']],
    ['a patch of everything', graphOf([jobOf('a')], patch([{ op: 'replace', path: '', value: [] }])), ['FW1107']],
    ['an action by tag', native({ uses: 'a/b@v1' }), ['FW1109']],
    ['an action that is no text', native({ uses: 1 }), ['FW1109']],
    ['an image by tag', native({ uses: 'docker://alpine:3' }), ['FW1109']],
    ['no body', native(undefined), ['FW1110']],
    ['a list', native([]), ['FW1110']],
    ['both', native({ uses: `a/b@${'0'.repeat(40)}`, run: 'x' }), ['FW1110']],
    ['neither', native({}), ['FW1110']],
    ['another key', native({ run: 'x', constructor: 1 }), ['FW1110']],
    ['an expression in a script', native({ run: 'echo ${{ github.head_ref }}' }), ['FW1110']],
    ['with that is no map', native({ uses: `a/b@${'0'.repeat(40)}`, with: 'x' }), ['FW1110']],
    ['a reserved secret', graphOf([jobOf('a')], { secrets: [{ name: 'GITHUB_X' }, { name: 'GITHUB_TOKEN' }] }), ['FW1112']],
    ['a name of an artifact', graphOf([jobOf('a', [], { steps: [stepOf('upload', 'u', { artifact: 'a/b', paths: ['x'], ifMissing: 'warn' })] })]), ['FW1114']],
    ['variables that differ in case', graphOf([jobOf('a', [], { env: { foo: ['1'], FOO: ['2'] } })]), ['FW1120']],
    ['variables of steps that differ in case', graphOf([jobOf('a', [], { steps: [runOf('s', 'x', { env: { foo: ['1'], Foo: ['2'] } })] })]), ['FW1120']],
    ['inputs that differ in case', graphOf([jobOf('a')], {
      triggers: [{ kind: 'manual' }], inputs: ['ab', 'aB'].map(name => ({ name, type: 'string', description: '', required: false, options: [] })),
    }), ['FW1120']],
    ['outputs of a step that differ in case', graphOf([jobOf('a', [], { steps: [runOf('s', 'x', { outputs: ['v', 'V'] })] })]), ['FW1120']],
    ['axes that are keys', graphOf([jobOf('a', [], { matrix: matrixOf({ include: ['x'], Exclude: ['y'] }) })]), ['FW1114', 'FW1114']],
    ['axes that differ in case', graphOf([jobOf('a', [], { matrix: matrixOf({ os: ['x'], OS: ['y'] }) })]), ['FW1120']],
    ['services on Windows', graphOf([jobOf('a', [], {
      runner: { os: 'windows', arch: 'x64', labels: [] }, services: [{ name: 'db', image: 'x', env: {}, ports: [], command: ['a'] }],
    })]), ['FW1090', 'FW1090']],
    ['two approvals', graphOf([jobOf('a', [], { approval: { message: '', approvers: [], count: 2 } })]), ['FW1090']],
    ['a limit of an approval', graphOf([jobOf('a', [], { approval: { message: '', approvers: [], count: 1, timeoutMinutes: 5 } })]), ['FW1091']],
    ['attempts', graphOf([jobOf('a', [], { attempts: 2 })]), ['FW1091']],
    ['a long job', graphOf([jobOf('a', [], { timeoutMinutes: 400 })]), ['FW1091']],
    ['a retry of an action', graphOf([jobOf('a', [], { steps: [{ ...checkoutOf(), retry: { attempts: 2, delaySeconds: 0 } }] })]), ['FW1091']],
  ])('is found: %s', (_, given, expected) => {
    expect(lower(given).codes).toEqual(expected);
  });

  it('is found at the job', () => {
    expect(lower(native({})).findings[0].path).toBe('App/ci/n');
    expect(lower(graphOf([jobOf('a', [], { attempts: 2 })])).findings[0].path).toBe('App/ci/a');
  });
});

describe('a change by the user', () => {
  it('comes last, and keeps the comments of what is still there', () => {
    const { data, text, codes: found, rows } = lower(graphOf([jobOf('a', [], { steps: [checkoutOf()], grants: [{ capability: 'writeIssues', reason: 'says so' }] })], patch([
      { op: 'add', path: '/env', value: { X: 'y' } }, { op: 'remove', path: '/permissions/issues' }, { op: 'add', path: '/steps/0', value: { run: 'echo first' } },
    ], 'a')));
    expect(found).toEqual([]);
    expect(data.jobs.a.env).toEqual({ X: 'y' });
    expect(text).toMatch(/uses: actions\/checkout@[0-9a-f]{40} # v7\.0\.1/);
    expect(text).not.toContain('says so');
    expect(rows.filter(row => row.part.startsWith('change of')).map(row => row.part)).toEqual(['change of /jobs/a/env', 'change of /jobs/a/permissions/issues', 'change of /jobs/a/steps/0']);
  });
});

describe('options', () => {
  const commit = '0'.repeat(40);

  it('pin actions, and allow some', () => {
    const { data, text } = lower(graphOf([jobOf('a', [], { steps: [checkoutOf()] })]), { pins: { 'actions/checkout': `${commit} # v9.9.9` } });
    expect(data.jobs.a.steps[0].uses).toBe(`actions/checkout@${commit}`);
    expect(text).toContain(`@${commit} # v9.9.9`);
    const given = graphOf([jobOf('a', [], { steps: [checkoutOf(), stepOf('native', 'n', { bodies: { github: { uses: `other/action@${commit}` } } })] })]);
    expect(lower(given, { allowedActions: ['Actions/*'] }).codes).toEqual(['FW1101']);
    expect(lower(given, { allowedActions: ['other/action', 'actions/checkout'] }).codes).toEqual([]);
  });

  it('send delivery steps the portable road where an action is not allowed', () => {
    const given = graphOf([jobOf('a', [], { steps: [deliveryOf('f', 'upload-findings', { file: ['x.sarif'] })] })]);
    expect(lower(given).data.jobs.a.steps[0].with).toEqual({ sarif_file: 'x.sarif' });
    expect(lower(given, { allowedActions: ['actions/*'] }).data.jobs.a.steps[0].run).toBe('echo upload-findings');
  });

  it.each<[string, any]>([
    ['a tag', { pins: { 'actions/checkout': 'v4' } }],
    ['a pin that is no text', { pins: { 'actions/checkout': null } }],
    ['pins in a list', { pins: [] }],
    ['an action without owner', { pins: { checkout: `${commit} # v1` } }],
    ['a prototype', { pins: JSON.parse(`{ "__proto__": "${commit} # v1" }`) }],
    ['actions in a text', { allowedActions: 'actions/*' }],
    ['an action that is none', { allowedActions: ['actions/*', 3] }],
    ['a runner of nothing', { runners: { 'linux-riscv': 'x' } }],
    ['a label that is none', { runners: { 'linux-x64': 'a b' } }],
    ['a flag that is none', { nativeReuse: 'yes' }],
    ['another option', { pin: {} }],
    ['constructor', { constructor: true }],
    ['no map', 3],
    ['null', null],
  ])('are refused: %s', (_, options) => {
    expect(codes(findingsOf(() => new GitHubActionsBackend(options)))).toEqual(['FW1100']);
  });
});

describe('templates', () => {
  it('become workflows that are called', () => {
    const [given, options] = reusing();
    const { files, data } = lower(given, options);
    expect(files.map(file => file.path)).toEqual(['.github/workflows/ci.yml', '.github/workflows/ci-roll-out.yml']);
    expect(data.jobs.prod).toEqual({
      name: 'Production',
      needs: ['dev'],
      permissions: { contents: 'read' },
      uses: './.github/workflows/ci-roll-out.yml',
      with: { where: 'prod', wait: '${{ inputs.wait == true }}', count: 3 },
      secrets: { TOKEN: '${{ secrets.TOKEN }}' },
    });
    expect(data.jobs.after.env).toEqual({ URL: '${{ needs.prod.outputs.url }}' });
    expect(lower(given, { ...options, selfRepository: true }).data.jobs.dev.uses).toBe('$/.github/workflows/ci-roll-out.yml');
  });

  it('are written out otherwise, or where GitHub cannot', () => {
    const [given] = reusing();
    expect(Object.keys(lower(given).data.jobs)).toEqual(['dev-apply', 'dev-check', 'prod-apply', 'prod-check', 'after']);
    const kept = { ...given, templates: given.templates.map(template => ({ ...template, secrets: [{ name: 'TOKEN', environment: 'prod' }] })) };
    const { files, rows } = lower(kept, { nativeReuse: true });
    expect(files).toHaveLength(1);
    expect(rows.find(row => row.part === 'template roll-out')?.how).toBe('written out: GitHub passes on no secret of an environment');
  });
});

it('lowers a thousand pipelines in seconds', () => {
  const jobs = Array.from({ length: 20 }, (_, i) => jobOf(`j${i}`, i > 0 ? [`j${i - 1}`] : [], { steps: [checkoutOf(), runOf('s', 'make')] }));
  const engine = new GitHubActionsBackend();
  const start = performance.now();
  for (let i = 0; i < 1000; i++) {
    engine.lower(graphOf(jobs, { id: `p${i}`, triggers: [PUSH] }));
  }
  expect(performance.now() - start).toBeLessThan(10_000);
});
