import * as fs from 'fs';
import * as path from 'path';
import { fairway, REPOSITORY } from './support';
import { catalogue, collect } from '../../src/cli/catalogue';
import { Severity } from '../../src/core/diagnostics/finding';
import { problem } from '../../src/core/diagnostics/problem';
import { newFolder } from '../support/folders';

/* `fairway errors`, and the catalogue that it prints. */

describe('the catalogue', () => {
  test('has the messages of every area', () => {
    const known = new Set(catalogue().map(entry => entry.code));
    const areas = fs.readdirSync(path.join(REPOSITORY, 'src')).filter(area => area !== 'cli');
    const messages = areas.map(area => `src/${area}/messages.ts`).filter(file => fs.existsSync(path.join(REPOSITORY, file)));
    const codes = messages.flatMap(file => [...fs.readFileSync(path.join(REPOSITORY, file), 'utf8').matchAll(/code: '(FW\d+)'/g)].map(match => match[1]));
    expect(codes.filter(code => !known.has(code))).toEqual([]);
  });

  test('is in order, and every entry says what it is', () => {
    const entries = catalogue();
    const numbers = entries.map(entry => Number(entry.code.slice(2)));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    for (const entry of entries) {
      expect(entry.code).toMatch(/^FW\d{3,4}$/);
      expect(entry.title).toMatch(/^[A-Z].*[^.]$/);
      expect(entry.explanation).toMatch(/\.$/);
    }
  });

  test('refuses a code that is given twice', () => {
    const entry = (title: string) => problem({ code: 'FW999', severity: Severity.ERROR, title, explanation: 'Why.' }, () => ({ message: '', remedy: '' }));
    expect(() => collect([{ a: entry('One') }, { b: entry('Other') }])).toThrow('The code FW999 is given twice: to "One" and to "Other".');
    expect(collect([{ a: entry('One'), helper: () => undefined, nothing: null, text: 'x' }])).toHaveLength(1);
  });
});

describe('fairway errors', () => {
  const folder = newFolder();

  test('lists all codes with their titles', async () => {
    const run = await fairway(folder, ['errors']);
    expect(run.code).toBe(0);
    const lines = run.out.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^CODE +SEVERITY +TITLE$/);
    expect(lines.slice(1)).toHaveLength(catalogue().length);
    expect(run.out).toMatch(/^FW123 +error +A file that this platform does not own$/m);
  });

  test.each(['FW124', 'fw124', '124'])('explains a code, written as %s', async code => {
    const run = await fairway(folder, ['errors', code]);
    expect(run).toEqual({
      code: 0,
      err: '',
      out: [
        'error FW124  A generated file was edited by hand',
        '',
        'The file was made by this platform, and its content has changed since. What',
        'somebody wrote into it would be lost.',
        '',
        'https://github.com/cdk8s-fairway/cdk8s-fairway/blob/main/docs/errors.md#fw124',
        '',
      ].join('\n'),
    });
  });

  test('breaks the explanation at the width of the terminal, in colour', async () => {
    const run = await fairway(folder, ['errors', 'FW102'], { columns: 40, color: true });
    expect(run.out).toContain('\u001b[33mwarning FW102\u001b[0m  \u001b[1mAn acknowledgement matches nothing\u001b[0m');
    expect(run.out.split('\n').slice(1).filter(line => !line.startsWith('http')).every(line => line.length <= 40)).toBe(true);
  });

  test('explains several codes', async () => {
    const run = await fairway(folder, ['errors', 'FW124', 'FW101']);
    expect(run.out.match(/^error FW\d+/gm)).toEqual(['error FW124', 'error FW101']);
  });

  test('prints JSON', async () => {
    const { version, errors } = JSON.parse((await fairway(folder, ['errors', 'FW102', '--json'])).out);
    expect(version).toBe(1);
    expect(errors).toEqual([{
      code: 'FW102',
      severity: 'warning',
      title: 'An acknowledgement matches nothing',
      explanation: expect.stringContaining('Acknowledgements that outlive'),
      url: 'https://github.com/cdk8s-fairway/cdk8s-fairway/blob/main/docs/errors.md#fw102',
    }]);
    expect(JSON.parse((await fairway(folder, ['errors', '--json'])).out).errors).toHaveLength(catalogue().length);
  });

  test('suggests a code for an unknown one', async () => {
    const run = await fairway(folder, ['errors', 'FW2100']);
    expect(run).toEqual({ code: 2, out: '', err: 'fairway: There is no error code "FW2100". Did you mean "FW210"? Run fairway errors for the list.\n' });
  });
});
