import type { EventName, JobResult, Text, ValueNode } from './values';

/** How something stands with what was before: all needed jobs and theirs (or, for a step, the steps before). */
export type StatusName = 'success' | 'failure' | 'always' | 'cancelled';

/** When a job or a step runs. */
export type ConditionNode =
  | { readonly kind: 'and' | 'or'; readonly of: readonly ConditionNode[] }
  | { readonly kind: 'not'; readonly of: ConditionNode }
  | { readonly kind: 'literal'; readonly value: boolean }
  | { readonly kind: 'status'; readonly status: StatusName }
  | { readonly kind: 'result'; readonly job: string; readonly is: readonly JobResult[] }
  | { readonly kind: 'event'; readonly is: readonly EventName[] }
  | { readonly kind: 'compare'; readonly value: ValueNode; readonly in: readonly string[] }
  | { readonly kind: 'matches'; readonly value: ValueNode; readonly globs: readonly string[] }
  | { readonly kind: 'changed'; readonly filter: string };

/** What a system knows when it asks. Undefined: not known yet. */
export interface Facts {
  status(status: StatusName): boolean | undefined;
  result(job: string): JobResult | undefined;
  event(): EventName | undefined;
  value(value: ValueNode): string | undefined;
  changed(filter: string): boolean | undefined;
  matches(value: string, glob: string): boolean;
}

/** Whether a condition asks for a status. Without one, `success()` is meant as well. */
export function asksStatus(condition: ConditionNode): boolean {
  return someCondition(condition, each => each.kind === 'status');
}

export function someCondition(condition: ConditionNode, is: (leaf: ConditionNode) => boolean): boolean {
  switch (condition.kind) {
    case 'and':
    case 'or': return condition.of.some(each => someCondition(each, is));
    case 'not': return someCondition(condition.of, is);
    default: return is(condition);
  }
}

/** The leaves of a condition, from left to right. */
export function leavesOf(condition: ConditionNode): ConditionNode[] {
  switch (condition.kind) {
    case 'and':
    case 'or': return condition.of.flatMap(leavesOf);
    case 'not': return leavesOf(condition.of);
    default: return [condition];
  }
}

/** The values that a condition reads. */
export function valuesOfCondition(condition: ConditionNode): ValueNode[] {
  return leavesOf(condition).flatMap(leaf => leaf.kind === 'compare' || leaf.kind === 'matches' ? [leaf.value] : []);
}

/** The condition with other leaves in place of some. */
export function mapLeaves(condition: ConditionNode, map: (leaf: ConditionNode) => ConditionNode): ConditionNode {
  switch (condition.kind) {
    case 'and':
    case 'or': return { kind: condition.kind, of: condition.of.map(each => mapLeaves(each, map)) };
    case 'not': return { kind: 'not', of: mapLeaves(condition.of, map) };
    default: return map(condition);
  }
}

/**
 * The condition as it is meant: with `success()` where no status is asked for, as GitHub has it (docs.github.com, Contexts and expressions,
 * status check functions), and with what is constant worked out.
 */
export function meant(condition: ConditionNode | undefined): ConditionNode {
  const success: ConditionNode = { kind: 'status', status: 'success' };
  if (condition === undefined) {
    return success;
  }
  return simplified(asksStatus(condition) ? condition : { kind: 'and', of: [success, condition] });
}

/** The same condition without constants, nested `and` in `and`, or doubled `not`. */
export function simplified(condition: ConditionNode): ConditionNode {
  if (condition.kind === 'not') {
    const of = simplified(condition.of);
    if (of.kind === 'literal') {
      return { kind: 'literal', value: !of.value };
    }
    return of.kind === 'not' ? of.of : { kind: 'not', of };
  }
  if (condition.kind !== 'and' && condition.kind !== 'or') {
    return condition;
  }
  const neutral = condition.kind === 'and';
  const parts = condition.of.map(simplified).flatMap(each => each.kind === condition.kind ? each.of : [each]);
  if (parts.some(each => each.kind === 'literal' && each.value !== neutral)) {
    return { kind: 'literal', value: !neutral };
  }
  const left = distinct(parts.filter(each => each.kind !== 'literal'));
  return left.length === 0 ? { kind: 'literal', value: neutral } : left.length === 1 ? left[0] : { kind: condition.kind, of: left };
}

function distinct(conditions: ConditionNode[]): ConditionNode[] {
  return [...new Map(conditions.map(each => [JSON.stringify(each), each])).values()];
}

/** What a condition comes to, in three values: undefined while it depends on what is not known. */
export function evaluate(condition: ConditionNode, facts: Facts): boolean | undefined {
  switch (condition.kind) {
    case 'literal': return condition.value;
    case 'and':
    case 'or': {
      const stop = condition.kind === 'or';
      const results = condition.of.map(each => evaluate(each, facts));
      return results.includes(stop) ? stop : results.includes(undefined) ? undefined : !stop;
    }
    case 'not': {
      const result = evaluate(condition.of, facts);
      return result === undefined ? undefined : !result;
    }
    case 'status': return facts.status(condition.status);
    case 'result': {
      const result = facts.result(condition.job);
      return result === undefined ? undefined : condition.is.includes(result);
    }
    case 'event': {
      const event = facts.event();
      return event === undefined ? undefined : condition.is.includes(event);
    }
    case 'compare': {
      const value = facts.value(condition.value);
      return value === undefined ? undefined : condition.in.includes(value);
    }
    case 'matches': {
      const value = facts.value(condition.value);
      return value === undefined ? undefined : condition.globs.some(glob => facts.matches(value, glob));
    }
    case 'changed': return facts.changed(condition.filter);
  }
}

/** A condition in words, as messages and `explain()` show it. */
export function describe(condition: ConditionNode): string {
  switch (condition.kind) {
    case 'literal': return String(condition.value);
    case 'and':
    case 'or': return condition.of.map(each => each.kind === 'and' || each.kind === 'or' ? `(${describe(each)})` : describe(each)).join(` ${condition.kind} `);
    case 'not': return condition.of.kind === 'and' || condition.of.kind === 'or' ? `not (${describe(condition.of)})` : `not ${describe(condition.of)}`;
    case 'status': return `${condition.status}()`;
    case 'result': return `${condition.job} is ${condition.is.join(' or ')}`;
    case 'event': return `event is ${condition.is.join(' or ')}`;
    case 'compare': return `${describeValue(condition.value)} is ${condition.in.map(each => `'${each}'`).join(' or ')}`;
    case 'matches': return `${describeValue(condition.value)} matches ${condition.globs.map(each => `'${each}'`).join(' or ')}`;
    case 'changed': return `${condition.filter} changed`;
  }
}

/** A value in words. */
export function describeValue(value: ValueNode): string {
  switch (value.kind) {
    case 'output': return `output ${value.name} of ${value.job}`;
    case 'stepOutput': return `output ${value.name} of step ${value.step}`;
    case 'input': return `input ${value.name}`;
    case 'matrix': return `matrix ${value.axis}`;
    case 'secret': return `secret ${value.name}`;
    case 'context': return value.name;
    case 'result': return `result of ${value.job}`;
    case 'hash': return `hash of ${value.files.join(', ')}`;
  }
}

/** A text in words. */
export function describeText(text: Text): string {
  return text.map(part => typeof part === 'string' ? part : `<${describeValue(part)}>`).join('');
}

/** Nothing is known of a run but what the statuses say. */
export const UNKNOWN: Omit<Facts, 'status'> = {
  result: () => undefined, event: () => undefined, value: () => undefined, changed: () => undefined, matches: () => false,
};

/** Whether a condition holds only when everything before has succeeded. */
export function demandsSuccess(condition: ConditionNode | undefined): boolean {
  return evaluate(meant(condition), { ...UNKNOWN, status: status => status === 'success' ? false : undefined }) === false;
}
