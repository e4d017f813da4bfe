import type { CodeOwnersOptions } from '../../code-owners';

/** Options of promotion by pull requests. */
export interface PullRequestsOptions {
  /**
   * The CODEOWNERS file that demands the approvals of environments.
   *
   * @default - `.github/CODEOWNERS`, for GitHub
   */
  readonly codeOwners?: CodeOwnersOptions;

  /**
   * Who holds gates that this engine does not hold, by gates: `{ requireHealth: 'a required check' }`. Members of `PromotionGate`, each
   * with who it is. FW904 warns of what needs none.
   *
   * @default - nobody: such a gate is an error (FW901)
   */
  readonly heldElsewhere?: Record<string, string>;
}
