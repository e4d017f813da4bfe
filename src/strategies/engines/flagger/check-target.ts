import type { ApiObject } from 'cdk8s';
import type { Canary } from './canary';
import { namespaceOf } from './tree-check';
import { selectorLabel, type Tree } from './tree-index';
import * as messages from './tree-messages';
import type { Finding } from '../../../core/diagnostics/finding';

/*
 * The target of a Canary and its autoscaler.
 */

/** FW682 to FW685 and FW694 to FW696. A target that is not in the tree is nobody's fault. */
export function checkTarget(tree: Tree, canary: Canary, target: ApiObject | undefined): Finding[] {
  const json = target && tree.json(target);
  return [...(json === undefined ? [] : ofTarget(canary, json)), ...autoscalers(tree, canary)];
}

/** How objects are called in messages. */
export function called(kind: string, name: string): string {
  return `${kind} ${JSON.stringify(name)}`;
}

function ofTarget(canary: Canary, json: any): Finding[] {
  const { targetRef, autoscalerRef } = canary._props;
  if (targetRef.kind === 'Service') {
    return [];
  }
  const target = called(targetRef.kind, targetRef.name);
  const label = selectorLabel(json);
  const replicas = json.spec?.replicas;
  return [
    ...(label === undefined ? [messages.noSelectorLabel.at(canary, { target, labels: Object.keys(json.spec?.selector?.matchLabels ?? {}) })] : []),
    ...(autoscalerRef !== undefined && replicas !== undefined
      ? [messages.ownedReplicas.at(canary, { target, replicas, autoscaler: autoscalerRef.name })]
      : []),
    ...ports(canary, target, json),
    ...(label === undefined || targetRef.kind !== 'Deployment' ? [] : spread(canary, target, json, label)),
  ];
}

interface ContainerPort {
  readonly name?: string;
  readonly containerPort: number;
}

/** Names of containers that a mesh adds; Flagger does not discover their ports (pkg/canary/util.go). */
const SIDECARS = ['istio-proxy', 'envoy'];

function ports(canary: Canary, target: string, json: any): Finding[] {
  const service = canary._props.service;
  const containers: any[] = json.spec?.template?.spec?.containers ?? [];
  if (service === undefined) {
    return [];
  }
  const all: ContainerPort[] = containers.flatMap(container => container.ports ?? []);
  const { targetPort, port, portName = 'http' } = service;
  if (typeof targetPort === 'string' && !all.some(each => each.name === targetPort)) {
    return [messages.unknownTargetPort.at(canary, { target, port: targetPort, known: all.flatMap(each => each.name ?? []) })];
  }
  if (!service.portDiscovery) {
    return [];
  }
  const discovered: ContainerPort[] = containers
    .filter(container => !SIDECARS.includes(container.name))
    .flatMap(container => (container.ports ?? []).map((each: ContainerPort, i: number) => ({ name: `tcp-${container.name}-${i}`, ...each })))
    .filter(each => typeof targetPort === 'string' ? each.name !== targetPort : each.containerPort !== (targetPort ?? port));
  const names = new Set<unknown>([portName]);
  const numbers = new Set([port]);
  return discovered.flatMap(({ name = '', containerPort }) => {
    const same = names.has(name) ? 'name' : numbers.has(containerPort) ? 'number' : undefined;
    names.add(name);
    numbers.add(containerPort);
    return same === undefined ? [] : [messages.doublePort.at(canary, { target, port: name, fault: `has the ${same} of another port of the Services` })];
  });
}

function spread(canary: Canary, target: string, json: any, [label, value]: [string, string]): Finding[] {
  const pod = json.spec?.template?.spec ?? {};
  const terms: any[] = [
    ...pod.topologySpreadConstraints ?? [],
    ...pod.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [],
    ...(pod.affinity?.podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map((term: any) => term.podAffinityTerm),
  ];
  const isMissed = value !== canary._props.targetRef.name && terms.some(term => term?.labelSelector?.matchLabels?.[label] === value);
  return isMissed ? [messages.unspreadPrimary.at(canary, { target, label, value })] : [];
}

function autoscalers(tree: Tree, canary: Canary): Finding[] {
  const { targetRef, autoscalerRef } = canary._props;
  const target = called(targetRef.kind, targetRef.name);
  const beside = ['HorizontalPodAutoscaler', 'ScaledObject'].flatMap(kind => tree.all(canary, kind))
    .filter(object => namespaceOf(object) === namespaceOf(canary));
  return beside.flatMap(object => {
    const kind = object.kind;
    const scaled = tree.json(object)?.spec?.scaleTargetRef ?? {};
    const scales = called(scaled.kind ?? 'Deployment', scaled.name);
    const isNamed = autoscalerRef?.kind === kind && autoscalerRef.name === object.name;
    if (isNamed && scales !== target) {
      return [messages.wrongScaleTarget.at(canary, { autoscaler: object.name, scales, target })];
    }
    return !isNamed && scales === target ? [messages.unnamedAutoscaler.at(canary, { autoscaler: called(kind, object.name), target })] : [];
  });
}
