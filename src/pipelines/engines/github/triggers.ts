import type { Events } from './events';
import { filter, isExact, matchesAll } from './globs';
import * as messages from './messages';
import type { Report } from './report';
import { approximated, emulated, native } from '../../gaps';
import type { GlobsNode, InputNode, PipelineGraph, SecretNode, TriggerNode } from '../../graph';

type Kind<K extends TriggerNode['kind']> = Extract<TriggerNode, { kind: K }>;

/** The `on` of a workflow. */
export function lowerTriggers(graph: PipelineGraph, events: Events, report: Report): Record<string, unknown> {
  const of = <K extends TriggerNode['kind']>(kind: K) => graph.triggers.filter((trigger): trigger is Kind<K> => trigger.kind === kind);
  const on: Record<string, unknown> = {};
  const row = (part: string, how: string) => report.row(native(part, how));

  const pushes = of('push');
  const tags = of('tag');
  if (pushes.length + tags.length > 0) {
    const branches = pushes.length > 0 ? joined(pushes.map(each => each.branches), 'push', report) : undefined;
    const named = tags.length > 0 ? joined(tags.map(each => each.tags), 'tag', report) : undefined;
    const paths = joinedPaths(pushes, 'push', report);
    // Without a filter over branches, a push of a tag would start it as well, and the other way round.
    on.push = {
      ...branches && filter('branches', branches),
      ...named && filter('tags', named),
      ...paths && filter('paths', paths),
    };
    if (branches) {
      row('trigger push', 'on.push');
    }
    if (named) {
      row('trigger tag', 'on.push.tags');
    }
  }

  const changes = of('pullRequest');
  if (changes.length > 0) {
    const branches = joined(changes.map(each => each.branches), 'pullRequest', report);
    const paths = joinedPaths(changes, 'pullRequest', report);
    const drafts = changes.some(each => each.drafts);
    const filters = {
      ...matchesAll(branches) ? {} : filter('branches', branches),
      // A draft that becomes ready has to be looked at then.
      ...!drafts && { types: ['opened', 'synchronize', 'reopened', 'ready_for_review'] },
      ...paths && filter('paths', paths),
    };
    on.pull_request = Object.keys(filters).length > 0 ? filters : null;
    row('trigger pullRequest', drafts ? 'on.pull_request' : 'on.pull_request; jobs are skipped for drafts');
    if (paths) {
      report.row(approximated('trigger pullRequest paths', 'on.pull_request.paths: a required check of it stays pending where no path matches; requiredCheck mends it'));
    }
  }

  const queues = of('mergeQueue');
  if (queues.length > 0) {
    const branches = joined(queues.map(each => each.branches), 'mergeQueue', report);
    on.merge_group = { types: ['checks_requested'], ...matchesAll(branches) ? {} : filter('branches', branches) };
    row('trigger mergeQueue', 'on.merge_group');
  }

  const schedules = of('schedule');
  if (schedules.length > 0) {
    on.schedule = schedules.map(({ cron, timeZone }) => {
      if (isTooOften(cron)) {
        report.find(messages.tooOften.at(graph.path, { cron }));
      }
      return { cron, ...!/^(Etc\/)?UTC$/.test(timeZone) && { timezone: timeZone } };
    });
    row('trigger schedule', 'on.schedule, on the default branch; GitHub may start it minutes late');
  }

  if (of('manual').length > 0) {
    if (graph.inputs.length > 25) {
      report.find(messages.tooManyInputs.at(graph.path, { count: graph.inputs.length }));
    }
    const inputs = Object.fromEntries(graph.inputs.map(input => [input.name, manualInput(input)]));
    on.workflow_dispatch = graph.inputs.length > 0 ? { inputs } : null;
    row('trigger manual', 'on.workflow_dispatch');
  }

  if (of('call').length > 0) {
    on.workflow_call = callTrigger(graph, events, report);
    row('trigger call', 'on.workflow_call');
  }

  if (of('release').length > 0) {
    on.release = { types: ['published'] };
    row('trigger release', 'on.release');
  }
  return on;
}

function manualInput(input: InputNode): Record<string, unknown> {
  const { description, required, type, options } = input;
  return {
    ...description !== '' && { description },
    type,
    ...type === 'choice' && { options: [...options] },
    required,
    ...input.default !== undefined && { default: typed(input) },
  };
}

function typed({ type, default: text }: InputNode): unknown {
  return type === 'boolean' ? text === 'true' : type === 'number' ? Number(text) : text;
}

/** What a caller gives. */
export function callInputs(inputs: readonly InputNode[]): Record<string, unknown> {
  return Object.fromEntries(inputs.map(input => [input.name, {
    ...input.description !== '' && { description: input.description },
    type: input.type === 'choice' ? 'string' : input.type,
    required: input.required,
    ...input.default !== undefined && { default: typed(input) },
  }]));
}

/** What a caller passes on: every run has the token of its own, and an environment its own secrets. */
export function secretsOf(secrets: readonly SecretNode[], given: (name: string) => unknown): { secrets?: Record<string, unknown> } {
  const passed = secrets.filter(({ name, environment }) => name !== 'GITHUB_TOKEN' && environment === undefined);
  return passed.length > 0 ? { secrets: Object.fromEntries(passed.map(({ name }) => [name, given(name)])) } : {};
}

function callTrigger(graph: PipelineGraph, events: Events, report: Report): Record<string, unknown> | null {
  const { inputs, secrets } = graph;
  const flag = events.callInput;
  const told = {
    ...callInputs(inputs),
    ...flag !== undefined && { [flag]: { description: 'Leave it out. Tells a call from the event of the caller.', type: 'boolean', required: false, default: true } },
  };
  for (const choice of inputs.filter(input => input.type === 'choice')) {
    report.row(approximated(`input ${choice.name}`, `on.workflow_call.inputs.${choice.name} is a string: a call can give what is no choice`));
  }
  const call = {
    ...Object.keys(told).length > 0 && { inputs: told },
    ...secretsOf(secrets, () => ({ required: true })),
  };
  return Object.keys(call).length > 0 ? call : null;
}

/** One filter for several triggers of a kind: GitHub has one of each. */
function joined(all: readonly GlobsNode[], kind: string, report: Report): GlobsNode {
  if (all.some(globs => !isExact(globs))) {
    report.row(approximated(`trigger ${kind}`, 'a ? in a glob becomes *, which matches more'));
  }
  if (all.length === 1) {
    return all[0];
  }
  const include = [...new Set(all.flatMap(each => each.include))];
  const exclude = all[0].exclude.filter(glob => all.every(each => each.exclude.includes(glob)));
  if (all.some(each => each.exclude.length > exclude.length)) {
    report.row(approximated(`trigger ${kind}`, 'GitHub has one filter for all triggers of a kind: what one of them excludes starts it all the same'));
  }
  return { include, exclude };
}

interface Filtered {
  readonly branches: GlobsNode;
  readonly paths?: GlobsNode;
}

function joinedPaths(triggers: readonly Filtered[], kind: string, report: Report): GlobsNode | undefined {
  const paths = triggers.flatMap(each => each.paths ?? []);
  if (paths.length === 0) {
    return undefined;
  }
  if (triggers.length > 1) {
    const alike = triggers.every(each => JSON.stringify(each.branches) === JSON.stringify(triggers[0].branches));
    if (!alike || paths.length < triggers.length) {
      report.row(emulatedFilter(kind));
    }
    if (paths.length < triggers.length) {
      return undefined;
    }
  }
  return joined(paths, kind, report);
}

function emulatedFilter(kind: string) {
  return approximated(`trigger ${kind} paths`, 'GitHub has one filter for all triggers of a kind: it runs for each path on each of their branches');
}

/** Whether the minutes of a cron leave less than five between two runs. */
function isTooOften(cron: string): boolean {
  const minutes = new Set<number>();
  for (const part of cron.trim().split(/\s+/)[0].split(',')) {
    const match = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part);
    if (match === null) {
      return false; // no business of this rule
    }
    const from = Number(match[1] ?? 0);
    const to = match[1] === undefined || match[2] === undefined && match[3] !== undefined ? 59 : Number(match[2] ?? from);
    const step = Math.max(1, Number(match[3] ?? 1));
    for (let minute = from; minute <= to && minute < 60; minute += step) {
      minutes.add(minute);
    }
  }
  const sorted = [...minutes].sort((a, b) => a - b);
  return sorted.some((minute, i) => i > 0 && minute - sorted[i - 1] < 5);
}

/** Rows of what starts a run and is read by it. */
export function inputRows(graph: PipelineGraph, report: Report): void {
  for (const input of graph.inputs) {
    report.row(native(`input ${input.name}`, `inputs.${input.name}`));
  }
  if (graph.stages.length > 0) {
    report.row(emulated('stages', 'jobs.<id>.needs: GitHub draws jobs by what they need'));
  }
}
