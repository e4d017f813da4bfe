import { plainCondition } from './conditions';
import { freeName } from '../../../core/free-name';

/*
 * Templates are expanded when the file is read: each parameter is put where it stands, once, and what was put in is not looked at again
 * (learn.microsoft.com, Template expressions). Here that is done beforehand, to see whether a use of a template comes to what would be written out.
 */

type Data = Readonly<Record<string, unknown>>;

/** What a template is given: texts, booleans, numbers, lists of names, variables. */
export type Given = Readonly<Record<string, unknown>>;

/** Puts the variables of a parameter among others. */
export const INSERT = '${{ insert }}';

const EXPRESSION = /\$\{\{ (?:lower\(parameters\.(\w+)\)|parameters\.(\w+)|replace\(parameters\.(\w+), '''', ''''''\)) \}\}/g;

const WHOLE = /^\$\{\{ parameters\.(\w+) \}\}$/;

/** The data of a template with what it is given. */
export function expanded(data: unknown, given: Given): unknown {
  if (typeof data === 'string') {
    const whole = given[WHOLE.exec(data)?.[1] ?? ''];
    return typeof whole === 'object' ? whole : data.replace(EXPRESSION, (_, lower?: string, asIs?: string, quoted?: string) => {
      const said = given[lower ?? asIs ?? quoted!];
      const text = typeof said === 'boolean' ? said ? 'True' : 'False' : String(said);
      return lower !== undefined ? text.toLowerCase() : quoted !== undefined ? text.replaceAll('\'', '\'\'') : text;
    });
  }
  if (Array.isArray(data)) {
    // A list within a list is laid open.
    return data.flatMap(each => expanded(each, given));
  }
  if (typeof data !== 'object' || data === null) {
    return data;
  }
  return Object.fromEntries(Object.entries(data).flatMap(([key, value]) =>
    key === INSERT ? Object.entries(expanded(value, given) as Data) : [[expanded(key, given), expanded(value, given)]]));
}

/** An expression in the data that is none of these parameters, if there is one. */
export function strangeExpression(data: unknown, parameters: readonly string[]): string | undefined {
  const known = (expression: string) => {
    const [, lower, asIs, quoted] = new RegExp(`^${EXPRESSION.source}$`).exec(expression) ?? [];
    return expression === '${{ \'$\' }}' || parameters.includes(lower ?? asIs ?? quoted ?? '');
  };
  return textsOf(data).flatMap(text => text === INSERT ? [] : text.match(/\$\{\{.*?(\}\}|$)/gs) ?? []).find(expression => !known(expression));
}

/** Every text in the data, keys among them. */
export function textsOf(data: unknown): string[] {
  return typeof data === 'string' ? [data]
    : Array.isArray(data) ? data.flatMap(textsOf)
      : typeof data === 'object' && data !== null ? Object.entries(data).flatMap(([key, value]) => [key, ...textsOf(value)]) : [];
}

/** The data with another word for one, in every text. */
export function withWord<T>(data: T, word: string, other: string): T {
  const replaced = (each: unknown): unknown => typeof each === 'string' ? each.replaceAll(word, () => other)
    : Array.isArray(each) ? each.map(replaced)
      : typeof each === 'object' && each !== null ? Object.fromEntries(Object.entries(each).map(([key, value]) => [replaced(key), replaced(value)])) : each;
  return replaced(data) as T;
}

/** A job or a step, and what of it is not the same. */
export interface Difference {
  readonly part: string;
  readonly key: string;
}

/**
 * The first difference between what a template comes to and jobs or steps as they are written out. What says the same in other words is the same.
 *
 * @param template jobs or steps with parameters
 */
export function difference(template: readonly Data[], others: readonly Data[], given: Given): Difference | undefined {
  if (template.length !== others.length) {
    return { part: nameOf(others[0] ?? template[0]), key: 'neighbour' };
  }
  for (const [i, other] of others.entries()) {
    const one = template[i];
    const [a, b] = [plain(expanded(withoutSteps(one), given) as Data), plain(withoutSteps(other))];
    const key = [...new Set([...Object.keys(a), ...Object.keys(b)])].find(each => inOrder(a[each]) !== inOrder(b[each]));
    const found = key === undefined ? difference(stepsOf(one) ?? [], stepsOf(other) ?? [], given) : { part: nameOf(other), key };
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** Whether jobs or steps are the same, whatever their conditions are. */
export function sameButConditions(ones: readonly Data[], others: readonly Data[]): boolean {
  const text = (parts: readonly Data[]) => JSON.stringify(parts, (key, value: unknown) => key === 'condition' ? undefined : value);
  return text(ones) === text(others);
}

/** A word that is nowhere in a text. */
export function unusedWord(wanted: string, text: string): string {
  return freeName(wanted, { has: word => text.includes(word) }, '');
}

/** The list of steps of a job. */
export function stepsOf(job: Data): Data[] | undefined {
  return (deploymentOf(job) ?? job).steps as Data[] | undefined;
}

/** What a deployment job does, which is where its steps are. */
export function deploymentOf(job: Data): Record<string, unknown> | undefined {
  const { runOnce } = (job.strategy ?? {}) as { runOnce?: { deploy: Record<string, unknown> } };
  return job.deployment === undefined ? undefined : runOnce?.deploy;
}

function withoutSteps(part: Data): Data {
  const deploy = deploymentOf(part);
  return deploy ? { ...part, strategy: { runOnce: { deploy: { ...deploy, steps: [] } } } } : { ...part, steps: [] };
}

function plain(part: Data): Data {
  const { condition, dependsOn, variables, ...rest } = part;
  const needs = [dependsOn ?? []].flat().sort();
  return {
    ...rest,
    condition: condition === undefined ? undefined : plainCondition(condition as string),
    dependsOn: needs.length === 0 ? undefined : needs,
    variables: Object.keys(variables ?? {}).length === 0 ? undefined : variables,
  };
}

function nameOf(part: Data): string {
  return String(part.job ?? part.deployment ?? part.displayName ?? part.name ?? part.task ?? 'step');
}

/** As text, whatever the order of keys. */
function inOrder(data: unknown): string {
  return JSON.stringify(data, (_, value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1)) : value) ?? '';
}
