import * as fs from 'fs';
import * as path from 'path';
import { errorDocs } from '../../projenrc/error-docs';
import { catalogue } from '../../src/cli/catalogue';

const ROOT = path.resolve(__dirname, '..', '..');

function testSources(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      return testSources(file);
    }
    return entry.name.endsWith('.test.ts') ? [file] : [];
  });
}

test('the page of codes is what the catalogue says', () => {
  expect(fs.readFileSync(path.join(ROOT, 'docs', 'errors.md'), 'utf8')).toBe(errorDocs());
});

describe('every code', () => {
  const tests = testSources(path.join(ROOT, 'test'))
    .filter(file => file !== __filename)
    .map(file => fs.readFileSync(file, 'utf8'));

  test.each(catalogue().map(entry => [entry.code, entry] as const))('%s has a test, a title and an explanation', (code, entry) => {
    expect(tests.some(text => new RegExp(`['"\`]${code}\\b`).test(text))).toBe(true); // a string that begins with it
    expect(entry.title).toMatch(/^[A-Z].*[^.]$/);
    expect(entry.explanation.length).toBeGreaterThan(40);
  });
});
