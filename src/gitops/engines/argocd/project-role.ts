import { RbacAction, RbacEffect, RbacResource } from './rbac';

/** A role of a project, that groups of people or tokens have. Tokens are made with `argocd proj role create-token`, and stand in no repository. */
export interface ProjectRole {
  /** Its name: letters, digits, `-` and `_`. */
  readonly name: string;

  /**
   * What it is for.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * What it may do in the project, beside looking at it.
   *
   * @default - nothing
   */
  readonly policies?: ProjectPolicy[];

  /**
   * The groups of the identity provider that have the role.
   *
   * @default - none; the role is for tokens
   */
  readonly groups?: string[];
}

/** What a role may do in its project. */
export interface ProjectPolicy {
  /** What the rule is about: applications, applicationsets, logs, exec, clusters or repositories. */
  readonly resource: RbacResource;

  /** What may be done. */
  readonly action: RbacAction;

  /**
   * Which ones in the project: a name, a glob with `*`, or `namespace/name`.
   *
   * @default '*'
   */
  readonly object?: string;

  /**
   * Whether it is allowed or denied.
   *
   * @default RbacEffect.ALLOW
   */
  readonly effect?: RbacEffect;
}
