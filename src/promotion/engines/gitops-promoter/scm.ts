/** An app of GitHub. */
export interface GithubScm {
  /** The number of the app. */
  readonly appID: number;

  /**
   * The number of its installation.
   *
   * @default - found by the owner of the repository
   */
  readonly installationID?: number;

  /**
   * The host of GitHub Enterprise, without a scheme. `github.com` is refused.
   *
   * @default - github.com
   */
  readonly domain?: string;
}

/** An organization of Azure DevOps. */
export interface AzureDevOpsScm {
  /** Its name. */
  readonly organization: string;

  /**
   * The host of a server of your own, without a scheme. `dev.azure.com` is refused.
   *
   * @default - dev.azure.com
   */
  readonly domain?: string;
}

/** Who hosts the repositories. Upstream has a `fake` for its tests, which is not offered. */
export class Scm {
  /** GitHub. The Secret has the key `githubAppPrivateKey`. */
  public static github(options: GithubScm): Scm {
    return new Scm('github', options);
  }

  /**
   * GitLab. The Secret has the key `token`.
   *
   * @param domain the host of a server of your own, without a scheme; `gitlab.com` is refused
   */
  public static gitlab(domain?: string): Scm {
    return new Scm('gitlab', { domain });
  }

  /**
   * Forgejo. The Secret has the key `token`, or `username` and `password`.
   *
   * @param domain the host, without a scheme
   */
  public static forgejo(domain: string): Scm {
    return new Scm('forgejo', { domain });
  }

  /**
   * Gitea. The Secret has the key `token`, or `username` and `password`.
   *
   * @param domain the host, without a scheme
   */
  public static gitea(domain: string): Scm {
    return new Scm('gitea', { domain });
  }

  /** Bitbucket Cloud. The Secret has the key `token`. */
  public static bitbucketCloud(): Scm {
    return new Scm('bitbucketCloud', {});
  }

  /** Azure DevOps. The Secret has the key `token`. */
  public static azureDevOps(options: AzureDevOpsScm): Scm {
    return new Scm('azureDevOps', options);
  }

  private constructor(
    /** @internal */
    public readonly _scm: ScmName,
    /** @internal */
    public readonly _options: any,
  ) {}

  /** @internal */
  public _toJson() {
    return { [this._scm]: this._options };
  }
}

/** A repository on GitHub, Forgejo, Gitea or Bitbucket Cloud. */
export interface OwnedRepository {
  /** The user or the organization. */
  readonly owner: string;

  /** The name of the repository. */
  readonly name: string;
}

/** A repository on GitLab. */
export interface GitlabRepository {
  /** The group, with its parents: `acme/platform`. */
  readonly namespace: string;

  /** The name of the project. */
  readonly name: string;

  /** The number of the project. */
  readonly projectId: number;
}

/** A repository on Azure DevOps. */
export interface AzureDevOpsRepository {
  /** The project. */
  readonly project: string;

  /** The name of the repository. */
  readonly name: string;
}

/** A repository, as its host knows it. The provider must be of the same host. */
export class Repository {
  /** On GitHub. */
  public static github(repository: OwnedRepository): Repository {
    return new Repository('github', repository);
  }

  /** On GitLab. */
  public static gitlab(repository: GitlabRepository): Repository {
    return new Repository('gitlab', repository);
  }

  /** On Forgejo. */
  public static forgejo(repository: OwnedRepository): Repository {
    return new Repository('forgejo', repository);
  }

  /** On Gitea. */
  public static gitea(repository: OwnedRepository): Repository {
    return new Repository('gitea', repository);
  }

  /** On Bitbucket Cloud. */
  public static bitbucketCloud(repository: OwnedRepository): Repository {
    return new Repository('bitbucketCloud', repository);
  }

  /** On Azure DevOps. */
  public static azureDevOps(repository: AzureDevOpsRepository): Repository {
    return new Repository('azureDevOps', repository);
  }

  private constructor(
    /** @internal */
    public readonly _host: ScmName,
    /** @internal */
    public readonly _options: any,
  ) {}

  /** @internal */
  public _toJson() {
    return { [this._host]: this._options };
  }
}

/** The fields of providers and repositories, by hosts. */
type ScmName = 'github' | 'gitlab' | 'forgejo' | 'gitea' | 'bitbucketCloud' | 'azureDevOps';
