import { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import * as own from './messages';
import { flagText, refuseCredentials, refuseUserInfo, secretOf } from './secrets';
import { at, metadata } from './shapes';
import { Diagnostics } from '../../../core/diagnostics/diagnostics';
import { Check, flag, isHttp, oneOf, struct, text, whole } from '../../../core/shape';

/** What a repository holds. */
export enum RepositoryType {
  /** Git. */
  GIT = 'git',
  /** Helm charts. */
  HELM = 'helm',
  /** OCI artifacts. */
  OCI = 'oci',
}

/** What repositories, and credentials for several, have in common. */
export interface RepositoryConnection {
  /**
   * Name, namespace, labels and annotations.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /** The URL, without a password: else FW540 is thrown. */
  readonly url: string;

  /**
   * What it holds.
   *
   * @default RepositoryType.GIT
   */
  readonly type?: RepositoryType;

  /**
   * For Helm: whether the charts are in an OCI registry; the URL has no `oci://` then.
   *
   * @default false
   */
  readonly enableOCI?: boolean;

  /**
   * For OCI: whether the registry is asked without TLS. Warned of by FW543.
   *
   * @default false
   */
  readonly insecureOCIForceHttp?: boolean;

  /**
   * The URL of a proxy, without a password.
   *
   * @default - none
   */
  readonly proxy?: string;

  /**
   * Hosts that are reached without the proxy, with commas between them.
   *
   * @default - none
   */
  readonly noProxy?: string;

  /**
   * Whether to log in by the Azure workload identity of Argo CD's pods.
   *
   * @default false
   */
  readonly useAzureWorkloadIdentity?: boolean;

  /**
   * Whether it is for the source hydrator to write to.
   *
   * @default false
   */
  readonly write?: boolean;
}

/** Properties of a `RepositorySecret`. */
export interface RepositorySecretProps extends RepositoryConnection {
  /**
   * A name; a Helm repository needs one, else FW542 is thrown.
   *
   * @default - none
   */
  readonly name?: string;

  /**
   * The project that alone may use it.
   *
   * @default - any
   */
  readonly project?: string;

  /**
   * Whether large files (LFS) are fetched.
   *
   * @default false
   */
  readonly enableLfs?: boolean;

  /**
   * How many commits are fetched, from 1. Argo CD before 3.3 does not know the field.
   *
   * @default - all
   */
  readonly depth?: number;

  /**
   * Do not verify certificates. Warned of by FW543.
   *
   * @default false
   */
  readonly insecure?: boolean;

  /**
   * Do not verify the key of an SSH host. Warned of by FW543.
   *
   * @default false
   */
  readonly insecureIgnoreHostKey?: boolean;
}

/** Properties of `RepositoryCredentials`. */
export interface RepositoryCredentialsProps extends RepositoryConnection {}

const CREDENTIALS = [
  'username', 'password', 'bearerToken', 'sshPrivateKey', 'tlsClientCertData', 'tlsClientCertKey', 'githubAppPrivateKey', 'gcpServiceAccountKey',
  'azureServicePrincipalClientSecret',
];

const CONNECTION: Record<string, Check> = {
  metadata,
  url: text,
  type: oneOf(RepositoryType),
  enableOCI: flag,
  insecureOCIForceHttp: flag,
  proxy: text,
  noProxy: text,
  useAzureWorkloadIdentity: flag,
  write: flag,
};

const REPOSITORY = struct({ ...CONNECTION, name: text, project: text, enableLfs: flag, depth: whole(1), insecure: flag, insecureIgnoreHostKey: flag }, ['url']);
const TEMPLATE = struct(CONNECTION, ['url']);

/** A Secret by which Argo CD knows a repository that anybody may read, or that an identity of its pods may. */
export class RepositorySecret extends ApiObject {
  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the repository. Throws FW540 for credentials, FW542 for a URL that does not fit; warns FW543 without verification
   */
  public constructor(scope: Construct, id: string, props: RepositorySecretProps) {
    const path = `${scope.node.path}/${id}`;
    refuseCredentials(path, 'repository', props, CREDENTIALS);
    REPOSITORY(at(path, 'repository'), props);
    checkConnection(path, props);
    const { type = RepositoryType.GIT, enableOCI = false, name } = props;
    if (type === RepositoryType.HELM && !enableOCI && name === undefined) {
      throw own.invalidRepositorySecret.error(path, { field: 'name', value: name, fault: 'is missing: a Helm repository needs one' });
    }
    super(scope, id, secretOf(props.write ? 'repository-write' : 'repository', props.metadata, {
      name,
      project: props.project,
      ...connectionOf(props),
      enableLfs: flagText(props.enableLfs),
      depth: props.depth === undefined ? undefined : String(props.depth),
      insecure: flagText(props.insecure),
      insecureIgnoreHostKey: flagText(props.insecureIgnoreHostKey),
    }));
    warn(this, props, ['insecure', 'insecureIgnoreHostKey', 'insecureOCIForceHttp']);
  }
}

/** A Secret by which Argo CD logs in to all repositories whose URL begins alike, by an identity of its pods. */
export class RepositoryCredentials extends ApiObject {
  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the beginning of the URLs. Throws FW540 for credentials, FW542 without an identity
   */
  public constructor(scope: Construct, id: string, props: RepositoryCredentialsProps) {
    const path = `${scope.node.path}/${id}`;
    refuseCredentials(path, 'repository', props, CREDENTIALS);
    TEMPLATE(at(path, 'repository'), props);
    checkConnection(path, props);
    if (!props.useAzureWorkloadIdentity) {
      throw own.invalidRepositorySecret.error(path, { field: 'useAzureWorkloadIdentity', value: props.useAzureWorkloadIdentity, fault: 'is not true: there is nothing to log in with' });
    }
    super(scope, id, secretOf(props.write ? 'repo-write-creds' : 'repo-creds', props.metadata, connectionOf(props)));
    warn(this, props, ['insecureOCIForceHttp']);
  }
}

function warn(object: ApiObject, props: object, fields: string[]): void {
  const found = fields.filter(field => (props as Record<string, unknown>)[field] === true);
  if (found.length > 0) {
    Diagnostics.of(object).addCheck({ check: () => found.map(field => own.notVerified.at(object, { what: `connection to the repository (${field})` })) });
  }
}

function connectionOf(props: RepositoryConnection): Record<string, string | undefined> {
  return {
    url: props.url,
    type: props.type,
    enableOCI: flagText(props.enableOCI),
    insecureOCIForceHttp: flagText(props.insecureOCIForceHttp),
    proxy: props.proxy,
    noProxy: props.noProxy,
    useAzureWorkloadIdentity: flagText(props.useAzureWorkloadIdentity),
  };
}

function checkConnection(path: string, props: RepositoryConnection): void {
  const refuse = (field: string, value: unknown, fault: string) => own.invalidRepositorySecret.error(path, { field, value, fault });
  const { url, type = RepositoryType.GIT, enableOCI = false, insecureOCIForceHttp, proxy } = props;
  refuseUserInfo(path, 'repository', 'url', url);
  refuseUserInfo(path, 'repository', 'proxy', proxy);
  if (enableOCI && type !== RepositoryType.HELM) {
    throw refuse('enableOCI', type, 'is for Helm alone');
  }
  const isOci = type === RepositoryType.OCI || enableOCI;
  if (insecureOCIForceHttp !== undefined && !isOci) {
    throw refuse('insecureOCIForceHttp', type, 'is for OCI alone');
  }
  const fits: Record<RepositoryType, boolean> = {
    [RepositoryType.GIT]: isHttp(url) || /^ssh:\/\/[^\s/]+\/\S+$/.test(url) || /^[\w.-]+@[\w.-]+:[\w./~-]+$/.test(url),
    [RepositoryType.HELM]: enableOCI ? /^[\w.-]+(:\d+)?(\/[\w./-]+)?$/.test(url) : isHttp(url),
    [RepositoryType.OCI]: /^oci:\/\/[\w.-]+(:\d+)?(\/[\w./-]+)?$/.test(url),
  };
  if (!fits[type]) {
    throw refuse('url', url, `is no URL of ${enableOCI ? 'Helm charts in a registry, which has no scheme' : type}`);
  }
  if (proxy !== undefined && !/^(https?|socks5):\/\/[^\s/]+/.test(proxy)) {
    throw refuse('proxy', proxy, 'is no http, https or socks5 URL');
  }
}
