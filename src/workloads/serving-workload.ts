import { Construct } from 'constructs';
import { ZERO_DOWNTIME } from './defaults';
import { PodOverride, PodProps } from './pod-props';
import { ServingProps } from './service-props';
import { acceptedBy, unknownCallers } from './serving';
import { Workload } from './workload';
import { Finding } from '../core/diagnostics/finding';

/** A workload that others call. */
export abstract class ServingWorkload extends Workload {
  /** The port that the container listens on. */
  public readonly port: number;

  /** The port under which others reach the service. */
  public readonly servicePort: number;

  private readonly accepted: string[];

  /**
   * @param scope a construct in a `Platform`
   * @param id the name of the service: a DNS label, else FW105 is thrown
   * @param props what its pods are made of
   * @param serving what is called, and by whom
   * @param overrides what environments change
   */
  protected constructor(scope: Construct, id: string, props: PodProps, serving: ServingProps, overrides: Record<string, PodOverride>) {
    super(scope, id, props, overrides);
    this.port = serving.port;
    this.servicePort = serving.servicePort ?? serving.port;
    this.accepted = [...serving.callers ?? []];
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
    this.accepted.push(acceptedBy(this, this.platform, caller));
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
  public get _preStopWait(): number {
    return ZERO_DOWNTIME.preStopWaitSeconds;
  }

  /** @internal */
  protected _ownFindings(): Finding[] {
    return unknownCallers(this, this.platform, this.accepted);
  }
}
