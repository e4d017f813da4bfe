import { ApplicationProps, ApplicationSpec, Finalizer, ResourceIgnoreDifferences } from './application-props';
import { checkText, checkWave } from './fields';
import { checkHydrator } from './hydrator-validation';
import { at, metadata, word } from './shapes';
import { ApplicationSource } from './source-props';
import { checkContradictions, checkReferences, checkSourceShape } from './source-shapes';
import { checkSyncOptions, checkSyncPolicy } from './sync-validation';
import { checkTypes, isDestination } from './types';
import { anything, struct } from '../../../core/shape';
import * as messages from '../../messages';

/*
 * What Argo CD would refuse, or worse, ignore.
 */

/** The fields of a specification, whose values are checked one by one. */
export const SPEC_FIELDS = {
  project: anything,
  destination: anything,
  source: anything,
  sources: anything,
  sourceHydrator: anything,
  syncPolicy: anything,
  ignoreDifferences: anything,
  info: anything,
  revisionHistoryLimit: anything,
};

const APPLICATION = struct({ metadata, finalizer: anything, syncWave: anything, syncOptions: anything, ...SPEC_FIELDS });

/** Throws FW510 to FW524 for an Application that could not be synced as it is meant. */
export function checkApplication(path: string, props: Partial<ApplicationProps>): void {
  APPLICATION(at(path, 'Application'), props);
  checkSpec(path, 'Application', props);
  checkSyncOptions(path, props.syncOptions ?? []);
  checkWave(path, props.syncWave);
  checkFinalizer(path, props.finalizer);
}

/** Throws for a specification that could not be synced as it is meant. */
export function checkSpec(path: string, kind: string, props: Partial<ApplicationSpec>): void {
  checkText(path, kind, 'project', props.project);
  if (!isDestination(props.destination)) {
    throw messages.emptyField.error(path, { kind, field: 'destination' });
  }
  checkSources(path, props);
  checkSpecWithoutSources(path, kind, props);
}

/** Throws for what a specification says beside its sources. */
export function checkSpecWithoutSources(path: string, kind: string, props: Partial<ApplicationSpec>): void {
  checkSyncPolicy(path, props.syncPolicy ?? {});
  checkIgnoreRules(path, props.ignoreDifferences ?? []);
  if (!Array.isArray(props.info ?? [])) {
    throw messages.invalidField.error(path, { kind, field: 'info', value: props.info, fault: 'is no list' });
  }
  props.info?.forEach(each => checkTypes(path, kind, 'string', { 'name of info': each?.name ?? null, 'value of info': each?.value ?? null }));
  const { revisionHistoryLimit } = props;
  if (revisionHistoryLimit !== undefined && !(Number.isSafeInteger(revisionHistoryLimit) && revisionHistoryLimit >= 0)) {
    throw messages.invalidField.error(path, {
      kind, field: 'revisionHistoryLimit', value: revisionHistoryLimit, fault: 'is no whole number from 0',
    });
  }
}

/** Throws FW517 for a finalizer that nobody would take off again. */
export function checkFinalizer(path: string, finalizer: Finalizer | undefined): void {
  if (finalizer !== undefined && !Object.values(Finalizer).includes(finalizer)) {
    throw messages.invalidField.error(path, { kind: 'Application', field: 'finalizer', value: finalizer, fault: 'is known to nobody' });
  }
}

/** Throws FW510, FW511 and FW520 unless there is one kind of source, which can be read. */
export function checkSources(path: string, { source, sources, sourceHydrator }: Partial<ApplicationSpec>): void {
  const given = [
    ...(source ? ['source'] : []), ...(Array.isArray(sources) && sources.length > 0 ? ['sources'] : []), ...(sourceHydrator ? ['sourceHydrator'] : []),
  ];
  if (given.length !== 1) {
    throw messages.oneSource.error(path, { given });
  }
  if (sourceHydrator) {
    checkHydrator(path, sourceHydrator);
    return;
  }
  const all = source ? [source] : Array.from(sources!);
  all.forEach(each => checkSource(path, each ?? {}, source === undefined));
  if (!source && all.every(each => !each.path && !each.chart)) {
    throw messages.sourcePathOrChart.error(path, { repoURL: all[0].repoURL, fault: 'has only values for others, and so has every other source' });
  }
  checkReferences(path, all);
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
  checkSourceShape(path, source);
  checkContradictions(path, source);
}

const RULE = struct({
  kind: anything, group: word, name: word, namespace: word, jsonPointers: anything, jqPathExpressions: anything, managedFieldsManagers: anything,
});

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
    RULE(at(path, 'ignore rule'), rule);
    if (!fields[0].every(pointer => /^(\/([^~/]|~[01])*)+$/.test(pointer))) {
      throw refuse('has a JSON pointer that is none');
    }
  }
}
