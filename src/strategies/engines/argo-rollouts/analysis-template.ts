import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { AnalysisTemplateProps } from './analysis-template-props';

/**
 * An AnalysisTemplate of Argo Rollouts (argoproj.io/v1alpha1), in any cdk8s chart: what is measured, and what decides.
 *
 * Fields that have no property here are set with `native` or `addJsonPatch`.
 */
export class AnalysisTemplate extends ApiObject {
  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the template. Throws FW701 to FW709 and FW742 to FW751 for what the controller would refuse
   */
  public constructor(scope: Construct, id: string, props: AnalysisTemplateProps) {
    // Loaded with the first object: programs without one do not wait for it.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { specOf, ANALYSIS_TEMPLATE, watch } = require('./kinds') as typeof import('./kinds');
    const { spec, version } = specOf(`${scope.node.path}/${id}`, ANALYSIS_TEMPLATE, props);
    super(scope, id, { apiVersion: 'argoproj.io/v1alpha1', kind: 'AnalysisTemplate', metadata: props.metadata, spec });
    watch(this, ANALYSIS_TEMPLATE, version);
  }
}

/**
 * A ClusterAnalysisTemplate of Argo Rollouts (argoproj.io/v1alpha1), in any cdk8s chart: an AnalysisTemplate for all namespaces.
 *
 * Fields that have no property here are set with `native` or `addJsonPatch`.
 */
export class ClusterAnalysisTemplate extends ApiObject {
  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the template. Throws FW701 to FW709 and FW742 to FW751 for what the controller would refuse
   */
  public constructor(scope: Construct, id: string, props: AnalysisTemplateProps) {
    // Loaded with the first object: programs without one do not wait for it.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { specOf, ANALYSIS_TEMPLATE, watch } = require('./kinds') as typeof import('./kinds');
    const { spec, version } = specOf(`${scope.node.path}/${id}`, ANALYSIS_TEMPLATE, props);
    super(scope, id, { apiVersion: 'argoproj.io/v1alpha1', kind: 'ClusterAnalysisTemplate', metadata: props.metadata, spec });
    watch(this, ANALYSIS_TEMPLATE, version);
  }
}
