/*
 * Queries as Go templates (text/template), as far as they are read here: which functions and
 * variables stand in their actions.
 */

const FUNCTIONS = ['name', 'namespace', 'target', 'service', 'ingress', 'route', 'interval', 'variables'];
/** Words of text/template that are no functions of Flagger. */
const GO = [
  'and', 'call', 'html', 'index', 'slice', 'js', 'len', 'not', 'or', 'print', 'printf', 'println', 'urlquery', 'eq', 'ge', 'gt', 'le', 'lt', 'ne',
  'if', 'else', 'end', 'range', 'with', 'define', 'block', 'template', 'break', 'continue', 'nil', 'true', 'false',
];

const ACTION = /\{\{-?([^]*?)-?\}\}/g;
const STRINGS = /"(?:\\.|[^"\\])*"|`[^`]*`|'(?:\\.|[^'\\])*'/g;

/** What is used by a template. */
export interface QueryUse {
  readonly functions: string[];
  readonly variables: string[];
  /** Whether all variables are known by name: `{{ range variables }}` uses them otherwise. */
  readonly isComplete: boolean;
}

/** The functions and variables of a template. */
export function useOf(query: string): QueryUse {
  const functions = new Set<string>();
  const variables = new Set<string>();
  let isComplete = true;
  for (const [, action] of query.matchAll(ACTION)) {
    if (/^\s*\/\*/.test(action)) {
      continue; // a comment
    }
    for (const [, indexed] of action.matchAll(/\bindex\s+\(?\s*variables\s*\)?\s+["`]([^"`]*)["`]/g)) {
      variables.add(indexed);
    }
    const code = action.replace(STRINGS, '""');
    for (const [, field] of code.matchAll(/(?<![.$\w])\(?variables\)?\.([A-Za-z_]\w*)/g)) {
      variables.add(field);
    }
    isComplete &&= !/(?<![.$\w])variables(?!\w|\.[A-Za-z_])/.test(code.replace(/\bindex\s+\(?\s*variables\s*\)?\s+""/g, '').replace(/\(variables\)\./g, 'x.'));
    for (const [word] of code.matchAll(/(?<![.$\w])[A-Za-z_]\w*/g)) {
      functions.add(word);
    }
  }
  return { functions: [...functions], variables: [...variables], isComplete };
}

/**
 * What is wrong with a template, or nothing.
 *
 * @param query the template
 * @param variables the variables that have a value; all when absent
 */
export function queryFault(query: string, variables?: string[]): string | undefined {
  const rest = query.replace(ACTION, '');
  if (rest.includes('{{')) {
    return 'has an action that is not closed';
  }
  if (/\{\{-?\s*-?\}\}/.test(query)) {
    return 'has an empty action';
  }
  const use = useOf(query);
  const unknown = use.functions.find(word => !FUNCTIONS.includes(word) && !GO.includes(word));
  if (unknown !== undefined) {
    return `uses ${JSON.stringify(unknown)}, which no function has as its name`;
  }
  if ([...query.matchAll(ACTION)].some(([, action]) => /^\s*\.[A-Za-z]/.test(action))) {
    return 'reads a field of the data, and there is none: functions have no dot before their name';
  }
  const missing = variables && use.variables.find(variable => !variables.includes(variable));
  return missing === undefined ? undefined : `uses the variable ${JSON.stringify(missing)}, which has no value`;
}

/** The query with something in place of every action, to look at its form. */
export function sketchOf(query: string): string {
  return query.replace(ACTION, 'x');
}
