import * as messages from './messages';
import { checkReference, GROUP_READABLE, Volume } from './volume';
import { isMap } from '../core/metadata';

/** Which parts of a Secret become files, and how. */
export interface SecretFilesOptions {
  /**
   * The files by their names, each with the key of the Secret: `{ 'tls.crt': 'certificate' }`.
   *
   * @default - every key is a file
   */
  readonly files?: Record<string, string>;

  /**
   * Whether pods start without the Secret.
   *
   * @default false
   */
  readonly optional?: boolean;
}

/** One value of an existing Secret. */
export interface SecretKey {
  /** The name of the Secret, in the namespace of the workload. */
  readonly name: string;

  /** The key in it. */
  readonly key: string;

  /**
   * Whether containers start without it.
   *
   * @default false
   */
  readonly optional?: boolean;
}

/**
 * An existing Secret as files with mode 0440, which the group of the pod may read. Its values never
 * stand in the program: who makes the Secret is another matter (External Secrets, Sealed Secrets, a CSI driver).
 */
export class SecretFiles extends Volume {
  /**
   * A Secret of the namespace.
   *
   * @param name its name. Throws FW430 for what is none
   * @param options which of its keys. Throws FW428 for keys and names that cannot be
   */
  public static of(name: string, options: SecretFilesOptions = {}): SecretFiles {
    checkReference('Secret', name);
    const files = options?.files;
    if (files !== undefined && (!isMap(files) || Object.keys(files).length === 0)) {
      throw messages.invalidSecretReference.error('', { what: 'map of files', value: files, fault: 'is none, or empty' });
    }
    const items = Object.entries(files ?? {}).sort(([a], [b]) => a < b ? -1 : 1).map(([file, key]) => {
      checkKey(key);
      if (!/^[^/:\s\p{C}]+$/u.test(file) || file.startsWith('..') || file === '.') {
        throw messages.invalidSecretReference.error('', { what: 'name of a file', value: file, fault: 'is none' });
      }
      return { key, path: file };
    });
    return new SecretFiles({
      secret: {
        secretName: name,
        defaultMode: GROUP_READABLE,
        ...(files === undefined ? {} : { items }),
        ...(options?.optional === true ? { optional: true } : {}),
      },
    });
  }

  /** @internal */
  public readonly _facts = { readOnly: true };

  private constructor(private readonly source: any) {
    super();
  }

  /** @internal */
  public _source(): any {
    return this.source;
  }
}

/** Throws FW428 for what is no key of a Secret (k8s validation.IsConfigMapKey). */
export function checkKey(key: unknown, where = ''): asserts key is string {
  if (typeof key !== 'string' || !/^[-._a-zA-Z0-9]{1,253}$/.test(key) || key === '.' || key.startsWith('..')) {
    throw messages.invalidSecretReference.error(where, { what: 'key of a Secret', value: key, fault: 'is none' });
  }
}
