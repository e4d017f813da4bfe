import * as fs from 'fs';
import * as path from 'path';
import {
  changeShop, commit, contents, digest, git, imageIn, shopFolder, ShopOptions, stateOf, writeState,
} from './promotion-support';
import { fairway, Run, write } from './support';

/* Environments that a commit of the program renders. */

const NOW = '2026-11-27T10:00:00Z';
const promote = async (folder: string, ...args: string[]): Promise<Run> => fairway(folder, ['promote', ...args], { now: NOW });
const synth = async (folder: string): Promise<Run> => fairway(folder, ['synth']);
const SMALL = 'service(\'checkout\'); service(\'cart\');';
const ROAD = 'const dev = environment(\'dev\'); environment(\'prod\', { promotedFrom: [dev] });';

/** The log level that the files of an environment have. */
function level(folder: string, environment: string, workload = 'cart'): string | undefined {
  return /name: LOG_LEVEL\n\s+value: (\S+)/.exec(fs.readFileSync(path.join(folder, `dist/${environment}/${workload}/Deployment.${workload}.k8s.yaml`), 'utf8'))?.[1];
}

/** A shop whose prod is pinned to the first commit. */
async function pinnedShop(options: ShopOptions = {}): Promise<{ folder: string; first: string }> {
  const folder = shopFolder({ environments: ROAD, workloads: SMALL, ...options });
  write(folder, 'package.json', '{ "private": true }\n');
  await synth(folder);
  const first = commit(folder);
  expect(await promote(folder, '--platform', '--to', 'prod')).toMatchObject({ code: 0, err: '' });
  commit(folder);
  return { folder, first };
}

async function changed(folder: string, run: () => Promise<Run>): Promise<{ run: Run; files: string[] }> {
  const before = contents(folder);
  const done = await run();
  const after = contents(folder);
  return { run: done, files: [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(file => before[file] !== after[file]).sort() };
}

const change = (folder: string, more: ShopOptions = {}) => changeShop(folder, { environments: ROAD, workloads: SMALL, level: 'debug', ...more });
const worktrees = (folder: string) => git(folder, 'worktree', 'list').split('\n').length;

test('a change of the program reaches dev by a synth, and prod by a promotion of the platform', async () => {
  const { folder, first } = await pinnedShop();
  expect(stateOf(folder, 'prod').platform).toEqual({ revision: first, since: NOW, from: 'dev' });
  change(folder);
  expect(await synth(folder)).toMatchObject({ code: 0, err: '' });
  expect([level(folder, 'dev'), level(folder, 'prod')]).toEqual(['debug', 'info']);
  const second = commit(folder);

  // A release comes to prod with the program of the first commit.
  writeState(folder, 'dev', { checkout: '2' });
  const release = await changed(folder, async () => promote(folder, 'checkout', '--to', 'prod'));
  expect(release.run).toMatchObject({ code: 0, err: '' });
  expect(release.files).toEqual(['.fairway/shop.json', 'dist/prod/checkout/Deployment.checkout.k8s.yaml', 'releases/prod.json']);
  expect([imageIn(folder, 'prod', 'checkout'), level(folder, 'prod', 'checkout')]).toEqual([`ghcr.io/acme/checkout:1.2@${digest(2)}`, 'info']);
  expect(worktrees(folder)).toBe(1);
  await synth(folder);
  expect((await changed(folder, async () => synth(folder))).files).toEqual([]);
  expect(level(folder, 'prod', 'checkout')).toBe('info');
  commit(folder);

  // Then the program itself.
  const platform = await changed(folder, async () => promote(folder, '--platform', '--to', 'prod'));
  expect(platform.run).toMatchObject({ code: 0, err: '' });
  expect(platform.files).toEqual([
    '.fairway/shop.json', 'dist/prod/cart/Deployment.cart.k8s.yaml', 'dist/prod/checkout/Deployment.checkout.k8s.yaml', 'releases/prod.json',
  ]);
  expect([level(folder, 'prod', 'checkout'), imageIn(folder, 'prod', 'checkout')]).toEqual(['debug', `ghcr.io/acme/checkout:1.2@${digest(2)}`]);
  expect(stateOf(folder, 'prod').platform).toMatchObject({ from: 'dev', history: [{ revision: first, since: NOW, from: 'dev' }] });
  expect((await changed(folder, async () => synth(folder))).files).toEqual([]);
  commit(folder);

  // Nothing but promotions has happened since: it is the same program.
  expect(await promote(folder, '--platform', '--to', 'prod')).toMatchObject({ code: 0, out: expect.stringMatching(/^The platform is at [0-9a-f]{12} in prod already\.\n$/) });

  // And back.
  const back = await fairway(folder, ['rollback', '--platform', '--environment', 'prod', '--reason', 'too loud'], { now: '2026-11-28T10:00:00Z' });
  expect(back).toMatchObject({ code: 0, err: '' });
  expect([level(folder, 'prod'), imageIn(folder, 'prod', 'checkout')]).toEqual(['info', `ghcr.io/acme/checkout:1.2@${digest(2)}`]);
  expect(stateOf(folder, 'prod').platform).toMatchObject({ revision: first, since: '2026-11-28T10:00:00Z', history: [{ rolledBack: { at: '2026-11-28T10:00:00Z', reason: 'too loud' } }] });
  expect(await fairway(folder, ['rollback', '--platform', '--environment', 'prod', '--to', second.slice(0, 8)])).toMatchObject({ code: 2 });
  expect(worktrees(folder)).toBe(1);
});

test('the program of another commit is run while the checkout is dirty, and what is dirty stays', async () => {
  const { folder } = await pinnedShop();
  change(folder);
  write(folder, 'draft.js', 'not yet');
  writeState(folder, 'dev', { checkout: '2' });
  const { run, files } = await changed(folder, async () => promote(folder, 'checkout', '--to', 'prod'));
  expect(run).toMatchObject({ code: 0, err: '' });
  expect(files).toEqual(['.fairway/shop.json', 'dist/prod/checkout/Deployment.checkout.k8s.yaml', 'releases/prod.json']);
  expect(level(folder, 'prod', 'checkout')).toBe('info');
});

test('a platform is promoted from a commit, not from what is dirty', async () => {
  const { folder } = await pinnedShop();
  change(folder);
  write(folder, 'draft.js', 'not yet');
  const { run, files } = await changed(folder, async () => promote(folder, '--platform', '--to', 'prod'));
  expect(files).toEqual([]);
  expect(run).toMatchObject({ code: 0, out: expect.stringContaining('already') }); // the last commit has the same program

  commit(folder);
  change(folder, { level: 'trace' });
  const dirty = await changed(folder, async () => promote(folder, '--all', '--to', 'prod'));
  expect(dirty).toMatchObject({ files: [], run: { code: 1, out: '' } });
  expect(dirty.run.err).toContain('✗ The program differs from the last commit: "main.js".\n    → Commit them, or stash them');
});

test('all: releases, the program, files that go and files that come', async () => {
  const { folder } = await pinnedShop();
  change(folder, { workloads: 'service(\'checkout\', { replicas: Replicas.between(2, 5) }); worker(\'mailer\');' });
  await synth(folder);
  const second = commit(folder);
  writeState(folder, 'dev', { checkout: '2', mailer: '3' });
  const { run, files } = await changed(folder, async () => promote(folder, '--all', '--to', 'prod', '--format', 'json'));
  expect(run).toMatchObject({ code: 0, err: '' });
  const result = JSON.parse(run.out);
  expect(result).toMatchObject({ outcome: 'done', program: { to: second }, releases: [{ workload: 'checkout' }, { workload: 'mailer' }] });
  expect(files).toEqual([...result.files.written, ...result.files.removed, '.fairway/shop.json', 'releases/prod.json'].sort());
  expect(result.files.removed).toContain('dist/prod/cart/Deployment.cart.k8s.yaml');
  expect(result.files.written).toContain('dist/prod/checkout/HorizontalPodAutoscaler.checkout.k8s.yaml');
  expect(files.every(file => !file.startsWith('dist/dev'))).toBe(true);
  await synth(folder); // dev
  expect((await changed(folder, async () => synth(folder))).files).toEqual([]);
});

test('a workload that the pinned program does not have', async () => {
  const { folder } = await pinnedShop();
  change(folder, { workloads: `${SMALL} service('search');` });
  const { run, files } = await changed(folder, async () => promote(folder, 'search', '--to', 'prod'));
  expect({ code: run.code, files }).toEqual({ code: 1, files: [] });
  expect(run.err).toMatch(/✗ search: "search" is not made in "prod" by the program of [0-9a-f]{12}, which the environment is pinned to\.\n {4}→ Promote the platform first/);
});

describe('the program of another commit cannot be run', () => {
  test.each<[string, (folder: string) => void, RegExp]>([
    ['other dependencies', folder => write(folder, 'package-lock.json', '{}'), /"package-lock\.json" is another at the commit [0-9a-f]{12}.*--install "npm ci"/],
    ['another package.json without a lock file', folder => write(folder, 'package.json', '{}'), /"package\.json" is another at the commit/],
    ['a dependency that is a folder of the repository', folder => {
      write(folder, 'packages/own/index.js', '');
      fs.mkdirSync(path.join(folder, 'node_modules'));
      fs.symlinkSync('../packages/own', path.join(folder, 'node_modules/own'));
    }, /The dependency "own" is a folder of this repository/],
    ['a commit that is gone', folder => {
      const state = stateOf(folder, 'prod');
      write(folder, 'releases/prod.json', JSON.stringify({ ...state, platform: { ...state.platform, revision: 'b'.repeat(40) } }));
    }, /The commit bbbbbbbbbbbb, which renders the environment, is not in this clone\. Fetch it/],
    ['no repository', folder => fs.rmSync(path.join(folder, '.git'), { recursive: true }), /lies in no git repository/],
  ])('%s', async (_, spoil, message) => {
    const { folder } = await pinnedShop();
    change(folder);
    write(folder, '.gitignore', 'node_modules\n');
    writeState(folder, 'dev', { checkout: '2' });
    spoil(folder);
    const before = contents(folder);
    const run = await promote(folder, 'checkout', '--to', 'prod');
    expect(run).toMatchObject({ code: 1, out: '' });
    expect(run.err).toMatch(message);
    expect(contents(folder)).toEqual(before);
    if (fs.existsSync(path.join(folder, '.git'))) {
      expect(worktrees(folder)).toBe(1);
    }
  });

  test('unless it is said how dependencies are installed', async () => {
    const { folder } = await pinnedShop();
    change(folder);
    writeState(folder, 'dev', { checkout: '2' });
    write(folder, 'package-lock.json', '{}');
    const modules = path.join(__dirname, '../../node_modules');
    expect(await promote(folder, 'checkout', '--to', 'prod', '--install', 'exit 3')).toMatchObject({ code: 1, err: expect.stringContaining('cannot be installed with "exit 3": exit code 3') });
    expect(await promote(folder, 'checkout', '--to', 'prod', '--install', `ln -s '${modules}' node_modules`)).toMatchObject({ code: 0 });
    expect(level(folder, 'prod', 'checkout')).toBe('info');
    expect(fs.existsSync(path.join(modules, 'cdk8s'))).toBe(true);
  });
});

test('pinned files are guarded: edited ones, lost ones, and none at all', async () => {
  const { folder } = await pinnedShop();
  change(folder);
  const file = 'dist/prod/cart/Service.cart.k8s.yaml';
  const was = fs.readFileSync(path.join(folder, file), 'utf8');
  fs.rmSync(path.join(folder, file));
  expect(await synth(folder)).toMatchObject({ code: 0 }); // from the last commit
  expect(fs.readFileSync(path.join(folder, file), 'utf8')).toBe(was);
  write(folder, file, was.replace(/\n/g, '\r\n'));
  expect(await synth(folder)).toMatchObject({ code: 0 });
  write(folder, file, `${was}# mine\n`);
  expect((await synth(folder)).err).toContain('error FW134  prod');
  git(folder, 'rm', '--quiet', '--force', file);
  git(folder, 'commit', '--quiet', '--message', 'lost');
  expect((await synth(folder)).err).toContain('error FW135  prod');
  write(folder, '.fairway/shop.json', JSON.stringify({ version: 1, files: {} }));
  fs.rmSync(path.join(folder, 'dist'), { recursive: true });
  expect((await synth(folder)).err).toContain('error FW136  prod');
});

test('a source that is pinned runs what its own program says', async () => {
  const road = 'const dev = environment(\'dev\'); const staging = environment(\'staging\', { promotedFrom: [dev] }); environment(\'prod\', { promotedFrom: [staging] });';
  const folder = shopFolder({ environments: road, workloads: SMALL });
  write(folder, 'package.json', '{}');
  await synth(folder);
  const first = commit(folder);
  expect(await promote(folder, '--platform', '--to', 'staging')).toMatchObject({ code: 0 });
  changeShop(folder, { environments: road, workloads: 'service(\'checkout\', { image: image(\'checkout\', 7) }); service(\'cart\');' });
  await synth(folder);
  commit(folder);
  expect(await promote(folder, 'checkout', '--to', 'prod')).toMatchObject({ code: 0, err: '' });
  expect(stateOf(folder, 'prod').workloads.checkout).toMatchObject({ digest: digest(0), tag: '1.0' });
  // The program of staging goes on to prod, not the last commit.
  expect(await promote(folder, '--platform', '--to', 'prod')).toMatchObject({ code: 0, err: '' });
  expect(stateOf(folder, 'prod').platform.revision).toBe(first);
});

test('the soak time of a program counts from its commit where the source follows every synth', async () => {
  const { folder } = await pinnedShop();
  change(folder, { environments: ROAD.replace('[dev]', '[dev], protection: { soakTime: Duration.hours(24) }') });
  commit(folder);
  const time = new Date(Number(git(folder, 'show', '--no-patch', '--format=%ct', 'HEAD')) * 1000 + 3_600_000).toISOString();
  expect(await fairway(folder, ['promote', '--platform', '--to', 'prod'], { now: time })).toMatchObject({ code: 1, err: expect.stringMatching(/✗ platform: It runs in "dev" since .*; the soak time is 1 day\./) });
});
