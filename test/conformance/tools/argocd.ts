import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from './checker';
import type { Tool } from './tool';
import type { Tree } from '../documents';
import { goBuild, goModuleSource, goVersionOf } from '../workshop';

const MODULE = 'github.com/argoproj/argo-cd/v3';

/**
 * The API server's own check of custom resources, and Argo CD's own of applications and projects.
 *
 * @param rootPrefix path, inside the repository, of the folder that is checked
 * @param definitions folders with more CustomResourceDefinitions
 */
export function argoCd(rootPrefix: string, definitions: string[]): Tool {
  let program: string;
  let crds: string[];
  return {
    name: 'argo-cd',
    version: goVersionOf(MODULE, 'argocd'),
    install: () => {
      program = goBuild({ name: 'argo-cd', folder: 'argocd' });
      crds = [join(goModuleSource('argocd', MODULE), 'manifests', 'crds'), ...definitions].flatMap(yamlFiles);
    },
    check: (tree) => ask([program], tree, (documents) => ({ documents, settings: settingsPatches(tree), crds, rootPrefix })),
  };
}

/** The patches of the ConfigMaps that every installation of Argo CD has, each as the ConfigMap it makes. */
function settingsPatches(tree: Tree): object[] {
  return tree.otherFiles.flatMap((file) => {
    const [, name] = /(?:^|\/)(argocd-(?:rbac-|notifications-)?cm)(?:[^a-z/][^/]*)?\.json$/.exec(file) ?? [];
    if (!name) return [];
    const installed = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace: 'argocd', labels: { 'app.kubernetes.io/part-of': 'argocd' } },
    };
    return [{ file, object: `ConfigMap/${name}`, text: JSON.stringify({ ...installed, ...JSON.parse(tree.read(file)) }) }];
  });
}

function yamlFiles(folder: string): string[] {
  return readdirSync(folder).filter((file) => /\.ya?ml$/.test(file)).sort().map((file) => join(folder, file));
}
