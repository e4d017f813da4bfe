import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { AppProject } from './app-project';
import { Application } from './application';
import { Finalizer, SyncPolicy } from './application-props';
import { ApplicationName, checkApplications } from './checks';
import { Destination } from './destination';
import { ignoreDifferences, respectsIgnored } from './drift';
import { SYNC_OPTIONS } from './fields';
import { healthPatch } from './health';
import { ArgoCdOptions } from './options';
import { SyncOption } from './sync-option';
import { checkFinalizer } from './validation';
import { Diagnostics } from '../../../core/diagnostics/diagnostics';
import { FileContent, Marker } from '../../../core/file-content';
import { FolderChart } from '../../../core/folder-chart';
import { nameFault } from '../../../core/names';
import { OutputFile } from '../../../core/output-file';
import { Phase, Platform } from '../../../core/platform';
import { PlatformExtension } from '../../../core/platform-extension';
import { Cluster } from '../../../environments';
import { ApplicationPlan, applicationsOf, namespacesOf, objectsOf, resourcesOf } from '../../application-graph';
import { driftRulesOf } from '../../drift';
import * as messages from '../../messages';
import { OWN_KINDS } from '../../own-kinds';

/** Projects before Applications: an Application of a project that does not exist fails. */
const PROJECT_WAVE = -2;

/**
 * Argo CD with an app-of-apps: a root Application for each cluster, below it a project for each
 * environment and an Application for each folder of the output.
 */
export class ArgoCdEngine extends PlatformExtension {
  public readonly _role = 'gitops';
  private readonly namespace: string;
  private readonly revision: string;
  private readonly finalizer: Finalizer;

  public constructor(options: ArgoCdOptions) {
    super();
    this.namespace = options?.namespace ?? 'argocd';
    this.revision = options?.revision ?? 'HEAD';
    this.finalizer = options?.finalizer ?? Finalizer.FOREGROUND;
    const fault = nameFault(this.namespace);
    if (fault) {
      throw messages.invalidOption.error('', { what: 'namespace', value: this.namespace, fault });
    }
    if (typeof this.revision !== 'string' || !/^[^\s\p{C}]+$/u.test(this.revision)) {
      throw messages.invalidOption.error('', { what: 'revision', value: this.revision, fault: 'is no branch, tag or commit' });
    }
    checkFinalizer('', this.finalizer);
  }

  public _attach(platform: Platform): void {
    const repository = platform.repository;
    if (!repository) {
      throw messages.noRepository.error('', {});
    }
    if (!isRepository(repository)) {
      throw messages.invalidRepository.error('', { repository });
    }
    const scope = new Construct(platform, 'argocd');
    platform._onLower(Phase.GITOPS, () => this.lower(platform, repository, scope));
  }

  private lower(platform: Platform, repository: string, scope: Construct): void {
    const applications = applicationsOf(platform);
    if (applications.length === 0) {
      return;
    }
    const labels = { 'app.kubernetes.io/part-of': platform.name, 'app.kubernetes.io/managed-by': 'cdk8s-fairway' };
    const roots: ApplicationName[] = [];
    const bootstrap = new FolderChart(scope, 'bootstrap', { folder: 'argocd/bootstrap', namespace: this.namespace, labels });
    this.rootProject(platform, repository, bootstrap);
    for (const [cluster, own] of groupBy(applications, a => a.environment.cluster.displayName)) {
      const chart = new FolderChart(scope, `apps-${cluster}`, { folder: `argocd/apps/${cluster}`, namespace: this.namespace, labels });
      for (const [, ofEnvironment] of groupBy(own, a => a.environment.name)) {
        this.environmentProject(platform, repository, chart, ofEnvironment);
      }
      own.forEach(application => this.application(platform, repository, chart, application));
      roots.push(this.rootApplication(platform, repository, bootstrap, cluster));
    }
    new OutputFile(scope, 'health', {
      path: 'argocd/install/argocd-cm-patch.json',
      content: FileContent.text(healthPatch(), { marker: Marker.NONE }),
    });
    applications.forEach(application => protectNamespaces(application));
    Diagnostics.of(scope).addCheck({
      check: () => checkApplications({ platform, scope, engineNamespace: this.namespace, roots, applications }),
    });
  }

  /** What the roots may do: make Applications and projects, and nothing else. */
  private rootProject(platform: Platform, repository: string, chart: FolderChart): void {
    new AppProject(chart, 'project', {
      metadata: projectMetadata(platform.name),
      description: `The Applications of ${platform.name}; only its root Applications belong here.`,
      sourceRepos: [repository],
      destinations: [Destination.inCluster(this.namespace)],
      namespaceResourceWhitelist: [{ group: 'argoproj.io', kind: 'AppProject' }, { group: 'argoproj.io', kind: 'Application' }],
    });
  }

  private rootApplication(platform: Platform, repository: string, chart: FolderChart, cluster: string): ApplicationName {
    const name = `${platform.name}-${cluster}`;
    const root = new Application(chart, `root-${cluster}`, {
      metadata: { name },
      project: platform.name,
      source: { repoURL: repository, path: `${platform.publishedPath}/argocd/apps/${cluster}`, targetRevision: this.revision },
      destination: Destination.inCluster(this.namespace),
      syncPolicy: syncPolicy([]),
    });
    return { name, path: root.node.path };
  }

  /** What the Applications of an environment may do: change the kinds that they hold or once held, in their namespaces. */
  private environmentProject(platform: Platform, repository: string, chart: FolderChart, applications: ApplicationPlan[]): void {
    const { environment } = applications[0];
    // Getters, so that objects which are added to a chart after lowering count, too.
    const objects = () => applications.flatMap(application => objectsOf(application.chart));
    const resources = (isClusterWide: boolean) => resourcesOf(objects()).filter(resource => resource.isClusterWide === isClusterWide);
    new AppProject(chart, `project-${environment.name}`, {
      metadata: projectMetadata(`${platform.name}-${environment.name}`),
      description: `The workloads of ${platform.name} in ${environment.name}.`,
      sourceRepos: [repository],
      get destinations() {
        const namespaces = [...namespacesOf(objects()), ...applications.map(application => application.namespace)];
        return [...new Set(namespaces)].sort().map(namespace => destinationOf(environment.cluster, namespace));
      },
      get clusterResourceWhitelist() {
        // A PriorityClass has its value in its name: with another value comes another name, and the old one is to go.
        const prefix = `${platform.name}-${environment.name}-`;
        const others = resources(true).filter(({ kind, name }) => kind !== 'PriorityClass' || !name.startsWith(prefix));
        return unique([
          { group: 'scheduling.k8s.io', kind: 'PriorityClass', name: `${prefix}*` },
          ...others.map(({ group, kind, name }) => ({ group, kind, name })),
        ]);
      },
      get namespaceResourceWhitelist() {
        return unique([...OWN_KINDS, ...resources(false).map(({ group, kind }) => ({ group, kind }))]);
      },
      syncWave: PROJECT_WAVE,
    });
  }

  private application(platform: Platform, repository: string, chart: FolderChart, plan: ApplicationPlan): void {
    const { environment, workload } = plan;
    const drift = () => driftRulesOf(objectsOf(plan.chart));
    const respect = respectsIgnored(drift()) ? [SyncOption.RESPECT_IGNORE_DIFFERENCES] : [];
    new Application(chart, plan.path.replaceAll('/', '.'), {
      metadata: {
        name: plan.name,
        labels: {
          'cdk8s-fairway/environment': environment.name,
          ...(workload === undefined ? {} : { 'cdk8s-fairway/workload': workload }),
        },
        // A webhook then refreshes only the Applications whose folder changed.
        annotations: { 'argocd.argoproj.io/manifest-generate-paths': '.' },
      },
      project: `${platform.name}-${environment.name}`,
      source: { repoURL: repository, path: plan.folder, targetRevision: this.revision },
      destination: destinationOf(environment.cluster, plan.namespace),
      syncPolicy: syncPolicy([SyncOption.PRUNE_LAST, SyncOption.FAIL_ON_SHARED_RESOURCE, ...respect]),
      get ignoreDifferences() {
        return ignoreDifferences(drift());
      },
      finalizer: this.finalizer,
      syncWave: plan.wave,
      syncOptions: environment.isFinal ? [SyncOption.PRUNE_CONFIRM, SyncOption.DELETE_CONFIRM] : [],
    });
  }
}

/** A project outlives the Applications that refer to it: without it, they could not delete their resources (argo-cd docs/operator-manual/project-specification.md). */
function projectMetadata(name: string): ApiObjectMetadata {
  return { name, finalizers: [Finalizer.FOREGROUND] };
}

/**
 * Follow the repository, undo drift, try again with what is newest: a sync that keeps retrying an
 * old revision blocks the fix for it (argo-cd #11494).
 */
function syncPolicy(options: SyncOption[]): SyncPolicy {
  return {
    automated: { prune: true, selfHeal: true, allowEmpty: false },
    syncOptions: [SyncOption.APPLY_OUT_OF_SYNC_ONLY, SyncOption.SERVER_SIDE_APPLY, ...options],
    retry: { limit: 5, backoff: { duration: '5s', factor: 2, maxDuration: '3m' }, refresh: true },
  };
}

/** Whoever loses a namespace loses everything in it: a person confirms, unless the object says something else. */
function protectNamespaces({ chart }: ApplicationPlan): void {
  const precious = ['Namespace', 'PersistentVolumeClaim', 'CustomResourceDefinition'];
  for (const { metadata } of objectsOf(chart).filter(object => precious.includes(object.kind))) {
    const own: string = metadata.toJson()?.annotations?.[SYNC_OPTIONS] ?? '';
    const confirm = [SyncOption.PRUNE_CONFIRM, SyncOption.DELETE_CONFIRM].map(o => o.value).filter(o => !own.includes(`${o.split('=')[0]}=`));
    if (confirm.length > 0) {
      metadata.addAnnotation(SYNC_OPTIONS, [...(own ? [own] : []), ...confirm].join(','));
    }
  }
}

function destinationOf(cluster: Cluster, namespace: string): Destination {
  if (cluster.name !== undefined) {
    return Destination.cluster(cluster.name, namespace);
  }
  return cluster.url === undefined ? Destination.inCluster(namespace) : Destination.server(cluster.url, namespace);
}

function isRepository(repository: string): boolean {
  if (typeof repository !== 'string' || /[\s*?[\]{}!\\\p{C}]/u.test(repository)) {
    return false; // a project reads it as a glob
  }
  if (/^[\w.-]+@[\w.-]+:[\w./~-]+$/.test(repository)) {
    return true;
  }
  const url = URL.canParse(repository) ? new URL(repository) : undefined;
  return url !== undefined && ['https:', 'ssh:', 'oci:'].includes(url.protocol) && url.pathname.length > 1
    && !url.password && (url.protocol === 'ssh:' || !url.username) && !url.search && !url.hash;
}

function unique<T>(values: T[]): T[] {
  const byText = new Map(values.map(value => [JSON.stringify(value), value]));
  return [...byText].sort(([a], [b]) => a < b ? -1 : 1).map(([, value]) => value);
}

function groupBy<T>(values: T[], key: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(key(value));
    if (group) {
      group.push(value);
    } else {
      groups.set(key(value), [value]);
    }
  }
  return groups;
}
