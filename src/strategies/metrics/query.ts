import { cloudWatchQuery } from './cloudwatch';
import { datadogQuery } from './datadog';
import { graphiteQuery } from './graphite';
import { newRelicQuery } from './newrelic';
import { ownQuery } from './own-query';
import { substituted } from './placeholders';
import { prometheusQuery } from './prometheus/prometheus';
import { Refusal } from './refusal';
import type { Finding } from '../../core/diagnostics/finding';
import type { Environment, MetricsConnection } from '../../environments';
import * as messages from '../messages';
import type { MetricPlan, RouterPlan } from '../plan';

/** Where a metric is measured: the new version of one workload in one environment. */
export interface QueryContext {
  /** The construct path of the workload, for findings. */
  readonly path: string;
  readonly environment: Environment;
  readonly namespace: string;
  readonly workload: string;
  /** The Service of the new version. */
  readonly service?: string;
  /**
   * The names of the new version's pods as a regular expression of whole names. May contain the
   * engine's own placeholder: `checkout-{{args.new-version}}-.*`.
   */
  readonly pods: string;
  readonly portName?: string;
  readonly router: RouterPlan;
  /** The host names of the route. */
  readonly hosts: string[];
  /** The engine's own placeholder for the time to look back over; else it is written in seconds. */
  readonly interval?: string;
}

/** What a provider is asked, as plain data: never a condition, and without any placeholder that is not the engine's. */
export type ProviderQuery =
  | PrometheusQuery | DatadogQuery | CloudWatchQuery | NewRelicQuery | GraphiteQuery | InfluxDbQuery | PluginQuery | HttpQuery | JobQuery;

export interface PrometheusQuery {
  readonly kind: 'prometheus';
  /** PromQL that gives an instant vector of at most one element where it is built in. */
  readonly query: string;
  readonly address: string;
  readonly headers: Record<string, string>;
  readonly timeoutSeconds: number;
}

export interface DatadogQuery {
  readonly kind: 'datadog';
  /** The whole as one text, as version 1 of the API takes it. */
  readonly query: string;
  /** For version 2 of the API, where the text computes with several metrics: the metrics by name, and what is computed of them. */
  readonly formula?: { readonly queries: Record<string, string>; readonly formula: string };
  readonly lookBackSeconds: number;
  readonly address: string;
  readonly secret: string;
}

export interface CloudWatchQuery {
  readonly kind: 'cloudwatch';
  /** Queries of GetMetricData, of which exactly one is returned. */
  readonly queries: CloudWatchDataQuery[];
  readonly lookBackSeconds: number;
  readonly region: string;
}

/** A query of GetMetricData, in the spelling of Argo Rollouts. Flagger reads names whatever their case. */
export interface CloudWatchDataQuery {
  readonly id: string;
  readonly expression?: string;
  readonly label?: string;
  readonly metricStat?: {
    readonly metric: {
      readonly namespace?: string;
      readonly metricName: string;
      readonly dimensions?: { readonly name: string; readonly value: string }[];
    };
    readonly period: number;
    readonly stat: string;
    readonly unit?: string;
  };
  readonly period?: number;
  readonly returnData?: boolean;
}

export interface NewRelicQuery {
  readonly kind: 'newrelic';
  /** NRQL without SINCE, whose one number is called `result`. */
  readonly query: string;
  readonly lookBackSeconds: number;
  readonly secret: string;
  readonly region: string;
}

export interface GraphiteQuery {
  readonly kind: 'graphite';
  /** Parameters of the render API: `target=…&from=-60s`. */
  readonly query: string;
  readonly address: string;
}

export interface InfluxDbQuery {
  readonly kind: 'influxdb';
  /** Flux. */
  readonly query: string;
  readonly secret: string;
  readonly address?: string;
  readonly org?: string;
}

export interface PluginQuery {
  readonly kind: 'plugin';
  readonly plugin: string;
  readonly config: any;
  readonly query: string;
}

export interface HttpQuery {
  readonly kind: 'http';
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly jsonPath?: string;
  readonly timeoutSeconds: number;
}

export interface JobQuery {
  readonly kind: 'job';
  readonly image: string;
  readonly command?: string[];
  readonly args?: string[];
  readonly timeoutSeconds: number;
}

/** Whether something is a finding, and not what was asked for. */
export function isFinding(x: object): x is Finding {
  return 'severity' in x && 'remedy' in x;
}

/**
 * What is asked to measure a metric, or why nobody can be asked: FW610 without a provider, FW611
 * where the provider cannot answer. All placeholders of `Metric.query` are substituted; two opening
 * braces stand only where the context has put the engine's own placeholder, so that nothing is left
 * for an engine to escape.
 */
export function queryOf(metric: MetricPlan, context: QueryContext): ProviderQuery | Finding {
  const environment = context.environment.name;
  try {
    return asked(metric, context);
  } catch (e) {
    if (!(e instanceof Refusal)) {
      throw e;
    }
    return e.fault === undefined
      ? messages.noMetricsProvider.at(context.path, { metric: metric.name, environment })
      : messages.unansweredMetric.at(context.path, { metric: metric.name, environment, fault: e.fault, known: e.known });
  }
}

function asked(metric: MetricPlan, context: QueryContext): ProviderQuery {
  const { measure } = metric;
  if (metric.minimumTraffic !== undefined && !['success-rate', 'error-rate', 'latency'].includes(measure.kind)) {
    throw new Refusal('a minimum of traffic belongs to success rate, error rate and latency; write it into the query');
  }
  const plain = (text: string) => substituted(text, context, metric, 'plain');
  if (measure.kind === 'http') {
    const { url, headers, jsonPath, timeoutSeconds } = measure;
    const resolved = Object.fromEntries(Object.entries(headers).map(pair => pair.map(plain)));
    const read = jsonPath === undefined ? undefined : plain(jsonPath);
    return { kind: 'http', url: plain(url), headers: resolved, jsonPath: read, timeoutSeconds };
  }
  if (measure.kind === 'job') {
    const { image, command, args, timeoutSeconds } = measure;
    return { kind: 'job', image: plain(image), command: command?.map(plain), args: args?.map(plain), timeoutSeconds };
  }
  const connection = (metric.provider ?? context.environment.metrics)?._connection;
  if (!connection) {
    throw new Refusal();
  }
  return ofProvider(metric, context, connection);
}

function ofProvider(metric: MetricPlan, context: QueryContext, connection: MetricsConnection): ProviderQuery {
  switch (connection.kind) {
    case 'prometheus': return prometheusQuery(metric, context, connection);
    case 'datadog': return datadogQuery(metric, context, connection);
    case 'cloudwatch': return cloudWatchQuery(metric, context, connection);
    case 'graphite': return graphiteQuery(metric, context, connection);
    case 'newrelic': return newRelicQuery(metric, context, connection);
    case 'influxdb': {
      const { secret, address, org } = connection;
      return { kind: 'influxdb', query: ownQuery(metric, context, 'InfluxDB', 'the bucket is not known'), secret, address, org };
    }
    case 'plugin': {
      const { plugin, config } = connection;
      return { kind: 'plugin', plugin, config, query: ownQuery(metric, context, `the plug-in ${plugin}`, 'its language is not known') };
    }
  }
}
