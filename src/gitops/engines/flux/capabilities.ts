import { CapabilityRow, Support } from '../../../core/capability';
import type { Parts } from '../../backend';

/** How Flux carries out what a platform asks for. */
export function capabilitiesOf(parts: Parts, isLockedDown: boolean): CapabilityRow[] {
  const row = (part: string, support: Support, how: string, matters = false): CapabilityRow => ({ part, support, how, matters });
  return [
    ...(parts.order === undefined ? [] : [row(`order: ${parts.order}`, Support.NATIVE, 'dependsOn of Kustomizations, at every change', true)]),
    ...(parts.across === undefined ? [] : [row(`order across sources: ${parts.across}`, Support.EMULATED, 'a Kustomization around each HelmRelease, as dependsOn does not cross kinds')]),
    ...parts.regions.map(regions => row(`regions of ${regions}`, Support.UNSUPPORTED, 'each cluster follows by itself')),
    ...(parts.owned === 0 ? [] : [row(`fields that controllers own, of ${parts.owned} objects`, Support.NATIVE, 'ignore with a target, of each Kustomization')]),
    row('drift is undone', Support.NATIVE, 'each interval; of charts by driftDetection'),
    row(`a person confirms what is removed: ${parts.final.join(', ')}`, Support.EMULATED, 'Kustomizations at the end of the road are not pruned: a person deletes them'),
    row('an environment changes its own alone', isLockedDown ? Support.NATIVE : Support.UNSUPPORTED, isLockedDown
      ? 'a service account for each, with RoleBindings in its namespaces' : 'the controller acts with all of its own rights', true),
    ...(parts.elsewhere.length === 0 ? [] : [row(`rights of ${parts.elsewhere.join(', ')}`, Support.UNSUPPORTED, 'charts are installed with the rights of the controller')]),
    ...(parts.approvals.length === 0 ? [] : [row(`a release that waits for a person: ${parts.approvals.join(', ')}`, Support.NATIVE, 'healthCheckExprs: a paused Rollout is current')]),
    row('what was released, for notifications', Support.NATIVE, 'event annotations of each Kustomization'),
  ];
}
