import { Finalizer } from './application-props';

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
}
