import { Finalizer } from './application-props';
import { ArgoCdVersion } from './versions';

/** Which roots an app-of-apps has: what is applied by hand, once. */
export enum Roots {
  /** One root for each cluster: everything on a cluster is installed in one order. */
  PER_CLUSTER = 'per-cluster',
  /**
   * One root for each environment, and one for what a cluster needs beside: each can be started and deleted alone.
   * Nothing orders one root after another.
   */
  PER_ENVIRONMENT = 'per-environment',
}

/** In which form Applications are written. */
export enum ApplicationForm {
  /** One file for each Application. A change of one is a change of one file, and waves order them. */
  APPLICATIONS = 'applications',
  /**
   * One ApplicationSet for each environment, which makes its Applications. Few files, one place; nothing orders the Applications
   * but progressive syncs.
   */
  APPLICATION_SETS = 'application-sets',
}

/** Options of Argo CD. */
export interface ArgoCdOptions {
  /**
   * The namespace that Argo CD runs in and reads Applications from.
   *
   * @default 'argocd'
   */
  readonly namespace?: string;

  /**
   * The branch, tag or commit of the repository that is followed.
   *
   * @default 'HEAD'
   */
  readonly revision?: string;

  /**
   * What happens to the resources of an Application that is deleted. In environments at the end of
   * the road a person confirms the deletion of an Application in any case.
   *
   * @default Finalizer.FOREGROUND
   */
  readonly finalizer?: Finalizer;

  /**
   * The version of Argo CD that runs. What it does not know is not written, or is an error (FW529).
   *
   * @default ArgoCdVersion.V3_5
   */
  readonly version?: ArgoCdVersion;

  /**
   * Which roots there are. With ApplicationSets there is one for each environment in any case.
   *
   * @default Roots.PER_CLUSTER
   */
  readonly roots?: Roots;

  /**
   * In which form Applications are written.
   *
   * @default ApplicationForm.APPLICATIONS
   */
  readonly form?: ApplicationForm;

  /**
   * With ApplicationSets: sync region after region and wave after wave, each when the one before is healthy. Argo CD has to run with
   * `--enable-progressive-syncs`; it then syncs by these steps alone, and does not undo drift by itself.
   *
   * @default false
   */
  readonly progressiveSyncs?: boolean;
}
