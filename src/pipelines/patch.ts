import { JsonPatch } from 'cdk8s';
import { checkShape, line, ours } from './check';
import type { PatchOperation, SystemName } from './graph';
import type { PipelineJob } from './job';
import * as messages from './messages';

/** Options of a change. */
export interface PipelinePatchOptions {
  /** Why, one line. `explain()` shows it. */
  readonly reason: string;

  /**
   * The job whose part of the output is changed; paths begin there.
   *
   * @default - the whole output
   */
  readonly job?: PipelineJob;
}

/**
 * A change of what is made for a system, for what the model does not know: applied at the end, listed by `explain()`, without effect on other
 * systems. The library does not check what comes of it.
 */
export class PipelinePatch {
  /**
   * For GitHub Actions: paths in the workflow, `/jobs/build/env/X`.
   *
   * @param operations `JsonPatch.add`, `remove` and `replace` of cdk8s. Throws FW1040
   * @param options why. Throws FW1000 to FW1002
   */
  public static github(operations: JsonPatch[], options: PipelinePatchOptions): PipelinePatch {
    return new PipelinePatch('github', operations, options);
  }

  /**
   * For GitLab CI: paths in the file, `/build/tags`.
   *
   * @param operations `JsonPatch.add`, `remove` and `replace` of cdk8s. Throws FW1040
   * @param options why. Throws FW1000 to FW1002
   */
  public static gitlab(operations: JsonPatch[], options: PipelinePatchOptions): PipelinePatch {
    return new PipelinePatch('gitlab', operations, options);
  }

  /**
   * For Azure Pipelines: paths in the file.
   *
   * @param operations `JsonPatch.add`, `remove` and `replace` of cdk8s. Throws FW1040
   * @param options why. Throws FW1000 to FW1002
   */
  public static azure(operations: JsonPatch[], options: PipelinePatchOptions): PipelinePatch {
    return new PipelinePatch('azure', operations, options);
  }

  /**
   * For Jenkins: paths in the syntax tree that the Jenkinsfile is printed from.
   *
   * @param operations `JsonPatch.add`, `remove` and `replace` of cdk8s. Throws FW1040
   * @param options why. Throws FW1000 to FW1002
   */
  public static jenkins(operations: JsonPatch[], options: PipelinePatchOptions): PipelinePatch {
    return new PipelinePatch('jenkins', operations, options);
  }

  /**
   * For Tekton: paths in the Pipeline, or in the Task of a job.
   *
   * @param operations `JsonPatch.add`, `remove` and `replace` of cdk8s. Throws FW1040
   * @param options why. Throws FW1000 to FW1002
   */
  public static tekton(operations: JsonPatch[], options: PipelinePatchOptions): PipelinePatch {
    return new PipelinePatch('tekton', operations, options);
  }

  /** @internal */
  public readonly _operations: readonly PatchOperation[];
  /** @internal */
  public readonly _options: PipelinePatchOptions;

  private constructor(/** @internal */ public readonly _system: SystemName, operations: JsonPatch[], options: PipelinePatchOptions) {
    checkShape('', 'patch', options, { reason: line, job: ours('Job', '_isPipelineJob') }, ['reason']);
    if (!Array.isArray(operations) || operations.length === 0) {
      throw messages.badPatch.error('', { operation: operations, fault: 'is no list of operations' });
    }
    this._operations = operations.map(operationOf);
    this._options = { ...options };
  }
}

function operationOf(given: JsonPatch): PatchOperation {
  const operation = (given as unknown as { _toJson?: () => PatchOperation } | undefined)?._toJson?.();
  if (operation === undefined || !['add', 'remove', 'replace'].includes(operation.op)) {
    throw messages.badPatch.error('', { operation: operation ?? given, fault: 'is no JsonPatch.add, remove or replace' });
  }
  if (typeof operation.path !== 'string' || !/^(\/([^~/]|~[01])*)+$/.test(operation.path)) {
    throw messages.badPatch.error('', { operation, fault: 'has a path that does not begin with a slash' });
  }
  const { op, path, value } = operation;
  return { op, path, ...op !== 'remove' && { value: structuredClone(value) } };
}
