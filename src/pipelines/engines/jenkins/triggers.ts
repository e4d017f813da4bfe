import type { Option, Parameter, Stage, Test, Trigger } from './ast';
import { allOf, conditionWhens } from './conditions';
import { JenkinsPlugin } from './options';
import { textExpr, ValueScope } from './values';
import type { World } from './world';
import { freeName } from '../../../core/free-name';
import { approximated, dropped, emulated, native, unsupported } from '../../gaps';
import { ConditionNode, describe, GlobsNode, InputNode, PipelineGraph, plainText, simplified, TriggerNode, ValueNode, valuesOf } from '../../graph';

const TRIGGERS = 'triggers';

// ---------------------------------------------------------------- what starts a build

const NAMES: Record<string, number> = Object.fromEntries([
  ...['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'].map((name, i) => [name, i]),
  ...['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'].map((name, i) => [name, i + 1]),
]);

/**
 * Lines of Jenkins' cron, which knows no names (core, crontab.g4) and demands that the day of the month and that of the week both fit (CronTab.check), where
 * cron takes either.
 */
export function cronLines(cron: string): string[] {
  const fields = cron.trim().replace(/[a-z]{3}/gi, name => String(NAMES[name.toLowerCase()] ?? name)).split(/\s+/);
  const [minute, hour, day, month, weekday] = fields;
  return day !== '*' && weekday !== '*' ? [`${minute} ${hour} ${day} ${month} *`, `${minute} ${hour} * ${month} ${weekday}`] : [fields.join(' ')];
}

export function triggersOf(world: World): Trigger[] {
  const { triggers } = world.graph;
  triggers.forEach(trigger => triggerRow(trigger, world));
  const schedules = triggers.filter((trigger): trigger is TriggerNode & { kind: 'schedule' } => trigger.kind === 'schedule');
  const zone = schedules[0]?.timeZone;
  const fitting = schedules.filter(schedule => schedule.timeZone === zone);
  for (const schedule of schedules.filter(each => each.timeZone !== zone)) {
    world.row(unsupported(`schedule ${schedule.id}`, `a Jenkinsfile has one time zone, here ${zone}`));
  }
  return fitting.length === 0 ? [] : [{ trigger: 'cron', spec: [`TZ=${zone}`, ...fitting.flatMap(schedule => cronLines(schedule.cron))].join('\n'), primaryOnly: true }];
}

const SOURCE = 'the job > Branch Sources';

function triggerRow(trigger: TriggerNode, world: World): void {
  const part = `${TRIGGERS}: ${trigger.kind}`;
  switch (trigger.kind) {
    case 'schedule': return world.row(native(`schedule ${trigger.id}`, 'triggers { cron } of the default branch'));
    case 'manual': return world.row(native(part, 'Build with Parameters'));
    case 'call': return world.row(native(part, 'the step build of another pipeline'));
    case 'release': return world.row(unsupported(part, 'Jenkins knows nothing of releases: take a trigger for tags'));
    case 'push':
      world.remain('Discover branches.', SOURCE);
      return world.row(emulated(part, 'the job discovers branches; the stage "Trigger" sends others away'));
    case 'tag':
      world.remain('Discover tags, and add the build strategy "Tags": Jenkins builds no tags by itself.', SOURCE);
      return world.row(emulated(part, 'the job discovers tags; the stage "Trigger" sends others away'));
    case 'mergeQueue':
      world.remain('Discover branches, among them those of the merge queue: gh-readonly-queue/*.', SOURCE);
      return world.row(emulated(part, 'branches whose name begins with gh-readonly-queue/'));
    case 'pullRequest':
      world.remain('Discover pull requests from origin, merged with their target. From forks: with the trust "From users with Admin or Write permission", else their Jenkinsfile reads every credential.', SOURCE);
      if (!trigger.drafts) {
        world.row(dropped('pull requests that are no drafts', 'Jenkins does not tell drafts from others'));
      }
      return world.row(emulated(part, 'the job discovers pull requests; the stage "Trigger" sends others away'));
  }
}

const context = (name: 'branch' | 'tag' | 'targetBranch'): ValueNode => ({ kind: 'context', name });

function within(value: ValueNode, { include, exclude }: GlobsNode): ConditionNode[] {
  return [
    ...include.includes('**') ? [] : [{ kind: 'matches', value, globs: include } as const],
    ...exclude.length === 0 ? [] : [{ kind: 'not', of: { kind: 'matches', value, globs: exclude } } as const],
  ];
}

/** When a build is one that the pipeline is meant for. */
function meantFor(trigger: TriggerNode): ConditionNode {
  const event: ConditionNode = { kind: 'event', is: [trigger.kind] };
  const and = (...of: ConditionNode[]): ConditionNode => simplified({ kind: 'and', of: [event, ...of] });
  switch (trigger.kind) {
    case 'push': return and(...within(context('branch'), trigger.branches));
    case 'tag': return and(...within(context('tag'), trigger.tags));
    case 'pullRequest': return and(...within(context('targetBranch'), trigger.branches));
    case 'mergeQueue': {
      const queue = (globs: readonly string[]) => globs.map(glob => `gh-readonly-queue/${glob}/pr-*`);
      return and(...within(context('branch'), { include: trigger.branches.include.includes('**') ? ['**'] : queue(trigger.branches.include), exclude: queue(trigger.branches.exclude) }));
    }
    default: return event;
  }
}

/** A multibranch job builds every branch that it finds: what the pipeline is not meant for ends at once. */
export function triggerStage(world: World, scope: ValueScope): Stage | undefined {
  const { triggers } = world.graph;
  const known = triggers.filter(trigger => trigger.kind !== 'release');
  if (known.length === 0) {
    return undefined;
  }
  const meant = known.map(meantFor);
  const conditions = { ...world.conditions(scope, (): Test => ({ is: 'true' })), sifted: false };
  const whens = meant.map(each => conditionWhens(each, conditions)).map(allOf);
  return {
    name: world.stageNames.take('Trigger'),
    when: [{ when: 'not', of: whens.length === 1 ? whens[0] : { when: 'anyOf', of: whens } }],
    content: {
      body: 'steps',
      steps: [
        { step: 'script', statements: [{ do: 'groovy', code: 'currentBuild.result = \'NOT_BUILT\'' }] },
        { step: 'error', message: `This pipeline runs when ${meant.map(describe).join(', or when ')}.` },
      ],
    },
  };
}

/** The graph with the paths of triggers as conditions of all jobs. */
export function withTriggerPaths(graph: PipelineGraph): PipelineGraph {
  const filters: Array<{ id: string; paths: GlobsNode }> = [];
  const conditions = graph.triggers.flatMap((trigger): ConditionNode[] => {
    if ((trigger.kind !== 'push' && trigger.kind !== 'pullRequest') || trigger.paths === undefined) {
      return [];
    }
    const key = JSON.stringify(trigger.paths);
    let filter = filters.find(each => JSON.stringify(each.paths) === key);
    if (filter === undefined) {
      const ids = new Set([...graph.filters, ...filters].map(each => each.id));
      filter = { id: freeName('trigger', ids, '_'), paths: trigger.paths }; // variables of the shell are called after it
      filters.push(filter);
    }
    return [{ kind: 'or', of: [{ kind: 'not', of: { kind: 'event', is: [trigger.kind] } }, { kind: 'changed', filter: filter.id }] }];
  });
  if (conditions.length === 0) {
    return graph;
  }
  const paths = simplified({ kind: 'and', of: conditions });
  const jobs = graph.jobs.map(job => ({ ...job, condition: job.condition === undefined ? paths : simplified({ kind: 'and', of: [job.condition, paths] }) }));
  return { ...graph, jobs, filters: [...graph.filters, ...filters] };
}

// ---------------------------------------------------------------- inputs

export function parametersOf(world: World): Parameter[] {
  return world.graph.inputs.map(input => {
    world.row(native(`input ${input.name}`, 'parameters { … }'));
    return parameterOf(input);
  });
}

function parameterOf({ name, type, description, options, default: value }: InputNode): Parameter {
  const described = description === '' ? {} : { description };
  switch (type) {
    case 'boolean': return { parameter: 'booleanParam', name, defaultValue: value === 'true', ...described };
    // The first choice is the default.
    case 'choice': return { parameter: 'choice', name, choices: [...new Set([...value === undefined ? [] : [value], ...options])], ...described };
    default: return { parameter: 'string', name, defaultValue: value ?? '', ...described };
  }
}

// ---------------------------------------------------------------- options

/** Contexts that are of one branch: a group with one of them is of the builds of one job. */
const PER_BRANCH = new Set(['ref', 'branch', 'tag', 'changeNumber', 'sourceBranch', 'sha', 'runId', 'runNumber']);

export function optionsOf(world: World, scope: ValueScope): Option[] {
  return [{ option: 'skipDefaultCheckout' }, ...concurrencyOptions(world, scope), ...retention(world)];
}

function concurrencyOptions(world: World, scope: ValueScope): Option[] {
  const { concurrency } = world.graph;
  if (concurrency === undefined) {
    return [];
  }
  const { group, onNew, cancelPullRequests } = concurrency;
  const isPerBranch = valuesOf(group).some(value => value.kind === 'context' && PER_BRANCH.has(value.name));
  const cancelsPulls = cancelPullRequests && world.events.has('pullRequest');
  const abortPrevious: Test = onNew === 'cancelRunning' ? { is: 'true' } : cancelsPulls ? { is: 'fixedTest', code: 'env.CHANGE_ID != null' } : { is: 'false' };
  const own: Option = { option: 'disableConcurrentBuilds', abortPrevious };
  if (isPerBranch) {
    world.row((onNew === 'queue' ? approximated : native)('concurrency', onNew === 'queue' ? 'disableConcurrentBuilds(); of the builds that wait with the same parameters, the newest is left' : 'disableConcurrentBuilds(…) of the job of a branch'));
    return [own];
  }
  if (!world.options.plugins.has(JenkinsPlugin.LOCKABLE_RESOURCES)) {
    world.row(unsupported('concurrency', 'a group of several branches takes the plug-in lockable-resources'));
    return [own];
  }
  world.row((onNew === 'queue' ? native : approximated)('concurrency', onNew === 'queue' ? 'lock(resource:) of the whole build' : 'lock(resource:) of the whole build: builds of other branches wait, and all of them run'));
  const resource = plainText(group);
  const lock: Option = { option: 'lock', resource: resource === undefined ? textExpr(group, scope) : { is: 'text', value: resource } };
  return onNew === 'queue' && !cancelsPulls ? [lock] : [own, lock];
}

/** Artifacts are kept by builds, not each for itself. */
function retention(world: World): Option[] {
  const days = world.graph.jobs.flatMap(job => job.steps.flatMap(step => step.kind === 'upload' && step.retentionDays !== undefined ? [step.retentionDays] : []));
  if (days.length === 0) {
    return [];
  }
  world.row(emulated('retention of artifacts', `buildDiscarder: all artifacts of a build for ${Math.max(...days)} days`));
  return [{ option: 'buildDiscarder', artifactDaysToKeep: Math.max(...days) }];
}

