import * as fs from 'fs';
import { Finding } from './finding';
import { renderJson } from './render-data';

/** Adds findings to the report for the command line: a program may synthesize several platforms. */
export function addToReport(file: string, findings: Finding[]): void {
  const known = reported(file);
  const texts = new Set(known.map(f => JSON.stringify(f)));
  fs.writeFileSync(file, renderJson([...known, ...findings.filter(f => !texts.has(JSON.stringify(f)))]));
}

function reported(file: string): Finding[] {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')).findings;
  } catch {
    return []; // nothing was reported yet
  }
}
