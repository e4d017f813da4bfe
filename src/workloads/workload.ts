import { Construct } from 'constructs';
import { checkNeighbours } from './checks';
import { RESTRICTED, ZERO_DOWNTIME } from './defaults';
import { inOrderOfReference, looksSecret } from './env';
import { writableFolders } from './folders';
import { WorkloadGraph } from './graph';
import * as messages from './messages';
import { WorkloadPlan, ServicePlan, ShutdownPlan } from './plan';
import { Replicas } from './replicas';
import { resolveResources } from './resources';
import { checkWorkload, mergedResources } from './validation';
import { PreStop, Shutdown, WorkloadOverride, WorkloadProps } from './workload-props';
import { copied } from '../core/copied';
import { Diagnostics } from '../core/diagnostics/diagnostics';
import { Finding } from '../core/diagnostics/finding';
import { checkName } from '../core/names';
import { Phase, Platform } from '../core/platform';
import { Environment } from '../environments';
import { checkAnnotations, checkEnvironments, checkLabels } from '../environments/environment';
import * as environmentMessages from '../environments/messages';
import { Image } from '../images';
import * as imageMessages from '../images/messages';

/** The Kubernetes version that has the `sleep` action by default (KEP-3960). */
const SLEEP_ACTION_SINCE = '1.30';

/** Names that every environment has below it: its own chart, and what constructs take for a child of any construct. */
const RESERVED = ['namespaces', 'constructor'];

/**
 * Something that runs in the environments of a platform. It has no objects of its own: `lower()`
 * makes a chart for it in each of its environments.
 */
export abstract class Workload extends Construct {
  /** Whether a construct is a workload. */
  public static isWorkload(x: any): x is Workload {
    return x !== null && typeof x === 'object' && WORKLOAD in x;
  }

  /** The workloads of a platform, in the order in which they were declared. */
  public static allIn(platform: Platform): Workload[] {
    return WorkloadGraph.of(platform).workloads;
  }

  /** The name, which is the id of the construct. */
  public readonly name: string;

  /** The image, where no environment overrides it. */
  public readonly image: Image;

  /** The names of the workloads that are deployed before this one. */
  public readonly dependsOn: string[];

  /** The platform that the workload belongs to. */
  protected readonly platform: Platform;

  private readonly props: WorkloadProps;
  private readonly overridesByName: Record<string, WorkloadOverride>;

  /**
   * @param scope a construct in a `Platform`
   * @param id the name of the workload: a DNS label, else FW105 is thrown
   * @param props what all workloads have in common
   * @param overrides what environments change
   */
  protected constructor(scope: Construct, id: string, props: WorkloadProps, overrides: Record<string, WorkloadOverride>) {
    super(scope, checkFree(scope, checkName(scope, 'workload', id, 50)));
    Object.defineProperty(this, WORKLOAD, { value: true });
    this.platform = Platform.ofConstruct(this);
    this.name = id;
    const graph = WorkloadGraph.of(this.platform);
    if (graph.tryFind(id)) {
      throw messages.reservedName.error(this, { name: id });
    }
    this._check(this.node.path, props ?? {});
    checkWorkload(this.node.path, id, props ?? {}, overrides);
    checkEnvironments(this, id, props.environments ?? []);
    checkLabels(this, props.labels ?? {});
    checkAnnotations(this, props.podAnnotations ?? {});
    this.props = copied(props);
    this.image = props.image;
    this.dependsOn = [...props.dependsOn ?? []];
    this.overridesByName = copied(Object.fromEntries(Object.entries(overrides).filter(([, override]) => override !== undefined)));
    Diagnostics.of(this).addCheck({ check: () => this.findings() });
    this.platform._refuseWhenLowered(this, `workload ${JSON.stringify(id)}`);
    if (graph.workloads.length === 0) {
      this.platform._onLower(Phase.WORKLOADS, () => {
        // Loaded when it is needed, as everything that only a synth needs.
        // eslint-disable-next-line @typescript-eslint/no-require-imports
        const { lowerWorkloads } = require('./lower') as typeof import('./lower');
        lowerWorkloads(this.platform, graph);
      });
      Diagnostics.of(this.platform).addCheck({ check: () => checkNeighbours(graph) });
    }
    graph.add(this);
  }

  /** The environments that the workload runs in. */
  public get environments(): Environment[] {
    return this.props.environments ? [...this.props.environments] : Environment.allIn(this.platform);
  }

  /** Whether the workload runs in an environment. */
  public runsIn(environment: Environment): boolean {
    return this.props.environments?.includes(environment) ?? true;
  }

  /**
   * Everything that is settled about the workload in an environment.
   *
   * @internal
   */
  public _plan(environment: Environment): WorkloadPlan {
    const { props, platform } = this;
    const override = this.overridesByName[environment.name] ?? {};
    const image = override.image ?? props.image;
    const user = props.runAs?.user ?? RESTRICTED.runAsUser;
    const priority = 100 * (environment.stage + 1);
    return {
      path: this.node.path,
      name: this.name,
      platform: platform.name,
      environment,
      namespace: environment.namespaceOf(this.name),
      image: image.reference,
      version: image.tag,
      command: props.command,
      args: props.args,
      env: inOrderOfReference({ ...props.env, ...override.env }),
      resources: resolveResources(this.node.path, mergedResources(this.node.path, props.resources, override.resources)),
      replicas: override.replicas ?? props.replicas ?? Replicas.fixed(ZERO_DOWNTIME.replicas),
      folders: writableFolders({ [RESTRICTED.temporaryFolder]: RESTRICTED.temporaryFolderSize, ...props.writablePaths }),
      user,
      group: props.runAs?.group ?? (props.runAs ? user : RESTRICTED.runAsGroup),
      shutdown: this.shutdownOf(props.shutdown ?? {}, environment.cluster.isAtLeast(SLEEP_ACTION_SINCE)),
      // The value of a PriorityClass cannot be changed: another value is another class.
      priority: { name: `${platform.name}-${environment.name}-${priority}`, value: priority },
      labels: { ...environment.labels, ...props.labels },
      podAnnotations: { ...props.podAnnotations },
      egress: [...props.egress ?? []],
      calls: WorkloadGraph.of(platform).calleesOf(this)
        .filter(w => w.runsIn(environment))
        .flatMap(w => w._servicePort() ?? [])
        .map(service => ({ ...service, namespace: environment.namespaceOf(service.name) })),
      service: this._service(environment, override),
    };
  }

  /**
   * The names of the workloads that may call this one, beyond those that depend on it.
   *
   * @internal
   */
  public _accepted(): string[] {
    return [];
  }

  /**
   * The host name under which the workload is reached in an environment, if there is one.
   *
   * @internal
   */
  public _hostIn(_: Environment): string | undefined {
    return undefined;
  }

  /**
   * The port that others call, if there is one.
   *
   * @internal
   */
  public abstract _servicePort(): { name: string; port: number } | undefined;

  /**
   * What only a service has.
   *
   * @internal
   */
  protected abstract _service(environment: Environment, override: WorkloadOverride): ServicePlan | undefined;

  /**
   * Throws for props that only this kind of workload has.
   *
   * @internal
   */
  protected _check(_where: string, _props: Partial<WorkloadProps>): void {}

  /**
   * How long the workload goes on serving after it was told to stop.
   *
   * @internal
   */
  protected abstract _defaultPreStopWait(): number;

  /**
   * What is wrong with what only this kind of workload has.
   *
   * @internal
   */
  protected _ownFindings(): Finding[] {
    return [];
  }

  private shutdownOf(shutdown: Shutdown, hasSleepAction: boolean): ShutdownPlan {
    const wait = shutdown.preStopWait?.toSeconds() ?? this._defaultPreStopWait();
    const drain = shutdown.drain?.toSeconds() ?? ZERO_DOWNTIME.drainSeconds;
    const preStop = wait === 0 ? PreStop.NONE : shutdown.preStop ?? (hasSleepAction ? PreStop.SLEEP_ACTION : PreStop.SLEEP_COMMAND);
    const preStopWaitSeconds = preStop === PreStop.NONE ? 0 : wait;
    return { preStop, preStopWaitSeconds, gracePeriodSeconds: preStopWaitSeconds + drain + ZERO_DOWNTIME.graceMarginSeconds };
  }

  private findings(): Finding[] {
    const known = Environment.allIn(this.platform);
    const names = known.map(e => e.name);
    const unknown = Object.keys(this.overridesByName)
      .filter(name => !this.environments.some(e => e.name === name))
      .map(environment => environmentMessages.unknownEnvironment.at(this, {
        environment,
        known: this.environments.map(e => e.name),
        where: `An override of ${JSON.stringify(this.name)}`,
        ...(names.includes(environment) ? { fault: 'where it does not run' } : {}),
      }));
    return [
      ...unknown, ...this.imageFindings(), ...this.dependencyFindings(), ...this.envFindings(),
      ...this.replicaFindings(), ...this.versionFindings(), ...this._ownFindings(),
    ];
  }

  private imageFindings(): Finding[] {
    return this.environments.filter(e => e.isFinal).flatMap(environment => {
      const image = this.overridesByName[environment.name]?.image ?? this.image;
      return image.digest ? [] : [imageMessages.noDigest.at(this, { image: image.reference, environment: environment.name })];
    });
  }

  private dependencyFindings(): Finding[] {
    const graph = WorkloadGraph.of(this.platform);
    return this.dependsOn.flatMap(name => {
      const dependency = graph.tryFind(name);
      if (!dependency) {
        return [messages.unknownWorkload.at(this, { what: 'The dependency', workload: name, known: graph.names })];
      }
      return this.environments
        .filter(e => !dependency.runsIn(e))
        .map(e => messages.dependencyAbsent.at(this, { dependency: name, environment: e.name }));
    });
  }

  private envFindings(): Finding[] {
    const all = [this.props.env, ...Object.values(this.overridesByName).map(o => o.env)].flatMap(env => Object.entries(env ?? {}));
    const secret = all.filter(([name, value]) => looksSecret(name) && value !== '').map(([name]) => name);
    return [...new Set(secret)].map(variable => messages.secretInEnv.at(this, { variable }));
  }

  private replicaFindings(): Finding[] {
    const single = this.environments.filter(e => e.isFinal)
      .filter(e => (this.overridesByName[e.name]?.replicas ?? this.props.replicas)?.minimum === 1);
    return single.length > 0 ? [messages.singleReplica.at(this, { environments: single.map(e => e.name) })] : [];
  }

  private versionFindings(): Finding[] {
    const { preStop, preStopWaitSeconds } = this.shutdownOf(this.props.shutdown ?? {}, false);
    return preStop !== PreStop.SLEEP_ACTION || preStopWaitSeconds === 0 ? [] : this.environments.filter(e => !e.cluster.isAtLeast(SLEEP_ACTION_SINCE))
      .map(({ name, cluster }) => messages.newerKubernetes.at(this, {
        what: 'sleep action', since: SLEEP_ACTION_SINCE, version: cluster.kubernetesVersion, environment: name,
      }));
  }
}

const WORKLOAD = Symbol.for('cdk8s-fairway.Workload');

/** Throws FW408 when the platform or something else in the scope has the name already. */
function checkFree(scope: Construct, id: string): string {
  if (RESERVED.includes(id) || scope?.node.tryFindChild(id)) {
    throw messages.reservedName.error(scope?.node.path ? `${scope.node.path}/${id}` : id, { name: id });
  }
  return id;
}
