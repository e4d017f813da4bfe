import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const HERE = __dirname;
const HOME = resolve(HERE, '../../.conformance');

export interface Command {
  readonly program: string;
  readonly args: string[];
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  readonly input?: string;
  /** Exit codes that are an answer, and not a breakdown. */
  readonly accept?: number[];
}

/** Runs a program to its end and returns what it printed. Throws when it breaks down. */
export function run(command: Command): string {
  const { program, args, cwd, input, accept = [0] } = command;
  const result = spawnSync(program, args, {
    cwd, input, env: { ...process.env, ...command.env }, encoding: 'utf8', maxBuffer: 1 << 30,
  });
  if (result.error) throw new Error(`${program}: ${result.error.message}`);
  if (!accept.includes(result.status ?? -1)) {
    const lastLines = `${result.stdout}\n${result.stderr}`.trim().split('\n').slice(-8).join('\n');
    throw new Error(`${program} ${args.slice(0, 3).join(' ')} ended with ${result.status}: ${lastLines}`);
  }
  return result.stdout;
}

/** A program of ours in Go: a module below `go/`. */
export interface GoModule {
  readonly name: string;
  /** Folder below `go/`. */
  readonly folder: string;
  /** Module file, when the folder has more than one. */
  readonly modfile?: string;
  readonly tags?: string;
  readonly env?: Record<string, string>;
}

const GO_ENV = { GOFLAGS: '-buildvcs=false', GOTOOLCHAIN: 'local', GOWORK: 'off', CGO_ENABLED: '0' };

/** Builds a module of ours and returns the path of the program. */
export function goBuild(module: GoModule): string {
  const program = join(HOME, 'bin', module.name);
  const cwd = join(HERE, 'go', module.folder);
  const sources = [cwd, ...sharedModules(cwd)];
  once(module.name, [goToolchain(), JSON.stringify(module), ...sources.map(contents)], program, () => {
    const flags = [...module.modfile ? ['-modfile', module.modfile] : [], ...module.tags ? ['-tags', module.tags] : []];
    run({ program: 'go', args: ['build', ...flags, '-o', program, '.'], cwd, env: { ...GO_ENV, ...module.env } });
  });
  return program;
}

/** The folders of our own modules that the module of a folder is built with. */
function sharedModules(folder: string): string[] {
  const replaced = readFileSync(join(folder, 'go.mod'), 'utf8').matchAll(/^replace \S+ => (\.\.\/\S+)$/gm);
  return [...replaced].map(([, path]) => join(folder, path));
}

/** Builds a published program and returns its path. */
export function goInstall(name: string, pkg: string, version: string): string {
  const program = join(HOME, 'bin', name);
  once(name, [goToolchain(), pkg, version], program, () => {
    run({ program: 'go', args: ['install', `${pkg}@${version}`], cwd: HERE, env: { ...GO_ENV, GOBIN: join(HOME, 'bin') } });
  });
  return program;
}

/** The version of a module that a module file of ours pins. */
export function goVersionOf(module: string, folder: string, modfile = 'go.mod'): string {
  const file = join('go', folder, modfile);
  const required = readFileSync(join(HERE, file), 'utf8').split('\n').map((line) => line.trim().split(' '))
    .find(([name, version]) => name === module && version?.startsWith('v'));
  if (!required) throw new Error(`${file} does not require ${module}`);
  return required[1];
}

/** Where the source of a module that `folder` requires lies. */
export function goModuleSource(folder: string, module: string): string {
  const args = ['list', '-m', '-f', '{{.Dir}}', module];
  return run({ program: 'go', args, cwd: join(HERE, 'go', folder), env: GO_ENV }).trim();
}

/** Downloads a module, for the files that are in it, and returns its folder. */
export function goDownload(module: string, version: string): string {
  const downloaded = JSON.parse(run({ program: 'go', args: ['mod', 'download', '-json', `${module}@${version}`], cwd: HERE, env: GO_ENV }));
  return downloaded.Dir;
}

/**
 * Installs the Python packages that the requirements file pins, and returns the path of one of their programs.
 *
 * @param name the environment, which has the name of the program when it is there for one alone
 */
export function pipInstall(program: string, requirements: string, name = program): string {
  const venv = join(HOME, 'venv', name);
  const file = join(HERE, requirements);
  once(name, [readFileSync(file, 'utf8')], join(venv, 'bin', program), () => {
    run({ program: 'python3', args: ['-m', 'venv', '--clear', venv] });
    run({ program: join(venv, 'bin', 'pip'), args: ['install', '--quiet', '--requirement', file] });
  });
  return join(venv, 'bin', program);
}

/** Where the files of an installed Python package lie. */
export function pipSource(program: string, pkg: string): string {
  const code = 'import importlib.util, sys; print(importlib.util.find_spec(sys.argv[1]).submodule_search_locations[0])';
  return run({ program: join(dirname(program), 'python'), args: ['-c', code, pkg] }).trim();
}

/** The version of a package that a requirements file pins. */
export function pipVersionOf(pkg: string, requirements: string): string {
  const version = readFileSync(join(HERE, requirements), 'utf8').split('\n').map((line) => line.split('=='))
    .find(([name]) => name === pkg)?.[1];
  if (version === undefined) throw new Error(`${requirements} does not require ${pkg}`);
  return version;
}

/** Installs the npm packages that a folder's lock file pins, and returns where the folder's scripts find them. */
export function npmInstall(folder: string): string {
  const source = join(HERE, folder);
  const target = join(HOME, folder);
  once(folder, [contents(source)], target, () => {
    cpSync(source, target, { recursive: true });
    run({ program: 'npm', args: ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], cwd: target });
  });
  return target;
}

/** The version of a package that a folder's package.json pins. */
export function npmVersionOf(pkg: string, folder: string): string {
  return JSON.parse(readFileSync(join(HERE, folder, 'package.json'), 'utf8')).dependencies[pkg];
}

/** Makes one file of a script and the packages that it imports: some of them cannot be imported as they are published. */
export function npmBundle(folder: string, script: string): string {
  const installed = npmInstall(folder);
  const product = join(installed, script.replace(/\.mjs$/, '.cjs'));
  once(join(folder, script), [contents(join(HERE, folder))], product, () => {
    const args = [script, '--bundle', '--platform=node', '--format=cjs', '--log-level=error', `--outfile=${product}`];
    run({ program: join(installed, 'node_modules', '.bin', 'esbuild'), args, cwd: installed });
  });
  return product;
}

function goToolchain(): string {
  return run({ program: 'go', args: ['version'], env: GO_ENV });
}

/** Makes the product unless it was made from the same ingredients before. */
function once(name: string, ingredients: string[], product: string, make: () => void): void {
  const stamp = join(HOME, 'stamps', name.replaceAll('/', '-'));
  const wanted = createHash('sha256').update(ingredients.join('\0')).digest('hex');
  if (existsSync(product) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  process.stderr.write(`installing ${name}\n`);
  make();
  mkdirSync(join(HOME, 'stamps'), { recursive: true });
  writeFileSync(stamp, wanted);
}

function contents(folder: string): string {
  return readdirSync(folder).sort().map((file) => `${file}\0${readFileSync(join(folder, file), 'utf8')}`).join('\0');
}

export { contents as contentsOf, HOME as WORKSHOP, once };
