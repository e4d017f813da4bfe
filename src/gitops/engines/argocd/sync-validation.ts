import * as own from './messages';
import { at, wordMap } from './shapes';
import { SyncOption } from './sync-option';
import { SyncPolicy } from './sync-policy-props';
import { checkTypes } from './types';
import { isMap } from '../../../core/metadata';
import { anything, struct } from '../../../core/shape';
import * as messages from '../../messages';

const POLICY = struct({
  automated: struct({ enabled: anything, prune: anything, selfHeal: anything, allowEmpty: anything }),
  syncOptions: anything,
  retry: struct({ limit: anything, backoff: struct({ duration: anything, factor: anything, maxDuration: anything }), refresh: anything }),
  managedNamespaceMetadata: struct({ labels: wordMap, annotations: wordMap }),
});

/** Throws FW515, FW517, FW518 and FW522 for a sync policy that Argo CD would not follow. */
export function checkSyncPolicy(path: string, policy: SyncPolicy): void {
  const refuse = (what: string, value: unknown, fault: string) => messages.invalidSyncPolicy.error(path, { what, value, fault });
  for (const [what, value] of Object.entries({ 'sync policy': policy, 'automated sync': policy?.automated, 'retry': policy?.retry, 'backoff': policy?.retry?.backoff })) {
    if (!isMap(value ?? {})) {
      throw refuse(what, value, 'is no map');
    }
  }
  checkSyncOptions(path, policy.syncOptions ?? []);
  POLICY(at(path, 'sync policy'), policy);
  const { enabled, prune, selfHeal, allowEmpty } = policy.automated ?? {};
  const { limit, backoff, refresh } = policy.retry ?? {};
  checkTypes(path, 'sync policy', 'boolean', { enabled, prune, selfHeal, allowEmpty, refresh });
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

/** Throws FW515 for a list of something else, and FW522 for options of which Argo CD follows one. */
export function checkSyncOptions(path: string, options: SyncOption[]): void {
  if (!Array.isArray(options) || options.some(option => typeof option?.value !== 'string')) {
    throw messages.invalidSyncPolicy.error(path, { what: 'list of sync options', value: options, fault: 'holds something else than SyncOption' });
  }
  const values = options.map(option => option.value);
  const nameOf = (value: string) => value.split('=')[0];
  for (const value of values) {
    const same = values.filter(other => nameOf(other) === nameOf(value));
    if (same.length > 1) {
      throw own.contradictoryOptions.error(path, { options: same, fault: `are ${same.length} of one name` });
    }
  }
  if (values.includes('Replace=true') && values.includes('ServerSideApply=true')) {
    throw own.contradictoryOptions.error(path, { options: ['Replace=true', 'ServerSideApply=true'], fault: 'exclude each other: what is replaced is not applied' });
  }
}
