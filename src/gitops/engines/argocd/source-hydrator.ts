import { RenderedSource } from './source-props';

/** How manifests are rendered and committed to a branch, from which they are synced (argo-cd docs/user-guide/source-hydrator.md). */
export interface SourceHydrator {
  /** What is rendered. */
  readonly drySource: DrySource;

  /** What is synced. */
  readonly syncSource: SyncSource;

  /**
   * A branch before the one that is synced, for changes that wait for a review.
   *
   * @default - the branch that is synced
   */
  readonly hydrateTo?: HydrateTo;
}

/** What is rendered. */
export interface DrySource extends RenderedSource {
  /** The URL of the Git repository. */
  readonly repoURL: string;

  /** The branch, tag or commit. */
  readonly targetRevision: string;

  /** The folder. */
  readonly path: string;
}

/** What is synced. */
export interface SyncSource {
  /** The branch. It must not be the one that the dry source is read from, else FW524 is thrown. */
  readonly targetBranch: string;

  /** The folder, not the root of the repository, else FW524 is thrown. */
  readonly path: string;

  /**
   * The URL of the Git repository. Argo CD before 3.5 does not know the field.
   *
   * @default - that of the dry source
   */
  readonly repoURL?: string;
}

/** A branch that waits for a review. */
export interface HydrateTo {
  /** The branch. */
  readonly targetBranch: string;
}
