import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ExperimentProps } from './experiment-props';

/**
 * An Experiment of Argo Rollouts (argoproj.io/v1alpha1), in any cdk8s chart: pods that run for a time, and what judges them.
 *
 * Fields that have no property here are set with `native` or `addJsonPatch`.
 */
export class Experiment extends ApiObject {
  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the Experiment. Throws FW701 to FW709, FW749 and FW754 to FW756 for what the controller would refuse
   */
  public constructor(scope: Construct, id: string, props: ExperimentProps) {
    // Loaded with the first object: programs without one do not wait for it.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { specOf, EXPERIMENT, watch } = require('./kinds') as typeof import('./kinds');
    const { spec, version } = specOf(`${scope.node.path}/${id}`, EXPERIMENT, props);
    super(scope, id, { apiVersion: 'argoproj.io/v1alpha1', kind: 'Experiment', metadata: props.metadata, spec });
    watch(this, EXPERIMENT, version);
  }
}
