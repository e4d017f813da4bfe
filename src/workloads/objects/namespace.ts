import { k8s } from 'cdk8s-plus-28';
import type { Cluster, Environment, Quota } from '../../environments';
import { NAMESPACE, RESOURCES } from '../defaults';
import type { Priority } from '../plan';
import { multiplied } from '../resources';

/** A namespace that admits restricted pods alone. Pinned to the version of the cluster: an upgrade must not refuse what runs. */
export function namespace(name: string, cluster: Cluster) {
  const level = (mode: string, version: string) => ({
    [`pod-security.kubernetes.io/${mode}`]: NAMESPACE.podSecurity,
    [`pod-security.kubernetes.io/${mode}-version`]: version,
  });
  return k8s.KubeNamespace.manifest({
    metadata: {
      name,
      labels: { ...level('enforce', `v${cluster.kubernetesVersion}`), ...level('audit', 'latest'), ...level('warn', 'latest') },
    },
  });
}

/** Nothing comes in and nothing goes out, but for what a workload declares. */
export function defaultDeny(namespaceName: string) {
  return k8s.KubeNetworkPolicy.manifest({
    metadata: { name: `default-deny-${namespaceName}`, namespace: namespaceName },
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  });
}

/** The rank of an environment where several share a cluster. It orders the queue only; it never evicts a running pod. */
export function priorityClass(platform: string, environment: Environment, { name, value }: Priority) {
  return k8s.KubePriorityClass.manifest({
    metadata: { name },
    value,
    preemptionPolicy: 'Never',
    globalDefault: false,
    description: `The workloads of ${platform} in ${environment.name}.`,
  });
}

/** What all pods of a namespace may ask for together. */
export function resourceQuota(namespaceName: string, quota: Quota) {
  const { cpu, memory, pods } = quota;
  const limits = quotaLimits(quota);
  const hard: Array<[string, string | undefined]> = [
    ['requests.cpu', cpu], ['requests.memory', memory], ['limits.cpu', limits.cpu], ['limits.memory', limits.memory], ['pods', pods?.toString()],
  ];
  return k8s.KubeResourceQuota.manifest({
    metadata: { name: `quota-${namespaceName}`, namespace: namespaceName },
    spec: { hard: Object.fromEntries(hard.flatMap(([name, amount]) => amount === undefined ? [] : [[name, k8s.Quantity.fromString(amount)]])) },
  });
}

/** The sums of limits that a quota allows (KSV-0040 asks for both): as limits follow requests. */
export function quotaLimits({ cpu, memory, cpuLimit, memoryLimit }: Quota): { cpu?: string; memory?: string } {
  return {
    cpu: cpuLimit ?? (cpu === undefined ? undefined : multiplied(cpu, RESOURCES.cpuLimitFactor)),
    memory: memoryLimit ?? (memory === undefined ? undefined : multiplied(memory, RESOURCES.memoryLimitFactor)),
  };
}
