import type { PlatformExtension } from '../core';
import type { ArgoCdOptions } from './engines/argocd/options';
import type { FluxOptions } from './engines/flux/options';

export * from './application';
export { ApplicationSource, GitFolderOptions, HelmChartOptions, OciArtifactOptions } from './application-source';
export * from './git-ops';
export { ApplicationForm, ArgoCdOptions, Roots } from './engines/argocd/options';
export { ArgoCdVersion } from './engines/argocd/versions';
export { FluxGitOptions, FluxOciOptions, FluxOptions, FluxSource, FluxTopology } from './engines/flux/options';
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

  /**
   * Flux 2.9 or newer: on each cluster a root Kustomization, below it one for each workload in each environment and for what the cluster
   * needs beside, in the order of their dependencies.
   *
   * @param options where Flux runs and what it follows. Throws FW505, FW550 to FW553, FW557, FW558 and FW576 for what cannot be, FW591 for another version;
   *   the platform then throws FW501, FW502 and FW592 for its repository
   */
  public static flux(options: FluxOptions = {}): PlatformExtension {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { FluxEngine } = require('./engines/flux/engine') as typeof import('./engines/flux/engine');
    return new FluxEngine(options);
  }

  private constructor() {}
}
