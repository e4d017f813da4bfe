import type { LabelSelector } from '../../../core/label-selector';

/** Which Stages are meant. */
export class StageSelector {
  /**
   * One Stage.
   *
   * @param name its name
   */
  public static named(name: string): StageSelector {
    return new StageSelector('name', name);
  }

  /**
   * The Stages whose names fit a glob pattern: `prod-*`.
   *
   * @param pattern the pattern, without `glob:`
   */
  public static glob(pattern: string): StageSelector {
    return new StageSelector('glob', pattern);
  }

  /**
   * The Stages whose names fit a regular expression of Go: `^prod-(eu|us)$`.
   *
   * @param pattern the expression, without `regex:`
   */
  public static regex(pattern: string): StageSelector {
    return new StageSelector('regex', pattern);
  }

  /**
   * The Stages with some labels.
   *
   * @param selector the labels
   */
  public static labels(selector: LabelSelector): StageSelector {
    return new StageSelector('labels', selector);
  }

  private constructor(
    /** @internal */
    public readonly _by: 'name' | 'glob' | 'regex' | 'labels',
    /** @internal */
    public readonly _value: any,
  ) {}

  /** @internal */
  public _toJson() {
    switch (this._by) {
      case 'labels': return this._value;
      case 'name': return { name: this._value };
      default: return { name: `${this._by}:${this._value}` };
    }
  }
}

/**
 * How the promotions of some Stages are started.
 *
 * `autoRollback` is read by Kargo Enterprise only, and is refused (FW922).
 */
export interface PromotionPolicy {
  /** The Stages. */
  readonly stageSelector: StageSelector;

  /**
   * Promote new Freight without asking, as soon as it is available.
   *
   * @default false
   */
  readonly autoPromotionEnabled?: boolean;
}

/** A link on a page of Kargo. */
export interface DeepLink {
  /** What stands on it. */
  readonly title: string;

  /** Where it leads, as a Go template. */
  readonly url: string;

  /**
   * What it is for.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * When it is shown: an expr-lang expression without `${{ }}`.
   *
   * @default - always
   */
  readonly if?: string;
}
