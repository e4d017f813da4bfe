/** Labels and annotations that are added to objects. */
export interface PodTemplateMetadata {
  /**
   * Labels.
   *
   * @default - none
   */
  readonly labels?: Record<string, string>;

  /**
   * Annotations.
   *
   * @default - none
   */
  readonly annotations?: Record<string, string>;
}

/** Labels and annotations of an AnalysisRun. */
export interface AnalysisRunMetadata {
  /**
   * Labels.
   *
   * @default - none
   */
  readonly labels?: Record<string, string>;

  /**
   * Annotations.
   *
   * @default - none
   */
  readonly annotations?: Record<string, string>;
}

/** Metrics that are measured and reported, and do not decide. */
export interface DryRun {
  /**
   * A regular expression that the names of the metrics match. One that matches no metric makes the
   * run an error (argo-rollouts utils/analysis/helpers.go, GetDryRunMetrics).
   */
  readonly metricName: string;
}

/** How many measurements of a metric are kept. */
export interface MeasurementRetention {
  /**
   * A regular expression that the names of the metrics match. One that matches no metric makes the
   * run an error (argo-rollouts utils/analysis/helpers.go, GetMeasurementRetentionMetrics).
   */
  readonly metricName: string;

  /** How many are kept. */
  readonly limit: number;
}

/** An AnalysisTemplate by its name. */
export interface AnalysisTemplateRef {
  /** The name of the AnalysisTemplate, or of the ClusterAnalysisTemplate. */
  readonly templateName: string;

  /**
   * Whether it is a ClusterAnalysisTemplate.
   *
   * @default false
   */
  readonly clusterScope?: boolean;
}

/** An analysis of a rollout: templates, and what they are given. */
export interface RolloutAnalysis {
  /** The templates. Their metrics are taken together, and must all have names of their own. */
  readonly templates: AnalysisTemplateRef[];

  /**
   * What the templates' arguments are.
   *
   * @default - none
   */
  readonly args?: AnalysisRunArgument[];

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
   * Labels and annotations of the AnalysisRun.
   *
   * @default - those that the controller sets
   */
  readonly analysisRunMetadata?: AnalysisRunMetadata;
}

/** An analysis that runs beside the steps of a canary, until the rollout ends. */
export interface RolloutAnalysisBackground extends RolloutAnalysis {
  /**
   * The step at which it starts, counted from 0.
   *
   * @default 0
   */
  readonly startingStep?: number;
}

/** The ReplicaSet whose hash an argument is. */
export enum ValueFromPodTemplateHash {
  /** That of the version that is stable. */
  STABLE = 'Stable',
  /** That of the version that is rolled out. */
  LATEST = 'Latest',
}

/** An argument that a Rollout gives to an analysis. */
export class AnalysisRunArgument {
  /**
   * A text.
   *
   * @param name the name of the argument
   * @param value its value
   */
  public static value(name: string, value: string): AnalysisRunArgument {
    return new AnalysisRunArgument({ name, value });
  }

  /**
   * The hash by which the pods of a version are labelled `rollouts-pod-template-hash`.
   *
   * @param name the name of the argument
   * @param podTemplateHashValue the version
   */
  public static podTemplateHash(name: string, podTemplateHashValue: ValueFromPodTemplateHash): AnalysisRunArgument {
    return new AnalysisRunArgument({ name, valueFrom: { podTemplateHashValue } });
  }

  /**
   * A field of the Rollout.
   *
   * @param name the name of the argument
   * @param fieldPath for example `metadata.labels['region']` or `spec.replicas`. Of `metadata`, these can be read: `name`, `namespace`, `uid`,
   *   `labels`, `annotations`, and one label or annotation by its key in brackets
   */
  public static fieldRef(name: string, fieldPath: string): AnalysisRunArgument {
    return new AnalysisRunArgument({ name, valueFrom: { fieldRef: { fieldPath } } });
  }

  private constructor(private readonly argument: object) {}

  /** @internal */
  public _toJson(): any {
    return this.argument;
  }
}
