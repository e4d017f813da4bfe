/*
 * What providers that are services need to know (argo-rollouts pkg/apis/rollouts/v1alpha1/analysis_types.go).
 */

/** The API of Datadog. */
export enum DatadogApiVersion {
  /** Version 1. */
  V1 = 'v1',
  /** Version 2. */
  V2 = 'v2',
}

/** How Datadog makes one value of many. */
export enum DatadogAggregator {
  /** The average. */
  AVG = 'avg',
  /** The least. */
  MIN = 'min',
  /** The greatest. */
  MAX = 'max',
  /** The sum. */
  SUM = 'sum',
  /** The last. */
  LAST = 'last',
  /** A percentile. */
  PERCENTILE = 'percentile',
  /** The mean. */
  MEAN = 'mean',
  /** The Euclidean norm. */
  L2NORM = 'l2norm',
  /** The area under the curve. */
  AREA = 'area',
}

/** The Secret with the keys of Datadog. */
export interface SecretRef {
  /**
   * The name.
   *
   * @default "datadog"
   */
  readonly name?: string;

  /**
   * Whether it is in the namespace of the run, and not in that of the controller. Needs a name.
   *
   * @default false
   */
  readonly namespaced?: boolean;
}

/** A query of Datadog: either `query`, or `queries` with a `formula`. */
export interface DatadogMetric {
  /**
   * The query.
   *
   * @default - `queries`
   */
  readonly query?: string;

  /**
   * Queries by the names that the formula says. For version 2.
   *
   * @default - `query`
   */
  readonly queries?: Record<string, string>;

  /**
   * What is computed of the queries. For version 2.
   *
   * @default - the only query
   */
  readonly formula?: string;

  /**
   * The time that is looked at, for example `5m`.
   *
   * @default "5m"
   */
  readonly interval?: string;

  /**
   * The API.
   *
   * @default DatadogApiVersion.V1
   */
  readonly apiVersion?: DatadogApiVersion;

  /**
   * How one value is made of many. For version 2.
   *
   * @default - the last
   */
  readonly aggregator?: DatadogAggregator;

  /**
   * The Secret with the keys.
   *
   * @default - "datadog" in the namespace of the controller
   */
  readonly secretRef?: SecretRef;

  /**
   * How long a request may take, for example `30s`. Argo Rollouts 1.10 and later.
   *
   * @default "10s"
   */
  readonly requestTimeout?: string;
}

/** A query of New Relic. */
export interface NewRelicMetric {
  /** The query, in NRQL. */
  readonly query: string;

  /**
   * The Secret with the account, in the namespace of the controller.
   *
   * @default "newrelic"
   */
  readonly profile?: string;

  /**
   * Seconds until the query is given up.
   *
   * @default 5
   */
  readonly timeout?: number;
}

/** A label of a CloudWatch metric. */
export interface CloudWatchMetricStatMetricDimension {
  /** Its name. */
  readonly name: string;

  /** Its value. */
  readonly value: string;
}

/** A CloudWatch metric. */
export interface CloudWatchMetricStatMetric {
  /** Its name. */
  readonly metricName: string;

  /**
   * Its namespace.
   *
   * @default - none
   */
  readonly namespace?: string;

  /**
   * Its dimensions.
   *
   * @default - none
   */
  readonly dimensions?: CloudWatchMetricStatMetricDimension[];
}

/** A statistic of a CloudWatch metric. */
export interface CloudWatchMetricStat {
  /** The metric. */
  readonly metric: CloudWatchMetricStatMetric;

  /** Seconds that are taken together: a whole number, or text with an argument. */
  readonly period: any;

  /** The statistic, for example `Average`. */
  readonly stat: string;

  /**
   * The unit, for example `Count`.
   *
   * @default - any
   */
  readonly unit?: string;
}

/** A query of CloudWatch: either an `expression` or a `metricStat`. */
export interface CloudWatchMetricDataQuery {
  /** The name by which expressions say the query. */
  readonly id: string;

  /**
   * An expression of other queries.
   *
   * @default - `metricStat`
   */
  readonly expression?: string;

  /**
   * A statistic of a metric.
   *
   * @default - `expression`
   */
  readonly metricStat?: CloudWatchMetricStat;

  /**
   * What the query is called.
   *
   * @default - none
   */
  readonly label?: string;

  /**
   * Seconds that are taken together: a whole number, or text with an argument.
   *
   * @default - that of the metric
   */
  readonly period?: any;

  /**
   * Whether the query is part of the result.
   *
   * @default true
   */
  readonly returnData?: boolean;
}

/** Queries of Amazon CloudWatch. */
export interface CloudWatchMetric {
  /** The queries. */
  readonly metricDataQueries: CloudWatchMetricDataQuery[];

  /**
   * The time that is looked at, for example `30m`.
   *
   * @default "5m"
   */
  readonly interval?: string;
}

/** A query of Wavefront. */
export interface WavefrontMetric {
  /** The query. */
  readonly query: string;

  /**
   * The address of the server.
   *
   * @default - none
   */
  readonly address?: string;
}
