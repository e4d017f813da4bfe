import type { Sample } from './metric-series';
import type { AnalysisPlan, Judged, MetricPlan } from './plan';
import { AnalysisVerdict as Verdict } from './timeline';

/** After an error a metric is measured again so soon, whatever its interval (DefaultErrorRetryInterval). */
const ERROR_RETRY = 10_000;

/** The counters of a metric (MetricResult). */
export interface MetricCounters {
  successful: number;
  failed: number;
  inconclusive: number;
  errors: number;
  consecutiveErrors: number;
  consecutiveSuccesses: number;
  /** Measurements that count: all but errors. */
  count: number;
}

export interface MetricState extends MetricCounters {
  readonly plan: MetricPlan;
  phase: Verdict;
  /** When the last measurement finished, and what it was. */
  lastAt?: number;
  last?: Verdict;
}

/** Called with each measurement. */
export type OnMeasurement = (metric: MetricPlan, judged: Judged) => void;

/** Where values come from: what the provider would answer about a metric at a time. */
export type SampleSource = (metric: string, now: number) => Sample;

const RANK: Record<Verdict, number> = {
  [Verdict.RUNNING]: 0, [Verdict.SUCCESSFUL]: 1, [Verdict.INCONCLUSIVE]: 2, [Verdict.ERROR]: 3, [Verdict.FAILED]: 4,
};

export function isWorse(current: Verdict, other: Verdict): boolean {
  return RANK[other] > RANK[current];
}

/** The counters after one more measurement (runMeasurements of analysis/analysis.go). */
export function countMeasurement(counters: MetricCounters, verdict: Verdict): void {
  switch (verdict) {
    case Verdict.SUCCESSFUL: counters.successful++; break;
    case Verdict.FAILED: counters.failed++; break;
    case Verdict.INCONCLUSIVE: counters.inconclusive++; break;
    default: counters.errors++;
  }
  const error = verdict === Verdict.ERROR;
  counters.count += error ? 0 : 1;
  counters.consecutiveErrors = error ? counters.consecutiveErrors + 1 : 0;
  counters.consecutiveSuccesses = verdict === Verdict.SUCCESSFUL ? counters.consecutiveSuccesses + 1 : 0;
}

/** Why a metric ended badly; undefined while no limit is passed. The last limit that is passed wins (assessMetricFailureInconclusiveOrError). */
export function passedLimit(plan: MetricPlan, counters: MetricCounters): { verdict: Verdict; message: string } | undefined {
  if (counters.consecutiveErrors > plan.consecutiveErrorLimit) {
    return { verdict: Verdict.ERROR, message: `${counters.consecutiveErrors} errors in a row, consecutiveErrorLimit ${plan.consecutiveErrorLimit}` };
  }
  if (counters.inconclusive > plan.inconclusiveLimit) {
    return { verdict: Verdict.INCONCLUSIVE, message: `${counters.inconclusive} inconclusive, inconclusiveLimit ${plan.inconclusiveLimit}` };
  }
  if (plan.failureLimit >= 0 && counters.failed > plan.failureLimit) {
    return { verdict: Verdict.FAILED, message: `${counters.failed} failed, failureLimit ${plan.failureLimit}` };
  }
  return undefined;
}

/** The verdict on a metric that was measured at least once (assessMetricStatus). */
export function assessMetric(plan: MetricPlan, counters: MetricCounters, terminating: boolean): Verdict {
  const passed = passedLimit(plan, counters);
  if (passed) {
    return passed.verdict;
  }
  const { consecutiveSuccessLimit, failureLimit } = plan;
  if (consecutiveSuccessLimit > 0 && counters.consecutiveSuccesses >= consecutiveSuccessLimit) {
    return Verdict.SUCCESSFUL;
  }
  if (counters.count >= plan.count) {
    if (consecutiveSuccessLimit > 0) {
      return failureLimit >= 0 ? Verdict.INCONCLUSIVE : Verdict.FAILED;
    }
    return Verdict.SUCCESSFUL;
  }
  return terminating ? Verdict.SUCCESSFUL : Verdict.RUNNING;
}

/** An AnalysisRun: measures when it is time, and comes to a verdict. A measurement takes no time. */
export class AnalysisRun {
  public phase = Verdict.RUNNING;
  /** Why it ended as it did. */
  public message = '';
  public readonly metrics: readonly MetricState[];
  private cancelled = false;

  public constructor(public readonly plan: AnalysisPlan, public readonly title: string, private readonly startedAt: number) {
    this.metrics = plan.metrics.map(metric => ({
      plan: metric,
      phase: Verdict.RUNNING,
      successful: 0,
      failed: 0,
      inconclusive: 0,
      errors: 0,
      consecutiveErrors: 0,
      consecutiveSuccesses: 0,
      count: 0,
    }));
  }

  public get completed(): boolean {
    return this.phase !== Verdict.RUNNING;
  }

  /** Ends it: what has not failed yet is Successful. Returns whether it was running. */
  public cancel(): boolean {
    if (this.completed || this.cancelled) {
      return false;
    }
    this.cancelled = true;
    return true;
  }

  /** When something is to be done; Infinity for never. */
  public next(): number {
    if (this.completed) {
      return Infinity;
    }
    if (this.terminating()) {
      return 0;
    }
    let next = Infinity;
    for (const metric of this.metrics) {
      next = Math.min(next, this.due(metric));
    }
    return next;
  }

  /** Does what is due. Returns whether the run came to its end. */
  public step(now: number, sample: SampleSource, onMeasurement: OnMeasurement): boolean {
    if (this.completed) {
      return false;
    }
    if (!this.terminating()) {
      for (const metric of this.metrics) {
        if (this.due(metric) <= now) {
          const judged = metric.plan.judge(sample(metric.plan.name, now));
          metric.lastAt = now;
          metric.last = judged.verdict;
          countMeasurement(metric, judged.verdict);
          onMeasurement(metric.plan, judged);
        }
      }
    }
    if (!this.assess(this.terminating()) && this.terminating()) {
      this.assess(true); // one metric failed: the others end with it
    }
    return this.completed;
  }

  private terminating(): boolean {
    return this.cancelled || this.metrics.some(metric => !metric.plan.dryRun && isWorse(Verdict.SUCCESSFUL, metric.phase));
  }

  private due(metric: MetricState): number {
    if (metric.phase !== Verdict.RUNNING) {
      return Infinity;
    }
    if (metric.lastAt === undefined) {
      return this.startedAt + metric.plan.initialDelay;
    }
    return metric.lastAt + (metric.last === Verdict.ERROR ? ERROR_RETRY : metric.plan.interval ?? ERROR_RETRY);
  }

  /** Judges the run. The worst metric decides; a dry run never does. Returns whether it is at its end. */
  private assess(terminating: boolean): boolean {
    let worst: Verdict | undefined;
    let all = true;
    for (const metric of this.metrics) {
      if (metric.lastAt === undefined) {
        all = false;
        continue;
      }
      if (metric.phase === Verdict.RUNNING) {
        metric.phase = assessMetric(metric.plan, metric, terminating);
      }
      if (metric.phase === Verdict.RUNNING) {
        all = false;
      } else if (metric.plan.dryRun) {
        worst ??= Verdict.SUCCESSFUL;
      } else if (worst === undefined || isWorse(worst, metric.phase)) {
        worst = metric.phase;
        const passed = passedLimit(metric.plan, metric);
        this.message = passed ? `metric "${metric.plan.name}": ${passed.message}` : this.message;
      }
    }
    if (terminating || (all && worst !== undefined)) {
      this.phase = worst ?? Verdict.SUCCESSFUL;
    }
    return this.completed;
  }
}
