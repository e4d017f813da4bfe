import { Duration, JsonPatch } from 'cdk8s';
import { hello, pipeline, platform, standIn } from './stand-in';
import { FairwayError } from '../../src/core/diagnostics/fairway-error';
import {
  Artifact, Concurrency, Condition, Context, Grant, Identity, InputType, Job, JobContainer, JobEnvironment, JobOutcome, JobStep, Matrix, PathFilter,
  Pipeline, PipelineEngine,
  PipelineEvent, PipelinePatch, PipelineSecret, PipelineTemplate, Runner, ServiceContainer, Stage, StepTemplate, TemplateJob, Trigger, Value,
} from '../../src/pipelines';

/** The code of what is wrong: thrown at once, when the graph is built, or found by a check. */
function codesOf(attempt: () => unknown): string[] {
  try {
    const made = attempt();
    return Pipeline.isPipeline(made) ? made.node.root.node.findAll().filter(Pipeline.isPipeline).flatMap(each => findings(each)) : [];
  } catch (e) {
    if (!FairwayError.isFairwayError(e)) {
      throw e;
    }
    return e.findings.map(finding => finding.code);
  }
}

function findings(ci: Pipeline): string[] {
  ci._graph();
  return ci.findings().map(finding => finding.code);
}

const any = (value: unknown) => value as any;
const job = (props: object, ci = pipeline()) => {
  new Job(ci, 'build', any({ steps: [hello()], ...props }));
  return ci;
};
const step = (options: object) => JobStep.run('true', any(options));
const output = (id = 'out') => JobStep.run('true', { id, outputs: ['x'] });

const WRONG: ReadonlyArray<readonly [what: string, code: string, attempt: () => unknown]> = [
  // the pipeline
  ['no engine', 'FW1000', () => new Pipeline(platform(), 'ci', any({ triggers: [Trigger.push()] }))],
  ['an engine of another kind', 'FW1001', () => new Pipeline(platform(), 'ci', any({ engine: {} }))],
  ['a field that does not exist', 'FW1002', () => pipeline(any({ trigger: [] }))],
  ['a repository without a folder', 'FW1000', () => pipeline(any({ repository: { address: 'https://github.com/acme/checkout' } }))],
  ['a repository without an address', 'FW1000', () => pipeline(any({ repository: { folder: 'services/checkout' } }))],
  ['a repository that is an address alone', 'FW1001', () => pipeline(any({ repository: 'https://github.com/acme/checkout' }))],
  ['a repository with a password', 'FW1056', () => pipeline({ repository: { address: 'https://me:pw@github.com/acme/checkout', folder: 'checkout' } })],
  ['a repository in a folder above', 'FW1042', () => pipeline({ repository: { address: 'https://github.com/acme/checkout', folder: '../checkout' } })],
  ['a repository in the root', 'FW1001', () => pipeline({ repository: { address: 'https://github.com/acme/checkout', folder: '.' } })],
  ['a repository among the manifests of ownership', 'FW1001', () => pipeline({ repository: { address: 'https://github.com/acme/checkout', folder: '.fairway' } })],
  ['a repository in a device of Windows', 'FW1001', () => pipeline({ repository: { address: 'https://github.com/acme/checkout', folder: 'services/con' } })],
  ['an unknown field of a repository', 'FW1002', () => pipeline(any({ repository: { address: 'https://github.com/acme/checkout', folder: 'checkout', branch: 'main' } }))],
  ['an id with blanks', 'FW1004', () => pipeline({}, platform(), 'my ci')],
  ['an id that leaves its folder', 'FW1004', () => pipeline({}, platform(), '../ci')],
  ['an id that is reserved on Windows', 'FW1004', () => pipeline({}, platform(), 'con')],
  ['an id that is very long', 'FW1004', () => pipeline({}, platform(), 'c'.repeat(51))],
  ['a name of two lines', 'FW1001', () => pipeline({ name: 'a\nb' })],
  ['a name of a job of two lines', 'FW1001', () => job({ name: 'a\nb' })],
  ['a name of a step that rings', 'FW1001', () => JobStep.run('true', { name: 'a\u0007' })],
  ['a name of a run with half a character', 'FW1001', () => pipeline({ runName: Value.join('\ud800', Context.SHA) })],
  ['a name of a run without end', 'FW1001', () => pipeline({ runName: 'x'.repeat(251) })],
  ['a name of nothing', 'FW1000', () => job({ name: '' })],
  ['a timeout of seconds', 'FW1003', () => pipeline({ timeout: Duration.seconds(90) })],
  ['a timeout of days', 'FW1003', () => pipeline({ timeout: Duration.days(2) })],
  ['a timeout that is a number', 'FW1003', () => pipeline(any({ timeout: 30 }))],
  ['triggers that are no list', 'FW1001', () => pipeline(any({ triggers: Trigger.push() }))],
  ['no jobs', 'FW1007', () => pipeline()],
  ['no triggers', 'FW1008', () => job({}, pipeline({ triggers: [] }))],
  ['two pushes', 'FW1027', () => job({}, pipeline({ triggers: [Trigger.push(), Trigger.push()] }))],
  ['a secret in a group', 'FW1016', () => job({}, pipeline({ concurrency: Concurrency.queue(PipelineSecret.named('A')) }))],
  ['a secret in the environment of all jobs', 'FW1016', () => job({}, pipeline({ env: { A: PipelineSecret.named('A') } }))],
  ['an output in the name of a run', 'FW1018', () => { const out = output(); return job({ steps: [out] }, pipeline({ runName: out.output('x') })); }],
  ['two pipelines in one file', 'FW1039', () => {
    const on = platform();
    const nested = new Stage(job({}, pipeline({}, on)), 'x'); // any construct
    return job({}, new Pipeline(nested, 'ci', { engine: standIn(), triggers: [Trigger.push()] }));
  }],
  ['two pipelines that write one object', 'FW1039', () => {
    const on = platform();
    const of = (id: string, name: string) => {
      const made = new Pipeline(on, id, { engine: PipelineEngine.tekton(), triggers: [Trigger.push()] });
      new Job(made, name, { steps: [hello()] });
      return made;
    };
    of('shop', 'web-test');
    return of('shop-web', 'test');
  }],
  ['a job after the graph was built', 'FW1044', () => { const ci = job({}); ci._graph(); new Job(ci, 'late', { steps: [hello()] }); }],
  ['an input without a trigger that asks', 'FW1028', () => { const ci = job({}); ci.addInput('why', { description: 'why' }); return ci; }],

  // inputs
  ['an input with a hyphen', 'FW1004', () => pipeline().addInput('dry-run', { description: 'x' })],
  ['an input without description', 'FW1000', () => pipeline().addInput('x', any({}))],
  ['the same input twice', 'FW1005', () => { const ci = pipeline(); ci.addInput('x', { description: 'x' }); ci.addInput('x', { description: 'x' }); }],
  ['a choice of nothing', 'FW1001', () => pipeline().addInput('x', { description: 'x', type: InputType.CHOICE })],
  ['options of a text', 'FW1001', () => pipeline().addInput('x', { description: 'x', options: ['a'] })],
  ['a default that is no choice', 'FW1001', () => pipeline().addInput('x', { description: 'x', type: InputType.CHOICE, options: ['a'], default: 'b' })],
  ['a default that is no boolean', 'FW1001', () => pipeline().addInput('x', { description: 'x', type: InputType.BOOLEAN, default: 'yes' })],
  ['a default that is no number', 'FW1001', () => pipeline().addInput('x', { description: 'x', type: InputType.NUMBER, default: 'ten' })],
  ['26 inputs', 'FW1001', () => { const ci = pipeline(); for (let i = 0; i < 26; i++) { ci.addInput(`i${i}`, { description: 'x' }); } }],

  // triggers
  ['a push to no branch', 'FW1000', () => Trigger.push({ branches: [] })],
  ['a branch with brackets', 'FW1038', () => Trigger.push({ branches: ['release/[0-9]'] })],
  ['a branch that is negated', 'FW1038', () => Trigger.push({ branches: ['!main'] })],
  ['a path with ./', 'FW1038', () => Trigger.push({ paths: ['./src/**'] })],
  ['a path with ** in a segment', 'FW1038', () => Trigger.pullRequest({ paths: ['src/a**'] })],
  ['a path that ends with a slash', 'FW1038', () => Trigger.pullRequest({ paths: ['src/'] })],
  ['an empty path', 'FW1038', () => Trigger.pullRequest({ paths: [''] })],
  ['51 paths', 'FW1001', () => Trigger.push({ paths: Array.from({ length: 51 }, (_, i) => `p${i}`) })],
  ['paths that are a text', 'FW1001', () => Trigger.push(any({ paths: 'src/**' }))],
  ['a misspelt field of a push', 'FW1002', () => Trigger.push(any({ branch: ['main'] }))],
  ['a schedule of six fields', 'FW1026', () => Trigger.schedule({ cron: '0 0 3 * * *' })],
  ['a schedule by name', 'FW1026', () => Trigger.schedule({ cron: '@daily' })],
  ['a schedule that never comes', 'FW1026', () => Trigger.schedule({ cron: '0 3 31 2 *' })],
  ['a schedule each minute', 'FW1026', () => Trigger.schedule({ cron: '* * * * *' })],
  ['a schedule twice within five minutes', 'FW1026', () => Trigger.schedule({ cron: '58,1 * * * *' })],
  ['a schedule with names of days', 'FW1026', () => Trigger.schedule({ cron: '0 3 * * MON' })],
  ['an unknown time zone', 'FW1026', () => Trigger.schedule({ cron: '0 3 * * *', timeZone: 'Mars/Olympus' })],
  ['no schedule', 'FW1000', () => Trigger.schedule(any({}))],

  // jobs
  ['a job of a platform', 'FW1043', () => new Job(platform(), 'build', { steps: [hello()] })],
  ['a stage of a platform', 'FW1043', () => new Stage(any(platform()), 'x')],
  ['a job without steps', 'FW1006', () => job({ steps: [] })],
  ['a job with upper case', 'FW1004', () => new Job(pipeline(), 'Build')],
  ['the same job twice', 'FW1005', () => { const ci = pipeline(); const stage = new Stage(ci, 's'); new Job(ci, 'a'); new Job(stage, 'a'); }],
  ['steps that are scripts', 'FW1001', () => job({ steps: ['make'] })],
  ['a misspelt field of a job', 'FW1002', () => job({ needs: [] })],
  ['four attempts', 'FW1001', () => job({ attempts: 4 })],
  ['a job that needs one of another pipeline', 'FW1009', () => {
    const on = platform();
    const other = new Job(pipeline({}, on, 'other'), 'x', { steps: [hello()] });
    return job({ dependsOn: [other] }, pipeline({}, on));
  }],
  ['a job that needs itself', 'FW1010', () => { const ci = pipeline(); const own = new Job(ci, 'a', { steps: [hello()] }); own.addDependency(own); return ci; }],
  ['a ring of jobs', 'FW1010', () => {
    const ci = pipeline();
    const a = new Job(ci, 'a', { steps: [hello()] });
    const b = new Job(ci, 'b', { steps: [hello()], dependsOn: [a] });
    const c = new Job(ci, 'c', { steps: [hello()], dependsOn: [b] });
    a.addDependency(c);
    return ci;
  }],
  ['a ring through an output', 'FW1010', () => {
    const ci = pipeline();
    const out = output();
    const b = new Job(ci, 'b', { steps: [step({ env: { X: out.output('x') } })] });
    new Job(ci, 'a', { steps: [out], dependsOn: [b] });
    return ci;
  }],
  ['something else as dependency', 'FW1001', () => job({ dependsOn: ['build'] })],
  ['containers on Windows', 'FW1034', () => job({ runner: Runner.windows(), container: JobContainer.of('node:24') })],
  ['services on macOS', 'FW1034', () => job({ runner: Runner.macos(), services: [ServiceContainer.of('db', { image: 'postgres:17' })] })],
  ['bash on Windows', 'FW1035', () => job({ runner: Runner.windows() })],
  ['two environments', 'FW1046', () => job({
    environment: JobEnvironment.named('dev'), steps: [JobStep.deploy('true', { environment: JobEnvironment.named('prod') })],
  })],
  ['an environment with brackets', 'FW1004', () => JobEnvironment.named('prod{0}')],
  ['an environment that is none', 'FW1001', () => JobEnvironment.of(any('prod'))],
  ['a runner without labels', 'FW1000', () => Runner.selfHosted([])],
  ['a runner with a blank in a label', 'FW1001', () => Runner.selfHosted(['a b'])],
  ['an unknown architecture', 'FW1001', () => Runner.linux(any({ arch: 'sparc' }))],
  ['a job that never runs', 'FW1032', () => job({ condition: Condition.event(PipelineEvent.RELEASE) })],
  ['a job that publishes for pull requests', 'FW1037', () => job({ publishes: true }, pipeline({ triggers: [Trigger.pullRequest()] }))],
  ['a secret of another environment', 'FW1041', () => job({ env: { A: PipelineSecret.named('A', { environment: 'prod' }) } })],
  ['kept credentials without a grant', 'FW1045', () => job({ steps: [JobStep.checkout({ persistCredentials: true })] })],
  ['a grant without a reason', 'FW1030', () => Grant.writeCode('')],
  ['a grant with a reason of two lines', 'FW1030', () => Grant.writeCode('a\nb')],
  ['an identity in lower case', 'FW1004', () => Identity.of('aws', { audience: 'x' })],
  ['an identity for nobody', 'FW1000', () => Identity.of('AWS', any({}))],
  ['an identity for two audiences', 'FW1005', () => job({ identities: [Identity.of('AWS', { audience: 'a' }), Identity.of('AWS', { audience: 'b' })] })],
  ['a group without text', 'FW1000', () => Concurrency.queue('')],
  ['a job outside of stages', 'FW1022', () => { const ci = job({}); new Job(new Stage(ci, 's'), 'a', { steps: [hello()] }); return ci; }],
  ['a job that needs one of a later stage', 'FW1023', () => {
    const ci = pipeline();
    const first = new Stage(ci, 'first');
    const late = new Job(new Stage(ci, 'second'), 'late', { steps: [hello()] });
    new Job(first, 'early', { steps: [hello()], dependsOn: [late] });
    return ci;
  }],

  // steps
  ['an empty script', 'FW1000', () => JobStep.run(' \n ')],
  ['a script that is a value', 'FW1019', () => JobStep.run(any(Context.SHA))],
  ['a script with a value in its text', 'FW1019', () => JobStep.run(`echo ${String(Context.CHANGE_TITLE)}`)],
  ['a script with a bell', 'FW1025', () => JobStep.run('echo \u0007')],
  ['a script with carriage returns', 'FW1025', () => JobStep.run('echo\r\ntrue')],
  ['a script with half of a pair', 'FW1025', () => JobStep.run('echo \ud800')],
  ['a script of 128 KiB', 'FW1025', () => JobStep.run('x'.repeat(128 * 1024))],
  ['a misspelt field of a step', 'FW1002', () => step({ working_directory: 'x' })],
  ['a variable with a hyphen', 'FW1004', () => step({ env: { 'a-b': 'x' } })],
  ['a variable called __proto__', 'FW1001', () => step({ env: JSON.parse('{"__proto__": "x"}') })],
  ['a variable of GitHub', 'FW1031', () => step({ env: { GITHUB_TOKEN: 'x' } })],
  ['a variable of GitLab', 'FW1031', () => job({ env: { CI_JOB_ID: 'x' } })],
  ['a variable that bash lets nobody write', 'FW1031', () => step({ env: { UID: '0' } })],
  ['a variable that bash takes from nobody', 'FW1031', () => step({ env: { IFS: ',' } })],
  ['a variable of ours', 'FW1031', () => pipeline({ env: { FAIRWAY_OUTPUT: 'x' } })],
  ['a variable that is a number', 'FW1001', () => step({ env: { A: 1 } })],
  ['a variable with a null character', 'FW1001', () => step({ env: { A: '\0' } })],
  ['a folder outside', 'FW1042', () => step({ workingDirectory: '../x' })],
  ['a folder from the root of the machine', 'FW1042', () => step({ workingDirectory: '/etc' })],
  ['an output with a hyphen', 'FW1004', () => step({ outputs: ['a-b'] })],
  ['an output that is not declared', 'FW1011', () => output().output('y')],
  ['an output of a step in no job', 'FW1012', () => job({ env: {}, steps: [step({ env: { X: output().output('x') } })] })],
  ['an output of a step in two jobs', 'FW1012', () => {
    const ci = pipeline();
    const out = output();
    new Job(ci, 'a', { steps: [out] });
    new Job(ci, 'b', { steps: [out] });
    new Job(ci, 'c', { steps: [step({ env: { X: out.output('x') } })] });
    return ci;
  }],
  ['an output of a later step', 'FW1013', () => { const out = output(); return job({ steps: [step({ env: { X: out.output('x') } }), out] }); }],
  ['an output of its own', 'FW1013', () => { const out = output(); return job({ env: { X: out.output('x') }, steps: [out] }); }],
  ['one retry', 'FW1001', () => step({ retry: { attempts: 1 } })],
  ['a delay of an hour and more', 'FW1003', () => step({ retry: { attempts: 2, delay: Duration.hours(2) } })],
  ['an unknown shell', 'FW1001', () => step({ shell: 'fish' })],
  ['an approval after a step', 'FW1024', () => job({ steps: [hello(), JobStep.approve('Go?')] })],
  ['two approvals', 'FW1024', () => job({ steps: [JobStep.approve('Go?'), JobStep.approve('Sure?')] })],
  ['an approval of seven', 'FW1001', () => JobStep.approve('Go?', { count: 7 })],
  ['an artifact with a slash', 'FW1004', () => Artifact.named('a/b')],
  ['an upload of nothing', 'FW1000', () => JobStep.upload(Artifact.named('a'), { paths: [] })],
  ['an upload from outside', 'FW1042', () => JobStep.upload(Artifact.named('a'), { paths: ['../secrets'] })],
  ['an upload of an option', 'FW1042', () => JobStep.upload(Artifact.named('a'), { paths: ['--help'] })],
  ['an upload kept for a year', 'FW1001', () => JobStep.upload(Artifact.named('a'), { paths: ['a'], retentionDays: 365 })],
  ['a download of what nobody uploads', 'FW1014', () => job({ steps: [JobStep.download(Artifact.named('a'))] })],
  ['a download of what the job itself uploads', 'FW1014', () => {
    const a = Artifact.named('a');
    return job({ steps: [JobStep.upload(a, { paths: ['a'] }), JobStep.download(a)] });
  }],
  ['an artifact of two jobs', 'FW1015', () => {
    const ci = pipeline();
    for (const id of ['a', 'b']) {
      new Job(ci, id, { steps: [JobStep.upload(Artifact.named('x'), { paths: ['a'] })] });
    }
    return ci;
  }],
  ['an artifact that is a text', 'FW1001', () => JobStep.upload(any('dist'), { paths: ['a'] })],
  ['a cache without paths', 'FW1000', () => JobStep.cache({ key: 'x', paths: [] })],
  ['a secret in the key of a cache', 'FW1016', () => job({ steps: [JobStep.cache({ key: PipelineSecret.named('A'), paths: ['a'] })] })],
  ['a secret in a name', 'FW1016', () => job({ name: PipelineSecret.named('A') })],
  ['a secret in a condition', 'FW1016', () => job({ condition: PipelineSecret.named('A').isOneOf('x') })],
  ['a secret in an address', 'FW1016', () => job({ environment: JobEnvironment.named('prod', { url: Value.join('https://x/', PipelineSecret.named('A')) }) })],
  ['a hash outside of a key', 'FW1018', () => job({ env: { A: Value.hashOf('a') } })],
  ['a checkout of a branch that others choose', 'FW1017', () => job({ steps: [JobStep.checkout({ ref: Context.SOURCE_BRANCH })] })],
  ['a title as PATH', 'FW1017', () => job({ env: { PATH: Context.CHANGE_TITLE } })],
  ['a branch as BASH_ENV', 'FW1017', () => job({ steps: [step({ env: { BASH_ENV: Context.BRANCH } })] })],
  ['a checked output without a reason', 'FW1047', () => JobStep.run('true', { outputs: ['x'], checkedOutputs: { x: ' ' } })],
  ['a checked output with a reason of two lines', 'FW1047', () => JobStep.run('true', { outputs: ['x'], checkedOutputs: { x: 'a\nb' } })],
  ['a checked output with true for a reason', 'FW1047', () => JobStep.run('true', any({ outputs: ['x'], checkedOutputs: { x: true } }))],
  ['a checked output that is none', 'FW1011', () => JobStep.run('true', { outputs: ['x'], checkedOutputs: { y: 'a number' } })],
  ['checked outputs as a list', 'FW1001', () => JobStep.run('true', any({ outputs: ['x'], checkedOutputs: ['x'] }))],
  ['checked outputs by an evil name', 'FW1001', () => JobStep.run('true', any({ outputs: ['x'], checkedOutputs: JSON.parse('{"__proto__":"x"}') }))],
  ['an output of a script that reads a title', 'FW1017', () => {
    const read = JobStep.run('true', { outputs: ['x'], env: { TITLE: Context.CHANGE_TITLE } });
    return job({ steps: [read, JobStep.checkout({ ref: read.output('x') })] });
  }],
  ['a native step of no system', 'FW1000', () => JobStep.native({})],
  ['a native step of an unknown system', 'FW1002', () => JobStep.native(any({ drone: {} }))],
  ['a native step of another system', 'FW1036', () => job({ steps: [JobStep.native({ gitlab: ['x'] })] })],

  // matrices
  ['a matrix of nothing', 'FW1000', () => Matrix.of({})],
  ['an axis without values', 'FW1000', () => Matrix.of({ a: [] })],
  ['an axis of numbers', 'FW1001', () => Matrix.of(any({ a: [1] }))],
  ['an axis with a value twice', 'FW1001', () => Matrix.of({ a: ['x', 'x'] })],
  ['an axis with a hyphen', 'FW1004', () => Matrix.of({ 'a-b': ['x'] })],
  ['257 combinations', 'FW1020', () => Matrix.of({ a: Array.from({ length: 257 }, (_, i) => `v${i}`) })],
  ['a million combinations', 'FW1020', () => Matrix.of(Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map(axis => [axis, ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0']])))],
  ['everything excluded', 'FW1020', () => Matrix.of({ a: ['x'] }, { exclude: [{ a: 'x' }] })],
  ['an exclude that matches nothing', 'FW1021', () => Matrix.of({ a: ['x', 'y'] }, { exclude: [{ a: 'z' }] })],
  ['an unknown variable of a matrix', 'FW1001', () => Matrix.of({ a: ['x'] }).value('b')],
  ['a variable of another matrix', 'FW1018', () => job({ env: { A: Matrix.of({ a: ['x'] }).value('a') } })],
  ['a variable of a matrix in the condition of its job', 'FW1018', () => { const matrix = Matrix.of({ a: ['x'] }); return job({ matrix, condition: matrix.value('a').isOneOf('x') }); }],
  ['a matrix from a text', 'FW1001', () => Matrix.fromOutput(any('x'), { axes: ['a'] })],
  ['a matrix from a context', 'FW1018', () => job({ matrix: Matrix.fromOutput(Context.SHA, { axes: ['a'] }) })],

  // conditions, values, filters
  ['an event that is none', 'FW1001', () => Condition.event(any('pr'))],
  ['a condition of nothing', 'FW1000', () => Condition.and()],
  ['conditions in conditions without end', 'FW1001', () => {
    let deep = Condition.event(PipelineEvent.PUSH);
    for (let i = 0; i < 5000; i++) {
      deep = Condition.and(deep, Condition.always());
    }
    return job({ condition: deep });
  }],
  ['conditions that double', 'FW1001', () => {
    let wide = Condition.event(PipelineEvent.PUSH);
    for (let i = 0; i < 40; i++) {
      wide = Condition.or(wide, wide);
    }
    return job({ condition: wide });
  }],
  ['a condition of text', 'FW1001', () => Condition.or(any('success()'))],
  ['the outcome of a text', 'FW1001', () => Condition.outcomeOf('build', JobOutcome.SUCCESS)],
  ['the outcome of itself', 'FW1033', () => {
    const ci = pipeline();
    const first = new Job(ci, 'a', { steps: [hello()] });
    new Job(ci, 'b', { steps: [step({ condition: Condition.outcomeOf(first, JobOutcome.FAILURE) })] });
    return ci;
  }],
  ['a comparison with two lines', 'FW1001', () => Context.BRANCH.isOneOf('a\nb')],
  ['a pattern with braces', 'FW1038', () => Context.BRANCH.matches('{a,b}')],
  ['a condition on joined values', 'FW1018', () => job({ condition: Value.join('a', Context.SHA).isOneOf('x') })],
  ['a filter without paths', 'FW1000', () => PathFilter.of('docs', { paths: [] })],
  ['a filter with a hyphen', 'FW1004', () => PathFilter.of('my-docs', { paths: ['a'] })],
  ['two filters of one name', 'FW1005', () => {
    const ci = job({ condition: Condition.changed(PathFilter.of('docs', { paths: ['a'] })) });
    new Job(ci, 'b', { steps: [hello()], condition: Condition.changed(PathFilter.of('docs', { paths: ['b'] })) });
    return ci;
  }],
  ['a part that is a number', 'FW1001', () => Value.join('a', 1)],
  ['a secret with a hyphen', 'FW1004', () => PipelineSecret.named('npm-token')],

  // containers
  ['an image with a blank', 'FW1001', () => JobContainer.of('node 24')],
  ['an image that is an option', 'FW1001', () => JobContainer.of('--privileged')],
  ['a user without a password', 'FW1000', () => JobContainer.of('node:24', { username: 'x' })],
  ['a service in upper case', 'FW1004', () => ServiceContainer.of('DB', { image: 'postgres:17' })],
  ['a service without image', 'FW1000', () => ServiceContainer.of('db', any({}))],
  ['a port of 70000', 'FW1001', () => ServiceContainer.of('db', { image: 'postgres:17', ports: [70000] })],
  ['a readiness without command', 'FW1000', () => ServiceContainer.of('db', { image: 'postgres:17', readiness: any({}) })],

  // templates and patches
  ['a template without jobs', 'FW1007', () => { const ci = pipeline(); new TemplateJob(ci, 'a', { template: new PipelineTemplate(ci, 't') }); return ci; }],
  ['an input that a template does not have', 'FW1029', () => {
    const ci = pipeline();
    new TemplateJob(ci, 'a', { template: new PipelineTemplate(ci, 't'), inputs: { x: 'y' } });
  }],
  ['an input that is not given', 'FW1029', () => {
    const ci = pipeline();
    const template = new PipelineTemplate(ci, 't');
    template.addInput('x', { description: 'x' });
    new TemplateJob(ci, 'a', { template });
  }],
  ['an output that a template does not have', 'FW1011', () => {
    const ci = pipeline();
    new TemplateJob(ci, 'a', { template: new PipelineTemplate(ci, 't') }).output('x');
  }],
  ['a use within a template', 'FW1029', () => { const t = new PipelineTemplate(pipeline(), 't'); new TemplateJob(t, 'a', { template: t }); }],
  ['a job of a template that is taken', 'FW1005', () => {
    const ci = pipeline();
    const template = new PipelineTemplate(ci, 't');
    new Job(template, 'b', { steps: [hello()] });
    new TemplateJob(ci, 'a', { template });
    new Job(ci, 'a-b', { steps: [hello()] });
    return ci;
  }],
  ['an approval in a template of steps', 'FW1029', () => new StepTemplate(pipeline(), 't').addStep(JobStep.approve('Go?'))],
  ['a template without steps', 'FW1006', () => new StepTemplate(pipeline(), 't').use()],
  ['an output of a foreign step', 'FW1012', () => {
    const ci = pipeline();
    const template = new StepTemplate(ci, 't');
    template.addStep(hello());
    template.addOutput('x', output().output('x'));
    return job({ steps: [template.use()] }, ci);
  }],
  ['a patch without reason', 'FW1000', () => PipelinePatch.github([JsonPatch.add('/a', 1)], any({}))],
  ['a patch of nothing', 'FW1040', () => PipelinePatch.github([], { reason: 'x' })],
  ['a patch that is a text', 'FW1040', () => PipelinePatch.gitlab(any(['add']), { reason: 'x' })],
  ['a patch that tests', 'FW1040', () => PipelinePatch.azure([JsonPatch.test('/a', 1)], { reason: 'x' })],
  ['a patch without a slash', 'FW1040', () => PipelinePatch.tekton([JsonPatch.remove('a')], { reason: 'x' })],
  ['a patch of a foreign job', 'FW1009', () => {
    const on = platform();
    const other = new Job(pipeline({}, on, 'other'), 'x', { steps: [hello()] });
    pipeline({}, on).addPatch(PipelinePatch.jenkins([JsonPatch.remove('/a')], { job: other, reason: 'x' }));
  }],
];

describe('what is wrong is said', () => {
  it.each(WRONG)('%s: %s', (_, code, attempt) => {
    expect(codesOf(attempt)).toContain(code);
  });

  it('with a path, a value and a remedy', () => {
    try {
      job({ env: { GITHUB_X: 'y' } });
      throw new Error('it is accepted');
    } catch (e) {
      expect((e as FairwayError).findings[0]).toEqual({
        code: 'FW1031', severity: 'error', path: 'ci/build', message: 'The variable "GITHUB_X" of job belongs to a system.', remedy: 'Choose another name.',
      });
    }
  });

  it('all at once for a pipeline', () => {
    const ci = pipeline();
    new Job(ci, 'a', { name: PipelineSecret.named('A'), steps: [hello()] });
    new Job(ci, 'b', { steps: [] });
    new Job(ci, 'c', { steps: [JobStep.download(Artifact.named('x'))] });
    expect(codesOf(() => ci)).toEqual(['FW1016', 'FW1006', 'FW1014']);
  });

  it('as a finding of the platform', () => {
    const on = platform();
    const ci = pipeline({}, on);
    new Job(ci, 'a', { steps: [] });
    expect(on.check().map(finding => [finding.code, finding.path])).toEqual([['FW1006', 'ci/a']]);
    expect(ci.explain()).toContain('FW1006');
  });

  it('of hostile objects, without breaking', () => {
    for (const value of [null, 1, 'x', [], {}, () => 1, Object.create(null), { _spec: 1 }, new Proxy({}, {}), Symbol('x'), 10n]) {
      for (const attempt of [
        () => JobStep.run(any(value)), () => JobStep.run('x', any({ env: value })), () => new Job(pipeline(), 'x', any({ steps: [value] })),
        () => new Job(pipeline(), 'x', any({ runner: value })), () => Trigger.push(any({ branches: value })), () => Matrix.of(any({ a: value })),
        () => Condition.and(any(value)), () => new Pipeline(platform(), 'ci', any({ engine: value })), () => pipeline(any({ concurrency: value })),
      ]) {
        expect(() => codesOf(attempt)).not.toThrow();
      }
    }
  });
});
