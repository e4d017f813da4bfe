import { Construct } from 'constructs';
import { ServicePlan } from './plan';
import { Workload } from './workload';
import { WorkerProps } from './workload-props';

/**
 * A process that nobody calls: a consumer of a queue, a load generator.
 *
 * As a `WebService`, without port, probes, Service and Ingress.
 */
export class Worker extends Workload {
  /**
   * @param scope a construct in a `Platform`
   * @param id the name of the worker: a DNS label, else FW105 is thrown
   * @param props the worker
   */
  public constructor(scope: Construct, id: string, props: WorkerProps) {
    super(scope, id, props, props?.overrides ?? {});
  }

  /** @internal */
  public _servicePort(): undefined {
    return undefined;
  }

  /** @internal */
  protected _service(): ServicePlan | undefined {
    return undefined;
  }

  /** @internal */
  protected _defaultPreStopWait(): number {
    return 0; // nobody sends it requests
  }
}
