import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import type { ApplicationSource } from './application-source';
import * as messages from './messages';
import { copied } from '../core/copied';
import { isDnsSubdomain, isMap } from '../core/metadata';
import { checkName, nameFault } from '../core/names';
import { Platform } from '../core/platform';
import { Cluster, Environment } from '../environments';
import { checkEnvironments } from '../environments/environment';
import { WorkloadGraph } from '../workloads/graph';

/** The level of the Pod Security Standards that a namespace enforces. */
export enum PodSecurity {
  /** Anything: agents of nodes, storage drivers. */
  PRIVILEGED = 'privileged',
  /** What most charts keep to. */
  BASELINE = 'baseline',
  /** Hardened pods. */
  RESTRICTED = 'restricted',
}

/** What an environment changes about an application. */
export interface ApplicationOverride {
  /**
   * The version of the chart, the tag or commit, or the revision of the artifact.
   *
   * @default - that of the source
   */
  readonly revision?: string;

  /**
   * Values of a Helm chart, merged over those of the source.
   *
   * @default - those of the source
   */
  readonly values?: any;
}

/** Properties of an `Application`. */
export interface ApplicationProps {
  /** Where it comes from. */
  readonly source: ApplicationSource;

  /**
   * The namespace of its objects, which is made for it.
   *
   * @default - the name of the application
   */
  readonly namespace?: string;

  /**
   * What its namespace enforces.
   *
   * @default PodSecurity.BASELINE
   */
  readonly podSecurity?: PodSecurity;

  /**
   * The environments whose clusters get it, each cluster once.
   *
   * @default - all environments
   */
  readonly environments?: Environment[];

  /**
   * The names of applications that must be there first.
   *
   * @default - none
   */
  readonly dependsOn?: string[];

  /**
   * The API groups whose kinds it brings: `['argoproj.io']`. Workloads that have an object of one of them come after it.
   *
   * @default - none
   */
  readonly provides?: string[];

  /**
   * Cluster-wide kinds that it may make beyond what charts usually bring: `['ClusterIssuer.cert-manager.io']`.
   *
   * @default - definitions, roles, webhooks and classes
   */
  readonly clusterKinds?: string[];

  /**
   * Further namespaces that it writes to, such as `kube-system` for a leader election.
   *
   * @default - its own alone
   */
  readonly namespaces?: string[];

  /**
   * Whether objects that it no longer has are removed.
   *
   * @default true
   */
  readonly prune?: boolean;

  /**
   * Whether changes made in the cluster are undone.
   *
   * @default true
   */
  readonly selfHeal?: boolean;

  /**
   * How long it may take until it is healthy, where the engine has a limit for that.
   *
   * @default Duration.minutes(10)
   */
  readonly timeout?: Duration;

  /**
   * What environments change, by their names. Environments of one cluster must agree, else FW584 is found.
   *
   * @default - nothing
   */
  readonly overrides?: Record<string, ApplicationOverride>;
}

/**
 * What a cluster needs beside the workloads: an ingress controller, Argo Rollouts itself, Prometheus. It is installed once for
 * each cluster, at a version that is pinned, by whatever follows the repository.
 */
export class Application extends Construct {
  /** The applications of a platform, in the order in which they were declared. */
  public static allIn(platform: Platform): Application[] {
    return [...DECLARED.get(platform) ?? []];
  }

  /** The name, which is the id of the construct. */
  public readonly name: string;

  /** Where it comes from, where no environment overrides it. */
  public readonly source: ApplicationSource;

  /** The namespace of its objects. */
  public readonly namespace: string;

  /** What its namespace enforces. */
  public readonly podSecurity: PodSecurity;

  /** The names of applications that must be there first. */
  public readonly dependsOn: string[];

  /** The API groups whose kinds it brings. */
  public readonly provides: string[];

  /** Cluster-wide kinds that it may make beyond what charts usually bring. */
  public readonly clusterKinds: string[];

  /** Further namespaces that it writes to. */
  public readonly namespaces: string[];

  /** Whether objects that it no longer has are removed. */
  public readonly prune: boolean;

  /** Whether changes made in the cluster are undone. */
  public readonly selfHeal: boolean;

  /** How long it may take until it is healthy. */
  public readonly timeout: Duration;

  private readonly platform: Platform;
  private readonly chosen?: Environment[];
  private readonly overrides: Record<string, ApplicationOverride>;

  /**
   * @param scope the platform. Throws FW110 outside of one
   * @param id the name: a DNS label of at most 40 characters, else FW105 is thrown
   * @param props the application. Throws FW580 for what is none, FW585 for a name that is taken
   */
  public constructor(scope: Construct, id: string, props: ApplicationProps) {
    super(scope, checkFree(scope, checkName(scope, 'application', id, 40)));
    this.platform = Platform.ofConstruct(this);
    this.name = id;
    checkProps(this, props ?? {});
    this.source = props.source;
    this.namespace = props.namespace ?? id;
    this.podSecurity = props.podSecurity ?? PodSecurity.BASELINE;
    this.dependsOn = [...props.dependsOn ?? []];
    this.provides = [...props.provides ?? []];
    this.clusterKinds = [...props.clusterKinds ?? []];
    this.namespaces = [...props.namespaces ?? []];
    this.prune = props.prune ?? true;
    this.selfHeal = props.selfHeal ?? true;
    this.timeout = props.timeout ?? Duration.minutes(10);
    this.chosen = props.environments && [...props.environments];
    this.overrides = copied(props.overrides ?? {}, 32);
    this.platform._refuseWhenLowered(this, `application ${JSON.stringify(id)}`);
    Object.values(this.overrides).forEach(override => this.source._with(override?.revision, override?.values)); // throws what is wrong with it
    const graph = WorkloadGraph.of(this.platform);
    if (graph.tryFind(id) || graph.hasNeighbour(id)) {
      throw messages.takenApplication.error(this, { name: id });
    }
    graph.addNeighbour(id);
    DECLARED.set(this.platform, [...Application.allIn(this.platform), this]);
  }

  /** The environments whose clusters get it. */
  public get environments(): Environment[] {
    return this.chosen ? [...this.chosen] : Environment.allIn(this.platform);
  }

  /**
   * The clusters that get it, each with the environments that ask for it.
   *
   * @internal
   */
  public _clusters(): Array<{ cluster: Cluster; environments: Environment[] }> {
    const byKey = new Map<string, { cluster: Cluster; environments: Environment[] }>();
    for (const environment of this.environments) {
      for (const { cluster } of environment.regions) {
        const known = byKey.get(cluster._key());
        if (known) {
          known.environments.push(environment);
        } else {
          byKey.set(cluster._key(), { cluster, environments: [environment] });
        }
      }
    }
    return [...byKey.values()];
  }

  /**
   * Where it comes from in an environment.
   *
   * @internal
   */
  public _sourceIn(environment: Environment): ApplicationSource {
    const { revision, values } = this._overrideOf(environment.name) ?? {};
    return this.source._with(revision, values);
  }

  /**
   * The names of environments that change something.
   *
   * @internal
   */
  public _overridden(): string[] {
    return Object.keys(this.overrides);
  }

  private _overrideOf(name: string): ApplicationOverride | undefined {
    return Object.hasOwn(this.overrides, name) ? this.overrides[name] : undefined;
  }
}

const DECLARED = new WeakMap<Platform, Application[]>();

function checkFree(scope: Construct, id: string): string {
  if (id === 'constructor' || scope?.node.tryFindChild(id)) {
    throw messages.takenApplication.error(`${scope.node.path ? `${scope.node.path}/` : ''}${id}`, { name: id });
  }
  return id;
}

/** Throws FW580 for what JavaScript lets through. */
function checkProps(application: Application, props: Partial<ApplicationProps>): void {
  const refuse = (what: string, value: unknown, fault: string) => messages.invalidApplication.error(application, { what, value, fault });
  if (typeof props.source?._with !== 'function') {
    throw refuse('source', props.source, 'is no ApplicationSource');
  }
  for (const namespace of [...props.namespace === undefined ? [] : [props.namespace], ...listOf(refuse, 'namespaces', props.namespaces)]) {
    const fault = nameFault(namespace) ?? (namespace === 'default' ? 'belongs to Kubernetes' : undefined);
    if (fault) {
      throw refuse('namespace', namespace, fault);
    }
  }
  if (props.podSecurity !== undefined && !Object.values(PodSecurity).includes(props.podSecurity)) {
    throw refuse('podSecurity', props.podSecurity, `is none of ${Object.values(PodSecurity).join(', ')}`);
  }
  checkEnvironments(application, application.name, props.environments ?? []);
  listOf(refuse, 'dependsOn', props.dependsOn);
  for (const group of listOf(refuse, 'provides', props.provides)) {
    if (!isDnsSubdomain(group) || !group.includes('.')) {
      throw refuse('API group', group, 'is no group such as argoproj.io');
    }
  }
  for (const kind of listOf(refuse, 'clusterKinds', props.clusterKinds)) {
    if (!/^[A-Z][A-Za-z0-9]*(\.[a-z0-9.-]+)?$/.test(kind)) {
      throw refuse('cluster-wide kind', kind, 'is not of the form Kind.group');
    }
  }
  for (const [what, value] of Object.entries({ prune: props.prune, selfHeal: props.selfHeal })) {
    if (value !== undefined && typeof value !== 'boolean') {
      throw refuse(what, value, 'is neither true nor false');
    }
  }
  const { timeout, overrides = {} } = props;
  if (timeout !== undefined && !(typeof timeout?.toSeconds === 'function' && timeout.toSeconds({ integral: false }) >= 1)) {
    throw refuse('timeout', timeout instanceof Duration ? timeout.toHumanString() : timeout, 'is no duration from one second');
  }
  if (!isMap(overrides) || Object.values(overrides).some(override => override !== undefined && !isMap(override))) {
    throw refuse('overrides', overrides, 'are no map of environments to what they change');
  }
}

function listOf(refuse: (what: string, value: unknown, fault: string) => Error, what: string, value: unknown): string[] {
  const values = value ?? [];
  if (!Array.isArray(values) || values.some(each => typeof each !== 'string')) {
    throw refuse(what, value, 'is no list of names');
  }
  return values;
}
