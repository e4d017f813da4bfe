/** How many replicas the primary has at least and at most, other than the target. */
export interface ScalerReplicas {
  /**
   * The least number, from 1.
   *
   * @default - that of the autoscaler
   */
  readonly minReplicas?: number;

  /**
   * The greatest number, from 1.
   *
   * @default - that of the autoscaler
   */
  readonly maxReplicas?: number;
}

/** What Flagger changes in the copy of an autoscaler that it makes for the primary. */
export interface AutoscalerOptions {
  /**
   * Other numbers of replicas.
   *
   * @default - those of the autoscaler
   */
  readonly primaryScalerReplicas?: ScalerReplicas;

  /**
   * For a ScaledObject: queries by the names of its triggers.
   *
   * @default - the queries of the triggers, with the name of the target replaced by that of the primary
   */
  readonly primaryScalerQueries?: Record<string, string>;
}

/** What a Canary releases, in its own namespace. */
export class CanaryTarget {
  /** A Deployment. Its selector must have the label app, name or app.kubernetes.io/name (FW682). */
  public static deployment(name: string): CanaryTarget {
    return new CanaryTarget('apps/v1', 'Deployment', name);
  }

  /** A DaemonSet, with the same condition. */
  public static daemonSet(name: string): CanaryTarget {
    return new CanaryTarget('apps/v1', 'DaemonSet', name);
  }

  /** A Service: only its traffic is shifted, and nothing is scaled. */
  public static service(name: string): CanaryTarget {
    return new CanaryTarget('v1', 'Service', name);
  }

  /** A Knative Service, with `MeshProvider.KNATIVE`. Flagger 1.41 or newer. */
  public static knativeService(name: string): CanaryTarget {
    return new CanaryTarget('serving.knative.dev/v1', 'Service', name);
  }

  private constructor(
    /** The API version of the target. */
    public readonly apiVersion: string,
    /** The kind of the target. */
    public readonly kind: string,
    /** The name of the target. */
    public readonly name: string,
  ) {}

  /** @internal */
  public get _isKnative(): boolean {
    return this.apiVersion === 'serving.knative.dev/v1';
  }

  /** @internal */
  public _toJson() {
    return { apiVersion: this.apiVersion, kind: this.kind, name: this.name };
  }
}

/** The autoscaler of the target, in the namespace of the Canary. */
export class AutoscalerReference {
  /** A HorizontalPodAutoscaler. */
  public static horizontalPodAutoscaler(name: string, options?: AutoscalerOptions): AutoscalerReference {
    return new AutoscalerReference('autoscaling/v2', 'HorizontalPodAutoscaler', name, options ?? {});
  }

  /** A ScaledObject of KEDA. */
  public static scaledObject(name: string, options?: AutoscalerOptions): AutoscalerReference {
    return new AutoscalerReference('keda.sh/v1alpha1', 'ScaledObject', name, options ?? {});
  }

  private constructor(
    /** The API version of the autoscaler. */
    public readonly apiVersion: string,
    /** The kind of the autoscaler. */
    public readonly kind: string,
    /** The name of the autoscaler. */
    public readonly name: string,
    /** @internal */
    public readonly _options: AutoscalerOptions,
  ) {}

  /** @internal */
  public _toJson() {
    return { apiVersion: this.apiVersion, kind: this.kind, name: this.name, ...this._options };
  }
}

/** An object of Flagger, in this or another namespace. */
export interface ObjectReference {
  /** The name of the object. */
  readonly name: string;

  /**
   * Its namespace.
   *
   * @default - that of the Canary
   */
  readonly namespace?: string;
}
