import { bool, Field, Fields, int, json, list, mapOf, name, required, service, since, struct, text } from './fields';
import * as gateway from './gateway-api';
import * as routers from './routers';
import { TrafficRoutingOptions } from './traffic-routing';
import { RolloutsVersion } from './version';

/*
 * The fields of traffic routers (argo-rollouts pkg/apis/rollouts/v1alpha1/types.go).
 */

const port = int(1, 65535);

const virtualService = struct({
  name: required(name),
  routes: list(text),
  tlsRoutes: list(struct({ port, sniHosts: list(text) } satisfies Fields<routers.TLSRoute>)),
  tcpRoutes: list(struct({ port } satisfies Fields<routers.TCPRoute>)),
} satisfies Fields<routers.IstioVirtualService>);

const istio = struct({
  virtualService,
  virtualServices: list(virtualService),
  destinationRule: struct({
    name: required(name),
    canarySubsetName: required(text),
    stableSubsetName: required(text),
    additionalSubsetNames: since(RolloutsVersion.V1_9, list(text)),
  } satisfies Fields<routers.IstioDestinationRule>),
} satisfies Fields<routers.IstioTrafficRouting>);

const nginx = struct({
  annotationPrefix: text,
  stableIngress: name,
  stableIngresses: list(name),
  additionalIngressAnnotations: mapOf(text),
  canaryIngressAnnotations: mapOf(text),
} satisfies Fields<routers.NginxTrafficRouting>);

const alb = struct({
  ingress: name,
  ingresses: list(name),
  servicePort: required(port),
  rootService: service,
  annotationPrefix: text,
  stickinessConfig: struct({ enabled: required(bool), durationSeconds: required(int(0, 604800)) } satisfies Fields<routers.StickinessConfig>),
} satisfies Fields<routers.ALBTrafficRouting>);

const virtualNode = struct({ name: required(name) } satisfies Fields<routers.AppMeshVirtualNodeReference>);

const appMesh = struct({
  virtualService: required(struct({ name: required(name), routes: list(text) } satisfies Fields<routers.AppMeshVirtualService>)),
  virtualNodeGroup: struct({
    canaryVirtualNodeRef: required(virtualNode), stableVirtualNodeRef: required(virtualNode),
  } satisfies Fields<routers.AppMeshVirtualNodeGroup>),
} satisfies Fields<routers.AppMeshTrafficRouting>);

/** `spec.strategy.canary.trafficRouting`. What plug-ins read is theirs to know; that of the Gateway API is looked at apart. */
export const trafficRouting = struct({
  istio,
  nginx,
  alb,
  appMesh,
  smi: struct({ rootService: service, trafficSplitName: name } satisfies Fields<routers.SMITrafficRouting>),
  ambassador: struct({ mappings: required(list(name, { nonEmpty: true })) } satisfies Fields<routers.AmbassadorTrafficRouting>),
  traefik: struct({ weightedTraefikServiceName: required(name) } satisfies Fields<routers.TraefikTrafficRouting>),
  apisix: struct({
    route: required(struct({ name: required(name), rules: list(text) } satisfies Fields<routers.ApisixRoute>)),
  } satisfies Fields<routers.ApisixTrafficRouting>),
  plugins: {
    check: (look, path, value) => {
      mapOf(json).check(look, path, value);
      const config = (value as Record<string, unknown> | null)?.['argoproj-labs/gatewayAPI'];
      if (config !== undefined) {
        gatewayApi.check(look, `${path}[argoproj-labs/gatewayAPI]`, config);
      }
    },
  },
  managedRoutes: list(struct({ name: required(text) })),
  maxTrafficWeight: int(1),
} satisfies Record<string, Field> & Fields<TrafficRoutingOptions>);

const routes = list(struct({ name: required(name), useHeaderRoutes: bool } satisfies Fields<gateway.GatewayApiRoute>));

const labels = struct({ matchLabels: mapOf(text), matchExpressions: list(json) });

/** What the plug-in for the Gateway API reads (rollouts-plugin-trafficrouter-gatewayapi pkg/plugin/types.go). */
const gatewayApi = struct({
  namespace: required(name),
  httpRoute: name,
  grpcRoute: name,
  tcpRoute: name,
  tlsRoute: name,
  httpRoutes: routes,
  grpcRoutes: routes,
  tcpRoutes: routes,
  tlsRoutes: routes,
  httpRouteSelector: labels,
  grpcRouteSelector: labels,
  tcpRouteSelector: labels,
  tlsRouteSelector: labels,
  configMap: name,
  disableInProgressLabel: bool,
  inProgressLabelKey: text,
  inProgressLabelValue: text,
} satisfies Fields<gateway.GatewayApiTrafficRouting>);
