import * as fs from 'fs';
import * as path from 'path';
import * as fc from 'fast-check';
import { parseReleaseState, printReleaseState, Release, ReleaseState, ReleaseStateFault } from '../../src/environments/release-state';
import { newFolder } from '../support/folders';
import { expectFinding } from '../support/misuse';
import { DIGEST, environment } from '../support/model';
import { newPlatform } from '../support/platform';
import { Environment } from 'cdk8s-fairway';

const SINCE = '2026-11-27T10:00:00Z';
const REVISION = '0123456789abcdef0123456789abcdef01234567';
const RELEASE: Release = { image: 'ghcr.io/acme/app', digest: DIGEST, since: SINCE };

const empty = { version: 1, environment: 'prod', workloads: {} };
const withRelease = (release: object) => ({ ...empty, workloads: { app: { ...RELEASE, ...release } } });
const withPlatform = (platform: object) => ({ ...empty, platform: { revision: REVISION, since: SINCE, ...platform } });

function fault(state: unknown, name = 'prod'): string {
  try {
    parseReleaseState(typeof state === 'string' ? state : JSON.stringify(state), name);
  } catch (e) {
    if (e instanceof ReleaseStateFault) {
      return e.message;
    }
    throw e;
  }
  throw new Error('expected a fault');
}

describe('refused', () => {
  test.each<[unknown, string]>([
    ['', 'it is not JSON'],
    ['{', 'it is not JSON'],
    ['{"version": 1,}', 'it is not JSON'],
    ['\uFEFF\uFEFF{}', 'it is not JSON'],
    ['{\n<<<<<<< HEAD\n"version": 1\n=======\n"version": 1\n>>>>>>> other\n}', 'it has merge conflict marks'],
    ['{\r\n<<<<<<< HEAD\r\n}\r\n', 'it has merge conflict marks'],
    ['null', 'it is no object'],
    ['[]', 'it is no object'],
    ['"prod"', 'it is no object'],
    ['1', 'it is no object'],
    ['{}', 'its version is undefined, this library reads version 1'],
    [{ ...empty, version: 2 }, 'its version is 2, this library reads version 1'],
    [{ ...empty, version: '1' }, 'its version is "1", this library reads version 1'],
    [{ ...empty, environment: 'dev' }, 'it is about the environment "dev"'],
    [{ ...empty, environment: undefined }, 'it is about the environment undefined'],
    [{ ...empty, environment: ['prod'] }, 'it is about the environment ["prod"]'],
    [{ ...empty, workload: {} }, 'it has an unknown field "workload"'],
    ['{"version": 1, "environment": "prod", "__proto__": {}}', 'it has an unknown field "__proto__"'],
    ['{"version": 1, "environment": "prod", "constructor": {}}', 'it has an unknown field "constructor"'],
    ['{"version": 1, "version": 1, "environment": "prod"}', 'it has "version" twice in one place'],
    ['{"version": 1, "environment": "prod", "workloads": {"a": {}, "b": [{"x": "}"}], "\\u0061": {}}}', 'it has "a" twice in one place'],
    [{ ...empty, workloads: null }, 'its "workloads" are no map'],
    [{ ...empty, workloads: [] }, 'its "workloads" are no map'],
    [{ ...empty, workloads: 'app' }, 'its "workloads" are no map'],
    ['{"version": 1, "environment": "prod", "workloads": {"__proto__": {}}}', 'its workload "__proto__" has no name that a workload can have'],
    [{ ...empty, workloads: { constructor: RELEASE } }, 'its workload "constructor" has no name that a workload can have'],
    [{ ...empty, workloads: { '': RELEASE } }, 'its workload "" has no name that a workload can have'],
    [{ ...empty, workloads: { '../app': RELEASE } }, 'its workload "../app" has no name that a workload can have'],
    [{ ...empty, workloads: { App: RELEASE } }, 'its workload "App" has no name that a workload can have'],
    [{ ...empty, workloads: { app: null } }, 'the workload "app" is no object'],
    [{ ...empty, workloads: { app: [] } }, 'the workload "app" is no object'],
    [{ ...empty, workloads: { app: DIGEST } }, 'the workload "app" is no object'],
    [withRelease({ image: undefined }), 'the workload "app" has no image'],
    [withRelease({ image: '' }), 'the workload "app" has no image'],
    [withRelease({ image: 7 }), 'the workload "app" has no image'],
    [withRelease({ digest: undefined }), 'the digest of the workload "app" is not sha256: and 64 hexadecimal digits'],
    [withRelease({ digest: DIGEST.toUpperCase() }), 'the digest of the workload "app" is not sha256: and 64 hexadecimal digits'],
    [withRelease({ digest: `${DIGEST}0` }), 'the digest of the workload "app" is not sha256: and 64 hexadecimal digits'],
    [withRelease({ digest: `${DIGEST}\n` }), 'the digest of the workload "app" is not sha256: and 64 hexadecimal digits'],
    [withRelease({ digest: [DIGEST] }), 'the digest of the workload "app" is not sha256: and 64 hexadecimal digits'],
    [withRelease({ tag: '' }), 'the tag of the workload "app" is no tag'],
    [withRelease({ tag: null }), 'the tag of the workload "app" is no tag'],
    [withRelease({ tag: '-1' }), 'the tag of the workload "app" is no tag'],
    [withRelease({ tag: 'a b' }), 'the tag of the workload "app" is no tag'],
    [withRelease({ tag: 'a'.repeat(129) }), 'the tag of the workload "app" is no tag'],
    [withRelease({ since: undefined }), 'the "since" of the workload "app" is no time in ISO 8601'],
    [withRelease({ since: '2026-11-27' }), 'the "since" of the workload "app" is no time in ISO 8601'],
    [withRelease({ since: '2026-11-27T10:00:00' }), 'the "since" of the workload "app" is no time in ISO 8601'],
    [withRelease({ since: '2026-11-31T10:00:00Z' }), 'the "since" of the workload "app" is no time in ISO 8601'],
    [withRelease({ since: 0 }), 'the "since" of the workload "app" is no time in ISO 8601'],
    [withRelease({ from: 7 }), 'the "from" of the workload "app" is no name'],
    [withRelease({ from: null }), 'the "from" of the workload "app" is no name'],
    [withRelease({ passed: 'health' }), 'the "passed" of the workload "app" is no list of names'],
    [withRelease({ passed: [7] }), 'the "passed" of the workload "app" is no list of names'],
    [withRelease({ passed: null }), 'the "passed" of the workload "app" is no list of names'],
    [withRelease({ source: null }), 'the source of the workload "app" is no object'],
    [withRelease({ source: {} }), 'the source of the workload "app" has no commit'],
    [withRelease({ source: { commit: 'main' } }), 'the source of the workload "app" has no commit'],
    [withRelease({ source: { commit: 'abcdef1', repository: 7 } }), 'the source of the workload "app" has no repository that is a text'],
    [withRelease({ source: { commit: 'abcdef1', branch: 'main' } }), 'the source of the workload "app" has an unknown field "branch"'],
    [withRelease({ sha: DIGEST }), 'the workload "app" has an unknown field "sha"'],
    [withRelease({ history: {} }), 'the history of the workload "app" is no list'],
    [withRelease({ history: null }), 'the history of the workload "app" is no list'],
    [withRelease({ history: [null] }), 'the history[0] of the workload "app" is no object'],
    [withRelease({ history: [RELEASE, { ...RELEASE, digest: 'latest' }] }), 'the digest of the history[1] of the workload "app" is not sha256: and 64 hexadecimal digits'],
    [withRelease({ history: [{ ...RELEASE, history: [] }] }), 'the history[0] of the workload "app" has an unknown field "history"'],
    [{ ...empty, platform: null }, 'its "platform" is no object'],
    [{ ...empty, platform: REVISION }, 'its "platform" is no object'],
    [withPlatform({ revision: undefined }), 'its "platform" has a revision that is no full commit'],
    [withPlatform({ revision: REVISION.slice(1) }), 'its "platform" has a revision that is no full commit'],
    [withPlatform({ revision: 'main' }), 'its "platform" has a revision that is no full commit'],
    [withPlatform({ revision: `--${REVISION.slice(2)}` }), 'its "platform" has a revision that is no full commit'],
    [withPlatform({ since: 'now' }), 'the "since" of its "platform" is no time in ISO 8601'],
    [withPlatform({ from: 7 }), 'the "from" of its "platform" is no name'],
    [withPlatform({ tag: 'v1' }), 'its "platform" has an unknown field "tag"'],
    [withPlatform({ history: [{}] }), 'the history[0] of its "platform" has a revision that is no full commit'],
    [withPlatform({ history: 'none' }), 'the history of its "platform" is no list'],
    [{ ...empty, frozen: null }, 'its "frozen" is no object'],
    [{ ...empty, frozen: true }, 'its "frozen" is no object'],
    [{ ...empty, frozen: {} }, 'its "frozen" has no reason'],
    [{ ...empty, frozen: { reason: ' ' } }, 'its "frozen" has no reason'],
    [{ ...empty, frozen: { reason: 'audit', until: 'later' } }, 'the end of its "frozen" is no time in ISO 8601'],
    [{ ...empty, frozen: { reason: 'audit', from: SINCE } }, 'its "frozen" has an unknown field "from"'],
  ])('%j', (state, expected) => {
    expect(fault(state)).toBe(expected);
  });

  test.each<[string, () => unknown]>([
    ['an unknown field', () => ({ ...empty, ['x\u202e'.repeat(5_000_000)]: 1 })],
    ['a version', () => ({ ...empty, version: 'x\n'.repeat(5_000_000) })],
    ['another environment', () => ({ ...empty, environment: 'x'.repeat(10_000_000) })],
    ['the name of a workload', () => ({ ...empty, workloads: { ['x'.repeat(10_000_000)]: {} } })],
    ['text that is no JSON', () => 'x'.repeat(10_000_000)],
    ['lists in lists', () => `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['lists in lists for a version', () => `{"version": ${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
    ['a text full of quotes and braces', () => ({ ...empty, frozen: { reason: '"{\\'.repeat(3_000_000), until: 'x' } })],
  ])('ten megabytes of %s', (_, make) => {
    const said = fault(make());
    expect(said.length).toBeLessThan(400);
    expect(said).not.toMatch(/\p{Cc}|\p{Cf}/u);
  });
});

describe('accepted', () => {
  test('a byte order mark, line ends of Windows, and the schema for editors', () => {
    const text = `\uFEFF${JSON.stringify({ $schema: './schema.json', ...withRelease({}) }, undefined, 2).replace(/\n/g, '\r\n')}`;
    expect(parseReleaseState(text, 'prod')).toEqual({ $schema: './schema.json', ...withRelease({}) });
  });

  test('a state without workloads', () => {
    expect(parseReleaseState('{"version": 1, "environment": "prod"}', 'prod')).toEqual(empty);
  });

  test('ten megabytes of history', () => {
    const history = Array.from({ length: 60_000 }, () => RELEASE);
    expect(parseReleaseState(JSON.stringify(withRelease({ history })), 'prod').workloads.app.history).toHaveLength(60_000);
  });
});

const name = fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/).filter(each => each !== 'constructor' && !/^(con|prn|aux|nul|com\d|lpt\d)$/.test(each));
const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
const since = fc.date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true }).map(date => date.toISOString());
const optional = { requiredKeys: ['image', 'digest', 'since'] as ['image', 'digest', 'since'] };
const release = {
  image: fc.string({ minLength: 1 }),
  digest: hex(64).map(digits => `sha256:${digits}`),
  tag: fc.stringMatching(/^[A-Za-z0-9_][\w.-]{0,20}$/),
  since,
  from: name,
  passed: fc.array(fc.string(), { maxLength: 3 }),
  source: fc.record({ commit: hex(12), repository: fc.string() }, { requiredKeys: ['commit'] }),
};
const revision = { revision: hex(40), since, from: name };
const state: fc.Arbitrary<ReleaseState> = fc.record({
  version: fc.constant(1 as const),
  environment: fc.constant('prod'),
  workloads: fc.dictionary(
    name,
    fc.record({ ...release, history: fc.array(fc.record(release, optional), { minLength: 1, maxLength: 3 }) }, optional),
    { maxKeys: 5, noNullPrototype: true },
  ),
  platform: fc.record({ ...revision, history: fc.array(fc.record(revision, { requiredKeys: ['revision', 'since'] }), { maxLength: 3 }) }, { requiredKeys: ['revision', 'since'] }),
  frozen: fc.record({ reason: fc.string().filter(text => text.trim() !== ''), until: since }, { requiredKeys: ['reason'] }),
}, { requiredKeys: ['version', 'environment', 'workloads'] });

describe('printed', () => {
  test('and read again is the same, for any state', () => {
    fc.assert(fc.property(state, given => {
      expect(parseReleaseState(printReleaseState(given), 'prod')).toEqual(given);
    }), { numRuns: 300 });
  });

  test('is the same in whatever order it was put together', () => {
    const turned = (value: any): any => typeof value !== 'object' ? value : Array.isArray(value) ? value.map(each => turned(each))
      : Object.fromEntries(Object.entries(value).reverse().map(([key, each]) => [key, key === 'source' ? each : turned(each)]));
    fc.assert(fc.property(state, given => {
      expect(printReleaseState({ ...given, workloads: turned(given.workloads) })).toBe(printReleaseState(given));
    }));
  });

  test('has the workloads in order, and ends with a line end', () => {
    const text = printReleaseState({ version: 1, environment: 'prod', workloads: { b: RELEASE, a: RELEASE } });
    expect(text).toMatch(/"a": \{[^]*"b": \{[^]*\}\n$/);
  });
});

test('anything is a state or refused with a sentence', () => {
  const mutated = fc.tuple(state, fc.nat(), fc.string({ maxLength: 3 })).map(([given, at, put]) => {
    const text = printReleaseState(given);
    return text.slice(0, at % text.length) + put + text.slice(at % text.length + 1);
  });
  fc.assert(fc.property(fc.oneof(mutated, fc.json(), fc.string()), text => {
    try {
      expect(parseReleaseState(text, 'prod').environment).toBe('prod');
    } catch (e) {
      if (!(e instanceof ReleaseStateFault)) {
        throw e;
      }
      expect(e.message).toMatch(/^(it|its|the) /);
    }
  }), { numRuns: 500 });
});

describe('in a program', () => {
  /** Declares `prod` where `releases` was prepared. */
  function declare(prepare: (releases: string, root: string) => void, props: object = {}): Environment {
    const root = newFolder();
    fs.mkdirSync(path.join(root, 'releases'));
    prepare(path.join(root, 'releases'), root);
    return environment(newPlatform(root, props), 'prod');
  }
  const write = (text: string) => (releases: string) => fs.writeFileSync(path.join(releases, 'prod.json'), text);

  test('no file, no folder, and a file in its place', () => {
    expect(declare(() => undefined).platformRevision).toBeUndefined();
    expect(declare(releases => fs.rmdirSync(releases)).platformRevision).toBeUndefined();
    expect(declare(releases => {
      fs.rmdirSync(releases);
      fs.writeFileSync(releases, 'notes');
    }).platformRevision).toBeUndefined();
  });

  test('a file', () => {
    expect(declare(write(JSON.stringify(withPlatform({})))).platformRevision).toBe(REVISION);
  });

  test('a folder by another name, and links', () => {
    const put = (folder: string) => {
      fs.mkdirSync(folder, { recursive: true });
      write(JSON.stringify(withPlatform({})))(folder);
    };
    expect(declare((_, root) => put(path.join(root, 'state/of')), { releases: 'state/of' }).platformRevision).toBe(REVISION);
    expect(declare(releases => {
      put(`${releases}-elsewhere`);
      fs.rmdirSync(releases);
      fs.symlinkSync(`${releases}-elsewhere`, releases);
    }).platformRevision).toBe(REVISION);
  });

  test.each<[string, (releases: string, root: string) => void, string]>([
    ['a state that is none', write('{}'), 'its version'],
    ['a state of another environment', write(JSON.stringify({ ...empty, environment: 'dev' })), 'it is about the environment "dev"'],
    ['an empty file', write(''), 'it is not JSON'],
    ['a folder in its place', releases => fs.mkdirSync(path.join(releases, 'prod.json')), 'it cannot be read (EISDIR)'],
    ['a link to itself', releases => fs.symlinkSync('prod.json', path.join(releases, 'prod.json')), 'it cannot be read (ELOOP)'],
    ['a link that leads nowhere', releases => fs.symlinkSync('gone.json', path.join(releases, 'prod.json')), 'it lies behind a link that leads nowhere'],
    ['a folder that is a link that leads nowhere', releases => {
      fs.rmdirSync(releases);
      fs.symlinkSync('gone', releases);
    }, 'it lies behind a link that leads nowhere'],
  ])('%s: FW219', (_, prepare, said) => {
    expect(expectFinding(() => declare(prepare), 'FW219', 'prod').message).toContain(said);
  });

  (process.getuid?.() === 0 ? test.skip : test)('a file that may not be read: FW219', () => {
    expectFinding(() => declare(releases => {
      write('{}')(releases);
      fs.chmodSync(path.join(releases, 'prod.json'), 0);
    }), 'FW219', 'prod');
  });

  test.each(['..', '../releases', '/tmp', 'a/../..', '', 'a//b', '.git', '.fairway', 'C:\\releases', 'a\u0000', 'dist', 'dist/releases', null, 7, {}, []].filter(each => each !== null))(
    'the folder %j is refused: FW120', releases => {
      expectFinding(() => newPlatform(newFolder(), { releases: releases as string }), 'FW120', '');
    });

  test('the folder in an output folder of another name is refused: FW120', () => {
    expectFinding(() => newPlatform(newFolder(), { outdir: 'out', releases: 'out' }), 'FW120', '');
    expectFinding(() => newPlatform(newFolder(), { publishedPath: 'manifests', releases: 'manifests/state' }), 'FW120', '');
    expect(newPlatform(newFolder(), { outdir: 'out', releases: 'dist' }).releases).toBe('dist');
  });
});

describe('a ring on the road', () => {
  test('cannot be: what an environment is promoted from was declared before it', () => {
    const platform = newPlatform();
    const promotedFrom: Environment[] = [];
    const first = environment(platform, 'first', { promotedFrom });
    const second = environment(platform, 'second', { promotedFrom: [first] });
    promotedFrom.push(second); // the list that was given
    first.promotedFrom.push(second); // the list that is shown
    (second.promotedFrom as unknown[])[0] = second;
    expect([first, second].map(each => [each.stage, each.promotedFrom.map(source => source.name)])).toEqual([[0, []], [1, ['first']]]);
    expect(() => Object.assign(first, { promotedFrom: [second] })).toThrow(TypeError);
  });

  test('is none for any program', () => {
    fc.assert(fc.property(fc.array(fc.array(fc.nat(9), { maxLength: 4 }), { minLength: 1, maxLength: 10 }), plan => {
      const platform = newPlatform();
      plan.forEach((sources, i) => {
        const all = Environment.allIn(platform);
        environment(platform, `e${i}`, { promotedFrom: [...new Set(sources)].filter(s => s < i).map(s => all[s]), namespaces: undefined });
      });
      const all = Environment.allIn(platform);
      all.forEach((each, i) => expect(each.promotedFrom.every(source => all.indexOf(source) < i && source.stage < each.stage)).toBe(true));
    }), { numRuns: 50 });
  });

  test.each<[string, (platform: ReturnType<typeof newPlatform>) => unknown]>([
    ['an environment of another platform', () => environment(newPlatform(), 'dev')],
    ['a name', () => 'dev'],
    ['nothing', () => null],
    ['something like an environment', () => ({ name: 'dev', stage: 0 })],
    ['the platform', platform => platform],
  ])('%s is refused', (_, make) => {
    const platform = newPlatform();
    expectFinding(() => environment(platform, 'prod', { promotedFrom: [make(platform) as Environment] }), 'FW201', 'prod');
  });
});
