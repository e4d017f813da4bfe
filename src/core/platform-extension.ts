import type { Platform } from './platform';

/** Something that a platform is given and that takes part in its lowering, such as a GitOps engine. */
export abstract class PlatformExtension {
  /**
   * The property of the platform that it is made for; any, when absent.
   *
   * @internal
   */
  public readonly _role?: string;

  /**
   * Called once, from the constructor of the platform.
   *
   * @internal
   */
  public abstract _attach(platform: Platform): void;
}
