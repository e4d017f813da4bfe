import { BasicAuthRef, BearerTokenRef, ConfigMapKeyRef, SecretKeyRef } from './provider-refs';
import { provider } from './providers';
import { oneOf, text } from '../../../core/shape';

/** The state of a merge request on GitLab. */
export enum PullRequestState {
  /** It is open. */
  OPENED = 'opened',
  /** It was closed. */
  CLOSED = 'closed',
  /** It was merged. */
  MERGED = 'merged',
  /** It is locked. */
  LOCKED = 'locked',
}

/** Pull requests of a repository on GitHub. */
export interface GithubPullRequests {
  /** The owner. */
  readonly owner: string;

  /** The repository. */
  readonly repo: string;

  /**
   * The URL of the API, of an installation of your own.
   *
   * @default - the public one
   */
  readonly api?: string;

  /**
   * Where the token is.
   *
   * @default - none
   */
  readonly tokenRef?: SecretKeyRef;

  /**
   * The Secret of a GitHub App, as it is for repositories.
   *
   * @default - none
   */
  readonly appSecretName?: string;

  /**
   * The labels that it must have.
   *
   * @default - none
   */
  readonly labels?: string[];
}

/** Merge requests of a project on GitLab. */
export interface GitlabMergeRequests {
  /** The project, by its id or its path. */
  readonly project: string;

  /**
   * The state of the merge requests.
   *
   * @default - any
   */
  readonly pullRequestState?: PullRequestState;

  /**
   * The URL of the API, of an installation of your own.
   *
   * @default - the public one
   */
  readonly api?: string;

  /**
   * Where the token is.
   *
   * @default - none
   */
  readonly tokenRef?: SecretKeyRef;

  /**
   * The labels that it must have.
   *
   * @default - none
   */
  readonly labels?: string[];

  /**
   * Do not verify certificates. Warned of by FW543.
   *
   * @default false
   */
  readonly insecure?: boolean;

  /**
   * Where the certificates of authorities are.
   *
   * @default - none
   */
  readonly caRef?: ConfigMapKeyRef;
}

/** Pull requests of a repository on Gitea. */
export interface GiteaPullRequests {
  /** The owner. */
  readonly owner: string;

  /** The repository. */
  readonly repo: string;

  /** The URL of the API, of an installation of your own. */
  readonly api: string;

  /**
   * Where the token is.
   *
   * @default - none
   */
  readonly tokenRef?: SecretKeyRef;

  /**
   * The labels that it must have.
   *
   * @default - none
   */
  readonly labels?: string[];

  /**
   * Do not verify certificates. Warned of by FW543.
   *
   * @default false
   */
  readonly insecure?: boolean;
}

/** Pull requests of a repository on Bitbucket Cloud. */
export interface BitbucketPullRequests {
  /** The workspace. */
  readonly owner: string;

  /** The repository. */
  readonly repo: string;

  /**
   * The URL of the API, of an installation of your own.
   *
   * @default - the public one
   */
  readonly api?: string;

  /**
   * A name and a password.
   *
   * @default - none
   */
  readonly basicAuth?: BasicAuthRef;

  /**
   * A token.
   *
   * @default - none
   */
  readonly bearerToken?: BearerTokenRef;
}

/** Pull requests of a repository on a Bitbucket Server. */
export interface BitbucketServerPullRequests {
  /** The project. */
  readonly project: string;

  /** The repository. */
  readonly repo: string;

  /** The URL of the API, of an installation of your own. */
  readonly api: string;

  /**
   * A name and a password.
   *
   * @default - none
   */
  readonly basicAuth?: BasicAuthRef;

  /**
   * A token.
   *
   * @default - none
   */
  readonly bearerToken?: BearerTokenRef;

  /**
   * Do not verify certificates. Warned of by FW543.
   *
   * @default false
   */
  readonly insecure?: boolean;

  /**
   * Where the certificates of authorities are.
   *
   * @default - none
   */
  readonly caRef?: ConfigMapKeyRef;
}

/** Pull requests of a repository in Azure DevOps. */
export interface AzureDevOpsPullRequests {
  /** The organization. */
  readonly organization: string;

  /** The project. */
  readonly project: string;

  /** The repository. */
  readonly repo: string;

  /**
   * The URL of the API, of an installation of your own.
   *
   * @default - the public one
   */
  readonly api?: string;

  /**
   * Where the token is.
   *
   * @default - none
   */
  readonly tokenRef?: SecretKeyRef;

  /**
   * The labels that it must have.
   *
   * @default - none
   */
  readonly labels?: string[];
}

/** A repository with pull requests, for `Generator.pullRequest`. */
export class PullRequestProvider {
  /**
   * Pull requests of a repository on GitHub.
   *
   * @param props what is looked at. Throws FW512, FW517 and FW518
   */
  public static github(props: GithubPullRequests): PullRequestProvider {
    return new PullRequestProvider('github', provider('GithubPullRequests', props, { owner: text, repo: text }, ['api', 'tokenRef', 'appSecretName', 'labels'], ['owner', 'repo']));
  }

  /**
   * Merge requests of a project on GitLab.
   *
   * @param props what is looked at. Throws FW512, FW517 and FW518
   */
  public static gitlab(props: GitlabMergeRequests): PullRequestProvider {
    return new PullRequestProvider('gitlab', provider('GitlabMergeRequests', props, { project: text, pullRequestState: oneOf(PullRequestState) }, ['api', 'tokenRef', 'labels', 'insecure', 'caRef'], ['project']));
  }

  /**
   * Pull requests of a repository on Gitea.
   *
   * @param props what is looked at. Throws FW512, FW517 and FW518
   */
  public static gitea(props: GiteaPullRequests): PullRequestProvider {
    return new PullRequestProvider('gitea', provider('GiteaPullRequests', props, { owner: text, repo: text }, ['api', 'tokenRef', 'labels', 'insecure'], ['owner', 'repo', 'api']));
  }

  /**
   * Pull requests of a repository on Bitbucket Cloud.
   *
   * @param props what is looked at. Throws FW512, FW517 and FW518
   */
  public static bitbucket(props: BitbucketPullRequests): PullRequestProvider {
    return new PullRequestProvider('bitbucket', provider('BitbucketPullRequests', props, { owner: text, repo: text }, ['api', 'basicAuth', 'bearerToken'], ['owner', 'repo']));
  }

  /**
   * Pull requests of a repository on a Bitbucket Server.
   *
   * @param props what is looked at. Throws FW512, FW517 and FW518
   */
  public static bitbucketServer(props: BitbucketServerPullRequests): PullRequestProvider {
    return new PullRequestProvider('bitbucketServer', provider('BitbucketServerPullRequests', props, { project: text, repo: text }, ['api', 'basicAuth', 'bearerToken', 'insecure', 'caRef'], ['project', 'repo', 'api']));
  }

  /**
   * Pull requests of a repository in Azure DevOps.
   *
   * @param props what is looked at. Throws FW512, FW517 and FW518
   */
  public static azureDevOps(props: AzureDevOpsPullRequests): PullRequestProvider {
    return new PullRequestProvider('azuredevops', provider('AzureDevOpsPullRequests', props, { organization: text, project: text, repo: text }, ['api', 'tokenRef', 'labels'], ['organization', 'project', 'repo']));
  }

  private constructor(
    /** The field of the generator. */
    public readonly kind: string,
    private readonly fields: any,
  ) {}

  /** @internal */
  public _toJson(): Record<string, any> {
    return { [this.kind]: this.fields };
  }

  /** @internal */
  public _isUnverified(): boolean {
    return this.fields.insecure === true;
  }
}
