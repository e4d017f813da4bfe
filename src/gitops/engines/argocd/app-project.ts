import type { IAppProject } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/AppProject' with { 'resolution-mode': 'import' };
import { ApiObject, ApiObjectMetadata, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { Destination } from './destination';
import { checkText, checkWave, SYNC_WAVE } from './fields';
import { checkTypes } from './validation';
import { Diagnostics } from '../../../core/diagnostics/diagnostics';
import * as messages from '../../messages';

type Spec = IAppProject['spec'];

/** Kinds of an API group; `*` stands for all. */
export interface GroupKind {
  /** The API group; empty for the core group. */
  readonly group: string;
  /** The kind. */
  readonly kind: string;
}

/** Cluster-wide resources of a kind. */
export interface ClusterResource extends GroupKind {
  /**
   * The name of the resources, as a glob. Argo CD before 3.2 allows all names.
   *
   * @default - all names
   */
  readonly name?: string;
}

/** Properties of an `AppProject`. */
export interface AppProjectProps {
  /**
   * Name, namespace, labels and annotations. A project lives in the namespace of Argo CD.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * What the project is for.
   *
   * @default - none
   */
  readonly description?: string;

  /** The repositories that its Applications may read, as globs. */
  readonly sourceRepos: string[];

  /** The clusters and namespaces that its Applications may change. */
  readonly destinations: Destination[];

  /**
   * The cluster-wide resources that its Applications may change.
   *
   * @default - none
   */
  readonly clusterResourceWhitelist?: ClusterResource[];

  /**
   * The kinds that its Applications may change in namespaces.
   *
   * @default - none: unlike in Argo CD itself, where an absent list allows all
   */
  readonly namespaceResourceWhitelist?: GroupKind[];

  /**
   * The wave in which a parent Application syncs the project.
   *
   * @default 0
   */
  readonly syncWave?: number;
}

/** An Argo CD `AppProject` (argoproj.io/v1alpha1), in any cdk8s chart: what its Applications may read and change. */
export class AppProject extends ApiObject {
  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the project; its lists are read when it is printed. Throws FW512 for an empty list of repositories or
   * destinations; warns FW514 for a bare `*`
   */
  public constructor(scope: Construct, id: string, props: AppProjectProps) {
    checkProject(`${scope.node.path}/${id}`, props ?? {});
    super(scope, id, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: {
        ...props.metadata,
        annotations: {
          ...props.metadata?.annotations,
          ...(props.syncWave === undefined ? {} : { [SYNC_WAVE]: String(props.syncWave) }),
        },
      },
      spec: specOf(props),
    });
    Diagnostics.of(this).addCheck({
      check: () => [
        ...(props.sourceRepos.includes('*') ? ['sourceRepos'] : []),
        ...(props.destinations.some(d => d.namespace === '*' && (d.serverUrl ?? d.clusterName) === '*') ? ['destinations'] : []),
        ...(props.clusterResourceWhitelist?.some(r => r.group === '*' && r.kind === '*' && (r.name ?? '*') === '*') ? ['clusterResourceWhitelist'] : []),
      ].map(field => messages.wideProject.at(this, { field, name: this.name })),
    });
  }
}

function checkProject(path: string, props: Partial<AppProjectProps>): void {
  const { sourceRepos, destinations } = props;
  for (const [field, values] of Object.entries({ sourceRepos, destinations })) {
    if (!Array.isArray(values) || values.length === 0) {
      throw messages.emptyField.error(path, { kind: 'AppProject', field });
    }
  }
  sourceRepos!.forEach(repository => checkText(path, 'AppProject', 'sourceRepos', repository));
  if (destinations!.some(destination => typeof destination?._toJson !== 'function')) {
    throw messages.emptyField.error(path, { kind: 'AppProject', field: 'destinations' });
  }
  for (const field of ['clusterResourceWhitelist', 'namespaceResourceWhitelist'] as const) {
    const items = props[field] ?? [];
    if (!Array.isArray(items) || items.some(item => typeof item?.group !== 'string' || typeof item.kind !== 'string' || item.kind === '')) {
      throw messages.invalidField.error(path, { kind: 'AppProject', field, value: items, fault: 'is no list of groups and kinds' });
    }
  }
  checkTypes(path, 'AppProject', 'string', { description: props.description });
  checkWave(path, props.syncWave);
}

function specOf(props: AppProjectProps): Spec {
  return {
    ...(props.description === undefined ? {} : { description: props.description }),
    sourceRepos: props.sourceRepos,
    destinations: late(() => props.destinations.map(d => d._toJson())),
    clusterResourceWhitelist: late(() => props.clusterResourceWhitelist ?? []),
    namespaceResourceWhitelist: late(() => props.namespaceResourceWhitelist ?? []),
  };
}

/** A list that is read when the project is printed: until then the objects that it speaks of may become more. */
function late<T>(produce: () => T[]): T[] {
  return Lazy.any({ produce }) as unknown as T[];
}
