import type { ApiObjectMetadata } from 'cdk8s';
import type { CommonMetadata, Dependency, DriftIgnore, HealthCheckExpression, ImageOverride, KubeConfig, KustomizePatch, SourceReference } from './references';

/** What happens to the objects when the Kustomization is deleted. */
export enum DeletionPolicy {
  /** They are deleted if `prune` is true. The default. */
  MIRROR_PRUNE = 'MirrorPrune',
  /** They are deleted. */
  DELETE = 'Delete',
  /** They are deleted, and the Kustomization stays until they are gone. */
  WAIT_FOR_TERMINATION = 'WaitForTermination',
  /** They stay. */
  ORPHAN = 'Orphan',
}

/** What kustomize writes into the objects about itself. */
export enum BuildMetadata {
  /** The file that an object comes from. */
  ORIGIN_ANNOTATIONS = 'originAnnotations',
  /** The transformers that changed it. */
  TRANSFORMER_ANNOTATIONS = 'transformerAnnotations',
}

/** When variables are replaced. */
export enum SubstituteStrategy {
  /** When there are variables. */
  WITH_VARIABLES = 'WithVariables',
  /** Always, so that defaults in `${name:=default}` hold without variables, too. */
  ALWAYS = 'Always',
}

/** An object whose health is waited for. */
export interface HealthCheck {
  /**
   * The API version.
   *
   * @default - that of Flux for a HelmRelease
   */
  readonly apiVersion?: string;

  /** The kind. */
  readonly kind: string;

  /** The name. */
  readonly name: string;

  /**
   * The namespace.
   *
   * @default - that of the Kustomization
   */
  readonly namespace?: string;
}

/** Whether something that is named may be missing. */
export interface OptionalReference {
  /**
   * Whether it may be missing.
   *
   * @default false
   */
  readonly optional?: boolean;
}

/** A ConfigMap or a Secret whose keys are variables. */
export class SubstituteReference {
  /** A ConfigMap. */
  public static configMap(name: string, options?: OptionalReference): SubstituteReference {
    return new SubstituteReference('ConfigMap', name, options);
  }

  /** A Secret. */
  public static secret(name: string, options?: OptionalReference): SubstituteReference {
    return new SubstituteReference('Secret', name, options);
  }

  private constructor(
    /** The kind. */
    public readonly kind: string,
    /** The name. */
    public readonly name: string,
    /** @internal */
    public readonly _substitutes: OptionalReference | undefined,
  ) {}

  /** @internal */
  public get _isSubstitute(): boolean {
    return true;
  }

  /** @internal */
  public _toJson() {
    return { kind: this.kind, name: this.name, optional: this._substitutes?.optional };
  }
}

/** Variables, `${name}` or `${name:=default}`, that are replaced in what kustomize built. */
export interface PostBuild {
  /**
   * Variables and their values. Names are letters, digits and underscores. FW570 warns of what looks like a secret.
   *
   * @default - none
   */
  readonly substitute?: Record<string, string>;

  /**
   * ConfigMaps and Secrets with more of them; `substitute` goes before them, later ones before earlier ones.
   *
   * @default - none
   */
  readonly substituteFrom?: SubstituteReference[];

  /**
   * When variables are replaced.
   *
   * @default SubstituteStrategy.WITH_VARIABLES
   */
  readonly substituteStrategy?: SubstituteStrategy;
}

/** How secrets are decrypted that are encrypted with SOPS. Without a reference, the keys are those of the controller. */
export interface Decryption {
  /**
   * The Secret with keys.
   *
   * @default - none
   */
  readonly secretRef?: string;

  /**
   * The service account whose identity opens keys in a cloud.
   *
   * @default - that of the controller
   */
  readonly serviceAccountName?: string;
}

/** Properties of a `Kustomization`. The defaults are those that Flux recommends for production (docs/spec/v1/kustomizations.md, Recommended settings). */
export interface KustomizationProps {
  /**
   * Name, namespace, labels and annotations.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /** Where the manifests are: a GitRepository, an OCIRepository, a Bucket or an ExternalArtifact. */
  readonly sourceRef: SourceReference;

  /**
   * The directory in the source. FW551 for one that leaves it.
   *
   * @default - the root
   */
  readonly path?: string;

  /**
   * How often drift is looked for. Changes of the source arrive at once. FW554 warns below 60s.
   *
   * @default 60m
   */
  readonly interval?: string;

  /**
   * When a failure is tried again.
   *
   * @default 2m
   */
  readonly retryInterval?: string;

  /**
   * How long it may take to apply and to become healthy. FW554 warns below 30s.
   *
   * @default 3m
   */
  readonly timeout?: string;

  /**
   * Whether objects that leave the source are deleted.
   *
   * @default true
   */
  readonly prune?: boolean;

  /**
   * What happens to the objects when the Kustomization is deleted.
   *
   * @default DeletionPolicy.MIRROR_PRUNE
   */
  readonly deletionPolicy?: DeletionPolicy;

  /**
   * Kustomizations that must be ready before.
   *
   * @default - none
   */
  readonly dependsOn?: Dependency[];

  /**
   * Whether all objects must become healthy. With it, `healthChecks` are ignored (FW563).
   *
   * @default - true without `healthChecks`, else false
   */
  readonly wait?: boolean;

  /**
   * The objects that must become healthy.
   *
   * @default - all, by `wait`
   */
  readonly healthChecks?: HealthCheck[];

  /**
   * How the health of custom resources is told. Without `wait` and `healthChecks` nobody reads it (FW563).
   *
   * @default - by their status conditions
   */
  readonly healthCheckExprs?: HealthCheckExpression[];

  /**
   * Fields that are left alone. Flux 2.9 or newer.
   *
   * @default - none
   */
  readonly ignore?: DriftIgnore[];

  /**
   * Whether objects are made anew when an immutable field changes. FW577 warns of it.
   *
   * @default false
   */
  readonly force?: boolean;

  /**
   * The namespace of all objects. It must exist.
   *
   * @default - as the manifests say
   */
  readonly targetNamespace?: string;

  /**
   * What all names begin with.
   *
   * @default - nothing
   */
  readonly namePrefix?: string;

  /**
   * What all names end with.
   *
   * @default - nothing
   */
  readonly nameSuffix?: string;

  /**
   * Patches.
   *
   * @default - none
   */
  readonly patches?: KustomizePatch[];

  /**
   * Images that are replaced.
   *
   * @default - none
   */
  readonly images?: ImageOverride[];

  /**
   * Directories of kustomize components, from `path`. `../` is allowed here.
   *
   * @default - none
   */
  readonly components?: string[];

  /**
   * Whether components may be missing.
   *
   * @default false
   */
  readonly ignoreMissingComponents?: boolean;

  /**
   * What kustomize writes into the objects about itself.
   *
   * @default - nothing
   */
  readonly buildMetadata?: BuildMetadata[];

  /**
   * Variables that are replaced.
   *
   * @default - none
   */
  readonly postBuild?: PostBuild;

  /**
   * How secrets are decrypted.
   *
   * @default - they are not
   */
  readonly decryption?: Decryption;

  /**
   * The service account that everything is applied by.
   *
   * @default - that of the controller
   */
  readonly serviceAccountName?: string;

  /**
   * Another cluster that everything is applied to.
   *
   * @default - this cluster
   */
  readonly kubeConfig?: KubeConfig;

  /**
   * Labels and annotations of all objects.
   *
   * @default - none
   */
  readonly commonMetadata?: CommonMetadata;

  /**
   * Whether nothing is done for now.
   *
   * @default false
   */
  readonly suspend?: boolean;
}
