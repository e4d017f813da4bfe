import { checkoutOf, downloadOf, graphOf, jobOf, matrixOf, output, runOf, status, uploadOf } from './graphs';
import { traced, type Scenario } from './scenario';
import type { ConditionNode, JobNode, PipelineGraph, RunStepNode } from '../../src/pipelines/graph';

/*
 * What every system has to do alike, as graphs: the corners of what a pipeline means. What users write is in the scenarios of constructs.
 */

const both = (...of: ConditionNode[]): ConditionNode => ({ kind: 'and', of });
const CHECKOUT = checkoutOf();

/** A job of one script that writes down its beginning and its end. */
function job(id: string, needs: string[] = [], between: string[] = [], rest: Partial<JobNode> = {}): JobNode {
  return jobOf(id, needs, { steps: [runOf('main', traced(id, between))], ...rest });
}

/** A job that fails half way. */
function bad(id: string, needs: string[] = [], rest: Partial<JobNode> = {}): JobNode {
  return job(id, needs, ['exit 3'], rest);
}

/** A job of steps, each of which says its name. */
function stepwise(id: string, steps: [id: string, rest?: Partial<RunStepNode>, script?: string][], rest: Partial<JobNode> = {}): JobNode {
  const said = steps.map(([name, more, script = '']) => runOf(name, [say(id, name), ...script === '' ? [] : [script]].join('\n'), more));
  return jobOf(id, [], { ...rest, steps: [runOf('start', `echo "start ${id}" >> "$FAIRWAY_TRACE"`), ...said, runOf('end', `echo "end ${id}" >> "$FAIRWAY_TRACE"`)] });
}

function say(leg: string, text: string): string {
  return `echo "say ${leg} ${text}" >> "$FAIRWAY_TRACE"`;
}

/** Fails the first time, and does not the second. */
const SECOND_TIME = 'if [ ! -e "$FAIRWAY_TRACE.seen" ]; then touch "$FAIRWAY_TRACE.seen"; exit 3; fi';

function axisEnv(...axes: string[]): JobNode['env'] {
  return Object.fromEntries(axes.map(axis => [axis, [{ kind: 'matrix', axis }]]));
}

function scenario(name: string, jobs: JobNode[], rest: Partial<Scenario> & { graph?: never; with?: Partial<PipelineGraph> } = {}): Scenario {
  const { with: more, ...others } = rest;
  const triggers: PipelineGraph['triggers'] = [
    { kind: 'push', branches: { include: ['main', 'next'], exclude: [] } },
    { kind: 'pullRequest', branches: { include: ['main'], exclude: [] }, drafts: true },
    { kind: 'tag', tags: { include: ['v*'], exclude: [] } }, { kind: 'manual' },
  ];
  return { name, graph: graphOf(jobs, { id: 'ci', name: 'CI', triggers, ...more }), event: { event: 'push' }, ...others };
}

const HOSTILE = '$(id) `id` "quoted" \'single\' \\ ${HOME} $[[ inputs.x ]] %PATH% ; exit 9 #';

/** What a system could take for its own in a script. Everything here is plain for bash, or quoted. */
const MACROS = [
  'printf \'%s\\n\' \'a $(Build.BuildId) b $[[ inputs.x ]] c $(params.x) d %{x}\' > macros',
  'printf \'%s\\n\' "tab\\t" "dollar \\$HOME" \'back\\slash\' "${UNSET_HERE:-default}" >> macros',
  say('macros', '$(sha256sum < macros)'),
];

const FILTERS: PipelineGraph['filters'] = [
  { id: 'docs', paths: { include: ['docs/**'], exclude: ['docs/gen/**'] } }, { id: 'source', paths: { include: ['src/**', '*.json'], exclude: [] } },
];

const CHANGES: JobNode[] = [
  job('docs', [], [], { condition: { kind: 'changed', filter: 'docs' } }), job('source', [], [], { condition: { kind: 'changed', filter: 'source' } }),
  job('publish', ['docs']),
];

export const GRAPH_SCENARIOS: readonly Scenario[] = [
  scenario('Jobs begin after what they need, in a diamond', [
    job('a'), job('b', ['a'], ['sleep 0.3']), job('c', ['a']), job('d', ['b', 'c']),
  ]),
  scenario('A failure skips everything after it', [bad('a'), job('b', ['a']), job('c', ['b']), job('other')]),
  scenario('A skipped job skips those after it, and the run succeeds', [
    job('a'), job('b', ['a'], [], { condition: { kind: 'event', is: ['tag'] } }), job('c', ['b']),
  ]),
  scenario('Jobs on failure and jobs that run always', [
    bad('a'), job('b', ['a']), job('told', ['b'], [], { condition: status('failure') }), job('cleaned', ['b'], [], { condition: status('always') }),
  ]),
  scenario('Jobs on failure do not run after success', [
    job('a'), job('told', ['a'], [], { condition: status('failure') }), job('cleaned', ['a'], [], { condition: status('always') }),
  ]),
  scenario('A job looks beyond one that runs always', [
    bad('a'), job('b', ['a'], [], { condition: status('always') }), job('c', ['b']), job('d', ['b'], [], { condition: status('failure') }),
  ]),
  scenario('A job on the result of another', [
    bad('a'), job('b'), job('c', ['status:a', 'status:b'], [], { condition: both(status('always'), { kind: 'result', job: 'a', is: ['failure'] }, { kind: 'result', job: 'b', is: ['success'] }) }),
    job('d', ['status:a'], [], { condition: both(status('always'), { kind: 'result', job: 'a', is: ['success', 'skipped'] }) }),
  ]),
  scenario('A job that may fail stops nobody', [bad('a', [], { allowFailure: true }), job('b', ['a'])], {
    cannot: { act: 'heeds continue-on-error of steps alone' },
  }),
  scenario('Conditions on branch and event', [
    job('main-only', [], [], { condition: { kind: 'compare', value: { kind: 'context', name: 'branch' }, in: ['main'] } }),
    job('next-only', [], [], { condition: both({ kind: 'event', is: ['push'] }, { kind: 'compare', value: { kind: 'context', name: 'branch' }, in: ['next'] }) }),
    job('pattern', [], [], { condition: { kind: 'matches', value: { kind: 'context', name: 'branch' }, globs: ['ne*', 'release/**'] } }),
    job('after', ['main-only']),
  ], { event: { event: 'push', branch: 'next' } }),
  scenario('Only what a push changed is built', CHANGES, {
    event: { event: 'push', changed: ['docs/a.md'] }, files: { 'src/a.ts': 'a', 'docs/gen/a.md': 'a' }, with: { filters: FILTERS },
  }),
  scenario('Only what a pull request changed is built', CHANGES, {
    event: { event: 'pullRequest', branch: 'feature', changed: ['src/a.ts', 'docs/gen/a.md'] }, files: { 'src/a.ts': 'a' }, with: { filters: FILTERS },
  }),
  scenario('Without a commit to compare with everything is built', CHANGES, { event: { event: 'manual' }, with: { filters: FILTERS } }),
  scenario('A pull request runs what is meant for it', [
    job('changes-only', [], [], { condition: { kind: 'event', is: ['pullRequest'] } }),
    job('push-only', [], [], { condition: { kind: 'event', is: ['push'] } }),
    job('into-main', [], [], { condition: { kind: 'compare', value: { kind: 'context', name: 'targetBranch' }, in: ['main'] } }),
  ], { event: { event: 'pullRequest', branch: 'feature' } }),
  scenario('A tag runs what is meant for it', [
    job('tag-only', [], [], { condition: { kind: 'event', is: ['tag'] } }),
    job('version', [], [], { condition: { kind: 'matches', value: { kind: 'context', name: 'tag' }, globs: ['v1.*'] } }),
    job('push-only', [], [], { condition: { kind: 'event', is: ['push'] } }),
  ], { event: { event: 'tag', tag: 'v1.2.0' } }),
  scenario('Steps stop at a failure, but for those that mend and clean', [
    stepwise('a', [['one'], ['two', {}, 'exit 3'], ['three'], ['mend', { condition: status('failure') }], ['clean', { condition: status('always') }]]),
  ]),
  scenario('A step that may fail stops nothing', [
    stepwise('a', [['one', { continueOnError: true }, 'exit 3'], ['two'], ['mend', { condition: status('failure') }]]),
  ]),
  scenario('Steps on a condition of their own', [
    stepwise('a', [['on-push', { condition: { kind: 'event', is: ['push'] } }], ['on-tag', { condition: { kind: 'event', is: ['tag'] } }]]),
  ]),
  scenario('Steps read what steps before them put out', [
    jobOf('a', [], {
      steps: [
        runOf('first', 'echo "start a" >> "$FAIRWAY_TRACE"\necho "version=1=2 3" >> "$FAIRWAY_OUTPUT"\necho "kind=x" >> "$FAIRWAY_OUTPUT"', { outputs: ['version', 'kind'] }),
        runOf('second', say('a', '[$VERSION]'), { env: { VERSION: [{ kind: 'stepOutput', step: 'first', name: 'version' }] } }),
        runOf('third', say('a', 'not here'), { condition: { kind: 'compare', value: { kind: 'stepOutput', step: 'first', name: 'kind' }, in: ['y'] } }),
        runOf('fourth', say('a', 'here'), { condition: { kind: 'compare', value: { kind: 'stepOutput', step: 'first', name: 'kind' }, in: ['x'] } }),
        runOf('end', 'echo "end a" >> "$FAIRWAY_TRACE"'),
      ],
    }),
  ]),
  scenario('Scripts stop at the first command that fails, also in a pipe, and at unset variables', [
    bad('plain'), job('pipe', [], ['false | cat']), job('unset', [], ['echo "$NOT_SET_ANYWHERE"']), job('subshell', [], ['x=$(false)']),
  ]),
  scenario('Outputs decide whether a job runs', [
    jobOf('decide', [], {
      steps: [runOf('main', traced('decide', ['echo "ship=yes" >> "$FAIRWAY_OUTPUT"']), { outputs: ['ship'] })],
      outputs: [{ name: 'ship', step: 'main', output: 'ship' }],
    }),
    job('ship', ['output:decide'], [], { condition: { kind: 'compare', value: output('decide', 'ship'), in: ['yes'] } }),
    job('keep', ['output:decide'], [], { condition: { kind: 'compare', value: output('decide', 'ship'), in: ['no'] } }),
    job('after', ['keep']),
  ]),
  scenario('An output of a step that did not run is empty', [
    jobOf('a', [], {
      steps: [
        runOf('main', traced('a')),
        runOf('other', 'echo "x=1" >> "$FAIRWAY_OUTPUT"', { outputs: ['x'], condition: { kind: 'event', is: ['tag'] } }),
      ],
      outputs: [{ name: 'x', step: 'other', output: 'x' }],
    }),
    job('b', ['output:a'], [say('b', '[$X]')], { env: { X: [output('a', 'x')] } }),
  ]),
  scenario('Outputs may hold anything that fits on a line', [
    jobOf('a', [], {
      steps: [runOf('main', traced('a', ['printf \'%s\\n\' \'x=[1, "two"] $(id) `id` ${HOME} \\n # 100%\' >> "$FAIRWAY_OUTPUT"']), { outputs: ['x'] })],
      outputs: [{ name: 'x', step: 'main', output: 'x' }],
    }),
    job('b', ['output:a'], ['printf \'say b [%s]\\n\' "$X" >> "$FAIRWAY_TRACE"'], { env: { X: [output('a', 'x')] } }),
  ]),
  scenario('An empty variable is there', [
    job('a', [], [say('a', '[$EMPTY] [$FROM_INPUT]')], { env: { EMPTY: [], FROM_INPUT: [{ kind: 'input', name: 'text' }] } }),
  ], {
    event: { event: 'manual' },
    with: { inputs: [{ name: 'text', type: 'string', description: 'Any text', required: false, default: '', options: [] }] },
  }),
  scenario('An artifact keeps its paths', [
    jobOf('make', [], {
      steps: [
        CHECKOUT, runOf('main', traced('make', ['mkdir -p dist/deep other', 'cp seed.txt dist/deep/a.txt', 'echo b > dist/b.txt', 'echo c > other/c.txt'])),
        uploadOf('one', 'dist'), uploadOf('two', 'dist/deep', 'other/c.txt'),
      ],
    }),
    jobOf('use', ['artifact:make'], {
      steps: [
        downloadOf('one', 'make'), downloadOf('two', 'make', 'in/here'),
        runOf('main', traced('use', [say('use', '$(find dist in -name "*.txt" | LC_ALL=C sort | tr "\\n" " ")'), say('use', '$(cat dist/deep/a.txt in/here/other/c.txt)')])),
      ],
    }),
  ], { files: { 'seed.txt': 'seed' } }),
  scenario('Values with anything in them stay values', [
    job('a', [], [say('a', '[$FROM_SECRET]'), say('a', '[$FROM_INPUT]'), say('a', '[$PLAIN]')], {
      env: { FROM_SECRET: [{ kind: 'secret', name: 'TOKEN' }], FROM_INPUT: [{ kind: 'input', name: 'text' }], PLAIN: [HOSTILE] },
    }),
  ], {
    event: { event: 'manual', inputs: { text: HOSTILE } },
    secrets: { TOKEN: HOSTILE },
    with: {
      secrets: [{ name: 'TOKEN' }], inputs: [{ name: 'text', type: 'string', description: 'Any text', required: false, default: '', options: [] }],
    },
  }),
  scenario('Values that look like expressions of GitHub stay values', [
    job('a', [], [say('a', '[$FROM_SECRET]'), say('a', '[$PLAIN]')], {
      env: { FROM_SECRET: [{ kind: 'secret', name: 'TOKEN' }], PLAIN: ['a ${{ github.sha }} b'] },
    }),
  ], { secrets: { TOKEN: 'a ${{ github.sha }} b' }, with: { secrets: [{ name: 'TOKEN' }] }, cannot: { act: 'evaluates once more what it has evaluated' } }),
  scenario('The nearest environment counts', [
    jobOf('a', [], {
      env: { B: ['job'], C: ['job'] },
      steps: [runOf('main', traced('a', [say('a', '$A $B $C')]), { env: { C: ['step'] } }), runOf('next', say('a', '$A $B $C'))],
    }),
  ], { with: { env: { A: ['all'], B: ['all'], C: ['all'] } } }),
  scenario('A script comes to the shell as it is written', [job('macros', [], MACROS)]),
  scenario('Scripts run where they are told to, with the shell they are told', [
    jobOf('a', [], {
      steps: [
        CHECKOUT, runOf('one', `${traced('a')}\n${say('a', '$(ls)')}`, { workingDirectory: 'sub/dir' }),
        runOf('two', say('a', 'plain $(ls sub)'), { shell: 'sh' }),
      ],
    }),
  ], { files: { 'sub/dir/here.txt': 'x' } }),
  scenario('A matrix runs every combination', [
    jobOf('test', [], {
      matrix: matrixOf({ OS: ['linux', 'mac'], NODE: ['20', '22'] }, {
        include: [{ OS: 'linux', NODE: '20', EXTRA: 'yes' }], exclude: [{ OS: 'mac', NODE: '20' }],
      }),
      env: axisEnv('OS', 'NODE', 'EXTRA'),
      steps: [runOf('main', ['leg="test/$OS/$NODE${EXTRA:+/$EXTRA}"', 'echo "start $leg" >> "$FAIRWAY_TRACE"', 'echo "end $leg" >> "$FAIRWAY_TRACE"'].join('\n'))],
    }),
    job('after', ['test']),
  ]),
  scenario('Values of a matrix are text, whatever they look like', [
    jobOf('test', [], {
      matrix: matrixOf({ AXIS: ['3.10', 'true', '010', 'null', '1e3', 'no'] }),
      env: axisEnv('AXIS'),
      steps: [runOf('main', traced('test', [], ['AXIS']))],
    }),
  ]),
  scenario('A failing leg fails its job, and the others go on', [
    jobOf('test', [], {
      matrix: matrixOf({ AXIS: ['a', 'b', 'c'] }),
      env: axisEnv('AXIS'),
      steps: [runOf('main', traced('test', ['if [ "$AXIS" = a ]; then exit 3; fi', 'sleep 0.5'], ['AXIS']))],
    }),
    job('after', ['test']), job('told', ['test'], [], { condition: status('failure') }),
  ]),
  scenario('A failing leg ends the others with fail-fast', [
    jobOf('test', [], {
      matrix: matrixOf({ AXIS: ['a', 'b'] }, { failFast: true }),
      env: axisEnv('AXIS'),
      steps: [runOf('main', traced('test', ['if [ "$AXIS" = a ]; then sleep 0.5; exit 3; fi', 'sleep 8'], ['AXIS']))],
    }),
    job('after', ['test']),
  ], { cannot: { 'act': 'has no fail-fast', 'gitlab-ci-local': 'GitLab has no fail-fast of one matrix' } }),
  scenario('Legs hand over artifacts of their own', [
    jobOf('make', [], {
      matrix: matrixOf({ AXIS: ['a', 'b'] }),
      env: axisEnv('AXIS'),
      steps: [runOf('main', traced('make', ['mkdir -p out', 'echo "$AXIS" > "out/$AXIS.txt"'], ['AXIS'])), uploadOf('out', 'out')],
    }),
    jobOf('use', ['artifact:make'], {
      steps: [downloadOf('out', 'make'), runOf('main', traced('use', [say('use', '$(cat out/a.txt out/b.txt | tr "\\n" " ")')]))],
    }),
  ]),
  scenario('A matrix that a job computes', [
    jobOf('list', [], {
      steps: [runOf('main', traced('list', ['echo \'legs=[{"AXIS":"x"},{"AXIS":"y"}]\' >> "$FAIRWAY_OUTPUT"']), { outputs: ['legs'] })],
      outputs: [{ name: 'legs', step: 'main', output: 'legs' }],
    }),
    jobOf('each', ['output:list'], {
      matrix: { kind: 'dynamic', from: { kind: 'output', job: 'list', name: 'legs' }, axes: ['AXIS'], failFast: false },
      env: axisEnv('AXIS'),
      steps: [runOf('main', traced('each', [], ['AXIS']))],
    }),
  ], { cannot: { 'gitlab-ci-local': 'GitLab has no matrix that a job computes', 'jenkins': 'Jenkins has no matrix that a job computes' } }),
  scenario('A step is tried until it succeeds, no more than told', [
    jobOf('a', [], { steps: [runOf('main', `echo "start a" >> "$FAIRWAY_TRACE"\n${SECOND_TIME}\necho "end a" >> "$FAIRWAY_TRACE"`, { retry: { attempts: 3, delaySeconds: 0 } })] }),
    jobOf('b', [], { steps: [runOf('main', `${traced('b', ['exit 3'])}`, { retry: { attempts: 2, delaySeconds: 1 } })] }),
  ]),
  scenario('A step fails when its time is over', [
    stepwise('a', [['slow', { timeoutMinutes: 1 }, 'sleep 20'], ['mend', { condition: status('failure') }]]), job('told', ['a'], [], { condition: status('failure') }),
  ], { minuteMillis: 2000, cannot: { 'act': 'counts timeouts in whole minutes', 'gitlab-ci-local': 'the time of a step is counted by the script' } }),
  scenario('A job is tried again as a whole', [
    jobOf('a', [], {
      attempts: 2, steps: [runOf('one', 'echo "start a" >> "$FAIRWAY_TRACE"'), runOf('two', `${SECOND_TIME}\necho "end a" >> "$FAIRWAY_TRACE"`)],
    }),
    job('b', ['a']),
  ], { cannot: { act: 'GitHub tries no job again' } }),
  scenario('A job ends when its time is over', [
    jobOf('a', [], { timeoutMinutes: 1, steps: [runOf('main', traced('a', ['sleep 20']))] }), job('b', ['a']),
  ], { minuteMillis: 2000, cannot: { act: 'heeds no timeout of a job' } }),
  scenario('A step with a time of its own is ended with its job, which is no failure', [
    stepwise('a', [['slow', { timeoutMinutes: 9 }, 'sleep 20'], ['mend', { condition: status('failure') }]], { timeoutMinutes: 1 }),
    job('told', ['a'], [], { condition: status('failure') }),
  ], { minuteMillis: 2000, cannot: { 'act': 'heeds no timeout of a job', 'gitlab-ci-local': 'a job whose time is over has failed there' } }),
  scenario('A step that may fail may take too long', [
    stepwise('a', [['slow', { timeoutMinutes: 1, continueOnError: true }, 'sleep 20']]), job('told', ['a']),
  ], { minuteMillis: 2000, cannot: { 'act': 'counts timeouts in whole minutes', 'gitlab-ci-local': 'the time of a step is counted by the script' } }),
  scenario('An approval lets a job run', [
    job('a'), job('b', ['a'], [], { approval: { message: 'Ship it?', approvers: [], count: 1 } }), job('c', ['b']),
  ], { cannot: { act: 'nobody is asked: reviewers of an environment are a setting of the repository' } }),
  scenario('Without its approval a job does not run', [
    job('a'), job('b', ['a'], [], { approval: { message: 'Ship it?', approvers: [], count: 1 } }), job('c', ['b']),
  ], {
    approve: false,
    cannot: {
      'act': 'nobody is asked: reviewers of an environment are a setting of the repository', 'gitlab-ci-local': 'ends when a manual job is not begun',
    },
  }),
];
