import * as fc from 'fast-check';
import { Names } from '../../src/cli/diff/names';
import { commonSubsequence } from '../../src/cli/diff/sequence';
import { Change, structuralDiff } from '../../src/cli/diff/structure';
import { fullPathText } from '../../src/cli/diff/values';
import '../support/properties';

/* The differences between two plain values, and what two environments call the same. */

/** Changes as short texts: `~ spec.replicas: 1 -> 2`. */
function told(changes: Change[]): string[] {
  const json = (value: unknown) => JSON.stringify(value);
  return changes.map(({ path, kind, before, after }) => {
    const at = fullPathText(path);
    return kind === 'added' ? `+ ${at}: ${json(after)}` : kind === 'removed' ? `- ${at}: ${json(before)}` : `~ ${at}: ${json(before)} -> ${json(after)}`;
  });
}

test.each<[string, unknown, unknown, string[]]>([
  ['the same', { a: [1, { b: null }] }, { a: [1, { b: null }] }, []],
  ['keys in another order', { a: 1, b: 2 }, { b: 2, a: 1 }, []],
  ['a key more', { a: 1 }, { a: 1, b: { c: 2 } }, ['+ b: {"c":2}']],
  ['a key less', { a: 1, b: null }, { a: 1 }, ['- b: null']],
  ['another value', { a: { b: 1 } }, { a: { b: '1' } }, ['~ a.b: 1 -> "1"']],
  ['another type', { a: {} }, { a: [] }, ['~ a: {} -> []']],
  ['a key with dots', { 'a.b/c': 1 }, { 'a.b/c': 2 }, ['~ ["a.b/c"]: 1 -> 2']],
  ['keys of every object', JSON.parse('{"__proto__":1}'), { constructor: 1 }, ['- __proto__: 1', '+ constructor: 1']],
  ['containers by name, whatever their order',
    { containers: [{ name: 'a', image: 'x' }, { name: 'b', image: 'y' }] },
    { containers: [{ name: 'b', image: 'y' }, { name: 'a', image: 'z' }] },
    ['~ containers[a].image: "x" -> "z"']],
  ['variables by name', { env: [{ name: 'A', value: '1' }, { name: 'B', value: '2' }] }, { env: [{ name: 'B', value: '3' }, { name: 'C', value: '4' }] },
    ['- env[A]: {"name":"A","value":"1"}', '~ env[B].value: "2" -> "3"', '+ env[C]: {"name":"C","value":"4"}']],
  ['ports by number and protocol', { ports: [{ containerPort: 53, protocol: 'UDP' }, { containerPort: 53 }] }, { ports: [{ containerPort: 53 }] },
    ['- ports[53 UDP]: {"containerPort":53,"protocol":"UDP"}']],
  ['mounts by path', { volumeMounts: [{ name: 'a', mountPath: '/a' }] }, { volumeMounts: [{ name: 'b', mountPath: '/a' }] }, ['~ volumeMounts[/a].name: "a" -> "b"']],
  ['conditions by type', { conditions: [{ type: 'Ready', status: 'True' }] }, { conditions: [{ type: 'Ready', status: 'False' }] }, ['~ conditions[Ready].status: "True" -> "False"']],
  ['backends by name and port', { backendRefs: [{ name: 'a', port: 80, weight: 1 }] }, { backendRefs: [{ name: 'b', port: 80, weight: 0 }, { name: 'a', port: 80, weight: 9 }] },
    ['~ backendRefs[a:80].weight: 1 -> 9', '+ backendRefs[b:80]: {"name":"b","port":80,"weight":0}']],
  ['words of a set', { capabilities: { add: ['A', 'B'] } }, { capabilities: { add: ['B', 'C'] } }, ['- capabilities.add[A]: "A"', '+ capabilities.add[C]: "C"']],
  ['names that are not there, or twice, are no identity', { containers: [{ name: 'a', x: 1 }, { name: 'a', x: 2 }] }, { containers: [{ name: 'a', x: 1 }, { name: 'a', x: 3 }] },
    ['~ containers[1].x: 2 -> 3']],
  ['the order of init containers', { initContainers: [{ name: 'a' }, { name: 'b' }] }, { initContainers: [{ name: 'b' }, { name: 'a' }] }, ['~ initContainers: ["a","b"] -> ["b","a"]']],
  ['a step between others', { steps: [{ setWeight: 5 }, { pause: {} }, { setWeight: 50 }] }, { steps: [{ setWeight: 5 }, { setWeight: 20 }, { pause: {} }, { setWeight: 50 }] },
    ['+ steps[1]: {"setWeight":20}']],
  ['a step that is another', { steps: [{ setWeight: 5 }, { pause: {} }] }, { steps: [{ setWeight: 10 }, { pause: {} }] }, ['~ steps[0].setWeight: 5 -> 10']],
  ['an argument', { args: ['--a', '--b=1', '--c'] }, { args: ['--a', '--b=2', '--c', '--d'] }, ['~ args[1]: "--b=1" -> "--b=2"', '+ args[3]: "--d"']],
  ['rules of a policy, whatever their order', { ingress: [{ ports: [{ port: 1 }] }, { ports: [{ port: 2 }] }] }, { ingress: [{ ports: [{ port: 2 }] }, { ports: [{ port: 1 }] }] }, []],
  ['no list is an empty list', { a: [] }, {}, ['- a: []']],
  ['hostile items', { containers: [null, 1, 'x'] }, { containers: [{ name: 1 }] }, ['- containers[0]: null', '- containers[1]: 1', '- containers[2]: "x"', '+ containers[0]: {"name":1}']],
])('%s', (_, before, after, expected) => expect(told(structuralDiff(before, after))).toEqual(expected));

describe('with names', () => {
  const names = Names.of('dev', 'prod').and([['shop-dev', 'shop-prod'], ['config-1', 'config-2']]);

  test('a key and a thing that only the environment names differently are the same ones', () => {
    expect(told(structuralDiff({ 'app-dev.yaml': 'a' }, { 'app-prod.yaml': 'b' }, names)))
      .toEqual(['~ ["app-prod.yaml"]: "a" -> "b"', '~ ["app-prod.yaml"]: "app-dev.yaml" -> "app-prod.yaml"']);
    expect(told(structuralDiff({ volumes: [{ name: 'dev-data', size: 1 }] }, { volumes: [{ name: 'prod-data', size: 2 }] }, names)))
      .toEqual(['~ volumes[prod-data].name: "dev-data" -> "prod-data"', '~ volumes[prod-data].size: 1 -> 2']);
  });

  test.each<[string, string, boolean]>([
    ['dev', 'prod', true],
    ['shop-dev', 'shop-prod', true],
    ['boutique.dev.example.com', 'boutique.prod.example.com', true],
    ['boutique.dev.example.com', 'boutique.example.com', false],
    ['pkg.dev/x-dev', 'pkg.dev/x-prod', true],
    ['DEV', 'PROD', true],
    ['Dev', 'Prod', true],
    ['dev', 'PROD', false],
    ['devices', 'prodices', false],
    ['dev1', 'prod1', false],
    ['prod', 'dev', false],
    ['dev dev', 'prod dev', true],
    ['dev x', 'prod y', false],
    ['mount config-1', 'mount config-2', true],
    ['', 'prod', false],
  ])('%s and %s: %s', (before, after, expected) => expect(names.follows(before, after)).toBe(expected));

  test('a name that begins another', () => {
    const close = Names.of('prod', 'prod-us');
    expect(close.follows('x-prod-y', 'x-prod-us-y')).toBe(true);
    expect(close.follows('prod-us/prod', 'prod-us/prod-us')).toBe(true);
    expect(close.follows('prod', 'prod-eu')).toBe(false);
  });

  test('takes no time for many names', () => {
    const start = process.cpuUsage().user;
    expect(Names.of('a', 'a-a').follows(`${'a-'.repeat(500)}x`, `${'a-'.repeat(700)}y`)).toBe(false);
    expect(names.follows(`${'dev '.repeat(50_000)}x`, `${'prod '.repeat(50_000)}x`)).toBe(true);
    expect((process.cpuUsage().user - start) / 1e6).toBeLessThan(5);
  });

  test('whatever stands around it, the name of the other environment is expected, and nothing else is', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '-', '.', ' ', 'dev', 'prod', 'Ω') });
    fc.assert(fc.property(text, text, (before, after) => {
      expect(names.follows(`${before}/dev/${after}`, `${before}/prod/${after}`)).toBe(true);
      expect(names.follows(`${before}/dev/${after}`, `${before}/proud/${after}`)).toBe(false);
    }));
  });
});

describe('any two values', () => {
  const field = fc.constantFrom('containers', 'env', 'args', 'ingress', 'from', 'ports', 'steps', 'add', 'x', '__proto__');
  const { value } = fc.letrec<{ value: unknown; map: unknown; list: unknown; leaf: unknown }>(tie => ({
    value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('leaf'), tie('map'), tie('list')),
    leaf: fc.constantFrom(null, true, 0, 1, '', 'a', 'dev', 'x-dev'),
    map: fc.array(fc.tuple(fc.oneof(field, fc.constant('name')), tie('value')), { maxLength: 4 }).map(entries => Object.fromEntries(entries)),
    list: fc.array(tie('value'), { maxLength: 4 }),
  }));

  /** The value in a form in which the order of what has none is the same. */
  function sorted(x: unknown): unknown {
    return Array.isArray(x) ? x.map(sorted).map(item => JSON.stringify(item)).sort()
      : typeof x === 'object' && x !== null ? Object.fromEntries(Object.entries(x).map(([key, v]) => [key, sorted(v)] as const).sort(([a], [b]) => a < b ? -1 : 1)) : x;
  }

  test('have no differences with themselves', () => {
    fc.assert(fc.property(value, x => expect(structuralDiff(x, structuredClone(x))).toEqual([])));
  });

  test('have none only when they are the same', () => {
    fc.assert(fc.property(value, value, (x, y) => {
      if (structuralDiff(x, y).length === 0) {
        expect(sorted(y)).toEqual(sorted(x));
      }
    }), { numRuns: 1000 });
  });

  test('have none that names hide', () => {
    const names = Names.of('dev', 'prod');
    fc.assert(fc.property(value, x => {
      const other: unknown = JSON.parse(JSON.stringify(x).replaceAll('"dev"', '"prod"').replaceAll('x-dev', 'x-prod'));
      const changes = structuralDiff(x, other, names);
      expect(changes.every(c => c.kind === 'changed' && names.follows(String(c.before), String(c.after)))).toBe(true);
      expect(changes.length === 0).toBe(JSON.stringify(x) === JSON.stringify(other));
    }));
  });
});

test('a ring and a deep value end', () => {
  const ring: Record<string, unknown> = { a: 1 };
  ring.self = ring;
  const other: Record<string, unknown> = { a: 2 };
  other.self = other;
  expect(structuralDiff(ring, other).length).toBeGreaterThan(0);
});

describe('a common subsequence', () => {
  test('is as long as it can be', () => {
    const of = (a: string, b: string) => commonSubsequence(a.length, b.length, (i, j) => a[i] === b[j]).map(([i]) => a[i]).join('');
    expect(of('abcbdab', 'bdcaba')).toHaveLength(4);
    expect(of('', 'abc')).toBe('');
    expect(of('abc', 'abc')).toBe('abc');
  });

  test('ascends on both sides, and pairs only what is the same; of long lists too', () => {
    const items = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 30 });
    const check = (a: number[], b: number[]) => {
      const pairs = commonSubsequence(a.length, b.length, (i, j) => a[i] === b[j]);
      pairs.forEach(([i, j], n) => {
        expect(a[i]).toBe(b[j]);
        expect(n === 0 || (pairs[n - 1][0] < i && pairs[n - 1][1] < j)).toBe(true);
      });
    };
    fc.assert(fc.property(items, items, check));
    check(Array.from({ length: 3000 }, (_, i) => i % 7), Array.from({ length: 3000 }, (_, i) => (i * i) % 5));
  });
});
