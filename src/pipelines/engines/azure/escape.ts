/*
 * What is live in the texts of a pipeline, and how it is made inert. There are three syntaxes:
 *
 * - `${{ }}` is worked out when the file is read, anywhere in it (learn.microsoft.com, Template expressions).
 * - `$[ ]` is worked out when a job starts, where it is the whole value of a variable.
 * - `$(name)` is replaced by the agent in inputs and environment of tasks when a variable has that name, or, in a second pass, when the agent's own
 *   environment has a variable of it (azure-pipelines-agent, TaskRunner.cs and VarUtil.cs, ExpandValues: one pass, what was put in is not looked at again).
 *   Otherwise it stays. There is no escape for it.
 */

/** The variable that holds a dollar sign: `$(fairway.dollar)(x)` becomes `$(x)`, which no later look at the variables touches. */
export const DOLLAR = 'fairway.dollar';

const MACRO = '\'$(\'';
const INERT_MACRO = `'$(${DOLLAR})('`;

/** A text in which no template expression is read. Text before and after an expression is kept, so what begins one is written by one. */
export function escapeTemplate(text: string): string {
  return text.replaceAll('${{', () => '${{ \'$\' }}{{');
}

/** A parameter of a template, as it stands in a text. */
export function parameter(name: string): string {
  return `\${{ parameters.${name} }}`;
}

/** Names of variables are made of letters, digits, `.` and `_` (learn.microsoft.com, Define variables); `-` is taken as well. */
const LIVE = /\$\((?=[\p{L}\p{N}_.-]+\))/gu;

/** Whether the agent could replace something in it. */
export function hasMacro(text: string): boolean {
  return text.search(LIVE) >= 0;
}

/** A text with another word in place of the beginning of each live `$(name)`, and that word, which is nowhere else in the text. */
export function withoutMacros(text: string): { text: string; word: string } {
  let colons = ':';
  while (text.includes(`$${colons}(`)) {
    colons += ':';
  }
  const word = `$${colons}(`;
  return { text: text.replaceAll(LIVE, () => word), word };
}

/** An expression whose text has no live macro in it, whoever chose the text. Needs `fairway.dollar`. */
export function withInertMacros(expression: string): string {
  return `replace(${expression}, ${MACRO}, ${INERT_MACRO})`;
}

/** A text as a literal of an expression. */
export function literal(text: string): string {
  return escapeTemplate(`'${text.replaceAll('\'', '\'\'')}'`);
}
