import * as messages from './messages';
import { Say } from './report';
import { Surroundings } from './surroundings';
import { TreeObject } from './tree';
import { dig, isEmpty, mapsOf, pods, selects } from './values';

/** Autoscalers and disruption budgets of the Rollout. */
export function availabilityChecks(say: Say, around: Surroundings): void {
  const lowest = autoscalerChecks(say, around);
  budgetChecks(say, around, lowest ?? around.spec.replicas ?? 1);
}

interface Autoscaler {
  readonly name: string;
  readonly lowest: number;
  readonly byMemory: boolean;
}

/** The autoscaler of the Rollout: that of Kubernetes, or of KEDA. */
function autoscalerOf({ rollout, tree }: Surroundings): Autoscaler | undefined {
  const targets = ({ json }: TreeObject, kind: string) => {
    const target = dig(json, 'spec', 'scaleTargetRef');
    return dig(target, 'name') === rollout.name && (dig(target, 'kind') ?? kind) === 'Rollout';
  };
  const hpa = tree.near(rollout, 'autoscaling', 'HorizontalPodAutoscaler').find(each => targets(each, ''));
  if (hpa) {
    const resources = mapsOf(dig(hpa.json, 'spec', 'metrics')).map(metric => dig(metric, 'resource', 'name') ?? dig(metric, 'containerResource', 'name'));
    return { name: hpa.name, lowest: whole(dig(hpa.json, 'spec', 'minReplicas'), 1), byMemory: resources.includes('memory') };
  }
  const scaled = tree.near(rollout, 'keda.sh', 'ScaledObject').find(each => targets(each, 'Deployment'));
  return scaled && {
    name: scaled.name,
    lowest: Math.max(1, whole(dig(scaled.json, 'spec', 'minReplicaCount'), 0)),
    byMemory: mapsOf(dig(scaled.json, 'spec', 'triggers')).some(trigger => trigger.type === 'memory'),
  };
}

function whole(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

/** Returns the lowest number of replicas of the autoscaler, if there is one. */
function autoscalerChecks(say: Say, around: Surroundings): number | undefined {
  const autoscaler = autoscalerOf(around);
  if (!autoscaler) {
    return undefined;
  }
  const { replicas, strategy: { blueGreen } } = around.spec;
  const { lowest, byMemory } = autoscaler;
  const who = `the autoscaler ${JSON.stringify(autoscaler.name)}`;
  if (byMemory) {
    say(messages.memoryAutoscaler, 'spec.replicas', `is set by ${who} from the memory of both versions`);
  }
  if (blueGreen) {
    say(messages.autoscaledBlueGreen, 'spec.strategy.blueGreen', `is scaled by ${who}, both versions alike`);
  }
  if (blueGreen?.previewReplicaCount !== undefined) {
    say(messages.autoscaledPreview, 'spec.strategy.blueGreen.previewReplicaCount', `changes what ${who} counts`, blueGreen.previewReplicaCount);
  }
  if (replicas === undefined ? lowest > 1 : replicas !== lowest) {
    say(messages.replicasOfAutoscaler, 'spec.replicas', `is ${replicas === undefined ? 'left out' : 'another number'}, and ${who} has at least ${lowest}`, ...(replicas === undefined ? [] : [replicas]));
  }
  return lowest;
}

function budgetChecks(say: Say, { rollout, tree, labels }: Surroundings, replicas: number): void {
  if (!labels || replicas === 0) {
    return;
  }
  for (const { name, json } of tree.near(rollout, 'policy', 'PodDisruptionBudget')) {
    const selector = dig(json, 'spec', 'selector');
    if (!selector || isEmpty(selector) || !selects(selector, labels)) {
      continue;
    }
    const { minAvailable, maxUnavailable } = dig(json, 'spec');
    const isNumber = (value: unknown): value is number | string => typeof value === 'number' || (typeof value === 'string' && /^\d+%$/.test(value));
    const who = `of the PodDisruptionBudget ${JSON.stringify(name)}`;
    if (replicas === 1) {
      say(messages.budgetOfOne, 'spec.replicas', `is the single pod ${who}`, replicas);
    } else if (isNumber(minAvailable) && pods(minAvailable, replicas, Math.ceil) >= replicas) {
      say(messages.blockingBudget, 'spec.replicas', `is no more than minAvailable ${JSON.stringify(minAvailable)} ${who}`, replicas);
    } else if (isNumber(maxUnavailable) && pods(maxUnavailable, replicas, Math.ceil) === 0) {
      say(messages.blockingBudget, 'spec.replicas', `meets maxUnavailable ${JSON.stringify(maxUnavailable)} ${who}`, replicas);
    }
  }
}
