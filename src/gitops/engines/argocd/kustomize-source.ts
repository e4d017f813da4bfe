/** How a Kustomize folder is rendered. */
export interface KustomizeSource {
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
   * Images that take the place of others: `name=new-name:tag`, `name:tag` or `name@sha256:…`.
   *
   * @default - those of the manifests
   */
  readonly images?: string[];

  /**
   * The numbers of replicas of workloads.
   *
   * @default - those of the manifests
   */
  readonly replicas?: KustomizeReplicas[];

  /**
   * Patches, each a text or a file, else FW520 is thrown.
   *
   * @default - none
   */
  readonly patches?: KustomizePatch[];

  /**
   * Folders with components, relative to the source.
   *
   * @default - none
   */
  readonly components?: string[];

  /**
   * Do not fail on a component that does not exist.
   *
   * @default false
   */
  readonly ignoreMissingComponents?: boolean;

  /**
   * Labels of all resources.
   *
   * @default - none
   */
  readonly commonLabels?: Record<string, string>;

  /**
   * Set the labels also where the manifests have them.
   *
   * @default false
   */
  readonly forceCommonLabels?: boolean;

  /**
   * Leave selectors without the labels.
   *
   * @default false
   */
  readonly labelWithoutSelector?: boolean;

  /**
   * With `labelWithoutSelector`: set the labels in templates of pods.
   *
   * @default false
   */
  readonly labelIncludeTemplates?: boolean;

  /**
   * Annotations of all resources.
   *
   * @default - none
   */
  readonly commonAnnotations?: Record<string, string>;

  /**
   * Set the annotations also where the manifests have them.
   *
   * @default false
   */
  readonly forceCommonAnnotations?: boolean;

  /**
   * Replace variables of the build environment, such as `$ARGOCD_APP_REVISION`, in annotations.
   *
   * @default false
   */
  readonly commonAnnotationsEnvsubst?: boolean;

  /**
   * The namespace of all resources.
   *
   * @default - that of the manifests
   */
  readonly namespace?: string;

  /**
   * The version of Kustomize, of those that are installed in Argo CD.
   *
   * @default - that which Argo CD brings along
   */
  readonly version?: string;

  /**
   * The version of Kubernetes that Helm charts in it are rendered for.
   *
   * @default - that of the destination cluster
   */
  readonly kubeVersion?: string;

  /**
   * The API versions that Helm charts in it are rendered for, as `group/version/Kind`.
   *
   * @default - those of the destination cluster
   */
  readonly apiVersions?: string[];
}

/** The number of replicas of a workload. */
export interface KustomizeReplicas {
  /** The name of the workload. */
  readonly name: string;

  /** How many replicas: a whole number from 0. */
  readonly count: number;
}

/** A patch. */
export interface KustomizePatch {
  /**
   * The patch as YAML text: a strategic merge, or a list of operations.
   *
   * @default - `path`
   */
  readonly patch?: string;

  /**
   * The file with the patch.
   *
   * @default - `patch`
   */
  readonly path?: string;

  /**
   * Which resources are patched.
   *
   * @default - that which the patch names
   */
  readonly target?: KustomizeTarget;

  /**
   * Options, such as `allowNameChange`.
   *
   * @default - none
   */
  readonly options?: Record<string, boolean>;
}

/** Which resources are patched. */
export interface KustomizeTarget {
  /**
   * Their API group.
   *
   * @default - any
   */
  readonly group?: string;

  /**
   * Their version.
   *
   * @default - any
   */
  readonly version?: string;

  /**
   * Their kind.
   *
   * @default - any
   */
  readonly kind?: string;

  /**
   * Their name, as a regular expression.
   *
   * @default - any
   */
  readonly name?: string;

  /**
   * Their namespace, as a regular expression.
   *
   * @default - any
   */
  readonly namespace?: string;

  /**
   * A selector of labels.
   *
   * @default - any
   */
  readonly labelSelector?: string;

  /**
   * A selector of annotations.
   *
   * @default - any
   */
  readonly annotationSelector?: string;
}
