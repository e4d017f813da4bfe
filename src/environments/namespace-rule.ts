import * as messages from './messages';
import { nameFault } from '../core/names';

/** How the namespaces of an environment are named. */
export abstract class NamespaceRule {
  /**
   * One namespace for the whole environment.
   *
   * @param name its name; by default `<platform>-<environment>`
   */
  public static perEnvironment(name?: string): NamespaceRule {
    return new PerEnvironment(name);
  }

  /**
   * A namespace for each workload: `<prefix>-<workload>`.
   *
   * @param prefix what the names begin with; by default `<platform>-<environment>`
   */
  public static perWorkload(prefix?: string): NamespaceRule {
    return new PerWorkload(prefix);
  }

  protected constructor() {}

  /**
   * The namespace of a workload. Throws FW205 when Kubernetes refuses it.
   *
   * @internal
   */
  public _namespaceOf(path: string, platform: string, environment: string, workload: string): string {
    const namespace = this._compose(platform, environment, workload);
    const fault = nameFault(namespace) ?? (/^(default|kube-.*)$/.test(namespace) ? 'belongs to Kubernetes' : undefined);
    if (fault) {
      throw messages.invalidNamespace.error(path, { namespace, fault });
    }
    return namespace;
  }

  /** @internal */
  protected abstract _compose(platform: string, environment: string, workload: string): string;
}

class PerEnvironment extends NamespaceRule {
  public constructor(private readonly name: string | undefined) {
    super();
  }

  protected _compose(platform: string, environment: string): string {
    return this.name ?? `${platform}-${environment}`;
  }
}

class PerWorkload extends NamespaceRule {
  public constructor(private readonly prefix: string | undefined) {
    super();
  }

  protected _compose(platform: string, environment: string, workload: string): string {
    return `${this.prefix ?? `${platform}-${environment}`}-${workload}`;
  }
}
