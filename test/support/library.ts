import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { transformSync } from '@swc/core';
import { newFolder } from './folders';

const PROJECT = path.resolve(__dirname, '../..');

let library: string | undefined;

/** The library for programs in processes of their own, transpiled once: a folder with `lib` and `node_modules`. */
export function transpiledLibrary(): string {
  if (library !== undefined) {
    return library;
  }
  library = newFolder('fairway-library-');
  fs.symlinkSync(path.join(PROJECT, 'node_modules'), path.join(library, 'node_modules'));
  const source = path.join(PROJECT, 'src');
  for (const name of fs.readdirSync(source, { recursive: true }).map(String).filter(n => n.endsWith('.ts'))) {
    const { code } = transformSync(fs.readFileSync(path.join(source, name), 'utf8'), {
      filename: name,
      module: { type: 'commonjs' },
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    });
    const file = path.join(library, 'lib', name.replace(/\.ts$/, '.js'));
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, code);
  }
  return library;
}

/** Writes a program that has the library at hand, and returns its path. */
export function program(name: string, text: string): string {
  return script(name, [
    'const { Platform, FolderChart, RepositoryFile, FileContent, Diagnostics } = require("./lib/core");',
    'const { ApiObject, App, Chart, Lazy } = require("cdk8s");',
    'const { Construct } = require("constructs");',
    text,
  ].join('\n'));
}

/** Writes a file beside the library, and returns its path. */
export function script(name: string, text: string): string {
  const file = path.join(transpiledLibrary(), name);
  fs.writeFileSync(file, text);
  return file;
}

export interface Run {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The environment of this process without what could change a synth. */
export function cleanEnvironment(more: Record<string, string> = {}): Record<string, string> {
  const kept = Object.entries(process.env).filter(([key]) => !/^(CDK8S_|FAIRWAY_|CI$|NO_COLOR$|FORCE_COLOR$|NODE_OPTIONS$)/.test(key));
  return { ...Object.fromEntries(kept) as Record<string, string>, ...more };
}

/** Runs a program of Node and waits for its end. */
export function run(args: string[], options: { cwd: string; env?: Record<string, string> }): Run {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: options.cwd,
    env: cleanEnvironment(options.env),
    encoding: 'utf8',
  });
  return { status, signal, stdout, stderr };
}
