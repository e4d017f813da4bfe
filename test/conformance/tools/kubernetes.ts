import { ask } from './checker';
import type { Tool } from './tool';
import { goBuild, goVersionOf, type GoModule } from '../workshop';

/** The API server's own decoding, defaulting, validation and Pod Security admission, of one release. */
function kubernetes(minor: string, module: Partial<GoModule>): Tool {
  const name = `kubernetes-${minor}`;
  let program: string;
  return {
    name,
    version: goVersionOf('k8s.io/kubernetes', 'kubernetes', module.modfile),
    install: () => { program = goBuild({ name, folder: 'kubernetes', ...module }); },
    check: (tree) => ask([program], tree, (documents) => documents),
  };
}

export const oldestKubernetes = kubernetes('1.28', { modfile: 'v1.28.mod', tags: 'v1.28' });
export const newestKubernetes = kubernetes('1.37', {});
