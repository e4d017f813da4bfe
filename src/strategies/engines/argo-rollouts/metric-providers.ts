/*
 * What each provider needs to know (argo-rollouts pkg/apis/rollouts/v1alpha1/analysis_types.go).
 */

/** A header of an HTTP request. */
export interface WebMetricHeader {
  /** The name. */
  readonly key: string;

  /** The value. Secrets are given as arguments: `Bearer {{args.token}}`. */
  readonly value: string;
}

/** How requests are signed for AWS. */
export interface Sigv4Config {
  /**
   * The region.
   *
   * @default - that of the controller
   */
  readonly region?: string;

  /**
   * The profile of the credentials.
   *
   * @default - that of the controller
   */
  readonly profile?: string;

  /**
   * The role to assume.
   *
   * @default - that of the controller
   */
  readonly roleArn?: string;
}

/** How a token is fetched by OAuth 2. */
export interface OAuth2Config {
  /**
   * Where tokens are issued.
   *
   * @default - none
   */
  readonly tokenUrl?: string;

  /**
   * The client.
   *
   * @default - none
   */
  readonly clientId?: string;

  /**
   * The secret of the client, given as an argument: `{{args.client-secret}}`.
   *
   * @default - none
   */
  readonly clientSecret?: string;

  /**
   * The scopes.
   *
   * @default - none
   */
  readonly scopes?: string[];
}

/** A user and a password. */
export interface BasicAuthConfig {
  /**
   * The user.
   *
   * @default - none
   */
  readonly username?: string;

  /**
   * The password, given as an argument: `{{args.password}}`.
   *
   * @default - none
   */
  readonly password?: string;
}

/** How a request is authenticated. */
export interface Authentication {
  /**
   * With a user and a password. Argo Rollouts 1.10 and later.
   *
   * @default - without
   */
  readonly basicAuth?: BasicAuthConfig;

  /**
   * Signed for AWS.
   *
   * @default - not signed
   */
  readonly sigv4?: Sigv4Config;

  /**
   * With a token of OAuth 2.
   *
   * @default - without
   */
  readonly oauth2?: OAuth2Config;
}

/** The time of a range query, in the language `expr`: `now() - duration("5m")`. */
export interface PrometheusRangeQueryArgs {
  /**
   * Where it starts.
   *
   * @default - now
   */
  readonly start?: string;

  /**
   * Where it ends.
   *
   * @default - now
   */
  readonly end?: string;

  /**
   * The time between two values, for example `30s`.
   *
   * @default - 0
   */
  readonly step?: string;
}

/** A query of Prometheus. */
export interface PrometheusMetric {
  /** The query. */
  readonly query: string;

  /**
   * The URL of the server.
   *
   * @default - the variable PROMETHEUS_ADDRESS of the controller
   */
  readonly address?: string;

  /**
   * How the request is authenticated.
   *
   * @default - not
   */
  readonly authentication?: Authentication;

  /**
   * Seconds until the query is given up.
   *
   * @default 30
   */
  readonly timeout?: number;

  /**
   * Whether the certificate of the server is not checked.
   *
   * @default false
   */
  readonly insecure?: boolean;

  /**
   * Headers of the request.
   *
   * @default - none
   */
  readonly headers?: WebMetricHeader[];

  /**
   * Makes it a range query.
   *
   * @default - an instant query
   */
  readonly rangeQuery?: PrometheusRangeQueryArgs;
}

/** The method of a request. */
export enum WebMetricMethod {
  /** GET. */
  GET = 'GET',
  /** POST. */
  POST = 'POST',
  /** PUT. */
  PUT = 'PUT',
}

/** An HTTP request whose answer is JSON. */
export interface WebMetric {
  /** The URL. */
  readonly url: string;

  /**
   * The method.
   *
   * @default WebMetricMethod.GET
   */
  readonly method?: WebMetricMethod;

  /**
   * Headers of the request.
   *
   * @default - none
   */
  readonly headers?: WebMetricHeader[];

  /**
   * The body, as text. Not with GET, nor beside `jsonBody`.
   *
   * @default - none
   */
  readonly body?: string;

  /**
   * The body, as JSON. Not with GET, nor beside `body`.
   *
   * @default - none
   */
  readonly jsonBody?: any;

  /**
   * Seconds until the request is given up.
   *
   * @default 10
   */
  readonly timeoutSeconds?: number;

  /**
   * Which part of the answer is the result, as JSONPath.
   *
   * @default "{$}"
   */
  readonly jsonPath?: string;

  /**
   * Whether the certificate of the server is not checked.
   *
   * @default false
   */
  readonly insecure?: boolean;

  /**
   * How the request is authenticated.
   *
   * @default - not
   */
  readonly authentication?: Authentication;
}

/** A Job that succeeds or fails. */
export interface JobMetric {
  /** The JobSpec of Kubernetes. */
  readonly spec: any;

  /**
   * The ObjectMeta of the Job: labels and annotations.
   *
   * @default - none
   */
  readonly metadata?: any;
}
