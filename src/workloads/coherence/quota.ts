import type { Finding } from '../../core/diagnostics/finding';
import type { WorkloadGraph } from '../graph';
import * as messages from '../messages';
import { quotaLimits } from '../objects/namespace';
import type { ShapePlan, WorkloadPlan } from '../plan';
import { podLimits, podRequests } from '../requests';
import { quantityValue } from '../resources';
import { scaled } from './inventory';

/** What every workload of a namespace needs at its largest, against the quota of the environment. */
export function checkQuotas(graph: WorkloadGraph): Finding[] {
  const byNamespace = new Map<string, WorkloadPlan[]>();
  for (const workload of graph.workloads) {
    for (const environment of workload.environments.filter(each => each.quota)) {
      const plan = workload._plan(environment);
      const key = `${environment.name} ${plan.namespace}`;
      byNamespace.set(key, [...byNamespace.get(key) ?? [], plan]);
    }
  }
  return [...byNamespace.values()].flatMap(checkNamespace);
}

interface Need {
  readonly what: string;
  readonly quota: number | undefined;
  readonly of: (plan: WorkloadPlan) => number;
  readonly shown: (amount: number) => string;
}

function checkNamespace(plans: WorkloadPlan[]): Finding[] {
  const { environment } = plans[0];
  const { cpu, memory, pods } = environment.quota!;
  const limits = quotaLimits(environment.quota!);
  const amount = (quantity: string | undefined) => quantity === undefined ? undefined : quantityValue('', '', quantity, 0);
  const cores = (each: number) => `${Math.round(each * 1000) / 1000}`;
  const mebibytes = (each: number) => `${Math.ceil(each / 2 ** 20)}Mi`;
  const needs: Need[] = [
    { what: 'CPU', quota: amount(cpu), of: plan => mostPods(plan.shape) * podRequests(plan).cpu, shown: cores },
    { what: 'memory', quota: amount(memory), of: plan => mostPods(plan.shape) * podRequests(plan).memory, shown: mebibytes },
    { what: 'limits of CPU', quota: amount(limits.cpu), of: plan => mostPods(plan.shape) * podLimits(plan).cpu, shown: cores },
    { what: 'limits of memory', quota: amount(limits.memory), of: plan => mostPods(plan.shape) * podLimits(plan).memory, shown: mebibytes },
    { what: 'a number of pods', quota: pods, of: plan => mostPods(plan.shape), shown: String },
  ];
  return needs.flatMap(({ what, quota, of, shown }) => {
    const needed = plans.reduce((sum, plan) => sum + of(plan), 0);
    // Thousandths of a CPU do not add up exactly in binary.
    if (quota === undefined || needed <= quota * (1 + 1e-9)) {
      return [];
    }
    const largest = [...plans].sort((a, b) => of(b) - of(a) || (a.name < b.name ? -1 : 1)).slice(0, 3).map(plan => `${plan.name} (${shown(of(plan))})`);
    return [messages.overQuota.at(environment, { what, needed: shown(needed), quota: shown(quota), largest })];
  });
}

/** The largest number of pods that exist at one time, in the middle of a release. */
export function mostPods(shape: ShapePlan): number {
  switch (shape.kind) {
    case 'task': return 1;
    case 'stateful': return shape.pods;
    case 'rollout': {
      const { replicas: { maximum }, strategy } = shape;
      switch (strategy.kind) {
        case 'recreate': return maximum;
        case 'rolling': return maximum + scaled(strategy.maxSurge, maximum, 'up')!;
        // Where a router splits the traffic, the old pods stay until the new ones have all of it.
        case 'canary': return strategy.router.kind === 'none' ? maximum + scaled(strategy.maxSurge, maximum, 'up')! : 2 * maximum;
        case 'blue-green': return 2 * maximum;
      }
    }
  }
}
