import * as fs from 'fs';
import * as path from 'path';
import * as fc from 'fast-check';
import { codes } from '../support/findings';
import { newFolder } from '../support/folders';
import { expectFinding, expectNoTypeError, expectWellSaid, titled } from '../support/misuse';
import { container, environment, image, service } from '../support/model';
import { newPlatform } from '../support/platform';
import { Environment, Platform } from 'cdk8s-fairway';

const D = (digit: string) => `sha256:${digit.repeat(64)}`;
const LINE = `app: ghcr.io/acme/app:1.5.0@${D('1')} # {"$imagepolicy": "flux-system:acme-dev-app"}\n`;

/** A platform whose folder of releases has some files. */
function platformWith(files: Record<string, string>): Platform {
  const root = newFolder();
  fs.mkdirSync(path.join(root, 'releases'));
  Object.entries(files).forEach(([name, text]) => fs.writeFileSync(path.join(root, 'releases', name), text));
  return newPlatform(root);
}

function devWith(files: Record<string, string>): { platform: Platform; dev: Environment } {
  const platform = platformWith(files);
  const dev = environment(platform, 'dev');
  service(platform, 'app', { image: image('app') });
  return { platform, dev };
}

const stateWith = (digest: string) => JSON.stringify({
  version: 1, environment: 'dev', workloads: { app: { image: 'ghcr.io/acme/app', digest, tag: '1.4.0', since: '2026-11-01T00:00:00Z' } },
});

test('what an automation has found runs where releases enter', () => {
  const { platform, dev } = devWith({ 'dev.images.yaml': LINE });
  expect(container(dev).image).toBe(`ghcr.io/acme/app:1.5.0@${D('1')}`);
  expect(codes(platform.check())).not.toContain('FW227');
});

test('an entry of the release state goes before the line, and a warning says so', () => {
  const { platform, dev } = devWith({ 'dev.images.yaml': LINE, 'dev.json': stateWith(D('2')) });
  expect(container(dev).image).toBe(`ghcr.io/acme/app:1.4.0@${D('2')}`);
  const finding = platform.check().find(each => each.code === 'FW227')!;
  expectWellSaid(finding);
  expect(codes(devWith({ 'dev.images.yaml': LINE, 'dev.json': stateWith(D('1')) }).platform.check())).not.toContain('FW227');
});

test('a registry with a port, and an image without a tag', () => {
  const { dev, platform } = devWith({ 'dev.images.yaml': `app: localhost:5000/acme/app@${D('1')}\n` });
  expect(container(dev).image).toBe(`localhost:5000/acme/app@${D('1')}`);
  expect(codes(platform.check())).toContain('FW221'); // another repository than the program
});

test('a line of what does not run there is a warning', () => {
  const { platform } = devWith({ 'dev.images.yaml': `${LINE}gone: ghcr.io/acme/gone:1@${D('1')}\n` });
  expect(platform.check().filter(each => each.code === 'FW226').map(each => each.message)).toEqual([expect.stringContaining('"gone"')]);
});

test('an empty file is as good as none', () => {
  expect(container(devWith({ 'dev.images.yaml': '# nothing yet\n' }).dev).image).toBe(image('app').reference);
});

test('a file where no release enters is refused', () => {
  const platform = platformWith({ 'prod.images.yaml': LINE });
  const dev = environment(platform, 'dev');
  expectFinding(() => environment(platform, 'prod', { promotedFrom: [dev] }), 'FW225', 'prod');
});

test.each(titled([
  '- app', 'app', '3', 'app: ghcr.io/acme/app:1.5.0', `app: ghcr.io/acme/app:latest@${D('1')}`, 'app: 1', 'app: null', 'app: {image: x}', `app: @${D('1')}`,
  `app: "a b@${D('1')}"`, 'app: ghcr.io/acme/app:1@sha256:12', `${LINE}${LINE}`, `<<<<<<< HEAD\n${LINE}=======\n${LINE}>>>>>>> b\n`, `App: ghcr.io/acme/app:1@${D('1')}`,
  `__proto__: ghcr.io/acme/app:1@${D('1')}`, `constructor: ghcr.io/acme/app:1@${D('1')}`, `app: &a ghcr.io/acme/app:1@${D('1')}\nweb: *a`, '\0', 'app: [', 'a: b: c',
  `${LINE}---\n${LINE}`, 'app: !!js/function \'x\'', `app: ${'x'.repeat(100_000)}@${D('1')}`,
]))('a file that is none is refused: %s', (_, text) => {
  expectFinding(() => devWith({ 'dev.images.yaml': text }), 'FW224', 'dev');
});

test('a folder in place of the file is refused', () => {
  const platform = platformWith({});
  fs.mkdirSync(path.join(platform.root, 'releases/dev.images.yaml'));
  expectFinding(() => environment(platform, 'dev'), 'FW224');
});

test('never: text that is half understood', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('a', ':', ' ', '@', '\n', '#', '-', '"', '{', '&', '*', '!') })), text => {
    expectNoTypeError(() => devWith({ 'dev.images.yaml': text }));
  }), { numRuns: 60 });
});
