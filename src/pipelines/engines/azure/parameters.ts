import { hasMacro } from './escape';
import type { Given } from './expansion';
import type { JobValues } from './values';
import { CaselessNames, freeName } from '../../../core/free-name';
import { ConditionNode, globMatches, InputNode, leavesOf, plainText, rewriteCondition, Text, valuesOfCondition } from '../../graph';

/*
 * Inputs of templates as parameters. What a parameter says is text that is put in when the file is read; its type is held then.
 */

export interface Parameter {
  readonly name: string;
  readonly displayName?: string;
  readonly type: 'string' | 'boolean' | 'number' | 'object';
  readonly default?: unknown;
  readonly values?: readonly string[];
}

/**
 * An input as a parameter. It has its type where every use says what it is; a variable that is put in by the agent is text.
 *
 * @param given what every use gives
 */
export function parameterOf(input: InputNode, given: readonly Text[]): Parameter {
  const said = given.map(plainText);
  const all = [...said, ...input.default === undefined ? [] : [input.default]];
  const type = all.every(text => typed(input.type, text) !== undefined) && input.type !== 'choice' ? input.type : 'string';
  const values = input.type === 'choice' && said.every(text => text !== undefined && input.options.includes(text)) && input.options.every(isLiteral) ? input.options : undefined;
  // A parameter without a default must be given something; whether nothing is something is not said anywhere.
  const otherwise = said.includes('') ? '' : input.default !== undefined && isLiteral(input.default) ? typed(type, input.default) : undefined;
  return {
    name: input.name,
    ...input.description !== '' && isLiteral(input.description) && { displayName: input.description },
    type,
    ...otherwise !== undefined && { default: otherwise },
    ...values && { values },
  };
}

/** The input as it is read in a template: what a parameter says is text, but for a boolean, which is written in upper case. */
export function inputOf({ name, type }: Parameter): InputNode {
  return { name, type: type === 'boolean' ? 'boolean' : 'string', description: '', required: true, options: [] };
}

/** What a use gives, or undefined where that is left to the default. */
export function givenOf({ type }: Parameter, text: Text, values: JobValues): unknown {
  return text.length === 0 ? undefined : type === 'string' ? values.text(text) : typed(type, plainText(text));
}

/** What a parameter says that is not given. */
export function defaultsOf(parameters: readonly Parameter[]): Given {
  return Object.fromEntries(parameters.flatMap(each => each.default === undefined ? [] : [[each.name, each.default]]));
}

function typed(type: InputNode['type'] | Parameter['type'], text: string | undefined): string | number | boolean | undefined {
  switch (type) {
    case 'boolean': return text === 'true' ? true : text === 'false' ? false : undefined;
    // What is a number in one way of writing alone: it comes back as it was.
    case 'number': return text !== undefined && /^(0|-?[1-9]\d{0,8})$/.test(text) ? Number(text) : undefined;
    default: return text;
  }
}

/** Defaults are literals (learn.microsoft.com, Template parameters), and nothing in them may look otherwise. */
function isLiteral(text: string): boolean {
  return !/\$[{[]/.test(text) && !hasMacro(text);
}

/** A name that no input has. */
export function nameBeside(wanted: string, inputs: readonly InputNode[]): string {
  const taken = new CaselessNames();
  inputs.forEach(input => taken.add(input.name));
  return freeName(wanted, taken, '');
}

/** A condition with the answers of what a use gives, as they are worked out where it is written out. */
export function answered(condition: ConditionNode, inputs: Readonly<Record<string, Text>>): ConditionNode {
  return rewriteCondition(condition, value => value.kind === 'input' ? inputs[value.name] ?? [] : value, globMatches);
}

/** Whether conditions ask for inputs. */
export function askInputs(conditions: readonly ConditionNode[]): boolean {
  return conditions.flatMap(valuesOfCondition).some(value => value.kind === 'input');
}

/**
 * Why conditions cannot be asked of what an input says. Written out, they are worked out here, where upper case is not lower case; and an expression
 * reads nothing that the agent puts in.
 */
export function conditionFault(conditions: readonly ConditionNode[], inputs: Readonly<Record<string, Text>>): string | undefined {
  for (const leaf of conditions.flatMap(leavesOf)) {
    if ((leaf.kind !== 'compare' && leaf.kind !== 'matches') || leaf.value.kind !== 'input') {
      continue;
    }
    const said = plainText(inputs[leaf.value.name] ?? []);
    const others = leaf.kind === 'compare' ? leaf.in : leaf.globs;
    if (said === undefined) {
      return `a condition asks for ${leaf.value.name}, which is known when it runs`;
    }
    const matches = (text: string, other: string) => leaf.kind === 'compare' ? text === other : globMatches(text, other);
    const is = others.some(other => matches(said, other));
    const isInAnyCase = others.some(other => matches(said.toLowerCase(), other.toLowerCase()));
    if (is !== isInAnyCase || [said, ...others].some(text => !/^[\x20-\x7e]*$/.test(text))) {
      return `a condition asks for ${leaf.value.name}, where Azure Pipelines does not tell upper from lower case`;
    }
  }
  return undefined;
}
