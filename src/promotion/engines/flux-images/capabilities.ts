import { emulated, gateRows, native, PromotionRow, shapeRows, unsupported } from '../../capability';
import { PromotionGate } from '../../gate';
import type { Road } from '../../road';

/** How the image automation of Flux carries out each part of a road: where releases enter, it; further along, `fairway promote`. */
export function capabilitiesOf(road: Road, codeOwners: string): PromotionRow[] {
  const entries = new Set(road.environments.filter(environment => environment.sources.length === 0).map(environment => environment.name));
  return [
    native('one workload at a time', 'an ImagePolicy for each workload where releases enter; fairway promote <workload> further along'),
    native('a whole environment', 'fairway promote --all'),
    ...shapeRows(road, {
      entries: part => native(part, 'an ImageUpdateAutomation for each'),
      fork: part => native(part, 'fairway promote --to names the environment'),
      join: part => native(part, 'fairway promote refuses what does not run in all of them'),
    }),
    ...gateRows(road, ({ name, sources }, gate, part) => {
      if (entries.has(name)) {
        return gate === PromotionGate.APPROVALS
          ? emulated(part, `it pushes to a branch of its own, and opens no pull request; who may approve stands in ${codeOwners}, with "Require review from Code Owners"`)
          : unsupported(part, 'it pushes as soon as it finds a release; only suspend stops it');
      }
      switch (gate) {
        case PromotionGate.APPROVALS: return emulated(part, `${codeOwners}, with "Require review from Code Owners" in the protection of the branch`);
        case PromotionGate.SOAK_TIME: return sources.some(source => entries.has(source))
          ? unsupported(part, `nothing says since when a release runs in ${sources.join(' and ')}: the automation writes no times, and fairway promote refuses for ever`)
          : emulated(part, 'fairway promote refuses, by "since" in the release states before');
        case PromotionGate.ALLOWED_TIMES: return emulated(part, 'fairway promote refuses outside of them; a pull request that is open already can be merged');
        case PromotionGate.FREEZES: return emulated(part, 'fairway promote refuses; a pull request that is open already can be merged');
        case PromotionGate.HEALTH: return emulated(part, 'fairway promote refuses unless its caller vouches: --passed health');
        case PromotionGate.ANALYSIS: return emulated(part, 'fairway promote refuses unless its caller vouches: --passed <name>');
      }
    }),
    native('rollback', 'fairway rollback: an entry in the release state goes before the line of the automation'),
  ];
}
