import { fieldOf } from './areas';
import type { Names } from './names';
import { kindOf, ObjectPair } from './objects';
import type { Change } from './structure';

/** What is known around a change. */
export interface Surroundings {
  readonly names: Names;
  /** Whether the clusters of the environments run different versions of Kubernetes. */
  readonly areOtherVersions: boolean;
  /** Whether another kind of object runs the pods. */
  readonly isOtherController: boolean;
  /** Whether the object has another image. */
  readonly isOtherImage: boolean;
}

/** Fields whose text is never just a name: another image is another program, and another folder of the host another risk. */
const NO_NAMES = /^pod\.\w*[cC]ontainers\.image$|\.hostPath(\.path)?$/;

/** Why a difference is one that follows from being another environment, or from another difference; nothing when it is one to look at. */
export function expectedBecause(pair: ObjectPair, change: Change, around: Surroundings): string | undefined {
  const field = fieldOf(change);
  const kind = kindOf((pair.after ?? pair.before)!);
  if (change.kind === 'changed' && typeof change.before === 'string' && typeof change.after === 'string'
    && !NO_NAMES.test(field) && around.names.follows(change.before, change.after)) {
    return 'name of the environment';
  }
  if (/(^|\.)pod-security\.kubernetes\.io\/\w+-version$/.test(field) || (around.areOtherVersions && /\.lifecycle\.preStop(\.|$)/.test(field))) {
    return 'version of Kubernetes';
  }
  if (kind === 'PriorityClass' && field === 'value' && change.kind === 'changed') {
    return 'place on the road';
  }
  if (around.isOtherImage && /labels\.app\.kubernetes\.io\/version$/.test(field)) {
    return 'version of the image';
  }
  if (around.isOtherController && (/^spec\.(scaleTargetRef|targetRef)\.(kind|apiVersion)$/.test(field) || isHashLabel(field, change))) {
    return 'kind of the workload';
  }
  return undefined;
}

/** A Deployment and a Rollout tell the pods of their versions apart by a label each: `DefaultRolloutUniqueLabelKey` of Argo Rollouts. */
function isHashLabel(field: string, { before, after }: Change): boolean {
  const labels: unknown[] = ['pod-template-hash', 'rollouts-pod-template-hash'];
  return /\.matchLabelKeys$/.test(field) && labels.includes(before ?? after);
}
