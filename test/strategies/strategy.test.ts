import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { Metric, NoData, Promotion, RolloutStrategy, Step, Steps, TrafficRouter } from 'cdk8s-fairway';

const five = Duration.minutes(5);
const weightsOf = (steps: Step[]) => steps.flatMap(({ _plan }) => _plan.kind === 'weight' ? [_plan.weight] : []);

describe('presets', () => {
  test.each([
    [20, [20, 40, 60, 80]],
    [25, [25, 50, 75]],
    [30, [30, 60, 90]],
    [50, [50]],
    [99, [99]],
    [1, Array.from({ length: 99 }, (_, i) => i + 1)],
  ])('linear by %d', (increment, weights) => {
    expect(weightsOf(Steps.linear({ increment, every: five }))).toEqual(weights);
  });

  test.each([
    [{}, [1, 2, 4, 8, 16, 32, 64]],
    [{ first: 5 }, [5, 10, 20, 40, 80]],
    [{ first: 1, factor: 10 }, [1, 10]],
    [{ first: 1, factor: 1.2 }, weightsOf(Steps.exponential({ first: 1, factor: 1.2, every: five }))],
    [{ first: 99 }, [99]],
  ])('exponential %j', (options, weights) => {
    expect(weightsOf(Steps.exponential({ ...options, every: five }))).toEqual(weights);
  });

  test('grow, whatever the size: every sequence is a canary that is accepted', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 99 }), fc.double({ min: 1.001, max: 100, noNaN: true }), (size, factor) => {
      for (const steps of [Steps.linear({ increment: size, every: five }), Steps.exponential({ first: size, factor, every: five })]) {
        const weights = weightsOf(steps);
        expect(weights).toEqual([...new Set(weights)].sort((a, b) => a - b));
        expect(weights.every(weight => weight >= 1 && weight <= 99)).toBe(true);
        expect(() => RolloutStrategy.canary({ steps })).not.toThrow();
      }
    }));
  });

  test('say their total time', () => {
    const minutes = (strategy: RolloutStrategy) => strategy.totalTime?.toMinutes();
    expect(minutes(RolloutStrategy.canary({ steps: Steps.linear({ increment: 20, every: five }) }))).toBe(20);
    expect(minutes(RolloutStrategy.canary({ steps: Steps.exponential({ every: five }) }))).toBe(35);
    expect(minutes(RolloutStrategy.canary({ steps: Steps.cautious() }))).toBe(60);
    expect(minutes(RolloutStrategy.rollingUpdate())).toBe(0);
  });
});

describe('total time', () => {
  const metric = Metric.successRate({ atLeast: 0.99, interval: Duration.minutes(1), samples: 5 });

  test.each([
    ['a step with analysis: one delay and four intervals', RolloutStrategy.canary({ steps: [Step.weight(10), Step.analysis([metric])] }), 300],
    ['the slower of experiment and metrics', RolloutStrategy.canary({ steps: [Step.experiment({ duration: Duration.minutes(2), metrics: [metric] })] }), 300],
    ['a wait before the promotion', RolloutStrategy.canary({ steps: [Step.weight(10)], promotion: Promotion.after(Duration.minutes(3)) }), 180],
    ['blue-green: before, wait, after', RolloutStrategy.blueGreen({ prePromotion: [metric], promotion: Promotion.after(Duration.minutes(1)), postPromotion: [metric] }), 660],
  ])('%s', (_, strategy, seconds) => {
    expect(strategy.totalTime?.toSeconds()).toBe(seconds);
  });

  test.each([
    ['an approval', RolloutStrategy.canary({ steps: [Step.weight(10), Step.approval()] })],
    ['a promotion by a person', RolloutStrategy.canary({ steps: [Step.weight(10)], promotion: Promotion.approval() })],
    ['a blue-green promotion by a person', RolloutStrategy.blueGreen({ promotion: Promotion.approval() })],
  ])('nobody knows how long %s takes', (_, strategy) => {
    expect(strategy.totalTime).toBeUndefined();
  });
});

describe('defaults', () => {
  test('of a routed canary: pods stay a minute to go back to, and each side has two', () => {
    const analysis = [Metric.errorRate({ atMost: 0.01 })];
    expect(RolloutStrategy.canary({ steps: [Step.weight(5), Step.pause(five)], router: TrafficRouter.gatewayApi(), analysis })._plan).toEqual({
      kind: 'canary',
      steps: [{ kind: 'weight', weight: 5 }, { kind: 'pause', seconds: 300 }],
      router: { kind: 'gateway-api' },
      analysis: [{
        name: 'error-rate',
        measure: { kind: 'error-rate' },
        threshold: { kind: 'at-most', value: 0.01 },
        intervalSeconds: 60,
        initialDelaySeconds: 60,
        samples: 5,
        toleratedFailures: 2,
        noData: NoData.FAIL,
      }],
      analysisFromStep: 1,
      maxSurge: '25%',
      maxUnavailable: 0,
      dynamicStableScale: false,
      minPodsPerSide: 2,
      scaleDownDelaySeconds: 60,
      abortScaleDownDelaySeconds: 60,
    });
  });

  test('of a blue-green: the old pods outlast what is judged after the switch', () => {
    const strategy = RolloutStrategy.blueGreen({ postPromotion: [Metric.successRate({ atLeast: 0.99, interval: five, samples: 10 })] });
    expect(strategy._plan).toMatchObject({ kind: 'blue-green', scaleDownDelaySeconds: 3060, abortScaleDownDelaySeconds: 60, promotion: { kind: 'automatic' } });
  });

  test('dynamic stable scale leaves out both delays, which the controller refuses or hangs on', () => {
    const { scaleDownDelaySeconds, abortScaleDownDelaySeconds } = RolloutStrategy.canary({
      steps: [Step.weight(5)], router: TrafficRouter.istio(), dynamicStableScale: true,
    })._plan as { scaleDownDelaySeconds?: number; abortScaleDownDelaySeconds?: number };
    expect([scaleDownDelaySeconds, abortScaleDownDelaySeconds]).toEqual([undefined, undefined]);
  });

  test('a latency of milliseconds is seconds in the plan, and names itself', () => {
    const metric = Metric.latency({ percentile: 99.9, below: Duration.millis(250) });
    expect(metric.name).toBe('latency-p99-9');
    expect(metric._plan.threshold).toEqual({ kind: 'at-most', value: 0.25 });
  });
});
