import type { Finding } from '../core/diagnostics/finding';
import type { Platform } from '../core/platform';
import { Cluster, Environment } from '../environments';
import { checkObjects } from './coherence/checks';
import { checkQuotas } from './coherence/quota';
import type { WorkloadGraph } from './graph';
import * as messages from './messages';
import { environmentFindings } from './profile-findings';
import type { Workload } from './workload';
import * as environmentMessages from '../environments/messages';
import { imageFileName } from '../environments/release-file';

/** What no workload can see alone. */
export function checkTogether(platform: Platform, graph: WorkloadGraph): Finding[] {
  const environments = new Set(graph.workloads.flatMap(workload => workload.environments));
  return [
    ...checkNeighbours(graph), ...checkReleases(platform, graph), ...checkImages(platform, graph), ...[...environments].flatMap(environmentFindings),
    ...checkQuotas(graph), ...checkObjects(platform),
  ];
}

/** Rings of dependencies, hosts and namespaces that two workloads claim. */
function checkNeighbours(graph: WorkloadGraph): Finding[] {
  const placements = graph.workloads.flatMap(workload => workload.environments.flatMap(environment =>
    environment.regions.map(({ cluster }): Placement => ({ workload, environment, cluster }))));
  const rings = graph.rings().map(ring => messages.dependencyRing.at(ring[0], { ring: ring.map(w => w.name) }));
  return [...rings, ...sameHosts(placements), ...sharedNamespaces(placements)];
}

/** A workload on one of the clusters of an environment. */
interface Placement {
  readonly workload: Workload;
  readonly environment: Environment;
  readonly cluster: Cluster;
}

/** Releases of what is not there. */
function checkReleases(platform: Platform, graph: WorkloadGraph): Finding[] {
  return Environment.allIn(platform).flatMap(environment => Object.keys(environment._state.workloads).flatMap(name => {
    const workload = graph.tryFind(name);
    const fault = workload === undefined ? 'which is no workload' : workload.runsIn(environment) ? undefined : 'which does not run there';
    const args = { workload: name, environment: environment.name };
    return fault === undefined ? [] : [environmentMessages.releaseOfUnknown.at(environment, { ...args, fault })];
  }));
}

/** Lines of an automation for what is not there, and those that the release state holds back. */
function checkImages(platform: Platform, graph: WorkloadGraph): Finding[] {
  return Environment.allIn(platform).flatMap(environment => Object.entries(environment._images?.images ?? {}).flatMap(([name, { digest }]) => {
    const args = { workload: name, environment: environment.name, file: imageFileName(environment.name) };
    if (!graph.tryFind(name)?.runsIn(environment)) {
      return [environmentMessages.imageOfUnknown.at(environment, args)];
    }
    return environment._releaseOf(name)!.digest === digest ? [] : [environmentMessages.heldImage.at(environment, args)];
  }));
}

function sameHosts(placements: Placement[]): Finding[] {
  const served = new Map<string, Placement>();
  const reported = new Set<string>(); // once, on however many clusters
  return placements.flatMap(placement => {
    const { workload, environment, cluster } = placement;
    return workload._hostsIn(environment).flatMap(host => {
      const key = `${cluster._key()} ${host}`;
      const other = served.get(key);
      if (!other) {
        served.set(key, placement);
        return [];
      }
      const finding = [environment.name, workload.name, host, other.environment.name, other.workload.name].join(' ');
      if (reported.has(finding)) {
        return [];
      }
      reported.add(finding);
      return [messages.sameHost.at(workload, { host, other: other.workload.name, environment: other.environment.name })];
    });
  });
}

function sharedNamespaces(placements: Placement[]): Finding[] {
  const owners = new Map<string, Environment>();
  const reported = new Set<string>();
  return placements.flatMap(({ workload, environment, cluster }) => {
    const namespace = environment.namespaceOf(workload.name);
    const key = `${cluster._key()} ${namespace}`;
    const other = owners.get(key) ?? environment;
    owners.set(key, other);
    if (other === environment || reported.has(`${key} ${environment.name}`)) {
      return [];
    }
    reported.add(`${key} ${environment.name}`);
    return [environmentMessages.sharedNamespace.at(environment, { namespace, other: other.name, cluster: cluster.displayName })];
  });
}
