import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Trace } from './trace';
import type { EventName } from '../../../../src/pipelines/graph';
import { run } from '../../workshop';

const WORK = resolve(__dirname, '../../../../.tmp/conformance/pipelines');

/** What set a pipeline off, in no system's words. */
export interface EventFacts {
  readonly event: Exclude<EventName, 'call' | 'release'>;
  /** The branch that was pushed, or that a pull request comes from. @default - main */
  readonly branch?: string;
  /** The branch that a pull request or a merge queue leads to. @default - main */
  readonly target?: string;
  readonly tag?: string;
  /** The title of the pull request. @default - A change */
  readonly title?: string;
  /** The number of the pull request. @default - 7 */
  readonly number?: number;
  /** What whoever started the pipeline filled in. */
  readonly inputs?: Record<string, string>;
}

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
  readonly name: string;
  readonly version: string;
  install(): void;
  run(run: Run): Trace;
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
    const { branch = 'main', target = 'main', event, tag } = this.of.event;
    this.git('init', '--quiet', '--initial-branch', 'main');
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message', 'feat: what there is');
    for (const name of [branch, target]) if (name !== 'main') this.git('branch', '--force', name);
    this.git('checkout', '--quiet', branch);
    if (event === 'tag' && tag !== undefined) this.git('tag', tag);
  }
}

const GIT = {
  GIT_AUTHOR_NAME: 'Fairway', GIT_AUTHOR_EMAIL: 'fairway@example.com', GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
  GIT_COMMITTER_NAME: 'Fairway', GIT_COMMITTER_EMAIL: 'fairway@example.com', GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
  GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1',
};

/** The names of all files below a folder, without their folders and hidden ones, sorted, each once. */
export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => !/(^|\/)\./.test(path) && statSync(join(folder, path)).isFile()).map(path => basename(path));
  return [...new Set(files)].sort();
}

/** The program's answer with its exit code: a pipeline that fails is an answer, too. */
export function attempt(command: {
  program: string; args: string[]; cwd: string; env: Record<string, string>; patience?: number;
}): { status: number; output: string } {
  const marker = 'fairway-exit-code=';
  const { program, args, cwd, env, patience = 60 } = command;
  // Some runners wait for ever and do not heed a polite signal; what they started has to go with them.
  const script = 'timeout --signal KILL "$FAIRWAY_PATIENCE" "$@" 2>&1; echo "\nfairway-exit-code=$?"';
  const printed = run({ program: 'bash', args: ['-c', script, program, program, ...args], cwd, env: { ...env, FAIRWAY_PATIENCE: String(patience) } });
  const at = printed.lastIndexOf(marker);
  const status = Number(printed.slice(at + marker.length));
  if (status === 137) throw new Error(`${program} was not through after ${patience} seconds:\n${printed.slice(-2000)}`);
  return { status, output: printed.slice(0, at) };
}
