import * as messages from './messages';
import { Scenario } from './scenario';
import { checkMetrics, Simulation } from './simulation';
import type { SimulationOutcome, Timeline } from './timeline';
import { clock } from './timeline-text';
import { printable } from '../core/diagnostics/printable';

/** What is compared. */
export interface StrategyComparisonProps {
  /** The simulations, by the name of their strategy. */
  readonly simulations: Record<string, Simulation>;

  /**
   * What happens around all of them.
   *
   * @default - all pods start in ten seconds and all metrics pass
   */
  readonly scenario?: Scenario;
}

/** One strategy in a comparison. */
export interface ComparisonRow {
  /** The name of the strategy. */
  readonly name: string;
  /** How it ended. */
  readonly outcome: SimulationOutcome;
  /** Seconds until the outcome. */
  readonly totalSeconds: number;
  /**
   * Seconds until the abort.
   *
   * @default - none, when it was not aborted
   */
  readonly secondsToAbort?: number;
  /** The share of the requests that the new revision served before its abort or promotion, from 0 to 1. */
  readonly exposure: number;
  /** The most pods above the replicas. */
  readonly extraPods: number;
  /** The worst ratio of available to needed pods, from 0 to 1. */
  readonly worstCapacity: number;
}

/** Several strategies for one service, in one scenario. Each metric of the scenario must be measured by at least one of them. */
export class StrategyComparison {
  /** A row for each strategy, in the order they were given. */
  public readonly rows: ComparisonRow[];
  private readonly timelines: Map<string, Timeline>;

  /** @param props simulations by name, and the scenario. Throws FW821 without any simulation, FW812 for a metric that none measures */
  public constructor(props: StrategyComparisonProps) {
    const simulations = Object.entries(typeof props?.simulations === 'object' ? props.simulations ?? {} : {});
    if (simulations.length === 0) {
      throw messages.invalidComparison.error('comparison', { fault: 'has no simulations', remedy: 'Write { simulations: { canary: Simulation.of(…), … } }.' });
    }
    for (const [name, simulation] of simulations) {
      if (!(simulation instanceof Simulation)) {
        throw messages.invalidComparison.error('comparison', { fault: `has something else than a simulation under ${JSON.stringify(name)}`, remedy: 'Write Simulation.of(…).' });
      }
    }
    const scenario = props.scenario ?? new Scenario();
    if (!(scenario instanceof Scenario)) {
      throw messages.invalidScenario.error('scenario', { value: scenario, fault: 'is no scenario', remedy: 'Write new Scenario({ … }).' });
    }
    checkMetrics(scenario, [...new Set(simulations.flatMap(([, simulation]) => simulation.metricNames))]);
    this.timelines = new Map(simulations.map(([name, simulation]) => [name, simulation._run(scenario)]));
    this.rows = [...this.timelines].map(([name, { summary }]) => ({
      name,
      outcome: summary.outcome,
      totalSeconds: summary.totalSeconds,
      secondsToAbort: summary.secondsToAbort,
      exposure: summary.exposure,
      extraPods: summary.extraPods,
      worstCapacity: summary.worstCapacity,
    }));
  }

  /**
   * The whole timeline of a strategy.
   *
   * @param name its name. Throws FW821 for one that was not compared
   */
  public timeline(name: string): Timeline {
    const found = this.timelines.get(name);
    if (!found) {
      throw messages.invalidComparison.error('comparison', { fault: `has no strategy ${JSON.stringify(String(name))}`, remedy: `Write one of ${[...this.timelines.keys()].join(', ')}.` });
    }
    return found;
  }

  /** The rows as text for a terminal. */
  public toText(): string {
    const cells = this.rows.map(row => [
      printable(row.name), row.outcome, clock(row.totalSeconds), row.secondsToAbort === undefined ? '-' : clock(row.secondsToAbort),
      `${Number((row.exposure * 100).toPrecision(3))} %`, String(row.extraPods), `${Number((row.worstCapacity * 100).toPrecision(3))} %`,
    ]);
    const table = [['strategy', 'outcome', 'time', 'to abort', 'exposure', 'extra pods', 'capacity'], ...cells];
    const widths = table[0].map((_, i) => Math.max(...table.map(row => row[i].length)));
    return table.map(row => row.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ').trimEnd()).join('\n');
  }

  /** The rows and the timelines as plain data. */
  public toJson(): any {
    return { rows: this.rows, timelines: Object.fromEntries([...this.timelines].map(([name, timeline]) => [name, timeline.toJson()])) };
  }
}
