import type { Expr, Test, When } from './ast';
import { resultExpr, valueExpr, ValueScope } from './values';
import { ConditionNode, EventName, globPattern, isLiteral, mapLeaves, simplified, StatusName } from '../../graph';

/** What a condition is asked within. */
export interface ConditionScope extends ValueScope {
  readonly status: (status: StatusName) => Test;
  /** The events that can start the pipeline. */
  readonly events: ReadonlySet<EventName>;
  /** Whether other events have been sent away before. */
  readonly sifted: boolean;
}

const TRUE: Test = { is: 'true' };
const fixedTest = (code: string): Test => ({ is: 'fixedTest', code });
const not = (test: Test): Test => ({ is: 'not', test });

const QUEUE = '^(?:gh-readonly-queue/.*)$';

const PULL_REQUEST: Test = { is: 'truthy', value: { is: 'env', name: 'CHANGE_ID' } };
const TAG: Test = { is: 'truthy', value: { is: 'env', name: 'TAG_NAME' } };
const cause = (name: string) => fixedTest(`!currentBuild.getBuildCauses(${name}).isEmpty()`);

/**
 * What tells that an event started a build, the first that holds. Jenkins has no word for it; a build of a pull request that somebody
 * starts again is one of the pull request still.
 */
const SIGNS: ReadonlyArray<{ readonly event: EventName; readonly test: Test; readonly when: When }> = [
  { event: 'pullRequest', test: PULL_REQUEST, when: { when: 'changeRequest' } },
  { event: 'schedule', test: cause('\'hudson.triggers.TimerTrigger$TimerTriggerCause\''), when: { when: 'triggeredBy', cause: 'TimerTrigger' } },
  { event: 'call', test: cause('\'org.jenkinsci.plugins.workflow.support.steps.build.BuildUpstreamCause\''), when: { when: 'triggeredBy', cause: 'BuildUpstreamCause' } },
  { event: 'manual', test: cause('\'hudson.model.Cause$UserIdCause\''), when: { when: 'triggeredBy', cause: 'UserIdCause' } },
  { event: 'tag', test: TAG, when: { when: 'buildingTag' } },
  {
    event: 'mergeQueue',
    test: { is: 'startsWith', value: { is: 'env', name: 'BRANCH_NAME' }, part: { is: 'text', value: 'gh-readonly-queue/' } },
    when: { when: 'branch', pattern: QUEUE, comparator: 'REGEXP' },
  },
];

/** The signs that can be seen: somebody may start any build by hand, which counts only where the pipeline is meant for that. */
function signsOf(events: ReadonlySet<EventName>) {
  return SIGNS.filter(({ event }) => events.has(event) || event === 'pullRequest' || event === 'tag');
}

/** What started the build, as a text. */
export function eventExpr(events: ReadonlySet<EventName>): Expr {
  return signsOf(events).reduceRight<Expr>((no, { event, test }) => ({ is: 'when', test, yes: { is: 'text', value: event }, no }), { is: 'text', value: 'push' });
}

function eventTest(event: EventName, events: ReadonlySet<EventName>): Test {
  const signs = signsOf(events);
  const at = signs.findIndex(sign => sign.event === event);
  if (at < 0 && event !== 'push') {
    return { is: 'false' };
  }
  const before = (at < 0 ? signs : signs.slice(0, at)).map(sign => not(sign.test));
  return all([...at < 0 ? [] : [signs[at].test], ...before]);
}

/** As a condition of a stage; what a trigger already excludes is not asked again. */
function eventWhen(event: EventName, { events, sifted }: ConditionScope): When | undefined {
  const signs = sifted ? SIGNS.filter(sign => events.has(sign.event)) : signsOf(events);
  const at = signs.findIndex(sign => sign.event === event);
  if (at < 0 && event !== 'push') {
    return undefined;
  }
  const before = (at < 0 ? signs : signs.slice(0, at)).filter(sign => !exclusive(sign.event, event));
  const others: When[] = before.length === 0 ? [] : [{ when: 'not', of: before.length === 1 ? before[0].when : { when: 'anyOf', of: before.map(sign => sign.when) } }];
  return allOf([...at < 0 ? [] : [signs[at].when], ...others]);
}

/** A schedule starts builds of the default branch alone, never one of a pull request or of a tag. */
function exclusive(sign: EventName, event: EventName): boolean {
  return sign === 'pullRequest' && (event === 'schedule' || event === 'tag' || event === 'mergeQueue');
}

/** The condition without events that cannot be: the others have been sent away before. */
export function siftedCondition(condition: ConditionNode, events: ReadonlySet<EventName>): ConditionNode {
  return simplified(mapLeaves(condition, leaf => {
    if (leaf.kind !== 'event' || events.size === 0) {
      return leaf;
    }
    const is = leaf.is.filter(event => events.has(event));
    return is.length === 0 || is.length === events.size ? { kind: 'literal', value: is.length > 0 } : { kind: 'event', is };
  }));
}

export function all(tests: readonly Test[]): Test {
  const left = tests.flatMap(each => each.is === 'all' ? each.tests : [each]).filter(each => each.is !== 'true');
  return left.some(each => each.is === 'false') ? { is: 'false' } : left.length === 0 ? TRUE : left.length === 1 ? left[0] : { is: 'all', tests: left };
}

/** The contrary, as it is best read. */
export function negated(test: Test): Test {
  switch (test.is) {
    case 'true': return { is: 'false' };
    case 'false': return TRUE;
    case 'equal': return { ...test, is: 'unequal' };
    case 'unequal': return { ...test, is: 'equal' };
    case 'not': return test.test;
    case 'fixedTest': return /^[\w.]+ == '\w+'$/.test(test.code) ? fixedTest(test.code.replace(' == ', ' != ')) : not(test);
    default: return not(test);
  }
}

export function any(tests: readonly Test[]): Test {
  const left = tests.flatMap(each => each.is === 'any' ? each.tests : [each]).filter(each => each.is !== 'false');
  return left.some(each => each.is === 'true') ? TRUE : left.length === 0 ? { is: 'false' } : left.length === 1 ? left[0] : { is: 'any', tests: left };
}

/** All of some conditions; that there is a pull request goes without saying where it has a target. */
export function allOf(given: readonly When[]): When {
  const hasTarget = given.some(each => each.when === 'changeRequest' && each.target !== undefined);
  const of = given.filter(each => !(hasTarget && each.when === 'changeRequest' && each.target === undefined));
  return of.length === 1 ? of[0] : { when: 'allOf', of };
}

function anyOf(of: readonly When[]): When {
  return of.length === 1 ? of[0] : { when: 'anyOf', of };
}

/** A condition as Groovy. */
export function conditionTest(condition: ConditionNode, scope: ConditionScope): Test {
  switch (condition.kind) {
    case 'literal': return { is: condition.value ? 'true' : 'false' };
    case 'and': return all(condition.of.map(each => conditionTest(each, scope)));
    case 'or': return any(condition.of.map(each => conditionTest(each, scope)));
    case 'not': {
      const test = conditionTest(condition.of, scope);
      return negated(test);
    }
    case 'status': return scope.status(condition.status);
    case 'result': return resultTest(resultExpr(condition.job, scope), condition.is);
    case 'event': return any(condition.is.map(event => eventTest(event, scope.events)));
    case 'compare': {
      const value = valueExpr(condition.value, scope);
      return condition.in.length === 1 ? { is: 'equal', left: value, right: { is: 'text', value: condition.in[0] } } : { is: 'in', value, list: condition.in };
    }
    case 'matches': return { is: 'fits', value: valueExpr(condition.value, scope), pattern: `(?s)(?:${condition.globs.map(globPattern).join('|')})` };
    case 'changed': return TRUE; // asked by a job of its own: withChangesJob()
  }
}

/** A job that is stopped has failed too; Jenkins tells it from the build. */
function resultTest(value: Expr, results: readonly string[]): Test {
  const stopped = fixedTest('currentBuild.currentResult == \'ABORTED\'');
  const goingOn = fixedTest('currentBuild.currentResult != \'ABORTED\'');
  const plain = results.filter(each => each === 'success' || each === 'skipped');
  const failed: Test = { is: 'equal', left: value, right: { is: 'text', value: 'failure' } };
  return any([
    ...plain.length === 0 ? [] : [plain.length === 1 ? { is: 'equal', left: value, right: { is: 'text', value: plain[0] } } as const : { is: 'in', value, list: plain } as const],
    ...results.includes('failure') ? results.includes('cancelled') ? [failed] : [all([failed, goingOn])] : results.includes('cancelled') ? [all([failed, stopped])] : [],
  ]);
}

/** A condition as sections of `when`, in the words of Jenkins where it has some. All of them have to hold. */
export function conditionWhens(condition: ConditionNode, scope: ConditionScope): When[] {
  if (condition.kind === 'and') {
    return condition.of.flatMap(each => conditionWhens(each, scope));
  }
  if (condition.kind === 'literal' && condition.value) {
    return [];
  }
  const native = nativeWhen(condition, scope);
  if (native) {
    return [native];
  }
  const test = conditionTest(condition, scope);
  return test.is === 'true' ? [] : [{ when: 'expression', test }];
}

/** `when` in Jenkins' words; undefined where it takes Groovy. */
function nativeWhen(condition: ConditionNode, scope: ConditionScope): When | undefined {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const of = condition.of.map(each => nativeWhen(each, scope));
      return of.includes(undefined) ? undefined : (condition.kind === 'and' ? allOf : anyOf)(of as When[]);
    }
    case 'not': {
      const of = nativeWhen(condition.of, scope);
      return of && { when: 'not', of };
    }
    case 'event': {
      const of = condition.is.map(event => eventWhen(event, scope));
      return of.includes(undefined) ? undefined : anyOf(of as When[]);
    }
    case 'compare': return condition.value.kind === 'context' ? refWhen(condition.value.name, condition.in, equals, scope) : undefined;
    case 'matches': return condition.value.kind === 'context' ? refWhen(condition.value.name, condition.globs, matches, scope) : undefined;
    default: return undefined;
  }
}

type Pattern = { readonly pattern: string; readonly comparator: 'EQUALS' | 'REGEXP' };

const equals = (pattern: string): Pattern => ({ pattern, comparator: 'EQUALS' });

/** Never Jenkins' own globs: they take no notice of case, and would let the branch `Main` pass for `main` (when/utils/Comparator.java). */
const matches = (glob: string): Pattern => isLiteral(glob) ? equals(glob) : { pattern: globPattern(glob), comparator: 'REGEXP' };

function refWhen(name: string, values: readonly string[], pattern: (value: string) => Pattern, scope: ConditionScope): When | undefined {
  const each = (make: (pattern: Pattern) => When) => anyOf(values.map(value => make(pattern(value))));
  if (values.includes('')) {
    return undefined; // where there is no branch or tag, none of these conditions holds
  }
  switch (name) {
    case 'branch': {
      const branch = each(which => ({ when: 'branch', ...which }));
      // A tag is a branch to Jenkins: one that is called like a branch must not pass for it.
      return scope.events.has('tag') || scope.events.has('manual') ? allOf([branch, { when: 'not', of: { when: 'buildingTag' } }]) : branch;
    }
    case 'tag': return each(which => ({ when: 'tag', ...which }));
    case 'targetBranch': return each(({ pattern: target, comparator }) => ({ when: 'changeRequest', target, comparator }));
    default: return undefined;
  }
}
