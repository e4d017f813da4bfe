import type { EdgeNode, JobNode, StageNode } from '../graph';
import type { JobOwner } from '../job-owner';
import * as messages from '../messages';
import type { Stage } from '../stage';

/**
 * The jobs with what stages make them wait for: a job that waits for none of its own stage waits for those of the stage before that nobody there
 * waits for.
 */
export function staged(owner: JobOwner, stages: readonly Stage[], jobs: readonly JobNode[]): JobNode[] {
  const filled = stages.filter(stage => jobs.some(job => job.stage === stage.id));
  if (filled.length === 0) {
    return [...jobs];
  }
  const place = new Map(filled.map((stage, i) => [stage.id, i]));
  const byId = new Map(jobs.map(job => [job.id, job]));
  const needed = new Set(jobs.flatMap(job => job.needs.filter(edge => byId.get(edge.job)?.stage === job.stage).map(edge => edge.job)));
  const sinks = filled.map(stage => jobs.filter(job => job.stage === stage.id && !needed.has(job.id)));
  return jobs.map(job => {
    if (job.stage === undefined) {
      throw messages.mixedStages.error(job.path, { job: job.id, pipeline: owner.node.id });
    }
    const own = place.get(job.stage)!;
    for (const { job: id } of job.needs) {
      const other = byId.get(id)!;
      if (other.stage !== undefined && place.get(other.stage)! > own) {
        throw messages.backwardStage.error(job.path, { job: job.id, stage: job.stage, needs: id, otherStage: other.stage });
      }
    }
    if (own === 0 || job.needs.some(edge => byId.get(edge.job)?.stage === job.stage)) {
      return job;
    }
    const known = new Set(job.needs.map(edge => edge.job));
    const added = sinks[own - 1].filter(sink => !known.has(sink.id)).map((sink): EdgeNode => ({ job: sink.id, reasons: ['order'] }));
    return { ...job, needs: [...job.needs, ...added] };
  });
}

export function stageNodes(stages: readonly Stage[], jobs: readonly JobNode[]): StageNode[] {
  return stages.map(stage => ({ id: stage.id, name: stage.name, jobs: jobs.filter(job => job.stage === stage.id).map(job => job.id) }))
    .filter(stage => stage.jobs.length > 0);
}
