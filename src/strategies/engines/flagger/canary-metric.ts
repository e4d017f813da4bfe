import type { ObjectReference } from './reference';

/** The values that pass. One of the two at least is needed, else FW664 is thrown. */
export interface ThresholdRange {
  /**
   * The least value that passes.
   *
   * @default - no limit
   */
  readonly min?: number;

  /**
   * The greatest value that passes.
   *
   * @default - no limit
   */
  readonly max?: number;
}

/** How a built-in metric is judged. */
export interface BuiltInMetricProps {
  /** The values that pass: percent for the success rate, whole milliseconds for the duration. */
  readonly thresholdRange: ThresholdRange;

  /**
   * The window of the query: `1m`.
   *
   * @default 1m
   */
  readonly interval?: string;
}

/** A metric by a query of its own. */
export interface QueryMetricProps {
  /** The name of the metric. */
  readonly name: string;

  /** A PromQL query, as a Go template with the functions of a MetricTemplate. */
  readonly query: string;

  /** The values that pass, in the unit of the query. */
  readonly thresholdRange: ThresholdRange;

  /**
   * The window of the query: `1m`.
   *
   * @default 1m
   */
  readonly interval?: string;

  /**
   * Values of `{{ variables.x }}` in the query.
   *
   * @default - none
   */
  readonly templateVariables?: Record<string, string>;
}

/** A metric by a MetricTemplate. */
export interface TemplateMetricProps {
  /** The name of the metric. */
  readonly name: string;

  /** The MetricTemplate. */
  readonly templateRef: ObjectReference;

  /** The values that pass, in the unit of the query. */
  readonly thresholdRange: ThresholdRange;

  /**
   * The window of the query: `1m`. Templates of CloudWatch, Datadog, Dynatrace, New Relic and Splunk, and those that use `{{ interval }}`, need it (FW690).
   *
   * @default - none: unlike for the other metrics, nothing is filled in
   */
  readonly interval?: string;

  /**
   * Values of `{{ variables.x }}` in the query of the template.
   *
   * @default - none
   */
  readonly templateVariables?: Record<string, string>;
}

/** A metric by which a release is judged at every interval of the analysis. */
export class CanaryMetric {
  /** The built-in share of requests without a server error, in percent from 0 to 100. */
  public static requestSuccessRate(props: BuiltInMetricProps): CanaryMetric {
    return new CanaryMetric('built-in', { ...props, name: 'request-success-rate' });
  }

  /** The built-in 99th percentile of the duration of requests, in whole milliseconds. */
  public static requestDuration(props: BuiltInMetricProps): CanaryMetric {
    return new CanaryMetric('built-in', { ...props, name: 'request-duration' });
  }

  /** The result of a MetricTemplate. */
  public static template(props: TemplateMetricProps): CanaryMetric {
    return new CanaryMetric('template', { ...props });
  }

  /** The result of a query to the Prometheus of Flagger. Upstream prefers templates. */
  public static query(props: QueryMetricProps): CanaryMetric {
    return new CanaryMetric('query', { ...props });
  }

  private constructor(
    /** @internal */
    public readonly _source: 'built-in' | 'template' | 'query',
    /** @internal */
    public readonly _props: Record<string, any>,
  ) {}

  /** @internal */
  public _toJson(): Record<string, any> {
    return this._props;
  }
}
