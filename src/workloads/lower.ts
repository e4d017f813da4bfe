import { ApiObject, ApiObjectProps } from 'cdk8s';
import { FolderChart } from '../core/folder-chart';
import type { Platform } from '../core/platform';
import type { Environment } from '../environments';
import type { WorkloadGraph } from './graph';
import * as messages from './messages';
import { disruptionBudget, autoscaler } from './objects/availability';
import { deployment } from './objects/deployment';
import { standardLabels } from './objects/labels';
import { defaultDeny, namespace, priorityClass } from './objects/namespace';
import { networkPolicy } from './objects/network-policy';
import { ingress, service, serviceAccount } from './objects/service';
import type { WorkloadPlan } from './plan';

/** Makes a chart for each workload in each of its environments, and one for what they share there. */
export function lowerWorkloads(platform: Platform, graph: WorkloadGraph): void {
  const plans = graph.workloads.flatMap(workload => workload.environments.map(environment => workload._plan(environment)));
  for (const environment of new Set(plans.map(plan => plan.environment))) {
    const own = plans.filter(plan => plan.environment === environment);
    lowerShared(platform, environment, own);
    own.forEach(plan => lowerWorkload(plan));
  }
}

/** Namespaces with their default policy, and the priority of the environment. */
function lowerShared(platform: Platform, environment: Environment, plans: WorkloadPlan[]): void {
  const chart = new FolderChart(environment, free(environment, 'namespaces'), {
    folder: `${environment.name}/namespaces`,
    labels: standardLabels(platform.name, environment),
    environment: environment.name,
  });
  for (const name of [...new Set(plans.map(plan => plan.namespace))].sort()) {
    add(chart, `namespace-${name}`, namespace(name, environment.cluster));
    add(chart, `default-deny-${name}`, defaultDeny(name));
  }
  add(chart, 'priority-class', priorityClass(platform.name, environment, plans[0].priority));
}

function lowerWorkload(plan: WorkloadPlan): void {
  const chart = new FolderChart(plan.environment, free(plan.environment, plan.name), {
    folder: `${plan.environment.name}/${plan.name}`,
    namespace: plan.namespace,
    labels: { ...standardLabels(plan.platform, plan.environment), ...plan.labels, 'app.kubernetes.io/name': plan.name, 'app.kubernetes.io/instance': plan.name },
    environment: plan.environment.name,
    workload: plan.name,
  });
  add(chart, 'service-account', serviceAccount(plan));
  add(chart, 'deployment', deployment(plan));
  add(chart, 'network-policy', networkPolicy(plan));
  if (plan.replicas.minimum > 1) {
    add(chart, 'disruption-budget', disruptionBudget(plan));
  }
  if (plan.replicas.isAutoscaled) {
    add(chart, 'autoscaler', autoscaler(plan));
  }
  if (plan.service) {
    add(chart, 'service', service(plan, plan.service));
    if (plan.service.host !== undefined && plan.environment.ingress) {
      add(chart, 'ingress', ingress(plan, plan.service, plan.service.host, plan.environment.ingress));
    }
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
