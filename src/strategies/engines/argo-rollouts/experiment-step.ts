import { AnalysisRunArgument, AnalysisRunMetadata, DryRun, PodTemplateMetadata } from './analysis-props';
import { LabelSelector } from '../../../core/label-selector';

/** The version whose pods an experiment runs. */
export enum ReplicaSetSpecRef {
  /** The version that is rolled out. */
  CANARY = 'canary',
  /** The version that is stable. */
  STABLE = 'stable',
}

/** A Service that is made for the pods of an experiment. */
export interface TemplateService {
  /**
   * The name of the Service.
   *
   * @default - that of the ReplicaSet
   */
  readonly name?: string;
}

/** Pods that run for the time of an experiment. */
export interface RolloutExperimentTemplate {
  /** The name of the template, its own among those of the experiment. */
  readonly name: string;

  /** The version. */
  readonly specRef: ReplicaSetSpecRef;

  /**
   * How many pods.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * Labels and annotations of the pods.
   *
   * @default - those of the version
   */
  readonly metadata?: PodTemplateMetadata;

  /**
   * Selects the pods; must match their labels.
   *
   * @default - the selector of the Rollout, and a label of the controller
   */
  readonly selector?: LabelSelector;

  /**
   * The share of the traffic, which is taken from the stable version. For SMI, ALB, Istio and plug-ins (argo-rollouts validation.go).
   *
   * @default - no traffic
   */
  readonly weight?: number;

  /**
   * A Service for the pods.
   *
   * @default - none, unless there is a weight
   */
  readonly service?: TemplateService;
}

/** An analysis that judges an experiment. */
export interface RolloutExperimentStepAnalysisTemplateRef {
  /** The name of the analysis. */
  readonly name: string;

  /** The name of the AnalysisTemplate, or of the ClusterAnalysisTemplate. */
  readonly templateName: string;

  /**
   * Whether it is a ClusterAnalysisTemplate.
   *
   * @default false
   */
  readonly clusterScope?: boolean;

  /**
   * What the template's arguments are.
   *
   * @default - none
   */
  readonly args?: AnalysisRunArgument[];

  /**
   * Whether the experiment lasts until the analysis has ended.
   *
   * @default false
   */
  readonly requiredForCompletion?: boolean;
}

/** An experiment as a step: pods beside those of the rollout, for a time, and what judges them. */
export interface RolloutExperimentStep {
  /** The pods that run. */
  readonly templates: RolloutExperimentTemplate[];

  /**
   * How long, for example `5m`.
   *
   * @default - until the analyses that are required have ended
   */
  readonly duration?: string;

  /**
   * What judges the experiment.
   *
   * @default - nothing
   */
  readonly analyses?: RolloutExperimentStepAnalysisTemplateRef[];

  /**
   * Metrics that do not decide.
   *
   * @default - all decide
   */
  readonly dryRun?: DryRun[];

  /**
   * Labels and annotations of the AnalysisRuns.
   *
   * @default - those that the controller sets
   */
  readonly analysisRunMetadata?: AnalysisRunMetadata;

  /**
   * Seconds until the pods are removed after the experiment. Argo Rollouts 1.9 and later.
   *
   * @default 30
   */
  readonly scaleDownDelaySeconds?: number;
}
