import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { isInside } from '../../core/host';
import { CommandFailure, failure } from '../failure';
import type { Io } from '../io';
import type { Git } from './git';
import * as messages from './messages';
import { isAlive } from './processes';

const PREFIX = 'fairway-worktree-';
const LOCK_FILES = ['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'bun.lockb'];

/** Where a program of another commit is run, and how it gets its dependencies. */
export interface WorktreeRequest {
  readonly git: Git;
  readonly revision: string;
  /** The command that installs dependencies; without it those of the working folder are used. */
  readonly install?: string;
}

/** Runs something in a checkout of another commit, in the folder that the working folder is there. The checkout is removed in any case. */
export async function inWorktree<T>(io: Io, { git, revision, install }: WorktreeRequest, run: (folder: string) => Promise<T>): Promise<T> {
  const here = fs.realpathSync(io.cwd);
  if (install === undefined) {
    checkDependencies(git, revision, here);
  }
  clearLeftovers(git);
  const around = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), `${PREFIX}${process.pid}-`)));
  const worktree = path.join(around, 'checkout');
  const links: string[] = [];
  try {
    git.addWorktree(worktree, revision);
    const folder = path.join(worktree, path.relative(git.root, here));
    if (!fs.existsSync(folder)) {
      throw failure(messages.noProgramAt(revision, git.relative(here)));
    }
    if (install === undefined) {
      links.push(...linkDependencies(git.root, here, worktree));
    } else {
      runInstall(io, install, folder);
    }
    return await run(folder);
  } finally {
    links.forEach(link => fs.rmSync(link, { force: true })); // links first: what they lead to must stay
    git.removeWorktree(worktree);
    fs.rmSync(around, { recursive: true, force: true });
  }
}

/** Fails when the dependencies of the working folder are not those of the commit. */
function checkDependencies(git: Git, revision: string, here: string): void {
  const folders = foldersBetween(git.root, here);
  const contentOf = (file: string) => fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
  const files = folders.flatMap(folder => LOCK_FILES.map(name => path.join(folder, name)));
  const locks = files.filter(file => contentOf(file) !== undefined || git.fileAt(revision, git.relative(file)) !== undefined);
  const compared = locks.length > 0 ? locks : folders.map(folder => path.join(folder, 'package.json'));
  const other = compared.find(file => contentOf(file) !== git.fileAt(revision, git.relative(file)));
  if (other !== undefined) {
    throw failure(messages.otherDependencies(git.relative(other), revision));
  }
  const own = folders.map(folder => path.join(folder, 'node_modules')).flatMap(folder => ownPackages(folder, git.root))[0];
  if (own !== undefined) {
    throw failure(messages.ownPackage(own, revision));
  }
}

/** Packages in a folder of dependencies that are folders of the repository itself, as workspaces are: they have other commits, too. */
function ownPackages(modules: string, root: string): string[] {
  const names = (folder: string) => fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  const packages = names(modules).flatMap(name => name.startsWith('@') ? names(path.join(modules, name)).map(inner => `${name}/${inner}`) : [name]);
  return packages.filter(name => {
    const file = path.join(modules, name);
    if (!fs.lstatSync(file).isSymbolicLink() || !fs.existsSync(file)) {
      return false;
    }
    const real = fs.realpathSync(file);
    return isInside(root, real) && !real.split(path.sep).includes('node_modules');
  });
}

/** Links the dependencies that the program finds from the working folder. Returns the links. */
function linkDependencies(root: string, here: string, worktree: string): string[] {
  const inside = foldersBetween(root, here).map(folder => [folder, path.join(worktree, path.relative(root, folder))]);
  const above = foldersAround(root).find(folder => fs.existsSync(path.join(folder, 'node_modules')));
  const pairs = [...inside, ...above === undefined ? [] : [[above, path.dirname(worktree)]]]
    .map(([from, to]) => [path.join(from, 'node_modules'), path.join(to, 'node_modules')])
    .filter(([from, to]) => fs.existsSync(from) && !fs.existsSync(to) && fs.existsSync(path.dirname(to)));
  return pairs.map(([from, to]) => {
    fs.symlinkSync(fs.realpathSync(from), to, 'junction');
    return to;
  });
}

function runInstall(io: Io, install: string, folder: string): void {
  const { status, error, stdout, stderr } = spawnSync(install, { cwd: folder, env: io.env, shell: true, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 28 });
  io.err.write(`${stdout ?? ''}${stderr ?? ''}`);
  if (status !== 0) {
    throw new CommandFailure(messages.installFailed(install, error?.message ?? `exit code ${status}`), 1);
  }
}

/** Worktrees of commands that were killed. */
function clearLeftovers(git: Git): void {
  for (const folder of git.worktrees()) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(path.basename(path.dirname(folder)))?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) {
      foldersIn(folder).filter(name => fs.lstatSync(name).isSymbolicLink()).forEach(link => fs.rmSync(link, { force: true }));
      git.removeWorktree(folder);
      fs.rmSync(path.dirname(folder), { recursive: true, force: true });
    }
  }
}

function foldersIn(folder: string): string[] {
  return fs.existsSync(folder) ? fs.readdirSync(folder).map(name => path.join(folder, name)) : [];
}

/** The folders from the root down to a folder, both included. */
function foldersBetween(root: string, folder: string): string[] {
  return folder === root || !isInside(root, folder) ? [root] : [...foldersBetween(root, path.dirname(folder)), folder];
}

/** The folders above a folder, from the inside out. */
function foldersAround(folder: string): string[] {
  const around = path.dirname(folder);
  return around === folder ? [] : [around, ...foldersAround(around)];
}
