import type { ApiObject } from 'cdk8s';
import type { OwnedFieldsProps } from '../../../core/owned-fields';

/** What the controller writes into the object of a router: the whole field, and where its weights alone stand. */
const WEIGHTS: Record<string, [pointer: string, weights?: string]> = {
  VirtualService: ['/spec/http', '.spec.http[].route[].weight'],
  DestinationRule: ['/spec/subsets'],
  HTTPRoute: ['/spec/rules', '.spec.rules[].backendRefs[].weight'],
  GRPCRoute: ['/spec/rules', '.spec.rules[].backendRefs[].weight'],
  TCPRoute: ['/spec/rules', '.spec.rules[].backendRefs[].weight'],
  TLSRoute: ['/spec/rules', '.spec.rules[].backendRefs[].weight'],
  TraefikService: ['/spec/weighted', '.spec.weighted.services[].weight'],
  ApisixRoute: ['/spec/http', '.spec.http[].backends[].weight'],
  VirtualRouter: ['/spec/routes'],
  VirtualNode: ['/spec/podSelector'],
};

/**
 * What the controller of a Rollout owns of the objects beside it: the selectors of its Services, and the weights of its
 * routes, by the names that its specification gives them.
 *
 * @param spec the specification as it is printed
 */
export function ownedBeside(spec: any): (object: ApiObject) => OwnedFieldsProps | undefined {
  const { canary = {}, blueGreen = {} } = spec?.strategy ?? {};
  const services = [
    canary.stableService, canary.canaryService, canary.pingPong?.pingService, canary.pingPong?.pongService,
    blueGreen.activeService, blueGreen.previewService,
  ];
  const routing = canary.trafficRouting ?? {};
  // Routes of its own that the controller adds for a while, beside those whose weights it changes.
  const addsRoutes = (routing.managedRoutes ?? []).length > 0;
  const named = namesIn(routing);
  const fields = (jsonPointers: string[], reason: string, jq?: string): OwnedFieldsProps => ({
    jsonPointers, ...(jq === undefined ? {} : { jqPathExpressions: [jq] }), owner: 'Argo Rollouts', reason,
  });
  return object => {
    if (object.kind === 'Service') {
      return services.includes(object.name) ? fields(['/spec/selector/rollouts-pod-template-hash'], 'it selects the pods of one revision') : undefined;
    }
    if (object.kind === 'Ingress' && routing.alb && named.has(object.name)) {
      const action = `/metadata/annotations/${routing.alb.annotationPrefix ?? 'alb.ingress.kubernetes.io'}~1actions.${routing.alb.rootService ?? canary.stableService}`;
      return fields([action], 'it splits the traffic by an action of the load balancer');
    }
    if (!Object.hasOwn(WEIGHTS, object.kind) || !named.has(object.name)) {
      return undefined;
    }
    const [pointer, weights] = WEIGHTS[object.kind];
    return addsRoutes ? fields([pointer], 'it splits the traffic, and adds routes for a while') : fields([pointer], 'it splits the traffic', weights);
  };
}

/** Every text in the configuration of a router: its routes are named among them, by whatever key. */
function namesIn(value: unknown, names = new Set<string>()): Set<string> {
  if (typeof value === 'string') {
    names.add(value);
  } else if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(each => namesIn(each, names));
  }
  return names;
}
