import type { ApiObjectProps } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { RESTRICTED } from '../defaults';
import type { ConfigMapPlan, WorkloadPlan } from '../plan';

/** The identity of a workload: its own, and without rights in the cluster. */
export function serviceAccount(plan: WorkloadPlan): ApiObjectProps {
  const annotations = plan.serviceAccountAnnotations;
  return k8s.KubeServiceAccount.manifest({
    metadata: { name: plan.name, ...(Object.keys(annotations).length > 0 ? { annotations } : {}) },
    automountServiceAccountToken: RESTRICTED.automountServiceAccountToken,
  });
}

/** Configuration that no release changes: another content is another ConfigMap. */
export function configMap({ name, data, binaryData }: ConfigMapPlan): ApiObjectProps {
  return k8s.KubeConfigMap.manifest({ metadata: { name }, immutable: true, data, binaryData });
}
