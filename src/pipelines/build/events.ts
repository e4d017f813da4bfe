import type { Finding } from '../../core/diagnostics/finding';
import { evaluate, EventName, JobNode, meant, PipelineGraph, TriggerNode } from '../graph';
import * as messages from '../messages';

/** The event that a trigger starts a run with. */
function eventOf(trigger: TriggerNode): EventName {
  return trigger.kind;
}

/** Which jobs may run for an event: those whose condition does not rule it out, and that no skipped job takes along. */
function running(jobs: readonly JobNode[], event: EventName): Set<string> {
  const may = new Set<string>();
  for (const job of jobs) {
    const holds = evaluate(meant(job.condition), {
      event: () => event,
      // Skipped ancestors are no success; whether the others are is not known.
      status: status => status === 'always' ? true : status === 'success' && job.needs.some(edge => !may.has(edge.job)) ? false : undefined,
      result: other => may.has(other) ? undefined : 'skipped',
      value: () => undefined,
      changed: () => undefined,
      matches: () => false,
    });
    if (holds !== false) {
      may.add(job.id);
    }
  }
  return may;
}

/** Jobs that never run, and jobs that publish what nobody has reviewed. */
export function eventFindings(graph: PipelineGraph): Finding[] {
  const events = [...new Set(graph.triggers.map(eventOf))];
  const byEvent = events.map(event => ({ event, jobs: running(graph.jobs, event) }));
  const dead = graph.jobs.filter(job => !byEvent.some(({ jobs }) => jobs.has(job.id)));
  const exposed = byEvent.find(({ event }) => event === 'pullRequest')?.jobs ?? new Set();
  return [
    ...dead.map(job => messages.unreachableJob.at(job.path, { job: job.id, condition: 'its condition' })),
    ...graph.jobs.filter(job => job.publishes && exposed.has(job.id)).map(job => messages.publishingPullRequest.at(job.path, {
      job: job.id, what: job.environment ? `deploys to ${job.environment.name}` : 'pushes or publishes',
    })),
  ];
}
