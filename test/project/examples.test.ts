import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { parseAllDocuments } from 'yaml';
import { readTree } from '../support/folders';

/* The examples as a newcomer runs them: by the scripts of the README, by cdk8s-cli and by our own command line. */

const ROOT = path.resolve(__dirname, '..', '..');
const BOUTIQUE = path.join(ROOT, 'examples', 'online-boutique');

jest.setTimeout(120_000);

function run(command: string, args: string[], cwd: string) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1', CI: '' }, maxBuffer: 64 * 2 ** 20,
  });
  return { status, stdout, stderr };
}

const cdk8s = (...args: string[]) => run(process.execPath, [path.join(ROOT, 'node_modules', 'cdk8s-cli', 'bin', 'cdk8s'), ...args], BOUTIQUE);

/** Kind, namespace and name of every object in YAML text. */
function objectsIn(text: string): string[] {
  return parseAllDocuments(text).flatMap(document => {
    const object = (document as { toJS(): any }).toJS();
    return object ? [`${object.kind}/${object.metadata.namespace ?? ''}/${object.metadata.name}`] : [];
  }).sort();
}

function manifestsIn(folder: string): string[] {
  return Object.entries(readTree(folder)).filter(([file]) => file.endsWith('.yaml')).flatMap(([, text]) => objectsIn(text)).sort();
}

test('npm run example says what it made, and a second run writes nothing', () => {
  const script = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')).scripts.example;
  expect(run('npx', script.split(' '), ROOT)).toMatchObject({ status: 0 });
  const { stdout } = run('npx', script.split(' '), ROOT);
  expect(stdout).toMatch(/^dev on in-cluster$/m);
  expect(stdout).toMatch(/^prod on prod-eu, promoted from staging$/m);
  expect(stdout).toMatch(/^237 objects in 42 folders, .* s: 0 written, 238 unchanged, 0 removed\.$/m);
  const shown = [...stdout.matchAll(/^ {2}(examples\/\S+|docs\/\S+)/gm)].map(match => match[1]);
  expect(shown.length).toBeGreaterThan(3);
  expect(shown.filter(file => !fs.existsSync(path.join(ROOT, file)))).toEqual([]);
});

test('the real cdk8s-cli synthesizes the example', () => {
  const { status, stdout } = cdk8s('synth');
  expect(status).toBe(0);
  const listed = [...stdout.matchAll(/^ {2}- (dist\/\S+)$/gm)].map(match => match[1]);
  expect(listed).toHaveLength(237);
  const files = readTree(path.join(BOUTIQUE, 'dist'));
  expect(Object.keys(files).filter(file => !file.endsWith('.yaml'))).toEqual(['argocd/install/argocd-cm-patch.json']);
  expect(manifestsIn(path.join(BOUTIQUE, 'dist'))).toHaveLength(237);
});

test('cdk8s synth --stdout prints the same objects and changes nothing', () => {
  const expected = manifestsIn(path.join(BOUTIQUE, 'dist'));
  const before = readTree(BOUTIQUE);
  const { status, stdout } = cdk8s('synth', '--stdout');
  expect(status).toBe(0);
  // cdk8s-cli writes the files one after the other, without a separator between them.
  expect(objectsIn(stdout.replace(/^(?=apiVersion: )/gm, '---\n'))).toEqual(expected);
  expect(readTree(BOUTIQUE)).toEqual(before);
});

test('the building block alone runs in a plain cdk8s app', () => {
  const folder = path.join(ROOT, 'examples', 'argocd-only');
  expect(run(process.execPath, [path.join(ROOT, 'node_modules', 'cdk8s-cli', 'bin', 'cdk8s'), 'synth'], folder).status).toBe(0);
  expect(manifestsIn(path.join(folder, 'dist'))).toEqual(['Application/argocd/podinfo']);
});

test('the example stays short', () => {
  const lines = ['boutique.ts', 'images.ts', 'main.ts'].flatMap(file => fs.readFileSync(path.join(BOUTIQUE, file), 'utf8').trimEnd().split('\n'));
  expect(lines.length).toBeLessThan(150);
});
