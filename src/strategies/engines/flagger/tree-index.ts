import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Canary } from './canary';
import { isObject, namespaceOf } from './tree-check';
import { Environment } from '../../../environments/environment';

/** The objects of a tree, by what others know them by. Objects of different environments never meet. */
export class Tree {
  public readonly canaries: Canary[] = [];
  private readonly byName = new Map<string, ApiObject[]>();
  private readonly byKind = new Map<string, ApiObject[]>();
  private readonly printed = new Map<ApiObject, any>();
  private readonly places = new Map<IConstruct, string>();

  public constructor(root: IConstruct) {
    for (const construct of root.node.findAll()) {
      this.places.set(construct, Environment.isEnvironment(construct) ? construct.node.path : this.placeOf(construct.node.scope));
      if (isObject(construct)) {
        push(this.byName, this.key(construct, construct.apiGroup, construct.kind, namespaceOf(construct), construct.name), construct);
        push(this.byKind, `${this.placeOf(construct)} ${construct.kind}`, construct);
        if (construct.kind === 'Canary' && construct.apiGroup === 'flagger.app' && '_props' in construct) {
          this.canaries.push(construct as Canary);
        }
      }
    }
  }

  /** Objects beside a Canary, by their names. The core group is empty. */
  public find(canary: Canary, group: string, kind: string, name: string, namespace = namespaceOf(canary)): ApiObject[] {
    return (this.byName.get(this.key(canary, group, kind, namespace, name)) ?? []).filter(object => object !== canary);
  }

  /** All objects of a kind beside a Canary, whatever their namespace. */
  public all(canary: Canary, kind: string): ApiObject[] {
    return this.byKind.get(`${this.placeOf(canary)} ${kind}`) ?? [];
  }

  /** What is written for an object; nothing of one that cannot be printed, which is found elsewhere. */
  public json(object: ApiObject): any {
    if (!this.printed.has(object)) {
      this.printed.set(object, print(object));
    }
    return this.printed.get(object);
  }

  /** Where a construct stands: an environment, or the rest of the tree. */
  public placeOf(construct: IConstruct | undefined): string {
    return construct === undefined ? '' : this.places.get(construct) ?? '';
  }

  private key(beside: IConstruct, group: string, kind: string, namespace: string, name: string): string {
    return JSON.stringify([this.placeOf(beside), group === 'core' ? '' : group, kind, namespace, name]);
  }
}

/** The name by which others reach the target of a Canary. */
export function apexOf({ _props: { service, targetRef } }: Canary): string {
  return service?.name ?? targetRef.name;
}

/** The label by which Flagger selects the pods of a target, as the controller finds it by default. */
export function selectorLabel(json: any): [label: string, value: string] | undefined {
  const labels = json?.spec?.selector?.matchLabels ?? {};
  const label = SELECTOR_LABELS.find(each => typeof labels[each] === 'string');
  return label === undefined ? undefined : [label, labels[label]];
}

/** In the order of the flag -selector-labels. */
export const SELECTOR_LABELS = ['app', 'name', 'app.kubernetes.io/name'];

function print(object: ApiObject): any {
  try {
    return object.toJson();
  } catch {
    return undefined;
  }
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const known = map.get(key);
  if (known) {
    known.push(value);
  } else {
    map.set(key, [value]);
  }
}
