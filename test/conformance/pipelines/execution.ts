import { writeFileSync } from 'node:fs';
import { executeAll, lowerWith, RUNNERS } from './execute';
import { executionSelfTest } from './execute-self-test';
import { BACKENDS, REUSING_BACKENDS } from './execution-backends';
import type { SystemName } from '../../../src/pipelines/graph';
import { SCENARIOS as CONTRACT } from '../../pipelines/contract/scenarios';
import { GRAPH_SCENARIOS } from '../../pipelines/contract-graphs';
import { graphOfScenario, type Scenario } from '../../pipelines/scenario';
import { Report } from '../report';

/*
 * npx tsx test/conformance/pipelines/execution.ts            carries pipelines out and holds them against the interpreter
 *   --self-test                                             only shows that the runners run and that differences are found
 *   --only <part of a name>                                 only some scenarios
 *   --json <file>                                           also writes what was found there
 */

const SCENARIOS: readonly Scenario[] = [...GRAPH_SCENARIOS, ...CONTRACT.filter(({ notRun }) => notRun === undefined).map(refusing)];

/** What a system refuses, its runner cannot show. */
function refusing({ refused = {}, ...scenario }: typeof CONTRACT[number]): Scenario {
  const names = Object.entries(RUNNERS).flatMap(([system, { name }]) => {
    const reason = refused[system as SystemName];
    return reason === undefined ? [] : [[name, reason]];
  });
  return { ...scenario, cannot: { ...Object.fromEntries(names), ...scenario.cannot } };
}

function option(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

async function main(): Promise<void> {
  const report = new Report();
  Object.values(RUNNERS).forEach(runner => runner.install());
  const only = option('--only');
  if (only === undefined) await executionSelfTest(report);
  if (!process.argv.includes('--self-test') && BACKENDS.length > 0) {
    await executeAll(SCENARIOS.filter(scenario => scenario.name.includes(only ?? '')), lowerWith(BACKENDS), report);
    const reusing = SCENARIOS.filter(scenario => {
      const { stepTemplates, templates } = graphOfScenario(scenario);
      return stepTemplates.length + templates.length > 0;
    }).map(scenario => ({ ...scenario, name: `${scenario.name}, reused` }));
    await executeAll(reusing.filter(scenario => scenario.name.includes(only ?? '')), lowerWith(REUSING_BACKENDS), report);
  }
  const file = option('--json');
  if (file !== undefined) writeFileSync(file, JSON.stringify(report, undefined, 2));
  console.log(report.toString());
  process.exitCode = report.failed === 0 ? 0 : 1;
}

void main();
