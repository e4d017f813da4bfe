/** What a GitRepository checks out. */
export class GitReference {
  /** The newest commit of a branch. */
  public static branch(branch: string): GitReference {
    return new GitReference({ branch });
  }

  /** A tag. */
  public static tag(tag: string): GitReference {
    return new GitReference({ tag });
  }

  /** The newest tag in a range of versions: `>=1.0.0 <2.0.0`. FW558 for what is no range. */
  public static semver(range: string): GitReference {
    return new GitReference({ semver: range });
  }

  /** A reference by its whole name: `refs/pull/420/head`, `refs/heads/main`. */
  public static refName(name: string): GitReference {
    return new GitReference({ name });
  }

  /**
   * A commit.
   *
   * @param commit its hash in full
   * @param branch a branch that the commit is in, so that only this is fetched
   */
  public static commit(commit: string, branch?: string): GitReference {
    return new GitReference({ commit, branch });
  }

  private constructor(
    /** @internal */
    public readonly _ref: Readonly<Record<string, string | undefined>>,
  ) {}

  /**
   * The branch that commits go back to, if there is one.
   *
   * @internal
   */
  public get _branch(): string | undefined {
    return this._ref.branch;
  }

  /** @internal */
  public _toJson() {
    return this._ref;
  }
}

/** What an OCIRepository pulls. */
export class OciReference {
  /** A tag. */
  public static tag(tag: string): OciReference {
    return new OciReference({ tag });
  }

  /**
   * The newest tag in a range of versions. FW558 for what is no range.
   *
   * @param range for example `>=1.0.0 <2.0.0`
   * @param filter a regular expression that tags must match; FW576 for what is none
   */
  public static semver(range: string, filter?: string): OciReference {
    return new OciReference({ semver: range, semverFilter: filter });
  }

  /** A digest: `sha256:…`. Nobody can change what is pulled. */
  public static digest(digest: string): OciReference {
    return new OciReference({ digest });
  }

  private constructor(
    /** @internal */
    public readonly _pulled: Readonly<Record<string, string | undefined>>,
  ) {}

  /** @internal */
  public _toJson() {
    return this._pulled;
  }
}
