import type { ApiObjectMetadata } from 'cdk8s';

/** What every gate has. */
export interface GateProps {
  /**
   * Name, namespace, labels and annotations. A gate lives beside its PromotionStrategy.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /** The name of the PromotionStrategy, in the same namespace. */
  readonly promotionStrategyRef: string;

  /**
   * The key, which the strategy lists. At most 63 lower-case letters, digits and hyphens.
   * It is always written: what upstream fills in without it is to go away.
   */
  readonly key: string;
}
