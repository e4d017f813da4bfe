import { spawn } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { newFolder, readTree } from '../support/folders';
import { cleanEnvironment, program, run, script } from '../support/library';

/*
 * The promise: a synth may be killed at any moment. Then every file is exactly as it was or exactly as it will be, and
 * the next synth, whatever it makes, finishes the work.
 */

type Version = 'A' | 'B';
const RECORD = '.fairway/acme.json';
const SHARED = 40;
const OWN = 10;

let main: string;
let hook: string;
const clean = new Map<Version, Record<string, string>>();

/** 40 files that both versions have and 10 that only one has, in folders of their own; one large, one executable. */
const PROGRAM = `
const [version, root] = process.argv.slice(2);
const platform = new Platform({ name: 'acme', root });
for (let i = 0; i < ${SHARED / 2}; i++) {
  new RepositoryFile(platform, 'f' + i, {
    path: i % 2 ? 'docs/f' + i + '.md' : 'f' + i + '.md',
    content: FileContent.text(version.repeat(i === 3 ? 300000 : 10) + i),
    executable: i === 4,
  });
  const chart = new FolderChart(platform, 'c' + i, { folder: 'env' + i % 3 + '/c' + i });
  new ApiObject(chart, 'o', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'o' }, data: { version } });
}
for (let i = 0; i < ${OWN}; i++) {
  new RepositoryFile(platform, 'own' + i, { path: 'only-' + version + '/deep/' + i % 4 + '/f' + i + '.md', content: FileContent.text(version) });
}
// The same place is a file in one version and a folder in the other.
new RepositoryFile(platform, 'swap1', { path: version === 'A' ? 'swap1' : 'swap1/x.md', content: FileContent.text('s', { marker: 'none' }) });
new RepositoryFile(platform, 'swap2', { path: version === 'B' ? 'swap2' : 'swap2/x/y.md', content: FileContent.text('s', { marker: 'none' }) });
platform.synth();
process.stdout.write('finished ' + (globalThis.operations ?? ''));
`;

/** Counts what changes the disk and dies in the middle of number KILL_AT: before it, half done, or right after it. */
const HOOK = `
const fs = require('fs');
const killAt = Number(process.env.KILL_AT);
const moment = process.env.KILL_MOMENT;
const descriptors = new Set();
globalThis.operations = 0;
const die = () => process.kill(process.pid, 'SIGKILL');
const wrap = (name, counts, halfDone = () => {}, after = () => {}) => {
  const original = fs[name];
  fs[name] = (...args) => {
    if (!counts(...args)) {
      return original(...args);
    }
    if (globalThis.operations === 0 && process.env.ANNOUNCE) {
      fs.writeSync(1, 'begin ');
    }
    const isLast = globalThis.operations++ === killAt;
    if (isLast && moment === 'before') { die(); }
    if (isLast && moment === 'middle') { halfDone(original, ...args); die(); }
    const result = original(...args);
    after(result, ...args);
    if (isLast) { die(); }
    return result;
  };
};
wrap('openSync', (file, flags) => flags === 'w', () => {}, descriptor => descriptors.add(descriptor));
wrap('writeFileSync', file => descriptors.has(file), (write, file, text) => write(file, text.slice(0, text.length / 2)));
wrap('fchmodSync', () => true);
wrap('closeSync', file => descriptors.delete(file));
wrap('renameSync', () => true);
wrap('rmSync', () => true);
wrap('rmdirSync', () => true);
wrap('mkdirSync', () => true, (mkdir, folder) => {
  const missing = [];
  for (let f = folder; !fs.existsSync(f); f = require('path').dirname(f)) { missing.unshift(f); }
  missing.slice(0, 1).forEach(f => mkdir(f));
});
`;

beforeAll(() => {
  main = program('atomic.js', PROGRAM);
  hook = script('atomic-hook.js', HOOK);
  for (const version of ['A', 'B'] as const) {
    const root = newFolder();
    expect(run([main, version, root], { cwd: root }).stdout).toContain('finished');
    clean.set(version, readTree(root));
  }
});

/** What a killed synth may leave: anything else is a broken promise. Says whether the tree is partly updated. */
function checkTree(root: string): boolean {
  const tree = readTree(root);
  const [a, b] = [clean.get('A')!, clean.get('B')!];
  let olds = 0;
  let news = 0;
  for (const [file, text] of Object.entries(tree)) {
    if (file === RECORD) {
      expect(JSON.parse(text).version).toBe(1);
    } else if (!/\.fairway-tmp$/.test(file)) {
      if (text !== a[file] && text !== b[file]) {
        throw new Error(`${file} is torn: ${text.length} characters`);
      }
      expect(fs.statSync(path.join(root, file)).mode & 0o777).toBe(file === 'f4.md' ? 0o755 : 0o644);
      olds += a[file] !== b[file] && text === a[file] ? 1 : 0;
      news += a[file] !== b[file] && text === b[file] ? 1 : 0;
    }
  }
  expect(Object.keys(a).filter(file => file in b && !(file in tree))).toEqual([]);
  return olds > 0 && news > 0;
}

/** The ordinary synth after a kill: without a finding, and with the result of a clean synth. */
function repair(root: string, version: Version): void {
  const { status, stderr } = run([main, version, root], { cwd: root });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(readTree(root)).toEqual(clean.get(version));
  const empty = fs.readdirSync(root, { recursive: true, withFileTypes: true })
    .filter(e => e.isDirectory() && fs.readdirSync(path.join(e.parentPath, e.name)).length === 0);
  expect(empty.map(e => e.name)).toEqual([]);
}

interface Death {
  readonly killed: boolean;
  readonly output: string;
}

/** Runs a synth until it ends or is killed; `onBegin` is called at its first change to the disk. */
async function killedSynth(root: string, version: Version, env: Record<string, string>, onBegin?: (kill: () => void) => void): Promise<Death> {
  const child = spawn(process.execPath, ['--require', hook, main, version, root], { cwd: root, env: cleanEnvironment(env) });
  let output = '';
  child.stdout.on('data', data => {
    if (output === '') {
      onBegin?.(() => child.kill('SIGKILL'));
    }
    output += data;
  });
  child.stderr.on('data', data => output += data);
  return new Promise(resolve => child.on('close', (_, signal) => resolve({ killed: signal === 'SIGKILL', output })));
}

/** Two roots at a time, one for each core: alternating versions until enough synths were killed, with an ordinary synth now and then. */
async function alternate(kills: number, kill: (root: string, version: Version, i: number) => Promise<Death>): Promise<{ partly: number }> {
  let runs = 0;
  let killed = 0;
  let partly = 0;
  const worker = async () => {
    const root = newFolder();
    repair(root, 'A');
    for (let own = 1; killed < kills; own++) {
      const version = own % 2 === 1 ? 'B' : 'A';
      const death = await kill(root, version, runs++);
      killed += death.killed ? 1 : 0;
      try {
        expect(death.output).not.toContain('FW1');
        partly += checkTree(root) ? 1 : 0;
        if (own % 5 === 0) {
          repair(root, own % 3 === 0 ? 'A' : 'B');
        }
        // A synth that follows a kill has less to do, and may end before its time comes; most must not.
        expect(runs).toBeLessThan(kills * 3);
      } catch (e) {
        throw new Error(`after run ${runs} (version ${version}): ${death.output} ${(e as Error).message}`);
      }
    }
    repair(root, 'A');
  };
  await Promise.all([worker(), worker()]);
  return { partly };
}

test('killed in the middle of any operation', async () => {
  const root = newFolder();
  repair(root, 'A');
  const { output } = await killedSynth(root, 'B', {});
  const operations = Number(/finished (\d+)/.exec(output)![1]);
  expect(operations).toBeGreaterThan(5 * (SHARED + OWN));

  const parts = 100;
  const { partly } = await alternate(parts, (folder, version, i) => killedSynth(folder, version, {
    // Evenly over the whole synth, at a random place of each part.
    KILL_AT: String(Math.floor((i * 37 % parts + Math.random()) / parts * operations)),
    KILL_MOMENT: ['before', 'middle', 'after'][Math.floor(Math.random() * 3)],
  }));
  expect(partly).toBeGreaterThan(10);
}, 300_000);

test('killed from outside at any time', async () => {
  const root = newFolder();
  repair(root, 'A');
  let began = 0;
  await killedSynth(root, 'B', { ANNOUNCE: '1' }, () => began = performance.now());
  let longest = performance.now() - began;
  const { partly } = await alternate(20, async (folder, version) => {
    const death = await killedSynth(folder, version, { ANNOUNCE: '1' }, kill => void setTimeout(kill, Math.random() * longest));
    longest *= death.killed ? 1.05 : 0.75; // as long as a synth takes on this machine, now
    return death;
  });
  expect(partly).toBeGreaterThan(2);
}, 300_000);

test('killed in the very first synth', async () => {
  for (const at of [0, 1, 3, 5, 6, 30, 150]) {
    const root = newFolder();
    expect(await killedSynth(root, 'A', { KILL_AT: String(at), KILL_MOMENT: 'middle' })).toMatchObject({ killed: true });
    repair(root, at % 2 ? 'A' : 'B');
  }
}, 120_000);
