import { execFileSync, spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { newFolder, readTree } from '../support/folders';

/* What npm would publish, as a consumer installs it: in an empty folder, next to its peers. */

const ROOT = path.resolve(__dirname, '..', '..');
const PEERS = ['cdk8s', 'cdk8s-plus-28', 'constructs'];

const PROGRAM = `
const { Platform, Environment, Cluster, WebService, Image, Probe } = require('cdk8s-fairway');
const platform = new Platform({ name: 'shop' });
new Environment(platform, 'prod', { cluster: Cluster.inCluster() });
new WebService(platform, 'web', {
  image: Image.of('ghcr.io/acme/web', { tag: '1.0.0', digest: 'sha256:' + 'a'.repeat(64) }),
  port: 8080,
  readiness: Probe.http('/readyz'),
});
platform.synth();
`;

let consumer: string;
let packed: string[];

beforeAll(() => {
  execFileSync('npx', ['jsii', '--silence-warnings=reserved-word', '--silence-warnings=metadata/missing-dev-dependency'], { cwd: ROOT, stdio: 'ignore' });
  const target = newFolder();
  const [{ filename, files }] = JSON.parse(execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', target], {
    cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'],
  }).toString());
  packed = files.map((f: { path: string }) => f.path);
  consumer = newFolder();
  // Everything but the peers is bundled, so that npm needs no network; the peers are those of this project.
  fs.writeFileSync(path.join(consumer, 'package.json'), '{ "private": true }');
  execFileSync('npm', ['install', '--offline', '--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund', path.join(target, path.basename(filename))], {
    cwd: consumer, stdio: ['ignore', 'ignore', 'pipe'],
  });
  PEERS.forEach(peer => fs.symlinkSync(path.join(ROOT, 'node_modules', peer), path.join(consumer, 'node_modules', peer)));
}, 180_000);

/** A program of the consumer, run by Node; its links are kept, so that the peers are found beside the package. */
function run(args: string[]) {
  return spawnSync(process.execPath, ['--preserve-symlinks', ...args], { cwd: consumer, encoding: 'utf8', env: { ...process.env, NODE_PATH: path.join(consumer, 'node_modules') } });
}

test('the package holds the library, its bundled dependencies and no sources', () => {
  expect(packed).toEqual(expect.arrayContaining([
    'lib/index.js', 'lib/index.d.ts', 'bin/fairway', '.jsii', 'README.md', 'LICENSE', 'CHANGELOG.md',
    'node_modules/yaml/package.json', 'node_modules/commander/package.json',
  ]));
  expect(packed.filter(f => /^(src|test|examples|bench|projenrc|docs)\//.test(f) || f.endsWith('.snap'))).toEqual([]);
});

test('it works from plain JavaScript', () => {
  fs.writeFileSync(path.join(consumer, 'main.js'), PROGRAM);
  const { status, stderr } = run(['main.js']);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(Object.keys(readTree(path.join(consumer, 'dist')))).toContain('prod/web/Deployment.web.k8s.yaml');
});

test('it works from TypeScript, with strict types', () => {
  fs.writeFileSync(path.join(consumer, 'main.ts'), PROGRAM.replace(/const (.*) = require\('(.*)'\);/, 'import $1 from \'$2\';'));
  fs.writeFileSync(path.join(consumer, 'tsconfig.json'), JSON.stringify({
    compilerOptions: { strict: true, module: 'node16', target: 'ES2022', noEmit: true, skipLibCheck: false, types: [], preserveSymlinks: true },
    files: ['main.ts'],
  }));
  const tsc = path.join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const { stdout, status } = spawnSync(process.execPath, [tsc, '-p', '.'], { cwd: consumer, encoding: 'utf8' });
  expect(stdout).toBe('');
  expect(status).toBe(0);
}, 120_000);

test('its binary answers', () => {
  const { stdout, status } = run([path.join('node_modules', 'cdk8s-fairway', 'bin', 'fairway'), '--version']);
  expect(status).toBe(0);
  expect(stdout.trim()).toBe(JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')).version);
});

test('an import loads neither cdktf nor projen', () => {
  const { stdout } = run(['-e', 'require("cdk8s-fairway"); console.log(Object.keys(require.cache).filter(f => /node_modules.(cdktf|projen|@cdktf)./.test(f)).length)']);
  expect(stdout.trim()).toBe('0');
});
