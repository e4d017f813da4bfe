import { Duration } from 'cdk8s';
import { platformOf } from './scenarios';
import { FairwayError } from '../../src/core/diagnostics/fairway-error';
import { manifest, service } from '../support/model';
import {
  CanaryOptions, CanaryScale, HeaderMatch, Metric, MetricSeries, MetricsProvider, Replicas, RolloutStrategy, SaturatedResource, Scenario,
  Severity, Step, TrafficRouter, WebServiceProps, WorkloadSimulation,
} from 'cdk8s-fairway';

/* What a strategy cannot be, or cannot come to: names and numbers of programs gone wrong, and plans whose parts are fine and whose whole is not. */

const minute = Duration.minutes(1);
const success = Metric.successRate({ atLeast: 0.99 });
const saturation = Metric.saturation({ resource: SaturatedResource.CPU, atMost: 0.9 });
const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const canary = (more: Partial<CanaryOptions> = {}) => RolloutStrategy.canary({
  steps: [Step.weight(10), Step.pause(Duration.minutes(10))], analysis: [success], router: TrafficRouter.gatewayApi(), ...more,
});

/** The codes of a service with a strategy on Argo Rollouts. */
function delivered(strategy: RolloutStrategy, props: Partial<WebServiceProps> = {}) {
  const { platform, prod } = platformOf('argo-rollouts');
  const workload = service(platform, 'app', { host: 'app.example.com', replicas: Replicas.fixed(4), strategy, ...props });
  const findings = platform.check();
  return { platform, prod, workload, findings, codes: findings.map(finding => finding.code) };
}

describe('is refused where it is declared', () => {
  const proto = JSON.parse('{ "__proto__": { "x": 1 } }');
  test.each<[string, () => unknown, string]>([
    ['more steps than a person reads', () => canary({ steps: [...many(1000, () => Step.pause(minute)), Step.weight(1)] }), 'FW606'],
    ['more metrics than a person reads', () => canary({ analysis: many(201, i => Metric.query(`m-${i}`, { query: 'x', atMost: 1 })) }), 'FW606'],
    // eslint-disable-next-line no-sparse-arrays
    ['a hole in the steps', () => canary({ steps: [, Step.weight(1)] as Step[] }), 'FW606'],
    // eslint-disable-next-line no-sparse-arrays
    ['a hole in the metrics', () => Step.analysis([, success] as Metric[]), 'FW606'],
    // eslint-disable-next-line no-sparse-arrays
    ['a hole in the headers', () => Step.headerRoute({ name: 'own', matches: [, HeaderMatch.exact('a', 'b')] as HeaderMatch[] }), 'FW606'],
    ['a list of steps that is none', () => canary({ steps: { length: 1, 0: Step.weight(1) } as any }), 'FW606'],
    ['a route with the name of the route itself', () => Step.mirror({ name: 'primary' }), 'FW606'],
    ['an experiment on more traffic than there is', () => canary({ router: TrafficRouter.istio(), steps: [Step.weight(60), Step.experiment({ duration: minute, metrics: [saturation], weight: 25 })] }), 'FW606'],
    ['a canary that shrinks below its traffic', () => canary({ steps: [Step.weight(50), Step.scale(CanaryScale.percent(10)), Step.pause(minute)] }), 'FW606'],
    ['a plug-in with a key that cannot be printed', () => TrafficRouter.plugin('acme/mesh', { a: [proto] }), 'FW615'],
    ['a plug-in with a constructor', () => TrafficRouter.plugin('acme/mesh', { constructor: 'x' }), 'FW615'],
    ['a provider with a key that cannot be printed', () => MetricsProvider.plugin('acme/metrics', proto), 'FW211'],
    ['a metric with the name of the prototype', () => Metric.query('__proto__', { query: 'x', atMost: 1 }), 'FW608'],
  ])('%s', (_, make, code) => {
    let thrown: unknown;
    try {
      make();
    } catch (e) {
      thrown = e;
    }
    expect(FairwayError.isFairwayError(thrown) ? thrown.findings[0].code : thrown).toBe(code);
  });

  test('what just fits is not', () => {
    canary({ steps: [...many(999, () => Step.pause(minute)), Step.weight(1)], analysis: many(200, i => Metric.query(`m-${i}`, { query: 'x', atMost: 1 })) });
    canary({ router: TrafficRouter.istio(), steps: [Step.weight(60), Step.experiment({ duration: minute, metrics: [saturation], weight: 20 })] });
    canary({ steps: [Step.weight(50), Step.scale(CanaryScale.percent(50)), Step.pause(minute)] });
  });
});

describe('is found where it is delivered', () => {
  const slow = Metric.errorRate({ atMost: 0.01, interval: Duration.minutes(5) });
  const byPods = (...weights: number[]) => RolloutStrategy.canary({
    steps: weights.flatMap(weight => [Step.weight(weight), Step.pause(Duration.minutes(9))]), analysis: [saturation],
  });
  const before = (step: Step) => canary({ steps: [Step.pause(minute), step, Step.weight(10), Step.pause(Duration.minutes(10))] });
  test.each<[string, string[], () => RolloutStrategy, Partial<WebServiceProps>?]>([
    ['a verdict after the end', ['FW620'], () => canary({ analysis: [success, slow] })],
    ['a verdict at the end', [], () => canary({ analysis: [slow], steps: [Step.weight(10), Step.pause(Duration.minutes(15))] })],
    ['a verdict that a person waits for', [], () => canary({ analysis: [slow], steps: [Step.weight(10), Step.approval()] })],
    ['a twentieth of two pods', ['FW621'], () => byPods(5), { replicas: Replicas.fixed(2) }],
    ['a twentieth of ten pods', [], () => byPods(5), { replicas: Replicas.fixed(10) }],
    ['a twentieth of the lowest number of an autoscaler', ['FW621'], () => byPods(5), { replicas: Replicas.between(2, 50) }],
    ['three quarters of two pods without room, which are none', ['FW621'], () => RolloutStrategy.canary({ steps: [Step.weight(75), Step.pause(Duration.minutes(9))], analysis: [saturation], maxSurge: 0, maxUnavailable: 1 }), { replicas: Replicas.fixed(2) }],
    ['requests before there are any', ['FW622'], () => before(Step.analysis([success]))],
    ['requests before there are any, where nobody calling is fine', [], () => before(Step.analysis([Metric.successRate({ atLeast: 0.9, noData: 'pass' as any })]))],
    ['saturation before there are requests', [], () => before(Step.analysis([saturation]))],
    ['requests in the background before there are any', ['FW622'], () => canary({ steps: [Step.pause(Duration.minutes(9)), Step.weight(10), Step.pause(Duration.minutes(9))], analysisFromStep: 0 })],
    ['requests to a preview that nobody calls', ['FW622'], () => RolloutStrategy.blueGreen({ prePromotion: [success] })],
    ['requests to a preview that a test calls', [], () => RolloutStrategy.blueGreen({ prePromotion: [success, Metric.job('load', { image: 'ghcr.io/acme/load:1' })] })],
    ['a scale below the traffic', ['FW623'], () => canary({ steps: [Step.weight(50), Step.scale(CanaryScale.replicas(1)), Step.pause(Duration.minutes(9))] })],
    ['a scale below the traffic of the highest number of an autoscaler', ['FW623'], () => canary({ steps: [Step.weight(50), Step.scale(CanaryScale.replicas(5)), Step.pause(Duration.minutes(9))] }), { replicas: Replicas.between(4, 40) }],
    ['a scale that is enough', [], () => canary({ steps: [Step.weight(50), Step.scale(CanaryScale.replicas(2)), Step.pause(Duration.minutes(9))] })],
  ])('%s: %j', (_, expected, strategy, ...rest) => { // a fourth parameter would be the callback of an asynchronous test
    const { codes } = delivered(strategy(), rest[0]);
    expect(codes.filter(code => /^FW62/.test(code))).toEqual(expected);
  });

  test('what it says of a verdict after the end is so', () => {
    const { workload, prod, findings } = delivered(canary({ analysis: [slow] }));
    expect(findings.find(finding => finding.code === 'FW620')?.message)
      .toBe('The metric "error-rate" can undo the canary of "app" 900 seconds after it begins to watch, and the steps take 600 from there.');
    WorkloadSimulation.of(workload, prod).run(new Scenario({ metrics: { 'error-rate': MetricSeries.failing() } })).assertPromoted();
  });
});

test('an experiment is judged as long as it runs, and its pods stay until it is judged', () => {
  const late = Metric.saturation({ resource: SaturatedResource.CPU, atMost: 0.9, initialDelay: Duration.minutes(10) });
  const experiment = Step.experiment({ duration: Duration.minutes(3), metrics: [late] });
  const strategy = canary({ steps: [experiment, Step.weight(10), Step.pause(Duration.minutes(10))] });
  const { workload, prod } = delivered(strategy);
  expect(strategy.totalTime?.toMinutes()).toBe(24);
  const simulation = WorkloadSimulation.of(workload, prod);
  const healthy = simulation.run();
  healthy.assertPromoted({ capacityAtLeast: 1, within: Duration.minutes(27) });
  expect(healthy.measurements.filter(({ metric }) => metric === late.name)).toHaveLength(5);
  simulation.run(new Scenario({ metrics: { [late.name]: MetricSeries.failing() } })).assertAborted({ exposureBelow: 1e-9 });
});

test('tests that take their time neither miss the deadline of a release nor the pods to go back to', () => {
  const test = Metric.job('smoke', { image: 'ghcr.io/acme/smoke:1', timeout: Duration.minutes(10) });
  const { prod } = delivered(RolloutStrategy.blueGreen({ prePromotion: [test], postPromotion: [test] }));
  const { spec } = manifest(prod, 'app', 'Rollout');
  const longest = 5 * 60 + 5 * 10 * 60;
  expect(spec.progressDeadlineSeconds).toBeGreaterThan(2 * longest);
  expect(spec.strategy.blueGreen.scaleDownDelaySeconds).toBeGreaterThan(longest);
});

test('a metric may be asked in each step, and the strategy still be compared with others', () => {
  const steps = [25, 50, 75].flatMap(weight => [Step.weight(weight), Step.analysis([success])]);
  const { workload, prod, findings } = delivered(canary({ steps, analysis: undefined }));
  expect(findings.filter(finding => finding.severity === Severity.ERROR)).toEqual([]);
  const failing = new Scenario({ metrics: { 'success-rate': MetricSeries.failing() } });
  const rows = WorkloadSimulation.compare(workload, prod, failing).rows;
  expect(rows.map(row => row.outcome)).toEqual(['aborted', 'promoted', 'aborted', 'aborted', 'aborted']);
});

test('thousands of pods', () => {
  const { workload, prod } = delivered(canary(), { replicas: Replicas.fixed(5000) });
  WorkloadSimulation.of(workload, prod).run().assertPromoted({ capacityAtLeast: 1 });
});
