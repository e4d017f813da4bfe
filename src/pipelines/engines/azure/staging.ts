import { demandsSuccess, JobNode, JobOrder, plainText, PipelineGraph, StageNode } from '../../graph';

/*
 * Which stages there are. Azure Pipelines asks for approvals and other checks before a stage starts, for everything that any job of it uses
 * (learn.microsoft.com, Approvals and checks), also for jobs that are skipped later. So a job with an environment begins a stage: what comes before it
 * stands in another one, and nobody agrees to a release before there is something to agree to.
 */

/** The stages of the file, none if one list of jobs does. A stage needs only those before it. */
export function stagesFor(graph: PipelineGraph, stages: readonly StageNode[], order: JobOrder, isDeployment: (job: JobNode) => boolean): StageNode[] {
  const byId = new Map(graph.jobs.map(job => [job.id, job]));
  const all = stages.length > 0 ? stages.filter(stage => stage.jobs.length > 0) : [{ id: '', name: '', jobs: graph.jobs.map(job => job.id) }];
  const split = all.flatMap(stage => {
    const jobs = stage.jobs.map(id => byId.get(id)!);
    const deployments = jobs.filter(isDeployment);
    const [first] = deployments;
    const follows = (job: JobNode) => order.isAncestor(first.id, job.id) && demandsSuccess(job.condition);
    const isWhole = deployments.length === 0 || (deployments.length === 1 && jobs.every(job => job === first || follows(job)));
    return isWhole ? [stage] : parts(jobs, deployments, order).map(part => named(part, stage));
  });
  return split.length === 1 && stages.length === 0 ? [] : split;
}

/**
 * The jobs of a stage, divided: each deployment alone, the others by the deployments that they come before and after. Nothing waits for a job of
 * another part that it does not need, beside what jobs of one part have in common.
 */
function parts(jobs: readonly JobNode[], deployments: readonly JobNode[], order: JobOrder): JobNode[][] {
  const keys = new Map<string, string>();
  for (const job of jobs) {
    const place = (is: (deployment: JobNode) => boolean) => deployments.flatMap((each, i) => is(each) ? [i] : []).join();
    keys.set(job.id, deployments.includes(job) ? job.id : `${place(each => order.isAncestor(each.id, job.id))} ${place(each => order.isAncestor(job.id, each.id))}`);
  }
  // Jobs of a key that belong together, by the first of them.
  const group = new Map(jobs.map(job => [job.id, job.id]));
  const groupOf = (id: string): string => {
    let at = id;
    while (group.get(at) !== at) {
      at = group.get(at)!;
    }
    group.set(id, at);
    return at;
  };
  for (const job of jobs) {
    for (const { job: need } of job.needs) {
      const [own, other] = keys.get(need) === keys.get(job.id) ? [groupOf(job.id), groupOf(need)] : ['', ''];
      own !== other && group.set(own, other);
    }
  }
  const made = new Map<string, JobNode[]>();
  for (const job of jobs) {
    const first = groupOf(job.id);
    made.set(first, made.get(first) ?? []);
    made.get(first)!.push(job);
  }
  return merged([...made.values()], job => keys.get(job.id)!);
}

/** Groups in the order in which they can start. Those of one key that wait for the same are one. */
function merged(groups: ReadonlyArray<readonly JobNode[]>, keyOf: (job: JobNode) => string): JobNode[][] {
  const partOf = new Map<string, JobNode[]>();
  const own = new Set(groups.flat().map(job => job.id));
  const made: JobNode[][] = [];
  const known = new Map<string, JobNode[]>();
  for (let left = groups; left.length > 0;) {
    const ready = left.filter(group => {
      const inside = new Set(group.map(job => job.id));
      return group.every(job => job.needs.every(edge => inside.has(edge.job) || !own.has(edge.job) || partOf.has(edge.job)));
    });
    for (const group of ready) {
      const inside = new Set(group.map(job => job.id));
      const outside = group.flatMap(job => job.needs).filter(edge => own.has(edge.job) && !inside.has(edge.job));
      const waits = outside.map(edge => made.indexOf(partOf.get(edge.job)!));
      const key = `${keyOf(group[0])} ${[...new Set(waits)].sort((a, b) => a - b).join()}`;
      const part = known.get(key) ?? [];
      if (part.length === 0) {
        known.set(key, part);
        made.push(part);
      }
      part.push(...group);
      group.forEach(job => partOf.set(job.id, part));
    }
    left = left.filter(group => !ready.includes(group));
  }
  return made;
}

const LONGEST = 60;

/** A part is called by its jobs, behind the name of the stage that it is of. */
function named(jobs: readonly JobNode[], of: StageNode): StageNode {
  const names = jobs.map(job => plainText(job.name) ?? job.id).join(', ');
  const name = names.length > LONGEST ? `${names.slice(0, LONGEST - 1)}…` : names;
  return {
    id: of.id === '' ? jobs[0].id : `${of.id}-${jobs[0].id}`,
    name: of.name === '' ? name : `${of.name}: ${name}`,
    jobs: jobs.map(job => job.id),
  };
}
