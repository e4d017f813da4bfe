import { BlueGreenStrategyProps } from './blue-green';
import { CanaryStrategyProps } from './canary';

/** How a Rollout replaces one version by the next. */
export class Strategy {
  /**
   * A new version beside the old one, with more of the traffic step by step.
   *
   * @param canary the steps, and what divides the traffic
   */
  public static canary(canary: CanaryStrategyProps = {}): Strategy {
    return new Strategy({ canary });
  }

  /**
   * A whole new version beside the old one, and then all traffic at once.
   *
   * @param blueGreen the Services, and what decides
   */
  public static blueGreen(blueGreen: BlueGreenStrategyProps): Strategy {
    return new Strategy({ blueGreen });
  }

  private constructor(private readonly strategy: object) {}

  /** @internal */
  public _toJson(): any {
    return this.strategy;
  }
}
