import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { Diagnostics, Finding, flux } from 'cdk8s-fairway';

const {
  Alert, Bucket, EventKind, ExternalArtifact, GitReference, GitRepository, HelmChart, HelmRelease, HelmRepository, ImagePolicy, ImagePolicyChoice,
  ImageRepository, ImageUpdateAutomation, Kustomization, OciReference, OCIRepository, Provider, ProviderType, Receiver, ReceiverType, SourceReference,
} = flux;

export const git = SourceReference.gitRepository('shop');
export const oci = SourceReference.ociRepository('shop');
export const helm = SourceReference.helmRepository('shop');
export const metadata = { name: 'shop' };
export const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** Each kind, with the least that it needs and no warning. */
export const KINDS: Record<string, { make: new (scope: Chart, id: string, props: any) => ApiObject; props: Record<string, any> }> = {
  GitRepository: { make: GitRepository, props: { metadata, url: 'https://github.com/acme/shop', ref: GitReference.branch('main') } },
  OCIRepository: { make: OCIRepository, props: { metadata, url: 'oci://ghcr.io/acme/shop', ref: OciReference.tag('1.4.2') } },
  HelmRepository: { make: HelmRepository, props: { metadata, url: 'https://charts.example.com' } },
  HelmChart: { make: HelmChart, props: { metadata, chart: 'shop', sourceRef: helm, version: '1.x' } },
  Bucket: { make: Bucket, props: { metadata, bucketName: 'shop', endpoint: 'minio.storage:9000' } },
  ExternalArtifact: { make: ExternalArtifact, props: { metadata, sourceRef: { kind: 'ArtifactGenerator', name: 'shop' } } },
  Kustomization: { make: Kustomization, props: { metadata, sourceRef: git } },
  HelmRelease: { make: HelmRelease, props: { metadata, chartRef: oci } },
  ImageRepository: { make: ImageRepository, props: { metadata, image: 'ghcr.io/acme/shop' } },
  ImagePolicy: { make: ImagePolicy, props: { metadata, imageRepositoryRef: { name: 'shop' }, policy: ImagePolicyChoice.semver('1.x') } },
  ImageUpdateAutomation: { make: ImageUpdateAutomation, props: { metadata, sourceRef: git, git: { commit: { author: { email: 'flux@example.com' } } } } },
  Alert: { make: Alert, props: { metadata, provider: 'chat', eventSources: [{ kind: EventKind.KUSTOMIZATION, name: '*' }] } },
  Provider: { make: Provider, props: { metadata, type: ProviderType.SLACK, secretRef: 'slack', channel: 'ops' } },
  Receiver: { make: Receiver, props: { metadata, type: ReceiverType.GITHUB, secretRef: 'hook', resources: [{ kind: EventKind.GIT_REPOSITORY, name: 'shop' }] } },
};

export function chartOf(namespace?: string): Chart {
  return new Chart(Testing.app(), 'chart', { namespace });
}

/** An object of a kind, with more than the least or with other things. */
export function make(kind: string, props: any = {}, chart = chartOf(), id = 'it'): ApiObject {
  return new KINDS[kind].make(chart, id, typeof props === 'object' && props !== null ? { ...KINDS[kind].props, ...props } : props);
}

/** What is written for the spec of an object. */
export function specOf(kind: string, props: any = {}): any {
  return make(kind, props).toJson().spec;
}

/** What a check of the whole tree finds, without what cdk8s's own validation says again. */
export function found(declare: (chart: Chart, app: App) => unknown, namespace?: string): Finding[] {
  const app = Testing.app();
  declare(new Chart(app, 'chart', { namespace }), app);
  return Diagnostics._collect(app).filter(finding => finding.code !== 'FW101');
}
