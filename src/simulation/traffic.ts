import type { ReplicaSet } from './pods';
import type { Cluster } from './state';

/** Where requests go at a moment. */
export interface Traffic {
  /** The share that pods of unpromoted revisions get, from 0 to 1. */
  exposed: number;
  /** The share that the target revision gets, from 0 to 1. */
  target: number;
  /** The least ratio of available to needed pods on any side that gets requests, from 0 to 1. */
  capacity: number;
  /** Available pods of all revisions that get requests. */
  available: number;
}

/** Requests by revision: by the router's weights, by what the active Service selects, or evenly over all available pods. */
export function trafficOf(cluster: Cluster): Traffic {
  const { plan: { strategy }, status, replicas } = cluster;
  const traffic: Traffic = { exposed: 0, target: 0, capacity: 1, available: 0 };
  const seen: ReplicaSet[] = [];
  const give = (set: ReplicaSet | undefined, share: number): void => {
    if (share <= 0 || !set) {
      return;
    }
    traffic.exposed += set === status.stable ? 0 : share;
    traffic.target += set === cluster.target ? share : 0;
    traffic.capacity = Math.min(traffic.capacity, replicas === 0 ? 1 : set.available / (share * replicas));
    if (!seen.includes(set)) {
      seen.push(set);
      traffic.available += set.available;
    }
  };
  if (strategy.kind === 'blueGreen') {
    give(cluster.activeService, 1);
  } else if (strategy.routed && status.weights) {
    const { weights } = status;
    give(weights.canary, weights.canaryWeight / strategy.maxWeight);
    give(weights.stable, weights.stableWeight / strategy.maxWeight);
    for (const { canary, weight } of weights.experiments) {
      // An experiment has pods of its own; what they run is one of the two revisions.
      traffic.exposed += canary ? weight / strategy.maxWeight : 0;
      traffic.target += canary ? weight / strategy.maxWeight : 0;
    }
  } else if (strategy.routed && status.stable) {
    give(status.stable, 1);
  } else {
    evenly(cluster, traffic);
  }
  return traffic;
}

function evenly({ sets, status, target, replicas }: Cluster, traffic: Traffic): void {
  for (const set of sets) {
    traffic.available += set.available;
  }
  if (traffic.available > 0) {
    for (const set of sets) {
      const share = set.available / traffic.available;
      traffic.exposed += set === status.stable ? 0 : share;
      traffic.target += set === target ? share : 0;
    }
  }
  traffic.capacity = replicas === 0 ? 1 : Math.min(1, traffic.available / replicas);
}
