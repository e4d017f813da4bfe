import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { at, named, objectName, relativePath, url } from './fields';
import type { GitReference } from './git-reference';
import * as messages from './messages';
import { gitReference } from './reference-checks';
import { SourceReference } from './references';
import { FETCHED, referenceOf, SOURCE, transportWarnings, warn } from './source-checks';
import type { FetchedSourceProps } from './source-props';
import { registerForTree } from './tree-check';
import { flag, listOf, oneOf, plain, struct, text } from '../../../core/shape';

/** How Flux proves who it is to a Git server. */
export enum GitProvider {
  /** By a Secret, or not at all. */
  GENERIC = 'generic',
  /** By the identity that AWS gives. */
  AWS = 'aws',
  /** By the identity that Azure gives. */
  AZURE = 'azure',
  /** As a GitHub App; needs `secretRef`. */
  GITHUB = 'github',
}

/** What must be signed. */
export enum GitVerificationMode {
  /** The commit that is checked out. */
  HEAD = 'HEAD',
  /** The tag that is checked out. */
  TAG = 'Tag',
  /** Both. */
  TAG_AND_HEAD = 'TagAndHEAD',
}

/** The signature that a commit or a tag must have. */
export interface GitVerification {
  /** The Secret with the public keys of those who may sign. */
  readonly secretRef: string;

  /**
   * What must be signed. A tag needs a `ref` that is a tag or a range.
   *
   * @default GitVerificationMode.HEAD
   */
  readonly mode?: GitVerificationMode;
}

/** Another GitRepository, whose files are put beside those of this one. */
export interface GitInclude {
  /** The name of the other one, in the same namespace. */
  readonly repository: string;

  /**
   * What is taken of the other one.
   *
   * @default - all
   */
  readonly fromPath?: string;

  /**
   * Where it is put.
   *
   * @default - the name of the other one
   */
  readonly toPath?: string;
}

/** Properties of a `GitRepository`. */
export interface GitRepositoryProps extends FetchedSourceProps {
  /** `https://…`, `ssh://git@…`, or `http://…`, which FW559 warns of. Without credentials (FW560). */
  readonly url: string;

  /**
   * What is checked out.
   *
   * @default - the branch master, which FW556 warns of
   */
  readonly ref?: GitReference;

  /**
   * The Secret with credentials.
   *
   * @default - none
   */
  readonly secretRef?: string;

  /**
   * How Flux proves who it is.
   *
   * @default GitProvider.GENERIC
   */
  readonly provider?: GitProvider;

  /**
   * The service account whose identity is used, with `provider` AWS or AZURE.
   *
   * @default - that of the controller
   */
  readonly serviceAccountName?: string;

  /**
   * Signatures that are demanded.
   *
   * @default - none
   */
  readonly verify?: GitVerification;

  /**
   * The only directories that are checked out.
   *
   * @default - all
   */
  readonly sparseCheckout?: string[];

  /**
   * Other repositories whose files are put beside.
   *
   * @default - none
   */
  readonly include?: GitInclude[];

  /**
   * Whether submodules are fetched, with the same credentials.
   *
   * @default false
   */
  readonly recurseSubmodules?: boolean;
}

/** A Flux `GitRepository` (source.toolkit.fluxcd.io/v1), in any cdk8s chart. Fields that have no property here are set with `addJsonPatch`. */
export class GitRepository extends ApiObject {
  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the repository. Throws FW550 to FW553, FW557, FW558 and FW560 to FW563; warns FW556 and FW559
   */
  public constructor(scope: Construct, id: string, props: GitRepositoryProps) {
    checkGitRepository(`${scope.node.path}/${id}`, props ?? {});
    const { metadata, secretRef, proxySecretRef, verify, include, ...rest } = props;
    super(scope, id, {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'GitRepository',
      metadata: { ...metadata },
      spec: plain({
        ...rest,
        interval: rest.interval ?? '1m',
        secretRef: named(secretRef),
        proxySecretRef: named(proxySecretRef),
        verify: verify && { mode: verify.mode ?? GitVerificationMode.HEAD, secretRef: named(verify.secretRef) },
        include: include?.map(({ repository, ...paths }) => ({ ...paths, repository: named(repository) })),
      }),
    });
    warn(this, path => [
      ...(props.ref === undefined ? [messages.movingReference.at(path, { kind: 'GitRepository', what: 'the branch master, as it has no ref' })] : []),
      ...transportWarnings(path, 'GitRepository', 'url', props.url),
    ]);
    registerForTree(this, {
      references: (include ?? []).map(({ repository }) => ({ field: 'include', kind: 'GitRepository', name: repository })),
      branch: props.ref?._branch,
    });
  }

  /** What a Kustomization, a HelmChart or another object names it by. */
  public get reference(): SourceReference {
    return referenceOf(this, SourceReference.gitRepository);
  }
}

const { certSecretRef: _, ...CREDENTIALS } = FETCHED;

const SHAPE = struct({
  ...SOURCE,
  ...CREDENTIALS,
  url: url(['https', 'ssh', 'http']),
  ref: gitReference,
  provider: oneOf(GitProvider),
  verify: struct({ secretRef: objectName, mode: oneOf(GitVerificationMode) }, ['secretRef']),
  ignore: text,
  sparseCheckout: listOf(relativePath, 1),
  include: listOf(struct({ repository: objectName, fromPath: relativePath, toPath: relativePath }, ['repository'])),
  recurseSubmodules: flag,
}, ['url']);

function checkGitRepository(path: string, props: Partial<GitRepositoryProps>): void {
  const kind = 'GitRepository';
  SHAPE(at(path, kind), props);
  const { provider = GitProvider.GENERIC, serviceAccountName, secretRef, verify, ref } = props;
  const refuse = (field: string, fault: string) => messages.refusedTogether.error(path, { kind, field, fault });
  if (serviceAccountName !== undefined && provider !== GitProvider.AWS && provider !== GitProvider.AZURE) {
    throw refuse('serviceAccountName', 'is for the providers aws and azure only');
  }
  if (provider === GitProvider.GITHUB && secretRef === undefined) {
    throw refuse('provider', 'is github, which needs secretRef with the data of a GitHub App');
  }
  if (props.url!.startsWith('ssh:') && secretRef === undefined) {
    throw refuse('url', 'is one of SSH, which needs secretRef with an identity and known hosts');
  }
  if (provider !== GitProvider.GENERIC && props.url!.startsWith('ssh:')) {
    throw messages.idleField.error(path, { kind, field: 'provider', fault: 'gives credentials for https:// only' });
  }
  const isOfTag = ref !== undefined && ((ref._ref.tag ?? ref._ref.semver) !== undefined || ref._ref.name?.startsWith('refs/tags/') === true);
  if (verify?.mode !== undefined && verify.mode !== GitVerificationMode.HEAD && !isOfTag) {
    throw refuse('verify.mode', `is ${verify.mode}, and the ref is no tag`);
  }
}
