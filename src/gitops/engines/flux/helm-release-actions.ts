/** What is done about the definitions in the folder `crds` of a chart. */
export enum CrdsPolicy {
  /** Nothing. */
  SKIP = 'Skip',
  /** Those that are not there are made. */
  CREATE = 'Create',
  /** They are made, and replaced; none is deleted. */
  CREATE_REPLACE = 'CreateReplace',
}

/** What a failure leads to. */
export enum ActionStrategyName {
  /** It is undone, as `remediation` says. */
  REMEDIATE_ON_FAILURE = 'RemediateOnFailure',
  /** It is tried again, and nothing is undone: for what cannot bear to be rolled back. */
  RETRY_ON_FAILURE = 'RetryOnFailure',
}

/** What a failure of an installation or of an upgrade leads to. */
export class ActionStrategy {
  /** It is undone, as `remediation` says. */
  public static remediateOnFailure(): ActionStrategy {
    return new ActionStrategy(ActionStrategyName.REMEDIATE_ON_FAILURE);
  }

  /**
   * It is tried again, and nothing is undone: for what cannot bear to be rolled back.
   *
   * @param retryInterval the time between two tries; 5m unless given. FW553 for what is no duration
   */
  public static retryOnFailure(retryInterval?: string): ActionStrategy {
    return new ActionStrategy(ActionStrategyName.RETRY_ON_FAILURE, retryInterval);
  }

  private constructor(
    /** What a failure leads to. */
    public readonly name: ActionStrategyName,
    /** The time between two tries. */
    public readonly retryInterval?: string,
  ) {}

  /** @internal */
  public get _isStrategy(): boolean {
    return true;
  }

  /** @internal */
  public _toJson() {
    return { name: this.name, retryInterval: this.retryInterval };
  }
}

/** How a failed upgrade is undone. */
export enum RemediationStrategy {
  /** Back to the release before. */
  ROLLBACK = 'rollback',
  /** The release is removed. */
  UNINSTALL = 'uninstall',
}

/** Whether something is applied by the server. */
export enum ServerSideApply {
  /** It is. */
  ENABLED = 'enabled',
  /** It is not. */
  DISABLED = 'disabled',
  /** As the release was before. */
  AUTO = 'auto',
}

/** What is done about a release under another chart name. */
export enum ChartNameChangeStrategy {
  /** It is removed and installed. */
  REINSTALL = 'Reinstall',
  /** It is upgraded. */
  IN_PLACE_UPDATE = 'InPlaceUpdate',
}

/** How objects are deleted. */
export enum DeletionPropagation {
  /** At once, and what they own afterwards. */
  BACKGROUND = 'background',
  /** After what they own. */
  FOREGROUND = 'foreground',
  /** What they own stays. */
  ORPHAN = 'orphan',
}

/** What is done about a failed installation. */
export interface InstallRemediation {
  /**
   * How often it is tried again, after it was removed; -1 for ever.
   *
   * @default 0
   */
  readonly retries?: number;

  /**
   * Whether a failed test does not count.
   *
   * @default - `test.ignoreFailures`
   */
  readonly ignoreTestFailures?: boolean;

  /**
   * Whether the last failure is undone, too.
   *
   * @default false
   */
  readonly remediateLastFailure?: boolean;
}

/** What is done about a failed upgrade. */
export interface UpgradeRemediation extends InstallRemediation {
  /**
   * How it is undone.
   *
   * @default RemediationStrategy.ROLLBACK
   */
  readonly strategy?: RemediationStrategy;
}

/** What all actions of Helm have. */
export interface HelmActionProps {
  /**
   * How long one step may take.
   *
   * @default - `timeout` of the HelmRelease
   */
  readonly timeout?: string;

  /**
   * Whether hooks are left out.
   *
   * @default false
   */
  readonly disableHooks?: boolean;

  /**
   * Whether nobody waits for the objects to become ready.
   *
   * @default false
   */
  readonly disableWait?: boolean;
}

/** What an installation and an upgrade have. */
export interface HelmReleaseActionProps extends HelmActionProps {
  /**
   * What a failure leads to.
   *
   * @default - `remediation` decides
   */
  readonly strategy?: ActionStrategy;

  /**
   * What is done about the definitions in the folder `crds` of the chart.
   *
   * @default - CREATE for an installation, SKIP for an upgrade
   */
  readonly crds?: CrdsPolicy;

  /**
   * Whether nobody waits for Jobs.
   *
   * @default false
   */
  readonly disableWaitForJobs?: boolean;

  /**
   * Whether the objects are not checked against the API of the cluster.
   *
   * @default false
   */
  readonly disableOpenAPIValidation?: boolean;

  /**
   * Whether values are not checked against the schema of the chart.
   *
   * @default false
   */
  readonly disableSchemaValidation?: boolean;

  /**
   * Whether objects of others are not taken over.
   *
   * @default false
   */
  readonly disableTakeOwnership?: boolean;
}

/** How a chart is installed. */
export interface HelmInstall extends HelmReleaseActionProps {
  /**
   * What is done about a failure. Ignored with `retryOnFailure` (FW563).
   *
   * @default - nothing
   */
  readonly remediation?: InstallRemediation;

  /**
   * Whether `targetNamespace` is made.
   *
   * @default false
   */
  readonly createNamespace?: boolean;

  /**
   * Whether the name of a removed release is used again.
   *
   * @default false
   */
  readonly replace?: boolean;

  /**
   * Whether the server applies.
   *
   * @default true
   */
  readonly serverSideApply?: boolean;
}

/** How a release is upgraded. */
export interface HelmUpgrade extends HelmReleaseActionProps {
  /**
   * What is done about a failure. Ignored with `retryOnFailure` (FW563).
   *
   * @default - nothing
   */
  readonly remediation?: UpgradeRemediation;

  /**
   * What is done when the chart has another name.
   *
   * @default ChartNameChangeStrategy.REINSTALL
   */
  readonly chartNameChangeStrategy?: ChartNameChangeStrategy;

  /**
   * Whether objects are removed that a failed upgrade made.
   *
   * @default false
   */
  readonly cleanupOnFail?: boolean;

  /**
   * Whether objects are replaced. FW577 warns of it. Ignored with server-side apply.
   *
   * @default false
   */
  readonly force?: boolean;

  /**
   * Whether values of the release before are kept.
   *
   * @default false
   */
  readonly preserveValues?: boolean;

  /**
   * Whether the server applies.
   *
   * @default ServerSideApply.AUTO
   */
  readonly serverSideApply?: ServerSideApply;
}

/** How a release goes back. */
export interface HelmRollback extends HelmActionProps {
  /**
   * Whether objects are removed that a failed rollback made.
   *
   * @default false
   */
  readonly cleanupOnFail?: boolean;

  /**
   * Whether nobody waits for Jobs.
   *
   * @default false
   */
  readonly disableWaitForJobs?: boolean;

  /**
   * Whether objects are replaced. FW577 warns of it. Ignored with server-side apply.
   *
   * @default false
   */
  readonly force?: boolean;

  /**
   * Whether the server applies.
   *
   * @default ServerSideApply.AUTO
   */
  readonly serverSideApply?: ServerSideApply;
}

/** How a release is removed. */
export interface HelmUninstall extends HelmActionProps {
  /**
   * How objects are deleted.
   *
   * @default DeletionPropagation.BACKGROUND
   */
  readonly deletionPropagation?: DeletionPropagation;

  /**
   * Whether the history stays.
   *
   * @default false
   */
  readonly keepHistory?: boolean;
}

/** A test of a chart that is left out, or the only one. */
export interface HelmTestFilter {
  /** The name of the test. */
  readonly name: string;

  /**
   * Whether it is left out.
   *
   * @default false
   */
  readonly exclude?: boolean;
}

/** Whether the tests of a chart run after an installation and an upgrade. */
export interface HelmTest {
  /**
   * Whether they run.
   *
   * @default false
   */
  readonly enable?: boolean;

  /**
   * Which of them.
   *
   * @default - all
   */
  readonly filters?: HelmTestFilter[];

  /**
   * Whether a failure does not count.
   *
   * @default false
   */
  readonly ignoreFailures?: boolean;

  /**
   * How long one step may take.
   *
   * @default - `timeout` of the HelmRelease
   */
  readonly timeout?: string;
}
