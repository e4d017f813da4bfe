import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { failure } from '../failure';
import * as messages from './messages';

/** A git repository around a folder. Nothing of it is changed but its list of worktrees. */
export class Git {
  /** The repository that a folder lies in. Fails outside of one. */
  public static around(folder: string, env: NodeJS.ProcessEnv): Git {
    const { ok, text } = run(folder, env, ['rev-parse', '--show-toplevel']);
    if (!ok) {
      throw failure(messages.noRepository());
    }
    return new Git(fs.realpathSync(text.trim()), env);
  }

  private constructor(public readonly root: string, private readonly env: NodeJS.ProcessEnv) {}

  /** The commit that is checked out; nothing in a repository without one. */
  public head(): string | undefined {
    const { ok, text } = this.run('rev-parse', '--verify', '--quiet', 'HEAD^{commit}');
    return ok ? text.trim() : undefined;
  }

  /** Whether a commit is here: a shallow clone lacks most. */
  public has(revision: string): boolean {
    return this.run('cat-file', '-e', `${revision}^{commit}`).ok;
  }

  /** When a commit was made, ISO 8601. */
  public timeOf(revision: string): string {
    return new Date(Number(this.demand('show', '--no-patch', '--format=%ct', revision).trim()) * 1000).toISOString();
  }

  /** The files that differ between a commit and what stands on disk, new ones too, or between two commits; relative to the root. */
  public changedSince(revision: string, other?: string): string[] {
    const changed = names(this.demand('diff', '--name-only', '--no-renames', '-z', revision, ...other === undefined ? [] : [other], '--'));
    return other === undefined ? [...changed, ...names(this.demand('ls-files', '--others', '--exclude-standard', '-z'))] : changed;
  }

  /** What a file said in a commit; nothing when it was not there. */
  public fileAt(revision: string, file: string): string | undefined {
    const { ok, text } = this.run('show', `${revision}:${file}`);
    return ok ? text : undefined;
  }

  /** Checks a commit out into a new folder beside everything else. */
  public addWorktree(folder: string, revision: string): void {
    this.demand('worktree', 'add', '--detach', '--force', folder, revision); // hooks are for checkouts that people work in
  }

  public removeWorktree(folder: string): void {
    this.run('worktree', 'remove', '--force', folder);
    fs.rmSync(folder, { recursive: true, force: true });
    this.run('worktree', 'prune');
  }

  /** The folders of all worktrees. */
  public worktrees(): string[] {
    return [...this.demand('worktree', 'list', '--porcelain').matchAll(/^worktree (.*)$/gm)].map(match => match[1]);
  }

  /** A path relative to the root of the repository, with `/`. */
  public relative(absolute: string): string {
    return path.relative(this.root, absolute).split(path.sep).join('/');
  }

  private demand(...args: string[]): string {
    const { ok, text, error } = this.run(...args);
    if (!ok) {
      throw failure(messages.gitFailed(args[0] === 'worktree' ? 'worktree add' : args[0], error));
    }
    return text;
  }

  private run(...args: string[]): ReturnType<typeof run> {
    return run(this.root, this.env, args);
  }
}

function run(cwd: string, env: NodeJS.ProcessEnv, args: string[]): { ok: boolean; text: string; error: string } {
  // A hook runs with GIT_DIR and GIT_INDEX_FILE of its own work, which is not ours.
  const { GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE, ...rest } = env;
  const { status, stdout, stderr, error } = spawnSync('git', ['-c', 'core.quotePath=false', '-c', 'core.hooksPath=/dev/null', ...args], {
    cwd, env: { ...rest, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' }, encoding: 'utf8', maxBuffer: 2 ** 30,
  });
  return { ok: status === 0, text: stdout ?? '', error: (error?.message ?? stderr ?? '').trim().split('\n').at(-1) ?? '' };
}

function names(text: string): string[] {
  return text.split('\0').filter(name => name !== '');
}
