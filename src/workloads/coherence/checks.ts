import type { Finding } from '../../core/diagnostics/finding';
import type { Platform } from '../../core/platform';
import { slowestStart } from '../containers';
import * as messages from '../messages';
import { Controller, Found, inventories, Inventory, isObject, items, matches, scaled } from './inventory';

/** What the finished objects of workloads say against each other. */
export function checkObjects(platform: Platform): Finding[] {
  return inventories(platform).flatMap(inventory => [
    ...sameNames(inventory.objects),
    ...inventory.controllers.flatMap(target => checkController(target, inventory)),
    ...checkAutoscalers(inventory),
    ...inventory.budgets.flatMap(budget => checkBudget(budget, inventory)),
    ...inventory.services.flatMap(service => checkService(service, inventory)),
    ...inventory.tasks.flatMap(checkTask),
  ]);
}

function sameNames(objects: Found[]): Finding[] {
  const seen = new Map<string, Found>();
  return objects.flatMap(object => {
    const { path, apiVersion, kind, name } = object;
    const key = `${apiVersion.split('/')[0]} ${kind} ${name}`;
    const other = seen.get(key);
    seen.set(key, other ?? object);
    return other ? [messages.sameObject.at(path, { kind, name, other: other.path })] : [];
  });
}

function checkController(target: Controller, inventory: Inventory): Finding[] {
  const { path, kind, name, spec, pod } = target;
  const scalers = inventory.autoscalersOf(target);
  const title = `${kind} ${name}`;
  return [
    ...(scalers.length > 1 ? [messages.twoAutoscalers.at(path, { autoscalers: scalers.map(each => `${each.kind} ${each.name}`), name: title })] : []),
    ...(scalers.length > 0 && typeof spec.replicas === 'number' && !target.ownsNoReplicas
      ? [messages.replicasBesideAutoscaler.at(path, { workload: title, autoscaler: scalers[0].name, replicas: spec.replicas })] : []),
    ...progressFindings(target, inventory.fewestPodsOf(target)),
    ...(pod ? [...selectorFindings(target), ...containerFindings(target, pod.spec)] : []),
  ];
}

function selectorFindings({ path, kind, name, spec, pod }: Controller): Finding[] {
  const labels = spec.selector?.matchLabels;
  return isObject(labels) && !matches(labels, pod!.labels)
    ? [messages.selectsNothing.at(path, { what: `The ${kind} ${JSON.stringify(name)}`, selector: shown(labels) })] : [];
}

/** Whether a rollout can replace a pod at all, and whether its deadline lets it. */
function progressFindings({ path, kind, name, spec, pod }: Controller, replicas: number): Finding[] {
  if (kind === 'StatefulSet') {
    return [];
  }
  const strategy = kind === 'Rollout' ? spec.strategy?.canary : spec.strategy?.type === 'Recreate' ? undefined : spec.strategy?.rollingUpdate ?? {};
  const surge = scaled(strategy?.maxSurge ?? '25%', replicas, 'up');
  const unavailable = scaled(strategy?.maxUnavailable ?? '25%', replicas, 'down');
  const said = { workload: `${kind} ${name}`, surge: String(strategy?.maxSurge), unavailable: String(strategy?.maxUnavailable) };
  const isStuck = isObject(strategy) && surge === 0 && unavailable === 0 && replicas > 0;
  const minReady = typeof spec.minReadySeconds === 'number' ? spec.minReadySeconds : 0;
  const deadline = typeof spec.progressDeadlineSeconds === 'number' ? spec.progressDeadlineSeconds : 600;
  const probes = items(pod?.spec.containers).map(container => container.startupProbe).filter(isObject);
  const start = Math.max(0, ...probes.map(slowestStart));
  return [
    ...(isStuck ? [messages.noProgress.at(path, said)] : []),
    ...(deadline <= minReady ? [messages.shortDeadline.at(path, { deadline, slowest: minReady, what: 'minReadySeconds' })]
      : deadline <= start + minReady ? [messages.shortDeadline.at(path, { deadline, slowest: start + minReady, what: 'start-up and minReadySeconds together' })] : []),
  ];
}

function containerFindings({ path, name }: Controller, pod: any): Finding[] {
  const containers = [...items(pod.containers), ...items(pod.initContainers)];
  const grace = typeof pod.terminationGracePeriodSeconds === 'number' ? pod.terminationGracePeriodSeconds : 30;
  const names = containers.flatMap(container => items(container.ports)).flatMap(port => typeof port.name === 'string' ? [port.name] : []);
  return [
    ...[...new Set(names.filter((port, i) => names.indexOf(port) !== i))].map(port => messages.repeatedPort.at(path, { workload: name, port })),
    ...containers.flatMap(container => {
      const preStop = waitOf(container.lifecycle?.preStop);
      return preStop > 0 && preStop >= grace ? [messages.shortGrace.at(path, { container: String(container.name), preStop, grace })] : [];
    }),
    ...containers.flatMap(container => probeFindings(path, container)),
  ];
}

/** How long a hook before the stop takes, as far as it can be told. */
function waitOf(preStop: any): number {
  const command = preStop?.exec?.command;
  const seconds = preStop?.sleep?.seconds ?? (Array.isArray(command) && /^(.*\/)?sleep$/.test(command[0]) ? Number(command[1]) : undefined);
  return typeof seconds === 'number' && Number.isFinite(seconds) ? seconds : 0;
}

function probeFindings(path: string, container: any): Finding[] {
  const ports = items(container.ports);
  const known = ports.map(port => String(port.name ?? port.containerPort));
  return ['readinessProbe', 'livenessProbe', 'startupProbe'].flatMap(kind => {
    const probe = container[kind];
    const port = probe?.httpGet?.port ?? probe?.tcpSocket?.port ?? probe?.grpc?.port;
    const exists = ports.some(each => each.name === port || each.containerPort === port);
    // A number without any declared port is legal, and says all that there is to know.
    const isUnknown = (typeof port === 'string' || (typeof port === 'number' && ports.length > 0)) && !exists;
    return isUnknown ? [messages.unknownPort.at(path, { what: `The ${kind} of the container ${JSON.stringify(String(container.name))}`, port, known })] : [];
  });
}

function checkAutoscalers(inventory: Inventory): Finding[] {
  const busy = new Set(inventory.controllers.flatMap(target => inventory.autoscalersOf(target)));
  return inventory.autoscalers.flatMap(scaler => checkAutoscaler(scaler, busy.has(scaler)));
}

function checkAutoscaler(scaler: Found, hasTarget: boolean): Finding[] {
  const { path, kind, name, spec } = scaler;
  const reference = spec.scaleTargetRef;
  const [minimum, maximum] = kind === 'ScaledObject' ? [spec.minReplicaCount ?? 0, spec.maxReplicaCount ?? 100] : [spec.minReplicas ?? 1, spec.maxReplicas];
  const known = ['Deployment', 'Rollout', 'StatefulSet'].includes(reference?.kind ?? 'Deployment');
  return [
    ...(known && !hasTarget
      ? [messages.lostAutoscaler.at(path, { autoscaler: `${kind} ${name}`, kind: String(reference?.kind ?? 'Deployment'), name: String(reference?.name) })] : []),
    ...(typeof minimum === 'number' && typeof maximum === 'number' && maximum < minimum ? [messages.unlikelyAutoscaler.at(path, { autoscaler: `${kind} ${name}`, minimum, maximum })] : []),
  ];
}

function checkBudget({ path, name, spec }: Found, inventory: Inventory): Finding[] {
  const labels = spec.selector?.matchLabels;
  if (!isObject(labels)) {
    return [];
  }
  const targets = inventory.selectedBy(labels);
  if (targets.length === 0) {
    // A controller without pods of its own takes them from elsewhere.
    return inventory.hasUnknownPods ? [] : [messages.selectsNothing.at(path, { what: `The budget ${JSON.stringify(name)}`, selector: shown(labels) })];
  }
  const replicas = targets.reduce((sum, target) => sum + inventory.fewestPodsOf(target), 0);
  const needed = scaled(spec.minAvailable, replicas, 'up');
  const away = scaled(spec.maxUnavailable, replicas, 'up'); // k8s disruption controller rounds up
  const isBlocked = replicas > 0 && (needed !== undefined ? needed >= replicas : away !== undefined && away <= 0);
  const allowed = needed !== undefined ? `minAvailable ${spec.minAvailable}` : `maxUnavailable ${spec.maxUnavailable}`;
  return isBlocked ? [messages.blockingBudget.at(path, { budget: name, replicas, allowed })] : [];
}

function checkService({ path, name, spec }: Found, inventory: Inventory): Finding[] {
  if (!isObject(spec.selector) || Object.keys(spec.selector).length === 0 || spec.type === 'ExternalName') {
    return [];
  }
  const what = `The Service ${JSON.stringify(name)}`;
  const pods = inventory.selectedBy(spec.selector).map(({ pod }) => pod!.spec);
  if (pods.length === 0) {
    return inventory.hasUnknownPods ? [] : [messages.selectsNothing.at(path, { what, selector: shown(spec.selector) })];
  }
  const known = pods
    .flatMap(pod => [...items(pod.containers), ...items(pod.initContainers)])
    .flatMap(container => items(container.ports))
    .flatMap(port => typeof port.name === 'string' ? [port.name] : []);
  return items(spec.ports).filter(({ targetPort }) => typeof targetPort === 'string' && !known.includes(targetPort))
    .map(({ targetPort }) => messages.unknownPort.at(path, { what, port: targetPort, known: [...new Set(known)] }));
}

function checkTask({ path, name, spec }: Found): Finding[] {
  return spec.jobTemplate?.spec?.ttlSecondsAfterFinished === undefined ? [] : [messages.taskWithTtl.at(path, { task: name })];
}

function shown(labels: Record<string, unknown>): string {
  return Object.entries(labels).map(([key, value]) => `${key}=${value}`).join(',');
}
