import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { hasteWarnings } from './applied';
import { accessFrom, at, bounded, named, pattern } from './fields';
import * as messages from './messages';
import type { AccessFrom } from './references';
import { FETCHED, namespaceIn, SOURCE, transportWarnings, warn } from './source-checks';
import { CloudProvider, SourceProps } from './source-props';
import { registerForTree } from './tree-check';
import { flag, listOf, oneOf, plain, struct } from '../../../core/shape';

/** Properties of an `ImageRepository`. */
export interface ImageRepositoryProps extends SourceProps {
  /** The image without a scheme, a tag and a digest: `ghcr.io/acme/web`. */
  readonly image: string;

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
   * The Secret with the address of a proxy.
   *
   * @default - none
   */
  readonly proxySecretRef?: string;

  /**
   * How long it may take to list the tags. Without hours: `60s`, `2m`. FW554 warns below 1s.
   *
   * @default - `interval`
   */
  readonly timeout?: string;

  /**
   * Tags that are left out, as regular expressions of Go; at most 25.
   *
   * @default - `^.*\.sig$`, the signatures of Cosign
   */
  readonly exclusionList?: string[];

  /**
   * Who may refer to it from another namespace.
   *
   * @default - as the controllers are configured
   */
  readonly accessFrom?: AccessFrom;

  /**
   * Whether the registry is asked over plain HTTP. FW559 warns of it.
   *
   * @default false
   */
  readonly insecure?: boolean;
}

/** A Flux `ImageRepository` (image.toolkit.fluxcd.io/v1), in any cdk8s chart: an image whose tags are listed. Fields that have no property here are set with `addJsonPatch`. */
export class ImageRepository extends ApiObject {
  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the image. Throws FW550 to FW553, FW561 and FW576; warns FW554 and FW559
   */
  public constructor(scope: Construct, id: string, props: ImageRepositoryProps) {
    const path = `${scope.node.path}/${id}`;
    SHAPE(at(path, 'ImageRepository'), props ?? {});
    checkImage(path, props.image);
    const { metadata, secretRef, certSecretRef, proxySecretRef, ...rest } = props;
    super(scope, id, {
      apiVersion: 'image.toolkit.fluxcd.io/v1',
      kind: 'ImageRepository',
      metadata: { ...metadata },
      spec: plain({
        ...rest, interval: rest.interval ?? '1m', secretRef: named(secretRef), certSecretRef: named(certSecretRef), proxySecretRef: named(proxySecretRef),
      }),
    });
    warn(this, where => [
      ...hasteWarnings(where, 'ImageRepository', 'timeout', props.timeout, '1s', 'is raised to one second'),
      ...transportWarnings(where, 'ImageRepository', 'image', undefined, props.insecure),
    ]);
    registerForTree(this, {});
  }

  /** What an ImagePolicy names it by. */
  public get reference(): ImageRepositoryReference {
    return { name: this.name, namespace: namespaceIn(this) };
  }
}

/** The ImageRepository whose tags a policy chooses from. */
export interface ImageRepositoryReference {
  /** Its name. */
  readonly name: string;

  /**
   * Its namespace.
   *
   * @default - that of the ImagePolicy
   */
  readonly namespace?: string;
}

const SHAPE = struct({
  ...SOURCE, ...FETCHED, image: bounded(2048), provider: oneOf(CloudProvider), exclusionList: listOf(pattern, 0, 25), accessFrom, insecure: flag,
}, ['image']);

/** What github.com/google/go-containerregistry and ParseImageReference take for the name of an image. */
const IMAGE = /^([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]+)?\/)?[a-z0-9]+([._/-]+[a-z0-9]+)*$/;

function checkImage(path: string, image: string): void {
  const refuse = (fault: string) => messages.invalidUrl.error(path, { kind: 'ImageRepository', field: 'image', value: image, fault });
  if (image.includes('://')) {
    throw refuse('has a scheme');
  }
  const last = image.slice(image.lastIndexOf('/') + 1);
  if (/[:@]/.test(last)) {
    throw refuse('has a tag or a digest');
  }
  if (!IMAGE.test(image)) {
    throw refuse('is no name of an image');
  }
}
