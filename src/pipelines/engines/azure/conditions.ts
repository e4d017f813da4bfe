import { literal } from './escape';
import { event, JobValues, refOperand } from './values';
import { unsupported } from '../../gaps';
import { ConditionNode, describe, evaluate, JobNode, JobResult, leavesOf, meant, StatusName, UNKNOWN, ValueNode } from '../../graph';

/*
 * Conditions. One that is written replaces the implicit `succeeded()`, so that stands in it whenever it is meant (learn.microsoft.com, Conditions).
 * Texts are compared without regard to case, as GitHub does.
 */

/** What a status is for a step. */
const STATUS: Record<StatusName, string> = { success: 'succeeded()', failure: 'failed()', always: 'always()', cancelled: 'canceled()' };

/**
 * A condition of a job, or undefined for the implicit one.
 *
 * @param elsewhere jobs of other stages that it waits for: `succeeded()` and `failed()` know the jobs of the stage alone
 */
export function jobCondition(condition: ConditionNode | undefined, values: JobValues, elsewhere: readonly string[] = []): string | undefined {
  const { plan, job: reader } = values;
  const status = (name: StatusName) => {
    if (elsewhere.length === 0 || (name !== 'success' && name !== 'failure')) {
      return STATUS[name];
    }
    const others = elsewhere.map(other => plan.resultIs(reader, other, [name]));
    return joined(name === 'success' ? 'and' : 'or', [STATUS[name], ...others]);
  };
  return written(condition, values, { operand: value => values.operand(value), result: (job, is) => plan.resultIs(reader, job, is), status });
}

/** A condition of a step, or undefined for the implicit one. */
export function stepCondition(condition: ConditionNode | undefined, values: JobValues): string | undefined {
  return written(condition, values, {
    operand: value => values.stepOperand(value),
    result: (job, is) => oneOf(`variables['${values.variable({ kind: 'result', job })}']`, is),
    status: name => STATUS[name],
    inStep: true,
  });
}

/**
 * What the conditions of jobs ask that a stage can ask before any of them: of the event, inputs, and outputs of stages before it.
 *
 * @param jobs of which every one has to run
 * @param isBefore whether a job stands in a stage that this one waits for
 */
export function stageDemands(jobs: readonly JobNode[], values: JobValues, isBefore: (job: string) => boolean): string[] {
  const { plan } = values;
  const output = (value: ValueNode) => value.kind === 'output' && isBefore(value.job) ? plan.outputOfStage(value.job, value.name) : undefined;
  const isKnown = (leaf: ConditionNode) => {
    switch (leaf.kind) {
      case 'event': return true;
      case 'compare':
      case 'matches': return (leaf.value.kind === 'context' && !['changeTitle', 'baseSha'].includes(leaf.value.name)) || leaf.value.kind === 'input' || output(leaf.value) !== undefined;
      default: return false;
    }
  };
  const parts = jobs.flatMap(({ condition }) => condition?.kind === 'and' ? condition.of : condition === undefined ? [] : [condition]);
  return [...new Set(parts.filter(part => leavesOf(part).every(isKnown)).map(part => write(part, values, {
    operand: value => output(value) ?? values.operand(value), result: () => 'true', status: name => STATUS[name],
  })))];
}

/** How a condition gets at what it asks. */
interface Writer {
  readonly inStep?: boolean;
  operand(value: ValueNode): string | undefined;
  result(job: string, is: readonly JobResult[]): string;
  status(status: StatusName): string;
}

function written(condition: ConditionNode | undefined, values: JobValues, writer: Writer): string | undefined {
  const full = meant(condition);
  return full.kind === 'status' && full.status === 'success' && writer.status('success') === STATUS.success ? undefined : write(full, values, writer);
}

function write(condition: ConditionNode, values: JobValues, { operand, result, status, inStep = false }: Writer): string {
  const gap = (leaf: ConditionNode) => {
    values.plan.rows.push(unsupported(`condition ${describe(leaf)}`, 'there is no expression for it', values.job.job.id));
    return 'false';
  };
  const each = (node: ConditionNode): string => {
    switch (node.kind) {
      case 'and':
      case 'or': return joined(node.kind, node.of.map(each));
      case 'not': return `not(${each(node.of)})`;
      case 'literal': return String(node.value);
      case 'status': return status(node.status);
      case 'result': return result(node.job, node.is);
      case 'event': return any(node.is.map(event));
      case 'compare': {
        const ref = refOperand(values.plan, node.value);
        if (ref) {
          const named = node.in.filter(name => name !== '' || ref.prefix === '').map(name => `${ref.prefix}${name}`);
          const none = node.in.includes('') && ref.prefix !== '' ? [`not(startsWith(${ref.operand}, '${ref.prefix}'))`] : [];
          return any([...named.length > 0 ? [oneOf(ref.operand, named)] : [], ...none]);
        }
        const of = operand(node.value);
        return of === undefined ? gap(node) : oneOf(of, node.in);
      }
      case 'matches': {
        const ref = refOperand(values.plan, node.value);
        // The agent, which asks for steps, has no functions for segments; the server, which fills the variables of a job, has them.
        const early = inStep && node.value.kind !== 'stepOutput' && node.globs.some(glob => /\*/.test(glob.replaceAll('**', '')));
        const of = ref?.operand ?? (early ? values.operand(node.value) : operand(node.value));
        const parts = of === undefined ? [] : node.globs.map(glob => globExpression(of, ref?.prefix ?? '', glob));
        return parts.length === 0 || parts.includes(undefined) ? gap(node)
          : early ? `eq(variables['${values.computed(any(parts as string[]))}'], 'True')` : any(parts as string[]);
      }
      case 'changed': return gap(node);
    }
  };
  return each(condition);
}

function oneOf(operand: string, values: readonly string[]): string {
  const literals = values.map(literal);
  return literals.length === 1 ? `eq(${operand}, ${literals[0]})` : `in(${operand}, ${literals.join(', ')})`;
}

function any(parts: string[]): string {
  return parts.length === 0 ? 'false' : joined('or', parts);
}

/** Expressions joined by `and` or `or`. What is joined by the same already is laid open: whoever reads it at night is thankful. */
export function joined(by: 'and' | 'or', parts: readonly string[]): string {
  const open = parts.flatMap(part => part.startsWith(`${by}(`) ? operandsOf(part) : [part]);
  return open.length === 1 ? open[0] : `${by}(${[...new Set(open)].join(', ')})`;
}

/** The same condition, as it is compared: nothing for the implicit one, and what is joined alike laid open. */
export function plainCondition(expression: string): string | undefined {
  const plain = (part: string): string => {
    const [, by] = /^(and|or)\(/.exec(part) ?? [];
    return by === undefined ? part : joined(by as 'and' | 'or', operandsOf(part).map(plain));
  };
  const flat = plain(expression);
  return flat === STATUS.success ? undefined : flat;
}

/** The operands of a call, which is the whole of the expression. Quotes and brackets within are passed over. */
function operandsOf(call: string): string[] {
  const operands: string[] = [];
  let depth = 0;
  let quoted = false;
  let from = call.indexOf('(') + 1;
  for (let i = from; i < call.length; i++) {
    const char = call[i];
    if (char === '\'') {
      quoted = !quoted;
    } else if (quoted) {
      continue;
    } else if (char === '(') {
      depth++;
    } else if ((char === ',' && depth === 0) || (char === ')' && depth-- === 0)) {
      operands.push(call.slice(from, i).trim());
      from = i + 1;
    }
  }
  return operands;
}

/** Whether a text matches a glob with one star, as an expression. There are no patterns in expressions. */
export function globExpression(operand: string, prefix: string, glob: string): string | undefined {
  if (glob.startsWith('**/') && !/[*?]/.test(glob.slice(3))) {
    const rest = glob.slice(3);
    const under = prefix === '' ? '' : `startsWith(${operand}, ${literal(prefix)}), `;
    const deep = `endsWith(${operand}, ${literal(`/${rest}`)})`;
    return `or(eq(${operand}, ${literal(prefix + rest)}), ${under === '' ? deep : `and(${under}${deep})`})`;
  }
  const [before, after, ...more] = glob.split(/\*\*|\*/);
  if (/\?/.test(glob) || more.length > 0 || glob.includes('**/')) {
    return undefined;
  }
  const begin = prefix + before;
  if (after === undefined) {
    return `eq(${operand}, ${literal(begin)})`;
  }
  const demands = [
    ...begin === '' ? [] : [`startsWith(${operand}, ${literal(begin)})`],
    ...after === '' ? [] : [`endsWith(${operand}, ${literal(after)})`],
    // What the glob begins and ends with must not overlap.
    ...begin === '' || after === '' ? [] : [`ge(length(${operand}), ${begin.length + after.length})`],
    // A single star stays within a segment.
    ...glob.includes('**') ? [] : [`eq(length(split(${operand}, '/')), ${(begin + after).split('/').length})`],
  ];
  return demands.length === 0 ? 'true' : demands.length === 1 ? demands[0] : `and(${demands.join(', ')})`;
}

/** Whether a condition can hold when the run is cancelled: its stage has to start then. */
export function holdsWhenCancelled(condition: ConditionNode | undefined): boolean {
  return evaluate(meant(condition), { ...UNKNOWN, status: status => status === 'always' || status === 'cancelled' }) !== false;
}

/** Whether a condition asks for something that has failed. */
export function asksFailure(condition: ConditionNode | undefined): boolean {
  return condition !== undefined && leavesOf(condition).some(leaf => leaf.kind === 'status' && leaf.status === 'failure');
}
