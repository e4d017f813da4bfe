import * as messages from './messages';
import { Say } from './report';
import { Surroundings } from './surroundings';
import { dig, mapsOf } from './values';

/** The workload that the Rollout takes over, and the ConfigMaps of its pods. */
export function configChecks(say: Say, { rollout, spec, template, tree }: Surroundings): void {
  const { workloadRef } = spec;
  const replicas = workloadRef && dig(tree.find(rollout, 'apps', workloadRef.kind, workloadRef.name)?.json, 'spec', 'replicas');
  if (replicas) {
    say(messages.resurrectedWorkload, 'spec.workloadRef', `is the ${workloadRef.kind} ${JSON.stringify(workloadRef.name)}, which has ${JSON.stringify(replicas)} replicas of its own`);
  }
  for (const name of new Set(configMapsOf(dig(template, 'spec')))) {
    const config = tree.find(rollout, 'core', 'ConfigMap', name);
    if (config && dig(config.json, 'immutable') !== true) {
      say(messages.mutableConfig, 'spec.template', `reads the ConfigMap ${JSON.stringify(name)}, which is not immutable`);
    }
  }
}

function configMapsOf(pod: unknown): string[] {
  const volumes = mapsOf(dig(pod, 'volumes')).flatMap(volume => [volume, ...mapsOf(dig(volume, 'projected', 'sources'))]).map(source => dig(source, 'configMap', 'name'));
  const containers = [...mapsOf(dig(pod, 'containers')), ...mapsOf(dig(pod, 'initContainers'))];
  const variables = containers.flatMap(container => [
    ...mapsOf(dig(container, 'envFrom')).map(each => dig(each, 'configMapRef', 'name')),
    ...mapsOf(dig(container, 'env')).map(each => dig(each, 'valueFrom', 'configMapKeyRef', 'name')),
  ]);
  return [...volumes, ...variables].filter(name => typeof name === 'string');
}
