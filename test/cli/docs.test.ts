import * as fs from 'fs';
import * as path from 'path';
import { REPOSITORY } from './support';
import { buildProgram } from '../../src/cli/program';

/* docs/cli.md leaves no command and no option out, and names none that is not there. */

const silent = { write: () => undefined, color: false };
const program = buildProgram({ cwd: '', env: {}, now: () => new Date(0), uncaughtHook: '', interactive: false, out: silent, err: silent }, () => undefined);
const guide = fs.readFileSync(path.join(REPOSITORY, 'docs/cli.md'), 'utf8');

/** The part of the guide about a command. */
function section(command: string): string {
  return guide.split(/^## /m).find(part => part.startsWith(`\`fairway ${command}\``)) ?? '';
}

test.each(program.commands.map(command => [command.name(), command] as const))('%s', (name, command) => {
  const options = command.options.flatMap(option => option.long ?? []);
  expect(options.filter(option => !section(name).includes(`\`${option}`))).toEqual([]);
});

test('no other option or command', () => {
  const known = program.commands.flatMap(command => command.options.flatMap(option => option.long ?? []));
  const named = [...guide.matchAll(/--[a-z]+(?:-[a-z]+)*/g)].map(match => match[0]);
  expect(named.filter(option => ![...known, '--help', '--require'].includes(option))).toEqual([]);
  expect([...guide.matchAll(/^## `fairway (\w+)/gm)].map(match => match[1])).toEqual(program.commands.map(command => command.name()));
});
