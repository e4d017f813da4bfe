import type { IConstruct } from 'constructs';
import type { Cluster } from './cluster';
import * as messages from './messages';
import type { Region } from './region';
import { nameFault } from '../core/names';

/** The clusters of an environment with all that is settled about them. Throws FW203 and FW216. */
export function placesOf(where: IConstruct, { cluster, regions }: { cluster?: Cluster; regions?: Region[] }): Array<Required<Region>> {
  const refuse = (what: string, value: unknown, fault: string) => messages.invalidRegions.error(where, { what, value, fault });
  if (regions === undefined) {
    checkCluster(where, cluster);
    return [{ cluster: cluster!, name: cluster!.displayName, wave: 0 }];
  }
  if (cluster !== undefined) {
    throw refuse('cluster', cluster?.displayName ?? cluster, 'is given beside regions');
  }
  if (!Array.isArray(regions) || regions.length === 0) {
    throw refuse('list of regions', regions, 'is empty, or none');
  }
  const names = new Set<string>();
  const keys = new Set<string>();
  return Array.from(regions, region => {
    checkCluster(where, region?.cluster);
    const { cluster: own, wave = 0 } = region;
    const name = region.name ?? own.displayName.slice(0, 20).replace(/-$/, '');
    const fault = nameFault(name, 20);
    if (fault) {
      throw refuse('name of a region', name, fault);
    }
    if (!(Number.isInteger(wave) && wave >= 0 && wave <= 1000)) {
      throw refuse('wave of a region', wave, 'is no whole number from 0');
    }
    if (names.has(name) || keys.has(own._key())) {
      throw refuse('region', name, 'is given twice, or its cluster is');
    }
    if (own.profile !== regions[0].cluster.profile) {
      throw refuse('profile of a region', own.profile, `differs from ${regions[0].cluster.profile}: pods are made for one of them`);
    }
    names.add(name);
    keys.add(own._key());
    return { cluster: own, name, wave };
  });
}

/** The cluster with the lowest version: what it knows, they all know. */
export function lowest(clusters: Cluster[]): Cluster {
  return clusters.reduce((least, cluster) => cluster.isAtLeast(least.kubernetesVersion) ? least : cluster);
}

function checkCluster(where: IConstruct, cluster: unknown): void {
  if (typeof (cluster as Partial<Cluster> | undefined)?._key !== 'function') {
    throw messages.invalidCluster.error(where, { what: 'cluster', value: cluster, fault: 'is no Cluster' });
  }
}
