import { spawn, spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { compiledLibrary, execute, fairwayScript, programFolder, Run, write } from './support';
import { OwnedFile, printManifest } from '../../src/core/files/manifest';
import { newFolder } from '../support/folders';
import { cleanEnvironment } from '../support/library';

/* The command as a process of its own: what it loads, its streams, signals. */

const PROGRAM = `
const platform = new Platform({ name: 'acme' });
object(new Chart(platform, 'web'), 'ConfigMap', 'one');
console.log('said by the program', process.stdout.isTTY === true);
platform.synth();
`;

describe('loading', () => {
  /** The modules that a command has loaded when it ends, below the library. */
  async function loaded(argv: string[], cwd = newFolder()): Promise<string[]> {
    const observer = path.join(newFolder(), 'observer.js');
    fs.writeFileSync(observer, 'process.on(\'exit\', () => console.error(JSON.stringify(Object.keys(require.cache))));');
    const run = await execute('node', ['--require', observer, fairwayScript(), ...argv], { cwd });
    const modules: string[] = JSON.parse(run.err.trimEnd().split('\n').at(-1)!);
    return modules.filter(module => module !== observer);
  }

  function packagesOf(modules: string[]): string[] {
    return [...new Set(modules.flatMap(module => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(module)?.[1] ?? []))].sort();
  }

  test.each([[['--help']], [['--version']], [['synth', '--help']], [['synht']]])('%j needs commander, and nothing of the library but the command line', async argv => {
    const modules = await loaded(argv);
    expect(packagesOf(modules)).toEqual(['commander']);
    const own = modules.filter(module => module.startsWith(path.join(compiledLibrary(), 'lib')));
    expect(own.map(module => path.relative(path.join(compiledLibrary(), 'lib'), module)).filter(module => !module.startsWith('cli/'))).toEqual([]);
    expect(own.some(module => module.includes('/commands/'))).toBe(false);
  });

  test.each([[['errors']], [['list']], [['completion', 'bash']]])('%j loads none of the peers', async argv => {
    expect(packagesOf(await loaded(argv))).toEqual(['commander']);
  });

  test('synth and check load yaml, and none of the peers', async () => {
    const folder = programFolder(PROGRAM);
    expect(packagesOf(await loaded(['synth'], folder))).toEqual(['commander', 'yaml']);
    expect(packagesOf(await loaded(['check', '--format', 'sarif'], folder))).toEqual(['commander', 'yaml']);
  });

  test('--help takes a fraction of a second', async () => {
    const milliseconds: number[] = [];
    for (let i = 0; i < 5; i++) {
      const started = performance.now();
      await execute('node', [fairwayScript(), '--help']);
      milliseconds.push(performance.now() - started);
    }
    expect(Math.min(...milliseconds)).toBeLessThan(500); // 70 ms on an idle core, of which Node itself takes 40
  });
});

/** `script` of util-linux gives a command a terminal; where there is none, these tests are left out. */
const describeOnTerminal = spawnSync('script', ['-qec', 'true', '/dev/null']).status === 0 ? describe : describe.skip;

async function onTerminal(command: string, cwd: string, input = ''): Promise<Run> {
  return execute('bash', ['-c', `printf '${input}' | script -qec "${command}" /dev/null`], { cwd });
}

describe('streams', () => {
  test('the program writes to them itself', async () => {
    const folder = programFolder(PROGRAM);
    expect(await execute('node', [fairwayScript(), 'synth'], { cwd: folder }))
      .toEqual({ code: 0, out: 'said by the program false\nacme: 1 written, 0 removed, 0 unchanged\n', err: '' });
    expect(await execute('node', [fairwayScript(), 'check', '--format', 'human'], { cwd: folder }))
      .toEqual({ code: 0, out: '0 errors, 0 warnings\n', err: 'said by the program false\n' });
  });

  test('findings have no colour in a pipe', async () => {
    const run = await execute('node', [fairwayScript(), 'synth'], { cwd: programFolder('new Platform({ name: \'Not A Name\' });') });
    expect(run.code).toBe(1);
    expect(run.err).toMatch(/^error FW105 {2}\(platform\)\n/);
  });

  describeOnTerminal('on a terminal', () => {
    test.each([['', '\u001b[31mfairway:\u001b[0m'], ['NO_COLOR=1', 'fairway:'], ['TERM=dumb', 'fairway:']])('there is colour with %j unless it is refused', async (variable, expected) => {
      const run = await onTerminal(`env TERM=xterm ${variable} node '${fairwayScript()}' list`, newFolder());
      expect(run.out.startsWith(`${expected} Nothing has been synthesized`)).toBe(true);
    });

    test('the program sees it too, and can read from it', async () => {
      const folder = programFolder(`${PROGRAM}console.log(process.stdin.isTTY, require('fs').readSync(0, Buffer.alloc(9)));`);
      const run = await onTerminal(`env NO_COLOR=1 node '${fairwayScript()}' synth`, folder, 'yes\n');
      expect(run.out).toContain('said by the program true');
      expect(run.out).toContain('true 4');
    });
  });

  test('a reader that stops reading does no harm', async () => {
    const folder = newFolder();
    const files = Array.from({ length: 20000 }, (_, i): [string, OwnedFile] => [`dist/e${i}/Pod.p.k8s.yaml`, { sha256: 'a', environment: `e${i}` }]);
    write(folder, '.fairway/acme.json', printManifest({ platform: 'acme', files: new Map(files), pending: new Map() }));
    const run = await execute('bash', ['-c', `node '${fairwayScript()}' list | head -1; echo "\${PIPESTATUS[0]}"`], { cwd: folder });
    expect(run).toEqual({ code: 0, out: 'ENVIRONMENT  WORKLOAD  FILES  KINDS\n0\n', err: '' });
  });
});

describe('signals', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('%s ends the program, and nothing stays behind', async signal => {
    const temporary = newFolder();
    const folder = programFolder('console.log(\'started\');\nsetTimeout(() => {}, 60_000);');
    const child = spawn('node', [fairwayScript(), 'synth'], { cwd: folder, env: cleanEnvironment({ TMPDIR: temporary }), stdio: ['ignore', 'pipe', 'pipe'] });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', text => { err += text; });
    await new Promise<void>(resolve => void child.stdout.once('data', () => resolve()));
    expect(fs.readdirSync(temporary)).toHaveLength(1);
    child.kill(signal);
    const code = await new Promise(resolve => void child.on('close', resolve));
    expect(code).toBe(1);
    expect(err).toBe(`fairway: The program was killed by ${signal}.\n`);
    expect(fs.readdirSync(temporary)).toEqual([]);
  });
});
