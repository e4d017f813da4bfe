import { Construct } from 'constructs';
import { Finding } from '../core/diagnostics/finding';
import { Environment } from '../environments';
import * as messages from './messages';
import type { RolloutShape, ServicePlan } from './plan';
import { PortProtocol } from './port-protocol';
import { WebServiceOverride, WebServiceProps } from './service-props';
import { servicePlan } from './serving';
import { ServingWorkload } from './serving-workload';
import { rolloutShape } from './shapes';
import { validations } from './validations';
import { copied } from '../core/copied';

/**
 * A service that others call: HTTP, gRPC or plain TCP.
 *
 * In each environment it becomes a Deployment that loses no request when it is updated, or what the
 * engine makes of its strategy; a Service, a ServiceAccount without rights, a NetworkPolicy for its
 * callers and callees, a PodDisruptionBudget, and where asked an autoscaler, a route of the Gateway
 * API or an Ingress, ConfigMaps and a monitor.
 */
export class WebService extends ServingWorkload {
  private readonly service: WebServiceProps;

  /**
   * @param scope a construct in a `Platform`
   * @param id the name of the service: a DNS label, else FW105 is thrown
   * @param props the service. Throws FW401 without a readiness probe
   */
  public constructor(scope: Construct, id: string, props: WebServiceProps) {
    super(scope, id, props, props, props?.overrides ?? {});
    this.service = copied(props);
  }

  /** @internal */
  public _hostsIn(environment: Environment): string[] {
    const override = this._override(environment) as WebServiceOverride;
    const host = override.host ?? this.service.host;
    return [...new Set([...(host === undefined ? [] : [host]), ...override.hosts ?? this.service.hosts ?? []])];
  }

  /** @internal */
  public _shape(environment: Environment): RolloutShape {
    return rolloutShape(this.service, this._override(environment));
  }

  /** @internal */
  protected _service(environment: Environment): ServicePlan {
    const { tlsSecret } = this._override(environment) as WebServiceOverride;
    return servicePlan(this, this.platform, environment, this.service, this._hostsIn(environment), tlsSecret ?? this.service.tlsSecret);
  }

  /** @internal */
  protected _ownFindings(): Finding[] {
    const hosts = this.environments.flatMap(environment => this._hostsIn(environment).flatMap(host => {
      const { gateway, ingress, name } = environment;
      if (!gateway && !ingress) {
        return [messages.noIngress.at(this, { host, environment: name })];
      }
      const isTcp = (this.service.protocol ?? this.service.readiness._protocol()) === PortProtocol.TCP;
      return gateway && isTcp ? [messages.unroutedProtocol.at(this, { host, environment: name })] : [];
    }));
    return [...super._ownFindings(), ...hosts, ...this.certificateFindings()];
  }

  private certificateFindings(): Finding[] {
    const served = this.environments.filter(environment => this._hostsIn(environment).length > 0);
    const secret = served.map(environment => this._service(environment).tlsSecret).find(each => each !== undefined);
    return secret !== undefined && served.every(environment => environment.gateway) ? [messages.idleCertificate.at(this, { secret })] : [];
  }

  /** @internal */
  protected _check(where: string, props: Partial<WebServiceProps>): void {
    validations().checkService(where, this.name, props);
    validations().checkRollout(where, props, props.overrides ?? {});
  }
}
