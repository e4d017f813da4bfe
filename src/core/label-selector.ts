/** A condition on a label. */
export interface LabelSelectorRequirement {
  /** The key of the label. */
  readonly key: string;

  /** `In`, `NotIn`, `Exists` or `DoesNotExist`. */
  readonly operator: string;

  /**
   * The values of `In` and `NotIn`.
   *
   * @default - none, for `Exists` and `DoesNotExist`
   */
  readonly values?: string[];
}

/** Which objects are meant, by their labels: the LabelSelector of Kubernetes. */
export interface LabelSelector {
  /**
   * Labels with their values.
   *
   * @default - none
   */
  readonly matchLabels?: Record<string, string>;

  /**
   * Conditions that must all hold.
   *
   * @default - none
   */
  readonly matchExpressions?: LabelSelectorRequirement[];
}
