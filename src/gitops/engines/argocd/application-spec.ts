import type { IApplication } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application' with { 'resolution-mode': 'import' };
import { Lazy } from 'cdk8s';
import { ApplicationSpec } from './application-props';
import { SyncPolicy } from './sync-policy-props';
import { plain } from '../../../core/shape';

type Spec = IApplication['spec'];

/** A specification as Argo CD reads it. */
export function specOf(props: ApplicationSpec): Spec {
  const { project, destination, source, sources, sourceHydrator, syncPolicy, info, revisionHistoryLimit } = props;
  // Read when the Application is printed: until then the objects that the rules are about may become more.
  const produce = () => props.ignoreDifferences?.length ? plain(props.ignoreDifferences) : undefined;
  return {
    project,
    destination: destination._toJson(),
    ...plain({ source: source ?? undefined, sources: source || sourceHydrator ? undefined : sources, sourceHydrator: sourceHydrator ?? undefined }),
    ...(syncPolicy ? { syncPolicy: syncPolicyOf(syncPolicy) } : {}),
    ...(props.ignoreDifferences === undefined ? {} : { ignoreDifferences: Lazy.any({ produce }) as unknown as Spec['ignoreDifferences'] }),
    ...(info?.length ? { info: plain(info) } : {}),
    ...(revisionHistoryLimit === undefined ? {} : { revisionHistoryLimit }),
  };
}

/** A sync policy as Argo CD reads it. */
export function syncPolicyOf({ automated, syncOptions, retry, managedNamespaceMetadata }: SyncPolicy): NonNullable<Spec['syncPolicy']> {
  return plain({
    ...(automated ? { automated } : {}),
    ...(syncOptions?.length ? { syncOptions: syncOptions.map(o => o.value) } : {}),
    ...(retry ? { retry } : {}),
    ...(managedNamespaceMetadata ? { managedNamespaceMetadata } : {}),
  });
}
