import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { at, named, objectName, url } from './fields';
import type { OciReference } from './git-reference';
import * as messages from './messages';
import { ociReference } from './reference-checks';
import { SourceReference } from './references';
import { checkVerification, FETCHED, referenceOf, SOURCE, transportWarnings, verification, verificationWarnings, verifyJson, warn } from './source-checks';
import { CloudProvider, OciVerification, FetchedSourceProps, VerificationProvider } from './source-props';
import { registerForTree } from './tree-check';
import { flag, oneOf, plain, struct, text } from '../../../core/shape';

/** What is done with a layer. */
export enum LayerOperation {
  /** Its files are taken out of the archive. */
  EXTRACT = 'extract',
  /** The archive is kept as it is: for Helm charts. */
  COPY = 'copy',
}

/** Which layer of an artifact is taken. */
export interface LayerSelector {
  /**
   * The media type of the layer: `application/vnd.cncf.helm.chart.content.v1.tar+gzip` for a Helm chart.
   *
   * @default - the first layer
   */
  readonly mediaType?: string;

  /**
   * What is done with it.
   *
   * @default LayerOperation.EXTRACT
   */
  readonly operation?: LayerOperation;
}

/** Properties of an `OCIRepository`. */
export interface OCIRepositoryProps extends FetchedSourceProps {
  /** `oci://registry/repository`, without a tag and without credentials. */
  readonly url: string;

  /**
   * What is pulled.
   *
   * @default - the tag latest, which FW556 warns of
   */
  readonly ref?: OciReference;

  /**
   * Which layer is taken.
   *
   * @default - the first, extracted
   */
  readonly layerSelector?: LayerSelector;

  /**
   * How Flux proves who it is.
   *
   * @default CloudProvider.GENERIC
   */
  readonly provider?: CloudProvider;

  /**
   * The Secret with credentials, of the type `kubernetes.io/dockerconfigjson`.
   *
   * @default - none
   */
  readonly secretRef?: string;

  /**
   * The service account with pull secrets, or with the identity that is used.
   *
   * @default - none
   */
  readonly serviceAccountName?: string;

  /**
   * The Secret with certificates.
   *
   * @default - those of the system
   */
  readonly certSecretRef?: string;

  /**
   * The signature that is demanded.
   *
   * @default - none
   */
  readonly verify?: OciVerification;

  /**
   * Whether the registry is asked over plain HTTP. FW559 warns of it.
   *
   * @default false
   */
  readonly insecure?: boolean;
}

/** A Flux `OCIRepository` (source.toolkit.fluxcd.io/v1), in any cdk8s chart. Fields that have no property here are set with `addJsonPatch`. */
export class OCIRepository extends ApiObject {
  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the repository. Throws FW550 to FW553, FW557, FW558, FW560 to FW563 and FW576; warns FW556, FW559 and FW569
   */
  public constructor(scope: Construct, id: string, props: OCIRepositoryProps) {
    checkOciRepository(`${scope.node.path}/${id}`, props ?? {});
    const { metadata, secretRef, certSecretRef, proxySecretRef, verify, ...rest } = props;
    super(scope, id, {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'OCIRepository',
      metadata: { ...metadata },
      spec: plain({
        ...rest,
        interval: rest.interval ?? '1m',
        secretRef: named(secretRef),
        certSecretRef: named(certSecretRef),
        proxySecretRef: named(proxySecretRef),
        verify: verifyJson(verify),
      }),
    });
    const moving = props.ref === undefined || props.ref._pulled.tag === 'latest';
    warn(this, path => [
      ...(moving ? [messages.movingReference.at(path, { kind: 'OCIRepository', what: props.ref ? 'the tag latest' : 'the tag latest, as it has no ref' })] : []),
      ...transportWarnings(path, 'OCIRepository', 'url', props.url, props.insecure),
      ...verificationWarnings(path, 'OCIRepository', verify),
    ]);
    registerForTree(this, {});
  }

  /** What a Kustomization or a HelmRelease names it by. */
  public get reference(): SourceReference {
    return referenceOf(this, SourceReference.ociRepository);
  }
}

const SHAPE = struct({
  ...SOURCE,
  ...FETCHED,
  url: url(['oci']),
  ref: ociReference,
  layerSelector: struct({ mediaType: text, operation: oneOf(LayerOperation) }),
  provider: oneOf(CloudProvider),
  verify: verification({ trustedRootSecretRef: objectName }),
  ignore: text,
  insecure: flag,
}, ['url']);

function checkOciRepository(path: string, props: Partial<OCIRepositoryProps>): void {
  const kind = 'OCIRepository';
  SHAPE(at(path, kind), props);
  if (/[:@][^/]*$/.test(props.url!.replace(/^oci:\/\/[^/]*/, ''))) {
    throw messages.invalidUrl.error(path, { kind, field: 'url', value: props.url, fault: 'has a tag or a digest, which stands in ref' });
  }
  if (props.verify !== undefined) {
    checkVerification(path, kind, props.verify);
    if (props.verify.trustedRootSecretRef !== undefined && props.verify.provider === VerificationProvider.NOTATION) {
      throw messages.idleField.error(path, { kind, field: 'verify.trustedRootSecretRef', fault: 'is read by cosign only' });
    }
  }
  if (props.provider !== undefined && props.provider !== CloudProvider.GENERIC && props.secretRef !== undefined) {
    // An identity is asked for only where no Secret gives credentials (source-controller ocirepository_controller.go).
    throw messages.idleField.error(path, { kind, field: 'provider', fault: 'is not read beside a secretRef' });
  }
}
