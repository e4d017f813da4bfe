import { CapabilityRow, Support } from '../../../core/capability';
import type { Parts } from '../../backend';

/** How the Applications are written. */
export interface Shape {
  readonly isOfSets: boolean;
  readonly isProgressive: boolean;
  /** Whether everything on a cluster has one root. */
  readonly hasOneRoot: boolean;
}

/** How Argo CD carries out what a platform asks for. */
export function capabilitiesOf(parts: Parts, { isOfSets, isProgressive, hasOneRoot }: Shape): CapabilityRow[] {
  const row = (part: string, support: Support, how: string, matters = false): CapabilityRow => ({ part, support, how, matters });
  const ordered = isProgressive
    ? row(`order: ${parts.order}`, Support.NATIVE, 'steps of RollingSync, at every sync', true)
    : isOfSets ? row(`order: ${parts.order}`, Support.UNSUPPORTED, 'an ApplicationSet makes all of its Applications at once')
      : row(`order: ${parts.order}`, Support.APPROXIMATED, 'sync waves below the root: the first installation and changes of Applications, not releases');
  return [
    ...(parts.order === undefined ? [] : [ordered]),
    ...(parts.across === undefined ? [] : [hasOneRoot && !isOfSets
      ? row(`order across sources: ${parts.across}`, Support.APPROXIMATED, 'the same waves, below one root')
      : row(`order across sources: ${parts.across}`, Support.UNSUPPORTED, 'roots know nothing of each other')]),
    ...parts.regions.map(regions => isProgressive
      ? row(`regions of ${regions}`, Support.NATIVE, 'steps of RollingSync')
      : row(`regions of ${regions}`, Support.UNSUPPORTED, 'each Application syncs by itself')),
    ...(parts.owned === 0 ? [] : [row(`fields that controllers own, of ${parts.owned} objects`, Support.NATIVE, 'ignoreDifferences, and RespectIgnoreDifferences where no list is frozen')]),
    row('drift is undone', isProgressive ? Support.UNSUPPORTED : Support.NATIVE, isProgressive ? 'progressive syncs switch off what syncs by itself' : 'selfHeal'),
    row(`a person confirms what is removed: ${parts.final.join(', ')}`, Support.NATIVE, isOfSets
      ? 'the set never deletes an Application, nor anything with it' : 'Prune=confirm and Delete=confirm'),
    row('an environment changes its own alone', Support.NATIVE, 'an AppProject for each: repository, namespaces, kinds', true),
    ...(parts.elsewhere.length === 0 ? [] : [row(`rights of ${parts.elsewhere.join(', ')}`, Support.NATIVE, 'an AppProject for each cluster: repositories, namespaces, cluster-wide kinds')]),
    ...(parts.approvals.length === 0 ? [] : [row(`a release that waits for a person: ${parts.approvals.join(', ')}`, Support.EMULATED, 'the health check of Applications counts what is suspended as healthy')]),
    row('what was released, for notifications', isOfSets ? Support.UNSUPPORTED : Support.NATIVE, isOfSets
      ? 'the Applications of a set have one template; their images are known' : 'annotations of each Application'),
  ];
}
