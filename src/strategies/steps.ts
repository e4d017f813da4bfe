import { Duration } from 'cdk8s';
import * as messages from './messages';
import { options, percent, seconds } from './numbers';
import { Step } from './step';

/** Steps of one size. */
export interface LinearStepsOptions {
  /** Percent that each step adds. */
  readonly increment: number;

  /** How long each share is kept. */
  readonly every: Duration;
}

/** Steps that grow. */
export interface ExponentialStepsOptions {
  /**
   * Percent of the first step.
   *
   * @default 1
   */
  readonly first?: number;

  /**
   * By how much each step is greater than the one before.
   *
   * @default 2
   */
  readonly factor?: number;

  /** How long each share is kept. */
  readonly every: Duration;
}

/** Sequences of canary steps that encode good practice. What they take in all says `RolloutStrategy.totalTime`. */
export class Steps {
  /**
   * Steps of one size: 20, 40, 60, 80 percent.
   *
   * @param props size and time. Throws FW604 for what is no percentage from 1 to 99
   */
  public static linear(props: LinearStepsOptions): Step[] {
    const { increment, every } = options('linear sequence of steps', props);
    percent('increment', increment, 1, 99);
    const weights = Array.from({ length: Math.ceil(100 / increment) - 1 }, (_, i) => (i + 1) * increment);
    return held(weights, every);
  }

  /**
   * Steps that grow: 1, 2, 4, 8, 16, 32, 64 percent. Few users see a bad version, and a good one is
   * out as fast as with large steps.
   *
   * @param props first share, factor and time. Throws FW604 and FW606 for what cannot grow
   */
  public static exponential(props: ExponentialStepsOptions): Step[] {
    const { first = 1, factor = 2, every } = options('exponential sequence of steps', props);
    percent('first weight', first, 1, 99);
    if (!(typeof factor === 'number' && factor > 1 && factor <= 100)) {
      throw messages.invalidStrategy.error('', { what: 'factor', value: factor, fault: 'does not lie above 1 and up to 100' });
    }
    const weights: number[] = [];
    for (let exact = first; exact < 100; exact *= factor) {
      const weight = Math.max(Math.round(exact), (weights.at(-1) ?? 0) + 1);
      if (weight < 100) {
        weights.push(weight);
      }
    }
    return held(weights, every);
  }

  /**
   * For what must not go wrong: 1 percent for ten minutes, 5 and 10 for ten, 25 and 50 for fifteen.
   * One hour in all, three quarters of it below a quarter of the traffic or at it.
   */
  public static cautious(): Step[] {
    return [
      ...held([1, 5, 10], Duration.minutes(10)),
      ...held([25, 50], Duration.minutes(15)),
    ];
  }

  private constructor() {}
}

function held(weights: number[], every: Duration): Step[] {
  seconds('time of each step', every, 1);
  return weights.flatMap(weight => [Step.weight(weight), Step.pause(every)]);
}
