import { eventIs, globsMatch } from './contexts';
import { all, ALWAYS, any, Expression, is, isWritable, negated, NEVER } from './expression';
import { variableFor } from './values';
import { ConditionNode, JobResult, ValueNode } from '../../graph';

/*
 * Conditions are asked twice on GitLab: what is known when a pipeline is made leaves a job out (`rules`), what is known later is asked within
 * the job. `bound` is the part for `rules`: the least that has to hold for a job to run at all.
 */

const RESULTS: readonly JobResult[] = ['success', 'failure', 'cancelled', 'skipped'];

/** What `bound` has to know of the jobs before. */
export interface Before {
  /** When all that have to succeed are there. */
  readonly succeeded: Expression;
  /** Whether there is a job before at all. */
  readonly any: boolean;
  /** When a job is there. */
  rule(job: string): Expression;
}

/** The condition with `not` at its leaves alone. */
export function pushed(condition: ConditionNode, negate = false): ConditionNode {
  switch (condition.kind) {
    case 'not': return pushed(condition.of, !negate);
    case 'and':
    case 'or': {
      const kind = (condition.kind === 'and') !== negate ? 'and' : 'or';
      return { kind, of: condition.of.map(each => pushed(each, negate)) };
    }
    case 'literal': return { kind: 'literal', value: condition.value !== negate };
    case 'result': return negate ? { ...condition, is: RESULTS.filter(each => !condition.is.includes(each)) } : condition;
    default: return negate ? { kind: 'not', of: condition } : condition;
  }
}

/** The parts that all have to hold; the condition has been pushed. */
export function conjuncts(condition: ConditionNode): ConditionNode[] {
  return condition.kind === 'and' ? condition.of.flatMap(conjuncts) : condition.kind === 'literal' && condition.value ? [] : [condition];
}

export function isStatus(condition: ConditionNode, status: string): boolean {
  return condition.kind === 'status' && condition.status === status;
}

/** The condition as GitLab can ask it when it makes a pipeline; undefined when it cannot. */
export function known(condition: ConditionNode): Expression | undefined {
  switch (condition.kind) {
    case 'literal': return condition.value ? ALWAYS : NEVER;
    case 'and':
    case 'or': {
      const parts = condition.of.map(known);
      return parts.includes(undefined) ? undefined : (condition.kind === 'and' ? all : any)(parts as Expression[]);
    }
    case 'not': {
      const of = known(condition.of);
      return of && negated(of);
    }
    case 'event': return any(condition.is.map(eventIs));
    case 'compare': return compared(condition.value, condition.in);
    case 'matches': return matched(condition.value, condition.globs);
    default: return undefined;
  }
}

function compared(value: ValueNode, values: readonly string[]): Expression | undefined {
  if (value.kind === 'context' && value.name === 'ref') {
    return any2(values.map(each => refIs(each)));
  }
  if (value.kind === 'context' && value.name === 'event') {
    return undefined;
  }
  const variable = ruleVariable(value);
  return variable !== undefined && values.every(isWritable) ? any(values.map(each => is(variable, each))) : undefined;
}

function refIs(ref: string): Expression | undefined {
  const [, kind, name] = /^refs\/(heads|tags)\/(.+)$/s.exec(ref) ?? [];
  return kind !== undefined && isWritable(name) ? is(kind === 'heads' ? 'CI_COMMIT_BRANCH' : 'CI_COMMIT_TAG', name) : undefined;
}

function any2(parts: ReadonlyArray<Expression | undefined>): Expression | undefined {
  return parts.includes(undefined) ? undefined : any(parts as Expression[]);
}

function matched(value: ValueNode, globs: readonly string[]): Expression | undefined {
  const variable = ruleVariable(value);
  return variable === undefined || globs.includes('**') ? undefined : globsMatch(variable, globs);
}

/** Secrets are kept out of rules: those of an environment are not known there. */
function ruleVariable(value: ValueNode): string | undefined {
  return value.kind === 'context' || value.kind === 'input' ? variableFor(value) : undefined;
}

/** What has to hold for the condition to hold at all, as far as it is known when a pipeline is made. */
export function bound(condition: ConditionNode, before: Before): Expression {
  switch (condition.kind) {
    case 'and': return all(condition.of.map(each => bound(each, before)));
    case 'or': return any(condition.of.map(each => bound(each, before)));
    case 'status':
      switch (condition.status) {
        case 'success': return before.succeeded;
        case 'failure': return before.any ? ALWAYS : NEVER;
        case 'always': return ALWAYS;
        // A run that is cancelled stops all its jobs.
        case 'cancelled': return NEVER;
      }
      break;
    case 'result': return condition.is.includes('skipped') ? ALWAYS : condition.is.some(each => each !== 'cancelled') ? before.rule(condition.job) : NEVER;
    case 'not': return condition.of.kind === 'status' ? negatedStatus(condition.of.status, before) : known(condition) ?? ALWAYS;
    default: break;
  }
  return known(condition) ?? ALWAYS;
}

function negatedStatus(status: string, before: Before): Expression {
  return status === 'always' || (status === 'success' && !before.any) ? NEVER : ALWAYS;
}
