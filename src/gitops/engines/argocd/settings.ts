import { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { at, metadata } from './shapes';
import { Diagnostics } from '../../../core/diagnostics/diagnostics';
import type { Finding } from '../../../core/diagnostics/finding';

/**
 * Settings of an Argo CD installation, which are one ConfigMap of a fixed name. Whoever installs Argo CD has that ConfigMap already:
 * then the settings are merged into it, or its other keys would be lost.
 */
export abstract class ArgoCdSettings {
  /** The name of the ConfigMap. */
  public readonly configMapName: string;

  /** Its keys, with their texts. */
  public readonly data: Record<string, string>;

  /**
   * @param configMapName the name of the ConfigMap
   * @param data its keys, with their texts; those without one are left out
   */
  protected constructor(configMapName: string, data: Record<string, string>) {
    this.configMapName = configMapName;
    this.data = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined).sort(([a], [b]) => a < b ? -1 : 1));
  }

  /** The settings as a merge patch in JSON, for `kubectl patch configmap <name> --type merge --patch-file`: it leaves every other key alone. */
  public mergePatch(): string {
    return JSON.stringify({ data: this.data }, null, 2) + '\n';
  }

  /**
   * The settings as the whole ConfigMap, for those who keep all of it in the repository. Applied beside an installation, it takes
   * away the keys that others have set.
   *
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param objectMetadata namespace, labels and annotations; the name is fixed
   */
  public toConfigMap(scope: Construct, id: string, objectMetadata?: ApiObjectMetadata): ApiObject {
    if (objectMetadata !== undefined) {
      metadata({ ...at(`${scope.node.path}/${id}`, this.configMapName), field: 'metadata' }, objectMetadata);
    }
    const object = new ApiObject(scope, id, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        ...objectMetadata,
        name: this.configMapName,
        labels: { ...objectMetadata?.labels, 'app.kubernetes.io/part-of': 'argocd' }, // without it, Argo CD does not find it (util/settings/settings.go)
      },
      data: this.data,
    });
    Diagnostics.of(object).addCheck({ check: () => this._warnings(object.node.path) });
    return object;
  }

  /**
   * What is legal in them, and unwise.
   *
   * @internal
   */
  public _warnings(_path: string): Finding[] {
    return [];
  }
}
