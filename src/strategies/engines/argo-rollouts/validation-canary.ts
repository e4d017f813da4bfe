import { CanaryJson, RolloutSpecJson, TrafficRoutingJson } from './json-types';
import * as messages from './messages';
import { Say } from './report';
import { argumentRules } from './validation-arguments';
import { stepRules } from './validation-steps';
import { pods } from './values';
import { RolloutsVersion } from './version';
import { isBefore } from './version-order';

const PATH = 'spec.strategy.canary';

/** The name under which the plug-in for the Gateway API is known. */
const GATEWAY_API = 'argoproj-labs/gatewayAPI';

/** The rules of a canary (pkg/apis/rollouts/validation/validation.go, ValidateRolloutStrategyCanary; reference of each in messages.ts). */
export function canaryRules(say: Say, spec: RolloutSpecJson, canary: CanaryJson, version: RolloutsVersion): void {
  const { canaryService, stableService, trafficRouting, analysis, steps = [] } = canary;
  roomRules(say, spec, canary);
  if (canaryService && canaryService === stableService) {
    say(messages.sameCanaryServices, `${PATH}.canaryService`, 'is also the stableService', canaryService);
  }
  if (canary.pingPong) {
    pingPongRules(say, canary, version);
  }
  if (trafficRouting) {
    routerRules(say, canary, trafficRouting);
    routedRules(say, spec, canary, version);
  } else {
    unroutedRules(say, canary);
  }
  stepRules(say, spec, canary, version);
  argumentRules(say, `${PATH}.analysis`, analysis?.args);
  if (analysis?.startingStep && analysis.startingStep >= steps.length) {
    say(messages.startsNever, `${PATH}.analysis.startingStep`, `is beyond the last of ${steps.length} steps`, analysis.startingStep);
  }
}

function roomRules(say: Say, { replicas }: RolloutSpecJson, { maxSurge = '25%', maxUnavailable = '25%', trafficRouting }: CanaryJson): void {
  const isZero = (value: number | string) => pods(value, 100, Math.ceil) === 0;
  if (isZero(maxSurge) && isZero(maxUnavailable)) {
    return say(messages.noRoom, `${PATH}.maxSurge`, 'is 0, and so is maxUnavailable');
  }
  if (trafficRouting || replicas === 0) {
    return undefined; // with a router the new version is always beside the old one
  }
  const missing = replicas === undefined ? (isZero(maxUnavailable) ? 0 : 1) : pods(maxUnavailable, replicas, Math.floor);
  if (replicas !== undefined && missing === 0 && pods(maxSurge, replicas, Math.ceil) === 0) {
    return say(messages.noRoom, `${PATH}.maxUnavailable`, `is no pod of ${replicas}, and maxSurge is 0`, maxUnavailable);
  }
  return missing > 0 ? say(messages.missingPods, `${PATH}.maxUnavailable`, 'is not 0', maxUnavailable) : undefined;
}

function pingPongRules(say: Say, { pingPong, trafficRouting }: CanaryJson, version: RolloutsVersion): void {
  const { pingService, pongService } = pingPong!;
  const path = `${PATH}.pingPong`;
  Object.entries({ pingService, pongService }).filter(([, service]) => !service).forEach(([field]) => say(messages.invalidPingPong, `${path}.${field}`, 'is missing'));
  if (pingService && pingService === pongService) {
    say(messages.invalidPingPong, `${path}.pongService`, 'is also the pingService', pongService);
  }
  const plugins = isBefore(version, RolloutsVersion.V1_10) ? undefined : trafficRouting?.plugins;
  if (trafficRouting && !trafficRouting.alb && !trafficRouting.istio && !plugins) {
    say(messages.invalidPingPong, path, `is not supported by ${Object.keys(trafficRouting).join(', ')}`);
  }
  if (trafficRouting?.alb && !trafficRouting.alb.rootService) {
    say(messages.invalidPingPong, `${PATH}.trafficRouting.alb.rootService`, 'is missing');
  }
}

function routerRules(say: Say, canary: CanaryJson, routing: TrafficRoutingJson): void {
  const path = `${PATH}.trafficRouting`;
  const { istio, nginx, alb, plugins = {}, managedRoutes: _, maxTrafficWeight, ...others } = routing;
  if (!istio && !nginx && !alb && Object.keys(plugins).length === 0 && Object.keys(others).length === 0) {
    say(messages.routesNothing, path, 'has no router');
  }
  const exactlyOne = (router: string, one: string, several: string, config: any) => {
    const given = [config[one] ? one : '', config[several]?.length ? several : ''].filter(field => field !== '');
    if (given.length !== 1) {
      say(messages.oneReference, `${path}.${router}`, given.length === 0 ? `has neither ${one} nor ${several}` : `has both ${one} and ${several}`);
    }
  };
  if (istio) {
    exactlyOne('istio', 'virtualService', 'virtualServices', istio);
  }
  if (nginx) {
    exactlyOne('nginx', 'stableIngress', 'stableIngresses', nginx);
  }
  if (alb) {
    exactlyOne('alb', 'ingress', 'ingresses', alb);
  }
  gatewayRules(say, `${path}.plugins[${GATEWAY_API}]`, plugins[GATEWAY_API]);
  if (maxTrafficWeight !== undefined && !nginx && Object.keys(plugins).length === 0) {
    say(messages.maxWeightNotSupported, `${path}.maxTrafficWeight`, `is not supported by ${Object.keys(routing).filter(key => key !== 'maxTrafficWeight').join(', ')}`, maxTrafficWeight);
  }
  const missing = (['canaryService', 'stableService'] as const).filter(field => !canary[field]);
  const router = routerThatNeedsServices(canary, routing);
  if (router && missing.length > 0) {
    say(messages.servicesNeeded, missing.map(field => `${PATH}.${field}`).join(' and '), `must be given for ${router}`);
  }
}

function gatewayRules(say: Say, path: string, config: Record<string, unknown> | undefined): void {
  const kinds = (prefixes: string[]) => prefixes.flatMap(prefix => [`${prefix}Route`, `${prefix}Routes`, `${prefix}RouteSelector`]);
  const isGiven = (field: string) => Array.isArray(config?.[field]) ? (config[field] as unknown[]).length > 0 : Boolean(config?.[field]);
  if (config && !kinds(['http', 'grpc', 'tcp', 'tls']).some(isGiven)) {
    say(messages.routesNothing, path, 'has no route');
  }
  kinds(['tcp', 'tls']).filter(isGiven).forEach(field => say(messages.oldRoutes, `${path}.${field}`, 'is read as v1alpha2'));
}

/** validation.go, requireCanaryStableServices; the plug-in for the Gateway API needs them for the same reason. */
function routerThatNeedsServices({ pingPong }: CanaryJson, routing: TrafficRoutingJson): string | undefined {
  const always = (['smi', 'apisix', 'ambassador', 'nginx', 'appMesh', 'traefik'] as const).find(router => routing[router] !== undefined);
  if (always || pingPong) {
    return always;
  }
  if (routing.alb) {
    return 'alb without pingPong';
  }
  if (routing.istio && !routing.istio.destinationRule) {
    return 'istio without destinationRule';
  }
  return routing.plugins?.[GATEWAY_API] ? GATEWAY_API : undefined;
}

/** Without a router, pods are the weight. */
function unroutedRules(say: Say, { scaleDownDelaySeconds, dynamicStableScale }: CanaryJson): void {
  if (scaleDownDelaySeconds !== undefined) {
    say(messages.delayNeedsRouter, `${PATH}.scaleDownDelaySeconds`, 'needs trafficRouting', scaleDownDelaySeconds);
  }
  if (dynamicStableScale) {
    say(messages.dynamicNeedsRouter, `${PATH}.dynamicStableScale`, 'needs trafficRouting');
  }
}

function routedRules(say: Say, { replicas }: RolloutSpecJson, canary: CanaryJson, version: RolloutsVersion): void {
  const { dynamicStableScale, scaleDownDelaySeconds, abortScaleDownDelaySeconds, minPodsPerReplicaSet = 1, trafficRouting, pingPong } = canary;
  const isOld = isBefore(version, RolloutsVersion.V1_10);
  if (dynamicStableScale && scaleDownDelaySeconds !== undefined) {
    say(messages.dynamicWithDelay, `${PATH}.scaleDownDelaySeconds`, 'does not go with dynamicStableScale', scaleDownDelaySeconds);
  }
  if (dynamicStableScale && abortScaleDownDelaySeconds !== undefined && isOld) {
    say(messages.dynamicWithAbortDelay, `${PATH}.abortScaleDownDelaySeconds`, 'does not go with dynamicStableScale before 1.10', abortScaleDownDelaySeconds);
  }
  if (dynamicStableScale) {
    say(messages.noDrain, `${PATH}.dynamicStableScale`, 'leaves old pods no time to drain');
  }
  if (isOld && replicas !== undefined && replicas > 0 && minPodsPerReplicaSet > Math.max(replicas, 1)) {
    say(messages.tooManyMinPods, `${PATH}.minPodsPerReplicaSet`, `is more than replicas, ${replicas}`, minPodsPerReplicaSet);
  }
  if (minPodsPerReplicaSet < 2 && (replicas === undefined || replicas > 1)) {
    say(messages.singlePodVersions, `${PATH}.minPodsPerReplicaSet`, 'is less than 2', minPodsPerReplicaSet);
  }
  if (trafficRouting?.alb && !pingPong) {
    say(messages.albWithoutPingPong, `${PATH}.pingPong`, 'is missing');
  }
}
