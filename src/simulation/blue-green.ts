import { AnalysisRun } from './analysis-run';
import { start } from './canary';
import { applyConditions } from './conditions';
import type { Pass } from './pass';
import type { BlueGreenPlan } from './plan';
import type { ReplicaSet } from './pods';
import { paused } from './state';
import { TimelineEventKind as Kind } from './timeline';

/*
 * One reconciliation of a blue-green. Follows rollout/bluegreen.go, service.go and analysis.go of Argo Rollouts 1.9.1.
 */

export function reconcileBlueGreen(pass: Pass, plan: BlueGreenPlan): void {
  const { cluster, target } = pass;
  if (plan.previewService && !pass.halted && cluster.previewService !== target) {
    cluster.previewService = target;
    cluster.changed = true;
  }
  if (pass.status.current !== target) {
    pass.countPods();
    pass.reset();
    return syncStatus(pass, plan);
  }
  scaleBlueGreen(pass, plan);
  reconcilePause(pass, plan);
  reconcileActiveService(pass, plan);
  reconcileAnalysis(pass, plan);
  pass.countPods();
  syncStatus(pass, plan);
}

/** NewRSNewReplicas: the preview may have fewer pods until it is promoted. */
function targetReplicas({ cluster, status, target, replicas }: Pass, plan: BlueGreenPlan): number {
  if (plan.previewReplicas === undefined || status.active === undefined || status.active === target || status.promoteFull) {
    return replicas;
  }
  const running = !cluster.paused && status.pauses.length === 0;
  return status.current === target && running && status.checkpoint ? replicas : plan.previewReplicas;
}

/** reconcileBlueGreenReplicaSets. */
export function scaleBlueGreen(pass: Pass, plan: BlueGreenPlan): void {
  pass.removeDeadlines();
  if (pass.stable) {
    pass.scale(pass.stable, pass.replicas);
  }
  pass.scaleTarget(targetReplicas(pass, plan));
  scaleOthers(pass, plan);
}

/** scaleDownOldReplicaSetsForBlueGreen. */
function scaleOthers(pass: Pass, plan: BlueGreenPlan): void {
  const { status, others, cluster } = pass;
  if (paused(status, 'InconclusiveAnalysisRun')) {
    return;
  }
  if (plan.postPromotion && !plan.scaleDownDelaySet && !skipsPostPromotion(pass) && status.postRun?.phase !== 'Successful') {
    return; // the former pods stay until the analysis is done
  }
  let marked = 0;
  for (const set of [...others].reverse()) {
    if (set === status.active || set === status.preview || set === cluster.activeService || set === cluster.previewService) {
      continue; // a Service still selects it
    }
    const down = pass.delayedScaleDown(set, marked, pass.replicas);
    marked = down.marked;
    if (set.spec !== down.replicas) {
      pass.scale(set, down.replicas);
    }
  }
}

/** ReadyForPause. */
function ready(pass: Pass, plan: BlueGreenPlan): boolean {
  const count = targetReplicas(pass, plan);
  return pass.target.spec === count && pass.target.available === count;
}

/** annotations.IsSaturated. */
function saturated({ replicas }: Pass, set: ReplicaSet): boolean {
  return set.spec === replicas && set.annotation === replicas && set.available === replicas;
}

/** isBlueGreenFastTracked. */
function fastTracked({ cluster, target, status, targetHadDeadline }: Pass): boolean {
  return targetHadDeadline || status.promoteFull || cluster.activeService === undefined || cluster.activeService === target;
}

function completedPrePromotion({ status }: Pass, plan: BlueGreenPlan): boolean {
  return plan.prePromotion === undefined || status.preRun?.phase === 'Successful';
}

/** CompletedBlueGreenPause. */
function completedPause(pass: Pass, plan: BlueGreenPlan): boolean {
  const { status, now } = pass;
  if (pass.addsPause) {
    return false;
  }
  if (status.checkpoint) {
    return true;
  }
  const pause = paused(status, 'BlueGreenPause');
  if (plan.autoPromotion) {
    return plan.autoPromotionDelay === 0 || (pause !== undefined && pause.at + plan.autoPromotionDelay <= now);
  }
  return status.controllerPause && !pause;
}

/** When the pause before the promotion is over by itself; Infinity for never. */
export function promotionTime(status: Pass['status'], plan: BlueGreenPlan): number {
  const pause = paused(status, 'BlueGreenPause');
  return pause && plan.autoPromotionDelay > 0 ? pause.at + plan.autoPromotionDelay : Infinity;
}

/** reconcileBlueGreenPause. */
function reconcilePause(pass: Pass, plan: BlueGreenPlan): void {
  const { status } = pass;
  if (status.abort || !ready(pass, plan) || pass.halted) {
    return;
  }
  if (fastTracked(pass) || status.checkpoint || (plan.autoPromotion && plan.autoPromotionDelay === 0)) {
    pass.removePause('BlueGreenPause');
  } else if (completedPrePromotion(pass, plan)) {
    if (!paused(status, 'BlueGreenPause')) {
      if (!status.controllerPause) {
        pass.addPause('BlueGreenPause');
      }
    } else if (completedPause(pass, plan)) {
      pass.removePause('BlueGreenPause');
    }
  }
}

/** reconcileActiveService: only a revision with all its pods available is switched to, and only then is an abort switched back. */
function reconcileActiveService(pass: Pass, plan: BlueGreenPlan): void {
  const { cluster, target, status } = pass;
  if (pass.halted || !ready(pass, plan) || !saturated(pass, target)) {
    return;
  }
  let selected = cluster.activeService;
  if (fastTracked(pass) || (completedPause(pass, plan) && completedPrePromotion(pass, plan))) {
    selected = target;
  }
  if (status.abort) {
    selected = status.stable;
  }
  if (selected !== cluster.activeService) {
    cluster.activeService = selected;
    cluster.changed = true;
    cluster.report.event(Kind.TRAFFIC, `the active Service selects ${selected?.name ?? 'nothing'}`);
  }
}

/** reconcileAnalysisRuns of a blue-green. */
function reconcileAnalysis(pass: Pass, plan: BlueGreenPlan): void {
  const { status, next, cluster } = pass;
  if (pass.skipsAnalysis) {
    next.preRun = status.preRun;
    next.postRun = status.postRun;
    return pass.cancel(...cluster.runs);
  }
  const halted = paused(status, 'InconclusiveAnalysisRun') !== undefined;
  next.preRun = status.preRun;
  if (plan.prePromotion) {
    if (skipsPrePromotion(pass, plan)) {
      pass.cancel(status.preRun);
    } else if (!halted && pass.needsRun(status.preRun)) {
      next.preRun = start(pass, new AnalysisRun(plan.prePromotion, 'pre-promotion', pass.now));
    }
    pass.react(next.preRun, 'the pre-promotion analysis');
  }
  next.postRun = status.postRun;
  if (plan.postPromotion) {
    if (skipsPostPromotion(pass)) {
      pass.cancel(status.postRun);
    } else if (!halted && pass.needsRun(status.postRun)) {
      next.postRun = start(pass, new AnalysisRun(plan.postPromotion, 'post-promotion', pass.now));
    }
    pass.react(next.postRun, 'the post-promotion analysis');
  }
  pass.cancel(...cluster.runs.filter(run => run !== next.preRun && run !== next.postRun));
}

function skipsPrePromotion(pass: Pass, plan: BlueGreenPlan): boolean {
  const { status, target } = pass;
  if (status.stable === target || status.active === undefined || status.active === target) {
    return true;
  }
  if (status.preRun) {
    return false;
  }
  return plan.previewReplicas !== undefined ? target.spec !== plan.previewReplicas || target.available !== plan.previewReplicas
    : !saturated(pass, target);
}

function skipsPostPromotion(pass: Pass): boolean {
  const { status, target } = pass;
  return status.stable === target || status.active !== target || (!status.postRun && !saturated(pass, target));
}

/** syncRolloutStatusBlueGreen. */
function syncStatus(pass: Pass, plan: BlueGreenPlan): void {
  const { status, next, cluster, target } = pass;
  if (status.promoteFull || pass.rollbackWithinWindow) {
    pass.clearPauses();
    pass.removeAbort();
  }
  next.preview = cluster.previewService;
  next.active = cluster.activeService;
  const reason = pass.promotionReason();
  if (reason !== undefined) {
    pass.promote(reason);
  } else if (plan.previewReplicas !== undefined) {
    next.checkpoint = status.checkpoint
      || (completedPrePromotion(pass, plan) && completedPause(pass, plan) && target.available === plan.previewReplicas);
  }
  if (next.active) {
    next.available = next.active.available;
    next.ready = next.active.ready;
  }
  applyConditions(pass);
}
