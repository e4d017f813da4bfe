import type { ConditionNode, JobResult, ValueNode } from '../../../graph';
import { isLiteral, simplified } from '../../../graph';

/*
 * Conditions as `when` of Tekton: all of them must hold, and each compares one text with some values. What does not fit into that is
 * worked out by a script.
 */

/** One `when`. */
export interface When {
  readonly input: string;
  readonly operator: 'in' | 'notin';
  readonly values: readonly string[];
}

/** What never holds. */
const NEVER: When = { input: 'never', operator: 'in', values: ['always'] };

/** How a leaf is asked for: the input, and the values in the words of Tekton; undefined when no `when` can. */
export interface LeafReader {
  value(value: ValueNode): string | undefined;
  event(): string;
  /** What a job came to, which can take two `when`; undefined when none say it. */
  result(job: string, is: readonly JobResult[]): readonly When[] | undefined;
  /** `failure()`, which is the only status left. */
  failure(): { readonly input: string; readonly values: readonly string[] } | undefined;
}

const RESULTS: readonly JobResult[] = ['success', 'failure', 'cancelled', 'skipped'];

/** The condition with `not` at the leaves alone. A job comes to one of four, so that a `not` of some is the others. */
export function pushed(condition: ConditionNode, isNegated = false): ConditionNode {
  switch (condition.kind) {
    case 'not': return pushed(condition.of, !isNegated);
    case 'and':
    case 'or': {
      const kind = (condition.kind === 'and') === isNegated ? 'or' : 'and';
      return { kind, of: condition.of.map(each => pushed(each, isNegated)) };
    }
    case 'literal': return { kind: 'literal', value: condition.value !== isNegated };
    case 'result': return isNegated ? { ...condition, is: RESULTS.filter(result => !condition.is.includes(result)) } : condition;
    default: return isNegated ? { kind: 'not', of: condition } : condition;
  }
}

/** The condition as a list of `when`, or nothing where none says the same. */
export function whenOf(condition: ConditionNode, reader: LeafReader): When[] | undefined {
  return conjunction(simplified(pushed(simplified(condition))), reader);
}

function conjunction(condition: ConditionNode, reader: LeafReader): When[] | undefined {
  if (condition.kind === 'literal') {
    return condition.value ? [] : [NEVER];
  }
  if (condition.kind === 'and') {
    const parts = condition.of.map(each => conjunction(each, reader));
    return parts.every(part => part !== undefined) ? parts.flat() : undefined;
  }
  if (condition.kind === 'or') {
    return disjunction(condition.of, reader);
  }
  if (condition.kind === 'result') {
    return whenResult(condition.job, condition.is, reader);
  }
  const when = leaf(condition, reader);
  return when && [when];
}

function whenResult(job: string, is: readonly JobResult[], reader: LeafReader): When[] | undefined {
  if (is.length === 0) {
    return [NEVER];
  }
  const when = is.length === RESULTS.length ? [] : reader.result(job, is);
  return when && [...when];
}

/** Alternatives over the same input are one `when`. */
function disjunction(parts: readonly ConditionNode[], reader: LeafReader): When[] | undefined {
  const [one] = parts;
  if (one.kind === 'result' && parts.every((part): part is typeof one => part.kind === 'result' && part.job === one.job)) {
    return whenResult(one.job, RESULTS.filter(each => parts.some(part => part.kind === 'result' && part.is.includes(each))), reader);
  }
  const all = parts.map(part => part.kind === 'or' || part.kind === 'and' ? undefined : leaf(part, reader));
  const [first] = all;
  if (first === undefined || !all.every((each): each is When => each?.input === first.input && each.operator === first.operator)) {
    return undefined;
  }
  const values = first.operator === 'in'
    ? [...new Set(all.flatMap(each => each.values))]
    : first.values.filter(value => all.every(each => each.values.includes(value)));
  return values.length === 0 ? undefined : [{ ...first, values }];
}

function leaf(condition: ConditionNode, reader: LeafReader): When | undefined {
  const isNegated = condition.kind === 'not';
  const asked = question(isNegated ? condition.of : condition, reader);
  // A value with `$(` in it would be read as a reference.
  return asked === undefined || asked.values.length === 0 || asked.values.some(value => value.includes('$(')) ? undefined : { input: asked.input, operator: isNegated ? 'notin' : 'in', values: asked.values };
}

function question(condition: ConditionNode, reader: LeafReader): { readonly input: string; readonly values: readonly string[] } | undefined {
  switch (condition.kind) {
    case 'event': return { input: reader.event(), values: condition.is };
    case 'status': return condition.status === 'failure' ? reader.failure() : undefined;
    case 'compare':
    case 'matches': {
      const input = reader.value(condition.value);
      const values = condition.kind === 'compare' ? condition.in : condition.globs;
      return input === undefined || (condition.kind === 'matches' && !values.every(isLiteral)) ? undefined : { input, values };
    }
    default: return undefined;
  }
}

/** Conditions without those that are said twice. */
export function distinctWhen(all: readonly When[]): When[] {
  return [...new Map(all.map(when => [JSON.stringify(when), when])).values()];
}
