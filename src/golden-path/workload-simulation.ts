import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import * as messages from './messages';
import type { RolloutObjects } from './rollout-objects';
import { FairwayError } from '../core/diagnostics/fairway-error';
import { Severity } from '../core/diagnostics/finding';
import { FolderChart } from '../core/folder-chart';
import { Platform } from '../core/platform';
import { Environment } from '../environments';
import { Scenario, Simulation, StrategyComparison, Timeline, TimelineReport } from '../simulation';
import { StrategyEngine } from '../strategies/engine';
import { Workload } from '../workloads';
import type { RolloutPlan } from '../workloads/rollout';

/**
 * The simulation of a workload's rollout in an environment, from the objects that a synth would write.
 *
 * A workload with a rolling update is a Deployment. It is simulated as a Rollout with a canary without steps:
 * that replaces pods in the same batches, by `maxSurge` and `maxUnavailable`. Where an autoscaler decides how
 * many pods there are, the simulation begins with its minimum; `Scenario.withReplicas` begins with another number.
 */
export class WorkloadSimulation {
  /**
   * Reads a workload in an environment. Lowers the platform. The rules are those of the version of
   * Argo Rollouts that the platform declares.
   *
   * @param workload a workload of a platform. Throws FW831 for anything else, FW833 to FW835 for a workload whose
   * rollout the simulator does not know, and the errors of its strategy where it has some
   * @param environment an environment in which it runs, else FW832 is thrown
   */
  public static of(workload: Workload, environment: Environment): Simulation {
    return Simulation.of({ ...WorkloadSimulation.objects(workload, environment), version: versionOf(workload) });
  }

  /**
   * What the strategy of a workload costs and spares in a scenario, beside a rolling update, a linear and a cautious
   * canary, and blue-green delivery. All of them have the pods and the metrics of the workload, the canaries its router,
   * too. A metric that a template measures without an end is measured five times after the switch of blue-green delivery.
   *
   * @param workload a workload of a platform
   * @param environment an environment in which it runs
   * @param scenario what happens. Throws FW812 for a metric that the workload has not
   */
  public static compare(workload: Workload, environment: Environment, scenario: Scenario = new Scenario()): StrategyComparison {
    // Loaded when it is asked for.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { alternatives } = require('./alternatives') as typeof import('./alternatives');
    return new StrategyComparison({ simulations: alternatives(WorkloadSimulation.objects(workload, environment), versionOf(workload)), scenario });
  }

  /**
   * A timeline of a workload as a picture, with the names of its steps and the thresholds of its metrics.
   *
   * @param workload the workload that was simulated
   * @param environment the environment that it was simulated in
   * @param timeline what `Simulation.run()` returned
   */
  public static report(workload: Workload, environment: Environment, timeline: Timeline): TimelineReport {
    const { rollout, analysisTemplates } = WorkloadSimulation.objects(workload, environment);
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { describeRollout, strategyText } = require('../simulation/render/describe') as typeof import('../simulation/render/describe');
    return new TimelineReport(timeline, {
      title: `${workload.name} in ${environment.name}, ${strategyText(rollout)}`,
      ...describeRollout(rollout, analysisTemplates),
    });
  }

  private static objects(workload: Workload, environment: Environment): RolloutObjects {
    check(workload, environment);
    const platform = Platform.ofConstruct(workload);
    platform.lower();
    const chart = environment.node.tryFindChild(workload.name);
    const own = FolderChart.isFolderChart(chart) ? objectsBelow(chart) : [];
    throwErrors(workload, environment);
    // Templates may stand anywhere but in another environment.
    const others = Environment.allIn(platform).filter(e => e !== environment);
    const shared = platform.node.children.filter(child => !(others as IConstruct[]).includes(child)).flatMap(objectsBelow);
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { rolloutObjects } = require('./rollout-objects') as typeof import('./rollout-objects');
    return rolloutObjects(`${environment.node.path}/${workload.name}`, workload.name, own.map(manifest), shared.filter(isTemplate).map(manifest));
  }

  private constructor() {}
}

function check(workload: unknown, environment: unknown): asserts workload is Workload {
  if (!Workload.isWorkload(workload)) {
    throw messages.notAWorkload.error('', { what: 'workload', value: nameOf(workload), fault: 'is no workload', remedy: 'Give a WebService or a Worker of the platform.' });
  }
  if (!Environment.isEnvironment(environment)) {
    throw messages.notAWorkload.error(workload, { what: 'environment', value: nameOf(environment), fault: 'is no environment', remedy: 'Give an Environment of the platform.' });
  }
  if (environment.node.root !== workload.node.root) {
    throw messages.notAWorkload.error(workload, {
      what: 'environment', value: environment.name, fault: 'belongs to another platform', remedy: `Give one of the platform of ${JSON.stringify(workload.name)}.`,
    });
  }
  if (!workload.runsIn(environment)) {
    const known = workload.environments.map(e => e.name);
    throw messages.notRunning.error(workload, { workload: workload.name, environment: environment.name, known });
  }
}

/** A construct by its path: its JSON would be the whole tree. */
function nameOf(value: unknown): unknown {
  const node = (value as IConstruct | undefined | null)?.node;
  return node === undefined ? value : node.path;
}

/** A workload with errors is lowered as something else than what it will be when they are mended. */
function throwErrors(workload: Workload, environment: Environment): void {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { engineOf, rolloutFindings } = require('../workloads/rollout') as typeof import('../workloads/rollout');
  const plan = workload._plan(environment);
  const findings = plan.shape.kind === 'rollout' ? rolloutFindings(plan as RolloutPlan, engineOf(Platform.ofConstruct(workload))) : [];
  const errors = findings.filter(finding => finding.severity === Severity.ERROR);
  if (errors.length > 0) {
    throw new FairwayError(errors);
  }
}

/** The version of the controller that the platform declares. */
function versionOf(workload: Workload): string | undefined {
  return StrategyEngine.tryOf(Platform.ofConstruct(workload))?.simulatedVersion();
}

function objectsBelow(construct: IConstruct): ApiObject[] {
  return construct.node.findAll().filter((c): c is ApiObject => ApiObject.isApiObject(c));
}

function isTemplate(object: ApiObject): boolean {
  return object.kind === 'AnalysisTemplate' || object.kind === 'ClusterAnalysisTemplate';
}

function manifest(object: ApiObject): Record<string, any> {
  return object.toJson() as Record<string, any>;
}
