import { virtualServiceChecks } from './checks-istio';
import { backendsOf } from './checks-services';
import { CanaryJson, TrafficRoutingJson } from './json-types';
import * as messages from './messages';
import { Say } from './report';
import { destinationsOf } from './services';
import { Surroundings } from './surroundings';
import { dig, mapsOf } from './values';

const ROUTING = 'spec.strategy.canary.trafficRouting';

/** What the controller sets weights in, and cannot. */
export function routeChecks(say: Say, around: Surroundings): void {
  const { canary } = around.spec.strategy;
  if (!canary?.trafficRouting) {
    return;
  }
  ingressChecks(say, around, canary, canary.trafficRouting);
  virtualServiceChecks(say, around, canary);
  gatewayChecks(say, around, canary);
  ambassadorChecks(say, around, canary.trafficRouting);
  appMeshChecks(say, around, canary.trafficRouting);
}

function ingressChecks(say: Say, { rollout, tree }: Surroundings, { stableService }: CanaryJson, { nginx, alb }: TrafficRoutingJson): void {
  const check = (field: string, name: string | undefined, service: string | undefined) => {
    const ingress = name && tree.find(rollout, 'networking.k8s.io', 'Ingress', name);
    if (ingress && service && !backendsOf(ingress.json).includes(service)) {
      say(messages.ingressWithoutService, `${ROUTING}.${field}`, `has no rule with the Service ${JSON.stringify(service)}`, name);
    }
  };
  check('nginx.stableIngress', nginx?.stableIngress, stableService);
  nginx?.stableIngresses?.forEach((name, i) => check(`nginx.stableIngresses[${i}]`, name, stableService));
  check('alb.ingress', alb?.ingress, alb?.rootService ?? stableService);
  alb?.ingresses?.forEach((name, i) => check(`alb.ingresses[${i}]`, name, alb.rootService ?? stableService));
}

function gatewayChecks(say: Say, { rollout, tree, namespace }: Surroundings, canary: CanaryJson): void {
  const config = canary.trafficRouting?.plugins?.['argoproj-labs/gatewayAPI'];
  for (const [prefix, kind] of Object.entries({ http: 'HTTPRoute', grpc: 'GRPCRoute', tcp: 'TCPRoute', tls: 'TLSRoute' })) {
    const named = [[`${prefix}Route`, config?.[`${prefix}Route`]], ...mapsOf(config?.[`${prefix}Routes`]).map((route, i) => [`${prefix}Routes[${i}].name`, route.name])];
    for (const [field, name] of named.filter(([, each]) => each)) {
      const route = tree.find(rollout, 'gateway.networking.k8s.io', kind, name, config.namespace || namespace);
      const rules = mapsOf(dig(route?.json, 'spec', 'rules')).map(rule => mapsOf(dig(rule, 'backendRefs')).map(ref => ref.name));
      const wanted = destinationsOf(canary);
      if (route && !rules.some(backends => wanted.every(service => backends.includes(service)))) {
        say(messages.routeWithoutBackends, `${ROUTING}.plugins[argoproj-labs/gatewayAPI].${field}`, `has no rule with the backends ${wanted.map(w => JSON.stringify(w)).join(' and ')}`, name);
      }
    }
  }
}

function ambassadorChecks(say: Say, { rollout, tree }: Surroundings, { ambassador }: TrafficRoutingJson): void {
  ambassador?.mappings.forEach((name, i) => {
    const weight = dig(tree.find(rollout, 'getambassador.io', 'Mapping', name)?.json, 'spec', 'weight');
    if (weight) {
      say(messages.mappingWithWeight, `${ROUTING}.ambassador.mappings[${i}]`, `has the weight ${JSON.stringify(weight)}`, name);
    }
  });
}

function appMeshChecks(say: Say, { rollout, tree }: Surroundings, { appMesh }: TrafficRoutingJson): void {
  const name = appMesh?.virtualService.name;
  const service = name && tree.find(rollout, 'appmesh.k8s.aws', 'VirtualService', name);
  const routerName = service && dig(service.json, 'spec', 'provider', 'virtualRouter', 'virtualRouterRef', 'name');
  const router = routerName && tree.find(rollout, 'appmesh.k8s.aws', 'VirtualRouter', routerName);
  if (!router) {
    return;
  }
  const routes = mapsOf(dig(router.json, 'spec', 'routes'));
  const say1 = (fault: string) => say(messages.invalidVirtualRouter, `${ROUTING}.appMesh.virtualService.name`, fault, name);
  if (routes.length === 0) {
    say1(`has the VirtualRouter ${JSON.stringify(routerName)}, which has no routes`);
  }
  routes.forEach(route => {
    const rule = ['httpRoute', 'http2Route', 'grpcRoute', 'tcpRoute'].map(kind => dig(route, kind)).find(each => each !== undefined);
    const targets = mapsOf(dig(rule, 'action', 'weightedTargets')).length;
    if (targets !== 2) {
      say1(`has a VirtualRouter whose route ${JSON.stringify(route.name)} has ${targets} weighted targets`);
    }
  });
}
