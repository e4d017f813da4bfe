import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { CanaryStrategyProps } from './canary';
import { TrafficRouting } from './traffic-routing';
import { apisixRoute, ingressRoute } from '../../objects/controller-routes';
import { ingress } from '../../objects/ingress';
import { route } from '../../objects/route';
import { service } from '../../objects/service';
import type { CanaryPlan } from '../../plan';
import type { RolloutTarget, ServiceTarget } from '../../target';

/** The Services of a canary with a router, its route, and what the Rollout must say of them. */
export function routing(chart: Construct, target: RolloutTarget, plan: CanaryPlan): CanaryStrategyProps {
  const { name, service: reached } = target;
  const { router } = plan;
  if (!reached) {
    return {};
  }
  if (router.kind === 'none') {
    new ApiObject(chart, 'service', service(target, reached, name));
    return {};
  }
  const managed = managedRoutes(plan);
  if (router.kind === 'alb') {
    return albRouting(chart, target, reached, managed);
  }
  const services = { stableService: name, canaryService: `${name}-canary` };
  new ApiObject(chart, 'service', service(target, reached, services.stableService));
  new ApiObject(chart, 'canary-service', service(target, reached, services.canaryService));
  const backends = [{ name: services.stableService, weight: 100 }, { name: services.canaryService, weight: 0 }];
  switch (router.kind) {
    case 'gateway-api': {
      new ApiObject(chart, 'route', route(target, reached, target.environment.gateway!,
        backends.map(backend => ({ service: backend.name, port: reached.port, weight: backend.weight }))));
      const kind = reached.portName === 'grpc' ? 'grpcRoutes' : 'httpRoutes';
      const routes = [{ name, ...(managed.length > 0 ? { useHeaderRoutes: true } : {}) }];
      return { ...services, trafficRouting: TrafficRouting.gatewayApi({ namespace: target.namespace, [kind]: routes }, withRoutes(managed)) };
    }
    case 'istio': {
      const hosts = [...new Set([name, ...reached.hosts, ...router.hosts])];
      const gateways = router.gateways.length > 0 ? [...new Set([...router.gateways, 'mesh'])] : [];
      new ApiObject(chart, 'virtual-service', {
        apiVersion: 'networking.istio.io/v1',
        kind: 'VirtualService',
        metadata: { name },
        spec: {
          hosts,
          ...(gateways.length > 0 ? { gateways } : {}),
          http: [{ name: 'primary', route: backends.map(backend => ({ destination: { host: backend.name, port: { number: reached.port } }, weight: backend.weight })) }],
        },
      });
      return { ...services, trafficRouting: TrafficRouting.istio({ virtualService: { name, routes: ['primary'] } }, withRoutes(managed)) };
    }
    case 'nginx': {
      new ApiObject(chart, 'ingress', ingress(target, reached, target.environment.ingress!));
      return { ...services, trafficRouting: TrafficRouting.nginx({ stableIngress: name }, withRoutes(managed)) };
    }
    case 'traefik': {
      new ApiObject(chart, 'traefik-service', {
        apiVersion: 'traefik.io/v1alpha1',
        kind: 'TraefikService',
        metadata: { name },
        spec: { weighted: { services: backends.map(backend => ({ name: backend.name, kind: 'Service', port: reached.port, weight: backend.weight })) } },
      });
      new ApiObject(chart, 'route', ingressRoute(target, reached, router.entryPoints));
      return { ...services, trafficRouting: TrafficRouting.traefik({ weightedTraefikServiceName: name }, withRoutes(managed)) };
    }
    case 'apisix': {
      new ApiObject(chart, 'route', apisixRoute(target, reached, backends));
      return { ...services, trafficRouting: TrafficRouting.apisix({ route: { name, rules: ['primary'] } }, withRoutes(managed)) };
    }
    case 'plugin':
      return { ...services, trafficRouting: TrafficRouting.plugins({ [router.plugin]: router.config }, withRoutes(managed)) };
  }
}

/**
 * An ALB cannot follow a Service whose selector changes without losing requests (argo-rollouts
 * docs/features/traffic-management/alb.md, ping-pong): stable and canary change names instead.
 */
function albRouting(chart: Construct, target: RolloutTarget, reached: ServiceTarget, managed: string[]): CanaryStrategyProps {
  const { name } = target;
  const pingPong = { pingService: `${name}-ping`, pongService: `${name}-pong` };
  new ApiObject(chart, 'service', service(target, reached, name));
  new ApiObject(chart, 'ping-service', service(target, reached, pingPong.pingService));
  new ApiObject(chart, 'pong-service', service(target, reached, pingPong.pongService));
  // The controller writes the action that this name of a port refers to (utils/ingress/ingress.go).
  new ApiObject(chart, 'ingress', ingress(target, { ...reached, portName: 'use-annotation' }, target.environment.ingress!));
  return { pingPong, trafficRouting: TrafficRouting.alb({ ingress: name, rootService: name, servicePort: reached.port }, withRoutes(managed)) };
}

/** The names of the routes that steps add and the controller takes away again. */
function managedRoutes({ steps }: CanaryPlan): string[] {
  return steps.flatMap(step => step.kind === 'header-route' || step.kind === 'mirror' ? [step.name] : []);
}

function withRoutes(names: string[]) {
  return names.length > 0 ? { managedRoutes: names.map(name => ({ name })) } : {};
}
