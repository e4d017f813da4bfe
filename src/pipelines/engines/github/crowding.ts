import { groupOf, runningFor } from './concurrency';
import * as messages from './messages';
import type { GitHubActionsOptions } from './options';
import type { Report } from './report';
import { JobOrder } from '../../graph';
import type { JobNode, PipelineGraph } from '../../graph';

/**
 * Jobs that would push others of their own run out of a group: GitHub lets one run and one wait, and cancels the rest (docs.github.com, Concurrency).
 * Says so where `queue: max` does not keep them all.
 */
export function crowdedJobs(graph: PipelineGraph, { concurrencyQueue }: GitHubActionsOptions, report: Report): Set<string> {
  const groups = new Map<string, JobNode[]>();
  for (const job of graph.jobs) {
    if (job.concurrency !== undefined && job.concurrency.onNew !== 'queue') {
      const key = groupOf(job.concurrency);
      groups.set(key, [...groups.get(key) ?? [], job]);
    }
  }
  const shared = [...groups.values()].filter(members => members.length > 1);
  const crowded = new Set<string>();
  if (shared.length === 0) {
    return crowded;
  }
  const order = new JobOrder(graph.jobs);
  const areApart = (one: JobNode, other: JobNode) => !order.isAncestor(one.id, other.id) && !order.isAncestor(other.id, one.id);
  const events = [...new Set(graph.triggers.map(trigger => trigger.kind))].map(event => runningFor(event, graph.jobs));
  for (const members of shared) {
    const isStopped = members.some(job => job.concurrency!.onNew === 'cancelRunning');
    const most = isStopped ? 1 : 2;
    const rivals = events.map(running => together(members.filter(job => running.has(job.id)), areApart, most + 1)).find(found => found !== undefined);
    if (rivals === undefined) {
      continue;
    }
    members.forEach(job => crowded.add(job.id));
    if (isStopped || !concurrencyQueue) {
      report.find(messages.crowdedGroup.at(rivals[0].path, { jobs: rivals.map(job => job.id), most }));
    }
  }
  return crowded;
}

/** So many jobs that may all wait at the same time. */
function together(jobs: readonly JobNode[], areApart: (one: JobNode, other: JobNode) => boolean, count: number): JobNode[] | undefined {
  if (count === 0) {
    return [];
  }
  for (const [i, job] of jobs.entries()) {
    const rest = together(jobs.slice(i + 1).filter(other => areApart(job, other)), areApart, count - 1);
    if (rest !== undefined) {
      return [job, ...rest];
    }
  }
  return undefined;
}
