/** Keeps the pods of a new version off the nodes of the old one, or asks for it. */
export class AntiAffinity {
  /** Pods of two versions never share a node. A cluster with too few nodes cannot carry out the rollout. */
  public static required(): AntiAffinity {
    return new AntiAffinity({ requiredDuringSchedulingIgnoredDuringExecution: {} });
  }

  /**
   * Pods of two versions share a node only if they must.
   *
   * @param weight how much it counts among other wishes, 1 to 100
   */
  public static preferred(weight: number): AntiAffinity {
    return new AntiAffinity({ preferredDuringSchedulingIgnoredDuringExecution: { weight } });
  }

  private constructor(private readonly rule: object) {}

  /** @internal */
  public _toJson(): any {
    return this.rule;
  }
}
