import { k8s } from 'cdk8s-plus-28';
import { ZERO_DOWNTIME } from '../defaults';
import type { WorkloadPlan } from '../plan';
import { selector } from './labels';

/** How many pods a drain may take at a time; by number of pods away, so that it never blocks a drain for good. */
export function disruptionBudget(plan: WorkloadPlan) {
  return k8s.KubePodDisruptionBudget.manifest({
    metadata: { name: plan.name },
    spec: {
      maxUnavailable: k8s.IntOrString.fromNumber(ZERO_DOWNTIME.disruptionMaxUnavailable),
      unhealthyPodEvictionPolicy: ZERO_DOWNTIME.unhealthyPodEvictionPolicy,
      selector: { matchLabels: selector(plan.name) },
    },
  });
}

/** As many pods as the load needs. Metrics stand in the order of the controller, by name, so that nothing drifts (kubernetes#74099). */
export function autoscaler(plan: WorkloadPlan) {
  const { minimum, maximum, cpuUtilization, memoryUtilization } = plan.replicas;
  const metrics = [{ name: 'cpu', target: cpuUtilization }, { name: 'memory', target: memoryUtilization }];
  return k8s.KubeHorizontalPodAutoscalerV2.manifest({
    metadata: { name: plan.name },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: plan.name },
      minReplicas: minimum,
      maxReplicas: maximum,
      metrics: metrics
        .filter(metric => metric.target !== undefined)
        .map(metric => ({ type: 'Resource', resource: { name: metric.name, target: { type: 'Utilization', averageUtilization: metric.target } } })),
    },
  });
}
