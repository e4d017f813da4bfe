import { readTree } from '../support/folders';
import { healthOf } from '../support/lua';
import { environment, followedPlatform, manifests, worker } from '../support/model';

/* The health check that child Applications need is run by a Lua machine, on what Argo CD writes into their status. */

const KEY = 'resource.customizations.health.argoproj.io_Application';
const platform = followedPlatform();
environment(platform);
worker(platform);
platform.synth();
const PATCH = JSON.parse(readTree(platform.root)['dist/argocd/install/argocd-cm-patch.json']);
const CHILD = manifests(platform, 'Application').find(a => a.metadata.name === 'acme-prod-job');

test('the patch sets one key of the settings, and leaves all others alone', () => {
  expect(Object.keys(PATCH)).toEqual(['data']);
  expect(Object.keys(PATCH.data)).toEqual([KEY]);
});

const SOURCE = { repoURL: 'https://github.com/acme/platform', path: 'dist/prod/job', targetRevision: 'HEAD' };
const AUTOMATED = { syncPolicy: { automated: { prune: true } } };
const single = (more: object = {}) => ({ source: SOURCE, ...AUTOMATED, ...more });
const several = (...sources: object[]) => ({ sources, ...AUTOMATED });
const comparedTo = (source: object = SOURCE) => ({ source, destination: {} });

/** A status with what is compared and found. */
function seen(health: string | undefined, sync: string, more: { comparedTo?: object; operationState?: object; message?: string } = {}) {
  return {
    health: { ...(health === undefined ? {} : { status: health }), ...(more.message === undefined ? {} : { message: more.message }) },
    sync: { status: sync, comparedTo: more.comparedTo ?? comparedTo() },
    ...(more.operationState ? { operationState: more.operationState } : {}),
  };
}

const succeeded = (source: object = SOURCE) => ({ phase: 'Succeeded', syncResult: { revision: 'a', source } });

test.each<[string, object, object | undefined, string, string?]>([
  ['nothing is known yet', single(), undefined, 'Progressing', 'Waiting for the first comparison'],
  ['an empty status', single(), {}, 'Progressing'],
  ['an empty health', single(), seen(undefined, 'Unknown'), 'Progressing'],
  ['it progresses', single(), seen('Progressing', 'Synced'), 'Progressing', ''],
  ['it is healthy', single(), seen('Healthy', 'Synced', { operationState: succeeded() }), 'Healthy', ''],
  ['it is healthy with a message', single(), seen('Healthy', 'Synced', { message: 'fine' }), 'Healthy', 'fine'],
  ['it is degraded', single(), seen('Degraded', 'Synced', { message: 'CrashLoopBackOff' }), 'Degraded', 'CrashLoopBackOff'],
  ['a release in it waits for an approval', single(), seen('Suspended', 'Synced'), 'Healthy'],
  ['its resources are missing', single(), seen('Missing', 'OutOfSync', { operationState: succeeded() }), 'Missing'],
  ['nothing was compared, as in old versions', single(), { health: { status: 'Healthy' } }, 'Healthy'],

  ['healthy as it was with another path', single(), seen('Healthy', 'Synced', { comparedTo: comparedTo({ ...SOURCE, path: 'dist/prod/old' }) }), 'Progressing', 'Waiting for the comparison with the changed source'],
  ['healthy as it was at another revision', single(), seen('Healthy', 'Synced', { comparedTo: comparedTo({ ...SOURCE, targetRevision: 'v1' }) }), 'Progressing'],
  ['healthy as it was from another repository', single(), seen('Healthy', 'Synced', { comparedTo: comparedTo({ ...SOURCE, repoURL: 'https://other' }) }), 'Progressing'],
  ['healthy as it was with a chart', single(), seen('Healthy', 'Synced', { comparedTo: comparedTo({ ...SOURCE, chart: 'redis' }) }), 'Progressing'],
  ['degraded as it was with another path', single(), seen('Degraded', 'Synced', { comparedTo: comparedTo({ ...SOURCE, path: 'old' }) }), 'Progressing'],
  ['compared with no source at all', single(), seen('Healthy', 'Synced', { comparedTo: { destination: {} } }), 'Progressing'],
  ['empty fields, which Argo CD leaves out', { source: { ...SOURCE, chart: '', targetRevision: '' } }, seen('Healthy', 'Synced', { comparedTo: comparedTo({ repoURL: SOURCE.repoURL, path: SOURCE.path }) }), 'Healthy'],

  ['several sources', several({ repoURL: 'a', path: 'x' }, { repoURL: 'b', ref: 'values' }), seen('Healthy', 'Synced', { comparedTo: { source: { repoURL: '' }, sources: [{ repoURL: 'a', path: 'x' }, { repoURL: 'b', ref: 'values' }] } }), 'Healthy'],
  ['several sources, one changed', several({ repoURL: 'a', path: 'x' }, { repoURL: 'b' }), seen('Healthy', 'Synced', { comparedTo: { sources: [{ repoURL: 'a', path: 'x' }, { repoURL: 'c' }] } }), 'Progressing'],
  ['several sources, one added', several({ repoURL: 'a', path: 'x' }, { repoURL: 'b' }), seen('Healthy', 'Synced', { comparedTo: { sources: [{ repoURL: 'a', path: 'x' }] } }), 'Progressing'],
  ['several sources instead of one', several(SOURCE), seen('Healthy', 'Synced', { comparedTo: comparedTo() }), 'Progressing'],
  ['one source instead of several', single(), seen('Healthy', 'Synced', { comparedTo: { source: { repoURL: '' }, sources: [SOURCE] } }), 'Progressing'],
  ['one source and an empty list', { ...single(), sources: [] }, seen('Healthy', 'Synced'), 'Healthy'],
  ['a hydrated source, which it does not name', { sourceHydrator: { drySource: {} } }, seen('Healthy', 'Synced'), 'Healthy'],

  ['healthy, never synced', single(), seen('Healthy', 'OutOfSync'), 'Progressing', 'Waiting for the sync of its source'],
  ['healthy, a sync runs', single(), seen('Healthy', 'OutOfSync', { operationState: { phase: 'Running' } }), 'Progressing', 'Waiting for the end of a sync'],
  ['healthy, synced from another path', single(), seen('Healthy', 'OutOfSync', { operationState: succeeded({ ...SOURCE, path: 'old' }) }), 'Progressing', 'Waiting for the sync of its source'],
  ['healthy, drifted after a sync', single(), seen('Healthy', 'OutOfSync', { operationState: succeeded() }), 'Healthy'],
  ['healthy, the sync failed', single(), seen('Healthy', 'OutOfSync', { operationState: { ...succeeded(), phase: 'Failed', message: 'no such CRD' } }), 'Degraded', 'The last sync failed: no such CRD'],
  ['missing, the sync failed early', single(), seen('Missing', 'OutOfSync', { operationState: { phase: 'Error', syncResult: { source: { repoURL: '' } } } }), 'Degraded', 'The last sync failed: '],
  ['the sync of another path failed', single(), seen('Healthy', 'OutOfSync', { operationState: { ...succeeded({ ...SOURCE, path: 'old' }), phase: 'Failed' } }), 'Progressing'],
  ['synced since a sync failed', single(), seen('Healthy', 'Synced', { operationState: { phase: 'Failed' } }), 'Healthy'],
  ['by hand, never synced', { source: SOURCE, syncPolicy: {} }, seen('Healthy', 'OutOfSync'), 'Healthy'],
  ['automation switched off', single({ syncPolicy: { automated: { enabled: false } } }), seen('Healthy', 'OutOfSync'), 'Healthy'],
  ['the repository cannot be read', single(), seen('Healthy', 'Unknown'), 'Progressing', 'The source cannot be compared'],
  ['degraded, and the repository cannot be read', single(), seen('Degraded', 'Unknown'), 'Degraded'],
])('%s', (_, spec, status, expected, ...[message]) => {
  const verdict = healthOf(PATCH.data[KEY], { spec, status });
  expect(verdict.status).toBe(expected);
  expect(verdict.message).toEqual(message ?? expect.any(String));
});

test('a child as it is written: from its creation to its first success', () => {
  const { spec } = CHILD;
  const about = { comparedTo: { source: spec.source, destination: spec.destination } };
  const verdicts = [
    undefined,
    seen('Missing', 'OutOfSync', about),
    seen('Healthy', 'OutOfSync', { ...about, operationState: { phase: 'Running', syncResult: { source: spec.source } } }),
    seen('Progressing', 'Synced', { ...about, operationState: { phase: 'Succeeded', syncResult: { source: spec.source } } }),
    seen('Healthy', 'Synced', { ...about, operationState: { phase: 'Succeeded', syncResult: { source: spec.source } } }),
  ].map(status => healthOf(PATCH.data[KEY], { spec, status }).status);
  expect(verdicts).toEqual(['Progressing', 'Progressing', 'Progressing', 'Progressing', 'Healthy']);
});
