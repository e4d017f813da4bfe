/*
 * Expressions in texts, as pkg/expressions/json_templates.go finds them. What they say is expr-lang, of which only the
 * brackets and the names are looked at.
 */

const DELIMITERS = [['${{', '}}'], ['${%', '%}']];

/** A text, taken apart. */
export interface Template {
  readonly expressions: string[];
  /** What is wrong with it, if something is. */
  readonly fault?: string;
}

/** The expressions of a text, in their order. */
export function parseTemplate(text: string): Template {
  const expressions: string[] = [];
  for (let at = 0; ;) {
    const [start, open, close] = DELIMITERS
      .map(([first, last]) => [text.indexOf(first, at), first, last] as const)
      .filter(([index]) => index >= 0)
      .sort(([a], [b]) => a - b)[0] ?? [-1, '', ''];
    if (start < 0) {
      return { expressions, fault: expressions.map(faultOf).find(fault => fault !== undefined) };
    }
    const end = text.indexOf(close, start + open.length);
    if (end < 0) {
      return { expressions, fault: `has an expression that no ${close} closes` };
    }
    expressions.push(text.slice(start + open.length, end));
    at = end + close.length;
  }
}

/** Whether a text has an expression in it. */
export function isTemplate(value: unknown): boolean {
  return typeof value === 'string' && DELIMITERS.some(([open]) => value.includes(open));
}

/** What is wrong with an expression, or nothing. */
export function faultOf(expression: string): string | undefined {
  if (expression.trim() === '') {
    return 'has an empty expression';
  }
  const bare = bareOf(expression);
  if (bare === undefined) {
    return 'has a text in an expression that no quote closes';
  }
  const open: string[] = [];
  for (const c of bare.code) {
    if ('([{'.includes(c)) {
      open.push(c);
    } else if (')]}'.includes(c) && open.pop() !== '([{'[')]}'.indexOf(c)]) {
      return 'has brackets in an expression that do not match';
    }
  }
  return open.length > 0 ? 'has brackets in an expression that do not match' : undefined;
}

/** An expression without comments, in which each text is the number that it has in a list. */
interface Bare {
  readonly code: string;
  readonly texts: string[];
}

/** Nothing when a text or a comment has no end. */
function bareOf(expression: string): Bare | undefined {
  const texts: string[] = [];
  let code = '';
  for (let i = 0; i < expression.length; i++) {
    const c = expression[i];
    const end = '"\'`'.includes(c) ? endOfText(expression, i)
      : expression.startsWith('/*', i) ? expression.indexOf('*/', i + 2)
        : expression.startsWith('//', i) ? indexOrEnd(expression, '\n', i) : i;
    if (end < 0) {
      return undefined;
    }
    if (c !== '/') {
      code += end === i ? c : `"${texts.push(expression.slice(i + 1, end)) - 1}"`;
    } else if (end === i) {
      code += c;
    }
    i = expression.startsWith('/*', i) ? end + 1 : end;
  }
  return { code, texts };
}

function indexOrEnd(text: string, part: string, from: number): number {
  const index = text.indexOf(part, from);
  return index < 0 ? text.length : index;
}

function endOfText(expression: string, start: number): number {
  const quote = expression[start];
  for (let i = start + 1; i < expression.length; i++) {
    if (expression[i] === '\\' && quote !== '`') {
      i++;
    } else if (expression[i] === quote) {
      return i;
    }
  }
  return -1;
}

/**
 * The members of a map that an expression reads: `outputs.commit` and `outputs["commit"]` read `commit`. Indexes that
 * are computed are not known.
 */
export function membersRead(expression: string, map: 'outputs' | 'vars'): string[] {
  const { code, texts } = bareOf(expression) ?? { code: '', texts: [] };
  const reads = code.matchAll(new RegExp(`(?<![\\w.])${map}\\s*(?:\\??\\.\\s*([A-Za-z_]\\w*)|(?:\\?\\.)?\\[\\s*"(\\d+)"\\s*\\])`, 'g'));
  return [...reads].map(([, member, text]) => member ?? texts[Number(text)]);
}

/** Every text in plain data, with its path. Keys are not evaluated, and hold no expressions. */
export function textsIn(value: unknown, field: string): Array<{ field: string; text: string }> {
  if (typeof value === 'string') {
    return [{ field, text: value }];
  }
  if (Array.isArray(value)) {
    return value.flatMap((each, i) => textsIn(each, `${field}[${i}]`));
  }
  return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, each]) => textsIn(each, `${field}.${key}`)) : [];
}
