import type { Duration } from 'cdk8s';
import { toSeconds } from './values';

/** How pods that start behave, in numbers. */
export interface PodTiming {
  /** Seconds until a pod is ready; Infinity for never. */
  readonly startup: number;
  /** Seconds a pod stays ready before it fails; 0 for ever. */
  readonly up: number;
  /** Seconds until it is ready again. */
  readonly down: number;
  readonly text: string;
}

/** How long pods take to start. */
export interface ReadyPodOptions {
  /**
   * From the creation of a pod until it is ready.
   *
   * @default Duration.seconds(10)
   */
  readonly startup?: Duration;
}

/** When pods crash. */
export interface CrashLoopOptions {
  /**
   * How long a pod is ready before it crashes for the first time; then it stays in CrashLoopBackOff.
   *
   * @default - it is never ready
   */
  readonly readyFor?: Duration;

  /**
   * From the creation of a pod until it is ready, where `readyFor` is set.
   *
   * @default Duration.seconds(10)
   */
  readonly startup?: Duration;
}

/** How pods lose and regain readiness. */
export interface FlappingOptions {
  /**
   * From the creation of a pod until it is ready.
   *
   * @default Duration.seconds(10)
   */
  readonly startup?: Duration;

  /**
   * How long a pod is ready each time.
   *
   * @default Duration.minutes(1)
   */
  readonly up?: Duration;

  /**
   * How long it is not ready in between.
   *
   * @default Duration.seconds(20)
   */
  readonly down?: Duration;
}

/** How the pods of a revision start and run. A pod that is ready is available after `minReadySeconds`. */
export class PodBehavior {
  /**
   * Pods become ready and stay so.
   *
   * @param options how long they take. Throws FW810 for a negative time
   */
  public static ready(options: ReadyPodOptions = {}): PodBehavior {
    const startup = toSeconds(options?.startup, 'pods.startup', 10);
    return new PodBehavior({ startup, up: 0, down: 0, text: `ready after ${startup} s` });
  }

  /**
   * Pods crash, at once or after a while, and never come back.
   *
   * @param options how long they run before. Throws FW810 for a negative time
   */
  public static crashLoop(options: CrashLoopOptions = {}): PodBehavior {
    const startup = toSeconds(options?.startup, 'pods.startup', 10);
    const up = toSeconds(options?.readyFor, 'pods.readyFor', 0);
    return new PodBehavior(up > 0 ? { startup, up, down: Infinity, text: `crash after ${up} s` } : { startup: Infinity, up: 0, down: 0, text: 'crash at once' });
  }

  /** Pods run, and never become ready. */
  public static neverReady(): PodBehavior {
    return new PodBehavior({ startup: Infinity, up: 0, down: 0, text: 'never ready' });
  }

  /**
   * Pods become ready, lose readiness after a while, regain it, and so on, all in the same rhythm.
   *
   * @param options the rhythm. Throws FW810 for a time that is negative or, for `up` and `down`, not at least a second
   */
  public static flapping(options: FlappingOptions = {}): PodBehavior {
    const startup = toSeconds(options?.startup, 'pods.startup', 10);
    const up = toSeconds(options?.up, 'pods.up', 60, 1);
    const down = toSeconds(options?.down, 'pods.down', 20, 1);
    return new PodBehavior({ startup, up, down, text: `ready for ${up} s, then not for ${down} s` });
  }

  /** @internal */
  public readonly _timing: PodTiming;

  private constructor(timing: PodTiming) {
    this._timing = timing;
  }

  /** A few words: `ready after 10 s`. */
  public toString(): string {
    return this._timing.text;
  }
}
