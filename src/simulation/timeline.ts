import type { Duration } from 'cdk8s';
import * as messages from './messages';
import { clock, textOf } from './timeline-text';

/** What happened at a moment of a simulated rollout. */
export enum TimelineEventKind {
  /** A revision was applied: the first one, a new one, or a former one again. */
  DEPLOYED = 'deployed',
  /** A replica set was given another number of replicas. */
  SCALED = 'scaled',
  /** Pods became available, or ceased to be. */
  PODS = 'pods',
  /** The router was given another weight, or a Service selects other pods. */
  TRAFFIC = 'traffic',
  /** A step of the canary is done, or was skipped. */
  STEP = 'step',
  /** The rollout paused. */
  PAUSED = 'paused',
  /** The rollout goes on after a pause. */
  RESUMED = 'resumed',
  /** An analysis run or an experiment began. */
  ANALYSIS_STARTED = 'analysis started',
  /** An analysis run or an experiment ended, with its verdict. */
  ANALYSIS_FINISHED = 'analysis finished',
  /** The update was aborted. */
  ABORTED = 'aborted',
  /** The new revision is the stable one. */
  PROMOTED = 'promoted',
  /** The progress deadline passed. */
  TIMED_OUT = 'timed out',
  /** A person, an autoscaler or an operator did something. */
  ACTION = 'action',
  /** The simulation ended. */
  ENDED = 'ended',
}

/** The phase that the controller shows in the status of a Rollout. */
export enum RolloutPhase {
  /** All is as it shall be. */
  HEALTHY = 'Healthy',
  /** An update is under way. */
  PROGRESSING = 'Progressing',
  /** A pause step, an inconclusive analysis, or `spec.paused`. */
  PAUSED = 'Paused',
  /** Aborted, or the progress deadline passed. */
  DEGRADED = 'Degraded',
}

/** The verdict on a measurement, a metric or an analysis run. */
export enum AnalysisVerdict {
  /** Not decided yet. */
  RUNNING = 'Running',
  /** The conditions hold. */
  SUCCESSFUL = 'Successful',
  /** The conditions say that the version is bad. */
  FAILED = 'Failed',
  /** Neither condition holds. */
  INCONCLUSIVE = 'Inconclusive',
  /** The provider gave no answer, or the condition could not be evaluated. */
  ERROR = 'Error',
}

/** How a simulated rollout ended. */
export enum SimulationOutcome {
  /** The new revision is the stable one and runs everywhere. */
  PROMOTED = 'promoted',
  /** The update was aborted: the former revision has the traffic. */
  ABORTED = 'aborted',
  /** A former revision was applied again and runs everywhere. */
  ROLLED_BACK = 'rolled back',
  /** Paused until a person acts. */
  PAUSED = 'paused',
  /** The progress deadline passed, and nothing aborts the update. */
  STUCK = 'stuck',
  /** The limit of simulated time came before an end. */
  UNFINISHED = 'unfinished',
}

/** An event of a timeline, with what was running just after it. */
export interface TimelineEvent {
  /** Seconds since the update was applied. */
  readonly seconds: number;
  /** What kind of event this is. */
  readonly kind: TimelineEventKind;
  /** What happened, as a sentence. */
  readonly message: string;
  /** The phase of the Rollout. */
  readonly phase: RolloutPhase;
  /**
   * The step the canary stands at, from 0; as many as there are steps when all are done.
   *
   * @default - none, as for a blue-green or a canary without steps
   */
  readonly stepIndex?: number;
  /** The share of the traffic that the router, or the selected pods, give to the new revision, in per cent. */
  readonly weight: number;
  /** The replicas that are wanted of the former (stable) revision. */
  readonly stableDesired: number;
  /** The pods of the former revision that are available. */
  readonly stableAvailable: number;
  /** The replicas that are wanted of the new revision. */
  readonly canaryDesired: number;
  /** The pods of the new revision that are available. */
  readonly canaryAvailable: number;
  /** The replicas that are wanted of all other revisions. */
  readonly olderDesired: number;
  /** The available pods of all other revisions. */
  readonly olderAvailable: number;
}

/** What was so from a moment on, until the next state: what a chart draws. */
export interface TimelineState {
  /** Seconds since the update was applied. */
  readonly seconds: number;
  /** The share of the traffic that goes to the new revision, in per cent. */
  readonly weight: number;
  /** The replicas that the Rollout asks for. */
  readonly replicas: number;
  /** Pods of the former revision, available or not. */
  readonly stablePods: number;
  /** Available pods of the former revision. */
  readonly stableAvailable: number;
  /** Pods of the new revision, available or not. */
  readonly canaryPods: number;
  /** Available pods of the new revision. */
  readonly canaryAvailable: number;
  /** Pods of other revisions and of experiments, available or not. */
  readonly olderPods: number;
  /** All available pods, without those of experiments. */
  readonly available: number;
  /** The phase of the Rollout. */
  readonly phase: RolloutPhase;
  /**
   * The step the canary stands at, from 0; as many as there are steps when all are done.
   *
   * @default - none, as for a blue-green or a canary without steps
   */
  readonly stepIndex?: number;
}

/** One measurement of a metric. */
export interface TimelineMeasurement {
  /** Seconds since the update was applied. */
  readonly seconds: number;
  /** The analysis that measured: `background`, `step 2`, `pre-promotion`, `post-promotion` or `experiment step 2`. */
  readonly analysis: string;
  /** The name of the metric. */
  readonly metric: string;
  /**
   * The measured number.
   *
   * @default - none, where the provider had no number or no answer
   */
  readonly value?: number;
  /** The result as the condition sees it, as text: `[0.98]`, `[]`, `no answer`. */
  readonly result: string;
  /** The verdict on this one measurement. */
  readonly verdict: AnalysisVerdict;
  /** Whether the metric is a dry run, which decides nothing. */
  readonly dryRun: boolean;
}

/** The figures of a timeline. */
export interface TimelineSummary {
  /** How it ended. */
  readonly outcome: SimulationOutcome;
  /**
   * Why it was aborted, is stuck or waits.
   *
   * @default - none, when it was promoted
   */
  readonly reason?: string;
  /** Seconds until the outcome: until promotion, until the abort, or until the end of the simulation. */
  readonly totalSeconds: number;
  /** Seconds until the pods of the former revision are gone, too, or the pods of the aborted one. */
  readonly settledSeconds: number;
  /**
   * Seconds from the update to its first abort.
   *
   * @default - none, when it was not aborted
   */
  readonly secondsToAbort?: number;
  /** The most pods that ran at one time, with those that were not ready and those of experiments. */
  readonly peakPods: number;
  /** How many pods that is above the replicas that the Rollout asked for. */
  readonly extraPods: number;
  /** The fewest available pods, of all revisions that got traffic. */
  readonly worstAvailablePods: number;
  /**
   * The worst ratio of available pods to pods needed for the traffic they got, from 0 to 1, on either side.
   * 0.5 means that for a while the pods of one side got twice the requests they are meant for.
   */
  readonly worstCapacity: number;
  /** All requests from the update to its abort, its promotion or the end of the simulation. */
  readonly requests: number;
  /** Those of them that the new revision served: the exposure. */
  readonly exposedRequests: number;
  /** The same as a share, from 0 to 1. */
  readonly exposure: number;
  /** Requests that the new revision served after the abort, until its pods had no more traffic. */
  readonly requestsAfterAbort: number;
}

/** What an aborted update must keep to. */
export interface AbortExpectation {
  /**
   * The new revision must have served less than this share of all requests before the abort, from 0 to 1.
   *
   * @default - any
   */
  readonly exposureBelow?: number;

  /**
   * The abort must come within this time after the update.
   *
   * @default - any
   */
  readonly within?: Duration;
}

/** What a promoted update must keep to. */
export interface PromotionExpectation {
  /**
   * The promotion must come within this time after the update.
   *
   * @default - any
   */
  readonly within?: Duration;

  /**
   * The capacity must never be below this, from 0 to 1 (`worstCapacity` of the summary).
   *
   * @default - any
   */
  readonly capacityAtLeast?: number;
}

/** What a Timeline is made of. */
export interface TimelineProps {
  /** What the rollout is called. */
  readonly name: string;
  /** The events, in the order of time. */
  readonly events: TimelineEvent[];
  /** The states, in the order of time. */
  readonly states: TimelineState[];
  /** The measurements, in the order of time. */
  readonly measurements: TimelineMeasurement[];
  /** The figures. */
  readonly summary: TimelineSummary;
}

/** What a controller would do over time: the result of a simulation. The same input gives the same timeline. */
export class Timeline {
  /** What the rollout is called. */
  public readonly name: string;
  /** What happened, in the order of time. */
  public readonly events: TimelineEvent[];
  /** What was so from when on, for a chart: the first state is at 0, the last at the end. */
  public readonly states: TimelineState[];
  /** What analysis measured, in the order of time. */
  public readonly measurements: TimelineMeasurement[];
  /** The figures: outcome, times, pods, exposure, capacity. */
  public readonly summary: TimelineSummary;

  /** @param props events, states, measurements and figures, as a simulation gives them */
  public constructor(props: TimelineProps) {
    this.name = props.name;
    this.events = props.events;
    this.states = props.states;
    this.measurements = props.measurements;
    this.summary = props.summary;
  }

  /**
   * Throws unless the update was aborted. The message has the figure that failed and the timeline.
   *
   * @param expectation within which time, and before which share of requests. Throws FW820 where it is not so
   */
  public assertAborted(expectation: AbortExpectation = {}): void {
    const { secondsToAbort, exposure } = this.summary;
    const within = seconds(expectation?.within, 'within');
    const below = share(expectation?.exposureBelow, 'exposureBelow');
    if (secondsToAbort === undefined) {
      this.fail(`was not aborted: it is ${this.summary.outcome} after ${clock(this.summary.totalSeconds)}`);
    } else if (within !== undefined && secondsToAbort > within) {
      this.fail(`was aborted after ${clock(secondsToAbort)}, not within ${clock(within)}`);
    } else if (below !== undefined && exposure >= below) {
      this.fail(`had served ${percent(exposure)} of the requests when it was aborted, not less than ${percent(below)}`);
    }
  }

  /**
   * Throws unless the new revision was promoted. The message has the figure that failed and the timeline.
   *
   * @param expectation within which time, and with which capacity. Throws FW820 where it is not so
   */
  public assertPromoted(expectation: PromotionExpectation = {}): void {
    const { outcome, totalSeconds } = this.summary;
    const within = seconds(expectation?.within, 'within');
    const least = share(expectation?.capacityAtLeast, 'capacityAtLeast');
    if (outcome !== SimulationOutcome.PROMOTED) {
      this.fail(`was not promoted: it is ${outcome} after ${clock(totalSeconds)}`);
    } else if (within !== undefined && totalSeconds > within) {
      this.fail(`was promoted after ${clock(totalSeconds)}, not within ${clock(within)}`);
    } else if (least !== undefined) {
      this.assertCapacity(least);
    }
  }

  /**
   * Throws unless the rollout ended so. The message has the timeline.
   *
   * @param outcome how it must end. Throws FW820 where it did not
   */
  public assertOutcome(outcome: SimulationOutcome): void {
    if (this.summary.outcome !== outcome) {
      this.fail(`is ${this.summary.outcome}, not ${outcome}`);
    }
  }

  /**
   * Throws unless there were always enough available pods for the traffic they got.
   *
   * @param atLeast the least ratio of available pods to needed pods, from 0 to 1. Throws FW820 where it was below
   */
  public assertCapacity(atLeast: number): void {
    const least = share(atLeast, 'atLeast') ?? 0;
    if (this.summary.worstCapacity < least) {
      this.fail(`had ${percent(this.summary.worstCapacity)} of the pods that its traffic needs, not at least ${percent(least)}`);
    }
  }

  /** The timeline as text for a terminal, with a line for each event and the figures below. */
  public toText(): string {
    return textOf(this);
  }

  /** The timeline as plain data. */
  public toJson(): any {
    return { name: this.name, summary: this.summary, events: this.events, states: this.states, measurements: this.measurements };
  }

  private fail(fault: string): never {
    throw messages.unexpectedTimeline.error(this.name, { fault, timeline: this.toText() });
  }
}

function percent(value: number): string {
  return `${Number((value * 100).toPrecision(3))} %`;
}

function seconds(value: unknown, what: string): number | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  const given = typeof (value as Duration).toMilliseconds === 'function' ? (value as Duration).toMilliseconds() / 1000 : NaN;
  if (!(given >= 0)) {
    throw messages.invalidScenario.error(what, { value, fault: 'is no Duration', remedy: 'Write for example Duration.minutes(10).' });
  }
  return given;
}

function share(value: unknown, what: string): number | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (typeof value !== 'number' || !(value >= 0 && value <= 1)) {
    throw messages.invalidScenario.error(what, { value, fault: 'is no share', remedy: 'Write a number from 0 to 1: 0.01 is one per cent.' });
  }
  return value;
}
