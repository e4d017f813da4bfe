import type { ApiObject } from 'cdk8s';
import { expression, millisecondsOf, namespace, objectName } from './fields';
import * as messages from './messages';
import type { Dependency, DriftIgnore, KubeConfig } from './references';
import { namespaceIn } from './source-checks';
import type { Finding } from '../../../core/diagnostics/finding';
import { At, Check, listOf, made, struct, text } from '../../../core/shape';

/*
 * What a Kustomization and a HelmRelease share.
 */

export const kubeConfig: Check = (at: At, value: unknown) => {
  made('KubeConfig', '_reference')(at, value);
  const { _field, _reference } = value as KubeConfig;
  const inside = (field: string) => ({ ...at, field: `${at.field}.${_field}.${field}` });
  objectName(inside('name'), _reference.name);
  if (_reference.key !== undefined) {
    text(inside('key'), _reference.key);
  }
};

const dependency = listOf(struct({ name: objectName, namespace, readyExpr: expression }, ['name']));

/** What an object waits for. The same name twice is FW566. */
export const dependsOn: Check = (at: At, value: unknown) => {
  dependency(at, value);
  const seen = new Set<string>();
  for (const { name, namespace: space } of value as Dependency[]) {
    const key = JSON.stringify([space, name]);
    if (seen.has(key)) {
      throw messages.invalidDependency.error(at.path, { kind: at.kind, name, fault: 'twice' });
    }
    seen.add(key);
  }
};

/** Throws FW566 for what only an object that exists knows of itself. */
export function checkSelf(object: ApiObject, path: string, given: Dependency[] = []): void {
  const own = namespaceIn(object);
  if (given.some(({ name, namespace: space }) => name === object.name && (space === undefined || space === (own ?? 'default')))) {
    throw messages.invalidDependency.error(path, { kind: object.kind, name: object.name, fault: 'which is itself' });
  }
}

/** FW564. */
export function ignoreWarnings(path: string, kind: string, rules: DriftIgnore[] = []): Finding[] {
  return rules.filter(({ target }) => Object.values(target ?? {}).every(each => each === undefined))
    .map(({ paths }) => messages.wideIgnore.at(path, { kind, paths }));
}

/** FW554, for a duration that is below what it is to be. */
export function hasteWarnings(path: string, kind: string, field: string, value: string | undefined, least: string, fault: string): Finding[] {
  const isHasty = value !== undefined && millisecondsOf(value) < millisecondsOf(least);
  return isHasty ? [messages.hastyTiming.at(path, { kind, field, value, least, fault })] : [];
}
