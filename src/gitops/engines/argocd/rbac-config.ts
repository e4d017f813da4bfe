import * as own from './messages';
import { action } from './project-role-validation';
import { RbacAction, RbacEffect, RbacResource } from './rbac';
import { csvField, UNPRINTABLE } from './rbac-text';
import { ArgoCdSettings } from './settings';
import { at, texts } from './shapes';
import { duplicate } from './source-shapes';
import { copied } from '../../../core/copied';
import type { Finding } from '../../../core/diagnostics/finding';
import { listOf, oneOf, struct, text } from '../../../core/shape';

/** How names in rules are compared. */
export enum RbacMatchMode {
  /** As globs. */
  GLOB = 'glob',
  /** As regular expressions. */
  REGEX = 'regex',
}

/** A rule. */
export interface RbacPolicy {
  /** Whose: a role, such as `role:deployers`, or a group or a person. */
  readonly subject: string;

  /** What it is about. */
  readonly resource: RbacResource;

  /** What may be done, or not. */
  readonly action: RbacAction;

  /** Which ones: `project/name` for applications, applicationsets, logs and exec, else a name; globs. */
  readonly object: string;

  /**
   * Whether it is allowed or denied.
   *
   * @default RbacEffect.ALLOW
   */
  readonly effect?: RbacEffect;
}

/** A group, or a person, that has a role. */
export interface RbacGroup {
  /** The group of the identity provider, or the person. */
  readonly group: string;

  /** The role, such as `role:deployers`; `role:readonly` and `role:admin` are always there. */
  readonly role: string;
}

/** Properties of an `RbacConfig`. */
export interface RbacConfigProps {
  /**
   * The rules.
   *
   * @default - those of `role:readonly` and `role:admin` alone
   */
  readonly policies?: RbacPolicy[];

  /**
   * Who has which role.
   *
   * @default - nobody
   */
  readonly groups?: RbacGroup[];

  /**
   * The role of everybody who can log in. A role that may change something is warned of by FW548.
   *
   * @default - none
   */
  readonly defaultRole?: string;

  /**
   * The claims of a token that are compared with groups.
   *
   * @default ['groups']
   */
  readonly scopes?: string[];

  /**
   * How names in rules are compared.
   *
   * @default RbacMatchMode.GLOB
   */
  readonly matchMode?: RbacMatchMode;
}

const CONFIG = struct({
  policies: listOf(struct({
    subject: text, resource: oneOf(RbacResource), action, object: text, effect: oneOf(RbacEffect),
  }, ['subject', 'resource', 'action', 'object'])),
  groups: listOf(struct({ group: text, role: text }, ['group', 'role'])),
  defaultRole: text,
  scopes: texts,
  matchMode: oneOf(RbacMatchMode),
});

/** Resources whose objects have a project in front (assets/builtin-policy.csv). */
const IN_PROJECTS = [RbacResource.APPLICATIONS, RbacResource.APPLICATIONSETS, RbacResource.LOGS, RbacResource.EXEC];

const BUILT_IN = ['role:readonly', 'role:admin'];

/** Settings of `argocd-rbac-cm`: who may do what. */
export class RbacConfig extends ArgoCdSettings {
  private readonly props: RbacConfigProps;

  /**
   * @param props the rules. Throws FW547 for what Argo CD would not read as it is written; warns FW548 for a default role that may change something
   */
  public constructor(props: RbacConfigProps) {
    CONFIG(at('', 'RbacConfig'), props);
    const { policies = [], groups = [], defaultRole, scopes, matchMode } = props;
    checkRules(props);
    const lines = [
      ...policies.map(({ subject, resource, action: done, object, effect = RbacEffect.ALLOW }) => line('p', subject, resource, done.value, object, effect)),
      ...groups.map(({ group, role }) => line('g', group, role)),
    ];
    super('argocd-rbac-cm', {
      ...(lines.length > 0 ? { 'policy.csv': `${lines.join('\n')}\n` } : {}),
      ...(defaultRole === undefined ? {} : { 'policy.default': defaultRole }),
      ...(matchMode === undefined ? {} : { 'policy.matchMode': matchMode }),
      ...(scopes === undefined ? {} : { scopes: JSON.stringify(scopes) }),
    });
    this.props = copied(props);
  }

  /** @internal */
  public _warnings(path: string): Finding[] {
    return wide(path, this.props);
  }
}

function line(...fields: string[]): string {
  return fields.map(csvField).join(', ');
}

function checkRules({ policies = [], groups = [], defaultRole, matchMode }: RbacConfigProps): void {
  const refuse = (what: string, value: unknown, fault: string) => own.invalidRbac.error('', { what, value, fault });
  const named: Array<[string, string]> = [
    ...policies.flatMap(({ subject, object }): Array<[string, string]> => [['subject', subject], ['object', object]]),
    ...groups.flatMap(({ group, role }): Array<[string, string]> => [['group', group], ['role', role]]),
    ...(defaultRole === undefined ? [] : [['default role', defaultRole] as [string, string]]),
  ];
  for (const [what, value] of named) {
    if (UNPRINTABLE.test(value)) {
      throw refuse(what, value, 'has a line break or another character that cannot be seen');
    }
    if (value !== value.trim()) {
      throw refuse(what, value, 'begins or ends with a blank');
    }
  }
  for (const { subject, resource, action: done, object } of policies) {
    if (IN_PROJECTS.includes(resource) && !/^[^/]+\/[^]+$/.test(object) && object !== '*') {
      throw refuse('object', object, `is no project/name, as ${resource} have it`);
    }
    const known = actionsOf(resource);
    if (!known.some(each => done.value === each || (each.endsWith('/') && done.value.startsWith(each)))) {
      throw refuse('action', done.value, `is none of ${resource}: ${known.join(', ')}`);
    }
    if (subject.startsWith('proj:')) {
      throw refuse('subject', subject, 'is a role of a project, whose rules stand in the AppProject');
    }
    if (matchMode === RbacMatchMode.REGEX && !isPattern(object)) {
      throw refuse('object', object, 'is no regular expression');
    }
  }
  const roles = [...BUILT_IN, ...policies.map(policy => policy.subject), ...groups.map(each => each.group)];
  for (const role of [...groups.map(each => each.role), ...(defaultRole === undefined ? [] : [defaultRole])]) {
    if (!roles.includes(role) && !role.startsWith('proj:')) {
      throw refuse('role', role, 'has no rules: it may do nothing');
    }
  }
  const twice = duplicate([...policies.map(each => line(each.subject, each.resource, each.action.value, each.object, each.effect ?? '')), ...groups.map(each => line(each.group, each.role))]);
  if (twice !== undefined) {
    throw refuse('rule', twice, 'stands there twice');
  }
}

/** What can be done with a resource (server/*, docs/operator-manual/rbac.md). */
function actionsOf(resource: RbacResource): string[] {
  switch (resource) {
    case RbacResource.APPLICATIONS: return ['*', 'get', 'create', 'update', 'update/', 'delete', 'delete/', 'sync', 'override', 'action/'];
    case RbacResource.LOGS: return ['*', 'get'];
    case RbacResource.EXEC: return ['*', 'create'];
    case RbacResource.EXTENSIONS: return ['*', 'invoke'];
    case RbacResource.ACCOUNTS: return ['*', 'get', 'update'];
    case RbacResource.CERTIFICATES: case RbacResource.GPGKEYS: return ['*', 'get', 'create', 'update', 'delete'];
    case RbacResource.ALL: return ['*', 'get', 'create', 'update', 'update/', 'delete', 'delete/', 'sync', 'override', 'action/', 'invoke'];
    default: return ['*', 'get', 'create', 'update', 'delete'];
  }
}

function isPattern(value: string): boolean {
  try {
    new RegExp(value);
    return true;
  } catch {
    return false;
  }
}

function wide(path: string, { policies = [], defaultRole }: RbacConfigProps): Finding[] {
  if (defaultRole === undefined || defaultRole === 'role:readonly') {
    return [];
  }
  const changes = defaultRole === 'role:admin' || policies.some(({ subject, action: done, effect }) => {
    return subject === defaultRole && done.value !== 'get' && effect !== RbacEffect.DENY;
  });
  return changes ? [own.wideAccess.at(path, { what: `The default role ${defaultRole} may change something` })] : [];
}
