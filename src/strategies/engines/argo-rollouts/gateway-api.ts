import { LabelSelector } from '../../../core/label-selector';

/** A route of the Gateway API. */
export interface GatewayApiRoute {
  /** Its name. */
  readonly name: string;

  /**
   * Whether a step `setHeaderRoute` adds its rules here.
   *
   * @default false
   */
  readonly useHeaderRoutes?: boolean;
}

/** What the plug-in `argoproj-labs/gatewayAPI` reads (rollouts-plugin-trafficrouter-gatewayapi pkg/plugin/types.go). At least one route is needed. */
export interface GatewayApiTrafficRouting {
  /**
   * The namespace of the routes. The plug-in cannot do without.
   */
  readonly namespace: string;

  /**
   * The name of an HTTPRoute.
   *
   * @default - none
   */
  readonly httpRoute?: string;

  /**
   * The name of a GRPCRoute.
   *
   * @default - none
   */
  readonly grpcRoute?: string;

  /**
   * The name of a TCPRoute. The plug-in reads `v1alpha2`, which Gateway API 1.6 no longer serves.
   *
   * @default - none
   */
  readonly tcpRoute?: string;

  /**
   * The name of a TLSRoute. The plug-in reads `v1alpha2`, which Gateway API 1.6 no longer serves.
   *
   * @default - none
   */
  readonly tlsRoute?: string;

  /**
   * HTTPRoutes.
   *
   * @default - none
   */
  readonly httpRoutes?: GatewayApiRoute[];

  /**
   * GRPCRoutes.
   *
   * @default - none
   */
  readonly grpcRoutes?: GatewayApiRoute[];

  /**
   * TCPRoutes.
   *
   * @default - none
   */
  readonly tcpRoutes?: GatewayApiRoute[];

  /**
   * TLSRoutes.
   *
   * @default - none
   */
  readonly tlsRoutes?: GatewayApiRoute[];

  /**
   * HTTPRoutes by their labels.
   *
   * @default - none
   */
  readonly httpRouteSelector?: LabelSelector;

  /**
   * GRPCRoutes by their labels.
   *
   * @default - none
   */
  readonly grpcRouteSelector?: LabelSelector;

  /**
   * TCPRoutes by their labels.
   *
   * @default - none
   */
  readonly tcpRouteSelector?: LabelSelector;

  /**
   * TLSRoutes by their labels.
   *
   * @default - none
   */
  readonly tlsRouteSelector?: LabelSelector;

  /**
   * The ConfigMap in which the plug-in keeps its managed routes.
   *
   * @default "argo-gatewayapi-configmap"
   */
  readonly configMap?: string;

  /**
   * Whether routes are left without a label while a canary runs.
   *
   * @default false
   */
  readonly disableInProgressLabel?: boolean;

  /**
   * The key of that label.
   *
   * @default "rollouts.argoproj.io/gatewayapi-canary"
   */
  readonly inProgressLabelKey?: string;

  /**
   * The value of that label.
   *
   * @default "in-progress"
   */
  readonly inProgressLabelValue?: string;
}
