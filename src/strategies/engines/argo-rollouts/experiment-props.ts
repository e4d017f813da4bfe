import { ApiObjectMetadata } from 'cdk8s';
import { AnalysisRunMetadata, DryRun, MeasurementRetention } from './analysis-props';
import { Argument } from './analysis-template-props';
import { TemplateService } from './experiment-step';
import { RolloutsVersion } from './version';
import { LabelSelector } from '../../../core/label-selector';

/** Pods that run for the time of an Experiment. */
export interface TemplateSpec {
  /** The name of the template, its own among those of the experiment. */
  readonly name: string;

  /** Selects the pods; must match their labels, and no pods of another template. */
  readonly selector: LabelSelector;

  /** The pods, as a PodTemplateSpec of Kubernetes. */
  readonly template: any;

  /**
   * How many pods.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * Seconds that a pod must be ready before it counts as available. At most `progressDeadlineSeconds`.
   *
   * @default 0
   */
  readonly minReadySeconds?: number;

  /**
   * A Service for the pods.
   *
   * @default - none
   */
  readonly service?: TemplateService;
}

/** An analysis that judges an Experiment. */
export interface ExperimentAnalysisTemplateRef {
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
  readonly args?: Argument[];

  /**
   * Whether the experiment lasts until the analysis has ended.
   *
   * @default false
   */
  readonly requiredForCompletion?: boolean;
}

/** Properties of an Experiment (argo-rollouts pkg/apis/rollouts/v1alpha1/experiment_types.go). */
export interface ExperimentProps {
  /** The pods that run. */
  readonly templates: TemplateSpec[];

  /**
   * How long, for example `1h`.
   *
   * @default - until it is ended, or an analysis that is required has ended
   */
  readonly duration?: string;

  /**
   * Seconds without progress after which the experiment has failed.
   *
   * @default 600
   */
  readonly progressDeadlineSeconds?: number;

  /**
   * Whether the experiment is ended now.
   *
   * @default false
   */
  readonly terminate?: boolean;

  /**
   * What judges the experiment.
   *
   * @default - nothing
   */
  readonly analyses?: ExperimentAnalysisTemplateRef[];

  /**
   * Seconds until the pods are removed after the experiment.
   *
   * @default 30
   */
  readonly scaleDownDelaySeconds?: number;

  /**
   * Metrics that do not decide.
   *
   * @default - all decide
   */
  readonly dryRun?: DryRun[];

  /**
   * How many measurements are kept.
   *
   * @default - 10 of each metric
   */
  readonly measurementRetention?: MeasurementRetention[];

  /**
   * Labels and annotations of the AnalysisRuns.
   *
   * @default - those that the controller sets
   */
  readonly analysisRunMetadata?: AnalysisRunMetadata;

  /**
   * Metadata of the Experiment.
   *
   * @default - a generated name in the namespace of the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * The Argo Rollouts that runs in the cluster. Fields that it does not know are refused.
   *
   * @default RolloutsVersion.V1_9
   */
  readonly version?: RolloutsVersion;

  /**
   * More of `spec`, merged over all that is given above: for fields that are newer than this library.
   *
   * @default - nothing
   */
  readonly native?: Record<string, any>;
}
