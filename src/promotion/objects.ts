import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';

/*
 * The objects of a tree, by what others know them by.
 */

/** The namespace that an object lands in, empty where nobody says one. */
export function namespaceOf(object: ApiObject): string {
  return object.metadata.namespace ?? object.chart.namespace ?? '';
}

export function isObject(construct: IConstruct): construct is ApiObject {
  return typeof (construct as Partial<ApiObject>).apiVersion === 'string' && typeof (construct as Partial<ApiObject>).toJson === 'function' && 'chart' in construct;
}

/** For a kind that lives in no namespace: cdk8s gives it that of the chart, which the API server refuses. */
export function dropNamespace(object: ApiObject): void {
  (object.metadata as { namespace?: string }).namespace = undefined;
}

/** All objects of a tree by group, kind, namespace and name. */
export class ObjectIndex {
  private readonly byName = new Map<string, ApiObject>();
  private readonly byKind = new Map<string, ApiObject[]>();

  public constructor(root: IConstruct) {
    for (const object of root.node.findAll().filter(isObject)) {
      const kind = key(object.apiGroup, object.kind);
      this.byName.set(key(object.apiGroup, object.kind, namespaceOf(object), object.name), object);
      this.byKind.set(kind, [...this.byKind.get(kind) ?? [], object]);
    }
  }

  public find(group: string, kind: string, namespace: string, name: string): ApiObject | undefined {
    return this.byName.get(key(group, kind, namespace, name));
  }

  public all(group: string, kind: string): ApiObject[] {
    return this.byKind.get(key(group, kind)) ?? [];
  }
}

function key(...parts: string[]): string {
  return JSON.stringify(parts);
}
