import { ApiObject } from 'cdk8s';
import { RolloutSpecJson } from './json-types';
import { namespaceOf, Tree } from './tree';
import { dig } from './values';

/** A Rollout and what stands around it. */
export interface Surroundings {
  readonly rollout: ApiObject;
  readonly spec: RolloutSpecJson;
  /** The pod template: its own, or that of the workload that it refers to. */
  readonly template: unknown;
  /** The labels of the pods, if they are known. */
  readonly labels?: Record<string, string>;
  readonly tree: Tree;
  readonly namespace: string;
}

export function surroundings(rollout: ApiObject, spec: RolloutSpecJson, tree: Tree): Surroundings {
  const { workloadRef } = spec;
  const [group, version] = (workloadRef?.apiVersion ?? '').split('/');
  const workload = workloadRef && tree.find(rollout, version ? group : 'core', workloadRef.kind, workloadRef.name);
  const template = spec.template ?? dig(workload?.json, 'spec', 'template');
  return { rollout, spec, template, labels: dig(template, 'metadata', 'labels'), tree, namespace: namespaceOf(rollout) };
}
