import type { WorkloadPlan } from './plan';
import { capabilitiesOf, engineOf, RolloutPlan } from './rollout';
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
  const rows = capabilitiesOf(plan as RolloutPlan, engine).map(({ part, support, how }) => [part, support, how]);
  const table = [['part', 'support', 'how'], ...rows];
  const widths = [0, 1].map(column => Math.max(...table.map(row => row[column].length)));
  const lines = table.map(([part, support, how]) => `  ${part.padEnd(widths[0])}  ${support.padEnd(widths[1])}  ${how}`);
  return `${name} in ${environment.name}, ${shape.strategy.kind}, by ${engine.title}:\n${lines.join('\n')}\n`;
}
