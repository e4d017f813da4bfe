import { promRegex, promString } from './promql';
import { RequestMetrics } from '../../../environments';
import type { RouterPlan } from '../../plan';
import { serviceOf } from '../placeholders';
import type { QueryContext } from '../query';
import { Refusal } from '../refusal';

/** One family of series that counts requests to the new version. */
export interface Family {
  /** The counter of requests. */
  readonly requests: string;
  /** The buckets of their durations, without `_bucket`. */
  readonly duration: string;
  /** How many of the unit of the durations make a second. */
  readonly perSecond: 1 | 1000;
  /** Matchers that find the new version. Alternatives, where a scrape may have renamed the label. */
  readonly version: string[][];
  /** Matchers of requests without a server error. */
  readonly succeeded: string[];
  /** Matchers of requests with one: alternatives that exclude each other. */
  readonly failed: string[][];
  /** Matchers of durations, beyond those of the version. */
  readonly timed?: string[];
  /** An operator behind each rate that keeps what belongs to the new version. */
  readonly join?: string;
}

/** gRPC statuses that are the server's fault (semantic conventions of OpenTelemetry for gRPC servers). */
const GRPC_FAULTS = { UNKNOWN: 2, DEADLINE_EXCEEDED: 4, UNIMPLEMENTED: 12, INTERNAL: 13, UNAVAILABLE: 14, DATA_LOSS: 15 };
const GRPC_NAMES = Object.keys(GRPC_FAULTS).join('|');
const GRPC_NUMBERS = Object.values(GRPC_FAULTS).join('|');

/** Who counts requests where nobody says it: the router, if it counts them per backend. */
export function sourceOf(router: RouterPlan): RequestMetrics {
  switch (router.kind) {
    case 'istio': return RequestMetrics.ISTIO;
    case 'nginx': return RequestMetrics.NGINX_INGRESS;
    case 'traefik': return RequestMetrics.TRAEFIK;
    case 'apisix': return RequestMetrics.APISIX;
    default: return RequestMetrics.OPENTELEMETRY;
  }
}

/** The series in which a source counts requests to the new version; of several, the first that has data counts. */
export function familiesOf(source: RequestMetrics, context: QueryContext, isLatency: boolean): Family[] {
  const isGrpc = context.portName === 'grpc';
  const statusIsSeen = [RequestMetrics.OPENTELEMETRY, RequestMetrics.ISTIO, RequestMetrics.LINKERD].includes(source);
  if (isGrpc && !isLatency && !statusIsSeen && source !== RequestMetrics.ENVOY_GATEWAY) {
    throw new Refusal(`${source} does not count the status of gRPC, only that of HTTP, which is 200 for failed calls too; take requests: RequestMetrics.OPENTELEMETRY`);
  }
  switch (source) {
    case RequestMetrics.OPENTELEMETRY: return isGrpc ? openTelemetryGrpc(context) : [openTelemetryHttp(context)];
    case RequestMetrics.ISTIO: return [istio(context, isGrpc)];
    case RequestMetrics.LINKERD: return [linkerd(context)];
    case RequestMetrics.NGINX_INGRESS: return [nginx(context)];
    case RequestMetrics.TRAEFIK: return [traefik(context)];
    case RequestMetrics.APISIX: return [apisix(context)];
    case RequestMetrics.CONTOUR: return [contour(context)];
    case RequestMetrics.ENVOY_GATEWAY:
      throw new Refusal('Envoy Gateway counts requests per rule of a route, not per backend, so the new version cannot be told from the old; take requests: RequestMetrics.OPENTELEMETRY');
  }
}

/** The labels that a scrape of pods adds: those of the pod. */
function byPods(context: QueryContext): string[] {
  return [`namespace=${promString(context.namespace)}`, `pod=~${promString(context.pods)}`];
}

/** `http.server.request.duration`, in the names of Prometheus. */
function openTelemetryHttp(context: QueryContext): Family {
  const metric = 'http_server_request_duration_seconds';
  return {
    requests: `${metric}_count`,
    duration: metric,
    perSecond: 1,
    version: [byPods(context)],
    succeeded: ['http_response_status_code!~"5.."'],
    failed: [['http_response_status_code=~"5.."']],
  };
}

/** `rpc.server.call.duration`, and the `rpc.server.duration` that instrumentations had before it. */
function openTelemetryGrpc(context: QueryContext): Family[] {
  const family = (metric: string, perSecond: 1 | 1000, label: string, faults: string): Family => ({
    requests: `${metric}_count`,
    duration: metric,
    perSecond,
    version: [byPods(context)],
    succeeded: [`${label}!~"${faults}"`],
    failed: [[`${label}=~"${faults}"`]],
  });
  return [
    family('rpc_server_call_duration_seconds', 1, 'rpc_response_status_code', GRPC_NAMES),
    family('rpc_server_duration_milliseconds', 1000, 'rpc_grpc_status_code', GRPC_NUMBERS),
  ];
}

/** The sidecars of the new version's own pods: `destination_workload` is the same for both versions of a Rollout. */
function istio(context: QueryContext, isGrpc: boolean): Family {
  const failed = 'response_code=~"5.."';
  const succeeded = 'response_code!~"5.."';
  return {
    requests: 'istio_requests_total',
    duration: 'istio_request_duration_milliseconds',
    perSecond: 1000,
    version: [['reporter="destination"', ...byPods(context)]],
    succeeded: isGrpc ? [succeeded, `grpc_response_status!~"${GRPC_NUMBERS}"`] : [succeeded],
    failed: isGrpc ? [[failed], [succeeded, `grpc_response_status=~"${GRPC_NUMBERS}"`]] : [[failed]],
  };
}

/** The proxies of the new version's own pods, which classify gRPC as well. */
function linkerd(context: QueryContext): Family {
  return {
    requests: 'response_total',
    duration: 'response_latency_ms',
    perSecond: 1000,
    version: [['direction="inbound"', ...byPods(context)]],
    succeeded: ['classification!="failure"'],
    failed: [['classification="failure"']],
  };
}

/**
 * The label `canary` holds the upstream of the canary Ingress, `namespace-service-port`, and nothing
 * for other requests (ingress-nginx internal/ingress/metric/collectors/socket.go). It survives a
 * scrape that renames `namespace` and `service`.
 */
function nginx(context: QueryContext): Family {
  needsRouter(context, 'ingress-nginx', ['nginx']);
  const upstream = `${promRegex(`${context.namespace}-${serviceOf(context)}`)}-[0-9a-z]+`;
  return {
    requests: 'nginx_ingress_controller_requests',
    duration: 'nginx_ingress_controller_response_duration_seconds',
    perSecond: 1,
    version: [[`canary=~${promString(upstream)}`]],
    succeeded: ['status!~"5.."'],
    failed: [['status=~"5.."']],
  };
}

/** The services of the provider `kubernetescrd` are called `namespace-service-port`; a ServiceMonitor renames the label. */
function traefik(context: QueryContext): Family {
  needsRouter(context, 'Traefik', ['traefik']);
  const service = `${promRegex(`${context.namespace}-${serviceOf(context)}`)}-[0-9a-z]+@kubernetescrd`;
  return {
    requests: 'traefik_service_requests_total',
    duration: 'traefik_service_request_duration_seconds',
    perSecond: 1,
    version: ['service', 'exported_service'].map(label => [`${label}=~${promString(service)}`]),
    succeeded: ['code!~"5.."'],
    failed: [['code=~"5.."']],
  };
}

/**
 * Both backends of a route share its name; the label `node` is the IP of the pod that answered
 * (apisix apisix/plugins/prometheus/exporter.lua), which kube-state-metrics knows the name of.
 */
function apisix(context: QueryContext): Family {
  return {
    requests: 'apisix_http_status',
    duration: 'apisix_http_latency',
    perSecond: 1000,
    version: [[]],
    succeeded: ['code!~"5.."'],
    failed: [['code=~"5.."']],
    timed: ['type="request"'],
    join: `and on (node) label_replace(kube_pod_info{${byPods(context).join(',')}}, "node", "$1", "pod_ip", "(.+)")`,
  };
}

/** The clusters of Envoy are called `namespace_service_port`. */
function contour(context: QueryContext): Family {
  if (context.router.kind === 'none') {
    throw new Refusal('Contour counts only what it routes to the Service of the new version, and the strategy has no router');
  }
  const cluster = `${promRegex(`${context.namespace}_${serviceOf(context)}`)}_[0-9a-z-]+`;
  return {
    requests: 'envoy_cluster_upstream_rq',
    duration: 'envoy_cluster_upstream_rq_time',
    perSecond: 1000,
    version: [[`envoy_cluster_name=~${promString(cluster)}`]],
    succeeded: ['envoy_response_code!~"5.."'],
    failed: [['envoy_response_code=~"5.."']],
  };
}

function needsRouter(context: QueryContext, title: string, kinds: RouterPlan['kind'][]): void {
  if (!kinds.includes(context.router.kind)) {
    throw new Refusal(`${title} tells the new version's requests from others only where it splits them itself, and the router is ${context.router.kind}; take requests: RequestMetrics.OPENTELEMETRY`);
  }
}
