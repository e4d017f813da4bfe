/** Where events come from. */
export enum TektonEvents {
  /** Webhooks of GitHub. */
  GITHUB = 'github',
  /** Webhooks of GitLab. */
  GITLAB = 'gitlab',
}

/** Images that steps run in. All need bash; give them with a digest. */
export interface TektonImages {
  /**
   * For scripts without a tool, and for what the engine does itself: git, curl, tar and the tools of GNU.
   *
   * @default docker.io/library/buildpack-deps:trixie-scm
   */
  readonly base?: string;

  /**
   * For checkouts.
   *
   * @default - that of `base`
   */
  readonly git?: string;

  /**
   * For languages of `Tool`, by name (`node`, `python`, `go`, `java`, `dotnet`, `rust`), without a tag: the version of the tool is put behind it as `:<version>`. A name with
   * a tag or a digest is used as it is, whatever the version.
   *
   * @default - docker.io/library/node, python, golang, eclipse-temurin and rust, and mcr.microsoft.com/dotnet/sdk
   */
  readonly tools?: { [language: string]: string };

  /**
   * For delivery steps, by a command that their script needs: `buildah`, `cosign`, `kubectl`.
   *
   * @default - quay.io/buildah/stable:latest for buildah, docker and podman, that of Node.js for npm, npx and node, that of `base` for the rest
   */
  readonly commands?: { [command: string]: string };
}

/** Volumes that runs use. */
export interface TektonStorage {
  /**
   * How much the artifacts of one run take, as Kubernetes writes it: `5Gi`.
   *
   * @default 5Gi
   */
  readonly size?: string;

  /**
   * The StorageClass.
   *
   * @default - that of the cluster
   */
  readonly storageClass?: string;

  /**
   * A PersistentVolumeClaim that is there, for caches. Runs for pull requests do not get it: what they wrote would be read by all others.
   *
   * @default - caches are left out
   */
  readonly cacheClaim?: string;
}

/** A key of a Secret. */
export interface TektonSecretKey {
  /** The Secret, in the namespace of the pipelines. */
  readonly name: string;

  /** The key in it. */
  readonly key: string;
}

/** Options of pipelines on Tekton. */
export interface TektonOptions {
  /**
   * The namespace of all objects.
   *
   * @default pipelines
   */
  readonly namespace?: string;

  /**
   * The repository that is checked out: an https URL.
   *
   * @default - that of the platform
   */
  readonly repository?: string;

  /**
   * The branch that schedules and manual starts run on.
   *
   * @default main
   */
  readonly defaultBranch?: string;

  /**
   * Where events come from.
   *
   * @default - GitLab if the host of the repository has it in its name, else GitHub
   */
  readonly events?: TektonEvents;

  /**
   * The secret that webhooks are signed with.
   *
   * @default - key `token` of the Secret `webhook`
   */
  readonly webhookSecret?: TektonSecretKey;

  /**
   * A Secret with the keys `username` and `password`, by which checkouts read the repository.
   *
   * @default - the repository is public
   */
  readonly gitSecret?: string;

  /**
   * The token that files of a pull request of GitHub are asked for with, if the repository is private.
   *
   * @default - none
   */
  readonly changedFilesToken?: TektonSecretKey;

  /**
   * The Secret that the secrets of pipelines are keys of. Those of an environment are in `<name>-<environment>`.
   *
   * @default pipeline-secrets
   */
  readonly secrets?: string;

  /**
   * The images.
   *
   * @default - official images by tags; a warning says so
   */
  readonly images?: TektonImages;

  /**
   * The volumes.
   *
   * @default - 5Gi for artifacts, no caches
   */
  readonly storage?: TektonStorage;

  /**
   * The ServiceAccount of runs.
   *
   * @default - one that has no rights, named as the pipeline
   */
  readonly serviceAccount?: string;

  /**
   * The user that steps run as. Not 0.
   *
   * @default 65532
   */
  readonly runAsUser?: number;

  /**
   * Labels of self-hosted runners, and the label of a node, `key=value`, that each stands for.
   *
   * @default - a job with such labels is refused
   */
  readonly runnerLabels?: { [label: string]: string };

  /**
   * Whether the ApprovalTask of OpenShift Pipelines is installed (openshift-pipelines/manual-approval-gate). Without it, a job that somebody has to approve is refused.
   *
   * @default false
   */
  readonly approvals?: boolean;

  /**
   * Whether conditions may be written in CEL, which needs the feature flag `enable-cel-in-whenexpression`.
   *
   * @default false
   */
  readonly celInWhen?: boolean;

  /**
   * Who sees to it that runs of a group exclude each other, in a few words: `Kueue admits one run at a time`. Tekton itself has nothing of
   * the kind; without an answer, a pipeline that publishes or deploys is refused.
   *
   * @default - nobody
   */
  readonly concurrencyHeldBy?: string;

  /**
   * The address of Tekton's dashboard, for links to runs.
   *
   * @default - a link to a run is empty
   */
  readonly dashboard?: string;
}
