import { Duration } from 'cdk8s';
import { blueGreen, metric, simulation, template } from './support';
import { MetricSeries, PodBehavior, RolloutPhase, Scenario, ScenarioAction, SimulationOutcome, Timeline } from '../../src/simulation';

const ANALYSIS = { templates: [{ templateName: 'success' }] };
const NORMAL = new Scenario();
const SUCCESS = template('success', metric({ count: 3 }));

function at(n: number): Duration {
  return Duration.millis(n * 1000);
}

function switches(timeline: Timeline): Array<[seconds: number, weight: number]> {
  return timeline.states.map(state => [state.seconds, state.weight] as [number, number]).filter(([, weight], i, all) => i === 0
    || all[i - 1][1] !== weight);
}

test('switches when all pods are available, and keeps the former ones for thirty seconds', () => {
  const timeline = simulation(blueGreen()).run();
  expect(switches(timeline)).toEqual([[0, 0], [10, 100]]);
  expect(timeline.summary).toMatchObject({
    outcome: SimulationOutcome.PROMOTED,
    totalSeconds: 10,
    settledSeconds: 40,
    peakPods: 8,
    extraPods: 4,
    worstCapacity: 1,
    exposure: 0,
  });
});

test('scales a small preview up only after analysis and pause', () => {
  const timeline = simulation(blueGreen({ previewReplicaCount: 1, autoPromotionSeconds: 60, prePromotionAnalysis: ANALYSIS }), SUCCESS).run();
  expect(timeline.states.map(state => [state.seconds, state.canaryPods]).filter(([, pods], i, all) => i === 0
    || all[i - 1][1] !== pods)).toEqual([[0, 1], [190, 4]]);
  expect(switches(timeline)).toEqual([[0, 0], [200, 100]]);
});

test('waits for a person where autoPromotionEnabled is false', () => {
  const rollout = simulation(blueGreen({ autoPromotionEnabled: false }));
  expect(rollout.run().summary).toMatchObject({ outcome: SimulationOutcome.PAUSED, reason: 'waits for a person: BlueGreenPause' });
  expect(switches(rollout.run(NORMAL.withAction(ScenarioAction.promote(at(180)))))).toEqual([[0, 0], [180, 100]]);
});

test('a failing pre-promotion analysis aborts before anybody sees the new revision', () => {
  const timeline = simulation(blueGreen({ prePromotionAnalysis: ANALYSIS }), SUCCESS).run(NORMAL.withMetric('success-rate', MetricSeries.failing()));
  timeline.assertAborted({ exposureBelow: 1e-9, within: Duration.seconds(10) });
  expect(timeline.summary.settledSeconds).toBe(40);
});

test('a failing post-promotion analysis switches back', () => {
  const timeline = simulation(blueGreen({ postPromotionAnalysis: ANALYSIS }), SUCCESS).run(NORMAL.withMetric('success-rate', MetricSeries.step({ from: 1, to: 0, at: at(100) })));
  expect(switches(timeline)).toEqual([[0, 0], [10, 100], [130, 0]]);
  expect(timeline.summary).toMatchObject({ outcome: SimulationOutcome.ABORTED, secondsToAbort: 130 });
  expect(timeline.summary.exposedRequests).toBeCloseTo(12_000);
});

test('an abort does not switch back while the new pods are not all available: they keep the traffic', () => {
  const crash = NORMAL.withPods(PodBehavior.crashLoop({ readyFor: at(60) })).withMetric('success-rate', MetricSeries.step({ from: 1, to: 0, at: at(100) }));
  const { summary } = simulation(blueGreen({ postPromotionAnalysis: ANALYSIS }), SUCCESS).run(crash);
  expect(summary).toMatchObject({ outcome: SimulationOutcome.ABORTED, worstCapacity: 0 });
  expect(summary.reason).toContain('still has 100 % of the traffic');
});

test.each([undefined, 30])('the former pods stay until the post-promotion analysis is done: they are the stable ones (scaleDownDelaySeconds %s)', delay => {
  const timeline = simulation(blueGreen({ postPromotionAnalysis: ANALYSIS, scaleDownDelaySeconds: delay }), template('success', metric({ count: 5 }))).run();
  expect(timeline.summary).toMatchObject({ totalSeconds: 250, settledSeconds: 280 });
});

test('a rollback within scaleDownDelaySeconds is at once, without analysis', () => {
  const timeline = simulation(blueGreen({ scaleDownDelaySeconds: 300, prePromotionAnalysis: ANALYSIS }),
    SUCCESS).run(NORMAL.withAction(ScenarioAction.rollback(at(180))));
  expect(switches(timeline)).toEqual([[0, 0], [130, 100]]);
  expect(timeline.summary).toMatchObject({ outcome: SimulationOutcome.ROLLED_BACK, totalSeconds: 180 });
  expect(timeline.measurements).toHaveLength(3);
});

test('an abort keeps the preview for abortScaleDownDelaySeconds, for ever with 0', () => {
  const abort = NORMAL.withAction(ScenarioAction.abort(at(60)));
  expect(simulation(blueGreen({ autoPromotionEnabled: false, abortScaleDownDelaySeconds: 90 })).run(abort).summary.settledSeconds).toBe(150);
  const kept = simulation(blueGreen({ autoPromotionEnabled: false, abortScaleDownDelaySeconds: 0 })).run(abort);
  expect(kept.states.at(-1)).toMatchObject({ canaryPods: 4, weight: 0 });
  expect(kept.summary.outcome).toBe(SimulationOutcome.ABORTED);
});

test('a retry after an abort measures anew only where no deadline for the preview pods was set', () => {
  // With a deadline the failed run aborts the update again; without one it is the controller's own end-to-end test.
  const recovering = NORMAL.withMetric('success-rate', MetricSeries.failing().followedBy(at(60), MetricSeries.passing())).withAction(ScenarioAction.retry(at(120)));
  expect(simulation(blueGreen({ prePromotionAnalysis: ANALYSIS, abortScaleDownDelaySeconds: 0 }), SUCCESS).run(recovering).summary).toMatchObject({
    outcome: SimulationOutcome.PROMOTED, secondsToAbort: 10, totalSeconds: 240,
  });
  expect(simulation(blueGreen({ prePromotionAnalysis: ANALYSIS }), SUCCESS).run(recovering).summary.outcome).toBe(SimulationOutcome.ABORTED);
});

test('an inconclusive pre-promotion analysis waits for a person, and is then done again', () => {
  const sim = simulation(blueGreen({ prePromotionAnalysis: ANALYSIS }), template('success', metric({ count: 1, interval: undefined, failureCondition: 'result[0] < 0.9' })));
  const unsure = MetricSeries.constant(0.92).followedBy(at(100), MetricSeries.passing());
  expect(sim.run(NORMAL.withMetric('success-rate', MetricSeries.constant(0.92))).summary.outcome).toBe(SimulationOutcome.PAUSED);
  expect(sim.run(NORMAL.withMetric('success-rate', unsure).withAction(ScenarioAction.promote(at(200)))).summary).toMatchObject({ outcome: SimulationOutcome.PROMOTED, totalSeconds: 200 });
});

test('pods that never come up keep the former revision in place, and are aborted where the deadline shall', () => {
  const dead = NORMAL.withPods(PodBehavior.neverReady());
  expect(simulation(blueGreen()).run(dead).summary).toMatchObject({ outcome: SimulationOutcome.STUCK, worstCapacity: 1, exposure: 0 });
  expect(simulation(blueGreen({}, { progressDeadlineAbort: true })).run(dead).summary).toMatchObject({
    outcome: SimulationOutcome.ABORTED,
    secondsToAbort: 601,
  });
});

test('a full promotion skips the pause and the small preview', () => {
  const timeline = simulation(blueGreen({ autoPromotionEnabled: false, previewReplicaCount: 1, prePromotionAnalysis: ANALYSIS }),
    SUCCESS).run(NORMAL.withAction(ScenarioAction.promoteFull(at(30))));
  expect(switches(timeline)).toEqual([[0, 0], [40, 100]]);
});

test('an initial deployment becomes active once it is available', () => {
  const timeline = simulation(blueGreen({ prePromotionAnalysis: ANALYSIS }), SUCCESS).run(NORMAL.asInitialDeployment());
  expect(switches(timeline)).toEqual([[0, 0], [10, 100]]);
  expect(timeline.summary).toMatchObject({ outcome: SimulationOutcome.PROMOTED, totalSeconds: 10 });
  expect(timeline.measurements).toEqual([]);
});

test('an autoscaler scales both sides', () => {
  const timeline = simulation(blueGreen({ autoPromotionEnabled: false })).run(NORMAL.withAction(ScenarioAction.scale(at(60), 6)));
  expect(timeline.states.at(-1)).toMatchObject({ stablePods: 6, canaryPods: 6, phase: RolloutPhase.PAUSED });
});
