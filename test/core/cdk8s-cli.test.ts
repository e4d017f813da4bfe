import * as fs from 'fs';
import * as path from 'path';
import { App, Chart, Testing } from 'cdk8s';
import { parseAllDocuments, stringify } from 'yaml';
import { newFolder, readTree } from '../support/folders';
import { program, Run, run } from '../support/library';
import { chart, newPlatform, repositoryFile } from '../support/platform';
import { FileContent } from 'cdk8s-fairway';

/* The promise: a platform is a cdk8s app, and the `cdk8s` command treats it as one. */

const CDK8S = path.resolve(__dirname, '../../node_modules/.bin/cdk8s');

/** The same charts as a platform and as a plain cdk8s app. */
const CHARTS = `
  const web = new Chart(app, 'web', { labels: { app: 'web' } });
  new ApiObject(web, 'config', { apiVersion: 'v1', kind: 'ConfigMap', data: { yes: 'no' } });
  const db = new Chart(app, 'db');
  new ApiObject(db, 'secret', { apiVersion: 'v1', kind: 'Secret' });
  web.addDependency(db);
`;

let platformProgram: string;
let plainProgram: string;
let root: string;

beforeAll(() => {
  platformProgram = program('platform.js', `
    const app = new Platform({ name: 'acme', publishedPath: process.env.PUBLISHED });
    ${CHARTS}
    new RepositoryFile(app, 'ci', { path: '.github/workflows/ci.yaml', content: FileContent.yaml({ on: 'push' }) });
    app.synth();
  `);
  plainProgram = program('plain.js', `
    const app = new App();
    ${CHARTS}
    app.synth();
  `);
});

beforeEach(() => root = newFolder());

function cdk8s(folder: string, app: string, args: string[], settings: Record<string, unknown> = {}, env: Record<string, string> = {}): Run {
  fs.writeFileSync(path.join(folder, 'cdk8s.yaml'), stringify({ language: 'typescript', app: `${process.execPath} ${app}`, ...settings }));
  return run([CDK8S, ...args], { cwd: folder, env: { CDK8S_CHECK_UPGRADE: 'false', ...env } });
}

function stamps(folder: string): Record<string, string> {
  return Object.fromEntries(Object.entries(readTree(folder)).filter(([file]) => file !== 'cdk8s.yaml').map(([file, text]) => {
    const { ino, mtimeMs } = fs.statSync(path.join(folder, file));
    return [file, `${ino} ${mtimeMs} ${text}`];
  }));
}

describe('cdk8s synth', () => {
  test('writes what a plain app writes, and the files of the repository', () => {
    const plain = newFolder();
    const theirs = cdk8s(plain, plainProgram, ['synth']);
    const ours = cdk8s(root, platformProgram, ['synth']);
    expect(ours).toEqual(theirs); // not a word more or less
    expect(ours.status).toBe(0);
    expect(ours.stdout).toContain('- dist/0001-web.k8s.yaml');
    const { 'cdk8s.yaml': _, ...manifests } = readTree(plain);
    expect(readTree(root)).toMatchObject(manifests);
    expect(Object.keys(readTree(root)).sort()).toEqual(
      ['.fairway/acme.json', '.github/workflows/ci.yaml', 'cdk8s.yaml', 'dist/0000-db.k8s.yaml', 'dist/0001-web.k8s.yaml']);
  });

  test('again: the output folder, which the command deletes, is filled again', () => {
    cdk8s(root, platformProgram, ['synth']);
    const before = readTree(root);
    fs.writeFileSync(path.join(root, 'dist/edited.k8s.yaml'), 'x');
    expect(cdk8s(root, platformProgram, ['synth'])).toMatchObject({ status: 0, stderr: '' });
    expect(readTree(root)).toEqual(before);
  });

  test('a refused synth fails the command with the finding', () => {
    fs.mkdirSync(path.join(root, '.github/workflows'), { recursive: true });
    fs.writeFileSync(path.join(root, '.github/workflows/ci.yaml'), 'mine');
    const { status, stderr } = cdk8s(root, platformProgram, ['synth']);
    expect(status).toBe(1);
    expect(stderr).toContain('FW123');
    expect(Object.keys(readTree(root)).sort()).toEqual(['.github/workflows/ci.yaml', 'cdk8s.yaml']);
  });

  test('everything in the output folder that ends in .yaml is a Kubernetes object', () => {
    cdk8s(root, platformProgram, ['synth'], {}, { CDK8S_RECORD_CONSTRUCT_METADATA: 'true' });
    const output = Object.entries(readTree(path.join(root, 'dist')));
    expect(output.map(([file]) => file).sort()).toEqual(['0000-db.k8s.yaml', '0001-web.k8s.yaml', 'construct-metadata.json']);
    for (const [, text] of output.filter(([file]) => /\.ya?ml$/.test(file))) {
      parseAllDocuments(text).forEach(document => expect(document.toJS()).toMatchObject({ apiVersion: 'v1', kind: expect.any(String) }));
    }
  });

  test('--stdout prints the manifests and changes nothing', () => {
    cdk8s(root, platformProgram, ['synth']);
    fs.appendFileSync(path.join(root, '.github/workflows/ci.yaml'), '# edited\n'); // an ordinary synth refuses this
    const before = stamps(root);
    const { status, stdout, stderr } = cdk8s(root, platformProgram, ['synth', '--stdout']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    // cdk8s-cli reads all files at once and prints them as they come: the order of the files is nobody's promise.
    const inFiles = (text: string) => text.split(/^(?=apiVersion: )/m).sort();
    expect(inFiles(stdout)).toEqual(inFiles(cdk8s(newFolder(), plainProgram, ['synth', '--stdout']).stdout));
    expect(stdout).toContain('kind: ConfigMap');
    expect(stamps(root)).toEqual(before);
  });

  test('--stdout in a new checkout leaves no trace', () => {
    expect(cdk8s(root, platformProgram, ['synth', '--stdout']).stdout).toContain('kind: Secret');
    expect(stamps(root)).toEqual({});
  });

  test('--output inside the root writes there and says where the clusters read', () => {
    cdk8s(root, platformProgram, ['synth']);
    const before = readTree(path.join(root, 'dist'));
    const { status, stdout, stderr } = cdk8s(root, platformProgram, ['synth', '--output', 'other']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining('FW133') });
    expect(stdout).toContain('- other/0001-web.k8s.yaml');
    expect(readTree(path.join(root, 'other'))).toEqual(before);
    expect(readTree(path.join(root, 'dist'))).toEqual(before);
  });

  test('output in cdk8s.yaml, with the published path', () => {
    const { status, stderr } = cdk8s(root, platformProgram, ['synth'], { output: 'deploy/all' }, { PUBLISHED: 'deploy/all' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(fs.readdirSync(path.join(root, 'deploy/all'))).toEqual(['0000-db.k8s.yaml', '0001-web.k8s.yaml']);
  });

  test('--output outside the root keeps a record there', () => {
    const elsewhere = path.join(newFolder(), 'out');
    // Below the temporary folder it would be a caller's own: pretend that folder lies elsewhere.
    const synth = () => cdk8s(root, platformProgram, ['synth', '--output', elsewhere], {}, { TMPDIR: newFolder() });
    expect(synth()).toMatchObject({ status: 0, stderr: '' });
    expect(Object.keys(readTree(elsewhere)).sort()).toEqual(['.fairway/acme.json', '0000-db.k8s.yaml', '0001-web.k8s.yaml']);
    expect(Object.keys(readTree(root)).sort()).toEqual(['.fairway/acme.json', '.github/workflows/ci.yaml', 'cdk8s.yaml']);
    expect(synth()).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('validation plug-ins of cdk8s-cli', () => {
  /** A plug-in of its own package, as the command loads it: it wants a label on every object. */
  const settings = () => {
    const plugin = newFolder();
    fs.writeFileSync(path.join(plugin, 'package.json'), JSON.stringify({ name: 'plugin', version: '1.0.0', main: 'index.js' }));
    fs.writeFileSync(path.join(plugin, 'index.js'), `
      exports.Labels = class {
        constructor(properties) {
          this.label = properties.label;
        }
        async validate(context) {
          let ok = true;
          for (const manifestPath of context.manifests) {
            for (const resource of context.parseManifest(manifestPath)) {
              if (!resource.metadata.labels?.[this.label]) {
                ok = false;
                context.report.addViolation({
                  ruleName: 'label', recommendation: 'r', fix: 'f',
                  violatingResources: [{ resourceName: resource.metadata.name, locations: ['metadata.labels'], manifestPath }],
                });
              }
            }
          }
          context.report.submit(ok ? 'success' : 'failure', {});
        }
      };
    `);
    return { validations: [{ package: plugin, version: '1.0.0', class: 'Labels', properties: { label: 'app' } }] };
  };
  const validate = (folder: string, app: string, args: string[]) => {
    const report = path.join(newFolder(), 'report.json');
    const { status } = cdk8s(folder, app, [...args, '--validation-reports-output-file', report], settings());
    const { reports } = JSON.parse(fs.readFileSync(report, 'utf8'));
    return { status, violations: reports[0].violations };
  };

  test.each(['synth', 'synth --stdout'])('see the same manifests and constructs as with a plain app: %s', command => {
    const ours = validate(root, platformProgram, command.split(' '));
    const theirs = validate(newFolder(), plainProgram, command.split(' '));
    expect(ours).toEqual(theirs);
    expect(ours.status).toBe(2);
    expect(ours.violations).toMatchObject([{ ruleName: 'label', violatingConstructs: [{ constructPath: 'db/secret' }] }]);
  });
});

describe('as a cdk8s app in a test', () => {
  const build = (app: App): Chart => {
    const web = chart(app, 'web', 'b', 'a');
    web.apiObjects[0].addDependency(web.apiObjects[1]);
    return web;
  };

  test('Testing.synth of a chart', () => {
    const platform = newPlatform(root);
    expect(Testing.synth(build(platform))).toEqual(Testing.synth(build(new App())));
    expect(Testing.synth(build(newPlatform(root))).map((o: any) => o.metadata.name)).toEqual(['a', 'b']);
    platform.synth(); // a chart that was synthesized alone can still be written
    expect(Object.keys(readTree(root))).toContain('dist/web.k8s.yaml');
  });

  test('synthYaml', () => {
    const platform = newPlatform(root);
    const app = new App();
    build(platform);
    build(app);
    repositoryFile(platform, 'a.md', FileContent.text(''));
    expect(platform.synthYaml()).toBe(app.synthYaml());
    expect(readTree(root)).toEqual({});
  });

  test('App.of and charts', () => {
    const platform = newPlatform(root);
    const web = build(platform);
    expect(App.of(web)).toBe(platform);
    expect(platform.charts).toEqual([web]);
  });
});
