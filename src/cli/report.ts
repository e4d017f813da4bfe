import * as fs from 'fs';
import { Finding, Severity } from '../core/diagnostics/finding';

/** The findings that a program has left, or nothing when it has left none, not even an empty list. */
export function readReport(file: string): Finding[] | undefined {
  try {
    const { findings } = JSON.parse(fs.readFileSync(file, 'utf8'));
    return Array.isArray(findings) ? findings.filter(isFinding) : undefined;
  } catch {
    return undefined; // no file, or one that was cut off when the program was killed
  }
}

/** Whether one of the findings stops a synth. */
export function hasErrors(findings: Finding[]): boolean {
  return findings.some(f => f.severity === Severity.ERROR);
}

/** Whether one of the findings is a warning that nobody has acknowledged. */
export function hasOpenWarnings(findings: Finding[]): boolean {
  return findings.some(f => f.severity === Severity.WARNING && f.acknowledged === undefined);
}

function isFinding(x: unknown): x is Finding {
  const f = x as Record<keyof Finding, unknown> | null;
  return typeof f === 'object' && f !== null
    && (f.severity === Severity.ERROR || f.severity === Severity.WARNING)
    && [f.code, f.path, f.message, f.remedy].every(field => typeof field === 'string');
}
