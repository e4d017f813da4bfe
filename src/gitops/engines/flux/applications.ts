import { HelmRelease } from './helm-release';
import { CrdsPolicy } from './helm-release-actions';
import { DriftDetectionMode } from './helm-release-props';
import { Kustomization } from './kustomization';
import type { KustomizationProps } from './kustomization-props';
import { common, dependenciesOf, metadataOf } from './kustomizations';
import { CONTROLLERS, pathOf, Place, Setting } from './place';
import type { SourceReference } from './references';
import { artifactSource, chartSource, folderSource, revisionOf } from './sources';
import { FolderChart } from '../../../core/folder-chart';
import type { ApplicationPlan } from '../../application-graph';
import type { SourcePlan } from '../../application-source';

/** A source that is no chart, and not rendered here. */
type Folder = Exclude<SourcePlan, { kind: 'helm' | 'rendered' }>;

/** A Kustomization waits a little longer than the release in it: what it says of the failure is then what the release says. */
const LONGER = 120;

/** The objects by which Flux installs what a cluster needs beside the workloads. */
export function makeApplication(
  setting: Setting, place: Place, chart: FolderChart, plan: ApplicationPlan, followed: SourceReference, base: string | undefined,
): void {
  const { source, path } = plan;
  const id = path.replaceAll('/', '.');
  if (source.kind === 'rendered') {
    return; // an application comes from elsewhere
  }
  if (source.kind === 'helm') {
    const release = releaseChart(setting, place, plan, source);
    // A HelmRelease waits for HelmReleases alone: its Kustomization waits for whatever the model says (fluxcd/flux2 #3364).
    new Kustomization(chart, id, {
      ...applicationProps(setting, place, plan, base),
      // The release stands where Flux runs, and reaches the cluster itself.
      ...common(setting, { cluster: place.cluster, trusted: CONTROLLERS }),
      sourceRef: followed,
      path: pathOf(setting, release.folder),
      timeout: `${plan.timeoutSeconds + LONGER}s`,
    });
    return;
  }
  new Kustomization(chart, id, {
    ...applicationProps(setting, place, plan, base),
    ...folderOf(setting, chart, plan, source, followed),
    // Everything goes to its namespace, unless it has several.
    targetNamespace: plan.application!.namespaces.length === 0 ? plan.namespace : undefined,
    decryption: setting.options.decryption,
  });
}

function applicationProps(setting: Setting, place: Place, plan: ApplicationPlan, base: string | undefined): Omit<KustomizationProps, 'sourceRef'> {
  return {
    ...common(setting, place),
    metadata: metadataOf(setting, plan),
    timeout: `${plan.timeoutSeconds}s`,
    prune: plan.prune,
    wait: true,
    dependsOn: dependenciesOf(plan.dependsOn, base),
  };
}

function folderOf(
  setting: Setting, chart: FolderChart, plan: ApplicationPlan, source: Folder, followed: SourceReference,
): Pick<KustomizationProps, 'sourceRef' | 'path'> {
  const path = `./${source.path.replace(/^\.(\/|$)/, '')}`;
  switch (source.kind) {
    case 'oci':
      return { sourceRef: artifactSource(setting, chart, plan, source), path };
    case 'kustomize':
    case 'directory': {
      const isUnseen = source.repository === undefined && setting.followed.form === 'oci'; // which is FW593
      const ref = isUnseen ? undefined : revisionOf(source);
      return ref === undefined ? { sourceRef: followed, path } : { sourceRef: folderSource(setting, chart, plan, source.repository, ref), path };
    }
  }
}

function releaseChart(setting: Setting, place: Place, plan: ApplicationPlan, source: SourcePlan & { kind: 'helm' }): FolderChart {
  const { scope, options, labels } = setting;
  const { cluster, environment, id, name, namespace, selfHeal, timeoutSeconds } = plan;
  const chart = new FolderChart(scope, `releases.${cluster.displayName}.${id}`, {
    folder: `flux/releases/${cluster.displayName}/${id}`,
    namespace: options.namespace,
    labels,
    ...(environment === undefined ? {} : { environment: environment.name }),
  });
  new HelmRelease(chart, 'release', {
    ...chartSource(setting, chart, plan, source),
    metadata: { name },
    interval: options.interval,
    timeout: `${timeoutSeconds}s`,
    releaseName: source.releaseName ?? id,
    targetNamespace: namespace,
    storageNamespace: namespace,
    install: { crds: source.skipCrds ? CrdsPolicy.SKIP : CrdsPolicy.CREATE },
    upgrade: { crds: source.skipCrds ? CrdsPolicy.SKIP : CrdsPolicy.CREATE_REPLACE },
    driftDetection: { mode: selfHeal ? DriftDetectionMode.ENABLED : DriftDetectionMode.WARN },
    values: source.values,
    serviceAccountName: options.lockdown ? place.trusted.helm : undefined,
    kubeConfig: place.kubeConfig,
  });
  return chart;
}
