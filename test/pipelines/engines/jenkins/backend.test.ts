import * as fc from 'fast-check';
import { branch, codes, jenkinsfile, lower, section, stage, textOf } from './lowered';
import { textsOf } from './read-groovy';
import { isError } from '../../../../src/pipelines/gaps';
import { combinationsOf } from '../../../../src/pipelines/graph';
import type { JobNode, MatrixNode, StepNode, TriggerNode } from '../../../../src/pipelines/graph';
import { checkoutOf, context, graphOf, jobOf, output, runOf, status, stepOf } from '../../graphs';
import '../../../support/properties';

const everywhere = { include: ['**'], exclude: [] };

describe('conditions', () => {
  const whenOf = (job: Partial<JobNode>, triggers?: TriggerNode[]) => section(stage(jenkinsfile(graphOf([jobOf('a', [], job)], triggers && { triggers })), 'a'), 'when');
  const push: TriggerNode = { kind: 'push', branches: everywhere };
  const pull: TriggerNode = { kind: 'pullRequest', branches: everywhere, drafts: true };

  it.each<[string, Partial<JobNode>, TriggerNode[], string]>([
    ['a branch', { condition: branch('main') }, [push], 'branch pattern: \'main\', comparator: \'EQUALS\''],
    ['a branch, where tags are built', { condition: branch('v1') }, [push, { kind: 'tag', tags: everywhere }],
      'allOf {\n  branch pattern: \'v1\', comparator: \'EQUALS\'\n  not {\n    buildingTag()\n  }\n}'],
    ['globs', { condition: { kind: 'matches', value: context('branch'), globs: ['release/*'] } }, [push], 'branch pattern: \'release/[^/]*\', comparator: \'REGEXP\''],
    ['a pull request', { condition: { kind: 'event', is: ['pullRequest'] } }, [push, pull], 'changeRequest()'],
    ['a push', { condition: { kind: 'event', is: ['push'] } }, [push, pull], 'not {\n  changeRequest()\n}'],
    ['the only event', { condition: { kind: 'event', is: ['push'] } }, [push], ''],
    ['an event that cannot be', { condition: { kind: 'event', is: ['tag'] } }, [push], 'expression {\n  false\n}'],
    ['a schedule', { condition: { kind: 'event', is: ['schedule'] } }, [push, { kind: 'schedule', id: 's', cron: '0 3 * * *', timeZone: 'UTC' }], 'triggeredBy \'TimerTrigger\''],
    ['either of two', { condition: { kind: 'or', of: [branch('a'), branch('b')] } }, [push],
      'anyOf {\n  branch pattern: \'a\', comparator: \'EQUALS\'\n  branch pattern: \'b\', comparator: \'EQUALS\'\n}'],
    ['an input', { condition: { kind: 'compare', value: { kind: 'input', name: 'level' }, in: ['a\'b', 'c'] } }, [push], 'expression {\n  (params.level.toString() in [\'a\\\'b\', \'c\'])\n}'],
    ['no branch', { condition: branch('') }, [push], 'expression {\n  (env.TAG_NAME ? \'\' : (env.BRANCH_NAME ?: \'\')) == \'\'\n}'],
  ])('on %s', (_, job, triggers, expected) => {
    expect(whenOf(job, triggers).replace(/^beforeAgent true\n?/, '')).toBe(expected);
  });

  it('are those of all jobs before: what is skipped skips what follows', () => {
    const jobs = [jobOf('a', [], { condition: branch('main') }), jobOf('b', ['a']), jobOf('c', ['b'], { condition: status('always') }), jobOf('d', ['c'])];
    const text = jenkinsfile(graphOf(jobs));
    const whens = jobs.map(job => section(stage(text, job.id), 'when'));
    expect(whens.map(when => when.includes('branch pattern: \'main\''))).toEqual([true, true, false, true]);
  });
});

describe('failures', () => {
  it('stop the build by themselves, unless something runs in spite of them', () => {
    const plain = jenkinsfile(graphOf([jobOf('a'), jobOf('b', ['a'])]));
    expect(plain).not.toMatch(/catchError|FAIRWAY_RESULT/);
    const told = [jobOf('a'), jobOf('b', ['a'], { condition: status('failure') }), jobOf('c', ['a']), jobOf('d', ['b', 'c'], { condition: status('always'), matrix: matrixOf() })];
    const text = jenkinsfile(graphOf(told));
    expect(stage(text, 'a')).toContain('catchError(buildResult: \'FAILURE\', stageResult: \'FAILURE\') {');
    expect(section(stage(text, 'b'), 'when')).toContain('env.FAIRWAY_RESULT_a == \'failure\'');
    expect(section(stage(text, 'c'), 'when')).toContain('env.FAIRWAY_RESULT_a != \'failure\' && currentBuild.currentResult != \'ABORTED\'');
  });

  it('are cleaned up behind in a post section, which nothing keeps from running', () => {
    const jobs = [
      jobOf('a'), jobOf('b', ['a']), jobOf('clean', ['b'], { condition: status('always') }), jobOf('tell', ['b'], { condition: status('failure') }),
    ];
    const text = jenkinsfile(graphOf(jobs));
    expect(text).not.toMatch(/catchError|FAIRWAY_RESULT/);
    expect(text.slice(text.indexOf('\n  post {'))).toMatch(/^\n {2}post \{\n {4}always \{[^]*!= 'NOT_BUILT'[^]*node\('linux'\)[^]*\n {4}failure \{\n {6}node\('linux'\)/);
  });

  it('that are allowed change no result', () => {
    const text = jenkinsfile(graphOf([jobOf('a', [], { allowFailure: true }), jobOf('b', ['a'])]));
    expect(stage(text, 'a')).toContain('catchError(buildResult: \'SUCCESS\', stageResult: \'UNSTABLE\') {');
    expect(stage(text, 'b')).not.toContain('when');
  });

  it('let steps run that wait for them, each', () => {
    const steps = [runOf('x'), runOf('log', 'cat log', { condition: status('failure') }), runOf('tidy', 'rm log', { condition: status('always') })];
    const text = stage(jenkinsfile(graphOf([jobOf('a', [], { steps })])), 'a');
    expect(text.slice(text.indexOf('  post {'))).toMatch(
      /^ {2}post \{\n {4}always \{\n {6}script \{\n {8}try \{\n[^]*if \(env.FAIRWAY_RESULT_a == 'failure' && currentBuild.currentResult != 'ABORTED'\)[^]*\} finally \{[^]*rm log/);
  });

  it('of a step that goes on are none of the job, and a build that is stopped stops', () => {
    const text = jenkinsfile(graphOf([jobOf('a', [], { steps: [runOf('x', 'true', { continueOnError: true })] })]));
    expect(text).toContain('catchError(buildResult: \'SUCCESS\', stageResult: \'UNSTABLE\', catchInterruptions: false) {');
  });

  it.each([false, true])('of a step whose time is over are failures, and no end of the build is swallowed (continueOnError: %s)', continueOnError => {
    const lowering = lower(graphOf([jobOf('a', [], { steps: [runOf('x', 'go', { timeoutMinutes: 3, continueOnError })] })]));
    const text = textOf(lowering);
    expect(text).toMatch(new RegExp([
      /try \{\n\s+timeout\(time: 3, unit: 'MINUTES'\) \{\n\s+sh [^]*/,
      /\n\s+\} catch \(org\.jenkinsci\.plugins\.workflow\.steps\.FlowInterruptedException e\) \{\n[^\n]*\n\s+def isOver = false\n\s+retry\(2\) \{\n/,
      /\s+if \(isOver\) \{\n\s+error message: 'The time of the step is over\.'\n\s+\}\n\s+isOver = true\n\s+throw e\n/,
    ].map(part => part.source).join('')));
    expect(text.includes('catchError(buildResult: \'SUCCESS\', stageResult: \'UNSTABLE\', catchInterruptions: false) {')).toBe(continueOnError);
    expect(lowering.rows).toContainEqual(expect.objectContaining({ part: 'timeout of step x', job: 'a' }));
  });
});

/** A matrix with two axes of so many values. */
function cells(...counts: number[]): MatrixNode {
  const axes = counts.map((count, i) => ({ name: `AXIS_${i}`, values: [...Array(count).keys()].map(String) }));
  return { kind: 'static', axes, include: [], exclude: [], combinations: combinationsOf({ axes, include: [], exclude: [] }), failFast: false };
}

function matrixOf(rest: Partial<MatrixNode & { kind: 'static' }> = {}): MatrixNode {
  return {
    kind: 'static',
    axes: [{ name: 'NODE', values: ['22', '24'] }, { name: 'OS', values: ['a', 'b'] }],
    include: [],
    exclude: [{ NODE: '22', OS: 'b' }],
    combinations: [{ NODE: '22', OS: 'a' }, { NODE: '24', OS: 'a' }, { NODE: '24', OS: 'b' }],
    failFast: true,
    ...rest,
  };
}

describe('a matrix', () => {
  it('is one of Jenkins where it means the same', () => {
    const text = stage(jenkinsfile(graphOf([jobOf('t', [], { matrix: matrixOf() })])), 't');
    expect(text).toContain('  failFast true\n  matrix {\n    axes {\n      axis {\n        name \'NODE\'\n        values \'22\', \'24\'\n      }');
    expect(text).toContain('    excludes {\n      exclude {\n        axis {\n          name \'NODE\'\n          values \'22\'\n        }');
    expect(text).toContain('      stage(\'t leg\') {');
  });

  it.each<[string, Partial<JobNode>]>([
    ['include', { matrix: matrixOf({ include: [{ NODE: '26' }] }) }],
    ['a variable that shells obey', { matrix: matrixOf({ axes: [{ name: 'PATH', values: ['22', '24'] }] }) }],
    ['a variable of the job', { matrix: matrixOf(), env: { NODE: [{ kind: 'matrix', axis: 'NODE' }] } }],
    ['outputs', { matrix: matrixOf(), steps: [runOf('x', 'true', { outputs: ['v'] })] }],
    ['a name of each leg', { matrix: matrixOf(), name: ['t ', { kind: 'matrix', axis: 'NODE' }] }],
  ])('is a stage for each leg with %s', (_, rest) => {
    const text = jenkinsfile(graphOf([jobOf('t', [], rest)]));
    expect(text).not.toContain('matrix {');
    expect(text.match(/stage\('t/g)!.length).toBeGreaterThanOrEqual(3);
  });

  it('stands beside other jobs leg by leg', () => {
    const lowering = lower(graphOf([jobOf('t', [], { matrix: matrixOf() }), jobOf('lint')]));
    expect(codes(lowering)).toEqual(['FW1091']); // fail-fast
    expect(textOf(lowering).match(/stage\('(t \(|lint')/g)).toHaveLength(4);
  });

  it('that is computed cannot be', () => {
    const matrix: MatrixNode = { kind: 'dynamic', from: output('a', 'm') as never, axes: ['X'], failFast: true };
    expect(codes(lower(graphOf([jobOf('a'), jobOf('t', ['a'], { matrix })])))).toEqual(['FW1090']);
  });
});

describe('order', () => {
  it('that Jenkins cannot have is a warning, and independent jobs still run', () => {
    const lowering = lower(graphOf([jobOf('a'), jobOf('b'), jobOf('c', ['a']), jobOf('d', ['a', 'b'])]));
    expect(lowering.findings).toMatchObject([{ code: 'FW1188', path: 'App/ci/c', severity: 'warning' }]);
    expect(stage(textOf(lowering), 'a')).not.toContain('catchError'); // both others need it
    expect(stage(textOf(lowering), 'b')).toContain('catchError');
    expect(section(stage(textOf(lowering), 'c'), 'when')).not.toContain('FAIRWAY_RESULT_b');
    expect(section(stage(textOf(lowering), 'd'), 'when')).toContain('env.FAIRWAY_RESULT_b != \'failure\'');
  });

  it.each<[string, string[], JobNode[]]>([
    ['of a few stages', [], [...Array(20).keys()].map(i => jobOf(`j${i}`))],
    ['of very many', ['FW1195'], [...Array(250).keys()].map(i => jobOf(`j${i}`))],
    ['of cells that are as many', ['FW1195'], [jobOf('j', [], { matrix: cells(13, 13) })]],
  ])('%s may be too large for Jenkins: %j', (_, found, jobs) => {
    expect(codes(lower(graphOf(jobs)))).toEqual(found);
  });

  it('of a thousand pipelines is found in seconds', () => {
    const jobs = [...Array(24).keys()].map(i => jobOf(`j${i}`, i === 0 ? [] : [`j${Math.floor(i / 2)}`], { condition: branch(`b${i}`) }));
    const graph = graphOf(jobs);
    const start = process.cpuUsage();
    for (let i = 0; i < 100; i++) {
      lower(graph);
    }
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1e6).toBeLessThan(5); // a tenth of that on an idle machine
  });
});

describe('variables that differ in case alone', () => {
  it.each<[string, Partial<JobNode>]>([
    ['of a step', { steps: [runOf('s', 'true', { env: { http_proxy: ['a'], HTTP_PROXY: ['b'] } })] }],
    ['of a job and a step', { env: { MODE: ['a'] }, steps: [runOf('s', 'true', { env: { mode: ['b'] } })] }],
  ])('are one for Jenkins: %s', (_, job) => {
    expect(codes(lower(graphOf([jobOf('a', [], job)])))).toEqual(['FW1090']);
  });

  it('get a number where they are outputs', () => {
    const outputs = ['v', 'V'].map(name => ({ name, step: 's', output: name }));
    const text = jenkinsfile(graphOf([jobOf('a', [], { steps: [runOf('s', 'true', { outputs: ['v', 'V'] })], outputs })]));
    expect(text).toContain('env.FAIRWAY_OUTPUT_a__v = ');
    expect(text).toContain('env.FAIRWAY_OUTPUT_a__V_2 = ');
  });

  it('are well in two steps', () => {
    const steps = [runOf('s', 'true', { env: { mode: ['a'] } }), runOf('t', 'true', { env: { MODE: ['b'] } })];
    expect(codes(lower(graphOf([jobOf('a', [], { steps })])))).toEqual([]);
  });
});

describe('values', () => {
  it('go from job to job by variables, never through a script', () => {
    const build = jobOf('build', [], { steps: [runOf('v', 'echo "v=1" >> "$FAIRWAY_OUTPUT"', { outputs: ['v'] })], outputs: [{ name: 'version', step: 'v', output: 'v' }] });
    const ship = jobOf('ship', ['build'], {
      steps: [runOf('s', 'ship "$V" "$T"', { env: { V: ['v', output('build', 'version')], T: [context('changeTitle')], E: [] } })],
    });
    const text = jenkinsfile(graphOf([build, ship]));
    expect(text).toContain('env.FAIRWAY_OUTPUT_build__version = sh(label: \'Output v\', returnStdout: true');
    expect(stage(text, 'ship')).toContain('\'V=v\' + (env.FAIRWAY_OUTPUT_build__version ?: \'\'),');
    expect(textsOf(text)).toContain('#!/usr/bin/env bash\nset -euo pipefail\nexport E=\'\' T="${T-}"\nship "$V" "$T"');
  });

  it('that are secrets are credentials, of the step alone', () => {
    const steps = [runOf('s', 'x', { env: { TOKEN: [{ kind: 'secret', name: 'HUB' }], AUTH: ['Bearer ', { kind: 'secret', name: 'HUB' }] } })];
    const lowering = lower(graphOf([jobOf('a', [], { steps, env: { KEY: [{ kind: 'secret', name: 'K' }] } })], { secrets: [{ name: 'HUB' }, { name: 'K' }] }));
    const text = textOf(lowering);
    expect(text).toContain('KEY = credentials(\'K\')');
    expect(text).toContain('  string(credentialsId: \'HUB\', variable: \'TOKEN\'),');
    expect(text).toContain('withEnv([\'AUTH=Bearer \' + (env.HUB ?: \'\')]) {');
    expect(lowering.remains.map(each => each.what)).toContain('Add the credential "HUB" of the kind "Secret text".');
  });

  it('of a commit are known behind a checkout, which comes first', () => {
    const steps = [checkoutOf(), runOf('s', 'echo "$SHA"')];
    const text = stage(jenkinsfile(graphOf([jobOf('a', [], { steps, env: { SHA: [context('sha')], BASE: [context('baseSha')] } })])), 'a');
    expect(text.indexOf('def commit = checkout(scm)')).toBeLessThan(text.indexOf('\'SHA=\' + (env.GIT_COMMIT ?: \'\')'));
    expect(text).toContain('env.FAIRWAY_BASE_SHA = env.CHANGE_TARGET ? sh(');
  });

  const hostile = fc.array(fc.constantFrom('${x}', '$(y)', '\'\'\'', '"', '\\', '\n', '${{ z }}', '// a', ' ', 'echo', '\\u0041'), { minLength: 1, maxLength: 8 }).map(parts => `e${parts.join('')}e`);

  it('never stand in a script, and scripts arrive byte for byte', () => {
    fc.assert(fc.property(hostile, hostile, (script, value) => {
      const steps = [runOf('s', script, { env: { X: [value] }, name: [value] })];
      const texts = textsOf(jenkinsfile(graphOf([jobOf('a', [], { steps })], { name: value })));
      expect(texts).toContain(`#!/usr/bin/env bash\nset -euo pipefail\n${script}`);
      expect(texts).toContain(`X=${value}`);
    }));
  });
});

describe('artifacts', () => {
  const upload = (paths: string[]): StepNode => stepOf('upload', 'up', { artifact: 'dist', paths, ifMissing: 'warn', retentionDays: 5 });

  it('are archived, and stashed for who downloads them', () => {
    const down: StepNode = stepOf('download', 'down', { artifact: 'dist', from: 'a', folder: 'in' });
    const text = jenkinsfile(graphOf([jobOf('a', [], { steps: [upload(['out', '*.log'])] }), jobOf('b', ['a'], { steps: [down] })]));
    expect(stage(text, 'a')).toContain('archiveArtifacts artifacts: \'out,out/**,*.log\', allowEmptyArchive: true');
    expect(stage(text, 'a')).toContain('stash name: \'dist\', includes: \'out,out/**,*.log\', allowEmpty: true');
    expect(stage(text, 'b')).toContain('dir(\'in\') {\n        unstash \'dist\'');
    expect(text).toContain('buildDiscarder(logRotator(artifactDaysToKeepStr: \'5\'))');
    expect(jenkinsfile(graphOf([jobOf('a', [], { steps: [upload(['out'])] })]))).not.toContain('stash name');
  });

  it.each(['a,b', 'a b', 'a\nb'])('are not taken from %j', path => {
    expect(codes(lower(graphOf([jobOf('a', [], { steps: [upload([path])] })])))).toEqual(['FW1189']);
  });
});

describe('people and other runs', () => {
  const approval = (rest: Partial<NonNullable<JobNode['approval']>> = {}) => ({ message: 'Go?', approvers: ['acme/sre', '@jane'], count: 1, ...rest });

  it('are asked before an agent is taken', () => {
    const text = stage(jenkinsfile(graphOf([jobOf('a', [], { approval: approval(), condition: branch('main') })])), 'a');
    expect(section(text, 'when')).toMatch(/^beforeInput true\nbeforeAgent true\n/);
    expect(section(text, 'input')).toBe('message \'Go?\'\nsubmitter \'acme/sre,jane\'');
  });

  it('are asked one after the other, and not for ever', () => {
    const text = stage(jenkinsfile(graphOf([jobOf('a', [], { approval: approval({ count: 2, timeoutMinutes: 60 }) })])), 'a');
    expect(text).toContain('stage(\'a: approval\') {\n      options {\n        timeout(time: 60, unit: \'MINUTES\')');
    expect(text).toContain('while (approvers.size() < 2) {');
    expect(text.indexOf('approvers.size()')).toBeLessThan(text.indexOf('label \'linux\''));
  });

  it('who may be anybody is a warning', () => {
    expect(codes(lower(graphOf([jobOf('a', [], { approval: approval({ approvers: [] }) })])))).toEqual(['FW1091']);
  });

  it('are those of the environment', () => {
    const environment = { name: 'prod', protection: { approvals: { teams: ['sre'], count: 1 }, restrictedTimes: false, requireHealth: false, requireAnalysis: [] } };
    const text = stage(jenkinsfile(graphOf([jobOf('a', [], { environment })])), 'a');
    expect(section(text, 'input')).toBe('message \'Deploy to prod?\'\nsubmitter \'sre\'');
  });

  const group = (onNew: 'queue' | 'replacePending' | 'cancelRunning', cancelPullRequests = false) => ({ group: ['prod'], onNew, cancelPullRequests });

  it('wait for each other', () => {
    expect(stage(jenkinsfile(graphOf([jobOf('a', [], { concurrency: group('queue') })])), 'a')).toContain('  options {\n    lock(resource: \'prod\')\n  }');
    const text = jenkinsfile(graphOf([jobOf('a', [], { concurrency: group('replacePending') })]));
    expect(text).toContain('lock(resource: \'prod\', inversePrecedence: true) {\n          milestone(ordinal: 1)');
    // A lock is not held while a person is asked.
    expect(jenkinsfile(graphOf([jobOf('a', [], { concurrency: group('queue'), approval: approval() })]))).toContain('        lock(resource: \'prod\') {');
  });

  it('of the same branch replace each other', () => {
    const perRef = { group: ['ci-', { kind: 'context' as const, name: 'ref' as const }], onNew: 'replacePending' as const, cancelPullRequests: true };
    const triggers: TriggerNode[] = [{ kind: 'push', branches: everywhere }, { kind: 'pullRequest', branches: everywhere, drafts: true }];
    expect(jenkinsfile(graphOf([jobOf('a')], { concurrency: perRef, triggers }))).toContain('disableConcurrentBuilds(abortPrevious: env.CHANGE_ID != null)');
    expect(jenkinsfile(graphOf([jobOf('a')], { concurrency: { ...perRef, cancelPullRequests: false } }))).toContain('disableConcurrentBuilds()');
    expect(jenkinsfile(graphOf([jobOf('a')], { concurrency: group('queue') }))).toContain('    lock(resource: \'prod\')');
  });
});

describe('triggers', () => {
  const all: TriggerNode[] = [
    { kind: 'push', branches: { include: ['main', 'release/*'], exclude: ['release/old'] } },
    { kind: 'pullRequest', branches: { include: ['main'], exclude: [] }, drafts: false },
    { kind: 'tag', tags: { include: ['v*'], exclude: [] } },
    { kind: 'mergeQueue', branches: { include: ['main'], exclude: [] } },
    { kind: 'schedule', id: 'night', cron: '17 3 1 * MON', timeZone: 'Europe/London' },
    { kind: 'manual' },
  ];

  it('that the job has send others away', () => {
    const lowering = lower(graphOf([jobOf('a')], { triggers: all }));
    const trigger = stage(textOf(lowering), 'Trigger');
    expect(trigger).toContain('branch pattern: \'gh-readonly-queue/main/pr-[^/]*\', comparator: \'REGEXP\'');
    expect(trigger).toContain('changeRequest target: \'main\', comparator: \'EQUALS\'');
    expect(trigger).toContain('tag pattern: \'v[^/]*\', comparator: \'REGEXP\'');
    expect(trigger).toContain('currentBuild.result = \'NOT_BUILT\'');
    // Cron takes either day, Jenkins demands both.
    expect(textOf(lowering)).toContain('cron(env.BRANCH_IS_PRIMARY == \'true\' ? \'TZ=Europe/London\\n17 3 1 * *\\n17 3 * * 1\' : \'\')');
    expect(codes(lowering)).toEqual(['FW1091']); // drafts
    expect(lowering.remains.map(each => each.what)).toContain('Make a multibranch pipeline of the repository, with the script path Jenkinsfile.');
  });

  it('that Jenkins does not have are errors', () => {
    const schedule = (id: string, timeZone: string): TriggerNode => ({ kind: 'schedule', id, cron: '0 3 * * *', timeZone });
    expect(codes(lower(graphOf([jobOf('a')], { triggers: [{ kind: 'release' }] })))).toEqual(['FW1090']);
    expect(codes(lower(graphOf([jobOf('a')], { triggers: [schedule('a', 'UTC'), schedule('b', 'Asia/Tokyo')] })))).toEqual(['FW1090']);
  });

  it('by paths ask a job for what has changed', () => {
    const triggers: TriggerNode[] = [{ kind: 'push', branches: everywhere, paths: { include: ['src/**'], exclude: [] } }];
    const text = jenkinsfile(graphOf([jobOf('a')], { triggers }));
    expect(text).toContain('stage(\'Changes\') {');
    expect(section(stage(text, 'a'), 'when')).toContain('env.FAIRWAY_OUTPUT_changes__trigger == \'true\'');
  });

  it('by hand have parameters', () => {
    const input = { description: '', required: false, options: [] };
    const inputs = [
      { ...input, name: 'level', type: 'choice' as const, default: 'b', options: ['a', 'b'] }, { ...input, name: 'dry', type: 'boolean' as const, default: 'true' },
      { ...input, name: 'count', type: 'number' as const, description: 'How many' },
    ];
    expect(jenkinsfile(graphOf([jobOf('a')], { inputs }))).toContain(`  parameters {
    choice(name: 'level', choices: ['b', 'a'])
    booleanParam(name: 'dry', defaultValue: true)
    string(name: 'count', defaultValue: '', description: 'How many')
  }`);
  });
});

describe('scripts', () => {
  it('that are too long for Groovy are refused', () => {
    expect(codes(lower(graphOf([jobOf('a', [], { steps: [runOf('x', 'é'.repeat(33_000))] })])))).toEqual(['FW1185']);
  });

  it('run in their folder, again and again, for some time', () => {
    const steps = [runOf('x', 'go', { workingDirectory: 'app', timeoutMinutes: 3, retry: { attempts: 4, delaySeconds: 0 } })];
    expect(stage(jenkinsfile(graphOf([jobOf('a', [], { steps, attempts: 2 })])), 'a')).toMatch(
      /retry\(2\) \{\n\s+timeout\(time: 30, unit: 'MINUTES'\) \{[^]*timeout\(time: 3, unit: 'MINUTES'\) \{\n\s+dir\('app'\) \{\n\s+retry\(4\) \{\n\s+sh label: 'x'/);
  });

  it('are of the shell that was asked for', () => {
    const texts = (shell: 'sh' | 'pwsh') => textsOf(jenkinsfile(graphOf([jobOf('a', [], { steps: [runOf('x', 'go', { shell })] })])));
    expect(texts('sh')).toContain('#!/bin/sh\nset -eu\ngo');
    expect(texts('pwsh')).toContain('$ErrorActionPreference = \'Stop\'\n$PSNativeCommandUseErrorActionPreference = $true\ngo');
  });

  it('are of delivery steps, or what Jenkins has for them', () => {
    const step = (action: 'test-report' | 'sign-image', told: Record<string, readonly string[]> = {}): StepNode => stepOf('delivery', action, { action, with: told, portable: { script: 'portable', commands: [] } });
    const text = jenkinsfile(graphOf([jobOf('a', [], { steps: [step('test-report', { paths: ['out/*.xml'] }), step('sign-image')] })]));
    expect(text).toContain('junit testResults: \'out/*.xml\', allowEmptyResults: true, skipMarkingBuildUnstable: true');
    expect(textsOf(text)).toContain('#!/usr/bin/env bash\nset -euo pipefail\nportable');
  });

  it('push with credentials that are given for that', () => {
    const job = jobOf('a', [], { steps: [checkoutOf({ persistCredentials: true }), runOf('x')] });
    expect(codes(lower(graphOf([job])))).toEqual(['FW1090']);
    expect(jenkinsfile(graphOf([job]), { pushCredentials: 'bot' })).toContain('withCredentials([gitUsernamePassword(credentialsId: \'bot\')]) {');
  });
});

describe('the same graph', () => {
  it('gives the same bytes, and no errors without a reason', () => {
    const graph = graphOf([jobOf('a'), jobOf('b', ['a'], { condition: status('failure') }), jobOf('c', ['b'], { matrix: matrixOf() })]);
    expect(jenkinsfile(graph)).toBe(jenkinsfile(graph));
    expect(lower(graph).findings.filter(isError)).toEqual([]);
  });
});
