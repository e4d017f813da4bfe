import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { pipelineFeatures, taskFeatures } from './features';
import { checkPipeline } from './pipeline-checks';
import type { PipelineProps } from './pipeline-props';
import { register } from './register';
import { checkPipelineRun } from './run-checks';
import type { PipelineRunProps } from './run-props';
import { checkTask } from './task-checks';
import type { TaskProps } from './task-props';
import { copied } from '../../../core/copied';
import { Diagnostics } from '../../../core/diagnostics/diagnostics';
import type { Finding } from '../../../core/diagnostics/finding';
import { plain } from '../../../core/shape';

const DEPTH = 16;

/**
 * A Tekton `Task` (tekton.dev/v1), in any cdk8s chart: steps that run one after the other, in one pod.
 *
 * Fields that have no property here are set with `addJsonPatch`.
 */
export class Task extends ApiObject {
  /** @internal */
  public readonly _props: TaskProps;

  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the Task. Throws FW1220 to FW1228, FW1230 and FW1233; warns FW1234 of fields that need a feature flag
   */
  public constructor(scope: Construct, id: string, props: TaskProps) {
    checkTask(`${scope.node.path}/${id}`, props ?? {});
    const { metadata, ...spec } = copied(props, DEPTH);
    super(scope, id, { apiVersion: 'tekton.dev/v1', kind: 'Task', metadata: { ...metadata }, spec: plain(spec) });
    this._props = { metadata, ...spec };
    warn(this, taskFeatures(this.node.path, 'Task', spec));
    register(this);
  }
}

/**
 * A Tekton `Pipeline` (tekton.dev/v1), in any cdk8s chart: tasks, their order, and what they give each other.
 *
 * Pipelines in Pipelines are alpha, and are not offered. Fields that have no property here are set with `addJsonPatch`.
 */
export class Pipeline extends ApiObject {
  /** @internal */
  public readonly _props: PipelineProps;

  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the Pipeline. Throws FW1220 to FW1231, FW1233 and FW1235; warns FW1234 of fields that need a feature flag. Checks over the tree give FW1240 to FW1243
   */
  public constructor(scope: Construct, id: string, props: PipelineProps) {
    checkPipeline(`${scope.node.path}/${id}`, props ?? {});
    const { metadata, ...spec } = copied(props, DEPTH);
    super(scope, id, { apiVersion: 'tekton.dev/v1', kind: 'Pipeline', metadata: { ...metadata }, spec: plain(spec) });
    this._props = { metadata, ...spec };
    warn(this, pipelineFeatures(this.node.path, 'Pipeline', spec));
    register(this);
  }
}

/**
 * A Tekton `PipelineRun` (tekton.dev/v1), in any cdk8s chart: one run of a Pipeline.
 *
 * It runs once, when it is made; a GitOps engine that applies it again starts nothing. Fields that have no property here are set with `addJsonPatch`.
 */
export class PipelineRun extends ApiObject {
  /** @internal */
  public readonly _props: PipelineRunProps;

  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the run. Throws FW1220 to FW1233 and FW1235; warns FW1234 of fields that need a feature flag. Checks over the tree give FW1240 to FW1242
   */
  public constructor(scope: Construct, id: string, props: PipelineRunProps) {
    checkPipelineRun(`${scope.node.path}/${id}`, props ?? {});
    const { metadata, ...spec } = copied(props, DEPTH);
    super(scope, id, { apiVersion: 'tekton.dev/v1', kind: 'PipelineRun', metadata: { ...metadata }, spec: plain(spec) });
    this._props = { metadata, ...spec };
    warn(this, spec.pipelineSpec === undefined ? [] : pipelineFeatures(this.node.path, 'PipelineRun', spec.pipelineSpec, 'pipelineSpec.'));
    register(this);
  }
}

function warn(object: ApiObject, findings: Finding[]): void {
  if (findings.length > 0) {
    Diagnostics.of(object).addCheck({ check: () => findings });
  }
}
