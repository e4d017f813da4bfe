import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { isBorder, makeAccess } from './access';
import { Annotations } from './annotations';
import { makeApplication } from './applications';
import { capabilitiesOf } from './capabilities';
import { engineFindings, opened } from './engine-checks';
import { Kustomization } from './kustomization';
import { DeletionPolicy } from './kustomization-props';
import { common, dependenciesOf, folderProps } from './kustomizations';
import { MultiTenancy } from './multi-tenancy';
import { FluxOptions, FluxTopology } from './options';
import { baseName, CLUSTER_FOLDER, CONTROLLERS, environmentName, groupOf, pathOf, Place, Setting } from './place';
import { KubeConfig, SourceReference } from './references';
import { followed, settled, Settled } from './settled';
import { branchSource, mainSource } from './sources';
import type { CapabilityRow } from '../../../core/capability';
import { Diagnostics } from '../../../core/diagnostics/diagnostics';
import { FolderChart } from '../../../core/folder-chart';
import { platformLabels } from '../../../core/metadata';
import { setOwner } from '../../../core/owner';
import { Phase, Platform } from '../../../core/platform';
import type { Cluster } from '../../../environments';
import { LOCAL_SERVER } from '../../../environments/cluster';
import { ApplicationPlan, applicationsOf, objectsIn } from '../../application-graph';
import { GitOpsBackend, Parts } from '../../backend';
import type { Named } from '../../checks';
import { groupBy } from '../../group-by';

/** The objects with which everything in them, or of their kind, is gone. */
const PRECIOUS = ['Namespace', 'PersistentVolumeClaim', 'CustomResourceDefinition'];

/** Flux: what is applied once on each cluster, below it a Kustomization for each folder of the output, and for what the clusters need beside. */
export class FluxEngine extends GitOpsBackend {
  public readonly title = 'Flux';
  public readonly watch = 'flux';
  private readonly options: Settled;

  public constructor(options: FluxOptions) {
    super();
    this.options = settled(options);
  }

  public capabilities(parts: Parts): CapabilityRow[] {
    return capabilitiesOf(parts, this.options.lockdown);
  }

  protected attach(platform: Platform): void {
    const source = followed(platform.repository, this.options.source);
    const scope = new Construct(platform, 'flux');
    if (this.options.lockdown) {
      MultiTenancy.lockDown(scope);
    }
    const labels = platformLabels(platform.name);
    platform._onLower(Phase.GITOPS, () => new Lowering({ platform, scope, options: this.options, followed: source, labels }).run());
  }
}

/** The one time that a model is turned into objects. */
class Lowering {
  private readonly applications: ApplicationPlan[];
  /** What the engine names beside the applications. */
  private readonly named: Named[] = [];
  private readonly charts = new Map<string, FolderChart>();

  public constructor(private readonly setting: Setting) {
    this.applications = applicationsOf(setting.platform);
  }

  public run(): void {
    if (!this.setting.platform._isWhole) {
      // What else there is stays as it is: only the Kustomizations of some workloads are asked for.
      this.makeSelected();
      return;
    }
    for (const own of groupBy(this.applications, plan => plan.cluster.displayName).values()) {
      this.makeCluster(this.placeOf(own[0].cluster), own);
    }
    this.applications.flatMap(objectsIn).filter(object => PRECIOUS.includes(object.kind)).forEach(keep);
    const { scope } = this.setting;
    if (this.applications.length > 0) {
      const open = opened(this.applications);
      Diagnostics.of(scope).addCheck({ check: () => engineFindings(this.setting, this.applications, this.named, open) });
    }
  }

  private makeCluster(place: Place, own: ApplicationPlan[]): void {
    const { cluster } = place;
    const branches = new Map<string, SourceReference>();
    const followedBy = (chart: FolderChart, { environment, ...plan }: ApplicationPlan): SourceReference => {
      if (environment?.branch === undefined || this.setting.followed.form === 'oci') {
        return this.followedReference();
      }
      const branch = branches.get(environment.name) ?? branchSource(this.setting, chart, { ...plan, environment });
      branches.set(environment.name, branch);
      return branch;
    };
    this.makeRoot(place);
    const base = this.makeBase(place, own);
    for (const [group, plans] of groupBy(own, groupOf)) {
      const chart = this.chartOf(`apps/${cluster.displayName}/${group}`, plans[0].environment?.name);
      if (group === CLUSTER_FOLDER) {
        plans.forEach(plan => makeApplication(this.setting, place, chart, plan, followedBy(chart, plan), base));
        continue;
      }
      const access = this.setting.options.lockdown ? this.makeAccess(place, chart, plans, followedBy(chart, plans[0]), base) : undefined;
      plans.forEach(plan => this.makeFolder(place, chart, plan, followedBy(chart, plan), access));
    }
  }

  private makeFolder(place: Place, chart: FolderChart, plan: ApplicationPlan, sourceRef: SourceReference, access: string | undefined): void {
    const made = new Kustomization(chart, plan.path.replaceAll('/', '.'), folderProps(this.setting, place, plan, sourceRef, access));
    if (plan.workload !== undefined) {
      setOwner(made, plan.workload);
    }
  }

  private makeSelected(): void {
    const { platform, options, followed: { form } } = this.setting;
    for (const plan of this.applications) {
      const { cluster, environment, workload } = plan;
      if (workload !== undefined && platform._isSelected(environment!.name, workload)) {
        const account = environmentName(platform, plan);
        const isBranch = environment!.branch !== undefined && form === 'git';
        const sourceRef = isBranch ? SourceReference.gitRepository(account, { namespace: options.namespace }) : this.followedReference();
        const chart = this.chartOf(`apps/${cluster.displayName}/${groupOf(plan)}`, environment!.name);
        this.makeFolder(this.placeOf(cluster), chart, plan, sourceRef, options.lockdown ? accessName(account) : undefined);
      }
    }
  }

  /** What is applied by hand, once: what is followed, and that it is. */
  private makeRoot({ cluster }: Place): void {
    const { platform, options } = this.setting;
    const isHub = options.topology === FluxTopology.HUB;
    const folder = `clusters/${isHub ? 'hub' : cluster.displayName}`;
    const isNew = !this.charts.has(folder);
    const chart = this.chartOf(folder, undefined);
    if (isNew) {
      mainSource(this.setting, chart);
    }
    const name = `${platform.name}-${cluster.displayName}`;
    const root = new Kustomization(chart, `root-${cluster.displayName}`, {
      ...common(this.setting, { cluster, trusted: CONTROLLERS }),
      metadata: { name },
      sourceRef: this.followedReference(),
      path: pathOf(this.setting, `flux/apps/${cluster.displayName}`),
      prune: true,
      wait: false,
      // Who deletes the root stops following, and deletes nothing.
      deletionPolicy: DeletionPolicy.ORPHAN,
    });
    this.named.push({ name, path: root.node.path });
  }

  /** The namespaces that must be there before anything else is: those of applications, and on another cluster that of the accounts. */
  private makeBase(place: Place, own: ApplicationPlan[]): string | undefined {
    const { options, platform } = this.setting;
    const { cluster } = place;
    const levels = new Map<string, Record<string, string>>();
    for (const { application } of own.filter(plan => plan.application && plan.namespace !== options.namespace)) {
      const { namespace, podSecurity } = application!;
      levels.set(namespace, { 'pod-security.kubernetes.io/enforce': podSecurity, 'pod-security.kubernetes.io/warn': podSecurity });
    }
    if (place.kubeConfig !== undefined && options.lockdown) {
      levels.set(options.namespace, {});
    }
    if (levels.size === 0) {
      return undefined;
    }
    const environments = new Set(own.map(plan => plan.environment?.name));
    const environment = environments.size === 1 ? [...environments][0] : undefined;
    const base = this.chartOf(`base/${cluster.displayName}`, environment, false);
    for (const [name, labels] of [...levels].sort(([a], [b]) => a < b ? -1 : 1)) {
      keep(new ApiObject(base, name, { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }));
    }
    const name = baseName(platform, cluster);
    const made = new Kustomization(this.chartOf(`apps/${cluster.displayName}/${CLUSTER_FOLDER}`, environment), '_base', {
      ...common(this.setting, place),
      metadata: { name },
      sourceRef: this.followedReference(),
      path: pathOf(this.setting, base.folder),
      deletionPolicy: DeletionPolicy.ORPHAN,
    });
    this.named.push({ name, path: made.node.path });
    return name;
  }

  /** The account of an environment, and its rights. They stay when the environment goes: without them, Flux could delete nothing of it. */
  private makeAccess(place: Place, chart: FolderChart, plans: ApplicationPlan[], sourceRef: SourceReference, base: string | undefined): string {
    const account = environmentName(this.setting.platform, plans[0]);
    const environment = plans[0].environment!.name;
    const folder = this.chartOf(`access/${place.cluster.displayName}/${environment}`, environment, false);
    makeAccess(this.setting, folder, account, plans);
    const name = accessName(account);
    const made = new Kustomization(chart, '_access', {
      ...common(this.setting, place),
      metadata: { name },
      sourceRef,
      path: pathOf(this.setting, folder.folder),
      dependsOn: dependenciesOf(plans.filter(isBorder).map(plan => plan.name), base),
      deletionPolicy: DeletionPolicy.ORPHAN,
    });
    this.named.push({ name, path: made.node.path });
    return name;
  }

  /** A chart for a folder. What lives in no namespace must not get one from its chart. */
  private chartOf(folder: string, environment: string | undefined, hasNamespace = true): FolderChart {
    const { scope, options, labels } = this.setting;
    const known = this.charts.get(folder);
    const chart = known ?? new FolderChart(scope, folder.replaceAll('/', '.'), {
      folder: `flux/${folder}`, labels, ...(hasNamespace ? { namespace: options.namespace } : {}), ...(environment === undefined ? {} : { environment }),
    });
    this.charts.set(folder, chart);
    return chart;
  }

  private followedReference(): SourceReference {
    const { platform, followed: { form } } = this.setting;
    return form === 'git' ? SourceReference.gitRepository(platform.name) : SourceReference.ociRepository(platform.name);
  }

  private placeOf(cluster: Cluster): Place {
    const { options: { topology, kubeConfigs } } = this.setting;
    if (topology === FluxTopology.PER_CLUSTER || cluster._key() === LOCAL_SERVER) {
      return { cluster, trusted: CONTROLLERS };
    }
    const name = cluster.displayName;
    const kubeConfig = Object.hasOwn(kubeConfigs, name) ? kubeConfigs[name] : KubeConfig.secret(`${name}-kubeconfig`);
    return { cluster, kubeConfig, trusted: {} };
  }
}

const accessName = (account: string) => `${account}-access`;

/** Whoever loses a namespace loses everything in it: Flux leaves it in the cluster, unless the object says something else. */
function keep({ metadata }: ApiObject): void {
  if (metadata.toJson()?.annotations?.[Annotations.PRUNE] === undefined) {
    Object.entries(Annotations.keep()).forEach(([key, value]) => metadata.addAnnotation(key, value));
  }
}
