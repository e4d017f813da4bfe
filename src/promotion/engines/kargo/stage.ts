import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { register } from './register';
import type { StageProps } from './stage-props';
import { checkStage, stageWarnings } from './stage-validation';
import { copied } from '../../../core/copied';
import { Diagnostics } from '../../../core/diagnostics/diagnostics';
import { plain } from '../../../core/shape';

/**
 * A Kargo `Stage` (kargo.akuity.io/v1alpha1), in any cdk8s chart: a place that Freight is promoted to.
 *
 * `targets` is read by Kargo Enterprise only, and is not offered. Fields that have no property here are set with `addJsonPatch`.
 */
export class Stage extends ApiObject {
  /**
   * What it was made from, for checks of the whole tree.
   *
   * @internal
   */
  public readonly _props: StageProps;

  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the Stage. Throws FW920 to FW923, FW925 and FW927 to FW932; warns FW926 of what has no effect. Checks over the tree give FW933 to FW939
   */
  public constructor(scope: Construct, id: string, props: StageProps) {
    checkStage(`${scope.node.path}/${id}`, props ?? {});
    super(scope, id, { apiVersion: 'kargo.akuity.io/v1alpha1', kind: 'Stage', metadata: { ...props.metadata }, spec: specOf(props) });
    this._props = copied(props, 8);
    const warnings = stageWarnings(this.node.path, this._props);
    if (warnings.length > 0) {
      Diagnostics.of(this).addCheck({ check: () => warnings });
    }
    register(this);
  }
}

function specOf({ metadata, requestedFreight, promotionTemplate, ...rest }: StageProps): any {
  return plain({
    ...rest,
    requestedFreight: requestedFreight.map(({ origin, sources }) => ({ origin: { kind: 'Warehouse', ...origin }, sources })),
    promotionTemplate: promotionTemplate === undefined ? undefined : { spec: promotionTemplate },
  });
}
