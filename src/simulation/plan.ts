import type { Sample } from './metric-series';
import type { AnalysisVerdict } from './timeline';

/*
 * What a Rollout and its templates say, parsed and checked once. Times are whole milliseconds.
 */

export interface RolloutPlan {
  readonly name: string;
  readonly replicas: number;
  readonly minReady: number;
  readonly progressDeadline: number;
  readonly progressDeadlineAbort: boolean;
  /** 0: no window. */
  readonly rollbackWindow: number;
  readonly paused: boolean;
  readonly strategy: CanaryPlan | BlueGreenPlan;
  /** All metrics, by name, for checking a scenario against. */
  readonly metricNames: readonly string[];
}

/** A number or a share of the replicas. */
export type IntOrPercent = { readonly count: number } | { readonly percent: number };

export interface CanaryPlan {
  readonly kind: 'canary';
  readonly steps: readonly StepPlan[];
  readonly routed: boolean;
  readonly maxWeight: number;
  readonly maxSurge: IntOrPercent;
  readonly maxUnavailable: IntOrPercent;
  readonly dynamicStableScale: boolean;
  readonly minPods?: number;
  /** From 1.10 on `minPodsPerReplicaSet` is never more than the replicas. */
  readonly minPodsCapped: boolean;
  /** Up to 1.8 a promotion needs exactly the replicas, and an abort with dynamicStableScale goes back without steps. */
  readonly exactPromotion: boolean;
  readonly threshold?: { readonly percent: boolean; readonly value: number };
  readonly analysis?: AnalysisPlan;
  readonly startingStep: number;
  readonly scaleDownDelay: number;
  /** undefined: the canary of an aborted update stays for ever. */
  readonly abortDelay?: number;
  readonly abortDelaySet: boolean;
  readonly scaleDownLimit: number;
}

export interface BlueGreenPlan {
  readonly kind: 'blueGreen';
  readonly previewService: boolean;
  readonly previewReplicas?: number;
  readonly autoPromotion: boolean;
  readonly autoPromotionDelay: number;
  readonly prePromotion?: AnalysisPlan;
  readonly postPromotion?: AnalysisPlan;
  readonly scaleDownDelay: number;
  readonly scaleDownDelaySet: boolean;
  readonly abortDelay?: number;
  readonly abortDelaySet: boolean;
  readonly scaleDownLimit: number;
}

export type StepPlan =
  | { readonly kind: 'setWeight'; readonly weight: number }
  | { readonly kind: 'pause'; readonly duration?: number }
  | { readonly kind: 'analysis'; readonly analysis?: AnalysisPlan }
  | { readonly kind: 'experiment'; readonly experiment: ExperimentPlan }
  | { readonly kind: 'setCanaryScale'; readonly scale: CanaryScale }
  | { readonly kind: 'setHeaderRoute'; readonly name: string }
  | { readonly kind: 'setMirrorRoute'; readonly name: string; readonly percentage: number };

/** Exactly one of these counts, in this order. */
export interface CanaryScale {
  readonly matchTrafficWeight?: boolean;
  readonly replicas?: number;
  readonly weight?: number;
}

export interface ExperimentPlan {
  readonly duration?: number;
  readonly templates: ReadonlyArray<{ readonly name: string; readonly replicas: number; readonly canary: boolean; readonly weight?: number }>;
  readonly analyses: ReadonlyArray<{ readonly name: string; readonly required: boolean; readonly analysis: AnalysisPlan }>;
  readonly scaleDownDelay: number;
}

export interface AnalysisPlan {
  readonly metrics: readonly MetricPlan[];
}

export interface MetricPlan {
  readonly name: string;
  readonly dryRun: boolean;
  /** undefined: measured once, apart from retries. */
  readonly interval?: number;
  readonly initialDelay: number;
  /** How many measurements; Infinity where only the end of the update ends it. */
  readonly count: number;
  /** -1: failures do not count. */
  readonly failureLimit: number;
  readonly inconclusiveLimit: number;
  readonly consecutiveErrorLimit: number;
  /** 0: successes in a row do not count. */
  readonly consecutiveSuccessLimit: number;
  readonly judge: (sample: Sample) => Judged;
}

/** A sample, seen with the eyes of a metric's provider and conditions. */
export interface Judged {
  readonly verdict: AnalysisVerdict;
  readonly value?: number;
  readonly result: string;
}
