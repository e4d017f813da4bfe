import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Application } from './application';
import { Finalizer } from './application-props';
import { applicationSet } from './application-sets';
import { applicationProps, Following, rootSyncPolicy } from './applications';
import { capabilitiesOf } from './capabilities';
import { Destination } from './destination';
import { SYNC_OPTIONS } from './fields';
import { healthPatch } from './health';
import { ApplicationForm, ArgoCdOptions, Roots } from './options';
import { checkPauses } from './pauses';
import { clusterProject, environmentProject, rootProject } from './projects';
import { SyncOption } from './sync-option';
import { checkFinalizer } from './validation';
import { ArgoCdVersion, checkVersions } from './versions';
import type { CapabilityRow } from '../../../core/capability';
import { Diagnostics } from '../../../core/diagnostics/diagnostics';
import type { Finding } from '../../../core/diagnostics/finding';
import { FileContent, Marker } from '../../../core/file-content';
import { FolderChart } from '../../../core/folder-chart';
import { platformLabels } from '../../../core/metadata';
import { nameFault } from '../../../core/names';
import { OutputFile } from '../../../core/output-file';
import { setOwner } from '../../../core/owner';
import { Phase, Platform } from '../../../core/platform';
import { LOCAL_SERVER } from '../../../environments/cluster';
import { ApplicationPlan, applicationsOf, objectsIn } from '../../application-graph';
import { isRepository } from '../../application-source';
import { GitOpsBackend, Parts } from '../../backend';
import { checkDeployment, checkNames, Named } from '../../checks';
import { groupBy } from '../../group-by';
import * as messages from '../../messages';

/** What belongs to a cluster as a whole lies in a folder that no environment can be called by. */
const CLUSTER_FOLDER = '_cluster';

/**
 * Argo CD with an app-of-apps: root Applications, below them a project for each environment and an
 * Application for each folder of the output, and for what the clusters need beside.
 */
export class ArgoCdEngine extends GitOpsBackend {
  public readonly title = 'Argo CD';
  public readonly watch = 'argocd';
  private readonly namespace: string;
  private readonly revision: string;
  private readonly finalizer: Finalizer;
  private readonly roots: Roots;
  private readonly form: ApplicationForm;
  private readonly isProgressive: boolean;
  private readonly version: ArgoCdVersion;

  public constructor(options: ArgoCdOptions) {
    super();
    this.form = options?.form ?? ApplicationForm.APPLICATIONS;
    this.isProgressive = options?.progressiveSyncs ?? false;
    this.version = options?.version ?? ArgoCdVersion.V3_5;
    this.namespace = options?.namespace ?? 'argocd';
    this.revision = options?.revision ?? 'HEAD';
    this.finalizer = options?.finalizer ?? Finalizer.FOREGROUND;
    this.roots = options?.roots ?? Roots.PER_CLUSTER;
    const fault = nameFault(this.namespace);
    if (fault) {
      throw messages.invalidOption.error('', { what: 'namespace', value: this.namespace, fault });
    }
    if (typeof this.revision !== 'string' || !/^[^\s\p{C}]+$/u.test(this.revision)) {
      throw messages.invalidOption.error('', { what: 'revision', value: this.revision, fault: 'is no branch, tag or commit' });
    }
    checkMember('kind of roots', this.roots, Roots);
    checkMember('form of Applications', this.form, ApplicationForm);
    checkMember('version of Argo CD', this.version, ArgoCdVersion);
    if (typeof this.isProgressive !== 'boolean' || (this.isProgressive && this.form !== ApplicationForm.APPLICATION_SETS)) {
      const why = typeof this.isProgressive === 'boolean' ? 'needs ApplicationForm.APPLICATION_SETS' : 'is neither true nor false';
      throw messages.invalidOption.error('', { what: 'progressiveSyncs', value: this.isProgressive, fault: why });
    }
    checkFinalizer('', this.finalizer);
  }

  protected attach(platform: Platform): void {
    const repository = platform.repository;
    if (!repository) {
      throw messages.noRepository.error('', {});
    }
    if (!isRepository(repository)) {
      throw messages.invalidRepository.error('', { repository });
    }
    const scope = new Construct(platform, 'argocd');
    const { namespace, revision, finalizer, version } = this;
    platform._onLower(Phase.GITOPS, () => this.lower({ platform, repository, namespace, revision, finalizer, version }, scope));
  }

  public capabilities(parts: Parts): CapabilityRow[] {
    const { form, roots, isProgressive } = this;
    return capabilitiesOf(parts, { isOfSets: form === ApplicationForm.APPLICATION_SETS, isProgressive, hasOneRoot: roots === Roots.PER_CLUSTER });
  }

  private lower(following: Following, scope: Construct): void {
    const { platform, namespace } = following;
    const applications = applicationsOf(platform);
    if (applications.length === 0) {
      return;
    }
    if (!platform._isWhole) {
      // What else there is stays as it is: only the Applications of some workloads are asked for.
      this.lowerSelected(following, scope, applications);
      return;
    }
    const bootstrap = new FolderChart(scope, 'bootstrap', { folder: 'argocd/bootstrap', namespace, labels: platformLabels(platform.name) });
    const isOfSets = this.form === ApplicationForm.APPLICATION_SETS;
    rootProject(following, bootstrap, ['AppProject', 'Application', ...(isOfSets ? ['ApplicationSet'] : [])]);
    const roots = (isOfSets ? this.lowerSets(following, scope, applications) : this.lowerApplications(following, scope, applications))
      .map(({ name, folder }) => rootApplication(following, bootstrap, name, folder));
    new OutputFile(scope, 'health', {
      path: 'argocd/install/argocd-cm-patch.json',
      content: FileContent.text(healthPatch(), { marker: Marker.NONE }),
    });
    applications.forEach(application => protectNamespaces(application));
    Diagnostics.of(scope).addCheck({
      check: () => [
        ...checkDeployment({ platform, scope, engineNamespace: namespace, runsOn: key => key === LOCAL_SERVER, roots, applications }),
        ...checkPauses(applications),
        ...checkNames(projectsBelow(scope)),
        ...this.gaps(scope, applications),
        ...checkVersions(objectsBelow(scope), this.version),
      ],
    });
  }

  /** An Application for each plan, in the folder of its environment below that of its cluster. */
  private lowerApplications(following: Following, scope: Construct, applications: ApplicationPlan[]): Root[] {
    return [...groupBy(applications, plan => plan.cluster.displayName)].flatMap(([cluster, own]) => {
      const groups = groupBy(own, groupOf);
      groups.forEach((plans, group) => {
        const chart = appsChart(following, scope, plans[0]);
        (group === CLUSTER_FOLDER ? clusterProject : environmentProject)(following, chart, plans);
        plans.forEach(plan => makeApplication(following, chart, plan));
      });
      const folder = `argocd/apps/${cluster}`;
      if (this.roots === Roots.PER_CLUSTER && this.form === ApplicationForm.APPLICATIONS) {
        return [{ name: cluster, folder }];
      }
      return [...groups].map(([group, [{ environment, region }]]): Root => ({
        name: group === CLUSTER_FOLDER ? `${cluster}-applications` : region === undefined ? environment!.name : `${environment!.name}-${region}`,
        folder: `${folder}/${group}`,
      }));
    });
  }

  /** An ApplicationSet for each environment, in all of its regions; what a cluster needs beside stays an Application each. */
  private lowerSets(following: Following, scope: Construct, applications: ApplicationPlan[]): Root[] {
    const { platform, namespace } = following;
    const beside = applications.filter(plan => plan.application);
    const sets = [...groupBy(applications.filter(plan => !plan.application), groupOf)].map(([environment, plans]): Root => {
      const folder = `argocd/sets/${environment}`;
      const chart = new FolderChart(scope, `sets-${environment}`, { folder, namespace, labels: platformLabels(platform.name), environment });
      environmentProject(following, chart, plans, true);
      applicationSet(following, chart, plans, this.isProgressive);
      return { name: environment, folder };
    });
    return [...sets, ...this.lowerApplications(following, scope, beside)];
  }

  private lowerSelected(following: Following, scope: Construct, applications: ApplicationPlan[]): void {
    const { platform } = following;
    if (this.form === ApplicationForm.APPLICATION_SETS) {
      return; // the set of an environment says nothing of single releases
    }
    const isSelected = ({ environment, workload }: ApplicationPlan) => workload !== undefined && platform._isSelected(environment!.name, workload);
    for (const plan of applications.filter(isSelected)) {
      const id = appsId(plan);
      makeApplication(following, scope.node.tryFindChild(id) as FolderChart | undefined ?? appsChart(following, scope, plan), plan);
    }
  }

  /** What the order of this engine does not reach. */
  private gaps(scope: Construct, applications: ApplicationPlan[]): Finding[] {
    const isOfSets = this.form === ApplicationForm.APPLICATION_SETS;
    const staged = this.isProgressive ? [] : [...new Set(applications.filter(plan => plan.regionWave > 0).map(plan => plan.environment!))];
    const byName = new Map(applications.map(plan => [plan.name, plan]));
    const across = this.roots === Roots.PER_CLUSTER && !isOfSets ? undefined
      : applications.find(plan => plan.dependsOn.some(name => groupOf(byName.get(name)!) !== groupOf(plan)));
    const loose = isOfSets && !this.isProgressive ? applications.find(plan => plan.workload !== undefined && plan.wave > 0) : undefined;
    return [
      ...(loose ? [messages.gap.at(scope, {
        engine: 'Argo CD',
        what: `the order of ${loose.name} after what it depends on`,
        why: 'an ApplicationSet makes all of its Applications at once',
        remedy: 'Use progressiveSyncs: true, or ApplicationForm.APPLICATIONS, or acknowledge FW588 with how the first installation goes.',
      })] : []),
      ...staged.map(environment => messages.gap.at(environment, {
        engine: 'Argo CD',
        what: 'the waves of the regions',
        why: 'an Application syncs as soon as its folder changes, on every cluster by itself',
        remedy: 'Make each wave an environment of its own, promoted from the one before, or acknowledge FW588 with how a release is held back.',
      })),
      ...(across ? [messages.gap.at(scope, {
        engine: 'Argo CD',
        what: `the order of ${across.name} after what it depends on`,
        why: 'they have different roots, which know nothing of each other',
        remedy: 'Use roots: Roots.PER_CLUSTER, or start the roots one after the other and acknowledge FW588.',
      })] : []),
    ];
  }
}

/** The chart with the Applications of an environment on a cluster, or with those of the cluster. */
function appsChart({ platform, namespace }: Following, scope: Construct, plan: ApplicationPlan): FolderChart {
  const environment = plan.environment?.name;
  return new FolderChart(scope, appsId(plan), {
    folder: `argocd/apps/${plan.cluster.displayName}/${groupOf(plan)}`, namespace, labels: platformLabels(platform.name), ...(environment === undefined ? {} : { environment }),
  });
}

function appsId(plan: ApplicationPlan): string {
  return `apps.${plan.cluster.displayName}.${groupOf(plan)}`; // names have hyphens, and no dots
}

function makeApplication(following: Following, chart: FolderChart, plan: ApplicationPlan): void {
  const application = new Application(chart, plan.path.replaceAll('/', '.'), applicationProps(following, plan));
  if (plan.workload !== undefined) {
    setOwner(application, plan.workload);
  }
}

function objectsBelow(scope: Construct): ApiObject[] {
  return scope.node.findAll().filter((c): c is ApiObject => ApiObject.isApiObject(c));
}

function projectsBelow(scope: Construct): Named[] {
  return objectsBelow(scope).filter(object => object.kind === 'AppProject').map(({ name, node }) => ({ name, path: node.path }));
}

/** What is followed by a root Application of its own. */
interface Root {
  readonly name: string;
  /** Below the output folder. */
  readonly folder: string;
}

function checkMember(what: string, value: string, members: Record<string, string>): void {
  if (!Object.values(members).includes(value)) {
    throw messages.invalidOption.error('', { what, value, fault: `is none of ${Object.values(members).join(', ')}` });
  }
}

/** The folder below that of its cluster that the Application of a plan lies in. */
function groupOf(plan: ApplicationPlan): string {
  return plan.application ? CLUSTER_FOLDER : plan.environment!.name;
}

function rootApplication(following: Following, chart: FolderChart, name: string, folder: string): Named {
  const { platform, repository, revision, namespace } = following;
  const fullName = `${platform.name}-${name}`;
  const root = new Application(chart, `root-${folder.split('/').slice(2).join('.')}`, {
    metadata: { name: fullName },
    project: platform.name,
    source: { repoURL: repository, path: `${platform.publishedPath}/${folder}`, targetRevision: revision, directory: { recurse: true } },
    destination: Destination.inCluster(namespace),
    syncPolicy: rootSyncPolicy(following),
  });
  return { name: fullName, path: root.node.path };
}

/** Whoever loses a namespace loses everything in it: a person confirms, unless the object says something else. */
function protectNamespaces(plan: ApplicationPlan): void {
  const precious = ['Namespace', 'PersistentVolumeClaim', 'CustomResourceDefinition'];
  for (const { metadata } of objectsIn(plan).filter(object => precious.includes(object.kind))) {
    const own: string = metadata.toJson()?.annotations?.[SYNC_OPTIONS] ?? '';
    const confirm = [SyncOption.PRUNE_CONFIRM, SyncOption.DELETE_CONFIRM].map(o => o.value).filter(o => !own.includes(`${o.split('=')[0]}=`));
    if (confirm.length > 0) {
      metadata.addAnnotation(SYNC_OPTIONS, [...(own ? [own] : []), ...confirm].join(','));
    }
  }
}
