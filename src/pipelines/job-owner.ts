import { Construct, IConstruct } from 'constructs';
import type { InputNode } from './graph';
import { checkedInput, PipelineInputOptions } from './input';
import type { PipelineJob } from './job';
import * as messages from './messages';
import { SCOPED } from './scoped-value';
import { Value } from './value';

/** What jobs stand in: a pipeline, or a template of jobs. */
export abstract class JobOwner extends Construct {
  /** @internal */
  public readonly _isJobOwner = true;

  /** @internal */
  public abstract readonly _isTemplate: boolean;

  private readonly members: PipelineJob[] = [];
  private readonly asked: InputNode[] = [];
  private built = false;

  /**
   * Adds an input: what people are asked for when they start it, or what a use of a template gives.
   *
   * @param name letters, digits and underscores, beginning with a lower-case letter. Throws FW1004 and FW1005
   * @param options its type, and what it is for. Throws FW1000 to FW1002, and FW1044 when the pipeline has been built
   * @returns the value; others choose what it says
   */
  public addInput(name: string, options: PipelineInputOptions): Value {
    this._refuseWhenBuilt(this);
    this.asked.push(checkedInput(this.node.path, name, options, this.asked));
    return new InputOf(this, name);
  }

  /** @internal */
  public get _inputs(): readonly InputNode[] {
    return this.asked;
  }

  /** @internal */
  public get _jobs(): readonly PipelineJob[] {
    return this.members;
  }

  /** @internal */
  public _add(job: PipelineJob): void {
    this._refuseWhenBuilt(job);
    const other = this.members.find(each => each.id === job.id);
    if (other) {
      throw messages.takenId.error(job, { what: 'jobs', id: job.id, other: other.node.path });
    }
    this.members.push(job);
  }

  /**
   * Throws FW1044 when the graph was built: what is declared now would not be written.
   *
   * @internal
   */
  public _refuseWhenBuilt(at: IConstruct): void {
    if (this.built) {
      throw messages.lateChange.error(at, { what: at.node.id });
    }
  }

  /** @internal */
  public _markBuilt(): void {
    this.built = true;
  }
}

class InputOf extends Value {
  public constructor(owner: object, name: string) {
    super([{ [SCOPED]: 'input', owner, name }]);
  }
}

/** The owner of a job, and the stage that it is in. Throws FW1043. */
export function ownerOf(job: IConstruct): { readonly owner: JobOwner; readonly stage?: object } {
  const scope = job.node.scope as Partial<JobOwner> & { readonly _pipeline?: JobOwner } | undefined;
  if (scope?._isJobOwner) {
    return { owner: scope as JobOwner };
  }
  if (scope?._pipeline) {
    return { owner: scope._pipeline, stage: scope };
  }
  throw messages.strayJob.error(job, { job: job.node.id });
}
