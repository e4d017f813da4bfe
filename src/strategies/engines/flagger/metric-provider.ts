/** The types of metric providers. */
type MetricProviderType =
  'prometheus' | 'influxdb' | 'datadog' | 'externalmetrics' | 'stackdriver' | 'cloudwatch' | 'newrelic' | 'graphite' | 'dynatrace' | 'keptn' | 'splunk';

/** A provider that is reached over the network, with credentials from a Secret. */
export interface SecretProviderProps {
  /**
   * The name of the Secret with the credentials, in the namespace of the template. Its keys: Datadog `datadog_api_key` and `datadog_application_key`;
   * New Relic `newrelic_account_id` and `newrelic_query_key`; Stackdriver `project` and `serviceAccountKey`.
   */
  readonly secretRef: string;

  /**
   * The address of the service.
   *
   * @default - the public one of the provider
   */
  readonly address?: string;
}

/** A provider with an address of its own. */
export interface AddressProviderProps {
  /** The address, as an http or https URL. */
  readonly address: string;

  /**
   * The name of the Secret with the credentials, in the namespace of the template: Graphite `username` and `password`, InfluxDB `token` and `org`.
   *
   * @default - none
   */
  readonly secretRef?: string;

  /**
   * Accept any certificate. Read by Prometheus and Graphite; warned of by FW668.
   *
   * @default false
   */
  readonly insecureSkipVerify?: boolean;
}

/** A Prometheus, or what speaks its protocol. */
export interface PrometheusProviderProps extends AddressProviderProps {
  /**
   * Headers of every request, each with its values. Flagger 1.41 or newer.
   *
   * @default - none
   */
  readonly headers?: Record<string, string[]>;
}

/** A provider that needs both. */
export interface AddressSecretProviderProps {
  /** The address of the service. */
  readonly address: string;

  /** The name of the Secret with the credentials, in the namespace of the template: Dynatrace `dynatrace_token`, Splunk `sf_token_key`. */
  readonly secretRef: string;
}

/** The External Metrics API of a cluster. */
export interface ExternalMetricsProviderProps {
  /**
   * The address of another API server.
   *
   * @default - the cluster that Flagger runs in
   */
  readonly address?: string;

  /**
   * The name of the Secret with the key `token`.
   *
   * @default - the service account of Flagger
   */
  readonly secretRef?: string;

  /**
   * Accept any certificate. Warned of by FW668.
   *
   * @default false
   */
  readonly insecureSkipVerify?: boolean;
}

/** What a MetricTemplate asks, and how it is reached. */
export class MetricProvider {
  /** Prometheus, Thanos, Mimir and others. A Secret has the key `token`, or `username` and `password`. */
  public static prometheus(props: PrometheusProviderProps): MetricProvider {
    return new MetricProvider('prometheus', props);
  }

  /** Datadog. */
  public static datadog(props: SecretProviderProps): MetricProvider {
    return new MetricProvider('datadog', props);
  }

  /**
   * Amazon CloudWatch, with the identity of Flagger's pods.
   *
   * @param region the region: `eu-central-1`
   */
  public static cloudWatch(region: string): MetricProvider {
    return new MetricProvider('cloudwatch', { region });
  }

  /** New Relic. */
  public static newRelic(props: SecretProviderProps): MetricProvider {
    return new MetricProvider('newrelic', props);
  }

  /** Graphite. */
  public static graphite(props: AddressProviderProps): MetricProvider {
    return new MetricProvider('graphite', props);
  }

  /** InfluxDB 2. */
  public static influxDb(props: AddressProviderProps): MetricProvider {
    return new MetricProvider('influxdb', props);
  }

  /**
   * Google Cloud Monitoring.
   *
   * @param secretRef the name of the Secret with `project`, and with `serviceAccountKey` where the pods of Flagger have no identity
   */
  public static stackdriver(secretRef: string): MetricProvider {
    return new MetricProvider('stackdriver', { secretRef });
  }

  /** Dynatrace. */
  public static dynatrace(props: AddressSecretProviderProps): MetricProvider {
    return new MetricProvider('dynatrace', props);
  }

  /** Splunk Observability. */
  public static splunk(props: AddressSecretProviderProps): MetricProvider {
    return new MetricProvider('splunk', props);
  }

  /** Keptn, in the cluster that Flagger runs in. */
  public static keptn(): MetricProvider {
    return new MetricProvider('keptn', {});
  }

  /** The External Metrics API of Kubernetes. Flagger 1.43 or newer. */
  public static externalMetrics(props?: ExternalMetricsProviderProps): MetricProvider {
    return new MetricProvider('externalmetrics', props ?? {});
  }

  private constructor(
    /** @internal */
    public readonly _type: MetricProviderType,
    /** @internal */
    public readonly _props: Record<string, any>,
  ) {}

  /** @internal */
  public _toJson(): Record<string, any> {
    const { secretRef, ...others } = this._props;
    return { type: this._type, ...others, ...(secretRef === undefined ? {} : { secretRef: { name: secretRef } }) };
  }
}
