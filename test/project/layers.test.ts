import * as fs from 'fs';
import * as path from 'path';
import { ESLint } from 'eslint';
import { LAYERS } from '../../projenrc/layers';

const ROOT = path.resolve(__dirname, '..', '..');

jest.setTimeout(120_000); // the first file loads the whole program

/** What the project's own lint rules say of a line, if it stood in a file. */
async function lint(file: string, text: string): Promise<string[]> {
  process.env.ESLINT_USE_FLAT_CONFIG = 'false';
  process.env.TSESTREE_SINGLE_RUN = 'false'; // in CI the parser takes the text from disk otherwise
  const { LegacyESLint } = await import('eslint/use-at-your-own-risk') as unknown as { LegacyESLint: typeof ESLint };
  const eslint = new LegacyESLint({ cwd: ROOT, ignore: false } as object);
  const [result] = await eslint.lintText(text, { filePath: path.join(ROOT, file) });
  return result.messages.map(m => m.ruleId ?? m.message);
}

test('a folder may import what is below it', async () => {
  expect(await lint('src/gitops/messages.ts', 'import { Severity } from \'../core/diagnostics/finding\';\nexport const s = Severity.ERROR;\n')).toEqual([]);
});

test.each([
  ['core imports workloads', 'src/core/names.ts', '../workloads/probe'],
  ['environments import workloads', 'src/environments/cluster.ts', '../workloads/probe'],
  ['workloads import gitops', 'src/workloads/probe.ts', '../gitops/messages'],
  ['gitops import the command line', 'src/gitops/messages.ts', '../cli/main'],
  ['the model of gitops imports an engine', 'src/gitops/application-graph.ts', './engines/argocd/engine'],
  ['something imports index.ts', 'src/workloads/probe.ts', '../index'],
])('%s: refused', async (_, file, request) => {
  expect(await lint(file, `import * as forbidden from '${request}';\nexport const x = forbidden;\n`)).toContain('import/no-restricted-paths');
});

test('an import cycle is refused', async () => {
  // The rule looks at the files as they stand on disk.
  const file = 'test/project/fixtures/cycle-a.ts';
  expect(await lint(file, fs.readFileSync(path.join(ROOT, file), 'utf8'))).toContain('import/no-cycle');
});

test('a synth that is not deterministic is refused', async () => {
  expect(await lint('src/core/names.ts', 'export const seed = Math.random();\nexport const now = new Date();\nexport const env = process.env.X;\n'))
    .toEqual(['no-restricted-syntax', 'no-restricted-syntax', 'no-restricted-syntax']);
});

test('a point in time that is given is deterministic', async () => {
  expect(await lint('src/core/names.ts', 'export const at = (instant: string) => new Date(instant).toISOString();\n')).toEqual([]);
});

test.each(['new Date()', 'Date.now()', 'new Date(Date.now())'])('the clock is refused: %s', async call => {
  expect(await lint('src/environments/instant.ts', `export const now = ${call};\n`)).toEqual(['no-restricted-syntax']);
});

test('every folder of the source stands in the list', () => {
  const folders = fs.readdirSync(path.join(ROOT, 'src'), { withFileTypes: true }).filter(e => e.isDirectory()).map(e => e.name);
  expect(folders.filter(f => !LAYERS.includes(f))).toEqual([]);
});
