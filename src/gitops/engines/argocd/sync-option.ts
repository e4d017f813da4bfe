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
