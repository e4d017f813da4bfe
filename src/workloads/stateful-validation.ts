import { checkMountPath, checkOneOf, checkOverrides } from './check-values';
import * as messages from './messages';
import { volumeName } from './mounts';
import { quantityValue } from './resources';
import { PodOrder, StatefulServiceProps, StorageProps } from './stateful-service-props';
import { isDnsSubdomain, isMap } from '../core/metadata';

/** Throws for props that no stateful service can have. */
export function checkStateful(where: string, props: Partial<StatefulServiceProps>): void {
  const refuse = (what: string, value: unknown, fault: string) => messages.invalidStateful.error(where, { what, value, fault });
  if (!isMap(props.storage) || Object.keys(props.storage!).length === 0) {
    throw refuse('map of storage', props.storage, 'is none, or empty: a service without storage is a WebService');
  }
  const names = Object.keys(props.storage!).map(volumeName);
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  if (repeated !== undefined) {
    throw refuse('storage', repeated, 'would be the name of two volumes');
  }
  for (const [path, storage] of Object.entries<StorageProps>(props.storage!)) {
    checkMountPath(where, 'mount path', path);
    quantityValue(where, `size of ${path}`, storage?.size, 1000);
    if (storage.storageClass !== undefined && !isDnsSubdomain(storage.storageClass)) {
      throw refuse(`storage class of ${path}`, storage.storageClass, 'is no name of one');
    }
  }
  checkOneOf(where, 'order of pods', props.order, Object.values(PodOrder));
  checkNumbers(props.pods, props.partition);
  checkOverrides(where, 'service', props.overrides ?? {}, override => checkNumbers(override.pods, override.partition));

  function checkNumbers(pods: number | undefined, partition: number | undefined): void {
    if (pods !== undefined && !(Number.isInteger(pods) && pods >= 1 && pods <= 10_000)) {
      throw messages.invalidReplicas.error(where, { value: pods, fault: 'is not a whole number from 1 to 10000' });
    }
    if (partition !== undefined && !(Number.isInteger(partition) && partition >= 0)) {
      throw refuse('partition', partition, 'is no whole number from 0');
    }
  }
}
