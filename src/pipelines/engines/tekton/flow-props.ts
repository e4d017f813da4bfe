/** What happens when a step or a task fails. */
export enum OnError {
  /** Go on with the next one. */
  CONTINUE = 'continue',
  /** Stop, and fail. */
  STOP_AND_FAIL = 'stopAndFail',
}

/** How a condition compares. */
export enum WhenOperator {
  /** The input is one of the values. */
  IN = 'in',
  /** The input is none of the values. */
  NOT_IN = 'notin',
}

/** A condition: of a text, or with a feature flag of an expression. */
export interface WhenExpression {
  /**
   * What is compared: a text with references.
   *
   * @default - `cel` says all
   */
  readonly input?: string;

  /**
   * How it is compared.
   *
   * @default - `cel` says all
   */
  readonly operator?: WhenOperator;

  /**
   * What it is compared with. At least one.
   *
   * @default - `cel` says all
   */
  readonly values?: string[];

  /**
   * An expression in CEL. Needs the feature flag `enable-cel-in-whenexpression` (FW1234).
   *
   * @default - input, operator and values
   */
  readonly cel?: string;
}
