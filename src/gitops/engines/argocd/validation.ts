import { ApplicationProps, ApplicationSource, Finalizer, ResourceIgnoreDifferences, SyncPolicy } from './application-props';
import { checkText, checkWave } from './fields';
import { SyncOption } from './sync-option';
import { isMap } from '../../../environments/metadata';
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
  (props.ignoreDifferences ?? []).forEach(rule => checkIgnoreRule(path, rule));
  const { revisionHistoryLimit } = props;
  if (revisionHistoryLimit !== undefined && !(Number.isSafeInteger(revisionHistoryLimit) && revisionHistoryLimit >= 0)) {
    throw messages.invalidField.error(path, {
      kind: 'Application', field: 'revisionHistoryLimit', value: revisionHistoryLimit, fault: 'is no whole number from 0',
    });
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
  const refuse = (fault: string) => messages.invalidSyncPolicy.error(path, { fault });
  if (!isMap(policy) || !isMap(policy.automated ?? {}) || !isMap(policy.retry ?? {})) {
    throw refuse('The sync policy, its retry and automated are maps.');
  }
  checkSyncOptions(path, policy.syncOptions ?? []);
  const { limit, backoff } = policy.retry ?? {};
  if (limit !== undefined && !Number.isSafeInteger(limit)) {
    throw refuse(`A sync cannot be tried ${JSON.stringify(limit)} times.`);
  }
  if (backoff?.factor !== undefined && !(Number.isSafeInteger(backoff.factor) && backoff.factor >= 1)) {
    throw refuse(`A wait cannot grow by the factor ${JSON.stringify(backoff.factor)}.`);
  }
  for (const duration of [backoff?.duration, backoff?.maxDuration]) {
    if (duration !== undefined && !/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(duration)) {
      throw refuse(`${JSON.stringify(duration)} is no duration.`);
    }
  }
}

function checkSyncOptions(path: string, options: SyncOption[]): void {
  if (!Array.isArray(options) || options.some(option => typeof option?.value !== 'string')) {
    throw messages.invalidSyncPolicy.error(path, { fault: 'The sync options are no list of SyncOption.' });
  }
}

function checkIgnoreRule(path: string, rule: ResourceIgnoreDifferences): void {
  const refuse = (fault: string) => messages.idleIgnoreRule.error(path, { rule, fault });
  if (!rule?.kind) {
    throw refuse('has no kind');
  }
  if (!rule.jsonPointers?.length && !rule.jqPathExpressions?.length && !rule.managedFieldsManagers?.length) {
    throw refuse('says nothing about fields');
  }
  if (rule.jsonPointers?.some(pointer => !/^(\/([^~/]|~[01])*)+$/.test(pointer))) {
    throw refuse('has a JSON pointer that is none');
  }
}
