import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { GateProps } from './gate';
import { ARGO_CD, checkGate, GIT, SCHEDULED, TIMED, zeroWaits } from './gates-validation';
import { register } from './register';
import { copied } from '../../../core/copied';
import { Diagnostics } from '../../../core/diagnostics/diagnostics';
import type { LabelSelector } from '../../../core/label-selector';
import { plain } from '../../../core/shape';

/** The link of a commit status. */
export interface CommitStatusUrl {
  /** A Go template: `https://argocd.acme.com/applications?labels=env%3D{{ .Environment }}`. */
  readonly template: string;

  /**
   * Options of the template: `missingkey=error`.
   *
   * @default - none
   */
  readonly options?: string[];
}

/** Properties of an `ArgoCDCommitStatus`. */
export interface ArgoCDCommitStatusProps extends GateProps {
  /** The labels of the Applications, of which each follows one of the branches. Not empty. */
  readonly applicationSelector: LabelSelector;

  /**
   * The link of the commit status.
   *
   * @default - none
   */
  readonly url?: CommitStatusUrl;
}

/**
 * A GitOps Promoter `ArgoCDCommitStatus` (promoter.argoproj.io/v1alpha1), in any cdk8s chart: a gate that opens when the
 * Applications are synced and healthy. It reports on the active commit.
 */
export class ArgoCDCommitStatus extends ApiObject {
  /** @internal */
  public readonly _gate: any;

  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the gate. Throws FW940 to FW942, FW946 and FW948. Checks over the tree give FW951 to FW955
   */
  public constructor(scope: Construct, id: string, props: ArgoCDCommitStatusProps) {
    checkGate(`${scope.node.path}/${id}`, 'ArgoCDCommitStatus', ARGO_CD, props ?? {});
    super(scope, id, { apiVersion: 'promoter.argoproj.io/v1alpha1', kind: 'ArgoCDCommitStatus', metadata: { ...props.metadata }, spec: specOf(props) });
    this._gate = gateOf(props, 'active');
    register(this);
  }
}

/** How long a commit must have run in an environment. */
export interface TimedEnvironment {
  /** The branch of the environment. */
  readonly branch: string;

  /** How long, as Go writes it: `4h`. */
  readonly duration: string;
}

/** Properties of a `TimedCommitStatus`. */
export interface TimedCommitStatusProps extends GateProps {
  /** How long, by environments. At least one, each branch once. */
  readonly environments: TimedEnvironment[];
}

/**
 * A GitOps Promoter `TimedCommitStatus` (promoter.argoproj.io/v1alpha1), in any cdk8s chart: a gate that opens when a commit
 * has run for some time. It reports on the active commit.
 */
export class TimedCommitStatus extends ApiObject {
  /** @internal */
  public readonly _gate: any;

  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the gate. Throws FW940 to FW943, FW945 and FW946; warns FW949 of no time. Checks over the tree give FW951 to FW956
   */
  public constructor(scope: Construct, id: string, props: TimedCommitStatusProps) {
    checkGate(`${scope.node.path}/${id}`, 'TimedCommitStatus', TIMED, props ?? {});
    super(scope, id, { apiVersion: 'promoter.argoproj.io/v1alpha1', kind: 'TimedCommitStatus', metadata: { ...props.metadata }, spec: specOf(props) });
    this._gate = gateOf(props, 'active');
    const warnings = zeroWaits(this.node.path, props);
    if (warnings.length > 0) {
      Diagnostics.of(this).addCheck({ check: () => warnings });
    }
    register(this);
  }
}

/** A window of time that comes again and again. */
export interface CronWindow {
  /** When it begins: minute, hour, day of the month, month and day of the week, `0 9 * * 1-5`. */
  readonly cron: string;

  /** How long it is open, as Go writes it: `8h`. Longer than nothing. */
  readonly duration: string;

  /**
   * The IANA time zone of the beginning: `Europe/Berlin`.
   *
   * @default - that of the gate
   */
  readonly timezone?: string;

  /**
   * What it is for. At most 256 characters.
   *
   * @default - none
   */
  readonly description?: string;
}

/** An environment with windows. */
export interface ScheduledEnvironment {
  /** The branch of the environment. */
  readonly branch: string;

  /**
   * When changes may come, beside the windows for all. At most 20.
   *
   * @default - those for all
   */
  readonly allow?: CronWindow[];

  /**
   * When no changes may come, whatever else permits them. At most 20.
   *
   * @default - those for all
   */
  readonly exclude?: CronWindow[];
}

/** Properties of a `ScheduledCommitStatus`. */
export interface ScheduledCommitStatusProps extends GateProps {
  /** The environments. From 1 to 1000, each branch once; one without a window of its own needs one for all (FW947). */
  readonly environments: ScheduledEnvironment[];

  /**
   * When changes may come. At most 20.
   *
   * @default - always, where nothing excludes them
   */
  readonly allow?: CronWindow[];

  /**
   * When no changes may come. At most 20.
   *
   * @default - none
   */
  readonly exclude?: CronWindow[];

  /**
   * The IANA time zone of windows that have none. It is always written.
   *
   * @default UTC
   */
  readonly timezone?: string;
}

/**
 * A GitOps Promoter `ScheduledCommitStatus` (promoter.argoproj.io/v1alpha1), in any cdk8s chart: a gate that is open at
 * some times. It reports on the proposed commit.
 */
export class ScheduledCommitStatus extends ApiObject {
  /** @internal */
  public readonly _gate: any;

  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the gate. Throws FW940 to FW947. Checks over the tree give FW951 to FW956
   */
  public constructor(scope: Construct, id: string, props: ScheduledCommitStatusProps) {
    checkGate(`${scope.node.path}/${id}`, 'ScheduledCommitStatus', SCHEDULED, props ?? {});
    super(scope, id, {
      apiVersion: 'promoter.argoproj.io/v1alpha1', kind: 'ScheduledCommitStatus', metadata: { ...props.metadata }, spec: specOf({ timezone: 'UTC', ...plain(props) }),
    });
    this._gate = gateOf(props, 'proposed');
    register(this);
  }
}

/** Which commit an expression is about. */
export enum CommitTarget {
  /** The one that runs. */
  ACTIVE = 'active',
  /** The one that is proposed. */
  PROPOSED = 'proposed',
}

/** Properties of a `GitCommitStatus`. */
export interface GitCommitStatusProps extends GateProps {
  /** An expr-lang expression over the commit that comes to true or false, with SHA, Subject, Body, Author and Trailers: `!(Subject startsWith "Revert")`. */
  readonly expression: string;

  /**
   * Which commit the expression is about. It is always written.
   *
   * @default CommitTarget.ACTIVE
   */
  readonly target?: CommitTarget;

  /**
   * What stands at the commit status.
   *
   * @default - nothing
   */
  readonly description?: string;
}

/**
 * A GitOps Promoter `GitCommitStatus` (promoter.argoproj.io/v1alpha1), in any cdk8s chart: a gate that looks at a commit.
 * Whichever commit it looks at, it reports on the proposed one.
 */
export class GitCommitStatus extends ApiObject {
  /** @internal */
  public readonly _gate: any;

  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the gate. Throws FW940 to FW942, FW946 and FW948. Checks over the tree give FW951 to FW955
   */
  public constructor(scope: Construct, id: string, props: GitCommitStatusProps) {
    checkGate(`${scope.node.path}/${id}`, 'GitCommitStatus', GIT, props ?? {});
    super(scope, id, {
      apiVersion: 'promoter.argoproj.io/v1alpha1', kind: 'GitCommitStatus', metadata: { ...props.metadata }, spec: specOf({ target: CommitTarget.ACTIVE, ...plain(props) }),
    });
    this._gate = gateOf(props, 'proposed');
    register(this);
  }
}

function specOf({ metadata: _, promotionStrategyRef, ...spec }: any): any {
  return plain({ ...spec, promotionStrategyRef: { name: promotionStrategyRef } });
}

function gateOf({ key, promotionStrategyRef, environments }: any, side: string): any {
  return copied({ key, strategy: promotionStrategyRef, side, branches: environments?.map((environment: { branch: string }) => environment.branch) });
}
