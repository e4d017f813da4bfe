import type { CanaryMetric } from './canary-metric';
import type { AnalysisMatch } from './match';
import type { CanaryAlert, CanaryWebhook } from './webhook';

/** What every analysis has. */
export interface AnalysisProps {
  /** How often it is analysed: `1m`. At least ten seconds. */
  readonly interval: string;

  /**
   * After how many failed checks, in all, the release is rolled back. From 1.
   */
  readonly threshold: number;

  /**
   * The metrics that are judged at every interval.
   *
   * @default - none: a release is judged by its pods and webhooks
   */
  readonly metrics?: CanaryMetric[];

  /**
   * Calls to other services.
   *
   * @default - none
   */
  readonly webhooks?: CanaryWebhook[];

  /**
   * Who is told of the course.
   *
   * @default - the notifier of the controller
   */
  readonly alerts?: CanaryAlert[];

  /**
   * How many percent of the pods of the primary must be available for it to count as ready.
   *
   * @default 100
   */
  readonly primaryReadyThreshold?: number;

  /**
   * How many percent of the pods of the canary must be available for it to count as ready.
   *
   * @default 100
   */
  readonly canaryReadyThreshold?: number;
}

/** What a release has that shifts traffic. */
export interface ShiftingAnalysisProps extends AnalysisProps {
  /**
   * By how many percent the traffic goes back to the primary at every interval once it is promoted.
   *
   * @default - all at once
   */
  readonly stepWeightPromotion?: number;

  /**
   * Send copies of the requests to the canary first. Istio, and in blue/green the Gateway API.
   *
   * @default false
   */
  readonly mirror?: boolean;

  /**
   * How many percent of the requests are copied. Istio only.
   *
   * @default 100
   */
  readonly mirrorWeight?: number;

  /**
   * Keep a user with the version that answered first, by a cookie. Istio and the Gateway API.
   *
   * @default - every request is routed by weight
   */
  readonly sessionAffinity?: SessionAffinity;
}

/** A canary with steps of one size. */
export interface CanaryAnalysisProps extends ShiftingAnalysisProps {
  /** By how many percent the weight grows at every interval: 1 to 100. */
  readonly stepWeight: number;

  /**
   * The weight at which the release is promoted: 1 to 100. A multiple of stepWeight, else it is exceeded (FW657).
   *
   * @default 100
   */
  readonly maxWeight?: number;
}

/** A canary with steps of any size. */
export interface SteppedAnalysisProps extends ShiftingAnalysisProps {
  /** The weights, one after the other, in rising percents from 1 to 100. After the last one the release is promoted. */
  readonly stepWeights: number[];
}

/** Blue/green: the whole traffic at once, after a number of checks. */
export interface BlueGreenAnalysisProps extends ShiftingAnalysisProps {
  /** How many checks must pass before the traffic is switched. From 1. */
  readonly iterations: number;
}

/** A/B testing: certain requests go to the canary for a number of checks. */
export interface AbTestingAnalysisProps extends AnalysisProps {
  /** How many checks must pass before the promotion. From 1. */
  readonly iterations: number;

  /** The requests that go to the canary: those that fit one of the matches. */
  readonly match: AnalysisMatch[];
}

/** When a browser sends a cookie to another site. */
export enum SameSite {
  /** Never. */
  STRICT = 'Strict',
  /** With the navigation to the site. */
  LAX = 'Lax',
  /** Always; browsers demand `secure` then. */
  NONE = 'None',
}

/** A cookie that keeps users with a version. */
export interface SessionAffinity {
  /** The name of the cookie of the canary. */
  readonly cookieName: string;

  /**
   * The name of a cookie that keeps users with the primary, too, for one interval. Istio from Flagger 1.43, gatewayapi:v1 from 1.41.
   *
   * @default - none
   */
  readonly primaryCookieName?: string;

  /**
   * How many seconds the cookie of the canary is kept.
   *
   * @default 86400
   */
  readonly maxAge?: number;

  /**
   * The host to which it is sent. Flagger 1.42 or newer, as the next ones.
   *
   * @default - the host that set it
   */
  readonly domain?: string;

  /**
   * The path to which it is sent.
   *
   * @default - the path that set it
   */
  readonly path?: string;

  /**
   * Hide it from JavaScript.
   *
   * @default false
   */
  readonly httpOnly?: boolean;

  /**
   * Send it by https only.
   *
   * @default false
   */
  readonly secure?: boolean;

  /**
   * Keep it apart for every top-level site.
   *
   * @default false
   */
  readonly partitioned?: boolean;

  /**
   * When it is sent to another site.
   *
   * @default - as the browser does
   */
  readonly sameSite?: SameSite;
}

/** How a release proceeds and is judged. */
export class Analysis {
  /** The weight grows by one size at every interval, up to a maximum. */
  public static canary(props: CanaryAnalysisProps): Analysis {
    return new Analysis('canary', { ...props });
  }

  /** The weight takes the given values, one at every interval. */
  public static canarySteps(props: SteppedAnalysisProps): Analysis {
    return new Analysis('canary-steps', { ...props });
  }

  /** All traffic is switched after a number of checks. The only one for `MeshProvider.KUBERNETES`. */
  public static blueGreen(props: BlueGreenAnalysisProps): Analysis {
    return new Analysis('blue-green', { ...props });
  }

  /** Requests that fit a match go to the canary for a number of checks. */
  public static abTesting(props: AbTestingAnalysisProps): Analysis {
    return new Analysis('ab-testing', { ...props });
  }

  private constructor(
    /** @internal */
    public readonly _strategy: 'canary' | 'canary-steps' | 'blue-green' | 'ab-testing',
    /** @internal */
    public readonly _props: Record<string, any>,
  ) {}

  /** @internal */
  public _toJson(): Record<string, any> {
    const { alerts } = this._props;
    return { ...this._props, ...(alerts ? { alerts: alerts.map((alert: CanaryAlert) => ({ severity: 'info', ...alert })) } : {}) };
  }
}
