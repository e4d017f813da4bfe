import { windowOf } from './windows';
import { dropped, emulated, gateRows, native, PromotionRow, unsupported } from '../../capability';
import { PromotionGate } from '../../gate';
import type { Road } from '../../road';

/** How GitOps Promoter carries out each part of a road. Forks are errors of their own. */
export function capabilitiesOf(road: Road): PromotionRow[] {
  const byName = new Map(road.environments.map(environment => [environment.name, environment]));
  return [
    road.environments.some(environment => environment.workloads.length > 1)
      ? dropped('one workload at a time', 'the branch of an environment moves as a whole: all workloads with it, and what lies between two promotions is skipped')
      : native('one workload at a time', 'there is one'),
    native('a whole environment', 'PromotionStrategy: a pull request from <branch>-next to <branch>'),
    ...gateRows(road, (environment, gate, part) => {
      const { sources, protection: { freezes = [] } } = environment;
      switch (gate) {
        case PromotionGate.APPROVALS: return emulated(part, `autoMerge: false; who may approve is a setting of the branch ${environment.branch}`);
        case PromotionGate.SOAK_TIME: return native(part, `TimedCommitStatus on ${sources.join(' and ')}`);
        case PromotionGate.ALLOWED_TIMES: return native(part, 'ScheduledCommitStatus, allow');
        case PromotionGate.FREEZES: {
          if (environment.isFrozenByState) {
            return unsupported(part, `it stands in releases/${environment.name}.json, which GitOps Promoter does not read`);
          }
          return freezes.some(freeze => windowOf(freeze) === undefined)
            ? unsupported(part, 'a window of ScheduledCommitStatus begins by cron: a freeze needs both ends, at most 366 days apart, or neither')
            : emulated(part, 'ScheduledCommitStatus, exclude; a freeze with dates comes again each year until it is taken out');
        }
        case PromotionGate.HEALTH: return sources.every(source => (byName.get(source)?.applications.length ?? 0) > 0)
          ? native(part, `ArgoCDCommitStatus on ${sources.join(' and ')}`)
          : unsupported(part, 'only Argo CD tells GitOps Promoter of health, and no Applications of its own deploy the environment before');
        case PromotionGate.ANALYSIS: return unsupported(part, 'it runs no AnalysisTemplates; a pipeline may report a CommitStatus');
      }
    }),
    dropped('rollback', 'there is none: RevertCommit is an empty scaffold. Revert the commit on the branch that all is rendered from; it goes the whole road, through all gates'),
  ];
}
