import type { ApiObjectProps } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { ClusterProfile } from '../../environments/cluster';
import { NAMESPACE } from '../defaults';
import type { Peer, WorkloadPlan } from '../plan';
import { selector } from './labels';

/** What a workload may be reached by, and what it may reach: its callers and callees, and DNS. */
export function networkPolicy(plan: WorkloadPlan): ApiObjectProps {
  const ingress = ingressRules(plan);
  return k8s.KubeNetworkPolicy.manifest({
    metadata: { name: plan.name },
    spec: {
      podSelector: { matchLabels: selector(plan.name) },
      policyTypes: ['Ingress', 'Egress'],
      // A rule without peers would let everybody in, and no rule lets nobody.
      ...(ingress.length > 0 ? { ingress } : {}),
      egress: [
        dnsRule(plan.environment.cluster.profile),
        ...plan.calls.map(callee => ({ to: [pods(plan, callee)], ports: [tcp(callee.port)] })),
        ...(plan.shape.kind === 'stateful' && plan.service ? [{ to: [self(plan)], ports: [tcp(plan.service.port)] }] : []),
        ...plan.egress.map(egress => egress._rule()),
      ],
    },
  });
}

function ingressRules({ service, metrics, environment, ...plan }: WorkloadPlan): k8s.NetworkPolicyIngressRule[] {
  const rules: k8s.NetworkPolicyIngressRule[] = [];
  const from: k8s.NetworkPolicyPeer[] = (service?.callers ?? []).map(caller => pods(plan, caller));
  if (service && plan.shape.kind === 'stateful') {
    from.push(self(plan)); // the pods of a set find each other
  }
  if (service && service.hosts.length > 0) {
    const { gateway, ingress } = environment;
    const entrance = gateway ? gateway.podNamespace ?? gateway.namespace : ingress?.namespace;
    from.push(...(entrance === undefined ? [] : [namespace(entrance)]));
  }
  if (service && from.length > 0) {
    rules.push({ from, ports: [tcp(service.port)] });
  }
  if (metrics) {
    rules.push({ from: [namespace(environment.monitoringNamespace)], ports: [tcp(metrics.port)] });
  }
  return rules;
}

function pods(plan: Pick<WorkloadPlan, 'namespace'>, peer: Peer): k8s.NetworkPolicyPeer {
  return {
    podSelector: { matchLabels: selector(peer.name) },
    ...(peer.namespace === plan.namespace ? {} : namespace(peer.namespace)),
  };
}

function self(plan: Pick<WorkloadPlan, 'name'>): k8s.NetworkPolicyPeer {
  return { podSelector: { matchLabels: selector(plan.name) } };
}

function namespace(name: string): k8s.NetworkPolicyPeer {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } };
}

/** Lets names be looked up, wherever a cluster of the profile does that. */
export function dnsRule(profile: ClusterProfile): k8s.NetworkPolicyEgressRule {
  return { to: dns(profile), ports: ['UDP', 'TCP'].map(protocol => ({ port: k8s.IntOrString.fromNumber(NAMESPACE.dnsPort), protocol })) };
}

function dns(profile: ClusterProfile): k8s.NetworkPolicyPeer[] {
  const labelled = (labels: Record<string, string>) => ({ ...namespace(NAMESPACE.dnsNamespace), podSelector: { matchLabels: { ...labels } } });
  const usual = labelled(NAMESPACE.dnsLabels);
  // Autopilot asks the cache of the node first, and Cloud DNS through the metadata server.
  return profile === ClusterProfile.GKE_AUTOPILOT
    ? [usual, labelled({ 'k8s-app': 'node-local-dns' }), ...['169.254.20.10/32', '169.254.169.254/32'].map(cidr => ({ ipBlock: { cidr } }))]
    : [usual];
}

function tcp(port: number): k8s.NetworkPolicyPort {
  return { port: k8s.IntOrString.fromNumber(port), protocol: 'TCP' };
}
