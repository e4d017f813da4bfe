/** How a text must be: in exactly one of three ways. */
export class StringMatch {
  /**
   * The text itself. The only way that an AWS load balancer knows.
   *
   * @param exact the text
   */
  public static exact(exact: string): StringMatch {
    return new StringMatch({ exact });
  }

  /**
   * A text that begins so.
   *
   * @param prefix the beginning
   */
  public static prefix(prefix: string): StringMatch {
    return new StringMatch({ prefix });
  }

  /**
   * A text that a regular expression matches, in the syntax of the router.
   *
   * @param regex the expression
   */
  public static regex(regex: string): StringMatch {
    return new StringMatch({ regex });
  }

  private constructor(private readonly match: object) {}

  /** @internal */
  public _toJson(): any {
    return this.match;
  }
}
