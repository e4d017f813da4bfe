import { k8s } from 'cdk8s-plus-28';
import { RESOURCES } from './defaults';
import * as messages from './messages';
import { isMap } from '../core/metadata';

/** What a container asks for and what it may take, as quantities of Kubernetes. */
export interface Resources {
  /**
   * CPU that is set aside.
   *
   * @default '100m'
   */
  readonly cpu?: string;

  /**
   * Memory that is set aside.
   *
   * @default '128Mi'
   */
  readonly memory?: string;

  /**
   * Local disk that is set aside: logs, the writable layer and emptyDir volumes.
   *
   * @default '64Mi'
   */
  readonly ephemeralStorage?: string;

  /**
   * CPU above which the container is throttled.
   *
   * @default - five times the request
   */
  readonly cpuLimit?: string;

  /**
   * Memory above which the container is killed.
   *
   * @default - the request
   */
  readonly memoryLimit?: string;

  /**
   * Local disk above which the pod is evicted.
   *
   * @default - four times the request; where neither is given, more if `writablePaths` and folders need it
   */
  readonly ephemeralStorageLimit?: string;
}

const SUFFIXES: Record<string, number> = {
  '': 1,
  'm': 1e-3,
  'k': 1e3,
  'M': 1e6,
  'G': 1e9,
  'T': 1e12,
  'P': 1e15,
  'Ki': 2 ** 10,
  'Mi': 2 ** 20,
  'Gi': 2 ** 30,
  'Ti': 2 ** 40,
  'Pi': 2 ** 50,
};

/** More than any node has. */
const LARGEST = 2 ** 55;

/** The value of a quantity in its base unit. Throws FW404 for what is none, or outside of what a container can use. */
export function quantityValue(where: string, what: string, quantity: string, minimum: number): number {
  const refuse = (fault: string) => messages.invalidQuantity.error(where, { what, value: quantity, fault });
  const match = typeof quantity === 'string' ? /^(\d+(?:\.\d+)?)(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$/.exec(quantity) : null;
  if (!match) {
    throw refuse('is no quantity');
  }
  const value = Number(match[1]) * SUFFIXES[match[2] ?? ''];
  if (value < minimum) {
    throw refuse(value === 0 ? 'is not above zero' : minimum < 1 ? 'is less than a thousandth of a CPU' : 'is less than a kilobyte');
  }
  if (value > LARGEST) {
    throw refuse('is more than a node can have');
  }
  return value;
}

/** Requests and limits with the defaults filled in. Throws FW404 for a limit below its request. */
export function resolveResources(where: string, resources: Resources): k8s.ResourceRequirements {
  if (!isMap(resources)) {
    throw messages.invalidQuantity.error(where, { what: 'map of resources', value: resources, fault: 'is none' });
  }
  const pair = (what: string, minimum: number, request: string, limit: string | undefined, factor: number) => {
    const requested = quantityValue(where, `${what} request`, request, minimum);
    const effective = limit ?? multiplied(request, factor);
    if (quantityValue(where, `${what} limit`, effective, minimum) < requested) {
      throw messages.invalidQuantity.error(where, { what: `${what} limit`, value: effective, fault: `is below the request of ${request}` });
    }
    return [k8s.Quantity.fromString(request), k8s.Quantity.fromString(effective)] as const;
  };
  const cpu = pair('CPU', 0.001, resources.cpu ?? RESOURCES.cpu, resources.cpuLimit, RESOURCES.cpuLimitFactor);
  const memory = pair('memory', 1000, resources.memory ?? RESOURCES.memory, resources.memoryLimit, RESOURCES.memoryLimitFactor);
  const disk = pair(
    'ephemeral storage', 1000, resources.ephemeralStorage ?? RESOURCES.ephemeralStorage, resources.ephemeralStorageLimit, RESOURCES.ephemeralStorageLimitFactor,
  );
  return {
    requests: { 'cpu': cpu[0], 'memory': memory[0], 'ephemeral-storage': disk[0] },
    limits: { 'cpu': cpu[1], 'memory': memory[1], 'ephemeral-storage': disk[1] },
  };
}

/** A quantity times a whole number, in the unit in which it was written. */
export function multiplied(quantity: string, factor: number): string {
  const [, digits, suffix] = /^([\d.]+)(\D*)$/.exec(quantity)!;
  return `${Number((Number(digits) * factor).toFixed(3))}${suffix}`;
}

/** The resources of a workload with those that an override changes. */
export function mergedResources(where: string, resources: Resources = {}, changed: Resources = {}): Resources {
  if (!isMap(changed)) {
    throw messages.invalidQuantity.error(where, { what: 'map of resources', value: changed, fault: 'is none' });
  }
  const given = Object.entries(changed).filter(([, value]) => value !== undefined);
  return { ...resources, ...Object.fromEntries(given) };
}
