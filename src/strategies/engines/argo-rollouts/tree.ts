import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';

/** An object of the tree, as it is written. */
export interface TreeObject {
  readonly object: ApiObject;
  readonly name: string;
  /** The manifest, patches included. */
  readonly json: any;
}

const TREES = new WeakMap<IConstruct, Tree>();

/** The objects around an object: those of the same root, by kind, namespace and name. `core` is the group of Services. */
export class Tree {
  /**
   * The tree of an object. Each object asks once for each look at the tree: whoever asks again begins a new look, so that
   * the tree is walked once however many ask, and never kept after it has changed.
   */
  public static around(asker: ApiObject): Tree {
    const root = asker.node.root;
    const known = TREES.get(root);
    if (known?.objects.has(asker) && !known.asked.has(asker)) {
      known.asked.add(asker);
      return known;
    }
    const tree = new Tree(root);
    tree.asked.add(asker);
    TREES.set(root, tree);
    return tree;
  }

  private readonly objects = new Set<ApiObject>();
  private readonly asked = new Set<ApiObject>();
  private readonly index = new Map<string, ApiObject[]>();
  private readonly written = new Map<ApiObject, TreeObject>();
  private readonly owners = new Map<ApiObject, ApiObject>();

  private constructor(root: IConstruct) {
    for (const object of root.node.findAll().filter((c): c is ApiObject => ApiObject.isApiObject(c))) {
      const kind = `${object.apiGroup} ${object.kind}`;
      this.objects.add(object);
      for (const key of [kind, `${kind} in ${namespaceOf(object)}`, `${kind} ${object.name}`]) {
        const same = this.index.get(key);
        if (same) {
          same.push(object);
        } else {
          this.index.set(key, [object]);
        }
      }
    }
  }

  /** Objects of a kind in the namespace of another. */
  public near(asker: ApiObject, group: string, kind: string): TreeObject[] {
    return this.at(`${group} ${kind} in ${namespaceOf(asker)}`).map(object => this.write(object));
  }

  /** The object of a name in a namespace, by default that of another. Of several, as in several clusters, the one that stands nearest. */
  public find(asker: ApiObject, group: string, kind: string, name: string, namespace = namespaceOf(asker)): TreeObject | undefined {
    return this.nearest(asker, this.at(`${group} ${kind} ${name}`).filter(object => namespaceOf(object) === namespace));
  }

  /** The object of a name, whatever its namespace. */
  public findAnywhere(asker: ApiObject, group: string, kind: string, name: string): TreeObject | undefined {
    return this.nearest(asker, this.at(`${group} ${kind} ${name}`));
  }

  /** Objects of a kind, wherever they are. */
  public ofKind(group: string, kind: string): TreeObject[] {
    return this.at(`${group} ${kind}`).map(object => this.write(object));
  }

  /** The owners of objects that can have but one; filled by whoever knows them, once for each look. */
  public ownersOf(fill: (owners: Map<ApiObject, ApiObject>) => void): ReadonlyMap<ApiObject, ApiObject> {
    if (this.owners.size === 0) {
      fill(this.owners);
    }
    return this.owners;
  }

  /** An object as it is written, once for each look. */
  public write(object: ApiObject): TreeObject {
    const written = this.written.get(object) ?? { object, name: object.name, json: object.toJson() };
    this.written.set(object, written);
    return written;
  }

  private at(key: string): ApiObject[] {
    return this.index.get(key) ?? [];
  }

  private nearest(asker: ApiObject, candidates: ApiObject[]): TreeObject | undefined {
    if (candidates.length < 2) {
      return candidates[0] && this.write(candidates[0]);
    }
    const scopes = new Set<IConstruct>(asker.node.scopes);
    const shared = (object: ApiObject) => object.node.scopes.filter(scope => scopes.has(scope)).length;
    return this.write(candidates.reduce((a, b) => shared(a) >= shared(b) ? a : b));
  }
}

/** The namespace that an object says, or that its chart says for it. */
export function namespaceOf(object: ApiObject): string {
  return object.metadata.namespace ?? '';
}
