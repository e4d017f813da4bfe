/** The kinds that events come from, and that webhooks can start. */
export enum EventKind {
  /** A Bucket. */
  BUCKET = 'Bucket',
  /** A GitRepository. */
  GIT_REPOSITORY = 'GitRepository',
  /** A Kustomization. */
  KUSTOMIZATION = 'Kustomization',
  /** A HelmRelease. */
  HELM_RELEASE = 'HelmRelease',
  /** A HelmChart. */
  HELM_CHART = 'HelmChart',
  /** A HelmRepository. */
  HELM_REPOSITORY = 'HelmRepository',
  /** An ImageRepository. */
  IMAGE_REPOSITORY = 'ImageRepository',
  /** An ImagePolicy. */
  IMAGE_POLICY = 'ImagePolicy',
  /** An ImageUpdateAutomation. */
  IMAGE_UPDATE_AUTOMATION = 'ImageUpdateAutomation',
  /** An OCIRepository. */
  OCI_REPOSITORY = 'OCIRepository',
  /** An ArtifactGenerator. */
  ARTIFACT_GENERATOR = 'ArtifactGenerator',
  /** An ExternalArtifact. */
  EXTERNAL_ARTIFACT = 'ExternalArtifact',
}

/** Objects of Flux, by name or by labels. */
export interface EventSource {
  /** The kind. */
  readonly kind: EventKind;

  /** The name, or `*` for all. */
  readonly name: string;

  /**
   * The namespace.
   *
   * @default - that of the object that names them
   */
  readonly namespace?: string;

  /**
   * Labels that they must have. In a Receiver with the name `*` only (FW563).
   *
   * @default - none
   */
  readonly matchLabels?: Record<string, string>;

  /**
   * The API version.
   *
   * @default - the newest of the kind
   */
  readonly apiVersion?: string;
}
