import { ChildProcess, spawn } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import type { Io, Output } from './io';
import * as messages from './messages';
import { withRequire } from './node-options';
import { hasErrors, readReport } from './report';
import type { ProgramSettings } from './settings';
import type { Finding } from '../core/diagnostics/finding';
import type { Selection } from '../core/host';

/** How the program is to be run. */
export interface ProgramRequest extends ProgramSettings {
  /** Find everything, write nothing. What the program prints goes to standard error, since the findings are the result. */
  readonly checkOnly: boolean;
  /**
   * A folder that manifests are written to, and nothing anywhere else. What the program prints goes to standard error.
   *
   * @default - the output folder
   */
  readonly preview?: string;
  /**
   * What of a preview is made, and from which release states.
   *
   * @default - everything, from the release states of the repository
   */
  readonly partial?: PartialRequest;
  /**
   * The folder that the program runs in, absolute.
   *
   * @default - the working folder
   */
  readonly folder?: string;
  /** Files that may be taken over, relative to the root; `*` means all. */
  readonly adopt: string[];
  /** Leave uncaught errors to Node, which prints them with a stack trace. */
  readonly stack: boolean;
}

/** What of a preview is made. */
export interface PartialRequest {
  /** Where the program leaves what the platforms are. */
  readonly model: string;
  /** The folder with the release states, absolute; those of the repository without it. */
  readonly releases?: string;
  /** Only these workloads, or none of them; everything without it. */
  readonly only?: Selection[];
  /** The environment that is made although it is pinned. */
  readonly environment?: string;
}

/** How the program ended. */
export interface ProgramOutcome {
  /** The findings that it reported; absent when it did not get as far as that. */
  readonly findings?: Finding[];
  /** Why it failed, in a sentence, when the findings do not say so. */
  readonly fault?: string;
}

/** How a process ended. */
interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly error?: Error;
}

/** Runs the program through the shell, as cdk8s-cli does, and collects its findings. */
export async function runProgram(io: Io, request: ProgramRequest): Promise<ProgramOutcome> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fairway-'));
  try {
    const reportFile = path.join(folder, 'findings.json');
    const ending = await execute(io, request, environmentOf(io, request, reportFile));
    const findings = readReport(reportFile);
    return { findings, fault: faultOf(request.command, ending, findings) };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** The environment of the program. What an outer `fairway` may have set is not passed on. */
function environmentOf(io: Io, request: ProgramRequest, reportFile: string): NodeJS.ProcessEnv {
  const { FAIRWAY_MODE, FAIRWAY_ADOPT, FAIRWAY_MODEL, FAIRWAY_RELEASES, FAIRWAY_ONLY, FAIRWAY_UNPIN, ...env } = io.env;
  return {
    ...env,
    FAIRWAY_REPORT: reportFile,
    ...(request.checkOnly ? { FAIRWAY_MODE: 'check' } : {}),
    ...(request.adopt.length > 0 ? { FAIRWAY_ADOPT: request.adopt.join(path.delimiter) } : {}),
    ...(request.output === undefined ? {} : { CDK8S_OUTDIR: request.output }),
    ...(request.preview === undefined ? {} : { FAIRWAY_MODE: 'preview', CDK8S_OUTDIR: request.preview }),
    ...partialEnvironment(request.partial),
    ...(request.stack ? {} : { NODE_OPTIONS: withRequire(io.env.NODE_OPTIONS, io.uncaughtHook) }),
  };
}

function partialEnvironment(partial: PartialRequest | undefined): NodeJS.ProcessEnv {
  return partial === undefined ? {} : {
    FAIRWAY_MODEL: partial.model,
    ...(partial.releases === undefined ? {} : { FAIRWAY_RELEASES: partial.releases }),
    ...(partial.only === undefined ? {} : { FAIRWAY_ONLY: JSON.stringify(partial.only) }),
    ...(partial.environment === undefined ? {} : { FAIRWAY_UNPIN: partial.environment }),
  };
}

async function execute(io: Io, request: ProgramRequest, env: NodeJS.ProcessEnv): Promise<Ending> {
  const out = request.checkOnly || request.preview !== undefined ? io.err : io.out;
  // A group of its own can be ended together, whatever the shell has started; but only the group of the terminal can read from it.
  const isGroup = !io.interactive && process.platform !== 'win32';
  const child = spawn(request.command, {
    cwd: request.folder ?? io.cwd,
    env,
    shell: true,
    detached: isGroup,
    stdio: ['inherit', out.fd ?? 'pipe', io.err.fd ?? 'pipe'],
  });
  passOn(child.stdout, out);
  passOn(child.stderr, io.err);
  // The temporary folder must be removed, so this process outlives the program whatever ends that.
  const forward = (signal: NodeJS.Signals) => end(child, signal, isGroup);
  const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  signals.forEach(signal => process.on(signal, forward));
  try {
    return await endingOf(child);
  } finally {
    signals.forEach(signal => process.off(signal, forward));
  }
}

function end(child: ChildProcess, signal: NodeJS.Signals, isGroup: boolean): void {
  if (!isGroup || child.pid === undefined) {
    child.kill(signal);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended in the meantime.
  }
}

function passOn(stream: ChildProcess['stdout'], output: Output): void {
  stream?.setEncoding('utf8').on('data', text => output.write(text));
}

async function endingOf(child: ChildProcess): Promise<Ending> {
  return new Promise(resolve => {
    child.on('error', error => resolve({ code: null, signal: null, error }));
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
}

function faultOf(command: string, { code, signal, error }: Ending, findings?: Finding[]): string | undefined {
  if (error) {
    return messages.spawnFailed(command, error.message);
  }
  // A shell says with a code above 128 that a signal killed what it ran.
  const killedBy = signal ?? Object.entries(os.constants.signals).find(([, number]) => code === 128 + number)?.[0];
  if (killedBy) {
    return messages.killed(killedBy);
  }
  if (code === 0) {
    return findings === undefined ? messages.didNotSynthesize() : undefined;
  }
  if (findings !== undefined && hasErrors(findings)) {
    return undefined; // the findings are the reason
  }
  return code === 127 ? messages.commandNotFound(command) : messages.programFailed(code ?? 1);
}
