/** Where jobs run that have an image to run in. */
export enum JenkinsAgents {
  /** On an agent with Docker, in a container of the image (plug-in `docker-workflow`). Jobs with services are refused. */
  DOCKER = 'docker',
  /** In a pod of a Kubernetes cluster, with a container of the image and one for each service (plug-in `kubernetes`). */
  KUBERNETES = 'kubernetes',
}

/** Where the tools of a job come from. */
export enum JenkinsTools {
  /** From an image that the job runs in: `node:24`. */
  IMAGES = 'images',
  /** From installations of Jenkins: `nodejs 'node-24'`. Jenkins has none for Python and Rust. */
  INSTALLATIONS = 'installations',
}

/** Plug-ins of Jenkins beyond those of a usual installation. What needs one that is not there is not done, and found. */
export enum JenkinsPlugin {
  /** `lockable-resources`: jobs and builds that exclude each other. */
  LOCKABLE_RESOURCES = 'lockable-resources',
  /** `jobcacher`: folders that one build leaves for the next. */
  JOB_CACHER = 'jobcacher',
  /** `oidc-provider`: tokens of OpenID Connect. */
  OIDC_PROVIDER = 'oidc-provider',
}

/** Options of Jenkins. */
export interface JenkinsOptions {
  /**
   * The file that is written, from the root of the repository. `<pipeline>` stands for the id of the pipeline, and has to be in it
   * when there are several.
   *
   * @default 'Jenkinsfile'
   */
  readonly file?: string;

  /**
   * Where jobs run that have an image to run in.
   *
   * @default JenkinsAgents.DOCKER
   */
  readonly agents?: JenkinsAgents;

  /**
   * Labels of agents, by what a job asks for: `linux/x64`, `linux/arm64`, `windows/x64`, `macos/arm64`.
   * The value is a label or an expression of labels, as in `linux && docker`.
   *
   * @default - the name of the system, with `&& arm64` for that architecture: `linux`
   */
  readonly labels?: Record<string, string>;

  /**
   * Plug-ins that are installed beyond the usual ones.
   *
   * @default - all of them
   */
  readonly plugins?: JenkinsPlugin[];

  /**
   * Where the tools of a job come from when it has no image of its own.
   *
   * @default JenkinsTools.IMAGES
   */
  readonly tools?: JenkinsTools;

  /**
   * Images that tools come from, by language and version: `{ 'node@24': 'node:24@sha256:…' }`.
   *
   * @default - the official image of the language, by its tag
   */
  readonly toolImages?: Record<string, string>;

  /**
   * The image of jobs that have none, in a pod: a pod has no tools of its own. Not read by agents with Docker.
   *
   * @default - such jobs run on agents by their label
   */
  readonly podImage?: string;

  /**
   * The cloud of the Kubernetes plug-in that pods run in, as Jenkins calls it.
   *
   * @default - the first one
   */
  readonly cloud?: string;

  /**
   * The credential with which jobs push that check out with their credentials kept, of the kind "user name with password".
   *
   * @default - such jobs are refused
   */
  readonly pushCredentials?: string;

  /**
   * The credential for the registries of images that demand one, of the kind "user name with password".
   *
   * @default - such images are refused
   */
  readonly registryCredentials?: string;

  /**
   * The default branch. Jenkins itself says of a branch only whether it is the default one.
   *
   * @default 'main'
   */
  readonly defaultBranch?: string;

  /**
   * Whether a job begins with an empty folder. Agents keep the folders of builds before.
   *
   * @default true
   */
  readonly cleanWorkspace?: boolean;
}
