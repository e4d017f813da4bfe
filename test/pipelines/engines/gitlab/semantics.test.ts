import * as fc from 'fast-check';
import { lowered } from './lowered';
import { simulate } from './simulator';
import '../../../support/properties';
import { ConditionNode, EdgeNode, evaluate, globMatches, JobNode, JobResult, meant, PipelineGraph, reduced } from '../../../../src/pipelines/graph';
import { graphOf, jobOf, needsOf, PULL_REQUEST, PUSH, runOf, status } from '../../graphs';

/*
 * Which jobs run, asked of the pipeline that is made, against what GitHub would do.
 */

const PUSHED = { CI_PIPELINE_SOURCE: 'push', CI_COMMIT_REF_NAME: 'main', CI_COMMIT_BRANCH: 'main' };
const MERGING = { CI_PIPELINE_SOURCE: 'merge_request_event', CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main', CI_COMMIT_REF_NAME: 'topic' };

/** What each job comes to by the rules of the graph. */
function expected(jobs: readonly JobNode[], fails: ReadonlySet<string>, pushes: boolean): Map<string, JobResult> {
  const results = new Map<string, JobResult>();
  const ancestors = new Map<string, Set<string>>();
  for (const each of jobs) {
    const before = new Set(each.needs.flatMap(edge => [edge.job, ...ancestors.get(edge.job)!]));
    ancestors.set(each.id, before);
    const came = [...before].map(id => results.get(id)!);
    const runs = evaluate(meant(each.condition), {
      status: asked => asked === 'always' || (asked === 'success' ? came.every(result => result === 'success') : asked === 'failure' && came.includes('failure')),
      result: id => results.get(id),
      event: () => pushes ? 'push' : 'pullRequest',
      value: value => value.kind === 'context' && value.name === 'branch' ? (pushes ? 'main' : '')
        : value.kind === 'output' ? (results.get(value.job) === 'success' || results.get(value.job) === 'failure' ? value.name === 'yes' ? 'true' : 'false' : '') : undefined,
      changed: () => undefined,
      matches: globMatches,
    });
    results.set(each.id, !runs ? 'skipped' : fails.has(each.id) && !each.allowFailure ? 'failure' : 'success');
  }
  return results;
}

/** Who has really done something. */
function ran(given: PipelineGraph, variables: Record<string, string>): string[] {
  return simulate(lowered(given).file, variables).marks.sort();
}

function marked(id: string, fails: boolean, given: Partial<JobNode> = {}): JobNode {
  return jobOf(id, [], {
    steps: [runOf('mark', `echo ${id} >> "$MARKS"\necho yes=true >> "$FAIRWAY_OUTPUT"\necho no=false >> "$FAIRWAY_OUTPUT"\n${fails ? 'exit 3' : 'true'}`, { outputs: ['yes', 'no'] })],
    outputs: [{ name: 'yes', step: 'mark', output: 'yes' }, { name: 'no', step: 'mark', output: 'no' }],
    ...given,
  });
}

const onMain: ConditionNode = { kind: 'compare', value: { kind: 'context', name: 'branch' }, in: ['main'] };

type Draw = { readonly needs: number[]; readonly fails: boolean; readonly allowed: boolean; readonly condition: number[]; readonly kind: number };

const draws = fc.array(fc.record({
  needs: fc.array(fc.nat(9), { maxLength: 3 }),
  fails: fc.boolean(),
  allowed: fc.integer({ min: 0, max: 5 }).map(n => n === 0),
  condition: fc.array(fc.nat(99), { minLength: 2, maxLength: 2 }),
  kind: fc.nat(8),
}), { minLength: 2, maxLength: 6 });

function leaf(n: number, need: string | undefined): ConditionNode {
  const leaves: ConditionNode[] = [
    onMain, { kind: 'event', is: ['pullRequest'] }, status('success'), status('failure'), status('always'), { kind: 'not', of: onMain },
    { kind: 'not', of: status('failure') },
    ...need === undefined ? [] : [
      { kind: 'result', job: need, is: ['failure', 'skipped'] },
      { kind: 'result', job: need, is: ['skipped'] },
      { kind: 'not', of: { kind: 'result', job: need, is: ['success'] } },
      { kind: 'compare', value: { kind: 'output', job: need, name: 'yes' }, in: ['true'] },
      { kind: 'compare', value: { kind: 'output', job: need, name: 'no' }, in: ['true'] },
    ] satisfies ConditionNode[],
  ];
  return leaves[n % leaves.length];
}

function conditionOf({ kind, condition: [one, other] }: Draw, need: string | undefined): ConditionNode | undefined {
  switch (kind) {
    case 0:
    case 1:
    case 2: return undefined;
    case 3:
    case 4: return leaf(one, need);
    case 5:
    case 6: return { kind: 'and', of: [leaf(one, need), leaf(other, need)] };
    case 7: return { kind: 'or', of: [leaf(one, need), leaf(other, need)] };
    default: return { kind: 'not', of: { kind: 'and', of: [leaf(one, need), leaf(other, need)] } };
  }
}

function jobsOf(rows: readonly Draw[]): JobNode[] {
  const jobs = rows.map((row, i) => {
    const ids = [...new Set(i === 0 ? [] : row.needs.map(n => n % i))].sort().map(n => `j${n}`);
    const condition = conditionOf(row, ids.at(-1));
    const reads = JSON.stringify(condition ?? '');
    const edges = ids.map((id): EdgeNode => ({ job: id, reasons: reads.includes(`"${id}"`) ? ['status', 'output'] : ['order'] }));
    return marked(`j${i}`, row.fails, { needs: edges, allowFailure: row.allowed, ...condition && { condition } });
  });
  return reduced(jobs);
}

describe('which jobs run', () => {
  it('is what the graph says, whatever fails', () => {
    fc.assert(fc.property(draws, fc.boolean(), (rows, pushes) => {
      const jobs = jobsOf(rows);
      const fails = new Set(rows.flatMap((row, i) => row.fails ? [`j${i}`] : []));
      const results = expected(jobs, fails, pushes);
      const wanted = [...results].filter(([, result]) => result !== 'skipped').map(([id]) => id).sort();
      expect(ran(graphOf(jobs, { triggers: [PUSH, PULL_REQUEST] }), pushes ? PUSHED : MERGING)).toEqual(wanted);
    }), { numRuns: Number(process.env.GITLAB_RUNS ?? 25) });
  }, 120_000);

  it('waits for those before a job that is left out', () => {
    const jobs = [marked('a', false), marked('b', false, { needs: needsOf('a'), condition: onMain }), marked('c', false, { needs: needsOf('b'), condition: status('always') })];
    const { file } = lowered(graphOf(jobs, { triggers: [PUSH, PULL_REQUEST] }));
    expect(file.c.needs).toEqual([{ job: 'a', artifacts: false }, { job: 'b', artifacts: false, optional: true }]);
  });
});
