import { isMapping, SharedNames } from './structure';

/** A Kubernetes object, or whatever else a YAML file holds. */
export type Manifest = Record<string, any>;

/** An object, and the file that it stands in. */
export interface FiledObject {
  readonly object: Manifest;
  readonly file: string;
}

/** The same object of two environments; one that only one of them has stands alone. */
export interface ObjectPair {
  readonly before?: FiledObject;
  readonly after?: FiledObject;
}

/** What runs pods. The strategy decides which of them a workload has, so that one may stand for the other. */
const CONTROLLERS = ['Rollout', 'Deployment', 'StatefulSet', 'DaemonSet'];

/** Endings of names that change with what is in the object: the hash of its content, the place of an environment on its road. */
const ENDINGS: Record<string, RegExp> = { ConfigMap: /-[a-z0-9]{10}$/, Secret: /-[a-z0-9]{10}$/, PriorityClass: /-\d+$/ };

/** What an object is called; nothing when it says no name. */
export function nameOf({ object }: FiledObject): string {
  const name: unknown = object.metadata?.name;
  return typeof name === 'string' ? name : '';
}

export function kindOf({ object }: FiledObject): string {
  return typeof object.kind === 'string' ? object.kind : '';
}

export function isController(filed: FiledObject): boolean {
  return CONTROLLERS.includes(kindOf(filed));
}

/** A part of an object, wherever on the way there is none: `partOf(object, 'spec', 'strategy')`. */
export function partOf(object: Manifest | undefined, ...keys: string[]): any {
  return keys.reduce((value: unknown, key) => isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined, object);
}

/**
 * Finds for each object of the one environment that of the other: by kind and name, where the names of the environments in it are the
 * same; then without the hash at its end; then whatever runs the pods of that name.
 */
export function matchObjects(before: FiledObject[], after: FiledObject[], names: SharedNames): ObjectPair[] {
  const open = { before: [...before], after: [...after] };
  const pairs: ObjectPair[] = [];
  const rounds: Array<(filed: FiledObject, shared: (text: string) => string) => string | undefined> = [
    (filed, shared) => identity(filed, shared(String(filed.object.metadata?.namespace ?? '')), shared(nameOf(filed)), shared),
    (filed, shared) => identity(filed, shared(nameOf(filed)), '', shared),
    (filed, shared) => Object.hasOwn(ENDINGS, kindOf(filed)) ? identity(filed, shared(nameOf(filed).replace(ENDINGS[kindOf(filed)], '')), '', shared) : undefined,
    (filed, shared) => isController(filed) ? shared(nameOf(filed)) : undefined,
  ];
  for (const round of rounds) {
    for (const [key, olds] of grouped(open.before, filed => round(filed, text => names.before(text)))) {
      const news = grouped(open.after, filed => round(filed, text => names.after(text))).get(key) ?? [];
      for (const old of olds.slice(0, news.length)) {
        const now = news.splice(closest(old, news), 1)[0];
        pairs.push({ before: old, after: now });
        open.before.splice(open.before.indexOf(old), 1);
        open.after.splice(open.after.indexOf(now), 1);
      }
    }
  }
  pairs.push(...open.before.map(old => ({ before: old })), ...open.after.map(now => ({ after: now })));
  const label = ({ before: old, after: now }: ObjectPair) => `${kindOf((now ?? old)!)}\n${nameOf((now ?? old)!)}\n${(now ?? old)!.file}`;
  return pairs.sort((a, b) => label(a) < label(b) ? -1 : label(a) > label(b) ? 1 : 0);
}

/** What has no kind is known by its file. */
function identity(filed: FiledObject, first: string, second: string, shared: (text: string) => string): string {
  const group = String(filed.object.apiVersion ?? '').replace(/(^|\/)v[^/]*$/, '');
  return JSON.stringify(kindOf(filed) === '' || nameOf(filed) === '' ? [kindOf(filed), shared(filed.file)] : [kindOf(filed), group, first, second]);
}

function grouped(objects: FiledObject[], keyOf: (filed: FiledObject) => string | undefined): Map<string, FiledObject[]> {
  const groups = new Map<string, FiledObject[]>();
  for (const filed of objects) {
    const key = keyOf(filed);
    if (key !== undefined) {
      groups.set(key, [...groups.get(key) ?? [], filed]);
    }
  }
  return groups;
}

/** The place of the object that has the most of the same files in it; of the first, where they are all the same. */
function closest(object: FiledObject, others: FiledObject[]): number {
  const keys = Object.keys(partOf(object.object, 'data') ?? {});
  const shared = others.map(other => keys.filter(key => partOf(other.object, 'data', key) !== undefined).length);
  return shared.indexOf(Math.max(...shared));
}
