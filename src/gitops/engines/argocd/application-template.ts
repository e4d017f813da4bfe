import { ApplicationSpec, Finalizer, Info, ResourceIgnoreDifferences } from './application-props';
import { Destination } from './destination';
import { SourceHydrator } from './source-hydrator';
import { ApplicationSource } from './source-props';
import { SyncPolicy } from './sync-policy-props';

/**
 * What the Applications of an `ApplicationSet` are. Every text may hold `{{ … }}`, with the parameters of the generators; what is
 * no text is changed by `templatePatch`.
 */
export interface ApplicationTemplate extends ApplicationSpec {
  /** The name, with something of the generators in it, else FW533 is thrown when there may be several Applications. */
  readonly name: string;

  /**
   * The namespace, where Argo CD allows Applications in any.
   *
   * @default - that of the ApplicationSet
   */
  readonly namespace?: string;

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

  /**
   * What happens to the resources of an Application that is deleted.
   *
   * @default - Finalizer.FOREGROUND, which the controller adds, unless `preserveResourcesOnDeletion` is set
   */
  readonly finalizer?: Finalizer;
}

/** What is other in the Applications of one generator. What is not given here comes from the template of the ApplicationSet. */
export interface TemplateOverride {
  /**
   * The name.
   *
   * @default - that of the template
   */
  readonly name?: string;

  /**
   * Labels, beside those of the template.
   *
   * @default - those of the template
   */
  readonly labels?: Record<string, string>;

  /**
   * Annotations, beside those of the template.
   *
   * @default - those of the template
   */
  readonly annotations?: Record<string, string>;

  /**
   * What happens to the resources of an Application that is deleted.
   *
   * @default - as in the template
   */
  readonly finalizer?: Finalizer;

  /**
   * The AppProject.
   *
   * @default - that of the template
   */
  readonly project?: string;

  /**
   * Where it is deployed to.
   *
   * @default - as in the template
   */
  readonly destination?: Destination;

  /**
   * Where its manifests come from. Its fields are put together with those of the template.
   *
   * @default - as in the template
   */
  readonly source?: ApplicationSource;

  /**
   * Where its manifests come from, several places.
   *
   * @default - as in the template
   */
  readonly sources?: ApplicationSource[];

  /**
   * Where its manifests come from, before they are hydrated.
   *
   * @default - as in the template
   */
  readonly sourceHydrator?: SourceHydrator;

  /**
   * How it is synced.
   *
   * @default - as in the template
   */
  readonly syncPolicy?: SyncPolicy;

  /**
   * Fields whose drift does not count.
   *
   * @default - as in the template
   */
  readonly ignoreDifferences?: ResourceIgnoreDifferences[];

  /**
   * Information for people.
   *
   * @default - as in the template
   */
  readonly info?: Info[];

  /**
   * How many revisions are kept for a rollback.
   *
   * @default - as in the template
   */
  readonly revisionHistoryLimit?: number;
}
