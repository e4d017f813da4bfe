import * as crypto from 'crypto';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { codes, findingsOf } from '../support/findings';
import { newFolder, readTree } from '../support/folders';
import { chart, newPlatform, object, platformOf } from '../support/platform';
import { Diagnostics, Finding, FolderChart, Platform } from 'cdk8s-fairway';

const RECORD = '.fairway/acme.json';

let root: string;
beforeEach(() => root = newFolder());

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  fs.writeFileSync(path.join(root, file), text);
}

function read(file: string): string {
  return fs.readFileSync(path.join(root, file), 'utf8');
}

function synth(files: Record<string, string>): { written: string[]; removed: string[]; unchanged: number } {
  const { written, removed, unchanged } = platformOf(root, files).synthesize();
  return { written, removed, unchanged };
}

function refusal(files: Record<string, string>): Finding[] {
  const before = readTree(root);
  const findings = findingsOf(() => platformOf(root, files).synth());
  expect(readTree(root)).toEqual(before); // a refused synth changes nothing
  return findings;
}

/** All files with what would change if they were written again. */
function stamps(): Record<string, string> {
  return Object.fromEntries(Object.keys(readTree(root)).map(file => {
    const { ino, mtimeMs, ctimeMs } = fs.statSync(path.join(root, file));
    return [file, `${ino} ${mtimeMs} ${ctimeMs}`];
  }));
}

function withEnvironment<T>(variables: Record<string, string>, run: () => T): T {
  const before = { ...process.env };
  Object.assign(process.env, variables);
  try {
    return run();
  } finally {
    process.env = before;
  }
}

describe('what is owned', () => {
  test('the record lists every file with its hash, environment and workload', () => {
    const platform = newPlatform(root);
    object(new FolderChart(platform, 'web', { folder: 'prod/web', environment: 'prod', workload: 'web' }), 'o');
    chart(platform, 'plain', 'o');
    platform.synth();
    const record = JSON.parse(read(RECORD));
    expect(record).toMatchObject({ version: 1, platform: 'acme' });
    expect(record.files).toEqual({
      'dist/plain.k8s.yaml': { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      'dist/prod/web/Thing.o.k8s.yaml': { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), environment: 'prod', workload: 'web' },
    });
    expect(record).not.toHaveProperty('pending');
    // A line for each file, sorted: two branches rarely touch the same line.
    expect(read(RECORD).split('\n').filter(line => line.includes('sha256'))).toHaveLength(2);
  });

  test('a second synth writes nothing, not even the record', () => {
    synth({ 'a/one.md': '1', 'b.md': '2' });
    const before = stamps();
    expect(synth({ 'a/one.md': '1', 'b.md': '2' })).toEqual({ written: [], removed: [], unchanged: 2 });
    expect(stamps()).toEqual(before);
  });

  test('a changed file is written, the others are not touched', () => {
    synth({ 'a/one.md': '1', 'b.md': '2' });
    const before = stamps();
    expect(synth({ 'a/one.md': '1', 'b.md': 'changed' })).toEqual({ written: ['b.md'], removed: [], unchanged: 1 });
    expect(read('b.md')).toContain('changed');
    expect(stamps()['a/one.md']).toBe(before['a/one.md']);
  });

  test('a deleted file is written again', () => {
    synth({ 'a/one.md': '1', 'b.md': '2' });
    fs.rmSync(path.join(root, 'a'), { recursive: true });
    expect(synth({ 'a/one.md': '1', 'b.md': '2' })).toEqual({ written: ['a/one.md'], removed: [], unchanged: 1 });
  });

  test('a file that is no longer made is removed, with the folders that it leaves empty', () => {
    synth({ 'a/b/c/one.md': '1', 'a/two.md': '2', 'x/y/three.md': '3' });
    write('x/mine.md', 'mine');
    expect(synth({ 'a/two.md': '2' })).toEqual({ written: [], removed: ['a/b/c/one.md', 'x/y/three.md'], unchanged: 1 });
    expect(fs.readdirSync(path.join(root, 'a'))).toEqual(['two.md']);
    expect(fs.readdirSync(path.join(root, 'x'))).toEqual(['mine.md']);
  });

  test('the empty folders of files that somebody removed go, too', () => {
    synth({ 'a/b/c/one.md': '1', 'x.md': '1' });
    fs.rmSync(path.join(root, 'a/b/c/one.md'));
    expect(synth({ 'x.md': '1' }).removed).toEqual([]);
    expect(fs.existsSync(path.join(root, 'a'))).toBe(false);
  });

  test('nothing left: the files go, the record is empty', () => {
    synth({ 'a/one.md': '1' });
    synth({});
    expect(Object.keys(readTree(root))).toEqual([RECORD]);
    expect(JSON.parse(read(RECORD)).files).toEqual({});
    expect(fs.readdirSync(root).sort()).toEqual(['.fairway', 'dist']);
  });

  test('a platform without files leaves no record', () => {
    newPlatform(root).synth();
    expect(readTree(root)).toEqual({});
    expect(fs.existsSync(path.join(root, 'dist'))).toBe(true); // cdk8s-cli demands it
  });

  test('a file becomes a folder, and a folder a file', () => {
    synth({ 'a.md': '1', 'b.md/c.md': '2' });
    expect(synth({ 'a.md/x.md': '1', 'b.md': '2' })).toMatchObject({ written: ['a.md/x.md', 'b.md'], removed: ['a.md', 'b.md/c.md'] });
    expect(Object.keys(readTree(root)).sort()).toEqual([RECORD, 'a.md/x.md', 'b.md']);
    expect(synth({ 'a.md/x.md': '1', 'b.md': '2' })).toEqual({ written: [], removed: [], unchanged: 2 });
  });
});

describe('what is not owned', () => {
  test('a foreign file is not overwritten, and nothing else is written', () => {
    write('b.md', 'mine');
    const [finding] = refusal({ 'a.md': '1', 'b.md': '2', 'c.md': '3' });
    expect(finding).toMatchObject({ code: 'FW123', path: 'b.md' });
    expect(finding.remedy).toContain('fairway synth --adopt b.md');
    expect(fs.readdirSync(root)).toEqual(['b.md']);
  });

  test('a foreign file that is no different is taken over', () => {
    synth({ 'a.md': '1' });
    fs.rmSync(path.join(root, RECORD));
    expect(synth({ 'a.md': '1' })).toEqual({ written: [], removed: [], unchanged: 1 });
    expect(synth({ 'a.md': '2' }).written).toEqual(['a.md']);
  });

  test('files that stand beside ours are never touched', () => {
    write('dist/mine.k8s.yaml', 'mine');
    write('dist/web/mine.k8s.yaml', 'mine');
    const platform = newPlatform(root);
    chart(platform, 'web', 'o');
    platform.synth();
    newPlatform(root).synth();
    expect(Object.keys(readTree(root)).sort()).toEqual([RECORD, 'dist/mine.k8s.yaml', 'dist/web/mine.k8s.yaml']);
  });

  test('every refused file is one finding, in one go', () => {
    synth({ 'edited.md': '1', 'stale.md': '2' });
    ['edited.md', 'stale.md', 'foreign.md'].forEach(file => write(file, 'mine'));
    fs.mkdirSync(path.join(root, 'folder.md'));
    fs.symlinkSync('edited.md', path.join(root, 'link.md'));
    const findings = refusal({ 'edited.md': 'x', 'foreign.md': 'x', 'folder.md': 'x', 'link.md': 'x', 'fine.md': 'x' });
    expect(codes(findings).sort()).toEqual(['FW123', 'FW124', 'FW125', 'FW126', 'FW127']);
  });

  test('two platforms in one root share folders, not files: the owner is named', () => {
    new Platform({ name: 'other', root }).synth();
    platformOf(root, { 'a/one.md': '1' }, { name: 'other' }).synth();
    synth({ 'a/two.md': '2' });
    expect(Object.keys(readTree(root)).sort()).toEqual([RECORD, '.fairway/other.json', 'a/one.md', 'a/two.md']);

    const [finding] = refusal({ 'a/one.md': 'changed', 'a/two.md': '2' });
    expect(finding).toMatchObject({ code: 'FW123', path: 'a--one.md' });
    expect(finding.message).toBe('The file "a/one.md" is owned by the platform "other".');
    expect(codes(refusal({ 'a/one.md': '1', 'a/two.md': '2' }))).toEqual(['FW123']); // even when there is no difference yet

    synth({});
    expect(Object.keys(readTree(root)).sort()).toEqual([RECORD, '.fairway/other.json', 'a/one.md']);
  });

  test('a renamed platform keeps its files when its record is renamed with it', () => {
    synth({ 'a.md': '1', 'b.md': '2' });
    const renamed = (files: Record<string, string>) => platformOf(root, files, { name: 'renamed' });
    expect(findingsOf(() => renamed({ 'a.md': 'x' }).synth())[0].remedy).toContain('after a rename, rename the manifest');
    fs.renameSync(path.join(root, RECORD), path.join(root, '.fairway/renamed.json'));
    expect(renamed({ 'a.md': 'x' }).synthesize()).toMatchObject({ written: ['a.md'], removed: ['b.md'] });
    expect(fs.readdirSync(path.join(root, '.fairway'))).toEqual(['renamed.json']);
    expect(JSON.parse(read('.fairway/renamed.json')).platform).toBe('renamed');
  });

  test('an edited file is not overwritten', () => {
    synth({ 'a.md': '1', 'b.md': '1' });
    write('a.md', 'edited');
    expect(refusal({ 'a.md': '2', 'b.md': '2' })).toMatchObject([{ code: 'FW124', path: 'a.md', remedy: expect.stringContaining('--adopt a.md') }]);
    expect(codes(refusal({ 'a.md': '1', 'b.md': '1' }))).toEqual(['FW124']);
  });

  test('an edited file that is no longer made is not removed', () => {
    synth({ 'a.md': '1', 'b.md': '1' });
    write('a.md', 'edited');
    expect(refusal({ 'b.md': '2' })).toMatchObject([{ code: 'FW125' }]);
  });

  test('what stands in the place of a file that is no longer made is not removed', () => {
    synth({ 'a.md': '1', 'b.md': '2', 'c/d.md': '3' });
    ['a.md', 'b.md', 'c'].forEach(file => fs.rmSync(path.join(root, file), { recursive: true }));
    write('a.md/mine.md', 'mine');
    write('elsewhere.md', 'mine');
    write('c', 'mine');
    fs.symlinkSync('elsewhere.md', path.join(root, 'b.md'));
    synth({});
    expect(read('a.md/mine.md')).toBe('mine');
    expect(fs.readlinkSync(path.join(root, 'b.md'))).toBe('elsewhere.md');
    expect(read('c')).toBe('mine');
  });

  test('a checkout that turned the line ends is no edit', () => {
    const files = { 'a.md': 'one\ntwo\n', 'b.md': 'one\ntwo\n', 'c.md': 'one\ntwo\n' };
    synth(files);
    for (const file of ['a.md', 'b.md', 'c.md', RECORD]) {
      write(file, read(file).replace(/\n/g, '\r\n'));
    }
    expect(synth({ 'a.md': files['a.md'], 'b.md': 'changed' })).toEqual({ written: ['a.md', 'b.md'], removed: ['c.md'], unchanged: 0 });
    expect(read('a.md')).not.toContain('\r');
    expect(read(RECORD)).not.toContain('\r');
  });
});

describe('what is in the way', () => {
  test('a folder', () => {
    write('a.md/mine.md', 'mine');
    fs.mkdirSync(path.join(root, 'empty.md'));
    expect(refusal({ 'a.md': '1', 'empty.md': '1' })).toMatchObject([{ code: 'FW127', path: 'a.md' }, { code: 'FW127', path: 'empty.md' }]);
  });

  test('a folder with an own file and a foreign one', () => {
    synth({ 'a.md/b.md': '1' });
    write('a.md/mine.md', 'mine');
    expect(codes(refusal({ 'a.md': '1' }))).toEqual(['FW127']);
  });

  test('a folder with an edited own file', () => {
    synth({ 'a.md/b.md': '1' });
    write('a.md/b.md', 'edited');
    expect(codes(refusal({ 'a.md': '1' }))).toEqual(['FW125']);
  });

  test('a foreign file where a folder is needed', () => {
    write('a/b', 'mine');
    const [finding] = refusal({ 'a/b/c/d.md': '1' });
    expect(finding).toMatchObject({ code: 'FW122', message: '"a/b" is a file, but "a/b/c/d.md" lies inside it.' });
  });

  test('an edited own file where a folder is needed', () => {
    synth({ 'a.md': '1' });
    write('a.md', 'edited');
    expect(codes(refusal({ 'a.md/b.md': '1' }))).toEqual(['FW125']);
  });
});

describe('links', () => {
  let outside: string;
  beforeEach(() => {
    outside = newFolder();
    fs.writeFileSync(path.join(outside, 'one.md'), 'outside');
  });
  afterEach(() => expect(readTree(outside)).toEqual({ 'one.md': 'outside' }));

  const link = (target: string, at: string) => {
    fs.mkdirSync(path.dirname(path.join(root, at)), { recursive: true });
    fs.symlinkSync(target, path.join(root, at));
  };
  /** `readTree` of a tree with links: the links themselves. */
  const refused = (files: Record<string, string>) => findingsOf(() => platformOf(root, files).synth());

  test('in the place of a file', () => {
    link(path.join(outside, 'one.md'), 'a/one.md');
    link('nowhere', 'a/two.md');
    expect(refused({ 'a/one.md': '1', 'a/two.md': '1', 'b.md': '1' })).toMatchObject([{ code: 'FW126', path: 'a--one.md' }, { code: 'FW126', path: 'a--two.md' }]);
    expect(fs.readdirSync(root)).toEqual(['a']);
  });

  test('to a folder outside the root', () => {
    link(outside, 'a');
    const [finding] = refused({ 'a/b/one.md': '1' });
    expect(finding).toMatchObject({ code: 'FW126', message: expect.stringContaining('"a" is a link, or leads out of the root') });
    expect(codes(refused({ 'a/one.md': '1' }))).toEqual(['FW126']);
  });

  test('to a folder outside, over a link inside', () => {
    link(outside, 'b/out');
    link('b', 'a');
    expect(codes(refused({ 'a/out/one.md': '1' }))).toEqual(['FW126']);
  });

  test('to nowhere', () => {
    link('nowhere', 'a');
    expect(codes(refused({ 'a/b/one.md': '1' }))).toEqual(['FW126']);
    expect(fs.existsSync(path.join(root, 'nowhere'))).toBe(false);
  });

  test('to a file', () => {
    link(path.join(outside, 'one.md'), 'a');
    expect(codes(refused({ 'a/b.md': '1' }))).toEqual(['FW126']);
  });

  test('in a ring', () => {
    link('b', 'a');
    link('a', 'b');
    expect(codes(refused({ 'a/one.md': '1' }))).toEqual(['FW126']);
  });

  test.each(['.git', '.fairway', '.'])('to %s', target => {
    fs.mkdirSync(path.join(root, target), { recursive: true });
    link(target, 'a');
    expect(codes(refused({ 'a/hooks.md': '1' }))).toEqual(['FW126']);
  });

  test('where a file is to be removed', () => {
    synth({ 'a/one.md': '1' });
    fs.rmSync(path.join(root, 'a'), { recursive: true });
    link(outside, 'a');
    expect(refused({})).toMatchObject([{ code: 'FW126', path: '' }]);
  });

  test('in the place of the folder of the record', () => {
    link(outside, '.fairway');
    expect(refused({ 'a.md': '1' })).toMatchObject([{ code: 'FW126', message: expect.stringContaining(RECORD) }]);
    expect(fs.readdirSync(root)).toEqual(['.fairway']);
  });

  test('to a folder inside the root are followed', () => {
    fs.mkdirSync(path.join(root, 'real'));
    link('real', 'a');
    expect(synth({ 'a/b/one.md': '1', 'a/two.md': '2' }).written).toEqual(['a/b/one.md', 'a/two.md']);
    expect(fs.readdirSync(path.join(root, 'real'))).toEqual(['b', 'two.md']);
    expect(synth({ 'a/b/one.md': '1' })).toEqual({ written: [], removed: ['a/two.md'], unchanged: 1 });
    expect(fs.readlinkSync(path.join(root, 'a'))).toBe('real');
  });

  test('that make one place of two paths', () => {
    fs.mkdirSync(path.join(root, 'real'));
    link('real', 'a');
    expect(refused({ 'a/sub/one.md': '1', 'real/sub/one.md': '2' })).toMatchObject([{ code: 'FW126', path: 'real--sub--one.md' }]);
  });

  test('to the root itself do not matter', () => {
    const alias = path.join(newFolder(), 'alias');
    fs.symlinkSync(root, alias);
    platformOf(alias, { 'a.md': '1' }).synth();
    expect(synth({ 'a.md': '1' }).unchanged).toBe(1);
  });
});

describe('the record', () => {
  const broken: Array<[string, (text: string) => string, string]> = [
    ['with merge conflict marks', t => t.replace('"files"', '<<<<<<< HEAD\n=======\n>>>>>>> main\n"files"'), 'it has merge conflict marks'],
    ['truncated', t => t.slice(0, t.length / 2), 'it is not JSON'],
    ['empty', () => '', 'it is not JSON'],
    ['of another version', t => t.replace('"version": 1', '"version": 2'), 'its version is 2, this library reads version 1'],
    ['null', () => 'null', 'its version is undefined'],
    ['with a list', () => '{"version":1,"files":["a.md"]}', 'its "files" are no list of files'],
    ['with an entry without a hash', () => '{"version":1,"files":{"a.md":{}}}', 'the entry of "a.md" has no sha256'],
    ['with a pending entry that is no hash', () => '{"version":1,"pending":{"a.md":7}}', 'the pending entry of "a.md" is no sha256'],
  ];
  test.each(broken)('%s is refused', (_, breakIt, fault) => {
    synth({ 'a.md': '1', 'b.md': '2' });
    write(RECORD, breakIt(read(RECORD)));
    const findings = refusal({ 'a.md': 'x', 'c.md': 'y' });
    expect(codes(findings)).toEqual(['FW128']);
    expect(findings[0].message).toContain(fault);
  });

  test('of one side of a merge is enough', () => {
    synth({ 'a.md': '1', 'b.md': '2' });
    const ours = read(RECORD);
    synth({ 'a.md': 'x', 'c.md': '3' });
    write(RECORD, ours); // the files of the other side, the record of ours
    expect(synth({ 'a.md': 'x', 'c.md': '3' })).toEqual({ written: [], removed: [], unchanged: 2 });
  });

  test('with hostile paths removes nothing', () => {
    const outside = path.join(newFolder(), 'victim.md');
    fs.writeFileSync(outside, 'x');
    synth({ 'a.md': '1' });
    const sha256 = '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881'; // of x
    const victims = [path.relative(root, outside), outside, '../x', '.git/config', 'a\\..\\b', 'C:/x', '.fairway/acme.json', ''];
    write('.git/config', 'x');
    const record = JSON.parse(read(RECORD));
    victims.forEach((victim, i) => record[i % 2 ? 'files' : 'pending'] = { ...record[i % 2 ? 'files' : 'pending'], [victim]: i % 2 ? { sha256 } : sha256 });
    write(RECORD, JSON.stringify(record));
    const findings = refusal({ 'a.md': '1' });
    expect(new Set(codes(findings))).toEqual(new Set(['FW120']));
    expect(findings).toHaveLength(victims.length);
    expect(findings[0].message).toContain('it stands in the ownership manifest');
    expect(fs.readFileSync(outside, 'utf8')).toBe('x');
    withEnvironment({ FAIRWAY_ADOPT: '*' }, () => expect(refusal({})).toHaveLength(victims.length));
  });

  test('with the name of another platform is written to its own file', () => {
    synth({ 'a.md': '1' });
    write(RECORD, read(RECORD).replace('"platform": "acme"', '"platform": "../../evil"'));
    synth({ 'a.md': '2' });
    expect(fs.readdirSync(path.join(root, '.fairway'))).toEqual(['acme.json']);
    expect(fs.existsSync(path.join(root, '../evil.json'))).toBe(false);
    expect(JSON.parse(read(RECORD)).platform).toBe('acme');
  });

  test('that is a link is replaced, not followed', () => {
    write('elsewhere.json', '{"version":1}');
    fs.mkdirSync(path.join(root, '.fairway'));
    fs.symlinkSync('../elsewhere.json', path.join(root, RECORD));
    synth({ 'a.md': '1' });
    expect(read('elsewhere.json')).toBe('{"version":1}');
    expect(fs.lstatSync(path.join(root, RECORD)).isFile()).toBe(true);
  });

  test('beside temporary files: those of a killed synth go, those of another platform, which may be at work, stay', () => {
    const temporary = (file: string) => `.${crypto.createHash('sha256').update(file).digest('hex').slice(0, 12)}.4711.fairway-tmp`;
    ['acme.json', 'other.json'].forEach(file => write(`.fairway/${temporary(file)}`, ''));
    synth({ 'a.md': '1' });
    expect(fs.readdirSync(path.join(root, '.fairway')).sort()).toEqual([temporary('other.json'), 'acme.json']);
  });

  test('of another platform that cannot be read owns nothing', () => {
    write('.fairway/other.json', '<<<<<<<');
    write('.fairway/note.txt', '');
    write('a.md', 'mine');
    expect(refusal({ 'a.md': '1' })[0]).toMatchObject({ code: 'FW123', message: expect.stringContaining('was not made by this platform') });
  });
});

describe('adoption', () => {
  const adopting = (adopt: string[], files: Record<string, string>) =>
    withEnvironment({ FAIRWAY_ADOPT: adopt.join(path.delimiter) }, () => synth(files));

  test('of a file', () => {
    write('a.md', 'mine');
    expect(adopting(['a.md'], { 'a.md': '1' }).written).toEqual(['a.md']);
    expect(synth({ 'a.md': '1' }).unchanged).toBe(1);
  });

  test('of one file leaves the others alone', () => {
    write('a.md', 'mine');
    write('b.md', 'mine');
    expect(withEnvironment({ FAIRWAY_ADOPT: 'a.md' }, () => refusal({ 'a.md': '1', 'b.md': '1' }))).toMatchObject([{ code: 'FW123', path: 'b.md' }]);
  });

  test.each([['b'], ['b/'], ['*'], ['nothing', 'b/one.md', 'b/sub']])('of what %s and %s name', (...adopt) => {
    write('b/one.md', 'mine');
    write('b/sub/two.md', 'mine');
    expect(adopting(adopt, { 'b/one.md': '1', 'b/sub/two.md': '2' }).written).toEqual(['b/one.md', 'b/sub/two.md']);
  });

  test('of a folder is not of one whose name begins alike', () => {
    write('bb/one.md', 'mine');
    expect(codes(withEnvironment({ FAIRWAY_ADOPT: 'b' }, () => refusal({ 'bb/one.md': '1' })))).toEqual(['FW123']);
  });

  test('of edited files: overwritten, or let go', () => {
    synth({ 'a.md': '1', 'b.md': '1' });
    write('a.md', 'edited');
    write('b.md', 'edited');
    expect(adopting(['a.md', 'b.md'], { 'a.md': '2' })).toEqual({ written: ['a.md'], removed: ['b.md'], unchanged: 0 });
  });

  test('of the file of another platform', () => {
    platformOf(root, { 'a.md': '1' }, { name: 'other' }).synth();
    expect(adopting(['a.md'], { 'a.md': '1' }).unchanged).toBe(1);
    expect(synth({ 'a.md': '2' }).written).toEqual(['a.md']);
  });

  test('takes over neither links nor folders, and never removes what was not owned', () => {
    write('elsewhere.md', 'mine');
    fs.symlinkSync('elsewhere.md', path.join(root, 'a.md'));
    write('b.md/mine.md', 'mine');
    write('dist/mine.md', 'mine');
    expect(codes(withEnvironment({ FAIRWAY_ADOPT: '*' }, () => refusal({ 'a.md': '1', 'b.md': '1' })))).toEqual(['FW126', 'FW127']);
    adopting(['*'], { 'c.md': '1' });
    expect(read('dist/mine.md')).toBe('mine');
    expect(read('elsewhere.md')).toBe('mine');
  });
});

describe('the output folder', () => {
  const synthTo = (outdir: string | undefined, props: Partial<ConstructorParameters<typeof Platform>[0]> = {}) => {
    const platform = platformOf(root, { 'ci.yml': '' }, { outdir, ...props });
    chart(platform, 'web', 'o');
    return platform.synthesize();
  };

  test('deleted before the synth, as cdk8s-cli does', () => {
    synthTo('dist');
    const before = readTree(root);
    fs.rmSync(path.join(root, 'dist'), { recursive: true });
    expect(synthTo('dist')).toMatchObject({ written: ['dist/web.k8s.yaml'], unchanged: 1 });
    expect(readTree(root)).toEqual(before);
  });

  test('is relative to the root, not to the working folder', () => {
    synthTo('deploy/manifests');
    expect(Object.keys(readTree(root)).sort()).toEqual([RECORD, 'ci.yml', 'deploy/manifests/web.k8s.yaml']);
    expect(newPlatform(root).outdir).toBe(path.join(root, 'dist'));
  });

  test('outside the root keeps a record of its own', () => {
    const elsewhere = newFolder();
    synthTo(elsewhere);
    expect(Object.keys(readTree(elsewhere)).sort()).toEqual([RECORD, 'web.k8s.yaml']);
    expect(Object.keys(readTree(root)).sort()).toEqual([RECORD, 'ci.yml']);
    fs.writeFileSync(path.join(elsewhere, 'web.k8s.yaml'), 'edited');
    expect(codes(findingsOf(() => synthTo(elsewhere)))).toEqual(['FW124']);
    fs.rmSync(path.join(elsewhere, 'web.k8s.yaml'));
    expect(synthTo(elsewhere)).toMatchObject({ written: ['web.k8s.yaml'], unchanged: 1 });
  });

  test('of a caller that wants manifests alone: nothing else changes', () => {
    synthTo(undefined);
    const before = stamps();
    const temporary = path.join(newFolder(), 'cdk8s-x');
    const result = withEnvironment({ CDK8S_OUTDIR: temporary }, () => synthTo(undefined));
    expect(result.written).toEqual(['web.k8s.yaml']);
    expect(Object.keys(readTree(temporary)).sort()).toEqual([RECORD, 'web.k8s.yaml']);
    expect(stamps()).toEqual(before);
  });

  test('below the temporary folder is not a caller\'s when the root lies there too', () => {
    expect(root.startsWith(fs.realpathSync(os.tmpdir()))).toBe(true);
    withEnvironment({ CDK8S_OUTDIR: path.join(root, 'dist') }, () => synthTo(undefined));
    expect(Object.keys(readTree(root)).sort()).toEqual([RECORD, 'ci.yml', 'dist/web.k8s.yaml']);
  });

  test('that the program names is not the caller\'s', () => {
    const elsewhere = newFolder();
    withEnvironment({ CDK8S_OUTDIR: newFolder() }, () => synthTo(elsewhere));
    expect(Object.keys(readTree(root)).sort()).toEqual([RECORD, 'ci.yml']);
    expect(Object.keys(readTree(elsewhere)).sort()).toEqual([RECORD, 'web.k8s.yaml']);
  });

  describe('that is not the published one', () => {
    const synthInto = (to: string, publishedPath?: string, acknowledge = false) => withEnvironment({ CDK8S_OUTDIR: path.join(root, to) }, () => {
      const platform = newPlatform(root, { publishedPath });
      chart(platform, 'web', 'o');
      if (acknowledge) {
        Diagnostics.of(platform).acknowledge('FW133', 'nothing reads these yet');
      }
      return platform.synthesize();
    });
    let printed: jest.SpyInstance;
    beforeEach(() => printed = jest.spyOn(process.stderr, 'write').mockReturnValue(true));
    afterEach(() => printed.mockRestore());

    test('is a warning that names both', () => {
      const { findings } = synthInto('other');
      expect(findings).toMatchObject([{ code: 'FW133', severity: 'warning', path: '', remedy: expect.stringContaining('publishedPath: "other"') }]);
      expect(printed.mock.calls.join('')).toContain('warning FW133');
    });

    test('can be acknowledged', () => {
      expect(synthInto('other', undefined, true).findings).toMatchObject([{ code: 'FW133', acknowledged: 'nothing reads these yet' }]);
      expect(printed).not.toHaveBeenCalled();
    });

    test('is fine when the published path says so, or sees the root from further out', () => {
      expect(synthInto('other', 'other').findings).toEqual([]);
      expect(synthInto('other', 'teams/shop/other').findings).toEqual([]);
      expect(synthInto('another', 'another').findings).toEqual([]);
    });

    test('leaves what is published alone', () => {
      synthTo('dist');
      const published = read('dist/web.k8s.yaml');
      expect(synthInto('other')).toMatchObject({ written: ['other/web.k8s.yaml'], removed: ['ci.yml'] });
      expect(read('dist/web.k8s.yaml')).toBe(published);
      expect(synthInto('dist')).toMatchObject({ written: [], removed: ['other/web.k8s.yaml'], unchanged: 1 });
      newPlatform(root, { outdir: newFolder(), publishedPath: 'dist' }).synth();
      expect(read('dist/web.k8s.yaml')).toBe(published);
    });

    test('removes the old folder when the published path moves with it', () => {
      synthTo('dist');
      expect(synthInto('other', 'other').removed.sort()).toEqual(['ci.yml', 'dist/web.k8s.yaml']);
    });
  });
});
