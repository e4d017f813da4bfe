import { MeshProvider } from './mesh-provider';

/*
 * What each router of fluxcd/flagger 1.44 reads and makes (pkg/router).
 */

const GATEWAY = [MeshProvider.GATEWAYAPI_V1, MeshProvider.GATEWAYAPI_V1BETA1];
const APPMESH = [MeshProvider.APPMESH, MeshProvider.APPMESH_V1BETA2];
const SMI = [MeshProvider.LINKERD, MeshProvider.OSM, MeshProvider.SMI_V1ALPHA1, MeshProvider.SMI_V1ALPHA2, MeshProvider.SMI_V1ALPHA3];

/** Routers that read `analysis.match`. */
export const AB_TESTING = [...APPMESH, MeshProvider.CONTOUR, ...GATEWAY, MeshProvider.GLOO, MeshProvider.ISTIO, MeshProvider.NGINX];

/** Routers that set cookies. */
export const SESSION_AFFINITY = [...GATEWAY, MeshProvider.ISTIO];

/** The reference without which a router fails. */
export const NEEDS: Partial<Record<MeshProvider, 'ingressRef' | 'routeRef' | 'service.gatewayRefs' | 'service.meshName'>> = {
  [MeshProvider.NGINX]: 'ingressRef',
  [MeshProvider.SKIPPER]: 'ingressRef',
  [MeshProvider.APISIX]: 'routeRef',
  [MeshProvider.GATEWAYAPI_V1]: 'service.gatewayRefs',
  [MeshProvider.GATEWAYAPI_V1BETA1]: 'service.gatewayRefs',
  [MeshProvider.APPMESH]: 'service.meshName',
};

/** References that one kind of router reads. */
export const REFERENCE_READERS: Record<string, MeshProvider[]> = {
  ingressRef: [MeshProvider.NGINX, MeshProvider.SKIPPER],
  routeRef: [MeshProvider.APISIX],
  upstreamRef: [MeshProvider.GLOO],
};

/** Fields of `service` that some routers read. */
export const SERVICE_READERS: Record<string, MeshProvider[]> = {
  timeout: [...APPMESH, MeshProvider.CONTOUR, MeshProvider.GATEWAYAPI_V1, MeshProvider.ISTIO],
  backendTimeout: [MeshProvider.GATEWAYAPI_V1],
  gateways: [MeshProvider.ISTIO, ...SMI],
  gatewayRefs: GATEWAY,
  hosts: [...APPMESH, ...GATEWAY, MeshProvider.ISTIO, ...SMI],
  delegation: [MeshProvider.ISTIO],
  trafficPolicy: [MeshProvider.ISTIO],
  match: [...APPMESH, MeshProvider.CONTOUR, ...GATEWAY, MeshProvider.ISTIO],
  rewrite: [...GATEWAY, MeshProvider.ISTIO],
  retries: [...APPMESH, MeshProvider.CONTOUR, MeshProvider.ISTIO],
  headers: [...GATEWAY, MeshProvider.ISTIO],
  mirror: GATEWAY,
  corsPolicy: [MeshProvider.ISTIO, MeshProvider.GATEWAYAPI_V1],
  meshName: APPMESH,
  backends: APPMESH,
};

export function isGatewayApi(provider: MeshProvider | undefined): boolean {
  return provider !== undefined && GATEWAY.includes(provider);
}

/** An object by its kind and name, with the API group that tells it from others of the same name. */
export interface MadeObject {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
}

/** The routing objects that a router makes, by name. */
export function routesMadeBy(provider: MeshProvider | undefined, apex: string, references: { ingress?: string; route?: string }): MadeObject[] {
  const ingress = references.ingress === undefined ? [] : [{ group: 'networking.k8s.io', kind: 'Ingress', name: `${references.ingress}-canary` }];
  switch (provider) {
    case MeshProvider.GATEWAYAPI_V1:
    case MeshProvider.GATEWAYAPI_V1BETA1: return [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: apex }];
    case MeshProvider.ISTIO: return [
      { group: 'networking.istio.io', kind: 'VirtualService', name: apex },
      { group: 'networking.istio.io', kind: 'DestinationRule', name: `${apex}-primary` },
      { group: 'networking.istio.io', kind: 'DestinationRule', name: `${apex}-canary` },
    ];
    case MeshProvider.NGINX:
    case MeshProvider.SKIPPER: return ingress;
    case MeshProvider.APISIX: return references.route === undefined ? [] : [{ group: 'apisix.apache.org', kind: 'ApisixRoute', name: `${references.route}-${apex}-canary` }];
    case MeshProvider.TRAEFIK: return [{ group: 'traefik.io', kind: 'TraefikService', name: apex }];
    case MeshProvider.CONTOUR: return [{ group: 'projectcontour.io', kind: 'HTTPProxy', name: apex }];
    case MeshProvider.GLOO: return [{ group: 'gateway.solo.io', kind: 'RouteTable', name: apex }];
    case MeshProvider.KUMA: return [{ group: 'kuma.io', kind: 'TrafficRoute', name: apex }];
    case MeshProvider.LINKERD:
    case MeshProvider.OSM:
    case MeshProvider.SMI_V1ALPHA1:
    case MeshProvider.SMI_V1ALPHA2:
    case MeshProvider.SMI_V1ALPHA3: return [{ group: 'split.smi-spec.io', kind: 'TrafficSplit', name: apex }];
    default: return [];
  }
}
