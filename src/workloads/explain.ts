import type { WorkloadPlan } from './plan';
import { capabilitiesOf, engineOf, RolloutPlan } from './rollout';
import { supportTable } from '../core/capability';
import type { Platform } from '../core/platform';

/** What the engine makes of a workload, for people to read. */
export function explanation(platform: Platform, plan: WorkloadPlan): string {
  const { name, environment, shape } = plan;
  if (shape.kind === 'task') {
    return `${name} in ${environment.name}: a CronJob; the next run has the new version.\n`;
  }
  if (shape.kind === 'stateful') {
    return `${name} in ${environment.name}: a StatefulSet; its pods are replaced one after the other, down to the number ${shape.partition}.\n`;
  }
  const engine = engineOf(platform);
  const rows = capabilitiesOf(plan as RolloutPlan, engine).map(({ part, support, how }) => [part, support, how] as const);
  return `${name} in ${environment.name}, ${shape.strategy.kind}, by ${engine.title}:\n${supportTable(rows)}`;
}
