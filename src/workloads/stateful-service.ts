import { Construct } from 'constructs';
import { Environment } from '../environments';
import { volumeName } from './mounts';
import type { ClaimPlan, ServicePlan, StatefulShape } from './plan';
import { servicePlan } from './serving';
import { ServingWorkload } from './serving-workload';
import { PodOrder, StatefulServiceOverride, StatefulServiceProps } from './stateful-service-props';
import { checkStateful } from './stateful-validation';
import { checkServing } from './validation';
import { copied } from '../core/copied';

/**
 * A service whose pods have numbers, names and volumes of their own: a database, a broker, a cache.
 *
 * In each environment it becomes a StatefulSet, a Service for its callers and one without address
 * (`<name>-pods`) that names each pod, a ServiceAccount without rights, a NetworkPolicy that also
 * lets its pods find each other, and a PodDisruptionBudget. Pods are replaced one after the other.
 */
export class StatefulService extends ServingWorkload {
  private readonly service: StatefulServiceProps;

  /**
   * @param scope a construct in a `Platform`
   * @param id the name of the service: a DNS label, else FW105 is thrown
   * @param props the service. Throws FW401 without a readiness probe, FW443 for storage that cannot be
   */
  public constructor(scope: Construct, id: string, props: StatefulServiceProps) {
    super(scope, id, props, props, props?.overrides ?? {});
    this.service = copied(props);
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
  protected _check(where: string, props: Partial<StatefulServiceProps>): void {
    checkServing(where, this.name, props);
    checkStateful(where, props);
  }
}
