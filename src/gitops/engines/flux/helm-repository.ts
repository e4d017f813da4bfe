import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { accessFrom, at, named, url } from './fields';
import * as messages from './messages';
import { AccessFrom, SourceReference } from './references';
import { FETCHED, referenceOf, SOURCE, transportWarnings, warn } from './source-checks';
import { CloudProvider, SourceProps } from './source-props';
import { registerForTree } from './tree-check';
import { flag, oneOf, plain, struct } from '../../../core/shape';

/** Properties of a `HelmRepository`. Whether it is one of HTTP or of OCI is told by its `url`. */
export interface HelmRepositoryProps extends SourceProps {
  /** `https://…`, `oci://…`, or `http://…`, which FW559 warns of. Without credentials (FW560). */
  readonly url: string;

  /**
   * The Secret with credentials.
   *
   * @default - none
   */
  readonly secretRef?: string;

  /**
   * The Secret with certificates.
   *
   * @default - those of the system
   */
  readonly certSecretRef?: string;

  /**
   * Whether credentials are sent to other hosts that the index leads to. Only for HTTP, else FW563.
   *
   * @default false
   */
  readonly passCredentials?: boolean;

  /**
   * How Flux proves who it is. Only for OCI, else FW563.
   *
   * @default CloudProvider.GENERIC
   */
  readonly provider?: CloudProvider;

  /**
   * Whether the registry is asked over plain HTTP. Only for OCI, else FW563. FW559 warns of it.
   *
   * @default false
   */
  readonly insecure?: boolean;

  /**
   * How long it may take to fetch the index. Without hours: `60s`, `2m`.
   *
   * @default 60s
   */
  readonly timeout?: string;

  /**
   * Who may refer to it from another namespace.
   *
   * @default - as the controllers are configured
   */
  readonly accessFrom?: AccessFrom;
}

/** A Flux `HelmRepository` (source.toolkit.fluxcd.io/v1), in any cdk8s chart. Fields that have no property here are set with `addJsonPatch`. */
export class HelmRepository extends ApiObject {
  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the repository. Throws FW550 to FW553, FW560, FW561 and FW563; warns FW559. One of OCI has no interval: it is looked at by its charts
   */
  public constructor(scope: Construct, id: string, props: HelmRepositoryProps) {
    checkHelmRepository(`${scope.node.path}/${id}`, props ?? {});
    const { metadata, secretRef, certSecretRef, interval, ...rest } = props;
    const isOci = props.url.startsWith('oci:');
    super(scope, id, {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'HelmRepository',
      metadata: { ...metadata },
      spec: plain({
        ...rest,
        type: isOci ? 'oci' : undefined,
        interval: isOci ? undefined : interval ?? '1m',
        secretRef: named(secretRef),
        certSecretRef: named(certSecretRef),
      }),
    });
    warn(this, path => transportWarnings(path, 'HelmRepository', 'url', props.url, props.insecure));
    registerForTree(this, {});
  }

  /** What a HelmChart or a HelmRelease names it by. */
  public get reference(): SourceReference {
    return referenceOf(this, SourceReference.helmRepository);
  }
}

const { proxySecretRef: _, serviceAccountName: __, ...CREDENTIALS } = FETCHED;

const SHAPE = struct({
  ...SOURCE, ...CREDENTIALS, url: url(['https', 'oci', 'http']), passCredentials: flag, provider: oneOf(CloudProvider), insecure: flag, accessFrom,
}, ['url']);

function checkHelmRepository(path: string, props: Partial<HelmRepositoryProps>): void {
  const kind = 'HelmRepository';
  SHAPE(at(path, kind), props);
  const isOci = props.url!.startsWith('oci:');
  const idle: Array<keyof HelmRepositoryProps> = isOci ? ['interval', 'suspend', 'passCredentials'] : ['provider', 'insecure'];
  for (const field of idle) {
    if (props[field] !== undefined && props[field] !== false && props[field] !== CloudProvider.GENERIC) {
      throw messages.idleField.error(path, { kind, field, fault: `is not read for a repository of ${isOci ? 'OCI' : 'HTTP'}` });
    }
  }
  if (props.provider !== undefined && props.provider !== CloudProvider.GENERIC && props.secretRef !== undefined) {
    // source-controller internal/helm/getter/client_opts.go
    throw messages.idleField.error(path, { kind, field: 'provider', fault: 'is not read beside a secretRef' });
  }
}
