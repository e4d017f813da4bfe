import * as own from './messages';
import type { SourceHydrator } from './source-hydrator';
import { checkContradictions, checkHydratorShape } from './source-shapes';
import * as messages from '../../messages';

/** Throws FW511, FW512, FW517, FW518, FW520 and FW524 for a hydrator that would not hydrate. */
export function checkHydrator(path: string, hydrator: SourceHydrator): void {
  checkHydratorShape(path, hydrator);
  const { drySource, syncSource, hydrateTo } = hydrator;
  checkContradictions(path, drySource);
  const ways = (['helm', 'kustomize', 'directory', 'plugin'] as const).filter(way => drySource[way] !== undefined);
  if (ways.length > 1) {
    throw messages.sourcePathOrChart.error(path, { repoURL: drySource.repoURL, fault: `is rendered in several ways: ${ways.join(', ')}` });
  }
  const refuse = (fault: string) => own.invalidHydrator.error(path, { fault });
  for (const [what, folder] of Object.entries({ 'dry source': drySource.path, 'sync source': syncSource.path })) {
    if (folder.startsWith('/') || folder.split('/').includes('..')) {
      throw refuse(`has a path of the ${what} that leaves the repository`);
    }
  }
  if (syncSource.path.split('/').every(part => part === '' || part === '.')) {
    throw refuse('writes to the root of the repository');
  }
  const isOneRepository = (syncSource.repoURL ?? drySource.repoURL) === drySource.repoURL;
  const branches = [syncSource.targetBranch, ...(hydrateTo ? [hydrateTo.targetBranch] : [])];
  if (isOneRepository && branches.includes(drySource.targetRevision)) {
    throw refuse('writes to the branch that it reads');
  }
  if (hydrateTo?.targetBranch === syncSource.targetBranch) {
    throw refuse('hydrates to the branch that is synced, where hydrateTo means nothing');
  }
}
