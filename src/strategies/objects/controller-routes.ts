import type { ApiObjectProps } from 'cdk8s';
import type { RolloutTarget, ServiceTarget } from '../target';

/** The IngressRoute of Traefik for the host names of a service. It leads to the TraefikService of the same name, which splits the traffic. */
export function ingressRoute({ name }: Pick<RolloutTarget, 'name'>, { hosts, tlsSecret }: ServiceTarget, entryPoints: string[]): ApiObjectProps {
  return {
    apiVersion: 'traefik.io/v1alpha1',
    kind: 'IngressRoute',
    metadata: { name },
    spec: {
      entryPoints: [...entryPoints],
      routes: [{ kind: 'Rule', match: hosts.map(host => `Host(\`${host}\`)`).join(' || '), services: [{ name, kind: 'TraefikService' }] }],
      ...(tlsSecret === undefined ? {} : { tls: { secretName: tlsSecret } }),
    },
  };
}

/** The ApisixRoute for the host names of a service; weights only where the engine splits the traffic in this very object. */
export function apisixRoute(
  { name }: Pick<RolloutTarget, 'name'>, { hosts, port }: ServiceTarget, backends: Array<{ name: string; weight?: number }>,
): ApiObjectProps {
  return {
    apiVersion: 'apisix.apache.org/v2',
    kind: 'ApisixRoute',
    metadata: { name },
    spec: {
      http: [{
        name: 'primary',
        match: { hosts: [...hosts], paths: ['/*'] },
        backends: backends.map(backend => ({
          serviceName: backend.name, servicePort: port, ...(backend.weight === undefined ? {} : { weight: backend.weight }),
        })),
      }],
    },
  };
}
