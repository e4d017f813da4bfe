import * as own from './messages';
import { ProjectPolicy, ProjectRole } from './project-role';
import { RbacEffect, RbacResource } from './rbac';
import { csvField, UNPRINTABLE } from './rbac-text';
import { at, texts, word } from './shapes';
import { duplicate } from './source-shapes';
import { Check, listOf, made, oneOf, struct, text } from '../../../core/shape';

/** What a role of a project can be about (util/rbac/rbac.go, ProjectScoped). */
const SCOPED: Record<string, string> = {
  applications: RbacResource.APPLICATIONS,
  applicationsets: RbacResource.APPLICATIONSETS,
  logs: RbacResource.LOGS,
  exec: RbacResource.EXEC,
  clusters: RbacResource.CLUSTERS,
  repositories: RbacResource.REPOSITORIES,
};

export const action: Check = made('RbacAction', 'value');

const ROLES = listOf(struct({
  name: text,
  description: word,
  policies: listOf(struct({ resource: oneOf(SCOPED), action, object: text, effect: oneOf(RbacEffect) }, ['resource', 'action'])),
  groups: texts,
}, ['name']));

/** Throws FW512, FW517, FW518 and FW525 for roles that Argo CD refuses (app_project_types.go, ValidateProject; types.go, validatePolicy). */
export function checkRoles(path: string, project: string | undefined, roles: ProjectRole[]): void {
  ROLES({ ...at(path, 'AppProject'), field: 'roles' }, roles);
  const refuse = (what: string, value: unknown, fault: string) => own.refusedProject.error(path, { what, value, fault });
  const twice = duplicate(roles.map(role => role.name));
  if (twice !== undefined) {
    throw refuse('role', twice, 'stands there twice');
  }
  for (const { name, policies = [], groups = [] } of roles) {
    if (!/^[a-zA-Z0-9]([-_a-zA-Z0-9]*[a-zA-Z0-9])?$/.test(name)) {
      throw refuse('role', name, 'has a name that is refused');
    }
    for (const { object, action: done } of policies) {
      if (object !== undefined && !/^([*\w.-]+\/)?[*\w.-]+$/.test(object)) {
        throw refuse('object of a rule', object, 'is neither name nor namespace/name');
      }
      if (done.value === 'invoke') {
        throw refuse('action', done.value, 'is none of a project');
      }
    }
    const same = duplicate(policies.map(policy => policyLine(project ?? '', name, policy)));
    if (same !== undefined) {
      throw refuse('rule', same, 'stands there twice');
    }
    for (const group of groups) {
      if (UNPRINTABLE.test(group) || group.includes('"') || group !== group.trim()) {
        throw refuse('group', group, 'has quotes, line breaks or blanks around it');
      }
    }
    const group = duplicate(groups);
    if (group !== undefined) {
      throw refuse('group', group, `stands in the role ${name} twice`);
    }
  }
}

/** A rule as Argo CD reads it. */
export function policyLine(project: string, role: string, { resource, action: done, object = '*', effect = RbacEffect.ALLOW }: ProjectPolicy): string {
  return `p, proj:${project}:${role}, ${resource}, ${done.value}, ${project}/${object}, ${effect}`;
}

/** The roles of a project as Argo CD reads them. */
export function rolesOf(project: string, roles: ProjectRole[]): object[] {
  return roles.map(({ name, description, policies = [], groups = [] }) => ({
    name,
    ...(description === undefined ? {} : { description }),
    policies: policies.map(policy => policyLine(project, name, policy)),
    ...(groups.length > 0 ? { groups: groups.map(csvField) } : {}),
  }));
}
