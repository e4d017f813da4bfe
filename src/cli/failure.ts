/** How a command ends, as the process around it sees. */
export enum ExitCode {
  FINE = 0,
  /** There are findings, or the program failed. */
  FINDINGS = 1,
  /** The command line or `cdk8s.yaml` is wrong. */
  MISUSE = 2,
}

/** Ends a command with a sentence on standard error, and no stack trace. */
export class CommandFailure extends Error {
  public constructor(message: string, public readonly exitCode: ExitCode) {
    super(message);
    this.name = 'CommandFailure';
  }
}

/** The command was asked for something that does not exist or does not fit together. */
export function misuse(message: string): CommandFailure {
  return new CommandFailure(message, ExitCode.MISUSE);
}

/** The command was right, and what it looked at is not. */
export function failure(message: string): CommandFailure {
  return new CommandFailure(message, ExitCode.FINDINGS);
}
