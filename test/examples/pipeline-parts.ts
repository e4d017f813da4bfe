import { Duration } from 'cdk8s';
import {
  Architecture, Artifact, CacheMode, Cluster, Concurrency, Condition, Context, Environment, Grant, Identity, IfMissing, InputType, Job,
  JobContainer, JobEnvironment, JobOutcome, JobProps, JobStep, Matrix, PathFilter, Pipeline, PipelineEvent, PipelineProps, PipelineSecret,
  PipelineSystem, PipelineTemplate, Platform, Runner, RunnerOs, ServiceContainer, Setup, Shell, Stage, TemplateJob, TimeWindow, Trigger,
  Value,
} from '../../src';
import type { PipelineRow } from '../../src/pipelines/engine';

/*
 * All that the model of pipelines has, in small pipelines, and what a system does with each part. The tables of the guides are held against it.
 */

type Fill = (pipeline: Pipeline, platform: Platform, environments: Environment[]) => void;

const PUSH = [Trigger.push()];
const run = (script = 'make') => JobStep.run(script);
const job = (props: JobProps): Fill => pipeline => void new Job(pipeline, 'job', { steps: [run()], ...props });

const PARTS: ReadonlyArray<readonly [props: Omit<PipelineProps, 'engine'>, fill: Fill]> = [
  // What starts a pipeline.
  [{ triggers: [Trigger.push({ paths: ['src/**'] }), Trigger.pullRequest({ paths: ['src/**'] })] }, job({})],
  [{ triggers: [Trigger.push({ branches: ['main', 'release/*'], branchesExcept: ['release/old'], pathsExcept: ['docs/**'] }), Trigger.pullRequest({ branches: ['main'] })] }, job({})],
  [{ triggers: [Trigger.pullRequest({ drafts: false })] }, job({})],
  [{ triggers: [Trigger.tag()] }, job({})],
  [{ triggers: [Trigger.mergeQueue()] }, job({})],
  [{ triggers: [Trigger.release()] }, job({})],
  [{ triggers: [Trigger.schedule({ cron: '17 3 * * 1-5', timeZone: 'Europe/Berlin' }), Trigger.schedule({ cron: '17 5 * * 6' })] }, job({})],
  [{ triggers: [Trigger.manual(), Trigger.call()] }, pipeline => {
    const text = pipeline.addInput('text', { description: 'some text', default: 'x' });
    pipeline.addInput('yes', { description: 'yes or no', type: InputType.BOOLEAN, default: 'true' });
    pipeline.addInput('count', { description: 'how many', type: InputType.NUMBER, default: '1' });
    pipeline.addInput('where', { description: 'where to', type: InputType.CHOICE, options: ['staging', 'prod'], default: 'staging' });
    new Job(pipeline, 'job', { steps: [JobStep.run('echo "$TEXT"', { env: { TEXT: text } })] });
  }],
  // Runs.
  [{ triggers: PUSH, runName: Value.join('Run ', Context.SHA) }, job({})],
  [{ triggers: PUSH, concurrency: Concurrency.queue('all') }, job({})],
  [{ triggers: PUSH, concurrency: Concurrency.replacePending('all') }, job({})],
  [{ triggers: PUSH, concurrency: Concurrency.cancelRunning('all') }, job({})],
  [{ triggers: PUSH }, job({ concurrency: Concurrency.queue('database') })],
  // Jobs.
  [{ triggers: PUSH }, job({ attempts: 2, allowFailure: true, timeout: Duration.hours(7) })],
  [{ triggers: PUSH }, job({ runner: Runner.linux({ arch: Architecture.ARM64 }) })],
  [{ triggers: PUSH }, job({ runner: Runner.windows(), steps: [JobStep.run('Get-Date', { shell: Shell.PWSH })] })],
  [{ triggers: PUSH }, job({ runner: Runner.macos({ arch: Architecture.ARM64 }) })],
  [{ triggers: PUSH }, job({ runner: Runner.selfHosted(['gpu'], { os: RunnerOs.LINUX }) })],
  [{ triggers: PUSH }, job({ container: JobContainer.of('docker.io/library/node:24') })],
  [{ triggers: PUSH }, job({ container: JobContainer.of('ghcr.io/acme/ci:1', { username: 'bot', password: PipelineSecret.named('REGISTRY_TOKEN') }) })],
  [{ triggers: PUSH }, job({
    services: [ServiceContainer.of('db', { image: 'docker.io/library/postgres:18', ports: [5432], env: { POSTGRES_PASSWORD: 'x' }, readiness: { command: ['pg_isready'] } })],
  })],
  [{ triggers: PUSH }, job({ services: [ServiceContainer.of('db', { image: 'docker.io/library/redis:8', command: ['redis-server', '--appendonly', 'yes'] })] })],
  [{ triggers: PUSH }, pipeline => {
    const [first, second] = ['first', 'second'].map(id => new Stage(pipeline, id));
    new Job(first, 'one', { steps: [run()] });
    new Job(second, 'two', { steps: [run()] });
  }],
  [{ triggers: PUSH }, (pipeline, platform) => {
    const template = new PipelineTemplate(platform, 'template');
    new Job(template, 'inner', { steps: [run()] });
    new TemplateJob(pipeline, 'use', { template });
  }],
  // Matrices.
  [{ triggers: PUSH }, job({ matrix: Matrix.of({ node: ['22', '24'], os: ['a', 'b'] }) })],
  [{ triggers: PUSH }, job({ matrix: Matrix.of({ node: ['22', '24'] }, { include: [{ node: '26', beta: 'yes' }], maxParallel: 1 }) })],
  [{ triggers: PUSH }, pipeline => {
    const list = JobStep.run('echo \'services=[{"service":"cart"}]\' >> "$FAIRWAY_OUTPUT"', { id: 'list', outputs: ['services'] });
    new Job(pipeline, 'list', { steps: [list] });
    const matrix = Matrix.fromOutput(list.output('services'), { axes: ['service'], failFast: false });
    new Job(pipeline, 'job', { matrix, steps: [JobStep.run('make "$S"', { env: { S: matrix.value('service') } })] });
  }],
  [{ triggers: PUSH }, (pipeline, _, [environment]) => void new Job(pipeline, 'job', {
    matrix: Matrix.of({ region: ['eu', 'us'] }), steps: [JobStep.deploy('./deploy.sh', { environment: JobEnvironment.of(environment) })],
  })],
  // Conditions.
  [{ triggers: [...PUSH, Trigger.pullRequest()] }, pipeline => {
    const step = JobStep.run('echo "go=yes" >> "$FAIRWAY_OUTPUT"', { id: 'ask', outputs: ['go'] });
    const ask = new Job(pipeline, 'ask', { steps: [step] });
    new Job(pipeline, 'if-event', { steps: [run()], condition: Condition.event(PipelineEvent.PUSH) });
    new Job(pipeline, 'if-output', { steps: [run()], condition: step.output('go').isOneOf('yes') });
    new Job(pipeline, 'if-failed', { steps: [run()], dependsOn: [ask], condition: Condition.failure() });
    new Job(pipeline, 'if-result', { steps: [run()], dependsOn: [ask], condition: Condition.and(Condition.always(), Condition.outcomeOf(ask, JobOutcome.SUCCESS, JobOutcome.SKIPPED)) });
    new Job(pipeline, 'if-cancelled', { steps: [run()], dependsOn: [ask], condition: Condition.cancelled() });
    new Job(pipeline, 'if-changed', { steps: [run()], condition: Condition.changed(PathFilter.of('web', { paths: ['web/**'] })) });
  }],
  [{ triggers: PUSH }, job({
    steps: [run(), JobStep.run('make report', { condition: Condition.always() }), JobStep.run('make undo', { condition: Condition.failure() }), JobStep.run('make lint', { continueOnError: true, timeout: Duration.minutes(5) })],
  })],
  // Steps.
  [{ triggers: PUSH }, job({ steps: [JobStep.checkout({ submodules: true, lfs: true, depth: 0 }), JobStep.checkout({ folder: 'other', ref: 'v1' })] })],
  [{ triggers: PUSH }, job({ steps: [JobStep.checkout({ persistCredentials: true }), JobStep.run('git push')], grants: [Grant.writeCode('pushes a tag')] })],
  [{ triggers: PUSH }, job({ steps: [JobStep.run('make', { retry: { attempts: 3, delay: Duration.seconds(10) } })] })],
  [{ triggers: PUSH }, job({ steps: [JobStep.checkout(), JobStep.cache({ key: Value.join('npm-', Value.hashOf('package-lock.json')), restoreKeys: ['npm-'], paths: ['~/.npm'] })] })],
  [{ triggers: PUSH }, job({ steps: [JobStep.checkout(), JobStep.cache({ key: 'build', paths: ['build'], mode: CacheMode.RESTORE })] })],
  [{ triggers: PUSH }, (pipeline, _, [environment]) => void new Job(pipeline, 'job', {
    steps: [JobStep.cache({ key: 'build', paths: ['build'] }), JobStep.deploy('./deploy.sh', { environment: JobEnvironment.of(environment) })],
  })],
  [{ triggers: PUSH }, pipeline => {
    const files = Artifact.named('files');
    new Job(pipeline, 'make', { steps: [run(), JobStep.upload(files, { paths: ['dist'], retentionDays: 7, ifMissing: IfMissing.WARN })] });
    new Job(pipeline, 'use', { steps: [JobStep.download(files, { folder: 'dist' })] });
  }],
  [{ triggers: PUSH }, job({ matrix: Matrix.of({ os: ['a', 'b'] }), steps: [run(), JobStep.upload(Artifact.named('files'), { paths: ['dist'] })] })],
  [{ triggers: PUSH }, pipeline => {
    const matrix = Matrix.of({ os: ['a', 'b'] });
    const step = JobStep.run('echo "v=$OS" >> "$FAIRWAY_OUTPUT"', { outputs: ['v'], env: { OS: matrix.value('os') } });
    new Job(pipeline, 'legs', { matrix, steps: [step] });
    new Job(pipeline, 'reader', { steps: [JobStep.run('echo "$V"', { env: { V: step.output('v') } })] });
  }],
  ...['node', 'python', 'go', 'java', 'dotnet', 'rust'].map(language => [{ triggers: PUSH }, job({
    steps: [JobStep.checkout(), Setup[language as 'node'](), run()],
  })] as const),
  [{ triggers: PUSH }, job({ steps: [Setup.node(), Setup.java(), run()] })],
  [{ triggers: PUSH }, job({ steps: [JobStep.native({ github: { run: 'make' }, gitlab: ['make'], azure: { bash: 'make' }, jenkins: 'sh \'make\'', tekton: { image: 'docker.io/library/bash:5', script: 'make' } })] })],
  // Rights, secrets, gates.
  [{ triggers: PUSH }, job({ grants: [Grant.publishPackages('pushes an image'), Grant.commentOnChange('says how it went'), Grant.uploadFindings('shows findings'), Grant.writeIssues('opens an issue')] })],
  [{ triggers: PUSH }, job({ identities: [Identity.of('AWS_TOKEN', { audience: 'sts.amazonaws.com' })] })],
  [{ triggers: PUSH }, job({ identities: [Identity.of('AZURE', { audience: 'api://AzureADTokenExchange' })] })],
  [{ triggers: PUSH }, job({ env: { NPM_TOKEN: PipelineSecret.named('NPM_TOKEN') } })],
  [{ triggers: PUSH }, pipeline => {
    const ask = new Job(pipeline, 'ask', { steps: [JobStep.approve('Release it?', { approvers: ['acme/sre'], count: 2, timeout: Duration.hours(8) })] });
    new Job(pipeline, 'job', { steps: [run()], dependsOn: [ask] });
  }],
  [{ triggers: PUSH }, (pipeline, _, [environment]) => void new Job(pipeline, 'job', {
    steps: [JobStep.deploy('./deploy.sh', { environment: JobEnvironment.of(environment, { url: 'https://shop.example.com' }) })],
  })],
  [{ triggers: [Trigger.pullRequest()] }, job({ steps: [JobStep.run('./lint-title.sh', { env: { TITLE: Context.CHANGE_TITLE } })] })],
  [{ triggers: PUSH }, job({ steps: [JobStep.run('./notify.sh', { env: { NUMBER: Context.RUN_NUMBER, ADDRESS: Context.RUN_URL, ACTOR: Context.ACTOR } })] })],
];

/** What a system does with each part. */
export function rowsOf(engine: () => PipelineSystem): PipelineRow[] {
  return PARTS.flatMap(([props, fill]) => {
    const platform = new Platform({ name: 'shop', repository: 'https://github.com/acme/shop' });
    const cluster = Cluster.inCluster({ kubernetesVersion: '1.34' });
    const staging = new Environment(platform, 'staging', { cluster });
    const prod = new Environment(platform, 'prod', {
      cluster,
      promotedFrom: [staging],
      protection: {
        approvals: { teams: ['acme/sre'], count: 2 }, soakTime: Duration.hours(24), allowedTimes: [TimeWindow.of({ schedule: '0 9 * * 1-4', duration: Duration.hours(7), timeZone: 'Europe/Berlin' })],
      },
    });
    const system = engine();
    const pipeline = new Pipeline(platform, 'pipeline', { ...props, engine: system });
    fill(pipeline, platform, [prod, staging]);
    return system._backend.lower(pipeline._graph()).rows;
  });
}
