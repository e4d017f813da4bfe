import * as fs from 'fs';
import * as path from 'path';
import { execute, fairway, programFolder, write } from './support';
import { withRequire } from '../../src/cli/node-options';
import { newFolder } from '../support/folders';
import { cleanEnvironment } from '../support/library';

/* What is wrong before a program runs: exit code 2, a sentence, no stack trace. */

const SYNTH = 'new Platform({ name: \'acme\' }).synth();';

describe('the command line', () => {
  test.each([
    [['synht'], 'Did you mean synth?'],
    [['synth', '--adoptt'], 'Did you mean --adopt?'],
    [['synth', 'extra'], 'too many arguments'],
    [['check', '--format', 'xml'], 'Allowed choices are human, json, sarif.'],
    [['check', '--output'], 'argument missing'],
    [['completion'], 'missing required argument \'shell\''],
    [['completion', 'tcsh'], 'Allowed choices are bash, zsh, fish.'],
    [['synth', '--app', ' '], 'The option --app is empty.'],
    [[], 'Usage: fairway'],
  ])('%j is refused', async (argv, message) => {
    const run = await fairway(programFolder(SYNTH), argv);
    expect(run.code).toBe(2);
    expect(run.out).toBe('');
    expect(run.err).toContain(message);
    expect(run.err).not.toContain('    at ');
  });
});

describe('help and version', () => {
  test('go to standard output', async () => {
    const help = await fairway(newFolder(), ['--help']);
    expect(help).toMatchObject({ code: 0, err: '' });
    for (const part of ['Usage: fairway', 'synth [options]', 'Examples:', 'Exit codes:', '2  the command line or cdk8s.yaml is wrong', 'docs/cli.md']) {
      expect(help.out).toContain(part);
    }
    expect(await fairway(newFolder(), ['--version'])).toEqual({ code: 0, out: '0.1.0\n', err: '' });
  });

  test.each(['synth', 'check', 'list', 'errors', 'completion'])('%s has help of its own', async command => {
    const byOption = await fairway(newFolder(), [command, '--help']);
    expect(byOption).toMatchObject({ code: 0, err: '' });
    expect(byOption.out).toContain(`Usage: fairway ${command}`);
    expect(await fairway(newFolder(), ['help', command])).toEqual(byOption);
  });

  test('fit a narrow terminal', async () => {
    const { out } = await fairway(newFolder(), ['synth', '--help'], { columns: 72 });
    expect(out.split('\n').every(line => line.length <= 72)).toBe(true);
  });
});

describe('cdk8s.yaml', () => {
  test.each([
    ['', 'cdk8s.yaml is empty.'],
    ['# only a comment\n', 'cdk8s.yaml is empty.'],
    ['app: [unclosed', 'cdk8s.yaml is not valid YAML: Flow sequence in block collection must be'],
    ['app: a\napp: b\n', 'cdk8s.yaml is not valid YAML: Map keys must be unique at line 2, column 1.'],
    ['\tapp: x', 'cdk8s.yaml is not valid YAML: '],
    ['app: one\n---\napp: two\n', 'cdk8s.yaml is not valid YAML: '],
    [`a: &a [x]\nb: &b [${'*a,'.repeat(20)}]\nc: &c [${'*b,'.repeat(20)}]\nd: [${'*c,'.repeat(20)}]\n`, 'Excessive alias count'],
    ['just text', 'cdk8s.yaml is "just text", not a mapping.'],
    ['- app: x', 'cdk8s.yaml is [{"app":"x"}], not a mapping.'],
    ['language: typescript', 'cdk8s.yaml has no key "app"'],
    ['app:', 'cdk8s.yaml has no key "app"'],
    ['app: 42', 'The key "app" of cdk8s.yaml is 42.'],
    ['app: ""', 'The key "app" of cdk8s.yaml is "".'],
    ['app: [node, main.js]', 'The key "app" of cdk8s.yaml is ["node","main.js"].'],
    ['app: node main.js\noutput: true', 'The key "output" of cdk8s.yaml is true. Give the path of a folder as text'],
  ])('%j is refused', async (content, message) => {
    const folder = programFolder(SYNTH);
    write(folder, 'cdk8s.yaml', content);
    for (const command of ['synth', 'check']) {
      const run = await fairway(folder, [command]);
      expect(run).toMatchObject({ code: 2, out: '' });
      expect(run.err).toContain(message);
      expect(run.err.trimEnd().split('\n')).toHaveLength(1);
    }
  });

  test('that is missing is asked for, unless the command is given', async () => {
    const folder = programFolder(SYNTH);
    fs.rmSync(path.join(folder, 'cdk8s.yaml'));
    const run = await fairway(folder, ['synth']);
    expect(run.code).toBe(2);
    expect(run.err).toContain('There is no cdk8s.yaml in this folder, so it is not known which program to run. Write one with the line "app: npx tsx main.ts"');
    expect((await fairway(folder, ['synth', '--app', 'node main.js'])).code).toBe(0);
  });

  test('that is a folder, or broken, is refused also when the command is given', async () => {
    const folder = programFolder(SYNTH);
    write(folder, 'cdk8s.yaml', ': :');
    expect((await fairway(folder, ['check', '--app', 'node main.js'])).code).toBe(2);
    fs.rmSync(path.join(folder, 'cdk8s.yaml'));
    fs.mkdirSync(path.join(folder, 'cdk8s.yaml'));
    expect((await fairway(folder, ['check', '--app', 'node main.js'])).err).toBe('fairway: cdk8s.yaml cannot be read: it is a folder.\n');
  });

  test('may have a byte order mark and keys of cdk8s-cli', async () => {
    const folder = programFolder(SYNTH);
    write(folder, 'cdk8s.yaml', '\ufeffapp: >-\n  node\n  main.js\nlanguage: typescript\nimports:\n  - k8s\n');
    expect(await fairway(folder, ['synth'])).toMatchObject({ code: 0, err: '' });
  });
});

describe('NODE_OPTIONS', () => {
  test.each([
    [undefined, '/a/b.js', '--require /a/b.js'],
    ['', '/a/b.js', '--require /a/b.js'],
    [' --enable-source-maps ', '/a/b.js', '--enable-source-maps --require /a/b.js'],
    ['--require "/x y/z.js"', '/a b/c.js', '--require "/x y/z.js" --require "/a b/c.js"'],
    [undefined, 'C:\\a\\b.js', '--require "C:\\\\a\\\\b.js"'],
    [undefined, '/a"b.js', '--require "/a\\"b.js"'],
  ])('%j and %j', (options, module, expected) => expect(withRequire(options, module)).toBe(expected));

  test('are read by Node as they are meant', async () => {
    const folder = newFolder('a "quoted" \\ folder ');
    write(folder, 'first.js', 'console.log("first");');
    write(folder, 'hook.js', 'console.log("hook");');
    const NODE_OPTIONS = withRequire(withRequire(undefined, path.join(folder, 'first.js')), path.join(folder, 'hook.js'));
    expect(await execute('node', ['-e', '0'], { env: cleanEnvironment({ NODE_OPTIONS }) })).toEqual({ code: 0, out: 'first\nhook\n', err: '' });
  });
});
