import { quote } from '../../shell';

/*
 * Expressions of `rules:if`: what GitLab asks when it makes a pipeline (doc/ci/jobs/job_rules.md, CI/CD variable expressions;
 * lib/gitlab/ci/pipeline/expression). They know variables, `==`, `!=`, `=~`, `!~`, `&&`, `||` and parentheses, and no negation.
 */

export type Expression =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Expression[] }
  /** Equal to one of the values; an empty one stands for a variable that is not set, too. */
  | { readonly kind: 'is' | 'isNot'; readonly variable: string; readonly value: string }
  /** Matched by a regular expression. */
  | { readonly kind: 'matches' | 'matchesNot'; readonly variable: string; readonly pattern: string };

export const ALWAYS: Expression = { kind: 'constant', value: true };
export const NEVER: Expression = { kind: 'constant', value: false };

export function isAlways(expression: Expression): boolean {
  return expression.kind === 'constant' && expression.value;
}

export function is(variable: string, value: string): Expression {
  return { kind: 'is', variable, value };
}

export function isSet(variable: string): Expression {
  return { kind: 'isNot', variable, value: '' };
}

export function all(parts: readonly Expression[]): Expression {
  return joined('and', parts);
}

export function any(parts: readonly Expression[]): Expression {
  return joined('or', parts);
}

function joined(kind: 'and' | 'or', parts: readonly Expression[]): Expression {
  const neutral = kind === 'and';
  const flat = parts.flatMap(part => part.kind === kind ? part.of : [part]);
  if (flat.some(part => part.kind === 'constant' && part.value !== neutral)) {
    return { kind: 'constant', value: !neutral };
  }
  const distinct = [...new Map(flat.filter(part => part.kind !== 'constant').map(part => [print(part), part])).values()];
  const left = kind === 'and' ? settled(distinct) : distinct;
  return left === undefined ? NEVER : left.length === 0 ? { kind: 'constant', value: neutral } : left.length === 1 ? left[0] : { kind, of: left };
}

/** Parts that all hold, without what follows from a variable that is equal to something; undefined when they never hold together. */
function settled(parts: Expression[]): Expression[] | undefined {
  const equal = new Map(parts.flatMap(part => part.kind === 'is' ? [[part.variable, part.value] as const] : []));
  const left: Expression[] = [];
  for (const part of parts) {
    const known = told(part, equal);
    if (known.kind === 'constant' && !known.value) {
      return undefined;
    }
    left.push(...part.kind === 'is' ? [part] : known.kind === 'constant' ? [] : known.kind === 'and' ? known.of : [known]);
  }
  return left;
}

/** What an expression comes to where some variables are known. */
function told(expression: Expression, equal: ReadonlyMap<string, string>): Expression {
  switch (expression.kind) {
    case 'and':
    case 'or': return joined(expression.kind, expression.of.map(part => told(part, equal)));
    case 'is':
    case 'isNot': {
      const value = equal.get(expression.variable);
      return value === undefined ? expression : { kind: 'constant', value: (value === expression.value) === (expression.kind === 'is') };
    }
    default: return expression;
  }
}

const OPPOSITE = { is: 'isNot', isNot: 'is', matches: 'matchesNot', matchesNot: 'matches' } as const;

export function negated(expression: Expression): Expression {
  switch (expression.kind) {
    case 'constant': return { kind: 'constant', value: !expression.value };
    case 'and': return any(expression.of.map(negated));
    case 'or': return all(expression.of.map(negated));
    case 'is':
    case 'isNot': return { ...expression, kind: OPPOSITE[expression.kind] as 'is' | 'isNot' };
    default: return { ...expression, kind: OPPOSITE[expression.kind] as 'matches' | 'matchesNot' };
  }
}

/** Whether whenever the first holds, the second does, as far as their parts say so. */
export function implies(first: Expression, second: Expression): boolean {
  if (second.kind === 'constant') {
    return second.value;
  }
  const known = new Set(partsOf(first).map(print));
  return partsOf(second).every(part => known.has(print(part)) || isNever(all([first, negated(part)])));
}

function isNever(expression: Expression): boolean {
  return expression.kind === 'constant' && !expression.value;
}

function partsOf(expression: Expression): readonly Expression[] {
  return expression.kind === 'and' ? expression.of : [expression];
}

/** Whether a text can stand in an expression: there is no escape in its strings (expression/lexeme/string.rb). */
export function isWritable(text: string): boolean {
  return !/[\p{C}\n]/u.test(text) && !(text.includes('"') && text.includes('\''));
}

const PRINTED = new WeakMap<object, string>();

/** As `rules:if` reads it. */
export function print(expression: Expression): string {
  let text = PRINTED.get(expression);
  if (text === undefined) {
    text = printed(expression);
    PRINTED.set(expression, text);
  }
  return text;
}

function printed(expression: Expression): string {
  switch (expression.kind) {
    case 'constant': return expression.value ? '"true" == "true"' : '"true" == "false"';
    case 'and': return expression.of.map(part => part.kind === 'or' || isEmptiness(part) ? `(${print(part)})` : print(part)).join(' && ');
    case 'or': return expression.of.map(part => part.kind === 'and' ? `(${print(part)})` : print(part)).join(' || ');
    case 'is':
      // A variable that is not set is null, and no empty text.
      return expression.value === '' ? `$${expression.variable} == null || $${expression.variable} == ""` : `$${expression.variable} == ${string(expression.value)}`;
    case 'isNot': return expression.value === '' ? `$${expression.variable}` : `$${expression.variable} != ${string(expression.value)}`;
    case 'matches': return `$${expression.variable} =~ ${regularExpression(expression.pattern)}`;
    case 'matchesNot': return `$${expression.variable} !~ ${regularExpression(expression.pattern)}`;
  }
}

function isEmptiness(expression: Expression): boolean {
  return expression.kind === 'is' && expression.value === '';
}

function string(text: string): string {
  return text.includes('"') ? `'${text}'` : `"${text}"`;
}

/** Between slashes, where a slash needs an escape (expression/lexeme/pattern.rb). */
function regularExpression(pattern: string): string {
  return `/${pattern.replaceAll('/', '\\/')}/`;
}

/** As a command of bash that succeeds when it holds. */
export function shell(expression: Expression): string {
  switch (expression.kind) {
    case 'constant': return String(expression.value);
    case 'and':
    case 'or': return `{ ${expression.of.map(shell).join(expression.kind === 'and' ? ' && ' : ' || ')}; }`;
    case 'is': return expression.value === '' ? `[[ -z "\${${expression.variable}:-}" ]]` : `[[ "\${${expression.variable}:-}" == ${quote(expression.value)} ]]`;
    case 'isNot': return `! ${shell({ ...expression, kind: 'is' })}`;
    case 'matches': {
      const pattern = quote(expression.pattern.replaceAll('(?:', '('));
      return `( pattern=${pattern}; [[ "\${${expression.variable}:-}" =~ $pattern ]] )`;
    }
    case 'matchesNot': return `! ${shell({ ...expression, kind: 'matches' })}`;
  }
}
