import type { ApiObject } from 'cdk8s';
import * as own from './messages';
import type { Finding } from '../../../core/diagnostics/finding';
import { isMap } from '../../../core/metadata';

/** A minor version of Argo CD. */
export enum ArgoCdVersion {
  /** 3.0. */
  V3_0 = '3.0',
  /** 3.1. */
  V3_1 = '3.1',
  /** 3.2. */
  V3_2 = '3.2',
  /** 3.3. */
  V3_3 = '3.3',
  /** 3.4. */
  V3_4 = '3.4',
  /** 3.5. */
  V3_5 = '3.5',
}

/** Whether a version is older than another one. */
export function isBefore(version: ArgoCdVersion, other: ArgoCdVersion): boolean {
  return Number(version.split('.')[1]) < Number(other.split('.')[1]);
}

/**
 * Fields by the version that brought them, read from pkg/apis/application/v1alpha1 of the first patch of each minor version. An
 * older API server drops them without a word. `[]` stands for every item of a list.
 */
const SINCE: ReadonlyArray<readonly [kind: string, path: string, since: ArgoCdVersion]> = [
  ['Application', 'spec.syncPolicy.automated.enabled', ArgoCdVersion.V3_1],
  ['Application', 'spec.syncPolicy.retry.refresh', ArgoCdVersion.V3_2],
  ['Application', 'spec.source.tagPrefix', ArgoCdVersion.V3_5],
  ['Application', 'spec.sources[].tagPrefix', ArgoCdVersion.V3_5],
  ['ApplicationSet', 'spec.template.spec.syncPolicy.automated.enabled', ArgoCdVersion.V3_1],
  ['ApplicationSet', 'spec.template.spec.syncPolicy.retry.refresh', ArgoCdVersion.V3_2],
  ['ApplicationSet', 'spec.template.spec.source.tagPrefix', ArgoCdVersion.V3_5],
  ['ApplicationSet', 'spec.strategy.deletionOrder', ArgoCdVersion.V3_2],
  ['ApplicationSet', 'spec.generators[].pullRequest.continueOnRepoNotFoundError', ArgoCdVersion.V3_2],
  ['AppProject', 'spec.clusterResourceWhitelist[].name', ArgoCdVersion.V3_3],
  ['AppProject', 'spec.clusterResourceBlacklist[].name', ArgoCdVersion.V3_3],
  ['AppProject', 'spec.syncWindows[].syncOverrun', ArgoCdVersion.V3_5],
  ['AppProject', 'spec.sourceIntegrity', ArgoCdVersion.V3_5],
];

/** Fields of objects that the declared version does not know. */
export function checkVersions(objects: ApiObject[], version: ArgoCdVersion): Finding[] {
  const newer = SINCE.filter(([,, since]) => isBefore(version, since));
  const kinds = new Set(newer.map(([kind]) => kind));
  return newer.length === 0 ? [] : objects.filter(object => object.apiGroup === 'argoproj.io' && kinds.has(object.kind)).flatMap(object => {
    const json = object.toJson();
    return newer.filter(([kind, path]) => kind === object.kind && has(json, path.split('.')))
      .map(([, field, since]) => own.newerField.at(object, { kind: object.kind, name: object.name, field, since, version }));
  });
}

function has(value: unknown, [step, ...rest]: string[]): boolean {
  if (step === undefined) {
    return value !== undefined;
  }
  const isList = step.endsWith('[]');
  const next = isMap(value) ? (value as Record<string, unknown>)[step.replace('[]', '')] : undefined;
  return isList ? Array.isArray(next) && next.some(each => has(each, rest)) : next !== undefined && has(next, rest);
}
