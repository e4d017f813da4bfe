import type { Duration } from 'cdk8s';
import * as messages from './messages';
import { MetricSeries } from './metric-series';
import { PodBehavior } from './pod-behavior';
import { ScenarioAction } from './scenario-action';
import { toCount, toNumber, toSeconds } from './values';

/** What happens around a rollout. */
export interface ScenarioProps {
  /**
   * Whether the Rollout is created, instead of a running one being updated.
   *
   * @default false
   */
  readonly initialDeployment?: boolean;

  /**
   * The replicas at the start.
   *
   * @default - `spec.replicas` of the Rollout, or 1
   */
  readonly replicas?: number;

  /**
   * How the pods of the new revision behave.
   *
   * @default PodBehavior.ready()
   */
  readonly pods?: PodBehavior;

  /**
   * How pods of the revision that runs already behave when more of them are started.
   *
   * @default PodBehavior.ready()
   */
  readonly stablePods?: PodBehavior;

  /**
   * What is measured, by the name of the metric. Metrics that are not named here always pass.
   *
   * @default - all metrics pass
   */
  readonly metrics?: Record<string, MetricSeries>;

  /**
   * What people, autoscalers and operators do, in any order.
   *
   * @default - nothing
   */
  readonly actions?: ScenarioAction[];

  /**
   * Requests per second to the whole service, from which the exposure is counted.
   *
   * @default 100
   */
  readonly requestsPerSecond?: number;

  /**
   * The most time to simulate. A rollout that only waits for a person is followed for an hour beyond the last thing that the scenario says.
   *
   * @default Duration.days(7)
   */
  readonly limit?: Duration;
}

/** What happens around a rollout: pods, metrics, people. A value: the `with` methods return another one. */
export class Scenario {
  /**
   * A scenario from a file: `{ "pods": { "behavior": "ready", "startup": "20s" }, "metrics": { "success-rate": { "from": 0.99, "to": 0.95, "at": "3m" } },
   * "actions": [{ "at": "5m", "do": "promote" }], "requestsPerSecond": 100 }`. All keys are those of ScenarioProps; times are durations as `90s`, `5m`, `1h30m`.
   *
   * - A pod behaviour has `behavior`: `ready` (`startup`), `crashLoop` (`startup`, `readyFor`), `neverReady` or `flapping` (`startup`, `up`, `down`).
   * - A metric is a number, `passing`, `failing`, `noData`, `providerError`, `{ value }`, `{ from, to, at }`, `{ points: [{ at, value }] }`,
   *   `{ mean, deviation, seed }`, `{ error: text }`, `{ result: any }`, or a list of these, each after the first with `after`: from when on it counts.
   * - An action has `at` and `do`: `promote`, `promoteFull`, `abort`, `retry`, `pause`, `resume`, `scale` (`replicas`), `deploy` (`pods`), `rollback` or `restartController`.
   *
   * @param json the text of a JSON file, or the parsed object of a JSON or YAML file. Throws FW810 and FW811 with the place in the file
   */
  public static fromJson(json: any): Scenario {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { scenarioFromJson } = require('./scenario-file') as typeof import('./scenario-file');
    return new Scenario(scenarioFromJson(json));
  }

  /** Whether the Rollout is created, instead of a running one being updated. */
  public readonly initialDeployment: boolean;
  /** Requests per second to the whole service. */
  public readonly requestsPerSecond: number;
  /** @internal */
  public readonly _replicas?: number;
  /** @internal */
  public readonly _pods: PodBehavior;
  /** @internal */
  public readonly _stablePods: PodBehavior;
  /** @internal */
  public readonly _metrics: ReadonlyMap<string, MetricSeries>;
  /** @internal in the order of time */
  public readonly _actions: readonly ScenarioAction[];
  /** @internal */
  public readonly _limit: number;
  private readonly props: ScenarioProps;

  /** @param props what happens. Throws FW810 for a value that cannot be, FW811 for a key that nobody reads */
  public constructor(props: ScenarioProps = {}) {
    checkKeys(props);
    this.props = { ...props };
    this.initialDeployment = flag(props.initialDeployment);
    this._replicas = props.replicas === undefined ? undefined : toCount(props.replicas, 'replicas');
    this._pods = pods(props.pods, 'pods');
    this._stablePods = pods(props.stablePods, 'stablePods');
    this._metrics = metrics(props.metrics);
    this._actions = actions(props.actions);
    this.requestsPerSecond = props.requestsPerSecond === undefined ? 100 : toNumber(props.requestsPerSecond, 'requestsPerSecond');
    if (this.requestsPerSecond < 0) {
      throw messages.invalidScenario.error('requestsPerSecond', { value: this.requestsPerSecond, fault: 'is negative', remedy: 'Write 0 or more.' });
    }
    this._limit = toSeconds(props.limit, 'limit', SEVEN_DAYS, 1);
  }

  /** The same for a Rollout that is created. */
  public asInitialDeployment(): Scenario {
    return new Scenario({ ...this.props, initialDeployment: true });
  }

  /**
   * The same with pods of the new revision that behave so.
   *
   * @param behavior how they behave
   */
  public withPods(behavior: PodBehavior): Scenario {
    return new Scenario({ ...this.props, pods: behavior });
  }

  /**
   * The same with pods of the running revision that behave so when more are started.
   *
   * @param behavior how they behave
   */
  public withStablePods(behavior: PodBehavior): Scenario {
    return new Scenario({ ...this.props, stablePods: behavior });
  }

  /**
   * The same with another number of replicas at the start.
   *
   * @param replicas the number
   */
  public withReplicas(replicas: number): Scenario {
    return new Scenario({ ...this.props, replicas });
  }

  /**
   * The same with values for a metric.
   *
   * @param name the name of the metric in its analysis template
   * @param series its values over time
   */
  public withMetric(name: string, series: MetricSeries): Scenario {
    return new Scenario({ ...this.props, metrics: Object.fromEntries([...this._metrics, [name, series]]) });
  }

  /**
   * The same with another action.
   *
   * @param action what is done, and when
   */
  public withAction(action: ScenarioAction): Scenario {
    return new Scenario({ ...this.props, actions: [...(this.props.actions ?? []), action] });
  }

  /**
   * The same with another rate of requests.
   *
   * @param requests requests per second to the whole service
   */
  public withRequestsPerSecond(requests: number): Scenario {
    return new Scenario({ ...this.props, requestsPerSecond: requests });
  }

  /**
   * The same with another limit of simulated time.
   *
   * @param limit the most time to simulate
   */
  public withLimit(limit: Duration): Scenario {
    return new Scenario({ ...this.props, limit });
  }
}

const SEVEN_DAYS = 7 * 24 * 3600;

const KEYS = ['initialDeployment', 'replicas', 'pods', 'stablePods', 'metrics', 'actions', 'requestsPerSecond', 'limit'];

function checkKeys(props: unknown): void {
  if (typeof props !== 'object' || props === null || Array.isArray(props)) {
    throw messages.invalidScenario.error('scenario', { value: props, fault: 'is no object', remedy: 'Write new Scenario({ … }).' });
  }
  for (const key of Object.keys(props)) {
    if (!KEYS.includes(key)) {
      throw messages.unknownKey.error('scenario', { key, known: KEYS });
    }
  }
}

function flag(value: unknown): boolean {
  if (value !== undefined && typeof value !== 'boolean') {
    throw messages.invalidScenario.error('initialDeployment', { value, fault: 'is neither true nor false', remedy: 'Write true or false.' });
  }
  return value ?? false;
}

function pods(value: unknown, where: string): PodBehavior {
  if (value !== undefined && !(value instanceof PodBehavior)) {
    throw messages.invalidScenario.error(where, { value, fault: 'is no behaviour of pods', remedy: 'Write for example PodBehavior.ready().' });
  }
  return value ?? PodBehavior.ready();
}

function metrics(value: unknown): Map<string, MetricSeries> {
  if (value === undefined) {
    return new Map();
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw messages.invalidScenario.error('metrics', {
      value, fault: 'is no object of series by name', remedy: 'Write { \'success-rate\': MetricSeries.constant(0.99) }.',
    });
  }
  const entries = Object.entries(value);
  for (const [name, series] of entries) {
    if (!(series instanceof MetricSeries)) {
      throw messages.invalidScenario.error(`metrics.${name}`, { value: series, fault: 'is no series', remedy: 'Write for example MetricSeries.constant(0.99).' });
    }
  }
  return new Map(entries);
}

function actions(value: unknown): ScenarioAction[] {
  if (value === undefined) {
    return [];
  }
  if (!Array.isArray(value)) {
    throw messages.invalidScenario.error('actions', { value, fault: 'is no list', remedy: 'Write [ScenarioAction.promote(Duration.minutes(5))].' });
  }
  for (const action of value) {
    if (!(action instanceof ScenarioAction)) {
      throw messages.invalidScenario.error('actions', { value: action, fault: 'is no action', remedy: 'Write for example ScenarioAction.promote(Duration.minutes(5)).' });
    }
  }
  return [...(value as ScenarioAction[])].sort((a, b) => a._seconds - b._seconds);
}
