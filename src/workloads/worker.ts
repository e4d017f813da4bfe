import { Construct } from 'constructs';
import { Environment } from '../environments';
import type { RolloutShape } from './plan';
import { rolloutShape } from './shapes';
import { validations } from './validations';
import { Workload } from './workload';
import { WorkerProps } from './workload-props';
import { copied } from '../core/copied';

/**
 * A process that nobody calls: a consumer of a queue, a load generator.
 *
 * As a `WebService`, without port, probes, Service and route.
 */
export class Worker extends Workload {
  private readonly worker: WorkerProps;

  /**
   * @param scope a construct in a `Platform`
   * @param id the name of the worker: a DNS label, else FW105 is thrown
   * @param props the worker
   */
  public constructor(scope: Construct, id: string, props: WorkerProps) {
    super(scope, id, props, props?.overrides ?? {});
    this.worker = copied(props);
  }

  /** @internal */
  public _servicePort(): undefined {
    return undefined;
  }

  /** @internal */
  public _shape(environment: Environment): RolloutShape {
    return rolloutShape(this.worker, this._override(environment));
  }

  /** @internal */
  protected _check(where: string, props: Partial<WorkerProps>): void {
    validations().checkRollout(where, props, props.overrides ?? {});
  }
}
