import { PodTemplateMetadata, RolloutAnalysis } from './analysis-props';
import { AntiAffinity } from './anti-affinity';

/** A whole new version beside the old one, and then all traffic at once. */
export interface BlueGreenStrategyProps {
  /** The name of the Service that has the traffic. */
  readonly activeService: string;

  /**
   * The name of the Service by which the new version can be tried before it has the traffic.
   *
   * @default - none
   */
  readonly previewService?: string;

  /**
   * How many pods the new version has before it is promoted.
   *
   * @default - all
   */
  readonly previewReplicaCount?: number;

  /**
   * Whether the new version is promoted without a person.
   *
   * @default true
   */
  readonly autoPromotionEnabled?: boolean;

  /**
   * Seconds after which the new version is promoted, also when `autoPromotionEnabled` is false. 0 is none.
   *
   * @default 0
   */
  readonly autoPromotionSeconds?: number;

  /**
   * How many pods may be missing in a restart, as a number, or as text in percent of all: `25%`.
   *
   * @default "25%"
   */
  readonly maxUnavailable?: any;

  /**
   * Seconds until the old pods are removed after the promotion. If it is given, it also ends an analysis after the promotion.
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
   * An analysis before the promotion, which it decides. Its metrics must be finite.
   *
   * @default - none
   */
  readonly prePromotionAnalysis?: RolloutAnalysis;

  /**
   * Keeps the new version off the nodes of the old one.
   *
   * @default - they may share nodes
   */
  readonly antiAffinity?: AntiAffinity;

  /**
   * An analysis after the promotion, which it can undo. Its metrics must be finite.
   *
   * @default - none
   */
  readonly postPromotionAnalysis?: RolloutAnalysis;

  /**
   * Labels and annotations of the pods while they are the new version. They change without a restart.
   *
   * @default - none
   */
  readonly previewMetadata?: PodTemplateMetadata;

  /**
   * Labels and annotations of the pods while they have the traffic. They change without a restart.
   *
   * @default - none
   */
  readonly activeMetadata?: PodTemplateMetadata;

  /**
   * Seconds until the new pods are removed after an abort. 0 keeps them for ever.
   *
   * @default 30
   */
  readonly abortScaleDownDelaySeconds?: number;
}
