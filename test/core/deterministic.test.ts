import * as fs from 'fs';
import * as path from 'path';
import { newFolder, readTree } from '../support/folders';
import { program, run } from '../support/library';

/* The promise: the same program writes the same bytes, wherever and by whomever it is run. */

let main: string;
let expected: Record<string, string>;

beforeAll(() => {
  main = program('deterministic.js', `
    process.umask(parseInt(process.env.MASK ?? '022', 8));
    const platform = new Platform({ name: 'acme', root: process.argv[2] });
    const inOrder = entries => Object.fromEntries(process.argv[3] === 'backwards' ? entries.reverse() : entries);
    const words = ['z', 'ä', 'a', 'Z', '10', '9', 'i', 'I', 'ı', 'é', 'e'];
    const labels = inOrder(words.map((word, i) => [word + '/x', String(i)]));
    for (const [i, folder] of ['prod/web', 'dev/web', 'dev/äpi'].entries()) {
      const chart = new FolderChart(platform, 'c' + i, { folder, labels, environment: folder.split('/')[0] });
      const object = new ApiObject(chart, 'o', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'o', annotations: labels },
        data: inOrder(words.map(word => [word, inOrder([[word, 1], ['nested', Lazy.any({ produce: () => labels })]])])),
      });
      Object.entries(labels).forEach(([key, value]) => object.metadata.addLabel('more-' + key, value));
    }
    new Chart(platform, 'plain', { labels, namespace: 'n' });
    words.forEach(word => new RepositoryFile(platform, 'f-' + word.codePointAt(0), {
      path: 'docs/' + word.codePointAt(0) + 'ü.md',
      content: FileContent.text(word),
      executable: word === 'a',
    }));
    new RepositoryFile(platform, 'ci', { path: '.github/workflows/ci.yml', content: FileContent.yaml({ on: { push: {} }, at: '12:30' }) });
    platform.synth();
  `);
  expected = synth(newFolder());
  expect(Object.keys(expected)).toHaveLength(17);
});

function synth(root: string, options: { cwd?: string; env?: Record<string, string>; order?: string } = {}): Record<string, string> {
  const { stderr, status } = run([main, root, options.order ?? 'forwards'], { cwd: options.cwd ?? root, env: options.env });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return readTree(root);
}

test('another root and another working folder', () => {
  const root = path.join(newFolder(), 'a/b/c');
  expect(synth(root, { cwd: '/' })).toEqual(expected);
  const second = newFolder();
  fs.mkdirSync(path.join(second, 'sub'));
  expect(synth(second, { cwd: path.join(second, 'sub') })).toEqual(expected);
});

test.each<Record<string, string>>([
  { LC_ALL: 'C', LANG: 'C' },
  { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' },
  { LC_ALL: 'de_DE.UTF-8' },
  { TZ: 'Pacific/Kiritimati' },
  { TZ: 'America/St_Johns', CI: 'true', NO_COLOR: '1', TERM: 'dumb', USER: 'somebody', HOME: '/nowhere' },
])('the environment %j', env => {
  expect(synth(newFolder(), { env })).toEqual(expected);
});

test.each(['000', '022', '077'])('the umask %s: the content and the modes', mask => {
  const root = newFolder();
  const tree = synth(root, { env: { MASK: mask } });
  expect(tree).toEqual(expected);
  const modes = Object.fromEntries(Object.keys(tree).map(file => [file, (fs.statSync(path.join(root, file)).mode & 0o777).toString(8)]));
  expect(modes).toEqual(Object.fromEntries(Object.keys(expected).map(file => [file, file === 'docs/97ü.md' ? '755' : '644'])));
});

test('the order in which unordered things are given', () => {
  expect(synth(newFolder(), { order: 'backwards' })).toEqual(expected);
});

test('a second time, over its own output', () => {
  const root = newFolder();
  synth(root);
  expect(synth(root)).toEqual(expected);
});
