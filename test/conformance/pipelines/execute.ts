import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { act } from './runners/act';
import { differences, type Reference } from './runners/compare';
import { gitlab } from './runners/gitlab';
import { jenkins } from './runners/jenkins';
import type { Runner } from './runners/sandbox';
import type { Trace } from './runners/trace';
import type { RepositoryFile } from '../../../src/core/repository-file';
import type { PipelineBackend } from '../../../src/pipelines/engine';
import { isError } from '../../../src/pipelines/gaps';
import { inlined, type SystemName } from '../../../src/pipelines/graph';
import { BashExecutor } from '../../pipelines/executors';
import { interpret } from '../../pipelines/interpreter';
import { factsOf, graphOfScenario, type Scenario } from '../../pipelines/scenario';
import { Report } from '../report';

/*
 * Carries pipelines out, on each system that can be had on this machine, and holds what they did against what the interpreter did.
 */

const WORK = resolve(__dirname, '../../../.tmp/conformance/pipelines/reference');

/** Which runner carries out what is made for a system. */
export const RUNNERS: Partial<Record<SystemName, Runner>> = { github: act, gitlab, jenkins };

/** The files of a pipeline for a system, by path; or why there are none. `missing`: there is no engine for it. */
export type Lower = (scenario: Scenario, system: SystemName) => Record<string, string> | { readonly refused: string } | { readonly missing: true };

/** What the engines make of a pipeline. */
export function lowerWith(backends: readonly PipelineBackend[]): Lower {
  return (scenario, system) => {
    const backend = backends.find(each => each.system === system);
    if (backend === undefined) return { missing: true };
    const { files, findings } = backend.lower(graphOfScenario(scenario));
    const errors = findings.filter(isError);
    if (errors.length > 0) return { refused: errors.map(finding => `${finding.code} ${finding.message}`).join('; ') };
    return Object.fromEntries(files.map(({ path, content }) => [path, content._print({ path } as RepositoryFile)]));
  };
}

/** What the interpreter does with a scenario. */
export async function referenceOf(scenario: Scenario): Promise<Reference> {
  const graph = inlined(graphOfScenario(scenario));
  const root = join(WORK, folderOf(scenario));
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  const trace = join(root, 'trace');
  writeFileSync(trace, '');
  const { files = {}, minuteMillis } = scenario;
  const executor = new BashExecutor({ root, files, env: { FAIRWAY_TRACE: trace }, minuteMillis });
  const report = await interpret(graph, factsOf(scenario), executor);
  return { graph, report, lines: readFileSync(trace, 'utf8').split('\n').filter(line => line !== ''), artifacts: executor.artifacts };
}

/** Carries a scenario out on every system and notes what came of it. */
export async function execute(scenario: Scenario, lower: Lower, report: Report, runners = RUNNERS): Promise<void> {
  const reference = await referenceOf(scenario);
  await Promise.all(Object.entries(runners).map(async ([system, runner]) => {
    const what = `${scenario.name} (${runner.name})`;
    const { [runner.name]: reason } = scenario.cannot ?? {};
    const files = lower(scenario, system as SystemName);
    if ('missing' in files && files.missing === true) return undefined;
    if (reason !== undefined) return report.skip(`${what}: ${reason}`);
    if ('refused' in files && typeof files.refused === 'string') return report.fail(`${what}: ${files.refused}`);
    try {
      const trace = await runner.run({
        ...scenario, name: folderOf(scenario), files: { ...scenario.files, ...files as Record<string, string> },
      });
      const found = differences(reference, trace);
      if (found.length === 0) return report.pass(what);
      report.fail(`${what}: ${found.join('; ')}. It wrote: ${trace.lines.join(' | ')}`);
      keep(runner, scenario, trace);
    } catch (e) {
      report.fail(`${what}: ${(e as Error).message}`);
    }
  }));
}

/** What a system printed, beside its sandbox, for whoever has to find out why. */
function keep(runner: Runner, scenario: Scenario, trace: Trace): void {
  const file = resolve(WORK, '..', runner.name, folderOf(scenario), 'log');
  writeFileSync(file, `${trace.log}\n${JSON.stringify({ ...trace, log: undefined }, undefined, 2)}\n`);
}

function folderOf({ name }: Scenario): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 60);
}

/** Two scenarios at once: they wait for programs to start, more than for anything else. */
export async function executeAll(scenarios: readonly Scenario[], lower: Lower, report = new Report()): Promise<Report> {
  Object.values(RUNNERS).forEach(runner => runner.install());
  const left = [...scenarios];
  const work = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await execute(next, lower, report);
  };
  await Promise.all([work(), work()]);
  return report;
}
