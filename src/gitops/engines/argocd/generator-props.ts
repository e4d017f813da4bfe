import { TemplateOverride } from './application-template';
import { LabelSelector } from '../../../core/label-selector';

/** What every generator takes. */
export interface GeneratorOptions {
  /**
   * Which of its parameters are taken: keys are the names of parameters, with dots between parts.
   *
   * @default - all
   */
  readonly selector?: LabelSelector;

  /**
   * What is other in its Applications. Not inside of a matrix or a merge, where it would be dropped: FW531 is thrown.
   *
   * @default - nothing
   */
  readonly template?: TemplateOverride;
}

/** What generators take that have values. */
export interface ValuesOptions extends GeneratorOptions {
  /**
   * More parameters, under `values`; they may hold `{{ … }}` with the parameters of the generator.
   *
   * @default - none
   */
  readonly values?: Record<string, string>;
}

/** What generators take that ask again and again. */
export interface PollingOptions extends ValuesOptions {
  /**
   * After how many seconds they ask again, from 0; 0 means never.
   *
   * @default - 180, and 1800 for pull requests and providers of repositories
   */
  readonly requeueAfterSeconds?: number;
}

/** A list of parameters. */
export interface ListOptions extends GeneratorOptions {
  /**
   * A YAML list of more elements, which inside of a matrix may hold `{{ … }}` of the first generator.
   *
   * @default - none
   */
  readonly elementsYaml?: string;
}

/** The clusters of Argo CD: parameters `name`, `nameNormalized`, `server`, `project`, `metadata.labels`, `metadata.annotations`. */
export interface ClustersOptions extends ValuesOptions {
  /**
   * Which clusters, by the labels of their Secrets. With a selector, the cluster that Argo CD runs in is only there when it has a Secret.
   *
   * @default - all
   */
  readonly clusters?: LabelSelector;

  /**
   * Whether all clusters make one set of parameters, a list `clusters`.
   *
   * @default false
   */
  readonly flatList?: boolean;
}

/** Folders or files of a Git repository. */
export interface GitOptions extends PollingOptions {
  /** The URL of the repository. */
  readonly repoURL: string;

  /** The branch, tag or commit. */
  readonly revision: string;

  /** Globs of the folders or files; a later one with `exclude` takes some out. At least one that does not exclude, else FW530 is thrown. */
  readonly paths: GitPath[];

  /**
   * A prefix for the parameters of the path: `prefix.path`. Two Git generators in one matrix need it, else FW531 is thrown.
   *
   * @default - none
   */
  readonly pathParamPrefix?: string;
}

/** A glob of folders or files. */
export interface GitPath {
  /** The glob, in which one star stands for names and two for folders at any depth. */
  readonly path: string;

  /**
   * Take out what it matches.
   *
   * @default false
   */
  readonly exclude?: boolean;
}

/** The clusters that another controller decides on, such as a Placement of Open Cluster Management. */
export interface ClusterDecisionOptions extends PollingOptions {
  /** The ConfigMap that says what the objects look like. */
  readonly configMapRef: string;

  /**
   * The name of the object. Exactly one of `name` and `labelSelector` is needed, else FW530 is thrown.
   *
   * @default - `labelSelector`
   */
  readonly name?: string;

  /**
   * Which objects, by their labels.
   *
   * @default - `name`
   */
  readonly labelSelector?: LabelSelector;
}

/** A program that is asked for parameters. */
export interface PluginOptions extends PollingOptions {
  /** The name of the ConfigMap that says where the program is. */
  readonly configMapRef: string;

  /**
   * What it is given: plain data by name.
   *
   * @default - nothing
   */
  readonly parameters?: any;
}

/** Which of the repositories of a provider: all of the given conditions of one filter, and one of several filters. */
export interface ScmFilter {
  /**
   * A regular expression for the name of the repository.
   *
   * @default - any
   */
  readonly repositoryMatch?: string;

  /**
   * Paths that must all be there.
   *
   * @default - none
   */
  readonly pathsExist?: string[];

  /**
   * Paths of which none may be there.
   *
   * @default - none
   */
  readonly pathsDoNotExist?: string[];

  /**
   * A regular expression for one of the labels.
   *
   * @default - any
   */
  readonly labelMatch?: string;

  /**
   * A regular expression for the branch.
   *
   * @default - any
   */
  readonly branchMatch?: string;
}

/** The repositories of a provider: parameters `organization`, `repository`, `url`, `branch`, `branchNormalized`, `sha`, `short_sha`, `labels`. */
export interface ScmProviderOptions extends PollingOptions {
  /**
   * Which repositories.
   *
   * @default - all
   */
  readonly filters?: ScmFilter[];

  /**
   * How they are cloned: `ssh` or `https`.
   *
   * @default - as the provider prefers
   */
  readonly cloneProtocol?: string;
}

/** Which pull requests: all of the given conditions of one filter, and one of several filters. */
export interface PullRequestFilter {
  /**
   * A regular expression for the branch that is to be merged.
   *
   * @default - any
   */
  readonly branchMatch?: string;

  /**
   * A regular expression for the branch that it is merged into.
   *
   * @default - any
   */
  readonly targetBranchMatch?: string;

  /**
   * A regular expression for the title.
   *
   * @default - any
   */
  readonly titleMatch?: string;
}

/** The open pull requests of a repository: parameters `number`, `title`, `branch`, `branch_slug`, `target_branch`, `head_sha`, `labels`, `author`. */
export interface PullRequestOptions extends PollingOptions {
  /**
   * Which pull requests.
   *
   * @default - all
   */
  readonly filters?: PullRequestFilter[];

  /**
   * Whether a repository that does not exist has no pull requests, and is no error. Argo CD before 3.2 does not know the field.
   *
   * @default false
   */
  readonly continueOnRepoNotFoundError?: boolean;
}
