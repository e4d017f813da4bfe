/** How a Helm chart is rendered. */
export interface HelmSource {
  /**
   * The name of the release.
   *
   * @default - the name of the Application
   */
  readonly releaseName?: string;

  /**
   * Values. Beside `values`, FW520 is thrown: those would be ignored.
   *
   * @default - those of the chart
   */
  readonly valuesObject?: any;

  /**
   * Values as YAML text, for what `valuesObject` cannot say.
   *
   * @default - `valuesObject`
   */
  readonly values?: string;

  /**
   * Single values, like `--set`. They win over all others.
   *
   * @default - none
   */
  readonly parameters?: HelmParameter[];

  /**
   * Single values from files, like `--set-file`.
   *
   * @default - none
   */
  readonly fileParameters?: HelmFileParameter[];

  /**
   * Files with values, relative to the chart or by the `ref` of another source.
   *
   * @default - none
   */
  readonly valueFiles?: string[];

  /**
   * Do not fail on a values file that does not exist.
   *
   * @default false
   */
  readonly ignoreMissingValueFiles?: boolean;

  /**
   * Leave out custom resource definitions of the chart.
   *
   * @default false
   */
  readonly skipCrds?: boolean;

  /**
   * Leave out tests of the chart.
   *
   * @default false
   */
  readonly skipTests?: boolean;

  /**
   * Do not check values against the schema of the chart.
   *
   * @default false
   */
  readonly skipSchemaValidation?: boolean;

  /**
   * Send the credentials of the repository also to other domains, that its charts lie on.
   *
   * @default false
   */
  readonly passCredentials?: boolean;

  /**
   * The namespace that the chart is rendered for, where it is another than that of the destination.
   *
   * @default - that of the destination
   */
  readonly namespace?: string;

  /**
   * The version of Kubernetes that the chart is rendered for.
   *
   * @default - that of the destination cluster
   */
  readonly kubeVersion?: string;

  /**
   * The API versions that the chart is rendered for, as `group/version/Kind`.
   *
   * @default - those of the destination cluster
   */
  readonly apiVersions?: string[];

  /**
   * The version of Helm: `v3`. Argo CD from 3.5 on ignores it, and FW521 is warned.
   *
   * @default - that which Argo CD brings along
   */
  readonly version?: string;
}

/** A single value of a Helm chart. */
export interface HelmParameter {
  /** Its name, with dots between parts. */
  readonly name: string;

  /** The value. */
  readonly value: string;

  /**
   * Read also numbers and truth values as text.
   *
   * @default false
   */
  readonly forceString?: boolean;
}

/** A single value of a Helm chart, from a file. */
export interface HelmFileParameter {
  /** Its name, with dots between parts. */
  readonly name: string;

  /** The path of the file, in the source. */
  readonly path: string;
}
