import { treeCheck } from '../../../core/diagnostics/tree-check';

/** Looks at all objects of Tekton in a tree together; what does is loaded when something is checked. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
export const register = treeCheck(root => (require('./tree') as typeof import('./tree')).checkTree(root));
