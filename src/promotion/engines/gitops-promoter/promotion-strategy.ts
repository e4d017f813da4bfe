import { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { register } from './register';
import { checkStrategy } from './strategy-validation';
import { copied } from '../../../core/copied';
import { plain } from '../../../core/shape';

/** A commit status that a promotion waits for. */
export interface CommitStatusSelector {
  /** The key, by which it is reported. */
  readonly key: string;

  /**
   * Something outside of this tree reports it, such as a pipeline that makes CommitStatuses: it is not missed (FW950). Not written.
   *
   * @default false
   */
  readonly isExternal?: boolean;
}

/** An environment, known by its branch. */
export interface StrategyEnvironment {
  /** The branch that runs in it. What is proposed for it stands in `<branch>-next`. */
  readonly branch: string;

  /**
   * Merge pull requests without asking. It is always written: upstream, too, nothing means true.
   *
   * @default true
   */
  readonly autoMerge?: boolean;

  /**
   * What must hold of the commit that runs here before it goes on to the next environment.
   *
   * @default - what the strategy says for all environments
   */
  readonly activeCommitStatuses?: CommitStatusSelector[];

  /**
   * What must hold of a commit before it comes here.
   *
   * @default - what the strategy says for all environments
   */
  readonly proposedCommitStatuses?: CommitStatusSelector[];

  /**
   * The folder of the active state, below which the proposed branch lies.
   *
   * @default - that of the strategy
   */
  readonly activePath?: string;
}

/** How pull requests are made. */
export interface PullRequestPolicy {
  /** An expr-lang expression that gives a list of labels: `["promotion"]`. At most 8192 characters. */
  readonly labelsExpression: string;
}

/** Properties of a `PromotionStrategy`. */
export interface PromotionStrategyProps {
  /**
   * Name, namespace, labels and annotations.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /** The name of the GitRepository, in the same namespace. */
  readonly gitRepositoryRef: string;

  /** The environments, in the order in which a change goes through them: a line without forks. From 1 to 1000, each branch once. */
  readonly environments: StrategyEnvironment[];

  /**
   * What must hold of the commit that runs in any environment before it goes on.
   *
   * @default - none
   */
  readonly activeCommitStatuses?: CommitStatusSelector[];

  /**
   * What must hold of a commit before it comes to any environment.
   *
   * @default - none
   */
  readonly proposedCommitStatuses?: CommitStatusSelector[];

  /**
   * The folder of the active state.
   *
   * @default - the whole branch
   */
  readonly activePath?: string;

  /**
   * How pull requests are made.
   *
   * @default - without labels
   */
  readonly pullRequest?: PullRequestPolicy;
}

/**
 * A GitOps Promoter `PromotionStrategy` (promoter.argoproj.io/v1alpha1), in any cdk8s chart: through which branches a change goes.
 *
 * There is no automatic way back: RevertCommit is an empty scaffold upstream, and is not offered.
 * Fields that have no property here are set with `addJsonPatch`.
 */
export class PromotionStrategy extends ApiObject {
  /** @internal */
  public readonly _props: PromotionStrategyProps;

  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the strategy. Throws FW940 to FW942, FW945, FW946 and FW948. Checks over the tree give FW950 and FW955
   */
  public constructor(scope: Construct, id: string, props: PromotionStrategyProps) {
    checkStrategy(`${scope.node.path}/${id}`, props ?? {});
    super(scope, id, { apiVersion: 'promoter.argoproj.io/v1alpha1', kind: 'PromotionStrategy', metadata: { ...props.metadata }, spec: specOf(props) });
    this._props = copied(props, 6);
    register(this);
  }
}

function specOf(props: PromotionStrategyProps): any {
  const { metadata: _, gitRepositoryRef, pullRequest, environments, activeCommitStatuses, proposedCommitStatuses, ...rest } = props;
  return plain({
    ...rest,
    gitRepositoryRef: { name: gitRepositoryRef },
    activeCommitStatuses: keysOf(activeCommitStatuses),
    proposedCommitStatuses: keysOf(proposedCommitStatuses),
    environments: environments.map(environment => ({
      autoMerge: true,
      ...plain(environment),
      activeCommitStatuses: keysOf(environment.activeCommitStatuses),
      proposedCommitStatuses: keysOf(environment.proposedCommitStatuses),
    })),
    pullRequest: pullRequest === undefined ? undefined : { labels: { expression: pullRequest.labelsExpression } },
  });
}

function keysOf(selectors: CommitStatusSelector[] | undefined) {
  return selectors?.map(({ key }) => ({ key }));
}
