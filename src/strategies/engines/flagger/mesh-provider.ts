/** What routes the traffic of a Canary; the default is the `-mesh-provider` of the controller. */
export enum MeshProvider {
  /** Apache APISIX: weights by an ApisixRoute. Needs `routeRef`. */
  APISIX = 'apisix',
  /** AWS App Mesh, v1beta1. */
  APPMESH = 'appmesh',
  /** AWS App Mesh, v1beta2. */
  APPMESH_V1BETA2 = 'appmesh:v1beta2',
  /** Contour: an HTTPProxy. */
  CONTOUR = 'contour',
  /** Gateway API v1: an HTTPRoute. Needs `service.gatewayRefs`. */
  GATEWAYAPI_V1 = 'gatewayapi:v1',
  /** Gateway API v1beta1: an HTTPRoute. Needs `service.gatewayRefs`. */
  GATEWAYAPI_V1BETA1 = 'gatewayapi:v1beta1',
  /** Gloo: a RouteTable. */
  GLOO = 'gloo',
  /** Istio: a VirtualService and two DestinationRules. */
  ISTIO = 'istio',
  /** Knative: the traffic of the Knative Service itself. Flagger 1.41 or newer. */
  KNATIVE = 'knative',
  /** Nothing: Kubernetes Services alone, so that only blue/green is possible. */
  KUBERNETES = 'kubernetes',
  /** Kuma: a TrafficRoute. */
  KUMA = 'kuma',
  /** Linkerd: an SMI TrafficSplit. */
  LINKERD = 'linkerd',
  /** NGINX: a second Ingress. Needs `ingressRef`. */
  NGINX = 'nginx',
  /** Open Service Mesh: an SMI TrafficSplit. */
  OSM = 'osm',
  /** Skipper: a second Ingress. Needs `ingressRef`. */
  SKIPPER = 'skipper',
  /** SMI TrafficSplit v1alpha1. */
  SMI_V1ALPHA1 = 'smi:v1alpha1',
  /** SMI TrafficSplit v1alpha2. */
  SMI_V1ALPHA2 = 'smi:v1alpha2',
  /** SMI TrafficSplit v1alpha3. */
  SMI_V1ALPHA3 = 'smi:v1alpha3',
  /** Traefik: a TraefikService. */
  TRAEFIK = 'traefik',
}
