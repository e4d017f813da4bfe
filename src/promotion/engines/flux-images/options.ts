import type { DigestReflectionPolicy, ImagePolicyChoice, TagFilter } from '../../../gitops/engines/flux/image-policy';
import type { CloudProvider } from '../../../gitops/engines/flux/source-props';
import type { CodeOwnersOptions } from '../../code-owners';

/** How releases of a workload are found in its image repository. */
export interface FluxImageOptions {
  /**
   * How the newest tag is told.
   *
   * @default - the greatest semantic version that is no pre-release
   */
  readonly policy?: ImagePolicyChoice;

  /**
   * Which tags are looked at.
   *
   * @default - all
   */
  readonly filterTags?: TagFilter;

  /**
   * When the digest of the tag is looked up. `NEVER` is refused: what runs is told by its digest.
   *
   * @default DigestReflectionPolicy.IF_NOT_PRESENT
   */
  readonly digestReflectionPolicy?: DigestReflectionPolicy;

  /**
   * How often the tags, and with `ALWAYS` the digest, are looked up: `5m`.
   *
   * @default '1m'
   */
  readonly interval?: string;

  /**
   * The Secret with credentials for the registry, in the namespace of Flux.
   *
   * @default - none
   */
  readonly secretRef?: string;

  /**
   * How Flux proves to the registry who it is.
   *
   * @default CloudProvider.GENERIC
   */
  readonly provider?: CloudProvider;
}

/** Options of the image automation of Flux. */
export interface FluxImageAutomationOptions {
  /**
   * The namespace of Flux, in which everything is made.
   *
   * @default 'flux-system'
   */
  readonly namespace?: string;

  /**
   * The name of the GitRepository with the release states, in `namespace`. Its Secret must be allowed to push.
   *
   * @default - the one in the program that has the URL of the platform, else `flux-system`
   */
  readonly gitRepository?: string;

  /**
   * The branch with the release states.
   *
   * @default 'main'
   */
  readonly branch?: string;

  /**
   * The branch that is pushed to, with the name of the environment and a hyphen before it: `images` makes `dev-images`. Flux opens no pull request for it.
   *
   * @default - `branch` itself; `<environment>-images` where an environment has gates
   */
  readonly pushBranch?: string;

  /**
   * The address of whoever commits.
   *
   * @default 'fluxcdbot@users.noreply.github.com'
   */
  readonly authorEmail?: string;

  /**
   * How releases are found, for all workloads.
   *
   * @default - the greatest semantic version
   */
  readonly image?: FluxImageOptions;

  /**
   * How releases are found, by workloads. What is not given here is as it is for all.
   *
   * @default - as for all
   */
  readonly images?: Record<string, FluxImageOptions>;

  /**
   * The CODEOWNERS file that demands the approvals of environments.
   *
   * @default - `.github/CODEOWNERS`, for GitHub
   */
  readonly codeOwners?: CodeOwnersOptions;

  /**
   * Who holds gates that this engine does not hold, by gates: `{ soakTime: 'the release manager' }`. Members of `PromotionGate`, each
   * with who it is. FW904 warns of what needs none.
   *
   * @default - nobody: such a gate is an error (FW901)
   */
  readonly heldElsewhere?: Record<string, string>;
}
