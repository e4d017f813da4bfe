import { slowestStart } from './containers';
import { ZERO_DOWNTIME } from './defaults';
import { CapabilityRow } from '../core/capability';
import { Finding, Severity } from '../core/diagnostics/finding';
import type { Platform } from '../core/platform';
import { gaps } from '../strategies/capability';
import { StrategyEngine } from '../strategies/engine';
import { selector } from './objects/labels';
import { KubernetesEngine } from '../strategies/engines/kubernetes/engine';
import type { RolloutTarget, ServiceTarget } from '../strategies/target';
import { dnsRule } from './objects/network-policy';
import { podTemplate, versionLabels } from './objects/pod-template';
import type { RolloutShape, ServicePlan, WorkloadPlan } from './plan';
import { rolloutShape } from './shapes';

/** A workload whose pods are replaced by a rollout. */
export type RolloutPlan = WorkloadPlan & { readonly shape: RolloutShape };

type Described = Omit<RolloutTarget, 'template'>;

/** What carries out the rollouts of a platform: Kubernetes alone, where nothing else is said. */
export function engineOf(platform: Platform): StrategyEngine {
  return StrategyEngine.tryOf(platform) ?? new KubernetesEngine();
}

/** What an engine makes of a workload. */
export function capabilitiesOf(plan: RolloutPlan, engine: StrategyEngine): CapabilityRow[] {
  return engine.capabilities(describe(plan));
}

/** What the engine cannot do for a workload, and what it finds wrong. */
export function rolloutFindings(plan: RolloutPlan, engine: StrategyEngine): Finding[] {
  const described = describe(plan);
  return [...gaps(plan.path, engine.title, plan.environment.name, engine.capabilities(described)), ...engine.findings(described)];
}

/** The workload as the engine gets it. */
export function targetOf(plan: RolloutPlan, engine: StrategyEngine): RolloutTarget {
  const described = describe(plan);
  const controller = engine.controllerOf(described.strategy);
  return { ...described, template: podTemplate(plan, controller) };
}

/**
 * What carries out the rollout of a workload. Where the engine finds an error nothing will be
 * written, and Kubernetes alone completes the tree, for what else is to be checked.
 */
export function delivery(plan: RolloutPlan, engine: StrategyEngine): { plan: RolloutPlan; engine: StrategyEngine } {
  if (!rolloutFindings(plan, engine).some(finding => finding.severity === Severity.ERROR)) {
    return { plan, engine };
  }
  return { plan: { ...plan, shape: { ...plan.shape, strategy: rolloutShape({}, {}).strategy } }, engine: new KubernetesEngine() };
}

function describe(plan: RolloutPlan): Described {
  const { minimum, maximum, isAutoscaled, _scaling: scaling } = plan.shape.replicas;
  return {
    path: plan.path,
    name: plan.name,
    namespace: plan.namespace,
    environment: plan.environment,
    labels: versionLabels(plan),
    replicas: {
      minimum, maximum, isAutoscaled, ...(isAutoscaled ? { scaler: scaling.kind === 'keda' ? 'ScaledObject' : 'HorizontalPodAutoscaler' } : {}),
    },
    selector: selector(plan.name),
    minReadySeconds: ZERO_DOWNTIME.minReadySeconds,
    progressDeadlineSeconds: progressDeadline(plan),
    dns: dnsRule(plan.environment.cluster.profile),
    service: plan.service && serviceTarget(plan.service),
    strategy: plan.shape.strategy,
  };
}

function serviceTarget({ servicePort, portName, port, hosts, tlsSecret }: ServicePlan): ServiceTarget {
  return { port: servicePort, portName, containerPort: port, labels: {}, hosts: [...hosts], tlsSecret };
}

/** Longer than the slowest start that the start-up probes allow: a rollout must not fail while pods may still start. */
function progressDeadline({ containers, initContainers }: WorkloadPlan): number {
  // Sidecars that are init containers start one after the other, the others at the same time.
  const before = initContainers.reduce((sum, container) => sum + slowestStart(container.probes.startupProbe), 0);
  const beside = Math.max(...containers.map(container => slowestStart(container.probes.startupProbe)));
  return before + beside === 0 ? ZERO_DOWNTIME.progressDeadlineSeconds
    : Math.max(ZERO_DOWNTIME.progressDeadlineSeconds, before + beside + ZERO_DOWNTIME.minReadySeconds + 60);
}
