import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { GateProps } from './gate';
import { CommitTarget } from './gates';
import { checkGate } from './gates-validation';
import { register } from './register';
import { WEB_REQUEST } from './web-request-validation';
import { plain } from '../../../core/shape';

/** Credentials of an OAuth2 client. */
export interface OAuth2Credentials {
  /** The name of the Secret with the keys `clientID` and `clientSecret`. */
  readonly secretRef: string;

  /** Where tokens are fetched: http or https. */
  readonly tokenURL: string;

  /**
   * The scopes that are asked for.
   *
   * @default - none
   */
  readonly scopes?: string[];
}

/** How a request says who it is from. */
export class HttpAuthentication {
  /**
   * By user and password.
   *
   * @param secretRef the name of the Secret with the keys `username` and `password`
   */
  public static basic(secretRef: string): HttpAuthentication {
    return new HttpAuthentication('basic', { secretRef });
  }

  /**
   * By a token.
   *
   * @param secretRef the name of the Secret with the key `token`
   */
  public static bearer(secretRef: string): HttpAuthentication {
    return new HttpAuthentication('bearer', { secretRef });
  }

  /** By the client credentials of OAuth2. */
  public static oauth2(credentials: OAuth2Credentials): HttpAuthentication {
    return new HttpAuthentication('oauth2', credentials);
  }

  /**
   * By a certificate.
   *
   * @param secretRef the name of the Secret with the keys `tls.crt` and `tls.key`
   */
  public static tls(secretRef: string): HttpAuthentication {
    return new HttpAuthentication('tls', { secretRef });
  }

  /** By the credentials of the provider of the repository. The URL must be of its host. */
  public static scm(): HttpAuthentication {
    return new HttpAuthentication('scm', {});
  }

  private constructor(
    /** @internal */
    public readonly _method: string,
    /** @internal */
    public readonly _options: any,
  ) {}

  /** @internal */
  public _toJson() {
    const { secretRef, ...rest } = this._options;
    return { [this._method]: { ...rest, secretRef: secretRef === undefined ? undefined : { name: secretRef } } };
  }
}

/** A request. Templates are those of Go, with Branch, Phase, PromotionStrategy and more (api/v1alpha1/webrequestcommitstatus_types.go). */
export interface HttpRequest {
  /** The URL, as a template. */
  readonly urlTemplate: string;

  /**
   * The method, as a template that comes to GET, POST, PUT, PATCH or DELETE. The deprecated `method` is not offered.
   *
   * @default GET
   */
  readonly methodTemplate?: string;

  /**
   * Headers, by their names, as templates.
   *
   * @default - none
   */
  readonly headerTemplates?: Record<string, string>;

  /**
   * The body, as a template.
   *
   * @default - none
   */
  readonly bodyTemplate?: string;

  /**
   * How long an answer may take, as Go writes it.
   *
   * @default 30s
   */
  readonly timeout?: string;

  /**
   * How the request says who it is from.
   *
   * @default - not at all
   */
  readonly authentication?: HttpAuthentication;
}

/** A condition, with what is remembered for the next time. */
export interface WebRequestCondition {
  /** An expr-lang expression that comes to true or false: `Response.StatusCode == 200`. */
  readonly expression: string;

  /**
   * An expr-lang expression that comes to a map, which is remembered.
   *
   * @default - nothing is remembered
   */
  readonly outputExpression?: string;

  /**
   * An expr-lang expression that comes to a map, which the others read as `Variables`.
   *
   * @default - none
   */
  readonly variablesExpression?: string;
}

/** What one request is about. */
export enum RequestContext {
  /** One environment: each has its own request. */
  ENVIRONMENTS = 'environments',
  /** The whole strategy: one request for all. */
  PROMOTION_STRATEGY = 'promotionstrategy',
}

/** When a request is made that waits for a trigger. */
export interface TriggerMode {
  /** When a request is made. Looked at before each. */
  readonly when: WebRequestCondition;

  /**
   * An expr-lang expression over the answer that comes to a map, which is remembered as `ResponseOutput`.
   *
   * @default - nothing is remembered
   */
  readonly responseOutputExpression?: string;

  /**
   * How often the trigger is looked at, as Go writes it.
   *
   * @default 1m
   */
  readonly requeueDuration?: string;

  /**
   * What one request is about.
   *
   * @default RequestContext.ENVIRONMENTS
   */
  readonly context?: RequestContext;
}

/** When requests are made. */
export class RequestMode {
  /**
   * Again and again, until it succeeds; on the active commit for ever.
   *
   * @param interval how often, as Go writes it; `1m` when it is not given
   * @param context what one request is about; an environment when it is not given
   */
  public static polling(interval?: string, context?: RequestContext): RequestMode {
    return new RequestMode('polling', { interval }, context);
  }

  /** When a trigger says so. A request may come more than once. */
  public static trigger(options: TriggerMode): RequestMode {
    const { context, ...trigger } = Object(options) as TriggerMode;
    return new RequestMode('trigger', trigger, context);
  }

  private constructor(
    /** @internal */
    public readonly _mode: 'polling' | 'trigger',
    /** @internal */
    public readonly _options: any,
    /** @internal */
    public readonly _context: any,
  ) {}

  /** @internal */
  public _toJson() {
    const { when, responseOutputExpression, interval, requeueDuration } = this._options;
    const polling = { interval: interval ?? '1m' };
    const trigger = this._mode === 'trigger' ? {
      requeueDuration: requeueDuration ?? '1m',
      when: conditionJson(when),
      response: responseOutputExpression === undefined ? undefined : { output: { expression: responseOutputExpression } },
    } : undefined;
    return { context: this._context ?? RequestContext.ENVIRONMENTS, [this._mode]: trigger ?? polling };
  }
}

/** Properties of a `WebRequestCommitStatus`. */
export interface WebRequestCommitStatusProps extends GateProps {
  /** What is asked. */
  readonly httpRequest: HttpRequest;

  /** When it is asked. */
  readonly mode: RequestMode;

  /** When the answer opens the gate. */
  readonly success: WebRequestCondition;

  /**
   * On which commit it reports. It is always written.
   *
   * @default CommitTarget.PROPOSED
   */
  readonly reportOn?: CommitTarget;

  /**
   * What stands at the commit status, as a template of Go.
   *
   * @default - nothing
   */
  readonly descriptionTemplate?: string;

  /**
   * The link of the commit status, as a template of Go.
   *
   * @default - none
   */
  readonly urlTemplate?: string;
}

/** A GitOps Promoter `WebRequestCommitStatus` (promoter.argoproj.io/v1alpha1), in any cdk8s chart: a gate that asks a server. */
export class WebRequestCommitStatus extends ApiObject {
  /** @internal */
  public readonly _gate: any;

  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the gate. Throws FW940 to FW943, FW946 and FW948. Checks over the tree give FW951, FW952, FW954 and FW955
   */
  public constructor(scope: Construct, id: string, props: WebRequestCommitStatusProps) {
    checkGate(`${scope.node.path}/${id}`, 'WebRequestCommitStatus', WEB_REQUEST, props ?? {});
    const { metadata, promotionStrategyRef, success, reportOn = CommitTarget.PROPOSED, httpRequest, ...rest } = props;
    super(scope, id, {
      apiVersion: 'promoter.argoproj.io/v1alpha1',
      kind: 'WebRequestCommitStatus',
      metadata: { ...metadata },
      spec: plain({
        ...rest,
        promotionStrategyRef: { name: promotionStrategyRef },
        reportOn,
        httpRequest: { methodTemplate: 'GET', ...plain(httpRequest) },
        success: { when: conditionJson(success) },
      }),
    });
    this._gate = { key: props.key, strategy: promotionStrategyRef, side: reportOn };
    register(this);
  }
}

function conditionJson({ expression, outputExpression, variablesExpression }: WebRequestCondition): any {
  const inner = (each: string | undefined) => each === undefined ? undefined : { expression: each };
  return { expression, output: inner(outputExpression), variables: inner(variablesExpression) };
}
