import { act } from './actions';
import { nextLook, reconcile } from './controller';
import { MetricSeries, Sample } from './metric-series';
import type { RolloutPlan } from './plan';
import { ReplicaSet, timingOf } from './pods';
import { Recorder } from './recorder';
import type { Scenario } from './scenario';
import type { Cluster, Status } from './state';
import { RolloutPhase, Timeline, TimelineEventKind as Kind } from './timeline';

/** How often the controller may change something at one moment before it counts as a loop. */
const MOST_PASSES = 500;

/** How long a rollout that waits or is stuck is followed after the last thing that the scenario says. */
const PATIENCE = 3_600_000;

/** Runs a plan in a scenario, from event to event; nothing is done in between. */
export function simulate(plan: RolloutPlan, scenario: Scenario): Timeline {
  return new Engine(plan, scenario).run();
}

class Engine {
  private readonly recorder: Recorder;
  private readonly cluster: Cluster;
  private readonly limit: number;
  private readonly lastScripted: number;
  private nextAction = 0;
  private quietSince?: number;

  public constructor(plan: RolloutPlan, private readonly scenario: Scenario) {
    this.recorder = new Recorder(scenario.initialDeployment);
    this.cluster = createCluster(plan, scenario, this.recorder);
    this.recorder.cluster = this.cluster;
    this.recorder.deployed(this.cluster.status.stable);
    this.limit = Math.round(scenario._limit * 1000);
    let last = scenario._actions.at(-1)?._seconds ?? 0;
    for (const series of scenario._metrics.values()) {
      last = Math.max(last, series._changes.at(-1) ?? 0);
    }
    this.lastScripted = last * 1000;
  }

  public run(): Timeline {
    const { cluster, recorder, scenario } = this;
    recorder.event(Kind.DEPLOYED, `${cluster.target.name} is applied`);
    for (;;) {
      const ok = this.settle();
      recorder.moment();
      if (!ok) {
        return recorder.finish('loop', scenario.requestsPerSecond);
      }
      if (this.finished()) {
        return recorder.finish('rest', scenario.requestsPerSecond);
      }
      const next = this.next();
      const patience = this.patience();
      if (next > Math.min(this.limit, patience)) {
        const waits = next === Infinity || patience < this.limit;
        const end = next === Infinity ? cluster.now : Math.min(this.limit, patience);
        recorder.advance(end);
        cluster.now = end;
        return recorder.finish(waits ? 'waiting' : 'limit', scenario.requestsPerSecond);
      }
      recorder.advance(next);
      cluster.now = next;
      this.happen();
    }
  }

  /** Lets pods and people do what is due. */
  private happen(): void {
    const { cluster, scenario, recorder } = this;
    for (const set of cluster.sets) {
      const before = set.available;
      if (set.nextChange <= cluster.now && set.update(cluster.now) && set.available !== before) {
        recorder.event(Kind.PODS, `${set.name} has ${set.available} of ${set.spec} pods available`);
      }
    }
    while (this.nextAction < scenario._actions.length && scenario._actions[this.nextAction]._seconds * 1000 <= cluster.now) {
      const { target, status } = cluster;
      act(cluster, scenario._actions[this.nextAction++]);
      if (cluster.target !== target) {
        recorder.deployed(status.stable === cluster.target ? target : status.stable);
      }
    }
  }

  /** Measures, and lets the controller work until it has nothing more to do at this moment. */
  private settle(): boolean {
    const { cluster } = this;
    for (let pass = 0; pass < MOST_PASSES; pass++) {
      this.analyse();
      if (!reconcile(cluster) && !this.analysisDue()) {
        return true;
      }
    }
    return false;
  }

  private analysisDue(): boolean {
    const { runs, experiments, now } = this.cluster;
    return runs.some(run => run.next() <= now)
      || experiments.some(experiment => experiment.next() <= now || experiment.runs.some(({ run }) => run.next() <= now));
  }

  private analyse(): void {
    const { cluster, recorder } = this;
    const { runs, experiments, now } = cluster;
    const step = (run: (typeof runs)[number]): boolean => {
      const done = run.next() <= now && run.step(now, this.sample, (metric, judged) => recorder.measured(run.title, metric, judged));
      if (done) {
        recorder.event(Kind.ANALYSIS_FINISHED, `analysis ends: ${run.title} is ${run.phase}${run.message ? ` (${run.message})` : ''}`);
      }
      return done;
    };
    for (let i = runs.length - 1; i >= 0; i--) {
      if (step(runs[i])) {
        runs.splice(i, 1);
      }
    }
    for (let i = experiments.length - 1; i >= 0; i--) {
      const experiment = experiments[i];
      const { completed } = experiment;
      experiment.runs.forEach(({ run }) => step(run));
      experiment.step(now);
      if (experiment.completed && !completed) {
        experiment.runs.forEach(({ run }) => step(run));
        recorder.event(Kind.ANALYSIS_FINISHED, `${experiment.title} is ${experiment.phase}${experiment.message ? ` (${experiment.message})` : ''}`);
      }
      if (experiment.gone) {
        experiments.splice(i, 1);
      }
    }
  }

  private readonly sample = (metric: string, now: number): Sample => (this.scenario._metrics.get(metric) ?? PASSING)._sample(now / 1000);

  /** When something happens next. */
  private next(): number {
    const { cluster, scenario } = this;
    let next = nextLook(cluster);
    for (const set of cluster.sets) {
      next = Math.min(next, set.nextChange);
    }
    for (const run of cluster.runs) {
      next = Math.min(next, run.next());
    }
    for (const experiment of cluster.experiments) {
      next = Math.min(next, experiment.next());
      for (const { run } of experiment.runs) {
        next = Math.min(next, run.next());
      }
    }
    if (this.nextAction < scenario._actions.length) {
      next = Math.min(next, Math.round(scenario._actions[this.nextAction]._seconds * 1000));
    }
    return next;
  }

  /** Whether nothing that matters will happen any more: all is promoted or aborted, and superfluous pods are gone. */
  private finished(): boolean {
    const { cluster, scenario } = this;
    const { status, plan: { strategy }, sets, target, replicas } = cluster;
    if (this.nextAction < scenario._actions.length || cluster.runs.length > 0 || cluster.experiments.length > 0) {
      return false;
    }
    const idle = sets.every(set => set === status.stable || set === target || set.spec === 0)
      && sets.every(set => set.deadline === undefined || set.spec === 0);
    if (!idle || status.stable === undefined || status.stable.available < replicas || status.stable.spec !== replicas) {
      return false;
    }
    if (status.stable === target) {
      return status.phase === RolloutPhase.HEALTHY;
    }
    const moved = strategy.kind === 'blueGreen' ? cluster.activeService === status.stable : !strategy.routed || status.weights?.canaryWeight === 0;
    return status.abort && moved && (target.spec === 0 || (strategy.abortDelay === undefined && strategy.kind !== 'canary') || (strategy.kind === 'canary' && strategy.routed && strategy.abortDelay === undefined));
  }

  /** When to stop following a rollout that only a person can move. */
  private patience(): number {
    const { status, now, paused } = this.cluster;
    const quiet = paused || status.phase === RolloutPhase.PAUSED || status.phase === RolloutPhase.DEGRADED || status.stable === this.cluster.target;
    const waits = quiet && nextLook(this.cluster) === Infinity;
    this.quietSince = waits ? this.quietSince ?? now : undefined;
    return this.quietSince === undefined ? Infinity : Math.max(this.quietSince, this.lastScripted) + PATIENCE;
  }
}

const PASSING = MetricSeries.passing();

function createCluster(plan: RolloutPlan, scenario: Scenario, report: Recorder): Cluster {
  const replicas = scenario._replicas ?? plan.replicas;
  const fresh = (revision: number): ReplicaSet => new ReplicaSet(revision,
    timingOf((revision === 1 && !scenario.initialDeployment ? scenario._stablePods : scenario._pods)._timing), plan.minReady);
  const target = fresh(scenario.initialDeployment ? 1 : 2);
  const status: Status = {
    promoteFull: false,
    abort: false,
    controllerPause: false,
    pauses: [],
    checkpoint: false,
    pods: 0,
    updated: 0,
    ready: 0,
    available: 0,
    progress: 'new',
    progressAt: 0,
    pausedCondition: false,
    phase: RolloutPhase.PROGRESSING,
  };
  const cluster: Cluster = {
    plan,
    report,
    now: 0,
    replicas,
    paused: plan.paused,
    sets: [target],
    target,
    status,
    runs: [],
    experiments: [],
    changed: false,
  };
  if (scenario.initialDeployment) {
    return cluster;
  }
  const stable = fresh(1);
  stable.settle(replicas);
  stable.annotation = replicas;
  cluster.sets.unshift(stable);
  const { strategy } = plan;
  const weights = strategy.kind === 'canary' && strategy.routed
    ? { canaryWeight: 0, stableWeight: strategy.maxWeight, canary: stable, stable, experiments: [] } : undefined;
  cluster.activeService = cluster.previewService = cluster.canaryService = cluster.stableService = stable;
  cluster.status = {
    ...status,
    stable,
    current: stable,
    stepIndex: strategy.kind === 'canary' && strategy.steps.length > 0 ? strategy.steps.length : undefined,
    weights,
    active: strategy.kind === 'blueGreen' ? stable : undefined,
    preview: strategy.kind === 'blueGreen' && strategy.previewService ? stable : undefined,
    pods: replicas,
    updated: replicas,
    ready: replicas,
    available: replicas,
    healthy: true,
  };
  return cluster;
}
