import { FileContent } from '../../../src/core/file-content';
import type { RepositoryFile } from '../../../src/core/repository-file';
import { PipelineEngine, PipelineSystem } from '../../../src/pipelines';
import type { Lowering } from '../../../src/pipelines/engine';

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
  const print = (path: string, content: FileContent) => [path, content._print({ path } as RepositoryFile)] as const;
  return {
    ...Object.fromEntries(files.map(({ path, content }) => print(path, content))),
    ...Object.fromEntries(objects.map(object => print(`tekton/${object.kind}.${object.metadata.name}.yaml`, FileContent.yaml(object)))),
  };
}
