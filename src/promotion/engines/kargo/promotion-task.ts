import { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import * as messages from './messages';
import type { PromotionStep, Variable } from './promotion-step';
import { register } from './register';
import { checkExpressions, steps, VARIABLES } from './steps-validation';
import { copied } from '../../../core/copied';
import { clusterMetadata, metadata } from '../../../core/object-shape';
import { plain, struct } from '../../../core/shape';
import { dropNamespace } from '../../objects';

/** Properties of a `PromotionTask` and a `ClusterPromotionTask`. */
export interface PromotionTaskProps {
  /**
   * Name, labels and annotations, and of a PromotionTask the namespace: that of its Project.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /** The steps, in their order. At least one, and no tasks among them. */
  readonly steps: PromotionStep[];

  /**
   * Variables, with their defaults. One without a default must be given where the task is run (FW939).
   *
   * @default - none
   */
  readonly vars?: Variable[];
}

/** A Kargo `PromotionTask` (kargo.akuity.io/v1alpha1), in any cdk8s chart: steps that the Stages of a Project share. */
export class PromotionTask extends ApiObject {
  /** @internal */
  public readonly _props: PromotionTaskProps;

  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the task. Throws FW920 to FW923, FW925 and FW927 to FW930; warns FW937 of a foreign namespace
   */
  public constructor(scope: Construct, id: string, props: PromotionTaskProps) {
    check(`${scope.node.path}/${id}`, 'PromotionTask', props ?? {});
    super(scope, id, { apiVersion: 'kargo.akuity.io/v1alpha1', kind: 'PromotionTask', metadata: { ...props.metadata }, spec: specOf(props) });
    this._props = copied(props, 8);
    register(this);
  }
}

/** A Kargo `ClusterPromotionTask` (kargo.akuity.io/v1alpha1), in any cdk8s chart: steps that the Stages of all Projects share. */
export class ClusterPromotionTask extends ApiObject {
  /** @internal */
  public readonly _props: PromotionTaskProps;

  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the task. Throws FW920 to FW923, FW925 and FW927 to FW930
   */
  public constructor(scope: Construct, id: string, props: PromotionTaskProps) {
    check(`${scope.node.path}/${id}`, 'ClusterPromotionTask', props ?? {});
    super(scope, id, { apiVersion: 'kargo.akuity.io/v1alpha1', kind: 'ClusterPromotionTask', metadata: { ...props.metadata }, spec: specOf(props) });
    dropNamespace(this);
    this._props = copied(props, 8);
    register(this);
  }
}

function check(path: string, kind: 'PromotionTask' | 'ClusterPromotionTask', props: Partial<PromotionTaskProps>): void {
  const at = { path, kind, field: '', messages };
  struct({ metadata: kind === 'PromotionTask' ? metadata : clusterMetadata, steps: steps(false), vars: VARIABLES }, ['steps'])(at, props);
  checkExpressions({ ...at, field: 'steps' }, props.steps!, undefined);
}

function specOf({ metadata: _, ...spec }: PromotionTaskProps): any {
  return plain(spec);
}
