import { GatewayApiTrafficRouting } from './gateway-api';
import {
  ALBTrafficRouting, AmbassadorTrafficRouting, ApisixTrafficRouting, AppMeshTrafficRouting,
  IstioTrafficRouting, NginxTrafficRouting, SMITrafficRouting, TraefikTrafficRouting,
} from './routers';

/** A route that the controller makes and removes in the course of the steps. */
export interface MangedRoutes {
  /** The name that steps say. */
  readonly name: string;
}

/** What does not depend on the router. */
export interface TrafficRoutingOptions {
  /**
   * The routes that steps make, the most important first.
   *
   * @default - none
   */
  readonly managedRoutes?: MangedRoutes[];

  /**
   * The weight that is all of the traffic. Only with NGINX and plug-ins.
   *
   * @default 100
   */
  readonly maxTrafficWeight?: number;
}

/** The name under which the plug-in for the Gateway API is known. */
const GATEWAY_API = 'argoproj-labs/gatewayAPI';

/** What divides the traffic between two versions. */
export class TrafficRouting {
  /**
   * Istio.
   *
   * @param istio the VirtualServices
   * @param options what does not depend on the router
   */
  public static istio(istio: IstioTrafficRouting, options: TrafficRoutingOptions = {}): TrafficRouting {
    return new TrafficRouting({ istio }, options);
  }

  /**
   * The Ingress controller of the NGINX community.
   *
   * @param nginx the Ingresses
   * @param options what does not depend on the router
   */
  public static nginx(nginx: NginxTrafficRouting, options: TrafficRoutingOptions = {}): TrafficRouting {
    return new TrafficRouting({ nginx }, options);
  }

  /**
   * The AWS Load Balancer Controller.
   *
   * @param alb the Ingresses
   * @param options what does not depend on the router
   */
  public static alb(alb: ALBTrafficRouting, options: TrafficRoutingOptions = {}): TrafficRouting {
    return new TrafficRouting({ alb }, options);
  }

  /**
   * Traefik Proxy. Up to Argo Rollouts 1.9 the controller must be told to use the API group of Traefik 3.
   *
   * @param traefik the TraefikService
   * @param options what does not depend on the router
   */
  public static traefik(traefik: TraefikTrafficRouting, options: TrafficRoutingOptions = {}): TrafficRouting {
    return new TrafficRouting({ traefik }, options);
  }

  /**
   * Apache APISIX.
   *
   * @param apisix the ApisixRoute
   * @param options what does not depend on the router
   */
  public static apisix(apisix: ApisixTrafficRouting, options: TrafficRoutingOptions = {}): TrafficRouting {
    return new TrafficRouting({ apisix }, options);
  }

  /**
   * Ambassador Edge Stack.
   *
   * @param ambassador the Mappings
   * @param options what does not depend on the router
   */
  public static ambassador(ambassador: AmbassadorTrafficRouting, options: TrafficRoutingOptions = {}): TrafficRouting {
    return new TrafficRouting({ ambassador }, options);
  }

  /**
   * Service Mesh Interface.
   *
   * @param smi the Service and the TrafficSplit
   * @param options what does not depend on the router
   */
  public static smi(smi: SMITrafficRouting = {}, options: TrafficRoutingOptions = {}): TrafficRouting {
    return new TrafficRouting({ smi }, options);
  }

  /**
   * AWS App Mesh.
   *
   * @param appMesh the VirtualService
   * @param options what does not depend on the router
   */
  public static appMesh(appMesh: AppMeshTrafficRouting, options: TrafficRoutingOptions = {}): TrafficRouting {
    return new TrafficRouting({ appMesh }, options);
  }

  /**
   * Plug-ins of the controller.
   *
   * @param plugins what each reads, by the names under which the controller knows them
   * @param options what does not depend on the router
   */
  public static plugins(plugins: Record<string, any>, options: TrafficRoutingOptions = {}): TrafficRouting {
    return new TrafficRouting({ plugins }, options);
  }

  /**
   * The Gateway API, through the plug-in `argoproj-labs/gatewayAPI`.
   *
   * @param gatewayApi the routes
   * @param options what does not depend on the router
   */
  public static gatewayApi(gatewayApi: GatewayApiTrafficRouting, options: TrafficRoutingOptions = {}): TrafficRouting {
    return new TrafficRouting({ plugins: { [GATEWAY_API]: gatewayApi } }, options);
  }

  private constructor(private readonly routers: Record<string, any>, private readonly options: TrafficRoutingOptions) {}

  /**
   * The same with another router beside it, which gets the same weights: two Ingress controllers in front of one service, for example.
   *
   * @param other the other router
   */
  public and(other: TrafficRouting): TrafficRouting {
    const plugins = { ...this.routers.plugins, ...other?.routers?.plugins };
    const routers = { ...this.routers, ...other?.routers, ...(Object.keys(plugins).length > 0 ? { plugins } : {}) };
    return new TrafficRouting(routers, { ...other?.options, ...this.options });
  }

  /** @internal */
  public _toJson(): any {
    return { ...this.routers, ...this.options };
  }
}
