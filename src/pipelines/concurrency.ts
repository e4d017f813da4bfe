import { checkShape, textOrValue } from './check';
import type { ConcurrencyNode } from './graph';
import * as messages from './messages';
import { Context, Value } from './value';
import { flag } from '../core/shape';

/** Options of a group. */
export interface ConcurrencyOptions {
  /**
   * Whether a run for a pull request stops the one before it in the group.
   *
   * @default false
   */
  readonly cancelPullRequests?: boolean;
}

/** Which runs exclude each other, and what happens when one more comes. */
export class Concurrency {
  /**
   * One run at a time for each branch, tag or pull request; newer ones replace those that wait. A run for a pull request stops the one before it,
   * others are never stopped: a deployment and a merge queue run to their end.
   */
  public static perRef(): Concurrency {
    return new Concurrency(Context.REF, 'replacePending', { cancelPullRequests: true });
  }

  /**
   * All runs of the group run, one after the other.
   *
   * @param group text or values that are the same for runs that exclude each other. Throws FW1000 and FW1001
   * @param options what else. Throws FW1001 and FW1002
   */
  public static queue(group: string | Value, options: ConcurrencyOptions = {}): Concurrency {
    return new Concurrency(group, 'queue', options);
  }

  /**
   * One run at a time; the newest of those that wait comes next, the others are left out.
   *
   * @param group text or values that are the same for runs that exclude each other. Throws FW1000 and FW1001
   * @param options what else. Throws FW1001 and FW1002
   */
  public static replacePending(group: string | Value, options: ConcurrencyOptions = {}): Concurrency {
    return new Concurrency(group, 'replacePending', options);
  }

  /**
   * A new run stops the one that runs. Not for what deploys.
   *
   * @param group text or values that are the same for runs that exclude each other. Throws FW1000 and FW1001
   * @param options what else. Throws FW1001 and FW1002
   */
  public static cancelRunning(group: string | Value, options: ConcurrencyOptions = {}): Concurrency {
    return new Concurrency(group, 'cancelRunning', options);
  }

  /** @internal */
  public readonly _group: Value | string;
  /** @internal */
  public readonly _onNew: ConcurrencyNode['onNew'];
  /** @internal */
  public readonly _cancelPullRequests: boolean;

  private constructor(group: string | Value, onNew: ConcurrencyNode['onNew'], options: ConcurrencyOptions) {
    textOrValue({ path: '', kind: 'concurrency', field: 'group', messages }, group);
    if (group === '' || typeof group === 'string' && (/[\p{C}]/u.test(group) || group.length > 200)) {
      throw messages.emptyField.error('', { kind: 'concurrency', field: 'group' });
    }
    checkShape('', 'concurrency', options, { cancelPullRequests: flag });
    this._group = group;
    this._onNew = onNew;
    this._cancelPullRequests = options?.cancelPullRequests ?? false;
  }
}
