import { Duration } from 'cdk8s';
import { seconds } from './numbers';
import type { PromotionPlan } from './plan';

/** Who says that a new version takes over. */
export class Promotion {
  /** Nobody has to: it takes over as soon as everything before has succeeded. */
  public static automatic(): Promotion {
    return new Promotion({ kind: 'automatic' });
  }

  /**
   * It takes over after a time, in which a person may still stop it.
   *
   * @param wait from one second to a week. Throws FW605 otherwise
   */
  public static after(wait: Duration): Promotion {
    return new Promotion({ kind: 'after', seconds: seconds('wait before the promotion', wait, 1) });
  }

  /** A person says so. */
  public static approval(): Promotion {
    return new Promotion({ kind: 'approval' });
  }

  /** @internal */
  public readonly _plan: PromotionPlan;

  private constructor(plan: PromotionPlan) {
    this._plan = plan;
  }
}
