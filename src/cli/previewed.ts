import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import type { Io } from './io';
import { printFindings } from './print-findings';
import { hasErrors } from './report';
import { ProgramRequest, runProgram } from './run-program';
import { complain } from './text';
import { Severity } from '../core/diagnostics/finding';

/**
 * What is found in the manifests of the program; nothing, and the reason on the error stream, when it fails. Their folder is gone then.
 *
 * @param note what was not done, when it fails: `nothing was simulated`
 */
export async function previewed<T>(io: Io, request: Omit<ProgramRequest, 'preview'>, note: string, find: (folder: string) => T): Promise<T | undefined> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fairway-preview-'));
  try {
    const { findings = [], fault } = await runProgram(io, { ...request, preview: folder });
    if (!hasErrors(findings) && fault === undefined) {
      return find(folder);
    }
    if (hasErrors(findings)) {
      printFindings(io.err, findings.filter(f => f.severity === Severity.ERROR), { note: `: ${note}` });
    }
    if (fault !== undefined) {
      complain(io.err, fault);
    }
    return undefined;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
