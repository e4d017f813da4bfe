import type { ApiObjectProps } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { PodController } from '../../strategies/target';
import { ZERO_DOWNTIME } from '../defaults';
import type { WorkloadPlan } from '../plan';
import type { Replicas } from '../replicas';
import { selector } from './labels';

/** How many pods a drain may take at a time; by number of pods away, so that it never blocks a drain for good. */
export function disruptionBudget(plan: WorkloadPlan): ApiObjectProps {
  return k8s.KubePodDisruptionBudget.manifest({
    metadata: { name: plan.name },
    spec: {
      maxUnavailable: k8s.IntOrString.fromNumber(ZERO_DOWNTIME.disruptionMaxUnavailable),
      unhealthyPodEvictionPolicy: ZERO_DOWNTIME.unhealthyPodEvictionPolicy,
      selector: { matchLabels: selector(plan.name) },
    },
  });
}

/** As many pods as the load needs: by Kubernetes itself, or by KEDA. */
export function autoscaler(plan: WorkloadPlan, replicas: Replicas, controller: PodController): ApiObjectProps {
  const { minimum, maximum, _scaling: scaling } = replicas;
  const target = { apiVersion: controller.apiVersion, kind: controller.kind, name: plan.name };
  if (scaling.kind === 'keda') {
    return {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata: { name: plan.name },
      spec: {
        scaleTargetRef: target,
        pollingInterval: scaling.pollingSeconds,
        ...(minimum === 0 ? { cooldownPeriod: scaling.cooldownSeconds } : {}),
        minReplicaCount: minimum,
        maxReplicaCount: maximum,
        triggers: scaling.triggers.map(trigger => trigger._spec),
      },
    };
  }
  const manifest = k8s.KubeHorizontalPodAutoscalerV2.manifest({
    metadata: { name: plan.name },
    spec: { scaleTargetRef: target, minReplicas: minimum, maxReplicas: maximum },
  });
  manifest.spec.metrics = metricsOf(replicas);
  if (scaling.kind === 'hpa' && scaling.behavior !== undefined) {
    manifest.spec.behavior = scaling.behavior;
  }
  return manifest;
}

/**
 * Metrics in one order, by type and name, whatever order they were declared in. The API server keeps
 * it, because it stores autoscaling/v2 (kubernetes#74099 was about v1).
 */
function metricsOf({ cpuUtilization, memoryUtilization, _scaling: scaling }: Replicas): any[] {
  const resources = [{ name: 'cpu', target: cpuUtilization }, { name: 'memory', target: memoryUtilization }]
    .filter(metric => metric.target !== undefined)
    .map(metric => ({ type: 'Resource', resource: { name: metric.name, target: { type: 'Utilization', averageUtilization: metric.target } } }));
  const further = scaling.kind === 'hpa' ? [...scaling.metrics].sort((a, b) => a._key < b._key ? -1 : 1) : [];
  return [...further.map(metric => metric._render()), ...resources];
}
