import { Simulation } from '../../src/simulation';

/** A Prometheus metric that wants `result[0] >= 0.95`. */
export function metric(more: Record<string, unknown> = {}): Record<string, unknown> {
  return { name: 'success-rate', interval: '60s', successCondition: 'result[0] >= 0.95', provider: { prometheus: { address: 'http://prometheus', query: 'q' } }, ...more };
}

/** An AnalysisTemplate. */
export function template(name: string, ...metrics: Array<Record<string, unknown>>): Record<string, unknown> {
  return { apiVersion: 'argoproj.io/v1alpha1', kind: 'AnalysisTemplate', metadata: { name }, spec: { metrics } };
}

/** A Rollout with a canary. */
export function canary(canarySpec: Record<string, unknown>, spec: Record<string, unknown> = {}): Record<string, unknown> {
  return { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'web' }, spec: { replicas: 10, strategy: { canary: canarySpec }, ...spec } };
}

/** A Rollout with a blue-green. */
export function blueGreen(blueGreenSpec: Record<string, unknown> = {}, spec: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name: 'web' },
    spec: { replicas: 4, strategy: { blueGreen: { activeService: 'web', previewService: 'web-preview', ...blueGreenSpec } }, ...spec },
  };
}

/** A canary behind a router. */
export function routed(canarySpec: Record<string, unknown>, spec: Record<string, unknown> = {}): Record<string, unknown> {
  return canary({ canaryService: 'web-canary', stableService: 'web-stable', trafficRouting: { istio: { virtualService: { name: 'web' } } }, ...canarySpec }, spec);
}

export function simulation(rollout: unknown, ...analysisTemplates: unknown[]): Simulation {
  return Simulation.of({ rollout, analysisTemplates });
}
