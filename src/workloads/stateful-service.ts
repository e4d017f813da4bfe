import { Construct } from 'constructs';
import { Finding } from '../core/diagnostics/finding';
import { Environment } from '../environments';
import { ZERO_DOWNTIME } from './defaults';
import { volumeName } from './mounts';
import type { ClaimPlan, ServicePlan, StatefulShape } from './plan';
import { acceptedBy, servicePlan, unknownCallers } from './serving';
import { PodOrder, StatefulServiceOverride, StatefulServiceProps } from './stateful-service-props';
import { checkStateful } from './stateful-validation';
import { checkServing } from './validation';
import { Workload } from './workload';
import { copied } from '../core/copied';

/**
 * A service whose pods have numbers, names and volumes of their own: a database, a broker, a cache.
 *
 * In each environment it becomes a StatefulSet, a Service for its callers and one without address
 * (`<name>-pods`) that names each pod, a ServiceAccount without rights, a NetworkPolicy that also
 * lets its pods find each other, and a PodDisruptionBudget. Pods are replaced one after the other.
 */
export class StatefulService extends Workload {
  /** The port that the container listens on. */
  public readonly port: number;

  /** The port under which others reach the service. */
  public readonly servicePort: number;

  private readonly service: StatefulServiceProps;
  private readonly accepted: string[];

  /**
   * @param scope a construct in a `Platform`
   * @param id the name of the service: a DNS label, else FW105 is thrown
   * @param props the service. Throws FW401 without a readiness probe, FW443 for storage that cannot be
   */
  public constructor(scope: Construct, id: string, props: StatefulServiceProps) {
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
  public _shape(environment: Environment): StatefulShape {
    const { service } = this;
    const override = this._override(environment) as StatefulServiceOverride;
    return {
      kind: 'stateful',
      pods: override.pods ?? service.pods ?? 3,
      order: service.order ?? PodOrder.ORDERED,
      partition: override.partition ?? service.partition ?? 0,
      deleteStorageWhenScaled: service.deleteStorageWhenScaled === true,
      claims: Object.values(this._claims()),
    };
  }

  /** @internal */
  public get _preStopWait(): number {
    return ZERO_DOWNTIME.preStopWaitSeconds;
  }

  /** @internal */
  protected _service(environment: Environment): ServicePlan {
    return servicePlan(this, this.platform, environment, this.service, []);
  }

  /** @internal */
  protected _claims(): Record<string, ClaimPlan> {
    const storage = Object.entries(this.service.storage).sort(([a], [b]) => a < b ? -1 : 1);
    return Object.fromEntries(storage.map(([path, { size, storageClass, singlePod }]) => [path, {
      name: volumeName(path),
      size,
      storageClass,
      accessMode: singlePod === true ? 'ReadWriteOncePod' : 'ReadWriteOnce',
    }]));
  }

  /** @internal */
  protected _ownFindings(): Finding[] {
    return unknownCallers(this, this.platform, this.accepted);
  }

  /** @internal */
  protected _check(where: string, props: Partial<StatefulServiceProps>): void {
    checkServing(where, this.name, props);
    checkStateful(where, props);
  }
}
