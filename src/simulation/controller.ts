import { reconcileBlueGreen, promotionTime, scaleBlueGreen } from './blue-green';
import { pauseEnd, reconcileCanary, scaleCanary } from './canary';
import { checkPaused, deadlineCheck, phaseOf } from './conditions';
import { Pass } from './pass';
import { Cluster, sameStatus, Status } from './state';
import { TimelineEventKind as Kind } from './timeline';

/** One reconciliation (rollout/context.go reconcile). Returns whether anything changed, so that the controller will look again. */
export function reconcile(cluster: Cluster): boolean {
  const { strategy } = cluster.plan;
  cluster.changed = false;
  checkPaused(cluster);
  const pass = new Pass(cluster);
  if (pass.isScalingEvent()) {
    if (strategy.kind === 'canary') {
      // syncReplicasOnly has no new weights: the canary is counted without them.
      pass.next.weights = undefined;
      scaleCanary(pass, strategy);
    } else {
      scaleBlueGreen(pass, strategy);
    }
    return syncScaling(cluster) || cluster.changed;
  }
  if (strategy.kind === 'canary') {
    reconcileCanary(pass, strategy);
  } else {
    reconcileBlueGreen(pass, strategy);
  }
  pass.settlePauses();
  const before = pass.status;
  const { next } = pass;
  next.phase = phaseOf(cluster, next);
  if (next.abort && !before.abort) {
    cluster.report.aborted(pass.abortMessage);
  }
  if (before.pauses.length === 0 && next.pauses.length > 0) {
    cluster.report.event(Kind.PAUSED, `paused: ${pauseText(cluster, next)}`);
  } else if (before.pauses.length > 0 && next.pauses.length === 0 && !next.abort) {
    cluster.report.event(Kind.RESUMED, 'resumed');
  }
  const same = sameStatus(before, next);
  if (!same) {
    cluster.status = next;
  }
  return !same || cluster.changed;
}

function pauseText({ plan: { strategy } }: Cluster, status: Status): string {
  switch (status.pauses[0].reason) {
    case 'CanaryPauseStep': {
      const step = strategy.kind === 'canary' ? strategy.steps[status.stepIndex ?? 0] : undefined;
      const duration = step?.kind === 'pause' ? step.duration : undefined;
      return duration === undefined ? 'a step waits for a person' : `a step waits for ${duration / 1000} s`;
    }
    case 'BlueGreenPause':
      return strategy.kind === 'blueGreen' && strategy.autoPromotion ? `promotion in ${strategy.autoPromotionDelay / 1000} s` : 'promotion waits for a person';
    case 'InconclusiveAnalysisRun': return 'an analysis was inconclusive';
    case 'InconclusiveExperiment': return 'an experiment was inconclusive';
  }
}

/** After scaling alone only the counts of available pods are persisted. */
function syncScaling(cluster: Cluster): boolean {
  const { status, plan } = cluster;
  const available = plan.strategy.kind === 'canary' || !status.active
    ? cluster.sets.reduce((sum, set) => sum + set.available, 0) : status.active.available;
  if (status.available === available) {
    return false;
  }
  cluster.status = { ...status, available };
  cluster.status.phase = phaseOf(cluster, cluster.status);
  return true;
}

/** When the controller looks again by itself; Infinity for never. */
export function nextLook(cluster: Cluster): number {
  const { strategy } = cluster.plan;
  let next = deadlineCheck(cluster);
  const pause = strategy.kind === 'canary' ? pauseEnd({ status: cluster.status }, strategy) : promotionTime(cluster.status, strategy);
  if (pause > cluster.now) {
    next = Math.min(next, pause);
  }
  for (const set of cluster.sets) {
    if (set.deadline !== undefined && set.deadline > cluster.now) {
      next = Math.min(next, set.deadline);
    }
  }
  return next;
}
