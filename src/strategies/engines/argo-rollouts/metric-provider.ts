import { JobMetric, PrometheusMetric, WebMetric } from './metric-providers';
import { CloudWatchMetric, DatadogMetric, NewRelicMetric, WavefrontMetric } from './metric-providers-cloud';
import { GraphiteMetric, InfluxdbMetric, KayentaMetric, SkyWalkingMetric } from './metric-providers-other';

/** Where the value of a metric comes from: exactly one system. */
export class MetricProvider {
  /**
   * A query of Prometheus. The result is a list of numbers, empty if there is no data; of a range query a list of lists.
   *
   * @param prometheus the server and the query
   */
  public static prometheus(prometheus: PrometheusMetric): MetricProvider {
    return new MetricProvider({ prometheus });
  }

  /**
   * A query of Datadog.
   *
   * @param datadog the query
   */
  public static datadog(datadog: DatadogMetric): MetricProvider {
    return new MetricProvider({ datadog });
  }

  /**
   * A query of New Relic.
   *
   * @param newRelic the query
   */
  public static newRelic(newRelic: NewRelicMetric): MetricProvider {
    return new MetricProvider({ newRelic });
  }

  /**
   * An HTTP request whose answer is JSON.
   *
   * @param web the request
   */
  public static web(web: WebMetric): MetricProvider {
    return new MetricProvider({ web });
  }

  /**
   * A Job that succeeds or fails.
   *
   * @param job the Job
   */
  public static job(job: JobMetric): MetricProvider {
    return new MetricProvider({ job });
  }

  /**
   * Queries of Amazon CloudWatch.
   *
   * @param cloudWatch the queries
   */
  public static cloudWatch(cloudWatch: CloudWatchMetric): MetricProvider {
    return new MetricProvider({ cloudWatch });
  }

  /**
   * A query of Wavefront.
   *
   * @param wavefront the query
   */
  public static wavefront(wavefront: WavefrontMetric): MetricProvider {
    return new MetricProvider({ wavefront });
  }

  /**
   * A query of Graphite.
   *
   * @param graphite the query
   */
  public static graphite(graphite: GraphiteMetric): MetricProvider {
    return new MetricProvider({ graphite });
  }

  /**
   * A Flux query of InfluxDB.
   *
   * @param influxdb the query
   */
  public static influxdb(influxdb: InfluxdbMetric): MetricProvider {
    return new MetricProvider({ influxdb });
  }

  /**
   * A query of Apache SkyWalking.
   *
   * @param skywalking the query
   */
  public static skywalking(skywalking: SkyWalkingMetric): MetricProvider {
    return new MetricProvider({ skywalking });
  }

  /**
   * A canary analysis of Kayenta.
   *
   * @param kayenta the analysis
   */
  public static kayenta(kayenta: KayentaMetric): MetricProvider {
    return new MetricProvider({ kayenta });
  }

  /**
   * A plug-in of the controller.
   *
   * @param name the name under which the controller knows the plug-in: `argoproj-labs/sample-prometheus`
   * @param config what the plug-in reads
   */
  public static plugin(name: string, config: any): MetricProvider {
    return new MetricProvider({ plugin: { [name]: config } });
  }

  private constructor(private readonly provider: object) {}

  /** @internal */
  public _toJson(): any {
    return this.provider;
  }
}
