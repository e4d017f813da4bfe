import { ApiObject } from 'cdk8s';
import * as messages from './messages';
import { Say } from './report';
import { servicesOf } from './services';
import { Surroundings } from './surroundings';
import { Tree, TreeObject } from './tree';
import { dig, mapsOf } from './values';

const HASH = 'rollouts-pod-template-hash';

/** Services that select other pods, or belong to another Rollout, and blue-green behind ALB. */
export function serviceChecks(say: Say, around: Surroundings): void {
  const { rollout, spec, tree, labels } = around;
  for (const { field, service } of servicesOf(spec.strategy)) {
    const found = tree.find(rollout, 'core', 'Service', service);
    if (!found) {
      continue;
    }
    const foreign = Object.entries(dig(found.json, 'spec', 'selector') ?? {}).filter(([key, value]) => key !== HASH && labels && labels[key] !== value);
    if (foreign.length > 0) {
      say(messages.foreignSelector, field, `has the selector ${foreign.map(([key, value]) => JSON.stringify(`${key}: ${value}`)).join(', ')}, which the pods do not have`, service);
    }
    const other = ownersOf(tree).get(found.object);
    if (other && other !== rollout) {
      say(messages.sharedService, field, `belongs to the Rollout ${JSON.stringify(other.name)} already`, service);
    }
  }
  albChecks(say, around);
}

/** The first Rollout of the tree that means each Service. */
function ownersOf(tree: Tree): ReadonlyMap<ApiObject, ApiObject> {
  return tree.ownersOf(owners => tree.ofKind('argoproj.io', 'Rollout').forEach(({ object, json }) => {
    for (const { service } of servicesOf(dig(json, 'spec', 'strategy') ?? {})) {
      const found = tree.find(object, 'core', 'Service', service)?.object;
      if (found && !owners.has(found)) {
        owners.set(found, object);
      }
    }
  }));
}

function albChecks(say: Say, { rollout, spec, tree }: Surroundings): void {
  const active = spec.strategy.blueGreen?.activeService;
  if (active === undefined) {
    return;
  }
  const isAlb = ({ json }: TreeObject) => dig(json, 'spec', 'ingressClassName') === 'alb' || dig(json, 'metadata', 'annotations', 'kubernetes.io/ingress.class') === 'alb';
  tree.near(rollout, 'networking.k8s.io', 'Ingress').filter(ingress => isAlb(ingress) && backendsOf(ingress.json).includes(active)).forEach(({ name }) => {
    say(messages.albBlueGreen, 'spec.strategy.blueGreen.activeService', `is behind ALB by the Ingress ${JSON.stringify(name)}`, active);
  });
}

/** The Services that the rules of an Ingress lead to (utils/ingress/ingress.go, hasIngressRuleWithService). */
export function backendsOf(ingress: any): string[] {
  return mapsOf(dig(ingress, 'spec', 'rules')).flatMap(rule => mapsOf(dig(rule, 'http', 'paths'))).map(path => dig(path, 'backend', 'service', 'name'));
}
