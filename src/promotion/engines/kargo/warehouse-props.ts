import type { ApiObjectMetadata } from 'cdk8s';
import type { Subscription } from './subscription';

/** Who makes Freight of what a Warehouse finds. */
export enum FreightCreationPolicy {
  /** The Warehouse, whenever it finds something new. */
  AUTOMATIC = 'Automatic',
  /** Somebody, by hand. */
  MANUAL = 'Manual',
}

/** What must hold for Freight to be made. */
export interface FreightCreationCriteria {
  /**
   * An expr-lang expression, without `${{ }}`: `imageFrom("ghcr.io/acme/api").Tag == chartFrom("https://charts.acme.com", "api").Version`.
   */
  readonly expression: string;
}

/** Properties of a `Warehouse`. */
export interface WarehouseProps {
  /**
   * Name, namespace, labels and annotations. A Warehouse lives in the namespace of its Project.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /** What is watched. At least one, each repository once. */
  readonly subscriptions: Subscription[];

  /**
   * Who makes Freight of what is found.
   *
   * @default FreightCreationPolicy.AUTOMATIC
   */
  readonly freightCreationPolicy?: FreightCreationPolicy;

  /**
   * What must hold for Freight to be made by the Warehouse.
   *
   * @default - any new artifact makes Freight
   */
  readonly freightCreationCriteria?: FreightCreationCriteria;

  /**
   * How often it looks: `5m`. The controller may be started with a least interval.
   *
   * @default 5m0s
   */
  readonly interval?: string;

  /**
   * The shard of the controller that takes care of it.
   *
   * @default - the default shard
   */
  readonly shard?: string;
}
