import type { MetricPlan, PromotionPlan, StepPlan, StrategyPlan } from './plan';

/** Seconds that a strategy takes when nothing goes wrong, beyond the starts of pods; nothing when a person is waited for. */
export function totalSeconds(strategy: StrategyPlan): number | undefined {
  switch (strategy.kind) {
    case 'rolling': return 0;
    case 'recreate': return 0;
    case 'canary': return stepsSeconds(strategy.steps);
    case 'blue-green': {
      return [analysisSeconds(strategy.prePromotion), promotionSeconds(strategy.promotion), analysisSeconds(strategy.postPromotion)].reduce(sum, 0);
    }
  }
}

/** Seconds that steps take; nothing when a person is waited for. */
export function stepsSeconds(steps: StepPlan[]): number | undefined {
  return steps.map(stepSeconds).reduce(sum, 0);
}

/** How long an analysis of metrics takes: as long as the slowest of them. */
export function analysisSeconds(metrics: MetricPlan[]): number {
  return Math.max(0, ...metrics.map(metric => metric.initialDelaySeconds + metric.intervalSeconds * (metric.samples - 1)));
}

/**
 * How long an analysis may take when its tests and requests use all of their time: the next sample waits for the one before
 * (argo-rollouts analysis/analysis.go, generateMetricTasks).
 */
export function slowestAnalysisSeconds(metrics: MetricPlan[]): number {
  return Math.max(0, ...metrics.map(metric => analysisSeconds([metric]) + metric.samples * ('timeoutSeconds' in metric.measure ? metric.measure.timeoutSeconds : 0)));
}

/** The metrics of an experiment, with as many samples as its whole time needs. */
export function sampledThroughout(metrics: MetricPlan[], seconds: number): MetricPlan[] {
  return metrics.map(metric => ({
    ...metric, samples: Math.max(metric.samples, 1 + Math.ceil((seconds - metric.initialDelaySeconds) / metric.intervalSeconds)),
  }));
}

function promotionSeconds(promotion: PromotionPlan): number | undefined {
  switch (promotion.kind) {
    case 'automatic': return 0;
    case 'after': return promotion.seconds;
    case 'approval': return undefined;
  }
}

function stepSeconds(step: StepPlan): number | undefined {
  switch (step.kind) {
    case 'pause': return step.seconds;
    case 'approval': return undefined;
    case 'analysis': return analysisSeconds(step.metrics);
    case 'experiment': return analysisSeconds(sampledThroughout(step.metrics, step.seconds));
    default: return 0;
  }
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}
