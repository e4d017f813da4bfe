import { ApiObject } from 'cdk8s';
import { LOOKING_BACK, PromotionGate } from './gate';
import { FolderChart } from '../core/folder-chart';
import type { Platform } from '../core/platform';
import { Environment, Protection } from '../environments';
import { WorkloadGraph } from '../workloads/graph';

/** A workload in an environment. */
export interface RoadWorkload {
  readonly name: string;
  /** The repository of the image that runs there. */
  readonly image: string;
  readonly tag?: string;
  readonly digest?: string;
  /** Whether the release state of the environment, or an automation, settles its release. */
  readonly isReleased: boolean;
}

/** An object that deploys something of an environment. */
export interface RoadApplication {
  readonly name: string;
  readonly namespace: string;
  readonly path: string;
}

/** An environment on the road. */
export interface RoadEnvironment {
  readonly name: string;
  /** The construct path. */
  readonly path: string;
  /** How many promotions a release needs to come here. */
  readonly stage: number;
  /** The environments that releases come from; none where they enter. */
  readonly sources: readonly string[];
  /** The environments that releases go to. */
  readonly next: readonly string[];
  readonly branch?: string;
  readonly regions: readonly string[];
  readonly namespaces: readonly string[];
  readonly protection: Protection;
  /** Its gates, in the order of the enum. Those that look back only where there is something to look at. */
  readonly gates: readonly PromotionGate[];
  /** Whether its release state says that nothing is promoted there for now. */
  readonly isFrozenByState: boolean;
  /** Gates that are always open, because releases enter here. */
  readonly idleGates: readonly PromotionGate[];
  readonly workloads: readonly RoadWorkload[];
  /** What Argo CD deploys it with, if the platform is followed by Argo CD. */
  readonly applications: readonly RoadApplication[];
  /** The folders of the repository that it lies in, with `/` at the end, none inside another. */
  readonly folders: readonly string[];
  /** The AnalysisTemplates that the environments after it ask for. */
  readonly judgedBy: readonly string[];
  /** Whether one of the environments after it asks for its health. */
  readonly mustBeHealthy: boolean;
  /** The commit that renders it, if a promotion has pinned it. */
  readonly platformRevision?: string;
}

/** Where releases go: plain data, and free of any engine. */
export interface Road {
  readonly platform: string;
  /** The folder of the release states, relative to the root. */
  readonly releases: string;
  /** In the order of promotion. */
  readonly environments: readonly RoadEnvironment[];
}

/** The road of a platform, with what stands in the tree now. */
export function roadOf(platform: Platform): Road {
  const all = [...Environment.allIn(platform)].sort((a, b) => a.stage - b.stage);
  const applications = applicationsOf(platform);
  return frozen({
    platform: platform.name,
    releases: platform.releases,
    environments: all.map((environment): RoadEnvironment => {
      const next = all.filter(other => other.promotedFrom.includes(environment));
      const isEntry = environment.promotedFrom.length === 0;
      const gates = gatesOf(environment);
      const isIdle = (gate: PromotionGate) => isEntry && LOOKING_BACK.includes(gate);
      const workloads = WorkloadGraph.of(platform).workloads.filter(workload => workload.runsIn(environment));
      return {
        name: environment.name,
        path: environment.node.path,
        stage: environment.stage,
        sources: environment.promotedFrom.map(source => source.name),
        next: next.map(other => other.name),
        branch: environment.branch,
        regions: environment.regions.map(region => region.name!),
        namespaces: [...new Set(workloads.map(workload => environment.namespaceOf(workload.name)))].sort(),
        protection: environment.protection,
        gates: gates.filter(gate => !isIdle(gate)),
        isFrozenByState: environment._state.frozen !== undefined,
        idleGates: gates.filter(isIdle),
        workloads: workloads.map(workload => {
          const { repository: image, tag, digest } = workload._pod(environment).image;
          return { name: workload.name, image, tag, digest, isReleased: environment._releaseOf(workload.name) !== undefined };
        }),
        applications: applications.get(environment.name) ?? [],
        folders: foldersOf(platform, environment),
        judgedBy: [...new Set(next.flatMap(other => other.protection.requireAnalysis ?? []))].sort(),
        mustBeHealthy: next.some(other => other.protection.requireHealth === true),
        platformRevision: environment.platformRevision,
      };
    }),
  });
}

/** Environments where releases enter. */
export function entriesOf(road: Road): readonly RoadEnvironment[] {
  return road.environments.filter(environment => environment.sources.length === 0);
}

/** What keeps a road from being one line, in words: nothing for a line. */
export function forkOf(road: Road): string | undefined {
  const entries = entriesOf(road);
  if (entries.length > 1) {
    return `releases enter in ${entries.map(entry => entry.name).join(' and ')}`;
  }
  const join = road.environments.find(environment => environment.sources.length > 1);
  if (join) {
    return `${join.name} is promoted from ${join.sources.join(' and ')}`;
  }
  const fork = road.environments.find(environment => environment.next.length > 1);
  return fork && `${fork.name} leads to ${fork.next.join(' and ')}`;
}

function gatesOf({ protection, _state }: Environment): PromotionGate[] {
  const { approvals, soakTime, allowedTimes = [], freezes = [], requireHealth, requireAnalysis = [] } = protection;
  const given: Record<PromotionGate, boolean> = {
    [PromotionGate.APPROVALS]: approvals !== undefined,
    [PromotionGate.SOAK_TIME]: soakTime !== undefined,
    [PromotionGate.ALLOWED_TIMES]: allowedTimes.length > 0,
    [PromotionGate.FREEZES]: freezes.length > 0 || _state.frozen !== undefined,
    [PromotionGate.HEALTH]: requireHealth === true,
    [PromotionGate.ANALYSIS]: requireAnalysis.length > 0,
  };
  return Object.values(PromotionGate).filter(gate => given[gate]);
}

/** The Applications of Argo CD that deploy folders, by the environments that their labels name. */
function applicationsOf(platform: Platform): Map<string, RoadApplication[]> {
  const found = new Map<string, RoadApplication[]>();
  for (const object of argoObjects(platform, 'Application')) {
    const environment = object.metadata.getLabel('cdk8s-fairway/environment');
    if (environment !== undefined && object.metadata.getLabel('cdk8s-fairway/application') === undefined) {
      const application = { name: object.name, namespace: object.metadata.namespace ?? object.chart.namespace ?? 'argocd', path: object.node.path };
      found.set(environment, [...found.get(environment) ?? [], application]);
    }
  }
  return found;
}

/** Objects of Argo CD in the tree. */
export function argoObjects(platform: Platform, kind: string): ApiObject[] {
  return platform.node.findAll().filter((c): c is ApiObject => ApiObject.isApiObject(c) && c.kind === kind && c.apiGroup === 'argoproj.io');
}

function foldersOf(platform: Platform, environment: Environment): string[] {
  const folders = platform.node.findAll()
    .filter((c): c is FolderChart => FolderChart.isFolderChart(c) && c.environment === environment.name)
    .map(chart => `${platform.publishedPath}/${chart.folder}/`);
  const own = `${platform.publishedPath}/${environment.name}/`;
  const all = [...new Set([own, ...folders])].sort();
  return all.filter(folder => !all.some(other => other !== folder && folder.startsWith(other)));
}

/** Nothing of a plan changes once it is made; objects of classes are shared, because they do not change. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype)) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}
