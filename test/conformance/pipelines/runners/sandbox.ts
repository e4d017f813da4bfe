import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Trace } from './trace';
import type { EventFacts, RunnerName } from '../../../pipelines/scenario';
import { run } from '../../workshop';

const WORK = resolve(__dirname, '../../../../.tmp/conformance/pipelines');

/** A pipeline to run. */
export interface Run {
  /** Made of letters, digits and dashes: folders are named so. */
  readonly name: string;
  /** The files of the repository, by path: what the engine wrote, and what the scripts need. */
  readonly files: Record<string, string>;
  readonly event: EventFacts;
  readonly secrets?: Record<string, string>;
  readonly variables?: Record<string, string>;
  /** Whether who is asked to approve does. @default true */
  readonly approve?: boolean;
  /** How long a minute of a timeout is, where the runner can be told. @default - a minute */
  readonly minuteMillis?: number;
  /** Seconds until the run is given up. @default 60 */
  readonly patience?: number;
}

/** Something that runs pipelines of one system. */
export interface Runner {
  readonly name: RunnerName;
  readonly version: string;
  install(): void;
  run(run: Run): Promise<Trace>;
}

/** A throw-away repository with its pipeline, and the places where a run leaves what it did. */
export class Sandbox {
  readonly root: string;
  readonly repository: string;
  readonly trace: string;
  readonly artifacts: string;
  readonly home: string;

  constructor(runner: string, private readonly of: Run) {
    this.root = join(WORK, runner, of.name);
    this.repository = join(this.root, 'repository');
    this.trace = join(this.root, 'trace');
    this.artifacts = join(this.root, 'artifacts');
    this.home = join(this.root, 'home');
    rmSync(this.root, { recursive: true, force: true });
    [this.repository, this.artifacts, this.home].forEach(folder => mkdirSync(folder, { recursive: true }));
    writeFileSync(this.trace, '');
    for (const [path, text] of Object.entries({ 'README.md': `# ${of.name}\n`, ...of.files })) this.write(join('repository', path), text);
    this.commit();
  }

  /** Writes a file below the root and returns its path. */
  write(path: string, text: string): string {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  /** The commit before the change, where there is one. */
  get baseSha(): string | undefined {
    return this.of.event.changed === undefined ? undefined : this.git('rev-parse', 'HEAD~1').trim();
  }

  get sha(): string {
    return this.git('rev-parse', 'HEAD').trim();
  }

  /** What a run left behind. */
  collect(rest: Pick<Trace, 'conclusion' | 'reported' | 'log'> & { artifacts?: string[] }): Trace {
    const lines = readFileSync(this.trace, 'utf8').split('\n').filter(line => line !== '');
    return { lines, artifacts: filesBelow(this.artifacts), ...rest };
  }

  git(...args: string[]): string {
    return run({ program: 'git', args, cwd: this.repository, env: GIT });
  }

  private commit(): void {
    const { branch = 'main', target = 'main', event, tag, changed } = this.of.event;
    this.git('init', '--quiet', '--initial-branch', 'main');
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message', 'feat: what there is');
    for (const name of [branch, target]) if (name !== 'main') this.git('branch', '--force', name);
    this.git('checkout', '--quiet', branch);
    if (changed !== undefined) {
      for (const path of changed) this.write(join('repository', path), `${this.of.files[path] ?? ''}changed\n`);
      this.git('add', '--all');
      this.git('commit', '--quiet', '--message', 'feat: what has changed');
    }
    if (event === 'tag' && tag !== undefined) this.git('tag', tag);
  }
}

const GIT = {
  GIT_AUTHOR_NAME: 'Fairway',
  GIT_AUTHOR_EMAIL: 'fairway@example.com',
  GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
  GIT_COMMITTER_NAME: 'Fairway',
  GIT_COMMITTER_EMAIL: 'fairway@example.com',
  GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
};

/** The names of all files below a folder, without their folders, sorted, each once; without hidden ones, and those in folders that are left out. */
export function filesBelow(folder: string, leftOut = /(^|\/)\.[^/]*\//): string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => !leftOut.test(path) && !basename(path).startsWith('.') && statSync(join(folder, path)).isFile()).map(path => basename(path));
  return [...new Set(files)].sort();
}

export interface Attempt {
  readonly program: string;
  readonly args: string[];
  readonly cwd: string;
  readonly env: Record<string, string>;
  readonly patience?: number;
}

/** The program's answer with its exit code: a pipeline that fails is an answer, too. */
export function attempt({ program, args, cwd, env, patience = 60 }: Attempt): Promise<{ status: number; output: string }> {
  return new Promise((answer, refuse) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let late = false;
    // Some runners wait for ever and do not heed a polite signal; what they started has to go with them.
    const clock = setTimeout(() => { late = true; process.kill(-child.pid!, 'SIGKILL'); }, patience * 1000);
    [child.stdout, child.stderr].forEach(stream => stream.setEncoding('utf8').on('data', chunk => { output += chunk; }));
    child.on('error', refuse);
    child.on('close', status => {
      clearTimeout(clock);
      if (late) refuse(new Error(`${program} was not through after ${patience} seconds: ${output.slice(-2000)}`));
      else answer({ status: status ?? 1, output });
    });
  });
}
