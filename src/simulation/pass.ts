import type { AnalysisRun } from './analysis-run';
import type { BlueGreenPlan, CanaryPlan } from './plan';
import type { ReplicaSet } from './pods';
import { thresholdMet } from './replicas';
import { Cluster, Pause, paused, PauseReason, Status } from './state';
import { TimelineEventKind as Kind } from './timeline';

const NO_PAUSES: readonly Pause[] = [];

/**
 * One reconciliation: what was found, and what shall be persisted.
 * Follows rollout/context.go, pause.go, sync.go and replicaset.go of Argo Rollouts 1.9.1.
 */
export class Pass {
  public readonly target: ReplicaSet;
  public readonly stable?: ReplicaSet;
  /** Revisions with pods that are neither the target nor the stable one, the oldest first. */
  public readonly others: ReplicaSet[];
  public readonly status: Status;
  public readonly next: Status;
  /** As it was found: a deadline that is removed in this pass still counts in it. */
  public readonly targetHadDeadline: boolean;
  public abortMessage = '';
  private added?: PauseReason[];
  private removed?: PauseReason[];
  private cleared = false;
  private addsAbort = false;
  private removesAbort = false;

  public constructor(public readonly cluster: Cluster) {
    const { status } = cluster;
    this.status = status;
    this.target = cluster.target;
    this.stable = status.stable;
    this.others = cluster.sets.filter(set => set !== this.target && set !== this.stable && set.spec > 0);
    this.targetHadDeadline = this.target.deadline !== undefined;
    this.next = {
      promoteFull: false,
      abort: false,
      controllerPause: false,
      pauses: NO_PAUSES,
      weights: status.weights,
      checkpoint: false,
      stable: status.stable,
      pods: 0,
      updated: 0,
      ready: 0,
      available: 0,
      progress: status.progress,
      progressAt: status.progressAt,
      pausedCondition: status.pausedCondition,
      healthy: status.healthy,
      phase: status.phase,
    };
    if (this.fullyPromoted && status.abort) {
      this.removeAbort();
    }
  }

  public get now(): number {
    return this.cluster.now;
  }

  public get replicas(): number {
    return this.cluster.replicas;
  }

  public get strategy(): CanaryPlan | BlueGreenPlan {
    return this.cluster.plan.strategy;
  }

  public get fullyPromoted(): boolean {
    return this.status.stable === this.status.current;
  }

  // pause.go

  public addPause(reason: PauseReason): void {
    (this.added ??= []).push(reason);
  }

  public removePause(reason: PauseReason): void {
    (this.removed ??= []).push(reason);
  }

  public clearPauses(): void {
    this.cleared = true;
  }

  public addAbort(message: string): void {
    this.addsAbort = true;
    this.abortMessage = message;
  }

  public removeAbort(): void {
    this.removesAbort = true;
  }

  public get addsPause(): boolean {
    return this.added !== undefined;
  }

  public get aborted(): boolean {
    return !this.removesAbort && (this.addsAbort || this.status.abort);
  }

  /** CalculatePauseStatus. */
  public settlePauses(): void {
    const { status, next, now } = this;
    if (this.addsAbort || (!this.removesAbort && status.abort)) {
      next.abort = true;
      next.abortedAt = status.abortedAt ?? now;
      return;
    }
    if (this.cleared) {
      return;
    }
    let pauses = this.removed ? status.pauses.filter(pause => !this.removed!.includes(pause.reason)) : status.pauses;
    let controllerPause = status.controllerPause;
    for (const reason of this.added ?? []) {
      if (!paused(status, reason)) {
        pauses = [...pauses, { reason, at: now }];
        controllerPause = true;
      }
    }
    if (pauses.length > 0) {
      next.pauses = pauses;
      next.controllerPause = controllerPause;
    }
  }

  /** haltProgress: nothing is scaled while a person or an inconclusive analysis halts it. */
  public get halted(): boolean {
    return this.cluster.paused || paused(this.status, 'InconclusiveAnalysisRun') !== undefined;
  }

  // sync.go

  public isScalingEvent(): boolean {
    const differs = (set?: ReplicaSet): boolean => set !== undefined && set.spec > 0 && set.annotation !== undefined
      && set.annotation !== this.replicas;
    return differs(this.target) || differs(this.stable);
  }

  /** scaleReplicaSetAndRecordEvent. Returns whether the number changed. */
  public scale(set: ReplicaSet, spec: number): boolean {
    if (set.spec === spec && set.annotation === this.replicas) {
      return false;
    }
    set.annotation = this.replicas;
    this.cluster.changed = true;
    if (spec === 0 && !this.delaysScaleDownOnAbort()) {
      set.deadline = undefined;
    }
    if (set.spec === spec) {
      return false;
    }
    const from = set.spec;
    set.scale(spec, this.now);
    this.cluster.report.event(Kind.SCALED, `${set.name} is scaled from ${from} to ${spec}`);
    return true;
  }

  /** isRollbackWithinWindow. */
  public get rollbackWithinWindow(): boolean {
    const { plan, sets } = this.cluster;
    const { target, stable } = this;
    if (plan.rollbackWindow === 0 || !stable || target.revision >= stable.revision) {
      return false;
    }
    return sets.filter(set => set.revision > target.revision && set.revision < stable.revision).length < plan.rollbackWindow;
  }

  /** calculateBaseStatus: the counts, and what they were compared with. */
  public countPods(): void {
    const { next, target, cluster } = this;
    next.current = target;
    for (const set of cluster.sets) {
      next.pods += set.pods;
      next.ready += set.ready;
      next.available += set.available;
    }
    next.updated = target.pods;
    next.promoteFull = target !== this.status.stable && this.status.promoteFull;
  }

  /** resetRolloutStatus: a new update begins. */
  public reset(): void {
    this.clearPauses();
    this.removeAbort();
    this.next.promoteFull = false;
    this.next.checkpoint = false;
    this.next.stepRun = this.next.backgroundRun = this.next.preRun = this.next.postRun = undefined;
    this.next.stepIndex = this.strategy.kind === 'canary' && this.strategy.steps.length > 0 ? 0 : undefined;
  }

  /** shouldFullPromote: why the target becomes the stable revision; undefined while it does not. */
  public promotionReason(): string | undefined {
    const { strategy, target, next, replicas, status } = this;
    if (!this.stable) {
      return 'initial deployment';
    }
    if (strategy.kind === 'canary') {
      const enough = strategy.exactPromotion ? target.available === replicas
        : target.available >= replicas || thresholdMet(strategy.threshold, target, replicas);
      if (this.aborted || !enough) {
        return undefined;
      }
      if (status.promoteFull) {
        return 'full promotion was asked for';
      }
      if (this.rollbackWithinWindow) {
        return 'rollback within the window';
      }
      const { length } = strategy.steps;
      if (length === 0) {
        return 'all its pods are available';
      }
      return (status.stepIndex ?? 0) === length ? `${length === 1 ? 'its one step is' : `all ${length} steps are`} done` : undefined;
    }
    if (next.active === undefined) {
      return 'initial deployment';
    }
    if (next.active !== target) {
      return undefined;
    }
    if (status.promoteFull) {
      return 'full promotion was asked for';
    }
    if (this.rollbackWithinWindow) {
      return 'rollback within the window';
    }
    if (this.aborted) {
      return undefined;
    }
    if (strategy.postPromotion && !this.targetHadDeadline && this.next.postRun?.phase !== 'Successful') {
      return undefined;
    }
    return strategy.postPromotion && this.targetHadDeadline ? 'rollback within scaleDownDelaySeconds' : 'the active Service selects it';
  }

  /** promoteStable. */
  public promote(reason: string): void {
    const { next, strategy } = this;
    this.clearPauses();
    this.removeAbort();
    next.promoteFull = false;
    next.checkpoint = false;
    next.stepIndex = strategy.kind === 'canary' && strategy.steps.length > 0 ? strategy.steps.length : undefined;
    if (next.stable !== this.target) {
      next.stable = this.target;
      this.cluster.report.promoted(reason);
    }
  }

  // replicaset.go

  /** shouldDelayScaleDownOnAbort. */
  public delaysScaleDownOnAbort(): boolean {
    const { strategy } = this;
    if (!this.aborted || !this.stable || (strategy.kind === 'canary' && !strategy.routed) || strategy.abortDelay === undefined) {
      return false;
    }
    return !(strategy.kind === 'canary' && strategy.dynamicStableScale && !strategy.abortDelaySet);
  }

  public removeDeadlines(): void {
    const remove = (set?: ReplicaSet): void => {
      if (set?.deadline !== undefined) {
        set.deadline = undefined;
        this.cluster.changed = true;
      }
    };
    if (!this.delaysScaleDownOnAbort()) {
      remove(this.target);
    }
    if (this.stable !== this.target || this.delaysScaleDownOnAbort()) {
      remove(this.stable);
    }
  }

  /** reconcileNewReplicaSet. */
  public scaleTarget(count: number): boolean {
    const { target, strategy, now } = this;
    let wanted = count;
    if (this.delaysScaleDownOnAbort()) {
      if (target.deadline !== undefined) {
        if (target.deadline > now) {
          return false;
        }
        wanted = 0;
      } else {
        if (this.stable!.available === this.replicas) {
          target.deadline = now + strategy.abortDelay!;
          this.cluster.changed = true;
        }
        return false;
      }
    }
    return this.scale(target, wanted);
  }

  /** scaleDownDelayHelper: the pods an old revision keeps for now. */
  public delayedScaleDown(set: ReplicaSet, marked: number, kept: number): { marked: number; replicas: number } {
    const { scaleDownDelay, scaleDownLimit } = this.strategy;
    if (set.deadline === undefined) {
      if (marked >= scaleDownLimit) {
        return { marked, replicas: 0 };
      }
      if (scaleDownDelay > 0) {
        set.deadline = this.now + scaleDownDelay;
        this.cluster.changed = true;
      }
      return { marked: marked + 1, replicas: set.spec };
    }
    return { marked: marked + 1, replicas: marked + 1 <= scaleDownLimit && set.deadline > this.now ? kept : 0 };
  }

  // analysis.go

  /** cancelAnalysisRuns. */
  public cancel(...runs: Array<AnalysisRun | undefined>): void {
    for (const run of runs) {
      if (run?.cancel()) {
        this.cluster.changed = true;
      }
    }
  }

  /** needsNewAnalysisRun. */
  public needsRun(run: AnalysisRun | undefined): boolean {
    if (!run) {
      return true;
    }
    if (this.status.controllerPause && !paused(this.status, 'CanaryPauseStep') && !paused(this.status, 'BlueGreenPause')) {
      return run.phase === 'Inconclusive';
    }
    return this.status.abortedAt !== undefined;
  }

  /** Whether analysis is skipped altogether, so that all runs are cancelled (reconcileAnalysisRuns). */
  public get skipsAnalysis(): boolean {
    return this.aborted || this.status.promoteFull || this.targetHadDeadline || !this.status.stable || this.rollbackWithinWindow;
  }

  /** What an analysis run's verdict means for the update. */
  public react(run: AnalysisRun | undefined, what: string): void {
    if (run?.phase === 'Inconclusive') {
      this.addPause('InconclusiveAnalysisRun');
    } else if (run?.phase === 'Failed' || run?.phase === 'Error') {
      this.addAbort(`${what} is ${run.phase}${run.message ? `: ${run.message}` : ''}`);
    }
  }
}
