import { ApiObject, Chart, Duration, JsonPatch } from 'cdk8s';
import '../support/properties';
import { findingsOf } from '../support/findings';
import { expectFinding, titled } from '../support/misuse';
import { environment, image, manifest, objectsIn, service, worker } from '../support/model';
import { newPlatform } from '../support/platform';
import {
  Environment, Metric, MetricSeries, MetricsProvider, Platform, PlatformExtension, PodBehavior, Replicas, RolloutEngine, RolloutPhase, rollouts,
  RolloutStrategy, Scenario, ScheduledTask, SimulationOutcome, Steps, TrafficRouter, WebService, WebServiceProps, WorkloadSimulation,
} from 'cdk8s-fairway';

/* The simulation of a workload, from the objects that a synth writes. */

const METRICS = MetricsProvider.prometheus({ address: 'http://prometheus.monitoring:9090' });
const canary = (): RolloutStrategy => RolloutStrategy.canary({
  steps: Steps.exponential({ every: Duration.minutes(5) }),
  analysis: [Metric.errorRate({ atMost: 0.01, toleratedFailures: 0, interval: Duration.seconds(30) })],
});

interface Delivered {
  readonly platform: Platform;
  readonly prod: Environment;
  readonly checkout: WebService;
}

/** A service in an environment of a platform with Argo Rollouts. */
function checkout(props: Partial<WebServiceProps> = {}, engine?: PlatformExtension): Delivered {
  const platform = newPlatform(undefined, { rollouts: engine ?? RolloutEngine.argoRollouts() });
  const prod = environment(platform, 'prod', { metrics: METRICS });
  return { platform, prod, checkout: service(platform, 'checkout', { replicas: Replicas.fixed(100), strategy: canary(), ...props }) };
}

/** The Rollout of checkout, to be patched. */
function rolloutIn(prod: Environment): ApiObject {
  return objectsIn(prod.node.findChild('checkout') as Chart, 'Rollout')[0];
}

test('three lines say that a bad release is undone before it has served many', () => {
  const { checkout: workload, prod } = checkout();

  const timeline = WorkloadSimulation.of(workload, prod).run(
    new Scenario({ metrics: { 'error-rate': MetricSeries.step({ from: 0, to: 0.05, at: Duration.minutes(3) }) } }));
  timeline.assertAborted({ exposureBelow: 0.02, within: Duration.minutes(5) });

  expect(() => timeline.assertPromoted()).toThrow(/FW820/);
});

describe('what is simulated', () => {
  test('a canary with its steps, pods and metrics, as the Rollout has them', () => {
    const { checkout: workload, prod } = checkout();
    const simulation = WorkloadSimulation.of(workload, prod);
    expect(simulation.name).toBe('checkout');
    expect(simulation.metricNames).toEqual(['error-rate']);
    const timeline = simulation.run();
    timeline.assertPromoted({ capacityAtLeast: 1 });
    const steps = manifest(prod, 'checkout', 'Rollout').spec.strategy.canary.steps;
    expect(timeline.states.at(-1)).toMatchObject({ replicas: 100, stepIndex: steps.length, phase: RolloutPhase.HEALTHY });
  });

  test('blue-green delivery with analysis before the switch', () => {
    const strategy = RolloutStrategy.blueGreen({ prePromotion: [Metric.errorRate({ atMost: 0.01 })] });
    const { checkout: workload, prod } = checkout({ replicas: Replicas.fixed(4), strategy });
    const simulation = WorkloadSimulation.of(workload, prod);
    simulation.run().assertPromoted();
    const bad = simulation.run(new Scenario({ metrics: { 'error-rate': MetricSeries.constant(1) } }));
    bad.assertAborted({ exposureBelow: 1e-9 });
  });

  test('a rolling update of a Deployment, in batches of its surge', () => {
    const strategy = RolloutStrategy.rollingUpdate({ maxSurge: 3, maxUnavailable: 1 });
    const { checkout: workload, prod } = checkout({ replicas: Replicas.fixed(10), strategy });
    const timeline = WorkloadSimulation.of(workload, prod).run(new Scenario({ pods: PodBehavior.ready({ startup: Duration.seconds(5) }) }));
    timeline.assertPromoted();
    expect(timeline.summary).toMatchObject({ peakPods: 13, worstAvailablePods: 9 });
    expect(Math.max(...timeline.states.map(state => state.stablePods + state.canaryPods))).toBe(13);
  });

  test('a rolling update that cannot start is stuck after the progress deadline of the Deployment, and keeps serving', () => {
    const { checkout: workload, prod } = checkout({ replicas: Replicas.fixed(10), strategy: RolloutStrategy.rollingUpdate({ maxSurge: 2 }) });
    const timeline = WorkloadSimulation.of(workload, prod).run(new Scenario({ pods: PodBehavior.neverReady() }));
    timeline.assertOutcome(SimulationOutcome.STUCK);
    timeline.assertCapacity(1);
    const deadline = manifest(prod, 'checkout', 'Deployment').spec.progressDeadlineSeconds;
    const timedOut = timeline.states.find(state => state.phase === RolloutPhase.DEGRADED)?.seconds;
    expect(timedOut).toBeGreaterThanOrEqual(deadline);
    expect(timedOut).toBeLessThan(deadline + 30);
  });

  test('the minimum of an autoscaler, where that decides on the number', () => {
    for (const strategy of [canary(), RolloutStrategy.rollingUpdate()]) {
      const { checkout: workload, prod } = checkout({ replicas: Replicas.between(7, 20), strategy });
      expect(WorkloadSimulation.of(workload, prod).run().states[0].replicas).toBe(7);
      expect(WorkloadSimulation.of(workload, prod).run(new Scenario().withReplicas(12)).states[0].replicas).toBe(12);
    }
  });

  test('a worker', () => {
    const platform = newPlatform();
    const prod = environment(platform);
    WorkloadSimulation.of(worker(platform, 'mailer', { replicas: Replicas.fixed(3) }), prod).run().assertPromoted();
  });

  test('what was patched after lowering', () => {
    const { platform, checkout: workload, prod } = checkout();
    platform.lower();
    rolloutIn(prod).addJsonPatch(JsonPatch.replace('/spec/replicas', 17));
    expect(WorkloadSimulation.of(workload, prod).run().states[0].replicas).toBe(17);
  });

  test('the same in another environment of the same kind', () => {
    const { platform, checkout: workload, prod } = checkout();
    const dev = environment(platform, 'dev', { metrics: METRICS });
    expect(WorkloadSimulation.of(workload, dev).run().toJson()).toEqual(WorkloadSimulation.of(workload, prod).run().toJson());
  });

  test('a template that stands beside the workloads', () => {
    const { platform, checkout: workload, prod } = checkout();
    platform.lower();
    const shared = { apiVersion: 'argoproj.io/v1alpha1', kind: 'ClusterAnalysisTemplate', metadata: { name: 'smoke' } };
    new ApiObject(new Chart(platform, 'shared'), 'smoke', { ...shared, spec: { metrics: [{ name: 'smoke', provider: { web: { url: 'http://smoke', jsonPath: '{$.ok}' } }, successCondition: 'result == 1' }] } });
    rolloutIn(prod).addJsonPatch(JsonPatch.add('/spec/strategy/canary/steps/0', { analysis: { templates: [{ templateName: 'smoke', clusterScope: true }] } }));
    const simulation = WorkloadSimulation.of(workload, prod);
    expect(simulation.metricNames).toEqual(['error-rate', 'smoke']);
    simulation.run(new Scenario({ metrics: { smoke: MetricSeries.constant(0) } })).assertAborted({ exposureBelow: 1e-9 });
  });

  test('by the rules of the version that the platform declares', () => {
    // Up to 1.9 each side has its minimum of pods even where fewer are wanted at all (utils/replicaset/canary.go).
    const strategy = RolloutStrategy.canary({ steps: Steps.linear({ increment: 50, every: Duration.minutes(1) }), router: TrafficRouter.istio() });
    const mostPods = (version: rollouts.RolloutsVersion) => {
      const { platform, checkout: workload, prod } = checkout({ replicas: Replicas.fixed(2), strategy }, RolloutEngine.argoRollouts({ version }));
      platform.lower();
      rolloutIn(prod).addJsonPatch(JsonPatch.add('/spec/strategy/canary/minPodsPerReplicaSet', 3));
      return Math.max(...WorkloadSimulation.of(workload, prod).run().states.map(state => state.canaryPods));
    };
    expect(mostPods(rollouts.RolloutsVersion.V1_9)).toBe(3);
    expect(mostPods(rollouts.RolloutsVersion.V1_10)).toBe(2);
  });

  test('the same each time', () => {
    const of = () => {
      const { checkout: workload, prod } = checkout();
      return WorkloadSimulation.of(workload, prod).run().toJson();
    };
    expect(of()).toEqual(of());
  });
});

describe('a comparison', () => {
  const BAD = new Scenario({ metrics: { 'error-rate': MetricSeries.constant(0.5) } });

  test('has the own strategy first, and what else could be chosen', () => {
    const { checkout: workload, prod } = checkout();
    const comparison = WorkloadSimulation.compare(workload, prod);
    expect(comparison.rows.map(row => row.name)).toEqual(['own: canary by replicas', 'rolling update', 'linear canary', 'cautious canary', 'blue-green']);
    expect(comparison.rows.every(row => row.outcome === SimulationOutcome.PROMOTED)).toBe(true);
    expect(comparison.timeline('own: canary by replicas').toJson()).toEqual(WorkloadSimulation.of(workload, prod).run().toJson());
    const row = (name: string) => comparison.rows.find(one => one.name === name)!;
    expect(row('blue-green').extraPods).toBe(100);
    expect(row('cautious canary').totalSeconds).toBeGreaterThanOrEqual(3600);
    expect(row('linear canary').totalSeconds).toBeGreaterThanOrEqual(1200);
    expect(row('rolling update').totalSeconds).toBeLessThan(row('linear canary').totalSeconds);
  });

  test('judges all but the rolling update by the metrics of the workload', () => {
    const { checkout: workload, prod } = checkout();
    const comparison = WorkloadSimulation.compare(workload, prod, BAD);
    expect(Object.fromEntries(comparison.rows.map(row => [row.name, row.outcome]))).toEqual({
      'own: canary by replicas': 'aborted', 'rolling update': 'promoted', 'linear canary': 'aborted', 'cautious canary': 'aborted', 'blue-green': 'aborted',
    });
    const exposure = (name: string) => comparison.rows.find(row => row.name === name)!.exposure;
    expect(exposure('cautious canary')).toBeLessThan(exposure('linear canary'));
    expect(exposure('linear canary')).toBeLessThan(exposure('blue-green'));
  });

  test('of blue-green delivery measures in the background of canaries until their end', () => {
    const strategy = RolloutStrategy.blueGreen({ postPromotion: [Metric.errorRate({ atMost: 0.01, samples: 2, toleratedFailures: 0 })] });
    const { checkout: workload, prod } = checkout({ replicas: Replicas.fixed(10), strategy });
    const late = new Scenario({ metrics: { 'error-rate': MetricSeries.step({ from: 0, to: 1, at: Duration.minutes(15) }) } });
    const rows = WorkloadSimulation.compare(workload, prod, late).rows;
    expect(rows.map(row => [row.name, row.outcome])).toEqual([
      ['own: blue-green', 'promoted'], ['rolling update', 'promoted'], ['linear canary', 'aborted'], ['cautious canary', 'aborted'], ['blue-green', 'promoted'],
    ]);
  });

  test('of a rolling update has it once', () => {
    const { checkout: workload, prod } = checkout({ replicas: Replicas.fixed(3), strategy: RolloutStrategy.rollingUpdate() });
    expect(WorkloadSimulation.compare(workload, prod).rows.map(row => row.name)).toEqual(['own: rolling update', 'linear canary', 'cautious canary', 'blue-green']);
  });
});

test('a report knows the steps and the thresholds', () => {
  const { checkout: workload, prod } = checkout();
  const svg = WorkloadSimulation.report(workload, prod, WorkloadSimulation.of(workload, prod).run()).toSvg();
  expect(svg).toContain('checkout in prod, canary by replicas');
  expect(svg).toContain('pause 5 min');
  expect(svg).toContain('threshold 0.01');
});

describe('what cannot be simulated', () => {
  const anything = (value: unknown) => value as never;

  test.each(titled<unknown>([undefined, null, 0, 'checkout', {}, [], () => 1]))('no workload: %s', (_, value) => {
    const { prod, platform } = checkout();
    expectFinding(() => WorkloadSimulation.of(anything(value), prod), 'FW831', '');
    expectFinding(() => WorkloadSimulation.compare(anything(platform), prod), 'FW831', '');
  });

  test.each(titled<unknown>([undefined, null, 'prod', {}, []]))('no environment: %s', (_, value) => {
    const { checkout: workload } = checkout();
    expectFinding(() => WorkloadSimulation.of(workload, anything(value)), 'FW831', 'checkout');
    expectFinding(() => WorkloadSimulation.of(workload, anything(workload)), 'FW831', 'checkout');
  });

  test('an environment of another platform', () => {
    expect(expectFinding(() => WorkloadSimulation.of(checkout().checkout, checkout().prod), 'FW831').message).toBe('The environment "prod" belongs to another platform.');
  });

  test('an environment in which it does not run', () => {
    const { platform, prod } = checkout();
    const dev = environment(platform, 'dev', { metrics: METRICS });
    const cart = service(platform, 'cart', { environments: [prod] });
    expect(expectFinding(() => WorkloadSimulation.of(cart, dev), 'FW832', 'cart')).toMatchObject({
      message: 'The workload "cart" does not run in the environment "dev".', remedy: 'It runs in "prod".',
    });
  });

  test('a workload that is recreated', () => {
    const { checkout: workload, prod } = checkout({ replicas: Replicas.fixed(1), strategy: RolloutStrategy.recreate('it must never run twice') });
    expectFinding(() => WorkloadSimulation.of(workload, prod), 'FW833', 'prod/checkout');
  });

  test('a rollout that Flagger carries out', () => {
    const { checkout: workload, prod } = checkout({
      strategy: RolloutStrategy.blueGreen({ prePromotion: [Metric.errorRate({ atMost: 0.01 })] }),
    }, RolloutEngine.flagger());
    expectFinding(() => WorkloadSimulation.of(workload, prod), 'FW834', 'prod/checkout');
  });

  test('a task', () => {
    const platform = newPlatform();
    const prod = environment(platform);
    const task = new ScheduledTask(platform, 'report', { image: image(), schedule: '0 3 * * *', timeZone: 'Etc/UTC' });
    expect(expectFinding(() => WorkloadSimulation.of(task, prod), 'FW835', 'prod/report').message).toBe('The workload "report" has no Rollout and no Deployment, but "CronJob".');
  });

  test('a strategy that the engine refuses: its own errors are given, instead of the timeline of something else', () => {
    const { checkout: workload, prod } = checkout({}, RolloutEngine.kubernetes());
    const codes = findingsOf(() => WorkloadSimulation.of(workload, prod)).map(finding => finding.code);
    expect(codes.length).toBeGreaterThan(0);
    expect(codes.every(code => /^FW6/.test(code))).toBe(true);
  });

  test('a metric that it has not', () => {
    const { checkout: workload, prod } = checkout();
    const scenario = new Scenario({ metrics: { 'eror-rate': MetricSeries.constant(1) } });
    expect(expectFinding(() => WorkloadSimulation.of(workload, prod).run(scenario), 'FW812').message).toContain('Did you mean "error-rate"?');
    expectFinding(() => WorkloadSimulation.compare(workload, prod, scenario), 'FW812');
  });
});
