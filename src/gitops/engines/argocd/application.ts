import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ApplicationProps } from './application-props';
import { specOf } from './application-spec';
import { resourceWarnings, specWarnings } from './application-warnings';
import { SYNC_OPTIONS, SYNC_WAVE } from './fields';
import { checkApplication } from './validation';
import { Diagnostics } from '../../../core/diagnostics/diagnostics';

/**
 * An Argo CD `Application` (argoproj.io/v1alpha1), in any cdk8s chart.
 *
 * Fields that have no property here are set with `addJsonPatch`.
 */
export class Application extends ApiObject {
  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the Application. Throws FW510 to FW524 for what Argo CD would refuse or ignore; warns FW521 for settings
   * that do nothing, and FW523 when every resource is replaced
   */
  public constructor(scope: Construct, id: string, props: ApplicationProps) {
    checkApplication(`${scope.node.path}/${id}`, props ?? {});
    super(scope, id, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: {
        ...props.metadata,
        annotations: { ...props.metadata?.annotations, ...resourceAnnotations(props) },
        ...(props.finalizer === undefined ? {} : { finalizers: [...props.metadata?.finalizers ?? [], props.finalizer] }),
      },
      spec: specOf(props),
    });
    Diagnostics.of(this).addCheck({
      check: () => [
        ...specWarnings(this.node.path, props, (props.ignoreDifferences ?? []).length > 0),
        ...resourceWarnings(this.node.path, props.syncOptions ?? []),
      ],
    });
  }
}

function resourceAnnotations({ syncWave, syncOptions }: ApplicationProps): Record<string, string> {
  return {
    ...(syncWave === undefined ? {} : { [SYNC_WAVE]: String(syncWave) }),
    ...(syncOptions?.length ? { [SYNC_OPTIONS]: syncOptions.map(o => o.value).join(',') } : {}),
  };
}
