import { writeFileSync } from 'node:fs';
import { RUNNERS } from './execute';
import { executionSelfTest } from './execute-self-test';
import { Report } from '../report';

/*
 * npx tsx test/conformance/pipelines/execution.ts            carries pipelines out
 *   --json <file>                                           also writes what was found there
 */

async function main(): Promise<void> {
  const report = new Report();
  Object.values(RUNNERS).forEach(runner => runner.install());
  await executionSelfTest(report);
  const file = process.argv.includes('--json') ? process.argv[process.argv.indexOf('--json') + 1] : undefined;
  if (file !== undefined) writeFileSync(file, JSON.stringify(report, undefined, 2));
  console.log(report.toString());
  process.exitCode = report.failed === 0 ? 0 : 1;
}

void main();
