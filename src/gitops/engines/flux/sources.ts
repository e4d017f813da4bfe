import { GitReference, OciReference } from './git-reference';
import { GitRepository } from './git-repository';
import { HelmRepository } from './helm-repository';
import { LayerOperation, OCIRepository } from './oci-repository';
import { environmentName, Setting } from './place';
import type { SourceReference } from './references';
import { gitReferenceOf, gitUrl } from './settled';
import type { FolderChart } from '../../../core/folder-chart';
import type { ApplicationPlan } from '../../application-graph';
import type { SourcePlan } from '../../application-source';

/** What is pinned is looked at now and then: whether it is still there. */
const PINNED = '60m';

/** What is followed for everything, by the name of the platform. */
export function mainSource({ platform, followed }: Setting, chart: FolderChart): SourceReference {
  const { url, form, options } = followed;
  const common = { metadata: { name: platform.name }, url };
  return form === 'git'
    ? new GitRepository(chart, 'source', { ...common, ...options }).reference
    : new OCIRepository(chart, 'source', { ...common, ...options }).reference;
}

/** The branch of an environment. */
export function branchSource({ platform, followed }: Setting, chart: FolderChart, plan: ApplicationPlan): SourceReference {
  const options = followed.form === 'git' ? followed.options : {};
  return new GitRepository(chart, '_branch', {
    ...options,
    metadata: { name: environmentName(platform, plan) },
    url: followed.url,
    ref: GitReference.branch(plan.environment!.branch!),
  }).reference;
}

/** A repository that a folder comes from, at the revision that an application wants. */
export function folderSource(
  { followed, options: { secretRefs } }: Setting, chart: FolderChart, { name }: ApplicationPlan, repository: string | undefined, ref: GitReference,
): SourceReference {
  const own = repository === undefined && followed.form === 'git' ? { ...followed.options, url: followed.url, verify: undefined } : undefined;
  return new GitRepository(chart, `_source-${name}`, {
    ...(own ?? { url: gitUrl(repository!), secretRef: secretOf(secretRefs, repository!) }),
    metadata: { name },
    ref,
    interval: ref._branch === undefined ? PINNED : followed.options.interval,
  }).reference;
}

/** An artifact with manifests. */
export function artifactSource({ options }: Setting, chart: FolderChart, { name }: ApplicationPlan, { repository, revision }: SourcePlan & { kind: 'oci' }): SourceReference {
  return new OCIRepository(chart, `_source-${name}`, {
    metadata: { name },
    url: repository,
    ref: revision.startsWith('sha256:') ? OciReference.digest(revision) : OciReference.tag(revision),
    secretRef: secretOf(options.secretRefs, repository),
    interval: PINNED,
  }).reference;
}

/** Where a chart comes from: a registry of charts, or the chart itself in a registry of images. */
export function chartSource({ options }: Setting, chart: FolderChart, { name }: ApplicationPlan, source: SourcePlan & { kind: 'helm' }) {
  const { repository, chart: helmChart, version } = source;
  const common = { metadata: { name }, secretRef: secretOf(options.secretRefs, repository), interval: PINNED };
  if (!repository.startsWith('oci://')) {
    const sourceRef = new HelmRepository(chart, 'source', { ...common, url: repository }).reference;
    return { chart: { chart: helmChart, version, sourceRef } };
  }
  return {
    chartRef: new OCIRepository(chart, 'source', {
      ...common,
      url: `${repository.replace(/\/$/, '')}/${helmChart}`,
      ref: OciReference.tag(version.replaceAll('+', '_')), // tags have no plus sign: helm pkg/registry/client.go
      layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: LayerOperation.COPY },
    }).reference,
  };
}

/** A folder of the platform's repository or of another one, unless it is simply what everything follows. */
export function revisionOf(source: SourcePlan & { kind: 'kustomize' | 'directory' }): GitReference | undefined {
  return source.revision === undefined ? undefined : gitReferenceOf(source.revision);
}

function secretOf(secretRefs: Record<string, string>, repository: string): string | undefined {
  return Object.hasOwn(secretRefs, repository) ? secretRefs[repository] : undefined;
}
