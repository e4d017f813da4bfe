import type { GitReference, OciReference } from './git-reference';
import type { GitProvider, GitVerification } from './git-repository';
import type { Decryption } from './kustomization-props';
import type { KubeConfig } from './references';
import type { CloudProvider, OciVerification } from './source-props';

/** Where Flux runs. */
export enum FluxTopology {
  /** Each cluster runs a Flux of its own, and follows its part of the repository. No cluster can reach another one. */
  PER_CLUSTER = 'per-cluster',
  /** One Flux, in the cluster that is `Cluster.inCluster()`, applies to all of them. It holds the credentials of every cluster. */
  HUB = 'hub',
}

/** How the Git repository of the platform is followed. */
export interface FluxGitOptions {
  /**
   * The branch, tag, commit or range of versions.
   *
   * @default - the branch main
   */
  readonly ref?: GitReference;

  /**
   * The Secret with credentials, in the namespace of Flux. A repository by ssh needs one.
   *
   * @default - none
   */
  readonly secretRef?: string;

  /**
   * How Flux proves who it is.
   *
   * @default GitProvider.GENERIC
   */
  readonly provider?: GitProvider;

  /**
   * Signatures that are demanded.
   *
   * @default - none
   */
  readonly verify?: GitVerification;

  /**
   * How often it is looked at.
   *
   * @default 1m
   */
  readonly interval?: string;
}

/** How an OCI artifact with the output is followed: what `flux push artifact --path dist` makes. */
export interface FluxOciOptions {
  /**
   * The repository of the artifact: `oci://ghcr.io/acme/manifests`.
   *
   * @default - the repository of the platform
   */
  readonly url?: string;

  /** The tag, digest or range of versions. */
  readonly ref: OciReference;

  /**
   * The Secret with credentials, in the namespace of Flux.
   *
   * @default - none
   */
  readonly secretRef?: string;

  /**
   * How Flux proves who it is.
   *
   * @default CloudProvider.GENERIC
   */
  readonly provider?: CloudProvider;

  /**
   * The signature that is demanded.
   *
   * @default - none
   */
  readonly verify?: OciVerification;

  /**
   * How often it is looked at.
   *
   * @default 1m
   */
  readonly interval?: string;
}

/** What Flux follows. */
export class FluxSource {
  /**
   * The Git repository of the platform, in which the output is committed.
   *
   * @param options how it is followed
   */
  public static git(options: FluxGitOptions = {}): FluxSource {
    return new FluxSource('git', options);
  }

  /**
   * An OCI artifact of the output folder: its root is what `publishedPath` is in the repository. A branch for each environment needs Git (FW593).
   *
   * @param options the artifact
   */
  public static oci(options: FluxOciOptions): FluxSource {
    return new FluxSource('oci', options);
  }

  private constructor(
    /** @internal */
    public readonly _form: 'git' | 'oci',
    /** @internal */
    public readonly _followed: FluxGitOptions | FluxOciOptions,
  ) {}

  /** @internal */
  public _toJson() {
    return this._followed;
  }
}

/** Options of Flux. The times are those that Flux recommends for production (kustomize-controller docs/spec/v1/kustomizations.md, Recommended settings). */
export interface FluxOptions {
  /**
   * The version of Flux in the clusters, from `2.9`. FW591 for another one.
   *
   * @default '2.9'
   */
  readonly version?: string;

  /**
   * The namespace that Flux runs in, and that everything of Flux is made in.
   *
   * @default 'flux-system'
   */
  readonly namespace?: string;

  /**
   * Where Flux runs.
   *
   * @default FluxTopology.PER_CLUSTER
   */
  readonly topology?: FluxTopology;

  /**
   * What Flux follows.
   *
   * @default FluxSource.git()
   */
  readonly source?: FluxSource;

  /**
   * Secrets with credentials of other repositories and registries, by their URLs as applications give them.
   *
   * @default - none
   */
  readonly secretRefs?: Record<string, string>;

  /**
   * With `FluxTopology.HUB`: how the other clusters are reached, by the names of the clusters as they occur in folders.
   *
   * @default - the Secret `<cluster>-kubeconfig`
   */
  readonly kubeConfigs?: Record<string, KubeConfig>;

  /**
   * How often drift is looked for. Changes of the source arrive at once.
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
   * Whether each environment is applied by a service account of its own, which may change the kinds and namespaces of the environment
   * and nothing else. For Flux with multi-tenancy lockdown this must be true.
   *
   * @default true
   */
  readonly lockdown?: boolean;

  /**
   * How secrets in the folders are decrypted that are encrypted with SOPS.
   *
   * @default - they are not
   */
  readonly decryption?: Decryption;
}
