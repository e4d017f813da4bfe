/** Where a Git repository is hosted. */
export enum GitProvider {
  /** Azure DevOps. */
  AZURE = 'azure',
  /** Bitbucket. */
  BITBUCKET = 'bitbucket',
  /** Gitea. */
  GITEA = 'gitea',
  /** GitHub. */
  GITHUB = 'github',
  /** GitLab. */
  GITLAB = 'gitlab',
}

/** Who commits. */
export interface GitAuthor {
  /** The name. */
  readonly name: string;

  /** The address. */
  readonly email: string;

  /**
   * A GPG key, as an expression that reads a Secret: `${{ secret("signing").key }}`.
   *
   * @default - commits are not signed
   */
  readonly signingKey?: string;
}

/** A working tree. At most one of branch, commit and tag, else FW928 is thrown. */
export interface GitCheckout {
  /** The folder of the working tree: `./src`. */
  readonly path: string;

  /**
   * The branch.
   *
   * @default - the default branch
   */
  readonly branch?: string;

  /**
   * The commit: `${{ commitFrom("https://github.com/acme/shop").ID }}`.
   *
   * @default - none
   */
  readonly commit?: string;

  /**
   * The tag.
   *
   * @default - none
   */
  readonly tag?: string;

  /**
   * Make the branch, without a commit in it, when it is not there.
   *
   * @default false
   */
  readonly create?: boolean;

  /**
   * The key under which the commit is in the outputs of the step.
   *
   * @default - the path
   */
  readonly as?: string;

  /**
   * The only folders that are checked out.
   *
   * @default - all
   */
  readonly sparse?: string[];
}

/** Config of `git-clone`. */
export interface GitCloneConfig {
  /** The URL of the repository. */
  readonly repoURL: string;

  /** The working trees. At least one. */
  readonly checkout: GitCheckout[];

  /**
   * Who commits later in the promotion.
   *
   * @default - as the controller or the ClusterConfig says
   */
  readonly author?: GitAuthor;

  /**
   * Fetch submodules too.
   *
   * @default false
   */
  readonly recurseSubmodules?: boolean;

  /**
   * Clone without the contents of files, which are fetched when they are needed.
   *
   * @default false
   */
  readonly blobless?: boolean;

  /**
   * Accept any certificate.
   *
   * @default false
   */
  readonly insecureSkipTLSVerify?: boolean;
}

/** Config of `git-clear`. */
export interface GitClearConfig {
  /** The working tree that is emptied. */
  readonly path: string;
}

/** Config of `git-commit`. The deprecated `author` is that of `git-clone`. */
export interface GitCommitConfig {
  /** The working tree. */
  readonly path: string;

  /** The message. */
  readonly message: string;
}

/** Config of `git-push`. At most one of targetBranch, generateTargetBranch and tag, else FW928 is thrown. */
export interface GitPushConfig {
  /** The working tree. */
  readonly path: string;

  /**
   * The branch that is pushed to.
   *
   * @default - the branch of the working tree
   */
  readonly targetBranch?: string;

  /**
   * Push to a new branch, which the output `branch` names. For pull requests.
   *
   * @default false
   */
  readonly generateTargetBranch?: boolean;

  /**
   * The tag that is pushed.
   *
   * @default - none
   */
  readonly tag?: string;

  /**
   * Overwrite what is there. Refused with a tag.
   *
   * @default false
   */
  readonly force?: boolean;

  /**
   * How often it is tried, each time on what is newest. From 1.
   *
   * @default 10
   */
  readonly maxAttempts?: number;

  /**
   * Where the repository is hosted.
   *
   * @default - told from the URL
   */
  readonly provider?: GitProvider;
}

/** Config of `git-tag`. */
export interface GitTagConfig {
  /** The working tree. */
  readonly path: string;

  /** The tag. */
  readonly tag: string;

  /** The message. */
  readonly message: string;

  /**
   * Move a tag that is there.
   *
   * @default false
   */
  readonly force?: boolean;
}

/** What the steps for pull requests have. */
export interface GitPullRequestConfig {
  /** The URL of the repository. */
  readonly repoURL: string;

  /**
   * Where the repository is hosted.
   *
   * @default - told from the URL
   */
  readonly provider?: GitProvider;

  /**
   * Accept any certificate.
   *
   * @default false
   */
  readonly insecureSkipTLSVerify?: boolean;
}

/** Config of `git-open-pr`. The output `pr.id` is the number. */
export interface GitOpenPrConfig extends GitPullRequestConfig {
  /** The branch with the change: `${{ outputs.push.branch }}`. */
  readonly sourceBranch: string;

  /** The branch that it goes to. */
  readonly targetBranch: string;

  /**
   * Make the target branch when it is not there.
   *
   * @default false
   */
  readonly createTargetBranch?: boolean;

  /**
   * The title.
   *
   * @default - the first line of the commit
   */
  readonly title?: string;

  /**
   * The text.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Labels.
   *
   * @default - none
   */
  readonly labels?: string[];
}

/** Config of `git-wait-for-pr`. */
export interface GitWaitForPrConfig extends GitPullRequestConfig {
  /** The number, from 1, or an expression: `${{ outputs['open-pr'].pr.id }}`. */
  readonly prNumber: any;

  /**
   * How often it is looked at: `30s`.
   *
   * @default - as the controller reconciles
   */
  readonly pollInterval?: string;
}

/** Config of `git-merge-pr`. */
export interface GitMergePrConfig extends GitPullRequestConfig {
  /** The number, from 1, or an expression: `${{ outputs['open-pr'].pr.id }}`. */
  readonly prNumber: any;

  /**
   * Wait until it can be merged, instead of failing.
   *
   * @default false
   */
  readonly wait?: boolean;

  /**
   * How often it is looked at while it waits: `30s`.
   *
   * @default - as the controller reconciles
   */
  readonly pollInterval?: string;

  /**
   * How it is merged, in the words of the host: `squash`.
   *
   * @default - the default of the host
   */
  readonly mergeMethod?: string;
}
