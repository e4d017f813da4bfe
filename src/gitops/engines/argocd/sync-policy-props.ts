import { SyncOption } from './sync-option';

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
   * Labels and annotations of the destination namespace. They need `SyncOption.CREATE_NAMESPACE`, else FW521 is warned.
   *
   * @default - none
   */
  readonly managedNamespaceMetadata?: ManagedNamespaceMetadata;
}

/** Labels and annotations of the destination namespace. */
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
   * Whether it is on; `false` keeps the other fields for the day when it is on again. Argo CD before 3.1 does not know the field.
   *
   * @default true
   */
  readonly enabled?: boolean;

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
