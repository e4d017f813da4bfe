import { emulated, gateRows, native, PromotionRow, shapeRows } from '../../capability';
import { CodeOwners } from '../../code-owners';
import { PromotionGate } from '../../gate';
import type { Road } from '../../road';

/** How pull requests carry out each part of a road. */
export function capabilitiesOf(road: Road, { path }: CodeOwners): PromotionRow[] {
  return [
    native('one workload at a time', 'fairway promote <workload> changes its entry in the release state, and its folder'),
    native('a whole environment', 'fairway promote --all changes the release state of all, and the commit that renders it'),
    ...shapeRows(road, {
      entries: part => native(part, 'fairway promote --image brings a release into one of them'),
      fork: part => native(part, 'fairway promote --to names the environment'),
      join: part => native(part, 'fairway promote refuses what does not run in all of them'),
    }),
    ...gateRows(road, (_, gate, part) => {
      switch (gate) {
        case PromotionGate.APPROVALS: return emulated(part, `${path}, with "Require review from Code Owners" in the protection of the branch`);
        case PromotionGate.SOAK_TIME: return emulated(part, 'fairway promote refuses, by "since" in the release states before');
        case PromotionGate.ALLOWED_TIMES: return emulated(part, 'fairway promote refuses outside of them; a pull request that is open already can be merged');
        case PromotionGate.FREEZES: return emulated(part, 'fairway promote refuses; a pull request that is open already can be merged');
        case PromotionGate.HEALTH: return emulated(part, 'fairway promote refuses unless its caller vouches: --passed health');
        case PromotionGate.ANALYSIS: return emulated(part, 'fairway promote refuses unless its caller vouches: --passed <name>');
      }
    }),
    native('rollback', 'fairway rollback, by a person or a pipeline'),
  ];
}
