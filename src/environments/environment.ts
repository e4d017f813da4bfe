import { Construct, IConstruct } from 'constructs';
import { Cluster } from './cluster';
import { checkProps } from './environment-validation';
import { Gateway } from './gateway';
import type { AutomatedImage, ImageFile } from './image-file';
import * as messages from './messages';
import { MetricsProvider } from './metrics-provider';
import { NamespaceRule } from './namespace-rule';
import type { Protection } from './protection';
import { Quota } from './quota';
import { Region } from './region';
import { lowest, placesOf } from './regions';
import { readImages, readReleaseState } from './release-file';
import type { ReleaseState } from './release-state';
import { copied } from '../core/copied';
import { ENVIRONMENT } from '../core/environment-symbol';
import { checkName } from '../core/names';
import { Platform } from '../core/platform';

/** The ingress controller that serves the host names of an environment. */
export interface IngressController {
  /** The name of the IngressClass: `nginx`. */
  readonly className: string;

  /** The namespace that the controller's pods run in; traffic from there is let through. */
  readonly namespace: string;

  /**
   * Annotations of every Ingress, for the controller or for a certificate issuer.
   *
   * @default - none
   */
  readonly annotations?: Record<string, string>;
}

/** Properties of an `Environment`. */
export interface EnvironmentProps {
  /**
   * Where the environment runs. Exactly one of `cluster` and `regions` is needed: with both FW216 is thrown, with neither FW203.
   *
   * @default - `regions`
   */
  readonly cluster?: Cluster;

  /**
   * Where the environment runs, several clusters: each gets the same, made for the lowest of their versions.
   *
   * @default - `cluster`
   */
  readonly regions?: Region[];

  /**
   * How its namespaces are named.
   *
   * @default NamespaceRule.perEnvironment()
   */
  readonly namespaces?: NamespaceRule;

  /**
   * The environments that a release must have passed before it comes here.
   *
   * @default - none: releases enter here
   */
  readonly promotedFrom?: Environment[];

  /**
   * What a release must fulfil before it comes here.
   *
   * @default - whoever may merge decides
   */
  readonly protection?: Protection;

  /**
   * The branch that the GitOps engine follows for this environment. With a branch for each environment, a release moves by a merge.
   *
   * @default - what the engine follows for all: a folder for each environment on one branch
   */
  readonly branch?: string;

  /**
   * The ingress controller that serves host names.
   *
   * @default - none: a workload with a host is an error here
   */
  readonly ingress?: IngressController;

  /**
   * The Gateway that serves host names, for workloads that are routed by the Gateway API. Where both
   * are given, host names go to the Gateway.
   *
   * @default - none
   */
  readonly gateway?: Gateway;

  /**
   * Where metrics of the environment are asked for, when a rollout is judged by them.
   *
   * @default - none: a strategy with metrics is an error here
   */
  readonly metrics?: MetricsProvider;

  /**
   * The namespace of the Prometheus that scrapes workloads which declare metrics; traffic from there is let through.
   *
   * @default 'monitoring'
   */
  readonly monitoringNamespace?: string;

  /**
   * What the pods of each namespace may ask for together. Workloads that do not fit at their largest
   * are an error (FW460).
   *
   * @default - not limited
   */
  readonly quota?: Quota;

  /**
   * Labels of every object of the environment.
   *
   * @default - none beyond the standard ones
   */
  readonly labels?: Record<string, string>;
}

/** A place where the workloads of a platform run: dev, staging, prod. */
export class Environment extends Construct {
  /** Whether a construct is an environment. */
  public static isEnvironment(x: any): x is Environment {
    return x !== null && typeof x === 'object' && ENVIRONMENT in x;
  }

  /** The environments of a platform, in the order in which they were declared. */
  public static allIn(platform: Platform): Environment[] {
    return [...DECLARED.get(platform) ?? []];
  }

  /** The name, which is the id of the construct. */
  public readonly name: string;

  /** Where the environment runs; of several clusters the one with the lowest version, which everything is made for. */
  public readonly cluster: Cluster;

  /** What a release must fulfil before it comes here. */
  public readonly protection: Protection;

  /** The branch that the GitOps engine follows for this environment, if it is one of its own. */
  public readonly branch?: string;

  /** The ingress controller, if there is one. */
  public readonly ingress?: IngressController;

  /** The Gateway, if there is one. */
  public readonly gateway?: Gateway;

  /** Where metrics are asked for, if anywhere. */
  public readonly metrics?: MetricsProvider;

  /** The namespace of the Prometheus that scrapes workloads. */
  public readonly monitoringNamespace: string;

  /** What the pods of each namespace may ask for together, if that is limited. */
  public readonly quota?: Quota;

  private readonly platform: Platform;
  private readonly namespaces: NamespaceRule;
  private readonly sources: Environment[];
  private readonly places: Region[];
  private readonly state: ReleaseState;
  private readonly images?: ImageFile;
  private readonly ownLabels: Record<string, string>;

  /**
   * @param scope the platform. Throws FW110 outside of one
   * @param id the name of the environment: a DNS label of at most 30 characters, else FW105 is thrown
   * @param props the environment. Throws FW201 and FW202 for a wrong `promotedFrom`, FW203 without a cluster, FW210 for a name that
   * is taken, FW216 for regions that do not go together, FW217 for gates that could not hold, FW219 for a release state that cannot be
   * read, FW224 and FW225 for a file of images
   */
  public constructor(scope: Construct, id: string, props: EnvironmentProps) {
    super(scope, checkFree(scope, checkName(scope, 'environment', id, 30)));
    Object.defineProperty(this, ENVIRONMENT, { value: true });
    this.platform = Platform.ofConstruct(this);
    this.name = id;
    checkProps(this, props ?? {});
    checkEnvironments(this, id, props?.promotedFrom ?? []);
    this.places = placesOf(this, props ?? {});
    this.cluster = lowest(this.places.map(region => region.cluster));
    this.protection = props.protection === undefined ? {} : protectionOf(this.node.path, props.protection);
    this.branch = props.branch;
    this.ingress = copied(props.ingress);
    this.gateway = copied(props.gateway);
    this.metrics = props.metrics;
    this.monitoringNamespace = props.monitoringNamespace ?? 'monitoring';
    this.quota = copied(props.quota);
    this.namespaces = props.namespaces ?? NamespaceRule.perEnvironment();
    this.sources = [...props.promotedFrom ?? []];
    this.ownLabels = { ...props.labels };
    this.platform._refuseWhenLowered(this, `environment ${JSON.stringify(id)}`);
    if (Environment.allIn(this.platform).some(other => other.name === id)) {
      throw messages.takenEnvironment.error(this, { name: id });
    }
    DECLARED.set(this.platform, [...Environment.allIn(this.platform), this]);
    this.state = readReleaseState(this.platform._releasesFolder(), id);
    this.images = readImages(this.platform._releasesFolder(), id, this.sources.length === 0);
    if (this.state.platform) {
      this.platform._pin(id, this.state.platform.revision);
    }
    this.platform._describe('environments', id, () => describe(this));
  }

  /** The clusters that the environment runs on, in the order in which they were given. */
  public get regions(): Region[] {
    return [...this.places];
  }

  /**
   * The commit of this repository that renders the environment, when a promotion has pinned it; nothing where the environment follows
   * every synth. What the program says otherwise comes here with the next promotion of the platform.
   */
  public get platformRevision(): string | undefined {
    return this.state.platform?.revision;
  }

  /**
   * What runs here, as far as promotions have settled it.
   *
   * @internal
   */
  public get _state(): ReleaseState {
    return this.state;
  }

  /**
   * The images that an automation has found for this environment, if one looks for them.
   *
   * @internal
   */
  public get _images(): ImageFile | undefined {
    return this.images;
  }

  /**
   * The release of a workload: what a promotion or a person has settled, else what an automation has found.
   *
   * @internal
   */
  public _releaseOf(workload: string): AutomatedImage | undefined {
    const { workloads } = this.state;
    return Object.hasOwn(workloads, workload) ? workloads[workload] : this._automatedImageOf(workload);
  }

  /**
   * What an automation has found for a workload.
   *
   * @internal
   */
  public _automatedImageOf(workload: string): AutomatedImage | undefined {
    const images = this.images?.images ?? {};
    return Object.hasOwn(images, workload) ? images[workload] : undefined;
  }

  /** The environments that a release must have passed before it comes here. */
  public get promotedFrom(): Environment[] {
    return [...this.sources];
  }

  /** Labels of every object of the environment, beyond the standard ones. */
  public get labels(): Record<string, string> {
    return { ...this.ownLabels };
  }

  /** Whether the road ends here: no other environment is promoted from this one. */
  public get isFinal(): boolean {
    return !Environment.allIn(this.platform).some(e => e.sources.includes(this));
  }

  /** How many promotions a release needs to come here: 0 where it enters. */
  public get stage(): number {
    return this.sources.length === 0 ? 0 : 1 + Math.max(...this.sources.map(e => e.stage));
  }

  /**
   * The namespace of a workload.
   *
   * @param workload the name of the workload. Throws FW205 when the namespace would be refused
   */
  public namespaceOf(workload: string): string {
    const namespace = this.namespaces._namespaceOf(this.node.path, this.platform.name, this.name, workload);
    if (namespace === this.ingress?.namespace) {
      throw messages.invalidNamespace.error(this, { namespace, fault: 'belongs to the ingress controller' });
    }
    if (this.gateway && [this.gateway.namespace, this.gateway.podNamespace].includes(namespace)) {
      throw messages.invalidNamespace.error(this, { namespace, fault: 'belongs to the Gateway' });
    }
    return namespace;
  }
}

const DECLARED = new WeakMap<Platform, Environment[]>();

/**
 * Throws unless a list names environments of the construct's own platform, each once.
 *
 * @internal
 */
export function checkEnvironments(where: IConstruct, name: string, environments: Environment[]): void {
  if (!Array.isArray(environments)) {
    throw messages.foreignEnvironment.error(where, { environment: environments, name });
  }
  environments.forEach((environment, i) => {
    if (!Environment.isEnvironment(environment) || environment.node.root !== where.node.root) {
      throw messages.foreignEnvironment.error(where, { environment: (environment as Environment | undefined)?.name ?? environment, name });
    }
    if (environments.indexOf(environment) !== i) {
      throw messages.repeatedEnvironment.error(where, { environment: environment.name, name });
    }
  });
}

/** Throws FW210 when something else in the scope has the name already; constructs take `constructor` for a child of any. */
function checkFree(scope: Construct, id: string): string {
  if (id === 'constructor' || scope?.node.tryFindChild(id)) {
    throw messages.takenEnvironment.error(`${scope.node.path ? `${scope.node.path}/` : ''}${id}`, { name: id });
  }
  return id;
}

/** A copy of a protection; what checks it is loaded when there is one. */
function protectionOf(path: string, protection: Protection): Protection {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { checkedProtection } = require('./protection') as typeof import('./protection');
  return checkedProtection(path, protection);
}

/** What the command line has to know of an environment. */
function describe(environment: Environment): object {
  const { name, promotedFrom, stage, isFinal, protection, regions, platformRevision, branch } = environment;
  const { soakTime, allowedTimes, ...gates } = protection;
  return {
    name,
    promotedFrom: promotedFrom.map(source => source.name),
    stage,
    isFinal,
    platformRevision,
    branch,
    regions: regions.map(region => ({ name: region.name, wave: region.wave, cluster: region.cluster.displayName })),
    protection: { ...gates, soakSeconds: soakTime?.toSeconds(), allowedTimes: allowedTimes?.map(window => window._toJson()) },
  };
}
