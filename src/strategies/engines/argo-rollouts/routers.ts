/*
 * What each traffic router needs to know (argo-rollouts pkg/apis/rollouts/v1alpha1/types.go).
 */

/** Routes of a VirtualService for connections that are encrypted end to end. */
export interface TLSRoute {
  /**
   * The port of the route.
   *
   * @default - any
   */
  readonly port?: number;

  /**
   * The server names of the route.
   *
   * @default - any
   */
  readonly sniHosts?: string[];
}

/** Routes of a VirtualService for TCP connections. */
export interface TCPRoute {
  /**
   * The port of the route.
   *
   * @default - any
   */
  readonly port?: number;
}

/** A VirtualService of Istio whose weights the controller sets. */
export interface IstioVirtualService {
  /** Its name, or `<name>.<namespace>`. */
  readonly name: string;

  /**
   * The names of its HTTP routes.
   *
   * @default - the only one
   */
  readonly routes?: string[];

  /**
   * Its TLS routes.
   *
   * @default - the only one
   */
  readonly tlsRoutes?: TLSRoute[];

  /**
   * Its TCP routes.
   *
   * @default - the only one
   */
  readonly tcpRoutes?: TCPRoute[];
}

/** A DestinationRule of Istio whose subsets the controller points at the versions. */
export interface IstioDestinationRule {
  /** Its name. */
  readonly name: string;

  /** The subset of the new version. */
  readonly canarySubsetName: string;

  /** The subset of the stable version. */
  readonly stableSubsetName: string;

  /**
   * Other subsets, which the controller leaves alone. Argo Rollouts 1.9 and later.
   *
   * @default - none
   */
  readonly additionalSubsetNames?: string[];
}

/** Istio: exactly one of `virtualService` and `virtualServices`. */
export interface IstioTrafficRouting {
  /**
   * The VirtualService.
   *
   * @default - `virtualServices`
   */
  readonly virtualService?: IstioVirtualService;

  /**
   * The VirtualServices.
   *
   * @default - `virtualService`
   */
  readonly virtualServices?: IstioVirtualService[];

  /**
   * The DestinationRule, if versions are told apart by subsets of one Service.
   *
   * @default - two Services
   */
  readonly destinationRule?: IstioDestinationRule;
}

/** The Ingress controller of the NGINX community: exactly one of `stableIngress` and `stableIngresses`. */
export interface NginxTrafficRouting {
  /**
   * The name of the Ingress of the stable Service.
   *
   * @default - `stableIngresses`
   */
  readonly stableIngress?: string;

  /**
   * The names of the Ingresses of the stable Service.
   *
   * @default - `stableIngress`
   */
  readonly stableIngresses?: string[];

  /**
   * The prefix of the annotations that the Ingress controller reads.
   *
   * @default "nginx.ingress.kubernetes.io"
   */
  readonly annotationPrefix?: string;

  /**
   * Annotations of the canary's Ingress, under the prefix.
   *
   * @default - none
   */
  readonly additionalIngressAnnotations?: Record<string, string>;

  /**
   * Annotations of the canary's Ingress, with whole keys.
   *
   * @default - none
   */
  readonly canaryIngressAnnotations?: Record<string, string>;
}

/** Sticky sessions of a load balancer. */
export interface StickinessConfig {
  /** Whether sessions stick. */
  readonly enabled: boolean;

  /** For how many seconds, 1 to 604800. */
  readonly durationSeconds: number;
}

/** The AWS Load Balancer Controller: exactly one of `ingress` and `ingresses`. */
export interface ALBTrafficRouting {
  /** The port of the Service that the load balancer forwards to. */
  readonly servicePort: number;

  /**
   * The name of the Ingress.
   *
   * @default - `ingresses`
   */
  readonly ingress?: string;

  /**
   * The names of the Ingresses.
   *
   * @default - `ingress`
   */
  readonly ingresses?: string[];

  /**
   * The Service that the rules of the Ingress name. `pingPong` needs one.
   *
   * @default - the stable Service
   */
  readonly rootService?: string;

  /**
   * The prefix of the annotations that the controller reads.
   *
   * @default "alb.ingress.kubernetes.io"
   */
  readonly annotationPrefix?: string;

  /**
   * Sticky sessions of the target groups.
   *
   * @default - none
   */
  readonly stickinessConfig?: StickinessConfig;
}

/** Service Mesh Interface. */
export interface SMITrafficRouting {
  /**
   * The Service that clients call.
   *
   * @default - the stable Service
   */
  readonly rootService?: string;

  /**
   * The name of the TrafficSplit that the controller makes.
   *
   * @default - the name of the Rollout
   */
  readonly trafficSplitName?: string;
}

/** Ambassador Edge Stack. */
export interface AmbassadorTrafficRouting {
  /** The names of the Mappings of the stable Service, none of which may have a weight. */
  readonly mappings: string[];
}

/** A route of Apache APISIX. */
export interface ApisixRoute {
  /** The name of the ApisixRoute. */
  readonly name: string;

  /**
   * The names of its HTTP rules.
   *
   * @default - all
   */
  readonly rules?: string[];
}

/** Apache APISIX. */
export interface ApisixTrafficRouting {
  /** The route. */
  readonly route: ApisixRoute;
}

/** Traefik Proxy. */
export interface TraefikTrafficRouting {
  /** The name of the TraefikService that weighs the Services. */
  readonly weightedTraefikServiceName: string;
}

/** A VirtualService of AWS App Mesh. */
export interface AppMeshVirtualService {
  /** Its name. */
  readonly name: string;

  /**
   * The names of the routes of its VirtualRouter.
   *
   * @default - the only one
   */
  readonly routes?: string[];
}

/** A VirtualNode of AWS App Mesh. */
export interface AppMeshVirtualNodeReference {
  /** Its name. */
  readonly name: string;
}

/** The VirtualNodes of both versions. */
export interface AppMeshVirtualNodeGroup {
  /** That of the new version. */
  readonly canaryVirtualNodeRef: AppMeshVirtualNodeReference;

  /** That of the stable version. */
  readonly stableVirtualNodeRef: AppMeshVirtualNodeReference;
}

/** AWS App Mesh. */
export interface AppMeshTrafficRouting {
  /** The VirtualService. */
  readonly virtualService: AppMeshVirtualService;

  /**
   * The VirtualNodes.
   *
   * @default - none
   */
  readonly virtualNodeGroup?: AppMeshVirtualNodeGroup;
}
