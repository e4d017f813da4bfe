import { ApiObjectMetadata } from 'cdk8s';
import { Destination } from './destination';
import { ProjectRole } from './project-role';
import { SyncWindow } from './sync-window';

/** Kinds of an API group; `*` stands for all. */
export interface GroupKind {
  /** The API group; empty for the core group. */
  readonly group: string;
  /** The kind. */
  readonly kind: string;
}

/** Cluster-wide resources of a kind. */
export interface ClusterResource extends GroupKind {
  /**
   * The name of the resources, as a glob. Argo CD before 3.3 allows all names.
   *
   * @default - all names
   */
  readonly name?: string;
}

/** Properties of an `AppProject`. */
export interface AppProjectProps {
  /**
   * Name, namespace, labels and annotations. A project lives in the namespace of Argo CD.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * What the project is for, up to 255 characters.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * The repositories that its Applications may read, as globs. One that begins with `!` is denied, and permits
   * every other one: FW527 is warned unless there is a `*`.
   */
  readonly sourceRepos: string[];

  /**
   * The namespaces, beside that of Argo CD, in which its Applications may stand, as globs.
   *
   * @default - none
   */
  readonly sourceNamespaces?: string[];

  /**
   * The clusters and namespaces that its Applications may change. What begins with `!` is denied, and permits everything else:
   * FW527 is warned unless there is a `*`.
   */
  readonly destinations: Destination[];

  /**
   * The service accounts that syncs act as, the first that fits. It counts where impersonation is switched on in Argo CD.
   *
   * @default - that of Argo CD
   */
  readonly destinationServiceAccounts?: DestinationServiceAccount[];

  /**
   * The cluster-wide resources that its Applications may change.
   *
   * @default - none
   */
  readonly clusterResourceWhitelist?: ClusterResource[];

  /**
   * The cluster-wide resources that its Applications may not change, although they are allowed.
   *
   * @default - none
   */
  readonly clusterResourceBlacklist?: ClusterResource[];

  /**
   * The kinds that its Applications may change in namespaces.
   *
   * @default - none: unlike in Argo CD itself, where an absent list allows all
   */
  readonly namespaceResourceWhitelist?: GroupKind[];

  /**
   * The kinds in namespaces that its Applications may not change, although they are allowed.
   *
   * @default - none
   */
  readonly namespaceResourceBlacklist?: GroupKind[];

  /**
   * What is said of resources in its namespaces that belong to no Application.
   *
   * @default - nothing
   */
  readonly orphanedResources?: OrphanedResources;

  /**
   * Whether its Applications may only use clusters that are registered for the project.
   *
   * @default false
   */
  readonly permitOnlyProjectScopedClusters?: boolean;

  /**
   * Roles of people and programs.
   *
   * @default - none
   */
  readonly roles?: ProjectRole[];

  /**
   * Times in which Applications are synced, or are not.
   *
   * @default - always
   */
  readonly syncWindows?: SyncWindow[];

  /**
   * Which signatures commits must have. Argo CD before 3.5 does not know the field.
   *
   * @default - none
   */
  readonly sourceIntegrity?: SourceIntegrity;

  /**
   * The GPG keys, by their id, of which one must have signed a commit: before Argo CD 3.5. Beside `sourceIntegrity`, FW528 is thrown.
   *
   * @default - none
   */
  readonly signatureKeys?: string[];

  /**
   * The wave in which a parent Application syncs the project.
   *
   * @default 0
   */
  readonly syncWave?: number;
}

/** The service account that syncs to a destination act as. */
export interface DestinationServiceAccount {
  /** The cluster, by the URL of its API server, as a glob. */
  readonly server: string;

  /**
   * The namespace of the destination, as a glob.
   *
   * @default - any that is empty
   */
  readonly namespace?: string;

  /** The service account, as `name` in the namespace of the destination, or `namespace:name`. */
  readonly defaultServiceAccount: string;
}

/** What is said of resources that belong to no Application. */
export interface OrphanedResources {
  /**
   * Whether Applications get a warning.
   *
   * @default false
   */
  readonly warn?: boolean;

  /**
   * Resources of which nothing is said.
   *
   * @default - none
   */
  readonly ignore?: OrphanedResource[];
}

/** Resources of which nothing is said; globs. */
export interface OrphanedResource {
  /**
   * Their API group.
   *
   * @default - any
   */
  readonly group?: string;

  /**
   * Their kind.
   *
   * @default - any
   */
  readonly kind?: string;

  /**
   * Their name.
   *
   * @default - any
   */
  readonly name?: string;
}

/** Which signatures commits must have. */
export interface SourceIntegrity {
  /** Policies for Git repositories. For one that several fit, all of them count. */
  readonly git: GitIntegrityPolicy[];
}

/** Which signatures the commits of some repositories must have. */
export interface GitIntegrityPolicy {
  /** The URLs of the repositories, as globs; with `!` in front, what is left out. */
  readonly repos: string[];

  /** What is verified. */
  readonly mode: IntegrityMode;

  /**
   * The ids of the GPG keys that are trusted: 16 or 40 hexadecimal digits.
   *
   * @default - none, which only goes with IntegrityMode.NONE
   */
  readonly keys?: string[];
}

/** What is verified. */
export enum IntegrityMode {
  /** Nothing. */
  NONE = 'none',
  /** The commit, or the annotated tag, that is synced. */
  HEAD = 'head',
  /** Every commit up to it. */
  STRICT = 'strict',
}
