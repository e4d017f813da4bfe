import { SYNC_WAVE } from './fields';
import * as own from './messages';
import { Finding } from '../../../core/diagnostics/finding';
import { ApplicationPlan, objectsIn } from '../../application-graph';
import { waitsForPerson } from '../../pauses';

const HOOKS = ['argocd.argoproj.io/hook', 'helm.sh/hook'];

/** Approvals in a sync that waits for health: it would not end before somebody approves, and block the next one meanwhile. */
export function checkPauses(applications: ApplicationPlan[]): Finding[] {
  const charts = new Map(applications.map(plan => [plan.chart, plan])); // once, however many regions there are
  return [...charts.values()].flatMap(plan => {
    const objects = objectsIn(plan);
    if (!objects.some(waitsForPerson)) {
      return [];
    }
    const annotations = objects.map(object => (object.toJson().metadata?.annotations ?? {}) as Record<string, string>);
    const waves = new Set(annotations.map(each => Number(each[SYNC_WAVE] ?? 0)));
    const hooks = annotations.flatMap(each => HOOKS.flatMap(hook => each[hook] ?? []));
    const why = [...(waves.size > 1 ? ['several sync waves'] : []), ...(hooks.length > 0 ? [`hooks (${[...new Set(hooks)].join(', ')})`] : [])];
    return why.length > 0 ? [own.pausedWithWaves.at(plan.path, { workload: plan.workload ?? plan.id, why: why.join(' and ') })] : [];
  });
}
