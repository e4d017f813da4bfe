import { Construct, IConstruct } from 'constructs';

const LOCKED = Symbol.for('cdk8s-fairway.flux.MultiTenancy');

/** How Flux is installed for several teams. */
export class MultiTenancy {
  /**
   * Says that the controllers run with `--no-cross-namespace-refs=true`: below the scope, a reference to another namespace is FW571.
   *
   * @param scope a construct: an app, a chart, a platform
   */
  public static lockDown(scope: Construct): void {
    Object.defineProperty(scope, LOCKED, { value: true, configurable: true });
  }

  /**
   * Whether a construct is below a scope that is locked down.
   *
   * @internal
   */
  public static _isLockedDown(construct: IConstruct): boolean {
    return construct.node.scopes.some(scope => LOCKED in scope);
  }

  private constructor() {}
}
