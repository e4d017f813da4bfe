import { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { register } from './register';
import type { Repository, Scm } from './scm';
import { checkProvider, checkRepository } from './scm-validation';
import { plain } from '../../../core/shape';
import { dropNamespace } from '../../objects';

/** Properties of a `ScmProvider` and a `ClusterScmProvider`. */
export interface ScmProviderProps {
  /**
   * Name, labels and annotations, and of a ScmProvider the namespace.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /** Who hosts the repositories. */
  readonly scm: Scm;

  /** The name of the Secret with the credentials: beside the ScmProvider, or of a ClusterScmProvider in the namespace of the controller. */
  readonly secretRef: string;
}

/** A GitOps Promoter `ScmProvider` (promoter.argoproj.io/v1alpha1), in any cdk8s chart: the host of the repositories of a namespace. */
export class ScmProvider extends ApiObject {
  /** @internal */
  public readonly _host: string;

  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the provider. Throws FW940 to FW942
   */
  public constructor(scope: Construct, id: string, props: ScmProviderProps) {
    checkProvider(`${scope.node.path}/${id}`, 'ScmProvider', props ?? {});
    super(scope, id, { apiVersion: 'promoter.argoproj.io/v1alpha1', kind: 'ScmProvider', metadata: { ...props.metadata }, spec: providerSpec(props) });
    this._host = props.scm._scm;
  }
}

/** A GitOps Promoter `ClusterScmProvider` (promoter.argoproj.io/v1alpha1), in any cdk8s chart: the host of the repositories of all namespaces. */
export class ClusterScmProvider extends ApiObject {
  /** @internal */
  public readonly _host: string;

  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the provider. Throws FW940 to FW942
   */
  public constructor(scope: Construct, id: string, props: ScmProviderProps) {
    checkProvider(`${scope.node.path}/${id}`, 'ClusterScmProvider', props ?? {});
    super(scope, id, { apiVersion: 'promoter.argoproj.io/v1alpha1', kind: 'ClusterScmProvider', metadata: { ...props.metadata }, spec: providerSpec(props) });
    dropNamespace(this);
    this._host = props.scm._scm;
  }
}

function providerSpec({ scm, secretRef }: ScmProviderProps): any {
  return { ...plain(scm), secretRef: { name: secretRef } };
}

/** The kind of a provider. */
export enum ScmProviderKind {
  /** Beside the repository. */
  SCM_PROVIDER = 'ScmProvider',
  /** For all namespaces. */
  CLUSTER_SCM_PROVIDER = 'ClusterScmProvider',
}

/** A provider. */
export interface ScmProviderReference {
  /** Its name. */
  readonly name: string;

  /**
   * Its kind. It is always written.
   *
   * @default ScmProviderKind.SCM_PROVIDER
   */
  readonly kind?: ScmProviderKind;
}

/** Properties of a `GitRepository`. */
export interface GitRepositoryProps {
  /**
   * Name, namespace, labels and annotations.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /** The repository, as its host knows it. */
  readonly repository: Repository;

  /** The provider, which must be of the same host. */
  readonly scmProviderRef: ScmProviderReference;
}

/** A GitOps Promoter `GitRepository` (promoter.argoproj.io/v1alpha1), in any cdk8s chart: the repository that is promoted in. */
export class GitRepository extends ApiObject {
  /** @internal */
  public readonly _props: GitRepositoryProps;

  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the repository. Throws FW940 to FW942; warns FW955 of a provider that is not there
   */
  public constructor(scope: Construct, id: string, props: GitRepositoryProps) {
    checkRepository(`${scope.node.path}/${id}`, props ?? {});
    const { metadata, repository, scmProviderRef: { name, kind = ScmProviderKind.SCM_PROVIDER } } = props;
    super(scope, id, {
      apiVersion: 'promoter.argoproj.io/v1alpha1',
      kind: 'GitRepository',
      metadata: { ...metadata },
      spec: { ...plain(repository), scmProviderRef: { kind, name } },
    });
    this._props = { repository, scmProviderRef: { kind, name } };
    register(this);
  }
}
