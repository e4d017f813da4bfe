/** How kustomize-controller applies one object. */
export enum ApplyPolicy {
  /** As the repository says; what others changed is undone. The default. */
  OVERRIDE = 'Override',
  /** Fields that others added stay. */
  MERGE = 'Merge',
  /** Only when it is not there: what a controller changes later stays. */
  IF_NOT_PRESENT = 'IfNotPresent',
  /** Not at all. */
  IGNORE = 'Ignore',
}

/** Whether something is done for one object. */
export enum Switch {
  /** It is done. */
  ENABLED = 'Enabled',
  /** It is not done. */
  DISABLED = 'Disabled',
}

/**
 * Annotations by which one object is treated otherwise than the rest of its Kustomization
 * (kustomize-controller docs/spec/v1/kustomizations.md, Controlling the apply behavior of resources). Each function returns what
 * goes into `metadata.annotations` of the object.
 */
export class Annotations {
  /** How the object is applied: values of `ApplyPolicy`. */
  public static readonly SSA = 'kustomize.toolkit.fluxcd.io/ssa';

  /** Whether it is deleted when it leaves the repository: values of `Switch`, `Enabled` by default. */
  public static readonly PRUNE = 'kustomize.toolkit.fluxcd.io/prune';

  /** Whether it is made anew when an immutable field changes: values of `Switch`, `Disabled` by default. */
  public static readonly FORCE = 'kustomize.toolkit.fluxcd.io/force';

  /** Whether it is reconciled at all: `disabled` leaves it alone. */
  public static readonly RECONCILE = 'kustomize.toolkit.fluxcd.io/reconcile';

  /** Whether variables are replaced in it: `disabled` keeps `${…}` as it is. */
  public static readonly SUBSTITUTE = 'kustomize.toolkit.fluxcd.io/substitute';

  /** How the object is applied. */
  public static ssa(policy: ApplyPolicy): Record<string, string> {
    return { [Annotations.SSA]: policy };
  }

  /** Keeps the object in the cluster when it leaves the repository: for namespaces, claims and volumes. */
  public static keep(): Record<string, string> {
    return { [Annotations.PRUNE]: Switch.DISABLED };
  }

  /** Makes the object anew when an immutable field changes: for Jobs. A StatefulSet may lose data. */
  public static recreate(): Record<string, string> {
    return { [Annotations.FORCE]: Switch.ENABLED };
  }

  /** Leaves the object alone: it is neither applied nor corrected. */
  public static unreconciled(): Record<string, string> {
    return { [Annotations.RECONCILE]: 'disabled' };
  }

  /** Keeps `${…}` in the object as it is: for scripts in a ConfigMap. */
  public static literal(): Record<string, string> {
    return { [Annotations.SUBSTITUTE]: 'disabled' };
  }

  private constructor() {}
}
