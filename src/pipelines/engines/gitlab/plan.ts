import { bound, conjuncts, isStatus, known, pushed } from './conditions';
import { all, Expression, implies } from './expression';
import { ConditionNode, JobNode, JobOrder, leavesOf, meant, PipelineGraph, rewriteJob, ValueNode } from '../../graph';

/*
 * When jobs run. GitLab asks three times: `rules` when the pipeline is made, `when` with the needed jobs when they have ended, and the job itself,
 * in a shell, for what only the run knows (outputs, results of single jobs). A job that its own shell holds back ends well, with the result
 * `skipped` in a file; those that need it read the file.
 */

export interface NeedPlan {
  readonly job: string;
  /** Whether its files are read. */
  readonly artifacts: boolean;
  /** Whether its rules may leave it out of a pipeline that this job is in. */
  readonly optional: boolean;
}

/** A job whose result is read. */
export interface ReadResult {
  readonly job: string;
  /** Those it needs: when one of them has not succeeded it was skipped, and has left no file. */
  readonly needs: readonly string[];
}

export interface JobPlan {
  readonly job: JobNode;
  /** What has to hold for the job to be in a pipeline at all. */
  readonly rule: Expression;
  readonly when: 'on_success' | 'on_failure' | 'always';
  /** What the job asks itself, all of it. */
  readonly guard: readonly ConditionNode[];
  /** Jobs that may hold themselves back, and that have to have succeeded. */
  readonly softNeeds: readonly string[];
  /** Jobs that have to have succeeded for `success()`. */
  readonly succeeding: readonly string[];
  /** All jobs before; only where something asks for them. */
  readonly ancestors: readonly string[];
  readonly needs: readonly NeedPlan[];
  readonly results: readonly ReadResult[];
  /** Whether the job waits for the stages before instead of the jobs that it needs. */
  readonly byStages: boolean;
}

/** Whether a job may end well without having done anything. */
export function isGuarded(plan: JobPlan): boolean {
  return plan.guard.length > 0 || plan.softNeeds.length > 0;
}

export function legsOf(job: JobNode): number {
  return job.matrix?.kind === 'static' ? job.matrix.combinations.length : 1;
}

/** The values that a job reads. */
export function valuesOfJob(job: JobNode): ValueNode[] {
  const values: ValueNode[] = [];
  const note = (value: ValueNode) => {
    values.push(value);
    return value;
  };
  rewriteJob(job, { rewrite: note, matches: () => false });
  return values;
}

export class Plans {
  private readonly plans = new Map<string, JobPlan>();
  private readonly read = new Set<string>();
  private readonly order: JobOrder;

  public constructor(graph: PipelineGraph, private readonly needsLimit: number) {
    this.order = new JobOrder(graph.jobs);
    for (const job of graph.jobs) {
      const plan = this.planned(job);
      this.plans.set(job.id, plan);
      plan.results.forEach(each => this.read.add(each.job));
    }
  }

  public of(id: string): JobPlan {
    return this.plans.get(id)!;
  }

  /** Whether some job reads what this one came to. */
  public isRead(id: string): boolean {
    return this.read.has(id);
  }

  public levels(): JobNode[][] {
    return this.order.levels();
  }

  private planned(job: JobNode): JobPlan {
    const plan = this.planAt(job, false);
    const entries = plan.needs.reduce((sum, need) => sum + legsOf(this.of(need.job).job), 0);
    return entries > this.needsLimit ? this.planAt(job, true) : plan;
  }

  private planAt(job: JobNode, byStages: boolean): JobPlan {
    const condition = pushed(meant(job.condition));
    const parts = conjuncts(condition);
    const leaves = leavesOf(condition);
    const direct = job.needs.map(edge => edge.job);
    const asksSuccess = leaves.some(leaf => isStatus(leaf, 'success'));
    const demandsSuccess = parts.some(part => isStatus(part, 'success'));
    const succeeding = asksSuccess ? [...new Set([...direct, ...this.order.hiddenFrom(job.id)])] : [];
    const rule = bound(condition, {
      succeeded: all(succeeding.map(id => this.of(id).rule)),
      any: direct.length > 0,
      rule: id => this.of(id).rule,
    });
    let guard = parts.filter(part => !isStatus(part, 'success') && !isStatus(part, 'always') && known(part) === undefined);
    let when: JobPlan['when'] = demandsSuccess ? 'on_success' : 'always';
    if (!demandsSuccess && guard.length === 1 && isStatus(guard[0], 'failure') && this.showFailures(direct)) {
      guard = [];
      when = 'on_failure';
    }
    if (byStages && demandsSuccess && succeeding.length > 0) {
      guard = [{ kind: 'status', status: 'success' }, ...guard];
      when = 'always';
    }
    const softNeeds = demandsSuccess && !byStages ? succeeding.filter(id => isGuarded(this.of(id))) : [];
    return { job, rule, when, guard, softNeeds, succeeding, byStages, ...this.reading(job, { rule, when, guard, softNeeds, succeeding, direct }) };
  }

  /** Whether `when: on_failure` says the same as `failure()`: no job before can be skipped, which GitLab would take for no failure. */
  private showFailures(direct: readonly string[]): boolean {
    return direct.every(id => {
      const { job, rule } = this.of(id);
      return job.needs.length === 0 && rule.kind === 'constant' && !isGuarded(this.of(id));
    });
  }

  /** A job that its rules leave out waits for nobody: those before it are waited for in its place. */
  private addBehind(waits: Set<string>, rule: Expression): void {
    const open = [...waits];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const { rule: own, needs } = this.of(id);
      if (!implies(rule, own)) {
        needs.filter(need => !waits.has(need.job)).forEach(need => {
          waits.add(need.job);
          open.push(need.job);
        });
      }
    }
  }

  private reading(job: JobNode, plan: Pick<JobPlan, 'rule' | 'when' | 'guard' | 'softNeeds' | 'succeeding'> & { readonly direct: readonly string[] }) {
    const conditions = [...plan.guard, ...job.steps.flatMap(step => step.condition ?? [])].flatMap(leavesOf);
    const values = valuesOfJob(job);
    const asks = (status: string) => plan.guard.flatMap(leavesOf).some(leaf => leaf.kind === 'not' ? isStatus(leaf.of, status) : isStatus(leaf, status));
    const ancestors = asks('failure') ? this.order.ancestorsOf(job.id) : [];
    const whole = new Set(ancestors);
    const resultOf = [...conditions, ...values].flatMap(each => each.kind === 'result' ? [each.job] : []);
    new Set(resultOf).forEach(id => [...this.order.ancestorsOf(id), id].forEach(each => whole.add(each)));
    const results = new Set([...whole, ...plan.softNeeds, ...asks('success') ? plan.succeeding : []]);
    const files = new Set([...results, ...values.flatMap(value => value.kind === 'output' ? [value.job] : []), ...job.steps.flatMap(step => step.kind === 'download' ? [step.from] : [])]);
    const waits = new Set([...plan.direct, ...plan.when === 'on_success' ? plan.succeeding : [], ...files]);
    this.addBehind(waits, plan.rule);
    const ids = [...this.plans.keys()].filter(id => waits.has(id));
    return {
      ancestors,
      needs: ids.map((id): NeedPlan => ({ job: id, artifacts: files.has(id), optional: !implies(plan.rule, this.of(id).rule) })),
      results: ids.filter(id => results.has(id)).map((id): ReadResult => {
        const { when, succeeding } = this.of(id);
        return { job: id, needs: whole.has(id) && when === 'on_success' ? succeeding : [] };
      }),
    };
  }
}
