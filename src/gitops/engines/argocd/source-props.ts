import { HelmSource } from './helm-source';
import { KustomizeSource } from './kustomize-source';

/** How the manifests of a source are rendered, in one way of several. */
export interface RenderedSource {
  /**
   * How a folder of plain manifests is read.
   *
   * @default - its YAML and JSON files, without folders below
   */
  readonly directory?: DirectorySource;

  /**
   * How a Helm chart is rendered.
   *
   * @default - with its own values
   */
  readonly helm?: HelmSource;

  /**
   * How a Kustomize folder is rendered.
   *
   * @default - as it is
   */
  readonly kustomize?: KustomizeSource;

  /**
   * A config management plug-in.
   *
   * @default - none
   */
  readonly plugin?: PluginSource;
}

/** A place that manifests come from. */
export interface ApplicationSource extends RenderedSource {
  /** The URL of the Git repository, Helm repository or OCI artifact. */
  readonly repoURL: string;

  /**
   * The folder in a Git repository.
   *
   * @default - none; `chart` or `ref` is given instead
   */
  readonly path?: string;

  /**
   * The name of a chart in a Helm repository.
   *
   * @default - none; `path` or `ref` is given instead
   */
  readonly chart?: string;

  /**
   * A commit, tag, branch or, for charts, a version.
   *
   * @default - `HEAD` for Git; a chart needs one
   */
  readonly targetRevision?: string;

  /**
   * A name by which other sources refer to files of this one: `$name/values.yaml`.
   *
   * @default - none
   */
  readonly ref?: string;

  /**
   * A name for people, where there are several sources.
   *
   * @default - none
   */
  readonly name?: string;

  /**
   * What the tags in `targetRevision` begin with, where that is a range of semantic versions: `shop/v` for tags like `shop/v1.4.2`.
   * Argo CD before 3.5 does not know the field.
   *
   * @default - none
   */
  readonly tagPrefix?: string;
}

/** How a folder of plain manifests is read. */
export interface DirectorySource {
  /**
   * Also read the folders below.
   *
   * @default false
   */
  readonly recurse?: boolean;

  /**
   * A glob of files to read.
   *
   * @default - all manifests
   */
  readonly include?: string;

  /**
   * A glob of files to leave out.
   *
   * @default - none
   */
  readonly exclude?: string;

  /**
   * How Jsonnet files are evaluated.
   *
   * @default - without variables and libraries
   */
  readonly jsonnet?: JsonnetSource;
}

/** How Jsonnet files are evaluated. */
export interface JsonnetSource {
  /**
   * External variables, `std.extVar`.
   *
   * @default - none
   */
  readonly extVars?: JsonnetVariable[];

  /**
   * Arguments of the top-level function.
   *
   * @default - none
   */
  readonly tlas?: JsonnetVariable[];

  /**
   * Folders that imports are looked up in, relative to the repository.
   *
   * @default - none
   */
  readonly libs?: string[];
}

/** A value for Jsonnet. */
export interface JsonnetVariable {
  /** Its name. */
  readonly name: string;

  /** Its value. */
  readonly value: string;

  /**
   * Whether the value is an expression in Jsonnet, and not a text.
   *
   * @default false
   */
  readonly code?: boolean;
}

/** A config management plug-in. */
export interface PluginSource {
  /**
   * Its name, with its version: `name-version`.
   *
   * @default - the plug-in that finds the source to be its own
   */
  readonly name?: string;

  /**
   * Environment variables of the plug-in, with the prefix `ARGOCD_ENV_`.
   *
   * @default - none
   */
  readonly env?: PluginEnv[];

  /**
   * Parameters of the plug-in, each with exactly one of `string`, `array` and `map`, else FW520 is thrown.
   *
   * @default - none
   */
  readonly parameters?: PluginParameter[];
}

/** An environment variable of a plug-in. */
export interface PluginEnv {
  /** Its name. */
  readonly name: string;

  /** Its value. */
  readonly value: string;
}

/** A parameter of a plug-in. */
export interface PluginParameter {
  /** Its name. */
  readonly name: string;

  /**
   * A text.
   *
   * @default - `array` or `map`
   */
  readonly string?: string;

  /**
   * A list of texts.
   *
   * @default - `string` or `map`
   */
  readonly array?: string[];

  /**
   * Texts by key.
   *
   * @default - `string` or `array`
   */
  readonly map?: Record<string, string>;
}
