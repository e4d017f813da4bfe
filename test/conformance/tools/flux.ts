import { ask } from './checker';
import type { Tool } from './tool';
import { goBuild, goVersionOf } from '../workshop';

const MODULE = 'github.com/fluxcd/kustomize-controller/api';
const FOLDER = 'flux';

let program: string;

/** Flux's own types, its expression engine and kustomize, and the parsers that its controllers read ranges, patterns and images with. */
export const flux: Tool = {
  name: 'flux',
  version: `kustomize-controller ${goVersionOf(MODULE, FOLDER)}`,
  install: () => { program = goBuild({ name: 'flux', folder: FOLDER }); },
  check: (tree) => ask([program], tree, (documents) => documents),
};
