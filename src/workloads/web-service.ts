import { Construct } from 'constructs';
import { Finding } from '../core/diagnostics/finding';
import { Environment } from '../environments';
import { ZERO_DOWNTIME } from './defaults';
import { WorkloadGraph } from './graph';
import * as messages from './messages';
import { ServicePlan } from './plan';
import { Probe } from './probe';
import { checkService } from './validation';
import { Workload } from './workload';
import { WebServiceProps } from './workload-props';
import { copied } from '../core/copied';

/**
 * A service that others call: HTTP, gRPC or plain TCP.
 *
 * In each environment it becomes a Deployment that loses no request when it is updated, a Service,
 * a ServiceAccount without rights, a NetworkPolicy for its callers and callees, a
 * PodDisruptionBudget, and where asked a HorizontalPodAutoscaler and an Ingress.
 */
export class WebService extends Workload {
  /** The port that the container listens on. */
  public readonly port: number;

  /** The port under which others reach the service. */
  public readonly servicePort: number;

  private readonly service: WebServiceProps;
  private readonly accepted: string[];

  /**
   * @param scope a construct in a `Platform`
   * @param id the name of the service: a DNS label, else FW105 is thrown
   * @param props the service. Throws FW401 without a readiness probe
   */
  public constructor(scope: Construct, id: string, props: WebServiceProps) {
    super(scope, id, props, props?.overrides ?? {});
    this.service = copied(props);
    this.port = props.port;
    this.servicePort = props.servicePort ?? props.port;
    this.accepted = [...props.callers ?? []];
  }

  /** The names of the workloads that may call this service, beyond those that depend on it. */
  public get callers(): string[] {
    return [...this.accepted];
  }

  /**
   * Lets a workload call this service.
   *
   * @param caller its name
   */
  public allowFrom(caller: string): void {
    if (typeof caller !== 'string') {
      throw messages.unknownWorkload.error(this, { what: 'The caller', workload: caller, known: [], fault: 'is no name' });
    }
    this.platform._refuseWhenLowered(this, `caller ${JSON.stringify(caller)}`);
    this.accepted.push(caller);
  }

  /** @internal */
  public _accepted(): string[] {
    return this.callers;
  }

  /** @internal */
  public _servicePort(): { name: string; port: number } {
    return { name: this.name, port: this.port };
  }

  /** @internal */
  public _hostIn(environment: Environment): string | undefined {
    return this.service.overrides?.[environment.name]?.host ?? this.service.host;
  }

  /** @internal */
  protected _service(environment: Environment): ServicePlan {
    const { readiness, liveness, startup, protocol, tlsSecret } = this.service;
    return {
      port: this.port,
      servicePort: this.servicePort,
      portName: protocol ?? readiness._protocol(),
      readiness,
      liveness: liveness ?? Probe.tcp(),
      startup,
      callers: WorkloadGraph.of(this.platform).callersOf(this)
        .filter(w => w.runsIn(environment))
        .map(w => ({ name: w.name, namespace: environment.namespaceOf(w.name) })),
      host: this._hostIn(environment),
      tlsSecret,
    };
  }

  /** @internal */
  protected _defaultPreStopWait(): number {
    return ZERO_DOWNTIME.preStopWaitSeconds;
  }

  /** @internal */
  protected _ownFindings(): Finding[] {
    const graph = WorkloadGraph.of(this.platform);
    const callers = this.accepted
      .filter(caller => !graph.tryFind(caller))
      .map(caller => messages.unknownWorkload.at(this, { what: 'The caller', workload: caller, known: graph.names }));
    const hosts = this.environments.flatMap(environment => {
      const host = this._hostIn(environment);
      return host !== undefined && !environment.ingress ? [messages.noIngress.at(this, { host, environment: environment.name })] : [];
    });
    return [...callers, ...hosts];
  }

  /** @internal */
  protected _check(where: string, props: Partial<WebServiceProps>): void {
    checkService(where, this.name, props);
  }
}
