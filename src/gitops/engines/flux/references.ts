/** Where an object is that is referred to. */
export interface ReferenceOptions {
  /**
   * The namespace of the object that is referred to.
   *
   * @default - that of the object that refers to it
   */
  readonly namespace?: string;
}

/** A reference to an object that fetches something. The constructs of sources have one of their own: `reference`. */
export class SourceReference {
  /** A GitRepository. */
  public static gitRepository(name: string, options?: ReferenceOptions): SourceReference {
    return new SourceReference('GitRepository', name, options?.namespace);
  }

  /** An OCIRepository. */
  public static ociRepository(name: string, options?: ReferenceOptions): SourceReference {
    return new SourceReference('OCIRepository', name, options?.namespace);
  }

  /** A Bucket. */
  public static bucket(name: string, options?: ReferenceOptions): SourceReference {
    return new SourceReference('Bucket', name, options?.namespace);
  }

  /** An ExternalArtifact. */
  public static externalArtifact(name: string, options?: ReferenceOptions): SourceReference {
    return new SourceReference('ExternalArtifact', name, options?.namespace);
  }

  /** A HelmRepository: only for charts. */
  public static helmRepository(name: string, options?: ReferenceOptions): SourceReference {
    return new SourceReference('HelmRepository', name, options?.namespace);
  }

  /** A HelmChart: only for a HelmRelease. */
  public static helmChart(name: string, options?: ReferenceOptions): SourceReference {
    return new SourceReference('HelmChart', name, options?.namespace);
  }

  private constructor(
    /** The kind of the object. */
    public readonly kind: string,
    /** The name of the object. */
    public readonly name: string,
    /** The namespace of the object; nothing when it is that of the object that refers to it. */
    public readonly namespace?: string,
  ) {}

  /** @internal */
  public get _isSource(): boolean {
    return true;
  }

  /** @internal */
  public _toJson() {
    return { kind: this.kind, name: this.name, namespace: this.namespace };
  }
}

/** How Flux gets at another cluster. */
export class KubeConfig {
  /**
   * A Secret with a kubeconfig.
   *
   * @param name the Secret, in the namespace of the object
   * @param key its key; `value`, then `value.yaml`, unless given
   */
  public static secret(name: string, key?: string): KubeConfig {
    return new KubeConfig('secretRef', { name, key });
  }

  /**
   * A ConfigMap that says how to get credentials by a workload identity, without a Secret.
   *
   * @param name the ConfigMap, in the namespace of the object
   */
  public static configMap(name: string): KubeConfig {
    return new KubeConfig('configMapRef', { name });
  }

  private constructor(
    /** @internal */
    public readonly _field: 'secretRef' | 'configMapRef',
    /** @internal */
    public readonly _reference: { readonly name: string; readonly key?: string },
  ) {}

  /** @internal */
  public _toJson() {
    return { [this._field]: this._reference };
  }
}

/** What a Kustomization or a HelmRelease waits for. */
export interface Dependency {
  /** The name: of a Kustomization for a Kustomization, of a HelmRelease for a HelmRelease. */
  readonly name: string;

  /**
   * Its namespace.
   *
   * @default - that of the object that depends on it
   */
  readonly namespace?: string;

  /**
   * A CEL expression over `dep` and `self` that says whether it is ready, instead of its condition Ready. Only its outside is checked (FW567).
   *
   * @default - the condition Ready
   */
  readonly readyExpr?: string;
}

/** Which objects a patch or a drift rule is for. All that is given must match. */
export interface Selector {
  /**
   * The group, as a regular expression.
   *
   * @default - any
   */
  readonly group?: string;

  /**
   * The version, as a regular expression.
   *
   * @default - any
   */
  readonly version?: string;

  /**
   * The kind, as a regular expression.
   *
   * @default - any
   */
  readonly kind?: string;

  /**
   * The name, as a regular expression.
   *
   * @default - any
   */
  readonly name?: string;

  /**
   * The namespace, as a regular expression.
   *
   * @default - any
   */
  readonly namespace?: string;

  /**
   * Labels: `app=web,tier!=cache`.
   *
   * @default - any
   */
  readonly labelSelector?: string;

  /**
   * Annotations, in the same form.
   *
   * @default - any
   */
  readonly annotationSelector?: string;
}

/** Fields that are left alone when something in the cluster changes them. */
export interface DriftIgnore {
  /** JSON pointers: `/spec/replicas`. FW565 for what is none. */
  readonly paths: string[];

  /**
   * The objects.
   *
   * @default - every object, which FW564 warns of
   */
  readonly target?: Selector;
}

/** A strategic merge patch or a JSON 6902 patch, in YAML or JSON. */
export interface KustomizePatch {
  /** The patch, as text. */
  readonly patch: string;

  /**
   * The objects that it is for. A JSON 6902 patch needs it.
   *
   * @default - the object that the patch names
   */
  readonly target?: Selector;
}

/** An image that is replaced wherever it occurs. */
export interface ImageOverride {
  /** The image as it stands in the manifests, without a tag. */
  readonly name: string;

  /**
   * Another name.
   *
   * @default - `name`
   */
  readonly newName?: string;

  /**
   * Another tag.
   *
   * @default - as it is
   */
  readonly newTag?: string;

  /**
   * A digest, `sha256:…`, which goes before the tag.
   *
   * @default - none
   */
  readonly digest?: string;
}

/** How the health of a custom resource is told, in CEL over the object. */
export interface HealthCheckExpression {
  /** The API version of the resource. */
  readonly apiVersion: string;

  /**
   * The kind of the resource.
   *
   * @default - every kind of the group
   */
  readonly kind?: string;

  /** When it is well. */
  readonly current: string;

  /**
   * When it is on its way.
   *
   * @default - when it is neither well nor failed
   */
  readonly inProgress?: string;

  /**
   * When it has failed.
   *
   * @default - never
   */
  readonly failed?: string;
}

/** Labels and annotations that every object gets. */
export interface CommonMetadata {
  /**
   * Labels.
   *
   * @default - none
   */
  readonly labels?: Record<string, string>;

  /**
   * Annotations.
   *
   * @default - none
   */
  readonly annotations?: Record<string, string>;
}

/** The namespaces with these labels. */
export interface NamespaceSelector {
  /**
   * Labels of the namespace.
   *
   * @default - every namespace
   */
  readonly matchLabels?: Record<string, string>;
}

/** Who may refer to an object from another namespace. */
export interface AccessFrom {
  /** Any of these namespaces. */
  readonly namespaceSelectors: NamespaceSelector[];
}
