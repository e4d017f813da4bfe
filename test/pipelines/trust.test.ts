import * as fc from 'fast-check';
import { pipeline } from './stand-in';
import '../support/properties';
import { CodeHost, Context, Job, JobStep, Matrix, Pipeline, PipelineTemplate, PlatformStep, Setup, StepTemplate, TemplateJob, Trigger, Value } from '../../src/pipelines';
import { inlined } from '../../src/pipelines/graph';

/*
 * What others choose stays what others choose, by whatever way it goes.
 */

const codes = (ci: Pipeline) => ci.findings().map(finding => finding.code);

/** A script that hands on what a variable says. */
const handing = (id: string, value: string | Value, checked = false) => JobStep.run('echo "x=$IN" >> "$FAIRWAY_OUTPUT"', {
  id, outputs: ['x'], env: { IN: value }, ...checked && { checkedOutputs: { x: 'three numbers, or the step fails' } },
});

const title = Context.CHANGE_TITLE;

/** A job in which a value decides what runs. */
const decide = (ci: Pipeline, value: Value, id = 'decide') => new Job(ci, id, { steps: [JobStep.checkout({ ref: value })] });

describe('an output of a script that reads what others choose', () => {
  it.each<[string, (ci: Pipeline) => void]>([
    ['as the ref of a checkout in the same job', ci => {
      const read = handing('read', title);
      new Job(ci, 'a', { steps: [read, JobStep.checkout({ ref: read.output('x') })] });
    }],
    ['as the ref of a checkout in another job', ci => {
      const read = handing('read', title);
      new Job(ci, 'a', { steps: [read] });
      decide(ci, read.output('x'));
    }],
    ['as a version of a tool, in a job that stands before', ci => {
      const read = handing('read', title);
      new Job(ci, 'a', { steps: [Setup.node({ version: read.output('x') })] });
      new Job(ci, 'b', { steps: [read] });
    }],
    ['as a variable that shells obey', ci => {
      const read = handing('read', title);
      new Job(ci, 'a', { steps: [read, JobStep.run('true', { env: { PATH: Value.join('/opt/', read.output('x')) } })] });
    }],
    ['as a variable of a whole job', ci => {
      const read = handing('read', title);
      new Job(ci, 'a', { steps: [read] });
      new Job(ci, 'b', { steps: [JobStep.run('true')], env: { BASH_ENV: read.output('x') } });
    }],
    ['read by the variable of its job', ci => {
      const read = handing('read', 'no');
      new Job(ci, 'a', { steps: [read], env: { TITLE: title } });
      decide(ci, read.output('x'));
    }],
    ['handed on by others', ci => {
      const read = handing('read', Value.join('v', title));
      new Job(ci, 'a', { steps: [read] });
      const second = handing('second', read.output('x'));
      const third = handing('third', second.output('x'));
      new Job(ci, 'b', { steps: [second, third] });
      decide(ci, third.output('x'));
    }],
    ['as what a matrix is made of', ci => {
      const read = handing('read', title);
      new Job(ci, 'a', { steps: [read] });
      const matrix = Matrix.fromOutput(read.output('x'), { axes: ['v'] });
      new Job(ci, 'b', { matrix, steps: [Setup.node({ version: matrix.value('v') })] });
    }],
    ['handed on by a leg of such a matrix', ci => {
      const read = handing('read', title);
      new Job(ci, 'a', { steps: [read] });
      const matrix = Matrix.fromOutput(read.output('x'), { axes: ['v'] });
      const leg = handing('leg', matrix.value('v'));
      new Job(ci, 'b', { matrix, steps: [leg, Setup.node({ version: leg.output('x') })] });
    }],
    ['given to a template of steps', ci => {
      const of = new StepTemplate(ci, 'of');
      const inner = handing('inner', of.addInput('it', { description: 'it' }));
      of.addStep(inner);
      of.addOutput('x', inner.output('x'));
      const use = of.use({ inputs: { it: title } });
      new Job(ci, 'a', { steps: [use] });
      decide(ci, use.output('x'));
    }],
    ['read by the variable of a use', ci => {
      const of = new StepTemplate(ci, 'of');
      const inner = handing('inner', 'no');
      of.addStep(inner);
      of.addOutput('x', inner.output('x'));
      const use = of.use({ env: { TITLE: title } });
      new Job(ci, 'a', { steps: [use, JobStep.checkout({ ref: use.output('x') })] });
    }],
    ['decides within a template of steps', ci => {
      const of = new StepTemplate(ci, 'of');
      const inner = handing('inner', of.addInput('it', { description: 'it' }));
      of.addStep(inner);
      of.addStep(JobStep.checkout({ ref: inner.output('x') }));
      new Job(ci, 'a', { steps: [of.use({ inputs: { it: title } })] });
    }],
    ['given to a template of jobs', ci => {
      const use = new TemplateJob(ci, 'a', { template: jobs(ci), inputs: { it: title } });
      decide(ci, use.output('x'));
    }],
    ['from another job given to a template of jobs', ci => {
      const read = handing('read', title);
      new Job(ci, 'first', { steps: [read] });
      decide(ci, new TemplateJob(ci, 'a', { template: jobs(ci), inputs: { it: read.output('x') } }).output('x'));
    }],
    ['decides within a template of jobs, in one of its uses', ci => {
      const template = jobs(ci, true);
      new TemplateJob(ci, 'a', { template, inputs: { it: 'plain' } });
      new TemplateJob(ci, 'b', { template, inputs: { it: title } });
    }],
    ['of a step of the library that says what it was told', ci => {
      const read = PlatformStep.rollback({ host: CodeHost.github(), environment: 'dev', workload: 'cart', reason: title, paths: ['promotions'] });
      new Job(ci, 'a', { steps: [read] });
      decide(ci, read.output('url'));
    }],
  ])('is refused %s', (_, fill) => {
    const ci = pipeline({ triggers: [Trigger.pullRequest()] });
    fill(ci);
    expect(codes(ci)).toEqual(['FW1017']);
    expect(ci.findings()[0].message).toMatch(/may say what "changeTitle" says/);
  });

  it('is refused where the whole pipeline has the value as a variable', () => {
    const ci = pipeline({ triggers: [Trigger.pullRequest()], env: { TITLE: title } });
    const read = handing('read', 'no');
    new Job(ci, 'a', { steps: [read] });
    decide(ci, read.output('x'));
    expect(codes(ci)).toEqual(['FW1017']);
  });

  it.each<[string, (ci: Pipeline) => void]>([
    ['where the script checks it', ci => {
      const read = handing('read', title, true);
      new Job(ci, 'a', { steps: [read] });
      decide(ci, read.output('x'));
    }],
    ['where one that it is handed to checks it', ci => {
      const read = handing('read', title);
      const check = handing('check', read.output('x'), true);
      new Job(ci, 'a', { steps: [read, check] });
      decide(ci, check.output('x'));
    }],
    ['where it decides nothing', ci => {
      const read = handing('read', title);
      new Job(ci, 'a', { steps: [read, JobStep.run('true', { env: { X: read.output('x') }, condition: read.output('x').isOneOf('a') })] });
    }],
    ['where another step of the job reads it', ci => {
      const read = handing('read', Context.SHA);
      new Job(ci, 'a', { steps: [JobStep.run('true', { env: { TITLE: title } }), read, JobStep.checkout({ ref: read.output('x') })] });
    }],
    ['where another use of a template is given it', ci => {
      const template = jobs(ci);
      new TemplateJob(ci, 'a', { template, inputs: { it: title } });
      decide(ci, new TemplateJob(ci, 'b', { template, inputs: { it: 'plain' } }).output('x'));
    }],
    ['where the output has one form', ci => {
      const read = PlatformStep.rollback({ host: CodeHost.github(), environment: 'dev', workload: 'cart', reason: title, paths: ['promotions'] });
      new Job(ci, 'a', { steps: [read] });
      decide(ci, read.output('commit'));
    }],
    ['where the combinations of a matrix are written down', ci => {
      const matrix = Matrix.of({ v: ['22', '24'] });
      new Job(ci, 'a', { matrix, steps: [Setup.node({ version: matrix.value('v') })] });
    }],
  ])('is fine %s', (_, fill) => {
    const ci = pipeline({ triggers: [Trigger.pullRequest()] });
    fill(ci);
    expect(codes(ci).filter(code => code !== 'FW1037')).toEqual([]);
  });
});

it('a matrix within a template is made of the job of its use', () => {
  const ci = pipeline();
  const template = new PipelineTemplate(ci, 'jobs');
  const list = handing('list', 'no');
  new Job(template, 'list', { steps: [list] });
  new Job(template, 'legs', { matrix: Matrix.fromOutput(list.output('x'), { axes: ['v'] }), steps: [JobStep.run('true')] });
  new TemplateJob(ci, 'a', { template });
  const [, legs] = inlined(ci._graph()).jobs;
  expect(legs.matrix).toMatchObject({ from: { kind: 'output', job: 'a-list', name: 'x' } });
});

/** A template with an output that says what an input says. */
function jobs(ci: Pipeline, isDeciding = false): PipelineTemplate {
  const template = new PipelineTemplate(ci, 'jobs');
  const first = handing('first', template.addInput('it', { description: 'it' }));
  const second = handing('second', first.output('x'));
  new Job(template, 'one', { steps: [first] });
  new Job(template, 'two', { steps: [second, ...isDeciding ? [JobStep.checkout({ ref: second.output('x') })] : []] });
  template.addOutput('x', second.output('x'));
  return template;
}

it('what is checked is said', () => {
  const ci = pipeline();
  const read = handing('read', Context.BRANCH, true);
  new Job(ci, 'a', { steps: [read] });
  decide(ci, read.output('x'));
  expect(ci.explain()).toContain('a: output x of read  native   counts as trusted: three numbers, or the step fails');
});

it('never decides anything by a way that nobody has checked', () => {
  const step = fc.record({
    reads: fc.array(fc.nat(), { maxLength: 3 }),
    isOutside: fc.integer({ min: 0, max: 5 }),
    isChecked: fc.integer({ min: 0, max: 3 }),
    isNewJob: fc.boolean(),
  });
  let refused = 0;
  fc.assert(fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), all => {
    const ci = pipeline();
    const taints: boolean[] = [];
    const made: JobStep[] = [];
    const grouped: JobStep[][] = [];
    all.forEach(({ reads, isOutside, isChecked, isNewJob }, i) => {
      const from = i === 0 ? [] : [...new Set(reads.map(each => each % i))];
      const parts = [...from.map(each => made[each].output('x')), ...isOutside === 0 ? [Context.ACTOR] : []];
      taints.push(isChecked > 0 && (isOutside === 0 || from.some(each => taints[each])));
      made.push(handing(`s${i}`, Value.join('a', ...parts), isChecked === 0));
      (isNewJob || grouped.length === 0 ? grouped.push([]) : 0, grouped.at(-1)!).push(made[i]);
    });
    grouped.forEach((steps, i) => new Job(ci, `j${i}`, { steps }));
    decide(ci, made.at(-1)!.output('x'));
    refused += taints.at(-1) ? 1 : 0;
    expect(codes(ci)).toEqual(taints.at(-1) ? ['FW1017'] : []);
  }));
  expect(refused).toBeGreaterThan(3);
});
