import { Duration } from 'cdk8s';
import { canary, metric, routed, simulation, template } from './support';
import { MetricSeries, PodBehavior, RolloutPhase, Scenario, ScenarioAction, Simulation, SimulationOutcome, Timeline, TimelineEventKind } from '../../src/simulation';

const STEPS = [{ setWeight: 20 }, { pause: { duration: 60 } }, { setWeight: 50 }, { pause: { duration: '1m' } }];
const ANALYSIS = { templates: [{ templateName: 'success' }] };
const NORMAL = new Scenario();

function seconds(n: number): Duration {
  return Duration.millis(n * 1000);
}

/** [seconds, desired stable, desired canary] at each change. */
function replicas(timeline: Timeline): Array<[seconds: number, stable: number, canary: number]> {
  return timeline.states.map(state => [state.seconds, state.stablePods, state.canaryPods] as [number, number, number])
    .filter(([, stable, pods], i, all) => i === 0 || all[i - 1][1] !== stable || all[i - 1][2] !== pods);
}

function weights(timeline: Timeline): Array<[seconds: number, weight: number]> {
  return timeline.states.map(state => [state.seconds, state.weight] as [number, number]).filter(([, weight], i, all) => i === 0
    || all[i - 1][1] !== weight);
}

function times(timeline: Timeline, kind: TimelineEventKind): number[] {
  return timeline.events.filter(event => event.kind === kind).map(event => event.seconds);
}

describe('a canary without a router', () => {
  test('goes through its steps within maxSurge and maxUnavailable, and traffic follows the pods', () => {
    const timeline = simulation(canary({ steps: STEPS })).run();
    expect(replicas(timeline)).toEqual([[0, 8, 2], [70, 6, 5], [80, 5, 5], [140, 3, 10], [150, 0, 10]]);
    expect(weights(timeline)).toEqual([[0, 0], [10, 20], [70, 25], [80, 50], [140, 62.5], [150, 100]]);
    expect(timeline.summary).toMatchObject({
      outcome: SimulationOutcome.PROMOTED,
      totalSeconds: 150,
      settledSeconds: 150,
      peakPods: 13,
      extraPods: 3,
      worstAvailablePods: 8,
    });
    expect(timeline.summary.exposure).toBeCloseTo((60 * 0.2 + 10 * 0.25 + 60 * 0.5 + 10 * 0.625) / 150, 4);
  });

  test('without steps is a rolling update', () => {
    expect(replicas(simulation(canary({})).run())).toEqual([[0, 8, 5], [10, 3, 10], [20, 0, 10]]);
  });

  test('is scaled back by an abort, under the same limits, and has traffic until its pods are gone', () => {
    const timeline = simulation(canary({ steps: STEPS })).run(NORMAL.withAction(ScenarioAction.abort(seconds(90))));
    expect(replicas(timeline)).toEqual([[0, 8, 2], [70, 6, 5], [80, 5, 5], [90, 10, 3], [100, 10, 0]]);
    expect(timeline.summary).toMatchObject({ outcome: SimulationOutcome.ABORTED, secondsToAbort: 90, settledSeconds: 100, reason: 'a person aborted it' });
    expect(timeline.summary.requestsAfterAbort).toBeCloseTo(10 * 100 * 3 / 8);
  });

  test('follows an autoscaler in the middle of a pause, which goes on', () => {
    const timeline = simulation(canary({ steps: STEPS })).run(NORMAL.withAction(ScenarioAction.scale(seconds(30), 20)));
    expect(replicas(timeline).slice(0, 3)).toEqual([[0, 8, 2], [30, 16, 4], [70, 11, 10]]);
    expect(timeline.summary.outcome).toBe(SimulationOutcome.PROMOTED);
  });

  test('with another revision in the middle begins anew, and the one in between goes first', () => {
    const timeline = simulation(canary({ steps: STEPS })).run(NORMAL.withAction(ScenarioAction.deploy(seconds(30))));
    const after = timeline.states.find(state => state.seconds === 30)!;
    expect(after).toMatchObject({ stablePods: 8, canaryPods: 2, olderPods: 0, stepIndex: 0 });
    expect(timeline.summary).toMatchObject({ outcome: SimulationOutcome.PROMOTED, totalSeconds: 180 });
  });

  test.each([[0, 0], [1, 2]])('of %i replicas comes to its end', (count, peak) => {
    expect(simulation(canary({ steps: STEPS }, { replicas: count })).run().summary).toMatchObject({
      outcome: SimulationOutcome.PROMOTED,
      peakPods: peak,
    });
  });
});

describe('a routed canary', () => {
  test('scales first and shifts second; the stable pods stay', () => {
    const timeline = simulation(routed({ steps: STEPS })).run();
    expect(replicas(timeline)).toEqual([[0, 10, 2], [70, 10, 5], [140, 10, 10], [180, 0, 10]]);
    expect(weights(timeline)).toEqual([[0, 0], [10, 20], [80, 50], [150, 100]]);
    expect(timeline.summary).toMatchObject({
      outcome: SimulationOutcome.PROMOTED,
      totalSeconds: 150,
      settledSeconds: 180,
      extraPods: 10,
      worstCapacity: 1,
    });
  });

  test('loses its traffic at once by an abort, and its pods after abortScaleDownDelaySeconds', () => {
    const timeline = simulation(routed({ steps: STEPS, abortScaleDownDelaySeconds: 45 })).run(NORMAL.withAction(ScenarioAction.abort(seconds(90))));
    expect(weights(timeline).at(-1)).toEqual([90, 0]);
    expect(replicas(timeline).at(-1)).toEqual([135, 10, 0]);
    expect(timeline.summary).toMatchObject({ secondsToAbort: 90, requestsAfterAbort: 0 });
  });

  test('with abortScaleDownDelaySeconds 0 keeps its pods only where the first step sets their number', () => {
    const abort = NORMAL.withAction(ScenarioAction.abort(seconds(90)));
    const kept = simulation(routed({ steps: [{ setCanaryScale: { replicas: 3 } }, ...STEPS], abortScaleDownDelaySeconds: 0 })).run(abort);
    expect(replicas(kept).at(-1)![2]).toBe(3);
    expect(replicas(simulation(routed({ steps: STEPS, abortScaleDownDelaySeconds: 0 })).run(abort)).at(-1)).toEqual([90, 10, 0]);
  });

  test('goes on after a retry, from its first step', () => {
    const scenario = NORMAL.withAction(ScenarioAction.abort(seconds(90))).withAction(ScenarioAction.retry(seconds(300)));
    const timeline = simulation(routed({ steps: STEPS })).run(scenario);
    expect(timeline.summary).toMatchObject({ outcome: SimulationOutcome.PROMOTED, secondsToAbort: 90, totalSeconds: 450 });
    expect(weights(timeline)).toEqual([[0, 0], [10, 20], [80, 50], [90, 0], [310, 20], [380, 50], [450, 100]]);
  });

  test('with dynamicStableScale moves pods from one side to the other, and back in steps', () => {
    const timeline = simulation(routed({ steps: STEPS, dynamicStableScale: true })).run(NORMAL.withAction(ScenarioAction.abort(seconds(90))));
    expect(replicas(timeline)).toEqual([[0, 10, 2], [10, 8, 2], [70, 8, 5], [80, 5, 5], [90, 8, 5], [100, 10, 2], [110, 10, 0]]);
    expect(weights(timeline)).toEqual([[0, 0], [10, 20], [80, 50], [100, 20], [110, 0]]);
    expect(timeline.summary.worstCapacity).toBe(1);
  });

  test('up to 1.8 goes back without steps', () => {
    const timeline = Simulation.of({ rollout: routed({ steps: STEPS, dynamicStableScale: true }), version: '1.8' }).run(NORMAL.withAction(ScenarioAction.abort(seconds(90))));
    expect(replicas(timeline).slice(-2)).toEqual([[90, 10, 5], [100, 10, 0]]);
  });

  test('with dynamicStableScale and abortScaleDownDelaySeconds keeps traffic after an abort for ever', () => {
    const { summary } = simulation(routed({
      steps: STEPS,
      dynamicStableScale: true,
      abortScaleDownDelaySeconds: 60,
    })).run(NORMAL.withAction(ScenarioAction.abort(seconds(120))));
    expect(summary.outcome).toBe(SimulationOutcome.ABORTED);
    expect(summary.reason).toBe('a person aborted it; the new revision still has 20 % of the traffic, and nothing takes it away');
  });

  test('may get more traffic than its pods can take after setCanaryScale', () => {
    const timeline = simulation(routed({ steps: [{ setCanaryScale: { replicas: 1 } }, { setWeight: 90 }, { pause: { duration: 60 } }] })).run();
    expect(timeline.summary.worstCapacity).toBeCloseTo(1 / 9);
    expect(() => timeline.assertCapacity(0.5)).toThrow('FW820');
  });

  test('goes back to the weights with matchTrafficWeight', () => {
    const steps = [{ setCanaryScale: { weight: 10 } }, { setHeaderRoute: { name: 'h', match: [] } }, { setMirrorRoute: { name: 'm', percentage: 5 } }, { pause: { duration: 30 } }, { setWeight: 50 }];
    const scaled = simulation(routed({ steps: [...steps, { setCanaryScale: { matchTrafficWeight: true } }, { pause: { duration: 30 } }] })).run();
    expect(replicas(scaled)).toEqual([[0, 10, 1], [40, 10, 5], [80, 10, 10], [120, 0, 10]]);
    expect(times(scaled, TimelineEventKind.STEP)).toEqual([10, 10, 10, 40, 40, 50, 80]);
  });

  test('counts weights of maxTrafficWeight', () => {
    const timeline = simulation(routed({
      trafficRouting: { plugins: { any: {} }, maxTrafficWeight: 1000 },
      steps: [{ setWeight: 5 }, { pause: { duration: 30 } }],
    })).run();
    expect(weights(timeline)).toEqual([[0, 0], [10, 0.5], [50, 100]]);
    expect(timeline.states[1].canaryPods).toBe(1);
  });

  test('has at least minPodsPerReplicaSet, even above the replicas up to 1.9, where it then never becomes healthy', () => {
    const rollout = routed({ steps: STEPS, minPodsPerReplicaSet: 3 }, { replicas: 2 });
    const old = Simulation.of({ rollout }).run();
    expect(old.states.at(-1)).toMatchObject({ canaryPods: 3, phase: RolloutPhase.DEGRADED });
    expect(Simulation.of({ rollout, version: '1.10' }).run().states.at(-1)).toMatchObject({ canaryPods: 2, phase: RolloutPhase.HEALTHY });
  });

  test('goes on at the replicaProgressThreshold', () => {
    const flapping = NORMAL.withPods(PodBehavior.flapping({ up: seconds(70), down: seconds(600) })).withLimit(Duration.hours(1));
    expect(simulation(routed({ steps: STEPS })).run(flapping).summary.outcome).toBe(SimulationOutcome.UNFINISHED);
    const some = simulation(routed({ steps: STEPS, replicaProgressThreshold: { type: 'Pods', value: 2 } })).run(flapping);
    expect(some.summary.outcome).toBe(SimulationOutcome.PROMOTED);
  });

  test('promoted fully skips steps and analysis, but waits for its pods', () => {
    const timeline = simulation(routed({ steps: STEPS, analysis: ANALYSIS }), template('success', metric())).run(NORMAL.withAction(ScenarioAction.promoteFull(seconds(30))));
    expect(timeline.summary).toMatchObject({ outcome: SimulationOutcome.PROMOTED, totalSeconds: 40 });
    expect(timeline.measurements.map(measurement => measurement.seconds)).toEqual([0]);
  });

  test('rolled back to the running revision skips the steps', () => {
    const timeline = simulation(routed({ steps: STEPS })).run(NORMAL.withAction(ScenarioAction.rollback(seconds(90))));
    expect(timeline.summary).toMatchObject({ outcome: SimulationOutcome.ROLLED_BACK, totalSeconds: 90 });
    expect(weights(timeline).at(-1)).toEqual([90, 100]);
  });

  test('rolled back inside the window skips the steps, outside it does not', () => {
    const late = NORMAL.withAction(ScenarioAction.rollback(Duration.minutes(25)));
    expect(simulation(routed({ steps: STEPS },
      { rollbackWindow: { revisions: 1 } })).run(late).summary).toMatchObject({ outcome: SimulationOutcome.ROLLED_BACK, totalSeconds: 1510 });
    expect(simulation(routed({ steps: STEPS })).run(late).summary).toMatchObject({ outcome: SimulationOutcome.ROLLED_BACK, totalSeconds: 1650 });
  });

  test('keeps no more old revisions than scaleDownDelayRevisionLimit', () => {
    const timeline = simulation(routed({
      steps: [],
      scaleDownDelaySeconds: 600,
      scaleDownDelayRevisionLimit: 1,
    })).run(NORMAL.withAction(ScenarioAction.deploy(seconds(60))));
    expect(timeline.states.find(state => state.seconds === 70)).toMatchObject({ stablePods: 10, canaryPods: 10, olderPods: 0 });
  });

  test('goes on as before after a restart of the controller', () => {
    const plain = simulation(routed({ steps: STEPS })).run();
    const restarted = simulation(routed({ steps: STEPS })).run(NORMAL.withAction(ScenarioAction.restartController(seconds(40))));
    expect(restarted.states).toEqual(plain.states);
  });
});

describe('pauses', () => {
  test('without a duration wait for a person', () => {
    const rollout = simulation(canary({ steps: [{ setWeight: 20 }, { pause: {} }] }));
    expect(rollout.run().summary).toMatchObject({ outcome: SimulationOutcome.PAUSED, reason: 'waits for a person: CanaryPauseStep' });
    expect(rollout.run(NORMAL.withAction(ScenarioAction.promote(seconds(300)))).summary).toMatchObject({
      outcome: SimulationOutcome.PROMOTED,
      totalSeconds: 320,
    });
  });

  test('do not count for the progress deadline', () => {
    const rollout = canary({ steps: [{ setWeight: 20 }, { pause: { duration: '2h' } }] }, { progressDeadlineSeconds: 60, progressDeadlineAbort: true });
    expect(simulation(rollout).run().summary.outcome).toBe(SimulationOutcome.PROMOTED);
  });

  test('by spec.paused stop everything until it is taken back', () => {
    const scenario = NORMAL.withAction(ScenarioAction.pause(seconds(5))).withAction(ScenarioAction.resume(seconds(180)));
    const timeline = simulation(canary({ steps: STEPS })).run(scenario);
    expect(replicas(timeline).slice(0, 2)).toEqual([[0, 8, 2], [240, 6, 5]]);
    expect(simulation(canary({ steps: STEPS }, { paused: true })).run().summary).toMatchObject({ outcome: SimulationOutcome.PAUSED, reason: 'spec.paused is set' });
  });

  test.each([[90, 90], ['90', 90], ['1m30s', 90], ['0.5h', 1800]])('of %s last %i seconds', (duration, expected) => {
    const timeline = simulation(canary({ steps: [{ setWeight: 10 }, { pause: { duration } }] }, { replicas: 1 })).run();
    expect(times(timeline, TimelineEventKind.RESUMED)).toEqual([10 + expected]);
  });
});

describe('the progress deadline', () => {
  test('marks a stuck update, and aborts only where it shall', () => {
    const crash = NORMAL.withPods(PodBehavior.crashLoop());
    expect(simulation(canary({ steps: STEPS })).run(crash).summary).toMatchObject({ outcome: SimulationOutcome.STUCK, totalSeconds: 601 });
    const aborted = simulation(canary({ steps: STEPS }, { progressDeadlineAbort: true, progressDeadlineSeconds: 120 })).run(crash);
    expect(aborted.summary).toMatchObject({ outcome: SimulationOutcome.ABORTED, secondsToAbort: 121, exposedRequests: 0 });
  });

  test('starts again with each pod that becomes available: flapping holds it off', () => {
    const rollout = canary({ steps: [{ setWeight: 50 }] }, { replicas: 2, progressDeadlineSeconds: 60, minReadySeconds: 40 });
    const flapping = NORMAL.withPods(PodBehavior.flapping({ up: seconds(30), down: seconds(10) })).withLimit(Duration.hours(1));
    const timeline = simulation(rollout).run(flapping);
    expect(times(timeline, TimelineEventKind.TIMED_OUT)).toEqual([]);
    expect(timeline.summary).toMatchObject({ outcome: SimulationOutcome.UNFINISHED, totalSeconds: 3600 });
  });
});

describe('analysis', () => {
  const step = (more: object = {}): Simulation => simulation(routed({ steps: [{ setWeight: 20 }, { analysis: ANALYSIS }, { setWeight: 50 }] }), template('success', metric({ count: 3, ...more })));

  test('in a step holds the canary until it is successful', () => {
    const timeline = step().run();
    expect(timeline.measurements.map(({ seconds: at, analysis, result, verdict }) => [at, analysis, result, verdict])).toEqual([
      [10, 'step 2', '[1]', 'Successful'], [70, 'step 2', '[1]', 'Successful'], [130, 'step 2', '[1]', 'Successful'],
    ]);
    expect(weights(timeline)).toEqual([[0, 0], [10, 20], [140, 50], [150, 100]]);
  });

  test('in a step aborts when it fails', () => {
    const { summary } = step().run(NORMAL.withMetric('success-rate', MetricSeries.step({ from: 1, to: 0.5, at: seconds(60) })));
    expect(summary).toMatchObject({ outcome: SimulationOutcome.ABORTED, secondsToAbort: 70 });
    expect(summary.reason).toBe('the analysis of step 2 is Failed: metric "success-rate": 1 failed, failureLimit 0');
  });

  test('aborts at the fifth error in a row, forty seconds after the first', () => {
    expect(step().run(NORMAL.withMetric('success-rate', MetricSeries.providerError())).summary).toMatchObject({ outcome: SimulationOutcome.ABORTED, secondsToAbort: 50 });
    expect(step().run(NORMAL.withMetric('success-rate', MetricSeries.noData())).summary.reason).toContain('5 errors in a row');
  });

  test('that is inconclusive waits for a person, who skips the step', () => {
    const unsure = NORMAL.withMetric('success-rate', MetricSeries.constant(0.92));
    const sim = step({ failureCondition: 'result[0] < 0.9' });
    expect(sim.run(unsure).summary).toMatchObject({ outcome: SimulationOutcome.PAUSED, reason: 'waits for a person: InconclusiveAnalysisRun' });
    const timeline = sim.run(unsure.withAction(ScenarioAction.promote(seconds(600))));
    expect(timeline.summary).toMatchObject({ outcome: SimulationOutcome.PROMOTED, totalSeconds: 620 });
    expect(timeline.measurements).toHaveLength(1);
  });

  test('in the background runs through pauses, from its starting step, and ends with the promotion', () => {
    const timeline = simulation(routed({ steps: STEPS, analysis: { ...ANALYSIS, startingStep: 2 } }), template('success', metric({ interval: '30s' }))).run();
    expect(timeline.measurements.map(measurement => measurement.seconds)).toEqual([70, 100, 130]);
    expect(timeline.summary.outcome).toBe(SimulationOutcome.PROMOTED);
  });

  test('in the background that is inconclusive starts again once a person promotes', () => {
    const sim = simulation(routed({ steps: [{ setWeight: 20 }, { pause: { duration: 900 } }], analysis: ANALYSIS }), template('success', metric({ failureCondition: 'result[0] < 0.9' })));
    const timeline = sim.run(NORMAL.withMetric('success-rate', MetricSeries.step({ from: 0.92, to: 1, at: seconds(300) })).withAction(ScenarioAction.promote(seconds(600))));
    expect(timeline.measurements.map(measurement => measurement.seconds).slice(0, 2)).toEqual([0, 600]);
    expect(timeline.summary.outcome).toBe(SimulationOutcome.PROMOTED);
  });

  test('starts again after a retry, unless a deadline for the canary pods was set: then the old verdict aborts it again', () => {
    // The first pass after the retry skips analysis because of the deadline, and forgets when it was aborted; the second finds the failed run.
    const recovering = NORMAL.withMetric('success-rate', MetricSeries.failing().followedBy(seconds(100), MetricSeries.passing())).withAction(ScenarioAction.retry(seconds(200)));
    const again = (canarySpec: object): Timeline => simulation(routed({ steps: STEPS, analysis: ANALYSIS, ...canarySpec }), template('success', metric())).run(recovering);
    expect(again({ abortScaleDownDelaySeconds: 0 }).summary).toMatchObject({ outcome: SimulationOutcome.PROMOTED, secondsToAbort: 0 });
    expect(again({ abortScaleDownDelaySeconds: 0 }).measurements[1].seconds).toBe(200);
    expect(again({}).summary).toMatchObject({ outcome: SimulationOutcome.ABORTED });
    expect(times(again({}), TimelineEventKind.ABORTED)).toEqual([0, 200]);
  });

  test('as a dry run decides nothing', () => {
    const sim = simulation(routed({ steps: STEPS, analysis: { ...ANALYSIS, dryRun: [{ metricName: 'success.*' }] } }), template('success', metric()));
    const timeline = sim.run(NORMAL.withMetric('success-rate', MetricSeries.failing()));
    expect(timeline.summary.outcome).toBe(SimulationOutcome.PROMOTED);
    expect(timeline.measurements).toMatchObject([{ dryRun: true, verdict: 'Failed' }]);
  });

  test('gets its arguments from the Rollout, else from the template, and templates of templates', () => {
    const inner = { ...template('inner', metric({ successCondition: 'result[0] >= {{args.least}}', interval: '{{ args.interval }}' })) };
    Object.assign(inner.spec as object, { args: [{ name: 'least', value: '0.5' }, { name: 'interval', value: '30s' }, { name: 'token', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }] });
    const outer = { kind: 'ClusterAnalysisTemplate', metadata: { name: 'outer' }, spec: { templates: [{ templateName: 'inner' }, { templateName: 'outer', clusterScope: true }] } };
    const sim = simulation(routed({ steps: STEPS, analysis: { templates: [{ templateName: 'outer', clusterScope: true }], args: [{ name: 'least', value: '0.9' }] } }), inner, outer);
    const { summary } = sim.run(NORMAL.withMetric('success-rate', MetricSeries.points([{ at: seconds(0), value: 0.95 }, { at: seconds(25), value: 0.7 }])));
    expect(summary).toMatchObject({ outcome: SimulationOutcome.ABORTED, secondsToAbort: 30 });
  });
});

describe('an experiment', () => {
  const sim = (more: object = {}, count = 3): Simulation => simulation(routed({
    steps: [{
      experiment: {
        duration: '5m',
        templates: [{ name: 'base', specRef: 'stable', replicas: 2 }, { name: 'new', specRef: 'canary', replicas: 2, weight: 10 }],
        analyses: [{ name: 'check', templateName: 'success' }],
        ...more,
      },
    }, { setWeight: 50 }],
  }), template('success', metric({ count })));

  test('runs pods of both revisions for its duration, with their share of the traffic', () => {
    const timeline = sim().run();
    expect(weights(timeline)).toEqual([[0, 0], [10, 10], [310, 0], [320, 50], [330, 100]]);
    expect(timeline.states[0]).toMatchObject({ olderPods: 4, canaryPods: 0 });
    expect(timeline.summary).toMatchObject({ outcome: SimulationOutcome.PROMOTED, totalSeconds: 330 });
  });

  test('aborts the update when an analysis fails, or its pods do not come up', () => {
    expect(sim().run(NORMAL.withMetric('success-rate', MetricSeries.failing())).summary).toMatchObject({ outcome: SimulationOutcome.ABORTED, secondsToAbort: 10 });
    expect(sim().run(NORMAL.withPods(PodBehavior.neverReady())).summary).toMatchObject({ outcome: SimulationOutcome.ABORTED, secondsToAbort: 601 });
  });

  test('ends with its required analyses', () => {
    expect(sim({ duration: undefined, analyses: [{ name: 'check', templateName: 'success', requiredForCompletion: true }] }).run().summary.totalSeconds).toBe(150);
  });

  test('that nothing ends is ended by a person', () => {
    const endless = sim({ duration: undefined, analyses: [] });
    expect(endless.run().summary.outcome).toBe(SimulationOutcome.UNFINISHED);
    expect(endless.run(NORMAL.withAction(ScenarioAction.promote(seconds(600)))).summary.outcome).toBe(SimulationOutcome.PROMOTED);
  });
});

describe('an initial deployment', () => {
  test('skips steps and analysis, and is done when its pods are available', () => {
    const timeline = simulation(routed({ steps: STEPS, analysis: ANALYSIS }), template('success', metric())).run(NORMAL.asInitialDeployment());
    expect(timeline.summary).toMatchObject({ outcome: SimulationOutcome.PROMOTED, totalSeconds: 10, peakPods: 10 });
    expect(timeline.measurements).toEqual([]);
  });

  test('that crashes is stuck', () => {
    const { summary } = simulation(canary({ steps: STEPS })).run(NORMAL.asInitialDeployment().withPods(PodBehavior.crashLoop()));
    expect(summary.outcome).toBe(SimulationOutcome.STUCK);
  });
});

test('minReadySeconds delay availability', () => {
  expect(simulation(routed({ steps: [{ setWeight: 10 }] }, { minReadySeconds: 30 })).run().summary.totalSeconds).toBe(80);
});
