import type { Pass } from './pass';
import type { Cluster, Status } from './state';
import { RolloutPhase } from './timeline';

/*
 * Conditions, progress deadline and phase.
 * Follows checkPausedConditions and calculateRolloutConditions of rollout/sync.go, utils/conditions/conditions.go and utils/rollout/rolloututil.go of Argo Rollouts 1.9.1.
 */

/** checkPausedConditions, at the beginning of each reconciliation. */
export function checkPaused(cluster: Cluster): void {
  const { status } = cluster;
  const isPaused = status.pauses.length > 0 || cluster.paused;
  const abortCondition = status.progress === 'aborted';
  const completed = status.stable !== undefined && status.stable === status.current;
  let { progress, pausedCondition } = status;
  if (isPaused !== (progress === 'paused') && !abortCondition && !completed) {
    progress = isPaused ? 'paused' : 'resumed';
  }
  if (!status.abort && abortCondition) {
    progress = 'retry';
  }
  if (isPaused !== pausedCondition && !abortCondition) {
    pausedCondition = isPaused;
  }
  if (progress !== status.progress || pausedCondition !== status.pausedCondition) {
    cluster.status = { ...status, progress, progressAt: progress === status.progress ? status.progressAt : cluster.now, pausedCondition };
    cluster.status.phase = phaseOf(cluster, cluster.status);
    cluster.changed = true;
  }
}

/** calculateRolloutConditions. */
export function applyConditions(pass: Pass): void {
  const { cluster, status, next, now } = pass;
  const isPaused = status.pauses.length > 0 || cluster.paused;
  const isHealthy = healthy(cluster, next);
  const becameUnhealthy = status.healthy === true && !(isHealthy && !isPaused);
  next.healthy = isHealthy && !isPaused ? true : status.healthy === undefined ? undefined : false;
  if (pass.aborted) {
    if (next.progress !== 'aborted') {
      next.progress = 'aborted';
      next.progressAt = now;
    }
    return;
  }
  if (isHealthy) {
    if (next.progress !== 'available') {
      next.progress = 'available';
      next.progressAt = now;
    }
  } else if (progressing(pass) || becameUnhealthy) {
    next.progress = next.stable === next.current && becameUnhealthy ? 'not-available' : 'updated';
    next.progressAt = now;
  } else if (!indefinite(cluster) && !pass.others.some(set => set.deadline !== undefined) && timedOut(cluster, next)) {
    if (next.progress !== 'timed-out') {
      next.progress = 'timed-out';
      next.progressAt = now;
      cluster.report.timedOut();
    }
    if (cluster.plan.progressDeadlineAbort) {
      pass.addAbort(`the progress deadline of ${cluster.plan.progressDeadline / 1000} s passed`);
    }
  }
}

function healthy(cluster: Cluster, next: Status): boolean {
  const { strategy } = cluster.plan;
  if (next.updated !== cluster.replicas || next.available !== cluster.replicas) {
    return false;
  }
  if (strategy.kind === 'blueGreen') {
    return next.active === next.current && (!strategy.previewService || next.preview === next.current);
  }
  return (strategy.steps.length === 0 || next.stepIndex === undefined || next.stepIndex === strategy.steps.length)
    && next.stable !== undefined && next.stable === next.current && next.pods === cluster.replicas;
}

function progressing({ status, next, strategy }: Pass): boolean {
  const moved = strategy.kind === 'blueGreen'
    ? status.active !== next.active || status.preview !== next.preview
    : status.stable !== next.stable || (status.stepIndex !== undefined && next.stepIndex !== undefined && status.stepIndex !== next.stepIndex);
  return next.updated !== status.updated || next.pods - next.updated < status.pods - status.updated
    || next.ready > status.ready || next.available > status.available || moved;
}

/** isIndefiniteStep: time in these does not count. */
export function indefinite({ plan: { strategy }, status }: Cluster): boolean {
  const step = strategy.kind === 'canary' ? strategy.steps[status.stepIndex ?? 0] : undefined;
  return status.pausedCondition || (step !== undefined && (step.kind === 'experiment' || step.kind === 'analysis' || step.kind === 'pause'));
}

function timedOut(cluster: Cluster, next: Status): boolean {
  if (next.progress === 'aborted' || next.progress === 'paused') {
    return false;
  }
  return next.progress === 'timed-out' || next.progressAt + cluster.plan.progressDeadline < cluster.now;
}

/** When the controller looks whether the deadline has passed (requeueStuckRollout adds a second); Infinity for never. */
export function deadlineCheck(cluster: Cluster): number {
  const { status, plan } = cluster;
  const at = status.progressAt + plan.progressDeadline + 1000;
  const counts = status.healthy !== true && status.progress !== 'timed-out' && status.progress !== 'available' && status.pauses.length === 0
    && !cluster.paused && !status.abort && !indefinite(cluster);
  return counts && at > cluster.now ? at : Infinity;
}

/** CalculateRolloutPhase. */
export function phaseOf(cluster: Cluster, status: Status): RolloutPhase {
  const { strategy } = cluster.plan;
  if (status.progress === 'aborted' || status.progress === 'timed-out') {
    return RolloutPhase.DEGRADED;
  }
  if (cluster.paused || status.pauses.length > 0) {
    return RolloutPhase.PAUSED;
  }
  if (status.updated < cluster.replicas || status.available < status.updated || status.stable === undefined || status.stable !== status.current) {
    return RolloutPhase.PROGRESSING;
  }
  if (strategy.kind === 'blueGreen') {
    return status.active === status.current ? RolloutPhase.HEALTHY : RolloutPhase.PROGRESSING;
  }
  return !strategy.routed && status.pods > status.updated ? RolloutPhase.PROGRESSING : RolloutPhase.HEALTHY;
}
