import type { ApplicationProps, Finalizer } from './application-props';
import { ignoreDifferences, respectsIgnored } from './drift';
import { clusterProjectName, destinationOf, environmentProjectName, repoUrl, Setting } from './projects';
import type { ApplicationSource } from './source-props';
import { SyncOption } from './sync-option';
import type { SyncPolicy } from './sync-policy-props';
import { ArgoCdVersion, isBefore } from './versions';
import { ApplicationPlan, objectsIn, ReleasePlan } from '../../application-graph';
import type { SourcePlan } from '../../application-source';
import { DriftRule, driftRulesOf } from '../../drift';

/** What Applications follow, and what becomes of their resources. */
export interface Following extends Setting {
  /** The branch, tag or commit that is followed. */
  readonly revision: string;
  readonly finalizer: Finalizer;
}

/** The Application of a plan. */
export function applicationProps(following: Following, plan: ApplicationPlan): ApplicationProps {
  const { platform } = following;
  const { environment, workload, application } = plan;
  const drift = () => driftRulesOf(objectsIn(plan));
  return {
    metadata: {
      name: plan.name,
      labels: {
        ...(environment === undefined ? {} : { 'cdk8s-fairway/environment': environment.name }),
        ...(workload === undefined ? {} : { 'cdk8s-fairway/workload': workload }),
        ...(application === undefined ? {} : { 'cdk8s-fairway/application': application.name }),
        ...(plan.region === undefined ? {} : { 'cdk8s-fairway/region': plan.region }),
      },
      annotations: {
        // A webhook then refreshes only the Applications whose folder changed.
        ...(plan.source.kind === 'rendered' ? { 'argocd.argoproj.io/manifest-generate-paths': '.' } : {}),
        ...(plan.release ? releaseAnnotations(plan.release) : {}),
      },
    },
    project: application ? clusterProjectName(platform, plan.cluster) : environmentProjectName(platform, plan),
    source: sourceOf(following, plan),
    destination: destinationOf(plan.cluster, plan.namespace),
    syncPolicy: syncPolicy(plan, drift(), following.version),
    get ignoreDifferences() {
      return ignoreDifferences(drift());
    },
    finalizer: following.finalizer,
    syncWave: plan.wave,
    syncOptions: environment?.isFinal ? [SyncOption.PRUNE_CONFIRM, SyncOption.DELETE_CONFIRM] : [],
  };
}

/** What notifications tell of a release: the image that runs and the commit that it was built from. */
function releaseAnnotations({ image, sourceCommit, sourceRepository }: ReleasePlan): Record<string, string> {
  return {
    [RELEASE_ANNOTATIONS.image]: image,
    ...(sourceCommit === undefined ? {} : { [RELEASE_ANNOTATIONS.commit]: sourceCommit }),
    ...(sourceRepository === undefined ? {} : { [RELEASE_ANNOTATIONS.repository]: sourceRepository }),
  };
}

const RELEASE_ANNOTATIONS = {
  image: 'cdk8s-fairway/image',
  commit: 'cdk8s-fairway/source-commit',
  repository: 'cdk8s-fairway/source-repository',
};

/** The sync policy of a root. */
export function rootSyncPolicy({ version }: Following): SyncPolicy {
  return policyOf({ prune: true, selfHeal: true }, EVERY_SYNC, version);
}

/**
 * Follow the repository, undo drift, try again with what is newest: a sync that keeps retrying an
 * old revision blocks the fix for it (argo-cd #11494).
 */
export function policyOf({ prune, selfHeal }: { prune: boolean; selfHeal: boolean }, syncOptions: SyncOption[], version?: ArgoCdVersion): SyncPolicy {
  // Before 3.2 a sync that fails is tried to its end with what it began with.
  const refresh = version === undefined || !isBefore(version, ArgoCdVersion.V3_2) ? { refresh: true } : {};
  return {
    automated: { prune, selfHeal, allowEmpty: false },
    syncOptions,
    retry: { limit: 5, backoff: { duration: '5s', factor: 2, maxDuration: '3m' }, ...refresh },
  };
}

/** Options of every sync. */
export const EVERY_SYNC = [SyncOption.APPLY_OUT_OF_SYNC_ONLY, SyncOption.SERVER_SIDE_APPLY];

/** Options of the syncs of a folder. */
export function folderOptions(rules: DriftRule[]): SyncOption[] {
  const respect = respectsIgnored(rules) ? [SyncOption.RESPECT_IGNORE_DIFFERENCES] : [];
  return [...EVERY_SYNC, SyncOption.PRUNE_LAST, SyncOption.FAIL_ON_SHARED_RESOURCE, ...respect];
}

function syncPolicy(plan: ApplicationPlan, rules: DriftRule[], version: ArgoCdVersion): SyncPolicy {
  if (!plan.application) {
    return policyOf(plan, folderOptions(rules), version);
  }
  const level = plan.application.podSecurity;
  // A chart may bring definitions together with objects of them.
  const options = [...EVERY_SYNC, SyncOption.PRUNE_LAST, SyncOption.CREATE_NAMESPACE, SyncOption.SKIP_DRY_RUN_ON_MISSING_RESOURCE];
  return {
    ...policyOf(plan, options, version),
    managedNamespaceMetadata: { labels: { 'pod-security.kubernetes.io/enforce': level, 'pod-security.kubernetes.io/warn': level } },
  };
}

function sourceOf({ repository, revision: common }: Following, { source, id, environment }: ApplicationPlan): ApplicationSource {
  const revision = environment?.branch ?? common;
  const repoURL = repoUrl(source, repository);
  switch (source.kind) {
    case 'rendered':
      return { repoURL, path: source.path, targetRevision: revision };
    case 'helm':
      return { repoURL, ...helmSource(source, id) };
    case 'kustomize':
      return { repoURL, path: source.path, targetRevision: source.revision ?? revision };
    case 'directory':
      return { repoURL, path: source.path, targetRevision: source.revision ?? revision, directory: { recurse: true } };
    case 'oci':
      return { repoURL, path: source.path, targetRevision: source.revision };
  }
}

function helmSource({ chart, version, values, releaseName, skipCrds }: SourcePlan & { kind: 'helm' }, id: string): Omit<ApplicationSource, 'repoURL'> {
  return {
    chart,
    targetRevision: version,
    helm: { releaseName: releaseName ?? id, ...(values === undefined ? {} : { valuesObject: values }), ...(skipCrds ? { skipCrds } : {}) },
  };
}
