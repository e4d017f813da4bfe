import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { RolloutProps } from './rollout-props';
import { ownedBeside } from './routed';
import { OwnedFields } from '../../../core/owned-fields';

/**
 * A Rollout of Argo Rollouts (argoproj.io/v1alpha1), in any cdk8s chart.
 *
 * Fields that have no property here are set with `native` or `addJsonPatch`.
 */
export class Rollout extends ApiObject {
  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the Rollout. Throws FW701 to FW740 and FW794 for what the controller would refuse, or what would cause an outage
   */
  public constructor(scope: Construct, id: string, props: RolloutProps) {
    // Loaded with the first object: programs without one do not wait for it.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { specOf, ROLLOUT, watch } = require('./kinds') as typeof import('./kinds');
    const { spec, version } = specOf(`${scope.node.path}/${id}`, ROLLOUT, props);
    super(scope, id, { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: props.metadata, spec });
    if (spec.replicas === undefined) {
      OwnedFields.of(this).add({ jsonPointers: ['/spec/replicas'], owner: 'Argo Rollouts', reason: 'it writes 1 if there is none, and autoscalers change it' });
    }
    OwnedFields.of(this)._claim(ownedBeside(spec));
    watch(this, ROLLOUT, version);
  }
}
