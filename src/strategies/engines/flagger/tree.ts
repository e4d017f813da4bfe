import type { IConstruct } from 'constructs';
import type { Canary } from './canary';
import { checkCanaryMetrics } from './check-metrics';
import { checkOwnedNames } from './check-names';
import { checkPeers } from './check-peers';
import { checkTarget } from './check-target';
import { namespaceOf } from './tree-check';
import { apexOf, Tree } from './tree-index';
import * as messages from './tree-messages';
import type { Finding } from '../../../core/diagnostics/finding';

/** All that no object can see alone: FW682 to FW696. */
export function checkTree(root: IConstruct): Finding[] {
  const tree = new Tree(root);
  return [...sameTargets(tree), ...tree.canaries.flatMap(canary => {
    const { targetRef } = canary._props;
    const [target] = tree.find(canary, targetRef._isKnative ? 'serving.knative.dev' : groupOf(targetRef.apiVersion), targetRef.kind, targetRef.name);
    return [
      ...checkTarget(tree, canary, target),
      ...checkOwnedNames(tree, canary, target),
      ...checkPeers(tree, canary, target),
      ...checkCanaryMetrics(tree, canary),
    ];
  })];
}

function sameTargets(tree: Tree): Finding[] {
  const owners = new Map<string, Canary>();
  return tree.canaries.flatMap(canary => {
    const { targetRef } = canary._props;
    const place = `${tree.placeOf(canary)} ${namespaceOf(canary)}`;
    const claims = [[`${targetRef.kind} ${JSON.stringify(targetRef.name)}`, `${place} ${targetRef.kind} ${targetRef.name}`], [`The service name ${JSON.stringify(apexOf(canary))}`, `${place} = ${apexOf(canary)}`]];
    const found = claims.flatMap(([what, key]) => {
      const other = owners.get(key);
      owners.set(key, other ?? canary);
      return other === undefined ? [] : [messages.sameTarget.at(canary, { what, other: other.node.path })];
    });
    return found.slice(0, 1);
  });
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}
