import { spawn } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { changeShop, commit, contents, git, shopFolder, stateOf, writeState } from './promotion-support';
import { fairway, fairwayScript, programFolder, write } from './support';
import { journalPath } from '../../src/core/files/journal';
import { cleanEnvironment } from '../support/library';

/*
 * Killed in the middle: at each step of writing, and at any time. The same command, or a synth, completes what is left, and nothing is
 * ever torn.
 */

const ROAD = 'const dev = environment(\'dev\'); environment(\'prod\', { promotedFrom: [dev] });';
const SHOP = { environments: ROAD, workloads: 'service(\'checkout\'); service(\'cart\');' };

/** Kills the command line before its nth change of a file; without a number never. */
const KILLER = `
  if (/fairway$/.test(process.argv[1] || '')) {
    const fs = require('fs');
    let left = Number(process.env.KILL_AT);
    for (const name of ['renameSync', 'rmSync', 'openSync', 'writeFileSync']) {
      const original = fs[name];
      fs[name] = function (file, ...rest) {
        const target = name === 'renameSync' ? rest[0] : file;
        if (/\\/(dist|releases|\\.fairway)\\//.test(String(target)) && (name !== 'openSync' || rest[0] === 'w') && left-- === 0) {
          process.kill(process.pid, 'SIGKILL');
        }
        return original.call(fs, file, ...rest);
      };
    }
  }`;

let killer: string;
let folder: string;
let start: Record<string, string>;

/** Everything but times, which differ between runs. */
function timeless(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [file, file.startsWith('releases/') ? text.replace(/"(since|at)": "[^"]*"/g, '"$1": "…"') : text]));
}

function reset(): void {
  git(folder, 'reset', '--quiet', '--hard');
  git(folder, 'clean', '-fdq');
  expect(contents(folder)).toEqual(start);
}

async function run(args: string[], env: Record<string, string>, after?: number): Promise<boolean> {
  const child = spawn('node', [fairwayScript(), ...args], { cwd: folder, env: cleanEnvironment(env), stdio: 'ignore' });
  const timer = after === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), after);
  return new Promise(resolve => {
    child.on('close', (_, signal) => {
      clearTimeout(timer);
      resolve(signal === 'SIGKILL');
    });
  });
}

beforeAll(() => {
  const tools = programFolder('');
  write(tools, 'killer.js', KILLER);
  killer = path.join(tools, 'killer.js');
});

/** Prepares the folder, and returns what a command makes of it when nobody kills it. */
async function prepared(prepare: () => Promise<void>, args: string[]): Promise<Record<string, string>> {
  folder = shopFolder(SHOP);
  await fairway(folder, ['synth']);
  commit(folder);
  await prepare();
  await fairway(folder, ['synth']);
  commit(folder);
  start = contents(folder);
  expect(await fairway(folder, args)).toMatchObject({ code: 0 });
  const end = timeless(contents(folder));
  reset();
  return end;
}

/** Kills a command at each step until it has none left. Says what is left each time. */
async function killedAtEachStep(args: string[], end: Record<string, string>, left: (step: number) => Promise<void>): Promise<number> {
  for (let step = 0; ; step++) {
    const wasKilled = await run(args, { NODE_OPTIONS: `--require ${JSON.stringify(killer)}`, KILL_AT: String(step) });
    if (!wasKilled) {
      expect(timeless(contents(folder))).toEqual(end);
      return step;
    }
    const files = contents(folder);
    const torn = Object.keys(files).filter(file => /^(dist|releases)\//.test(file) && !file.endsWith('.fairway-tmp'))
      .filter(file => files[file] !== start[file] && timeless(files)[file] !== end[file]);
    expect(torn).toEqual([]);
    await left(step);
    reset();
  }
}

const CASES: Array<[string, string[], () => Promise<void>]> = [
  ['an environment that follows', ['promote', 'checkout', 'cart', '--to', 'prod'], async () => writeState(folder, 'dev', { checkout: '2', cart: '3' })],
  ['a pinned environment, by the program of another commit', ['promote', 'checkout', 'cart', '--to', 'prod'], async () => {
    expect(await fairway(folder, ['promote', '--platform', '--to', 'prod'])).toMatchObject({ code: 0 });
    commit(folder);
    changeShop(folder, { ...SHOP, level: 'debug' });
    writeState(folder, 'dev', { checkout: '2', cart: '3' });
  }],
];

test.each(CASES)('%s', async (_, args, prepare) => {
  const end = await prepared(prepare, args);
  const steps = await killedAtEachStep(args, end, async step => {
    const counts = stateOf(folder, 'prod')?.workloads.checkout !== undefined;
    if (step % 2 === 0 && counts) { // a change that counts is completed by a synth, too
      expect(await fairway(folder, ['synth'])).toMatchObject({ code: 0, err: '' });
      expect(timeless(contents(folder))).toEqual({ ...end, ...leftLock() });
    } else if (step % 4 === 0) { // one that does not yet count is not begun
      expect(await fairway(folder, ['synth'])).toMatchObject({ code: 0, err: '' });
      expect(contents(folder)).toEqual({ ...start, ...temporaries(), ...leftLock() });
    }
    expect(await fairway(folder, args)).toMatchObject({ code: 0, err: '' });
    expect(timeless(contents(folder))).toEqual(end);
  });
  expect(steps).toBeGreaterThan(8);
}, 600_000);

/** The lock of the process that was killed, when it is still there. */
function leftLock(): Record<string, string> {
  return Object.fromEntries(Object.entries(contents(folder)).filter(([file]) => file.endsWith('.lock')));
}

/** Temporary files, which the next promotion takes away. */
function temporaries(): Record<string, string> {
  return Object.fromEntries(Object.entries(contents(folder)).filter(([file]) => file.endsWith('.fairway-tmp')));
}

test('a rollback that was interrupted is completed by the same command, and goes no further back', async () => {
  const args = ['rollback', 'checkout', '--environment', 'prod'];
  const end = await prepared(async () => {
    writeState(folder, 'dev', { checkout: '2' });
    await fairway(folder, ['promote', 'checkout', '--to', 'prod']);
    writeState(folder, 'dev', { checkout: '3' });
    await fairway(folder, ['promote', 'checkout', '--to', 'prod']);
  }, args);
  let wasOpen = 0;
  await killedAtEachStep(args, end, async () => {
    if (fs.existsSync(path.join(folder, journalPath('shop'))) && stateOf(folder, 'prod').workloads.checkout.tag === '1.2') {
      wasOpen++;
      expect(await fairway(folder, [...args, '--dry-run'])).toMatchObject({ code: 1, err: expect.stringContaining('was interrupted before it had written everything: fairway rollback checkout --environment prod.') });
      expect(await fairway(folder, args)).toMatchObject({ code: 0, out: expect.stringContaining('Completed what was interrupted: fairway rollback checkout --environment prod.') });
      expect(timeless(contents(folder))).toEqual(end);
    }
  });
  expect(wasOpen).toBeGreaterThan(3);
}, 600_000);

test('at any time', async () => {
  const args = ['promote', 'checkout', 'cart', '--to', 'prod'];
  const end = await prepared(CASES[0][2], args);
  const begun = Date.now();
  await run(args, {});
  const duration = Date.now() - begun;
  reset();
  for (let i = 0; i < 6; i++) {
    await run(args, {}, Math.random() * duration);
    expect(await fairway(folder, args)).toMatchObject({ code: 0 });
    expect(timeless(contents(folder))).toEqual(end);
    reset();
  }
}, 600_000);
