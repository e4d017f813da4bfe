import { needsOf, say, scenario, trace } from './scenario';
import { Artifact, Condition, Context, IfMissing, Job, JobOutcome, JobStep, Matrix, PipelineEvent, Stage, Trigger } from '../../../src/pipelines';

/** What comes after what, and what is skipped. */
export const FLOW = [
  scenario({
    id: 'one-job',
    name: 'a job runs its steps in order, with strict bash',
    declare: ci => void new Job(ci, 'build', {
      steps: [
        trace('build', ['test "$-" != "${-#*e}"', 'test "$-" != "${-#*u}"', 'set -o | grep -Eq "^pipefail[[:space:]]+on"']),
        JobStep.run(say('build', 'second')),
      ],
    }),
    proves: graph => expect(graph.jobs.map(job => [job.id, job.steps.map(step => step.id), job.timeoutMinutes])).toEqual([['build', ['run', 'run-2'], 30]]),
  }),

  scenario({
    id: 'fan-out-fan-in',
    name: 'jobs fan out and come together, and edges that follow from others are left out',
    declare: ci => {
      const build = new Job(ci, 'build', { steps: [trace('build')] });
      const unit = new Job(ci, 'unit', { steps: [trace('unit')], dependsOn: [build] });
      const lint = new Job(ci, 'lint', { steps: [trace('lint')], dependsOn: [build] });
      new Job(ci, 'ship', { steps: [trace('ship')], dependsOn: [build, unit, lint] });
    },
    proves: graph => {
      expect(needsOf(graph)).toEqual({ build: [], unit: ['build'], lint: ['build'], ship: ['unit', 'lint'] });
      expect([graph.edgesBefore, graph.edges]).toEqual([5, 4]);
    },
  }),

  scenario({
    id: 'no-series-parallel',
    name: 'an order that is no tree of series and parallels is kept',
    declare: ci => {
      const a = new Job(ci, 'a', { steps: [trace('a')] });
      const b = new Job(ci, 'b', { steps: [trace('b')] });
      new Job(ci, 'c', { steps: [trace('c')], dependsOn: [a] });
      const d = new Job(ci, 'd', { steps: [trace('d')], dependsOn: [a, b] });
      new Job(ci, 'e', { steps: [trace('e')], dependsOn: [d] });
    },
    proves: graph => expect(needsOf(graph)).toEqual({ a: [], b: [], c: ['a'], d: ['a', 'b'], e: ['d'] }),
  }),

  scenario({
    id: 'stages',
    name: 'a stage begins when the one before is through',
    declare: ci => {
      const check = new Stage(ci, 'check', { name: 'Check' });
      const ship = new Stage(ci, 'ship', { name: 'Ship' });
      new Job(check, 'unit', { steps: [trace('unit')] });
      new Job(check, 'lint', { steps: [trace('lint')] });
      const push = new Job(ship, 'push', { steps: [trace('push')] });
      new Job(ship, 'tell', { steps: [trace('tell')], dependsOn: [push] });
    },
    proves: graph => {
      expect(needsOf(graph)).toEqual({ unit: [], lint: [], push: ['unit', 'lint'], tell: ['push'] });
      expect(graph.stages.map(stage => stage.jobs)).toEqual([['unit', 'lint'], ['push', 'tell']]);
    },
  }),

  scenario({
    id: 'outputs',
    name: 'outputs go to later steps and to other jobs, whatever is in them',
    declare: ci => {
      const version = JobStep.run('echo "version=1.2.3" >> "$FAIRWAY_OUTPUT"\necho "odd=\\$(id) \\`id\\` %0A \\"q\\" \\\\ ; a=b" >> "$FAIRWAY_OUTPUT"', {
        id: 'version', outputs: ['version', 'odd'],
      });
      new Job(ci, 'build', {
        steps: [
          version,
          trace('build', [say('build', '$VERSION'), 'printf \'say build %s\\n\' "$ODD" >> "$FAIRWAY_TRACE"'], {
            env: { VERSION: version.output('version'), ODD: version.output('odd') },
          }),
        ],
      });
      new Job(ci, 'ship', {
        steps: [trace('ship', [say('ship', '$VERSION'), 'printf \'say ship %s\\n\' "$ODD" >> "$FAIRWAY_TRACE"'], {
          env: { VERSION: version.output('version'), ODD: version.output('odd') },
        })],
      });
    },
    proves: graph => {
      expect(graph.jobs[0].outputs.map(output => output.name)).toEqual(['version', 'odd']);
      expect(graph.jobs[1].needs).toEqual([{ job: 'build', reasons: ['output'] }]);
    },
  }),

  scenario({
    id: 'artifacts',
    name: 'artifacts go to the jobs that download them, with their folders',
    declare: ci => {
      const dist = Artifact.named('dist');
      new Job(ci, 'build', {
        steps: [trace('build', ['mkdir -p dist/sub', 'echo app > dist/app.txt', 'echo more > dist/sub/more.txt']), JobStep.upload(dist, { paths: ['dist'], retentionDays: 3 })],
      });
      new Job(ci, 'ship', { steps: [JobStep.download(dist, { folder: 'got' }), trace('ship', [say('ship', '$(cat got/dist/app.txt got/dist/sub/more.txt | tr -d \'\\n\')')])] });
    },
    proves: graph => {
      expect(graph.jobs[0].uploads).toEqual(['dist']);
      expect(graph.jobs[1].needs).toEqual([{ job: 'build', reasons: ['artifact'] }]);
    },
  }),

  scenario({
    id: 'missing-artifact',
    name: 'an upload of what may be missing fails nothing',
    declare: ci => void new Job(ci, 'build', {
      steps: [trace('build'), JobStep.upload(Artifact.named('reports'), { paths: ['reports'], ifMissing: IfMissing.IGNORE })],
    }),
    proves: graph => expect(graph.jobs[0].steps[1]).toMatchObject({ kind: 'upload', ifMissing: 'ignore' }),
  }),

  scenario({
    id: 'skip-cascade',
    name: 'a job that is skipped takes along those that need it',
    event: { event: 'push' },
    props: { triggers: [Trigger.push(), Trigger.pullRequest()] },
    declare: ci => {
      const preview = new Job(ci, 'preview', { steps: [trace('preview')], condition: Condition.event(PipelineEvent.PULL_REQUEST) });
      const look = new Job(ci, 'look', { steps: [trace('look')], dependsOn: [preview] });
      new Job(ci, 'report', { steps: [trace('report')], dependsOn: [look] });
      new Job(ci, 'clean', { steps: [trace('clean')], dependsOn: [look], condition: Condition.always() });
      new Job(ci, 'build', { steps: [trace('build')] });
    },
    proves: graph => expect(graph.jobs.find(job => job.id === 'preview')!.condition).toEqual({ kind: 'event', is: ['pullRequest'] }),
  }),

  scenario({
    id: 'skip-by-output',
    name: 'a condition on an output skips a job and those that need it',
    declare: ci => {
      const plan = JobStep.run('echo "deploy=no" >> "$FAIRWAY_OUTPUT"', { id: 'plan', outputs: ['deploy'] });
      new Job(ci, 'plan', { steps: [trace('plan'), plan] });
      const ship = new Job(ci, 'ship', { steps: [trace('ship')], condition: plan.output('deploy').isOneOf('yes') });
      new Job(ci, 'tell', { steps: [trace('tell')], dependsOn: [ship] });
      new Job(ci, 'stay', { steps: [trace('stay')], condition: plan.output('deploy').isOneOf('no') });
    },
    proves: graph => expect(needsOf(graph)).toMatchObject({ ship: ['plan'], tell: ['ship'], stay: ['plan'] }),
  }),

  scenario({
    id: 'condition-words',
    name: 'conditions with and, or and not hold as they say',
    event: { event: 'push', branch: 'release/1.2' },
    props: { triggers: [Trigger.push({ branches: ['main', 'release/*'] }), Trigger.pullRequest()] },
    declare: ci => {
      const onRelease = Context.BRANCH.matches('release/*');
      const onPush = Condition.event(PipelineEvent.PUSH);
      const of = (id: string, condition: Condition) => new Job(ci, id, { steps: [trace(id)], condition });
      of('release', Condition.and(onPush, onRelease));
      of('main', Condition.and(onPush, Context.BRANCH.isOneOf('main')));
      of('other', Condition.not(onRelease));
      of('either', Condition.or(Context.BRANCH.isOneOf('main'), onRelease));
      of('neither', Condition.not(Condition.or(Condition.event(PipelineEvent.PULL_REQUEST), onRelease)));
    },
    proves: graph => expect(graph.jobs).toHaveLength(5),
  }),

  scenario({
    id: 'failure-and-cleanup',
    name: 'after a failure what needs it is skipped, and what cleans up runs',
    declare: ci => {
      const build = new Job(ci, 'build', { steps: [trace('build', ['false'])] });
      const ship = new Job(ci, 'ship', { steps: [trace('ship')], dependsOn: [build] });
      new Job(ci, 'alarm', { steps: [trace('alarm')], dependsOn: [build], condition: Condition.failure() });
      new Job(ci, 'clean', { steps: [trace('clean')], dependsOn: [ship], condition: Condition.always() });
      new Job(ci, 'quiet', { steps: [trace('quiet')], dependsOn: [build], condition: Condition.not(Condition.failure()) });
    },
    proves: graph => expect(needsOf(graph)).toEqual({ build: [], ship: ['build'], alarm: ['build'], clean: ['ship'], quiet: ['build'] }),
  }),

  scenario({
    id: 'no-failure-no-alarm',
    name: 'without a failure nothing alarms, and what cleans up runs',
    declare: ci => {
      const build = new Job(ci, 'build', { steps: [trace('build')] });
      new Job(ci, 'alarm', { steps: [trace('alarm')], dependsOn: [build], condition: Condition.failure() });
      new Job(ci, 'clean', { steps: [trace('clean')], dependsOn: [build], condition: Condition.always() });
    },
    proves: graph => expect(graph.jobs[1].condition).toEqual({ kind: 'status', status: 'failure' }),
  }),

  scenario({
    id: 'failure-behind-cleanup',
    name: 'a failure is seen behind a job that ran all the same',
    declare: ci => {
      const build = new Job(ci, 'build', { steps: [trace('build', ['false'])] });
      const clean = new Job(ci, 'clean', { steps: [trace('clean')], dependsOn: [build], condition: Condition.always() });
      new Job(ci, 'ship', { steps: [trace('ship')], dependsOn: [clean] });
      new Job(ci, 'alarm', { steps: [trace('alarm')], dependsOn: [clean], condition: Condition.failure() });
    },
    refused: { tekton: 'nothing comes after what runs whatever became of the others' },
    proves: graph => expect(needsOf(graph)).toEqual({ build: [], clean: ['build'], ship: ['clean'], alarm: ['clean'] }),
  }),

  scenario({
    id: 'outcome-of-job',
    name: 'a condition asks what a job came to',
    declare: ci => {
      const scan = new Job(ci, 'scan', { steps: [trace('scan', ['false'])], allowFailure: false });
      const build = new Job(ci, 'build', { steps: [trace('build')] });
      new Job(ci, 'report', {
        steps: [trace('report')], dependsOn: [build], condition: Condition.and(Condition.always(), Condition.outcomeOf(scan, JobOutcome.FAILURE, JobOutcome.CANCELLED)),
      });
      new Job(ci, 'praise', { steps: [trace('praise')], condition: Condition.and(Condition.always(), Condition.outcomeOf(scan, JobOutcome.SUCCESS)) });
    },
    proves: graph => expect(graph.jobs.find(job => job.id === 'report')!.needs).toEqual([
      { job: 'scan', reasons: ['status'] }, { job: 'build', reasons: ['order'] },
    ]),
  }),

  scenario({
    id: 'allowed-failure',
    name: 'a failure that is allowed stops nothing',
    cannot: { act: 'does not know continue-on-error of a job' },
    declare: ci => {
      const flaky = new Job(ci, 'flaky', { steps: [trace('flaky', ['false'])], allowFailure: true });
      new Job(ci, 'ship', { steps: [trace('ship')], dependsOn: [flaky] });
    },
    proves: graph => expect(graph.jobs[0].allowFailure).toBe(true),
  }),

  scenario({
    id: 'steps-after-failure',
    name: 'steps after a failed one are skipped, but for those that ask for it',
    declare: ci => void new Job(ci, 'build', {
      steps: [
        JobStep.run('tee -a "$FAIRWAY_TRACE" <<< "start build"'),
        JobStep.run(`${say('build', 'tolerated')}\nfalse`, { continueOnError: true }),
        JobStep.run(say('build', 'goes-on')),
        JobStep.run(`${say('build', 'fails')}\nfalse`),
        JobStep.run(say('build', 'never')),
        JobStep.run(say('build', 'on-failure'), { condition: Condition.failure() }),
        JobStep.run(say('build', 'always'), { condition: Condition.always() }),
        JobStep.run(say('build', 'not-failed'), { condition: Condition.not(Condition.failure()) }),
      ],
    }),
    proves: graph => expect(graph.jobs[0].steps[1].continueOnError).toBe(true),
  }),

  scenario({
    id: 'steps-by-value',
    name: 'a step runs by an output of one before, or by the event',
    props: { triggers: [Trigger.push(), Trigger.tag()] },
    declare: ci => {
      const find = JobStep.run('echo "kind=docs" >> "$FAIRWAY_OUTPUT"', { id: 'find', outputs: ['kind'] });
      new Job(ci, 'build', {
        steps: [
          find,
          JobStep.run('tee -a "$FAIRWAY_TRACE" <<< "start build"'),
          JobStep.run(say('build', 'docs'), { condition: find.output('kind').isOneOf('docs', 'site') }),
          JobStep.run(say('build', 'code'), { condition: find.output('kind').isOneOf('code') }),
          JobStep.run(say('build', 'pushed'), { condition: Condition.event(PipelineEvent.PUSH) }),
          JobStep.run(say('build', 'tagged'), { condition: Condition.event(PipelineEvent.TAG) }),
          JobStep.run('tee -a "$FAIRWAY_TRACE" <<< "end build"'),
        ],
      });
    },
    proves: graph => expect(graph.jobs[0].steps[2].condition).toMatchObject({ kind: 'compare', in: ['docs', 'site'] }),
  }),

  scenario({
    id: 'large-graph',
    name: '160 jobs in 8 waves, each of which waits for all before',
    notRun: 'it is about size',
    declare: ci => {
      const before: Job[] = [];
      for (let wave = 0; wave < 8; wave++) {
        const jobs = Array.from({ length: 20 }, (_, i) => new Job(ci, `w${wave}-j${i}`, { steps: [JobStep.run('make')], dependsOn: [...before] }));
        before.push(...jobs);
      }
    },
    proves: graph => expect([graph.jobs.length, graph.edgesBefore, graph.edges]).toEqual([160, 11_200, 2_800]),
  }),

  scenario({
    id: 'matrix',
    name: 'a matrix runs each combination that is not excluded, and what is included',
    declare: ci => {
      const matrix = Matrix.of({ OS: ['linux', 'alpine'], NODE: ['22', '24'] }, {
        exclude: [{ OS: 'alpine', NODE: '22' }], include: [{ OS: 'linux', NODE: '24', EXTRA: 'yes' }, { OS: 'slim', NODE: '24' }],
      });
      const test = new Job(ci, 'test', {
        matrix,
        steps: [trace('test', [say('test/$OS/$NODE', 'extra-$EXTRA')], { env: { OS: matrix.value('OS'), NODE: matrix.value('NODE'), EXTRA: matrix.value('EXTRA') } }, ['OS', 'NODE'])],
      });
      new Job(ci, 'ship', { steps: [trace('ship')], dependsOn: [test] });
    },
    proves: graph => expect(graph.jobs[0].matrix).toMatchObject({
      combinations: [
        { OS: 'linux', NODE: '22' }, { OS: 'linux', NODE: '24', EXTRA: 'yes' }, { OS: 'alpine', NODE: '24' }, { OS: 'slim', NODE: '24' },
      ],
    }),
  }),

  scenario({
    id: 'matrix-goes-on',
    name: 'legs of a matrix go on when one has failed, if that is wanted, and what needs them is skipped',
    declare: ci => {
      const matrix = Matrix.of({ PART: ['a', 'b', 'c'] }, { failFast: false, maxParallel: 1 });
      const test = new Job(ci, 'test', { matrix, steps: [trace('test', ['test "$PART" != b'], { env: { PART: matrix.value('PART') } }, ['PART'])] });
      new Job(ci, 'ship', { steps: [trace('ship')], dependsOn: [test] });
      new Job(ci, 'clean', { steps: [trace('clean')], dependsOn: [test], condition: Condition.always() });
    },
    proves: graph => expect(graph.jobs[0].matrix).toMatchObject({ failFast: false, maxParallel: 1 }),
  }),

  scenario({
    id: 'dynamic-matrix',
    name: 'a job computes the combinations of another',
    refused: {
      gitlab: 'it knows all jobs when it makes the pipeline', jenkins: 'the legs of a matrix are known before it starts', tekton: 'the legs of a matrix are known before it starts',
    },
    declare: ci => {
      const list = JobStep.run('echo \'services=[{"SERVICE":"cart"},{"SERVICE":"ads"}]\' >> "$FAIRWAY_OUTPUT"', { id: 'list', outputs: ['services'] });
      new Job(ci, 'list', { steps: [list] });
      const matrix = Matrix.fromOutput(list.output('services'), { axes: ['SERVICE'] });
      new Job(ci, 'build', { matrix, steps: [trace('build', [], { env: { SERVICE: matrix.value('SERVICE') } }, ['SERVICE'])] });
    },
    proves: graph => expect(graph.jobs[1]).toMatchObject({ needs: [{ job: 'list', reasons: ['output'] }], matrix: { kind: 'dynamic', from: { name: 'services' } } }),
  }),
];
