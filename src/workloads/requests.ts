import type { ContainerPlan, WorkloadPlan } from './plan';
import { quantityValue } from './resources';

/** What a pod asks for, in cores and bytes. */
export interface Requests {
  readonly cpu: number;
  readonly memory: number;
  readonly disk: number;
}

/** What a pod asks for as a whole. */
export function podRequests(plan: Pick<WorkloadPlan, 'containers' | 'initContainers'>): Requests {
  return podSums(plan, 'requests');
}

/** What a pod may take as a whole. */
export function podLimits(plan: Pick<WorkloadPlan, 'containers' | 'initContainers'>): Requests {
  return podSums(plan, 'limits');
}

/**
 * The containers and the sidecars that start before them together, or the largest moment before
 * they start, if that is more (KEP-753, k8s PodRequests).
 */
function podSums({ containers, initContainers }: Pick<WorkloadPlan, 'containers' | 'initContainers'>, bound: 'requests' | 'limits'): Requests {
  return { cpu: total('cpu'), memory: total('memory'), disk: total('ephemeral-storage') };

  function total(name: string): number {
    let running = 0;
    let largest = 0;
    for (const container of initContainers) {
      largest = Math.max(largest, running + amountOf(container, name));
      running += container.isSidecar ? amountOf(container, name) : 0;
    }
    return Math.max(largest, running + containers.reduce((sum, container) => sum + amountOf(container, name), 0));
  }

  function amountOf({ resources }: ContainerPlan, name: string): number {
    return quantityValue('', '', String(resources[bound]![name].value), 0);
  }
}
