import { ApiObject, ApiObjectProps } from 'cdk8s';
import type { Platform } from '../core/platform';
import type { Environment } from '../environments';
import type { WorkloadGraph } from './graph';
import * as messages from './messages';
import { FolderChart } from '../core/folder-chart';
import { disruptionBudget, autoscaler } from './objects/availability';
import { configMap, serviceAccount } from './objects/config';
import { cronJob } from './objects/cron-job';
import { selector, standardLabels } from './objects/labels';
import { monitor } from './objects/monitor';
import { defaultDeny, namespace, priorityClass, resourceQuota } from './objects/namespace';
import { networkPolicy } from './objects/network-policy';
import { headlessService, statefulSet } from './objects/stateful-set';
import type { WorkloadPlan } from './plan';
import { delivery, engineOf, RolloutPlan, targetOf } from './rollout';
import type { Workload } from './workload';
import type { StrategyEngine } from '../strategies/engine';
import { service } from '../strategies/objects/service';

/** Makes a chart for each workload in each of its environments, and one for what they share there. */
export function lowerWorkloads(platform: Platform, graph: WorkloadGraph): void {
  const plans = selected(platform, graph).flatMap(({ workload, environments }) => environments.map(environment => workload._settle(environment)));
  const engine = engineOf(platform);
  for (const environment of new Set(plans.map(plan => plan.environment))) {
    const own = plans.filter(plan => plan.environment === environment);
    lowerShared(platform, environment, own);
    own.forEach(plan => lowerWorkload(plan, engine));
  }
}

/** The workloads that are made, and what they depend on: their order depends on it, and so does what a GitOps engine says of them. */
function selected(platform: Platform, graph: WorkloadGraph): Array<{ workload: Workload; environments: Environment[] }> {
  if (platform._isWhole) {
    return graph.workloads.map(workload => ({ workload, environments: workload.environments }));
  }
  const chosen = new Map<Workload, Set<Environment>>();
  const choose = (workload: Workload, environment: Environment): void => {
    const environments = chosen.get(workload) ?? new Set();
    if (!environments.has(environment) && workload.runsIn(environment)) {
      chosen.set(workload, environments.add(environment));
      workload.dependsOn.flatMap(name => graph.tryFind(name) ?? []).forEach(other => choose(other, environment));
    }
  };
  graph.workloads.forEach(workload => workload.environments
    .filter(environment => platform._isSelected(environment.name, workload.name))
    .forEach(environment => choose(workload, environment)));
  return graph.workloads.filter(workload => chosen.has(workload)).map(workload => ({ workload, environments: [...chosen.get(workload)!] }));
}

/** Namespaces with their default policy and quota, and the priority of the environment. */
function lowerShared(platform: Platform, environment: Environment, plans: WorkloadPlan[]): void {
  const chart = new FolderChart(environment, free(environment, 'namespaces'), {
    folder: `${environment.name}/namespaces`,
    labels: standardLabels(platform.name, environment),
    environment: environment.name,
  });
  for (const name of [...new Set(plans.map(plan => plan.namespace))].sort()) {
    add(chart, `namespace-${name}`, namespace(name, environment.cluster));
    add(chart, `default-deny-${name}`, defaultDeny(name));
    if (environment.quota) {
      add(chart, `quota-${name}`, resourceQuota(name, environment.quota));
    }
  }
  add(chart, 'priority-class', priorityClass(platform.name, environment, plans[0].priority));
}

function lowerWorkload(plan: WorkloadPlan, engine: StrategyEngine): void {
  const chart = new FolderChart(plan.environment, free(plan.environment, plan.name), {
    folder: `${plan.environment.name}/${plan.name}`,
    namespace: plan.namespace,
    labels: { ...standardLabels(plan.platform, plan.environment), ...plan.labels, 'app.kubernetes.io/name': plan.name, 'app.kubernetes.io/instance': plan.name },
    environment: plan.environment.name,
    workload: plan.name,
  });
  add(chart, 'service-account', serviceAccount(plan));
  for (const map of plan.configMaps) {
    add(chart, map.name, configMap(map));
  }
  const most = lowerShape(chart, plan, engine);
  add(chart, 'network-policy', networkPolicy(plan));
  if (most > 1) {
    add(chart, 'disruption-budget', disruptionBudget(plan));
  }
  if (plan.metrics) {
    add(chart, 'monitor', monitor(plan, plan.metrics));
  }
}

/** Makes what makes the pods, and returns how many there are at most. */
function lowerShape(chart: FolderChart, plan: WorkloadPlan, engine: StrategyEngine): number {
  const { shape } = plan;
  switch (shape.kind) {
    case 'rollout': {
      const chosen = delivery(plan as RolloutPlan, engine);
      chosen.engine.deliver(chart, targetOf(chosen.plan, chosen.engine));
      if (shape.replicas.isAutoscaled) {
        add(chart, 'autoscaler', autoscaler(plan, shape.replicas, chosen.engine.controllerOf(chosen.plan.shape.strategy)));
      }
      return shape.replicas.maximum;
    }
    case 'task':
      add(chart, 'cron-job', cronJob(plan, shape));
      return 0;
    case 'stateful':
      add(chart, 'stateful-set', statefulSet(plan, shape));
      if (plan.service) {
        const { servicePort, portName, port } = plan.service;
        add(chart, 'headless-service', headlessService(plan, plan.service));
        add(chart, 'service', service({ selector: selector(plan.name) }, { port: servicePort, portName, containerPort: port, labels: {}, hosts: [] }, plan.name));
      }
      return shape.pods;
  }
}

/** Throws FW408 when the user has put something else of that name below the environment. */
function free(environment: Environment, name: string): string {
  if (environment.node.tryFindChild(name)) {
    throw messages.reservedName.error(`${environment.node.path}/${name}`, { name });
  }
  return name;
}

/**
 * Adds a manifest that was made by a typed Kubernetes object. As a plain `ApiObject` it can be
 * patched with fields of newer Kubernetes versions; the generated classes would drop them again.
 */
function add(chart: FolderChart, id: string, manifest: ApiObjectProps): ApiObject {
  return new ApiObject(chart, id, manifest);
}
