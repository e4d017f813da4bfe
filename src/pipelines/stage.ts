import { Construct } from 'constructs';
import { checkId, checkShape, line } from './check';
import * as messages from './messages';
import type { Pipeline } from './pipeline';

/** Properties of a `Stage`. */
export interface StageProps {
  /**
   * What people see.
   *
   * @default - the id
   */
  readonly name?: string;
}

/**
 * Some jobs of a pipeline under one heading. Stages follow each other: a job of one waits for all jobs of the stage before, through those that
 * nobody there waits for. Either all jobs of a pipeline are in stages, or none is (FW1022).
 */
export class Stage extends Construct {
  /** The id, unique in its pipeline. */
  public readonly id: string;

  /** What people see. */
  public readonly name: string;

  /** @internal */
  public readonly _pipeline: Pipeline;

  /**
   * @param scope the pipeline. Throws FW1043 for something else, FW1044 when it has been built
   * @param id a DNS label. Throws FW1004
   * @param props what it is called. Throws FW1001 and FW1002
   */
  public constructor(scope: Pipeline, id: string, props: StageProps = {}) {
    super(scope, checkId(scope?.node?.path ?? '', 'stage', id));
    checkShape(this.node.path, 'stage', props, { name: line });
    if (typeof scope?._addStage !== 'function') {
      throw messages.strayJob.error(this, { job: id });
    }
    this.id = id;
    this.name = props?.name ?? id;
    this._pipeline = scope;
    scope._addStage(this);
  }
}
