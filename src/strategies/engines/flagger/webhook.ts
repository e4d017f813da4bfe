import type { ObjectReference } from './reference';

/** When a webhook is called, and what its answer means. */
export enum WebhookType {
  /** Before a release starts, at every interval until it answers 2xx: a gate. */
  CONFIRM_ROLLOUT = 'confirm-rollout',
  /** Before traffic is sent to the canary. A failure counts towards the threshold. */
  PRE_ROLLOUT = 'pre-rollout',
  /** At every interval of the analysis. A failure counts towards the threshold. */
  ROLLOUT = 'rollout',
  /** Before every rise of the weight, until it answers 2xx: a gate. Not in blue/green and A/B testing (FW667). */
  CONFIRM_TRAFFIC_INCREASE = 'confirm-traffic-increase',
  /** Before the promotion, until it answers 2xx: a gate. */
  CONFIRM_PROMOTION = 'confirm-promotion',
  /** After a promotion or a rollback. Its answer changes nothing. */
  POST_ROLLOUT = 'post-rollout',
  /** At every interval; when it answers 2xx, the release is rolled back. */
  ROLLBACK = 'rollback',
  /** For every event of the Canary. Its answer changes nothing. */
  EVENT = 'event',
}

/** A call to another service in the course of a release. */
export interface CanaryWebhook {
  /** The name of the webhook. */
  readonly name: string;

  /** When it is called. */
  readonly type: WebhookType;

  /** The URL to which Flagger posts: http or https, without credentials, else FW666 is thrown. */
  readonly url: string;

  /**
   * How long an answer may take: `30s`.
   *
   * @default 10s
   */
  readonly timeout?: string;

  /**
   * What is posted beside the name, the namespace and the phase of the Canary.
   *
   * @default - none
   */
  readonly metadata?: Record<string, string>;

  /**
   * How often a failed call is repeated at once.
   *
   * @default 0
   */
  readonly retries?: number;

  /**
   * For gates: no alert while it is closed.
   *
   * @default false
   */
  readonly muteAlert?: boolean;

  /**
   * Accept any certificate. Warned of by FW668.
   *
   * @default false
   */
  readonly disableTLS?: boolean;
}

/** Which messages go to an alert provider. */
export enum AlertSeverity {
  /** All. */
  INFO = 'info',
  /** Warnings and errors. */
  WARN = 'warn',
  /** Errors. */
  ERROR = 'error',
}

/** Whom a Canary tells of its course. */
export interface CanaryAlert {
  /** The name of the alert. */
  readonly name: string;

  /** The AlertProvider. */
  readonly providerRef: ObjectReference;

  /**
   * From which severity on. It is always written: without it Flagger sends nothing at all (pkg/controller/events.go, alert).
   *
   * @default AlertSeverity.INFO
   */
  readonly severity?: AlertSeverity;
}
