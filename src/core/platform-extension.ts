import type { Platform } from './platform';

/** Something that a platform is given and that takes part in its lowering, such as a GitOps engine. */
export abstract class PlatformExtension {
  /**
   * Called once, from the constructor of the platform.
   *
   * @internal
   */
  public abstract _attach(platform: Platform): void;
}
