import { demandsSuccess, holdsWhenCancelled } from './conditions';
import { compact, JobPart, waitsOf } from './jobs';
import type { PipelinePlan } from './plan';
import { emulated } from '../../gaps';
import type { StageNode } from '../../graph';

/**
 * Stages. They start when the stages are done that their jobs wait for; whether a job then runs is the condition of the job, since a job that nobody
 * waits for must not keep others from running. Where the implicit condition comes to the same, it is left.
 */
export function stagesOf(plan: PipelinePlan, jobsOf: ReadonlyMap<string, readonly JobPart[]>): unknown[] {
  const before = new Map<string, Set<string>>();
  for (const stage of plan.graph.stages) {
    const needs = stage.jobs.flatMap(job => waitsOf(plan.of(job), plan).elsewhere.map(other => plan.of(other).job.stage!));
    before.set(stage.id, new Set(needs));
  }
  return plan.graph.stages.filter(stage => stage.jobs.length > 0).map(stage => {
    const needs = plan.graph.stages.filter(each => before.get(stage.id)!.has(each.id));
    return compact({
      stage: plan.stageId(stage.id),
      displayName: stage.name,
      dependsOn: needs.map(each => plan.stageId(each.id)),
      condition: conditionOf(stage, needs, before, plan),
      jobs: stage.jobs.flatMap(job => jobsOf.get(job)!),
    });
  });
}

function conditionOf(
  stage: StageNode, needs: readonly StageNode[], before: ReadonlyMap<string, ReadonlySet<string>>, plan: PipelinePlan,
): string | undefined {
  const jobs = stage.jobs.map(job => plan.of(job).job);
  if (jobs.some(job => holdsWhenCancelled(job.condition))) {
    return 'always()';
  }
  if (needs.length === 0) {
    return undefined;
  }
  const all = new Set<string>();
  const collect = (id: string) => {
    if (!all.has(id)) {
      all.add(id);
      before.get(id)!.forEach(collect);
    }
  };
  needs.forEach(each => collect(each.id));
  const earlier = plan.graph.stages.filter(each => all.has(each.id)).flatMap(each => each.jobs);
  const own = new Set(stage.jobs);
  const first = jobs.filter(job => !job.needs.some(edge => own.has(edge.job)));
  const same = jobs.every(job => demandsSuccess(job.condition)) && first.every(job => earlier.every(id => plan.order.isAncestor(id, job.id)));
  if (!same) {
    plan.rows.push(emulated(`stage ${stage.id}`, 'it starts when the stages are done that its jobs wait for, and each job asks for what it needs'));
  }
  return same ? undefined : 'not(canceled())';
}
