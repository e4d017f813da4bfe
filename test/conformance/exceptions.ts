import { readFileSync } from 'node:fs';
import type { Finding } from './report';

/** A finding that is accepted, and why. */
export interface Exception {
  readonly tool: string;
  readonly rule: string;
  readonly objectKind?: string;
  readonly name?: string;
  /** What the message of the finding contains. */
  readonly message?: string;
  readonly reason: string;
}

/** The accepted findings. One that nothing matches is out of date, and a failure. */
export class Exceptions {
  static read(path: string): Exceptions {
    return new Exceptions(JSON.parse(readFileSync(path, 'utf8')));
  }

  private readonly used = new Set<Exception>();

  constructor(private readonly exceptions: Exception[]) {
    const unexplained = exceptions.find((exception) => !exception.reason);
    if (unexplained) throw new Error(`an exception without a reason: ${JSON.stringify(unexplained)}`);
  }

  /** The findings of the tool that no exception accepts. */
  remaining(tool: string, findings: Finding[]): Finding[] {
    return findings.filter((finding) => {
      const matching = this.exceptions.filter((exception) => exception.tool === tool && accepts(exception, finding));
      matching.forEach((exception) => this.used.add(exception));
      return matching.length === 0;
    });
  }

  get unused(): Exception[] {
    return this.exceptions.filter((exception) => !this.used.has(exception));
  }
}

function accepts(exception: Exception, finding: Finding): boolean {
  const parts = finding.object.split('/');
  return exception.rule === finding.rule
    && (exception.message === undefined || finding.message.includes(exception.message))
    && (exception.objectKind === undefined || exception.objectKind === parts[0])
    && (exception.name === undefined || exception.name === parts[parts.length - 1]);
}
