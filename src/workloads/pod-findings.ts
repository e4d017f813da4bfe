import type { ContainerProps } from './container-props';
import * as messages from './messages';
import type { ContainerPlan, RolloutShape, WorkloadPlan } from './plan';
import { portsOf, SIDECARS_SINCE } from './planning';
import { PodProps } from './pod-props';
import { quantityValue } from './resources';
import type { Volume } from './volume';
import type { Workload } from './workload';
import { Finding } from '../core/diagnostics/finding';

/** What is wrong with how the parts of a pod stand together, and with how many there are. */
export function podFindings(workload: Workload, plans: WorkloadPlan[]): Finding[] {
  const described = plans.map(plan => ({ plan, pod: workload._pod(plan.environment) }));
  const findings = [
    ...described.flatMap(({ plan, pod }) => [
      ...mountFindings(workload, plan, pod),
      ...portFindings(workload, plan),
      ...memoryFindings(workload, plan, pod),
      ...sidecarFindings(workload, plan, pod),
    ]),
    ...claimFindings(workload, described),
    ...sleepFindings(workload, plans),
    ...memoryScalingFindings(workload, plans),
  ];
  // The same thing in several environments is said once, unless its message names them.
  const said = new Set<string>();
  return findings.filter(finding => {
    const key = JSON.stringify(finding);
    return !said.has(key) && said.add(key);
  });
}

function containersOf(name: string, { sidecars = [], initContainers = [], ...pod }: PodProps): ContainerProps[] {
  return [{ ...pod, name }, ...sidecars, ...initContainers];
}

function mountFindings(workload: Workload, plan: WorkloadPlan, pod: PodProps): Finding[] {
  const claims = plan.shape.kind === 'stateful' ? workload._claimPaths() : [];
  return containersOf(plan.name, pod).flatMap(({ name, writablePaths, config, secrets, volumes }, i) => {
    const paths = [writablePaths, config, secrets, volumes].flatMap(mounts => Object.keys(mounts ?? {})).concat(i === 0 ? claims : []);
    const repeated = new Set(paths.filter((path, at) => paths.indexOf(path) !== at));
    return [...repeated].map(path => messages.sameMount.at(workload, { path, container: name }));
  });
}

/** Names of ports are looked at in the finished objects, where they may be patched. */
function portFindings(workload: Workload, plan: WorkloadPlan): Finding[] {
  const numbers = portsOf(plan).map(({ port }) => port);
  return [...new Set(numbers.filter((port, i) => numbers.indexOf(port) !== i))].map(value => messages.invalidContainer.at(workload, {
    what: 'port', value, fault: 'is listened on by two containers, which share one network',
  }));
}

function memoryFindings(workload: Workload, plan: WorkloadPlan, pod: PodProps): Finding[] {
  const limits = new Map([...plan.containers, ...plan.initContainers].map(container => [container.name, memoryLimit(container)]));
  return containersOf(plan.name, pod).flatMap(({ name, volumes }) => Object.entries<Volume>(volumes ?? {}).flatMap(([path, volume]) => {
    const { memory } = volume._facts;
    const limit = limits.get(name)!;
    return memory !== undefined && quantityValue('', '', memory, 0) >= quantityValue('', '', limit, 0)
      ? [messages.memoryVolume.at(workload, { path, size: memory, limit, container: name })] : [];
  }));
}

function memoryLimit({ resources }: ContainerPlan): string {
  return String(resources.limits!.memory.value);
}

function sidecarFindings(workload: Workload, plan: WorkloadPlan, { sidecars = [] }: PodProps): Finding[] {
  const { name: environment, cluster } = plan.environment;
  return plan.shape.kind !== 'task' || cluster.isAtLeast(SIDECARS_SINCE) ? []
    : sidecars.map(({ name }) => messages.endlessSidecar.at(workload, { sidecar: name, environment, version: cluster.kubernetesVersion }));
}

function claimFindings(workload: Workload, described: Array<{ plan: WorkloadPlan; pod: PodProps }>): Finding[] {
  const contended = new Map<string, Set<string>>();
  for (const { plan, pod } of described.filter(each => isContended(each.plan))) {
    for (const volume of containersOf(plan.name, pod).flatMap(container => Object.values<Volume>(container.volumes ?? {}))) {
      const claim = volume._facts.unsharedClaim;
      if (claim !== undefined) {
        contended.set(claim, (contended.get(claim) ?? new Set()).add(plan.environment.name));
      }
    }
  }
  return [...contended].map(([claim, environments]) => messages.unsharedClaim.at(workload, { claim, environments: [...environments] }));
}

/** Whether two pods of a workload may exist at the same time. */
function isContended({ shape }: WorkloadPlan): boolean {
  switch (shape.kind) {
    case 'rollout': return shape.replicas.maximum > 1 || shape.strategy.kind !== 'recreate';
    case 'task': return shape.concurrency === 'Allow';
    case 'stateful': return shape.pods > 1;
  }
}

function sleepFindings(workload: Workload, plans: WorkloadPlan[]): Finding[] {
  const sleeping = plans.filter(({ shape }) => shape.kind === 'rollout' && shape.replicas.minimum === 0);
  const say = (reason: string, where: WorkloadPlan[]) =>
    where.length === 0 ? [] : [messages.sleepingWorkload.at(workload, { environments: where.map(plan => plan.environment.name), reason })];
  return [
    ...say('others call it', sleeping.filter(plan => plan.service)),
    ...say('its releases are judged step by step', sleeping.filter(plan => !plan.service && isProgressive(plan.shape as RolloutShape))),
  ];
}

function memoryScalingFindings(workload: Workload, plans: WorkloadPlan[]): Finding[] {
  const environments = plans
    .filter(({ shape }) => shape.kind === 'rollout' && isProgressive(shape) && isScaledByMemory(shape))
    .map(plan => plan.environment.name);
  return environments.length > 0 ? [messages.memoryOfCanary.at(workload, { environments })] : [];
}

function isScaledByMemory({ replicas: { memoryUtilization, _scaling: scaling } }: RolloutShape): boolean {
  return memoryUtilization !== undefined || (scaling.kind === 'keda' && scaling.triggers.some(trigger => trigger._spec.type === 'memory'));
}

function isProgressive({ strategy }: RolloutShape): boolean {
  return strategy.kind === 'canary' || strategy.kind === 'blue-green';
}
