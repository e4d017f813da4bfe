import { StringMatch } from './string-match';

/** How long a canary waits. */
export interface RolloutPause {
  /**
   * Seconds as a number, or a duration such as `10m`, or a Duration of cdk8s.
   *
   * @default - until a person promotes
   */
  readonly duration?: any;
}

/** A header that a request must have. */
export interface HeaderRoutingMatch {
  /** The name of the header. */
  readonly headerName: string;

  /** Its value. With ALB only `StringMatch.exact`. */
  readonly headerValue: StringMatch;
}

/** Requests with a header go to the new version, whatever the weight. */
export interface SetHeaderRoute {
  /** The name of the route, one of `managedRoutes`. */
  readonly name: string;

  /**
   * The headers. A step without any removes the route.
   *
   * @default - the route is removed
   */
  readonly match?: HeaderRoutingMatch[];
}

/** Which requests are copied. All that is given must hold. */
export interface RouteMatch {
  /**
   * The method.
   *
   * @default - any
   */
  readonly method?: StringMatch;

  /**
   * The path.
   *
   * @default - any
   */
  readonly path?: StringMatch;

  /**
   * Headers by their names.
   *
   * @default - any
   */
  readonly headers?: Record<string, StringMatch>;
}

/** Requests are copied to the new version, whose answers are thrown away. */
export interface SetMirrorRoute {
  /** The name of the route, one of `managedRoutes`. */
  readonly name: string;

  /**
   * The requests; one match must hold. A step without any removes the route.
   *
   * @default - the route is removed
   */
  readonly match?: RouteMatch[];

  /**
   * The share of the requests that is copied, in percent.
   *
   * @default 100
   */
  readonly percentage?: number;
}

/** A step that a plug-in of the controller carries out. */
export interface PluginStep {
  /** The name under which the controller knows the plug-in: `argoproj-labs/step-exec`. */
  readonly name: string;

  /**
   * What the plug-in reads.
   *
   * @default - nothing
   */
  readonly config?: any;
}
