import { ALWAYS, any, Expression, is, isSet, isWritable, all, negated, NEVER } from './expression';
import { ContextName, EventName, GlobsNode, globPattern, isLiteral } from '../../graph';

/*
 * What GitLab knows of a run (doc/ci/variables/predefined_variables.md).
 */

/** The variable that says it, where there is one. Empty where it isn't set. */
const VARIABLES: Partial<Record<ContextName, string>> = {
  repository: 'CI_PROJECT_PATH',
  sha: 'CI_COMMIT_SHA',
  // Not set in the pipeline of a merge request, whose source branch somebody from outside may have named.
  branch: 'CI_COMMIT_BRANCH',
  tag: 'CI_COMMIT_TAG',
  defaultBranch: 'CI_DEFAULT_BRANCH',
  changeNumber: 'CI_MERGE_REQUEST_IID',
  changeTitle: 'CI_MERGE_REQUEST_TITLE',
  sourceBranch: 'CI_MERGE_REQUEST_SOURCE_BRANCH_NAME',
  targetBranch: 'CI_MERGE_REQUEST_TARGET_BRANCH_NAME',
  actor: 'GITLAB_USER_LOGIN',
  runId: 'CI_PIPELINE_ID',
  runNumber: 'CI_PIPELINE_IID',
  runUrl: 'CI_PIPELINE_URL',
};

export function variableOf(context: ContextName): string | undefined {
  return VARIABLES[context];
}

/** A word of the shell. */
export function contextWord(context: ContextName): string {
  const variable = VARIABLES[context];
  if (variable !== undefined) {
    return `"\${${variable}:-}"`;
  }
  switch (context) {
    case 'ref': return '"$(ref_of_run)"';
    case 'baseSha': return '"$(base_of_run)"';
    default: return '"$(event_of_run)"';
  }
}

const source = (...names: string[]): Expression => any(names.map(name => is('CI_PIPELINE_SOURCE', name)));
const MERGE_TRAIN = is('CI_MERGE_REQUEST_EVENT_TYPE', 'merge_train');

/** What starts a run. */
const EVENTS: Readonly<Record<EventName, Expression>> = {
  push: all([source('push'), isSet('CI_COMMIT_BRANCH')]),
  tag: all([source('push'), isSet('CI_COMMIT_TAG')]),
  pullRequest: all([source('merge_request_event'), negated(MERGE_TRAIN)]),
  mergeQueue: MERGE_TRAIN,
  schedule: source('schedule'),
  manual: source('web', 'api', 'trigger'),
  call: source('pipeline', 'parent_pipeline'),
  release: NEVER,
};

export function eventIs(event: EventName): Expression {
  return EVENTS[event];
}

/** A variable that globs match. */
export function globsMatch(variable: string, globs: readonly string[]): Expression | undefined {
  if (globs.includes('**')) {
    return ALWAYS;
  }
  const literal = globs.filter(isLiteral);
  const patterns = globs.filter(glob => !isLiteral(glob)).map(globPattern);
  if (!literal.every(isWritable) || !patterns.every(isWritable)) {
    return undefined;
  }
  const matches: Expression[] = patterns.length === 0 ? [] : [{ kind: 'matches', variable, pattern: patterns.length === 1 ? `^${patterns[0]}$` : `^(?:${patterns.join('|')})$` }];
  return any([...literal.map(glob => is(variable, glob)), ...matches]);
}

/** Branches or tags that a trigger is for; undefined for those that cannot be written. */
export function within(variable: string, globs: GlobsNode): Expression | undefined {
  const include = globsMatch(variable, globs.include);
  const exclude = globs.exclude.length > 0 ? globsMatch(variable, globs.exclude) : NEVER;
  return include && exclude && all([include, negated(exclude)]);
}
