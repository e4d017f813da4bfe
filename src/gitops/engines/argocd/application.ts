import type { IApplication } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application' with { 'resolution-mode': 'import' };
import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { ApplicationProps, SyncPolicy } from './application-props';
import { SYNC_OPTIONS, SYNC_WAVE } from './fields';
import { checkApplication } from './validation';

type Spec = IApplication['spec'];

/**
 * An Argo CD `Application` (argoproj.io/v1alpha1), in any cdk8s chart.
 *
 * Fields that have no property here are set with `addJsonPatch`.
 */
export class Application extends ApiObject {
  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the Application. Throws FW510 to FW517 for what Argo CD would refuse or ignore
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
  }
}

function resourceAnnotations({ syncWave, syncOptions }: ApplicationProps): Record<string, string> {
  return {
    ...(syncWave === undefined ? {} : { [SYNC_WAVE]: String(syncWave) }),
    ...(syncOptions?.length ? { [SYNC_OPTIONS]: syncOptions.map(o => o.value).join(',') } : {}),
  };
}

function specOf(props: ApplicationProps): Spec {
  const { project, destination, source, sources, syncPolicy, info, revisionHistoryLimit } = props;
  // Read when the Application is printed: until then the objects that the rules are about may become more.
  const produce = () => props.ignoreDifferences?.length ? props.ignoreDifferences : undefined;
  return {
    project,
    destination: destination._toJson(),
    ...(source ? { source } : { sources }),
    ...(syncPolicy ? { syncPolicy: syncPolicyOf(syncPolicy) } : {}),
    ...(props.ignoreDifferences === undefined ? {} : { ignoreDifferences: Lazy.any({ produce }) as unknown as Spec['ignoreDifferences'] }),
    ...(info?.length ? { info } : {}),
    ...(revisionHistoryLimit === undefined ? {} : { revisionHistoryLimit }),
  };
}

function syncPolicyOf({ automated, syncOptions, retry, managedNamespaceMetadata }: SyncPolicy): NonNullable<Spec['syncPolicy']> {
  return {
    ...(automated ? { automated } : {}),
    ...(syncOptions?.length ? { syncOptions: syncOptions.map(o => o.value) } : {}),
    ...(retry ? { retry } : {}),
    ...(managedNamespaceMetadata ? { managedNamespaceMetadata } : {}),
  };
}
