import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { blueGreen, canary, metric, routed, simulation, template } from './support';
import { FairwayError } from '../../src/core/diagnostics/fairway-error';
import { MetricSeries, PodBehavior, Scenario, ScenarioAction, Simulation, Timeline } from '../../src/simulation';
import { fenceposts } from '../../src/simulation/replicas';

const ANALYSIS = { templates: [{ templateName: 'success' }] };
const TEMPLATE = template('success', metric({ count: 5, failureCondition: 'result[0] < 0.5', inconclusiveLimit: 1 }));

const time = fc.integer({ min: 0, max: 2000 }).map(seconds => Duration.seconds(seconds));
const span = fc.integer({ min: 1, max: 2000 }).map(seconds => Duration.seconds(seconds));
const step = fc.oneof(
  fc.record({ setWeight: fc.integer({ min: 0, max: 100 }) }),
  fc.record({ pause: fc.oneof(fc.constant({}), fc.record({ duration: fc.integer({ min: 0, max: 900 }) })) }),
  fc.constant({ analysis: ANALYSIS }),
);
const routedStep = fc.oneof(step, fc.record({
  setCanaryScale: fc.oneof(fc.record({ replicas: fc.integer({ min: 0, max: 30 }) }), fc.record({ weight: fc.integer({ min: 0, max: 100 }) }),
    fc.constant({ matchTrafficWeight: true })),
}), fc.constant({ experiment: { duration: '2m', templates: [{ name: 'a', specRef: 'canary' }] } }));
const spec = fc.record({
  replicas: fc.integer({ min: 0, max: 25 }),
  progressDeadlineAbort: fc.boolean(),
  minReadySeconds: fc.integer({ min: 0, max: 30 }),
  rollbackWindow: fc.constantFrom(undefined, { revisions: 2 }),
});
const size = fc.oneof(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 0, max: 100 }).map(percent => `${percent}%`));
const basic = fc.record({ steps: fc.array(step, { maxLength: 6 }), maxSurge: size, maxUnavailable: size })
  .filter(({ maxSurge, maxUnavailable }) => parseInt(String(maxSurge), 10) + parseInt(String(maxUnavailable), 10) > 0);
const strategies: fc.Arbitrary<unknown> = fc.oneof(
  fc.tuple(basic, spec).map(([strategy, rollout]) => canary(strategy, rollout)),
  fc.tuple(fc.record({
    steps: fc.array(routedStep, { maxLength: 8 }),
    dynamicStableScale: fc.boolean(),
    abortScaleDownDelaySeconds: fc.constantFrom(undefined, 0, 40),
    minPodsPerReplicaSet: fc.constantFrom(undefined, 2),
    analysis: fc.constantFrom(undefined, ANALYSIS),
  }), spec).map(([strategy, rollout]) => routed(strategy, rollout)),
  fc.tuple(fc.record({
    autoPromotionEnabled: fc.boolean(),
    autoPromotionSeconds: fc.constantFrom(0, 60),
    previewReplicaCount: fc.constantFrom(undefined, 1),
    scaleDownDelaySeconds: fc.constantFrom(undefined, 300),
    prePromotionAnalysis: fc.constantFrom(undefined, ANALYSIS),
    postPromotionAnalysis: fc.constantFrom(undefined, ANALYSIS),
  }), spec).map(([strategy, rollout]) => blueGreen(strategy, rollout)),
);
const pods = fc.oneof(
  time.map(startup => PodBehavior.ready({ startup })), fc.constant(PodBehavior.neverReady()),
  time.map(readyFor => PodBehavior.crashLoop({ readyFor })),
  fc.tuple(span, span).map(([up, down]) => PodBehavior.flapping({ up, down })),
);
const action = fc.oneof(
  time.map(ScenarioAction.promote), time.map(ScenarioAction.promoteFull), time.map(ScenarioAction.abort), time.map(ScenarioAction.retry),
  time.map(ScenarioAction.pause),
  time.map(ScenarioAction.resume), time.map(ScenarioAction.rollback), time.map(ScenarioAction.restartController),
  fc.tuple(time, pods).map(([at, behavior]) => ScenarioAction.deploy(at, { pods: behavior })),
  fc.tuple(time, fc.integer({ min: 0, max: 40 })).map(([at, count]) => ScenarioAction.scale(at, count)),
);
const series = fc.oneof(
  fc.constantFrom(MetricSeries.passing(), MetricSeries.failing(), MetricSeries.noData(), MetricSeries.providerError(), MetricSeries.constant(0.7)),
  fc.integer().map(seed => MetricSeries.noise({ mean: 0.9, deviation: 0.2, seed })),
);
const scenarios = fc.tuple(fc.boolean(), pods, pods, series,
  fc.array(action, { maxLength: 6 })).map(([initialDeployment, ours, theirs, values, actions]) => ({
  scenario: new Scenario({ initialDeployment, pods: ours, stablePods: theirs, actions, limit: Duration.hours(3) }), values,
}));

function run(sim: Simulation, { scenario, values }: { scenario: Scenario; values: MetricSeries }): Timeline {
  return sim.run(sim.metricNames.length > 0 ? scenario.withMetric('success-rate', values) : scenario);
}

test('whatever happens, time goes on, weights are within bounds, counts are whole, and the same input gives the same timeline', () => {
  fc.assert(fc.property(strategies, scenarios, (rollout, around) => {
    const sim = simulation(rollout, TEMPLATE);
    const timeline = run(sim, around);
    const { states, events, measurements, summary } = timeline;
    for (const list of [states, events, measurements]) {
      list.forEach((one, i) => expect(one.seconds).toBeGreaterThanOrEqual(i === 0 ? 0 : list[i - 1].seconds));
    }
    expect(states[0].seconds).toBe(0);
    for (const state of states) {
      expect(state.weight).toBeGreaterThanOrEqual(0);
      expect(state.weight).toBeLessThanOrEqual(100);
      for (const count of [state.stablePods, state.canaryPods, state.olderPods, state.available, state.replicas]) {
        expect(Number.isInteger(count) && count >= 0).toBe(true);
      }
      expect(state.stableAvailable).toBeLessThanOrEqual(state.stablePods);
      expect(state.canaryAvailable).toBeLessThanOrEqual(state.canaryPods);
    }
    for (const share of [summary.exposure, summary.worstCapacity]) {
      expect(share >= 0 && share <= 1).toBe(true);
    }
    expect(summary.totalSeconds).toBeLessThanOrEqual(3 * 3600);
    expect(summary.settledSeconds).toBeGreaterThanOrEqual(summary.totalSeconds);
    expect(summary.exposedRequests).toBeLessThanOrEqual(summary.requests + 1e-6);
    expect(run(simulation(rollout, TEMPLATE), around).toJson()).toEqual(timeline.toJson());
  }), { numRuns: 300 });
});

test('without a router there are never fewer available pods than maxUnavailable allows, nor more than maxSurge, even where new pods never start', () => {
  fc.assert(fc.property(basic, fc.integer({ min: 1, max: 30 }), pods, fc.array(fc.oneof(time.map(ScenarioAction.promote),
    time.map(ScenarioAction.retry)), { maxLength: 3 }), (strategy, replicas, behavior, actions) => {
    const sim = simulation(canary(strategy, { replicas }), TEMPLATE);
    // Pods that fail after they were available take capacity with them; that is not the strategy's doing.
    const steady = behavior._timing.up === 0 ? behavior : PodBehavior.ready();
    const { states } = sim.run(new Scenario({ pods: steady, actions }));
    const parsed = (value: string | number): { count: number } | { percent: number } => (typeof value === 'number' ? { count: value } : { percent: parseInt(value, 10) });
    const { surge, unavailable } = fenceposts(parsed(strategy.maxSurge), parsed(strategy.maxUnavailable), replicas);
    for (const state of states) {
      expect(state.available).toBeGreaterThanOrEqual(replicas - unavailable);
      expect(state.stablePods + state.canaryPods + state.olderPods).toBeLessThanOrEqual(replicas + surge);
    }
  }), { numRuns: 300 });
});

test('behind a router the stable pods are all there until the promotion', () => {
  fc.assert(fc.property(fc.array(step, { maxLength: 6 }), fc.integer({ min: 1, max: 30 }), pods, series, (steps, replicas, behavior, values) => {
    const timeline = run(simulation(routed({ steps }, { replicas }), TEMPLATE),
      { scenario: new Scenario({ pods: behavior, limit: Duration.hours(3) }), values });
    const promoted = timeline.events.find(event => event.kind === 'promoted')?.seconds ?? Infinity;
    for (const state of timeline.states.filter(one => one.seconds < promoted)) {
      expect(state.stableAvailable).toBe(replicas);
    }
  }), { numRuns: 200 });
});

test('an object of any kind is either simulated or refused with a finding', () => {
  const value = fc.oneof({ depthSize: 'small' }, fc.jsonValue(), fc.constantFrom(undefined, NaN, Infinity, -0, 2 ** 53, '', '5%', '1h', 10n, Symbol('s')));
  const hostile = fc.record({
    replicas: value,
    minReadySeconds: value,
    progressDeadlineSeconds: value,
    paused: value,
    rollbackWindow: value,
    strategy: fc.oneof(value, fc.record({
      canary: fc.oneof(value, fc.record({
        steps: fc.oneof(value, fc.array(fc.oneof(value, fc.record({ pause: value }), fc.record({ setWeight: value }),
          fc.record({ setCanaryScale: value }), fc.record({ analysis: value }), fc.record({ experiment: value })))),
        maxSurge: value,
        analysis: value,
        trafficRouting: value,
        dynamicStableScale: value,
        replicaProgressThreshold: value,
      }, { requiredKeys: [] })),
    }), fc.record({
      blueGreen: fc.oneof(value,
        fc.record({ activeService: value, previewReplicaCount: value, prePromotionAnalysis: value }, { requiredKeys: [] })),
    })),
  }, { requiredKeys: ['strategy'] });
  fc.assert(fc.property(hostile, fc.oneof(fc.constant(undefined), value), (rollout, templates) => {
    try {
      const timeline = Simulation.of({ rollout: { kind: 'Rollout', spec: rollout }, analysisTemplates: templates as never }).run(new Scenario({ limit: Duration.hours(1) }));
      expect(timeline.states.length).toBeGreaterThan(0);
    } catch (e) {
      if (!FairwayError.isFairwayError(e)) {
        throw e;
      }
      expect(e.findings[0].code).toMatch(/^FW80[1-5]$/);
    }
  }), { numRuns: 2000 });
});

test('huge counts are as quick as small ones', () => {
  const timeline = simulation(routed({ steps: [{ setWeight: 33 }, { pause: { duration: 60 } }] }, { replicas: 1_000_000_000 })).run();
  expect(timeline.summary.peakPods).toBe(2_000_000_000);
});
