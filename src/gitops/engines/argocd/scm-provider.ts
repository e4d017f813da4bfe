import { BasicAuthRef, BearerTokenRef, ConfigMapKeyRef, SecretKeyRef } from './provider-refs';
import { provider } from './providers';
import { flag, listOf, struct, text } from '../../../core/shape';

/** A tag of a repository. */
export interface ScmTag {
  /** Its key. */
  readonly key: string;

  /**
   * Its value.
   *
   * @default - any
   */
  readonly value?: string;
}

/** Repositories of an organization on GitHub. */
export interface GithubScm {
  /** The organization. */
  readonly organization: string;

  /**
   * Whether archived repositories are left out.
   *
   * @default false
   */
  readonly excludeArchivedRepos?: boolean;

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
   * Whether all branches count, and not just the default one.
   *
   * @default false
   */
  readonly allBranches?: boolean;
}

/** Repositories of a group on GitLab. */
export interface GitlabScm {
  /** The group, by its id or its path. */
  readonly group: string;

  /**
   * Whether groups below it count.
   *
   * @default false
   */
  readonly includeSubgroups?: boolean;

  /**
   * Whether projects that others share with it count.
   *
   * @default true
   */
  readonly includeSharedProjects?: boolean;

  /**
   * The topic that they must have.
   *
   * @default - any
   */
  readonly topic?: string;

  /**
   * Whether archived repositories count.
   *
   * @default false
   */
  readonly includeArchivedRepos?: boolean;

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
   * Whether all branches count, and not just the default one.
   *
   * @default false
   */
  readonly allBranches?: boolean;

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

/** Repositories of an owner on Gitea. */
export interface GiteaScm {
  /** The owner. */
  readonly owner: string;

  /**
   * Whether archived repositories are left out.
   *
   * @default false
   */
  readonly excludeArchivedRepos?: boolean;

  /** The URL of the API, of an installation of your own. */
  readonly api: string;

  /**
   * Where the token is.
   *
   * @default - none
   */
  readonly tokenRef?: SecretKeyRef;

  /**
   * Whether all branches count, and not just the default one.
   *
   * @default false
   */
  readonly allBranches?: boolean;

  /**
   * Do not verify certificates. Warned of by FW543.
   *
   * @default false
   */
  readonly insecure?: boolean;
}

/** Repositories of a workspace on Bitbucket Cloud. */
export interface BitbucketScm {
  /** The workspace. */
  readonly owner: string;

  /** The name to log in with. */
  readonly user: string;

  /** Where the app password is. */
  readonly appPasswordRef: SecretKeyRef;

  /**
   * Whether all branches count, and not just the default one.
   *
   * @default false
   */
  readonly allBranches?: boolean;
}

/** Repositories of a project on a Bitbucket Server. */
export interface BitbucketServerScm {
  /** The project. */
  readonly project: string;

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
   * Whether all branches count, and not just the default one.
   *
   * @default false
   */
  readonly allBranches?: boolean;

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

/** Repositories of a project in Azure DevOps. */
export interface AzureDevOpsScm {
  /** The organization. */
  readonly organization: string;

  /** The project. */
  readonly teamProject: string;

  /** Where the access token is. */
  readonly accessTokenRef: SecretKeyRef;

  /**
   * The URL of the API, of an installation of your own.
   *
   * @default - the public one
   */
  readonly api?: string;

  /**
   * Whether all branches count, and not just the default one.
   *
   * @default false
   */
  readonly allBranches?: boolean;
}

/** Repositories in AWS CodeCommit. */
export interface AwsCodeCommitScm {
  /**
   * The tags that they must have.
   *
   * @default - none
   */
  readonly tagFilters?: ScmTag[];

  /**
   * The role that is assumed.
   *
   * @default - that of the controller
   */
  readonly role?: string;

  /**
   * The region.
   *
   * @default - that of the controller
   */
  readonly region?: string;

  /**
   * Whether all branches count, and not just the default one.
   *
   * @default false
   */
  readonly allBranches?: boolean;
}

/** A provider of repositories, for `Generator.scmProvider`. */
export class ScmProvider {
  /**
   * Repositories of an organization on GitHub.
   *
   * @param props what is looked at. Throws FW512, FW517 and FW518
   */
  public static github(props: GithubScm): ScmProvider {
    return new ScmProvider('github', provider('GithubScm', props, { organization: text, excludeArchivedRepos: flag }, ['api', 'tokenRef', 'appSecretName', 'allBranches'], ['organization']));
  }

  /**
   * Repositories of a group on GitLab.
   *
   * @param props what is looked at. Throws FW512, FW517 and FW518
   */
  public static gitlab(props: GitlabScm): ScmProvider {
    return new ScmProvider('gitlab', provider('GitlabScm', props, { group: text, includeSubgroups: flag, includeSharedProjects: flag, topic: text, includeArchivedRepos: flag }, ['api', 'tokenRef', 'allBranches', 'insecure', 'caRef'], ['group']));
  }

  /**
   * Repositories of an owner on Gitea.
   *
   * @param props what is looked at. Throws FW512, FW517 and FW518
   */
  public static gitea(props: GiteaScm): ScmProvider {
    return new ScmProvider('gitea', provider('GiteaScm', props, { owner: text, excludeArchivedRepos: flag }, ['api', 'tokenRef', 'allBranches', 'insecure'], ['owner', 'api']));
  }

  /**
   * Repositories of a workspace on Bitbucket Cloud.
   *
   * @param props what is looked at. Throws FW512, FW517 and FW518
   */
  public static bitbucket(props: BitbucketScm): ScmProvider {
    return new ScmProvider('bitbucket', provider('BitbucketScm', props, { owner: text, user: text }, ['appPasswordRef', 'allBranches'], ['owner', 'user', 'appPasswordRef']));
  }

  /**
   * Repositories of a project on a Bitbucket Server.
   *
   * @param props what is looked at. Throws FW512, FW517 and FW518
   */
  public static bitbucketServer(props: BitbucketServerScm): ScmProvider {
    return new ScmProvider('bitbucketServer', provider('BitbucketServerScm', props, { project: text }, ['api', 'basicAuth', 'bearerToken', 'allBranches', 'insecure', 'caRef'], ['project', 'api']));
  }

  /**
   * Repositories of a project in Azure DevOps.
   *
   * @param props what is looked at. Throws FW512, FW517 and FW518
   */
  public static azureDevOps(props: AzureDevOpsScm): ScmProvider {
    return new ScmProvider('azureDevOps', provider('AzureDevOpsScm', props, { organization: text, teamProject: text }, ['accessTokenRef', 'api', 'allBranches'], ['organization', 'teamProject', 'accessTokenRef']));
  }

  /**
   * Repositories in AWS CodeCommit.
   *
   * @param props what is looked at. Throws FW512, FW517 and FW518
   */
  public static awsCodeCommit(props: AwsCodeCommitScm): ScmProvider {
    return new ScmProvider('awsCodeCommit', provider('AwsCodeCommitScm', props, { tagFilters: listOf(struct({ key: text, value: text }, ['key'])), role: text, region: text }, ['allBranches'], []));
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
