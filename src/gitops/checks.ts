import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { Application } from './application';
import { ApplicationPlan, namespacesOf, objectsIn, objectsOf } from './application-graph';
import { groupBy } from './group-by';
import * as messages from './messages';
import { Finding } from '../core/diagnostics/finding';
import { FolderChart } from '../core/folder-chart';
import { nameFault } from '../core/names';
import type { Platform } from '../core/platform';
import { Environment } from '../environments';
import { WorkloadGraph } from '../workloads/graph';

/** Something by the name that it gets. */
export interface Named {
  readonly name: string;
  readonly path: string;
}

/** What an engine made, to be looked at as a whole. */
export interface Deployment {
  readonly platform: Platform;
  /** What the engine's own charts stand in. */
  readonly scope: Construct;
  /** The namespace that the engine runs in. */
  readonly engineNamespace: string;
  /** Whether the engine runs on a cluster. */
  readonly runsOn: (key: string) => boolean;
  /** What the engine names beside the applications. */
  readonly roots: Named[];
  readonly applications: ApplicationPlan[];
}

/** What no application can see alone, whatever the engine: names and folders that meet, namespaces of others, charts that nothing deploys, rings. */
export function checkDeployment({ platform, scope, engineNamespace, runsOn, roots, applications }: Deployment): Finding[] {
  return [
    ...checkNames([...roots, ...applications]),
    ...checkFolders(applications),
    ...checkNamespaces(applications, engineNamespace, runsOn),
    ...checkNeeds(platform, applications),
    ...checkClusters(applications),
    ...checkLevels(applications),
    ...checkCharts(platform, scope, applications),
    ...Application.allIn(platform).flatMap(application => checkApplication(platform, application)),
    ...checkRings(platform),
  ];
}

/** Names of one kind that meet, or that are refused. */
export function checkNames(applications: Named[]): Finding[] {
  const owners = new Map<string, string>();
  return applications.flatMap(({ name, path }) => {
    const other = owners.get(name);
    owners.set(name, other ?? path);
    const fault = nameFault(name);
    return [
      ...(other === undefined ? [] : [messages.sameApplication.at(path, { name, other })]),
      ...(fault ? [messages.invalidApplicationName.at(path, { name, fault })] : []),
    ];
  });
}

function checkFolders(applications: ApplicationPlan[]): Finding[] {
  const owners = new Map<string, ApplicationPlan>();
  return applications.flatMap(plan => {
    const { name, path, chart, source } = plan;
    if (source.kind !== 'rendered' || !chart) {
      return [];
    }
    const other = owners.get(source.path);
    owners.set(source.path, other ?? plan);
    // The same chart comes once for each region.
    return [
      ...(other === undefined || other.chart === chart ? [] : [messages.sameFolder.at(path, { folder: source.path, other: other.path })]),
      ...(objectsOf(chart).length > 0 || other?.chart === chart ? [] : [messages.emptyApplication.at(path, { name })]),
    ];
  });
}

function checkNamespaces(applications: ApplicationPlan[], engine: string, runsOn: (key: string) => boolean): Finding[] {
  const owners = new Map(applications.flatMap(plan => plan.chart
    ? namespacesOf(objectsIn(plan).filter(object => object.kind === 'Namespace')).map(namespace => [`${plan.cluster._key()} ${namespace}`, plan] as const) : []));
  return applications.flatMap(plan => {
    const { cluster, path, application, namespace } = plan;
    if (application) {
      const owner = owners.get(`${cluster._key()} ${namespace}`);
      return owner?.environment ? [messages.foreignNamespace.at(path, {
        application: application.name, namespace, environment: owner.environment.name, cluster: cluster.displayName,
      })] : [];
    }
    const isTaken = runsOn(cluster._key()) && objectsIn(plan).some(object => object.kind === 'Namespace' && object.name === engine);
    return isTaken ? [messages.engineNamespace.at(path, { namespace: engine })] : [];
  });
}

/** Workloads that depend on an application which their cluster does not get, each once. */
function checkNeeds(platform: Platform, applications: ApplicationPlan[]): Finding[] {
  const graph = WorkloadGraph.of(platform);
  const all = Application.allIn(platform);
  const findings = applications.flatMap(plan => {
    const workload = plan.workload === undefined ? undefined : graph.tryFind(plan.workload);
    return workload === undefined ? [] : workload.dependsOn.flatMap(dependency => {
      const application = all.find(({ name }) => name === dependency);
      const isMissing = application !== undefined && !application._clusters().some(({ cluster }) => cluster._key() === plan.cluster._key());
      return isMissing ? [messages.unknownDependency.at(workload, {
        application: workload.name, dependency, known: all.map(({ name }) => name), fault: `which is not on ${plan.cluster.displayName}`,
      })] : [];
    });
  });
  return [...new Map(findings.map(finding => [`${finding.path} ${finding.message}`, finding])).values()];
}

/** Clusters that would share a folder. */
function checkClusters(applications: ApplicationPlan[]): Finding[] {
  return [...groupBy(applications, ({ cluster }) => cluster.displayName)].flatMap(([name, plans]) => {
    const others = [...new Map(plans.map(({ cluster }) => [cluster._key(), cluster.name ?? cluster.url ?? 'in-cluster'])).values()];
    return others.length > 1 ? [messages.sameClusterName.at(plans[0].path, { name, others })] : [];
  });
}

/** Applications that share a namespace, each with the first of it. */
function checkLevels(applications: ApplicationPlan[]): Finding[] {
  const findings = new Map<Application, Finding>();
  for (const [, [first, ...others]] of groupBy(applications.filter(plan => plan.application), plan => `${plan.cluster._key()} ${plan.namespace}`)) {
    for (const { application, namespace, cluster } of others) {
      const levels = [application!.podSecurity, first.application!.podSecurity];
      if (levels[0] !== levels[1]) {
        findings.set(application!, messages.differentLevels.at(application!, {
          application: application!.name, other: first.application!.name, namespace, cluster: cluster.displayName, levels,
        }));
      }
    }
  }
  return [...findings.values()];
}

/** Charts whose objects are written, and that no application reads. */
function checkCharts(platform: Platform, own: Construct, applications: ApplicationPlan[]): Finding[] {
  const deployed = new Set<Chart | undefined>(applications.map(({ chart }) => chart));
  return platform.node.findAll()
    .filter((c): c is Chart => Chart.isChart(c) && !deployed.has(c) && !c.node.scopes.includes(own) && !isAppliedByHand(c) && objectsOf(c).length > 0)
    .map(chart => messages.notDeployed.at(chart, { chart: chart.node.path }));
}

function isAppliedByHand(chart: Chart): boolean {
  return FolderChart.isFolderChart(chart) && chart.isAppliedByHand;
}

function checkApplication(platform: Platform, application: Application): Finding[] {
  const all = Application.allIn(platform);
  const known = all.map(({ name }) => name);
  const environments = application.environments.map(({ name }) => name);
  const clusters = application._clusters();
  const plan = application.source._plan;
  const branch = (plan.kind === 'kustomize' || plan.kind === 'directory') && plan.revision !== undefined && !isFixed(plan.revision) ? plan.revision : undefined;
  return [
    ...application.dependsOn.flatMap(dependency => {
      const other = all.find(({ name }) => name === dependency);
      const missing = other && clusters.find(({ cluster }) => !other._clusters().some(place => place.cluster._key() === cluster._key()));
      const fault = other === undefined ? 'which is no application' : missing ? `which is not on ${missing.cluster.displayName}` : undefined;
      return fault === undefined ? [] : [messages.unknownDependency.at(application, { application: application.name, dependency, known, fault })];
    }),
    ...application._overridden().filter(name => !environments.includes(name))
      .map(environment => messages.unknownOverride.at(application, { application: application.name, environment, known: environments })),
    ...clusters.filter(({ environments: sharing }) => new Set(sharing.map(each => JSON.stringify(application._sourceIn(each)._plan))).size > 1)
      .map(({ cluster, environments: sharing }) => messages.differentOnOneCluster.at(application, {
        application: application.name, cluster: cluster.displayName, environments: sharing.map((each: Environment) => each.name),
      })),
    ...(branch === undefined ? [] : [messages.movingRevision.at(application, { application: application.name, revision: branch })]),
  ];
}

/** A full commit, or a tag that has a version in it. */
function isFixed(revision: string): boolean {
  return /^([a-f0-9]{40}|[a-f0-9]{64})$/.test(revision) || /\d+\.\d+/.test(revision) || revision.startsWith('refs/tags/');
}

/** Each ring once, from the application that was declared first. */
function checkRings(platform: Platform): Finding[] {
  const byName = new Map(Application.allIn(platform).map(application => [application.name, application]));
  const done = new Set<string>();
  const findings: Finding[] = [];
  const walk = (name: string, way: string[]): void => {
    const at = way.indexOf(name);
    if (at >= 0) {
      const ring = way.slice(at);
      findings.push(messages.applicationRing.at(byName.get(ring[0])!, { ring: [...ring, name] }));
      return;
    }
    if (done.has(name)) {
      return;
    }
    (byName.get(name)?.dependsOn ?? []).filter(next => byName.has(next)).forEach(next => walk(next, [...way, name]));
    done.add(name);
  };
  byName.forEach((_, name) => walk(name, []));
  return findings;
}
