import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Executor, Outcome, StepCall } from './interpreter';
import { globMatches, type StepNode } from '../../src/pipelines/graph';

/*
 * Two ways to carry out the steps that the interpreter asks for: as somebody wrote down, in a time that only seems to pass; and with bash.
 */

/** How a step goes. */
export interface Script {
  readonly ok?: boolean;
  readonly outputs?: Record<string, string>;
  /** How long it takes. @default 1 */
  readonly seconds?: number;
}

/** A try of a step that began. */
export interface Begun {
  /** `build/compile` */
  readonly step: string;
  readonly at: number;
  readonly env: Record<string, string>;
  readonly attempt: number;
  readonly round: number;
}

/** Steps go as a function says, and the clock jumps to whatever comes next. */
export class ScriptedExecutor implements Executor {
  /** Seconds since the run began. */
  public now = 0;
  /** Every try of a step, in the order in which they began. */
  public readonly calls: Begun[] = [];
  private readonly waiting: { readonly at: number; readonly wake: () => void }[] = [];
  private ticking = false;

  constructor(private readonly script: (call: StepCall) => Script = () => ({})) {}

  public async step(call: StepCall): Promise<Outcome> {
    this.calls.push({ step: `${call.leg}/${call.step.id}`, at: this.now, env: call.env, attempt: call.attempt, round: call.round });
    const { ok = true, outputs = {}, seconds = 1 } = this.script(call);
    await this.sleep(seconds, call.signal);
    return call.signal.aborted ? { ok: false } : { ok, outputs };
  }

  public sleep(seconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      if (signal?.aborted) return resolve();
      const entry = { at: this.now + seconds, wake: () => { signal?.removeEventListener('abort', entry.wake); resolve(); } };
      signal?.addEventListener('abort', entry.wake);
      signal?.addEventListener('abort', () => {
        const place = this.waiting.indexOf(entry);
        if (place >= 0) this.waiting.splice(place, 1);
      });
      this.waiting.push(entry);
      this.tick();
    });
  }

  /** When nothing is left to do at this moment, the next one comes. */
  private tick(): void {
    if (this.ticking) return;
    this.ticking = true;
    setImmediate(() => {
      this.ticking = false;
      const [next] = [...this.waiting].sort((a, b) => a.at - b.at);
      if (next === undefined) return;
      this.now = Math.max(this.now, next.at);
      this.waiting.splice(this.waiting.indexOf(next), 1);
      next.wake();
      if (this.waiting.length > 0) this.tick();
    });
  }
}

export interface BashOptions {
  /** A folder that is there and empty. */
  readonly root: string;
  /** What a checkout brings, by path. */
  readonly files: Record<string, string>;
  /** Variables of every script, such as FAIRWAY_TRACE. */
  readonly env: Record<string, string>;
  /** How long a minute of a timeout is. @default 60000 */
  readonly minuteMillis?: number;
}

/** Steps are carried out with bash, each leg in a folder of its own. */
export class BashExecutor implements Executor {
  private readonly workspaces = new Map<string, string>();
  private count = 0;

  constructor(private readonly options: BashOptions) {}

  /** Names of the files in artifacts, without their folders, sorted. */
  public get artifacts(): string[] {
    return [...new Set(filesBelow(join(this.options.root, 'artifacts')).map(path => basename(path)))].sort();
  }

  public async step(call: StepCall): Promise<Outcome> {
    const workspace = this.workspaceOf(call);
    const { step } = call;
    switch (step.kind) {
      case 'run': return this.script(call, step.script, join(workspace, step.workingDirectory ?? '.'), SHELLS[step.shell]);
      case 'delivery': return this.script(call, step.portable.script, join(workspace, step.portable.workingDirectory ?? '.'), SHELLS.bash);
      case 'checkout':
        for (const [path, text] of Object.entries(this.options.files)) write(join(workspace, step.folder ?? '.', path), text);
        return { ok: true };
      case 'upload': return this.upload(step, workspace);
      case 'download': return this.download(step, workspace);
      default: return { ok: true };
    }
  }

  /** Seconds of timeouts are as long as the options say; others are seconds. */
  public sleep(seconds: number, signal?: AbortSignal): Promise<void> {
    const millis = seconds % 60 === 0 ? seconds / 60 * (this.options.minuteMillis ?? 60_000) : seconds * 1000;
    return new Promise(resolve => {
      if (signal?.aborted) return resolve();
      const timer = setTimeout(resolve, millis);
      signal?.addEventListener('abort', () => { clearTimeout(timer); resolve(); });
    });
  }

  private workspaceOf({ leg, attempt }: StepCall): string {
    const key = `${leg} ${attempt}`;
    const workspace = this.workspaces.get(key) ?? join(this.options.root, 'workspaces', String(++this.count));
    this.workspaces.set(key, workspace);
    mkdirSync(workspace, { recursive: true });
    return workspace;
  }

  private script(call: StepCall, text: string, cwd: string, shell: readonly string[]): Promise<Outcome> {
    const base = join(this.options.root, 'scripts', String(++this.count));
    const [file, output] = [`${base}.sh`, `${base}.out`];
    write(file, text);
    write(output, '');
    mkdirSync(cwd, { recursive: true });
    const env = { PATH: process.env.PATH, HOME: this.options.root, LANG: 'C.UTF-8', ...this.options.env, ...call.env, FAIRWAY_OUTPUT: output };
    return new Promise((resolve, reject) => {
      const child = spawn(shell[0], [...shell.slice(1), file], { cwd, env, detached: true, stdio: 'ignore' });
      // The whole group: what a script has started goes with it.
      const end = () => { try { process.kill(-child.pid!, 'SIGKILL'); } catch { /* It is through already. */ } };
      call.signal.addEventListener('abort', end);
      child.on('error', reject);
      child.on('exit', code => {
        call.signal.removeEventListener('abort', end);
        resolve({ ok: code === 0, outputs: outputsOf(readFileSync(output, 'utf8')) });
      });
    });
  }

  private upload(step: StepNode & { kind: 'upload' }, workspace: string): Outcome {
    const found = filesBelow(workspace).filter(file => step.paths.some(path => {
      const plain = path.replace(/^\.\//, '').replace(/\/$/, '');
      return plain === '.' || file === plain || file.startsWith(`${plain}/`) || globMatches(file, plain);
    }));
    found.forEach(file => copy(join(workspace, file), join(this.options.root, 'artifacts', step.artifact, file)));
    return { ok: found.length > 0 || step.ifMissing !== 'error' };
  }

  private download(step: StepNode & { kind: 'download' }, workspace: string): Outcome {
    const store = join(this.options.root, 'artifacts', step.artifact);
    filesBelow(store).forEach(file => copy(join(store, file), join(workspace, step.folder, file)));
    return { ok: existsSync(store) };
  }
}

const SHELLS = { bash: ['bash', '-euo', 'pipefail'], sh: ['sh', '-eu'], pwsh: ['pwsh', '-NonInteractive', '-File'] } as const;

function outputsOf(text: string): Record<string, string> {
  const lines = text.split('\n').filter(line => line.includes('='));
  return Object.fromEntries(lines.map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(path => statSync(join(folder, path)).isFile());
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to);
}
