import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import * as messages from './messages';
import { MultiTenancy } from './multi-tenancy';
import { namespaceIn } from './source-checks';
import { Link, Links, linksOf } from './tree-check';
import { Finding } from '../../../core/diagnostics/finding';
import { Environment } from '../../../environments/environment';

interface Entry {
  readonly object: ApiObject;
  readonly links: Links;
}

/** All that no object can see alone: FW571 to FW575. */
export function checkTree(root: IConstruct): Finding[] {
  const tree = new Tree(root);
  return [
    ...tree.entries.flatMap(entry => [...foreignNamespaces(entry), ...references(tree, entry), ...dependencies(tree, entry), ...pushes(tree, entry)]),
    ...cycles(tree, 'Kustomization'),
    ...cycles(tree, 'HelmRelease'),
  ];
}

/** The objects of Flux in a tree. Objects of different environments never meet. */
class Tree {
  public readonly entries: Entry[];
  private readonly byName = new Map<string, Entry[]>();

  public constructor(root: IConstruct) {
    this.entries = root.node.findAll().flatMap(object => {
      const links = linksOf(object);
      return links === undefined ? [] : [{ object: object as ApiObject, links }];
    });
    this.entries.forEach(entry => {
      const key = this.key(entry.object, entry.object.name);
      this.byName.set(key, [...this.byName.get(key) ?? [], entry]);
    });
  }

  /** All objects of Flux beside one that have a name. */
  public named(beside: ApiObject, name: string): Entry[] {
    return this.byName.get(this.key(beside, name)) ?? [];
  }

  /** The object that is named. Of several with one name, in charts for several clusters, that of the same chart. */
  public find(from: ApiObject, { kind, name, namespace }: Omit<Link, 'field'>): Entry | undefined {
    const wanted = namespace ?? namespaceOf(from);
    const found = this.named(from, name).filter(({ object }) => object.kind === kind && namespaceOf(object) === wanted);
    return found.find(({ object }) => object.chart === from.chart) ?? (found.length === 1 ? found[0] : undefined);
  }

  /** Whether an object that is named is anywhere beside. */
  public has(from: ApiObject, { kind, name, namespace }: Omit<Link, 'field'>): boolean {
    const wanted = namespace ?? namespaceOf(from);
    return this.named(from, name).some(({ object }) => object.kind === kind && namespaceOf(object) === wanted);
  }

  private key(beside: IConstruct, name: string): string {
    const environment = beside.node.scopes.find(scope => Environment.isEnvironment(scope));
    return JSON.stringify([environment?.node.path ?? '', name]);
  }
}

const namespaceOf = (object: ApiObject) => namespaceIn(object) ?? 'default';

function foreignNamespaces({ object, links }: Entry): Finding[] {
  if (!MultiTenancy._isLockedDown(object)) {
    return [];
  }
  const own = namespaceOf(object);
  return [...links.references ?? [], ...(links.dependsOn ?? []).map(each => ({ ...each, field: 'dependsOn' }))]
    .flatMap(({ field, namespace }) => namespace === undefined || namespace === own
      ? [] : [messages.foreignNamespace.at(object, { kind: object.kind, field, namespace, own })]);
}

function references(tree: Tree, { object, links }: Entry): Finding[] {
  return (links.references ?? []).flatMap(link => missed(tree, object, link));
}

/** FW572, when the name is there and what is named is not. */
function missed(tree: Tree, object: ApiObject, link: Link): Finding[] {
  if (link.name === '*' || tree.has(object, link)) {
    return [];
  }
  // Another kind of the same name is a mistake only among those that the field could mean.
  const other = tree.named(object, link.name).find(entry => entry.object !== object && kin(link.kind, entry.object.kind));
  return other === undefined ? [] : [messages.missedReference.at(object, {
    kind: object.kind,
    field: link.field,
    wanted: described(link.kind, link.name, link.namespace ?? namespaceOf(object)),
    found: described(other.object.kind, other.object.name, namespaceOf(other.object)),
  })];
}

const SOURCES = ['GitRepository', 'OCIRepository', 'Bucket', 'ExternalArtifact', 'HelmRepository', 'HelmChart'];

const kin = (wanted: string, found: string) => wanted === found || (SOURCES.includes(wanted) && SOURCES.includes(found));

const described = (kind: string, name: string, namespace: string) => `the ${kind} ${JSON.stringify(`${namespace}/${name}`)}`;

const OTHER_KIND: Record<string, string> = { HelmRelease: 'Kustomization', Kustomization: 'HelmRelease' };

function dependencies(tree: Tree, { object, links }: Entry): Finding[] {
  return (links.dependsOn ?? []).flatMap(({ name, namespace }) => {
    const link = { field: 'dependsOn', kind: object.kind, name, namespace };
    const other = OTHER_KIND[object.kind];
    if (!tree.has(object, link) && tree.has(object, { ...link, kind: other })) {
      return [messages.foreignDependency.at(object, { kind: object.kind, name, other })];
    }
    return missed(tree, object, link);
  });
}

function pushes(tree: Tree, { object, links }: Entry): Finding[] {
  const source = links.pushesTo === undefined ? undefined : tree.find(object, links.pushesTo);
  return source === undefined || source.links.branch !== undefined
    ? [] : [messages.nowhereToPush.at(object, { fault: 'has no push.branch, and its GitRepository checks out no branch', value: source.object.node.path })];
}

/** FW573, once for each dependency that closes a circle. */
function cycles(tree: Tree, kind: string): Finding[] {
  const state = new Map<Entry, 'open' | 'done'>();
  const found: Finding[] = [];
  for (const start of tree.entries.filter(({ object }) => object.kind === kind)) {
    // By hand instead of by recursion: a chain may be as long as the program likes.
    const stack: Array<{ entry: Entry; next: Entry[] }> = [];
    const enter = (entry: Entry) => {
      state.set(entry, 'open');
      stack.push({ entry, next: (entry.links.dependsOn ?? []).flatMap(each => tree.find(entry.object, { ...each, kind }) ?? []) });
    };
    if (!state.has(start)) {
      enter(start);
    }
    while (stack.length > 0) {
      const { entry, next } = stack.at(-1)!;
      const to = next.shift();
      if (to === undefined) {
        state.set(entry, 'done');
        stack.pop();
      } else if (state.get(to) === 'open') {
        const length = stack.length - stack.findIndex(each => each.entry === to) - 1;
        found.push(messages.dependencyCycle.at(entry.object, { kind, from: entry.object.name, to: to.object.name, length }));
      } else if (!state.has(to)) {
        enter(to);
      }
    }
  }
  return found;
}

