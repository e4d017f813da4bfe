import { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { ClusterAccess } from './cluster-access';
import * as own from './messages';
import { refuseCredentials, refuseUserInfo, secretOf } from './secrets';
import { at, metadata, texts } from './shapes';
import { Diagnostics } from '../../../core/diagnostics/diagnostics';
import { anything, flag, isHttp, struct, text, whole } from '../../../core/shape';
import { LOCAL_SERVER } from '../../../environments/cluster';

/** Properties of a `ClusterSecret`. */
export interface ClusterSecretProps {
  /**
   * Name, namespace, labels and annotations. Generators of ApplicationSets select by the labels.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /** The name of the cluster in Argo CD. */
  readonly name: string;

  /**
   * The URL of its API server.
   *
   * @default - the cluster that Argo CD runs in
   */
  readonly server?: string;

  /**
   * How Argo CD gets in. The cluster that it runs in needs none, every other one does, else FW541 is thrown.
   *
   * @default - none
   */
  readonly access?: ClusterAccess;

  /**
   * The certificates of the authorities of the API server, as PEM.
   *
   * @default - those that the containers of Argo CD know
   */
  readonly caData?: string;

  /**
   * The name in the certificate of the API server, where it is another than that in the URL.
   *
   * @default - that in the URL
   */
  readonly serverName?: string;

  /**
   * Do not verify the certificate. Warned of by FW543.
   *
   * @default false
   */
  readonly insecure?: boolean;

  /**
   * The URL of a proxy, without a password.
   *
   * @default - none
   */
  readonly proxyUrl?: string;

  /**
   * Do not compress answers.
   *
   * @default false
   */
  readonly disableCompression?: boolean;

  /**
   * The namespaces that Argo CD may look at.
   *
   * @default - all
   */
  readonly namespaces?: string[];

  /**
   * With `namespaces`: whether it also looks at cluster-wide resources.
   *
   * @default false
   */
  readonly clusterResources?: boolean;

  /**
   * The project that alone may use it.
   *
   * @default - any
   */
  readonly project?: string;

  /**
   * The shard of the controller that looks after it, from 0.
   *
   * @default - as Argo CD distributes them
   */
  readonly shard?: number;
}

const CREDENTIALS = ['username', 'password', 'bearerToken', 'certData', 'keyData', 'tlsClientConfig', 'config'];

const CLUSTER = struct({
  metadata,
  name: text,
  server: text,
  access: anything,
  caData: text,
  serverName: text,
  insecure: flag,
  proxyUrl: text,
  disableCompression: flag,
  namespaces: texts,
  clusterResources: flag,
  project: text,
  shard: whole(0),
}, ['name']);

/** A Secret by which Argo CD knows a cluster, without a credential in it: for workload identities, and for the labels of the cluster that it runs in. */
export class ClusterSecret extends ApiObject {
  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the cluster. Throws FW540 for credentials, FW541 for what Argo CD could not reach; warns FW543 without verification
   */
  public constructor(scope: Construct, id: string, props: ClusterSecretProps) {
    checkCluster(`${scope.node.path}/${id}`, props ?? {});
    const { name, server = LOCAL_SERVER, project, namespaces, clusterResources, shard, insecure = false } = props;
    super(scope, id, secretOf('cluster', props.metadata, {
      name,
      server,
      config: configOf(props),
      namespaces: namespaces?.join(','),
      clusterResources: clusterResources === undefined ? undefined : String(clusterResources),
      project,
      shard: shard === undefined ? undefined : String(shard),
    }));
    if (insecure) {
      Diagnostics.of(this).addCheck({ check: () => [own.notVerified.at(this, { what: `API server of the cluster ${name}` })] });
    }
  }
}

function configOf({ access, caData, serverName, insecure = false, proxyUrl, disableCompression }: ClusterSecretProps): string {
  return JSON.stringify({
    ...access?._toJson(),
    ...(disableCompression === undefined ? {} : { disableCompression }),
    ...(proxyUrl === undefined ? {} : { proxyUrl }),
    tlsClientConfig: {
      insecure,
      ...(serverName === undefined ? {} : { serverName }),
      ...(caData === undefined ? {} : { caData: Buffer.from(caData, 'utf8').toString('base64') }),
    },
  }, null, 2);
}

function checkCluster(path: string, props: Partial<ClusterSecretProps>): void {
  refuseCredentials(path, 'cluster', props, CREDENTIALS);
  CLUSTER(at(path, 'cluster'), props);
  refuseUserInfo(path, 'cluster', 'proxyUrl', props.proxyUrl);
  refuseUserInfo(path, 'cluster', 'server', props.server);
  const refuse = (field: string, value: unknown, fault: string) => own.invalidCluster.error(path, { field, value, fault });
  const { server = LOCAL_SERVER, access, caData, insecure, namespaces = [], clusterResources } = props;
  if (!isHttp(server) || !server.startsWith('https://') || /[?#]/.test(server)) {
    throw refuse('server', server, 'is no https URL');
  }
  if (access !== undefined && !(access instanceof ClusterAccess)) {
    throw refuse('access', access, 'is no ClusterAccess');
  }
  const isLocal = server.replace(/\/+$/, '') === LOCAL_SERVER;
  if (isLocal && access !== undefined) {
    throw refuse('access', server, 'is not asked for: Argo CD runs in that cluster');
  }
  if (!isLocal && access === undefined) {
    throw refuse('access', server, 'is missing: there is no way in');
  }
  if (caData !== undefined && /PRIVATE KEY/.test(caData)) {
    throw own.secretInRepository.error(path, { kind: 'cluster', field: 'caData' });
  }
  if (caData !== undefined && !/^-----BEGIN CERTIFICATE-----\s/m.test(caData)) {
    throw refuse('caData', caData, 'is no certificate as PEM');
  }
  if (caData !== undefined && insecure) {
    throw refuse('caData', 'insecure', 'is of no use without verification, and refused (client-go rest.TLSConfigFor)');
  }
  if (props.proxyUrl !== undefined && !/^(https?|socks5):\/\/[^\s/]+/.test(props.proxyUrl)) {
    throw refuse('proxyUrl', props.proxyUrl, 'is no http, https or socks5 URL');
  }
  if (clusterResources !== undefined && namespaces.length === 0) {
    throw refuse('clusterResources', clusterResources, 'means nothing without namespaces');
  }
  if (namespaces.some(namespace => /[,\s]/.test(namespace))) {
    throw refuse('namespaces', namespaces, 'has a name with a comma or a blank');
  }
}
