import * as fc from 'fast-check';
import { layout, Unit } from '../../../../src/pipelines/engines/jenkins/layout';
import { JobNode, JobOrder, reduced } from '../../../../src/pipelines/graph';
import { jobOf } from '../../graphs';
import '../../../support/properties';

function arranged(jobs: readonly JobNode[], wide: readonly string[] = []) {
  return layout(jobs, new JobOrder(jobs), job => wide.includes(job.id));
}

const shape = (units: readonly Unit[]) => units.map(unit => unit.unit === 'job' ? unit.job.id : unit.branches.map(branch => branch.map(job => job.id).join(' > ')));

describe('jobs', () => {
  it('stand after each other and beside each other', () => {
    const jobs = [jobOf('lint'), jobOf('build'), jobOf('image', ['build']), jobOf('deploy', ['lint', 'image']), jobOf('smoke', ['deploy'])];
    const { units, waiting } = arranged(jobs);
    expect(shape(units)).toEqual([['lint', 'build > image'], 'deploy', 'smoke']);
    expect(waiting).toEqual([]);
  });

  it('stand in rows where one level is not enough', () => {
    const jobs = [jobOf('a'), jobOf('b'), jobOf('c', ['a']), jobOf('d', ['a', 'b'])];
    const { units, waiting } = arranged(jobs);
    expect(shape(units)).toEqual([['a', 'b'], ['c', 'd']]);
    expect(waiting.map(each => [each.job.id, each.for.id])).toEqual([['c', 'b']]);
  });

  it('have no matrix in a branch of several', () => {
    const jobs = [jobOf('a'), jobOf('b', ['a']), jobOf('c')];
    expect(shape(arranged(jobs).units)).toEqual([['a > b', 'c']]);
    expect(shape(arranged(jobs, ['b']).units)).toEqual([['a', 'c'], 'b']);
  });
});

const graphs = fc.array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 24 })
  .map(rows => reduced(rows.map((row, i) => jobOf(`j${i}`, [...new Set(row.filter(() => i > 0).map(n => `j${n % i}`))]))));

describe('any order of jobs', () => {
  it('is kept, each job is there once, and nothing is twice parallel', () => {
    fc.assert(fc.property(graphs, jobs => {
      const { units, waiting } = arranged(jobs);
      const order = new JobOrder(jobs);
      const branches = units.map(unit => unit.unit === 'job' ? [[unit.job]] : unit.branches);
      expect(branches.flat(2).map(job => job.id).sort()).toEqual(jobs.map(job => job.id).sort());
      const place = new Map(branches.flatMap((unit, i) => unit.flatMap((branch, k) => branch.map((job, n) => [job.id, { i, k, n }] as const))));
      const isBefore = (first: string, second: string) => {
        const [a, b] = [place.get(first)!, place.get(second)!];
        return a.i < b.i || (a.i === b.i && a.k === b.k && a.n < b.n);
      };
      for (const job of jobs) {
        order.ancestorsOf(job.id).forEach(id => expect([id, isBefore(id, job.id)]).toEqual([id, true]));
      }
      // Whoever waits for what it doesn't need is told.
      const told = new Set(waiting.map(each => each.job.id));
      const idle = jobs.filter(job => jobs.some(other => isBefore(other.id, job.id) && !order.isAncestor(other.id, job.id)));
      expect(idle.length > 0).toBe(told.size > 0);
      waiting.forEach(each => expect(order.isAncestor(each.for.id, each.job.id)).toBe(false));
    }));
  });
});
