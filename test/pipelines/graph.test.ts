import * as fc from 'fast-check';
import { combinationsOf, globMatches, legNames, meant, reduced, simplified, sorted } from '../../src/pipelines/graph';
import type { EdgeNode, EdgeReason } from '../../src/pipelines/graph';

const edge = (job: string, ...reasons: EdgeReason[]): EdgeNode => ({ job, reasons: reasons.length > 0 ? reasons : ['order'] });

interface Item { readonly id: string; readonly needs: EdgeNode[] }

function reachable(items: readonly Item[]): Map<string, Set<string>> {
  const all = new Map<string, Set<string>>();
  for (const item of items) {
    all.set(item.id, new Set(item.needs.flatMap(({ job }) => [job, ...all.get(job)!])));
  }
  return all;
}

const randomRows = fc.array(fc.array(fc.tuple(fc.nat(), fc.boolean()), { maxLength: 8 }), { minLength: 1, maxLength: 40 });

const randomItems = randomRows.map(rows => rows.map((row, i): Item => {
  const needs = new Map(row.filter(() => i > 0).map(([n, read]) => [n % i, read]));
  return { id: `j${i}`, needs: [...needs].map(([n, read]) => edge(`j${n}`, read ? 'output' : 'order')) };
}));

describe('the order of jobs', () => {
  it('puts needs first and keeps the order of the user else', () => {
    const items = [{ id: 'c', needs: ['a'] }, { id: 'b', needs: [] }, { id: 'a', needs: [] }];
    expect(sorted(items, item => item.needs)).toEqual({ order: [items[2], items[0], items[1]] });
  });

  it('names the ring', () => {
    const items = [{ id: 'a', needs: ['c'] }, { id: 'b', needs: ['a'] }, { id: 'c', needs: ['b'] }, { id: 'd', needs: ['a'] }];
    expect(sorted(items, item => item.needs)).toEqual({ ring: [items[0], items[2], items[1]] });
  });

  it('is found for chains of any length', () => {
    const items = Array.from({ length: 20_000 }, (_, i) => ({ id: String(i), needs: i < 19_999 ? [String(i + 1)] : [] }));
    const result = sorted(items, item => item.needs);
    expect('order' in result && result.order[0].id).toBe('19999');
  });

  it('loses no reachability and no edge that is read by reduction, and keeps no other', () => {
    fc.assert(fc.property(randomItems, items => {
      const result = reduced(items);
      expect(reachable(result)).toEqual(reachable(items));
      const reads = (of: readonly Item[]) => of.flatMap(({ id, needs }) => needs.filter(each => each.reasons.includes('output')).map(each => `${each.job} ${id}`)).sort();
      expect(reads(result)).toEqual(reads(items));
      const reach = reachable(items);
      for (const { needs } of result) {
        const idle = needs.filter(each => !each.reasons.includes('output') && needs.some(other => reach.get(other.job)!.has(each.job)));
        expect(idle).toEqual([]);
      }
    }));
  });
});

describe('a matrix', () => {
  // The example of GitHub's documentation of `strategy.matrix.include`.
  it('joins what is included as GitHub does', () => {
    expect(combinationsOf({
      axes: [{ name: 'fruit', values: ['apple', 'pear'] }, { name: 'animal', values: ['cat', 'dog'] }],
      include: [
        { color: 'green' }, { color: 'pink', animal: 'cat' }, { fruit: 'apple', shape: 'circle' }, { fruit: 'banana' }, { fruit: 'banana', animal: 'cat' },
      ],
      exclude: [],
    })).toEqual([
      { fruit: 'apple', animal: 'cat', color: 'pink', shape: 'circle' },
      { fruit: 'apple', animal: 'dog', color: 'green', shape: 'circle' },
      { fruit: 'pear', animal: 'cat', color: 'pink' },
      { fruit: 'pear', animal: 'dog', color: 'green' },
      { fruit: 'banana' },
      { fruit: 'banana', animal: 'cat' },
    ]);
  });

  it('excludes before it includes', () => {
    expect(combinationsOf({
      axes: [{ name: 'os', values: ['a', 'b'] }, { name: 'v', values: ['1', '2'] }], exclude: [{ os: 'a' }, { os: 'b', v: '2' }], include: [{ os: 'a', v: '2' }],
    })).toEqual([{ os: 'b', v: '1' }, { os: 'a', v: '2' }]);
  });

  it('gives each leg a name of its own', () => {
    expect(legNames([{ a: 'x/y' }, { a: 'x y' }, { a: '' }])).toEqual(['x-y', 'x-y-2', 'leg']);
  });
});

describe('a glob', () => {
  it.each([
    ['main', 'main', true], ['main', 'mai?', true], ['release/1', 'release/*', true], ['release/1/2', 'release/*', false], ['release/1/2', 'release/**', true],
    ['src/a/b.ts', 'src/**/*.ts', true], ['src/b.ts', 'src/**/*.ts', true], ['a.b', 'a?b', true], ['a/b', 'a?b', false], ['axb', 'a.b', false], ['v1+2', 'v1+2', true],
  ])('%s and %s', (value, glob, matches) => {
    expect(globMatches(value, glob)).toBe(matches);
  });
});

describe('a condition', () => {
  it('means success as well, where no status is asked for', () => {
    const onPush = { kind: 'event', is: ['push'] } as const;
    expect(meant(onPush)).toEqual({ kind: 'and', of: [{ kind: 'status', status: 'success' }, onPush] });
    expect(meant({ kind: 'and', of: [{ kind: 'status', status: 'always' }, onPush] })).toEqual({ kind: 'and', of: [{ kind: 'status', status: 'always' }, onPush] });
  });

  it('is simplified', () => {
    const onPush = { kind: 'event', is: ['push'] } as const;
    expect(simplified({ kind: 'and', of: [{ kind: 'literal', value: true }, { kind: 'and', of: [onPush, onPush] }] })).toEqual(onPush);
    expect(simplified({ kind: 'not', of: { kind: 'not', of: onPush } })).toEqual(onPush);
    expect(simplified({ kind: 'or', of: [onPush, { kind: 'literal', value: true }] })).toEqual({ kind: 'literal', value: true });
  });
});
