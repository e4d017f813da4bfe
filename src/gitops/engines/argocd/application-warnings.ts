import type { ApplicationSpec } from './application-props';
import * as own from './messages';
import { SyncOption } from './sync-option';
import type { Finding } from '../../../core/diagnostics/finding';

/** Options that are read from a single resource alone (gitops-engine pkg/sync/sync_context.go). */
const OF_RESOURCES = ['Force'];

/** Options that are read from the sync policy alone (controller/sync.go, SyncAppState). */
const OF_POLICIES = [
  'CreateNamespace', 'ApplyOutOfSyncOnly', 'FailOnSharedResource', 'RespectIgnoreDifferences', 'PrunePropagationPolicy',
];

const nameOf = (option: SyncOption) => option.value.split('=')[0];

/**
 * What is legal in an Application, and does nothing or too much: FW521 and FW523.
 *
 * @param ignoresDrift whether it has rules of ignoreDifferences
 */
export function specWarnings(path: string, spec: Partial<ApplicationSpec>, ignoresDrift: boolean): Finding[] {
  const options = spec.syncPolicy?.syncOptions ?? [];
  const has = (value: string) => options.some(option => option.value === value);
  const idle = (setting: string, why: string, remedy: string) => own.idleSetting.at(path, { setting, why, remedy });
  const { automated, managedNamespaceMetadata } = spec.syncPolicy ?? {};
  return [
    ...(managedNamespaceMetadata && !has('CreateNamespace=true')
      ? [idle('The managedNamespaceMetadata', 'needs the sync option CreateNamespace=true', 'Add SyncOption.CREATE_NAMESPACE.')] : []),
    ...(has('RespectIgnoreDifferences=true') && !ignoresDrift
      ? [idle('RespectIgnoreDifferences=true', 'has no rule of ignoreDifferences to respect', 'Add a rule, or leave the option out.')] : []),
    ...(automated?.allowEmpty && !automated.prune
      ? [idle('The allowEmpty of automated sync', 'means nothing without prune', 'Add prune: true, or leave allowEmpty out.')] : []),
    ...(has('PruneLast=true') && has('Prune=false')
      ? [idle('PruneLast=true', 'has nothing to prune beside Prune=false', 'Keep one of them.')] : []),
    ...options.filter(option => OF_RESOURCES.includes(nameOf(option)))
      .map(option => idle(`${option.value} in the sync policy`, 'is read from single resources alone', 'Annotate the resource with argocd.argoproj.io/sync-options.')),
    ...versionsOf(spec).map(() => idle('The version of Helm', 'means nothing from Argo CD 3.5 on', 'Leave helm.version out.')),
    ...frozen(spec, has('RespectIgnoreDifferences=true')).map(fault => own.freezesMore.at(path, { fault })),
    ...(has('Replace=true') ? [own.replacesAll.at(path, { option: 'Replace=true' })] : []),
  ];
}

/** What is legal among the options of an Application as a resource of its parent, and does nothing: FW521. */
export function resourceWarnings(path: string, options: SyncOption[]): Finding[] {
  return options.filter(option => OF_POLICIES.includes(nameOf(option))).map(option => own.idleSetting.at(path, {
    setting: `${option.value} on the Application as a resource`, why: 'is read from a sync policy alone', remedy: 'Give it in syncPolicy.syncOptions.',
  }));
}

function versionsOf({ source, sources, sourceHydrator }: Partial<ApplicationSpec>): string[] {
  return [source, ...sources ?? [], sourceHydrator?.drySource].flatMap(each => each?.helm?.version ? [each.helm.version] : []);
}

/** Rules that keep more from the repository than they say: FW579. */
function frozen({ ignoreDifferences }: Partial<ApplicationSpec>, respects: boolean): string[] {
  return (ignoreDifferences ?? []).flatMap(({ kind, jqPathExpressions = [], managedFieldsManagers = [] }) => [
    ...jqPathExpressions.filter(expression => respects && expression.includes('['))
      .map(expression => `${expression} of ${kind} lies in a list, which RespectIgnoreDifferences=true takes from the cluster as a whole`),
    ...managedFieldsManagers.filter(manager => kind === 'VirtualService' && /^rollouts-controller/.test(manager))
      .map(manager => `${manager} stays a manager of ${kind} when its fields are the repository's again`),
  ]);
}
