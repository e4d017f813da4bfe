/*
 * What Kubernetes makes of NetworkPolicies (k8s.io/docs/concepts/services-networking/network-policies): a pod that no
 * policy selects for a direction is open in it; otherwise a connection needs one rule that allows it. Both ends must.
 */

/** Somebody who sends or receives: a pod, or an address outside of the cluster. */
export interface Endpoint {
  readonly namespace?: string;
  readonly labels?: Record<string, string>;
  readonly address?: string;
}

/** Pods, namespaces and policies of a cluster, taken from printed objects. */
export class Network {
  private readonly policies: any[];
  private readonly namespaces = new Map<string, Record<string, string>>();

  public constructor(objects: any[], foreignNamespaces: string[] = []) {
    this.policies = objects.filter(o => o.kind === 'NetworkPolicy');
    for (const { metadata } of objects.filter(o => o.kind === 'Namespace')) {
      this.namespaces.set(metadata.name, { ...metadata.labels, 'kubernetes.io/metadata.name': metadata.name });
    }
    foreignNamespaces.forEach(name => this.namespaces.set(name, { 'kubernetes.io/metadata.name': name }));
  }

  /** Whether a connection is let out at its beginning and let in at its end. */
  public allows(from: Endpoint, to: Endpoint, port: number, protocol = 'TCP'): boolean {
    return this.lets(from, to, 'egress', port, protocol) && this.lets(to, from, 'ingress', port, protocol);
  }

  private lets(end: Endpoint, other: Endpoint, direction: 'egress' | 'ingress', port: number, protocol: string): boolean {
    const type = direction === 'egress' ? 'Egress' : 'Ingress';
    const applying = this.policies.filter(({ metadata, spec }) => end.address === undefined
      && metadata.namespace === end.namespace && spec.policyTypes.includes(type) && selects(spec.podSelector, end.labels ?? {}));
    return applying.length === 0 || applying.some(({ spec }) => (spec[direction] ?? []).some((rule: any) =>
      this.isPeer(direction === 'egress' ? rule.to : rule.from, other, end.namespace) && isPort(rule.ports, port, protocol)));
  }

  private isPeer(peers: any[] | undefined, other: Endpoint, ownNamespace: string | undefined): boolean {
    return !peers?.length || peers.some(({ podSelector, namespaceSelector, ipBlock }) => {
      if (ipBlock || other.address !== undefined) {
        return ipBlock !== undefined && other.address !== undefined && isInRange(other.address, ipBlock.cidr);
      }
      const isNamespace = namespaceSelector
        ? selects(namespaceSelector, this.namespaces.get(other.namespace!) ?? {})
        : other.namespace === ownNamespace;
      return isNamespace && (podSelector === undefined || selects(podSelector, other.labels ?? {}));
    });
  }
}

/** The pods of workloads, by `<namespace>/<name>`. */
export function podsOf(objects: any[]): Map<string, Endpoint> {
  return new Map(objects.filter(o => ['Deployment', 'Rollout', 'StatefulSet'].includes(o.kind)).map(({ metadata, spec }) => [
    `${metadata.namespace}/${metadata.name}`, { namespace: metadata.namespace, labels: spec.template.metadata.labels },
  ]));
}

function selects({ matchLabels = {}, matchExpressions }: any, labels: Record<string, string>): boolean {
  if (matchExpressions) {
    throw new Error('not needed so far');
  }
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value);
}

function isPort(ports: any[] | undefined, port: number, protocol: string): boolean {
  return !ports?.length || ports.some(p => p.port === port && p.protocol === protocol);
}

function isInRange(address: string, cidr: string): boolean {
  const [base, bits] = cidr.split('/');
  const number = (ip: string) => ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(bits));
  return Math.floor(number(address) / size) === Math.floor(number(base) / size);
}
