import { ApiObject, App, Chart, JsonPatch, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { codes, findingsOf } from '../support/findings';
import { newFolder, readTree } from '../support/folders';
import { chart, newPlatform, object } from '../support/platform';
import { Diagnostics, Platform } from 'cdk8s-fairway';

describe('a ring of dependencies is one finding that names it', () => {
  test.each<[string, (platform: Platform) => void, string[]]>([
    ['charts', p => {
      const [a, b, c] = ['a', 'b', 'c'].map(id => chart(p, id, 'o'));
      a.addDependency(b);
      b.addDependency(c);
      c.addDependency(a);
    }, ['a', 'b', 'c']],
    ['charts without objects', p => {
      const [a, b] = ['a', 'b'].map(id => chart(p, id));
      a.addDependency(b);
      b.addDependency(a);
    }, ['a', 'b']],
    ['objects of one chart', p => {
      const c = chart(p, 'c', 'x', 'y');
      const [x, y] = c.apiObjects;
      x.addDependency(y);
      y.addDependency(x);
    }, ['c/x', 'c/y']],
    ['objects of two charts', p => {
      const [a, b] = ['a', 'b'].map(id => chart(p, id, 'o'));
      a.apiObjects[0].addDependency(b.apiObjects[0]);
      b.apiObjects[0].addDependency(a.apiObjects[0]);
    }, ['a', 'b']],
    ['other objects of two charts', p => {
      const [a, b] = ['a', 'b'].map(id => chart(p, id, 'o', 'q'));
      a.apiObjects[0].addDependency(b.apiObjects[0]);
      b.apiObjects[1].addDependency(a.apiObjects[1]);
    }, ['a', 'b']],
    ['through a group', p => {
      const c = chart(p, 'c', 'x');
      const group = new Construct(c, 'group');
      const inside = object(group, 'inside');
      group.node.addDependency(c.apiObjects[0]);
      c.apiObjects[0].addDependency(inside);
    }, ['c/x', 'c/group/inside']],
    ['two groups', p => {
      const c = chart(p, 'c');
      const [g, h] = ['g', 'h'].map(id => new Construct(c, id));
      [g, h].forEach(group => object(group, 'inside'));
      g.node.addDependency(h);
      h.node.addDependency(g);
    }, ['c/g', 'c/h']],
    ['a chart with itself', p => {
      const c = chart(p, 'c', 'x');
      c.addDependency(c);
    }, ['c', 'c']],
    ['an object with itself', p => {
      const x = object(chart(p, 'c'), 'x');
      x.addDependency(x);
    }, ['c/x', 'c/x']],
    ['a chart inside a chart that depends on it', p => {
      const outer = chart(p, 'outer', 'o');
      const inner = chart(outer, 'inner', 'i');
      inner.addDependency(outer);
    }, ['outer', 'outer/inner']],
    ['an object in a chart inside a chart', p => {
      const outer = chart(p, 'outer', 'o');
      const inner = chart(outer, 'inner', 'i');
      inner.apiObjects[0].addDependency(outer.apiObjects[0]);
    }, ['outer', 'outer/inner']],
  ])('%s', (_, declare, ring) => {
    const platform = newPlatform();
    declare(platform);
    const findings = findingsOf(() => platform.synth());
    expect(codes(findings)).toEqual(['FW107']);
    ring.forEach(path => expect(findings[0].message).toMatch(new RegExp(`[ :]${path}(?= →|\\.$)`)));
    expect(codes(findingsOf(() => platform.synthYaml()))).toEqual(['FW107']);
    expect(codes(platform.check())).toEqual(['FW107']);
    expect(readTree(platform.root)).toEqual({});
  });

  test('a ring of five thousand charts does not overflow the stack', () => {
    const platform = newPlatform();
    const charts = Array.from({ length: 5000 }, (_, i) => chart(platform, `c${i}`));
    charts.forEach((c, i) => c.addDependency(charts[(i + 1) % charts.length]));
    expect(codes(findingsOf(() => platform.synth()))).toEqual(['FW107']);
  });
});

test('a dependency outside the charts is refused', () => {
  const platform = newPlatform();
  const model = new Construct(platform, 'model');
  const c = chart(platform, 'c', 'x');
  c.apiObjects[0].addDependency(model);
  model.node.addDependency(c);
  const findings = findingsOf(() => platform.synth());
  expect(codes(findings)).toEqual(['FW108', 'FW108']);
  expect(findings.map(f => f.message).sort()[0]).toContain('"c/x" depends on "model"');
});

test('random dependencies in any direction fail where those of cdk8s fail, and print the same where they do not', () => {
  let failed = 0;
  let compared = 0;
  const build = (app: App, edges: Array<[number, number]>) => {
    const outer = chart(app, 'outer', 'a', 'b');
    const group = new Construct(outer, 'group');
    const second = chart(app, 'second', 'c');
    const inner = chart(outer, 'inner', 'd');
    const all = [outer, group, second, inner, object(group, 'e'), object(group, 'f'), ...outer.apiObjects, ...second.apiObjects, ...inner.apiObjects];
    // cdk8s loses an object that depends on itself; here that is a ring.
    edges.filter(([from, to]) => from !== to).forEach(([from, to]) => all[from].node.addDependency(all[to]));
  };
  const outcome = (run: () => string) => {
    try {
      return run();
    } catch {
      return 'failed';
    }
  };
  fc.assert(fc.property(fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 4 }), edges => {
    const app = new App();
    build(app, edges);
    const platform = newPlatform('/nowhere');
    build(platform, edges);
    const theirs = outcome(() => app.synthYaml());
    expect(outcome(() => platform.synthYaml())).toBe(theirs);
    failed += theirs === 'failed' ? 1 : 0;
    compared += theirs === 'failed' ? 0 : 1;
  }), { numRuns: 2000 });
  expect(failed).toBeGreaterThan(100);
  expect(compared).toBeGreaterThan(100);
});

/** Counts how often each object is asked for its value and each construct is validated. */
class Counter {
  public readonly resolved = new Map<string, number>();
  public readonly validated = new Map<string, number>();
  public checked = 0;

  public object(scope: Construct, id: string): ApiObject {
    return object(scope, id, Lazy.any({ produce: () => this.count(this.resolved, `${scope.node.path}/${id}`) }));
  }

  public validate(construct: Construct): void {
    construct.node.addValidation({ validate: () => this.count(this.validated, construct.node.path) ?? [] });
  }

  private count(counts: Map<string, number>, key: string): undefined {
    counts.set(key, (counts.get(key) ?? 0) + 1);
    return undefined;
  }
}

describe('one pass', () => {
  let toJson: jest.SpyInstance;
  beforeEach(() => toJson = jest.spyOn(Chart.prototype, 'toJson'));
  afterEach(() => toJson.mockRestore());

  test('a chain of five thousand charts: every object is resolved once, every validation runs once', () => {
    const counter = new Counter();
    const platform = newPlatform();
    const charts = Array.from({ length: 5000 }, (_, i) => new Chart(platform, `c${i}`));
    for (const [i, c] of charts.entries()) {
      counter.object(c, 'o');
      counter.validate(c);
      if (i > 0) {
        c.addDependency(charts[i - 1]);
      }
    }
    Diagnostics.of(platform).addCheck({
      check: () => {
        counter.checked++;
        return [];
      },
    });
    const result = platform.synthesize();
    expect(result).toMatchObject({ charts: 5000, objects: 5000 });
    expect(new Set(counter.resolved.values())).toEqual(new Set([1]));
    expect(counter.resolved.size).toBe(5000);
    expect(new Set(counter.validated.values())).toEqual(new Set([1]));
    expect(counter.validated.size).toBe(5000);
    expect(counter.checked).toBe(1);
    expect(toJson).not.toHaveBeenCalled();
    expect(result.written.slice(0, 2)).toEqual(['dist/0000-c0.k8s.yaml', 'dist/0001-c1.k8s.yaml']);
    expect(result.written.at(-1)).toBe('dist/4999-c4999.k8s.yaml');
  });

  test('a chart that depends on five hundred others comes after all of them', () => {
    const counter = new Counter();
    const platform = newPlatform();
    const last = new Chart(platform, 'last');
    counter.object(last, 'o');
    for (let i = 0; i < 500; i++) {
      const c = new Chart(platform, `c${i}`);
      counter.object(c, 'o');
      counter.validate(c);
      last.addDependency(c);
    }
    const { written } = platform.synthesize();
    expect(written).toHaveLength(501);
    expect(written.at(-1)).toBe('dist/0500-last.k8s.yaml');
    expect(new Set([...counter.resolved.values(), ...counter.validated.values()])).toEqual(new Set([1]));
  });

  test('five hundred charts that depend on a large one', () => {
    const counter = new Counter();
    const platform = newPlatform();
    const base = new Chart(platform, 'base');
    for (let i = 0; i < 500; i++) {
      const c = new Chart(platform, `c${i}`);
      counter.object(c, 'o');
      c.addDependency(base);
    }
    for (let i = 0; i < 500; i++) {
      counter.object(base, `o${i}`);
    }
    expect(platform.synthesize().written[0]).toBe('dist/0000-base.k8s.yaml');
    expect(new Set(counter.resolved.values())).toEqual(new Set([1]));
  });

  test('patched objects, and objects that render themselves, are resolved once too', () => {
    const counter = new Counter();
    const platform = newPlatform();
    const c = new Chart(platform, 'c');
    counter.object(c, 'patched').addJsonPatch(JsonPatch.add('/extra', 1));
    const own = counter.object(c, 'own');
    const render = own.toJson.bind(own);
    own.toJson = () => ({ ...render(), own: true });
    platform.synth();
    expect([...counter.resolved]).toEqual([['c/patched', 1], ['c/own', 1]]);
    expect(readTree(platform.root)['dist/c.k8s.yaml']).toMatch(/extra: 1[^]*own: true/);
  });

  test('a second synth resolves everything once more', () => {
    const counter = new Counter();
    const platform = newPlatform(newFolder());
    counter.object(new Chart(platform, 'c'), 'o');
    platform.synth();
    platform.synth();
    expect([...counter.resolved.values()]).toEqual([2]);
  });
});
