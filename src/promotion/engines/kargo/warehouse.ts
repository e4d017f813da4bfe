import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { register } from './register';
import type { WarehouseProps } from './warehouse-props';
import { checkWarehouse, warehouseWarnings } from './warehouse-validation';
import { Diagnostics } from '../../../core/diagnostics/diagnostics';
import { plain } from '../../../core/shape';

/**
 * A Kargo `Warehouse` (kargo.akuity.io/v1alpha1), in any cdk8s chart: where Freight comes from.
 *
 * Fields that have no property here are set with `addJsonPatch`.
 */
export class Warehouse extends ApiObject {
  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the Warehouse. Throws FW920 to FW925 and FW927; warns FW926 of what has no effect and FW937 of a foreign namespace
   */
  public constructor(scope: Construct, id: string, props: WarehouseProps) {
    checkWarehouse(`${scope.node.path}/${id}`, props ?? {});
    const { metadata, interval = '5m0s', ...spec } = props;
    super(scope, id, { apiVersion: 'kargo.akuity.io/v1alpha1', kind: 'Warehouse', metadata: { ...metadata }, spec: plain({ interval, ...spec }) });
    const warnings = warehouseWarnings(this.node.path, props);
    if (warnings.length > 0) {
      Diagnostics.of(this).addCheck({ check: () => warnings });
    }
    register(this);
  }
}
