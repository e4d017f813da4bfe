import { ask } from './checker';
import type { Tool } from './tool';
import { goBuild, goVersionOf } from '../workshop';

export const FLAGGER = { module: 'github.com/fluxcd/flagger', folder: 'flagger' };

let program: string;

/** Flagger's own types, checks and query templates, and its controller in a cluster that is only in memory. */
export const flagger: Tool = {
  name: 'flagger',
  version: goVersionOf(FLAGGER.module, FLAGGER.folder),
  install: () => { program = goBuild({ name: 'flagger', folder: FLAGGER.folder }); },
  check: (tree) => ask([program], tree, (documents) => documents),
};
