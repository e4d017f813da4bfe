import { PodOverride, PodProps } from './pod-props';
import { ServingProps } from './service-props';

/** In which order the pods of a stateful service come and go. */
export enum PodOrder {
  /** One after the other: each waits until the one before is ready. */
  ORDERED = 'OrderedReady',
  /** All at once when the number changes; updates still go one by one. */
  PARALLEL = 'Parallel',
}

/** A volume that each pod of a stateful service has to itself. */
export interface StorageProps {
  /** Its size: `10Gi`. */
  readonly size: string;

  /**
   * The storage class.
   *
   * @default - the default class of the cluster
   */
  readonly storageClass?: string;

  /**
   * Whether only one pod may mount it, instead of one node (`ReadWriteOncePod`, from Kubernetes 1.29).
   *
   * @default false
   */
  readonly singlePod?: boolean;
}

/** What an environment changes about a stateful service. */
export interface StatefulServiceOverride extends PodOverride {
  /**
   * How many pods run.
   *
   * @default - as the service says
   */
  readonly pods?: number;

  /**
   * Pods with a smaller number keep the old version.
   *
   * @default - as the service says
   */
  readonly partition?: number;
}

/** Properties of a `StatefulService`. */
export interface StatefulServiceProps extends PodProps, ServingProps {
  /** The volumes of each pod, by mount path. Kubernetes does not let them change later. */
  readonly storage: Record<string, StorageProps>;

  /**
   * How many pods run. They have numbers and keep their volumes, so no autoscaler decides.
   *
   * @default 3
   */
  readonly pods?: number;

  /**
   * In which order pods come and go. Kubernetes does not let it change later.
   *
   * @default PodOrder.ORDERED
   */
  readonly order?: PodOrder;

  /**
   * Pods with a smaller number keep the old version: what a rollout by stages is made of.
   *
   * @default 0
   */
  readonly partition?: number;

  /**
   * Whether volumes are deleted when the service gets fewer pods. They are always kept when it is deleted.
   *
   * @default false
   */
  readonly deleteStorageWhenScaled?: boolean;

  /**
   * What environments change, by their names. An unknown name is an error (FW207).
   *
   * @default - all environments get the same
   */
  readonly overrides?: Record<string, StatefulServiceOverride>;
}
