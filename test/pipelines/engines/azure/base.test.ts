import { spawn, spawnSync } from 'child_process';
import * as fs from 'fs';
import { createServer } from 'http';
import type { AddressInfo } from 'net';
import * as os from 'os';
import * as path from 'path';
import { graph, job, lower, run, step } from './graphs';

const checkout = step('checkout', 'checkout', { depth: 0, submodules: false, lfs: false, persistCredentials: false });
const lowered = lower(graph([job('a', { steps: [checkout, run('true', { env: { BASE: [{ kind: 'context', name: 'baseSha' }] } })] })]));
const find = lowered.job('a').steps[1];

const sha = (digit: string) => digit.repeat(40);
const main = 'refs/heads/main';
const build = (id: number, digit: string, more: object = {}) => ({
  id, sourceVersion: sha(digit), sourceBranch: main, reason: 'individualCI', status: 'completed', result: 'succeeded', ...more,
});

interface Asked {
  readonly base: string | undefined;
  readonly asked: readonly string[];
  readonly tokens: ReadonlyArray<string | undefined>;
  readonly status: number | null;
  readonly head: string;
}

/** What the step finds when the API knows of some builds. The run is number 10. */
async function found(builds: unknown, env: Record<string, string> = {}, code = 200): Promise<Asked> {
  const asked: string[] = [];
  const tokens: Array<string | undefined> = [];
  const server = createServer((request, response) => {
    asked.push(request.url!);
    tokens.push(request.headers.authorization);
    response.writeHead(code, { 'Content-Type': 'application/json' });
    response.end(typeof builds === 'string' ? builds : JSON.stringify({ value: builds }));
  });
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'base-'));
  const git = (...args: string[]) => spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: folder, encoding: 'utf8' }).stdout.trim();
  git('init', '--quiet');
  git('commit', '--quiet', '--allow-empty', '-m', 'one');
  const head = git('rev-parse', 'HEAD');
  git('commit', '--quiet', '--allow-empty', '-m', 'two');
  try {
    const all = {
      PATH: process.env.PATH,
      SYSTEM_COLLECTIONURI: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      SYSTEM_TEAMPROJECTID: 'p',
      SYSTEM_DEFINITIONID: '7',
      SYSTEM_ACCESSTOKEN: 'sesame',
      BUILD_BUILDID: '10',
      BUILD_SOURCEBRANCH: main,
      BUILD_REASON: 'IndividualCI',
      ...env,
    };
    const child = spawn('bash', ['--noprofile', '--norc', '-c', find.bash], { cwd: folder, env: all });
    let out = '';
    child.stdout.on('data', data => out += data);
    const status = await new Promise<number | null>(resolve => void child.on('close', resolve));
    return { base: /^##vso\[task\.setvariable variable=fairway\.baseSha\](.*)$/m.exec(out)?.[1], asked, tokens, status, head };
  } finally {
    server.close();
    server.closeAllConnections();
    fs.rmSync(folder, { recursive: true });
  }
}

(process.platform === 'win32' ? describe.skip : describe)('the commit to compare with', () => {
  it('is that of the run before on the branch', async () => {
    const { base, asked, tokens } = await found([build(9, 'c'), build(8, 'b')]);
    expect(base).toBe(sha('c'));
    expect(tokens).toEqual(['Bearer sesame']);
    const { pathname, searchParams } = new URL(asked[0], 'http://x');
    expect(pathname).toBe('/p/_apis/build/builds');
    expect(Object.fromEntries(searchParams)).toMatchObject({ definitions: '7', branchName: main, statusFilter: 'all', $top: '200' });
  });

  // What a run that failed has deployed, or one that is not done yet, must not be taken for what was there before.
  it.each<[string, unknown[]]>([
    ['has failed', [build(9, 'c', { result: 'failed' }), build(8, 'b')]],
    ['was cancelled', [build(8, 'b'), build(9, 'c', { result: 'canceled' })]],
    ['is not done', [build(8, 'b'), build(9, 'c', { status: 'inProgress', result: undefined })]],
    ['was deleted', [build(8, 'b'), build(9, 'c', { deleted: true })]],
    ['came before others that were pushed later', [build(12, 'e'), build(10, 'd'), build(9, 'c'), build(8, 'b')]],
    ['came before runs that nobody pushed', [build(9, 'd', { reason: 'manual' }), build(8, 'c', { reason: 'batchedCI' }), build(7, 'b')]],
    ['came before runs of other branches', [build(9, 'd', { sourceBranch: 'refs/heads/x' }), build(8, 'c')]],
  ])('is that of a run which %s', async (_, builds) => {
    expect((await found(builds)).base).toBe(sha('c'));
  });

  it.each<[string, unknown, Record<string, string>?, number?]>([
    ['there was none', []],
    ['none was pushed', [build(9, 'c', { reason: 'schedule' })]],
    ['the same commit was pushed again', [build(9, 'c'), build(8, 'b')], { BUILD_SOURCEVERSION: sha('c') }],
    ['the token may not look', { message: 'no' }, {}, 401],
    ['the answer is a page for people', '<html>', {}, 203],
    ['the answer is no JSON', '<html>'],
    ['the answer is of another form', '[]'],
    ['a commit is none', [build(9, 'c', { sourceVersion: '`id`' })]],
    ['nobody answers', [], { SYSTEM_COLLECTIONURI: 'http://127.0.0.1:1/' }],
    ['a tag was pushed', [build(9, 'c', { sourceBranch: 'refs/tags/v1' })], { BUILD_SOURCEBRANCH: 'refs/tags/v1' }],
    ['somebody started the run', [build(9, 'c')], { BUILD_REASON: 'Manual' }],
  ])('is not known where %s', async (_, builds, env = {}, code = 200) => {
    expect(await found(builds, env, code)).toMatchObject({ base: undefined, status: 0 });
  });

  it('is what the merge commit of a pull request is made onto, and nobody is asked', async () => {
    const { base, head, asked } = await found([], { BUILD_REASON: 'PullRequest', BUILD_SOURCEBRANCH: 'refs/pull/1/merge' });
    expect([base, asked]).toEqual([head, []]);
  });
});

it('is looked for by a step that alone has the token', () => {
  expect(find.env).toEqual({ SYSTEM_ACCESSTOKEN: '$(System.AccessToken)' });
  expect(find.bash).not.toContain('$(');
  expect(lowered.rows.find(row => row.part === 'baseSha')).toMatchObject({ support: 'emulated', job: 'a' });
});
