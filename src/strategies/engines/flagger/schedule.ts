import type { BlueGreenPlan, CanaryPlan, MetricPlan } from '../../plan';
import { analysisSeconds } from '../../total-time';

/*
 * A strategy in the beat of Flagger: one interval for everything. At every beat the metrics are
 * checked and then the weight rises (pkg/controller/scheduler.go, advanceCanary).
 */

/** What the shortest beat is (pkg/apis/flagger/v1beta1/canary.go, GetAnalysisInterval). */
const SHORTEST_SECONDS = 10;
/** The beat of what has neither pauses nor metrics. */
const USUAL_SECONDS = 60;

/** The steps of a canary as Flagger can take them, and where it cannot. */
export interface Schedule {
  /** The weights, in the order of the steps. */
  readonly weights: number[];
  /** How long each weight is to be kept, in seconds. */
  readonly holds: number[];
  /** The time between two beats, for which every weight is kept. */
  readonly intervalSeconds: number;
  /** How long to wait before the first weight. */
  readonly leadSeconds: number;
  /** Where a person is waited for. */
  readonly approvals: { readonly atStart: boolean; readonly between: boolean; readonly atEnd: boolean };
  /** The percent that is mirrored before the first weight. */
  readonly mirrorPercent?: number;
  /** Metrics that are judged before the canary has traffic. */
  readonly early: MetricPlan[];
  /** All other metrics, each once. */
  readonly metrics: MetricPlan[];
}

/** The steps of a canary in beats. */
export function scheduleOf({ steps, analysis }: CanaryPlan): Schedule {
  const weights: number[] = [];
  const holds: number[] = [];
  const approved = new Set<number>();
  const early: MetricPlan[] = [];
  const judged: MetricPlan[] = [];
  let leadSeconds = 0;
  let mirrorPercent: number | undefined;
  const wait = (seconds: number) => {
    if (weights.length === 0) {
      leadSeconds += seconds;
    } else {
      holds[holds.length - 1] += seconds;
    }
  };
  for (const step of steps) {
    switch (step.kind) {
      case 'weight':
        if (step.weight !== (weights.at(-1) ?? 0)) {
          weights.push(step.weight);
          holds.push(0);
        }
        break;
      case 'pause': wait(step.seconds); break;
      case 'approval': approved.add(weights.length); break;
      case 'analysis':
        (weights.length === 0 ? early : judged).push(...step.metrics);
        wait(analysisSeconds(step.metrics));
        break;
      case 'mirror': mirrorPercent = weights.length === 0 ? step.percent : mirrorPercent; break;
      default: break; // what Flagger does not have at all
    }
  }
  const metrics = once([...analysis, ...judged]);
  return {
    weights,
    holds,
    intervalSeconds: Math.max(SHORTEST_SECONDS, longest(holds) || longest(metrics.map(metric => metric.intervalSeconds)) || USUAL_SECONDS),
    leadSeconds,
    approvals: {
      atStart: approved.has(0),
      between: [...approved].some(index => index > 0 && index < weights.length),
      atEnd: weights.length > 0 && approved.has(weights.length),
    },
    mirrorPercent,
    early,
    metrics,
  };
}

/** Blue-green delivery in beats. */
export interface Checks {
  readonly intervalSeconds: number;
  /** How many checks pass before the promotion. */
  readonly iterations: number;
  readonly metrics: MetricPlan[];
}

/** The checks before a promotion, and the wait in which a person may stop it. */
export function checksOf({ prePromotion, promotion }: BlueGreenPlan): Checks {
  const metrics = once(prePromotion);
  const shortest = metrics.length === 0 ? SHORTEST_SECONDS : Math.min(...metrics.map(metric => metric.intervalSeconds));
  const intervalSeconds = Math.max(SHORTEST_SECONDS, shortest);
  const checks = metrics.map(metric => Math.ceil(analysisSeconds([metric]) / intervalSeconds));
  const waited = promotion.kind === 'after' ? Math.ceil(promotion.seconds / intervalSeconds) : 0;
  return { intervalSeconds, iterations: Math.max(1, ...checks) + waited, metrics };
}

/**
 * After how many failed checks the release is undone: as many as lie in the time in which the
 * metric with the least patience would be undone, and one where that is shorter than a beat.
 */
export function thresholdOf(metrics: MetricPlan[], intervalSeconds: number): number {
  const tolerated = metrics.map(metric => Math.floor(((metric.toleratedFailures + 1) * metric.intervalSeconds) / intervalSeconds));
  return tolerated.length === 0 ? 1 : Math.max(1, Math.min(...tolerated));
}

function longest(seconds: number[]): number {
  return Math.max(0, ...seconds);
}

/** Metrics without those that stand there twice, and with names that are their own. */
function once(metrics: MetricPlan[]): MetricPlan[] {
  const known = new Map<string, MetricPlan>();
  for (const metric of metrics) {
    const name = BUILT_IN.includes(metric.name) ? `${metric.name}-query` : metric.name;
    if ([...known.values()].some(other => JSON.stringify({ ...other, name: metric.name }) === JSON.stringify(metric))) {
      continue;
    }
    const free = [name, ...Array.from({ length: known.size }, (_, i) => `${name}-${i + 2}`)].find(candidate => !known.has(candidate))!;
    known.set(free, { ...metric, name: free });
  }
  return [...known.values()];
}

/** Names that Flagger gives a meaning of its own. */
const BUILT_IN = ['request-success-rate', 'request-duration'];
