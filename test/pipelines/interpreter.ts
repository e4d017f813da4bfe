import { flattened, globMatches, inlined } from '../../src/pipelines/graph';
import type {
  Combination, ConditionNode, ContextName, Environment, EventName, JobNode, JobResult, MatrixNode, PipelineGraph, StepNode, Text, ValueNode,
} from '../../src/pipelines/graph';

/*
 * What a pipeline means, as a program: the reference that the engines are held against. It follows what GitHub documents (Contexts and
 * expressions, status check functions; Workflow syntax, `jobs.<id>.if`, `strategy`, `continue-on-error`) and what is added to it by the graph:
 * attempts of steps and jobs, approvals, outputs by FAIRWAY_OUTPUT. It knows nothing of any engine, and takes from the model no more than types,
 * globs, and templates put in place.
 */

/** What is known of a run when it starts. */
export interface RunFacts {
  readonly event: EventName;
  readonly contexts?: Partial<Record<ContextName, string>>;
  readonly inputs?: Record<string, string>;
  readonly secrets?: Record<string, string>;
  /** Undefined: nothing to compare with, so everything counts as changed. */
  readonly changedFiles?: readonly string[];
  /** Whether who is asked agrees. @default true */
  readonly approve?: boolean;
  /** Somebody cancels the run then. */
  readonly cancelAfterSeconds?: number;
}

/** What an executor is told about one try of a step. */
export interface StepCall {
  readonly job: JobNode;
  /** `build`, or `test/linux/20`. */
  readonly leg: string;
  readonly combination: Combination;
  /** Which attempt of the job, from 1. */
  readonly attempt: number;
  /** Which attempt of the step, from 1. */
  readonly round: number;
  readonly step: StepNode;
  readonly env: Record<string, string>;
  /** Aborted when the step has to end. */
  readonly signal: AbortSignal;
}

export interface Outcome {
  readonly ok: boolean;
  readonly outputs?: Record<string, string>;
}

/** Carries out steps, for real or as somebody wrote it down, and knows what time it is. */
export interface Executor {
  step(call: StepCall): Promise<Outcome>;
  /** Resolves after that time, or as soon as the signal is aborted. */
  sleep(seconds: number, signal?: AbortSignal): Promise<void>;
}

export interface StepReport {
  readonly id: string;
  /** What it came to: `failure` even if the job goes on. */
  readonly outcome: JobResult;
}

export interface LegReport {
  readonly leg: string;
  readonly result: JobResult;
  readonly attempts: number;
  readonly steps: StepReport[];
  readonly outputs: Record<string, string>;
}

export interface JobReport {
  readonly id: string;
  /** What those see who need it. */
  readonly result: JobResult;
  /** What it really came to: `failure` even if it is allowed to. */
  readonly outcome: JobResult;
  /** None when it was skipped. */
  readonly legs: LegReport[];
  readonly outputs: Record<string, string>;
}

export interface RunReport {
  readonly conclusion: 'success' | 'failure' | 'cancelled';
  readonly jobs: Map<string, JobReport>;
  /** Legs in the order of their starts. */
  readonly order: string[];
}

/** What holds of the jobs or steps before. */
interface Standing {
  readonly success: boolean;
  readonly failure: boolean;
  readonly cancelled: boolean;
}

export async function interpret(given: PipelineGraph, facts: RunFacts, executor: Executor): Promise<RunReport> {
  return new Interpretation(inlined(given), facts, executor).run();
}

class Interpretation {
  private readonly reports = new Map<string, JobReport>();
  private readonly ancestors = new Map<string, Set<string>>();
  private readonly order: string[] = [];
  private readonly cancellation = new AbortController();
  private readonly through = new AbortController();

  constructor(private readonly graph: PipelineGraph, private readonly facts: RunFacts, private readonly executor: Executor) {}

  async run(): Promise<RunReport> {
    const done = new Map<string, Promise<void>>();
    for (const job of this.graph.jobs) {
      const needs = job.needs.map(edge => edge.job);
      this.ancestors.set(job.id, new Set(needs.flatMap(id => [id, ...this.ancestors.get(id)!])));
      done.set(job.id, Promise.all(needs.map(id => done.get(id))).then(async () => { this.reports.set(job.id, await this.job(job)); }));
    }
    const { cancelAfterSeconds } = this.facts;
    const { signal } = this.through;
    if (cancelAfterSeconds !== undefined) {
      void this.executor.sleep(cancelAfterSeconds, signal).then(() => !signal.aborted && this.cancellation.abort());
    }
    await Promise.all(done.values());
    this.through.abort();
    // In the order of the graph, whenever they were through.
    const jobs = new Map(this.graph.jobs.map(job => [job.id, this.reports.get(job.id)!]));
    const failed = [...jobs.values()].some(job => job.result === 'failure');
    const cancelled = [...jobs.values()].some(job => job.result === 'cancelled');
    return { conclusion: failed ? 'failure' : cancelled ? 'cancelled' : 'success', jobs, order: this.order };
  }

  private async job(job: JobNode): Promise<JobReport> {
    const none = { id: job.id, legs: [], outputs: {} };
    if (!this.runs(job)) {
      const result = this.cancellation.signal.aborted ? 'cancelled' : 'skipped';
      return { ...none, result, outcome: result };
    }
    if (job.approval !== undefined && this.facts.approve === false) return { ...none, result: 'failure', outcome: 'failure' };
    const combinations = job.matrix === undefined ? [{}] : this.combinations(job.matrix);
    if (combinations === undefined) return { ...none, result: 'failure', outcome: 'failure' };
    const legs = await this.legs(job, combinations);
    const outcome = worst(legs.map(leg => leg.result));
    const outputs = Object.fromEntries(job.outputs.map(({ name }) => [name, lastOf(legs, name)]));
    return { id: job.id, result: outcome === 'failure' && job.allowFailure ? 'success' : outcome, outcome, legs, outputs };
  }

  private runs(job: JobNode, cancelled = this.cancellation.signal.aborted): boolean {
    const results = [...this.ancestors.get(job.id)!].map(id => this.reports.get(id)!.result);
    const success = !cancelled && results.every(result => result === 'success');
    return this.holds(job.condition, { success, failure: results.includes('failure'), cancelled }, value => this.value(value));
  }

  private combinations(matrix: MatrixNode): readonly Combination[] | undefined {
    if (matrix.kind === 'static') return matrix.combinations;
    try {
      const computed: unknown = JSON.parse(this.value(matrix.from));
      return Array.isArray(computed) ? computed : undefined;
    } catch {
      return undefined;
    }
  }

  /** All legs, no more at once than may be. One that fails ends the others, if the matrix says so and the job may not fail. */
  private async legs(job: JobNode, combinations: readonly Combination[]): Promise<LegReport[]> {
    const { failFast = false, maxParallel = combinations.length } = job.matrix ?? {};
    const fast = new AbortController();
    const left = combinations.map((combination, place) => ({ combination, place }));
    const reports: LegReport[] = [];
    const work = async () => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const leg = legKey(job, next.combination);
        const report = fast.signal.aborted || (this.cancellation.signal.aborted && !this.runs(job))
          ? { leg, result: 'cancelled' as const, attempts: 0, steps: [], outputs: {} }
          : await this.leg(job, leg, next.combination, fast.signal);
        reports[next.place] = report;
        if (failFast && report.result === 'failure' && !job.allowFailure) fast.abort();
      }
    };
    await Promise.all(Array.from({ length: Math.min(maxParallel, combinations.length) }, work));
    return reports;
  }

  private async leg(job: JobNode, leg: string, combination: Combination, fast: AbortSignal): Promise<LegReport> {
    for (let attempt = 1; ; attempt++) {
      this.order.push(leg);
      const report = await this.attempt(job, leg, combination, attempt, fast);
      if (report.result === 'success' || attempt >= job.attempts || fast.aborted || this.cancellation.signal.aborted) return report;
    }
  }

  private async attempt(job: JobNode, leg: string, combination: Combination, attempt: number, fast: AbortSignal): Promise<LegReport> {
    const time = new AbortController();
    const over = new AbortController();
    void this.executor.sleep(job.timeoutMinutes * 60, over.signal).then(() => !over.signal.aborted && time.abort());
    // A job that runs whatever happens goes on when somebody cancels the run.
    const ended = AbortSignal.any([fast, time.signal, ...this.runs(job, true) ? [] : [this.cancellation.signal]]);

    let state: 'success' | 'failure' | 'cancelled' = 'success';
    const steps: StepReport[] = [];
    const outputs = new Map<string, Record<string, string>>();
    const read = (value: ValueNode) => value.kind === 'matrix' ? combination[value.axis] ?? ''
      : value.kind === 'stepOutput' ? outputs.get(value.step)?.[value.name] ?? '' : this.value(value);
    for (const step of flattened(job.steps)) {
      if (ended.aborted) state = 'cancelled';
      if (!this.holds(step.condition, { success: state === 'success', failure: state === 'failure', cancelled: state === 'cancelled' }, read)) {
        steps.push({ id: step.id, outcome: 'skipped' });
        continue;
      }
      const env = this.environment([this.graph.env, job.env, step.env], read);
      const { outcome, outputs: given } = await this.step({ job, leg, combination, attempt, step, env }, ended);
      outputs.set(step.id, given);
      steps.push({ id: step.id, outcome });
      if (outcome === 'cancelled') state = 'cancelled';
      if (outcome === 'failure' && !step.continueOnError && state === 'success') state = 'failure';
    }
    over.abort();
    return {
      leg,
      result: state,
      attempts: attempt,
      steps,
      outputs: Object.fromEntries(job.outputs.map(({ name, step, output }) => [name, outputs.get(step)?.[output] ?? ''])),
    };
  }

  /** A step with its attempts, within its time. What ended the job before it began does not end it: it runs nevertheless. */
  private async step(
    call: Omit<StepCall, 'signal' | 'round'>, ended: AbortSignal,
  ): Promise<{ outcome: JobResult; outputs: Record<string, string> }> {
    const { step } = call;
    const interrupted = ended.aborted ? new AbortController().signal : ended;
    const time = new AbortController();
    const over = new AbortController();
    if (step.timeoutMinutes !== undefined) {
      void this.executor.sleep(step.timeoutMinutes * 60, over.signal).then(() => !over.signal.aborted && time.abort());
    }
    const signal = AbortSignal.any([interrupted, time.signal]);
    const { attempts, delaySeconds } = step.retry ?? { attempts: 1, delaySeconds: 0 };
    const outputs: Record<string, string> = {};
    let ok = false;
    for (let round = 1; round <= attempts && !ok && !signal.aborted; round++) {
      if (round > 1) await this.executor.sleep(delaySeconds, signal);
      if (signal.aborted) break;
      const outcome = await this.executor.step({ ...call, round, signal });
      ok = outcome.ok && !signal.aborted;
      Object.assign(outputs, outcome.outputs);
    }
    over.abort();
    return { outcome: interrupted.aborted && !ok ? 'cancelled' : ok ? 'success' : 'failure', outputs };
  }

  // ---------------------------------------------------------------- conditions and values

  private holds(condition: ConditionNode | undefined, standing: Standing, read: (value: ValueNode) => string): boolean {
    const evaluate = (each: ConditionNode): boolean => {
      switch (each.kind) {
        case 'literal': return each.value;
        case 'and': return each.of.every(evaluate);
        case 'or': return each.of.some(evaluate);
        case 'not': return !evaluate(each.of);
        case 'status': return each.status === 'always' || standing[each.status];
        case 'result': return each.is.includes(this.reports.get(each.job)!.result);
        case 'event': return each.is.includes(this.facts.event);
        case 'compare': return each.in.includes(read(each.value));
        case 'matches': return each.globs.some(glob => globMatches(read(each.value), glob));
        case 'changed': return this.changed(each.filter);
      }
    };
    if (condition === undefined) return standing.success;
    return (asks(condition) || standing.success) && evaluate(condition);
  }

  private changed(id: string): boolean {
    const { changedFiles } = this.facts;
    const { include, exclude } = this.graph.filters.find(filter => filter.id === id)!.paths;
    const within = (file: string, globs: readonly string[]) => globs.some(glob => globMatches(file, glob));
    return changedFiles === undefined || changedFiles.some(file => within(file, include) && !within(file, exclude));
  }

  /** What everybody in the run reads alike. */
  private value(value: ValueNode): string {
    switch (value.kind) {
      case 'output': return this.reports.get(value.job)!.outputs[value.name] ?? '';
      case 'result': return this.reports.get(value.job)!.result;
      case 'input': return this.facts.inputs?.[value.name] ?? this.graph.inputs.find(input => input.name === value.name)?.default ?? '';
      case 'secret': return this.facts.secrets?.[value.name] ?? '';
      case 'context': return value.name === 'event' ? this.facts.event : this.facts.contexts?.[value.name] ?? '';
      case 'hash': return `hash-of-${value.files.join('-')}`;
      default: throw new Error(`a value of kind ${value.kind} is not read here`);
    }
  }

  private environment(parts: Environment[], read: (value: ValueNode) => string): Record<string, string> {
    const write = (text: Text) => text.map(part => typeof part === 'string' ? part : read(part)).join('');
    return Object.fromEntries(Object.entries(Object.assign({}, ...parts) as Environment).map(([name, text]) => [name, write(text)]));
  }
}

/** Whether a condition asks how things stand. One that does not is meant for success alone. */
function asks(condition: ConditionNode): boolean {
  switch (condition.kind) {
    case 'and':
    case 'or': return condition.of.some(asks);
    case 'not': return asks(condition.of);
    default: return condition.kind === 'status';
  }
}

/** An output of a matrix is what the last leg says that says something. */
function lastOf(legs: readonly LegReport[], output: string): string {
  return legs.map(leg => leg.outputs[output] ?? '').reduce((last, value) => value === '' ? last : value, '');
}

/** What a matrix comes to: a failure counts more than that the others were ended for it. */
function worst(results: JobResult[]): JobResult {
  if (results.length === 0) return 'skipped';
  return (['failure', 'cancelled', 'success'] as const).find(result => results.includes(result)) ?? 'skipped';
}

/** `build`, or `test/linux/20`: the values in the order of the axes. */
export function legKey(job: JobNode, combination: Combination): string {
  const axes = job.matrix?.kind === 'static' ? job.matrix.axes.map(axis => axis.name) : job.matrix?.axes ?? [];
  const names = [...axes.filter(axis => Object.hasOwn(combination, axis)), ...Object.keys(combination).filter(name => !axes.includes(name))];
  return [job.id, ...names.map(name => combination[name])].join('/');
}
