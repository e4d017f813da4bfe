import { checkAddress, matching } from './checks';
import type { Told } from './delivery-step';
import * as messages from './messages';
import { checkShape, line, ours } from '../check';
import { Context, PipelineSecret, Value } from '../value';

/** Options of a host of repositories. */
export interface CodeHostOptions {
  /**
   * What it lets us in with: a `PipelineSecret`.
   *
   * @default - the secret GITHUB_TOKEN, which GitHub Actions has for each job, or GITLAB_TOKEN
   */
  readonly token?: Value;

  /**
   * The address of its API.
   *
   * @default 'https://api.github.com', 'https://gitlab.com/api/v4'
   */
  readonly api?: string;

  /**
   * The repository that is meant, `owner/name`.
   *
   * @default - that of the run
   */
  readonly repository?: string;
}

/** Options of Azure Repos. */
export interface AzureReposOptions {
  readonly organization: string;
  readonly project: string;
  readonly repository: string;

  /**
   * What it lets us in with: a `PipelineSecret`.
   *
   * @default - the secret AZURE_DEVOPS_TOKEN
   */
  readonly token?: Value;
}

/**
 * The host of a repository, for comments, pull requests and pushes. What is pushed with the token that GitHub Actions has for a job starts no
 * other workflows (docs.github.com, Triggering a workflow): for pull requests with required checks give it the token of an app.
 */
export class CodeHost {
  /** GitHub. @param options token and address. Throws FW1000 to FW1002, FW1056 */
  public static github(options: CodeHostOptions = {}): CodeHost {
    return CodeHost.by('github', 'https://api.github.com', 'GITHUB_TOKEN', options);
  }

  /** GitLab. @param options token and address; the token has the scopes api and write_repository. Throws FW1000 to FW1002, FW1056 */
  public static gitlab(options: CodeHostOptions = {}): CodeHost {
    return CodeHost.by('gitlab', 'https://gitlab.com/api/v4', 'GITLAB_TOKEN', options);
  }

  /** Azure Repos. @param options where, and the token. Throws FW1000 to FW1002 */
  public static azureRepos(options: AzureReposOptions): CodeHost {
    const part = matching(/^[A-Za-z0-9][A-Za-z0-9 ._-]*$/, 'is no name on Azure DevOps');
    checkShape('', 'host', options, { organization: part, project: part, repository: part, token: ours('Value', '_parts') }, ['organization', 'project', 'repository']);
    const [organization, project, repository] = [options.organization, options.project, options.repository].map(encodeURIComponent);
    return new CodeHost('azure', `https://dev.azure.com/${organization}/${project}/_apis/git/repositories/${repository}`, options.token ?? PipelineSecret.named('AZURE_DEVOPS_TOKEN'),
      `${options.project}/${options.repository}`);
  }

  /**
   * The host of an address: that of GitHub, or of GitLab.
   *
   * @internal
   */
  public static _ofAddress(address: string | undefined): CodeHost | undefined {
    const host = parsed(address)?.host;
    return host === 'github.com' ? CodeHost.github() : host === 'gitlab.com' ? CodeHost.gitlab() : undefined;
  }

  /**
   * The repository of an address of GitHub or GitLab, for runs of others.
   *
   * @internal
   */
  public static _ofOther(address: string | undefined, token: Value): CodeHost | undefined {
    const { host, repository } = parsed(address) ?? {};
    return !isRepository(repository) ? undefined : host === 'github.com' ? CodeHost.github({ repository, token }) : host === 'gitlab.com' ? CodeHost.gitlab({ repository, token }) : undefined;
  }

  private static by(kind: 'github' | 'gitlab', usual: string, secret: string, options: CodeHostOptions): CodeHost {
    checkShape('', 'host', options, { token: ours('Value', '_parts'), api: checkAddress, repository: line });
    const { token = PipelineSecret.named(secret), api = usual, repository } = options ?? {};
    if (repository !== undefined && !isRepository(repository)) {
      throw messages.unfitOptions.error('', { step: 'host', fault: `${JSON.stringify(repository)} is no repository`, remedy: 'Write repository: \'acme/platform\'.' });
    }
    return new CodeHost(kind, api.replace(/\/+$/, ''), token, repository ?? Context.REPOSITORY);
  }

  private constructor(
    /** @internal */ public readonly _kind: 'github' | 'gitlab' | 'azure',
    private readonly api: string,
    private readonly token: Value,
    private readonly repository: string | Value,
  ) {}

  /**
   * What is cloned, where its API says it; nothing where the repository is that of the run.
   *
   * @internal
   */
  public get _clone(): string | undefined {
    const { _kind: kind, api, repository } = this;
    if (kind === 'azure') {
      return api.replace('/_apis/git/repositories/', '/_git/');
    }
    const { origin, protocol, host, pathname, search, hash } = new URL(api);
    const server = search !== '' || hash !== '' ? undefined
      : kind === 'gitlab' ? /^(.*)\/api\/v4$/.exec(`${origin}${pathname}`)?.[1]
        : pathname === '/api/v3' ? origin : pathname === '/' && host.startsWith('api.') ? `${protocol}//${host.slice(4)}` : undefined;
    return server === undefined || repository instanceof Value ? undefined : `${server}/${repository}.git`;
  }

  /**
   * Whether it is the repository of the run, or is let in by the token that GitHub Actions has for a job: then the job needs rights of its own.
   *
   * @internal
   */
  public get _isOfRun(): boolean {
    return this.repository instanceof Value || this._hasTokenOfRun;
  }

  /** @internal */
  public get _hasTokenOfRun(): boolean {
    return this.token instanceof PipelineSecret && this.token.name === 'GITHUB_TOKEN';
  }

  /** @internal */
  public get _told(): Record<string, Told> {
    return { host: this._kind, api: this.api, repository: this.repository, token: this.token };
  }
}

/** Whether it is `owner/name`, or with groups between. */
function isRepository(text: string | undefined): text is string {
  return text !== undefined && /^[\w.-]+(?:\/[\w.-]+)+$/.test(text) && !/(?:^|\/)\.{1,2}(?:\/|$)/.test(text);
}

/** The host and the repository of an address, as git has them: a URL, or `user@host:path`. */
function parsed(address: string | undefined): { readonly host: string; readonly repository: string } | undefined {
  const url = address !== undefined && URL.canParse(address) ? new URL(address) : undefined;
  const [, host, path] = url ? ['', url.hostname, url.pathname] : /^[^@/\s]+@([^:/\s]+):(.+)$/.exec(address ?? '') ?? [];
  return host === undefined || path === undefined ? undefined : { host, repository: path.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '') };
}
