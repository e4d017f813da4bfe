import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Finding } from '../../../core/diagnostics/finding';
import { nameFault } from '../../../core/names';
import type { Platform } from '../../../core/platform';
import { LOCAL_SERVER } from '../../../environments/cluster';
import { ApplicationPlan, objectsOf } from '../../application-graph';
import * as messages from '../../messages';

/** An Application by the name that it gets. */
export interface ApplicationName {
  readonly name: string;
  readonly path: string;
}

/** What the engine made, to be looked at as a whole. */
export interface AppOfApps {
  readonly platform: Platform;
  /** What the engine's own charts stand in. */
  readonly scope: Construct;
  /** The namespace that Argo CD runs in. */
  readonly engineNamespace: string;
  readonly roots: ApplicationName[];
  readonly applications: ApplicationPlan[];
}

/** What no Application can see alone: names and folders that meet, the engine's own namespace, charts that nothing deploys. */
export function checkApplications({ platform, scope, engineNamespace, roots, applications }: AppOfApps): Finding[] {
  return [
    ...checkNames([...roots, ...applications]),
    ...checkFolders(applications),
    ...checkNamespaces(applications, engineNamespace),
    ...checkCharts(platform, scope, applications),
  ];
}

function checkNames(applications: ApplicationName[]): Finding[] {
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
  const owners = new Map<string, string>();
  return applications.flatMap(({ name, path, folder, chart }) => {
    const other = owners.get(folder);
    owners.set(folder, other ?? path);
    return [
      ...(other === undefined ? [] : [messages.sameFolder.at(path, { folder, other })]),
      ...(objectsOf(chart).length > 0 ? [] : [messages.emptyApplication.at(path, { name })]),
    ];
  });
}

function checkNamespaces(applications: ApplicationPlan[], engine: string): Finding[] {
  return applications
    .filter(({ environment, chart }) => environment.cluster._key() === LOCAL_SERVER && objectsOf(chart).some(o => o.kind === 'Namespace' && o.name === engine))
    .map(({ path }) => messages.engineNamespace.at(path, { namespace: engine }));
}

/** Charts whose objects are written, and that no application reads. */
function checkCharts(platform: Platform, own: Construct, applications: ApplicationPlan[]): Finding[] {
  const deployed = new Set<Chart>(applications.map(({ chart }) => chart));
  return platform.node.findAll()
    .filter((c): c is Chart => Chart.isChart(c) && !deployed.has(c) && !c.node.scopes.includes(own) && objectsOf(c).length > 0)
    .map(chart => messages.notDeployed.at(chart, { chart: chart.node.path }));
}
