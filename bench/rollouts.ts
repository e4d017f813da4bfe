import { Duration } from 'cdk8s';
import { MetricSeries, Scenario, Simulation } from 'cdk8s-fairway';

/* A canary of thirty minutes: ten steps of three minutes, ten pods behind a router, and two metrics watched each minute. */

const ROLLOUT = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name: 'checkout' },
  spec: {
    replicas: 10,
    minReadySeconds: 10,
    selector: { matchLabels: { app: 'checkout' } },
    template: { metadata: { labels: { app: 'checkout' } }, spec: { containers: [{ name: 'checkout', image: 'checkout:2' }] } },
    strategy: {
      canary: {
        stableService: 'checkout',
        canaryService: 'checkout-canary',
        trafficRouting: { plugins: { 'argoproj-labs/gatewayAPI': { httpRoute: 'checkout', namespace: 'shop' } } },
        analysis: { templates: [{ templateName: 'checkout' }], startingStep: 1 },
        steps: [5, 10, 20, 30, 40, 50, 60, 70, 80, 90].flatMap(weight => [{ setWeight: weight }, { pause: { duration: '3m' } }]),
      },
    },
  },
};

const ANALYSIS = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AnalysisTemplate',
  metadata: { name: 'checkout' },
  spec: {
    metrics: ['success-rate', 'availability'].map(name => ({
      name,
      interval: '1m',
      failureLimit: 2,
      successCondition: 'len(result) > 0 && !isNaN(result[0]) && result[0] >= 0.99',
      provider: { prometheus: { address: 'http://prometheus:9090', query: 'vector(1)' } },
    })),
  },
};

/** Milliseconds for one simulated rollout, once the code is warm; and the same with a version that is aborted in the middle. */
export function simulatedRollouts(): { promoted_ms: number; aborted_ms: number; per_second: number; minutes: number } {
  const simulation = Simulation.of({ rollout: ROLLOUT, analysisTemplates: [ANALYSIS] });
  const bad = new Scenario({ metrics: { 'success-rate': MetricSeries.step({ from: 1, to: 0.9, at: Duration.minutes(10) }) } });
  const promoted = milliseconds(() => simulation.run());
  const aborted = milliseconds(() => simulation.run(bad));
  return { promoted_ms: promoted, aborted_ms: aborted, per_second: 1000 / promoted, minutes: simulation.run().summary.totalSeconds / 60 };
}

function milliseconds(run: () => unknown): number {
  const rounds = 1000;
  for (let i = 0; i < rounds; i++) {
    run();
  }
  const started = performance.now();
  for (let i = 0; i < rounds; i++) {
    run();
  }
  return (performance.now() - started) / rounds;
}
