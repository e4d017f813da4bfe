import * as fs from 'fs';
import * as path from 'path';
import { compiledLibrary, fairway, programFolder, REPOSITORY, Run, write } from './support';

/* `fairway diff`: two environments of a real program, side by side. */

/** The Online Boutique, as the example has it, in a folder of its own. */
function boutiqueFolder(): string {
  const folder = programFolder('', { app: 'npx tsx main.ts' });
  for (const name of ['boutique.ts', 'images.ts', 'main.ts']) {
    fs.copyFileSync(path.join(REPOSITORY, 'examples/online-boutique', name), path.join(folder, name));
  }
  fs.rmSync(path.join(folder, 'main.js'));
  write(folder, 'tsconfig.json', JSON.stringify({ compilerOptions: { module: 'commonjs', baseUrl: '.', paths: { 'cdk8s-fairway': [path.join(compiledLibrary(), 'lib')] } } }));
  return folder;
}

describe('the Online Boutique', () => {
  let folder: string;
  let before: string[];
  beforeAll(() => {
    folder = boutiqueFolder();
    before = fs.readdirSync(folder);
  });
  afterEach(() => expect(fs.readdirSync(folder)).toEqual(before));

  const diff = async (...argv: string[]): Promise<Run> => fairway(folder, ['diff', ...argv]);

  test('in text: what the guide shows', async () => {
    const run = await diff('dev', 'prod');
    expect(run).toMatchObject({ code: 0, err: '' });
    const guide = fs.readFileSync(path.join(REPOSITORY, 'docs/cli.md'), 'utf8');
    expect(run.out.trimEnd()).toBe(/^\$ fairway diff dev prod\n([^]*?)\n```$/m.exec(guide)![1]);
    for (const fact of [
      '~ Deployment, rolling update → Rollout, routed canary', '~ replicas 2 → 3 to 12', 'boutique.dev.example.com → boutique.example.com',
      '~ Deployment, rolling update → Rollout, blue-green', 'loadgenerator: only in dev',
    ]) {
      expect(run.out).toContain(fact);
    }
  });

  test('the other way round: what opens the network needs a look', async () => {
    const run = await diff('prod', 'dev', '--workload', 'frontend', 'loadgenerator');
    expect(run.out).toContain('loadgenerator: only in dev');
    expect(run.out).toMatch(/\+ NetworkPolicy spec\.ingress\[0\]\.from\[0\]: .*loadgenerator.* {2}! more ingress is allowed\n/);
    expect(run.out).toContain('; 1 difference needs a look for security');
    expect(run.out).not.toContain('checkoutservice');
  });

  test('in Markdown', async () => {
    const run = await diff('dev', 'prod', '--format', 'markdown');
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(run.out).toMatch(/^### <code>dev<\/code> → <code>prod<\/code>\n\n4 of 11 workloads differ, 1 is only in dev\.\n/);
    expect(run.out).toContain('| <code>loadgenerator</code> | only in <code>dev</code> |');
    expect(run.out).toMatch(/\| <code>frontend<\/code> \| .*<code>scaling&#58; replicas 2 → 3 to 12<\/code>/);
    expect(run.out).toContain('@@ strategy @@\n! Deployment, rolling update → Rollout, routed canary\n');
  });

  test('in JSON: the same, whether expected differences are listed or counted', async () => {
    const json = JSON.parse((await diff('dev', 'prod', '--format', 'json')).out);
    expect(json).toMatchObject({ version: 1, platform: 'boutique', from: 'dev', to: 'prod', summary: { workloads: 11, differing: 4, onlyInFrom: 1, onlyInTo: 0 } });
    const frontend = json.workloads.find((workload: { name: string }) => workload.name === 'frontend');
    expect(frontend).toMatchObject({
      in: 'both',
      differs: true,
      summary: [
        { area: 'strategy', before: 'Deployment, rolling update', after: 'Rollout, routed canary' },
        { area: 'scaling', label: 'replicas', before: '2', after: '3 to 12' },
      ],
    });
    expect(frontend.differences).toContainEqual({
      area: 'hosts',
      object: { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', name: 'frontend' },
      change: 'changed',
      path: 'spec.hostnames[0]',
      before: 'boutique.dev.example.com',
      after: 'boutique.example.com',
    });
    const all = JSON.parse((await diff('dev', 'prod', '--format', 'json', '--all')).out);
    expect(all.summary).toEqual(json.summary);
    expect(all.workloads.map((w: { expectedCount: number; expected?: object[] }) => w.expected?.length ?? 0))
      .toEqual(json.workloads.map((w: { expectedCount: number }) => w.expectedCount));
  });

  test.each([
    [['dev', 'prod', '--exit-code'], 1],
    [['dev', 'prod', '--exit-code', '--workload', 'adservice'], 0],
    [['dev', 'staging', '--exit-code', '--workload', 'loadgenerator'], 1],
  ])('%j ends with %d', async (argv, code) => expect((await diff(...argv)).code).toBe(code));
});

/** A program with environments, and what comes before its synth. */
function program(environments: string[], more = ''): string {
  return `
    const fairway = require(${JSON.stringify(path.join(compiledLibrary(), 'lib'))});
    const platform = new fairway.Platform({ name: 'shop' });
    ${JSON.stringify(environments)}.forEach(name => new fairway.Environment(platform, name, { cluster: fairway.Cluster.inCluster() }));
    const image = fairway.Image.of('ghcr.io/acme/app', { tag: '1.4.2', digest: 'sha256:${'0'.repeat(64)}' });
    ${more}
    console.log('hello from the program');
    platform.synth();`;
}

describe('a small program', () => {
  let folder: string;
  beforeAll(() => {
    folder = programFolder(program(['dev', 'prod'], 'new fairway.Worker(platform, "mailer", { image, overrides: { dev: { env: { LEVEL: "a" } }, prod: { env: { LEVEL: "b" } } } });'));
  });

  test('writes a file when it is asked to, and prints for people', async () => {
    const target = path.join(folder, 'out/diff.md');
    const run = await fairway(folder, ['diff', 'dev', 'prod', '--format', 'markdown', '--output', 'out/diff.md'], { color: true });
    expect(run).toMatchObject({ code: 0, err: 'hello from the program\n' });
    expect(run.out).toContain('\u001b[1mdev → prod\u001b[0m: 1 of 1 workload differs\n');
    expect(fs.readFileSync(target, 'utf8')).toMatch(/^### <code>dev<\/code>/);
    await fairway(folder, ['diff', 'dev', 'prod', '--output', 'out/diff.txt'], { color: true });
    expect(fs.readFileSync(path.join(folder, 'out/diff.txt'), 'utf8')).not.toContain('\u001b');
    fs.rmSync(path.join(folder, 'out'), { recursive: true });
  });

  test.each<[string[], RegExp]>([
    [['dev', 'dev'], /The environment "dev" is compared with itself\. Give two of them: fairway diff dev prod\.$/m],
    [['dev', 'prodd'], /There is no environment "prodd" here\. Did you mean "prod"\? There are "dev" and "prod"\.$/m],
    [['__proto__', 'prod'], /There is no environment "__proto__" here\./],
    [['dev', 'prod', '--workload', 'mailr'], /The workload "mailr" runs neither in "dev" nor in "prod"\. Did you mean "mailer"\? There are "mailer"\.$/m],
    [['dev', 'prod', '--output', 'main.js/x'], /The comparison cannot be written to "main\.js\/x": E[A-Z]+/],
    [['dev'], /missing required argument 'to'/],
    [['dev', 'prod', 'test'], /too many arguments/],
    [['dev', 'prod', '--format', 'html'], /Allowed choices are text, markdown, json/],
  ])('%j is misuse', async (argv, message) => {
    const run = await fairway(folder, ['diff', ...argv]);
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toMatch(message);
    expect(run.err).not.toMatch(/^ {4}at /m);
  });
});

test('environments without differences', async () => {
  const folder = programFolder(program(['dev', 'prod'], 'new fairway.Worker(platform, "mailer", { image });'));
  const run = await fairway(folder, ['diff', 'dev', 'prod', '--exit-code']);
  expect(run).toMatchObject({ code: 0 });
  expect(run.out).toMatch(/^dev → prod: none of 1 workload differs\n\nAs expected: mailer\n\d+ differences are expected \(--all lists them\)\n$/);
});

test('a program with errors is reported, and nothing is compared', async () => {
  const folder = programFolder(program(['dev', 'prod'], 'new fairway.Worker(platform, "mailer", { image, dependsOn: ["nobody"] });'));
  const run = await fairway(folder, ['diff', 'dev', 'prod']);
  expect(run).toMatchObject({ code: 1, out: '' });
  expect(run.err).toContain('1 error, 0 warnings: nothing was compared');
});

test('environments of several platforms', async () => {
  const second = (environments: string[]) => `
    const other = new fairway.Platform({ name: 'other', outdir: 'other' });
    ${JSON.stringify(environments)}.forEach(name => new fairway.Environment(other, name, { cluster: fairway.Cluster.inCluster() }));
    new fairway.Worker(other, 'cleaner', { image });
    other.synth();`;
  const worker = 'new fairway.Worker(platform, "mailer", { image });';
  const both = programFolder(program(['dev', 'prod'], worker + second(['dev', 'prod'])));
  expect((await fairway(both, ['diff', 'dev', 'prod'])).err).toContain('The environments "dev" and "prod" are there in the platforms "other" and "shop".');
  const apart = programFolder(program(['dev'], worker + second(['prod'])));
  expect(await fairway(apart, ['diff', 'dev', 'prod'])).toMatchObject({ code: 2, err: expect.stringContaining('No platform has both of the environments "dev" and "prod".') });
});
