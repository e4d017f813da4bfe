import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { Analysis } from './analysis';
import { Canary } from './canary';
import type { CanaryProps } from './canary-props';
import { MeshProvider } from './mesh-provider';
import { judge } from './metrics';
import type { FlaggerOptions } from './options';
import { AutoscalerReference, CanaryTarget } from './reference';
import { checksOf, scheduleOf, thresholdOf } from './schedule';
import type { CanaryService } from './service-props';
import { NEWEST } from './since';
import { FlaggerVersion } from './version';
import { CanaryWebhook, WebhookType } from './webhook';
import { apisixRoute, ingressRoute } from '../../objects/controller-routes';
import { deployment } from '../../objects/deployment';
import { ingress } from '../../objects/ingress';
import { deliverRoute } from '../../objects/plain';
import type { BlueGreenPlan, CanaryPlan, RollingPlan } from '../../plan';
import type { RolloutTarget, ServiceTarget } from '../../target';

/** How the pods of the primary are replaced at a promotion: none is missing. */
const UPDATE: RollingPlan = { kind: 'rolling', maxSurge: '25%', maxUnavailable: 0 };

/** The Deployment of a target, its Canary, and what leads to the Services that Flagger makes. */
export function lower(chart: Construct, target: RolloutTarget, plan: CanaryPlan | BlueGreenPlan, options: FlaggerOptions): void {
  const { name, service: reached, replicas } = target;
  if (!reached) {
    return; // said by the findings of the engine; nothing is written then
  }
  const flaggerVersion = options.version ?? NEWEST;
  new ApiObject(chart, 'deployment', deployment(target, { update: UPDATE }));
  const routed = plan.kind === 'canary' ? routedBy(chart, target, reached, plan) : unrouted(chart, target);
  const analysis = plan.kind === 'canary' ? canaryOf(chart, target, plan, options, flaggerVersion) : blueGreenOf(chart, target, plan, options, flaggerVersion);
  const { service, ...others } = routed;
  new Canary(chart, 'canary', {
    metadata: { name },
    targetRef: CanaryTarget.deployment(name),
    ...(replicas.isAutoscaled ? { autoscalerRef: scalerOf(target) } : {}),
    ...others,
    progressDeadlineSeconds: target.progressDeadlineSeconds,
    service: { ...serviceOf(reached), ...service },
    analysis,
    flaggerVersion,
  });
}

function scalerOf({ name, replicas }: RolloutTarget): AutoscalerReference {
  return replicas.scaler === 'ScaledObject' ? AutoscalerReference.scaledObject(name) : AutoscalerReference.horizontalPodAutoscaler(name);
}

function serviceOf({ port, portName, labels }: ServiceTarget): CanaryService {
  const metadata = Object.keys(labels).length > 0 ? { labels: { ...labels } } : undefined;
  return { port, portName, targetPort: portName, ...(metadata ? { apex: metadata, primary: metadata, canary: metadata } : {}) };
}

type Routed = Pick<CanaryProps, 'provider' | 'ingressRef' | 'routeRef'> & { readonly service?: Partial<CanaryService> };

/** Without a router: the Services alone, and a plain route to the one that others call. */
function unrouted(chart: Construct, target: RolloutTarget): Routed {
  deliverRoute(chart, target, target.name);
  return { provider: MeshProvider.KUBERNETES };
}

/** What the router of a canary needs, and what it is told. */
function routedBy(chart: Construct, target: RolloutTarget, reached: ServiceTarget, { router }: CanaryPlan): Routed {
  const { name, environment } = target;
  const isGrpc = reached.portName === 'grpc';
  switch (router.kind) {
    case 'gateway-api': {
      const { name: gateway, namespace, sectionName } = environment.gateway!;
      const parent = { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: gateway, namespace, ...(sectionName === undefined ? {} : { sectionName }) };
      return {
        provider: MeshProvider.GATEWAYAPI_V1,
        service: { gatewayRefs: [parent], hosts: [...reached.hosts], ...(isGrpc ? { appProtocol: 'kubernetes.io/h2c' } : {}) },
      };
    }
    case 'istio': {
      const gateways = router.gateways.length > 0 ? [...new Set([...router.gateways, 'mesh'])] : [];
      const hosts = [...new Set([...reached.hosts, ...router.hosts])];
      return {
        provider: MeshProvider.ISTIO,
        service: { ...(gateways.length > 0 ? { gateways } : {}), ...(hosts.length > 0 ? { hosts } : {}), ...(isGrpc ? { appProtocol: 'grpc' } : {}) },
      };
    }
    case 'nginx':
      new ApiObject(chart, 'ingress', ingress(target, reached, environment.ingress!));
      return { provider: MeshProvider.NGINX, ingressRef: name };
    case 'traefik':
      new ApiObject(chart, 'route', ingressRoute(target, reached, router.entryPoints));
      return { provider: MeshProvider.TRAEFIK };
    case 'apisix':
      new ApiObject(chart, 'route', apisixRoute(target, reached, [{ name }]));
      return { provider: MeshProvider.APISIX, routeRef: name };
    default: return unrouted(chart, target); // said by the capabilities of the engine; nothing is written then
  }
}

function canaryOf(chart: Construct, target: RolloutTarget, plan: CanaryPlan, options: FlaggerOptions, version: FlaggerVersion): Analysis {
  const { weights, intervalSeconds, approvals, mirrorPercent, metrics } = scheduleOf(plan);
  return Analysis.canarySteps({
    ...common(chart, target, metrics, intervalSeconds, version),
    stepWeights: weights,
    ...(mirrorPercent !== undefined && plan.router.kind === 'istio' ? { mirror: true, mirrorWeight: mirrorPercent } : {}),
    ...gates(options, [...(approvals.atStart ? [WebhookType.CONFIRM_ROLLOUT] : []), ...(approvals.atEnd ? [WebhookType.CONFIRM_PROMOTION] : [])]),
  });
}

function blueGreenOf(chart: Construct, target: RolloutTarget, plan: BlueGreenPlan, options: FlaggerOptions, version: FlaggerVersion): Analysis {
  const { intervalSeconds, iterations, metrics } = checksOf(plan);
  return Analysis.blueGreen({
    ...common(chart, target, metrics, intervalSeconds, version),
    iterations,
    ...gates(options, plan.promotion.kind === 'approval' ? [WebhookType.CONFIRM_PROMOTION] : []),
  });
}

function common(chart: Construct, target: RolloutTarget, metrics: ReturnType<typeof scheduleOf>['metrics'], intervalSeconds: number, version: FlaggerVersion) {
  const judged = metrics.flatMap(metric => judge(chart, target, metric, intervalSeconds, version));
  return { interval: `${intervalSeconds}s`, threshold: thresholdOf(metrics, intervalSeconds), ...(judged.length > 0 ? { metrics: judged } : {}) };
}

function gates({ gate }: FlaggerOptions, types: WebhookType[]): { webhooks?: CanaryWebhook[] } {
  return gate === undefined || types.length === 0 ? {} : { webhooks: types.map(type => ({ name: type, type, url: gate })) };
}
