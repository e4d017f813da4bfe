import { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { at, metadata, namespace, objectName } from './fields';
import { SourceReference } from './references';
import { referenceOf } from './source-checks';
import { registerForTree } from './tree-check';
import { plain, struct, text } from '../../../core/shape';

/** The object that an ExternalArtifact is made by. */
export interface ExternalSource {
  /**
   * Its API version.
   *
   * @default - not said
   */
  readonly apiVersion?: string;

  /** Its kind. */
  readonly kind: string;

  /** Its name. */
  readonly name: string;

  /**
   * Its namespace.
   *
   * @default - that of the ExternalArtifact
   */
  readonly namespace?: string;
}

/** Properties of an `ExternalArtifact`. */
export interface ExternalArtifactProps {
  /**
   * Name, namespace, labels and annotations.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /** The object whose controller makes the artifact. */
  readonly sourceRef: ExternalSource;
}

/** A Flux `ExternalArtifact` (source.toolkit.fluxcd.io/v1), in any cdk8s chart: what another controller gives to Flux. */
export class ExternalArtifact extends ApiObject {
  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the artifact. Throws FW550 to FW552
   */
  public constructor(scope: Construct, id: string, props: ExternalArtifactProps) {
    SHAPE(at(`${scope.node.path}/${id}`, 'ExternalArtifact'), props ?? {});
    super(scope, id, {
      apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'ExternalArtifact', metadata: { ...props.metadata }, spec: plain({ sourceRef: props.sourceRef }),
    });
    registerForTree(this, {});
  }

  /** What a Kustomization or a HelmRelease names it by. */
  public get reference(): SourceReference {
    return referenceOf(this, SourceReference.externalArtifact);
  }
}

const SHAPE = struct({
  metadata, sourceRef: struct({ apiVersion: text, kind: text, name: objectName, namespace }, ['kind', 'name']),
}, ['sourceRef']);
