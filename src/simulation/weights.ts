import type { Pass } from './pass';
import type { CanaryPlan } from './plan';
import type { ReplicaSet } from './pods';
import { atDesiredCounts, currentSetWeight, desiredCanaryWeight, lastWeight, thresholdMet } from './replicas';
import type { Weights } from './state';
import { TimelineEventKind as Kind } from './timeline';

/*
 * Which traffic goes where. Follows rollout/trafficrouting.go and the canary's part of rollout/service.go of Argo Rollouts 1.9.1.
 */

/** reconcilePingAndPongService and reconcileStableAndCanaryService: a Service moves once its new pods are available. */
export function reconcileServices(pass: Pass): void {
  const { cluster, stable, target } = pass;
  if (stable && stable.available > 0) {
    cluster.stableService = stable;
  }
  if (rollingBackTo(pass) === undefined && target.available > 0) {
    cluster.canaryService = target;
  }
}

/** IsDynamicallyRollingBackToStable: the pods that had the traffic, while the stable ones are still too few. */
function rollingBackTo({ fullyPromoted, status, target, replicas, strategy }: Pass): ReplicaSet | undefined {
  const { weights } = status;
  const rollsBack = fullyPromoted && (strategy as CanaryPlan).dynamicStableScale && weights !== undefined && weights.canary !== target
    && target.available < replicas;
  return rollsBack ? weights.canary : undefined;
}

/** reconcileTrafficRouting: scale first, shift second. */
export function reconcileTraffic(pass: Pass, plan: CanaryPlan): void {
  const { cluster, target, stable, status, replicas } = pass;
  if (!plan.routed) {
    pass.next.weights = undefined;
    return;
  }
  let weight = 0;
  let canary: ReplicaSet = target;
  let experiments: Weights['experiments'] = [];
  const formerCanary = rollingBackTo(pass);
  const index = plan.steps.length > 0 ? status.stepIndex ?? 0 : undefined;
  if (formerCanary) {
    weight = weightOnRollback(pass, plan);
    canary = formerCanary;
  } else if (pass.fullyPromoted) {
    weight = 0; // the stable Service selects the new revision
  } else if (pass.aborted) {
    weight = weightOnRollback(pass, plan);
    if (stable && (!plan.dynamicStableScale || weight === 0)) {
      cluster.canaryService = stable;
    }
  } else if (target.available === 0) {
    experiments = experimentWeights(pass);
  } else if (status.promoteFull) {
    weight = plan.dynamicStableScale ? Math.floor((plan.maxWeight * target.available) / replicas) : status.weights?.canaryWeight ?? 0;
  } else if (index !== undefined) {
    if (!atDesiredCounts(plan, status, replicas, target, stable, pass.others)) {
      weight = lastWeight(plan, index - 1);
      experiments = experimentWeights(pass);
    } else if (index !== plan.steps.length) {
      weight = currentSetWeight(plan, status);
      experiments = experimentWeights(pass);
    } else {
      weight = plan.maxWeight;
    }
  }
  if (stable && stableCanTake(plan, stable, plan.maxWeight - weight, replicas)) {
    setWeights(pass, plan, {
      canaryWeight: weight,
      stableWeight: plan.maxWeight - weight - experiments.reduce((sum, one) => sum + one.weight, 0),
      canary,
      stable,
      experiments,
    });
  }
}

function setWeights(pass: Pass, plan: CanaryPlan, weights: Weights): void {
  const before = pass.status.weights;
  const same = before && before.canaryWeight === weights.canaryWeight && before.stableWeight === weights.stableWeight
    && before.canary === weights.canary
    && before.stable === weights.stable && before.experiments.length === weights.experiments.length;
  if (same) {
    return;
  }
  pass.next.weights = weights;
  if (!before || before.canaryWeight !== weights.canaryWeight || before.experiments.length !== weights.experiments.length) {
    const share = (weight: number): string => `${Number(((weight * 100) / plan.maxWeight).toFixed(2))} %`;
    const was = before?.canaryWeight ?? 0;
    if (was !== weights.canaryWeight) {
      pass.cluster.report.event(Kind.TRAFFIC, `weight of the canary: ${share(was)} → ${share(weights.canaryWeight)}`);
    }
    if ((before?.experiments.length ?? 0) !== weights.experiments.length) {
      pass.cluster.report.event(Kind.TRAFFIC, `weight of the experiment: ${share(weights.experiments.reduce((sum, one) => sum + one.weight, 0))}`);
    }
  }
}

/** checkReplicasAvailable. */
function stableCanTake(plan: CanaryPlan, stable: ReplicaSet, weight: number, replicas: number): boolean {
  const needed = Math.floor((weight * replicas) / (plan.exactPromotion ? 100 : plan.maxWeight));
  return stable.available >= needed || (!plan.exactPromotion && thresholdMet(plan.threshold, stable, needed));
}

/** calculateDesiredWeightOnAbortOrStableRollback. */
function weightOnRollback({ status, target, stable, replicas }: Pass, plan: CanaryPlan): number {
  if (!plan.dynamicStableScale || !stable || replicas === 0) {
    return 0;
  }
  const { maxWeight } = plan;
  const stableWeight = Math.floor((maxWeight * stable.available) / replicas);
  const expected = Math.max(0, maxWeight - stableWeight);
  if (plan.exactPromotion) {
    return Math.min(expected, status.weights?.canaryWeight ?? Infinity);
  }
  const desired = desiredCanaryWeight(plan, status, replicas, target, stable);
  if (!status.weights) {
    return Math.max(expected, desired);
  }
  const current = status.weights.canaryWeight;
  if (desired <= 0) {
    return Math.min(expected, current);
  }
  return stableWeight < maxWeight - desired ? current : Math.min(desired, current);
}

/** calculateWeightDestinationsFromExperiment. */
function experimentWeights({ status }: Pass): Weights['experiments'] {
  const { experiment } = status;
  if (!experiment?.takesTraffic) {
    return [];
  }
  return experiment.plan.templates.flatMap(({ canary, weight }) => (weight === undefined ? [] : [{ canary, weight }]));
}
