import { identitiesOf, isOrdered, isSum } from './identity';
import { commonSubsequence, gaps } from './sequence';

/** A step into a value: a key of a mapping, or an item of a list by its identity or its place. */
export type Segment = { readonly key: string } | { readonly item: string | number };

/** A difference between two values. */
export interface Change {
  readonly path: readonly Segment[];
  readonly kind: 'added' | 'removed' | 'changed';
  readonly before?: unknown;
  readonly after?: unknown;
}

/** The names of either side in a form that both share, to find what belongs together. It never hides a difference. */
export interface SharedNames {
  before(text: string): string;
  after(text: string): string;
}

const PLAIN: SharedNames = { before: text => text, after: text => text };

/** Deeper than this nothing is looked at: no manifest is so deep, and a ring never ends. */
const DEEPEST = 100;

/**
 * The differences between two plain values. Mappings are compared by key, lists of things with identity by that, any other list by
 * what both have in common. Nothing differs only if there are no differences.
 *
 * @param names what the sides call the same
 */
export function structuralDiff(before: unknown, after: unknown, names: SharedNames = PLAIN): Change[] {
  return new Comparison(names).compare(before, after);
}

/** Whether a value is a mapping. */
export function isMapping(x: unknown): x is Record<string, unknown> {
  return typeof x === 'object' && x !== null && !Array.isArray(x);
}

class Comparison {
  private readonly changes: Change[] = [];
  private readonly shapes = { plain: new WeakMap<object, string>(), before: new WeakMap<object, string>(), after: new WeakMap<object, string>() };

  public constructor(private readonly names: SharedNames) {}

  public compare(before: unknown, after: unknown): Change[] {
    this.value(before, after, [], '');
    return this.changes;
  }

  private value(before: unknown, after: unknown, path: Segment[], field: string): void {
    if (path.length > DEEPEST || Object.is(before, after)) {
      return;
    }
    if (isMapping(before) && isMapping(after)) {
      this.mapping(before, after, path);
    } else if (Array.isArray(before) && Array.isArray(after)) {
      this.list(before, after, path, field);
    } else {
      this.changes.push({ path, kind: 'changed', before, after });
    }
  }

  private mapping(before: Record<string, unknown>, after: Record<string, unknown>, path: Segment[]): void {
    const pairs = this.sameNames(Object.keys(before), Object.keys(after));
    for (const [old, key] of pairs) {
      const here = [...path, { key: key ?? old! }];
      if (old === undefined) {
        this.changes.push({ path: here, kind: 'added', after: after[key!] });
      } else if (key === undefined) {
        this.changes.push({ path: here, kind: 'removed', before: before[old] });
      } else {
        this.value(before[old], after[key], here, key);
        if (old !== key) {
          this.changes.push({ path: here, kind: 'changed', before: old, after: key });
        }
      }
    }
  }

  private list(before: unknown[], after: unknown[], path: Segment[], field: string): void {
    const old = identitiesOf(field, before);
    const now = identitiesOf(field, after);
    if (old !== undefined && now !== undefined) {
      this.things(before, after, { old, now }, path, field);
    } else {
      this.items(before, after, path, isSum(field));
    }
  }

  private things(before: unknown[], after: unknown[], ids: { old: string[]; now: string[] }, path: Segment[], field: string): void {
    const pairs = this.sameNames(ids.old, ids.now);
    const places = { old: new Map(ids.old.map((id, i) => [id, i])), now: new Map(ids.now.map((id, i) => [id, i])) };
    for (const [old, now] of pairs) {
      const here = [...path, { item: now ?? old! }];
      const item = { before: before[places.old.get(old!)!], after: after[places.now.get(now!)!] };
      if (old === undefined) {
        this.changes.push({ path: here, kind: 'added', after: item.after });
      } else if (now === undefined) {
        this.changes.push({ path: here, kind: 'removed', before: item.before });
      } else {
        this.value(item.before, item.after, here, '');
      }
    }
    const order = pairs.filter(([old, now]) => old !== undefined && now !== undefined)
      .map(([old, now]) => [places.old.get(old!)!, places.now.get(now!)!])
      .sort(([a], [b]) => a - b);
    if (isOrdered(field) && order.some(([, place], i) => i > 0 && place < order[i - 1][1])) {
      this.changes.push({ path, kind: 'changed', before: ids.old, after: ids.now });
    }
  }

  private items(before: unknown[], after: unknown[], path: Segment[], isUnordered: boolean): void {
    const shapes = { before: before.map(item => this.shapesOf(item, 'before')), after: after.map(item => this.shapesOf(item, 'after')) };
    const same = isUnordered
      ? multiset(shapes.before, shapes.after)
      : commonSubsequence(before.length, after.length, (i, j) => shapes.before[i].some((text, n) => text === shapes.after[j][n]));
    same.forEach(([i, j]) => this.value(before[i], after[j], [...path, { item: j }], ''));
    const open = isUnordered ? [rest(before.length, after.length, same)] : gaps(before.length, after.length, same);
    for (const gap of open) {
      const alike = commonSubsequence(gap.before.length, gap.after.length, (i, j) => areAlike(before[gap.before[i]], after[gap.after[j]]));
      alike.forEach(([i, j]) => this.value(before[gap.before[i]], after[gap.after[j]], [...path, { item: gap.after[j] }], ''));
      gap.before.filter((_, i) => !alike.some(([other]) => other === i))
        .forEach(place => this.changes.push({ path: [...path, { item: place }], kind: 'removed', before: before[place] }));
      gap.after.filter((_, j) => !alike.some(([, other]) => other === j))
        .forEach(place => this.changes.push({ path: [...path, { item: place }], kind: 'added', after: after[place] }));
    }
  }

  /** The names of both sides, paired where they are the same, or the same in the shared form; in alphabetical order. */
  private sameNames(before: string[], after: string[]): Array<[string | undefined, string | undefined]> {
    const here = new Set(before);
    const there = new Set(after);
    const added = after.filter(name => !here.has(name));
    const pairs: Array<[string | undefined, string | undefined]> = before.filter(name => there.has(name)).map(name => [name, name]);
    const open = new Map<string, string[]>();
    added.forEach(name => open.set(this.names.after(name), [...open.get(this.names.after(name)) ?? [], name]));
    const renamed = new Set<string>();
    for (const name of before.filter(n => !there.has(n))) {
      const found = open.get(this.names.before(name))?.shift();
      pairs.push([name, found]);
      renamed.add(found ?? '');
    }
    pairs.push(...added.filter(name => !renamed.has(name)).map((name): [undefined, string] => [undefined, name]));
    const label = ([old, now]: [string | undefined, string | undefined]) => now ?? old!;
    return pairs.sort((a, b) => label(a) < label(b) ? -1 : label(a) > label(b) ? 1 : 0);
  }

  /** Two texts: one that is the same for the same values, and one that is the same for what the sides call the same. */
  private shapesOf(value: unknown, side: 'before' | 'after'): [string, string] {
    return [shape(value, text => text, this.shapes.plain), shape(value, text => this.names[side](text), this.shapes[side])];
  }
}

function shape(value: unknown, name: (text: string) => string, known: WeakMap<object, string>, depth = 0): string {
  if (typeof value === 'string') {
    return JSON.stringify(name(value));
  }
  if (typeof value !== 'object' || value === null || depth > DEEPEST) {
    return String(value);
  }
  const found = known.get(value);
  if (found !== undefined) {
    return found;
  }
  const made = Array.isArray(value)
    ? `[${value.map(item => shape(item, name, known, depth + 1)).join(',')}]`
    : `{${Object.entries(value).map(([key, v]) => `${JSON.stringify(name(key))}:${shape(v, name, known, depth + 1)}`).sort().join(',')}}`;
  known.set(value, made);
  return made;
}

/** Pairs of places with the same value, or else with what the sides call the same, whatever the order. */
function multiset(before: Array<[string, string]>, after: Array<[string, string]>): Array<[number, number]> {
  const pairs: Array<[number, number]> = [];
  for (const n of [0, 1]) {
    const open = rest(before.length, after.length, pairs);
    const places = new Map<string, number[]>();
    open.after.forEach(j => places.set(after[j][n], [...places.get(after[j][n]) ?? [], j]));
    open.before.forEach(i => {
      const j = places.get(before[i][n])?.shift();
      if (j !== undefined) {
        pairs.push([i, j]);
      }
    });
  }
  return pairs;
}

function rest(before: number, after: number, pairs: Array<[number, number]>): { before: number[]; after: number[] } {
  const taken = { before: new Set(pairs.map(([i]) => i)), after: new Set(pairs.map(([, j]) => j)) };
  return {
    before: Array.from({ length: before }, (_, i) => i).filter(i => !taken.before.has(i)),
    after: Array.from({ length: after }, (_, j) => j).filter(j => !taken.after.has(j)),
  };
}

/** Whether two items may be the same thing before and after. */
function areAlike(before: unknown, after: unknown): boolean {
  if (isMapping(before) && isMapping(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].filter(key => Object.hasOwn(before, key) && Object.hasOwn(after, key)).length * 2 >= keys.size;
  }
  return Array.isArray(before) === Array.isArray(after) && typeof before === typeof after && isMapping(before) === isMapping(after);
}
