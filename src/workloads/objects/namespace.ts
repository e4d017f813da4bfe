import { k8s } from 'cdk8s-plus-28';
import type { Cluster, Environment } from '../../environments';
import { NAMESPACE } from '../defaults';
import type { Priority } from '../plan';

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
