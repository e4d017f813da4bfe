import * as path from 'path';
import { execute, fairway, write } from './support';
import { buildProgram } from '../../src/cli/program';
import { newFolder } from '../support/folders';

/* `fairway completion`: what a shell offers, asked of the shell itself. */

const COMMANDS = ['synth', 'check', 'list', 'explain', 'simulate', 'diff', 'promote', 'rollback', 'errors', 'completion'];

async function script(shell: string): Promise<string> {
  const run = await fairway(newFolder(), ['completion', shell]);
  expect(run).toMatchObject({ code: 0, err: '' });
  return run.out;
}

describe('bash', () => {
  /** What bash offers for the last of the words. */
  async function offered(...words: string[]): Promise<string[]> {
    const file = path.join(newFolder(), 'completion.bash');
    write(path.dirname(file), path.basename(file), await script('bash'));
    const quoted = ['fairway', ...words].map(word => `'${word}'`).join(' ');
    const run = await execute('bash', ['--norc', '-euc', `source '${file}'; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length}; _fairway; printf '%s\\n' "\${COMPREPLY[@]:-}"`]);
    expect(run).toMatchObject({ code: 0, err: '' });
    return run.out.split('\n').filter(Boolean);
  }

  test('registers the command', async () => {
    const folder = newFolder();
    write(folder, 'completion.bash', await script('bash'));
    const run = await execute('bash', ['--norc', '-c', 'source ./completion.bash && complete -p fairway'], { cwd: folder });
    expect(run).toEqual({ code: 0, out: 'complete -o default -F _fairway fairway\n', err: '' });
  });

  test.each([
    [[''], [...COMMANDS, 'help', '--version', '-h', '--help']],
    [['--'], ['--version', '--help']],
    [['c'], ['check', 'completion']],
    [['synth', '--'], ['--adopt', '--app', '--stack', '--quiet', '--help']],
    [['check', '--s'], ['--strict', '--stack']],
    [['check', '--format', ''], ['human', 'json', 'sarif']],
    [['check', '--format', '=', 'j'], ['json']],
    [['check', '--format', '='], ['human', 'json', 'sarif']],
    [['check', '--strict', '--format', 's'], ['sarif']],
    [['completion', ''], ['bash', 'zsh', 'fish', '-h', '--help']],
    [['errors', 'FW21'], ['FW210', 'FW211', 'FW212', 'FW213', 'FW214', 'FW215', 'FW216', 'FW217', 'FW218', 'FW219']],
    [['help', 'l'], ['list']],
    [['s'], ['synth', 'simulate']],
    [['diff', 'dev', 'prod', '--format', ''], ['text', 'markdown', 'json']],
    [['diff', 'dev', 'prod', '--exit'], ['--exit-code']],
    [['promote', 'checkout', '--to', 'prod', '--format', ''], ['human', 'markdown', 'json']],
    [['promote', 'checkout', '--p'], ['--platform', '--passed']],
    [['r'], ['rollback']],
    [['simulate', 'checkout', '--s'], ['--scenario', '--svg', '--stack']],
    [['simulate', 'checkout', '--expect', ''], ['promoted', 'aborted', 'rolled-back', 'paused', 'stuck', 'unfinished']],
  ])('offers after %j', async (words, expected) => expect((await offered(...words)).sort()).toEqual([...expected].sort()));

  test.each([[['check', '--output', '']], [['synth', '--adopt', 'd']], [['list', '--environment', '']], [['simulate', 'checkout', '--scenario', '']]])('leaves %j to file names', async words => {
    expect(await offered(...words)).toEqual([]);
  });

  test('offers every option of every command', async () => {
    const silent = { write: () => undefined, color: false };
    const program = buildProgram({ cwd: '', env: {}, now: () => new Date(0), uncaughtHook: '', interactive: false, out: silent, err: silent }, () => undefined);
    expect(program.commands.map(command => command.name())).toEqual(COMMANDS);
    for (const command of program.commands) {
      const words = await offered(command.name(), '-');
      expect(words.sort()).toEqual([...command.options.flatMap(o => o.long ?? []), '-h', '--help'].sort());
    }
  });
});

describe('zsh and fish', () => {
  // What they offer is checked in the shells by hand; here, that nothing is left out.
  test.each(['zsh', 'fish'])('%s has every command and option', async shell => {
    const text = await script(shell);
    for (const word of [...COMMANDS, 'adopt', 'app', 'stack', 'quiet', 'format', 'output', 'strict', 'environment', 'json', 'scenario', 'compare', 'exit-code', 'text markdown json', 'svg', 'html', 'expect', 'promoted aborted rolled-back', 'human json sarif', 'bash zsh fish', 'FW124']) {
      expect(text).toContain(word);
    }
  });
});
