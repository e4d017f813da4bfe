import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { Tree } from './documents';
import { Exceptions } from './exceptions';
import type { Report } from './report';
import type { Tool } from './tools/tool';

/** One edit of the sound tree, and the checker that must refuse it. */
interface Fault {
  readonly refusedBy: Record<string, string>;
  readonly file: string;
  readonly replace: string;
  readonly with: string;
}

/** A folder of faults, each an edit of what is in its `sound`, and how the checkers read it. */
export interface Faults<Synthesized> {
  readonly folder: string;
  open(root: string): Synthesized;
}

export const FAULTS_OF_TREES: Faults<Tree> = { folder: join(__dirname, 'faults'), open: (root) => new Tree(root) };

/** Shows that every checker accepts what is sound and refuses what is not. */
export function selfTest<Synthesized>(tools: Tool<Synthesized>[], report: Report, faults: Faults<Synthesized>): void {
  const root = mkdtempSync(join(tmpdir(), 'conformance-'));
  try {
    cpSync(join(faults.folder, 'sound'), root, { recursive: true });
    for (const tool of tools) {
      const findings = tool.check(faults.open(root)).findings;
      findings.forEach((finding) => report.fail(`${tool.name} refuses the sound ${finding.object}: ${finding.rule}: ${finding.message}`));
      if (findings.length === 0) report.pass(`${tool.name} accepts the sound tree`);
    }
    for (const file of readdirSync(faults.folder).filter((name) => name.endsWith('.yaml')).sort()) {
      const fault: Fault = parse(readFileSync(join(faults.folder, file), 'utf8'));
      checkFault(basename(file, '.yaml'), fault, join(root, fault.file), tools, () => faults.open(root), report);
    }
  } finally {
    rmSync(root, { recursive: true });
  }
  checkExceptions(report);
}

function checkFault<Synthesized>(
  name: string, fault: Fault, path: string, tools: Tool<Synthesized>[], open: () => Synthesized, report: Report,
): void {
  const sound = readFileSync(path, 'utf8');
  if (!sound.includes(fault.replace)) throw new Error(`fault ${name}: ${fault.file} does not contain what is to be replaced`);
  writeFileSync(path, sound.replace(fault.replace, () => fault.with));
  try {
    for (const [toolName, rule] of Object.entries(fault.refusedBy)) {
      const tool = tools.find((candidate) => candidate.name === toolName);
      if (!tool) {
        report.skip(`${name}: ${toolName} is not there`);
        continue;
      }
      const finding = tool.check(open()).findings.find((candidate) => candidate.rule === rule);
      if (finding) {
        report.pass(`${toolName} refuses ${name}: ${rule}: ${finding.message}`);
      } else {
        report.fail(`${toolName} does not refuse ${name} by ${rule}`);
      }
    }
  } finally {
    writeFileSync(path, sound);
  }
}

function checkExceptions(report: Report): void {
  const finding = { file: 'f.yaml', object: 'Service/prod/checkout', rule: 'r', message: '' };
  const used = { tool: 't', rule: 'r', objectKind: 'Service', name: 'checkout', reason: 'the self-test' };
  const unused = { ...used, name: 'frontend' };
  const exceptions = new Exceptions([used, unused]);
  if (exceptions.remaining('t', [finding]).length === 0 && exceptions.unused.length === 1) {
    report.pass('an exception accepts what it names, and one that nothing matches is told');
  } else {
    report.fail('exceptions do not accept exactly what they name');
  }
}
