import { Duration, JsonPatch } from 'cdk8s';
import { needsOf, say, scenario, trace } from './scenario';
import {
  Artifact, CacheMode, Concurrency, Condition, Context, Grant, Identity, InputType, Job, JobContainer, JobEnvironment, JobStep, Matrix, PathFilter,
  PipelineEvent,
  PipelinePatch, PipelineSecret, PipelineTemplate, Runner, ServiceContainer, Shell, StepTemplate, TemplateJob, Trigger, Value,
} from '../../../src/pipelines';

const HOSTILE = 'x$(touch${IFS}pwned)`touch${IFS}pwned`';

/** Everything but the order of jobs. */
export const REST = [
  scenario({
    id: 'environment-of-steps',
    name: 'the variables of a step win over those of the job, and these over those of the pipeline',
    props: { env: { A: 'pipeline', B: 'pipeline', C: 'pipeline', LOG_LEVEL: 'as $HOME is "written" \\ % !', camelCase: 'kept' } },
    declare: ci => void new Job(ci, 'build', {
      env: { B: 'job', C: 'job' },
      steps: [trace('build', [say('build', '$A-$B-$C'), 'printf \'say build %s\\n\' "$LOG_LEVEL" >> "$FAIRWAY_TRACE"'], { env: { C: 'step' } })],
    }),
    proves: graph => expect(graph.env.LOG_LEVEL).toEqual(['as $HOME is "written" \\ % !']),
  }),

  scenario({
    id: 'hostile-names',
    name: 'what others choose is text to a script, and nothing else',
    event: { event: 'pullRequest', branch: HOSTILE, title: 'a "title" with $(touch pwned) `touch pwned` and \'quotes\' %0A \\' },
    props: { triggers: [Trigger.pullRequest()] },
    declare: ci => void new Job(ci, 'greet', {
      steps: [
        trace('greet', ['printf \'say greet %s\\n\' "$TITLE" >> "$FAIRWAY_TRACE"', 'printf \'say greet %s\\n\' "$SOURCE" >> "$FAIRWAY_TRACE"', 'test ! -e pwned'], {
          env: { TITLE: Context.CHANGE_TITLE, SOURCE: Context.SOURCE_BRANCH },
        }),
        JobStep.run('test ! -e pwned', { condition: Condition.not(Context.SOURCE_BRANCH.isOneOf('main')) }),
      ],
    }),
    refused: { azure: 'it has no variable for the title' },
    proves: graph => expect(graph.jobs[0].steps[0].env.TITLE).toEqual([{ kind: 'context', name: 'changeTitle' }]),
  }),

  scenario({
    id: 'odd-scripts',
    name: 'a script reaches the shell as it is, whatever it says',
    declare: ci => void new Job(ci, 'build', {
      steps: [trace('build', [
        'x=$(printf \'%s\' "a\\\\b")',
        'printf \'say build %s\\n\' "$x" >> "$FAIRWAY_TRACE"',
        'cat <<\'EOF\' > odd.txt',
        '\'\'\' """ $(HOME) $[x] %s \\n $[[ inputs.x ]] $(params.x) #{x} \\\\ \\$ \t end',
        '- key: [a, b]',
        'EOF',
        'printf \'say build %s\\n\' "$(tr \'\\n\\t\' \'||\' < odd.txt)" >> "$FAIRWAY_TRACE"',
      ])],
    }),
    proves: graph => expect(graph.jobs[0].steps[0]).toMatchObject({ kind: 'run', shell: 'bash' }),
  }),

  scenario({
    id: 'step-retry',
    name: 'a step is tried until it succeeds',
    declare: ci => void new Job(ci, 'fetch', {
      steps: [trace('fetch', ['echo x >> tries', say('fetch', 'try-$(wc -l < tries | tr -d " ")'), 'test "$(wc -l < tries)" -ge 3'], { retry: { attempts: 3 } })],
    }),
    proves: graph => expect(graph.jobs[0].steps[0].retry).toEqual({ attempts: 3, delaySeconds: 0 }),
  }),

  scenario({
    id: 'job-attempts',
    name: 'a job is tried again when its machine fails',
    notRun: 'no runner here has machines that fail',
    declare: ci => void new Job(ci, 'build', { steps: [trace('build')], attempts: 2 }),
    proves: graph => expect(graph.jobs[0].attempts).toBe(2),
  }),

  scenario({
    id: 'timeouts',
    name: 'jobs and steps end when their time is over',
    notRun: 'it takes minutes',
    props: { timeout: Duration.minutes(20) },
    declare: ci => {
      new Job(ci, 'slow', { steps: [JobStep.run('sleep 1', { timeout: Duration.minutes(2) })], timeout: Duration.minutes(5) });
      new Job(ci, 'usual', { steps: [JobStep.run('true')] });
    },
    proves: graph => expect(graph.jobs.map(job => [job.timeoutMinutes, job.steps[0].timeoutMinutes])).toEqual([[5, 2], [20, undefined]]),
  }),

  scenario({
    id: 'concurrency',
    name: 'runs exclude each other, and what deploys is never stopped',
    notRun: 'one run cannot show it',
    props: { triggers: [Trigger.push(), Trigger.pullRequest()] },
    declare: ci => {
      const build = new Job(ci, 'build', { steps: [trace('build')] });
      new Job(ci, 'deploy', {
        steps: [trace('deploy')], dependsOn: [build], concurrency: Concurrency.replacePending('deploy-prod'), condition: Condition.event(PipelineEvent.PUSH),
      });
    },
    refused: { azure: 'jobs exclude each other by the lock of an environment, and this one has none' },
    proves: graph => {
      expect(graph.concurrency).toMatchObject({ onNew: 'replacePending', cancelPullRequests: true, group: [{ kind: 'context', name: 'ref' }] });
      expect(graph.jobs[1].concurrency).toEqual({ group: ['deploy-prod'], onNew: 'replacePending', cancelPullRequests: false });
    },
  }),

  scenario({
    id: 'approval',
    name: 'a job waits until somebody agrees',
    declare: ci => {
      const build = new Job(ci, 'build', { steps: [trace('build')] });
      const ask = new Job(ci, 'ask', { steps: [JobStep.approve('Ship it?', { approvers: ['acme/sre'], timeout: Duration.hours(8) })], dependsOn: [build] });
      new Job(ci, 'ship', { steps: [trace('ship')], dependsOn: [ask] });
    },
    cannot: { act: 'has no environments' },
    proves: graph => expect(graph.jobs[1]).toMatchObject({ steps: [], approval: { message: 'Ship it?', approvers: ['acme/sre'], count: 1, timeoutMinutes: 480 } }),
  }),

  scenario({
    id: 'deployment',
    name: 'a job deploys to an environment',
    declare: ci => void new Job(ci, 'deploy', {
      steps: [JobStep.deploy('tee -a "$FAIRWAY_TRACE" <<< "start deploy"\ntee -a "$FAIRWAY_TRACE" <<< "end deploy"', { environment: JobEnvironment.named('prod', { url: 'https://shop.example.com' }) })],
    }),
    refused: { tekton: 'several runs deploy at once' },
    proves: graph => expect(graph.jobs[0]).toMatchObject({
      environment: { name: 'prod', url: ['https://shop.example.com'] }, publishes: true, concurrency: { group: ['deploy-prod'], onNew: 'replacePending' },
    }),
  }),

  scenario({
    id: 'schedule',
    name: 'a schedule starts it, by the clock of a place',
    event: { event: 'schedule' },
    props: { triggers: [Trigger.schedule({ cron: '17 3 * * 1-5', timeZone: 'Asia/Tokyo' }), Trigger.push()] },
    declare: ci => {
      new Job(ci, 'nightly', { steps: [trace('nightly')], condition: Condition.event(PipelineEvent.SCHEDULE) });
      new Job(ci, 'build', { steps: [trace('build')], condition: Condition.event(PipelineEvent.PUSH) });
    },
    proves: graph => expect(graph.triggers[0]).toEqual({ kind: 'schedule', id: 'schedule-1', cron: '17 3 * * 1-5', timeZone: 'Asia/Tokyo' }),
  }),

  scenario({
    id: 'service',
    name: 'a database stands beside a job',
    notRun: 'there are no containers here',
    declare: ci => void new Job(ci, 'integration', {
      services: [ServiceContainer.of('db', {
        image: 'docker.io/library/postgres:17@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
        env: { POSTGRES_PASSWORD: PipelineSecret.named('DB_PASSWORD') },
        ports: [5432],
        readiness: { command: ['pg_isready', '-U', 'postgres'] },
      })],
      container: JobContainer.of('docker.io/library/node:24-bookworm@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'),
      steps: [JobStep.run('pg_isready -h db')],
    }),
    proves: graph => expect(graph.jobs[0].services[0]).toMatchObject({ name: 'db', ports: [5432], readiness: { retries: 12 } }),
  }),

  scenario({
    id: 'path-filter',
    name: 'a pipeline starts by what has changed',
    notRun: 'runners start what they are told to',
    props: { triggers: [Trigger.push({ paths: ['src/**'], pathsExcept: ['src/**/*.md'] }), Trigger.pullRequest({ paths: ['src/**', 'package.json'] })] },
    declare: ci => void new Job(ci, 'build', { steps: [trace('build')] }),
    proves: graph => expect(graph.triggers[0]).toMatchObject({ paths: { include: ['src/**'], exclude: ['src/**/*.md'] } }),
  }),

  scenario({
    id: 'changed-files',
    name: 'jobs run by what has changed; where nothing can be compared with, all of them',
    event: { event: 'manual' },
    props: { triggers: [Trigger.manual(), Trigger.pullRequest()] },
    declare: ci => {
      const docs = PathFilter.of('docs', { paths: ['docs/**', '*.md'] });
      new Job(ci, 'spell', { steps: [trace('spell')], condition: Condition.changed(docs) });
      new Job(ci, 'code', { steps: [trace('code')], condition: Condition.changed(PathFilter.of('code', { paths: ['**'], except: ['docs/**'] })) });
    },
    proves: graph => expect(graph.filters.map(filter => filter.id)).toEqual(['docs', 'code']),
  }),

  scenario({
    id: 'tags',
    name: 'a tag starts a release',
    event: { event: 'tag', tag: 'v1.2.3' },
    props: { triggers: [Trigger.tag({ tags: ['v*'], tagsExcept: ['v*-rc*'] }), Trigger.push()] },
    declare: ci => {
      new Job(ci, 'release', { steps: [trace('release', [say('release', '$TAG')], { env: { TAG: Context.TAG } })], condition: Condition.event(PipelineEvent.TAG) });
      new Job(ci, 'build', { steps: [trace('build')], condition: Condition.event(PipelineEvent.PUSH) });
    },
    proves: graph => expect(graph.triggers[0]).toEqual({ kind: 'tag', tags: { include: ['v*'], exclude: ['v*-rc*'] } }),
  }),

  scenario({
    id: 'release-and-queue',
    name: 'a release and a merge queue start it',
    notRun: 'runners here know neither',
    props: { triggers: [Trigger.release(), Trigger.mergeQueue({ branches: ['main'] }), Trigger.pullRequest()] },
    declare: ci => void new Job(ci, 'check', { steps: [trace('check')] }),
    refused: { azure: 'it hears of no releases', jenkins: 'it hears of no releases', gitlab: 'a release is a tag there' },
    proves: graph => expect(graph.triggers.map(trigger => trigger.kind)).toEqual(['release', 'mergeQueue', 'pullRequest']),
  }),

  scenario({
    id: 'inputs',
    name: 'people start it, and are asked for inputs',
    event: { event: 'manual', inputs: { target: 'prod', dryRun: 'true', reason: 'x"; $(touch pwned) \'' } },
    props: { triggers: [Trigger.manual()] },
    declare: ci => {
      const target = ci.addInput('target', { description: 'where to', type: InputType.CHOICE, options: ['dev', 'prod'], default: 'dev' });
      const dryRun = ci.addInput('dryRun', { description: 'whether to only look', type: InputType.BOOLEAN, default: 'false' });
      const reason = ci.addInput('reason', { description: 'why' });
      new Job(ci, 'go', {
        steps: [trace('go', [say('go', '$TARGET-$DRY'), 'printf \'say go %s\\n\' "$REASON" >> "$FAIRWAY_TRACE"', 'test ! -e pwned'], {
          env: { TARGET: target, DRY: dryRun, REASON: reason },
        })],
      });
      new Job(ci, 'real', { steps: [trace('real')], condition: dryRun.isOneOf('false') });
    },
    proves: graph => expect(graph.inputs.map(input => [input.name, input.type, input.required])).toEqual([
      ['target', 'choice', false], ['dryRun', 'boolean', false], ['reason', 'string', true],
    ]),
  }),

  scenario({
    id: 'secrets',
    name: 'a secret comes in by the environment of the step that needs it, and no other',
    secrets: { NPM_TOKEN: 's3cret-$(touch pwned)' },
    declare: ci => void new Job(ci, 'publish', {
      steps: [
        trace('publish', ['printf \'say publish %s\\n\' "$(printf %s "$TOKEN" | md5sum | cut -c 1-8)" >> "$FAIRWAY_TRACE"', 'test ! -e pwned'], {
          env: { TOKEN: PipelineSecret.named('NPM_TOKEN') },
        }),
        JobStep.run(say('publish', '${TOKEN:-none}')),
      ],
    }),
    proves: graph => expect(graph.secrets).toEqual([{ name: 'NPM_TOKEN' }]),
  }),

  scenario({
    id: 'identity',
    name: 'a job gets a token for a cloud, in a file',
    notRun: 'nobody here issues tokens',
    declare: ci => void new Job(ci, 'login', {
      identities: [Identity.of('AWS_TOKEN', { audience: 'sts.amazonaws.com' })],
      grants: [Grant.identity('logs in to AWS')],
      steps: [JobStep.run('test -s "$AWS_TOKEN_FILE"')],
    }),
    refused: { azure: 'its tokens are for one audience alone, and not for this one' },
    proves: graph => expect(graph.jobs[0]).toMatchObject({
      identities: [{ name: 'AWS_TOKEN', audience: 'sts.amazonaws.com' }], grants: [{ capability: 'identity', reason: 'logs in to AWS' }],
    }),
  }),

  scenario({
    id: 'grants',
    name: 'a job may do what it is granted, with the reason beside it',
    notRun: 'rights are a matter of the system',
    declare: ci => void new Job(ci, 'tag', {
      grants: [Grant.writeCode('pushes the tag of the release')],
      steps: [JobStep.checkout({ depth: 0, persistCredentials: true }), JobStep.run('git push origin v1')],
    }),
    refused: { tekton: 'several runs publish at once, in the group that every pipeline has' },
    proves: graph => expect(graph.jobs[0]).toMatchObject({
      publishes: true, grants: [{ capability: 'readCode', reason: 'checks out the repository' }, { capability: 'writeCode', reason: 'pushes the tag of the release' }],
    }),
  }),

  scenario({
    id: 'caches',
    name: 'a cache is read where a pull request could fill it, and not where something is published',
    notRun: 'runners here have no store',
    declare: ci => {
      const key = Value.join('npm-', Value.hashOf('package-lock.json'));
      const cache = JobStep.cache({ key, restoreKeys: ['npm-'], paths: ['.npm'], mode: CacheMode.BOTH });
      new Job(ci, 'test', { steps: [JobStep.checkout(), cache, JobStep.run('npm ci')] });
      new Job(ci, 'publish', { steps: [JobStep.checkout(), cache, JobStep.run('./publish')], grants: [Grant.publishPackages('publishes the package')] });
    },
    refused: { tekton: 'several runs publish at once, in the group that every pipeline has' },
    proves: graph => expect(graph.jobs[0].steps[1]).toMatchObject({ kind: 'cache', key: ['npm-', { kind: 'hash', files: ['package-lock.json'] }] }),
  }),

  scenario({
    id: 'job-template',
    name: 'jobs of a template are used twice, each with its inputs',
    declare: ci => {
      const app = new PipelineTemplate(ci, 'app');
      const name = app.addInput('name', { description: 'the service' });
      const build = JobStep.run('echo "image=$NAME-1" >> "$FAIRWAY_OUTPUT"', { id: 'build', outputs: ['image'], env: { NAME: name } });
      new Job(app, 'build', { steps: [build, trace('$NAME-build', [], { env: { NAME: name } })] });
      new Job(app, 'check', { steps: [trace('$NAME-check', [say('$NAME-check', '$IMAGE')], { env: { IMAGE: build.output('image'), NAME: name } })] });
      app.addOutput('image', build.output('image'));
      const cart = new TemplateJob(ci, 'cart', { template: app, inputs: { name: 'cart' } });
      const ads = new TemplateJob(ci, 'ads', { template: app, inputs: { name: 'ads' } });
      new Job(ci, 'ship', {
        steps: [trace('ship', [say('ship', '$CART-$ADS')], { env: { CART: cart.output('image'), ADS: ads.output('image') } })],
      });
    },
    proves: graph => expect(needsOf(graph)).toEqual({ cart: [], ads: [], ship: ['cart', 'ads'] }),
  }),

  scenario({
    id: 'step-template',
    name: 'steps of a template are used with inputs, and give outputs',
    declare: ci => {
      const greet = new StepTemplate(ci, 'greet');
      const whom = greet.addInput('whom', { description: 'who is greeted', default: 'world' });
      const hello = JobStep.run('echo "text=hello-$WHOM" >> "$FAIRWAY_OUTPUT"', { id: 'hello', outputs: ['text'], env: { WHOM: whom } });
      greet.addStep(hello);
      greet.addOutput('text', hello.output('text'));
      const first = greet.use({ id: 'first', inputs: { whom: 'you' } });
      const second = greet.use({ id: 'second' });
      new Job(ci, 'say', {
        steps: [JobStep.checkout(), first, second, trace('say', [say('say', '$A-$B')], { env: { A: first.output('text'), B: second.output('text') } })],
      });
    },
    proves: graph => expect(graph.jobs[0].steps.map(step => step.kind)).toEqual(['checkout', 'group', 'group', 'run']),
  }),

  scenario({
    id: 'runners',
    name: 'jobs run on other systems and on machines of one\'s own',
    notRun: 'there are no such machines here',
    declare: ci => {
      new Job(ci, 'windows', { runner: Runner.windows(), steps: [JobStep.run('Get-Date', { shell: Shell.PWSH })] });
      new Job(ci, 'macos', { runner: Runner.macos(), steps: [JobStep.run('uname')] });
      new Job(ci, 'own', { runner: Runner.selfHosted(['self-hosted', 'gpu']), steps: [JobStep.run('nvidia-smi')] });
    },
    refused: { tekton: 'its steps are containers of Linux', gitlab: 'steps are started by bash, which runners on Windows do not use' },
    proves: graph => expect(graph.jobs.map(job => job.runner)).toEqual([
      { os: 'windows', arch: 'x64', labels: [] }, { os: 'macos', arch: 'x64', labels: [] }, { os: 'linux', arch: 'x64', labels: ['self-hosted', 'gpu'] },
    ]),
  }),

  scenario({
    id: 'matrix-artifacts',
    name: 'each leg of a matrix uploads, and who downloads gets all of them',
    declare: ci => {
      const parts = Artifact.named('parts');
      const matrix = Matrix.of({ PART: ['a', 'b'] });
      new Job(ci, 'build', {
        matrix,
        steps: [trace('build', ['mkdir -p out', 'echo "$PART" > "out/$PART.txt"'], { env: { PART: matrix.value('PART') } }, ['PART']), JobStep.upload(parts, { paths: ['out'] })],
      });
      new Job(ci, 'join', { steps: [JobStep.download(parts, { folder: 'got' }), trace('join', [say('join', '$(find got -name "*.txt" -exec basename {} \\; | sort | tr -d \'\\n\')')])] });
    },
    proves: graph => expect(graph.jobs[1].downloads).toEqual(['parts']),
  }),

  scenario({
    id: 'native-and-patches',
    name: 'what only a system has stands in its output, and is listed',
    notRun: 'each system gets something else',
    declare: ci => {
      const build = new Job(ci, 'build', {
        steps: [JobStep.native({
          github: { uses: 'acme/audit@0123456789abcdef0123456789abcdef01234567', with: { level: 'high' } },
          gitlab: ['audit --level high'],
          azure: { task: 'Audit@1', inputs: { level: 'high' } },
          jenkins: 'audit level: \'high\'',
          tekton: { image: 'registry.example.com/audit@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', script: 'audit --level high' },
        }, { name: 'Audit' })],
      });
      ci.addPatch(PipelinePatch.github([JsonPatch.add('/continue-on-error', true)], { job: build, reason: 'shows a change' }));
      ci.addPatch(PipelinePatch.gitlab([JsonPatch.add('/allow_failure', true)], { job: build, reason: 'shows a change' }));
    },
    proves: graph => expect(graph.patches).toHaveLength(2),
  }),
];
