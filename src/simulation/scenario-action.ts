import type { Duration } from 'cdk8s';
import * as messages from './messages';
import { PodBehavior } from './pod-behavior';
import { toCount, toSeconds } from './values';

/** What is done to a Rollout from outside, in words the controller part understands. */
export type ActionKind =
  | { readonly kind: 'promote' | 'promote-full' | 'abort' | 'retry' | 'pause' | 'resume' | 'restart-controller' | 'rollback' }
  | { readonly kind: 'scale'; readonly replicas: number }
  | { readonly kind: 'deploy'; readonly pods?: PodBehavior };

/** A new revision in the middle. */
export interface NewRevisionOptions {
  /**
   * How its pods behave.
   *
   * @default PodBehavior.ready()
   */
  readonly pods?: PodBehavior;
}

/** Something that a person, an autoscaler or an operator does at a time. Times are from the start of the update. */
export class ScenarioAction {
  /**
   * A person promotes, as `kubectl argo rollouts promote` does: ends a pause, or skips the current step.
   *
   * @param at when. Throws FW810 for anything but a Duration, as all actions do
   */
  public static promote(at: Duration): ScenarioAction {
    return new ScenarioAction(at, { kind: 'promote' }, 'a person promotes');
  }

  /**
   * A person promotes fully (`--full`): skips all steps, pauses and analysis.
   *
   * @param at when
   */
  public static promoteFull(at: Duration): ScenarioAction {
    return new ScenarioAction(at, { kind: 'promote-full' }, 'a person promotes fully');
  }

  /**
   * A person aborts the update.
   *
   * @param at when
   */
  public static abort(at: Duration): ScenarioAction {
    return new ScenarioAction(at, { kind: 'abort' }, 'a person aborts');
  }

  /**
   * A person retries an aborted update, from its first step.
   *
   * @param at when
   */
  public static retry(at: Duration): ScenarioAction {
    return new ScenarioAction(at, { kind: 'retry' }, 'a person retries');
  }

  /**
   * A person pauses the Rollout (`spec.paused: true`).
   *
   * @param at when
   */
  public static pause(at: Duration): ScenarioAction {
    return new ScenarioAction(at, { kind: 'pause' }, 'a person pauses');
  }

  /**
   * A person takes `spec.paused` back. A pause of the controller is ended by `promote`.
   *
   * @param at when
   */
  public static resume(at: Duration): ScenarioAction {
    return new ScenarioAction(at, { kind: 'resume' }, 'a person resumes');
  }

  /**
   * An autoscaler or a person changes `spec.replicas`.
   *
   * @param at when
   * @param replicas the number of replicas. Throws FW810 for anything but a whole number
   */
  public static scale(at: Duration, replicas: number): ScenarioAction {
    return new ScenarioAction(at, { kind: 'scale', replicas: toCount(replicas, 'replicas') }, `replicas are set to ${replicas}`);
  }

  /**
   * Another new revision is applied.
   *
   * @param at when
   * @param options how its pods behave
   */
  public static deploy(at: Duration, options: NewRevisionOptions = {}): ScenarioAction {
    const pods = options?.pods;
    if (pods !== undefined && !(pods instanceof PodBehavior)) {
      throw messages.invalidScenario.error('pods', { value: pods, fault: 'is no behaviour of pods', remedy: 'Write for example PodBehavior.ready().' });
    }
    return new ScenarioAction(at, { kind: 'deploy', pods }, 'a new revision is applied');
  }

  /**
   * The revision before the current one is applied again.
   *
   * @param at when
   */
  public static rollback(at: Duration): ScenarioAction {
    return new ScenarioAction(at, { kind: 'rollback' }, 'the former revision is applied again');
  }

  /**
   * The controller starts again and looks at everything anew.
   *
   * @param at when
   */
  public static restartController(at: Duration): ScenarioAction {
    return new ScenarioAction(at, { kind: 'restart-controller' }, 'the controller is restarted');
  }

  /** @internal */
  public readonly _seconds: number;
  /** @internal */
  public readonly _what: ActionKind;
  /** @internal */
  public readonly _text: string;

  private constructor(at: Duration, what: ActionKind, text: string) {
    this._seconds = toSeconds(at === undefined ? null : at, 'actions.at', 0);
    this._what = what;
    this._text = text;
  }

  /** A few words: `a person promotes at 300 s`. */
  public toString(): string {
    return `${this._text} at ${this._seconds} s`;
  }
}
