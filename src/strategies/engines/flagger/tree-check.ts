import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Canary } from './canary';
import type { CanaryProps } from './canary-props';
import { treeCheck } from '../../../core/diagnostics/tree-check';
import { OwnedFields, OwnedFieldsProps } from '../../../core/owned-fields';

// What does is loaded when something is checked: a program that only declares needs none of it.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const checkOnce = treeCheck(root => (require('./tree') as typeof import('./tree')).checkTree(root));

/** Looks at all Canaries of a tree together, once: they are found in one walk, however many there are. */
export function registerForTree(canary: Canary): void {
  OwnedFields.of(canary)._claim(object => ownedOf(canary._props, object));
  checkOnce(canary);
}

/** What Flagger writes into the target of a Canary, and into its ScaledObject. */
function ownedOf({ targetRef, autoscalerRef }: CanaryProps, object: ApiObject): OwnedFieldsProps | undefined {
  const fields = (jsonPointers: string[], reason: string): OwnedFieldsProps => ({ jsonPointers, owner: 'Flagger', reason });
  if (autoscalerRef?.kind === 'ScaledObject' && object.kind === 'ScaledObject' && object.name === autoscalerRef.name) {
    return fields(['/metadata/annotations/autoscaling.keda.sh~1paused-replicas'], 'the autoscaler of the target rests between releases');
  }
  if (object.kind !== targetRef.kind || object.name !== targetRef.name || object.apiVersion !== targetRef.apiVersion) {
    return undefined;
  }
  switch (object.kind) {
    case 'Deployment': return fields(['/spec/replicas'], 'the target has no pods between releases');
    case 'DaemonSet': return fields(['/spec/template/spec/nodeSelector/flagger.app~1scale-to-zero'], 'the target has no pods between releases');
    case 'Service': return object.apiGroup === 'serving.knative.dev'
      ? fields(['/spec/traffic', '/metadata/annotations/flagger.app~1primary-revision'], 'traffic is shifted between revisions') : undefined;
    default: return undefined;
  }
}

/** The namespace that an object lands in. */
export function namespaceOf(object: ApiObject): string {
  return object.metadata.namespace ?? object.chart.namespace ?? 'default';
}

export function isObject(construct: IConstruct): construct is ApiObject {
  return typeof (construct as Partial<ApiObject>).apiVersion === 'string' && typeof (construct as Partial<ApiObject>).toJson === 'function' && 'chart' in construct;
}
