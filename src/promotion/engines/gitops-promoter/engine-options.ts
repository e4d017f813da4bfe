import type { Repository, Scm } from './scm';

/** Options of GitOps Promoter. */
export interface GitOpsPromoterOptions {
  /** Who hosts the repository. */
  readonly scm: Scm;

  /** The repository, as its host knows it. */
  readonly repository: Repository;

  /** The name of the Secret with the credentials, in `namespace`. */
  readonly secretRef: string;

  /**
   * The namespace of what is made: where GitOps Promoter looks for its objects.
   *
   * @default - the name of the platform, and `-promotion`
   */
  readonly namespace?: string;

  /**
   * Who holds gates that GitOps Promoter does not hold, by gates: `{ requireAnalysis: 'the pipeline, as a commit status' }`. Members of
   * `PromotionGate`, each with who it is. FW904 warns of what needs none.
   *
   * @default - nobody: such a gate is an error (FW901)
   */
  readonly heldElsewhere?: Record<string, string>;
}
