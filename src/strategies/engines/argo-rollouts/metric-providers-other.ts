/*
 * What the other providers need to know (argo-rollouts pkg/apis/rollouts/v1alpha1/analysis_types.go).
 */

/** A query of Graphite. */
export interface GraphiteMetric {
  /** The query. */
  readonly query: string;

  /**
   * The URL of the server.
   *
   * @default - none
   */
  readonly address?: string;
}

/** A query of InfluxDB. */
export interface InfluxdbMetric {
  /** The query, in Flux. */
  readonly query: string;

  /**
   * The Secret with the account, in the namespace of the controller.
   *
   * @default "influxdb"
   */
  readonly profile?: string;
}

/** A query of Apache SkyWalking. */
export interface SkyWalkingMetric {
  /** The query, in GraphQL. */
  readonly query: string;

  /**
   * The URL of the server.
   *
   * @default - none
   */
  readonly address?: string;

  /**
   * The time that is looked at, for example `3m`.
   *
   * @default "5m"
   */
  readonly interval?: string;
}

/** The scores that Kayenta's verdict is measured by. */
export interface KayentaThreshold {
  /** The score from which the canary is good. */
  readonly pass: number;

  /** The score below which the canary is bad. */
  readonly marginal: number;
}

/** What Kayenta compares. */
export interface ScopeDetail {
  /** The scope. */
  readonly scope: string;

  /** The region. */
  readonly region: string;

  /** Seconds between two values. */
  readonly step: number;

  /**
   * Where it starts, in RFC 3339. Argo Rollouts 1.8 needs one.
   *
   * @default - by `lookback` and the interval
   */
  readonly start?: string;

  /**
   * Where it ends, in RFC 3339. Argo Rollouts 1.8 needs one.
   *
   * @default - by `lookback` and the interval
   */
  readonly end?: string;
}

/** A pair that Kayenta compares. */
export interface KayentaScope {
  /** The name of the pair. */
  readonly name: string;

  /** The old version. */
  readonly controlScope: ScopeDetail;

  /** The new version. */
  readonly experimentScope: ScopeDetail;
}

/** A canary analysis of Kayenta. */
export interface KayentaMetric {
  /** The URL of Kayenta. */
  readonly address: string;

  /** The application. */
  readonly application: string;

  /** The name of the canary configuration. */
  readonly canaryConfigName: string;

  /** The account of the metrics. */
  readonly metricsAccountName: string;

  /** The account of the configuration. */
  readonly configurationAccountName: string;

  /** The account of the storage. */
  readonly storageAccountName: string;

  /** What the verdict is measured by. */
  readonly threshold: KayentaThreshold;

  /** What is compared. */
  readonly scopes: KayentaScope[];

  /**
   * Whether each measurement looks at all of the time since the start. Argo Rollouts 1.9 and later.
   *
   * @default false
   */
  readonly lookback?: boolean;
}
