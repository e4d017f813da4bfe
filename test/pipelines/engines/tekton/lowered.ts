import { TektonBackend } from '../../../../src/pipelines/engines/tekton/engine';
import type { TektonOptions } from '../../../../src/pipelines/engines/tekton/options';
import type { PipelineGraph } from '../../../../src/pipelines/graph';

export const REPOSITORY = 'https://github.com/acme/shop';

export function lower(given: PipelineGraph, options: TektonOptions = {}) {
  const lowering = new TektonBackend({ repository: REPOSITORY, ...options }).lower(given);
  const objects = lowering.objects as any[];
  const find = (kind: string, name: string) => objects.find(object => object.kind === kind && object.metadata.name === name);
  return {
    ...lowering,
    objects,
    find,
    pipeline: find('Pipeline', given.id),
    task: (id: string) => find('Task', `${given.id}-${id}`),
    taskOf: (id: string) => [...find('Pipeline', given.id).spec.tasks, ...find('Pipeline', given.id).spec.finally ?? []].find((each: any) => each.name === id),
    codes: lowering.findings.map(finding => finding.code),
    gaps: lowering.rows.filter(row => row.support === 'unsupported' && row.matters).map(row => `${row.job ?? ''} ${row.part}`.trim()),
  };
}
