import { ApplicationProps, ApplicationSource, Finalizer, ResourceIgnoreDifferences, SyncPolicy } from './application-props';
import { checkText, checkWave } from './fields';
import { SyncOption } from './sync-option';
import { isMap } from '../../../core/metadata';
import * as messages from '../../messages';

/*
 * What Argo CD would refuse, or worse, ignore.
 */

/** Throws FW510 to FW517 for an Application that could not be synced as it is meant. */
export function checkApplication(path: string, props: Partial<ApplicationProps>): void {
  checkText(path, 'Application', 'project', props.project);
  if (typeof props.destination?._toJson !== 'function') {
    throw messages.emptyField.error(path, { kind: 'Application', field: 'destination' });
  }
  checkSources(path, props);
  checkSyncPolicy(path, props.syncPolicy ?? {});
  checkSyncOptions(path, props.syncOptions ?? []);
  checkWave(path, props.syncWave);
  checkFinalizer(path, props.finalizer);
  checkIgnoreRules(path, props.ignoreDifferences ?? []);
  if (!Array.isArray(props.info ?? [])) {
    throw messages.invalidField.error(path, { kind: 'Application', field: 'info', value: props.info, fault: 'is no list' });
  }
  props.info?.forEach(each => checkTypes(path, 'Application', 'string', { 'name of info': each?.name ?? null, 'value of info': each?.value ?? null }));
  const { revisionHistoryLimit } = props;
  if (revisionHistoryLimit !== undefined && !(Number.isSafeInteger(revisionHistoryLimit) && revisionHistoryLimit >= 0)) {
    throw messages.invalidField.error(path, {
      kind: 'Application', field: 'revisionHistoryLimit', value: revisionHistoryLimit, fault: 'is no whole number from 0',
    });
  }
}

/** Throws FW517 unless each of the fields that are given is of a type. */
export function checkTypes(path: string, kind: string, type: 'string' | 'boolean' | 'map', fields: Record<string, unknown>): void {
  for (const [field, value] of Object.entries(fields)) {
    if (value !== undefined && !(type === 'map' ? isMap(value) : typeof value === type)) {
      throw messages.invalidField.error(path, { kind, field, value, fault: `is no ${type}` });
    }
  }
}

/** Throws FW517 for a finalizer that nobody would take off again. */
export function checkFinalizer(path: string, finalizer: Finalizer | undefined): void {
  if (finalizer !== undefined && !Object.values(Finalizer).includes(finalizer)) {
    throw messages.invalidField.error(path, { kind: 'Application', field: 'finalizer', value: finalizer, fault: 'is known to nobody' });
  }
}

function checkSources(path: string, { source, sources }: Partial<ApplicationProps>): void {
  const given = [...(source ? ['source'] : []), ...(Array.isArray(sources) && sources.length > 0 ? ['sources'] : [])];
  if (given.length !== 1) {
    throw messages.oneSource.error(path, { given });
  }
  (source ? [source] : sources!).forEach(each => checkSource(path, each ?? {}, source === undefined));
  if (!source && sources!.every(each => !each.path && !each.chart)) {
    throw messages.sourcePathOrChart.error(path, { repoURL: sources![0].repoURL, fault: 'has only values for others, and so has every other source' });
  }
}

function checkSource(path: string, source: Partial<ApplicationSource>, isOneOfSeveral: boolean): void {
  checkText(path, 'source', 'repoURL', source.repoURL);
  const { chart, targetRevision, ref, name, helm, kustomize, directory, plugin } = source;
  checkTypes(path, 'source', 'string', { path: source.path, chart, targetRevision, ref, name });
  checkTypes(path, 'source', 'map', { helm, kustomize, directory, plugin });
  const refuse = (fault: string) => messages.sourcePathOrChart.error(path, { repoURL: source.repoURL, fault });
  if (source.path && source.chart) {
    throw refuse('has both path and chart');
  }
  if (!source.path && !source.chart && !(isOneOfSeveral && source.ref)) {
    throw refuse(source.ref ? 'has only a ref, and there is no other source' : 'has neither path nor chart');
  }
  if (source.path && !/^(?!\/)(?!(.*\/)?\.\.(\/|$))[^\p{C}]+$/u.test(source.path)) {
    throw refuse('has a path that leaves the repository');
  }
  if (source.chart && !source.targetRevision) {
    throw refuse('has a chart without targetRevision');
  }
  if (source.chart && source.ref) {
    throw refuse('has a ref beside a chart');
  }
  const ways = (['helm', 'kustomize', 'directory', 'plugin'] as const).filter(way => source[way] !== undefined);
  if (ways.length > 1) {
    throw refuse(`is rendered in several ways: ${ways.join(', ')}`);
  }
}

function checkSyncPolicy(path: string, policy: SyncPolicy): void {
  const refuse = (what: string, value: unknown, fault: string) => messages.invalidSyncPolicy.error(path, { what, value, fault });
  for (const [what, value] of Object.entries({ 'sync policy': policy, 'automated sync': policy?.automated, 'retry': policy?.retry, 'backoff': policy?.retry?.backoff })) {
    if (!isMap(value ?? {})) {
      throw refuse(what, value, 'is no map');
    }
  }
  checkSyncOptions(path, policy.syncOptions ?? []);
  const { prune, selfHeal, allowEmpty } = policy.automated ?? {};
  const { limit, backoff, refresh } = policy.retry ?? {};
  checkTypes(path, 'sync policy', 'boolean', { prune, selfHeal, allowEmpty, refresh });
  if (limit !== undefined && !Number.isSafeInteger(limit)) {
    throw refuse('number of tries', limit, 'is no whole number');
  }
  if (backoff?.factor !== undefined && !(Number.isSafeInteger(backoff.factor) && backoff.factor >= 1)) {
    throw refuse('factor of the wait', backoff.factor, 'is no whole number from 1');
  }
  for (const duration of [backoff?.duration, backoff?.maxDuration]) {
    if (duration !== undefined && !(typeof duration === 'string' && /^(\d+(\.\d+)?(ms|s|m|h))+$/.test(duration))) {
      throw refuse('wait', duration, 'is no duration');
    }
  }
}

function checkSyncOptions(path: string, options: SyncOption[]): void {
  if (!Array.isArray(options) || options.some(option => typeof option?.value !== 'string')) {
    throw messages.invalidSyncPolicy.error(path, { what: 'list of sync options', value: options, fault: 'holds something else than SyncOption' });
  }
}

function checkIgnoreRules(path: string, rules: ResourceIgnoreDifferences[]): void {
  if (!Array.isArray(rules)) {
    throw messages.idleIgnoreRule.error(path, { rule: rules, fault: 'is no list of rules' });
  }
  for (const rule of rules) {
    const refuse = (fault: string) => messages.idleIgnoreRule.error(path, { rule, fault });
    if (!rule?.kind || typeof rule.kind !== 'string') {
      throw refuse('has no kind');
    }
    const fields = [rule.jsonPointers ?? [], rule.jqPathExpressions ?? [], rule.managedFieldsManagers ?? []];
    if (!fields.every(list => Array.isArray(list) && list.every(each => typeof each === 'string' && each !== '')) || fields.flat().length === 0) {
      throw refuse('says nothing about fields');
    }
    if (!fields[0].every(pointer => /^(\/([^~/]|~[01])*)+$/.test(pointer))) {
      throw refuse('has a JSON pointer that is none');
    }
  }
}
