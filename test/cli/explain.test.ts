import { compiledLibrary, fairway, programFolder } from './support';
import { readTree } from '../support/folders';

/* `fairway explain`: what systems do with the parts of pipelines. */

const PIPELINE = (id: string, more = '') => `
const { Pipeline, PipelineEngine, Job, JobStep, Trigger } = require(${JSON.stringify(compiledLibrary())} + '/lib/pipelines');
{
  const ci = new Pipeline(platform, '${id}', { engine: PipelineEngine.githubActions(), triggers: [Trigger.push()] });
  new Job(ci, 'build', { steps: [JobStep.run('make')], ${more} });
}
`;

const PROGRAM = (body: string) => `const platform = new Platform({ name: 'acme' });${body}platform.synth();`;

test('prints a table for each pipeline, and writes nothing', async () => {
  const folder = programFolder(PROGRAM(PIPELINE('ci')));
  const before = readTree(folder);
  const run = await fairway(folder, ['explain']);
  expect(run).toMatchObject({ code: 0, err: '' });
  expect(run.out).toMatch(/^ci: GitHub Actions\n1 job, 0 edges\n {2}part +support +how\n/);
  expect(readTree(folder)).toEqual(before);
});

test('prints JSON, of the pipelines that are asked for', async () => {
  const run = await fairway(programFolder(PROGRAM(PIPELINE('ci') + PIPELINE('nightly').replace(/const \{.*/, ''))), ['explain', 'nightly', '--json']);
  const { version, explanations } = JSON.parse(run.out);
  expect([version, explanations.map((each: { path: string }) => each.path)]).toEqual([1, ['nightly']]);
  expect(explanations[0]).toMatchObject({ platform: 'acme', engine: 'GitHub Actions', text: expect.stringContaining('nightly: GitHub Actions') });
});

test('says what is wrong with a pipeline that cannot be', async () => {
  const run = await fairway(programFolder(PROGRAM(PIPELINE('ci', 'dependsOn: [new Job(new Pipeline(platform, \'x\', { engine: PipelineEngine.githubActions() }), \'y\')]'))), ['explain', 'ci']);
  expect([run.code, run.out]).toEqual([0, expect.stringContaining('FW1009')]);
});

test('knows which pipelines there are', async () => {
  const run = await fairway(programFolder(PROGRAM(PIPELINE('ci'))), ['explain', 'co']);
  expect([run.code, run.err]).toEqual([2, expect.stringContaining('There is no pipeline "co" here. Did you mean "ci"?')]);
  const none = await fairway(programFolder(PROGRAM('')), ['explain']);
  expect([none.code, none.err]).toEqual([2, expect.stringContaining('The program has no pipeline.')]);
});
