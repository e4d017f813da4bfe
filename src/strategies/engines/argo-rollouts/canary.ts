import { PodTemplateMetadata, RolloutAnalysisBackground } from './analysis-props';
import { AntiAffinity } from './anti-affinity';
import { CanaryStep } from './canary-step';
import { TrafficRouting } from './traffic-routing';

/** Two Services that take turns: each is the stable one in every second rollout, so that no selector of a live Service changes. */
export interface PingPongSpec {
  /** The name of the one Service. */
  readonly pingService: string;

  /** The name of the other Service. */
  readonly pongService: string;
}

/** How a threshold is counted. */
export enum ProgressType {
  /** Percent of the pods. */
  PERCENT = 'Percent',
  /** Pods. */
  PODS = 'Pods',
}

/** How many pods must be available before a canary goes on. Argo Rollouts 1.9 and later. */
export interface ReplicaProgressThreshold {
  /** How the value is counted. */
  readonly type: ProgressType;

  /** The value, more than 0. */
  readonly value: number;
}

/** A new version beside the old one, with more of the traffic step by step. */
export interface CanaryStrategyProps {
  /**
   * The name of the Service that the controller points at the new version.
   *
   * @default - none; traffic routers need one
   */
  readonly canaryService?: string;

  /**
   * The name of the Service that the controller points at the stable version.
   *
   * @default - none; traffic routers need one
   */
  readonly stableService?: string;

  /**
   * The steps, in their order. After the last, all traffic goes to the new version.
   *
   * @default - none: a rolling update
   */
  readonly steps?: CanaryStep[];

  /**
   * What divides the traffic.
   *
   * @default - the number of pods
   */
  readonly trafficRouting?: TrafficRouting;

  /**
   * How many pods may be missing, as a number, or as text in percent of all: `25%`. Without a traffic router.
   *
   * @default "25%"
   */
  readonly maxUnavailable?: any;

  /**
   * How many pods there may be beyond all, as a number, or as text in percent of all: `25%`. Without a traffic router.
   *
   * @default "25%"
   */
  readonly maxSurge?: any;

  /**
   * An analysis that runs beside the steps.
   *
   * @default - none
   */
  readonly analysis?: RolloutAnalysisBackground;

  /**
   * Keeps the new version off the nodes of the old one.
   *
   * @default - they may share nodes
   */
  readonly antiAffinity?: AntiAffinity;

  /**
   * Labels and annotations of the pods while they are the new version. They change without a restart.
   *
   * @default - none
   */
  readonly canaryMetadata?: PodTemplateMetadata;

  /**
   * Labels and annotations of the pods while they are the stable version. They change without a restart.
   *
   * @default - none
   */
  readonly stableMetadata?: PodTemplateMetadata;

  /**
   * Seconds until the old pods are removed after the rollout. Only with a traffic router, and without `dynamicStableScale`.
   *
   * @default 30
   */
  readonly scaleDownDelaySeconds?: number;

  /**
   * How many old versions wait for their removal at a time. At most `revisionHistoryLimit`.
   *
   * @default - any number
   */
  readonly scaleDownDelayRevisionLimit?: number;

  /**
   * Seconds until the new pods are removed after an abort, with a traffic router. 0 keeps them for ever.
   *
   * @default 30
   */
  readonly abortScaleDownDelaySeconds?: number;

  /**
   * Whether the old version has fewer pods as its traffic gets less. Only with a traffic router.
   *
   * @default false
   */
  readonly dynamicStableScale?: boolean;

  /**
   * Two Services that take turns, instead of `canaryService` and `stableService`. With ALB or Istio, from Argo Rollouts 1.10 also with plug-ins.
   *
   * @default - `canaryService` and `stableService`
   */
  readonly pingPong?: PingPongSpec;

  /**
   * The fewest pods that a version has which has any, with a traffic router. Up to 1.9 no more than `replicas`.
   *
   * @default 1
   */
  readonly minPodsPerReplicaSet?: number;

  /**
   * How many pods must be available before the canary goes on. Argo Rollouts 1.9 and later.
   *
   * @default - all
   */
  readonly replicaProgressThreshold?: ReplicaProgressThreshold;
}
