import * as messages from './messages';
import { copied } from '../core/copied';
import { isDnsSubdomain, isMap, unprintableKey } from '../core/metadata';

/** Who counts the requests that a workload serves: it decides what the series are called. */
export enum RequestMetrics {
  /** The HTTP and RPC server metrics of OpenTelemetry, in the names that Prometheus gives them. */
  OPENTELEMETRY = 'opentelemetry',
  /** The sidecars of Istio. A waypoint counts under its own name, not under that of the pod behind it. */
  ISTIO = 'istio',
  /** The proxies of Linkerd. */
  LINKERD = 'linkerd',
  /** The ingress controller ingress-nginx. */
  NGINX_INGRESS = 'nginx-ingress',
  /** Traefik. */
  TRAEFIK = 'traefik',
  /** Apache APISIX. */
  APISIX = 'apisix',
  /** Envoy Gateway. */
  ENVOY_GATEWAY = 'envoy-gateway',
  /** Contour. */
  CONTOUR = 'contour',
}

/** How a Prometheus, or what speaks its language, is reached. */
export interface PrometheusOptions {
  /** Its URL, as the controller in the cluster reaches it: `http://prometheus.monitoring:9090`. */
  readonly address: string;

  /**
   * Who counts requests.
   *
   * @default - the router of the strategy where it counts them, else RequestMetrics.OPENTELEMETRY
   */
  readonly requests?: RequestMetrics;

  /**
   * HTTP headers of every query, for example the tenant.
   *
   * @default - none
   */
  readonly headers?: Record<string, string>;

  /**
   * How long a query may take, in seconds.
   *
   * @default 30
   */
  readonly timeoutSeconds?: number;
}

/** How Datadog is reached. */
export interface DatadogOptions {
  /** The Secret with the address and the keys, as the engine names them, in the namespace of the workload. */
  readonly secret: string;

  /**
   * The site of the account, with its scheme. Argo Rollouts reads it from the Secret.
   *
   * @default 'https://api.datadoghq.com'
   */
  readonly address?: string;
}

/** How New Relic is reached. */
export interface NewRelicOptions {
  /** The Secret with the account and the key, as the engine names them: for Argo Rollouts in the namespace of the controller, for Flagger in that of the workload. */
  readonly secret: string;

  /**
   * The region of the account: `us` or `eu`.
   *
   * @default 'us'
   */
  readonly region?: string;
}

/** How InfluxDB is reached. */
export interface InfluxDbOptions {
  /** The Secret with the address, the organization and the token, as the engine names them: for Argo Rollouts in the namespace of the controller, for Flagger in that of the workload. */
  readonly secret: string;

  /**
   * Its URL, for engines that do not read it from the Secret.
   *
   * @default - in the Secret
   */
  readonly address?: string;

  /**
   * The organization, for engines that do not read it from the Secret.
   *
   * @default - in the Secret
   */
  readonly org?: string;
}

/**
 * A connection, as plain data.
 *
 * @internal
 */
export type MetricsConnection =
  | ({ readonly kind: 'prometheus' } & PrometheusOptions)
  | ({ readonly kind: 'datadog' } & DatadogOptions)
  | { readonly kind: 'cloudwatch'; readonly region: string }
  | ({ readonly kind: 'newrelic' } & NewRelicOptions)
  | { readonly kind: 'graphite'; readonly address: string }
  | ({ readonly kind: 'influxdb' } & InfluxDbOptions)
  | { readonly kind: 'plugin'; readonly plugin: string; readonly config: any };

/** Where the metrics of an environment are asked for: the connection, not what is asked. */
export class MetricsProvider {
  /**
   * Prometheus, or what speaks its language: Thanos, Mimir, VictoriaMetrics.
   *
   * @param options its address. Throws FW211 for what is no URL
   */
  public static prometheus(options: PrometheusOptions): MetricsProvider {
    checkUrl('address of Prometheus', options?.address);
    const { timeoutSeconds, requests, headers } = options;
    if (timeoutSeconds !== undefined && !(Number.isInteger(timeoutSeconds) && timeoutSeconds > 0)) {
      throw messages.invalidMetricsProvider.error('', { what: 'timeout', value: timeoutSeconds, fault: 'is no whole number of seconds from 1' });
    }
    if (requests !== undefined && !Object.values(RequestMetrics).includes(requests)) {
      throw messages.invalidMetricsProvider.error('', { what: 'source of request metrics', value: requests, fault: 'is unknown' });
    }
    if (headers !== undefined && !(isMap(headers) && Object.values(headers).every(value => typeof value === 'string'))) {
      throw messages.invalidMetricsProvider.error('', { what: 'map of headers', value: headers, fault: 'is no map of names to texts' });
    }
    return new MetricsProvider({ kind: 'prometheus', ...options });
  }

  /**
   * Datadog.
   *
   * @param options the Secret with its keys. Throws FW211 for what is no name of one
   */
  public static datadog(options: DatadogOptions): MetricsProvider {
    checkSecret('Datadog', options?.secret);
    checkOptionalUrl('address of Datadog', options.address);
    return new MetricsProvider({ kind: 'datadog', ...options });
  }

  /**
   * Amazon CloudWatch; the controller's own identity is what reads it, and for Argo Rollouts in the controller's own region.
   *
   * @param region the AWS region: `eu-west-1`. Throws FW211 for anything else
   */
  public static cloudWatch(region: string): MetricsProvider {
    if (typeof region !== 'string' || !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
      throw messages.invalidMetricsProvider.error('', { what: 'region of CloudWatch', value: region, fault: 'is no AWS region' });
    }
    return new MetricsProvider({ kind: 'cloudwatch', region });
  }

  /**
   * New Relic.
   *
   * @param options the Secret with its keys. Throws FW211 for what is no name of one
   */
  public static newRelic(options: NewRelicOptions): MetricsProvider {
    checkSecret('New Relic', options?.secret);
    if (options.region !== undefined && !['us', 'eu'].includes(options.region)) {
      throw messages.invalidMetricsProvider.error('', { what: 'region of New Relic', value: options.region, fault: 'is neither us nor eu' });
    }
    return new MetricsProvider({ kind: 'newrelic', ...options });
  }

  /**
   * Graphite.
   *
   * @param address its URL: `http://graphite.monitoring:9090`. Throws FW211 for anything else
   */
  public static graphite(address: string): MetricsProvider {
    checkUrl('address of Graphite', address);
    return new MetricsProvider({ kind: 'graphite', address });
  }

  /**
   * InfluxDB 2, asked in Flux.
   *
   * @param options the Secret with its keys. Throws FW211 for what is no name of one
   */
  public static influxDb(options: InfluxDbOptions): MetricsProvider {
    checkSecret('InfluxDB', options?.secret);
    checkOptionalUrl('address of InfluxDB', options.address);
    return new MetricsProvider({ kind: 'influxdb', ...options });
  }

  /**
   * A metric plug-in of the rollout engine. The query of each metric is given to it as `query`.
   *
   * @param name the name under which it is installed: `argoproj-labs/sample-prometheus`. Throws FW211 when it is empty
   * @param config what the plug-in is given with every metric
   */
  public static plugin(name: string, config: any = {}): MetricsProvider {
    if (typeof name !== 'string' || !/^[\w.-]+\/[\w.-]+$/.test(name)) {
      throw messages.invalidMetricsProvider.error('', { what: 'name of a plug-in', value: name, fault: 'is not of the shape owner/name' });
    }
    if (!isMap(config)) {
      throw messages.invalidMetricsProvider.error('', { what: 'configuration of a plug-in', value: config, fault: 'is no map' });
    }
    const key = unprintableKey(config);
    if (key !== undefined) {
      throw messages.invalidMetricsProvider.error('', { what: 'key of a configuration', value: key, fault: 'cannot be printed' });
    }
    return new MetricsProvider({ kind: 'plugin', plugin: name, config });
  }

  /** @internal */
  public readonly _connection: MetricsConnection;

  private constructor(connection: MetricsConnection) {
    this._connection = copied(connection);
  }
}

function checkSecret(whose: string, name: unknown): void {
  if (!isDnsSubdomain(name)) {
    throw messages.invalidMetricsProvider.error('', { what: `Secret of ${whose}`, value: name, fault: 'is no name of a Secret' });
  }
}

function checkOptionalUrl(what: string, url: unknown): void {
  if (url !== undefined) {
    checkUrl(what, url);
  }
}

function checkUrl(what: string, url: unknown): void {
  const parsed = typeof url === 'string' && URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !['http:', 'https:'].includes(parsed.protocol) || parsed.username || parsed.password || parsed.search || parsed.hash) {
    throw messages.invalidMetricsProvider.error('', { what, value: url, fault: 'is no http or https URL without user, query and fragment' });
  }
}
