import * as fc from 'fast-check';
import { expectFinding, NO_TEXT, titled, withEach } from '../support/misuse';
import '../support/properties';
import { ApplicationSource } from 'cdk8s-fairway';

/* Where an application comes from: always one version, never with credentials. */

const { helm, kustomize, directory, oci } = ApplicationSource;
const CHART = { repository: 'https://charts.example.com', chart: 'podinfo', version: '6.9.2' };
const DIGEST = `sha256:${'a'.repeat(64)}`;

test.each<[string, any]>([
  ['a chart', { ...CHART, values: { a: { b: [1, null] } }, releaseName: 'info', skipCrds: true }],
  ['a chart with a v', { ...CHART, version: 'v1.18.2' }],
  ['a chart before its release', { ...CHART, version: '2.0.0-rc.1+build.5' }],
  ['a chart in a registry', { ...CHART, repository: 'oci://ghcr.io/acme/charts' }],
  ['a chart with a port', { ...CHART, repository: 'https://charts.example.com:8443/a/b/' }],
])('%s', (_, options) => expect(helm(options)._plan).toMatchObject(options));

test('plain data, copied', () => {
  const values = { a: { b: 1 } };
  const plan = helm({ ...CHART, values })._plan;
  values.a.b = 2;
  expect(plan).toEqual({ kind: 'helm', ...CHART, values: { a: { b: 1 } }, releaseName: undefined, skipCrds: false });
  expect(JSON.parse(JSON.stringify(plan))).toEqual({ kind: 'helm', ...CHART, values: { a: { b: 1 } }, skipCrds: false });
});

describe('FW580: charts', () => {
  const refuse = (options: any): void => void expectFinding(() => helm(options), 'FW580', '');
  test.each(titled<any>([
    '', 'charts.example.com', 'http://charts.example.com', 'git://a/b', 'https://', 'https://user:secret@charts.example.com', 'https://token@charts.example.com', 'https://charts.example.com?token=a',
    'https://charts.example.com#a', 'https://charts.example.com/*', 'https://a b', 'oci://user@ghcr.io/a', ...NO_TEXT, undefined,
  ]))('the repository %s', (_, repository) => refuse({ ...CHART, repository }));
  test.each(titled<any>(['', 'a/b', '../a', 'A', '-a', 'a b', 'a\n', ...NO_TEXT, undefined]))('the chart %s', (_, chart) => refuse({ ...CHART, chart }));
  test.each(titled<any>(['', 'A', 'a.b', '-a', 'a'.repeat(54), null, 5]))('the release %s', (_, releaseName) => refuse({ ...CHART, releaseName }));
  test.each(titled<any>(['text', 5, [], null, () => 1, JSON.parse('{"a": {"constructor": 1}}'), JSON.parse('{"__proto__": {}}')]))('values %s', (_, values) => refuse({ ...CHART, values }));
  test.each(titled<any>(['yes', 0, null]))('skipCrds %s', (_, skipCrds) => refuse({ ...CHART, skipCrds }));
  test('values in a ring', () => {
    const values: any = {};
    values.self = values;
    refuse({ ...CHART, values });
  });
  test.each<any>([undefined, null, {}, 5])('options %p', refuse);
});

describe('FW581: versions that move', () => {
  test.each(titled<any>(['', '6', '6.9', '6.x', '^6.9.2', '~6.9.2', '>=6.9.2', '6.9.2 || 6.9.3', '=6.9.2', ' 6.9.2', '6.9.2\n', '*', 'latest', '6.9.2\n7.0.0', ...NO_TEXT, undefined]))('of a chart: %s', (_, version) => {
    expectFinding(() => helm({ ...CHART, version }), 'FW581', '');
  });
  test.each(titled<any>(['', 'latest', 'main', '1.4', '1.x', 'sha256:abc', `sha512:${'a'.repeat(128)}`, DIGEST.toUpperCase(), ...NO_TEXT, undefined]))('of an artifact: %s', (_, revision) => {
    expectFinding(() => oci({ repository: 'oci://ghcr.io/acme/manifests', revision }), 'FW581', '');
  });
});

describe('FW580: folders and artifacts', () => {
  const refuse = (options: any) => [kustomize, directory].forEach(make => expectFinding(() => make(options), 'FW580', ''));
  test.each(titled<any>(['', '/etc', '..', '../a', 'a/../../b', 'a/..', 'a\\b', 'a\nb', 'a*', ...NO_TEXT, undefined]))('the path %s', (_, path) => refuse({ path }));
  test.each(titled<any>(['', 'acme/platform', 'http://github.com/a/b', 'https://user:pw@github.com/a/b', 'https://github.com', '*', 5, null, {}]))('the repository %s', (_, repository) => {
    refuse({ path: 'a', repository, revision: 'v1.0.0' });
  });
  test.each(titled<any>(['', 'a b', 'a~1', 'a^', 'a:b', 'a?', 'a*', '[a', 'a\\b', 'a\n', 5, null, {}]))('the revision %s', (_, revision) => refuse({ path: 'a', revision }));
  test('another repository without a revision', () => refuse({ path: 'a', repository: 'https://github.com/a/b' }));
  test.each(titled<any>(['', 'https://ghcr.io/a', 'oci://', 'oci://user:pw@ghcr.io/a', ...NO_TEXT, undefined]))('the artifact %s', (_, repository) => {
    expectFinding(() => oci({ repository, revision: DIGEST }), 'FW580', '');
  });
  test.each(titled<any>(['', '/a', '../a', 5, null]))('the path %s in an artifact', (_, path) => {
    expectFinding(() => oci({ repository: 'oci://ghcr.io/a/b', revision: DIGEST, path }), 'FW580', '');
  });
});

describe('overrides', () => {
  test('maps are merged, everything else is replaced', () => {
    const source = helm({ ...CHART, values: { a: { b: 1, c: [1, 2] }, d: 1, e: null } });
    expect(source._with('7.0.0', { a: { c: [3] }, d: { f: 1 } })._plan).toMatchObject({ version: '7.0.0', values: { a: { b: 1, c: [3] }, d: { f: 1 }, e: null } });
    expect(source._plan).toMatchObject({ version: '6.9.2', values: { d: 1 } }); // it is as it was
  });

  test('of folders and artifacts: the revision alone', () => {
    expect(directory({ path: 'a' })._with('v2.0.0', undefined)._plan).toMatchObject({ revision: 'v2.0.0' });
    expect(oci({ repository: 'oci://ghcr.io/a/b', revision: '1.0.0' })._with(DIGEST, undefined)._plan).toMatchObject({ revision: DIGEST });
    expectFinding(() => oci({ repository: 'oci://ghcr.io/a/b', revision: '1.0.0' })._with('latest', undefined), 'FW581', '');
    expectFinding(() => directory({ path: 'a' })._with(undefined, {}), 'FW580', '');
  });

  test('a key of an override is never lost, and one of the source only where it is overridden', () => {
    const maps = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(fc.integer(), fc.dictionary(fc.constantFrom('x', 'y'), fc.integer())));
    fc.assert(fc.property(maps, maps, (base, over) => {
      const { values } = helm({ ...CHART, values: base })._with(undefined, over)._plan as any;
      const isMap = (value: unknown) => typeof value === 'object';
      for (const key of new Set([...Object.keys(base), ...Object.keys(over)])) {
        const both = isMap(over[key]) && isMap(base[key]) ? { ...base[key] as object, ...over[key] as object } : over[key];
        const expected = key in over ? both : base[key];
        expect(values[key]).toEqual(expected);
      }
    }));
  });
});

const VALUES: any[] = [undefined, null, '', 'text', 0, NaN, true, 10n, Symbol('s'), () => 'x', [], [null], {}, { a: 1 }, Object.create(null), new Map(), new Date(0), /x/];

test('whatever a program in JavaScript passes is refused, or works', () => {
  withEach(VALUES, ['repository', 'chart', 'version', 'values', 'releaseName', 'skipCrds'], CHART, helm);
  withEach(VALUES, ['repository', 'path', 'revision'], { path: 'a' }, kustomize);
  withEach(VALUES, ['repository', 'path', 'revision'], { path: 'a' }, directory);
  withEach(VALUES, ['repository', 'path', 'revision'], { repository: 'oci://ghcr.io/a/b', revision: DIGEST }, oci);
});
