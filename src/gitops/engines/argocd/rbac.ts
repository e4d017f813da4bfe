import * as own from './messages';

/** Whether a rule allows or denies. A deny wins. */
export enum RbacEffect {
  /** It allows. */
  ALLOW = 'allow',
  /** It denies. */
  DENY = 'deny',
}

/** What a rule is about (argo-cd util/rbac/rbac.go). */
export enum RbacResource {
  /** Applications. The object is `project/application`. */
  APPLICATIONS = 'applications',
  /** ApplicationSets. The object is `project/applicationset`. */
  APPLICATIONSETS = 'applicationsets',
  /** Clusters. */
  CLUSTERS = 'clusters',
  /** Projects. */
  PROJECTS = 'projects',
  /** Repositories. */
  REPOSITORIES = 'repositories',
  /** Repositories that the hydrator writes to. */
  WRITE_REPOSITORIES = 'write-repositories',
  /** Certificates of repositories. */
  CERTIFICATES = 'certificates',
  /** Accounts. */
  ACCOUNTS = 'accounts',
  /** Keys for signatures. */
  GPGKEYS = 'gpgkeys',
  /** Logs of pods. The object is `project/application`. */
  LOGS = 'logs',
  /** Shells in pods. The object is `project/application`. */
  EXEC = 'exec',
  /** Extensions of the user interface. */
  EXTENSIONS = 'extensions',
  /** All of them. Only in the rules of an installation. */
  ALL = '*',
}

/** What a rule allows or denies to do. */
export class RbacAction {
  /** All actions. */
  public static readonly ALL = new RbacAction('*');
  /** Look. */
  public static readonly GET = new RbacAction('get');
  /** Make. For `exec`: open a shell. */
  public static readonly CREATE = new RbacAction('create');
  /** Change the Application itself. */
  public static readonly UPDATE = new RbacAction('update');
  /** Delete the Application itself. */
  public static readonly DELETE = new RbacAction('delete');
  /** Sync. */
  public static readonly SYNC = new RbacAction('sync');
  /** Sync from local manifests, or another revision. */
  public static readonly OVERRIDE = new RbacAction('override');
  /** Use an extension. */
  public static readonly INVOKE = new RbacAction('invoke');

  /**
   * An action on a resource of an Application, such as the restart of a Deployment.
   *
   * @param resource `group/kind`, with an empty group for the core group, as globs: `apps/Deployment`
   * @param name the name of the action, as a glob. Throws FW547 for what no rule holds
   */
  public static action(resource: string, name: string): RbacAction {
    return RbacAction.of('action', resource, name);
  }

  /**
   * Change resources of an Application, and not itself.
   *
   * @param resource `group/kind/namespace/name` as globs. Throws FW547 for what no rule holds
   */
  public static updateResource(resource: string): RbacAction {
    return RbacAction.of('update', resource);
  }

  /**
   * Delete resources of an Application, and not itself.
   *
   * @param resource `group/kind/namespace/name` as globs. Throws FW547 for what no rule holds
   */
  public static deleteResource(resource: string): RbacAction {
    return RbacAction.of('delete', resource);
  }

  private static of(...parts: string[]): RbacAction {
    const strange = parts.find(part => typeof part !== 'string' || !/^[\w*?.{}[\]!/-]+$/.test(part));
    if (strange !== undefined || parts.includes(undefined as any)) {
      throw own.invalidRbac.error('', { what: 'part of an action', value: strange, fault: 'is none that a rule can hold' });
    }
    return new RbacAction(parts.join('/'));
  }

  private constructor(
    /** The action as it stands in a rule. */
    public readonly value: string,
  ) {}

  /** @internal */
  public _toJson(): string {
    return this.value;
  }
}
