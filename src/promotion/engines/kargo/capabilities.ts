import { emulated, gateRows, native, PromotionRow, shapeRows, unsupported } from '../../capability';
import { PromotionGate } from '../../gate';
import type { Road } from '../../road';

/** How Kargo carries out each part of a road. */
export function capabilitiesOf(road: Road, codeOwners: string): PromotionRow[] {
  const byName = new Map(road.environments.map(environment => [environment.name, environment]));
  return [
    native('one workload at a time', 'a Warehouse for each workload: its Freight is promoted alone'),
    emulated('a whole environment', 'Freight by Freight; what the program says beside images comes with each synth, or by fairway promote --platform'),
    ...shapeRows(road, {
      entries: part => native(part, 'each Stage takes Freight directly; each its own'),
      fork: part => native(part, 'each Stage takes Freight that is verified before'),
      join: part => native(part, 'availabilityStrategy All'),
    }),
    ...gateRows(road, ({ sources }, gate, part) => {
      switch (gate) {
        case PromotionGate.APPROVALS: return emulated(part, `git-wait-for-pr, and no auto-promotion; who may approve stands in ${codeOwners}, with "Require review from Code Owners"`);
        case PromotionGate.SOAK_TIME: return native(part, 'requiredSoakTime');
        case PromotionGate.ALLOWED_TIMES: return unsupported(part, 'promotionWindows are for Kargo Enterprise alone');
        case PromotionGate.FREEZES: return emulated(part, 'a promotion that begins in it fails; a pull request that is open already can be merged');
        case PromotionGate.HEALTH: return sources.every(source => (byName.get(source)?.applications.length ?? 0) > 0)
          ? native(part, 'argocd-update: Freight counts as verified when the Applications before are healthy')
          : unsupported(part, 'only Argo CD tells Kargo of health, and no Applications of its own deploy the environment before');
        case PromotionGate.ANALYSIS: return native(part, `verification of ${sources.join(' and ')}: it holds for everything that leaves there`);
      }
    }),
    native('rollback', 'promoting earlier Freight, by a person; autoRollback is for Kargo Enterprise alone'),
  ];
}
