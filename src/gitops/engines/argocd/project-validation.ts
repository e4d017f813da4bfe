import { AppProjectProps, IntegrityMode } from './app-project-props';
import { Destination } from './destination';
import { checkText, checkWave } from './fields';
import * as own from './messages';
import { checkRoles } from './project-role-validation';
import { at, metadata, texts, word } from './shapes';
import { duplicate } from './source-shapes';
import { checkSyncWindows } from './sync-window-validation';
import { checkTypes, isDestination } from './types';
import { anything, flag, listOf, oneOf, struct, text } from '../../../core/shape';
import * as messages from '../../messages';

const PROJECT = struct({
  metadata,
  description: anything,
  sourceRepos: anything,
  sourceNamespaces: texts,
  destinations: anything,
  destinationServiceAccounts: listOf(struct({ server: text, namespace: word, defaultServiceAccount: text }, ['server', 'defaultServiceAccount'])),
  clusterResourceWhitelist: anything,
  clusterResourceBlacklist: anything,
  namespaceResourceWhitelist: anything,
  namespaceResourceBlacklist: anything,
  orphanedResources: struct({ warn: flag, ignore: listOf(struct({ group: word, kind: word, name: word })) }),
  permitOnlyProjectScopedClusters: flag,
  roles: anything,
  syncWindows: anything,
  sourceIntegrity: struct({
    git: listOf(struct({ repos: listOf(text, 1), mode: oneOf(IntegrityMode), keys: texts }, ['repos', 'mode']), 1),
  }, ['git']),
  signatureKeys: texts,
  syncWave: anything,
});

const ITEM = { group: word, kind: text };

/** Throws FW512 to FW519 and FW525 to FW528 for a project that Argo CD refuses, or reads otherwise. */
export function checkProject(path: string, props: Partial<AppProjectProps>): void {
  const { sourceRepos, destinations } = props;
  for (const [field, values] of Object.entries({ sourceRepos, destinations })) {
    if (!Array.isArray(values) || values.length === 0) {
      throw messages.emptyField.error(path, { kind: 'AppProject', field });
    }
  }
  Array.from(sourceRepos!).forEach(repository => checkText(path, 'AppProject', 'sourceRepos', repository));
  if (Array.from(destinations!).some(destination => !isDestination(destination))) {
    throw messages.emptyField.error(path, { kind: 'AppProject', field: 'destinations' });
  }
  for (const field of ['clusterResourceWhitelist', 'namespaceResourceWhitelist', 'clusterResourceBlacklist', 'namespaceResourceBlacklist'] as const) {
    const items = props[field] ?? [];
    if (!Array.isArray(items) || Array.from(items).some(item => typeof item?.group !== 'string' || typeof item.kind !== 'string' || item.kind === '')) {
      throw messages.invalidField.error(path, { kind: 'AppProject', field, value: items, fault: 'is no list of groups and kinds' });
    }
    listOf(struct(field.startsWith('cluster') ? { ...ITEM, name: word } : ITEM))({ ...at(path, 'AppProject'), field }, items);
  }
  checkTypes(path, 'AppProject', 'string', { description: props.description });
  checkWave(path, props.syncWave);
  PROJECT(at(path, 'AppProject'), props);
  if ((props.description ?? '').length > 255) {
    throw own.refusedProject.error(path, { what: 'description', value: props.description, fault: 'has more than 255 characters' });
  }
  checkOnceEach(path, props as AppProjectProps);
  checkRoles(path, props.metadata?.name, props.roles ?? []);
  checkSyncWindows(path, props.syncWindows ?? []);
  checkServiceAccounts(path, props);
  checkIntegrity(path, props);
}

/** Throws FW525 for what stands in a list twice, or denies everything. Lists may grow until the project is printed: this is asked again then. */
export function checkOnceEach(path: string, { sourceRepos, sourceNamespaces, destinations }: AppProjectProps): void {
  const refuse = (what: string, value: unknown, fault: string) => own.refusedProject.error(path, { what, value, fault });
  for (const [what, values] of Object.entries({ repository: sourceRepos, namespace: sourceNamespaces ?? [], destination: destinations.map(keyOf) })) {
    const twice = duplicate([...values]);
    if (twice !== undefined) {
      throw refuse(what, twice, 'stands there twice');
    }
  }
  const nobody = [...sourceRepos, ...destinations.flatMap(each => [each.serverUrl, each.clusterName, each.namespace])].find(value => value === '!*');
  if (nobody !== undefined) {
    throw refuse('pattern', nobody, 'denies everything');
  }
}

function keyOf(destination: Destination): string {
  return `${destination.serverUrl ?? destination.clusterName}/${destination.namespace}`;
}

function checkServiceAccounts(path: string, { destinationServiceAccounts = [] }: Partial<AppProjectProps>): void {
  const refuse = (what: string, value: unknown, fault: string) => own.refusedProject.error(path, { what, value, fault });
  for (const { server, namespace, defaultServiceAccount } of destinationServiceAccounts) {
    const denied = [server, namespace].find(value => value?.includes('!'));
    if (denied !== undefined) {
      throw refuse('destination of a service account', denied, 'has a ! in it');
    }
    if (/[!*[\]{}\\/]/.test(defaultServiceAccount) || !/^([^:\s]+:)?[^:\s]+$/.test(defaultServiceAccount)) {
      throw refuse('service account', defaultServiceAccount, 'is neither name nor namespace:name');
    }
  }
  const twice = duplicate(destinationServiceAccounts.map(each => `${each.server}/${each.namespace ?? ''}`));
  if (twice !== undefined) {
    throw refuse('destination of a service account', twice, 'stands there twice');
  }
}

function checkIntegrity(path: string, { sourceIntegrity, signatureKeys = [] }: Partial<AppProjectProps>): void {
  if (sourceIntegrity && signatureKeys.length > 0) {
    throw own.twoIntegrities.error(path, {});
  }
  const policies = sourceIntegrity?.git ?? [];
  for (const key of [...signatureKeys, ...policies.flatMap(policy => policy.keys ?? [])]) {
    // util/sourceintegrity/gpg.go, KeyID
    if (!/^([0-9A-Fa-f]{16}|[0-9A-Fa-f]{40})$/.test(key)) {
      throw own.refusedProject.error(path, { what: 'id of a GPG key', value: key, fault: 'has neither 16 nor 40 hexadecimal digits' });
    }
  }
  const keyless = policies.find(({ mode, keys }) => mode !== IntegrityMode.NONE && (keys ?? []).length === 0);
  if (keyless) {
    throw own.refusedProject.error(path, { what: 'policy of source integrity', value: keyless.repos, fault: 'trusts no key, and so no commit' });
  }
}
