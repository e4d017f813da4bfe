import type { Test, When } from './ast';
import { all as allTests, any, conditionTest, conditionWhens, negated, siftedCondition } from './conditions';
import { ABORTED, GOING_ON, World } from './world';
import { ConditionNode, JobNode, mapLeaves, meant, simplified, StatusName } from '../../graph';

/*
 * When jobs run. Jenkins goes on behind a stage that is skipped, and stops behind one that fails: the first is told to it, the second kept from it
 * where something runs all the same.
 */

/** What has to hold for a job when all before it went well: statuses are known then. */
function whenAllIsWell(condition: ConditionNode): ConditionNode {
  const known: Record<StatusName, boolean> = { success: true, always: true, failure: false, cancelled: false };
  return simplified(mapLeaves(condition, leaf => {
    switch (leaf.kind) {
      case 'status': return { kind: 'literal', value: known[leaf.status] };
      case 'result': return { kind: 'literal', value: leaf.is.includes('success') };
      default: return leaf;
    }
  }));
}

/** The conditions of all jobs that a job waits for: where one of them is skipped, Jenkins would go on (ModelInterpreter, evaluateWhen). */
export function inherited(jobs: readonly JobNode[]): Map<string, readonly ConditionNode[]> {
  const found = new Map<string, readonly ConditionNode[]>();
  const passedOn = new Map<string, Map<string, ConditionNode>>();
  for (const job of jobs) {
    const before = new Map(job.needs.flatMap(edge => [...passedOn.get(edge.job)!]));
    found.set(job.id, [...before.values()]);
    const own = whenAllIsWell(meant(job.condition));
    const parts = own.kind === 'and' ? own.of : own.kind === 'literal' && own.value ? [] : [own];
    const next = parts.length === 0 ? before : new Map([...before, ...parts.map(part => [JSON.stringify(part), part] as const)]);
    passedOn.set(job.id, next);
  }
  return found;
}

/** The condition of a job with those that it inherits in place of `success()`. */
function effective(job: JobNode, world: World): ConditionNode {
  const own = meant(job.condition);
  const before = world.inherited.get(job.id)!;
  const whole = mapLeaves(own, leaf => leaf.kind === 'status' && leaf.status === 'success' && before.length > 0 ? { kind: 'and', of: [leaf, ...before] } : leaf);
  return siftedCondition(whole, world.sifted);
}

/** How jobs before went, as far as that does not stop the build by itself. */
function statusTest(job: JobNode, world: World): (status: StatusName) => Test {
  const before = world.order.ancestorsOf(job.id).filter(id => !world.forgiven.has(id));
  return status => {
    switch (status) {
      case 'always': return { is: 'true' };
      case 'cancelled': return ABORTED;
      case 'failure': return world.failed(before);
      case 'success': {
        const failed = world.failed(before);
        const wentWell: Test[] = failed.is === 'false' ? [] : failed.is === 'any' ? failed.tests.map(negated) : [negated(failed)];
        // Whoever stops a build does not mean what has not started yet to start.
        return allTests([...wentWell, ...world.guarded.size > 0 && before.length > 0 ? [GOING_ON] : []]);
      }
    }
  };
}

export function whenOf(job: JobNode, world: World): { when?: readonly When[] } {
  const scope = world.conditions(world.scope(job, job.id, () => undefined), statusTest(job, world));
  const condition = effective(job, world);
  const whens = merged(conditionWhens(condition, scope));
  return whens.length === 0 ? {} : { when: whens };
}

/** Expressions that all have to hold are one. */
function merged(whens: readonly When[]): When[] {
  const tests = whens.flatMap(when => when.when === 'expression' ? [when.test] : []);
  const others = whens.filter(when => when.when !== 'expression');
  return [...others, ...tests.length === 0 ? [] : [{ when: 'expression', test: allTests(tests) } as When]];
}

/** The condition of a job that runs at the end, asked of the build. */
export function lastTest(job: JobNode, world: World): Test {
  const is = (result: string): Test => ({ is: 'fixedTest', code: `currentBuild.currentResult == '${result}'` });
  const statuses: Record<StatusName, Test> = { always: { is: 'true' }, cancelled: is('ABORTED'), failure: is('FAILURE'), success: any([is('SUCCESS'), is('UNSTABLE')]) };
  return conditionTest(effective(job, world), world.conditions(world.scope(job, job.id, () => undefined), status => statuses[status]));
}
