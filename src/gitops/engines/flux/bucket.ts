import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { at, bounded, named, objectName, url } from './fields';
import * as messages from './messages';
import { SourceReference } from './references';
import { FETCHED, referenceOf, SOURCE, transportWarnings, warn } from './source-checks';
import { CloudProvider, FetchedSourceProps } from './source-props';
import { registerForTree } from './tree-check';
import { flag, oneOf, plain, struct, text } from '../../../core/shape';

/** What gives out credentials for a time. */
export enum StsProvider {
  /** AWS, for the provider AWS. */
  AWS = 'aws',
  /** LDAP, for the provider GENERIC. */
  LDAP = 'ldap',
}

/** Where credentials for a time come from. */
export interface BucketSts {
  /** What gives them out. */
  readonly provider: StsProvider;

  /** The URL that gives them out. */
  readonly endpoint: string;

  /**
   * The Secret with a user and a password, for LDAP.
   *
   * @default - none
   */
  readonly secretRef?: string;

  /**
   * The Secret with certificates, for LDAP.
   *
   * @default - those of the system
   */
  readonly certSecretRef?: string;
}

/** Properties of a `Bucket`. */
export interface BucketProps extends FetchedSourceProps {
  /** The name of the bucket. */
  readonly bucketName: string;

  /** The host of the object storage, without a scheme: `s3.amazonaws.com`, `minio.storage:9000`. For Azure, a URL. */
  readonly endpoint: string;

  /**
   * Whose object storage it is.
   *
   * @default CloudProvider.GENERIC
   */
  readonly provider?: CloudProvider;

  /**
   * Where credentials for a time come from.
   *
   * @default - none
   */
  readonly sts?: BucketSts;

  /**
   * The region.
   *
   * @default - that of the endpoint
   */
  readonly region?: string;

  /**
   * What the names of objects begin with.
   *
   * @default - all objects
   */
  readonly prefix?: string;

  /**
   * The Secret with credentials.
   *
   * @default - none
   */
  readonly secretRef?: string;

  /**
   * The service account whose identity is used; not with the provider GENERIC, nor with `secretRef`.
   *
   * @default - that of the controller
   */
  readonly serviceAccountName?: string;

  /**
   * The Secret with certificates, for the provider GENERIC.
   *
   * @default - those of the system
   */
  readonly certSecretRef?: string;

  /**
   * Whether the endpoint is asked over plain HTTP. FW559 warns of it.
   *
   * @default false
   */
  readonly insecure?: boolean;
}

/** A Flux `Bucket` (source.toolkit.fluxcd.io/v1), in any cdk8s chart. Fields that have no property here are set with `addJsonPatch`. */
export class Bucket extends ApiObject {
  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the bucket. Throws FW550 to FW553 and FW560 to FW563; warns FW559
   */
  public constructor(scope: Construct, id: string, props: BucketProps) {
    checkBucket(`${scope.node.path}/${id}`, props ?? {});
    const { metadata, secretRef, certSecretRef, proxySecretRef, sts, ...rest } = props;
    super(scope, id, {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'Bucket',
      metadata: { ...metadata },
      spec: plain({
        ...rest,
        interval: rest.interval ?? '1m',
        secretRef: named(secretRef),
        certSecretRef: named(certSecretRef),
        proxySecretRef: named(proxySecretRef),
        sts: sts && { ...sts, secretRef: named(sts.secretRef), certSecretRef: named(sts.certSecretRef) },
      }),
    });
    warn(this, path => [
      ...transportWarnings(path, 'Bucket', 'endpoint', props.endpoint, props.insecure),
      ...transportWarnings(path, 'Bucket', 'sts.endpoint', sts?.endpoint),
    ]);
    registerForTree(this, {});
  }

  /** What a Kustomization or a HelmChart names it by. */
  public get reference(): SourceReference {
    return referenceOf(this, SourceReference.bucket);
  }
}

const SHAPE = struct({
  ...SOURCE,
  ...FETCHED,
  bucketName: bounded(222, /^[^\s\p{C}/]+$/u),
  endpoint: bounded(2048, /^[^\s\p{C}]+$/u),
  provider: oneOf(CloudProvider),
  sts: struct({ provider: oneOf(StsProvider), endpoint: url(['https', 'http']), secretRef: objectName, certSecretRef: objectName }, ['provider', 'endpoint']),
  region: text,
  prefix: text,
  ignore: text,
  insecure: flag,
}, ['bucketName', 'endpoint']);

/** The provider of tokens that each provider of buckets has (rules of the definition of Bucket). */
const STS: Record<string, StsProvider | undefined> = { aws: StsProvider.AWS, generic: StsProvider.LDAP };

function checkBucket(path: string, props: Partial<BucketProps>): void {
  const kind = 'Bucket';
  SHAPE(at(path, kind), props);
  const { provider = CloudProvider.GENERIC, sts, endpoint } = props;
  const refuse = (field: string, fault: string) => messages.refusedTogether.error(path, { kind, field, fault });
  if (endpoint!.includes('@')) {
    throw messages.credentialsInUrl.error(path, { kind, field: 'endpoint' });
  }
  if ((provider === CloudProvider.GENERIC || provider === CloudProvider.AWS) && endpoint!.includes('://')) {
    throw messages.invalidUrl.error(path, { kind, field: 'endpoint', value: endpoint, fault: 'has a scheme, and is to be a host' });
  }
  if (props.serviceAccountName !== undefined && provider === CloudProvider.GENERIC) {
    throw refuse('serviceAccountName', 'is not for the provider generic');
  }
  if (props.serviceAccountName !== undefined && props.secretRef !== undefined) {
    throw refuse('serviceAccountName', 'stands beside a secretRef');
  }
  if (props.certSecretRef !== undefined && provider !== CloudProvider.GENERIC) {
    throw messages.idleField.error(path, { kind, field: 'certSecretRef', fault: 'is read for the provider generic only' });
  }
  if (sts === undefined) {
    return;
  }
  if (sts.provider !== STS[provider]) {
    throw refuse('sts', STS[provider] === undefined ? `is not for the provider ${provider}` : `is of ${sts.provider}, and the provider ${provider} has ${STS[provider]}`);
  }
  if (sts.provider === StsProvider.AWS && (sts.secretRef ?? sts.certSecretRef) !== undefined) {
    throw refuse(sts.secretRef === undefined ? 'sts.certSecretRef' : 'sts.secretRef', 'is not for aws');
  }
}
