import type { simulate } from './engine';
import * as messages from './messages';
import type { RolloutPlan } from './plan';
import { Scenario } from './scenario';
import type { Timeline } from './timeline';

/** What is simulated: objects as their YAML has them. */
export interface SimulationProps {
  /** The Rollout (`argoproj.io/v1alpha1`), as plain data. */
  readonly rollout: any;

  /**
   * The AnalysisTemplates and ClusterAnalysisTemplates that the Rollout refers to, as plain data.
   *
   * @default - none
   */
  readonly analysisTemplates?: any[];

  /**
   * The version of Argo Rollouts whose rules count: `1.8`, `1.9` or `1.10`.
   *
   * @default '1.9'
   */
  readonly version?: string;
}

/**
 * A Rollout that can be simulated offline, by the rules of the Argo Rollouts controller's code. It is read once and run as often as you like.
 *
 * Pods are created and removed at once, measurements take no time, and the router does at once what it is told: what is slower in a cluster comes on top.
 */
export class Simulation {
  /**
   * Reads a Rollout and its templates.
   *
   * @param props the objects, and the version. Throws FW801 for a Rollout the controller would refuse, FW802 for a template that is missing,
   * FW803 for plug-ins, FW804 for a condition that cannot be evaluated, FW805 for a metric the controller would refuse
   */
  public static of(props: SimulationProps): Simulation {
    if (typeof props !== 'object' || props === null) {
      throw messages.notSimulated.error('simulation', { value: props, fault: 'is no object', remedy: 'Write Simulation.of({ rollout, analysisTemplates }).' });
    }
    // Loaded when something is simulated: most programs only synthesize.
    /* eslint-disable @typescript-eslint/no-require-imports */
    const { TemplateSet } = require('./parse-analysis') as typeof import('./parse-analysis');
    const { parseRollout } = require('./parse-rollout') as typeof import('./parse-rollout');
    const engine = require('./engine') as typeof import('./engine');
    /* eslint-enable @typescript-eslint/no-require-imports */
    const plan = parseRollout(props.rollout, new TemplateSet(props.analysisTemplates), props.version ?? '1.9');
    return new Simulation(plan, engine.simulate);
  }

  /** The name of the Rollout. */
  public readonly name: string;
  /** The names of all metrics that its analyses measure. */
  public readonly metricNames: string[];
  private readonly plan: RolloutPlan;
  private readonly simulate: typeof simulate;

  private constructor(plan: RolloutPlan, run: typeof simulate) {
    this.plan = plan;
    this.simulate = run;
    this.name = plan.name;
    this.metricNames = [...plan.metricNames];
  }

  /**
   * What would happen.
   *
   * @param scenario what happens around it; without one all pods start in ten seconds and all metrics pass.
   * Throws FW812 for a metric that no analysis measures
   */
  public run(scenario: Scenario = new Scenario()): Timeline {
    if (!(scenario instanceof Scenario)) {
      throw messages.invalidScenario.error('scenario', { value: scenario, fault: 'is no scenario', remedy: 'Write new Scenario({ … }), or Scenario.fromJson(…).' });
    }
    checkMetrics(scenario, this.metricNames);
    return this._run(scenario);
  }

  /** @internal without a look at the names of the metrics */
  public _run(scenario: Scenario): Timeline {
    return this.simulate(this.plan, scenario);
  }
}

/** A scenario may only speak of metrics that somebody measures. Throws FW812 otherwise. */
export function checkMetrics(scenario: Scenario, known: string[]): void {
  for (const metric of scenario._metrics.keys()) {
    if (!known.includes(metric)) {
      throw messages.unknownMetric.error(`metrics.${metric}`, { metric, known });
    }
  }
}
