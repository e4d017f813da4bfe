import { hello, pipeline } from './stand-in';
import { Artifact, Context, Job, JobStep, Stage, StepTemplate, PipelineTemplate, TemplateJob, Value } from '../../src/pipelines';
import { inlined } from '../../src/pipelines/graph';

describe('order', () => {
  it('follows outputs, artifacts and dependsOn, without edges that follow from others', () => {
    const ci = pipeline();
    const dist = Artifact.named('dist');
    const version = JobStep.run('echo "version=1" >> "$FAIRWAY_OUTPUT"', { id: 'version', outputs: ['version'] });
    const build = new Job(ci, 'build', { steps: [version, JobStep.upload(dist, { paths: ['dist'] })] });
    const test = new Job(ci, 'test', { steps: [JobStep.download(dist)] });
    const lint = new Job(ci, 'lint', { steps: [hello()], dependsOn: [build] });
    new Job(ci, 'ship', { steps: [JobStep.run('ship', { env: { VERSION: version.output('version') } })], dependsOn: [test, lint, build] });
    const graph = ci._graph();
    expect(graph.jobs.map(job => [job.id, job.needs])).toEqual([
      ['build', []],
      ['test', [{ job: 'build', reasons: ['artifact'] }]],
      ['lint', [{ job: 'build', reasons: ['order'] }]],
      ['ship', [{ job: 'build', reasons: ['output', 'order'] }, { job: 'test', reasons: ['order'] }, { job: 'lint', reasons: ['order'] }]],
    ]);
    expect(graph.jobs[0].outputs).toEqual([{ name: 'version', step: 'version', output: 'version' }]);
    expect(graph.jobs[3].steps[0].env).toEqual({ VERSION: [{ kind: 'output', job: 'build', name: 'version' }] });
  });

  it('puts stages after each other', () => {
    const ci = pipeline();
    const first = new Stage(ci, 'first');
    const second = new Stage(ci, 'second');
    const late = new Job(second, 'late', { steps: [hello()] });
    new Job(second, 'later', { steps: [hello()], dependsOn: [late] });
    const early = new Job(first, 'early', { steps: [hello()] });
    new Job(first, 'soon', { steps: [hello()], dependsOn: [early] });
    new Job(first, 'beside', { steps: [hello()] });
    expect(Object.fromEntries(ci._graph().jobs.map(job => [job.id, job.needs.map(edge => edge.job)]))).toEqual({
      early: [], soon: ['early'], beside: [], late: ['soon', 'beside'], later: ['late'],
    });
  });
});

describe('templates', () => {
  it('of steps are put in with their inputs, and give outputs', () => {
    const ci = pipeline();
    const setup = new StepTemplate(ci, 'setup');
    const version = setup.addInput('version', { description: 'of Node' });
    const find = JobStep.run('find', { id: 'find', outputs: ['path'], env: { VERSION: version } });
    setup.addStep(find);
    setup.addStep(JobStep.run('use', { env: { FOUND: find.output('path') } }));
    setup.addOutput('path', find.output('path'));
    const use = setup.use({ inputs: { version: '24' } });
    new Job(ci, 'build', { steps: [use, JobStep.run('go', { env: { P: use.output('path') } })] });
    new Job(ci, 'other', { steps: [JobStep.run('go', { env: { P: use.output('path') } })] });
    const [build, other] = ci._graph().jobs;
    expect(build.steps[0]).toMatchObject({
      kind: 'group',
      id: 'setup',
      template: 'setup',
      inputs: { version: ['24'] },
      steps: [
        { id: 'setup-find', env: { VERSION: ['24'] } },
        { id: 'setup-run', env: { FOUND: [{ kind: 'stepOutput', step: 'setup-find', name: 'path' }] } },
      ],
    });
    expect(build.steps[1].env).toEqual({ P: [{ kind: 'stepOutput', step: 'setup-find', name: 'path' }] });
    expect(other.steps[0].env).toEqual({ P: [{ kind: 'output', job: 'build', name: 'path' }] });
    expect(ci._graph().stepTemplates).toMatchObject([{ id: 'setup', outputs: [{ name: 'path', step: 'find', output: 'path' }] }]);
  });

  it('of jobs are used with their inputs, and give outputs', () => {
    const ci = pipeline();
    const app = new PipelineTemplate(ci, 'app');
    const name = app.addInput('name', { description: 'of the service' });
    const build = JobStep.run('build', { id: 'build', outputs: ['digest'], env: { NAME: name } });
    new Job(app, 'build', { steps: [build] });
    new Job(app, 'check', { steps: [JobStep.run('check', { env: { DIGEST: build.output('digest') } })] });
    app.addOutput('digest', build.output('digest'));
    const cart = new TemplateJob(ci, 'cart', { template: app, inputs: { name: Value.join('cart-', Context.SHA) } });
    new Job(ci, 'ship', { steps: [JobStep.run('ship', { env: { DIGEST: cart.output('digest') } })] });
    const graph = ci._graph();
    expect(graph.jobs.map(job => [job.id, job.call?.inputs])).toEqual([
      ['cart', { name: ['cart-', { kind: 'context', name: 'sha' }] }], ['ship', undefined],
    ]);
    expect(graph.templates).toMatchObject([{ id: 'app', outputs: [{ name: 'digest', job: 'build', output: 'digest' }] }]);
  });

  it('of jobs need by each job what it reads through inputs', () => {
    const ci = pipeline();
    const app = new PipelineTemplate(ci, 'app');
    const image = app.addInput('image', { description: 'of the service' });
    const first = new Job(app, 'first', { steps: [JobStep.run('first')] });
    new Job(app, 'second', { steps: [JobStep.run('second', { env: { IMAGE: image } })], dependsOn: [first] });
    new Job(app, 'third', { steps: [JobStep.run('third')], dependsOn: [first] });
    const make = JobStep.run('make', { id: 'make', outputs: ['image'] });
    new Job(ci, 'make', { steps: [make] });
    new TemplateJob(ci, 'cart', { template: app, inputs: { image: make.output('image') } });
    expect(inlined(ci._graph()).jobs.map(job => [job.id, job.needs.map(edge => edge.job)])).toEqual([
      ['make', []], ['cart-first', ['make']], ['cart-second', ['make', 'cart-first']], ['cart-third', ['cart-first']],
    ]);
  });
});
