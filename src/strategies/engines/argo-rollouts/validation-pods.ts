import { RolloutSpecJson } from './json-types';
import * as messages from './messages';
import { Say } from './report';
import { servicesOf } from './services';
import { dig, mapsOf } from './values';

const HASH = 'rollouts-pod-template-hash';

/** What a release without downtime asks of pods. */
export function podRules(say: Say, { template, strategy }: RolloutSpecJson): void {
  const pod = dig(template, 'spec');
  const containers = mapsOf(dig(pod, 'containers'));
  const path = 'spec.template.spec';
  const waits = containers.map(preStopSeconds);
  const grace = dig(pod, 'terminationGracePeriodSeconds') ?? 30;
  const longest = Math.max(0, ...waits.map(wait => wait ?? 0));
  if (longest > 0 && typeof grace === 'number' && grace <= longest) {
    say(messages.shortGrace, `${path}.terminationGracePeriodSeconds`, `is not more than the ${longest} seconds of preStop`, grace);
  }
  mapsOf(dig(pod, 'topologySpreadConstraints')).forEach((constraint, i) => {
    const keys = dig(constraint, 'matchLabelKeys');
    if (!Array.isArray(keys) || !keys.includes(HASH)) {
      say(messages.unscopedSpread, `${path}.topologySpreadConstraints[${i}].matchLabelKeys`, `does not have ${HASH}`, keys);
    }
  });
  if (containers.length === 0 || servicesOf(strategy).length === 0) {
    return; // pods that nobody calls
  }
  if (containers.every(container => dig(container, 'readinessProbe') === undefined) && mapsOf(dig(pod, 'readinessGates')).length === 0) {
    say(messages.noReadiness, `${path}.containers`, 'have no readinessProbe');
  }
  if (waits.every(wait => wait === undefined)) {
    say(messages.noPreStop, `${path}.containers`, 'have no lifecycle.preStop');
  }
}

/** For how long a container waits before it is told to end: 0 if that cannot be read, nothing if it does not wait. */
function preStopSeconds(container: unknown): number | undefined {
  const preStop = dig(container, 'lifecycle', 'preStop');
  if (typeof preStop !== 'object' || preStop === null) {
    return undefined;
  }
  const sleep = dig(preStop, 'sleep', 'seconds');
  const command = dig(preStop, 'exec', 'command');
  const words = Array.isArray(command) ? command.join(' ') : '';
  return typeof sleep === 'number' ? sleep : Number(/(?:^|\s)sleep (\d+)s?$/.exec(words)?.[1] ?? 0);
}
