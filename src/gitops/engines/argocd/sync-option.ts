import * as messages from '../../messages';

/** An option of a sync, of an Application or of a single resource (argo-cd docs/user-guide/sync-options.md). */
export class SyncOption {
  /** Create the destination namespace when it does not exist. */
  public static readonly CREATE_NAMESPACE = SyncOption.of('CreateNamespace=true');
  /** Let the API server merge, and own single fields: for large objects and shared ones. */
  public static readonly SERVER_SIDE_APPLY = SyncOption.of('ServerSideApply=true');
  /** Apply only what differs. */
  public static readonly APPLY_OUT_OF_SYNC_ONLY = SyncOption.of('ApplyOutOfSyncOnly=true');
  /** Leave ignored fields alone also when something else is synced. */
  public static readonly RESPECT_IGNORE_DIFFERENCES = SyncOption.of('RespectIgnoreDifferences=true');
  /** Delete what is no longer needed after everything else is healthy. */
  public static readonly PRUNE_LAST = SyncOption.of('PruneLast=true');
  /** Fail when another Application manages a resource already. */
  public static readonly FAIL_ON_SHARED_RESOURCE = SyncOption.of('FailOnSharedResource=true');
  /** Do not take over the fields that `kubectl apply` once wrote, when switching to server-side apply. */
  public static readonly NO_CLIENT_SIDE_APPLY_MIGRATION = SyncOption.of('ClientSideApplyMigration=false');
  /** Objects are deleted after those that they own: the default. */
  public static readonly PRUNE_FOREGROUND = SyncOption.of('PrunePropagationPolicy=foreground');
  /** Objects are deleted at once, and those that they own afterwards. */
  public static readonly PRUNE_BACKGROUND = SyncOption.of('PrunePropagationPolicy=background');
  /** Objects are deleted, and those that they own stay. */
  public static readonly PRUNE_ORPHAN = SyncOption.of('PrunePropagationPolicy=orphan');
  /** Do not have kubectl check manifests against their schema. */
  public static readonly NO_VALIDATION = SyncOption.of('Validate=false');
  /** Do not try resources first whose kind is not there yet: for custom resources that come with their definitions. */
  public static readonly SKIP_DRY_RUN_ON_MISSING_RESOURCE = SyncOption.of('SkipDryRunOnMissingResource=true');
  /** Write the whole object, and not what differs. For one resource; in a sync policy FW523 is warned. */
  public static readonly REPLACE = SyncOption.of('Replace=true');
  /** For one resource: delete and make it anew where a change is refused. In a sync policy it means nothing, and FW521 is warned. */
  public static readonly FORCE = SyncOption.of('Force=true');
  /** For one resource: let the API server not merge, where the Application does. */
  public static readonly NO_SERVER_SIDE_APPLY = SyncOption.of('ServerSideApply=false');
  /** For one resource: never prune it. */
  public static readonly PRUNE_FALSE = SyncOption.of('Prune=false');
  /** For one resource: a person confirms before it is pruned. */
  public static readonly PRUNE_CONFIRM = SyncOption.of('Prune=confirm');
  /** For one resource: keep it when the Application is deleted. */
  public static readonly DELETE_FALSE = SyncOption.of('Delete=false');
  /** For one resource: a person confirms before it is deleted with the Application. */
  public static readonly DELETE_CONFIRM = SyncOption.of('Delete=confirm');

  /**
   * Any option.
   *
   * @param option `Name=value`. Throws FW515 for anything else
   */
  public static of(option: string): SyncOption {
    if (typeof option !== 'string' || !/^[A-Za-z]+=[A-Za-z]+$/.test(option)) {
      throw messages.invalidSyncPolicy.error('', { what: 'sync option', value: option, fault: 'has not the form Name=value' });
    }
    return new SyncOption(option);
  }

  private constructor(
    /** The option as Argo CD reads it. */
    public readonly value: string,
  ) {}
}
