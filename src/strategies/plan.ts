import type { MetricsProvider, RequestMetrics } from '../environments';
import type { NoData } from './metric';

/*
 * A strategy with every default settled: plain data, from which an engine makes its resources.
 * Weights are whole percents, times whole seconds, ratios lie between 0 and 1.
 */

export type StrategyPlan = RollingPlan | RecreatePlan | CanaryPlan | BlueGreenPlan;

/** New pods replace old ones in batches, by a Deployment. */
export interface RollingPlan {
  readonly kind: 'rolling';
  /** Pods beyond the wanted number, or percent of it: `1`, `'25%'`. */
  readonly maxSurge: number | string;
  /** Pods that may be missing, or percent of the wanted number. */
  readonly maxUnavailable: number | string;
}

/** All old pods go before the first new one comes. */
export interface RecreatePlan {
  readonly kind: 'recreate';
  /** Why the downtime is accepted. */
  readonly reason: string;
}

/** The new version gets a growing share, and is judged meanwhile. */
export interface CanaryPlan {
  readonly kind: 'canary';
  readonly steps: StepPlan[];
  readonly router: RouterPlan;
  /** What is watched in the background from `analysisFromStep` until the end. */
  readonly analysis: MetricPlan[];
  /** The index in `steps` from which the background analysis runs. */
  readonly analysisFromStep: number;
  readonly maxSurge: number | string;
  readonly maxUnavailable: number | string;
  /** How long the canary's pods stay after an abort; only with a router. */
  readonly abortScaleDownDelaySeconds?: number;
  /** How long the old pods stay after the traffic left them; only with a router. */
  readonly scaleDownDelaySeconds?: number;
  /** Whether the stable pods shrink as the canary grows; only with a router. */
  readonly dynamicStableScale: boolean;
  /** How many pods each side has at least; only with a router. */
  readonly minPodsPerSide?: number;
  /** So many revisions back, a former version takes over without steps. */
  readonly rollbackWindow?: number;
}

/** A whole second set of pods, and one switch. */
export interface BlueGreenPlan {
  readonly kind: 'blue-green';
  /** How many pods the preview has until it is promoted; as many as the active set when absent. */
  readonly previewReplicas?: number;
  /** What is judged before the switch. */
  readonly prePromotion: MetricPlan[];
  /** What is judged after the switch, which is undone when it fails. */
  readonly postPromotion: MetricPlan[];
  readonly promotion: PromotionPlan;
  readonly scaleDownDelaySeconds: number;
  readonly abortScaleDownDelaySeconds: number;
  /** So many revisions back, a former version takes over without being judged. */
  readonly rollbackWindow?: number;
}

export type PromotionPlan =
  | { readonly kind: 'automatic' }
  | { readonly kind: 'after'; readonly seconds: number }
  | { readonly kind: 'approval' };

export type StepPlan =
  | { readonly kind: 'weight'; readonly weight: number }
  | { readonly kind: 'pause'; readonly seconds: number }
  | { readonly kind: 'approval' }
  | { readonly kind: 'analysis'; readonly metrics: MetricPlan[] }
  | { readonly kind: 'experiment'; readonly seconds: number; readonly metrics: MetricPlan[]; readonly baseline: boolean; readonly weight?: number }
  | { readonly kind: 'header-route'; readonly name: string; readonly matches: HeaderMatchPlan[] }
  | { readonly kind: 'mirror'; readonly name: string; readonly percent: number }
  | { readonly kind: 'scale'; readonly scale: CanaryScalePlan };

export interface HeaderMatchPlan {
  readonly header: string;
  readonly how: 'exact' | 'prefix' | 'regex';
  readonly value: string;
}

export type CanaryScalePlan =
  | { readonly kind: 'replicas'; readonly replicas: number }
  | { readonly kind: 'percent'; readonly percent: number }
  | { readonly kind: 'match-traffic' };

export type RouterPlan =
  | { readonly kind: 'none' }
  | { readonly kind: 'gateway-api' }
  | { readonly kind: 'istio'; readonly gateways: string[]; readonly hosts: string[] }
  | { readonly kind: 'nginx' }
  | { readonly kind: 'alb' }
  | { readonly kind: 'traefik'; readonly entryPoints: string[] }
  | { readonly kind: 'apisix' }
  | { readonly kind: 'plugin'; readonly plugin: string; readonly config: any };

export type MetricPlan = {
  /** A DNS label, unique among the metrics of a strategy. */
  readonly name: string;
  readonly measure: MeasurePlan;
  readonly threshold: ThresholdPlan;
  readonly intervalSeconds: number;
  /** How many samples are taken where the analysis must end; in the background, as long as the rollout lasts. */
  readonly samples: number;
  readonly initialDelaySeconds: number;
  /** How many samples may fail; one more, and the rollout is undone. */
  readonly toleratedFailures: number;
  readonly noData: NoData;
  /** Requests per second below which a sample counts as no data. */
  readonly minimumTraffic?: number;
  /** Another provider than that of the environment. */
  readonly provider?: MetricsProvider;
  /** Another source of request metrics than that of the provider. */
  readonly requests?: RequestMetrics;
};

/** What a value must be to pass, in the unit of the measure: ratio, seconds, or that of the query. */
export type ThresholdPlan =
  | { readonly kind: 'at-least'; readonly value: number }
  | { readonly kind: 'at-most'; readonly value: number }
  | { readonly kind: 'succeeds' };

export type MeasurePlan =
  /** Responses without a server error among all responses: a ratio. */
  | { readonly kind: 'success-rate' }
  /** Responses with a server error among all responses: a ratio. */
  | { readonly kind: 'error-rate' }
  /** The time that `percentile` percent of requests stay below, in seconds. */
  | { readonly kind: 'latency'; readonly percentile: number }
  /** Use among what the container may use: a ratio. */
  | { readonly kind: 'saturation'; readonly resource: 'cpu' | 'memory' }
  /** In the language of the provider, with the placeholders of `Metric.query`. */
  | { readonly kind: 'query'; readonly query: string }
  /** A GET that answers 2xx; with a path, the value that stands there in its JSON. */
  | { readonly kind: 'http'; readonly url: string; readonly headers: Record<string, string>; readonly jsonPath?: string; readonly timeoutSeconds: number }
  /** A Kubernetes Job that succeeds. */
  | { readonly kind: 'job'; readonly image: string; readonly command?: string[]; readonly args?: string[]; readonly timeoutSeconds: number };
