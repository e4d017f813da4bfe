import type { PlatformExtension } from '../core';
import type { ArgoCdOptions } from './engines/argocd/options';

export * from './application';
export { ApplicationSource, GitFolderOptions, HelmChartOptions, OciArtifactOptions } from './application-source';
export { ApplicationForm, ArgoCdOptions, Roots } from './engines/argocd/options';
export { ArgoCdVersion } from './engines/argocd/versions';
export * as argocd from './engines/argocd';
export * as flux from './engines/flux';

/** What makes the clusters follow the repository. */
export class GitOpsEngine {
  /**
   * Argo CD 3.x with an app-of-apps: one root Application for each cluster, one project for each
   * environment, one Application for each workload in each environment, in the order of their
   * dependencies.
   *
   * @param options where Argo CD runs and what it follows
   */
  public static argoCd(options: ArgoCdOptions = {}): PlatformExtension {
    // Loaded when it is chosen: a program has one engine of several.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { ArgoCdEngine } = require('./engines/argocd/engine') as typeof import('./engines/argocd/engine');
    return new ArgoCdEngine(options);
  }

  private constructor() {}
}
