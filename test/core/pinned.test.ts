import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { ApiObject } from 'cdk8s';
import * as fc from 'fast-check';
import { hashOf } from '../../src/core/files/manifest';
import { fairway } from '../cli/support';
import { codes, findingsOf } from '../support/findings';
import { newFolder, readTree } from '../support/folders';
import { run, script } from '../support/library';
import { expectFinding } from '../support/misuse';
import { environment, service, worker } from '../support/model';
import { newPlatform } from '../support/platform';
import { FolderChart, GitOpsEngine, Platform, PlatformProps } from 'cdk8s-fairway';

/* An environment whose release state names a commit of the program keeps its files, whatever this program makes of it. */

const REVISION = '0123456789abcdef0123456789abcdef01234567';
const SINCE = '2026-11-27T10:00:00Z';

let root: string;
beforeEach(() => root = newFolder());

afterEach(() => {
  for (const name of ['FAIRWAY_ONLY', 'FAIRWAY_UNPIN', 'FAIRWAY_RELEASES', 'FAIRWAY_MODEL', 'FAIRWAY_MODE', 'CDK8S_OUTDIR']) {
    delete process.env[name];
  }
});

/** dev and prod with a service, and a chart of the user in each; `label` is what changes in the program. */
function declare(label: string, props: Partial<PlatformProps> = {}): Platform {
  const platform = newPlatform(root, props);
  const dev = environment(platform, 'dev', { labels: { label } });
  const prod = environment(platform, 'prod', { labels: { label }, promotedFrom: [dev] });
  service(platform, 'app', { replicas: undefined });
  for (const where of [dev, prod]) {
    const extras = new FolderChart(where, 'extras', { folder: `${where.name}/extras` });
    new ApiObject(extras, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { label } });
  }
  return platform;
}

function pin(name = 'prod', folder = path.join(root, 'releases')): void {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, `${name}.json`), JSON.stringify({ version: 1, environment: name, platform: { revision: REVISION, since: SINCE } }));
}

function git(...args: string[]): void {
  const { status, stderr } = spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'core.autocrlf=false', ...args], { cwd: root, encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(stderr);
  }
}

function commit(): void {
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '-m', 'all');
}

/** The files of an environment below a folder. */
function filesOf(name: string, below = 'dist'): Record<string, string> {
  return Object.fromEntries(Object.entries(readTree(path.join(root, below))).filter(([file]) => file.startsWith(`${name}/`)));
}

const A_FILE = 'dist/prod/app/Service.app.k8s.yaml';

describe('a pinned environment', () => {
  test('keeps its files, those of charts of the user too, while others change', () => {
    declare('one').synth();
    const before = { dev: filesOf('dev'), prod: filesOf('prod') };
    pin();
    const result = declare('two').synthesize();
    expect(filesOf('prod')).toEqual(before.prod);
    expect(Object.keys(before.prod)).toContain('prod/extras/ConfigMap.settings.k8s.yaml');
    expect(result.pinned).toBe(Object.keys(before.prod).length);
    expect(result.written.filter(file => !file.startsWith('dist/dev/'))).toEqual([]);
    expect(Object.keys(filesOf('dev')).filter(file => filesOf('dev')[file] === before.dev[file])).toEqual([]);
    expect(filesOf('dev')['dev/extras/ConfigMap.settings.k8s.yaml']).toContain('two');
  });

  test('keeps what the program no longer makes, and does not get what it makes now', () => {
    declare('one').synth();
    const before = filesOf('prod');
    pin();
    const platform = newPlatform(root);
    environment(platform, 'dev');
    environment(platform, 'prod');
    worker(platform, 'other');
    platform.synth();
    expect(filesOf('prod')).toEqual(before);
    expect(Object.keys(filesOf('dev')).filter(file => file.startsWith('dev/app/'))).toEqual([]);
  });

  test('comes back to the program when the pin is gone, and goes when the environment does', () => {
    declare('one').synth();
    pin();
    declare('two').synth();
    fs.rmSync(path.join(root, 'releases'), { recursive: true });
    declare('two').synth();
    expect(filesOf('prod')['prod/extras/ConfigMap.settings.k8s.yaml']).toContain('two');
    pin();
    const platform = newPlatform(root);
    environment(platform, 'dev');
    worker(platform);
    platform.synth();
    expect(filesOf('prod')).toEqual({});
  });

  test('is left alone by a check, and says nothing of it', () => {
    declare('one').synth();
    pin();
    const before = readTree(root);
    expect(declare('two').check()).toEqual([]);
    expect(readTree(root)).toEqual(before);
  });

  test('again: nothing changes', () => {
    declare('one').synth();
    pin();
    declare('two').synth();
    const before = readTree(root);
    expect(declare('two').synthesize()).toMatchObject({ written: [], removed: [] });
    expect(readTree(root)).toEqual(before);
  });

  test('without pins nothing is pinned', () => {
    expect(declare('one').synthesize().pinned).toBe(0);
  });

  test('with Argo CD', () => {
    const props = { repository: 'https://github.com/acme/platform', gitops: GitOpsEngine.argoCd() };
    declare('one', props).synth();
    const before = filesOf('prod');
    pin();
    declare('two', props).synth();
    expect(filesOf('prod')).toEqual(before);
  });
});

describe('the ownership manifest', () => {
  const manifest = () => JSON.parse(fs.readFileSync(path.join(root, '.fairway/acme.json'), 'utf8'));

  test('knows every file with its hash, its environment and its workload', () => {
    declare('one').synth();
    const before = manifest();
    pin();
    declare('two').synth();
    const after = manifest();
    expect(Object.keys(after.files)).toEqual(Object.keys(before.files));
    for (const [file, owned] of Object.entries<any>(after.files)) {
      expect(hashOf(fs.readFileSync(path.join(root, file)))).toBe(owned.sha256);
      expect([owned.environment, owned.workload]).toEqual([before.files[file].environment, before.files[file].workload]);
    }
    expect(after.files['dist/prod/extras/ConfigMap.settings.k8s.yaml'].environment).toBe('prod');
  });

  test('is what fairway list shows', async () => {
    declare('one').synth();
    pin();
    declare('two').synth();
    const { out } = await fairway(root, ['list']);
    expect(out).toMatch(/^prod +app +\d+ /m);
  });
});

/** A program for a process of its own, with nothing but the pinned environment. */
function ownProgram(): string {
  return script('pinned.js', `
    const { Cluster, Environment, Platform } = require('./lib');
    const platform = new Platform({ name: 'acme' });
    new Environment(platform, 'prod', { cluster: Cluster.inCluster() });
    platform.synth();
  `);
}

describe('files that are gone', () => {
  test('come back in cdk8s synth', () => {
    declare('one').synth();
    pin();
    const app = `${process.execPath} ${ownProgram()}`;
    fs.writeFileSync(path.join(root, 'cdk8s.yaml'), JSON.stringify({ language: 'typescript', app }));
    commit();
    const before = filesOf('prod');
    const cdk8s = path.resolve(__dirname, '../../node_modules/.bin/cdk8s');
    expect(run([cdk8s, 'synth'], { cwd: root, env: { CDK8S_CHECK_UPGRADE: 'false' } })).toMatchObject({ status: 0, stderr: '' });
    expect(filesOf('prod')).toEqual(before);
    expect(filesOf('dev')).toEqual({});
  });

  test('come back from the last commit, as after cdk8s synth', () => {
    declare('one').synth();
    pin();
    commit();
    const before = filesOf('prod');
    fs.rmSync(path.join(root, 'dist'), { recursive: true });
    const { pinned, written } = declare('two').synthesize();
    expect(filesOf('prod')).toEqual(before);
    expect(pinned).toBe(Object.keys(before).length);
    expect(written).toContain(A_FILE);
  });

  test('also in a folder of the repository, with names that git would quote', () => {
    const repository = root;
    root = path.join(repository, 'plat form');
    declare('one').synth();
    const before = filesOf('prod');
    pin();
    spawnSync('git', ['init', '--quiet'], { cwd: repository });
    git('add', '.');
    git('commit', '--quiet', '-m', 'all');
    fs.rmSync(path.join(root, 'dist'), { recursive: true });
    declare('two').synth();
    expect(filesOf('prod')).toEqual(before);
  });

  test('are lost where the last commit has others: FW135', () => {
    declare('one').synth();
    commit();
    declare('two').synth();
    pin();
    fs.rmSync(path.join(root, 'dist'), { recursive: true });
    const findings = findingsOf(() => declare('three').synth());
    expect(new Set(codes(findings))).toEqual(new Set(['FW135']));
    expect(findings[0].path).toBe('prod');
    expect(fs.existsSync(path.join(root, 'dist'))).toBe(false);
  });

  test.each<[string, () => void]>([
    ['without a repository', () => undefined],
    ['without a commit', () => git('init', '--quiet')],
    ['not committed', () => {
      git('init', '--quiet');
      git('commit', '--quiet', '--allow-empty', '-m', 'nothing');
    }],
  ])('are lost %s: FW135', (_, prepare) => {
    declare('one').synth();
    pin();
    prepare();
    fs.rmSync(path.join(root, A_FILE));
    const { message } = expectFinding(() => declare('two').synth(), 'FW135', 'prod');
    expect(message).toContain(A_FILE);
  });

  test('are lost without git: FW135', () => {
    declare('one').synth();
    pin();
    commit();
    fs.rmSync(path.join(root, A_FILE));
    const synth = ownProgram();
    const without = run([synth], { cwd: root, env: { PATH: newFolder() } });
    expect(without.status).not.toBe(0);
    expect(without.stderr).toContain('FW135');
    expect(fs.existsSync(path.join(root, A_FILE))).toBe(false);
    expect(run([synth], { cwd: root })).toMatchObject({ status: 0, stderr: '' });
    expect(fs.existsSync(path.join(root, A_FILE))).toBe(true);
  });
});

describe('files that were edited', () => {
  test('are refused, and nothing is written: FW134', () => {
    declare('one').synth();
    pin();
    fs.appendFileSync(path.join(root, A_FILE), '# mine\n');
    const before = readTree(root);
    expect(findingsOf(() => declare('two').synth())).toEqual([
      expect.objectContaining({ code: 'FW134', path: 'prod', message: expect.stringContaining(A_FILE), remedy: `Restore it: git restore -- ${A_FILE}` }),
    ]);
    expect(readTree(root)).toEqual(before);
  });

  test('line ends that a checkout turned are no edit', () => {
    declare('one').synth();
    const before = filesOf('prod');
    pin();
    fs.writeFileSync(path.join(root, A_FILE), before['prod/app/Service.app.k8s.yaml'].replace(/\n/g, '\r\n'));
    declare('two').synth();
    expect(filesOf('prod')).toEqual(before);
  });
});

test('an environment that was never rendered cannot be pinned: FW136', () => {
  pin();
  const { message } = expectFinding(() => declare('one').synth(), 'FW136', 'prod');
  expect(message).toContain(REVISION);
  expect(fs.existsSync(path.join(root, 'dist'))).toBe(false);
});

describe('another output folder', () => {
  test('a preview shows pinned files as they are on disk, and touches nothing', () => {
    declare('one').synth();
    pin();
    const before = readTree(root);
    const outdir = newFolder();
    Object.assign(process.env, { FAIRWAY_MODE: 'preview', CDK8S_OUTDIR: outdir });
    declare('two').synth();
    const shown = readTree(path.join(outdir, fs.readdirSync(outdir)[0]));
    expect(shown['prod/app/Service.app.k8s.yaml']).toBe(before[A_FILE]);
    expect(shown['prod/extras/ConfigMap.settings.k8s.yaml']).toContain('one');
    expect(shown['dev/extras/ConfigMap.settings.k8s.yaml']).toContain('two');
    expect(readTree(root)).toEqual(before);
  });

  test('gets them again and again, and the published ones stay', () => {
    declare('one').synth();
    pin();
    const before = filesOf('prod');
    jest.spyOn(process.stderr, 'write').mockReturnValue(true); // FW133
    const elsewhere = () => declare('two', { outdir: 'other', publishedPath: 'dist' }).synth();
    elsewhere();
    elsewhere();
    expect(filesOf('prod', 'other')).toEqual(before);
    expect(filesOf('prod')).toEqual(before);
    declare('two').synth();
    expect(filesOf('prod')).toEqual(before);
    expect(filesOf('prod', 'other')).toEqual({});
    jest.restoreAllMocks();
  });

  test('outside of the root keeps its own', () => {
    const outdir = newFolder();
    declare('one', { outdir }).synth();
    pin();
    const before = readTree(outdir);
    const { pinned } = declare('two', { outdir }).synthesize();
    const after = readTree(outdir);
    expect(after['prod/extras/ConfigMap.settings.k8s.yaml']).toBe(before['prod/extras/ConfigMap.settings.k8s.yaml']);
    expect(after['dev/extras/ConfigMap.settings.k8s.yaml']).toContain('two');
    expect(pinned).toBeGreaterThan(0);
  });

  test('that is not published is pinned, too', () => {
    jest.spyOn(process.stderr, 'write').mockReturnValue(true); // FW133
    const props = { outdir: 'out', publishedPath: 'dist' };
    declare('one', props).synth();
    pin();
    declare('two', props).synth();
    expect(filesOf('prod', 'out')['prod/extras/ConfigMap.settings.k8s.yaml']).toContain('one');
    expect(filesOf('dev', 'out')['dev/extras/ConfigMap.settings.k8s.yaml']).toContain('two');
    jest.restoreAllMocks();
  });
});

describe('the command line', () => {
  test('FAIRWAY_UNPIN makes environments although they are pinned', () => {
    declare('one').synth();
    pin();
    pin('dev');
    const dev = filesOf('dev');
    process.env.FAIRWAY_UNPIN = 'prod,other';
    declare('two').synth();
    expect(filesOf('dev')).toEqual(dev);
    expect(filesOf('prod')['prod/extras/ConfigMap.settings.k8s.yaml']).toContain('two');
  });

  test('FAIRWAY_RELEASES reads states from elsewhere', () => {
    declare('one').synth();
    const elsewhere = newFolder();
    pin('prod', elsewhere);
    process.env.FAIRWAY_RELEASES = elsewhere;
    const before = filesOf('prod');
    declare('two').synth();
    expect(filesOf('prod')).toEqual(before);
  });

  describe('FAIRWAY_ONLY', () => {
    function two(label: string, props: Partial<PlatformProps> = {}): Platform {
      const platform = declare(label, props);
      worker(platform, 'job', { replicas: undefined });
      return platform;
    }
    const only = (...selection: [environment: string, workload: string][]) => {
      process.env.FAIRWAY_ONLY = JSON.stringify(selection.map(([name, workload]) => ({ environment: name, workload })));
    };

    test('makes some workloads, and leaves everything else as it is', () => {
      two('one').synth();
      const before = readTree(root);
      only(['dev', 'job']);
      const { written, removed } = two('two').synthesize();
      expect(removed).toEqual([]);
      expect(written.length).toBeGreaterThan(0);
      const after = readTree(root);
      const changed = Object.keys(after).filter(file => after[file] !== before[file] && !file.startsWith('dist/dev/extras/')); // a chart of the program itself
      expect(changed.filter(file => file !== '.fairway/acme.json' && !file.startsWith('dist/dev/job/') && !file.includes('/extras/'))).toEqual([]);
      expect(changed.some(file => file.startsWith('dist/dev/job/'))).toBe(true);
      delete process.env.FAIRWAY_ONLY;
      two('two').synth(); // everything is still known
    });

    test('removes what a chosen workload no longer has', () => {
      two('one').synth();
      const stale = 'dist/dev/job/ConfigMap.stale.k8s.yaml';
      const manifestFile = path.join(root, '.fairway/acme.json');
      const known = JSON.parse(fs.readFileSync(manifestFile, 'utf8'));
      for (const [file, workload] of [[stale, 'job'], ['dist/dev/app/ConfigMap.stale.k8s.yaml', 'app']]) {
        fs.writeFileSync(path.join(root, file), 'x');
        known.files[file] = { sha256: hashOf('x'), environment: 'dev', workload };
      }
      fs.writeFileSync(manifestFile, JSON.stringify(known));
      only(['dev', 'job']);
      expect(two('one').synthesize().removed).toEqual([stale]);
    });

    test('of a pinned environment takes the pinned files of that workload alone', () => {
      two('one').synth();
      pin();
      only(['prod', 'job']);
      const { pinned } = two('two').synthesize();
      expect(pinned).toBe(Object.keys(filesOf('prod')).filter(file => file.startsWith('prod/job/')).length);
    });

    test('checks those workloads alone', () => {
      const findings = (selection?: [string, string]) => {
        const platform = newPlatform(newFolder());
        environment(platform);
        worker(platform, 'good');
        worker(platform, 'bad', { dependsOn: ['nobody'] });
        delete process.env.FAIRWAY_ONLY;
        return selection === undefined ? codes(platform.check()) : undefined;
      };
      expect(findings()).not.toEqual([]);
      only(['prod', 'good']);
      const platform = newPlatform(newFolder());
      environment(platform);
      worker(platform, 'good');
      worker(platform, 'bad', { dependsOn: ['nobody'] });
      expect(platform.check()).toEqual([]);
    });

    test.each(['{', 'prod', '{}', 'null', '7', '["prod"]', '[null]', '[{}]', '[{"environment": "prod"}]', '[{"environment": 1, "workload": "app"}]', '\u001b[31m', 'x'.repeat(100_000)])(
      '%p is refused: FW137', text => {
        process.env.FAIRWAY_ONLY = text;
        expectFinding(() => declare('one'), 'FW137', '');
      });
  });

  test('FAIRWAY_MODEL says what the platform is', () => {
    pin();
    const file = path.join(newFolder(), 'model.json');
    process.env.FAIRWAY_MODEL = file;
    declare('one').check();
    const platform = new Platform({ name: 'other', root, releases: 'state' });
    environment(platform);
    platform.synth();
    const [acme, other] = JSON.parse(fs.readFileSync(file, 'utf8'));
    expect(acme).toMatchObject({
      name: 'acme',
      root,
      publishedPath: 'dist',
      releases: 'releases',
      sections: {
        environments: {
          dev: { name: 'dev', promotedFrom: [], stage: 0, isFinal: false, protection: {}, regions: [{ name: 'in-cluster', wave: 0, cluster: 'in-cluster' }] },
          prod: { promotedFrom: ['dev'], stage: 1, isFinal: true, platformRevision: REVISION },
        },
        workloads: { app: { dev: { image: 'ghcr.io/acme/app', tag: '1.4.2' }, prod: { image: 'ghcr.io/acme/app' } } },
      },
    });
    expect(other).toMatchObject({ name: 'other', releases: 'state', sections: { environments: { prod: {} } } });
  });
});

test('pinned files never change, for any two programs', () => {
  interface Plan { readonly workloads: number[]; readonly label: string; readonly extras: boolean; readonly environments: number }
  const plan: fc.Arbitrary<Plan> = fc.record({
    workloads: fc.uniqueArray(fc.nat(4), { maxLength: 4 }),
    label: fc.stringMatching(/^[a-z]{1,3}$/),
    extras: fc.boolean(),
    environments: fc.integer({ min: 1, max: 3 }),
  });
  const build = ({ workloads, label, extras, environments }: Plan): Platform => {
    const platform = newPlatform(root);
    for (let i = 0; i < environments; i++) {
      const made = environment(platform, `e${i}`, { labels: { label } });
      if (extras) {
        new ApiObject(new FolderChart(made, 'extras', { folder: `e${i}/x` }), 'c', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: label } });
      }
    }
    workloads.forEach(i => i % 2 ? service(platform, `w${i}`) : worker(platform, `w${i}`));
    return platform;
  };
  const notEmpty = plan.filter(({ workloads, extras }) => workloads.length > 0 || extras);
  fc.assert(fc.property(notEmpty, fc.array(plan, { minLength: 1, maxLength: 3 }), (first, later) => {
    root = newFolder();
    build(first).synth();
    const before = filesOf('e0');
    pin('e0');
    for (const next of later) {
      build(next).synth();
      expect(filesOf('e0')).toEqual(before);
    }
  }), { numRuns: 25 });
});
