/*
 * What Azure Pipelines does with a text before a shell sees it, as far as texts of this engine go: template expressions when the file is read, then
 * two passes of the agent over `$(name)` (azure-pipelines-agent, VarUtil.cs).
 */

/** What is left of a text after template expressions. Only those that write a dollar sign are known; others are an error. */
export function read(text: string): string {
  let result = '';
  let rest = text;
  for (let at = rest.indexOf('${{'); at >= 0; at = rest.indexOf('${{')) {
    if (!rest.startsWith('${{ \'$\' }}', at)) {
      throw new Error(`a live template expression: ${rest.slice(at, at + 40)}`);
    }
    result += `${rest.slice(0, at)}$`;
    rest = rest.slice(at + '${{ \'$\' }}'.length);
  }
  return result + rest;
}

/** One pass over `$(name)`. */
export function expand(text: string, variable: (name: string) => string | undefined): string {
  let value = text;
  for (let start = 0; ;) {
    const prefix = value.indexOf('$(', start);
    const suffix = prefix < 0 ? -1 : value.indexOf(')', prefix + 2);
    if (prefix < 0 || suffix < 0) {
      return value;
    }
    const name = value.slice(prefix + 2, suffix);
    const found = name === '' ? undefined : variable(name);
    if (found === undefined) {
      start = prefix + 1;
    } else {
      value = value.slice(0, prefix) + found + value.slice(suffix + 1);
      start = prefix + found.length;
    }
  }
}

/** The whole way to the shell, when somebody has made variables of every name that there can be. */
export function handed(input: string): string {
  const legal = (name: string) => /^[\p{L}\p{N}_.-]+$/u.test(name) ? 'PWNED' : undefined;
  return expand(expand(read(input).trim(), legal), legal);
}
