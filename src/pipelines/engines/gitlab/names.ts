import { freeName } from '../../../core/free-name';
import type { JobNode, PipelineGraph } from '../../graph';

/*
 * What jobs and stages are called. Where several pipelines share a project, everything is one file to GitLab, and carries the name of its pipeline.
 */

/** Keys of a file that are no jobs (lib/gitlab/ci/config/entry/root.rb), names that are refused, and `pages`, which publishes a site. */
const RESERVED = new Set(['image', 'services', 'stages', 'types', 'variables', 'cache', 'include', 'default', 'workflow', 'spec', 'pages', 'true', 'false', 'nil', 'null']);

/** What jobs are called, by id. */
export function jobKeys(graph: PipelineGraph, several: boolean): Map<string, string> {
  const ids = new Set(graph.jobs.map(job => job.id));
  return new Map(graph.jobs.map(({ id }) => [id, several ? `${graph.id}:${id}` : RESERVED.has(id) ? freeName(`${id}-job`, ids) : id]));
}

export interface Stages {
  /** In order. Empty when one stage is enough. */
  readonly names: readonly string[];
  /** The name and the place of the stage of each job. */
  readonly of: ReadonlyMap<string, { readonly name: string; readonly place: number }>;
}

/** The stages of the user, or one for each level of the graph. */
export function stagesOf(graph: PipelineGraph, levels: readonly JobNode[][], several: boolean): Stages {
  const before = several ? `${graph.id}: ` : '';
  const titles = new Set(graph.stages.map(stage => stage.name));
  const list = graph.stages.length > 0
    ? graph.stages.map(({ id, name, jobs }) => ({ name: `${before}${titles.size === graph.stages.length ? name : id}`, jobs }))
    : levels.map((jobs, i) => ({ name: `${before}level ${i + 1}`, jobs: jobs.map(job => job.id) }));
  if (list.length < 2 && !several) {
    return { names: [], of: new Map() };
  }
  return {
    names: list.map(({ name }) => name),
    of: new Map(list.flatMap(({ name, jobs }, place) => jobs.map(job => [job, { name, place }] as const))),
  };
}
