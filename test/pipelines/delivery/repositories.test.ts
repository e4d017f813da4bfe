import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { built as nodeOf, cleanUp, OK, run, withHost } from './run';
import { DIGEST, IMAGE, STEPS } from './steps';
import { ChangeRoute, CodeHost, Context, PipelineSecret, PlatformStep, Value } from '../../../src/pipelines';

afterAll(cleanUp);

/** What git says in a folder. */
const git = (folder: string, ...args: string[]) => spawnSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@x', ...args], { cwd: folder, encoding: 'utf8' }).stdout.trim();

describe('another repository', () => {
  /** A workspace with a repository of its own, and another repository that stands where GitHub's would. */
  async function withRemote(use: (folder: string, remote: string, env: Record<string, string>) => Promise<void>): Promise<void> {
    const around = fs.mkdtempSync(path.join(os.tmpdir(), 'fairway-remote-'));
    try {
      const [remote, folder, config] = ['remote', 'work', 'config'].map(name => path.join(around, name));
      for (const [repository, branch] of [[remote, 'trunk'], [folder, 'main']]) {
        git(around, 'init', '--quiet', `--initial-branch=${branch}`, repository);
        ['first', 'second'].forEach(message => git(repository, 'commit', '--quiet', '--allow-empty', '--message', message));
      }
      git(remote, 'branch', 'main', 'HEAD~1');
      fs.writeFileSync(config, `[url "file://${remote}"]\n\tinsteadOf = https://github.com/acme/platform.git\n\tinsteadOf = https://gitlab.com/acme/group/platform.git\n`);
      await use(folder, remote, { GIT_CONFIG_GLOBAL: config, HOST_TOKEN: 's3cr3t' });
    } finally {
      fs.rmSync(around, { recursive: true, force: true });
    }
  }

  /** All that stands in the files of a folder. */
  const contents = (folder: string) => fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter(each => each.isFile())
    .map(each => fs.readFileSync(path.join(each.parentPath, each.name), 'latin1')).join('\n');

  it('is checked out into a folder, at a ref, with all of its history; nothing of the token stays', async () => {
    await withRemote(async (folder, remote, env) => {
      const before = git(folder, 'rev-parse', 'HEAD');
      const ran = await run(STEPS.checkout(), { folder, env });
      expect(ran).toMatchObject({ status: 0, outputs: { commit: git(remote, 'rev-parse', 'main') } });
      const platform = path.join(folder, 'platform');
      expect(git(platform, 'rev-parse', 'HEAD')).toBe(git(remote, 'rev-parse', 'main'));
      expect(git(platform, 'config', '--get', 'remote.origin.url')).toBe('https://github.com/acme/platform.git');
      expect(git(folder, 'rev-parse', 'HEAD')).toBe(before);
      const basic = Buffer.from('x-access-token:s3cr3t').toString('base64');
      expect([contents(folder).includes('s3cr3t'), contents(folder).includes(basic), git(platform, 'config', '--list', '--local').includes('extraheader')]).toEqual([false, false, false]);
    });
  });

  it('is changed where it was checked out, and pushed back; that of the run stays as it is', async () => {
    await withRemote(async (folder, remote, env) => {
      const [before, at] = [git(folder, 'rev-parse', 'HEAD'), git(remote, 'rev-parse', 'main')];
      expect((await run(STEPS.checkout(), { folder, env })).status).toBe(0);
      const enter = PlatformStep.promote({
        host: CodeHost.github({ repository: 'acme/platform', token: PipelineSecret.named('PLATFORM_TOKEN') }),
        environment: 'dev',
        workloads: ['checkout'],
        folder: 'platform',
        route: ChangeRoute.PUSH,
        release: { image: IMAGE, digest: DIGEST },
      });
      const npx = 'mkdir -p releases; echo "{}" > releases/dev.json; pwd; echo "${HOST_TOKEN-no token}"';
      const ran = await run(enter, { folder, stubs: { npx }, env: { ...env, SOURCE_COMMIT: 'abc1234' } });
      expect(ran).toMatchObject({ status: 0, outputs: { state: 'pushed', commit: git(remote, 'rev-parse', 'main') } });
      expect(ran.out).toContain(`${path.join(folder, 'platform')}\nno token\n`);
      expect(git(remote, 'log', '--format=%s', `${at}..main`)).toBe('Promote checkout to dev');
      expect(git(remote, 'show', '--name-only', '--format=', 'main')).toBe('releases/dev.json');
      expect(git(folder, 'rev-parse', 'HEAD')).toBe(before);
      expect(contents(folder)).not.toContain('s3cr3t');
    });
  });

  it('is told apart from what a run before has left, and from files of others', async () => {
    await withRemote(async (folder, remote, env) => {
      const platform = path.join(folder, 'deploy/platform');
      git(folder, 'init', '--quiet', platform);
      fs.writeFileSync(path.join(platform, 'left'), '');
      expect((await run(STEPS.checkoutDefault(), { folder, env })).outputs).toEqual({ commit: git(remote, 'rev-parse', 'trunk') });
      expect([fs.existsSync(path.join(platform, 'left')), git(platform, 'rev-list', '--count', 'HEAD')]).toEqual([false, '1']);
      fs.mkdirSync(path.join(folder, 'platform'));
      fs.writeFileSync(path.join(folder, 'platform/mine'), '');
      expect(await run(STEPS.checkout(), { folder, env })).toMatchObject({ status: 1, outputs: {}, err: expect.stringContaining('is no checkout') });
      expect(fs.existsSync(path.join(folder, 'platform/mine'))).toBe(true);
    });
  });

  it('gets its token from the environment of git alone', async () => {
    const stub = 'printf \'%s\n\' "$*|${GIT_CONFIG_KEY_0-}=${GIT_CONFIG_VALUE_0-}|${HOST_TOKEN-none}" >> "$HOME/seen"';
    const ran = await run(STEPS.checkoutDefault(), { stubs: { git: `${stub}; if [ "$1" = init ]; then mkdir -p "\${@: -1}"; fi; [ "$1" != rev-parse ] || echo abc` }, env: { HOST_TOKEN: 's3cr3t' } });
    const header = `http.extraHeader=Authorization: Basic ${Buffer.from('oauth2:s3cr3t').toString('base64')}`;
    const seen = fs.readFileSync(path.join(path.dirname(ran.folder), 'seen'), 'utf8').trimEnd().split('\n');
    expect(seen).toEqual([
      'init --quiet -- deploy/platform|=|none',
      'remote add origin https://gitlab.com/acme/group/platform.git|=|none',
      `fetch --quiet --no-tags --depth 1 origin HEAD|${header}|none`,
      '-c core.hooksPath=/dev/null checkout --quiet --detach FETCH_HEAD|=|none',
      'rev-parse HEAD|=|none',
    ]);
    expect(ran.outputs).toEqual({ commit: 'abc' });
  });

  it.each(['--upload-pack=touch x', 'a:b', '+main', 'a b'])('has no ref %p', async ref => {
    expect(await run(STEPS.checkout(), { stubs: { git: OK }, env: { CHECKOUT_REF: ref } })).toMatchObject({ status: 2, calls: [] });
  });

  it('fails where it is not there', async () => {
    await withRemote(async (folder, _, env) => {
      expect(await run(STEPS.checkout(), { folder, env: { ...env, CHECKOUT_REF: 'gone' } })).toMatchObject({ status: 128, outputs: {} });
    });
  });
});

describe('promotions', () => {
  /** A repository with a clone. */
  async function withClone(use: (folder: string, remote: string) => Promise<void>): Promise<void> {
    const around = fs.mkdtempSync(path.join(os.tmpdir(), 'fairway-clone-'));
    try {
      const [remote, folder] = [path.join(around, 'remote.git'), path.join(around, 'clone')];
      git(around, 'init', '--quiet', '--bare', '--initial-branch=main', remote);
      git(around, 'clone', '--quiet', remote, folder);
      git(folder, 'checkout', '--quiet', '-b', 'main');
      fs.writeFileSync(path.join(folder, 'main.ts'), '');
      git(folder, 'add', '.');
      git(folder, 'commit', '--quiet', '--message', 'first');
      git(folder, 'push', '--quiet', 'origin', 'main');
      await use(folder, remote);
    } finally {
      fs.rmSync(around, { recursive: true, force: true });
    }
  }

  const writes = 'mkdir -p releases junk; echo "{}" > releases/prod.json; echo x > junk/file; echo "## Promote"; echo "${HOST_TOKEN-no token}"';

  it('are pushed', async () => {
    await withClone(async (folder, remote) => {
      const ran = await run(STEPS.promoteAll(), { folder, stubs: { npx: writes }, env: { HOST_TOKEN: 's3cr3t' } });
      expect(ran).toMatchObject({ status: 0, calls: ['npx --no-install fairway promote --to prod --all --from staging --format markdown'] });
      expect(ran.out).toContain('no token');
      expect(git(remote, 'show', '--name-only', '--format=%s', 'main').split('\n')).toEqual(['Promote to prod', '', 'releases/prod.json']);
      expect(ran.outputs).toEqual({ state: 'pushed', commit: git(remote, 'rev-parse', 'main'), url: '' });
    });
  });

  it('are made again from what the branch says by then', async () => {
    await withClone(async (folder, remote) => {
      const other = `${folder}-other`;
      // Somebody else pushes while the first promotion is made.
      const npx = `if [ "$(wc -l < "$CALLS")" = 1 ]; then git clone --quiet ${remote} ${other}; cd ${other}; touch other; git add .; git -c user.name=x -c user.email=x commit --quiet -m other; git push --quiet origin main; cd ${folder}; fi; ${writes}`;
      const ran = await run(STEPS.promoteAll(), { folder, stubs: { npx } });
      expect([ran.status, ran.calls.length, ran.outputs.state]).toEqual([0, 2, 'pushed']);
      expect(git(remote, 'log', '--format=%s', 'main').split('\n')).toEqual(['Promote to prod', 'other', 'first']);
    });
  });

  it('are nothing where nothing changes, or is refused', async () => {
    await withClone(async (folder, remote) => {
      expect((await run(STEPS.promoteAll(), { folder, stubs: { npx: 'echo already' } })).outputs).toMatchObject({ state: 'unchanged' });
      const refused = await run(STEPS.promoteAll(), { folder, stubs: { npx: 'echo no >&2; exit 1' } });
      expect([refused.status, refused.outputs]).toEqual([1, {}]);
      expect(git(remote, 'log', '--format=%s', 'main')).toBe('first');
    });
  });

  it('are proposed by one pull request for each environment', async () => {
    await withClone(async (folder, remote) => {
      const env = (HOST_API: string) => ({ HOST_API, HOST_REPOSITORY: 'acme/shop' });
      await withHost({ 'GET /repos/acme/shop/pulls': [], 'POST /repos/acme/shop/pulls': { html_url: 'https://github.com/acme/shop/pull/1' } }, async (api, seen) => {
        const ran = await run(STEPS.promote(), { folder, stubs: { npx: writes }, env: env(api) });
        expect(ran).toMatchObject({ status: 0, calls: ['npx --no-install fairway promote cart checkout --to prod --passed health smoke --format markdown'] });
        expect(ran.outputs).toMatchObject({ state: 'proposed', url: 'https://github.com/acme/shop/pull/1' });
        expect(seen[1]).toContain('"title":"Promote to prod","head":"fairway/promote-prod","base":"main","body":"## Promote');
        expect(git(remote, 'log', '--format=%s', 'fairway/promote-prod').split('\n')).toEqual(['Promote to prod', 'first']);
      });
      await withHost({ 'GET /repos/acme/shop/pulls': [{ number: 1 }], 'PATCH /repos/acme/shop/pulls/1': { html_url: 'u' } }, async api => {
        expect((await run(STEPS.promote(), { folder, stubs: { npx: writes }, env: env(api) })).outputs).toMatchObject({ state: 'proposed', url: 'u' });
      });
      await withHost({}, async api => {
        expect((await run(STEPS.promote(), { folder, stubs: { npx: writes }, env: env(api) })).status).toBe(1);
      });
    });
  });

  it('bring releases in by their digest', async () => {
    await withClone(async folder => {
      const { calls } = await run(STEPS.enter(), { folder, stubs: { npx: OK }, env: { SOURCE_COMMIT: 'abc1234' } });
      expect(calls[0]).toBe(`npx --no-install fairway promote checkout --to dev --image=${IMAGE}:1.5.0@${DIGEST} --commit=abc1234 --source-repository=https://github.com/acme/checkout --format markdown`);
    });
  });

  it('are proposed on a branch for each workload that enters', async () => {
    await withClone(async (folder, remote) => {
      const around = path.dirname(folder);
      fs.renameSync(folder, path.join(around, 'platform'));
      await withHost({ 'GET /repos/acme/platform/pulls': [], 'POST /repos/acme/platform/pulls': { html_url: 'u' } }, async (api, seen) => {
        const ran = await run(STEPS.enterElsewhere(), { folder: around, stubs: { npx: writes }, env: { HOST_API: api, HOST_TOKEN: 's3cr3t', SOURCE_COMMIT: 'abc1234' } });
        expect(ran).toMatchObject({ status: 0, outputs: { state: 'proposed', url: 'u', commit: git(remote, 'rev-parse', 'fairway/promote-dev-checkout') } });
        expect(seen[1]).toContain('"title":"Promote checkout to dev","head":"fairway/promote-dev-checkout","base":"main"');
      });
    });
  });

  it('go on in a checkout of the platform alone', async () => {
    await withClone(async folder => {
      const ran = await run(STEPS.enterElsewhere(), { folder, stubs: { npx: writes, node: OK }, env: { SOURCE_COMMIT: 'abc1234' } });
      expect(ran).toMatchObject({ status: 1, calls: [], outputs: {}, err: expect.stringContaining('There is no checkout in') });
    });
  });

  it('are taken back with a reason', async () => {
    await withClone(async folder => {
      const ran = await run(STEPS.rollback(), { folder, stubs: { npx: 'exit 3' } });
      expect(ran).toMatchObject({ status: 3, calls: ['npx --no-install fairway rollback checkout --environment=prod --reason=errors in payments --format markdown'] });
    });
  });

  it.each([
    ['promote', { WORKLOADS: '--all' }], ['promote', { TARGET_ENVIRONMENT: '-x' }], ['enter', { IMAGE_DIGEST: 'sha256:0' }], ['promoteAll', { SOURCE_ENVIRONMENT: 'a b' }],
    ['rollback', { WORKLOAD: '--platform' }], ['rollback', { TARGET_ENVIRONMENT: 'prod;ls' }], ['rollback', { REASON: ' \t ' }],
  ])('%s refuses %p', async (name, env) => {
    const { status, calls } = await run(STEPS[name](), { stubs: { npx: OK }, env });
    expect([status, calls]).toEqual([2, []]);
  });

  it('take values of the run', () => {
    const step = PlatformStep.rollback({ host: CodeHost.github(), environment: 'prod', workload: Value.join('a', Context.RUN_ID), reason: Context.ACTOR });
    expect(nodeOf(step).with).toMatchObject({ workload: ['a', { kind: 'context', name: 'runId' }], reason: [{ kind: 'context', name: 'actor' }] });
  });
});
