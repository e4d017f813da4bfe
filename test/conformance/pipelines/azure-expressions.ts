/**
 * Reads an expression of Azure Pipelines, as a condition or `$[ … ]` holds it. Nothing that can be had evaluates them.
 *
 * @see https://learn.microsoft.com/azure/devops/pipelines/process/expressions
 */
const FUNCTIONS = new Set([
  'always', 'canceled', 'failed', 'succeeded', 'succeededorfailed',
  'and', 'coalesce', 'contains', 'containsvalue', 'converttojson', 'counter', 'endswith', 'eq', 'format', 'ge', 'gt', 'iif', 'in', 'join', 'le',
  'length', 'lower', 'lt', 'ne', 'not', 'notin', 'or', 'replace', 'split', 'startswith', 'trim', 'upper', 'xor',
]);
const CONTEXTS = new Set(['variables', 'dependencies', 'stagedependencies', 'pipeline', 'resources', 'parameters']);
const TOKEN = /\s*(?:('(?:[^']|'')*')|(-?\d+(?:\.\d+)*)|([A-Za-z_][\w-]*)|([(),.[\]]))/y;

/** A path such as `dependencies.build.outputs['version.value']`, as the names on its way. */
export type Reference = string[];

/** What an expression reads. Throws, saying why, when it cannot be read. */
export function referencesOf(expression: string): Reference[] {
  const tokens = tokensOf(expression);
  const references: Reference[] = [];
  let at = 0;
  const expect = (token: string): void => {
    if (tokens[at] !== token) throw new Error(`${token} is missing before ${tokens[at] ?? 'the end'}`);
    at += 1;
  };
  const value = (): void => {
    const token = tokens[at];
    if (token === undefined || /^[(),.[\]]$/.test(token)) throw new Error(`a value is missing before ${token ?? 'the end'}`);
    at += 1;
    if (token.startsWith("'") || /^-?\d/.test(token) || /^(true|false|null)$/i.test(token)) return;
    if (tokens[at] === '(') {
      call(token);
    } else {
      path(token);
    }
  };
  const call = (name: string): void => {
    if (!FUNCTIONS.has(name.toLowerCase())) throw new Error(`there is no function ${name}`);
    expect('(');
    while (tokens[at] !== ')') {
      value();
      if (tokens[at] !== ')') expect(',');
    }
    expect(')');
  };
  const path = (context: string): void => {
    if (!CONTEXTS.has(context.toLowerCase())) throw new Error(`there is no ${context}`);
    const reference = [context];
    while (tokens[at] === '.' || tokens[at] === '[') {
      const isIndex = tokens[at] === '[';
      const name = tokens[at + 1];
      if (name === undefined || isIndex !== name.startsWith("'")) throw new Error(`a name is missing after ${reference.join('.')}`);
      reference.push(isIndex ? name.slice(1, -1).replaceAll("''", "'") : name);
      at += 2;
      if (isIndex) expect(']');
    }
    references.push(reference);
  };
  value();
  if (at < tokens.length) throw new Error(`${tokens[at]} is more than one expression`);
  return references;
}

function tokensOf(expression: string): string[] {
  const tokens: string[] = [];
  const text = expression.trim();
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match) throw new Error(`${text.slice(at, at + 20)} cannot be read`);
    tokens.push(match[1] ?? match[2] ?? match[3] ?? match[4]);
  }
  return tokens;
}
