import type { MetricPlan } from '../plan';

/** Two scrapes, 30 seconds apart, lie within it: `rate()` needs two. */
const SHORTEST = 60;

/** The seconds that a sample looks back over: the interval of the metric, but never less than two usual scrapes. */
export function lookBackSeconds(metric: MetricPlan): number {
  return Math.max(SHORTEST, metric.intervalSeconds);
}
