import type { RequestMatch, StringMatch } from './match';

/** Labels and annotations of an object that Flagger makes. */
export interface CustomMetadata {
  /**
   * Its labels.
   *
   * @default - none
   */
  readonly labels?: Record<string, string>;

  /**
   * Its annotations.
   *
   * @default - none
   */
  readonly annotations?: Record<string, string>;
}

/** Metadata of the Services that Flagger leaves alone. Flagger 1.42 or newer. */
export interface UnmanagedMetadata {
  /**
   * Keys of annotations that others write.
   *
   * @default - none
   */
  readonly annotations?: string[];

  /**
   * Keys of labels that others write.
   *
   * @default - none
   */
  readonly labels?: string[];
}

/** Where traffic of a Service goes by preference. Flagger 1.42 or newer. */
export enum TrafficDistribution {
  /** Close by. */
  PREFER_CLOSE = 'PreferClose',
  /** In the zone. Kubernetes 1.34 or newer. */
  PREFER_SAME_ZONE = 'PreferSameZone',
  /** On the node. Kubernetes 1.34 or newer. */
  PREFER_SAME_NODE = 'PreferSameNode',
}

/** A Gateway to which the route attaches. */
export interface GatewayReference {
  /** The name of the Gateway. */
  readonly name: string;

  /**
   * Its namespace.
   *
   * @default - that of the Canary
   */
  readonly namespace?: string;

  /**
   * One of its listeners.
   *
   * @default - all
   */
  readonly sectionName?: string;

  /**
   * The listeners with a port.
   *
   * @default - all
   */
  readonly port?: number;

  /**
   * The API group.
   *
   * @default gateway.networking.k8s.io
   */
  readonly group?: string;

  /**
   * The kind; `Service` for a mesh.
   *
   * @default Gateway
   */
  readonly kind?: string;
}

/** What the path becomes. */
export enum RewriteType {
  /** The whole path is replaced. */
  REPLACE_FULL_PATH = 'ReplaceFullPath',
  /** The prefix that was matched is replaced. */
  REPLACE_PREFIX_MATCH = 'ReplacePrefixMatch',
}

/** A change of the request before it goes to the service. */
export interface HttpRewrite {
  /**
   * The new path, or prefix of the path.
   *
   * @default - unchanged
   */
  readonly uri?: string;

  /**
   * The new host.
   *
   * @default - unchanged
   */
  readonly authority?: string;

  /**
   * What `uri` replaces; for the Gateway API.
   *
   * @default RewriteType.REPLACE_FULL_PATH
   */
  readonly type?: RewriteType;
}

/** How failed requests are repeated: an `HTTPRetry` of Istio. */
export interface HttpRetry {
  /**
   * How often.
   *
   * @default - as the mesh does
   */
  readonly attempts?: number;

  /**
   * How long one try may take: `2s`.
   *
   * @default - the timeout of the route
   */
  readonly perTryTimeout?: string;

  /**
   * On which failures: `gateway-error,connect-failure`.
   *
   * @default - as the mesh does
   */
  readonly retryOn?: string;
}

/** Changes of headers. */
export interface HeaderOperations {
  /**
   * Headers that are set.
   *
   * @default - none
   */
  readonly set?: Record<string, string>;

  /**
   * Headers that are added.
   *
   * @default - none
   */
  readonly add?: Record<string, string>;

  /**
   * Headers that are removed.
   *
   * @default - none
   */
  readonly remove?: string[];
}

/** Changes of headers on both ways. */
export interface RouteHeaders {
  /**
   * Of requests.
   *
   * @default - none
   */
  readonly request?: HeaderOperations;

  /**
   * Of responses.
   *
   * @default - none
   */
  readonly response?: HeaderOperations;
}

/** Who gets a copy of every request, beside the releases themselves. */
export interface MirrorBackend {
  /** The name of the object. */
  readonly name: string;

  /**
   * Its namespace.
   *
   * @default - that of the Canary
   */
  readonly namespace?: string;

  /**
   * Its port; a Service needs one.
   *
   * @default - none
   */
  readonly port?: number;

  /**
   * Its API group.
   *
   * @default - the core group
   */
  readonly group?: string;

  /**
   * Its kind.
   *
   * @default Service
   */
  readonly kind?: string;
}

/** A copy of every request. */
export interface RequestMirror {
  /** Who gets it. */
  readonly backendRef: MirrorBackend;
}

/** Which other sites may call. */
export interface CorsPolicy {
  /**
   * Origins, as texts. The Gateway API reads these only.
   *
   * @default - none
   */
  readonly allowOrigin?: string[];

  /**
   * Origins, as conditions. Istio only.
   *
   * @default - none
   */
  readonly allowOrigins?: StringMatch[];

  /**
   * Methods.
   *
   * @default - as the router does
   */
  readonly allowMethods?: string[];

  /**
   * Headers of requests.
   *
   * @default - as the router does
   */
  readonly allowHeaders?: string[];

  /**
   * Headers of responses that scripts may read.
   *
   * @default - none
   */
  readonly exposeHeaders?: string[];

  /**
   * How long an answer to a preflight request is kept: `24h`.
   *
   * @default - as the router does
   */
  readonly maxAge?: string;

  /**
   * Whether credentials are sent.
   *
   * @default false
   */
  readonly allowCredentials?: boolean;
}

/** The Services that Flagger makes, and the route to them. */
export interface CanaryService {
  /**
   * The name by which others reach the workload. Flagger makes the Services `<name>`, `<name>-primary` and `<name>-canary`. At most 55 characters.
   *
   * @default - the name of the target
   */
  readonly name?: string;

  /** The port of the Services. */
  readonly port: number;

  /**
   * The name of the port.
   *
   * @default http
   */
  readonly portName?: string;

  /**
   * The port of the container, a number or the name of one.
   *
   * @default - the port of the Services
   */
  readonly targetPort?: any;

  /**
   * The application protocol of the port: `http`, `grpc`, `kubernetes.io/h2c`; `tcp` makes a TCP route with Istio.
   *
   * @default - none
   */
  readonly appProtocol?: string;

  /**
   * Where traffic goes by preference.
   *
   * @default - as the cluster does
   */
  readonly trafficDistribution?: TrafficDistribution;

  /**
   * Give the Services the other ports of the containers, too.
   *
   * @default false
   */
  readonly portDiscovery?: boolean;

  /**
   * Make headless Services. Flagger 1.41 or newer.
   *
   * @default false
   */
  readonly headless?: boolean;

  /**
   * How long a request may take: `15s`.
   *
   * @default - as the router does
   */
  readonly timeout?: string;

  /**
   * How long one try to a backend may take. gatewayapi:v1, Flagger 1.44 or newer. Not above `timeout` (FW676).
   *
   * @default - as the router does
   */
  readonly backendTimeout?: string;

  /**
   * The Gateways of the HTTPRoute, at most 32. The Gateway API needs one.
   *
   * @default - none
   */
  readonly gatewayRefs?: GatewayReference[];

  /**
   * The gateways of the VirtualService: `istio-system/public`.
   *
   * @default - the mesh
   */
  readonly gateways?: string[];

  /**
   * The host names of the route.
   *
   * @default - the service name
   */
  readonly hosts?: string[];

  /**
   * Make a VirtualService to which another one delegates. Istio, without hosts and gateways (FW671).
   *
   * @default false
   */
  readonly delegation?: boolean;

  /**
   * The `trafficPolicy` of the DestinationRules, as Istio has it: connectionPool, loadBalancer, outlierDetection and tls.
   *
   * @default - none
   */
  readonly trafficPolicy?: any;

  /**
   * Which requests the route serves.
   *
   * @default - all
   */
  readonly match?: RequestMatch[];

  /**
   * A change of the request.
   *
   * @default - none
   */
  readonly rewrite?: HttpRewrite;

  /**
   * How failed requests are repeated. Not with the Gateway API.
   *
   * @default - as the mesh does
   */
  readonly retries?: HttpRetry;

  /**
   * Changes of headers.
   *
   * @default - none
   */
  readonly headers?: RouteHeaders;

  /**
   * Who gets a copy of every request. Gateway API.
   *
   * @default - nobody
   */
  readonly mirror?: RequestMirror[];

  /**
   * Which other sites may call. Istio, and gatewayapi:v1 from Flagger 1.42.
   *
   * @default - none
   */
  readonly corsPolicy?: CorsPolicy;

  /**
   * The mesh of App Mesh.
   *
   * @default - none
   */
  readonly meshName?: string;

  /**
   * What the workload calls, in App Mesh.
   *
   * @default - none
   */
  readonly backends?: string[];

  /**
   * Metadata of the Service `<name>` and of the route.
   *
   * @default - none
   */
  readonly apex?: CustomMetadata;

  /**
   * Metadata of the Service `<name>-primary`.
   *
   * @default - none
   */
  readonly primary?: CustomMetadata;

  /**
   * Metadata of the Service `<name>-canary`.
   *
   * @default - none
   */
  readonly canary?: CustomMetadata;

  /**
   * Metadata that Flagger leaves alone.
   *
   * @default - none
   */
  readonly unmanagedMetadata?: UnmanagedMetadata;
}
