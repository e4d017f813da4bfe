import { Construct } from 'constructs';
import { WorkloadGraph } from './graph';
import * as messages from './messages';
import type { ClaimPlan, ServicePlan, ShapePlan, WorkloadPlan } from './plan';
import { PodOverride, PodProps } from './pod-props';
import { mergedResources } from './resources';
import { validations } from './validations';
import { copied } from '../core/copied';
import { Diagnostics } from '../core/diagnostics/diagnostics';
import { Finding } from '../core/diagnostics/finding';
import { checkName } from '../core/names';
import { Phase, Platform } from '../core/platform';
import { Environment } from '../environments';
import { checkEnvironments } from '../environments/environment';
import { checkAnnotations, checkLabels } from '../environments/environment-validation';
import { Image } from '../images';

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

  private readonly settled = new Map<Environment, WorkloadPlan>();
  private readonly props: PodProps;
  private readonly overridesByName: Record<string, PodOverride>;

  /**
   * @param scope a construct in a `Platform`
   * @param id the name of the workload: a DNS label, else FW105 is thrown
   * @param props what all workloads have in common
   * @param overrides what environments change
   */
  protected constructor(scope: Construct, id: string, props: PodProps, overrides: Record<string, PodOverride>) {
    super(scope, checkFree(scope, checkName(scope, 'workload', id, 50)));
    Object.defineProperty(this, WORKLOAD, { value: true });
    this.platform = Platform.ofConstruct(this);
    this.name = id;
    const graph = WorkloadGraph.of(this.platform);
    if (graph.tryFind(id) || graph.hasNeighbour(id)) {
      throw messages.reservedName.error(this, { name: id });
    }
    this._check(this.node.path, props ?? {});
    validations().checkPods(this.node.path, id, props ?? {}, overrides);
    checkEnvironments(this, id, props.environments ?? []);
    checkLabels(this, props.labels ?? {});
    for (const given of [props, ...Object.values(overrides)]) {
      checkAnnotations(this, given?.podAnnotations ?? {});
      checkAnnotations(this, given?.serviceAccountAnnotations ?? {});
    }
    this.props = copied(props);
    this.image = props.image;
    this.dependsOn = [...props.dependsOn ?? []];
    this.overridesByName = copied(Object.fromEntries(Object.entries(overrides).filter(([, override]) => override !== undefined)));
    Diagnostics.of(this).addCheck({
      check: () => {
        // Loaded when it is needed, as everything that only a synth needs.
        // eslint-disable-next-line @typescript-eslint/no-require-imports
        const { findingsOf } = require('./findings') as typeof import('./findings');
        return [...findingsOf(this), ...this._ownFindings()];
      },
    });
    this.platform._refuseWhenLowered(this, `workload ${JSON.stringify(id)}`);
    if (graph.workloads.length === 0) {
      this.platform._onLower(Phase.WORKLOADS, () => {
        // eslint-disable-next-line @typescript-eslint/no-require-imports
        const { lowerWorkloads } = require('./lower') as typeof import('./lower');
        lowerWorkloads(this.platform, graph);
      });
      Diagnostics.of(this.platform).addCheck({
        check: () => {
          // eslint-disable-next-line @typescript-eslint/no-require-imports
          const { checkTogether } = require('./checks') as typeof import('./checks');
          return checkTogether(this.platform, graph);
        },
      });
    }
    graph.add(this);
    // What runs where no promotion has settled it: the command line reads the release states itself.
    this.platform._describe('workloads', id, () => Object.fromEntries(this.environments.map(environment => {
      const { repository, tag, digest } = this._declaredImage(environment);
      return [environment.name, environment._automatedImageOf(id) ?? { image: repository, tag, digest }];
    })));
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
   * How the engine of the platform carries out the release of this workload in an environment: a
   * table of each part of the strategy, whether it is native, emulated, approximated or unsupported, and how.
   *
   * @param environment where. Throws FW201 for an environment that it does not run in
   */
  public explain(environment: Environment): string {
    checkEnvironments(this, this.name, [environment]);
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { explanation } = require('./explain') as typeof import('./explain');
    return explanation(this.platform, this._plan(environment));
  }

  /**
   * Everything that is settled about the workload in an environment, for good: nothing changes any more.
   *
   * @internal
   */
  public _settle(environment: Environment): WorkloadPlan {
    const plan = this._plan(environment);
    this.settled.set(environment, plan);
    return plan;
  }

  /**
   * Everything that is settled about the workload in an environment.
   *
   * @internal
   */
  public _plan(environment: Environment): WorkloadPlan {
    const settled = this.settled.get(environment);
    if (settled) {
      return settled;
    }
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { planOf } = require('./planning') as typeof import('./planning');
    return planOf({
      path: this.node.path,
      name: this.name,
      platform: this.platform.name,
      environment,
      pod: this._pod(environment),
      service: this._service(environment),
      shape: this._shape(environment),
      claims: this._claims(),
      preStopWaitSeconds: this._preStopWait,
      calls: WorkloadGraph.of(this.platform).calleesOf(this)
        .filter(w => w.runsIn(environment))
        .flatMap(w => w._servicePort() ?? [])
        .map(service => ({ ...service, namespace: environment.namespaceOf(service.name) })),
    });
  }

  /**
   * What the pods are made of in an environment, its overrides applied.
   *
   * @internal
   */
  public _pod(environment: Environment): PodProps {
    const { props } = this;
    const override = this._override(environment);
    return {
      ...props,
      image: this.released(environment) ?? this._declaredImage(environment),
      command: override.command ?? props.command,
      args: override.args ?? props.args,
      shutdown: override.shutdown ?? props.shutdown,
      env: { ...props.env, ...override.env },
      secretEnv: { ...props.secretEnv, ...override.secretEnv },
      config: { ...props.config, ...override.config },
      secrets: { ...props.secrets, ...override.secrets },
      volumes: { ...props.volumes, ...override.volumes },
      resources: mergedResources(this.node.path, props.resources, override.resources),
      egress: [...props.egress ?? [], ...override.egress ?? []],
      podAnnotations: { ...props.podAnnotations, ...override.podAnnotations },
      serviceAccountAnnotations: { ...props.serviceAccountAnnotations, ...override.serviceAccountAnnotations },
    };
  }

  /**
   * The image that the program names for an environment, whatever its release state says.
   *
   * @internal
   */
  public _declaredImage(environment: Environment): Image {
    return this._override(environment).image ?? this.image;
  }

  /** The image that the release state of an environment names, if it names one. */
  private released(environment: Environment): Image | undefined {
    const record = environment._releaseOf(this.name);
    return record && Image.of(record.image, { tag: record.tag, digest: record.digest });
  }

  /**
   * What an environment changes.
   *
   * @internal
   */
  public _override(environment: Environment): PodOverride {
    return this.overridesByName[environment.name] ?? {};
  }

  /**
   * How long the workload goes on serving by default after it was told to stop, in seconds.
   *
   * @internal
   */
  public get _preStopWait(): number {
    return 0;
  }

  /**
   * Where the storage of each pod is mounted.
   *
   * @internal
   */
  public _claimPaths(): string[] {
    return Object.keys(this._claims());
  }

  /**
   * The names of the environments that change something.
   *
   * @internal
   */
  public _overridden(): string[] {
    return Object.keys(this.overridesByName);
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
   * The host names under which the workload is reached in an environment.
   *
   * @internal
   */
  public _hostsIn(_: Environment): string[] {
    return [];
  }

  /**
   * The port that others call, if there is one.
   *
   * @internal
   */
  public abstract _servicePort(): { name: string; port: number } | undefined;

  /**
   * What makes the pods.
   *
   * @internal
   */
  public abstract _shape(environment: Environment): ShapePlan;

  /**
   * What only a service has.
   *
   * @internal
   */
  protected _service(_: Environment): ServicePlan | undefined {
    return undefined;
  }

  /**
   * The storage that each pod has to itself, by mount path.
   *
   * @internal
   */
  protected _claims(): Record<string, ClaimPlan> {
    return {};
  }

  /**
   * Throws for props that only this kind of workload has.
   *
   * @internal
   */
  protected _check(_where: string, _props: Partial<PodProps>): void {}

  /**
   * What is wrong with what only this kind of workload has.
   *
   * @internal
   */
  protected _ownFindings(): Finding[] {
    return [];
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
