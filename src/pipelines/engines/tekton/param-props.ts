/** The type of a param. */
export enum ParamType {
  /** A text. */
  STRING = 'string',
  /** A list of texts. */
  ARRAY = 'array',
  /** A map of texts; its keys are declared as `properties`. */
  OBJECT = 'object',
}

/** The type of one key of a param or result that is an object. */
export interface PropertySpec {
  /** Tekton knows `string` alone. */
  readonly type: ParamType;
}

/** A param that a Task or Pipeline takes. */
export interface ParamSpec {
  /** Letters, digits, `_`, `-` and `.`, beginning with a letter or `_`. No dots for an object. */
  readonly name: string;

  /**
   * What it is.
   *
   * @default ParamType.STRING, or what the default and the properties tell
   */
  readonly type?: ParamType;

  /**
   * For people.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * The keys of an object.
   *
   * @default - none
   */
  readonly properties?: { [key: string]: PropertySpec };

  /**
   * The value when none is given: a text, a list of texts, or a map of texts. Another type than `type` throws FW1233.
   *
   * @default - a value must be given
   */
  readonly default?: any;

  /**
   * The texts that are allowed. Needs the feature flag `enable-param-enum` (FW1234).
   *
   * @default - every text
   */
  readonly enum?: string[];
}

/** A value for a param. */
export interface Param {
  /** The name of the param. */
  readonly name: string;

  /** A text, a list of texts, or a map of texts. */
  readonly value: any;
}

/** A result that a Task or a step gives. */
export interface ResultSpec {
  /** Letters, digits, `_`, `-` and `.`; begins and ends with a letter or digit. The step writes to `$(results.<name>.path)`, or to `$(step.results.<name>.path)`. */
  readonly name: string;

  /**
   * What it is.
   *
   * @default ParamType.STRING
   */
  readonly type?: ParamType;

  /**
   * For people.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * The keys of an object.
   *
   * @default - none
   */
  readonly properties?: { [key: string]: PropertySpec };

  /**
   * Of a Task only: the result of a step that it takes, `$(steps.<step>.results.<result>)`.
   *
   * @default - what the steps write to the path of the result
   */
  readonly value?: string;
}
