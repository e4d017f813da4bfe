import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { AppProjectProps, SourceIntegrity } from './app-project-props';
import { SYNC_WAVE } from './fields';
import * as own from './messages';
import { rolesOf } from './project-role-validation';
import { checkOnceEach, checkProject } from './project-validation';
import { Diagnostics } from '../../../core/diagnostics/diagnostics';
import type { Finding } from '../../../core/diagnostics/finding';
import { plain } from '../../../core/shape';
import * as messages from '../../messages';

/** An Argo CD `AppProject` (argoproj.io/v1alpha1), in any cdk8s chart: what its Applications may read and change. */
export class AppProject extends ApiObject {
  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the project; its lists are read when it is printed. Throws FW512 for an empty list of repositories or
   * destinations, FW525 to FW528 for what Argo CD refuses; warns FW514 for a bare `*`, and FW527 for a denial that permits everything else
   */
  public constructor(scope: Construct, id: string, props: AppProjectProps) {
    checkProject(`${scope.node.path}/${id}`, props ?? {});
    const made: { project?: AppProject } = {};
    super(scope, id, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: {
        ...props.metadata,
        annotations: {
          ...props.metadata?.annotations,
          ...(props.syncWave === undefined ? {} : { [SYNC_WAVE]: String(props.syncWave) }),
        },
      },
      spec: specOf(props, () => made.project!.name),
    });
    made.project = this;
    Diagnostics.of(this).addCheck({ check: () => [...wideFields(this, props), ...denials(this, props), ...grown(this, props)] });
  }
}

function wideFields(project: AppProject, props: AppProjectProps): Finding[] {
  return [
    ...(props.sourceRepos.includes('*') ? ['sourceRepos'] : []),
    ...(props.destinations.some(d => d.namespace === '*' && (d.serverUrl ?? d.clusterName) === '*') ? ['destinations'] : []),
    ...(props.clusterResourceWhitelist?.some(r => r.group === '*' && r.kind === '*' && (r.name ?? '*') === '*') ? ['clusterResourceWhitelist'] : []),
  ].map(field => messages.wideProject.at(project, { field, name: project.name }));
}

/** Entries that deny something, where nothing says that everything else is meant. */
function denials(project: AppProject, { sourceRepos, destinations }: AppProjectProps): Finding[] {
  const texts = destinations.map(d => [d.serverUrl ?? d.clusterName!, d.namespace]);
  const denied = texts.filter(t => t.some(part => part.startsWith('!')));
  const lists: Array<[string, string[], boolean]> = [
    ['repositories', sourceRepos, sourceRepos.includes('*')],
    ['destinations', denied.map(t => `!${t.join(' ').replaceAll('!', '')}`), texts.some(t => t.every(part => part === '*'))],
  ];
  return lists.flatMap(([field, entries, isWide]) => {
    const entry = entries.find(each => each.startsWith('!'));
    return entry === undefined || isWide ? [] : [own.denialPermits.at(project, { field, entry: entry.slice(1), name: project.name })];
  });
}

/** What has come into the lists since the project was made. */
function grown(project: AppProject, props: AppProjectProps): Finding[] {
  try {
    checkOnceEach(project.node.path, props);
    return [];
  } catch (error) {
    return Diagnostics.findingsOf(error);
  }
}

function specOf(props: AppProjectProps, name: () => string): object {
  const { description, signatureKeys, sourceIntegrity } = props;
  return {
    ...(description === undefined ? {} : { description }),
    sourceRepos: props.sourceRepos,
    destinations: late(() => props.destinations.map(d => d._toJson())),
    clusterResourceWhitelist: late(() => props.clusterResourceWhitelist ?? []),
    namespaceResourceWhitelist: late(() => props.namespaceResourceWhitelist ?? []),
    ...(props.clusterResourceBlacklist ? { clusterResourceBlacklist: late(() => props.clusterResourceBlacklist!) } : {}),
    ...(props.namespaceResourceBlacklist ? { namespaceResourceBlacklist: late(() => props.namespaceResourceBlacklist!) } : {}),
    ...(props.roles?.length ? { roles: late(() => rolesOf(name(), props.roles!)) } : {}),
    ...plain({
      sourceNamespaces: props.sourceNamespaces,
      destinationServiceAccounts: props.destinationServiceAccounts,
      orphanedResources: props.orphanedResources,
      permitOnlyProjectScopedClusters: props.permitOnlyProjectScopedClusters,
      syncWindows: props.syncWindows,
      signatureKeys: signatureKeys?.map(keyID => ({ keyID })),
      sourceIntegrity: sourceIntegrity && integrityOf(sourceIntegrity),
    }),
  };
}

function integrityOf({ git }: SourceIntegrity): object {
  return { git: { policies: git.map(({ repos, mode, keys }) => ({ repos: repos.map(url => ({ url })), gpg: { mode, keys: keys ?? [] } })) } };
}

/** A list that is read when the project is printed: until then the objects that it speaks of may become more. */
function late<T>(produce: () => T[]): T[] {
  return Lazy.any({ produce: () => plain(produce()) }) as unknown as T[];
}
