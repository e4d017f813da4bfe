import type { CelOverlay, GitHubInterceptorOptions, GitLabInterceptorOptions, InterceptorParam, SecretKeyRef } from './trigger-props';
import { InterceptorKind } from './trigger-props';

/** What an event has to pass before it starts something. */
export class Interceptor {
  /**
   * Events of GitHub, signed by a secret.
   *
   * @param options the secret and the events. Throws FW1220 to FW1222 where it is used
   */
  public static github(options: GitHubInterceptorOptions): Interceptor {
    const { secretRef, eventTypes, addChangedFiles, personalAccessToken } = options ?? {};
    return new Interceptor('github', InterceptorKind.CLUSTER, [
      ...common(secretRef, eventTypes),
      ...(addChangedFiles === true ? [{ name: 'addChangedFiles', value: { enabled: true, ...personalAccessToken === undefined ? {} : { personalAccessToken } } }] : []),
    ]);
  }

  /**
   * Events of GitLab, with a token.
   *
   * @param options the token and the events. Throws FW1220 to FW1222 where it is used
   */
  public static gitlab(options: GitLabInterceptorOptions): Interceptor {
    return new Interceptor('gitlab', InterceptorKind.CLUSTER, common(options?.secretRef, options?.eventTypes));
  }

  /**
   * An expression in CEL over `body`, `header` and `extensions`.
   *
   * @param filter what must hold; empty, if everything passes
   * @param overlays values that are added to the event
   */
  public static cel(filter: string, overlays: CelOverlay[] = []): Interceptor {
    return new Interceptor('cel', InterceptorKind.CLUSTER, [
      ...(filter === '' ? [] : [{ name: 'filter', value: filter }]),
      ...(Array.isArray(overlays) && overlays.length === 0 ? [] : [{ name: 'overlays', value: overlays }]),
    ]);
  }

  /**
   * Any other one.
   *
   * @param name its name
   * @param params what it is told
   * @param kind where it stands
   */
  public static custom(name: string, params: InterceptorParam[] = [], kind: InterceptorKind = InterceptorKind.CLUSTER): Interceptor {
    return new Interceptor(name, kind, params);
  }

  /** @internal */
  public readonly _interceptor = true;

  private constructor(
    /** @internal */
    public readonly _name: string,
    /** @internal */
    public readonly _kind: InterceptorKind,
    /** @internal */
    public readonly _params: InterceptorParam[],
  ) {}

  /** @internal */
  public _toJson(): any {
    return { ref: { name: this._name, kind: this._kind }, ...this._params.length === 0 ? {} : { params: this._params } };
  }
}

function common(secretRef: SecretKeyRef, eventTypes: string[]): InterceptorParam[] {
  return [{ name: 'secretRef', value: secretRef }, { name: 'eventTypes', value: eventTypes }];
}
