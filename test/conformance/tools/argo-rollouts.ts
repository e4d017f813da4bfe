import { ask } from './checker';
import type { Tool } from './tool';
import { goBuild, goVersionOf } from '../workshop';

export const ARGO_ROLLOUTS = { module: 'github.com/argoproj/argo-rollouts', folder: 'rollouts' };

let program: string;

/** Argo Rollouts' own types and validation, its expression engine, and Prometheus' parser for the queries. */
export const argoRollouts: Tool = {
  name: 'argo-rollouts',
  version: goVersionOf(ARGO_ROLLOUTS.module, ARGO_ROLLOUTS.folder),
  install: () => { program = goBuild({ name: 'argo-rollouts', folder: ARGO_ROLLOUTS.folder }); },
  check: (tree) => ask([program], tree, (documents) => documents),
};
