import type { CanaryProps } from './canary-props';
import { ROUTE_DURATION } from './durations';
import { StringMatch } from './match';
import { MeshProvider } from './mesh-provider';
import * as messages from './messages';
import { isGatewayApi, SERVICE_READERS } from './provider-traits';
import { CanaryService, RewriteType, TrafficDistribution } from './service-props';
import { checkSince } from './since';
import { FlaggerVersion } from './version';
import { anything, Check, duration, flag, listOf, made, mapOf, oneOf, secondsOf, struct, text, whole } from '../../../core/shape';

/*
 * What Flagger would refuse in the service of a Canary, or leave out of the route.
 */

const port: Check = (at, value) => {
  if (!(Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= 65535)) {
    throw messages.invalidPort.error(at.path, { field: at.field, value });
  }
};

/** IANA service names, as names of container ports are (k8s apimachinery IsValidPortName). */
const PORT_NAME = /^(?=.{1,15}$)(?=.*[a-z])(?!.*--)[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
/** Names of Service ports are DNS labels. */
const SERVICE_PORT_NAME = /^(?=.{1,63}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

const portOrName: Check = (at, value) => typeof value === 'string' && PORT_NAME.test(value) ? undefined : port(at, value);
const portName: Check = (at, value) => {
  if (typeof value !== 'string' || !SERVICE_PORT_NAME.test(value)) {
    throw messages.invalidPort.error(at.path, { field: at.field, value });
  }
};

const texts = listOf(text);
const value: Check = (at, each) => each === '' || text(at, each);
const metadata = struct({ labels: mapOf(value), annotations: mapOf(value) });
const operations = struct({ set: mapOf(value), add: mapOf(value), remove: texts });
const stringMatch = made('StringMatch', '_how');
const routed = duration(ROUTE_DURATION);

/** The fields of `service`. */
export const SERVICE = struct({
  name: text,
  port,
  portName,
  targetPort: portOrName,
  appProtocol: text,
  trafficDistribution: oneOf(TrafficDistribution),
  portDiscovery: flag,
  headless: flag,
  timeout: routed,
  backendTimeout: routed,
  gatewayRefs: listOf(struct({ name: text, namespace: text, sectionName: text, port, group: value, kind: text }, ['name']), 0, 32),
  gateways: texts,
  hosts: texts,
  delegation: flag,
  trafficPolicy: struct({ connectionPool: mapOf(anything), loadBalancer: mapOf(anything), outlierDetection: mapOf(anything), tls: mapOf(anything) }),
  match: listOf(struct({
    name: text,
    uri: stringMatch,
    ignoreUriCase: flag,
    scheme: stringMatch,
    method: stringMatch,
    authority: stringMatch,
    headers: mapOf(stringMatch),
    withoutHeaders: mapOf(stringMatch),
    queryParams: mapOf(stringMatch),
    port,
    gateways: texts,
    sourceLabels: mapOf(text),
    sourceNamespace: text,
  })),
  rewrite: struct({ uri: text, authority: text, type: oneOf(RewriteType) }),
  retries: struct({ attempts: whole(0), perTryTimeout: routed, retryOn: text }),
  headers: struct({ request: operations, response: operations }),
  mirror: listOf(struct({ backendRef: struct({ name: text, namespace: text, port, group: value, kind: text }, ['name']) }, ['backendRef'])),
  corsPolicy: struct({
    allowOrigin: texts,
    allowOrigins: listOf(stringMatch),
    allowMethods: texts,
    allowHeaders: texts,
    exposeHeaders: texts,
    maxAge: routed,
    allowCredentials: flag,
  }),
  meshName: text,
  backends: texts,
  apex: metadata,
  primary: metadata,
  canary: metadata,
  unmanagedMetadata: struct({ annotations: texts, labels: texts }),
}, ['port']);

/** Throws FW653, FW662, FW670, FW671 and FW676 for fields that contradict each other or the provider. */
export function checkService(path: string, { service, provider, flaggerVersion }: Partial<CanaryProps>): void {
  if (service === undefined) {
    return;
  }
  if (service.delegation && (service.hosts?.length || service.gateways?.length)) {
    throw messages.invalidDelegation.error(path, {});
  }
  checkReaders(path, service, provider);
  checkVersions(path, service, provider, flaggerVersion);
  const { timeout, backendTimeout } = service;
  if (timeout !== undefined && backendTimeout !== undefined && secondsOf(timeout) > 0 && secondsOf(backendTimeout) > secondsOf(timeout)) {
    throw messages.timeoutOrder.error(path, { timeout, backendTimeout });
  }
  service.mirror?.forEach(({ backendRef }) => {
    if (backendRef.port === undefined && (backendRef.kind ?? 'Service') === 'Service' && (backendRef.group ?? '') === '') {
      throw messages.emptyField.error(path, { kind: 'Canary', field: 'service.mirror.backendRef.port' });
    }
  });
  checkMatches(path, service, provider);
}

function checkReaders(path: string, service: CanaryService, provider: MeshProvider | undefined): void {
  if (provider === undefined) {
    return;
  }
  for (const [field, readBy] of Object.entries(SERVICE_READERS)) {
    const given = service[field as keyof CanaryService] as unknown;
    const isGiven = given !== undefined && given !== false && !(Array.isArray(given) && given.length === 0);
    if (isGiven && !readBy.includes(provider)) {
      throw messages.idleField.error(path, { field: `service.${field}`, provider, readBy });
    }
  }
  if (isGatewayApi(provider) && service.corsPolicy?.allowOrigins?.length) {
    throw messages.idleField.error(path, { field: 'service.corsPolicy.allowOrigins', provider, readBy: [MeshProvider.ISTIO] });
  }
}

function checkVersions(path: string, service: CanaryService, provider: MeshProvider | undefined, version: FlaggerVersion | undefined): void {
  const since = (minor: FlaggerVersion, fields: Record<string, unknown>) => checkSince(path, 'service', version, minor, fields);
  const { headless, trafficDistribution, unmanagedMetadata, corsPolicy, backendTimeout, trafficPolicy } = service;
  const { splitExternalLocalOriginErrors, consecutiveLocalOriginFailures } = trafficPolicy?.outlierDetection ?? {};
  since(FlaggerVersion.V1_41, { headless });
  since(FlaggerVersion.V1_42, { trafficDistribution, unmanagedMetadata, corsPolicy: isGatewayApi(provider) ? corsPolicy : undefined });
  since(FlaggerVersion.V1_44, { backendTimeout, splitExternalLocalOriginErrors, consecutiveLocalOriginFailures });
}

const UNREAD = ['scheme', 'authority', 'withoutHeaders', 'sourceLabels', 'sourceNamespace', 'port', 'gateways', 'ignoreUriCase', 'name'] as const;

/** What the Gateway API cannot match makes every reconciliation fail (pkg/router/gateway_api.go, mapRouteMatches). */
function checkMatches(path: string, { match = [] }: CanaryService, provider: MeshProvider | undefined): void {
  for (const each of match) {
    const by = (values: Array<StringMatch | undefined>, known: string[]) => values.find(how => how !== undefined && !known.includes(how._how))?._how;
    const isGateway = isGatewayApi(provider);
    const wrong = by([each.uri], ['exact', 'prefix', 'regex'])
      ?? by([each.method, each.authority, each.scheme], isGateway ? ['exact'] : ['exact', 'prefix', 'regex'])
      ?? by([...Object.values(each.headers ?? {}), ...Object.values(each.queryParams ?? {}), ...Object.values(each.withoutHeaders ?? {})],
        isGateway ? ['exact', 'regex'] : ['exact', 'prefix', 'regex']);
    if (wrong !== undefined) {
      const fault = `compares by ${wrong}, which is not read`;
      throw messages.openMatch.error(path, { match: Object.keys(each), provider: provider ?? '(of the controller)', fault });
    }
    const unread = isGateway && UNREAD.find(field => each[field] !== undefined);
    if (unread) {
      throw messages.idleField.error(path, { field: `service.match.${unread}`, provider: provider!, readBy: [MeshProvider.ISTIO] });
    }
  }
}
