import { ApiObject } from 'cdk8s';
import { FolderChart } from '../../core/folder-chart';
import { OwnedFields } from '../../core/owned-fields';
import type { Platform } from '../../core/platform';

/*
 * The finished objects of workloads, as they will be printed: also patched, and also those that
 * users add. Everything is looked at with care, because anything may stand in a field.
 */

/** An object with what other objects know it by. */
export interface Found {
  readonly path: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly spec: any;
}

/** An object that makes pods. */
export interface Controller extends Found {
  /** The pods, if they are described in the object itself. */
  readonly pod: { readonly labels: Record<string, string>; readonly spec: any } | undefined;
  /** Whether something else owns the number of replicas, and everybody knows. */
  readonly ownsNoReplicas: boolean;
}

/** The objects of one namespace of one environment. */
export class Inventory {
  public readonly controllers: Controller[] = [];
  public readonly autoscalers: Found[] = [];
  public readonly budgets: Found[] = [];
  public readonly services: Found[] = [];
  public readonly tasks: Found[] = [];

  private byLabel?: Map<string, Controller[]>;
  private byTarget?: Map<string, Found[]>;

  /** All of them. */
  public get objects(): Found[] {
    return [...this.controllers, ...this.autoscalers, ...this.budgets, ...this.services, ...this.tasks];
  }

  /** Whether there are controllers that take their pods from elsewhere. */
  public get hasUnknownPods(): boolean {
    return this.controllers.some(({ pod }) => !pod);
  }

  /** The controllers whose pods a selector selects (`matchLabels` alone, which is what is written here). */
  public selectedBy(selector: Record<string, unknown>): Controller[] {
    this.byLabel ??= grouped(this.controllers, ({ pod }) => Object.entries(pod?.labels ?? {}).map(([key, value]) => `${key}=${value}`));
    const [first] = Object.entries(selector);
    const candidates = first ? this.byLabel.get(`${first[0]}=${first[1]}`) ?? [] : this.controllers.filter(({ pod }) => pod);
    return candidates.filter(({ pod }) => matches(selector, pod!.labels));
  }

  /** The autoscalers that name a controller; KEDA scales Deployments when it is not told otherwise. */
  public autoscalersOf(target: Found): Found[] {
    this.byTarget ??= grouped(this.autoscalers, ({ spec }) => [String(spec.scaleTargetRef?.name)]);
    return (this.byTarget.get(target.name) ?? []).filter(({ spec: { scaleTargetRef: reference } }) => {
      const group = typeof reference?.apiVersion === 'string' ? reference.apiVersion : target.apiVersion;
      return (reference?.kind ?? 'Deployment') === target.kind && group.split('/')[0] === target.apiVersion.split('/')[0];
    });
  }

  /** The smallest number of pods of a controller: that of its autoscaler, else its own. */
  public fewestPodsOf(target: Controller): number {
    const [scaler] = this.autoscalersOf(target);
    if (!scaler) {
      return typeof target.spec.replicas === 'number' ? target.spec.replicas : 1;
    }
    const least = scaler.kind === 'ScaledObject' ? scaler.spec.minReplicaCount ?? 0 : scaler.spec.minReplicas ?? 1;
    return typeof least === 'number' ? least : 1;
  }
}

const CONTROLLERS = ['Deployment', 'Rollout', 'StatefulSet'];
const AUTOSCALERS = ['HorizontalPodAutoscaler', 'ScaledObject'];

/** What stands in the charts of workloads, by cluster and namespace. */
export function inventories(platform: Platform): Inventory[] {
  const found = new Map<string, Inventory>();
  for (const chart of platform.node.findAll().filter(FolderChart.isFolderChart).filter(each => each.workload !== undefined)) {
    for (const object of chart.node.findAll().filter((each): each is ApiObject => ApiObject.isApiObject(each))) {
      const key = `${chart.environment} ${object.metadata.namespace ?? chart.namespace}`;
      const inventory = found.get(key) ?? new Inventory();
      found.set(key, inventory);
      sort(object, inventory);
    }
  }
  return [...found.values()];
}

function sort(object: ApiObject, inventory: Inventory): void {
  const { kind } = object;
  if (CONTROLLERS.includes(kind)) {
    inventory.controllers.push(controller(object));
  } else if (AUTOSCALERS.includes(kind)) {
    inventory.autoscalers.push(plain(object));
  } else if (kind === 'PodDisruptionBudget') {
    inventory.budgets.push(plain(object));
  } else if (kind === 'Service') {
    inventory.services.push(plain(object));
  } else if (kind === 'CronJob') {
    inventory.tasks.push(plain(object));
  }
}

function plain(object: ApiObject): Found {
  const { apiVersion, kind, name, node } = object;
  return { path: node.path, apiVersion, kind, name, spec: specOf(object) };
}

function controller(object: ApiObject): Controller {
  const found = plain(object);
  const { template } = found.spec;
  return {
    ...found,
    pod: isObject(template?.spec) ? { labels: isObject(template.metadata?.labels) ? template.metadata.labels : {}, spec: template.spec } : undefined,
    ownsNoReplicas: OwnedFields.of(object).all.some(owned => owned.jsonPointers.includes('/spec/replicas')),
  };
}

/** The `spec` of an object. What is neither patched nor computed later is read where it stands, which is much quicker. */
function specOf(object: ApiObject): any {
  const { props, patches } = object as unknown as { props?: { spec?: unknown }; patches?: unknown[] };
  const isWritten = object.constructor === ApiObject && patches?.length === 0 && isObject(props?.spec);
  const spec = isWritten ? props!.spec : object.toJson()?.spec;
  return isObject(spec) ? spec : {};
}

/** Whether something is written in braces. */
export function isObject(x: unknown): x is any {
  return typeof x === 'object' && x !== null && Object.getPrototypeOf(x) === Object.prototype;
}

/** What stands in a list; nothing for what is none. */
export function items(x: unknown): any[] {
  return Array.isArray(x) ? x.filter(isObject) : [];
}

/** Whether labels match those of a selector. */
export function matches(selector: unknown, labels: Record<string, string>): boolean {
  return isObject(selector) && Object.entries(selector).every(([key, value]) => labels[key] === value);
}

/** A whole number, or a percentage of another number rounded up or down (apimachinery GetScaledValueFromIntOrPercent). */
export function scaled(value: unknown, of: number, rounded: 'up' | 'down'): number | undefined {
  if (typeof value === 'number') {
    return value;
  }
  const percent = typeof value === 'string' ? /^(\d+)%$/.exec(value)?.[1] : undefined;
  return percent === undefined ? undefined : Math[rounded === 'up' ? 'ceil' : 'floor'](Number(percent) * of / 100);
}

function grouped<T>(values: T[], keysOf: (value: T) => string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    for (const key of keysOf(value)) {
      const group = groups.get(key);
      if (group) {
        group.push(value);
      } else {
        groups.set(key, [value]);
      }
    }
  }
  return groups;
}
