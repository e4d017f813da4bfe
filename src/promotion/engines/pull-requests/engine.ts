import { capabilitiesOf } from './capabilities';
import type { PullRequestsOptions } from './options';
import type { Finding } from '../../../core/diagnostics/finding';
import { checkedHolders, checkOptions, PromotionBackend, Site } from '../../backend';
import { Holders, PromotionRow } from '../../capability';
import { checkedCodeOwners, CodeOwners, codeOwnersFindings, writeCodeOwners } from '../../code-owners';

/** Whoever runs `fairway promote` and merges: nothing runs in a cluster. */
export class PullRequestsBackend extends PromotionBackend {
  public readonly title = 'Promotion by pull requests';
  public readonly rollback = '`fairway rollback` puts the earlier digest into the release state; a pull request brings it in. Freezes and allowed times do not stop it, approvals do.';
  public readonly holders: Holders;
  private readonly codeOwners: CodeOwners;

  public constructor(options: PullRequestsOptions) {
    super();
    checkOptions('PromotionEngine.pullRequests', options, ['codeOwners', 'heldElsewhere']);
    this.holders = checkedHolders('PromotionEngine.pullRequests', options.heldElsewhere);
    this.codeOwners = checkedCodeOwners('PromotionEngine.pullRequests', options.codeOwners);
  }

  public capabilities({ road }: Site): PromotionRow[] {
    return capabilitiesOf(road, this.codeOwners);
  }

  protected lower({ scope, road }: Site): void {
    writeCodeOwners(scope, road, this.codeOwners);
  }

  protected findings({ road }: Site): Finding[] {
    return codeOwnersFindings(road, this.codeOwners);
  }
}
