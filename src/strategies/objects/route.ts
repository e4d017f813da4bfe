import type { ApiObjectProps } from 'cdk8s';
import type { Gateway } from '../../environments';
import type { RolloutTarget, ServiceTarget } from '../target';

/** A Service that a route leads to. */
export interface Backend {
  readonly service: string;
  readonly port: number;
  /** Its share, among the weights of all backends. */
  readonly weight: number;
}

/**
 * The route of the Gateway API for the host names of a service: a GRPCRoute where the port is named
 * `grpc`, else an HTTPRoute. Everything that the API server would fill in is written, so that what
 * stands in the repository is what stands in the cluster (gateway-api apis/v1/shared_types.go).
 */
export function route(target: Pick<RolloutTarget, 'name'>, service: ServiceTarget, gateway: Gateway, backends: Backend[]): ApiObjectProps {
  const isGrpc = service.portName === 'grpc';
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: isGrpc ? 'GRPCRoute' : 'HTTPRoute',
    metadata: { name: target.name },
    spec: {
      parentRefs: [{
        group: 'gateway.networking.k8s.io',
        kind: 'Gateway',
        namespace: gateway.namespace,
        name: gateway.name,
        ...(gateway.sectionName === undefined ? {} : { sectionName: gateway.sectionName }),
      }],
      hostnames: [...service.hosts],
      rules: [{
        ...(isGrpc ? {} : { matches: [{ path: { type: 'PathPrefix', value: '/' } }] }),
        backendRefs: backends.map(({ service: name, port, weight }) => ({ group: '', kind: 'Service', name, port, weight })),
      }],
    },
  };
}
