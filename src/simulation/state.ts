import type { AnalysisRun } from './analysis-run';
import type { ExperimentRun } from './experiment-run';
import type { RolloutPlan } from './plan';
import type { ReplicaSet } from './pods';
import type { WeightCounts } from './replicas';
import type { RolloutPhase, TimelineEventKind } from './timeline';

export type PauseReason = 'CanaryPauseStep' | 'BlueGreenPause' | 'InconclusiveAnalysisRun' | 'InconclusiveExperiment';

export interface Pause {
  readonly reason: PauseReason;
  readonly at: number;
}

/** Traffic weights, and the pods they lead to. */
export interface Weights extends WeightCounts {
  readonly canary?: ReplicaSet;
  readonly stable?: ReplicaSet;
  readonly experiments: ReadonlyArray<{ readonly canary: boolean; readonly weight: number }>;
}

export type ProgressReason = 'new' | 'updated' | 'paused' | 'resumed' | 'retry' | 'aborted' | 'timed-out' | 'available' | 'not-available';

/** The status of a Rollout, as the controller persists it at the end of a reconciliation. */
export interface Status {
  stable?: ReplicaSet;
  current?: ReplicaSet;
  stepIndex?: number;
  promoteFull: boolean;
  abort: boolean;
  abortedAt?: number;
  controllerPause: boolean;
  pauses: readonly Pause[];
  weights?: Weights;
  stepRun?: AnalysisRun;
  /** The step that the step run belongs to. */
  stepRunIndex?: number;
  backgroundRun?: AnalysisRun;
  preRun?: AnalysisRun;
  postRun?: AnalysisRun;
  experiment?: ExperimentRun;
  active?: ReplicaSet;
  preview?: ReplicaSet;
  checkpoint: boolean;
  pods: number;
  updated: number;
  ready: number;
  available: number;
  progress: ProgressReason;
  progressAt: number;
  pausedCondition: boolean;
  healthy?: boolean;
  phase: RolloutPhase;
}

/** What the reconciliation tells the outside. */
export interface Reporter {
  event(kind: TimelineEventKind, message: string): void;
  promoted(reason: string): void;
  aborted(reason: string): void;
  timedOut(): void;
}

/** A Rollout in a cluster: its spec where that may change, its pods, Services and status. */
export interface Cluster {
  readonly plan: RolloutPlan;
  readonly report: Reporter;
  now: number;
  replicas: number;
  paused: boolean;
  /** All revisions, in the order of their creation. */
  readonly sets: ReplicaSet[];
  /** The revision that the spec describes. */
  target: ReplicaSet;
  status: Status;
  activeService?: ReplicaSet;
  previewService?: ReplicaSet;
  canaryService?: ReplicaSet;
  stableService?: ReplicaSet;
  /** Runs and experiments that are not over. */
  readonly runs: AnalysisRun[];
  readonly experiments: ExperimentRun[];
  /** Something outside of the status changed, so that the controller will look again. */
  changed: boolean;
}

export function sameStatus(a: Status, b: Status): boolean {
  return a.stable === b.stable && a.current === b.current && a.stepIndex === b.stepIndex && a.promoteFull === b.promoteFull && a.abort === b.abort
    && a.abortedAt === b.abortedAt && a.controllerPause === b.controllerPause && samePauses(a.pauses, b.pauses) && a.weights === b.weights
    && a.stepRun === b.stepRun && a.backgroundRun === b.backgroundRun && a.preRun === b.preRun && a.postRun === b.postRun
      && a.experiment === b.experiment
    && a.active === b.active && a.preview === b.preview && a.checkpoint === b.checkpoint && a.pods === b.pods && a.updated === b.updated
    && a.ready === b.ready && a.available === b.available && a.progress === b.progress && a.progressAt === b.progressAt
    && a.pausedCondition === b.pausedCondition && a.healthy === b.healthy && a.phase === b.phase;
}

function samePauses(a: readonly Pause[], b: readonly Pause[]): boolean {
  return a === b || (a.length === b.length && a.every((pause, i) => pause.reason === b[i].reason && pause.at === b[i].at));
}

export function paused(status: Status, reason: PauseReason): Pause | undefined {
  return status.pauses.find(pause => pause.reason === reason);
}
