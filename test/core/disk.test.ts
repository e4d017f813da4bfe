import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { newFolder, readTree } from '../support/folders';
import { cleanEnvironment, program, transpiledLibrary } from '../support/library';
import { chart, platformOf } from '../support/platform';
import { Diagnostics, Finding, Platform } from 'cdk8s-fairway';

/* The promise: when the disk refuses, one clear error, no torn file, and the next synth finishes the work. */

/** What the file system refuses: the operation of this number, and all that follow when it is full. */
const mockDisk: { failAt?: number; code: string; forGood: boolean; operations: number } = { code: 'ENOSPC', forGood: false, operations: 0 };

jest.mock('fs', () => {
  const actual = jest.requireActual('fs');
  const texts: Record<string, string> = { ENOSPC: 'no space left on device', EROFS: 'read-only file system', EACCES: 'permission denied', EIO: 'i/o error' };
  const failing = (name: string, syscall: string) => (...args: unknown[]) => {
    if (mockDisk.failAt !== undefined) {
      const n = mockDisk.operations++;
      if (n === mockDisk.failAt || (mockDisk.forGood && n > mockDisk.failAt)) {
        const file = typeof args[0] === 'string' ? args[0] : undefined;
        const message = `${mockDisk.code}: ${texts[mockDisk.code]}, ${syscall}${file === undefined ? '' : ` '${file}'`}`;
        throw Object.assign(new Error(message), { code: mockDisk.code, errno: -1, syscall, ...(file === undefined ? {} : { path: file }) });
      }
    }
    return actual[name](...args);
  };
  const operations = { openSync: 'open', writeFileSync: 'write', fchmodSync: 'fchmod', closeSync: 'close', renameSync: 'rename', mkdirSync: 'mkdir', rmSync: 'rm' };
  return { ...actual, ...Object.fromEntries(Object.entries(operations).map(([name, syscall]) => [name, failing(name, syscall)])) };
});

const OLD = { 'a/one.md': 'old 1', 'a/two.md': 'old 2', 'b.md': 'old 3', 'gone/x/y.md': 'old 4' };
const NEW = { 'a/one.md': 'new 1', 'a/two.md': 'new 2', 'b.md': 'new 3', 'new/x/y.md': 'new 4' };

function platform(root: string, files: Record<string, string>): Platform {
  const made = platformOf(root, files);
  chart(made, 'web', ...Object.values(files).map(text => text.replace(' ', '-')));
  return made;
}

function synthOn(root: string, failAt: number, code: string, forGood: boolean): Finding[] | undefined {
  Object.assign(mockDisk, { failAt, code, forGood, operations: 0 });
  try {
    platform(root, NEW).synth();
    return undefined;
  } catch (e) {
    return Diagnostics.findingsOf(e);
  } finally {
    mockDisk.failAt = undefined;
  }
}

function result(files: Record<string, string>): Record<string, string> {
  const root = newFolder();
  platform(root, files).synth();
  return readTree(root);
}

test.each([
  ['ENOSPC', 'no space left on device', 'Make room on the disk'],
  ['EROFS', 'read-only file system', 'Check the permissions'],
  ['EACCES', 'permission denied', 'Check the permissions'],
  ['EIO', 'i/o error', 'Check the permissions'],
])('%s in any operation of a synth', (code, text, remedy) => {
  const [before, after] = [result(OLD), result(NEW)];
  for (const forGood of [false, true]) {
    let failures = 0;
    for (let at = 0; ; at++) {
      const root = newFolder();
      platform(root, OLD).synth();
      const findings = synthOn(root, at, code, forGood);
      if (findings === undefined) {
        break;
      }
      failures++;
      expect(findings).toHaveLength(1);
      expect(findings[0]).toMatchObject({ code: 'FW129', path: '', remedy: expect.stringContaining(remedy) });
      expect(findings[0].message).toMatch(new RegExp(`^Cannot write "[\\w./-]+": ${text}\\.$`));
      expect(findings[0].message).not.toMatch(/fairway-tmp|\/tmp\//);

      for (const [file, content] of Object.entries(readTree(root)).filter(([f]) => f !== '.fairway/acme.json')) {
        if (!forGood || !file.endsWith('.fairway-tmp')) {
          expect([before[file], after[file]]).toContain(content);
        }
      }
      expect(Object.keys(readTree(root))).toEqual(expect.arrayContaining(Object.keys(before).filter(file => file in after)));

      platform(root, NEW).synth();
      expect(readTree(root)).toEqual(after);
      expect(fs.readdirSync(root).sort()).toEqual(['.fairway', 'a', 'b.md', 'dist', 'new']);
    }
    expect(failures).toBeGreaterThan(30);
  }
});

/** A process that the permissions of files apply to: they do not apply to root. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

test('a folder that really is read-only', () => {
  const main = program('readonly.js', `
    const platform = new Platform({ name: 'acme', root: process.argv[2] });
    new RepositoryFile(platform, 'f', { path: 'a/b.md', content: FileContent.text(process.argv[3]) });
    try {
      platform.synth();
    } catch (e) {
      process.stdout.write(JSON.stringify(Diagnostics.findingsOf(e)));
    }
  `);
  fs.chmodSync(transpiledLibrary(), 0o755);
  const root = newFolder();
  const synth = (text: string, options = {}) => spawnSync(process.execPath, [main, root, text], { env: cleanEnvironment(), encoding: 'utf8', ...options });
  synth('old');
  const modes = ['a', '.fairway', ''];
  const before = readTree(root);
  try {
    modes.forEach(folder => fs.chmodSync(path.join(root, folder), 0o555));
    const { stdout, stderr } = synth('new', { ...NOBODY, cwd: '/' });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual([{
      code: 'FW129',
      severity: 'error',
      path: '',
      message: 'Cannot write ".fairway/acme.json": permission denied.',
      remedy: 'Check the permissions of the folder, then synthesize again.',
    }]);
    expect(readTree(root)).toEqual(before);
  } finally {
    modes.forEach(folder => fs.chmodSync(path.join(root, folder), 0o755));
  }
  expect(synth('new').stdout).toBe('');
  expect(readTree(root)['a/b.md']).toContain('new');
});

test('a file that cannot be read is one finding, before anything is written', () => {
  const root = newFolder();
  const tree = path.join(root, '.fairway');
  fs.mkdirSync(path.join(tree, 'acme.json'), { recursive: true });
  const findings = Diagnostics.findingsOf((() => {
    try {
      platform(root, NEW).synth();
    } catch (e) {
      return e;
    }
    return undefined;
  })());
  expect(findings).toMatchObject([{ code: 'FW129', message: expect.stringContaining('.fairway') }]);
  expect(fs.readdirSync(root)).toEqual(['.fairway']);
});
