/*
 * Reads texts of Groovy as its grammar does (groovy.g, STRING_CH and ESC), apart from what prints them.
 */

const ESCAPES: Record<string, string> = { 'n': '\n', 'r': '\r', 't': '\t', 'b': '\b', 'f': '\f', '\\': '\\', '\'': '\'', '"': '"', '$': '$' };

/** The text that begins at a place of the source, and where it ends; throws for what is no text. */
export function readText(source: string, from = 0): { readonly value: string; readonly end: number } {
  const mark = source.startsWith('\'\'\'', from) ? '\'\'\'' : '\'';
  if (!source.startsWith(mark, from)) {
    throw new Error(`no text at ${from}`);
  }
  let value = '';
  let at = from + mark.length;
  while (!source.startsWith(mark, at)) {
    const char = source[at];
    if (char === undefined || (char === '\n' && mark.length === 1) || char === '\r') {
      throw new Error('a text without an end');
    }
    if (char !== '\\') {
      value += char;
      at += 1;
    } else if (source[at + 1] === 'u') {
      const code = /^[0-9a-f]{4}$/.exec(source.slice(at + 2, at + 6));
      if (!code) {
        throw new Error('no character');
      }
      value += String.fromCharCode(parseInt(code[0], 16));
      at += 6;
    } else {
      const escaped = ESCAPES[source[at + 1]];
      if (escaped === undefined) {
        throw new Error(`no escape: ${source[at + 1]}`);
      }
      value += escaped;
      at += 2;
    }
  }
  return { value, end: at + mark.length };
}

/** Every text of a source, in order; what stands in comments is none. */
export function textsOf(source: string): string[] {
  const found: string[] = [];
  let at = 0;
  while (at < source.length) {
    if (source.startsWith('//', at)) {
      at = source.indexOf('\n', at);
    } else if (source[at] === '\'') {
      const { value, end } = readText(source, at);
      found.push(value);
      at = end;
    } else {
      if (source[at] === '"') {
        throw new Error('a text that Groovy would evaluate');
      }
      at += 1;
    }
  }
  return found;
}
