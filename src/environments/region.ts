import type { Cluster } from './cluster';

/** One of several clusters that an environment runs on. */
export interface Region {
  /** The cluster. */
  readonly cluster: Cluster;

  /**
   * A short name for people, labels and names of applications: a DNS label of at most 20 characters.
   *
   * @default - the name of the cluster
   */
  readonly name?: string;

  /**
   * Lower waves get a release first, where the GitOps engine can hold the others back; the engine says where it cannot. A whole number from 0.
   *
   * @default 0
   */
  readonly wave?: number;
}
