import type { Judged, MetricPlan } from './plan';
import type { ReplicaSet } from './pods';
import type { Cluster, Reporter } from './state';
import {
  RolloutPhase, SimulationOutcome as Outcome, Timeline, TimelineEvent, TimelineEventKind as Kind, TimelineMeasurement, TimelineState, TimelineSummary,
} from './timeline';
import { Traffic, trafficOf } from './traffic';


/** Writes down what happens, and adds up the figures. */
export class Recorder implements Reporter {
  public cluster!: Cluster;
  /** The revision that ran before the current update. */
  public former?: ReplicaSet;
  public abortedAt?: number;
  public promotedAt?: number;
  private readonly events: TimelineEvent[] = [];
  private readonly states: TimelineState[] = [];
  private readonly measurements: TimelineMeasurement[] = [];
  private readonly pending: Array<{ readonly kind: Kind; readonly message: string }> = [];
  private traffic: Traffic = { exposed: 0, target: 0, capacity: 1, available: 0 };
  private abortReason?: string;
  private rolledBack = false;
  private peak = 0;
  private extra = 0;
  private worstPods = Infinity;
  private worstCapacity = 1;
  private lastAt = 0;
  private requestSeconds = 0;
  private exposedSeconds = 0;
  private afterAbort = 0;
  private settledAt = 0;
  private counting = true;

  public constructor(private readonly initial: boolean) {}

  public event(kind: Kind, message: string): void {
    this.pending.push({ kind, message });
    if (kind === Kind.SCALED) {
      this.settledAt = this.cluster.now;
    }
  }

  public promoted(reason: string): void {
    const { target, now } = this.cluster;
    this.event(Kind.PROMOTED, `${target.name} is promoted: ${reason}`);
    if (this.former) {
      this.promotedAt = now; // the first revision is stable from its beginning: it is promoted once it is healthy
      this.counting = false;
    }
    this.rolledBack = this.rolledBack || (this.former !== undefined && target.revision < this.former.revision);
  }

  public aborted(reason: string): void {
    this.event(Kind.ABORTED, `aborted: ${reason}`);
    this.abortedAt ??= this.cluster.now;
    this.abortReason ??= reason;
    this.promotedAt = undefined;
    this.counting = false;
  }

  public timedOut(): void {
    this.event(Kind.TIMED_OUT, 'the progress deadline passed');
  }

  /** A new update begins: its pods are the new ones from now on. */
  public deployed(former: ReplicaSet | undefined): void {
    this.former = former;
    this.promotedAt = undefined;
    this.counting = this.abortedAt === undefined;
    this.rolledBack = former !== undefined && this.cluster.target.revision < former.revision;
  }

  public measured(analysis: string, metric: MetricPlan, judged: Judged): void {
    this.measurements.push({
      seconds: this.cluster.now / 1000,
      analysis,
      metric: metric.name,
      value: judged.value,
      result: judged.result,
      verdict: judged.verdict,
      dryRun: metric.dryRun,
    });
  }

  /** Adds up what went on since the last moment. Call before anything changes at a new time. */
  public advance(now: number): void {
    const seconds = (now - this.lastAt) / 1000;
    if (seconds <= 0) {
      return;
    }
    this.lastAt = now;
    this.worstPods = Math.min(this.worstPods, this.traffic.available);
    this.worstCapacity = Math.min(this.worstCapacity, this.traffic.capacity);
    if (this.counting) {
      this.requestSeconds += seconds;
      this.exposedSeconds += seconds * this.traffic.exposed;
    } else if (this.abortedAt !== undefined && this.promotedAt === undefined) {
      this.afterAbort += seconds * this.traffic.exposed;
    }
  }

  /** Writes down the moment once the controller has come to rest. */
  public moment(): void {
    const { cluster, former } = this;
    this.traffic = trafficOf(cluster);
    const { sets, target, status, replicas, now, experiments } = cluster;
    let pods = 0;
    let available = 0;
    for (const set of sets) {
      pods += set.pods;
      available += set.available;
    }
    for (const experiment of experiments) {
      pods += experiment.pods;
    }
    this.peak = Math.max(this.peak, pods);
    this.extra = Math.max(this.extra, pods - replicas);
    const weight = Math.round(this.traffic.target * 10000) / 100;
    const seconds = now / 1000;
    const formerSpec = former?.spec ?? 0;
    const formerAvailable = former?.available ?? 0;
    const olderPods = pods - target.pods - formerSpec;
    const { phase, stepIndex } = status;
    const served = this.traffic.target > 0.999 || replicas === 0;
    if (phase === RolloutPhase.HEALTHY && status.stable === target && served && this.promotedAt === undefined) {
      this.promotedAt = now;
      this.counting = false;
    }
    const last = this.states.at(-1);
    const state: TimelineState = {
      seconds,
      weight,
      replicas,
      stablePods: formerSpec,
      stableAvailable: formerAvailable,
      canaryPods: target.pods,
      canaryAvailable: target.available,
      olderPods,
      available,
      phase,
      stepIndex,
    };
    if (last?.seconds === seconds) {
      this.states[this.states.length - 1] = state;
    } else if (!last || differs(last, state)) {
      this.states.push(state);
    }
    for (const { kind, message } of this.pending) {
      this.events.push({
        seconds,
        kind,
        message,
        phase,
        stepIndex,
        weight,
        stableDesired: formerSpec,
        stableAvailable: formerAvailable,
        canaryDesired: target.spec,
        canaryAvailable: target.available,
        olderDesired: olderPods,
        olderAvailable: available - target.available - formerAvailable,
      });
    }
    this.pending.length = 0;
  }

  /** The timeline, once the simulation is over. */
  public finish(ended: 'rest' | 'waiting' | 'limit' | 'loop', requestsPerSecond: number): Timeline {
    const { cluster } = this;
    const outcome = this.outcome(ended);
    const reason = this.reason(outcome, ended);
    this.event(Kind.ENDED, `the end: ${outcome}${reason ? ` (${reason})` : ''}`);
    this.moment();
    const last = this.states[this.states.length - 1];
    if (last.seconds < cluster.now / 1000) {
      this.states.push({ ...last, seconds: cluster.now / 1000 });
    }
    const total = outcome === Outcome.PROMOTED || outcome === Outcome.ROLLED_BACK ? this.promotedAt! : outcome === Outcome.ABORTED
      ? this.abortedAt! : cluster.now;
    const worst = this.worstPods === Infinity ? this.traffic.available : this.worstPods;
    const summary: TimelineSummary = {
      outcome,
      reason,
      totalSeconds: total / 1000,
      settledSeconds: Math.max(total, this.settledAt) / 1000,
      secondsToAbort: this.abortedAt === undefined ? undefined : this.abortedAt / 1000,
      peakPods: this.peak,
      extraPods: this.extra,
      worstAvailablePods: worst,
      worstCapacity: this.initial ? this.traffic.capacity : this.worstCapacity,
      requests: rounded(this.requestSeconds * requestsPerSecond),
      exposedRequests: rounded(this.exposedSeconds * requestsPerSecond),
      exposure: this.requestSeconds > 0 ? rounded(this.exposedSeconds / this.requestSeconds) : 0,
      requestsAfterAbort: rounded(this.afterAbort * requestsPerSecond),
    };
    return new Timeline({ name: cluster.plan.name, events: this.events, states: this.states, measurements: this.measurements, summary });
  }

  private outcome(ended: string): Outcome {
    const { status } = this.cluster;
    if (this.promotedAt !== undefined) {
      return this.rolledBack ? Outcome.ROLLED_BACK : Outcome.PROMOTED;
    }
    if (status.abort && this.abortedAt !== undefined) {
      return Outcome.ABORTED;
    }
    if (status.progress === 'timed-out') {
      return Outcome.STUCK;
    }
    return ended === 'limit' || ended === 'loop' || status.phase !== RolloutPhase.PAUSED ? Outcome.UNFINISHED : Outcome.PAUSED;
  }

  private reason(outcome: Outcome, ended: string): string | undefined {
    const { cluster } = this;
    switch (outcome) {
      case Outcome.ABORTED:
        return this.traffic.exposed > 0
          ? `${this.abortReason}; the new revision still has ${Math.round(this.traffic.exposed * 100)} % of the traffic, and nothing takes it away` : this.abortReason;
      case Outcome.STUCK: {
        // What has no steps may be a Deployment, which has no such field.
        const { strategy } = cluster.plan;
        const cause = strategy.kind === 'canary' && strategy.steps.length === 0 ? 'nothing undoes the update' : 'progressDeadlineAbort is off';
        return `the progress deadline passed, and ${cause}`;
      }
      case Outcome.PAUSED: return cluster.paused ? 'spec.paused is set' : `waits for a person: ${cluster.status.pauses[0]?.reason ?? 'paused'}`;
      case Outcome.UNFINISHED: return ended === 'loop' ? 'the controller changes its mind without end' : ended === 'limit' ? 'the limit of simulated time' : 'nothing will happen any more';
      default: return undefined;
    }
  }
}

/** Without the noise of binary fractions. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

function differs(a: TimelineState, b: TimelineState): boolean {
  return a.weight !== b.weight || a.replicas !== b.replicas || a.stablePods !== b.stablePods || a.stableAvailable !== b.stableAvailable
    || a.canaryPods !== b.canaryPods
    || a.canaryAvailable !== b.canaryAvailable || a.olderPods !== b.olderPods || a.available !== b.available || a.phase !== b.phase
      || a.stepIndex !== b.stepIndex;
}

