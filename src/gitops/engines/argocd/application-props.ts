import { ApiObjectMetadata } from 'cdk8s';
import { Destination } from './destination';
import { SyncOption } from './sync-option';

/** What happens to the resources of an Application that is deleted. */
export enum Finalizer {
  /** They are deleted first; the Application disappears when they are gone. */
  FOREGROUND = 'resources-finalizer.argocd.argoproj.io',
  /** They are deleted, and the Application does not wait for it. */
  BACKGROUND = 'resources-finalizer.argocd.argoproj.io/background',
}

/** Properties of an `Application`. */
export interface ApplicationProps {
  /**
   * Name, namespace, labels and annotations. An Application lives in a namespace that Argo CD watches.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /** The AppProject that the Application belongs to. Throws FW512 when it is empty. */
  readonly project: string;

  /** Where it is deployed to. */
  readonly destination: Destination;

  /**
   * Where its manifests come from. Exactly one of `source` and `sources` is needed, else FW510 is thrown.
   *
   * @default - `sources`
   */
  readonly source?: ApplicationSource;

  /**
   * Where its manifests come from, several places.
   *
   * @default - `source`
   */
  readonly sources?: ApplicationSource[];

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

/** A place that manifests come from. */
export interface ApplicationSource {
  /** The URL of the Git repository, Helm repository or OCI artifact. */
  readonly repoURL: string;

  /**
   * The folder in a Git repository.
   *
   * @default - none; `chart` or `ref` is given instead
   */
  readonly path?: string;

  /**
   * The name of a chart in a Helm repository.
   *
   * @default - none; `path` or `ref` is given instead
   */
  readonly chart?: string;

  /**
   * A commit, tag, branch or, for charts, a version.
   *
   * @default - `HEAD` for Git; a chart needs one
   */
  readonly targetRevision?: string;

  /**
   * A name by which other sources refer to files of this one: `$name/values.yaml`.
   *
   * @default - none
   */
  readonly ref?: string;

  /**
   * A name for people, where there are several sources.
   *
   * @default - none
   */
  readonly name?: string;

  /**
   * How a folder of plain manifests is read.
   *
   * @default - its YAML and JSON files, without folders below
   */
  readonly directory?: DirectorySource;

  /**
   * How a Helm chart is rendered.
   *
   * @default - with its own values
   */
  readonly helm?: HelmSource;

  /**
   * How a Kustomize folder is rendered, in the fields of the upstream type.
   *
   * @default - as it is
   */
  readonly kustomize?: any;

  /**
   * A config management plug-in, in the fields of the upstream type.
   *
   * @default - none
   */
  readonly plugin?: any;
}

/** How a folder of plain manifests is read. */
export interface DirectorySource {
  /**
   * Also read the folders below.
   *
   * @default false
   */
  readonly recurse?: boolean;

  /**
   * A glob of files to read.
   *
   * @default - all manifests
   */
  readonly include?: string;

  /**
   * A glob of files to leave out.
   *
   * @default - none
   */
  readonly exclude?: string;
}

/** How a Helm chart is rendered. */
export interface HelmSource {
  /**
   * The name of the release.
   *
   * @default - the name of the Application
   */
  readonly releaseName?: string;

  /**
   * Values.
   *
   * @default - those of the chart
   */
  readonly valuesObject?: any;

  /**
   * Files with values, relative to the chart or by the `ref` of another source.
   *
   * @default - none
   */
  readonly valueFiles?: string[];

  /**
   * Do not fail on a values file that does not exist.
   *
   * @default false
   */
  readonly ignoreMissingValueFiles?: boolean;

  /**
   * Leave out custom resource definitions of the chart.
   *
   * @default false
   */
  readonly skipCrds?: boolean;

  /**
   * Leave out tests of the chart.
   *
   * @default false
   */
  readonly skipTests?: boolean;
}

/** How an Application is synced. */
export interface SyncPolicy {
  /**
   * Sync without being asked.
   *
   * @default - by hand
   */
  readonly automated?: AutomatedSync;

  /**
   * Options of every sync.
   *
   * @default - none
   */
  readonly syncOptions?: SyncOption[];

  /**
   * What happens when a sync fails.
   *
   * @default - five tries
   */
  readonly retry?: RetryStrategy;

  /**
   * Labels and annotations of the namespace, when the sync makes it (`CreateNamespace=true`).
   *
   * @default - none
   */
  readonly managedNamespaceMetadata?: ManagedNamespaceMetadata;
}

/** Labels and annotations of a namespace that a sync makes. */
export interface ManagedNamespaceMetadata {
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

/** Syncing without being asked. */
export interface AutomatedSync {
  /**
   * Also delete what is no longer in the repository.
   *
   * @default false
   */
  readonly prune?: boolean;

  /**
   * Also undo changes made in the cluster.
   *
   * @default false
   */
  readonly selfHeal?: boolean;

  /**
   * Also when the repository holds nothing: everything is deleted then.
   *
   * @default false
   */
  readonly allowEmpty?: boolean;
}

/** What happens when a sync fails. */
export interface RetryStrategy {
  /**
   * How often to try again; negative means for ever.
   *
   * @default 5
   */
  readonly limit?: number;

  /**
   * How long to wait in between.
   *
   * @default - 5 seconds, doubled each time, up to 3 minutes
   */
  readonly backoff?: RetryBackoff;

  /**
   * Take a newer revision when there is one, instead of trying the failed one to the end.
   *
   * @default false
   */
  readonly refresh?: boolean;
}

/** How long to wait between two tries; durations as in Go, such as `5s`. */
export interface RetryBackoff {
  /**
   * The first wait.
   *
   * @default '5s'
   */
  readonly duration?: string;

  /**
   * By what it grows each time.
   *
   * @default 2
   */
  readonly factor?: number;

  /**
   * The longest wait.
   *
   * @default '3m'
   */
  readonly maxDuration?: string;
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
