import { fixedOffset, inUtc } from './cron';
import { escapeTemplate } from './escape';
import { compact } from './jobs';
import * as messages from './messages';
import { AzureRepository } from './options';
import type { PipelinePlan } from './plan';
import type { Finding } from '../../../core/diagnostics/finding';
import { approximated, dropped, emulated, native, unsupported } from '../../gaps';
import { ConcurrencyNode, GlobsNode, InputNode, Text, TriggerNode } from '../../graph';

type Of<K extends TriggerNode['kind']> = TriggerNode & { kind: K };

/** What starts the pipeline, as the keys of the file say it. */
export function triggersOf(plan: PipelinePlan, findings: Finding[]): Record<string, unknown> {
  const { triggers, concurrency } = plan.graph;
  const of = <K extends TriggerNode['kind']>(kind: K) => triggers.filter((each): each is Of<K> => each.kind === kind);
  const batch = concurrencyOf(concurrency, plan);
  const schedules = of('schedule').flatMap(schedule => scheduleOf(schedule, plan, findings));
  triggers.forEach(trigger => rowOf(trigger, plan));
  return compact({
    trigger: pushTrigger(of('push'), of('tag'), batch, plan),
    pr: pullRequestTrigger(of('pullRequest'), concurrency, plan),
    schedules: schedules.length > 0 ? schedules : undefined,
  });
}

function pushTrigger(pushes: Array<Of<'push'>>, tags: Array<Of<'tag'>>, batch: boolean, plan: PipelinePlan): unknown {
  if (pushes.length === 0 && tags.length === 0) {
    return 'none';
  }
  const paths = pushes.length > 0 && pushes.every(push => push.paths) ? merged(pushes.map(push => push.paths!)) : undefined;
  if (pushes.length > 1 && new Set(pushes.map(push => JSON.stringify(push.paths))).size > 1) {
    plan.rows.push(approximated('push', 'one filter over paths for all branches: any push to one of them that one of the filters would let through', undefined));
  }
  return compact({
    batch: (batch && pushes.length > 0) || undefined,
    // Without it, tags alone would let every branch start a run.
    branches: pushes.length > 0 ? branchFilter(merged(pushes.map(push => push.branches)), plan) : { exclude: ['*'] },
    paths: paths && pathFilter(paths),
    tags: tags.length > 0 ? branchFilter(merged(tags.map(tag => tag.tags)), plan) : undefined,
  });
}

function pullRequestTrigger(requests: Array<Of<'pullRequest'>>, concurrency: ConcurrencyNode | undefined, plan: PipelinePlan): unknown {
  if (requests.length === 0 || plan.settings.repository === AzureRepository.AZURE_REPOS) {
    return 'none';
  }
  const paths = requests.every(request => request.paths) ? merged(requests.map(request => request.paths!)) : undefined;
  return compact({
    autoCancel: concurrency?.cancelPullRequests === true,
    branches: branchFilter(merged(requests.map(request => request.branches)), plan),
    paths: paths && pathFilter(paths),
    drafts: requests.some(request => request.drafts) ? undefined : false,
  });
}

/** Schedules are of branches in the file; here of the default one, whether something has changed or not. */
function scheduleOf(schedule: Of<'schedule'>, plan: PipelinePlan, findings: Finding[]): unknown[] {
  const offset = fixedOffset(schedule.timeZone);
  const refuse = (fault: string) => {
    findings.push(messages.scheduleZone.at(plan.graph.path, { schedule: schedule.id, zone: schedule.timeZone, fault }));
    return [];
  };
  if (offset === undefined) {
    return refuse('the zone has daylight saving time, or is not known');
  }
  const moved = inUtc(schedule.cron, offset);
  if ('fault' in moved) {
    return refuse(moved.fault);
  }
  return moved.crons.map(cron => ({
    cron,
    displayName: offset === 0 ? schedule.id : `${schedule.id} (${schedule.cron} in ${schedule.timeZone})`,
    branches: { include: [plan.settings.defaultBranch] },
    always: true,
  }));
}

function rowOf(trigger: TriggerNode, plan: PipelinePlan): void {
  const { rows, graph, settings } = plan;
  switch (trigger.kind) {
    case 'push': rows.push(native('push', 'trigger')); break;
    case 'tag': rows.push(native('tags', 'trigger.tags')); break;
    case 'schedule': rows.push(native(`schedule ${trigger.id}`, 'schedules, in UTC')); break;
    case 'manual': rows.push(native('manual start', 'every pipeline can be run by hand')); break;
    case 'call': rows.push(emulated('call', 'a run that another one starts through the REST interface, Runs - Run Pipeline')); break;
    case 'mergeQueue': rows.push(dropped('merge queue', 'Azure Pipelines knows none')); break;
    case 'release': rows.push(unsupported('release', 'Azure Pipelines hears of none; start the pipeline by a tag')); break;
    case 'pullRequest': {
      if (settings.repository === AzureRepository.GITHUB) {
        rows.push(native('pull request', 'pr'));
        break;
      }
      rows.push(native('pull request', 'a branch policy: Azure Repos reads no pr from the file'));
      const branches = trigger.branches.include.join(', ');
      const paths = trigger.paths === undefined ? '' : ` Path filter: ${[...trigger.paths.include.map(glob => `/${glob}`), ...trigger.paths.exclude.map(glob => `!/${glob}`)].join(';')}.`;
      plan.remain(`Add a build validation with the pipeline "${graph.name}" to the branches ${branches}.${paths}`, 'Project settings > Repositories > Policies > Branch policies');
      break;
    }
  }
}

/**
 * Whether pushes to a branch wait for each other. `batch` holds one run of a branch at a time and starts the next with the newest commit
 * (learn.microsoft.com, `trigger.batch`).
 */
function concurrencyOf(concurrency: ConcurrencyNode | undefined, plan: PipelinePlan): boolean {
  if (concurrency === undefined) {
    return false;
  }
  const { rows } = plan;
  const own = concurrency.group.some(part => typeof part !== 'string' && part.kind === 'context' && ['ref', 'branch', 'sourceBranch', 'changeNumber'].includes(part.name));
  if (concurrency.cancelPullRequests) {
    rows.push(plan.settings.repository === AzureRepository.GITHUB ? native('cancelling runs of pull requests', 'pr.autoCancel')
      : native('cancelling runs of pull requests', 'a build validation cancels the run of an older commit by itself'));
  }
  if (!own) {
    rows.push(unsupported('concurrency over branches', 'runs wait for each other on one branch alone; give the job that matters an environment and a concurrency of its own'));
    return true;
  }
  switch (concurrency.onNew) {
    case 'replacePending':
      rows.push(emulated('concurrency', 'trigger.batch: a push waits for the run of its branch, and the newest is taken; runs by hand or by schedule do not wait'));
      return true;
    case 'queue':
      rows.push(approximated('concurrency', 'trigger.batch: a push waits for the run of its branch, and the newest stands for those that waited'));
      return true;
    case 'cancelRunning':
      rows.push(approximated('concurrency', 'trigger.batch: a push waits for the run of its branch, which is not cancelled'));
      return true;
  }
}

// ---------------------------------------------------------------- filters

function merged(globs: readonly GlobsNode[]): GlobsNode {
  return { include: [...new Set(globs.flatMap(each => each.include))], exclude: [...new Set(globs.flatMap(each => each.exclude))] };
}

/**
 * In filters over branches and tags a star goes across segments (learn.microsoft.com, Wildcards). What `release/*` would let through too much,
 * names with one more slash, is excluded, as long as nothing else lets it through.
 */
function branchFilter({ include, exclude }: GlobsNode, plan: PipelinePlan): Record<string, string[]> {
  const stars = include.filter(glob => /\*/.test(glob.replaceAll('**', '')));
  const exact = stars.filter(glob => /^[^*?]*\*$/.test(glob) && include.every(other => other === glob || apart(other, glob)));
  if (exact.length < stars.length) {
    plan.rows.push(approximated(`filter ${stars.filter(glob => !exact.includes(glob)).join(', ')}`, 'a star goes across segments of a name'));
  }
  const excluded = [...exclude.map(starred), ...exact.map(glob => `${glob}/*`)].map(escapeTemplate);
  return { include: include.map(starred).map(escapeTemplate), ...excluded.length > 0 && { exclude: excluded } };
}

/** Whether two globs have nothing in common, by how they begin. */
function apart(one: string, other: string): boolean {
  const [a, b] = [one, other].map(glob => glob.replace(/[*?].*$/s, ''));
  return !a.startsWith(b) && !(b.startsWith(a) && /[*?]/.test(one));
}

function starred(glob: string): string {
  return glob.replace(/\*\*\/|\*+/g, '*');
}

/** Filters over paths know `*`, `**` and `?` as the graph does. */
function pathFilter({ include, exclude }: GlobsNode): Record<string, string[]> {
  return {
    ...include.length > 0 && !(include.length === 1 && include[0] === '**') && { include: include.map(escapeTemplate) },
    ...exclude.length > 0 && { exclude: exclude.map(escapeTemplate) },
  };
}

// ---------------------------------------------------------------- inputs, name of a run

/** Inputs of a run by hand. Each has a default: a run that something else starts is given none. */
export function parametersOf(inputs: readonly InputNode[], onlyByHand: boolean): unknown[] | undefined {
  const made = inputs.map(input => {
    const demanded = input.required && onlyByHand && input.default === undefined;
    const common = { name: input.name, displayName: escapeTemplate(input.description || input.name) };
    const otherwise = (value: unknown) => demanded ? {} : { default: value };
    const given = escapeTemplate(input.default ?? '');
    switch (input.type) {
      case 'boolean': return { ...common, type: 'boolean', ...otherwise(input.default === 'true') };
      case 'number': return { ...common, type: 'number', ...otherwise(Number(input.default ?? 0)) };
      case 'choice': return { ...common, type: 'string', ...otherwise(escapeTemplate(input.default ?? input.options[0])), values: input.options.map(escapeTemplate) };
      case 'string': return { ...common, type: 'string', ...otherwise(given) };
    }
  });
  return made.length === 0 ? undefined : made;
}

/** The name of a run is its build number: some characters are refused, and branches have one of them (learn.microsoft.com, Run number). */
export function runName(text: Text | undefined, plan: PipelinePlan): string | undefined {
  if (text === undefined) {
    return undefined;
  }
  const known: Record<string, string> = {
    sha: '$(Build.SourceVersion)',
    runId: '$(Build.BuildId)',
    runNumber: '$(Rev:r)',
    branch: '$(SourceBranchName)',
    ref: '$(SourceBranchName)',
    tag: '$(SourceBranchName)',
    event: '$(Build.Reason)',
    defaultBranch: plan.settings.defaultBranch,
  };
  return text.map(part => {
    if (typeof part === 'string') {
      return escapeTemplate(part.replace(/["/:<>\\|?@*]/g, '-'));
    }
    const input = part.kind === 'input' ? plan.graph.inputs.find(each => each.name === part.name) : undefined;
    const written = part.kind === 'context' ? known[part.name] : input && input.type !== 'string' ? `\${{ parameters.${input.name} }}` : undefined;
    if (written === undefined) {
      plan.rows.push(dropped('a part of the name of a run', 'it could have a character that a run number must not have'));
    }
    return written ?? '';
  }).join('').slice(0, 255).replace(/\.+$/, '').trim() || undefined;
}
