/** An image in a kustomization. Exactly one of tag and digest, else FW928 is thrown. */
export interface KustomizeImage {
  /** The repository of the image, as the Warehouse watches it. */
  readonly image: string;

  /**
   * The tag: `${{ imageFrom("ghcr.io/acme/api").Tag }}`.
   *
   * @default - the digest
   */
  readonly tag?: string;

  /**
   * The digest: `${{ imageFrom("ghcr.io/acme/api").Digest }}`.
   *
   * @default - the tag
   */
  readonly digest?: string;

  /**
   * The name of the image in the manifests.
   *
   * @default - the repository
   */
  readonly name?: string;

  /**
   * The repository that takes its place.
   *
   * @default - the same
   */
  readonly newName?: string;
}

/** Config of `kustomize-set-image`. */
export interface KustomizeSetImageConfig {
  /** The folder with the kustomization. */
  readonly path: string;

  /**
   * The images.
   *
   * @default - all images of the Freight
   */
  readonly images?: KustomizeImage[];
}

/** How the files of a build are named. */
export enum KustomizeOutputFormat {
  /** By kind and name, as Kargo does. */
  KARGO = 'kargo',
  /** As kustomize does. */
  KUSTOMIZE = 'kustomize',
}

/** Config of `kustomize-build`. */
export interface KustomizeBuildConfig {
  /** The folder with the kustomization. */
  readonly path: string;

  /** The file or the folder that is written. */
  readonly outPath: string;

  /**
   * How the files of a folder are named.
   *
   * @default KustomizeOutputFormat.KARGO
   */
  readonly outputFormat?: KustomizeOutputFormat;

  /**
   * For charts in the kustomization: the API versions that Helm takes to be there.
   *
   * @default - none
   */
  readonly helmApiVersions?: string[];

  /**
   * For charts in the kustomization: the version of Kubernetes that Helm takes to be there.
   *
   * @default - that of the library
   */
  readonly helmKubeVersion?: string;
}

/** A value for a chart. */
export interface HelmSetValue {
  /** The key, with dots. */
  readonly key: string;

  /** The value. */
  readonly value: string;

  /**
   * Take the value as a text, as `--set-literal` does.
   *
   * @default false
   */
  readonly literal?: boolean;
}

/** How the files of a rendered chart are laid out. */
export enum HelmOutLayout {
  /** In the folders of the chart. */
  HELM = 'helm',
  /** In one folder. */
  FLAT = 'flat',
}

/** Config of `helm-template`. */
export interface HelmTemplateConfig {
  /** The folder of the chart. */
  readonly path: string;

  /** The file or the folder that is written. */
  readonly outPath: string;

  /** The name of the release. */
  readonly releaseName: string;

  /**
   * How the files of a folder are laid out.
   *
   * @default HelmOutLayout.HELM
   */
  readonly outLayout?: HelmOutLayout;

  /**
   * Write into a folder with the name of the release.
   *
   * @default false
   */
  readonly useReleaseName?: boolean;

  /**
   * The namespace of the release.
   *
   * @default - none
   */
  readonly namespace?: string;

  /**
   * Files with values.
   *
   * @default - those of the chart
   */
  readonly valuesFiles?: string[];

  /**
   * Pass over files with values that are not there.
   *
   * @default false
   */
  readonly ignoreMissingValueFiles?: boolean;

  /**
   * Values.
   *
   * @default - none
   */
  readonly setValues?: HelmSetValue[];

  /**
   * Fetch the dependencies of the chart first.
   *
   * @default false
   */
  readonly buildDependencies?: boolean;

  /**
   * Write custom resource definitions too.
   *
   * @default false
   */
  readonly includeCRDs?: boolean;

  /**
   * Leave out hooks.
   *
   * @default false
   */
  readonly disableHooks?: boolean;

  /**
   * Leave out tests.
   *
   * @default false
   */
  readonly skipTests?: boolean;

  /**
   * The version of Kubernetes that Helm takes to be there.
   *
   * @default - that of the library
   */
  readonly kubeVersion?: string;

  /**
   * The API versions that Helm takes to be there.
   *
   * @default - none
   */
  readonly apiVersions?: string[];
}

/** A dependency of a chart. */
export interface HelmChartUpdate {
  /** The repository, as in Chart.yaml. */
  readonly repository: string;

  /** The name of the chart. */
  readonly name: string;

  /** The version: `${{ chartFrom("https://charts.acme.com", "api").Version }}`. */
  readonly version: string;
}

/** Config of `helm-update-chart`. */
export interface HelmUpdateChartConfig {
  /** The folder of the chart. */
  readonly path: string;

  /**
   * The dependencies.
   *
   * @default - all charts of the Freight
   */
  readonly charts?: HelmChartUpdate[];
}

/** A value in a file. */
export interface ValueUpdate {
  /** Where it stands: keys and indexes with dots between them, `image.tag`. */
  readonly key: string;

  /** A text, a number, true or false, a map or a list. */
  readonly value: any;
}

/** Config of `yaml-update` and `json-update`. */
export interface ValuesUpdateConfig {
  /** The file. */
  readonly path: string;

  /** The values. At least one. */
  readonly updates: ValueUpdate[];
}

/** An output that is read from a document. */
export interface ParsedOutput {
  /** The name of the output. */
  readonly name: string;

  /** An expr-lang expression over the document, without `${{ }}`: `image.tag`. */
  readonly fromExpression: string;
}

/** Config of `yaml-parse` and `json-parse`. */
export interface ParseConfig {
  /** The file. */
  readonly path: string;

  /** What is read. At least one. */
  readonly outputs: ParsedOutput[];
}

/** Config of `yaml-merge`. */
export interface YamlMergeConfig {
  /** The files, the later ones on top of the earlier ones. At least one. */
  readonly inFiles: string[];

  /** The file that is written. */
  readonly outFile: string;

  /**
   * Pass over files that are not there.
   *
   * @default false
   */
  readonly ignoreMissingFiles?: boolean;
}

/** Config of `copy`. */
export interface CopyConfig {
  /** The file or the folder. */
  readonly inPath: string;

  /** Where it goes. */
  readonly outPath: string;

  /**
   * What is left out, in the words of .gitignore.
   *
   * @default - .git
   */
  readonly ignore?: string;
}

/** Config of `delete`. Exactly one of path and paths, else FW928 is thrown. */
export interface DeleteConfig {
  /**
   * The file or the folder.
   *
   * @default - `paths`
   */
  readonly path?: string;

  /**
   * Files and folders.
   *
   * @default - `path`
   */
  readonly paths?: string[];

  /**
   * Take what is given as patterns.
   *
   * @default false
   */
  readonly pathsAreGlobs?: boolean;

  /**
   * Fail when something is not there.
   *
   * @default false
   */
  readonly strict?: boolean;
}

/** Config of `file-write`. */
export interface FileWriteConfig {
  /** The file. */
  readonly path: string;

  /** What stands in it. */
  readonly contents: string;

  /**
   * Its permissions, octal: `0644`.
   *
   * @default 0644
   */
  readonly permissions?: string;

  /**
   * Replace a file that is there.
   *
   * @default false
   */
  readonly overwrite?: boolean;
}

/** Config of `untar`. */
export interface UntarConfig {
  /** The archive. */
  readonly inPath: string;

  /** The folder that it goes to. */
  readonly outPath: string;

  /**
   * How many folders are left out at the beginning of each path. From 0.
   *
   * @default 0
   */
  readonly stripComponents?: number;

  /**
   * What is left out, in the words of .gitignore.
   *
   * @default - nothing
   */
  readonly ignore?: string;
}
