import type { PlatformExtension } from '../core';
import type { FluxImageAutomationOptions } from './engines/flux-images/options';
import type { GitOpsPromoterOptions } from './engines/gitops-promoter/engine-options';
import type { KargoOptions } from './engines/kargo/engine-options';
import type { PullRequestsOptions } from './engines/pull-requests/options';

export { CodeOwnersForm, CodeOwnersOptions } from './code-owners';
export { FluxImageAutomationOptions, FluxImageOptions } from './engines/flux-images/options';
export { GitOpsPromoterOptions } from './engines/gitops-promoter/engine-options';
export { KargoImageOptions, KargoOptions } from './engines/kargo/engine-options';
export { PullRequestsOptions } from './engines/pull-requests/options';
export { PromotionGate } from './gate';
export { Promotions } from './promotions';
export * as kargo from './engines/kargo';
export * as promoter from './engines/gitops-promoter';

/** What moves releases along the road. Given to the platform: `promotion: PromotionEngine.pullRequests()`. */
export class PromotionEngine {
  /**
   * People and pipelines: `fairway promote` changes the release state, a pull request brings it in. Nothing runs in a cluster. A
   * CODEOWNERS file demands the approvals of environments.
   *
   * @param options the CODEOWNERS file. Throws FW900
   */
  public static pullRequests(options: PullRequestsOptions = {}): PlatformExtension {
    // Engines are loaded when they are chosen: a program has one of several.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { PullRequestsBackend } = require('./engines/pull-requests/engine') as typeof import('./engines/pull-requests/engine');
    return new PullRequestsBackend(options);
  }

  /**
   * Kargo 1.11, as it is open source: a Stage for each environment, a Warehouse for each workload, and pull requests that change
   * the release states. It holds soak time, health and analysis by itself.
   *
   * @param options the Project and how releases are found. Throws FW900, and FW911 for a platform without a repository
   */
  public static kargo(options: KargoOptions = {}): PlatformExtension {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { KargoBackend } = require('./engines/kargo/engine') as typeof import('./engines/kargo/engine');
    return new KargoBackend(options);
  }

  /**
   * GitOps Promoter 0.3x: a branch for each environment, and pull requests from one to the next. A whole environment moves at a time, along one line.
   *
   * @param options the host and the repository. Throws FW900
   */
  public static gitOpsPromoter(options: GitOpsPromoterOptions): PlatformExtension {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { GitOpsPromoterBackend } = require('./engines/gitops-promoter/engine') as typeof import('./engines/gitops-promoter/engine');
    return new GitOpsPromoterBackend(options);
  }

  /**
   * The image automation of Flux 2.9 where releases enter the road: it writes what it finds to `releases/<environment>.images.yaml`. Further along,
   * `fairway promote` moves them.
   *
   * @param options how releases are found. Throws FW900, and FW911 for a platform without a repository
   */
  public static fluxImageAutomation(options: FluxImageAutomationOptions = {}): PlatformExtension {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { FluxImagesBackend } = require('./engines/flux-images/engine') as typeof import('./engines/flux-images/engine');
    return new FluxImagesBackend(options);
  }

  private constructor() {}
}
