import type { ApiObjectProps } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { RecreatePlan, RollingPlan } from '../plan';
import type { RolloutTarget } from '../target';

/** How a Deployment is made, beyond what the target says. */
export interface DeploymentOptions {
  /**
   * How old pods are replaced, where an engine other than the Deployment's own controller decides
   * what a rollout is.
   *
   * @default - as the strategy of the target says
   */
  readonly update?: RollingPlan | RecreatePlan;
}

/** The Deployment of a target. Throws for a strategy that a Deployment has no words for, unless `update` says how. */
export function deployment(target: RolloutTarget, options: DeploymentOptions = {}): ApiObjectProps {
  const { name, labels, replicas, minReadySeconds, progressDeadlineSeconds, revisionHistoryLimit, template } = target;
  const update = options.update ?? target.strategy;
  if (update.kind !== 'rolling' && update.kind !== 'recreate') {
    throw new Error(`a Deployment has no ${update.kind} strategy`);
  }
  const manifest = k8s.KubeDeployment.manifest({
    metadata: { name, labels },
    spec: {
      // An autoscaler owns the number; writing it here would reset it with every sync.
      ...(replicas.isAutoscaled ? {} : { replicas: replicas.minimum }),
      selector: { matchLabels: podSelector(target) },
      strategy: strategyOf(update),
      minReadySeconds,
      progressDeadlineSeconds,
      revisionHistoryLimit,
      template: {},
    },
  });
  // As it is: the generated types drop what is younger than they are.
  manifest.spec.template = template;
  return manifest;
}

/**
 * By what the object of a workload selects its pods, whatever the engine: a selector can never be changed, and with the
 * name in it Flagger takes the Deployment as well (flagger pkg/canary/deployment_controller.go, getSelectorLabel).
 */
export function podSelector({ name, selector }: Pick<RolloutTarget, 'name' | 'selector'>): Record<string, string> {
  return { 'app.kubernetes.io/name': name, ...selector };
}

function strategyOf(update: RollingPlan | RecreatePlan): k8s.DeploymentStrategy {
  if (update.kind === 'recreate') {
    return { type: 'Recreate' };
  }
  return { type: 'RollingUpdate', rollingUpdate: { maxSurge: intOrString(update.maxSurge), maxUnavailable: intOrString(update.maxUnavailable) } };
}

function intOrString(value: number | string): k8s.IntOrString {
  return typeof value === 'number' ? k8s.IntOrString.fromNumber(value) : k8s.IntOrString.fromString(value);
}
