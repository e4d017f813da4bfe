import * as messages from './messages';
import type { RouterPlan } from './plan';
import { copied } from '../core/copied';
import { isDnsSubdomain, isMap, unprintableKey } from '../core/metadata';

/** Options of the Istio router. */
export interface IstioRouterOptions {
  /**
   * The Gateways that the traffic comes through: `istio-ingress/public`.
   *
   * @default - inside the mesh alone, where the service has no host name
   */
  readonly gateways?: string[];

  /**
   * Further host names that the VirtualService serves.
   *
   * @default - the host names of the service, and the name of its Service
   */
  readonly hosts?: string[];
}

/** Options of the Traefik router. */
export interface TraefikRouterOptions {
  /**
   * The entry points that the route listens on.
   *
   * @default ['websecure']
   */
  readonly entryPoints?: string[];
}

/**
 * What splits traffic between the old and the new version. The resources of the router (routes,
 * Services, VirtualServices) are made with the workload.
 */
export class TrafficRouter {
  /** Nothing: the share of the new version is its share of the pods. */
  public static none(): TrafficRouter {
    return new TrafficRouter({ kind: 'none' });
  }

  /** The Gateway API: an HTTPRoute or GRPCRoute on the Gateway of the environment. */
  public static gatewayApi(): TrafficRouter {
    return new TrafficRouter({ kind: 'gateway-api' });
  }

  /**
   * Istio: a VirtualService.
   *
   * @param options Gateways and hosts. Throws FW615 for what is no name of one
   */
  public static istio(options: IstioRouterOptions = {}): TrafficRouter {
    const gateways = options?.gateways ?? [];
    const hosts = options?.hosts ?? [];
    checkList('Gateway of Istio', gateways, name => name === 'mesh' || name.split('/').length <= 2 && name.split('/').every(isDnsSubdomain));
    checkList('host of Istio', hosts, host => isDnsSubdomain(host.replace(/^\*\./, '')));
    return new TrafficRouter({ kind: 'istio', gateways: [...gateways], hosts: [...hosts] });
  }

  /** The ingress controller ingress-nginx, by the Ingress of the service. */
  public static nginx(): TrafficRouter {
    return new TrafficRouter({ kind: 'nginx' });
  }

  /** The AWS Load Balancer Controller, by the Ingress of the service. */
  public static alb(): TrafficRouter {
    return new TrafficRouter({ kind: 'alb' });
  }

  /**
   * Traefik: an IngressRoute with a weighted TraefikService.
   *
   * @param options entry points. Throws FW615 for what is no name of one
   */
  public static traefik(options: TraefikRouterOptions = {}): TrafficRouter {
    const entryPoints = options?.entryPoints ?? ['websecure'];
    checkList('entry point of Traefik', entryPoints, name => /^[\w-]+$/.test(name));
    return new TrafficRouter({ kind: 'traefik', entryPoints: [...entryPoints] });
  }

  /** Apache APISIX: an ApisixRoute. */
  public static apisix(): TrafficRouter {
    return new TrafficRouter({ kind: 'apisix' });
  }

  /**
   * A plug-in of the engine. Its own resources are yours to make; the Services of the old and the
   * new version are `<name>` and `<name>-canary`.
   *
   * @param name the name under which it is installed: `argoproj-labs/contour`. Throws FW615 for anything else
   * @param config what the plug-in is given
   */
  public static plugin(name: string, config: any = {}): TrafficRouter {
    if (typeof name !== 'string' || !/^[\w.-]+\/[\w.-]+$/.test(name)) {
      throw messages.invalidRouter.error('', { what: 'name of a plug-in', value: name, fault: 'is not of the shape owner/name' });
    }
    if (!isMap(config)) {
      throw messages.invalidRouter.error('', { what: 'configuration of a plug-in', value: config, fault: 'is no map' });
    }
    const key = unprintableKey(config);
    if (key !== undefined) {
      throw messages.invalidRouter.error('', { what: 'key of a configuration', value: key, fault: 'cannot be printed' });
    }
    return new TrafficRouter({ kind: 'plugin', plugin: name, config: copied(config) });
  }

  /** @internal */
  public readonly _plan: RouterPlan;

  private constructor(plan: RouterPlan) {
    this._plan = plan;
  }
}

function checkList(what: string, names: unknown, fits: (name: string) => boolean): void {
  if (!Array.isArray(names)) {
    throw messages.invalidRouter.error('', { what: `list of each ${what}`, value: names, fault: 'is no list' });
  }
  for (const name of names) {
    if (typeof name !== 'string' || !fits(name)) {
      throw messages.invalidRouter.error('', { what, value: name, fault: 'is no name of one' });
    }
  }
}
