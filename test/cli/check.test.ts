import * as fs from 'fs';
import * as path from 'path';
import { fairway, programFolder, REPOSITORY, write } from './support';
import { newFolder, readTree } from '../support/folders';

/* `fairway check`: all findings in three formats, nothing written, an exit code for CI. */

const PROGRAM = (findings: string) => `
const platform = new Platform({ name: 'acme' });
const chart = new FolderChart(platform, 'web', { folder: 'prod/web' });
object(chart, 'ConfigMap', 'one');
const finding = (code, severity) => ({ code, severity, path: 'web', message: code + ' is odd.', remedy: 'Mend it.' });
Diagnostics.of(chart).addCheck({ check: () => [${findings}] });
Diagnostics.of(chart).acknowledge('ACME3', 'It is meant.');
console.log('said by the program');
platform.synth();
`;
const ERROR = 'finding(\'ACME1\', \'error\')';
const WARNING = 'finding(\'ACME2\', \'warning\')';
const ACKNOWLEDGED = 'finding(\'ACME3\', \'warning\')';
const BAD = PROGRAM([ERROR, WARNING, ACKNOWLEDGED].join());

test('nothing is written, not even the output folder', async () => {
  const folder = programFolder(PROGRAM(ACKNOWLEDGED), { app: 'node main.js', output: 'dist' });
  const before = readTree(folder);
  const run = await fairway(folder, ['check']);
  expect(run.code).toBe(0);
  expect(readTree(folder)).toEqual(before);
  expect(fs.existsSync(path.join(folder, 'dist'))).toBe(false);
});

test('files that synth would refuse are found', async () => {
  const folder = programFolder(PROGRAM(ACKNOWLEDGED));
  await fairway(folder, ['synth']);
  write(folder, 'dist/prod/web/ConfigMap.one.k8s.yaml', 'edited: true\n');
  const run = await fairway(folder, ['check']);
  expect(run.code).toBe(1);
  expect(run.out).toContain('error FW124');
});

describe('the exit code', () => {
  test.each([
    ['no finding', PROGRAM(ACKNOWLEDGED), [], 0],
    ['an error', BAD, [], 1],
    ['a warning', PROGRAM([WARNING, ACKNOWLEDGED].join()), [], 0],
    ['a warning, with --strict', PROGRAM([WARNING, ACKNOWLEDGED].join()), ['--strict'], 1],
    ['an acknowledged warning, with --strict', PROGRAM(ACKNOWLEDGED), ['--strict'], 0],
    ['an idle acknowledgement, with --strict', PROGRAM(''), ['--strict'], 1],
  ])('for %s', async (_, program, argv, code) => {
    expect((await fairway(programFolder(program), ['check', ...argv])).code).toBe(code);
  });
});

describe('the format', () => {
  test('for people has acknowledged warnings and a count; the program speaks on standard error', async () => {
    const run = await fairway(programFolder(BAD), ['check']);
    expect(run.out).toBe([
      'error ACME1  web\n  ACME1 is odd.\n  → Mend it.',
      'warning ACME2  web\n  ACME2 is odd.\n  → Mend it.',
      'warning ACME3  web\n  ACME3 is odd.\n  → Mend it.\n  acknowledged: It is meant.',
      '1 error, 1 warning (1 acknowledged)\n',
    ].join('\n\n'));
    expect(run.err).toBe('said by the program\n');
  });

  test('for people says that there is nothing', async () => {
    const program = 'const platform = new Platform({ name: \'acme\' });\nplatform.synth();';
    expect(await fairway(programFolder(program), ['check'])).toEqual({ code: 0, out: '0 errors, 0 warnings\n', err: '' });
  });

  test('json is all of standard output', async () => {
    const run = await fairway(programFolder(BAD), ['check', '--format', 'json']);
    expect(run.code).toBe(1);
    const report = JSON.parse(run.out);
    expect(report).toMatchObject({ version: 1, errors: 1, warnings: 1, acknowledged: 1 });
    expect(report.findings[0]).toEqual({ code: 'ACME1', severity: 'error', path: 'web', message: 'ACME1 is odd.', remedy: 'Mend it.' });
  });

  test('sarif names rules, locations and suppressions', async () => {
    const folder = programFolder(PROGRAM([ERROR, ACKNOWLEDGED].join()).replace('platform.synth', 'chart.node.addValidation({ validate: () => [\'Wrong.\'] });\nplatform.synth'));
    const run = await fairway(folder, ['check', '--format', 'sarif']);
    const { version, runs: [{ tool, results }] } = JSON.parse(run.out);
    expect(version).toBe('2.1.0');
    expect(tool.driver.rules.map((rule: { id: string }) => rule.id)).toEqual(['FW101']);
    expect(results.map((r: any) => [r.ruleId, r.level, r.suppressions?.length ?? 0])).toEqual([
      ['ACME1', 'error', 0], ['FW101', 'error', 0], ['ACME3', 'warning', 1],
    ]);
    expect(results[1].ruleIndex).toBe(0);
    expect(results[0].locations).toMatchObject([{
      physicalLocation: { artifactLocation: { uri: 'cdk8s.yaml' } },
      logicalLocations: [{ fullyQualifiedName: 'web' }],
    }]);
  });

  test('sarif gives locations from the root of the repository', async () => {
    const repository = newFolder();
    fs.mkdirSync(path.join(repository, '.git'));
    const folder = path.join(repository, 'platform');
    fs.cpSync(programFolder(BAD), folder, { recursive: true });
    fs.symlinkSync(path.join(REPOSITORY, 'node_modules'), path.join(repository, 'node_modules'));
    const { runs: [{ results }] } = JSON.parse((await fairway(folder, ['check', '--format', 'sarif'])).out);
    expect(results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('platform/cdk8s.yaml');
  });

  test.each(['human', 'json', 'sarif'])('%s goes to a file with --output, and people still see the findings', async format => {
    const folder = programFolder(BAD);
    const onStandardOutput = await fairway(folder, ['check', '--format', format]);
    const run = await fairway(folder, ['check', '--format', format, '--output', 'reports/findings', '--strict'], { color: true });
    expect(run.code).toBe(1);
    expect(run.out).toContain('\u001b[31merror ACME1\u001b[0m');
    expect(readTree(folder)['reports/findings']).toBe(onStandardOutput.out);
  });

  test('a report that cannot be written is misuse', async () => {
    const run = await fairway(programFolder(BAD), ['check', '--output', 'cdk8s.yaml/report']);
    expect(run.code).toBe(2);
    expect(run.err).toContain('The findings cannot be written to');
  });
});
