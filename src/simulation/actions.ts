import { PodBehavior } from './pod-behavior';
import { ReplicaSet, timingOf } from './pods';
import type { ScenarioAction } from './scenario-action';
import type { Cluster } from './state';
import { TimelineEventKind as Kind } from './timeline';

/** Does to the Rollout what the commands of `kubectl argo rollouts`, an autoscaler or a delivery tool do (their patches of spec and status). */
export function act(cluster: Cluster, action: ScenarioAction): void {
  const what = action._what;
  cluster.report.event(Kind.ACTION, action._text);
  switch (what.kind) {
    case 'promote': return promote(cluster);
    case 'promote-full':
      cluster.paused = false;
      if (cluster.status.current !== cluster.status.stable) {
        cluster.status = { ...cluster.status, promoteFull: true };
      }
      return;
    case 'abort':
      if (!cluster.status.abort && cluster.status.current !== cluster.status.stable) {
        cluster.report.aborted('a person aborted it');
      }
      cluster.status = { ...cluster.status, abort: true };
      return;
    case 'retry':
      cluster.status = { ...cluster.status, abort: false };
      return;
    case 'pause':
      cluster.paused = true;
      return;
    case 'resume':
      cluster.paused = false;
      return;
    case 'scale':
      cluster.replicas = what.replicas;
      return;
    case 'deploy': {
      const set = new ReplicaSet((cluster.sets.at(-1)?.revision ?? 0) + 1, timingOf((what.pods ?? PodBehavior.ready())._timing),
        cluster.plan.minReady);
      cluster.sets.push(set);
      return deploy(cluster, set);
    }
    case 'rollback': {
      // The revision that would be `kubectl argo rollouts undo`: the newest one before the current.
      const former = cluster.status.stable && cluster.status.stable !== cluster.target ? cluster.status.stable
        : [...cluster.sets].reverse().find(set => set.revision < cluster.target.revision);
      return former ? deploy(cluster, former) : undefined;
    }
    case 'restart-controller':
      cluster.changed = true; // the controller keeps nothing in memory that is not in the cluster
  }
}

/** Applies a revision. */
export function deploy(cluster: Cluster, set: ReplicaSet): void {
  cluster.target = set;
  if (set.spec === 0) {
    cluster.status = { ...cluster.status, progress: 'new', progressAt: cluster.now };
  }
  cluster.report.event(Kind.DEPLOYED, `${set.name} is applied`);
}

/** `kubectl argo rollouts promote`: ends a pause; where there is none, skips the current step. */
function promote(cluster: Cluster): void {
  const { status, plan: { strategy } } = cluster;
  cluster.paused = false;
  if (status.pauses.length > 0) {
    cluster.report.event(Kind.RESUMED, 'resumed');
  }
  const canary = strategy.kind === 'canary';
  const skipped = canary && strategy.steps.length > 0 ? Math.min((status.stepIndex ?? 0) + 1, strategy.steps.length) : undefined;
  if (canary && status.stepRun?.phase === 'Inconclusive' && status.pauses.length > 0 && status.controllerPause) {
    cluster.status = { ...status, pauses: [], controllerPause: false, stepIndex: skipped };
  } else if (status.pauses.length > 0) {
    cluster.status = { ...status, pauses: [] };
  } else if (skipped !== undefined) {
    cluster.status = { ...status, stepIndex: skipped };
  }
}
