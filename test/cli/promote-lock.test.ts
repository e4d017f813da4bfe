import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { execute, fairway, write } from './support';
import { LOCK_FILE, locked } from '../../src/cli/promotion/lock';
import { journalPath } from '../../src/core/files/journal';
import { newFolder } from '../support/folders';

/* One command at a time. */

const NOW = new Date('2026-11-27T10:00:00Z');
const holder = (pid: number, host = os.hostname()) => JSON.stringify({ pid, host, since: NOW.toISOString() });

async function deadProcess(): Promise<number> {
  return Number((await execute('node', ['-p', 'process.pid'])).out);
}

test('leaves nothing behind, also when what it runs fails', async () => {
  const folder = newFolder();
  expect(await locked(folder, NOW, async () => JSON.parse(fs.readFileSync(path.join(folder, LOCK_FILE), 'utf8')))).toEqual({ pid: process.pid, host: os.hostname(), since: NOW.toISOString() });
  await expect(locked(folder, NOW, async () => { throw new Error('no'); })).rejects.toThrow('no');
  expect(fs.readdirSync(folder)).toEqual([]);
});

test('one after the other', async () => {
  const folder = newFolder();
  let running = 0;
  await Promise.all([1, 2, 3, 4].map(async () => locked(folder, NOW, async () => {
    expect(++running).toBe(1);
    await new Promise(resolve => { setTimeout(resolve, 20); });
    running--;
  })));
  expect(running).toBe(0);
});

test('takes over from a process of this host that is dead', async () => {
  const folder = newFolder();
  write(folder, LOCK_FILE, holder(await deadProcess()));
  expect(await locked(folder, NOW, async () => 'done', 0)).toBe('done');
});

test('takes over what names nobody and is old', async () => {
  const folder = newFolder();
  write(folder, LOCK_FILE, '');
  fs.utimesSync(path.join(folder, LOCK_FILE), new Date(0), new Date(0));
  expect(await locked(folder, NOW, async () => 'done', 0)).toBe('done');
});

test.each<[string, () => Promise<string>, RegExp]>([
  ['a process that lives', async () => holder(process.pid), new RegExp(`process ${process.pid} on \\S+, since 2026-11-27T10:00:00.000Z`)],
  ['a process of another host', async () => holder(await deadProcess(), 'elsewhere'), /on elsewhere/],
  ['somebody who is writing', async () => '', /Another promotion is at work\. /],
])('waits for %s, and says so in the end', async (_, text, message) => {
  const folder = newFolder();
  write(folder, LOCK_FILE, await text());
  await expect(locked(folder, NOW, async () => 'done', 150)).rejects.toThrow(message);
  await expect(locked(folder, NOW, async () => 'done', 0)).rejects.toMatchObject({ exitCode: 1 });
  expect(fs.existsSync(path.join(folder, LOCK_FILE))).toBe(true);
});

test('a lock and a journal are no ownership manifests', async () => {
  const folder = newFolder();
  write(folder, '.fairway/shop.json', '{"version":1,"files":{}}');
  write(folder, LOCK_FILE, holder(process.pid));
  write(folder, journalPath('shop'), 'anything');
  expect(await fairway(folder, ['list', '--json'])).toMatchObject({ code: 0, err: '', out: expect.not.stringContaining('promotion') });
});

test('several take over from the dead at once: one of them at a time', async () => {
  const folder = newFolder();
  write(folder, LOCK_FILE, holder(await deadProcess()));
  let running = 0;
  await Promise.all([1, 2, 3].map(async () => locked(folder, NOW, async () => {
    expect(++running).toBe(1);
    await new Promise(resolve => { setTimeout(resolve, 10); });
    running--;
  })));
});
