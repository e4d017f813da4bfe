import type { RepositoryFile } from '../../../src/core/repository-file';
import { PipelineEngine, PipelineSystem } from '../../../src/pipelines';
import type { Lowering } from '../../../src/pipelines/engine';
import { printYaml } from '../../../src/core/yaml-text';

/** All systems, as they are without options. */
export const ENGINES: ReadonlyArray<readonly [name: string, make: () => PipelineSystem]> = [
  ['GitHub Actions', () => PipelineEngine.githubActions()],
  ['GitLab CI', () => PipelineEngine.gitlabCi()],
  ['Azure Pipelines', () => PipelineEngine.azurePipelines()],
  ['Jenkins', () => PipelineEngine.jenkins()],
  ['Tekton', () => PipelineEngine.tekton()],
];

/** What stands in a repository in the end, by path; objects for a cluster in a file each. */
export function filesOf({ files, objects }: Lowering): Record<string, string> {
  const refuse = (key: string): never => { throw new Error(`no comment has a place at ${key}`); };
  return {
    ...Object.fromEntries(files.map(({ path, content }) => [path, content._print({ path } as RepositoryFile)])),
    ...Object.fromEntries(objects.map(object => [`tekton/${object.kind}.${object.metadata.name}.yaml`, printYaml(object, {}, refuse)])),
  };
}
