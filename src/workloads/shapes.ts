import { ZERO_DOWNTIME } from './defaults';
import type { RolloutShape } from './plan';
import { Replicas } from './replicas';
import { WorkloadOverride, WorkloadProps } from './workload-props';

/** How many pods there are and how new ones take over, with what an environment changes. */
export function rolloutShape(props: Pick<WorkloadProps, 'replicas' | 'strategy'>, override: WorkloadOverride): RolloutShape {
  return {
    kind: 'rollout',
    replicas: override.replicas ?? props.replicas ?? Replicas.fixed(ZERO_DOWNTIME.replicas),
    strategy: (override.strategy ?? props.strategy)?._plan
      ?? { kind: 'rolling', maxSurge: ZERO_DOWNTIME.maxSurge, maxUnavailable: ZERO_DOWNTIME.maxUnavailable },
  };
}
