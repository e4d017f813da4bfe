import { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import * as messages from './messages';
import { register } from './register';
import { clusterMetadata, namespaceName } from '../../../core/object-shape';
import { struct } from '../../../core/shape';
import { dropNamespace } from '../../objects';

/** Properties of a `Project`. */
export interface ProjectProps {
  /** The name. It is that of the namespace too, which Kargo makes. */
  readonly name: string;

  /**
   * Labels and annotations.
   *
   * @default - none
   */
  readonly metadata?: ApiObjectMetadata;
}

/**
 * A Kargo `Project` (kargo.akuity.io/v1alpha1), in any cdk8s chart: what belongs together, in a namespace with its name.
 *
 * Kargo makes the namespace. Whoever declares it too must give it the label `kargo.akuity.io/project: "true"`.
 */
export class Project extends ApiObject {
  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the Project. Throws FW920 to FW922
   */
  public constructor(scope: Construct, id: string, props: ProjectProps) {
    const at = { path: `${scope.node.path}/${id}`, kind: 'Project', field: '', messages };
    struct({ name: namespaceName, metadata: clusterMetadata }, ['name'])(at, props ?? {});
    super(scope, id, { apiVersion: 'kargo.akuity.io/v1alpha1', kind: 'Project', metadata: { ...props.metadata, name: props.name } });
    dropNamespace(this);
    register(this);
  }
}
