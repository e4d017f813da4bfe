import type { Test } from './ast';
import { any, ConditionScope, eventExpr } from './conditions';
import { Names, StageNames } from './names';
import type { Settled } from './settled';
import type { ValueScope } from './values';
import type { Finding } from '../../../core/diagnostics/finding';
import type { PipelineRow, Remaining } from '../../engine';
import { ConditionNode, EventName, flattened, JobNode, JobOrder, PipelineGraph, StatusName } from '../../graph';

export const TITLE = 'Jenkins';

/** What the parts of a pipeline share while it is made. */
export class World {
  public readonly names = new Names();
  public readonly stageNames = new StageNames();
  public readonly rows: PipelineRow[] = [];
  public readonly findings: Finding[] = [];
  public readonly order: JobOrder;
  public readonly events: ReadonlySet<EventName>;
  /** The events that are left behind the stage that sends others away; empty when nothing is known of them. */
  public readonly sifted: ReadonlySet<EventName>;
  /** Jobs that others run in spite of: what they came to is kept, and their failure does not stop the build. */
  public guarded: ReadonlySet<string> = new Set();
  /** Jobs whose outputs count although they fail. */
  public spared: ReadonlySet<string> = new Set();
  /** Jobs of which is asked what they came to. */
  public asked: ReadonlySet<string> = new Set();
  /** Conditions of the jobs before, by job. */
  public inherited: ReadonlyMap<string, readonly ConditionNode[]> = new Map();
  /** The legs of a job that stands in several stages; one leg with the id of the job else. */
  public readonly legs = new Map<string, readonly string[]>();
  /** Artifacts that some job downloads. */
  public readonly downloaded: ReadonlySet<string>;
  /** Jobs of which a failure is none. */
  public readonly forgiven: ReadonlySet<string>;
  private readonly left = new Map<string, Remaining>();
  private readonly said = new Set<string>();
  private milestones = 0;

  public constructor(public readonly graph: PipelineGraph, public readonly options: Settled) {
    this.order = new JobOrder(graph.jobs);
    this.downloaded = new Set(graph.jobs.flatMap(job => flattened(job.steps)).flatMap(step => step.kind === 'download' ? [step.artifact] : []));
    this.forgiven = new Set(graph.jobs.filter(job => job.allowFailure).map(job => job.id));
    this.events = new Set(graph.triggers.map(trigger => trigger.kind));
    this.sifted = this.events.has('release') ? new Set() : this.events;
  }

  /** Said once, however many stages a job is. */
  public row(...rows: PipelineRow[]): void {
    for (const row of rows) {
      const key = `${row.job ?? ''} ${row.part} ${row.how}`;
      if (!this.said.has(key)) {
        this.said.add(key);
        this.rows.push(row);
      }
    }
  }

  /** What is to be done once, however many ask for it. */
  public remain(what: string, where: string): void {
    this.left.set(`${where} ${what}`, { what, where });
  }

  public get remains(): Remaining[] {
    return [...this.left.values()];
  }

  public milestone(): number {
    return ++this.milestones;
  }

  public legsOf(job: string): readonly string[] {
    return this.legs.get(job) ?? [job];
  }

  /** Whether one of the jobs has failed, as far as that is kept. */
  public failed(jobs: readonly string[]): Test {
    const legs = jobs.filter(id => this.guarded.has(id)).flatMap(id => this.legsOf(id));
    return any(legs.map((id): Test => ({ is: 'equal', left: { is: 'env', name: this.names.result(id) }, right: { is: 'text', value: 'failure' } })));
  }

  public scope(job: Pick<JobNode, 'id' | 'outputs'>, leg: string, secret: (name: string) => void): ValueScope {
    const single = this.legsOf(job.id).length === 1;
    return {
      names: this.names,
      job: leg,
      ownOutputs: new Map(single ? job.outputs.map(({ name, step, output }) => [`${step} ${output}`, this.names.output(job.id, name)]) : []),
      defaultBranch: this.options.defaultBranch,
      eventExpr: eventExpr(this.events),
      legsOf: id => this.legsOf(id),
      secret,
    };
  }

  public conditions(scope: ValueScope, status: (status: StatusName) => Test): ConditionScope {
    return { ...scope, events: this.events, sifted: true, status };
  }
}

/** Whether somebody has stopped the build, or a time was up. */
export const ABORTED: Test = { is: 'fixedTest', code: 'currentBuild.currentResult == \'ABORTED\'' };

export const GOING_ON: Test = { is: 'fixedTest', code: 'currentBuild.currentResult != \'ABORTED\'' };
