import { ApiObjectMetadata } from 'cdk8s';
import { Strategy } from './strategy';
import { RolloutsVersion } from './version';
import { LabelSelector } from '../../../core/label-selector';

/** What happens to the pods of a workload that a Rollout takes over. */
export enum ScaleDown {
  /** They stay. */
  NEVER = 'never',
  /** They are removed when the Rollout is healthy. */
  ON_SUCCESS = 'onsuccess',
  /** They are removed as the Rollout's own become available. */
  PROGRESSIVELY = 'progressively',
}

/** The workload whose pod template a Rollout takes. */
export interface WorkloadRef {
  /** The API version, for example `apps/v1`. */
  readonly apiVersion: string;

  /** The kind: `Deployment`, `ReplicaSet` or `PodTemplate`. */
  readonly kind: string;

  /** The name. */
  readonly name: string;

  /**
   * What happens to its pods. Acts on the first revision alone (argo-rollouts #4935).
   *
   * @default ScaleDown.NEVER
   */
  readonly scaleDown?: ScaleDown;
}

/** Which earlier versions are restored at once, without steps. */
export interface RollbackWindowSpec {
  /** How many revisions back. */
  readonly revisions: number;
}

/** How many finished AnalysisRuns and Experiments are kept. */
export interface AnalysisRunStrategy {
  /**
   * How many that succeeded.
   *
   * @default 5
   */
  readonly successfulRunHistoryLimit?: number;

  /**
   * How many that did not succeed.
   *
   * @default 5
   */
  readonly unsuccessfulRunHistoryLimit?: number;
}

/** Properties of a Rollout (argo-rollouts pkg/apis/rollouts/v1alpha1/types.go). */
export interface RolloutProps {
  /** How one version replaces the other. */
  readonly strategy: Strategy;

  /**
   * The pods, as a PodTemplateSpec of Kubernetes. Either this or `workloadRef`.
   *
   * @default - `workloadRef`
   */
  readonly template?: any;

  /**
   * The workload whose pod template is taken. Either this or `template`.
   *
   * @default - `template`
   */
  readonly workloadRef?: WorkloadRef;

  /**
   * Selects the pods; must match the labels of the template. Cannot be changed later.
   *
   * @default - none: with `workloadRef` that of the workload; with `template` it must be given
   */
  readonly selector?: LabelSelector;

  /**
   * How many pods. Left out, the controller writes 1, and an autoscaler changes it.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * Seconds that a pod must be ready before it counts as available.
   *
   * @default 0
   */
  readonly minReadySeconds?: number;

  /**
   * How many old ReplicaSets are kept.
   *
   * @default 10
   */
  readonly revisionHistoryLimit?: number;

  /**
   * Seconds without progress after which the Rollout is degraded. More than `minReadySeconds`.
   *
   * @default 600
   */
  readonly progressDeadlineSeconds?: number;

  /**
   * Whether a rollout without progress is undone.
   *
   * @default false
   */
  readonly progressDeadlineAbort?: boolean;

  /**
   * Which earlier versions are restored at once.
   *
   * @default - none
   */
  readonly rollbackWindow?: RollbackWindowSpec;

  /**
   * A time in RFC 3339: pods that are older are restarted.
   *
   * @default - no restart
   */
  readonly restartAt?: string;

  /**
   * Whether the Rollout stands still.
   *
   * @default false
   */
  readonly paused?: boolean;

  /**
   * How many finished AnalysisRuns and Experiments are kept.
   *
   * @default - 5 that succeeded and 5 that did not
   */
  readonly analysis?: AnalysisRunStrategy;

  /**
   * Metadata of the Rollout.
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
