import { runningFor } from './concurrency';
import type { Events } from './events';
import { matchesAll } from './globs';
import type { GitHubActionsOptions } from './options';
import type { Report } from './report';
import { freeName } from '../../../core/free-name';
import { emulated, native } from '../../gaps';
import { asksStatus } from '../../graph';
import type { ConditionNode, JobNode, PipelineGraph } from '../../graph';

/** Whether one job sums up a run, to be the required check. */
export function hasGate({ triggers }: PipelineGraph, { requiredCheck }: GitHubActionsOptions): boolean {
  const changes = triggers.filter(trigger => trigger.kind === 'pullRequest');
  return changes.length > 0 && (requiredCheck ?? changes.some(trigger => trigger.paths !== undefined));
}

/** Whether what holds a run back has to be said at a job: what needs nothing, and what runs whatever happened to the jobs before. */
export function startsByItself(job: JobNode): boolean {
  return job.needs.length === 0 || job.condition !== undefined && asksStatus(job.condition);
}

/** The graph with the paths of pull requests as conditions of the jobs: a run that is filtered out gives no check at all. */
export function withPathsInside(graph: PipelineGraph, report: Report): PipelineGraph {
  const changes = graph.triggers.filter(trigger => trigger.kind === 'pullRequest');
  const filters = changes.flatMap(trigger => trigger.paths && !matchesAll(trigger.paths) ? [trigger.paths] : []);
  const triggers = graph.triggers.map(trigger => trigger.kind === 'pullRequest' ? { ...trigger, paths: undefined } : trigger);
  if (filters.length < changes.length || filters.length === 0) {
    return { ...graph, triggers };
  }
  const taken = new Set(graph.filters.map(filter => filter.id));
  const made = filters.map((paths, i) => ({ id: freeName(i === 0 ? 'pull_request' : `pull_request_${i + 1}`, taken, '_'), paths }));
  const holds: ConditionNode = {
    kind: 'or',
    of: [{ kind: 'not', of: { kind: 'event', is: ['pullRequest'] } }, ...made.map(({ id }): ConditionNode => ({ kind: 'changed', filter: id }))],
  };
  const running = runningFor('pullRequest', graph.jobs);
  const held = (job: JobNode): JobNode => ({ ...job, condition: job.condition ? { kind: 'and', of: [job.condition, holds] } : holds });
  const jobs = graph.jobs.map(job => startsByItself(job) && running.has(job.id) ? held(job) : job);
  report.row(emulated('trigger pullRequest paths', 'a job looks for changes, and the others are skipped; a required check of the workflow stays pending'));
  return { ...graph, triggers, filters: [...graph.filters, ...made], jobs };
}

interface Gate {
  readonly id: string;
  readonly body: Record<string, unknown>;
}

/** The job that sums up a run: skipped jobs are fine, failed and cancelled ones are not. */
export function gateJob(jobs: readonly JobNode[], events: Events, runsOn: unknown, report: Report): Gate {
  const id = freeName('required', new Set(jobs.map(job => job.id)));
  const asked = (['pullRequest', 'mergeQueue'] as const).filter(event => events.has(event));
  const running = asked.map(event => runningFor(event, jobs));
  const needs = jobs.filter(job => running.some(ids => ids.has(job.id))).map(job => job.id);
  const tests = asked.map(event => events.is(event));
  const when = tests.includes(true) ? 'always()' : `always() && ${tests.length > 1 ? `(${tests.join(' || ')})` : tests[0]}`;
  report.row(native('required check', `the job ${id}`));
  report.remain(`Require the check "${id}" for pull requests, and no other of this workflow.`, 'Settings > Rules');
  return {
    id,
    body: {
      'name': id,
      ...needs.length > 0 && { needs },
      'if': when,
      'runs-on': runsOn,
      'permissions': {},
      'timeout-minutes': 5,
      'steps': [{
        name: 'Look at all results',
        env: { RESULTS: needs.length > 0 ? '${{ join(needs.*.result, \' \') }}' : 'success' },
        run: [
          'for result in $RESULTS; do',
          '  case "$result" in',
          '    success | skipped) ;;',
          '    *)',
          '      echo "::error::A job ended with $result."',
          '      exit 1',
          '      ;;',
          '  esac',
          'done',
        ].join('\n'),
      }],
    },
  };
}
