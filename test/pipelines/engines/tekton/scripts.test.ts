import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { lower } from './lowered';
import type { JobNode, StepNode } from '../../../../src/pipelines/graph';
import { checkoutOf, graphOf, jobOf, runOf, stepOf } from '../../graphs';

/* The scripts of steps, run by bash one after the other as the containers of a pod would, in folders of their own. */

const onUnix = process.platform === 'win32' ? test.skip : test;
let root: string;

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'tekton-'));
  ['fairway', 'source', 'artifacts', 'cache', 'results', 'home'].forEach(folder => fs.mkdirSync(path.join(root, folder)));
});

afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

const here = (text: string) => text.replaceAll('/fairway', `${root}/fairway`).replaceAll('/workspace/', `${root}/`);

/** Runs the steps of a job. A step that fails stops the rest, unless it goes on. */
function run(jobs: JobNode[], id: string, values: Record<string, string> = {}, options = {}): { failed: boolean; printed: string } {
  const { task } = lower(graphOf(jobs), options);
  let printed = '';
  for (const { script, env = [], onError } of task(id).spec.steps) {
    const variables = Object.fromEntries(env.map((each: any) => [each.name, here(String(each.value ?? 'secret'))
      .replace(/\$\(results\.([^)]+)\.path\)/g, (_, name) => `${root}/results/${name}`).replace(/\$\(params\.([^)]+)\)/g, (_, name) => values[name] ?? '').replace('$(workspaces.cache.bound)', 'true')]));
    const file = path.join(root, 'step');
    fs.writeFileSync(file, here(script), { mode: 0o755 });
    const { status, stdout, stderr } = spawnSync(file, [], { cwd: path.join(root, 'source'), env: { PATH: process.env.PATH, HOME: `${root}/home`, ...variables }, encoding: 'utf8' });
    printed += `${stdout}${stderr}`;
    if (status !== 0 && onError !== 'continue') {
      return { failed: true, printed };
    }
  }
  return { failed: false, printed };
}

const inRoot = (...parts: string[]) => path.join(root, ...parts);
const write = (file: string, text: string) => {
  fs.mkdirSync(path.dirname(inRoot(file)), { recursive: true });
  fs.writeFileSync(inRoot(file), text);
};
const filesIn = (folder: string) => {
  const entries = fs.readdirSync(inRoot(folder), { recursive: true }) as string[];
  return entries.filter(entry => fs.statSync(inRoot(folder, entry)).isFile()).sort();
};

onUnix('outputs go from step to step, and become results', () => {
  const steps = [
    runOf('one', 'echo "v=1" >> "$FAIRWAY_OUTPUT"; echo "v=2 $(echo x)" >> "$FAIRWAY_OUTPUT"', { outputs: ['v'] }),
    runOf('two', 'echo "got <$V>"', { env: { V: ['a', { kind: 'stepOutput', step: 'one', name: 'v' }, 'b'] } }),
    runOf('three', 'echo never', { condition: { kind: 'compare', value: { kind: 'stepOutput', step: 'one', name: 'v' }, in: ['3'] } }),
    runOf('four', 'echo yes', { condition: { kind: 'compare', value: { kind: 'stepOutput', step: 'one', name: 'v' }, in: ['2 x'] } }),
  ];
  const { failed, printed } = run([jobOf('a', [], { steps, outputs: [{ name: 'out', step: 'one', output: 'v' }, { name: 'none', step: 'two', output: 'x' }] })], 'a');
  expect([failed, printed]).toEqual([false, 'got <a2 xb>\nskipped: output v of step one is \'3\'\nyes\n']);
  expect(fs.readFileSync(inRoot('results', 'out'), 'utf8')).toBe('2 x');
  expect(fs.readFileSync(inRoot('results', 'none'), 'utf8')).toBe('');
});

onUnix('steps after a failure run as they say, and the job fails all the same', () => {
  const steps = [
    runOf('one', 'false | true; echo not here'), runOf('two', 'echo two'), runOf('three', 'echo three', { condition: { kind: 'status', status: 'failure' } }),
    runOf('four', 'echo four', { condition: { kind: 'status', status: 'always' } }),
  ];
  const failing = run([jobOf('a', [], { steps })], 'a');
  expect(failing).toEqual({ failed: true, printed: 'skipped: a step before failed\nthree\nfour\na step failed\n' });
  fs.rmSync(inRoot('fairway', 'failed'));
  expect(run([jobOf('a', [], { steps: [runOf('one', 'true'), ...steps.slice(1)] })], 'a')).toEqual({ failed: false, printed: 'two\nskipped: failure()\nfour\n' });
});

onUnix('a failure that is allowed is none, and a step is tried again', () => {
  const steps = [runOf('one', 'exit 3', { continueOnError: true }), runOf('two', 'echo x >> tries; [ "$(wc -l < tries)" -eq 3 ]', { retry: { attempts: 3, delaySeconds: 0 } }), runOf('last', 'echo done', { condition: { kind: 'status', status: 'always' } })];
  const { failed, printed } = run([jobOf('a', [], { steps })], 'a');
  expect([failed, printed.split('\n').at(-2)]).toEqual([false, 'done']);
  expect(fs.readFileSync(inRoot('source', 'tries'), 'utf8')).toBe('x\nx\nx\n');
});

onUnix('a script is run byte for byte, also where Tekton would read it', () => {
  const script = 'printf "%s|" "$(params.x || echo shell)" \'$(tasks.a.results.b)\' "`echo ä`" "\\$HOME"\ncat <<\'END\'\nEND_ $x\nEND';
  const expected = spawnSync('bash', ['-c', script], { encoding: 'utf8' }).stdout;
  expect(run([jobOf('a', [], { steps: [runOf('s', script)] })], 'a').printed).toContain(expected);
  expect(expected).toContain('shell|$(tasks.a.results.b)|ä|$HOME|');
});

const upload = (paths: string[], fields: object = {}): StepNode => stepOf('upload', 'up', { artifact: 'x', paths, ...fields });
const download = (folder: string): StepNode => stepOf('download', 'down', { artifact: 'x', from: 'a', folder });

onUnix.each<[paths: string[], files: string[]]>([
  [['dist'], ['a.js', 'sub/b c.js']],
  [['dist/**'], ['a.js', 'sub/b c.js']],
  [['dist/*.js'], ['a.js']],
  [['dist/sub', 'dist/a.js'], ['a.js', 'sub/b c.js']],
  [['dist', 'README.md'], ['README.md', 'dist/a.js', 'dist/sub/b c.js']],
  [['README.md'], ['README.md']],
])('%j is uploaded and downloaded', (paths, files) => {
  write('source/dist/a.js', '1');
  write('source/dist/sub/b c.js', '2');
  write('source/README.md', '3');
  const jobs = [jobOf('a', [], { steps: [upload(paths)] }), jobOf('b', ['a'], { steps: [download('in to')] })];
  expect(run(jobs, 'a')).toEqual({ failed: false, printed: '' });
  expect(run(jobs, 'b')).toEqual({ failed: false, printed: '' });
  expect(filesIn('source/in to')).toEqual(files);
});

onUnix('nothing to upload', () => {
  expect(run([jobOf('a', [], { steps: [upload(['no/**'])] })], 'a')).toEqual({ failed: true, printed: 'no files for the artifact\n' });
  expect(run([jobOf('a', [], { steps: [upload(['no/**'], { ifMissing: 'ignore' })] })], 'a')).toEqual({ failed: false, printed: '' });
});

onUnix('legs of a matrix have folders of their own', () => {
  const matrix = { kind: 'static' as const, axes: [{ name: 'os', values: ['a/b', 'c'] }], include: [], exclude: [], combinations: [{ os: 'a/b' }, { os: 'c' }], failFast: false };
  const jobs = [jobOf('a', [], { matrix, steps: [upload(['f*'])] }), jobOf('b', ['a'], { steps: [download('all')] })];
  write('source/f1', '1');
  run(jobs, 'a', { os: 'a/b' });
  fs.renameSync(inRoot('source', 'f1'), inRoot('source', 'f2'));
  run(jobs, 'a', { os: 'c' });
  expect(filesIn('artifacts/x')).toEqual(['a-b/f1', 'c/f2']);
  run(jobs, 'b');
  expect(filesIn('source/all')).toEqual(['f1', 'f2']);
});

onUnix('a cache is kept by the hash of files, and found by its beginning', () => {
  const cache: StepNode = stepOf('cache', 'c', { key: ['npm-', { kind: 'hash', files: ['**/lock'] }], restoreKeys: [['npm-']], paths: ['~/.npm', 'deps'] });
  const options = { storage: { cacheClaim: 'c' } };
  write('source/lock', 'one');
  const calm = [jobOf('a', [], { steps: [cache, runOf('s', 'mkdir -p "$HOME/.npm" deps; cat deps/d || echo nothing; echo 1 > deps/d; echo changed > lock')] })];
  expect(run(calm, 'a', {}, options).printed).toContain('nothing');
  expect(filesIn('cache')).toEqual([expect.stringMatching(/^npm-[0-9a-f]{64}\.tar$/)]);
  fs.rmSync(inRoot('source', 'deps'), { recursive: true });
  write('source/lock', 'two');
  expect(run(calm, 'a', {}, options)).toEqual({ failed: false, printed: expect.stringMatching(/^restored .*\n1\n$/) });
  expect(filesIn('cache')).toHaveLength(2);
});

onUnix('a checkout', () => {
  const git = (...args: string[]) => spawnSync('git', args, { cwd: inRoot('home'), encoding: 'utf8', env: { PATH: process.env.PATH, HOME: inRoot('home'), GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b' } });
  git('init', '--quiet', '--initial-branch=main', 'origin');
  write('home/origin/file', '1');
  git('-C', 'origin', 'add', '.');
  git('-C', 'origin', 'commit', '--quiet', '-m', 'first');
  const sha = git('-C', 'origin', 'rev-parse', 'HEAD').stdout.trim();
  const { task } = lower(graphOf([jobOf('a', [], { steps: [checkoutOf({ folder: 'code' })] })]));
  const [{ script }] = task('a').spec.steps;
  fs.writeFileSync(inRoot('step'), script, { mode: 0o755 });
  // The folder of a volume belongs to root, and git is suspicious of folders of others.
  ['', '/.git'].forEach(folder => git('config', '--global', '--add', 'safe.directory', `${inRoot('home', 'origin')}${folder}`));
  const env = { PATH: process.env.PATH, HOME: inRoot('home'), GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' };
  const told = { FAIRWAY_REPOSITORY: inRoot('home', 'origin'), FAIRWAY_SHA: sha, FAIRWAY_REF: 'refs/heads/main' };
  // A second time, as a retry does.
  for (let attempt = 1; attempt <= 2; attempt++) {
    const { status, stdout, stderr } = spawnSync(inRoot('step'), [], { cwd: inRoot('source'), encoding: 'utf8', env: { ...env, ...told } });
    expect([status, stdout, stderr]).toEqual([0, expect.stringContaining('first'), '']);
  }
  expect(fs.readFileSync(inRoot('source', 'code', 'file'), 'utf8')).toBe('1');
  // So are those of later steps.
  expect(spawnSync('git', ['rev-parse', 'HEAD'], { cwd: inRoot('source', 'code'), encoding: 'utf8', env }).stdout.trim()).toBe(sha);
});
