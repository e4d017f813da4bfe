import type { ApiObject } from 'cdk8s';
import type { Canary } from './canary';
import { called } from './check-target';
import { namespaceOf } from './tree-check';
import { selectorLabel, type Tree } from './tree-index';
import * as messages from './tree-messages';
import type { Finding } from '../../../core/diagnostics/finding';

/*
 * Budgets and policies that select the pods of a target by the label that Flagger changes.
 */

/** FW693. */
export function checkPeers(tree: Tree, canary: Canary, target: ApiObject | undefined): Finding[] {
  const found = target && selectorLabel(tree.json(target));
  if (!found || canary._props.targetRef.kind === 'Service') {
    return [];
  }
  const [label, value] = found;
  const beside = (kind: string) => tree.all(canary, kind).filter(object => namespaceOf(object) === namespaceOf(canary));
  const misses = (selectors: any[]) => selectors.some(each => each?.matchLabels?.[label] === value) && !selectors.some(each => each?.matchLabels?.[label] === `${value}-primary`);
  const missed = (kind: string, objects: ApiObject[], selector: (json: any) => any) => {
    const selectors = objects.map(object => selector(tree.json(object)));
    return misses(selectors) ? objects.filter((_, i) => selectors[i]?.matchLabels?.[label] === value).map(object => called(kind, object.name)) : [];
  };
  const callers = tree.all(canary, 'NetworkPolicy')
    .filter(policy => peersOf(tree.json(policy)).some(peers => misses(inNamespace(peers, policy, canary))))
    .map(policy => `A rule of ${called('NetworkPolicy', policy.name)}`);
  return [
    ...missed('PodDisruptionBudget', beside('PodDisruptionBudget'), json => json?.spec?.selector),
    ...missed('NetworkPolicy', beside('NetworkPolicy'), json => json?.spec?.podSelector),
    ...callers,
  ].map(object => messages.uncoveredPrimary.at(canary, { object, label, value }));
}

/** The peers of every rule of a NetworkPolicy. */
function peersOf(json: any): any[][] {
  return [...(json?.spec?.ingress ?? []).map((rule: any) => rule?.from ?? []), ...(json?.spec?.egress ?? []).map((rule: any) => rule?.to ?? [])];
}

/** The pods that peers select in the namespace of a Canary. */
function inNamespace(peers: any[], policy: ApiObject, canary: Canary): any[] {
  return peers
    .filter(({ namespaceSelector } = {} as any) => namespaceSelector === undefined
      ? namespaceOf(policy) === namespaceOf(canary)
      : namespaceSelector.matchLabels?.['kubernetes.io/metadata.name'] === namespaceOf(canary))
    .map(peer => peer?.podSelector);
}
