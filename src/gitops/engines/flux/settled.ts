import { kubeConfig } from './applied';
import * as engineMessages from './engine-messages';
import { at, interval, objectName } from './fields';
import { GitReference } from './git-reference';
import { GitProvider, GitVerificationMode } from './git-repository';
import { FluxGitOptions, FluxOciOptions, FluxOptions, FluxSource, FluxTopology } from './options';
import { gitReference, ociReference } from './reference-checks';
import type { KubeConfig } from './references';
import { verification } from './source-checks';
import { CloudProvider } from './source-props';
import { nameFault } from '../../../core/names';
import { At, Check, flag, made, mapOf, oneOf, struct, text } from '../../../core/shape';
import { isRepository } from '../../application-source';
import * as shared from '../../messages';

/** The options with every default settled. */
export interface Settled {
  readonly namespace: string;
  readonly topology: FluxTopology;
  readonly source: FluxSource;
  readonly secretRefs: Record<string, string>;
  readonly kubeConfigs: Record<string, KubeConfig>;
  readonly interval?: string;
  readonly retryInterval?: string;
  readonly lockdown: boolean;
  readonly decryption?: FluxOptions['decryption'];
}

const KIND = 'GitOpsEngine.flux()';

const GIT = struct({
  ref: gitReference,
  secretRef: objectName,
  provider: oneOf(GitProvider),
  verify: struct({ secretRef: objectName, mode: oneOf(GitVerificationMode) }, ['secretRef']),
  interval,
});

const OCI = struct({
  url: text,
  ref: ociReference,
  secretRef: objectName,
  provider: oneOf(CloudProvider),
  verify: verification({ trustedRootSecretRef: objectName }),
  interval,
}, ['ref']);

const source: Check = (where: At, value: unknown) => {
  made('FluxSource', '_followed')(where, value);
  const { _form, _followed } = value as FluxSource;
  (_form === 'git' ? GIT : OCI)(where, _followed);
};

const namespace: Check = (_, value) => {
  const fault = nameFault(value as string);
  if (fault) {
    throw shared.invalidOption.error('', { what: 'namespace', value, fault, example: 'GitOpsEngine.flux({ namespace: \'flux-system\' })' });
  }
};

const version: Check = (_, value) => {
  const [, minor] = /^v?2\.(\d{1,3})(\.\d{1,3})?$/.exec(typeof value === 'string' ? value : '') ?? [];
  if (minor === undefined || Number(minor) < 9) {
    throw engineMessages.unsupportedVersion.error('', { value });
  }
};

const OPTIONS = struct({
  version,
  namespace,
  topology: oneOf(FluxTopology),
  source,
  secretRefs: mapOf(objectName),
  kubeConfigs: mapOf(kubeConfig),
  interval,
  retryInterval: interval,
  lockdown: flag,
  decryption: struct({ secretRef: objectName, serviceAccountName: objectName }),
});

/** The options with their defaults. Throws FW505, FW550 to FW553, FW557, FW558, FW576 and FW591. */
export function settled(options: FluxOptions): Settled {
  const given = options ?? {};
  OPTIONS(at('', KIND), given);
  return {
    namespace: given.namespace ?? 'flux-system',
    topology: given.topology ?? FluxTopology.PER_CLUSTER,
    source: given.source ?? FluxSource.git(),
    secretRefs: { ...given.secretRefs },
    kubeConfigs: { ...given.kubeConfigs },
    interval: given.interval,
    retryInterval: given.retryInterval,
    lockdown: given.lockdown ?? true,
    decryption: given.decryption && { ...given.decryption },
  };
}

/** What is followed, and how: a Git repository or an artifact. */
export type Followed =
  | { readonly form: 'git'; readonly url: string; readonly options: FluxGitOptions & { readonly ref: GitReference } }
  | { readonly form: 'oci'; readonly url: string; readonly options: Omit<FluxOciOptions, 'url'> };

/** What is followed of a platform. Throws FW501, FW502 and FW592. */
export function followed(repository: string | undefined, { _form, _followed }: FluxSource): Followed {
  const refuse = (fault: string, remedy: string, value: unknown = repository) => engineMessages.unfitSource.error('', { repository: value, fault, remedy });
  if (_form === 'oci') {
    const { url = repository, ...options } = _followed as FluxOciOptions;
    if (!url) {
      throw shared.noRepository.error('', {});
    }
    if (!isRepository(url)) {
      throw shared.invalidRepository.error('', { repository: url });
    }
    if (!url.startsWith('oci://')) {
      throw refuse('is no OCI repository', 'Give FluxSource.oci({ url: \'oci://ghcr.io/acme/manifests\', … }).', url);
    }
    return { form: 'oci', url, options };
  }
  if (!repository) {
    throw shared.noRepository.error('', {});
  }
  if (!isRepository(repository)) {
    throw shared.invalidRepository.error('', { repository });
  }
  if (repository.startsWith('oci://')) {
    throw refuse('is an OCI repository, of which nobody knows the tag', 'Give source: FluxSource.oci({ ref: flux.OciReference.tag(\'latest\') }).');
  }
  const options = _followed as FluxGitOptions;
  const url = gitUrl(repository);
  if (url.startsWith('ssh:') && options.secretRef === undefined) {
    throw refuse('is reached by ssh, which needs a Secret with an identity and known hosts', 'Give source: FluxSource.git({ secretRef: \'flux-system\' }).');
  }
  return { form: 'git', url, options: { ...options, ref: options.ref ?? GitReference.branch('main') } };
}

/** The URL by which Flux reaches a Git repository: it does not know the short form of ssh. */
export function gitUrl(repository: string): string {
  const [, user, host, path] = /^([\w.-]+)@([\w.-]+):([\w./~-]+)$/.exec(repository) ?? [];
  return user === undefined ? repository : `ssh://${user}@${host}/${path.replace(/^\//, '')}`;
}

/** The reference that the revision of a folder means: a commit, a name in full, a tag that has a version in it, else a branch. */
export function gitReferenceOf(revision: string): GitReference {
  if (/^([a-f0-9]{40}|[a-f0-9]{64})$/.test(revision)) {
    return GitReference.commit(revision);
  }
  if (revision.startsWith('refs/')) {
    return GitReference.refName(revision);
  }
  return /\d+\.\d+/.test(revision) ? GitReference.tag(revision) : GitReference.branch(revision);
}

