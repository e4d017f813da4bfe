import { holdsWhenCancelled, joined, stageDemands } from './conditions';
import { compact, JobPart, waitsOf } from './jobs';
import type { PipelinePlan } from './plan';
import { JobValues } from './values';
import { emulated } from '../../gaps';
import { demandsSuccess, StageNode } from '../../graph';

/**
 * Stages. They start when the stages are done that their jobs wait for; whether a job then runs is the condition of the job, since a job that nobody
 * waits for must not keep others from running. Where the implicit condition comes to the same, it is left.
 */
export function stagesOf(plan: PipelinePlan, jobsOf: ReadonlyMap<string, readonly JobPart[]>): unknown[] {
  const before = new Map<string, Set<string>>();
  for (const stage of plan.stages) {
    const needs = stage.jobs.flatMap(job => waitsOf(plan.of(job), plan).elsewhere.map(other => plan.stageWith(other)!.id));
    before.set(stage.id, new Set(needs));
  }
  return plan.stages.map(stage => {
    const needs = plan.stages.filter(each => before.get(stage.id)!.has(each.id));
    return compact({
      stage: plan.stageId(stage),
      displayName: stage.name,
      dependsOn: needs.map(each => plan.stageId(each)),
      condition: asked(stage, conditionOf(stage, needs, before, plan), needs, plan),
      jobs: stage.jobs.flatMap(job => jobsOf.get(job)!),
    });
  });
}

/**
 * The condition of a stage that begins with a job with an environment holds only when that job is meant to run, as far as it can be known before:
 * else somebody would be asked to agree to what is skipped.
 */
function asked(stage: StageNode, condition: string | undefined, needs: readonly StageNode[], plan: PipelinePlan): string | undefined {
  const first = plan.of(stage.jobs[0]);
  if (!first.deployment) {
    return condition;
  }
  const jobs = [...demandsSuccess(first.job.condition) ? plan.order.ancestorsOf(first.job.id) : [], first.job.id].map(id => plan.of(id).job);
  const parts = stageDemands(jobs, new JobValues(plan, first), job => needs.includes(plan.stageWith(job)!));
  return parts.length === 0 ? condition : joined('and', [condition ?? 'succeeded()', ...parts]);
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
  const earlier = plan.stages.filter(each => all.has(each.id)).flatMap(each => each.jobs);
  const own = new Set(stage.jobs);
  const first = jobs.filter(job => !job.needs.some(edge => own.has(edge.job)));
  const same = jobs.every(job => demandsSuccess(job.condition)) && first.every(job => earlier.every(id => plan.order.isAncestor(id, job.id)));
  if (!same) {
    plan.rows.push(emulated(`stage ${stage.id}`, 'it starts when the stages are done that its jobs wait for, and each job asks for what it needs'));
  }
  return same ? undefined : 'not(canceled())';
}
