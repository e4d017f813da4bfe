import { ApiObjectMetadata } from 'cdk8s';
import { Destination } from './destination';
import { SourceHydrator } from './source-hydrator';
import { ApplicationSource } from './source-props';
import { SyncOption } from './sync-option';
import { SyncPolicy } from './sync-policy-props';

/** What happens to the resources of an Application that is deleted. */
export enum Finalizer {
  /** They are deleted first; the Application disappears when they are gone. */
  FOREGROUND = 'resources-finalizer.argocd.argoproj.io',
  /** They are deleted, and the Application does not wait for it. */
  BACKGROUND = 'resources-finalizer.argocd.argoproj.io/background',
}

/** What an Application is, without its name: of one `Application`, or in the template of an `ApplicationSet`. */
export interface ApplicationSpec {
  /** The AppProject that the Application belongs to. Throws FW512 when it is empty. */
  readonly project: string;

  /** Where it is deployed to. */
  readonly destination: Destination;

  /**
   * Where its manifests come from. Exactly one of `source`, `sources` and `sourceHydrator` is needed, else FW510 is thrown.
   *
   * @default - `sources` or `sourceHydrator`
   */
  readonly source?: ApplicationSource;

  /**
   * Where its manifests come from, several places.
   *
   * @default - `source` or `sourceHydrator`
   */
  readonly sources?: ApplicationSource[];

  /**
   * Where its manifests come from, before they are rendered and committed by Argo CD's hydrator.
   * Beta in Argo CD 3.5; the commit server must be installed.
   *
   * @default - `source` or `sources`
   */
  readonly sourceHydrator?: SourceHydrator;

  /**
   * How it is synced.
   *
   * @default - by hand
   */
  readonly syncPolicy?: SyncPolicy;

  /**
   * Fields whose drift does not count.
   *
   * @default - all drift counts
   */
  readonly ignoreDifferences?: ResourceIgnoreDifferences[];

  /**
   * Information for people, shown in the user interface.
   *
   * @default - none
   */
  readonly info?: Info[];

  /**
   * How many revisions are kept for a rollback.
   *
   * @default 10
   */
  readonly revisionHistoryLimit?: number;
}

/** Properties of an `Application`. */
export interface ApplicationProps extends ApplicationSpec {
  /**
   * Name, namespace, labels and annotations. An Application lives in a namespace that Argo CD watches.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * What happens to its resources when the Application is deleted.
   *
   * @default - they stay
   */
  readonly finalizer?: Finalizer;

  /**
   * The wave in which a parent Application syncs this one; lower waves first. Throws FW513 for no whole number.
   *
   * @default 0
   */
  readonly syncWave?: number;

  /**
   * Options for the Application as a resource of its parent, such as `Prune=confirm`.
   *
   * @default - none
   */
  readonly syncOptions?: SyncOption[];
}

/** Fields of resources whose drift does not count. */
export interface ResourceIgnoreDifferences {
  /** The kind of the resources. */
  readonly kind: string;

  /**
   * Their API group.
   *
   * @default - the core group
   */
  readonly group?: string;

  /**
   * The name of one resource.
   *
   * @default - all of the kind
   */
  readonly name?: string;

  /**
   * The namespace of the resources.
   *
   * @default - any
   */
  readonly namespace?: string;

  /**
   * Fields by JSON pointer (RFC 6901).
   *
   * @default - none
   */
  readonly jsonPointers?: string[];

  /**
   * Fields by jq expression.
   *
   * @default - none
   */
  readonly jqPathExpressions?: string[];

  /**
   * Fields that these managers own.
   *
   * @default - none
   */
  readonly managedFieldsManagers?: string[];
}

/** A line of information. */
export interface Info {
  /** Its name. */
  readonly name: string;
  /** Its text; a URL becomes a link. */
  readonly value: string;
}
