/** How a text must be, in a condition of a route. */
export class StringMatch {
  /** It must be this text. */
  public static exact(value: string): StringMatch {
    return new StringMatch('exact', value);
  }

  /** It must begin with this text. */
  public static prefix(value: string): StringMatch {
    return new StringMatch('prefix', value);
  }

  /** It must end with this text; for headers of A/B testing only, and read by Contour and App Mesh. */
  public static suffix(value: string): StringMatch {
    return new StringMatch('suffix', value);
  }

  /** It must match this regular expression (RE2). */
  public static regex(value: string): StringMatch {
    return new StringMatch('regex', value);
  }

  private constructor(
    /** @internal */
    public readonly _how: 'exact' | 'prefix' | 'suffix' | 'regex',
    /** The text. */
    public readonly value: string,
  ) {}

  /** @internal */
  public _toJson(): Record<string, string> {
    return { [this._how]: this.value };
  }
}

/** Which requests take part in A/B testing. All conditions of one match hold together. */
export interface AnalysisMatch {
  /**
   * Conditions on headers by their names, in lower case. `cookie` is a header too.
   *
   * @default - none
   */
  readonly headers?: Record<string, StringMatch>;

  /**
   * Conditions on query parameters, read by Istio and the Gateway API.
   *
   * @default - none
   */
  readonly queryParams?: Record<string, StringMatch>;

  /**
   * Labels that the pod must have that asks, read by Istio.
   *
   * @default - any pod
   */
  readonly sourceLabels?: Record<string, string>;
}

/** Which requests a route serves: an `HTTPMatchRequest` of Istio. The Gateway API reads uri, method, headers and queryParams. */
export interface RequestMatch {
  /**
   * A name for it.
   *
   * @default - none
   */
  readonly name?: string;

  /**
   * The path.
   *
   * @default - any
   */
  readonly uri?: StringMatch;

  /**
   * Whether the case of the path does not count.
   *
   * @default false
   */
  readonly ignoreUriCase?: boolean;

  /**
   * The scheme.
   *
   * @default - any
   */
  readonly scheme?: StringMatch;

  /**
   * The HTTP method.
   *
   * @default - any
   */
  readonly method?: StringMatch;

  /**
   * The host.
   *
   * @default - any
   */
  readonly authority?: StringMatch;

  /**
   * Conditions on headers, by their names in lower case.
   *
   * @default - none
   */
  readonly headers?: Record<string, StringMatch>;

  /**
   * Headers that must not be so.
   *
   * @default - none
   */
  readonly withoutHeaders?: Record<string, StringMatch>;

  /**
   * Conditions on query parameters.
   *
   * @default - none
   */
  readonly queryParams?: Record<string, StringMatch>;

  /**
   * The port; with TCP the only condition that counts.
   *
   * @default - any
   */
  readonly port?: number;

  /**
   * The gateways at which it holds.
   *
   * @default - those of the service
   */
  readonly gateways?: string[];

  /**
   * Labels that the pod must have that asks.
   *
   * @default - any pod
   */
  readonly sourceLabels?: Record<string, string>;

  /**
   * The namespace of the pod that asks.
   *
   * @default - any
   */
  readonly sourceNamespace?: string;
}
