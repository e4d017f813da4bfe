import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import {
  changeShop, commit, COMMIT, contents, digest, git, imageIn, released, shop, shopFolder, ShopOptions, stateOf, writeState,
} from './promotion-support';
import { execute, fairway, fairwayScript, Run, setProgram, write } from './support';
import { newFolder } from '../support/folders';
import { cleanEnvironment } from '../support/library';

/* `fairway promote` where environments follow every synth. */

const NOW = '2026-11-27T10:00:00Z';

/** Folders by what is in them: a program takes its time, and a copy is the same. */
const synthesized = new Map<string, string>();

async function synthesizedShop(options: ShopOptions = {}): Promise<string> {
  const key = JSON.stringify(options);
  if (!synthesized.has(key)) {
    const made = shopFolder(options);
    expect(await fairway(made, ['synth'])).toMatchObject({ code: 0 });
    commit(made);
    synthesized.set(key, made);
  }
  const folder = path.join(newFolder(), 'program');
  fs.symlinkSync(path.join(__dirname, '../../node_modules'), path.join(path.dirname(folder), 'node_modules'));
  fs.cpSync(synthesized.get(key)!, folder, { recursive: true });
  return folder;
}

const promote = async (folder: string, ...args: string[]): Promise<Run> => fairway(folder, ['promote', ...args], { now: NOW });
const synth = async (folder: string): Promise<Run> => fairway(folder, ['synth']);

/** The files that a command has changed. */
async function changed(folder: string, run: () => Promise<Run>): Promise<{ run: Run; files: string[] }> {
  const before = contents(folder);
  const done = await run();
  const after = contents(folder);
  return { run: done, files: [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(file => before[file] !== after[file]).sort() };
}

/** A command that refuses, and changes nothing. */
async function refused(folder: string, args: string[], code = 1): Promise<string> {
  const { run, files } = await changed(folder, async () => promote(folder, ...args));
  expect({ code: run.code, out: run.out, files }).toEqual({ code, out: '', files: [] });
  return run.err;
}

describe('a release', () => {
  test('moves with digest, tag and commit, and a synth has nothing to add', async () => {
    const folder = await synthesizedShop();
    writeState(folder, 'dev', { checkout: '2', cart: '3' });
    await synth(folder);
    const { run, files } = await changed(folder, async () => promote(folder, 'checkout', '--to', 'staging', '--passed', 'health', 'a', 'health'));
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(run.out).toContain('checkout: 1.0 (000000000000) → 1.2 (222222222222), dev → staging\n');
    expect(run.out).toContain('image: ghcr.io/acme/checkout:1.0@sha256:000000000000… → ghcr.io/acme/checkout:1.2@sha256:222222222222…\n');
    expect(run.out).toContain('staging: 1 file written, 0 removed, 4 unchanged, and releases/staging.json\n');
    expect(files).toEqual(['.fairway/shop.json', 'dist/staging/checkout/Deployment.checkout.k8s.yaml', 'releases/staging.json']);
    expect(stateOf(folder, 'staging')).toEqual({
      version: 1,
      environment: 'staging',
      workloads: {
        checkout: {
          image: 'ghcr.io/acme/checkout',
          tag: '1.2',
          digest: digest(2),
          source: { commit: COMMIT },
          since: NOW,
          from: 'dev',
          passed: ['a', 'health'],
          history: [{ image: 'ghcr.io/acme/checkout', tag: '1.0', digest: digest(0) }],
        },
      },
    });
    expect((await changed(folder, async () => synth(folder))).files).toEqual([]);
    expect(git(folder, 'stash', 'list')).toBe('');
  });

  test('twice is once', async () => {
    const folder = await synthesizedShop();
    writeState(folder, 'dev', { checkout: '2' });
    await promote(folder, 'checkout', '--to', 'staging');
    const { run, files } = await changed(folder, async () => fairway(folder, ['promote', 'checkout', '--to', 'staging'], { now: '2027-01-01T00:00:00Z' }));
    expect(run).toEqual({ code: 0, out: 'checkout is at sha256:222222222222 in staging already.\n', err: '' });
    expect(files).toEqual([]);
  });

  test('a dry run says the same and writes nothing', async () => {
    const folder = await synthesizedShop();
    writeState(folder, 'dev', { checkout: '2' });
    const dry = await changed(folder, async () => promote(folder, 'checkout', '--to', 'staging', '--dry-run'));
    expect(dry.files).toEqual([]);
    expect(dry.run).toMatchObject({ code: 0, err: '' });
    expect(dry.run.out).toBe(`${(await promote(folder, 'checkout', '--to', 'staging')).out}Dry run: nothing was written.\n`);
  });

  test('several at once, those that are there already among them', async () => {
    const folder = await synthesizedShop();
    writeState(folder, 'dev', { checkout: '2', cart: '3', mailer: '4' });
    writeState(folder, 'staging', { cart: '3', mailer: '1' });
    await synth(folder);
    const { run, files } = await changed(folder, async () => promote(folder, 'mailer', 'cart', 'checkout', '--to', 'staging'));
    expect(run.out).toMatch(/^cart is at sha256:333333333333 in staging already\.\nmailer: 1\.1 .*\ncheckout: /);
    expect(files.filter(file => file.startsWith('dist/'))).toEqual(['dist/staging/checkout/Deployment.checkout.k8s.yaml', 'dist/staging/mailer/Deployment.mailer.k8s.yaml']);
    expect(stateOf(folder, 'staging').workloads.mailer.history).toEqual([released('mailer', '1')]);
    expect(stateOf(folder, 'staging').workloads.cart.since).toBe('2026-01-01T00:00:00Z');
  });

  test('the rest of a dirty checkout is left alone', async () => {
    const folder = await synthesizedShop();
    writeState(folder, 'dev', { checkout: '2' });
    write(folder, 'notes.txt', 'mine');
    fs.appendFileSync(path.join(folder, 'dist/staging/cart/Service.cart.k8s.yaml'), '# mine\n');
    git(folder, 'add', 'notes.txt');
    const staged = git(folder, 'diff', '--cached');
    const { run, files } = await changed(folder, async () => promote(folder, 'checkout', '--to', 'staging'));
    expect(run.code).toBe(0);
    expect(files).toEqual(['.fairway/shop.json', 'dist/staging/checkout/Deployment.checkout.k8s.yaml', 'releases/staging.json']);
    expect(git(folder, 'diff', '--cached')).toBe(staged);
  });

  test.each<[string, string, (file: string) => void]>([
    ['edited by hand', 'FW124', file => fs.appendFileSync(file, '# mine\n')],
    ['a link', 'FW122', file => { fs.rmSync(file); fs.symlinkSync('/dev/null', file); }],
  ])('a file that was %s is not overwritten', async (_, code, spoil) => {
    const folder = await synthesizedShop();
    writeState(folder, 'dev', { checkout: '2' });
    spoil(path.join(folder, 'dist/staging/checkout/Deployment.checkout.k8s.yaml'));
    const before = git(folder, 'status', '--porcelain', '-uall');
    const run = await promote(folder, 'checkout', '--to', 'staging');
    expect(run).toMatchObject({ code: 1, out: '' });
    expect(run.err).toMatch(code === 'FW124' ? /error FW124 {2}staging\/checkout/ : /error FW1\d\d/);
    expect(run.err).toContain(': nothing was written');
    expect(git(folder, 'status', '--porcelain', '-uall')).toBe(before);
  });

  test('a folder that a file of somebody else blocks', async () => {
    const folder = await synthesizedShop({ workloads: 'service(\'checkout\', { environments: [dev, staging] });' });
    writeState(folder, 'dev', { checkout: '2' });
    changeShop(folder, { workloads: 'service(\'checkout\', { environments: [dev, staging], host: undefined, serviceAccount: undefined }); service(\'extra\', { environments: [dev, staging] });' });
    write(folder, 'dist/staging/extra/Service.extra.k8s.yaml', 'mine');
    expect(await refused(folder, ['extra', '--to', 'staging'])).toContain('error FW123  staging/extra');
  });

  test('works without git', async () => {
    const folder = await synthesizedShop();
    fs.rmSync(path.join(folder, '.git'), { recursive: true });
    writeState(folder, 'dev', { checkout: '2' });
    expect(await promote(folder, 'checkout', '--to', 'staging')).toMatchObject({ code: 0 });
    expect(imageIn(folder, 'staging', 'checkout')).toBe(`ghcr.io/acme/checkout:1.2@${digest(2)}`);
  });

  test('into a repository that was never synthesized: its files alone', async () => {
    const folder = shopFolder();
    expect(await promote(folder, 'checkout', '--to', 'staging')).toMatchObject({ code: 0 });
    expect(Object.keys(contents(folder)).filter(file => file.startsWith('dist/')).map(file => path.dirname(file)).filter((f, i, all) => all.indexOf(f) === i)).toEqual(['dist/staging/checkout']);
    expect(await synth(folder)).toMatchObject({ code: 0, err: '' });
  });

  test('into other folders than the usual ones', async () => {
    const folder = await synthesizedShop();
    fs.rmSync(path.join(folder, 'main.js'));
    fs.mkdirSync(path.join(folder, 'deploy'));
    write(folder, 'deploy/cdk8s.yaml', 'app: node main.js\noutput: out/manifests\n');
    setProgram(path.join(folder, 'deploy'), shop({ platform: '{ name: \'shop\', root: \'..\', releases: \'deploy/state\', outdir: \'deploy/out\' }' }));
    await synth(path.join(folder, 'deploy'));
    const before = contents(folder);
    expect(await promote(path.join(folder, 'deploy'), 'checkout', '--to', 'staging')).toMatchObject({ code: 0 });
    const after = contents(folder);
    expect(Object.keys(after).filter(file => before[file] !== after[file])).toEqual(['deploy/state/staging.json']);
    expect(await changed(folder, async () => synth(path.join(folder, 'deploy')))).toMatchObject({ files: [] });
  });

  test('into an output folder outside of the root', async () => {
    const folder = await synthesizedShop();
    write(folder, 'cdk8s.yaml', 'app: node main.js\noutput: ../elsewhere\n');
    // A folder below the temporary one counts as temporary, unless the program names it itself.
    changeShop(folder, { platform: `{ name: 'shop', outdir: ${JSON.stringify(path.join(path.dirname(folder), 'elsewhere'))} }` });
    await synth(folder);
    writeState(folder, 'dev', { checkout: '2' });
    expect(await promote(folder, 'checkout', '--to', 'staging')).toMatchObject({ code: 0 });
    expect(fs.readFileSync(path.join(folder, '../elsewhere/staging/checkout/Deployment.checkout.k8s.yaml'), 'utf8')).toContain(digest(2));
    expect(imageIn(folder, 'staging', 'checkout')).toContain(digest(0));
  });
});

describe('a release that an automation has found', () => {
  test('moves on from where it enters', async () => {
    const folder = await synthesizedShop();
    write(folder, 'releases/dev.images.yaml', `checkout: ghcr.io/acme/checkout:3.0@${digest('b')} # {"$imagepolicy": "flux-system:checkout"}\n`);
    await synth(folder);
    expect(imageIn(folder, 'dev', 'checkout')).toBe(`ghcr.io/acme/checkout:3.0@${digest('b')}`);
    const run = await promote(folder, 'checkout', '--to', 'staging');
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(stateOf(folder, 'staging').workloads.checkout).toMatchObject({ tag: '3.0', digest: digest('b'), from: 'dev' });
    expect((await changed(folder, async () => synth(folder))).files).toEqual([]);
  });
});

describe('a release that enters', () => {
  const IMAGE = `ghcr.io/acme/checkout:2.0@${digest('a')}`;

  test('where the road begins', async () => {
    const folder = await synthesizedShop();
    const run = await promote(folder, 'checkout', '--to', 'dev', '--image', IMAGE, '--commit', COMMIT, '--source-repository', 'https://github.com/acme/checkout');
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(stateOf(folder, 'dev').workloads.checkout).toEqual({
      image: 'ghcr.io/acme/checkout',
      tag: '2.0',
      digest: digest('a'),
      source: { commit: COMMIT, repository: 'https://github.com/acme/checkout' },
      since: NOW,
      history: [{ image: 'ghcr.io/acme/checkout', tag: '1.0', digest: digest(0) }],
    });
    expect(imageIn(folder, 'dev', 'checkout')).toBe(IMAGE);
  });

  test('nowhere else, and no other image', async () => {
    const folder = await synthesizedShop();
    expect(await refused(folder, ['checkout', '--to', 'prod', '--image', IMAGE, '--commit', COMMIT]))
      .toContain('✗ Releases enter the road elsewhere: "prod" is promoted from "staging".\n    → Enter the release where the road begins');
    expect(await refused(folder, ['cart', '--to', 'dev', '--image', IMAGE, '--commit', COMMIT]))
      .toContain('✗ cart: The image "ghcr.io/acme/checkout" is of another repository than the program names, "ghcr.io/acme/cart".');
  });
});

describe('refuses', () => {
  const GUARDED = `
    const dev = environment('dev');
    const eu = environment('eu', { promotedFrom: [dev] });
    const us = environment('us', { promotedFrom: [dev] });
    const prod = environment('prod', { promotedFrom: [eu, us], protection: {
      approvals: { teams: ['acme/sre'], count: 2 }, soakTime: Duration.hours(24), requireHealth: true, requireAnalysis: ['errors'],
      allowedTimes: [TimeWindow.of({ schedule: '0 9 * * 1-4', duration: Duration.hours(7) })], freezes: [{ reason: 'Black Friday', until: '2026-11-30T00:00:00Z' }],
    } });
    const open = environment('open', { promotedFrom: [eu, us], protection: { approvals: { teams: ['acme/sre'], count: 2 } } });
    const lost = environment('lost');`;
  const SOME = 'service(\'checkout\', { environments: [dev, eu, us, prod, open] }); service(\'cart\', { environments: [dev, eu] }); service(\'tagged\', { image: fairway.Image.parse(\'app:1\'), environments: [dev, eu] });';
  const guarded = async () => synthesizedShop({ environments: GUARDED, workloads: SOME });

  test('all reasons together', async () => {
    const folder = await guarded();
    writeState(folder, 'eu', { checkout: released('checkout', '2', { since: '2026-11-27T09:00:00Z' }) });
    writeState(folder, 'us', { checkout: '3' });
    writeState(folder, 'prod', {}, { frozen: { reason: 'Incident 12.' } });
    expect(await refused(folder, ['checkout', '--from', 'eu', '--to', 'prod', '--passed', 'errors'])).toBe([
      'Nothing was written: there are 6 reasons against it.',
      '  ✗ checkout: "us" runs sha256:333333333333, not sha256:222222222222.',
      '    → Promote it to us first.',
      '  ✗ checkout: It runs in "eu" since 2026-11-27T09:00:00Z; the soak time is 1 day.',
      '    → Promote it after 2026-11-28T09:00:00Z.',
      '  ✗ "prod" is frozen by the program until 2026-11-30T00:00:00Z: Black Friday.',
      '    → Promote it after 2026-11-30T00:00:00Z, or take the freeze out of the program.',
      '  ✗ "prod" is frozen by its release state: Incident 12.',
      '    → Wait until the freeze is taken out of its release state.',
      '  ✗ Promotions are not allowed at this time.',
      '    → The next window opens at 2026-11-30T09:00:00Z.',
      '  ✗ It has to be healthy in the environments before, which nobody has vouched for.',
      '    → Look, and say so: --passed health',
      '',
    ].join('\n'));
  });

  test('nothing of it holds on the right day; approvals are only said', async () => {
    const folder = await guarded();
    writeState(folder, 'eu', { checkout: '2' });
    writeState(folder, 'us', { checkout: '2' });
    const args = ['promote', 'checkout', '--from', 'us', '--to', 'prod', '--passed', 'errors', 'health'];
    const run = await fairway(folder, args, { now: '2026-12-01T10:00:00Z' });
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(run.out).toContain('  ✓ checkout: It runs in "eu" and "us".\n');
    expect(run.out).toContain('The change has to be approved by 2 people of "acme/sre": they review the pull request.\n');
  });

  test.each<[string, string[], string]>([
    ['another road', ['checkout', '--from', 'dev', '--to', 'prod'], '✗ "prod" is not promoted from "dev", but from "eu" and "us".'],
    ['where releases enter', ['checkout', '--from', 'dev', '--to', 'lost'], '✗ "lost" is not promoted from "dev": releases enter there.'],
    ['where it does not run', ['cart', '--from', 'eu', '--to', 'open'], '✗ cart: "cart" does not run in "open".'],
    ['what runs in neither', ['cart', '--from', 'us', '--to', 'open'], '✗ cart: "cart" does not run in "us".\n    → Add the environment to the workload in the program, and promote the platform where that is pinned.\n  ✗ cart: "cart" does not run in "open".'],
    ['a tag', ['tagged', '--to', 'eu'], '✗ tagged: "tagged" runs no digest in "dev", only the tag "1": what that points at may change.\n    → Enter a release first: fairway promote <workload> --to dev'],
  ])('%s', async (_, args, message) => {
    expect(await refused(await guarded(), args)).toContain(message);
  });

  test('a freeze or a soak time says nothing of what is there already', async () => {
    const folder = await guarded();
    for (const name of ['eu', 'us', 'prod']) {
      writeState(folder, name, { checkout: '2' });
    }
    expect(await promote(folder, 'checkout', '--from', 'eu', '--to', 'prod')).toMatchObject({ code: 0, out: 'checkout is at sha256:222222222222 in prod already.\n' });
  });

  test('what the program itself refuses', async () => {
    const folder = await synthesizedShop();
    writeState(folder, 'dev', { checkout: '2' });
    changeShop(folder, { workloads: 'service(\'checkout\', { dependsOn: [\'nobody\'] });' });
    expect(await refused(folder, ['checkout', '--to', 'staging'])).toMatch(/error FW4\d\d {2}checkout[^]*: nothing was written/);
    changeShop(folder, { workloads: 'service(\'checkout\', { port: 0 });' });
    expect(await refused(folder, ['checkout', '--to', 'staging'])).toMatch(/error FW4\d\d/);
    setProgram(folder, 'process.exit(3);');
    expect(await refused(folder, ['checkout', '--to', 'staging'])).toBe('fairway: The program failed with exit code 3.\n');
  });

  test('a release state that cannot be read', async () => {
    const folder = await synthesizedShop();
    write(folder, 'releases/dev.json', '<<<<<<< HEAD\n');
    expect(await refused(folder, ['checkout', '--to', 'staging'])).toContain('error FW219');
  });

  test('an error elsewhere is no reason', async () => {
    const folder = await synthesizedShop();
    writeState(folder, 'dev', { checkout: '2' });
    changeShop(folder, { workloads: 'service(\'checkout\'); service(\'cart\', { dependsOn: [\'nobody\'] });' });
    expect(await promote(folder, 'checkout', '--to', 'staging')).toMatchObject({ code: 0 });
  });
});

describe('misuse', () => {
  const image = `ghcr.io/acme/checkout:2.0@${digest('a')}`;
  test.each<[string, string[], RegExp]>([
    ['nothing', ['--to', 'staging'], /Say what is to be promoted/],
    ['no target', ['checkout'], /required option '--to <environment>'/],
    ['all and some', ['checkout', '--all', '--to', 'staging'], /"names of workloads" and "--all" do not go together/],
    ['all and the platform', ['--platform', '--all', '--to', 'staging'], /"--all" and "--platform" do not go together/],
    ['one twice', ['checkout', 'checkout', '--to', 'staging'], /"checkout" is named twice/],
    ['an unknown workload', ['chekout', '--to', 'staging'], /no workload "chekout" here\. Did you mean "checkout"\? There are "cart", "checkout" and "mailer"/],
    ['an unknown environment', ['checkout', '--to', 'stagin'], /no environment "stagin" here\. Did you mean "staging"\?/],
    ['an unknown source', ['checkout', '--to', 'staging', '--from', 'prd'], /no environment "prd" here\. Did you mean "prod"\?/],
    ['no source', ['checkout', '--to', 'dev'], /"dev" is promoted from no other environment: releases enter here/],
    ['an image without commit', ['checkout', '--to', 'dev', '--image', image], /needs both --image and --commit/],
    ['a commit without image', ['checkout', '--to', 'dev', '--commit', COMMIT], /needs both --image and --commit/],
    ['a repository without image', ['checkout', '--to', 'staging', '--source-repository', 'x'], /needs both --image and --commit/],
    ['a commit that is none', ['checkout', '--to', 'dev', '--image', image, '--commit', 'main'], /"main" is no commit/],
    ['an image of several', ['checkout', 'cart', '--to', 'dev', '--image', image, '--commit', COMMIT], /An image is the release of one workload/],
    ['an image of the platform', ['--platform', '--to', 'dev', '--image', image, '--commit', COMMIT], /An image is the release of one workload/],
    ['an image and a source', ['checkout', '--from', 'dev', '--to', 'staging', '--image', image, '--commit', COMMIT], /"--image" and "--from" do not go together/],
    ['an image without digest', ['checkout', '--to', 'dev', '--image', 'ghcr.io/acme/checkout:2.0', '--commit', COMMIT], /has no digest/],
    ['an image that is none', ['checkout', '--to', 'dev', '--image', 'A B', '--commit', COMMIT], /The image "A B" is refused: /],
    ['an empty name', ['checkout', '--to', 'staging', '--passed', ''], /--passed is empty/],
    ['the prototype', ['__proto__', '--to', 'staging'], /no workload "__proto__"/],
    ['its constructor', ['checkout', '--to', 'constructor'], /no environment "constructor"/],
  ])('%s', async (_, args, message) => {
    const folder = await synthesizedShop();
    expect(await refused(folder, args, 2)).toMatch(message);
  });

  test('several sources need one', async () => {
    const folder = await synthesizedShop({ environments: 'const a = environment(\'a\'); const b = environment(\'b\'); environment(\'c\', { promotedFrom: [a, b] });' });
    expect(await refused(folder, ['checkout', '--to', 'c'], 2)).toBe('fairway: "c" is promoted from "a" and "b". Choose one: --from a.\n');
  });
});

describe('several platforms in one program', () => {
  const second = (name: string, workload: string) => shop({ platform: `{ name: '${name}', outdir: 'dist-${name}', releases: 'releases-${name}' }`, workloads: `service('${workload}');` });
  const both = (workload: string) => `{ ${second('one', 'checkout')} } { ${second('two', workload)} }`;

  test('the workload decides', async () => {
    const folder = shopFolder();
    setProgram(folder, both('cart'));
    await synth(folder);
    const { run, files } = await changed(folder, async () => promote(folder, 'cart', '--to', 'staging'));
    expect(run.code).toBe(0);
    expect(files).toEqual(['releases-two/staging.json']); // the digest is the same, so that only the state is new
    expect(await refused(folder, ['cart', 'checkout', '--to', 'staging'], 2)).toMatch(/No platform has the environment "staging" and "cart" and "checkout"/);
    expect(await refused(folder, ['--all', '--to', 'staging'], 2)).toMatch(/"staging" is there in the platforms "one" and "two"/);
    setProgram(folder, both('checkout'));
    expect(await refused(folder, ['checkout', '--to', 'staging'], 2)).toMatch(/"staging" is there in the platforms "one" and "two"/);
  });
});

describe('what is printed', () => {
  test('JSON is the result and nothing else', async () => {
    const folder = await synthesizedShop();
    writeState(folder, 'dev', { checkout: '2' });
    const run = await promote(folder, 'checkout', '--to', 'staging', '--format', 'json');
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(run.out)).toEqual({
      version: 1,
      command: 'promote',
      outcome: 'done',
      platform: 'shop',
      environment: 'staging',
      from: 'dev',
      releases: [{
        workload: 'checkout',
        from: { image: 'ghcr.io/acme/checkout', tag: '1.0', digest: digest(0), source: null },
        to: { image: 'ghcr.io/acme/checkout', tag: '1.2', digest: digest(2), source: { commit: COMMIT } },
      }],
      program: null,
      already: [],
      gates: [],
      approvals: null,
      refusals: [],
      notes: [],
      findings: [],
      state: 'releases/staging.json',
      files: { written: ['dist/staging/checkout/Deployment.checkout.k8s.yaml'], removed: [], unchanged: 4 },
      changes: [{
        workload: 'checkout',
        kind: 'changed',
        object: 'Deployment checkout',
        fields: [
          { kind: 'changed', path: 'metadata.labels["app.kubernetes.io/version"]', before: '1.0', after: '1.2' },
          { kind: 'changed', path: 'spec.template.metadata.labels["app.kubernetes.io/version"]', before: '1.0', after: '1.2' },
          expect.objectContaining({ path: 'spec.template.spec.containers[checkout].image' }),
        ],
      }],
    });
  });

  test('JSON of a refusal', async () => {
    const folder = await synthesizedShop();
    writeState(folder, 'staging', {}, { frozen: { reason: 'x' } });
    const run = await promote(folder, 'checkout', '--to', 'staging', '--format', 'json');
    expect(run.code).toBe(1);
    expect(JSON.parse(run.out)).toMatchObject({
      outcome: 'refused', gates: [{ gate: 'freeze', subject: null, passed: false }], refusals: [{ message: '"staging" is frozen by its release state: x.', remedy: expect.any(String) }],
    });
    expect(run.err).toContain('frozen by its release state');
  });

  test('Markdown takes no text for mark-up', async () => {
    const folder = await synthesizedShop();
    writeState(folder, 'dev', { checkout: released('checkout', '2', { source: { commit: COMMIT, repository: '<img src=x>|@team' } }) });
    const run = await promote(folder, 'checkout', '--to', 'staging', '--format', 'markdown', '--dry-run');
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(run.out).not.toMatch(/<img|@team/);
    expect(run.out).toContain('## Promote to <code>staging</code> from <code>dev</code>\n');
    expect(run.out).toContain('```diff\n@@ Deployment checkout @@\n! metadata.labels');
  });

  test('a reason that would move the cursor is escaped', async () => {
    const folder = await synthesizedShop();
    writeState(folder, 'staging', {}, { frozen: { reason: '\u001b[2J\u202e' } });
    expect(await refused(folder, ['checkout', '--to', 'staging'])).not.toMatch(/[\u001b\u202e]/); // eslint-disable-line no-control-regex
  });
});

test('two at once both arrive', async () => {
  const folder = await synthesizedShop();
  writeState(folder, 'dev', { checkout: '2', cart: '3', mailer: '4' });
  const run = async (workload: string) => execute('node', [fairwayScript(), 'promote', workload, '--to', 'staging'], { cwd: folder, env: cleanEnvironment() });
  const runs = await Promise.all(['checkout', 'cart', 'mailer'].map(run));
  expect(runs.map(({ code, err }) => ({ code, err }))).toEqual(runs.map(() => ({ code: 0, err: '' })));
  expect(['checkout', 'cart', 'mailer'].map(workload => imageIn(folder, 'staging', workload)!.slice(-1))).toEqual(['2', '3', '4']);
  expect(Object.keys(stateOf(folder, 'staging').workloads)).toEqual(['cart', 'checkout', 'mailer']);
  expect(fs.readdirSync(path.join(folder, '.fairway'))).toEqual(['shop.json']);
});

test('nothing stays in the temporary folder', async () => {
  const folder = await synthesizedShop();
  const temporary = newFolder();
  writeState(folder, 'dev', { checkout: '2' });
  expect(await execute('node', [fairwayScript(), 'promote', 'checkout', '--to', 'staging'], { cwd: folder, env: cleanEnvironment({ TMPDIR: temporary }) })).toMatchObject({ code: 0, err: '' });
  expect(fs.readdirSync(temporary)).toEqual([]);
  expect(os.tmpdir()).not.toBe(temporary);
});
