import type { CanaryPlan, CanaryScale, IntOrPercent } from './plan';

/*
 * How many pods each side of a canary shall have.
 * Follows utils/replicaset/canary.go and replicaset.go of Argo Rollouts 1.9.1, function by function, with its integer and floating point arithmetic.
 */

/** The counts of a ReplicaSet: wanted, created, available. */
export interface Counts {
  readonly spec: number;
  readonly pods: number;
  readonly available: number;
}

/** What the status of a Rollout says that replica counts depend on. */
export interface CanaryFacts {
  readonly promoteFull: boolean;
  readonly abort: boolean;
  readonly stepIndex?: number;
  readonly stable?: object;
  readonly current?: object;
}

export interface CanaryCounts {
  readonly canary: number;
  readonly stable: number;
}

/** Traffic weights as they are in the status. */
export interface WeightCounts {
  readonly canaryWeight: number;
  readonly stableWeight: number;
}

/** maxSurge rounds up and maxUnavailable rounds down; where both are 0, one pod may be unavailable (resolveFenceposts). */
export function fenceposts(maxSurge: IntOrPercent, maxUnavailable: IntOrPercent, replicas: number): { surge: number; unavailable: number } {
  const surge = 'count' in maxSurge ? maxSurge.count : Math.ceil((maxSurge.percent * replicas) / 100);
  const unavailable = 'count' in maxUnavailable ? maxUnavailable.count : Math.floor((maxUnavailable.percent * replicas) / 100);
  const least = surge === 0 && unavailable === 0 ? 1 : unavailable;
  return { surge, unavailable: replicas === 0 ? 0 : Math.min(least, replicas) };
}

/** The whole numbers of pods that come closest to a weight (approximateWeightedCanaryStableReplicaCounts). */
export function approximateCounts(replicas: number, weight: number, maxWeight: number, surge: number): CanaryCounts {
  if (replicas === 0) {
    return { canary: 0, stable: 0 };
  }
  const ceiling = Math.ceil((replicas * weight) / maxWeight);
  const floor = Math.floor((replicas * weight) / maxWeight);
  // A weight from 1 to 99 never means no pods, unless there is but one and no surge.
  const zeroAllowed = weight === maxWeight || weight === 0 || (replicas === 1 && surge === 0);
  let canary = 0;
  let total = replicas;
  let best = Infinity;
  const consider = (pods: number, all: number): void => {
    const delta = Math.abs((pods * maxWeight) / all - weight);
    if (delta < best) {
      [canary, total, best] = [pods, all, delta];
    }
  };
  const floorAllowed = floor !== 0 || zeroAllowed;
  if (ceiling < replicas || zeroAllowed) {
    consider(ceiling, replicas);
  }
  if (!tied(weight, maxWeight, replicas) && floorAllowed) {
    consider(floor, replicas);
  }
  if (surge > 0) {
    consider(ceiling, replicas + 1);
    if (!tied(weight, maxWeight, replicas + 1) && floorAllowed) {
      consider(floor, replicas + 1);
    }
  }
  return { canary, stable: total - canary };
}

/** Whether rounding up and down are equally far off: then up is taken. */
function tied(weight: number, maxWeight: number, replicas: number): boolean {
  const exact = replicas * (weight / maxWeight);
  return exact - Math.trunc(exact) === 0.5;
}

/** The setWeight that counts: the last one up to the current step (GetCurrentSetWeight). */
export function currentSetWeight(plan: CanaryPlan, facts: CanaryFacts): number {
  if (facts.abort) {
    return 0;
  }
  const index = facts.stepIndex ?? 0;
  if (plan.steps.length === 0 || index >= plan.steps.length) {
    return plan.maxWeight;
  }
  return lastWeight(plan, index);
}

/** The last setWeight at or before a step; 0 where there is none. */
export function lastWeight(plan: CanaryPlan, index: number): number {
  for (let i = index; i >= 0; i--) {
    const step = plan.steps[i];
    if (step.kind === 'setWeight') {
      return step.weight;
    }
  }
  return 0;
}

/** The setCanaryScale that counts, if any (UseSetCanaryScale). */
export function currentScale(plan: CanaryPlan, facts: CanaryFacts): CanaryScale | undefined {
  const index = facts.stepIndex ?? 0;
  if (!plan.routed || (facts.abort && plan.abortDelay !== undefined) || index >= plan.steps.length) {
    return undefined;
  }
  for (let i = index; i >= 0; i--) {
    const step = plan.steps[i];
    if (step.kind === 'setCanaryScale') {
      return step.scale.matchTrafficWeight ? undefined : step.scale;
    }
  }
  return undefined;
}

/** The weight that an aborted canary with dynamicStableScale goes to next, in steps back (GetDesiredCanaryWeight). */
export function desiredCanaryWeight(plan: CanaryPlan, facts: CanaryFacts, replicas: number, canary?: Counts, stable?: Counts): number {
  if (!(facts.abort && plan.dynamicStableScale && !plan.exactPromotion && canary && stable)) {
    return currentSetWeight(plan, facts);
  }
  const pods = Math.max(replicas - stable.available, canary.available);
  for (let i = plan.steps.length - 1; i >= 0; i--) {
    const step = plan.steps[i];
    if (step.kind === 'setWeight' && weightToReplicas(replicas, step.weight, plan.maxWeight) < pods) {
      return step.weight;
    }
  }
  return 0;
}

export function weightToReplicas(replicas: number, weight: number, maxWeight: number): number {
  return Math.ceil((weight * replicas) / maxWeight);
}

/** The number of canary pods where one is set outright, else the weight they are counted from (GetCanaryReplicasOrWeight). */
export function canaryReplicasOrWeight(
  plan: CanaryPlan, facts: CanaryFacts, replicas: number, canary?: Counts, stable?: Counts,
): { replicas?: number; weight: number } {
  if (facts.promoteFull || facts.stable === undefined || facts.current === facts.stable) {
    return { weight: plan.maxWeight };
  }
  const scale = currentScale(plan, facts);
  if (scale?.replicas !== undefined) {
    return { replicas: scale.replicas, weight: 0 };
  }
  if (scale?.weight !== undefined) {
    return { weight: scale.weight };
  }
  return { weight: desiredCanaryWeight(plan, facts, replicas, canary, stable) };
}

/** Canary without a traffic router: within maxSurge and maxUnavailable (CalculateReplicaCountsForBasicCanary). */
export function basicCounts(
  plan: CanaryPlan, facts: CanaryFacts, replicas: number, canary: Counts | undefined, stable: Counts | undefined, older: readonly Counts[],
): CanaryCounts {
  const { surge, unavailable } = fenceposts(plan.maxSurge, plan.maxUnavailable, replicas);
  const desired = approximateCounts(replicas, canaryReplicasOrWeight(plan, facts, replicas, canary, stable).weight, plan.maxWeight, surge);
  const former = stable !== undefined && stable !== canary ? stable : undefined;
  const want: CanaryCounts = former ? desired : { canary: replicas, stable: 0 };
  const most = replicas + surge;
  const olderSpec = older.reduce((sum, rs) => sum + rs.spec, 0);

  let canaryCount = canary?.spec ?? 0;
  let stableCount = former?.spec ?? 0;
  let up = most - olderSpec - canaryCount - stableCount;
  if (former && former.spec < want.stable && up > 0) {
    stableCount = Math.min(former.spec + up, want.stable);
    up -= stableCount - former.spec;
  }
  if (canary && canary.spec < want.canary && up > 0) {
    canaryCount = Math.min(canary.spec + up, want.canary);
  }
  if (olderSpec > 0) {
    return { canary: canaryCount, stable: stableCount }; // older ones go first
  }

  const least = replicas - unavailable;
  const increasing = canary === undefined || want.canary >= canary.spec;
  const total = countedForScaleDown(canary, !increasing) + countedForScaleDown(stable, increasing);
  if (total <= least) {
    return { canary: canaryCount, stable: stableCount };
  }
  if (!increasing) {
    canaryCount = drained(canary, want.canary, total - least, canaryCount);
    const [drain, adjust] = withinLimits(canary, stable, canaryCount, stableCount, most, least);
    return { canary: drain, stable: adjust };
  }
  if (former) {
    stableCount = drained(former, want.stable, total - least, stableCount);
    const [drain, adjust] = withinLimits(former, canary, stableCount, canaryCount, most, least);
    return { canary: adjust, stable: drain };
  }
  return { canary: canaryCount, stable: stableCount };
}

/** GetReplicasForScaleDown: pods that may be counted on; those that are about to go are not. */
export function countedForScaleDown(rs: Counts | undefined, ignoreAvailability: boolean): number {
  if (!rs) {
    return 0;
  }
  return ignoreAvailability || rs.spec < rs.available ? rs.spec : rs.available;
}

function drained(rs: Counts | undefined, desired: number, down: number, count: number): number {
  return rs && rs.spec > desired ? Math.max(desired, rs.spec - down) : count;
}

/** adjustReplicaWithinLimits: within maxSurge, without giving up availability that maxUnavailable protects. */
function withinLimits(
  drain: Counts | undefined, adjust: Counts | undefined, drainCount: number, adjustCount: number, most: number, least: number,
): [drain: number, adjust: number] {
  const over = Math.max(0, adjustCount + drainCount - most);
  if (!adjust) {
    return [drainCount, adjustCount];
  }
  const adjusted = adjustCount - over;
  const available = (drain ? Math.min(drain.available, drainCount) : 0) + Math.min(adjust.available, adjusted);
  const given = Math.max(0, adjust.available - adjusted);
  const result = adjusted + Math.min(given, Math.max(0, least - available));
  return [drainCount - Math.max(0, result + drainCount - most), result];
}

/** Canary with a traffic router (CalculateReplicaCountsForTrafficRoutedCanary). */
export function routedCounts(
  plan: CanaryPlan, facts: CanaryFacts, replicas: number, canary?: Counts, stable?: Counts, weights?: WeightCounts,
): CanaryCounts {
  const wanted = canaryReplicasOrWeight(plan, facts, replicas, canary, stable);
  let canaryCount = wanted.replicas ?? atLeastMinPods(plan, replicas, weightToReplicas(replicas, wanted.weight, plan.maxWeight));
  if (!plan.dynamicStableScale) {
    return { canary: canaryCount, stable: replicas };
  }
  let stableCount = weightToReplicas(replicas, plan.maxWeight - wanted.weight, plan.maxWeight);
  if (weights) {
    stableCount = Math.max(stableCount, weightToReplicas(replicas, weights.stableWeight, plan.maxWeight));
    if (facts.abort) {
      canaryCount = Math.max(canaryCount, weightToReplicas(replicas, weights.canaryWeight, plan.maxWeight));
    }
  }
  return { canary: atLeastMinPods(plan, replicas, canaryCount), stable: atLeastMinPods(plan, replicas, stableCount) };
}

function atLeastMinPods(plan: CanaryPlan, replicas: number, count: number): number {
  if (count === 0 || plan.minPods === undefined || !plan.routed) {
    return count;
  }
  return Math.max(count, plan.minPodsCapped ? Math.min(plan.minPods, replicas) : plan.minPods);
}

/** ReplicaProgressThresholdMet: all wanted pods available, or as many as the threshold asks for. */
export function thresholdMet(threshold: CanaryPlan['threshold'], rs: Counts | undefined, desired: number): boolean {
  if (threshold === undefined || rs === undefined || threshold.value < 0) {
    return rs !== undefined && desired === rs.spec && desired === rs.available;
  }
  if (!threshold.percent) {
    return rs.available >= threshold.value;
  }
  return desired === 0 || (rs.available / desired) * 100 >= threshold.value - 1e-10;
}

/** Whether the pods are there that the current step asks for (AtDesiredReplicaCountsForCanary). */
export function atDesiredCounts(
  plan: CanaryPlan, facts: CanaryFacts, replicas: number, canary: Counts | undefined, stable: Counts | undefined, older: readonly Counts[],
  weights?: WeightCounts,
): boolean {
  const desired = plan.routed ? routedCounts(plan, facts, replicas, canary, stable, weights)
    : basicCounts(plan, facts, replicas, canary, stable, older);
  if (!thresholdMet(plan.threshold, canary, desired.canary)) {
    return false;
  }
  if (!(plan.routed && plan.dynamicStableScale) && !(stable && desired.stable === stable.spec && desired.stable === stable.pods)) {
    return false;
  }
  return plan.routed || older.every(rs => rs.available === 0);
}
