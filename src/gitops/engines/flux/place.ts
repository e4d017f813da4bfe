import type { Construct } from 'constructs';
import type { KubeConfig } from './references';
import type { Followed, Settled } from './settled';
import type { Platform } from '../../../core/platform';
import type { Cluster } from '../../../environments';
import type { ApplicationPlan } from '../../application-graph';

/** What belongs to a cluster as a whole lies in a folder that no environment can be called by. */
export const CLUSTER_FOLDER = '_cluster';

/** What everything that the engine makes has in common. */
export interface Setting {
  readonly platform: Platform;
  /** What the charts of the engine stand in. */
  readonly scope: Construct;
  readonly options: Settled;
  readonly followed: Followed;
  readonly labels: Record<string, string>;
}

/** A cluster, as the Flux sees it that deploys to it. */
export interface Place {
  readonly cluster: Cluster;
  /** How Flux reaches it, where it runs elsewhere. */
  readonly kubeConfig?: KubeConfig;
  /** The accounts that may do everything, by which Flux applies what environments may not change; those of the connection where Flux runs elsewhere. */
  readonly trusted: { readonly kustomize?: string; readonly helm?: string };
}

/** The accounts of the controllers, which `flux install` gives every right (flux2 manifests/rbac/reconciler.yaml). Under lockdown they must be named. */
export const CONTROLLERS = { kustomize: 'kustomize-controller', helm: 'helm-controller' };

/** The folder below that of its cluster that the objects of a plan lie in. */
export function groupOf(plan: ApplicationPlan): string {
  return plan.application ? CLUSTER_FOLDER : plan.environment!.name;
}

/** What is named after an environment, and after the region where it has several. */
export function environmentName(platform: Platform, { environment, region }: ApplicationPlan): string {
  return [platform.name, environment!.name, ...(region === undefined ? [] : [region])].join('-');
}

/** The name of what lies under a cluster as a whole: namespaces, before anything else. */
export function baseName(platform: Platform, cluster: Cluster): string {
  return `${platform.name}-${cluster.displayName}-cluster-base`;
}

/** A folder of the output, as it is seen from the root of what is followed. */
export function pathOf({ platform, followed }: Setting, folder: string): string {
  const path = folder.startsWith(`${platform.publishedPath}/`) ? folder.slice(platform.publishedPath.length + 1) : folder;
  return followed.form === 'git' ? `./${platform.publishedPath}/${path}` : `./${path}`;
}
