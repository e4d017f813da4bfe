import * as path from 'path';

/** One of the two streams that a command writes to. */
export interface Output {
  /** Whether ANSI colours are shown, rather than printed as characters. */
  readonly color: boolean;
  /**
   * The width of the terminal.
   *
   * @default - not a terminal: lines are never broken
   */
  readonly columns?: number;
  /**
   * The descriptor that a child process may write to itself, so that it sees the same terminal.
   *
   * @default - the output of a child process passes through `write`
   */
  readonly fd?: number;
  write(text: string): void;
}

/** What a command sees of the process around it. Nothing else of the command line reads globals. */
export interface Io {
  /** The working folder, absolute. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Whether somebody may answer a question of the program, such as that of npx. */
  readonly interactive: boolean;
  /** Results. */
  readonly out: Output;
  /** Progress, warnings and errors. */
  readonly err: Output;
  /** The module that Node processes of the program load first, to report uncaught errors. */
  readonly uncaughtHook: string;
  /** The time. */
  now(): Date;
}

/** The streams, folder and environment of this process. */
export function processIo(): Io {
  return {
    cwd: process.cwd(),
    env: process.env,
    now: () => new Date(),
    interactive: process.stdin.isTTY === true,
    out: outputOf(process.stdout, process.env),
    err: outputOf(process.stderr, process.env),
    uncaughtHook: path.join(__dirname, 'uncaught.js'),
  };
}

function outputOf(stream: NodeJS.WriteStream & { fd: number }, env: NodeJS.ProcessEnv): Output {
  // `fairway list | head`: the reader is gone, which is no fault of ours. What remains is written to nobody.
  stream.on('error', (e: NodeJS.ErrnoException) => {
    if (e.code !== 'EPIPE') {
      throw e;
    }
  });
  return {
    write: text => void stream.write(text),
    color: stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb',
    columns: stream.isTTY ? stream.columns : undefined,
    fd: stream.fd,
  };
}
