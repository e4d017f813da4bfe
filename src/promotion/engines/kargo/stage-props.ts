import type { ApiObjectMetadata } from 'cdk8s';
import type { PromotionStep, Variable } from './promotion-step';

/** When Freight counts as verified, with several Stages before. */
export enum AvailabilityStrategy {
  /** When it is verified in all of them. */
  ALL = 'All',
  /** When it is verified in one of them. */
  ONE_OF = 'OneOf',
}

/** Which Freight is promoted without asking, where that is permitted. */
export enum SelectionPolicy {
  /** What was made last. */
  NEWEST_FREIGHT = 'NewestFreight',
  /** What the one Stage before has now. */
  MATCH_UPSTREAM = 'MatchUpstream',
}

/** Where Freight was made. */
export interface FreightOrigin {
  /** The name of the Warehouse. */
  readonly name: string;
}

/** How Freight is promoted without asking. */
export interface AutoPromotionOptions {
  /**
   * Which Freight is promoted. `MATCH_UPSTREAM` needs exactly one Stage before and no direct source (FW932).
   *
   * @default SelectionPolicy.NEWEST_FREIGHT
   */
  readonly selectionPolicy?: SelectionPolicy;
}

/** From where a Stage takes Freight: directly, from other Stages, or both. */
export interface FreightSources {
  /**
   * Take it right from the Warehouse.
   *
   * @default false
   */
  readonly direct?: boolean;

  /**
   * The names of the Stages in which it must be verified first.
   *
   * @default - none
   */
  readonly stages?: string[];

  /**
   * How long it must have been in a Stage before: `24h`. Of hours, minutes and seconds.
   *
   * @default - no time
   */
  readonly requiredSoakTime?: string;

  /**
   * When it counts as verified, with several Stages before.
   *
   * @default AvailabilityStrategy.ONE_OF
   */
  readonly availabilityStrategy?: AvailabilityStrategy;

  /**
   * How it is promoted without asking, where the ProjectConfig permits that.
   *
   * @default - what is newest
   */
  readonly autoPromotionOptions?: AutoPromotionOptions;
}

/** Freight that a Stage takes. */
export interface FreightRequest {
  /** Where it was made. Each Warehouse once. */
  readonly origin: FreightOrigin;

  /** From where it is taken. Neither direct nor a Stage throws FW931. */
  readonly sources: FreightSources;
}

/** What a promotion does. */
export interface PromotionTemplate {
  /** The steps, in their order. At least one. */
  readonly steps: PromotionStep[];

  /**
   * Variables for all steps.
   *
   * @default - none
   */
  readonly vars?: Variable[];
}

/** The kind of an analysis template. */
export enum AnalysisTemplateKind {
  /** A template beside the Stage. */
  ANALYSIS_TEMPLATE = 'AnalysisTemplate',
  /** A template for all namespaces. */
  CLUSTER_ANALYSIS_TEMPLATE = 'ClusterAnalysisTemplate',
}

/** A template of Argo Rollouts. */
export interface AnalysisTemplateReference {
  /** Its name. */
  readonly name: string;

  /**
   * Its kind.
   *
   * @default AnalysisTemplateKind.ANALYSIS_TEMPLATE
   */
  readonly kind?: AnalysisTemplateKind;
}

/** An argument of the analysis. */
export interface AnalysisArgument {
  /** Its name. */
  readonly name: string;

  /** Its value, which may hold expressions. */
  readonly value: string;
}

/** Metadata of the AnalysisRuns. */
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

/** How Freight is verified after it was promoted. */
export interface Verification {
  /** The templates, whose metrics are measured together. At least one. */
  readonly analysisTemplates: AnalysisTemplateReference[];

  /**
   * Arguments for them.
   *
   * @default - none
   */
  readonly args?: AnalysisArgument[];

  /**
   * Metadata of the AnalysisRuns.
   *
   * @default - none
   */
  readonly analysisRunMetadata?: AnalysisRunMetadata;
}

/** Properties of a `Stage`. */
export interface StageProps {
  /**
   * Name, namespace, labels and annotations. A Stage lives in the namespace of its Project.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /** The Freight that it takes. At least one. */
  readonly requestedFreight: FreightRequest[];

  /**
   * What a promotion does.
   *
   * @default - nothing: Freight is only marked, as in a control flow Stage
   */
  readonly promotionTemplate?: PromotionTemplate;

  /**
   * How Freight is verified after it was promoted.
   *
   * @default - it is verified as soon as the Stage is healthy
   */
  readonly verification?: Verification;

  /**
   * Variables for the promotion and the verification.
   *
   * @default - none
   */
  readonly vars?: Variable[];

  /**
   * The shard of the controller that takes care of it.
   *
   * @default - the default shard
   */
  readonly shard?: string;
}
