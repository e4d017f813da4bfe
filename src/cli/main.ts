import { CommanderError } from 'commander';
import { CommandFailure, ExitCode } from './failure';
import { Io, processIo } from './io';
import { buildProgram } from './program';
import { complain } from './text';

/**
 * Runs the command line.
 *
 * @param argv the arguments, without the interpreter and the script
 * @param io the process around it
 * @returns the exit code; only a fault of the command line itself throws
 */
export async function main(argv: string[], io: Io = processIo()): Promise<number> {
  let exitCode: number = ExitCode.FINE;
  try {
    await buildProgram(io, code => { exitCode = code; }).parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (e) {
    if (e instanceof CommandFailure) {
      complain(io.err, e.message);
      return e.exitCode;
    }
    if (e instanceof CommanderError) {
      // Help and version end in an error too, with exit code 0; the text stands already.
      return e.exitCode === 0 ? ExitCode.FINE : ExitCode.MISUSE;
    }
    throw e;
  }
}
