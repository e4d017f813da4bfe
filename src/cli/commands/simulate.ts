import * as fs from 'fs';
import * as path from 'path';
import { FairwayError } from '../../core/diagnostics/fairway-error';
import { printable } from '../../core/diagnostics/printable';
import { alternatives } from '../../golden-path/alternatives';
import { RolloutObjects, rolloutObjects } from '../../golden-path/rollout-objects';
import { StrategyComparison } from '../../simulation/comparison';
import { ComparisonReport } from '../../simulation/render/comparison-report';
import { describeRollout, strategyText } from '../../simulation/render/describe';
import { TimelineReport } from '../../simulation/render/timeline-report';
import type { Scenario } from '../../simulation/scenario';
import { checkMetrics, Simulation } from '../../simulation/simulation';
import type { Timeline } from '../../simulation/timeline';
import { CommandFailure, ExitCode } from '../failure';
import type { Io } from '../io';
import * as messages from '../messages';
import { findWorkload, PreviewedWorkload } from '../preview';
import { previewed } from '../previewed';
import { printFindings } from '../print-findings';
import { asMisuse, readScenario } from '../scenario-input';
import { readSettings } from '../settings';
import { complain } from '../text';

/** The options of `fairway simulate`, as commander gives them. */
export interface SimulateOptions {
  readonly environment?: string;
  readonly scenario?: string;
  readonly compare?: boolean;
  readonly json?: boolean;
  readonly svg?: string;
  readonly html?: string;
  readonly expect?: string;
  readonly controller?: string;
  readonly app?: string;
  readonly stack?: boolean;
}

/** What is simulated, and with what. */
interface Subject {
  readonly workload: PreviewedWorkload;
  readonly objects: RolloutObjects;
  readonly scenario: Scenario;
  /** The version of the controller. */
  readonly version?: string;
  /** What stands above the results. */
  readonly title: string;
  readonly scenarioText: string;
}

/** What is shown, written and judged. */
interface Result {
  readonly timeline: Timeline;
  readonly text: string;
  readonly json: object;
  readonly pictures: { toSvg(): string; toHtml(): string };
}

/** `fairway simulate`: a preview of the manifests, then the rollout of one workload as the controller would carry it out. */
export async function simulate(io: Io, workload: string, options: SimulateOptions): Promise<ExitCode> {
  const settings = readSettings(io.cwd, options.app);
  const scenario = readScenario(io, options.scenario);
  const run = { ...settings, adopt: [], checkOnly: false, stack: options.stack ?? false };
  const found = await previewed(io, run, 'nothing was simulated', folder => findWorkload(folder, workload, options.environment));
  if (found === undefined) {
    return ExitCode.FINDINGS;
  }
  try {
    return show(io, found, scenario, options);
  } catch (e) {
    if (!FairwayError.isFairwayError(e)) {
      throw e;
    }
    printFindings(io.err, e.findings, { note: ': nothing was simulated' });
    return ExitCode.FINDINGS;
  }
}

function show(io: Io, workload: PreviewedWorkload, scenario: Scenario, options: SimulateOptions): ExitCode {
  const objects = rolloutObjects(`${workload.environment}/${workload.workload}`, workload.workload, workload.own, workload.shared);
  const simulation = Simulation.of({ ...objects, version: options.controller });
  asMisuse(options.scenario, () => checkMetrics(scenario, simulation.metricNames));
  const subject: Subject = {
    workload,
    objects,
    scenario,
    version: options.controller,
    title: `${workload.workload} in ${workload.environment}, ${strategyText(objects.rollout)}`,
    scenarioText: options.scenario === undefined ? 'No scenario: all pods start in ten seconds, all metrics pass.' : `Scenario: ${path.basename(options.scenario)}`,
  };
  const result = options.compare ? compared(subject) : simulated(io, subject, simulation);
  save(io, options.svg, () => result.pictures.toSvg());
  save(io, options.html, () => result.pictures.toHtml());
  io.out.write(options.json ? `${JSON.stringify(result.json, null, 2)}\n` : result.text);
  const outcome = result.timeline.summary.outcome;
  if (options.expect !== undefined && outcome !== options.expect.replace('-', ' ')) {
    complain(io.err, messages.unexpectedOutcome(outcome, options.expect.replace('-', ' ')));
    return ExitCode.FINDINGS;
  }
  return ExitCode.FINE;
}

function simulated(io: Io, subject: Subject, simulation: Simulation): Result {
  const { objects, scenario, title, scenarioText } = subject;
  const timeline = simulation.run(scenario);
  const report = new TimelineReport(timeline, { title, scenario: scenarioText, ...describeRollout(objects.rollout, objects.analysisTemplates) });
  return {
    timeline,
    text: report.toText({ width: io.out.columns ?? 100, color: io.out.color }),
    json: { ...asJson(subject), ...timeline.toJson() },
    pictures: report,
  };
}

function compared(subject: Subject): Result {
  const { objects, scenario, version, title, scenarioText } = subject;
  const comparison = new StrategyComparison({ simulations: alternatives(objects, version), scenario });
  const heading = printable(`${title}, beside other strategies`);
  return {
    timeline: comparison.timeline(comparison.rows[0].name), // its own comes first
    text: `${heading}\n${printable(scenarioText)}\n\n${comparison.toText()}\n`,
    json: { ...asJson(subject), comparison: comparison.rows },
    pictures: new ComparisonReport(comparison, { title: heading, scenario: scenarioText }),
  };
}

/** The shape is versioned; fields are only ever added. */
function asJson({ workload, objects }: Subject): object {
  return { version: 1, workload: workload.workload, environment: workload.environment, strategy: strategyText(objects.rollout) };
}

function save(io: Io, file: string | undefined, render: () => string): void {
  if (file === undefined) {
    return;
  }
  const content = render();
  try {
    const target = path.resolve(io.cwd, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, content);
  } catch (e) {
    throw new CommandFailure(messages.pictureNotWritten(file, (e as Error).message), ExitCode.MISUSE);
  }
}
