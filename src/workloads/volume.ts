import * as messages from './messages';
import { quantityValue } from './resources';
import { copied } from '../core/copied';
import { isDnsSubdomain, isMap } from '../core/metadata';

/** How the claim of a volume may be mounted. */
export interface ClaimOptions {
  /**
   * Whether pods may not write to it.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * Whether pods on several nodes may mount it at the same time (`ReadWriteMany`, `ReadOnlyMany`).
   *
   * @default false - more than one pod, or a rolling update, is a warning (FW433)
   */
  readonly shared?: boolean;
}

/** A volume that lives as long as its pod, from a storage class. */
export interface EphemeralVolumeOptions {
  /** Its size: `10Gi`. */
  readonly size: string;

  /**
   * The storage class.
   *
   * @default - the default class of the cluster
   */
  readonly storageClass?: string;
}

/**
 * What is mounted into a container. The same object in two containers of a workload is one volume,
 * which they share.
 */
export abstract class Volume {
  /**
   * An empty folder on the disk of the node, gone with the pod.
   *
   * @param size the size above which the pod is evicted: `256Mi`. Throws FW404 otherwise
   */
  public static folder(size: string): Volume {
    quantityValue('', 'size of a folder', size, 1000);
    return new PlainVolume({ emptyDir: { sizeLimit: size } }, { size });
  }

  /**
   * An empty folder in memory, gone with the pod. What is in it counts as memory of the containers.
   *
   * @param size the size: `64Mi`. Throws FW404 otherwise
   */
  public static memory(size: string): Volume {
    quantityValue('', 'size of a folder in memory', size, 1000);
    return new PlainVolume({ emptyDir: { medium: 'Memory', sizeLimit: size } }, { memory: size });
  }

  /**
   * An existing PersistentVolumeClaim of the namespace.
   *
   * @param name its name. Throws FW430 for what is none
   * @param options whether it is read-only and shared
   */
  public static claim(name: string, options: ClaimOptions = {}): Volume {
    checkReference('claim', name);
    const readOnly = options?.readOnly === true;
    const source = { persistentVolumeClaim: { claimName: name, ...(readOnly ? { readOnly } : {}) } };
    return new PlainVolume(source, { readOnly, unsharedClaim: options?.shared === true ? undefined : name });
  }

  /**
   * An existing ConfigMap of the namespace, as files.
   *
   * @param name its name. Throws FW430 for what is none
   */
  public static configMap(name: string): Volume {
    checkReference('ConfigMap', name);
    return new PlainVolume({ configMap: { name, defaultMode: READABLE } }, { readOnly: true });
  }

  /**
   * A volume from a storage class that lives as long as its pod.
   *
   * @param options size and class. Throws FW404 for what is no size
   */
  public static ephemeral(options: EphemeralVolumeOptions): Volume {
    quantityValue('', 'size of an ephemeral volume', options?.size, 1000);
    if (options.storageClass !== undefined) {
      checkReference('storage class', options.storageClass);
    }
    const spec = {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: options.size } },
      ...(options.storageClass === undefined ? {} : { storageClassName: options.storageClass }),
    };
    return new PlainVolume({ ephemeral: { volumeClaimTemplate: { spec } } }, {});
  }

  /**
   * A token of the workload's ServiceAccount for one audience, renewed by the kubelet: what cloud
   * providers exchange for their own. The file is called `token`.
   *
   * @param audience who the token is for. Throws FW430 when it is empty
   */
  public static serviceAccountToken(audience: string): Volume {
    if (typeof audience !== 'string' || audience === '') {
      throw messages.invalidVolume.error('', { what: 'audience of a token', value: audience, fault: 'is empty' });
    }
    const sources = [{ serviceAccountToken: { audience, path: 'token', expirationSeconds: 3600 } }];
    return new PlainVolume({ projected: { sources, defaultMode: GROUP_READABLE } }, { readOnly: true });
  }

  /**
   * Any source of a volume, in the words of Kubernetes: `{ csi: { driver: 'secrets-store.csi.k8s.io', readOnly: true } }`.
   *
   * @param source one source, without a name. Throws FW430 for none, for several, and for `hostPath`
   * @param readOnly whether containers mount it read-only
   */
  public static native(source: any, readOnly: boolean = false): Volume {
    const kinds = isMap(source) ? Object.keys(source) : [];
    const fault = kinds.length !== 1 ? 'is not one source of a volume' : kinds[0] === 'hostPath' ? 'is refused in a restricted namespace'
      : !isMap(source[kinds[0]]) ? 'is no source of a volume' : undefined;
    if (fault) {
      throw messages.invalidVolume.error('', { what: 'volume', value: source, fault });
    }
    return new PlainVolume(source, { readOnly: readOnly === true });
  }

  /**
   * What others must know of the volume.
   *
   * @internal
   */
  public abstract readonly _facts: VolumeFacts;

  protected constructor() {}

  /**
   * The source of the volume, without its name.
   *
   * @param workload the name of the workload, from which the names of its own ConfigMaps are made
   * @internal
   */
  public abstract _source(workload: string): any;
}

class PlainVolume extends Volume {
  private readonly source: any;

  public constructor(source: any, public readonly _facts: VolumeFacts) {
    super();
    this.source = copied(source, 10);
  }

  public _source(): any {
    return this.source;
  }
}

/**
 * What others must know of a volume.
 *
 * @internal
 */
export interface VolumeFacts {
  readonly readOnly?: boolean;
  /** The size on the disk of the node. */
  readonly size?: string;
  /** The size in memory. */
  readonly memory?: string;
  /** The name of a claim that one node at a time may mount. */
  readonly unsharedClaim?: string;
}

/** 0444: nobody writes to configuration. */
export const READABLE = 0o444;

/** 0440: the group of the pod (`fsGroup`) reads it, and nobody else. */
export const GROUP_READABLE = 0o440;

/** Throws FW430 for what is no name of an object. */
export function checkReference(what: string, name: unknown, where = ''): asserts name is string {
  if (!isDnsSubdomain(name)) {
    throw messages.invalidVolume.error(where, { what: `name of a ${what}`, value: name, fault: 'is no name of an object' });
  }
}
