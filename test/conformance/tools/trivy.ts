import { ask } from './checker';
import type { Tool } from './tool';
import { goBuild, goVersionOf } from '../workshop';

/**
 * The checks that Trivy embeds for Kubernetes.
 *
 * @param registries registries that images may come from; without any, Trivy's own list
 */
export function trivy(registries: string[]): Tool {
  let program: string;
  return {
    name: 'trivy',
    version: goVersionOf('github.com/aquasecurity/trivy', 'trivy'),
    install: () => { program = goBuild({ name: 'trivy', folder: 'trivy', env: { GOEXPERIMENT: 'jsonv2' } }); },
    check: (tree) => ask([program], tree, (documents) => ({ documents, registries })),
  };
}
