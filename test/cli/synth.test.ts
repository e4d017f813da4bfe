import * as fs from 'fs';
import * as path from 'path';
import { fairway, programFolder, setProgram, write } from './support';
import { newFolder, readTree } from '../support/folders';

/* `fairway synth`: runs the program, says what it did, and in which state it leaves the files. */

const TWO_OBJECTS = `
const platform = new Platform({ name: 'acme' });
const chart = new FolderChart(platform, 'web', { folder: 'prod/web', environment: 'prod', workload: 'web' });
object(chart, 'ConfigMap', 'one');
object(chart, 'ConfigMap', 'two');
console.log('said by the program');
platform.synth();
`;

const ONE_OBJECT = TWO_OBJECTS.replace('object(chart, \'ConfigMap\', \'two\');', '');

const ONE = 'dist/prod/web/ConfigMap.one.k8s.yaml';
const TWO = 'dist/prod/web/ConfigMap.two.k8s.yaml';

/** What a synth wrote: everything but the program. */
function written(folder: string): string[] {
  return Object.keys(readTree(folder)).filter(file => file !== 'main.js' && file !== 'cdk8s.yaml').sort();
}

describe('a program that is all right', () => {
  test('is written, passed on and summed up', async () => {
    const folder = programFolder(TWO_OBJECTS);
    const run = await fairway(folder, ['synth']);
    expect(run).toEqual({ code: 0, out: 'said by the program\nacme: 2 written, 0 removed, 0 unchanged\n', err: '' });
    expect(written(folder)).toEqual(['.fairway/acme.json', ONE, TWO]);
  });

  test('is not written again, and what it no longer makes is removed', async () => {
    const folder = programFolder(TWO_OBJECTS);
    await fairway(folder, ['synth']);
    expect((await fairway(folder, ['synth'])).out).toContain('acme: 0 written, 0 removed, 2 unchanged');
    setProgram(folder, ONE_OBJECT);
    expect((await fairway(folder, ['synth'])).out).toContain('acme: 0 written, 1 removed, 1 unchanged');
    expect(written(folder)).toEqual(['.fairway/acme.json', ONE]);
  });

  test('counts a file as written that was only missing from the disk', async () => {
    const folder = programFolder(TWO_OBJECTS);
    await fairway(folder, ['synth']);
    fs.rmSync(path.join(folder, ONE));
    expect((await fairway(folder, ['synth'])).out).toContain('acme: 1 written, 0 removed, 1 unchanged');
  });

  test('keeps files of others in the output folder', async () => {
    const folder = programFolder(TWO_OBJECTS, { app: 'node main.js', output: 'dist' });
    write(folder, 'dist/README.md', 'by hand');
    await fairway(folder, ['synth']);
    expect(written(folder)).toContain('dist/README.md');
  });

  test('is summed up for each of its platforms', async () => {
    const folder = programFolder(`
      for (const name of ['east', 'west']) {
        const platform = new Platform({ name, outdir: 'dist/' + name, publishedPath: 'dist/' + name });
        object(new Chart(platform, 'web'), 'ConfigMap', 'one');
        platform.synth();
      }`);
    expect((await fairway(folder, ['synth'])).out)
      .toBe('east: 1 written, 0 removed, 0 unchanged\nwest: 1 written, 0 removed, 0 unchanged\n');
  });

  test('prints nothing of ours with --quiet', async () => {
    const run = await fairway(programFolder(TWO_OBJECTS), ['synth', '--quiet']);
    expect(run).toEqual({ code: 0, out: 'said by the program\n', err: '' });
  });
});

describe('where it is written', () => {
  const print = 'console.log(`outdir=${process.env.CDK8S_OUTDIR}`);';

  test('follows the key output of cdk8s.yaml', async () => {
    const folder = programFolder(print + TWO_OBJECTS, { app: 'node main.js', output: 'manifests' });
    const run = await fairway(folder, ['synth']);
    expect(run.out).toContain('outdir=manifests\n');
    expect(written(folder)).toContain('manifests/prod/web/ConfigMap.one.k8s.yaml');
    expect(run.err).toContain('warning FW133');
    expect(run.code).toBe(0);
  });

  test('is left to the program without that key', async () => {
    const run = await fairway(programFolder(print + TWO_OBJECTS), ['synth'], { env: { CDK8S_OUTDIR: undefined } });
    expect(run.out).toContain('outdir=undefined\n');
  });

  test('may be elsewhere, where the ownership manifest is then found', async () => {
    const elsewhere = newFolder('fairway-elsewhere-');
    const folder = programFolder(TWO_OBJECTS, { app: 'node main.js', output: elsewhere });
    const run = await fairway(folder, ['synth']);
    expect(run.out).toContain(`acme in ${path.relative(folder, elsewhere)}: 2 written, 0 removed, 0 unchanged\n`);
    expect(written(folder)).toEqual([]);
  });
});

describe('warnings', () => {
  const WARNED = TWO_OBJECTS.replace('platform.synth', `
    const warning = code => ({ code, severity: 'warning', path: 'web', message: 'It is odd.', remedy: 'Mend it.' });
    Diagnostics.of(chart).addCheck({ check: () => [warning('ACME1'), warning('ACME2')] });
    Diagnostics.of(chart).acknowledge('ACME2', 'It is meant.');
    platform.synth`);

  test('are printed, and are no failure', async () => {
    const run = await fairway(programFolder(WARNED), ['synth']);
    expect(run.code).toBe(0);
    expect(run.out).toContain('acme: 2 written');
    expect(run.err).toBe('warning ACME1  web\n  It is odd.\n  → Mend it.\n\n0 errors, 1 warning (1 acknowledged)\n');
  });

  test('are printed with --quiet too, and in colour on a terminal', async () => {
    expect((await fairway(programFolder(WARNED), ['synth', '--quiet'], { color: true })).err).toContain('\u001b[33mwarning ACME1\u001b[0m');
  });
});

describe('findings', () => {
  const INVALID = TWO_OBJECTS.replace('platform.synth', 'chart.node.addValidation({ validate: () => [\'It is wrong.\'] });\nplatform.synth');

  test('are printed once, with no stack trace, and nothing is written', async () => {
    const folder = programFolder(INVALID);
    const run = await fairway(folder, ['synth']);
    expect(run.code).toBe(1);
    expect(run.out).toBe('said by the program\n');
    expect(run.err).toBe('error FW101  web\n  It is wrong.\n  → Mend the construct as its validation says.\n\n1 error, 0 warnings: nothing was written\n');
    expect(written(folder)).toEqual([]);
  });

  test('of a second platform do not hide that the first one was written', async () => {
    const folder = programFolder(`${ONE_OBJECT}
      const second = new Platform({ name: 'second', outdir: 'dist/second', publishedPath: 'dist/second' });
      second.node.addValidation({ validate: () => ['It is wrong.'] });
      second.synth();`);
    const run = await fairway(folder, ['synth']);
    expect(run.code).toBe(1);
    expect(run.err).toMatch(/1 error, 0 warnings\n$/);
    expect(run.out).toContain('acme: 1 written, 0 removed, 0 unchanged\n');
  });

  test('of all platforms of a program are printed together', async () => {
    const run = await fairway(programFolder(`
      for (const name of ['east', 'west']) {
        const platform = new Platform({ name, outdir: 'dist/' + name, publishedPath: 'dist/' + name });
        Diagnostics.of(platform).addCheck({
          check: () => [{ code: 'ACME1', severity: 'warning', path: name, message: 'It is odd.', remedy: 'Mend it.' }],
        });
        platform.synth();
      }
      new Platform({ name: 'Not A Name' });`), ['synth']);
    expect(run.err.match(/^(error|warning) .*$/gm)).toEqual(['error FW105  (platform)', 'warning ACME1  east', 'warning ACME1  west']);
    expect(run.err).toContain('\n1 error, 2 warnings');
  });

  test('count as a failure also when the program swallows them', async () => {
    const run = await fairway(programFolder(INVALID.replace('platform.synth();', 'try { platform.synth(); } catch {}')), ['synth']);
    expect(run.code).toBe(1);
    expect(run.err).toContain('error FW101');
  });
});

describe('files that were edited by hand', () => {
  async function edited(): Promise<string> {
    const folder = programFolder(TWO_OBJECTS);
    await fairway(folder, ['synth']);
    write(folder, ONE, 'edited: true\n');
    write(folder, TWO, 'edited: true\n');
    return folder;
  }

  test('are refused, adopted one by one as the finding says, and overwritten', async () => {
    const folder = await edited();
    const refused = await fairway(folder, ['synth']);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain(`fairway synth --adopt ${ONE}\n`);
    expect(refused.err).toContain('2 errors, 0 warnings: nothing was written');
    expect(readTree(folder)[ONE]).toBe('edited: true\n');

    expect((await fairway(folder, ['synth', '--adopt', ONE])).code).toBe(1);
    const adopted = await fairway(folder, ['synth', '--adopt', ONE, `./${TWO}`]);
    expect(adopted).toEqual({ code: 0, out: 'said by the program\nacme: 2 written, 0 removed, 0 unchanged\n', err: '' });
    expect(readTree(folder)[ONE]).toContain('kind: ConfigMap');
  });

  test.each([[['--adopt', 'dist']], [['--adopt', 'dist/prod/']], [['--adopt']], [['--adopt', '.']], [['--adopt', '*']]])('are adopted by folder or together: %j', async argv => {
    const folder = await edited();
    expect((await fairway(folder, ['synth', ...argv])).code).toBe(0);
    expect(readTree(folder)[TWO]).toContain('kind: ConfigMap');
  });

  test('are adopted when the program no longer makes them', async () => {
    const folder = await edited();
    setProgram(folder, ONE_OBJECT);
    const refused = await fairway(folder, ['synth', '--adopt', ONE]);
    expect(refused.err).toContain(`error FW125  (platform)\n  The file "${TWO}"`);
    const run = await fairway(folder, ['synth', '--adopt', ONE, TWO]);
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(run.out).toContain('acme: 1 written, 1 removed, 0 unchanged');
  });

  test('are named when an adopted path is none of them', async () => {
    const run = await fairway(await edited(), ['synth', '--adopt', 'dist', 'dsit']);
    expect(run).toMatchObject({ code: 0, err: 'fairway: --adopt "dsit" matches no file that is written here.\n' });
  });

  test.each([['../up', 'it lies outside this folder'], ['/etc/passwd', 'it lies outside'], ['', 'it is empty'], ['a:b', 'it has the character :']])(
    'the path %j cannot be adopted', async (given, fault) => {
      const folder = programFolder(TWO_OBJECTS);
      const run = await fairway(folder, ['synth', '--adopt', given]);
      expect(run.code).toBe(2);
      expect(run.err).toContain(fault);
      expect(written(folder)).toEqual([]);
    });
});

test('what an outer fairway has set does not reach the program', async () => {
  const folder = programFolder(TWO_OBJECTS);
  write(folder, ONE, 'by hand\n');
  const run = await fairway(folder, ['synth'], { env: { FAIRWAY_MODE: 'check', FAIRWAY_ADOPT: '*', FAIRWAY_REPORT: '/nowhere/report.json' } });
  expect(run.code).toBe(1);
  expect(run.err).toContain('error FW123');
});

test('an ownership manifest that cannot be read is the finding of the program', async () => {
  const folder = programFolder(TWO_OBJECTS);
  write(folder, '.fairway/acme.json', '<<<<<<< ours\n');
  const run = await fairway(folder, ['synth']);
  expect(run.code).toBe(1);
  expect(run.err).toContain('it has merge conflict marks');
});
