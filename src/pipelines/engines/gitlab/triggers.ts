import { eventIs, within } from './contexts';
import { all, any, Expression, is, isSet, NEVER } from './expression';
import type { PipelineRow, Remaining } from '../../engine';
import { approximated, emulated, native, unsupported } from '../../gaps';
import { GlobsNode, isLiteral, PipelineGraph, TriggerNode } from '../../graph';

/** One rule of `workflow:rules`, and of the jobs where several pipelines share a project. */
export interface TriggerRule {
  readonly kind: TriggerNode['kind'];
  readonly expression: Expression;
  /** `rules:changes`. */
  readonly changes?: readonly string[];
}

export interface Triggers {
  readonly rules: readonly TriggerRule[];
  readonly rows: readonly PipelineRow[];
  readonly remains: readonly Remaining[];
}

/** What pipelines are told apart by where several can be started by hand. */
export const CHOICE = 'FAIRWAY_PIPELINE';

/** What schedules are told apart by. */
const SCHEDULE = 'FAIRWAY_SCHEDULE';

/** @param several whether other pipelines share the project */
export function triggersOf(graph: PipelineGraph, several: boolean): Triggers {
  const rows: PipelineRow[] = [];
  const remains: Remaining[] = [];
  const rules = graph.triggers.map(trigger => ruleOf(trigger, { graph, several, rows, remains }));
  return { rules: rules.filter(rule => rule.expression !== NEVER), rows, remains };
}

interface Where {
  readonly graph: PipelineGraph;
  readonly several: boolean;
  readonly rows: PipelineRow[];
  readonly remains: Remaining[];
}

function ruleOf(trigger: TriggerNode, where: Where): TriggerRule {
  const { graph, rows, remains } = where;
  const rule = (expression: Expression, changes?: readonly string[]): TriggerRule => ({ kind: trigger.kind, expression, ...changes && { changes } });
  switch (trigger.kind) {
    case 'push': {
      const branches = globs('CI_COMMIT_BRANCH', trigger.branches, 'branches of pushes', rows);
      const changes = pathsOf(trigger.paths, 'paths of pushes', rows);
      rows.push(native('pushes', 'workflow:rules, $CI_COMMIT_BRANCH'));
      return rule(all([eventIs('push'), branches, ...withoutDuplicates(trigger.branches, where)]), changes);
    }
    case 'tag':
      rows.push(native('tags', 'workflow:rules, $CI_COMMIT_TAG'));
      return rule(all([eventIs('tag'), globs('CI_COMMIT_TAG', trigger.tags, 'tags', rows)]));
    case 'pullRequest': {
      const branches = globs('CI_MERGE_REQUEST_TARGET_BRANCH_NAME', trigger.branches, 'target branches', rows);
      const changes = pathsOf(trigger.paths, 'paths of merge requests', rows);
      rows.push(native('pull requests', 'workflow:rules, merge_request_event'));
      return rule(all([eventIs('pullRequest'), branches, ...drafts(trigger.drafts, rows)]), changes);
    }
    case 'mergeQueue':
      rows.push(native('merge queue', 'merge trains (Premium)'));
      remains.push({ what: 'Turn on merge trains, and let merge requests be merged only when their pipeline succeeds.', where: 'Settings > Merge requests' });
      return rule(all([eventIs('mergeQueue'), globs('CI_MERGE_REQUEST_TARGET_BRANCH_NAME', trigger.branches, 'target branches', rows)]));
    case 'schedule': {
      const id = `${graph.id}/${trigger.id}`;
      rows.push(emulated(`schedule ${trigger.id}`, `a schedule of the project that sets ${SCHEDULE}`));
      remains.push({
        what: `Make a schedule "${trigger.cron}" in the time zone ${trigger.timeZone} for the default branch, with the variable ${SCHEDULE} = ${id}.`,
        where: 'Build > Pipeline schedules',
      });
      return rule(all([eventIs('schedule'), is(SCHEDULE, id)]));
    }
    case 'manual':
      rows.push(native('start by hand', 'workflow:rules, web, api and trigger'));
      return rule(all([eventIs('manual'), ...where.several ? [is(CHOICE, graph.id)] : [], ...demanded(graph)]));
    case 'call':
      rows.push(native('call by another pipeline', 'workflow:rules, pipeline and parent_pipeline'));
      return rule(eventIs('call'));
    case 'release':
      rows.push(unsupported('start by a release', 'GitLab starts nothing when a release is made; start it by the tag'));
      return rule(NEVER);
  }
}

function globs(variable: string, given: GlobsNode, part: string, rows: PipelineRow[]): Expression {
  const expression = within(variable, given);
  if (expression === undefined) {
    rows.push(unsupported(part, 'rules have no escape for names with both kinds of quotes'));
  }
  return expression ?? NEVER;
}

/** Where a branch has a merge request, its pushes start the pipeline of that one alone; branches that are named always start theirs. */
function withoutDuplicates({ include }: GlobsNode, { graph, rows }: Where): Expression[] {
  if (!graph.triggers.some(trigger => trigger.kind === 'pullRequest') || include.every(isLiteral)) {
    return [];
  }
  rows.push(emulated('one run for a branch with a pull request', 'workflow:rules, $CI_OPEN_MERGE_REQUESTS; protected branches always run theirs'));
  const named = include.filter(isLiteral).map(branch => is('CI_COMMIT_BRANCH', branch));
  return [any([is('CI_OPEN_MERGE_REQUESTS', ''), is('CI_COMMIT_REF_PROTECTED', 'true'), ...named])];
}

function drafts(wanted: boolean, rows: PipelineRow[]): Expression[] {
  if (wanted) {
    return [];
  }
  rows.push(approximated('pull requests that are no drafts', 'by the title; GitLab starts nothing when a draft becomes ready, the next push does'));
  return [{ kind: 'matchesNot', variable: 'CI_MERGE_REQUEST_TITLE', pattern: '^(?:\\[Draft\\]|\\(Draft\\)|Draft:)' }];
}

/** GitLab has no patterns that exclude (doc/ci/yaml, rules:changes:paths), and 50 at most. */
function pathsOf(paths: GlobsNode | undefined, part: string, rows: PipelineRow[]): readonly string[] | undefined {
  if (paths === undefined) {
    return undefined;
  }
  if (paths.include.length > 50) {
    rows.push(approximated(part, 'rules:changes has 50 patterns at most: every change starts the pipeline'));
    return undefined;
  }
  rows.push(paths.exclude.length > 0
    ? approximated(part, 'rules:changes, which cannot exclude: what is excluded starts the pipeline, too')
    : native(part, 'rules:changes'));
  // Each commit changes something.
  return paths.include.includes('**') ? undefined : paths.include.map(pathPattern);
}

/** As `File.fnmatch` reads it (FNM_PATHNAME, FNM_EXTGLOB): two stars go down only before a slash, and brackets and braces mean something. */
function pathPattern(glob: string): string {
  return glob.replace(/[[\]{}\\]/g, '\\$&').replace(/(^|\/)\*\*$/, '$1**/*');
}

/** An input that has to be given is given, or there is no pipeline. */
function demanded(graph: PipelineGraph): Expression[] {
  return graph.inputs.filter(input => input.required && input.default === undefined).map(input => isSet(input.name));
}

/** What has to hold for a pipeline to run; its negation keeps jobs out of the pipelines of others. */
export function anyOf(rules: readonly TriggerRule[]): Expression {
  return any(rules.map(rule => rule.expression));
}

