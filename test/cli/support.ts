import { spawn, SpawnOptions } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { main } from '../../src/cli/main';
import { newFolder } from '../support/folders';
import { cleanEnvironment, transpiledLibrary } from '../support/library';

// Child processes take their time when all cores are busy.
jest.setTimeout(30_000);

export const REPOSITORY = path.resolve(__dirname, '../..');

let library: string | undefined;

/**
 * The library as it is published, compiled from the source of now, in a folder whose name has a space. Programs in
 * child processes use it, because they cannot load TypeScript.
 */
export function compiledLibrary(): string {
  if (library === undefined) {
    library = newFolder('fairway library ');
    fs.cpSync(path.join(transpiledLibrary(), 'lib'), path.join(library, 'lib'), { recursive: true });
    fs.mkdirSync(path.join(library, 'bin'));
    fs.copyFileSync(path.join(REPOSITORY, 'bin/fairway'), path.join(library, 'bin/fairway'));
    fs.copyFileSync(path.join(REPOSITORY, 'package.json'), path.join(library, 'package.json'));
    fs.symlinkSync(path.join(REPOSITORY, 'node_modules'), path.join(library, 'node_modules'));
  }
  return library;
}

/** What stands before every program of a test. */
function prelude(): string {
  return [
    `const { Platform, FolderChart, RepositoryFile, FileContent, Diagnostics } = require(${JSON.stringify(path.join(compiledLibrary(), 'lib/core'))});`,
    'const { ApiObject, Chart } = require(\'cdk8s\');',
    'const object = (scope, kind, name) => new ApiObject(scope, `${kind}-${name}`, { apiVersion: \'v1\', kind, metadata: { name } });',
    '',
  ].join('\n');
}

/** A folder with a program and a `cdk8s.yaml` that runs it. */
export function programFolder(program: string, settings: Record<string, string> = { app: 'node main.js' }): string {
  const parent = newFolder('fairway-program-');
  fs.symlinkSync(path.join(REPOSITORY, 'node_modules'), path.join(parent, 'node_modules'));
  const folder = path.join(parent, 'program');
  write(folder, 'cdk8s.yaml', Object.entries(settings).map(([key, value]) => `${key}: ${value}\n`).join(''));
  setProgram(folder, program);
  return folder;
}

/** Replaces the program of a folder. */
export function setProgram(folder: string, program: string): void {
  write(folder, 'main.js', prelude() + program);
}

/** Writes a file of a test, and the folders that it needs. */
export function write(folder: string, file: string, content: string): void {
  fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  fs.writeFileSync(path.join(folder, file), content);
}

/** All that a run leaves behind, apart from the files. */
export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface InProcess {
  readonly env?: NodeJS.ProcessEnv;
  readonly color?: boolean;
  readonly columns?: number;
  /** The time, ISO 8601. */
  readonly now?: string;
}

/** Runs the command line in this process. */
export async function fairway(cwd: string, argv: string[], { env, color = false, columns, now }: InProcess = {}): Promise<Run> {
  let out = '';
  let err = '';
  const code = await main(argv, {
    cwd,
    env: { ...cleanEnvironment(), ...env },
    now: () => now === undefined ? new Date() : new Date(now),
    interactive: false,
    out: { write: text => { out += text; }, color, columns },
    err: { write: text => { err += text; }, color, columns },
    uncaughtHook: path.join(compiledLibrary(), 'lib/cli/uncaught.js'),
  });
  return { code, out, err };
}

/** Runs any command to its end. */
export async function execute(command: string, args: string[], options: SpawnOptions = {}): Promise<Run> {
  const child = spawn(command, args, { env: cleanEnvironment(), ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout!.setEncoding('utf8').on('data', text => { out += text; });
  child.stderr!.setEncoding('utf8').on('data', text => { err += text; });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code => resolve({ code, out, err }));
  });
}

/** The script that a shell runs as `fairway`. */
export function fairwayScript(): string {
  return path.join(compiledLibrary(), 'bin/fairway');
}
