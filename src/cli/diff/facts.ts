import type { Area } from './areas';
import { fieldOf } from './areas';
import type { Difference, Fact } from './model';
import { FiledObject, kindOf, Manifest, partOf } from './objects';
import { strategyText } from '../../simulation/render/describe';

/** What one environment has of a workload, as far as it is looked at. */
export interface Side {
  /** The objects of some kinds. */
  find(...kinds: string[]): Manifest[];
}

const SCALERS = ['HorizontalPodAutoscaler', 'ScaledObject'];

/** What the differences of a workload mean: another strategy, other numbers of pods. */
export function factsOf(before: Side, after: Side, differences: Difference[]): Fact[] {
  const fact = (area: Area, label: string, say: (side: Side) => string | undefined, isCovered: (d: Difference) => boolean): Fact[] => {
    const [old, now] = [say(before), say(after)];
    const covers = differences.filter(isCovered);
    return old === undefined || now === undefined || old === now || covers.length === 0 ? [] : [{ area, label, before: old, after: now, covers }];
  };
  return [
    ...fact('strategy', '', strategyOf, d => isOfController(d) && /^(kind|apiVersion|spec\.(strategy|updateStrategy)(\..*)?)$/.test(fieldOf(d.change))),
    ...fact('scaling', 'replicas', replicasOf, d => isOfController(d) ? fieldOf(d.change) === 'spec.replicas' : isOfScaler(d)),
  ];
}

/** The names of Services that a strategy sends traffic to, besides that of the workload. */
export function servicesOf(side: Side): string[] {
  const { canary, blueGreen } = (partOf(controllerOf(side), 'spec', 'strategy') ?? {}) as Record<string, any>;
  return [
    canary?.canaryService, canary?.stableService, canary?.pingPong?.pingService, canary?.pingPong?.pongService,
    blueGreen?.activeService, blueGreen?.previewService,
  ].filter(name => typeof name === 'string');
}

export function controllerOf(side: Side): Manifest | undefined {
  return side.find('Rollout', 'Deployment', 'StatefulSet', 'DaemonSet')[0];
}

/** `Deployment, rolling update`, `Rollout, routed canary`. */
function strategyOf(side: Side): string | undefined {
  const controller = controllerOf(side);
  if (controller === undefined) {
    return undefined;
  }
  const kind = String(controller.kind);
  if (side.find('Canary').length > 0) {
    return `${kind}, released by Flagger`;
  }
  const type: unknown = partOf(controller, 'spec', kind === 'Deployment' ? 'strategy' : 'updateStrategy', 'type') ?? 'RollingUpdate';
  const words: Record<string, string> = { RollingUpdate: 'rolling update', Recreate: 'recreated', OnDelete: 'on delete' };
  return `${kind}, ${kind === 'Rollout' ? strategyText(controller) : words[String(type)] ?? 'unknown strategy'}`;
}

/** `3`, or `3 to 12` where an autoscaler decides. */
function replicasOf(side: Side): string | undefined {
  const controller = controllerOf(side);
  const scaler = side.find(...SCALERS)[0];
  if (controller === undefined) {
    return undefined;
  }
  const number = (value: unknown, fallback: number) => typeof value === 'number' ? value : fallback;
  if (scaler === undefined) {
    return String(number(partOf(controller, 'spec', 'replicas'), 1));
  }
  const isKeda = scaler.kind === 'ScaledObject';
  const [least, most] = isKeda ? ['minReplicaCount', 'maxReplicaCount'] : ['minReplicas', 'maxReplicas'];
  // The defaults of KEDA are 0 and 100, that of an autoscaler is 1; the maximum of it is required.
  return `${number(partOf(scaler, 'spec', least), isKeda ? 0 : 1)} to ${number(partOf(scaler, 'spec', most), 100)}`;
}

function isOfController({ pair }: Difference): boolean {
  const kinds = ['Rollout', 'Deployment', 'StatefulSet', 'DaemonSet'];
  return [pair.before, pair.after].every(filed => filed === undefined || kinds.includes(kindOf(filed)));
}

function isOfScaler({ pair, change }: Difference): boolean {
  return SCALERS.includes(kindOf((pair.after ?? pair.before) as FiledObject))
    && (change.path.length === 0 || /^spec\.(min|max)Replica(s|Count)$/.test(fieldOf(change)));
}
