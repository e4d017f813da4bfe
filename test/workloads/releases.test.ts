import * as fs from 'fs';
import * as path from 'path';
import { codes, findingsOf } from '../support/findings';
import { newFolder } from '../support/folders';
import { DIGEST, environment, image, manifest, pod, service, worker } from '../support/model';
import { newPlatform } from '../support/platform';
import { Diagnostics, Environment, Image, Platform, ScheduledTask } from 'cdk8s-fairway';

/* What runs in an environment, as `releases/<environment>.json` says. */

const RELEASED = `sha256:${'1'.repeat(64)}`;
const SINCE = '2026-11-27T10:00:00Z';

interface World {
  readonly platform: Platform;
  readonly dev: Environment;
  readonly prod: Environment;
}

/** dev → prod, where prod runs the given releases. */
function world(workloads: Record<string, object>): World {
  const root = newFolder();
  fs.mkdirSync(path.join(root, 'releases'));
  const full = Object.fromEntries(Object.entries(workloads).map(([name, release]) => [name, { image: 'ghcr.io/acme/app', digest: RELEASED, since: SINCE, ...release }]));
  fs.writeFileSync(path.join(root, 'releases/prod.json'), JSON.stringify({ version: 1, environment: 'prod', workloads: full }));
  const platform = newPlatform(root);
  const dev = environment(platform, 'dev');
  return { platform, dev, prod: environment(platform, 'prod', { promotedFrom: [dev] }) };
}

const imageIn = (of: Environment, workload = 'app') => pod(of, workload).spec.containers[0].image;

describe('the digest of the state', () => {
  test('runs in its environment only', () => {
    const { platform, dev, prod } = world({ app: { tag: '1.3.0' } });
    service(platform);
    worker(platform, 'job', { image: image() });
    expect(imageIn(dev)).toBe(`ghcr.io/acme/app:1.4.2@${DIGEST}`);
    expect(imageIn(prod)).toBe(`ghcr.io/acme/app:1.3.0@${RELEASED}`);
    expect([imageIn(dev, 'job'), imageIn(prod, 'job')]).toEqual([`ghcr.io/acme/app:1.4.2@${DIGEST}`, `ghcr.io/acme/app:1.4.2@${DIGEST}`]);
  });

  test('wins over an override', () => {
    const { platform, prod } = world({ app: { tag: '1.3.0' } });
    service(platform, 'app', { overrides: { prod: { image: Image.of('ghcr.io/acme/app', { tag: '1.2.0', digest: DIGEST }) } } });
    expect(imageIn(prod)).toBe(`ghcr.io/acme/app:1.3.0@${RELEASED}`);
  });

  test('brings its tag along, in the label of the version', () => {
    const { platform, dev, prod } = world({ app: { tag: '1.3.0' } });
    service(platform);
    const versions = (of: Environment) => [manifest(of, 'app', 'Deployment'), pod(of)].map(({ metadata }) => metadata.labels['app.kubernetes.io/version']);
    expect(new Set(versions(dev).filter(version => version !== undefined))).toEqual(new Set(['1.4.2']));
    expect(new Set(versions(prod).filter(version => version !== undefined))).toEqual(new Set(['1.3.0']));
    expect(versions(prod)[0]).toBe('1.3.0');
  });

  test('without a tag does not take the tag of the program', () => {
    const { platform, prod } = world({ app: {} });
    service(platform);
    expect(imageIn(prod)).toBe(`ghcr.io/acme/app@${RELEASED}`);
    expect(manifest(prod, 'app', 'Deployment').metadata.labels['app.kubernetes.io/version']).not.toBe('1.4.2');
  });

  test('runs in tasks', () => {
    const { platform, prod } = world({ task: { tag: '1.3.0' } });
    new ScheduledTask(platform, 'task', { image: image(), schedule: '@daily' });
    expect(manifest(prod, 'task', 'CronJob').spec.jobTemplate.spec.template.spec.containers[0].image).toBe(`ghcr.io/acme/app:1.3.0@${RELEASED}`);
  });

  test('is what FW303 asks for', () => {
    const open = world({});
    worker(open.platform, 'app', { image: Image.of('ghcr.io/acme/app', { tag: '1.4.2' }) });
    expect(codes(open.platform.check())).toEqual(['FW303']);
    const released = world({ app: { tag: '1.3.0' } });
    worker(released.platform, 'app', { image: Image.of('ghcr.io/acme/app', { tag: '1.4.2' }) });
    expect(released.platform.check()).toEqual([]);
  });

  test.each(['GHCR.io/acme/APP', 'ghcr.io/acme/app:1.0', 'a b', '$(x)', '../app', `a@${DIGEST}`, 'x'.repeat(100_000), '\u001b[31m'])('of the image %p is a finding', name => {
    const { platform } = world({ app: { image: name } });
    worker(platform, 'app');
    const findings = findingsOf(() => platform.synth());
    expect(findings.map(f => f.severity)).toContain('error');
    findings.forEach(f => expect(f.message).not.toMatch(/Cannot read|\p{Cc}/u));
  });
});

describe('FW220', () => {
  test.each<[string, string, (world: World) => void]>([
    ['no workload', 'which is no workload', ({ platform }) => worker(platform, 'job')],
    ['a workload that does not run there', 'which does not run there', ({ platform, dev }) => worker(platform, 'app', { environments: [dev] })],
  ])('%s', (_, said, declare) => {
    const made = world({ app: { tag: '1.3.0' } });
    declare(made);
    expect(made.platform.check()).toEqual([expect.objectContaining({ code: 'FW220', severity: 'warning', path: 'prod', message: expect.stringContaining(said) })]);
    expect(made.platform.check()[0].acknowledged).toBeUndefined();
  });

  test('acknowledged', () => {
    const { platform, prod } = world({ app: {} });
    worker(platform, 'job');
    Diagnostics.of(prod).acknowledge('FW220', 'It comes back next week.');
    expect(platform.check()).toEqual([expect.objectContaining({ code: 'FW220', acknowledged: 'It comes back next week.' })]);
  });

  test('is not found for what is there', () => {
    const { platform } = world({ app: {} });
    worker(platform, 'app');
    expect(platform.check()).toEqual([]);
  });
});

describe('FW221', () => {
  const moved = Image.of('ghcr.io/acme/new', { tag: '2.0.0', digest: DIGEST });

  test('a release of another repository', () => {
    const { platform } = world({ app: { tag: '1.3.0' } });
    worker(platform, 'app', { image: moved });
    const [finding, ...others] = platform.check();
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: 'FW221', severity: 'error', path: 'app' });
    expect(finding.message).toMatch(/"ghcr\.io\/acme\/app".*"ghcr\.io\/acme\/new"/);
    expect(findingsOf(() => platform.synth())).toEqual([finding]);
  });

  test('cannot be acknowledged', () => {
    const { platform } = world({ app: {} });
    const app = worker(platform, 'app', { image: moved });
    Diagnostics.of(app).acknowledge('FW221', 'It is the same.');
    expect(codes(findingsOf(() => platform.synth()))).toContain('FW221');
  });

  test('is mended by the image as it was, in that environment', () => {
    const { platform, prod } = world({ app: { tag: '1.3.0' } });
    worker(platform, 'app', { image: moved, overrides: { prod: { image: image() } } });
    expect(platform.check()).toEqual([]);
    expect(imageIn(prod)).toBe(`ghcr.io/acme/app:1.3.0@${RELEASED}`);
  });
});

describe('FW222', () => {
  function gap(acknowledge: boolean): Platform {
    const { platform, prod } = world({});
    const app = worker(platform, 'app', { environments: [prod] });
    if (acknowledge) {
      Diagnostics.of(app).acknowledge('FW222', 'Tested by hand.');
    }
    return platform;
  }

  test('a workload that runs nowhere before', () => {
    expect(gap(false).check()).toEqual([expect.objectContaining({ code: 'FW222', severity: 'warning', path: 'app', message: expect.stringContaining('"dev"') })]);
  });

  test('acknowledged', () => {
    expect(gap(true).check()).toEqual([expect.objectContaining({ code: 'FW222', acknowledged: 'Tested by hand.' })]);
  });

  test('one way is enough', () => {
    const platform = newPlatform();
    const sources = [environment(platform, 'a'), environment(platform, 'b')];
    const prod = environment(platform, 'prod', { promotedFrom: sources });
    worker(platform, 'app', { environments: [sources[1], prod] });
    expect(platform.check()).toEqual([]);
  });
});
