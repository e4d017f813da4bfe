import type { Exceptions } from './exceptions';
import type { Report } from './report';
import type { Tool } from './tools/tool';

/** Makes a tool ready. Where it cannot be had, the report says so. */
export function installed<Synthesized>(tool: Tool<Synthesized>, report: Report): boolean {
  try {
    tool.install();
    return true;
  } catch (error) {
    const reason = `${tool.name} ${tool.version} cannot be had: ${(error as Error).message}`;
    if (tool.isOptional || process.env.FAIRWAY_CONFORMANCE_OPTIONAL === '1') {
      report.skip(reason);
    } else {
      report.fail(reason);
    }
    return false;
  }
}

/** Asks a tool about what was synthesized together, and reports what it says. */
export function ask<Synthesized>(tool: Tool<Synthesized>, synthesized: Synthesized, folder: string, exceptions: Exceptions, report: Report): void {
  const start = performance.now();
  try {
    const verdict = tool.check(synthesized);
    const findings = exceptions.remaining(tool.name, verdict.findings);
    const seconds = (performance.now() - start) / 1000;
    report.add({ tool: tool.name, version: tool.version, folder, seconds, ...verdict, findings });
  } catch (error) {
    report.fail(`${tool.name} broke down on ${folder}: ${(error as Error).message}`);
  }
}
