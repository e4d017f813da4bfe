import * as fc from 'fast-check';
import { findingsOf } from '../support/findings';
import { expectFinding, expectWellSaid, NO_TEXT, titled } from '../support/misuse';
import { DIGEST, environment, image, service, worker } from '../support/model';
import { newPlatform } from '../support/platform';
import { Image } from 'cdk8s-fairway';

const HEX = '0'.repeat(64);

test.each<[string, string, string | undefined, string | undefined]>([
  ['redis:8', 'redis', '8', undefined],
  [`redis@${DIGEST}`, 'redis', undefined, DIGEST],
  [`redis:8@${DIGEST}`, 'redis', '8', DIGEST],
  ['library/redis:8', 'library/redis', '8', undefined],
  ['ghcr.io/acme/checkout:1.4.2', 'ghcr.io/acme/checkout', '1.4.2', undefined],
  ['localhost/app:1', 'localhost/app', '1', undefined],
  ['localhost:5000/app:1', 'localhost:5000/app', '1', undefined],
  [`registry:5000/app@${DIGEST}`, 'registry:5000/app', undefined, DIGEST],
  ['10.0.0.1:5000/a/b/c:1', '10.0.0.1:5000/a/b/c', '1', undefined],
  ['[2001:db8::1]:5000/app:1', '[2001:db8::1]:5000/app', '1', undefined],
  ['[::1]/app:1', '[::1]/app', '1', undefined],
  ['GHCR.io/acme/app:1', 'GHCR.io/acme/app', '1', undefined],
  ['a/b__c/d-e/f--g/h.i/j_k:1', 'a/b__c/d-e/f--g/h.i/j_k', '1', undefined],
  ['host:5000', 'host', '5000', undefined], // as in distribution/reference: without a slash it is a tag
  ['app:V1.0_rc-1', 'app', 'V1.0_rc-1', undefined],
  [`app:${'a'.repeat(128)}`, 'app', 'a'.repeat(128), undefined],
  ['app:_1', 'app', '_1', undefined],
  ['app:Latest', 'app', 'Latest', undefined],
])('%s', (reference, repository, tag, digest) => {
  const parsed = Image.parse(reference);
  expect({ repository: parsed.repository, tag: parsed.tag, digest: parsed.digest }).toEqual({ repository, tag, digest });
  expect(parsed.reference).toBe(reference);
  expect(Image.of(repository, { tag, digest }).reference).toBe(reference);
});

describe('FW301: what no registry accepts', () => {
  test.each(titled<any>([
    '', ':1', '@', `@${DIGEST}`, 'app:', 'app@', `app:@${DIGEST}`, `app:1@${DIGEST}@${DIGEST}`, 'app:1:2', 'a//b:1', '/app:1', 'app/:1', 'host:5000/:1',
    'App:1', 'Acme/app:1', 'ghcr.io/Acme/app:1', 'a..b:1', 'a___b:1', '-a:1', 'a-:1', 'a_:1', '.a:1', 'ä:1', 'a b:1', ' app:1', 'app:1 ', 'app:1\n', 'app\u0000:1',
    'https://ghcr.io/acme/app:1', 'docker://app:1', 'ghcr.io:x/app:1', 'ghcr.io:/app:1', '-host.com/app:1', 'host-.com/app:1', 'host..com/app:1', '[::1/app:1', '[g::1]/app:1',
    'app:-1', 'app:.1', `app:${'a'.repeat(129)}`, 'app:ä', 'app:$(TAG)', 'app:${TAG}',
    'app@sha256:', `app@sha256:${HEX}0`, `app@sha256:${HEX.slice(1)}`, `app@SHA256:${HEX}`, `app@sha256:${'A'.repeat(64)}`, `app@sha512:${HEX}${HEX}`, `app@${HEX}`, `app@sha256:${HEX}\n`,
    `${HEX}:1`, `${'a'.repeat(256)}:1`, `${'a/'.repeat(200)}a:1`, `${'a'.repeat(1_000_000)}:1`, `${'a-'.repeat(100_000)}:1`, `${'a.'.repeat(100_000)}/x:1`, `${'@'.repeat(1000)}`,
    ...NO_TEXT,
  ]))('%s', (_, reference) => {
    expectFinding(() => Image.parse(reference as any), 'FW301');
  });

  test.each<[unknown, any]>([
    ['app:1', { tag: '1' }], ['app', { tag: '' }], ['app', { tag: 1.4 }], ['app', { tag: null }], ['app', { tag: {} }], ['app', { digest: '' }], ['app', { digest: 5 }], ['app', { tag: '1', digest: null }],
    ['', { tag: '1' }], ['', undefined], ...NO_TEXT.map((x): [unknown, any] => [x, { tag: '1' }]), [undefined, { tag: '1' }],
  ])('the parts %p and %p', (repository, version) => {
    expectFinding(() => Image.of(repository as any, version), 'FW301');
  });

  test.each(titled<any>([undefined, null, 'nginx:1.27', {}, { repository: 'nginx', tag: '1' }, 5, ['nginx:1']]))('%s instead of an Image', (_, wrong) => {
    expectFinding(() => service(newPlatform(), 'app', { image: wrong as any }), 'FW301', 'app');
    expectFinding(() => worker(newPlatform(), 'job', { image: wrong as any }), 'FW301', 'job');
  });

  test.each(titled<any>([null, 'nginx:1.27', {}, 5]))('%s instead of an Image in an override', (_, wrong) => {
    expectFinding(() => service(newPlatform(), 'app', { overrides: { prod: { image: wrong as any } } }), 'FW301', 'app');
  });
});

describe('FW302: an image that follows latest', () => {
  test.each(['app', 'ghcr.io/acme/app', 'host:5000/app', 'app:1/2', 'app:latest', `app:latest@${DIGEST}`])('%s', reference => {
    expectFinding(() => Image.parse(reference), 'FW302');
  });

  test.each(titled<any>([undefined, null, {}, { tag: undefined }, { tag: 'latest' }, { tag: 'latest', digest: DIGEST }]))('version %s', (_, version) => {
    expectFinding(() => Image.of('app', version), 'FW302');
  });
});

describe('FW303: an image without a digest at the end of the road', () => {
  const tagged = Image.of('app', { tag: '1' });

  test('is a warning for each final environment, and for no other', () => {
    const platform = newPlatform();
    const dev = environment(platform, 'dev');
    environment(platform, 'eu', { promotedFrom: [dev] });
    environment(platform, 'us', { promotedFrom: [dev] });
    service(platform, 'app', { image: tagged });
    expect(platform.check()).toMatchObject([
      { code: 'FW303', severity: 'warning', path: 'app', message: expect.stringContaining('"eu"') },
      { code: 'FW303', severity: 'warning', path: 'app', message: expect.stringContaining('"us"') },
    ]);
  });

  test.each<[string, Image, Image, string[]]>([
    ['an override with a digest', tagged, image(), []],
    ['an override without one', image(), tagged, ['FW303']],
  ])('goes by %s', (_, base, override, expected) => {
    const platform = newPlatform();
    environment(platform, 'prod');
    service(platform, 'app', { image: base, overrides: { prod: { image: override } } });
    expect(platform.check().map(f => f.code)).toEqual(expected);
  });
});

describe('property', () => {
  const alphanumeric = fc.stringMatching(/^[a-z0-9]{1,8}$/);
  const component = fc.tuple(alphanumeric, fc.array(fc.tuple(fc.constantFrom('.', '_', '__', '-', '--'), alphanumeric), { maxLength: 2 }))
    .map(([first, rest]) => first + rest.flat().join(''));
  const label = fc.stringMatching(/^[a-zA-Z0-9]([a-zA-Z0-9-]{0,5}[a-zA-Z0-9])?$/);
  const host = fc.oneof(
    fc.constant('localhost'),
    fc.tuple(label, label).map(labels => labels.join('.')),
    fc.ipV4(),
    fc.constantFrom('[::1]', '[2001:db8::1]'),
  );
  const registry = fc.option(fc.tuple(host, fc.option(fc.nat(65535))).map(([name, port]) => port === null ? name : `${name}:${port}`));
  const repository = fc.tuple(registry, fc.array(component, { minLength: 1, maxLength: 4 }))
    .filter(([first, path]) => first !== null || path.length === 1 || !/[.]|^localhost$/.test(path[0])) // that would be a host
    .map(([first, path]) => [...first === null ? [] : [first], ...path].join('/'));
  const tag = fc.stringMatching(/^\w[\w.-]{0,20}$/).filter(text => text !== 'latest');
  const digest = fc.stringMatching(/^[a-f0-9]{64}$/).map(text => `sha256:${text}`);
  const version = fc.oneof(fc.record({ tag }), fc.record({ digest }), fc.record({ tag, digest }));

  test('what is written is read as it was', () => {
    fc.assert(fc.property(repository, version, (name, of) => {
      const written = Image.of(name, of);
      const { repository: read, tag: readTag, digest: readDigest } = Image.parse(written.reference);
      expect({ read, readTag, readDigest }).toEqual({ read: name, readTag: (of as any).tag, readDigest: (of as any).digest });
    }));
  });

  test('any text is read as it was, or refused by a finding', () => {
    const piece = fc.constantFrom('a', 'A', '0', ':', '/', '@', '.', '-', '_', '[', ']', '\n', 'sha256:', HEX, 'latest', 'localhost', 'ä');
    fc.assert(fc.property(fc.oneof(fc.string(), fc.array(piece).map(pieces => pieces.join(''))), text => {
      let parsed: Image;
      try {
        parsed = Image.parse(text);
      } catch {
        const [finding] = findingsOf(() => Image.parse(text));
        expect(['FW301', 'FW302']).toContain(finding.code);
        expectWellSaid(finding);
        return;
      }
      expect(parsed.reference).toBe(text);
    }), { numRuns: 2000 });
  });
});
