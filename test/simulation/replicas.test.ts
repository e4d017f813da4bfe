import type { CanaryPlan, IntOrPercent, StepPlan } from '../../src/simulation/plan';
import {
  approximateCounts, atDesiredCounts, basicCounts, canaryReplicasOrWeight, CanaryFacts, countedForScaleDown, Counts, currentSetWeight, fenceposts,
  routedCounts, thresholdMet,
  weightToReplicas,
} from '../../src/simulation/replicas';

/*
 * The tables of the controller's own unit tests, as data: utils/replicaset/canary_test.go of Argo Rollouts v1.9.1 (Apache-2.0), every row of the tables named below.
 */

const STABLE = {};
const CANARY = {};

function size(value: number | string): IntOrPercent {
  return typeof value === 'number' ? { count: value } : { percent: Number(value.slice(0, -1)) };
}

function plan(more: Partial<CanaryPlan> = {}): CanaryPlan {
  return {
    kind: 'canary',
    steps: [],
    routed: false,
    maxWeight: 100,
    maxSurge: { count: 0 },
    maxUnavailable: { count: 1 },
    dynamicStableScale: false,
    minPodsCapped: false,
    exactPromotion: false,
    startingStep: 0,
    scaleDownDelay: 30_000,
    abortDelay: 30_000,
    abortDelaySet: false,
    scaleDownLimit: Infinity,
    ...more,
  };
}

function facts(more: Partial<CanaryFacts> = {}): CanaryFacts {
  return { promoteFull: false, abort: false, stepIndex: 0, stable: STABLE, current: CANARY, ...more };
}

function counts(spec: number, available: number, pods = spec): Counts {
  return { spec, pods, available };
}

type Pods = [spec: number, available: number];
interface More {
  readonly promoteFull?: boolean;
  readonly older?: Pods;
  readonly scale?: { readonly replicas?: number; readonly weight?: number; readonly matchTrafficWeight?: boolean };
  readonly routed?: boolean;
  readonly abortDelay?: number;
  readonly abort?: boolean;
  readonly minPods?: number;
}
type Row = [
  replicas: number, weight: number, surge: number | string, unavailable: number | string, stable: Pods, canary: Pods,
    expected: [stable: number, canary: number], more?: More,
];

// TestCalculateReplicaCountsForCanary
const COUNTS: Row[] = [
  [10, 100, 3, 0, [7, 8], [6, 3], [7, 6]],
  [10, 20, 2, 0, [10, 10], [0, 0], [10, 2]],
  [10, 20, '20%', 0, [10, 10], [0, 0], [10, 2]],
  [10, 20, '20%', 0, [10, 10], [2, 2], [8, 2]],
  [10, 30, 2, 0, [10, 10], [0, 0], [10, 2]],
  [10, 20, 0, 2, [10, 10], [0, 0], [8, 0]],
  [10, 20, 0, '20%', [10, 10], [0, 0], [8, 0]],
  [10, 30, 0, 2, [10, 10], [0, 0], [8, 0]],
  [10, 50, 2, 1, [10, 10], [0, 0], [9, 2]],
  [10, 0, 1, 1, [10, 10], [1, 1], [10, 0]],
  [10, 100, 1, 1, [1, 1], [10, 10], [0, 10]],
  [1, 20, 1, 0, [1, 1], [0, 0], [1, 1]],
  [1, 90, 1, 0, [1, 1], [0, 0], [1, 1]],
  [1, 49, 0, 1, [1, 1], [0, 0], [1, 0]],
  [1, 51, 0, 1, [1, 1], [0, 0], [0, 0]],
  [1, 51, 0, 1, [0, 0], [0, 0], [0, 1]],
  [10, 30, 1, 0, [1, 1], [0, 0], [7, 1], { older: [3, 3] }],
  [10, 30, 0, 3, [8, 5], [4, 4], [7, 3]],
  [10, 100, 1, 0, [10, 2], [10, 8], [2, 9]],
  [10, 30, 0, 1, [8, 6], [4, 2], [8, 4], { older: [3, 3] }],
  [10, 5, 0, 1, [10, 10], [0, 0], [9, 0]],
  [10, 5, 0, 1, [9, 9], [0, 0], [9, 1]],
  [10, 10, '0%', '0%', [10, 10], [0, 0], [9, 0]],
  [1, 100, 0, 0, [1, 1], [0, 0], [1, 9], { scale: { replicas: 9 }, routed: true }],
  [4, 100, 0, 0, [4, 4], [0, 0], [4, 8], { scale: { weight: 200 }, routed: true }],
  [10, 20, '20%', 0, [10, 10], [0, 0], [10, 2], { scale: { replicas: 9, weight: 100, matchTrafficWeight: true }, routed: true }],
  [10, 20, '20%', 0, [10, 10], [0, 0], [10, 2], { scale: { replicas: 9, weight: 100 } }],
  [4, 100, 1, 0, [4, 1], [0, 0], [4, 1]],
  [3, 99, 0, 2, [3, 3], [0, 0], [1, 0]],
  [3, 99, 0, 2, [1, 1], [0, 0], [1, 2]],
  [4, 0, 1, 0, [0, 0], [4, 4], [1, 4]],
  [4, 0, 1, 0, [1, 0], [4, 4], [1, 4]],
  [4, 0, 1, 0, [1, 1], [4, 4], [1, 3]],
  [4, 1, 4, 4, [4, 4], [0, 0], [0, 4], { promoteFull: true }],
  [4, 1, 3, 0, [4, 4], [0, 0], [4, 3], { promoteFull: true }],
  [1, 0, 0, 0, [1, 1], [1, 1], [1, 1], { scale: { replicas: 1 }, routed: true, abortDelay: 0, abort: true }],
  [1, 0, 0, 0, [1, 1], [1, 1], [1, 0], { scale: { replicas: 1 }, routed: true, abortDelay: 30, abort: true }],
  [10, 5, 0, 0, [10, 10], [0, 0], [10, 2], { routed: true, minPods: 2 }],
];

test.each(COUNTS)('%i replicas at %i, surge %s, unavailable %s: stable %j, canary %j become %j', (replicas, weight, surge, unavailable, stable, canary, expected, more: More = {}) => {
  // There a step may have two kinds at once; here it is two steps.
  const steps: StepPlan[] = [...(more.scale ? [{ kind: 'setCanaryScale', scale: more.scale } as const] : []), { kind: 'setWeight', weight }];
  const strategy = plan({
    steps,
    routed: more.routed ?? false,
    maxSurge: size(surge),
    maxUnavailable: size(unavailable),
    minPods: more.minPods,
    abortDelay: more.abortDelay === 0 ? undefined : 30_000,
  });
  const status = facts({ promoteFull: more.promoteFull ?? false, abort: more.abort ?? false, stepIndex: steps.length - 1 });
  const older = more.older ? [counts(...more.older)] : [];
  const found = more.routed ? routedCounts(strategy, status, replicas)
    : basicCounts(strategy, status, replicas, counts(...canary), counts(...stable), older);
  expect([found.stable, found.canary]).toEqual(expected);
});

// TestApproximateWeightedNewStableReplicaCounts: replicas, weight, surge, canary, stable
const APPROXIMATIONS: Array<[replicas: number, weight: number, surge: number, canary: number, stable: number]> = [
  [0, 0, 0, 0, 0], [0, 50, 0, 0, 0], [0, 100, 0, 0, 0], [0, 0, 1, 0, 0], [0, 50, 1, 0, 0], [0, 100, 1, 0, 0],
  [1, 0, 0, 0, 1], [1, 1, 0, 0, 1], [1, 49, 0, 0, 1], [1, 50, 0, 1, 0], [1, 99, 0, 1, 0], [1, 100, 0, 1, 0],
  [1, 0, 1, 0, 1], [1, 1, 1, 1, 1], [1, 49, 1, 1, 1], [1, 50, 1, 1, 1], [1, 99, 1, 1, 1], [1, 100, 1, 1, 0],
  [2, 0, 0, 0, 2], [2, 1, 0, 1, 1], [2, 50, 0, 1, 1], [2, 99, 0, 1, 1], [2, 100, 0, 2, 0], [2, 0, 1, 0, 2],
  [2, 1, 1, 1, 2], [2, 50, 1, 1, 1], [2, 99, 1, 2, 1], [2, 100, 1, 2, 0], [3, 10, 0, 1, 2], [3, 25, 0, 1, 2],
  [3, 33, 0, 1, 2], [3, 34, 0, 1, 2], [3, 49, 0, 1, 2], [3, 50, 0, 2, 1], [3, 10, 1, 1, 3], [3, 25, 1, 1, 3],
  [3, 33, 1, 1, 2], [3, 34, 1, 1, 2], [3, 49, 1, 2, 2], [3, 50, 1, 2, 2], [10, 0, 1, 0, 10], [10, 1, 0, 1, 9],
  [10, 14, 0, 1, 9], [10, 15, 0, 2, 8], [10, 16, 0, 2, 8], [10, 99, 0, 9, 1], [10, 100, 1, 10, 0], [10, 0, 1, 0, 10],
  [10, 1, 1, 1, 10], [10, 18, 1, 2, 9], [10, 19, 1, 2, 9], [10, 20, 1, 2, 8], [10, 23, 1, 2, 8], [10, 24, 1, 3, 8],
  [10, 25, 1, 3, 8], [10, 99, 1, 10, 1], [10, 100, 1, 10, 0],
];

test('all tables are whole', () => {
  expect(COUNTS).toHaveLength(38);
  expect(APPROXIMATIONS).toHaveLength(57);
});

test.each(APPROXIMATIONS)('%i replicas at %i per cent with surge %i: %i canary, %i stable', (replicas, weight, surge, canary, stable) => {
  expect(approximateCounts(replicas, weight, 100, surge)).toEqual({ canary, stable });
});

test('the other tests of counts without a router', () => {
  const strategy = plan({ steps: [{ kind: 'setWeight', weight: 10 }] });
  // TestCalculateReplicaCountsForNewDeployment
  const same = counts(10, 0);
  expect(basicCounts(strategy, facts(), 10, same, same, [])).toEqual({ canary: 10, stable: 0 });
  // TestCalculateReplicaCountsForCanaryStableRSdEdgeCases
  const nine = counts(9, 9);
  expect(basicCounts(strategy, facts({ stable: undefined, current: undefined }), 10, nine, undefined, [])).toEqual({ canary: 10, stable: 0 });
  expect(basicCounts(strategy, facts({ stable: undefined, current: undefined }), 10, nine, nine, [])).toEqual({ canary: 10, stable: 0 });
  // TestCalculateReplicaCountsForCanaryTrafficRouting
  expect(routedCounts({ ...strategy, routed: true }, facts(), 10)).toEqual({ canary: 1, stable: 10 });
});

// TestCalculateReplicaCountsForCanaryTrafficRoutingDynamicScale: first weight, abort, further weights, traffic, canary, stable, expected canary and stable
test.each<[number, boolean, number[], Pods, Pods | undefined, Pods | undefined, Pods]>([
  [20, true, [60], [60, 40], [6, 6], [4, 4], [6, 8]],
  [20, true, [60], [60, 40], [1, 1], [4, 4], [6, 8]],
  [20, true, [60], [60, 40], [2, 2], [8, 4], [6, 8]],
  [20, true, [60], [60, 40], undefined, undefined, [6, 10]],
  [10, false, [], [10, 90], undefined, undefined, [1, 9]],
  [20, false, [], [10, 90], undefined, undefined, [2, 9]],
  [20, true, [], [20, 80], undefined, undefined, [2, 10]],
  [20, true, [], [10, 90], undefined, undefined, [1, 10]],
])('dynamicStableScale at %i, abort %s, then %j, traffic %j: canary %j, stable %j become %j', (first, abort, further, [canaryWeight, stableWeight], canary, stable, expected) => {
  const strategy = plan({ routed: true, dynamicStableScale: true, steps: [first, ...further].map(weight => ({ kind: 'setWeight', weight })) });
  const found = routedCounts(strategy, facts({ abort }), 10, canary && counts(...canary), stable && counts(...stable),
    { canaryWeight, stableWeight });
  expect([found.canary, found.stable]).toEqual(expected);
});

// TestTrafficWeightToReplicas
test.each([[10, 0, 100, 0], [10, 20, 100, 2], [10, 25, 100, 3], [10, 33, 100, 4], [10, 99, 100, 10], [10, 100, 100, 10],
  [23, 100000000, 100000000, 23]])(
  '%i replicas at %i of %i are %i', (replicas, weight, most, expected) => {
    expect(weightToReplicas(replicas, weight, most)).toBe(expected);
  });

// TestGetCurrentSetWeight
test('the weight that counts is the last one, 100 after all steps, 0 on abort', () => {
  const strategy = plan({ steps: [{ kind: 'setWeight', weight: 10 }] });
  expect(currentSetWeight(strategy, facts({ stepIndex: 1 }))).toBe(100);
  expect(currentSetWeight(strategy, facts({ stepIndex: 0 }))).toBe(10);
  expect(currentSetWeight(strategy, facts({ stepIndex: 0, abort: true }))).toBe(0);
});

// TestAtDesiredReplicaCountsForCanary: weight, canary [spec, available, pods], stable [spec, available, pods], expected
test.each<[number, [number, number, number], [number, number, number], boolean]>([
  [50, [2, 2, 2], [2, 2, 2], true],
  [50, [2, 1, 2], [2, 2, 2], false],
  [75, [3, 3, 3], [2, 2, 2], false],
  [75, [3, 3, 1], [1, 0, 1], true],
  [50, [2, 2, 2], [2, 2, 3], false],
])('at %i with canary %j and stable %j the counts are as desired: %s', (weight, canary, stable, expected) => {
  const strategy = plan({ steps: [{ kind: 'setWeight', weight }], maxSurge: { count: 1 } });
  const at = atDesiredCounts(strategy, facts(), 4, counts(...canary), counts(...stable), [], { canaryWeight: weight, stableWeight: 100 - weight });
  expect(at).toBe(expected);
});

// TestGetReplicasForScaleDown
test.each<[Pods | undefined, boolean, number]>([[undefined, false, 0], [[3, 5], false, 3], [[3, 2], true, 3], [[3, 2], false, 2]])(
  'of %j, ignoring availability %s, %i count', (pods, ignore, expected) => {
    expect(countedForScaleDown(pods && counts(...pods), ignore)).toBe(expected);
  });

// TestGetCanaryReplicasOrWeight
test('a full promotion, setCanaryScale by weight and by replicas, and no stable revision', () => {
  const steps = (scale: object): StepPlan[] => [{ kind: 'setWeight', weight: 10 }, { kind: 'setCanaryScale', scale }];
  expect(canaryReplicasOrWeight(plan(), facts({ promoteFull: true }), 10)).toEqual({ weight: 100 });
  expect(canaryReplicasOrWeight(plan({ routed: true, steps: steps({ weight: 20 }) }), facts({ stepIndex: 1 }), 10)).toEqual({ weight: 20 });
  expect(canaryReplicasOrWeight(plan({ routed: true, steps: steps({ replicas: 5 }) }), facts({ stepIndex: 1 }), 10)).toEqual({
    replicas: 5,
    weight: 0,
  });
  expect(canaryReplicasOrWeight(plan(), facts({ abort: true, stable: undefined, current: undefined }), 10)).toEqual({ weight: 100 });
});

// TestAllReplicaProgressThresholdMet: threshold, pods, desired, expected
test.each<[[percent: boolean, value: number] | undefined, Pods | undefined, number, boolean]>([
  [[true, 90], [1, 9], 10, true],
  [[false, 9], [1, 9], 10, true],
  [[true, 90], [1, 8], 10, false],
  [[false, 8], [1, 7], 10, false],
  [[false, -100], [10, 10], 10, true],
  [undefined, [5, 10], 10, false],
  [[false, 5], undefined, 10, false],
  [[true, 100], [1, 100], 10, true],
  [[true, 90], [1, 0], 0, true],
])('the threshold %j is met by %j of %i: %s', (threshold, pods, desired, expected) => {
  expect(thresholdMet(threshold && { percent: threshold[0], value: threshold[1] }, pods && counts(...pods), desired)).toBe(expected);
});

test.each([['25%', '25%', 10, 3, 2], ['25%', '25%', 1, 1, 0], [0, '25%', 3, 0, 1], [0, 5, 2, 0, 2], ['25%', '25%', 0, 0, 0], ['0%', '0%', 10, 0, 1]])(
  'surge %s and unavailable %s of %i replicas are %i and %i', (surge, unavailable, replicas, up, down) => {
    expect(fenceposts(size(surge), size(unavailable), replicas)).toEqual({ surge: up, unavailable: down });
  });

test('from 1.10 on minPodsPerReplicaSet is never more than the replicas', () => {
  const strategy = plan({ routed: true, minPods: 3, steps: [{ kind: 'setWeight', weight: 10 }] });
  expect(routedCounts(strategy, facts(), 2).canary).toBe(3);
  expect(routedCounts({ ...strategy, minPodsCapped: true }, facts(), 2).canary).toBe(2);
});
