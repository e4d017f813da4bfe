import { ask } from '../../tools/checker';
import type { Tool } from '../../tools/tool';
import { goBuild, goVersionOf } from '../../workshop';
import type { Repository } from '../repository';

let program: string;

/** Tekton's own types (strict), what its webhooks refuse, and what its controllers refuse before the first task of a run. */
export const tekton: Tool<Repository> = {
  name: 'tekton',
  version: `${goVersionOf('github.com/tektoncd/pipeline', 'tekton')} and triggers ${goVersionOf('github.com/tektoncd/triggers', 'tekton')}`,
  install: () => { program = goBuild({ name: 'tekton', folder: 'tekton' }); },
  check: ({ objects }) => objects.length === 0 ? { checked: 0, findings: [] } : ask([program], { documents: objects }, (documents) => documents),
};
