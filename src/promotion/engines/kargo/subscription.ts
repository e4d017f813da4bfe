/** How the newest commit is found. */
export enum CommitSelectionStrategy {
  /** The newest tag by the order of letters. */
  LEXICAL = 'Lexical',
  /** The newest commit of a branch. */
  NEWEST_FROM_BRANCH = 'NewestFromBranch',
  /** The tag that was made last. */
  NEWEST_TAG = 'NewestTag',
  /** The greatest semantic version among the tags. */
  SEM_VER = 'SemVer',
}

/** How the newest image is found. */
export enum ImageSelectionStrategy {
  /** The digest that one mutable tag has now. The constraint names the tag. */
  DIGEST = 'Digest',
  /** The newest tag by the order of letters. */
  LEXICAL = 'Lexical',
  /** The image that was built last. Asks the registry about every tag. */
  NEWEST_BUILD = 'NewestBuild',
  /** The greatest semantic version among the tags. */
  SEM_VER = 'SemVer',
}

/** What all subscriptions have. */
export interface SubscriptionProps {
  /**
   * How many of the newest artifacts are looked for. From 1 to 100.
   *
   * @default 20
   */
  readonly discoveryLimit?: number;

  /**
   * Accept any certificate.
   *
   * @default false
   */
  readonly insecureSkipTLSVerify?: boolean;
}

/** What is taken from tags. */
export interface TagSubscriptionProps extends SubscriptionProps {
  /**
   * Regular expressions of Go, of which a tag must match one.
   *
   * @default - any tag
   */
  readonly allowTagsRegexes?: string[];

  /**
   * Regular expressions of Go, of which a tag must match none.
   *
   * @default - none
   */
  readonly ignoreTagsRegexes?: string[];

  /**
   * Count only versions with a major, a minor and a patch part.
   *
   * @default true
   */
  readonly strictSemvers?: boolean;
}

/** A Git repository that is watched. */
export interface GitSubscriptionProps extends TagSubscriptionProps {
  /** The URL of the repository: http or https. ssh is still read, and goes away with Kargo 1.13. */
  readonly repoURL: string;

  /**
   * How the newest commit is found.
   *
   * @default CommitSelectionStrategy.NEWEST_FROM_BRANCH
   */
  readonly commitSelectionStrategy?: CommitSelectionStrategy;

  /**
   * The branch, for `NEWEST_FROM_BRANCH`.
   *
   * @default - the default branch
   */
  readonly branch?: string;

  /**
   * Which versions count, for `SEM_VER`: `^1.2.0`.
   *
   * @default - all
   */
  readonly semverConstraint?: string;

  /**
   * An expr-lang expression that a commit or a tag must fulfil: `author contains "<ci@acme.com>"`. It stands alone, without `${{ }}`.
   *
   * @default - all
   */
  readonly expressionFilter?: string;

  /**
   * Only commits that touch one of these paths. `glob:` and `regex:` at the beginning make patterns of them.
   *
   * @default - all
   */
  readonly includePaths?: string[];

  /**
   * No commits that touch only these paths.
   *
   * @default - none
   */
  readonly excludePaths?: string[];

  /**
   * Clone without the contents of files, which are fetched when they are needed.
   *
   * @default false
   */
  readonly blobless?: boolean;

  /**
   * Look no further back than this time, as RFC 3339.
   *
   * @default - no bound
   */
  readonly since?: string;
}

/** An image repository that is watched. */
export interface ImageSubscriptionProps extends TagSubscriptionProps {
  /** The repository, without a tag: `ghcr.io/acme/api`. */
  readonly repoURL: string;

  /**
   * How the newest image is found.
   *
   * @default ImageSelectionStrategy.SEM_VER
   */
  readonly imageSelectionStrategy?: ImageSelectionStrategy;

  /**
   * With `SEM_VER` which versions count: `^1.2.0`. With `DIGEST` the tag that is followed.
   *
   * @default - all versions; `DIGEST` needs it (FW924)
   */
  readonly constraint?: string;

  /**
   * The platform of the image: `linux/amd64`.
   *
   * @default - any, as the controller was started
   */
  readonly platform?: string;

  /**
   * Remember what the registry says of a tag. Only where tags are never moved.
   *
   * @default false
   */
  readonly cacheByTag?: boolean;
}

/** A Helm chart that is watched. */
export interface ChartSubscriptionProps extends SubscriptionProps {
  /** The repository: `https://charts.acme.com`, or with the chart itself `oci://ghcr.io/acme/charts/api`. */
  readonly repoURL: string;

  /**
   * The name of the chart. Needed with http and https, refused with oci.
   *
   * @default - none, for oci
   */
  readonly name?: string;

  /**
   * Which versions count: `^1.2.0`.
   *
   * @default - all
   */
  readonly semverConstraint?: string;
}

/**
 * What a Warehouse watches: one repository.
 *
 * `allowTags` and `ignoreTags` are not offered: since Kargo 1.11 they make every discovery fail.
 */
export class Subscription {
  /** A Git repository. */
  public static git(props: GitSubscriptionProps): Subscription {
    return new Subscription('git', props);
  }

  /** An image repository. */
  public static image(props: ImageSubscriptionProps): Subscription {
    return new Subscription('image', props);
  }

  /** A Helm chart. */
  public static chart(props: ChartSubscriptionProps): Subscription {
    return new Subscription('chart', props);
  }

  private constructor(
    /** @internal */
    public readonly _type: 'git' | 'image' | 'chart',
    /** @internal */
    public readonly _props: any,
  ) {}

  /** @internal */
  public _toJson() {
    return { [this._type]: this._props };
  }
}
