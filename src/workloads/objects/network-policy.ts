import { k8s } from 'cdk8s-plus-28';
import { NAMESPACE } from '../defaults';
import type { Peer, WorkloadPlan } from '../plan';
import { selector } from './labels';

/** What a workload may be reached by, and what it may reach: its callers and callees, and DNS. */
export function networkPolicy(plan: WorkloadPlan) {
  return k8s.KubeNetworkPolicy.manifest({
    metadata: { name: plan.name },
    spec: {
      podSelector: { matchLabels: selector(plan.name) },
      policyTypes: ['Ingress', 'Egress'],
      ...ingressRules(plan),
      egress: [
        { to: [dns()], ports: ['UDP', 'TCP'].map(protocol => ({ port: k8s.IntOrString.fromNumber(NAMESPACE.dnsPort), protocol })) },
        ...plan.calls.map(callee => ({ to: [pods(plan, callee)], ports: [tcp(callee.port)] })),
        ...plan.egress.map(egress => egress._rule()),
      ],
    },
  });
}

function ingressRules(plan: WorkloadPlan): { ingress?: k8s.NetworkPolicyIngressRule[] } {
  const { service, environment } = plan;
  if (!service) {
    return {};
  }
  const from: k8s.NetworkPolicyPeer[] = service.callers.map(caller => pods(plan, caller));
  if (service.host !== undefined && environment.ingress) {
    from.push(namespace(environment.ingress.namespace));
  }
  // A rule without peers would let everybody in.
  return from.length > 0 ? { ingress: [{ from, ports: [tcp(service.port)] }] } : {};
}

function pods(plan: WorkloadPlan, peer: Peer): k8s.NetworkPolicyPeer {
  return {
    podSelector: { matchLabels: selector(peer.name) },
    ...(peer.namespace === plan.namespace ? {} : namespace(peer.namespace)),
  };
}

function namespace(name: string): k8s.NetworkPolicyPeer {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } };
}

function dns(): k8s.NetworkPolicyPeer {
  return { ...namespace(NAMESPACE.dnsNamespace), podSelector: { matchLabels: { ...NAMESPACE.dnsLabels } } };
}

function tcp(port: number): k8s.NetworkPolicyPort {
  return { port: k8s.IntOrString.fromNumber(port), protocol: 'TCP' };
}
