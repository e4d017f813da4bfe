import type { GitProvider } from './step-configs-git';
import type { ImageSelectionStrategy } from './subscription';
import type { CodeOwnersOptions } from '../../code-owners';

/** How releases of a workload are found in its image repository. */
export interface KargoImageOptions {
  /**
   * How the newest image is found.
   *
   * @default ImageSelectionStrategy.SEM_VER
   */
  readonly imageSelectionStrategy?: ImageSelectionStrategy;

  /**
   * With `SEM_VER` which versions count: `^1.2.0`. With `DIGEST` the tag that is followed, which is needed then (FW924).
   *
   * @default - all versions
   */
  readonly constraint?: string;

  /**
   * Regular expressions of Go, of which a tag must match one.
   *
   * @default - any tag
   */
  readonly allowTagsRegexes?: string[];

  /**
   * The platform of the image: `linux/amd64`.
   *
   * @default - any, as the controller was started
   */
  readonly imagePlatform?: string;
}

/** Options of Kargo. */
export interface KargoOptions {
  /**
   * The name of the Project, and of its namespace. No workload may live there (FW914).
   *
   * @default - the name of the platform, and `-promotion`
   */
  readonly project?: string;

  /**
   * The branch with the release states.
   *
   * @default 'main'
   */
  readonly branch?: string;

  /**
   * Where the repository is hosted.
   *
   * @default - told from the URL
   */
  readonly provider?: GitProvider;

  /**
   * How releases are found, for all workloads.
   *
   * @default - the greatest semantic version
   */
  readonly image?: KargoImageOptions;

  /**
   * How releases are found, by workloads. What is not given here is as it is for all.
   *
   * @default - as for all
   */
  readonly images?: Record<string, KargoImageOptions>;

  /**
   * How often registries are asked: `5m`.
   *
   * @default '5m0s'
   */
  readonly interval?: string;

  /**
   * Arguments of the AnalysisTemplates that environments ask for. They may hold expressions: `{ environment: '${{ ctx.stage }}' }`.
   *
   * @default - none
   */
  readonly analysisArgs?: Record<string, string>;

  /**
   * The CODEOWNERS file that demands the approvals of environments.
   *
   * @default - `.github/CODEOWNERS`, for GitHub
   */
  readonly codeOwners?: CodeOwnersOptions;

  /**
   * Who holds gates that Kargo does not hold, by gates: `{ allowedTimes: 'the merge queue' }`. Members of `PromotionGate`, each with who
   * it is. FW904 warns of what needs none.
   *
   * @default - nobody: such a gate is an error (FW901)
   */
  readonly heldElsewhere?: Record<string, string>;
}
